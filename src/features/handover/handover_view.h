/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of handing over show: filled by handover_pages.c and handover_form_pages.c, drawn by
 * handover.html. */
#ifndef HANDOVER_VIEW_H
#define HANDOVER_VIEW_H

#include "features/account/account.h"
#include "features/handover/handover.h"
#include "handover_sql.h"
#include "ui/ui.h"

/* One thing that was written or happened. */
typedef struct HandoverEntry {
    Str title; /* who wrote it, or what it was; may be none */
    Time at;   /* TIME_NONE: no day stands beside it */
    Str words; /* may be empty */
    Lang lang; /* of the words, where has_lang */
    bool has_lang;
} HandoverEntry;
typedef struct HandoverSection {
    Str name; /* for ids */
    Text title;
    const HandoverEntry *items;
    size_t count;
} HandoverSection;
typedef struct HandoverSections {
    const HandoverSection *items;
    size_t count;
} HandoverSections;

typedef struct HandoverPage {
    Layout layout;
    Handover handover;
    Str program;
    Str to;
    Strs items;
    Strs left_out;
    Text purpose;
    Str until;
    Str how;
    ConsentSigneds signatures;
    bool has_reach;
    ContactPoints reach; /* handover_reach() */
    HandoverSections sections;
    Str opened_by;
    Time opened_at;
    HandoverOpeningsRows before; /* by others; for whose it is */
} HandoverPage;

enum {
    HANDOVER_ORGANIZATION,
    HANDOVER_WHOM,
    HANDOVER_SHARE,
    HANDOVER_PURPOSE,
    HANDOVER_WHY,
    HANDOVER_UNTIL,
    HANDOVER_WORDS,  /* hash of what was read; empty: nothing was read yet */
    HANDOVER_CHANGE, /* back to the questions */
    HANDOVER_FIELDS,
};

typedef struct HandoverFormPage {
    Layout layout;
    RequestId request;
    const Form *form;
    Options picks;
    Options purposes;
    Str first_day;
    Str last_day;
    /* the words to read and sign */
    Str words;
    Str hash;
    Str called;
    bool has_changed; /* they are others than those that were read before */
    bool parent_signs;
} HandoverFormPage;

#endif
