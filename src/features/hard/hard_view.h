/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of hard days shows: filled by hard_pages.c, drawn by hard.html. */
#ifndef HARD_VIEW_H
#define HARD_VIEW_H

#include "features/hard/hard_shown.h"
#include "ui/ui.h"

typedef struct HardPage {
    Layout layout;
    const Form *form;
    MatchId match;
    bool is_receiver;
    Str other_called;
    HardShown hard;
    bool has_safe_hours; /* one at least can be picked */
    Options hours;       /* for the receiver */
    Str reach;           /* the program's own words: whom to reach when nobody of it is there */
    Lang reach_lang;
    bool tells_coordinators; /* the family shares with those who coordinate */
} HardPage;

enum { HARD_FIELD_HOUR, HARD_FIELDS };

#endif
