/* SPDX-License-Identifier: Apache-2.0 */
/* What the page about one's own calendar shows: filled by diary_pages.c, drawn by diary.html. */
#ifndef DIARY_VIEW_H
#define DIARY_VIEW_H

#include "features/diary/diary.h"
#include "ui/ui.h"

typedef struct DiaryPage {
    Layout layout;
    const Form *form;
    Options leads;
    Options mailboxes; /* none, and each */
    DiaryFeed feed;
    const Form *link; /* what a new link says */
    bool may_name;
} DiaryPage;

/* A new link, this once. */
typedef struct DiaryLinkPage {
    Layout layout;
    Str address;
} DiaryLinkPage;

#endif
