/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of fairness show: filled by fairness_pages.c, drawn by fairness.html. */
#ifndef FAIRNESS_VIEW_H
#define FAIRNESS_VIEW_H

#include "features/fairness/fairness.h"
#include "ui/ui.h"

/* A time that can be chosen. */
typedef struct FairnessPeriod {
    Url url;
    Text label;
    bool is_chosen;
} FairnessPeriod;
typedef struct FairnessPeriods {
    const FairnessPeriod *items;
    size_t count;
} FairnessPeriods;

typedef struct FairnessSection {
    Str id;
    Text title;
    Str missing; /* how many said nothing */
    Str spread;  /* who waits longest; none: there is nothing to compare */
    FairnessTable table;
    int64_t days_most; /* the longest bar of its waits */
} FairnessSection;
typedef struct FairnessSections {
    const FairnessSection *items;
    size_t count;
} FairnessSections;

typedef struct FairnessBin {
    Str label;
    int64_t supporters;
} FairnessBin;
typedef struct FairnessBinRows {
    const FairnessBin *items;
    size_t count;
} FairnessBinRows;

typedef struct FairnessPage {
    Layout layout;
    Program program;
    bool is_coordinator;
    FairnessPeriods periods;
    Time as_of; /* none: of now */
    FairnessRow all;
    bool has_hidden;
    FairnessSections sections;
    Url groups_file;
    FairnessSupporters supporters;
    FairnessBinRows bins;
    int64_t most; /* the longest bar of the bins */
    Url supporters_page;
} FairnessPage;

typedef struct FairnessPeople {
    const FairnessSupporter *items;
    size_t count;
} FairnessPeople;

typedef struct FairnessSupportersPage {
    Layout layout;
    Program program;
    FairnessPeriods periods;
    Time as_of;            /* none: of now */
    FairnessPeople people; /* of this page */
    size_t count;          /* in all */
    int64_t most;          /* the longest bar */
    Url back;
    Url file;
    Url earlier; /* empty: this is the first page */
    Url later;   /* empty: this is the last */
} FairnessSupportersPage;

static inline int64_t fairness_percent(const FairnessRow *row, size_t step) {
    return row->all.people > 0 ? (row->steps[step].people * 100 + row->all.people / 2) / row->all.people : 0;
}

#endif
