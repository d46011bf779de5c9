/* SPDX-License-Identifier: Apache-2.0 */
/* The plan for a program that wants it fair one by one rather than best in sum: deferred acceptance (Gale
 * & Shapley 1962; with places, Roth & Sotomayor 1990), families asking.
 *
 * A family prefers the pair of greater weight; of equals, the supporter of lower number. A place goes to
 * the family with the greater **claim**; of equals, the family of lower number. A claim is either one
 * number a family, the same for every supporter (days waited, say: who waits longest chooses first), or,
 * where none are given, the weight of the pair itself. Pairs of weight 0 or less are not wanted.
 *
 * The plan then has **no justified envy**: no family prefers a place that someone with a lesser claim has.
 * And **no waste**: no family prefers a place that stays free. Where nobody is indifferent between two,
 * every family likes this one best of all such plans. What that costs in sum is seen beside the best plan
 * of assignment.h, and what the best plan leaves of envy is counted by deferred_count(). */
#ifndef DEFERRED_H
#define DEFERRED_H

#include "matching/assignment.h"

typedef struct DeferredPlan {
    const uint32_t *partner; /* by family: a supporter, or ASSIGNMENT_ALONE */
    uint32_t matched;
    int64_t objective; /* sum of the weights */
} DeferredPlan;

/* claim: by family, or NULL for the weight of the pair. The plan lives in the arena, which also holds some
 * 8 bytes a pair meanwhile. Rows may be in any order: the plan is the same. */
DeferredPlan deferred_solve(Arena *arena, const AssignmentInstance *instance, const int64_t *claim);

typedef struct DeferredCount {
    uint32_t envious;  /* families that prefer a place which someone with a lesser claim has */
    uint32_t wasteful; /* families that prefer a place which stays free */
} DeferredCount;

/* Counts in any plan that certificate.h finds no fault with; preferring and lesser are strict. */
DeferredCount deferred_count(Arena *arena, const AssignmentInstance *instance, const uint32_t *partner,
                             const int64_t *claim);

#endif
