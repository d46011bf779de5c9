/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of a contact show: filled by contact_pages.c, drawn by contact.html. */
#ifndef CONTACT_VIEW_H
#define CONTACT_VIEW_H

#include "features/contact/contact_form.h"
#include "features/contact/contact_shown.h"
#include "ui/ui.h"

struct ContactQuestions {
    const Form *form;
    Options kinds;
    Options minutes;
    Options support;
    Options days;
    Options promise_days;
    Options venues;
    Options travels;
    Options done;      /* none: nothing is asked */
    Options others;    /* who else may have been there; none: nothing is asked */
    Options flows;     /* none: nothing is asked */
    bool is_more_open; /* something in the folded part needs another look */
    Str first_day;     /* YYYY-MM-DD; empty: any */
    Str last_day;
};

typedef struct ContactLogPage {
    Layout layout;
    Match match;
    ContactQuestions questions;
    bool may_leave_message; /* only when it was said to be safe */
} ContactLogPage;

typedef struct ContactAnswerPage {
    Layout layout;
    const Form *form;
    ContactShown shown;
    bool may_keep; /* the writer is the receiver */
    Str must_tell;
} ContactAnswerPage;

static inline bool contact_gave(const Contact *contact, ContactSupport support) {
    return (contact->support & (unsigned)support) != 0;
}

/* The three that one can say. */
Options contact_flow_options(const Scope *scope);

typedef struct ContactFlowPage {
    Layout layout;
    Match match;
    Str other_called;
    ContactFlowWish wish;
} ContactFlowPage;

#endif
