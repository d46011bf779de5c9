/* SPDX-License-Identifier: Apache-2.0 */
/* The best plan over all pairs, found by looking at few of them: column generation (Ford & Fulkerson 1958;
 * Gilmore & Gomory 1961; for assignment, partial pricing as in Balas, Miller, Pekny & Toth 1991).
 *
 * Each family begins with its best few pairs. These are solved, with a proof: values and prices. Then the
 * pool, with the prices laid into it, is asked for every pair anywhere that is worth more than its family's
 * value and its supporter's price; the best of those come in, and all is solved again. When there is none
 * left, the proof over the few is a proof over all.
 *
 * As values and prices settle, ever less has to be asked again: who lost no value need only look at the
 * supporters that became cheaper, for whom there is a small pool of their own. */
#ifndef PLAN_SEARCH_H
#define PLAN_SEARCH_H

#include "matching/plan_inside.h"

/* What is searched for, and from where. */
typedef struct PlanStart {
    AssignmentInstance instance; /* families as in the plan; its supporters first, and perhaps more, of whom
                                    every pair is in it */
    const AssignmentPlan
        *proved;       /* over all pairs but those of more supporters; NULL: nothing is known yet */
    uint32_t left_out; /* a family that gets nobody, or ASSIGNMENT_ALONE */
} PlanStart;

typedef struct PlanFound {
    AssignmentInstance instance; /* the pairs that came in */
    AssignmentPlan best;         /* of all pairs */
    size_t rounds;
    uint64_t pairs; /* looked at one by one */
} PlanFound;

/* Each family's best few pairs, in the arena; nobody has a price. Also fixes the plan's bits of lots. */
AssignmentInstance plan_search_first(Arena *arena, PlanInside *inside, uint64_t *ret_pairs);

/* What is found lives in the arena. The prices in the plan's pool are left as they were needed last. */
PlanFound plan_search(Arena *arena, const PlanInside *inside, const PlanStart *start);

#endif
