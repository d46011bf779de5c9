/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of "how is it between us" show: filled by heard_pages.c, drawn by heard.html. */
#ifndef HEARD_VIEW_H
#define HEARD_VIEW_H

#include "features/heard/heard.h"
#include "ui/ui.h"

/* What one earlier time was answered. */
typedef struct HeardLine {
    Text question;
    Text answer;
} HeardLine;
typedef struct HeardTime {
    Text occasion;
    Date on;
    const HeardLine *items;
    size_t count;
} HeardTime;
typedef struct HeardTimes {
    const HeardTime *items;
    size_t count;
} HeardTimes;

/* A question with what can be answered. */
typedef struct HeardChoice {
    HeardQuestion question;
    Options options;
} HeardChoice;
typedef struct HeardChoices {
    const HeardChoice *items;
    size_t count;
} HeardChoices;

typedef struct HeardPage {
    Layout layout;
    const Form *form;
    Match match;
    Str other_called;
    bool is_asked;
    HeardOccasion occasion;
    HeardChoices choices;
    HeardTimes times;
    bool feels_off; /* the newest answers do */
} HeardPage;

/* How many gave one answer to one question. */
typedef struct HeardCell {
    Text answer;
    HeardCount count;
} HeardCell;
typedef struct HeardRow {
    Text question;
    const HeardCell *items;
    size_t count;
} HeardRow;
/* One side at one time; without rows: too few answered. */
typedef struct HeardSection {
    Text side;
    Text occasion;
    Str id; /* of its heading */
    HeardCount asked;
    HeardCount answered;
    const HeardRow *items;
    size_t count;
} HeardSection;
typedef struct HeardSections {
    const HeardSection *items;
    size_t count;
} HeardSections;

typedef struct HeardCountsPage {
    Layout layout;
    ProgramId program;
    bool is_coordinator;
    HeardSections sections;
} HeardCountsPage;

/* Of those who answered at that time. */
static inline int64_t heard_percent(const HeardCell *cell, const HeardSection *section) {
    const int64_t all = section->answered.people;
    return all > 0 ? (cell->count.people * 100 + all / 2) / all : 0;
}

#endif
