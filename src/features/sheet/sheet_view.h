/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of getting ready show: filled by sheet_*pages.c, drawn by sheet.html. */
#ifndef SHEET_VIEW_H
#define SHEET_VIEW_H

#include "features/document/document.h"
#include "features/sheet/sheet_shown.h"
#include "ui/ui.h"

typedef struct SheetListPage {
    Layout layout;
    SheetLinesShown ahead;
    SheetLinesShown earlier;
} SheetListPage;

/* Somebody speaks about something; or does a step. */
typedef struct SheetVoice {
    Str who; /* as the reader calls them */
    Str words;
} SheetVoice;
typedef struct SheetVoices {
    const SheetVoice *items;
    size_t count;
} SheetVoices;

typedef struct SheetStepShown {
    SheetStepId id;
    Str words;
    Str who;
    bool has_day;
    Date day;
    bool is_done;
    Date done_on;
    Str came_of;
} SheetStepShown;
typedef struct SheetStepsShown {
    const SheetStepShown *items;
    size_t count;
} SheetStepsShown;

typedef struct SheetIdeaShown {
    SheetIdeaId id;
    Str by_called;
    Str words;
    bool is_taken;
} SheetIdeaShown;
typedef struct SheetIdeasShown {
    const SheetIdeaShown *items;
    size_t count;
    size_t waiting;
    size_t taken;
} SheetIdeasShown;

/* A sheet as one reader may see it: opened for that reader (platform/http/part2.h). */
typedef struct SheetShown {
    SheetId id;
    SheetKind kind;
    Str title;
    bool has_day;
    Date day;
    bool is_part2;
    Str words[SHEET_WORDS];
    Strs questions; /* without empty lines, like what to bring */
    Strs bring;
    SheetVoices voices;
    SheetStepsShown steps;
    SheetIdeasShown ideas;
    SheetWas had_seat;
    SheetWas had_say;
    bool is_over; /* something is said of how it went, or the day is past */
} SheetShown;

typedef struct SheetPage {
    Layout layout;
    SheetShown sheet;
    Readers readers;
    Documents documents; /* that may be named on it */
} SheetPage;

/* For who walks with the sheet's person. */
typedef struct SheetWithPage {
    Layout layout;
    SheetShown sheet;
    Str called; /* whose it is */
    MatchId match;
    const Form *form;
} SheetWithPage;

typedef struct SheetBeforePage {
    Layout layout;
    SheetId id; /* 0: a new one */
    SheetKind kind;
    const Form *form;
    Options kinds;
    bool is_young;
    Str first_day;
    Str last_day;
} SheetBeforePage;

typedef struct SheetAfterPage {
    Layout layout;
    SheetId id;
    Str title;
    const Form *form;
    Options was;
} SheetAfterPage;

typedef struct SheetStepPage {
    Layout layout;
    SheetId id;
    Str title;
    SheetStepShown step; /* of one that is there */
    const Form *form;
    Options whos;
    Str first_day;
    Str last_day;
} SheetStepPage;

Text sheet_was_text(SheetWas was);
/* What families found good to ask there; what the law says: TEXT_NONE where nothing short is sure. */
Text sheet_tips_text(SheetKind kind);
Text sheet_law_text(SheetKind kind);

static inline bool sheet_says(const SheetShown *sheet, SheetWords field) {
    return sheet->words[field].length > 0;
}

#endif
