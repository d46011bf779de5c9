/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of a request show: filled by request_pages.c, drawn by request.html. */
#ifndef REQUEST_VIEW_H
#define REQUEST_VIEW_H

#include "features/account/account.h"
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

/* One line of what was written or done, in the reader's words. */
typedef struct RequestLine {
    Text title;
    Str by;
    Time at;
    Str words;   /* may be empty */
    bool is_own; /* the asking person's own words */
} RequestLine;
typedef struct RequestLines {
    const RequestLine *items;
    size_t count;
} RequestLines;

/* A way to reach the person, and what is safe about it. */
typedef struct RequestReach {
    bool is_phone;
    Str value;
    Safe voicemail;
    Safe text;
    Str safe_times; /* may be empty */
    Url link;
    Url text_link;
} RequestReach;
typedef struct RequestReaches {
    const RequestReach *items;
    size_t count;
} RequestReaches;

/* Whether nothing sent by the program reaches them: then a coordinator has to call. */
static inline bool request_needs_a_call(const RequestReaches *reaches) {
    for (size_t at = 0; at < reaches->count; at++) {
        if (!reaches->items[at].is_phone) {
            return false;
        }
    }
    return true;
}

/* A list of the program to choose from; the values are the items' ids. */
Options request_options(const Scope *scope, ProgramId program, ListKind list);

/* The same request, for its owner and for its coordinator. */
typedef struct RequestPage {
    Layout layout;
    Request request;
    Str next;
    Str relation; /* "" when not said */
    Str age;
    Strs wishes;
    RequestCodeds codes;
    RequestLines lines;
    Origin origin;    /* the list it came from, if it did */
    const Form *form; /* the owner's answer, or the coordinator's note */
    Options note_kinds;
    RequestReaches reaches;
    RequestNewestShortlistRows shortlists;
    RequestShortlistPeopleRows people;
    RequestCurrentMatchRows matches;
    RequestEndedMatchesRows earlier; /* walks that have ended */
    bool is_mine;                    /* the actor has it */
    bool is_late;                    /* should have moved on by now */
    Time taken_at;
} RequestPage;

typedef struct RequestTakenPage {
    Layout layout;
    Request request;
    Time taken_at;
} RequestTakenPage;

/* The second layer as a form: one set of words for each list. */
typedef struct RequestCodePage {
    Layout layout;
    Request request;
    const Form *form;
    Options lists[LIST_COUNT];
    int64_t version; /* what the form answers to */
    bool is_stale;   /* someone else changed it meanwhile; what was typed stands here again */
    Strs coded_now;
} RequestCodePage;

typedef struct RequestRecordPage {
    Layout layout;
    const Form *form;
    ProgramId program;
    Options langs;
    Options kinds;
    Options relations;
    Options ages;
    Options experiences;
    Options languages;
    Options safe;
} RequestRecordPage;

#endif
