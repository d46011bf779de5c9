/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of a check-in shows: filled by checkin_pages.c, drawn by checkin.html. */
#ifndef CHECKIN_VIEW_H
#define CHECKIN_VIEW_H

#include "features/account/account.h"
#include "features/checkin/checkin.h"
#include "ui/ui.h"

typedef struct CheckinPage {
    Layout layout;
    const Form *form;
    Checkin checkin;
    Str words; /* what was said, opened for the coordinator */
    Date due_on;
    Date done_on;
    ContactPoints points;
    bool not_words;  /* the family does not share what was written down ... */
    bool not_reach;  /* ... and not how to reach it */
    Str words_label; /* "What Ana said" */
    Str words_hint;
} CheckinPage;

#endif
