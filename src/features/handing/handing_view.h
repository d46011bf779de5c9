/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of a handing over shows: filled by handing_pages.c, drawn by handing.html. */
#ifndef HANDING_VIEW_H
#define HANDING_VIEW_H

#include "features/handing/handing.h"
#include "ui/ui.h"

enum { HANDING_FIELD_WHAT, HANDING_FIELD_WHOM, HANDING_FIELD_PART2, HANDING_FIELDS };

/* One, opened for this reader. */
typedef struct HandingShown {
    Handing handing;
    bool is_withheld; /* no consent covers it for this reader */
    bool is_own;      /* the reader wrote it */
    Str what;
    Str whom;
} HandingShown;
typedef struct HandingsShown {
    const HandingShown *items;
    size_t count;
} HandingsShown;

typedef struct HandingPage {
    Layout layout;
    const Form *form;
    MatchId match;
    bool is_receiver;
    bool may_write; /* the walk lasts */
    Str other_called;
    HandingsShown list;
    Str reach; /* the program's own words: whom to reach */
    Lang reach_lang;
} HandingPage;

#endif
