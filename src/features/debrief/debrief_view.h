/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of a debrief show: filled by debrief_pages.c, drawn by debrief.html. */
#ifndef DEBRIEF_VIEW_H
#define DEBRIEF_VIEW_H

#include "features/account/account.h"
#include "features/debrief/debrief.h"
#include "ui/ui.h"

enum { DEBRIEF_FIELD_FITS, DEBRIEF_FIELDS };
enum { DEBRIEF_FIELD_WORDS, DEBRIEF_WORDS_FIELDS };

/* The supporter's own. */
typedef struct DebriefPage {
    Layout layout;
    const Form *form;       /* of the wish */
    const Form *words_form; /* of the words of items[0] */
    bool is_open;           /* items[0] is offered or wished */
    Debriefs own;
    ProgramId program; /* where the reader gives or gave; 0: nowhere */
} DebriefPage;

/* Of who coordinates. */
typedef struct DebriefHoldPage {
    Layout layout;
    Debrief debrief;
    ContactPoints reach;
} DebriefHoldPage;

#endif
