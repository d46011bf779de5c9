/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of a gathering shows: filled by gathering_pages.c, drawn by gathering.html. */
#ifndef GATHERING_VIEW_H
#define GATHERING_VIEW_H

#include "features/gathering/gathering.h"
#include "features/program/program.h"
#include "ui/ui.h"

/* Words opened for this reader. */
typedef struct GatheringLine {
    Str words;
    Str called;
    bool is_mine;
    Time at;
} GatheringLine;
typedef struct GatheringLines {
    const GatheringLine *items;
    size_t count;
} GatheringLines;

typedef struct GatheringOthers {
    const GatheringOther *items;
    size_t count;
} GatheringOthers;

typedef struct GatheringPage {
    Layout layout;
    const Form *form;
    Match match;
    Gathering gathering;
    GatheringOthers others;
    GatheringLines lines;
    Url older; /* empty: there are none */
    bool is_newest;
    int64_t unread;
    bool is_resting;  /* somebody rests */
    Said after_hours; /* then: whom to turn to meanwhile */
} GatheringPage;

enum { GATHERING_FIELD_WORDS, GATHERING_FIELD_PART2, GATHERING_FIELDS };

#endif
