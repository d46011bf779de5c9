/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of asking show: filled by ask_pages.c and status_pages.c, drawn by ask.html. */
#ifndef ASK_VIEW_H
#define ASK_VIEW_H

#include "features/ask/ask_form_pages.h"
#include "features/youth/youth.h"
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

/* One list of wishes. */
typedef struct AskWish {
    const AskWishSet *set;
    Options options;
} AskWish;
typedef struct AskWishes {
    const AskWish *items;
    size_t count;
} AskWishes;

/* The lists of ASK_WISHES with anything in them. */
AskWishes ask_wish_lists(const Scope *scope, ProgramId program);

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
    bool is_young;    /* a young person asks for themselves */
    Str must_tell;    /* for a young person: what an adult must be told */
    bool has_wishes;  /* more can be said beside this question */
    AskWishes wishes; /* ASK_WISHES: the lists with anything in them */
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
    const Form *form; /* which experience matters most */
    Options firsts;   /* those that were chosen, and none of them; empty unless there are several */
    bool is_known;    /* signed in: reached as the account says */
    Said must_tell;
    Str consent;      /* what is shared by asking, in the words that are kept */
    Options picks;    /* what of it can be left out */
    Str consent_hash; /* of these words, to come back with the form */
    SigningWho signs; /* who has to sign what is shared */
} AskCheckPage;

/* What is hoped for, once more, of a request that was made. Fields after those of ASK_WISHES. */
enum {
    CHANGE_VERSION = WISHES_GO,
    CHANGE_RELATION,
    CHANGE_AGE,
    CHANGE_EXPERIENCES,
    CHANGE_FIRST,
    CHANGE_LANGUAGES,
    CHANGE_TIMES,
    CHANGE_ANY,
    CHANGE_FIELDS
};

typedef struct ChangePage {
    Layout layout;
    Request request;
    const Form *form;
    bool is_stale; /* it was changed elsewhere meanwhile */
    Options relations;
    Options ages;
    Options experiences;
    Options firsts;
    Options languages;
    Options times;
    AskWishes wishes;
    Options unlike;
} ChangePage;

typedef struct AskSentPage {
    Layout layout;
    Program program;
    AskReceipt receipt;
    Date due; /* the day by which a person answers */
    Said reach;
    Str sign_at;       /* where a parent signs; "": none has to */
    bool sign_is_over; /* somebody has to, but not by this link any more */
} AskSentPage;

typedef struct InformationPage {
    Layout layout;
    Program program;
    Said welcome;
    Said role;
    const Form *form;
    Str consent;
    bool is_known;
    Options yes_no;
} InformationPage;

typedef struct StatusPage {
    Layout layout;
    const Form *form;
    bool is_found;
    Text state;
    Str next;
    bool waits_for_parent;
    Date asked;
    Said reach;
} StatusPage;

/* Before a young person writes anything. */
typedef struct YoungPage {
    Layout layout;
    Program program;
    Said words;
    Str signed_in_as; /* "": nobody is */
    const Form *form;
} YoungPage;

/* Who has to sign, read by a young person before they write anything. */
typedef struct YoungSignsPage {
    Layout layout;
    Program program;
    SigningNeed need;
    Str where; /* the state in which the program works; "": it has not said */
    Str rule;  /* in sentences */
    Said reach;
} YoungSignsPage;

/* Says so beside the field when a word is too short. */
void ask_word_check(Form *form, size_t field);

/* A space of one's own: to be opened, or the young person's own switches. */
typedef struct OwnPage {
    Layout layout;
    const Form *form;
    const Form *word;
    bool is_young;
    bool is_apart;
    bool has_word;
    YouthWaysBack ways_back;
    Str read; /* what was read before writing; "": nothing */
    Time read_at;
} OwnPage;

/* Before the door of a young person's space. */
typedef struct OwnDoorPage {
    Layout layout;
    const Form *form;
    bool is_there;    /* the mailbox was shown in this browser, minutes ago */
    bool must_choose; /* the space has no word yet: its owner chooses one here */
    bool is_lost;     /* the part for a lost word is open */
} OwnDoorPage;

typedef struct WayBackPage {
    Layout layout;
    Request request;
    const Form *form;
    Str code; /* "": not made yet */
} WayBackPage;

#endif
