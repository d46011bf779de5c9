/* SPDX-License-Identifier: Apache-2.0 */
/* The best plan, kept the best while the world changes one thing at a time: a family comes, goes, or wants
 * something else, a supporter takes more, fewer or nobody, or is new.
 *
 * A change is settled along shortest paths from the plan there is (path.h), so that it costs as much as it
 * moves, not as much as there is. After each, the plan is the best of all and its prices prove it, as in
 * assignment.h; but they are the least such prices only after standing_plan().
 *
 * Families and supporters are named by numbers from 0. A family that is new may be given the number of one
 * that left. Memory grows with the most there ever was, a quarter more than needed, and lives as long as the
 * arena. When it runs out, fail(FAIL_MEMORY) leaves the plan as it was before the change. */
#ifndef STANDING_H
#define STANDING_H

#include "matching/assignment.h"

typedef struct Standing Standing;

/* A pair, seen from one of the two. */
typedef struct StandingPair {
    uint32_t other; /* the supporter of a family's pair, the family of a supporter's; nobody twice */
    int32_t weight;
} StandingPair;

/* Solves an instance and keeps a copy of it. */
Standing *standing_new(Arena *arena, const AssignmentInstance *instance);

/* A family comes with its pairs. Returns its number. */
uint32_t standing_add_family(Standing *standing, const StandingPair *pairs, uint32_t count);

/* A family that is here has these pairs from now on. */
void standing_change_family(Standing *standing, uint32_t family, const StandingPair *pairs, uint32_t count);

/* A family that is here leaves the list, for good or because it has found someone. */
void standing_remove_family(Standing *standing, uint32_t family);

/* A supporter comes, with pairs to families that are here. Returns its number. */
uint32_t standing_add_supporter(Standing *standing, uint32_t capacity, const StandingPair *pairs,
                                uint32_t count);

/* A supporter takes as many from now on; 0: a pause. */
void standing_set_capacity(Standing *standing, uint32_t supporter, uint32_t capacity);

/* The partner of a family that is here, or ASSIGNMENT_ALONE. */
uint32_t standing_partner(const Standing *standing, uint32_t family);

/* A price that proves the plan: at least what one more place would add. */
int64_t standing_price(const Standing *standing, uint32_t supporter);

/* The sum of the weights taken. */
int64_t standing_objective(const Standing *standing);

/* The plan with its proof at the least prices, in the arena; reads every pair. Numbers that nobody has are
 * families without pairs. */
AssignmentPlan standing_plan(Arena *arena, Standing *standing);

#endif
