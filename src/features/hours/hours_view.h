/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of one's own hours shows: filled by hours_pages.c, drawn by hours.html. */
#ifndef HOURS_VIEW_H
#define HOURS_VIEW_H

#include "features/hours/hours_shown.h"
#include "ui/ui.h"

typedef struct HoursRow {
    Str month; /* "Nov 2026" */
    int64_t talks;
    Str with; /* the time in words */
    Str way;
    int64_t given; /* minutes, with the way */
} HoursRow;
typedef struct HoursRows {
    const HoursRow *items;
    size_t count;
} HoursRows;

typedef struct HoursPage {
    Layout layout;
    const Form *form;
    HoursShown shown;
    HoursRows rows;
    int64_t most; /* minutes of a full bar */
} HoursPage;

/* Minutes in whole hours' worth of bar: what lies beyond the wish does not draw past the end. */
static inline int64_t hours_bar(const HoursShown *shown) {
    enum { HOUR = 60 };
    return shown->given > shown->wish * HOUR ? shown->wish * HOUR : shown->given;
}

#endif
