/* SPDX-License-Identifier: Apache-2.0 */
/* What the page about what we send shows: filled by notice_pages.c, drawn by notice.html. */
#ifndef NOTICE_VIEW_H
#define NOTICE_VIEW_H

#include "features/notice/notice.h"
#include "ui/ui.h"

typedef struct NoticePage {
    Layout layout;
    const Form *form;
    Options ways; /* by mail, and each phone; one alone is no choice */
    bool has_texts;
    bool has_mail; /* a mailbox that is safe */
    Str text;      /* what a text says, word by word */
    NoticeRows sent;
} NoticePage;

/* "By text, arrived", and the like. */
Text notice_state_text(const NoticeRow *row);

#endif
