/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of a request show: filled by request_pages.c, drawn by request.html. */
#ifndef REQUEST_VIEW_H
#define REQUEST_VIEW_H

#include "features/account/account.h"
#include "features/consent/consent.h"
#include "features/hope/hope.h"
#include "features/origin/origin.h"
#include "features/request/request.h"
#include "request_sql.h"
#include "ui/ui.h"

/* One word of the second layer, with who coded it. */
typedef struct RequestCoded {
    Str words;
    Str by;
    Time at;
} RequestCoded;
typedef struct RequestCodeds {
    const RequestCoded *items;
    size_t count;
} RequestCodeds;

/* What the family wishes from one list. */
typedef struct RequestWish {
    Text label;
    Strs words;
    bool is_required; /* it must be so */
} RequestWish;
typedef struct RequestWishes {
    const RequestWish *items;
    size_t count;
} RequestWishes;

/* What was said beside the own words. */
typedef struct RequestHopes {
    Str relation; /* "" when not said */
    Str age;
    RequestWishes wishes;
    Strs unlike; /* in what a difference is hoped for */
    bool has_no_preference;
} RequestHopes;

static inline bool request_hopes_are_open(const RequestHopes *hopes) {
    return str_is_empty(hopes->relation) && str_is_empty(hopes->age) && hopes->wishes.count == 0 &&
           hopes->unlike.count == 0 && !hopes->has_no_preference;
}

/* What was said before it was changed. */
typedef struct RequestBefore {
    Time until;
    RequestHopes hopes;
} RequestBefore;
typedef struct RequestBefores {
    const RequestBefore *items; /* newest first */
    size_t count;
} RequestBefores;

/* One line of what was written or done, in the reader's words. */
typedef struct RequestLine {
    RequestNoteId id;
    Text title;
    Str by;
    Time at;
    Str words;     /* may be empty */
    bool is_own;   /* the asking person's own words */
    bool is_part2; /* may tell of substance use */
    bool is_kept;  /* only for the asking person and whoever walks with them */
} RequestLine;
typedef struct RequestLines {
    const RequestLine *items;
    size_t count;
} RequestLines;

/* Whether nothing sent by the program reaches them: then a coordinator has to call. */
static inline bool request_needs_a_call(const ContactPoints *reach) {
    for (size_t at = 0; at < reach->count; at++) {
        if (reach->items[at].kind == CONTACT_POINT_MAIL && reach->items[at].now.kind != SAFETY_NOT_THIS_WAY) {
            return false;
        }
    }
    return true;
}

/* A list of the program to choose from; the values are the items' ids. */
Options request_options(const Scope *scope, ProgramId program, ListKind list);

/* The same request, for its owner and for its coordinator. */
typedef struct RequestPage {
    HopeWords from_others; /* for a family that waits */
    Layout layout;
    Request request;
    Str need;       /* opened for this reader */
    Str hope_words; /* likewise */
    Text standing;
    Str next;
    bool waits_for_parent;
    RequestHopes hopes;
    RequestBefores befores;
    bool may_change;    /* the owner may say anew what it hopes for */
    bool list_is_older; /* than what the family wishes now */
    RequestCodeds codes;
    RequestLines lines;
    Origin origin; /* the list it came from, if it did */
    OriginLines origin_lines;
    const Form *form;   /* the owner's answer, or the coordinator's note */
    const Form *urgent; /* the coordinator's: why it is urgent */
    Options note_kinds;
    ContactPoints reach;
    bool not_reach;  /* the family does not share that ... */
    bool not_notes;  /* ... and not what was written down */
    Consents papers; /* what organizations are given, to be printed */
    bool may_read_card;
    bool has_word; /* who asks opens their space with a word, which may get lost */
    RequestNewestShortlistRows shortlists;
    RequestShortlistPeopleRows people;
    RequestCurrentMatchRows matches;
    RequestEndedMatchesRows earlier; /* walks that have ended */
    Str must_tell;                   /* for the owner: what an adult must be told nevertheless */
    bool is_kept;                    /* the owner shares it with nobody who coordinates */
    bool is_mine;                    /* the actor has it */
    bool is_late;                    /* should have moved on by now */
    Time taken_at;
} RequestPage;

typedef struct RequestTakenPage {
    Layout layout;
    Request request;
    Time taken_at;
} RequestTakenPage;

/* One list of the second layer. */
typedef struct RequestCodeSet {
    size_t field;
    Text label;
    Options options;
} RequestCodeSet;
typedef struct RequestCodeSets {
    const RequestCodeSet *items;
    size_t count;
} RequestCodeSets;

/* The second layer as a form: one set of words for each list that has any. */
typedef struct RequestCodePage {
    Layout layout;
    Request request;
    Str need; /* opened for the coordinator */
    const Form *form;
    RequestCodeSets sets; /* what nearly every request says */
    RequestCodeSets more; /* the rest, folded away ... */
    bool has_more;        /* ... unless some of it is chosen */
    int64_t version;      /* what the form answers to */
    bool is_stale;        /* someone else changed it meanwhile; what was typed stands here again */
    Strs coded_now;
} RequestCodePage;

/* One list of wishes, with its switch that says it must be so; must 0: there is none. */
typedef struct RequestRecordSet {
    size_t field;
    size_t must;
    Text label;
    Text only;
    Options options;
} RequestRecordSet;
typedef struct RequestRecordSets {
    const RequestRecordSet *items;
    size_t count;
} RequestRecordSets;

typedef struct RequestRecordPage {
    Layout layout;
    const Form *form;
    ProgramId program;
    Options langs;
    Options kinds;
    Options relations;
    Options ages;
    RequestRecordSets sets;
    RequestRecordSets more; /* folded away, unless some of it is chosen */
    bool has_more;
    Options safe;
} RequestRecordPage;

#endif
