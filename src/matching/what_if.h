/* SPDX-License-Identifier: Apache-2.0 */
/* Whom should we recruit or train next? What the plan for a waiting list would gain by each of many changes,
 * and what that means for families.
 *
 * A **candidate** is an offer as it would be: someone new, or someone present who has more places, one more
 * evening, the clearance for another role, another language or region. Its gain is what the greatest sum of
 * weights (plan.h, without lots) would be more. For someone new with one place it is read off the proof of
 * the plan: the most that any family is worth with them above its value (Leonard 1983; Demange 1982). For
 * the others the proof gives a bound, by the few best families that could come; they are taken by falling
 * bound and searched anew, until nobody left can come in. What is told is exact. */
#ifndef WHAT_IF_H
#define WHAT_IF_H

#include "matching/plan.h"

enum { WHAT_IF_ADDED_MOST = 3 };

typedef struct WhatIfCandidate {
    int64_t present;     /* the key of the offer that would change; 0: someone new */
    MatchingOffer offer; /* as it would be; all that the present one has, and more. Of someone new, key and
                            person are below 0 */
    MatchingItem added[WHAT_IF_ADDED_MOST]; /* what it is about: for the reader */
    size_t added_count;
    int64_t places; /* that there would be more of; of someone new, all */
} WhatIfCandidate;

typedef struct WhatIfCandidates {
    const WhatIfCandidate *items;
    size_t count;
} WhatIfCandidates;

/* ---- making candidates, in the arena ---- */

/* New supporters with `places` each, one for every language, experience and role, who also have what is
 * usual: windows of the week, a channel, a region. An empty list stands for "none of these". */
typedef struct WhatIfRecruits {
    MatchingKeys languages;
    MatchingKeys experiences;
    MatchingKeys roles;
    MatchingItems usual;
    int64_t places;
} WhatIfRecruits;
WhatIfCandidates what_if_recruits(Arena *arena, const WhatIfRecruits *recruits);

/* Each offer with each of these items that it has not. */
WhatIfCandidates what_if_lessons(Arena *arena, const MatchingOffer *offers, size_t count,
                                 MatchingItems lessons);

/* Each offer with `places` more. */
WhatIfCandidates what_if_places(Arena *arena, const MatchingOffer *offers, size_t count, int64_t places);

/* ---- asking ---- */

typedef struct WhatIfRow {
    size_t candidate; /* its place among those asked about */
    int64_t gain;     /* of the sum of weights, exact, above 0 */
    int64_t points;   /* the same in points of score, rounded down */
    int64_t families; /* how many more would have someone; can be 0 or below, where others fit far better */
    int64_t days;     /* that those who would have someone now have waited, together */
    size_t better;    /* families with someone before and after who would fit better */
} WhatIfRow;

typedef struct WhatIfTable {
    const WhatIfRow *rows; /* the greatest gain first, of equals the first candidate */
    size_t count;
    size_t searched;   /* candidates that were searched anew */
    int64_t objective; /* of the plan as it is */
    size_t waiting;    /* families without anyone in it */
} WhatIfTable;

/* The `most` candidates of the greatest gain above 0, in the arena. The order's lots play no part, its
 * decisions hold. What else the work takes is given back. */
WhatIfTable what_if(Arena *arena, const PlanOrder *order, const WhatIfCandidates *candidates, size_t most);

/* The same for several sets of candidates, each with a table of its own; the plan is solved once for all. */
void what_if_parts(Arena *arena, const PlanOrder *order, const WhatIfCandidates *parts, size_t part_count,
                   size_t most, WhatIfTable *ret_tables);

#endif
