/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of asking for somebody from the program show: filled by help_pages.c, drawn by help.html. */
#ifndef HELP_VIEW_H
#define HELP_VIEW_H

#include "features/account/account.h"
#include "features/help/help.h"
#include "features/program/program.h"
#include "ui/ui.h"

/* One, opened for its reader. */
typedef struct HelpShown {
    Help help;
    Str words;
    Str answer;
} HelpShown;
typedef struct HelpsShown {
    const HelpShown *items;
    size_t count;
} HelpsShown;

enum { HELP_FIELD_WORDS, HELP_FIELD_PART2, HELP_FIELDS };
enum { HELP_FIELD_LINE, HELP_DONE_FIELDS };

/* Before asking, and what became of it. */
typedef struct HelpAskPage {
    Layout layout;
    const Form *form;
    Match match;
    Str other_called;
    Str program;
    Said reach; /* how to reach the program at once */
    bool is_receiver;
    HelpsShown asked;
} HelpAskPage;

/* For those who coordinate. */
typedef struct HelpPage {
    Layout layout;
    const Form *form;
    HelpShown shown;
    ContactPoints reach;
    bool not_reach; /* who asks does not share that with those who coordinate */
    bool is_mine;   /* the reader has it */
    bool reads_match;
} HelpPage;

#endif
