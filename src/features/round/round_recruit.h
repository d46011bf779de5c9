/* SPDX-License-Identifier: Apache-2.0 */
/* Whom to recruit or train next: what one more person, skill or place would be worth to those who wait now.
 *
 * Exact, by the proof of the best plan (matching/what_if.h). It speaks of what is missing, never of who is
 * better: nobody who offers is ranked by it. */
#ifndef ROUND_RECRUIT_H
#define ROUND_RECRUIT_H

#include "features/round/round.h"

enum { RECRUIT_MOST = 10, RECRUIT_ITEMS = 3 };

typedef struct RecruitRow {
    OfferId offer;                   /* who would learn or take more; 0: someone new */
    ListItemId items[RECRUIT_ITEMS]; /* what it is about */
    size_t item_count;
    int64_t points;   /* what it is worth, in points of fit; at least 1 */
    int64_t families; /* how many more would have someone; 0 or more */
} RecruitRow;
typedef struct RecruitRows {
    const RecruitRow *items; /* the most points first */
    size_t count;
} RecruitRows;

typedef struct Recruit {
    int64_t waiting;     /* families without a list */
    int64_t nobody;      /* of them, with nobody in the best plan */
    RecruitRows people;  /* new supporters with one place: a language, an experience, a role */
    RecruitRows lessons; /* one thing more for someone present */
    RecruitRows places;  /* one place more for someone present */
} Recruit;

Recruit round_recruit(const Scope *scope, ProgramId program);

#endif
