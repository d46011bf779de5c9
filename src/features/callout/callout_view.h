/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of call-outs show: filled by callout_pages.c, drawn by callout.html. */
#ifndef CALLOUT_VIEW_H
#define CALLOUT_VIEW_H

#include "features/callout/callout.h"
#include "ui/ui.h"

enum {
    CALLOUT_FIELD_DAY,
    CALLOUT_FIELD_HOUR,
    CALLOUT_FIELD_CAME,
    CALLOUT_FIELD_SUPPORTER,
    CALLOUT_FIELD_HELPED,
    CALLOUT_FIELD_OTHERWISE,
    CALLOUT_FIELD_PART2,
    CALLOUT_FIELDS,
};
/* The form of the family's own words. */
enum { CALLOUT_WORDS_HELPED, CALLOUT_WORDS_OTHERWISE, CALLOUT_WORDS_PART2, CALLOUT_WORDS_FIELDS };

/* One, opened for this reader. */
typedef struct CalloutShown {
    Callout callout;
    Options came;     /* who came */
    bool is_withheld; /* no consent covers the words for this reader */
    bool may_remove;
    Str helped;
    Str otherwise;
    bool is_due; /* a hello is */
    Date hello_on;
} CalloutShown;
typedef struct CalloutsShown {
    const CalloutShown *items;
    size_t count;
} CalloutsShown;

typedef struct CalloutPage {
    Layout layout;
    const Form *form;
    MatchId match;
    bool is_receiver;
    bool may_write;   /* the walk lasts */
    bool offers_hard; /* no hard days are on, and they could be said */
    Str other_called;
    Str first_day;
    Str last_day;
    Options hours;
    Options came;
    Options supporter;
    CalloutsShown list;
    Str reach; /* the program's own words: whom to reach */
    Lang reach_lang;
} CalloutPage;

/* The family's own words beside one. */
typedef struct CalloutWordsPage {
    Layout layout;
    const Form *form;
    MatchId match;
    CalloutId callout;
    Time at;
} CalloutWordsPage;

#endif
