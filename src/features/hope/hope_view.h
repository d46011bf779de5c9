/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of turning around show: filled by hope_pages.c and hope_work_pages.c, drawn by hope.html. */
#ifndef HOPE_VIEW_H
#define HOPE_VIEW_H

#include "features/hope/hope.h"
#include "ui/ui.h"

/* Named as hope.html counts them. */
enum { HOPE_FIELD_WORDS, HOPE_FIELD_NAME, HOPE_FIELDS };
enum { HOPE_READ_SAID, HOPE_READ_HOW, HOPE_READ_VERSION, HOPE_READ_FIELDS };
enum { HOPE_WISH_ANSWER, HOPE_WISH_FIELDS };

typedef struct HopeWishShown {
    const char *word; /* in the form */
    Text title;
    Text does; /* what happens with it */
    bool is_on;
    HopeWish wish; /* if is_on */
} HopeWishShown;
typedef struct HopeWishesShown {
    const HopeWishShown *items;
    size_t count;
} HopeWishesShown;

typedef struct HopePage {
    Layout layout;
    Program program;
    bool has_word;
    Hope hope;       /* if has_word */
    HopeWords stand; /* the same as a family would read it */
    const Form *form;
    Options names;
    HopeWishesShown wishes;
} HopePage;

/* For those who coordinate. */
typedef struct HopeWorkPage {
    Layout layout;
    Program program;
    Hopes sent;
    Hopes shown;
    HopeWishes wishes;
} HopeWorkPage;

typedef struct HopeReadPage {
    Layout layout;
    Hope hope;
    HopeWords stand;
    const Form *form;
} HopeReadPage;

typedef struct HopeWishPage {
    Layout layout;
    HopeWish wish;
    const Form *form;
} HopeWishPage;

/* One word as a family would read it. */
HopeWords hope_as_read(const Scope *scope, const Hope *hope);

#endif
