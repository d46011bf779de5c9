/* SPDX-License-Identifier: Apache-2.0 */
/* What the page shows on which somebody picks their own words to go along: filled by carry_pages.c. */
#ifndef CARRY_VIEW_H
#define CARRY_VIEW_H

#include "features/carry/carry_shown.h"
#include "ui/ui.h"

/* Named as carry.html counts them. */
enum { CARRY_FIELD_WORDS, CARRY_FIELD_PART2, CARRY_FIELD_MESSAGES, CARRY_FIELDS };

typedef struct CarryPage {
    Layout layout;
    MatchId match;
    bool is_over; /* the two walk no longer: nothing is passed on, and nobody reads it */
    Str called;   /* who walks with the reader now */
    CarryShown picked;
    bool is_passed;
    Date passed_on; /* if is_passed */
    const Form *form;
    Options offered;
} CarryPage;

#endif
