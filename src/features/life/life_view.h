/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of a person's own record show: filled by life_pages.c, drawn by life.html. */
#ifndef LIFE_VIEW_H
#define LIFE_VIEW_H

#include "features/goal/goal_shown.h"
#include "features/life/life.h"
#include "features/program/program.h"
#include "features/progress/progress_figure.h"
#include "life_sql.h"
#include "ui/ui.h"

/* The picture, in its own units. */
enum { LIFE_LEFT = 8, LIFE_WIDTH = 624, LIFE_ROW = 22, LIFE_ROWS_MOST = 30, LIFE_YEARS_MOST = 40 };

/* A walk as a bar under the years. */
typedef struct LifeBar {
    MatchId id;
    bool receives;
    Str called; /* none: a family that shares nothing any more */
    Date began_on;
    Date ended_on; /* none: it lasts */
    MatchState state;
    int64_t talks;
    int64_t hours;
    int x;
    int width;
    int y;
} LifeBar;
typedef struct LifeBars {
    const LifeBar *items;
    size_t count;
} LifeBars;

/* Where a year begins. */
typedef struct LifeYear {
    int year;
    int x;
} LifeYear;
typedef struct LifeYears {
    const LifeYear *items;
    size_t count;
} LifeYears;

/* What was asked, in the person's own words, and how far along it is. */
typedef struct LifeAsked {
    RequestId id;
    Str need;
    Lang lang;
    Date asked_on;
    RequestState state;
    ProgressFigure progress;
} LifeAsked;
typedef struct LifeAskeds {
    const LifeAsked *items;
    size_t count;
} LifeAskeds;

typedef struct LifePage {
    Layout layout;
    Date since;
    LifeBars bars;
    LifeYears years;
    int height;
    int64_t received; /* walks on that side */
    int64_t given;
    LifeAskeds asked;
    GoalsShown open;
    GoalsShown over;
    Programs ready; /* in which the person may turn around */
} LifePage;

/* One label and what stands there. */
typedef struct LifeLine {
    Text label;
    Strs pieces; /* one after the other; a line of a narrow screen may end between two of them */
} LifeLine;
typedef struct LifeItem {
    const LifeLine *items;
    size_t count;
} LifeItem;
typedef struct LifePart {
    Text title;
    const LifeItem *items;
    size_t count;
} LifePart;
typedef struct LifeParts {
    const LifePart *items;
    size_t count;
} LifeParts;

/* The file that opens in any browser. */
typedef struct LifeFile {
    Lang lang;
    Str called;
    Time made_at;
    bool has_part2;
    LifeParts parts;
} LifeFile;

#endif
