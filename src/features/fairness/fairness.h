/* SPDX-License-Identifier: Apache-2.0 */
/* How lists, choices, yeses and waits fall on those who ask, by what they said of themselves; and how
 * evenly lists fall on those who offer.
 *
 * Groups are what families said, never what somebody guessed or coded: who chose one item of a list is of
 * that group, who chose several is of "more than one", who chose none is of "not stated", so that every
 * family is counted in exactly one group. How far a family came is told in steps that do not overlap, for
 * the same reason (base/small_cells.h): counts that could say who someone is are hidden, and so are those
 * from which they would follow. The four tables are of the same families and share their sums: what one
 * hides there, all hide.
 *
 * A wait is the time until somebody said yes. Who still waits counts with the days so far, who left before
 * with the days until then: nobody is left out of the median. */
#ifndef FAIRNESS_H
#define FAIRNESS_H

#include "features/program/program.h"
#include "platform/scope.h"

typedef enum FairnessSpan { /* of those who asked in this time; stored: never renumber */
                            FAIRNESS_QUARTER = 1,
                            FAIRNESS_YEAR = 2,
                            FAIRNESS_EVER = 3,
} FairnessSpan;

/* Where it begins; TIME_NONE: ever. */
Time fairness_since(const Scope *scope, FairnessSpan span);

typedef enum FairnessSide { /* of a life, in which groups differ */
                            FAIRNESS_LANGUAGE,
                            FAIRNESS_REGION,
                            FAIRNESS_ROLE,
                            FAIRNESS_CULTURE,
                            FAIRNESS_SIDES,
} FairnessSide;

typedef enum FairnessStep { /* the furthest one that a family has come */
                            FAIRNESS_NO_LIST,
                            FAIRNESS_LISTED, /* a list, and no choice yet */
                            FAIRNESS_CHOSEN, /* a choice, and no yes yet */
                            FAIRNESS_ACCEPTED,
                            FAIRNESS_STEPS,
} FairnessStep;

typedef struct FairnessCount {
    int64_t people;
    bool is_hidden; /* then `people` is 0 */
} FairnessCount;

/* Stored: never renumber. */
typedef enum FairnessGroup { FAIRNESS_ITEM, FAIRNESS_SEVERAL, FAIRNESS_NOT_STATED } FairnessGroup;

typedef struct FairnessRow {
    FairnessGroup kind;
    ListItemId item;   /* none of another kind */
    Str label;         /* of an item, in the reader's language; none otherwise */
    FairnessCount all; /* families who asked */
    FairnessCount steps[FAIRNESS_STEPS];
    bool has_waits;    /* these are told: not where the number of families is hidden, or nobody asked */
    int64_t days_half; /* half of the families waited at most so long */
    int64_t days_most; /* 90 of 100 */
} FairnessRow;

/* Groups in the program's order, then several, then not stated; groups without anybody are left out. */
typedef struct FairnessTable {
    const FairnessRow *items;
    size_t count;
    bool has_hidden;
} FairnessTable;

typedef struct FairnessFamilies {
    FairnessRow all;
    FairnessTable by[FAIRNESS_SIDES];
} FairnessFamilies;

/* Families who asked for support from `since` on (TIME_NONE: ever). */
FairnessFamilies fairness_families_of(const Scope *scope, ProgramId program, Time since);

/* ---- who offers ---- */

typedef struct FairnessSupporter {
    OfferId offer;
    Str called;
    int64_t listed;   /* families on whose lists this person stood */
    int64_t chosen;   /* by families */
    int64_t accepted; /* said yes to */
} FairnessSupporter;

enum { FAIRNESS_BINS = 6 };
/* Bin `at` holds those listed from fairness_bins[at] times to one less than the next. */
extern const int64_t fairness_bins[FAIRNESS_BINS];

typedef struct FairnessSupporters {
    const FairnessSupporter *items; /* by name, never by number: this is no ranking */
    size_t count;                   /* of these */
    size_t all;                     /* who may be listed */
    int64_t most;                   /* families on whose lists one of them stood */
    int64_t bins[FAIRNESS_BINS];    /* how many supporters were listed so often */
    int64_t places;                 /* on lists, in all */
    int64_t half;                   /* so few supporters hold half of these places */
} FairnessSupporters;

/* Everyone who may be listed now, counted from `since` on. */
FairnessSupporters fairness_supporters_of(const Scope *scope, ProgramId program, Time since);

#endif
