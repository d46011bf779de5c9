/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of a round show: filled by round_pages.c, drawn by round.html. */
#ifndef ROUND_VIEW_H
#define ROUND_VIEW_H

#include "features/round/round.h"
#include "round_sql.h"
#include "ui/ui.h"

/* Families that can be marked one by one: as many as a form takes. */
enum { ROUND_MARKED_MOST = 200 };

typedef struct RoundStartPage {
    Layout layout;
    Program program;
    int64_t waiting;
    RoundListRows earlier; /* the newest first */
} RoundStartPage;

typedef struct RoundGroupRow {
    Str language;
    int64_t waiting;
    int64_t placed;
    int64_t median_days;
    bool hides_waiting;
    bool hides_placed;
} RoundGroupRow;
typedef struct RoundGroupRows {
    const RoundGroupRow *items;
    size_t count;
} RoundGroupRows;

typedef struct RoundPage {
    Layout layout;
    Round round;
    RoundProposals proposals;
    RoundGroupRows groups;
    int64_t open; /* proposals that can be sent */
    int64_t few;  /* the limit below which groups are not counted out */
    bool is_newest;
    bool has_few;
    const Form *form;
    Time now;
} RoundPage;

typedef struct RoundReason {
    Str words;
    int64_t points;
} RoundReason;
typedef struct RoundReasons {
    const RoundReason *items;
    size_t count;
} RoundReasons;
typedef struct RoundPerson {
    OfferId offer;
    Str value; /* of the choice */
    Str called;
    int64_t load;
    int64_t capacity;
    int64_t score;
    int64_t cost;
    RoundReasons reasons;
} RoundPerson;
typedef struct RoundPeople {
    const RoundPerson *items;
    size_t count;
} RoundPeople;

typedef struct RoundOnePage {
    Layout layout;
    Round round;
    Request request;
    Str need; /* opened for the coordinator */
    RoundPeople people;
    bool is_proposed; /* the first of them is who is proposed now */
    bool may_change;
    const Form *form;
} RoundOnePage;

/* One thing that would help. */
typedef struct RecruitLine {
    OfferId offer; /* 0: someone new */
    Str called;
    Str what;
    int64_t points;
    int64_t most; /* of the table: what a whole bar stands for */
    int64_t families;
    bool is_few; /* the families are not counted out */
} RecruitLine;
typedef struct RecruitLines {
    const RecruitLine *items;
    size_t count;
} RecruitLines;

typedef struct RecruitPage {
    Layout layout;
    Program program;
    int64_t waiting;
    int64_t nobody;
    int64_t few;
    RecruitLines people;
    RecruitLines lessons;
    RecruitLines places;
} RecruitPage;

#endif
