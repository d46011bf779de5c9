/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of asking show: filled by ask_pages.c and status_pages.c, drawn by ask.html. */
#ifndef ASK_VIEW_H
#define ASK_VIEW_H

#include "features/ask/ask.h"
#include "ui/ui.h"

typedef struct AskChoosePage {
    Layout layout;
    Programs programs;
} AskChoosePage;

/* The page before the first question; also when the program is closed. */
typedef struct AskStartPage {
    Layout layout;
    Program program;
    bool has_begun;
    bool was_sent;
    Str next; /* the question to go on with */
} AskStartPage;

/* One question page. Options are filled where the page has them. */
typedef struct AskQuestionPage {
    Layout layout;
    Program program;
    Str step; /* as in the address */
    int64_t number;
    int64_t count;
    bool has_before;
    const Form *form;
    Options first;
    Options second;
} AskQuestionPage;

/* An answer, and where to change it. */
typedef struct AskLine {
    Text label;
    Str words;
    Str step;
} AskLine;
typedef struct AskLines {
    const AskLine *items;
    size_t count;
} AskLines;

typedef struct AskCheckPage {
    Layout layout;
    Program program;
    int64_t number;
    int64_t count;
    AskLines lines;
    bool is_known; /* signed in: reached as the account says */
    Said must_tell;
} AskCheckPage;

typedef struct AskSentPage {
    Layout layout;
    Program program;
    AskReceipt receipt;
    Date due; /* the day by which a person answers */
    Said reach;
} AskSentPage;

typedef struct InformationPage {
    Layout layout;
    Program program;
    Said welcome;
    Said role;
    const Form *form;
    bool is_known;
    Options yes_no;
} InformationPage;

typedef struct StatusPage {
    Layout layout;
    const Form *form;
    bool is_found;
    Text state;
    Str next;
    Date asked;
    Said reach;
} StatusPage;

#endif
