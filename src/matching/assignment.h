/* SPDX-License-Identifier: Apache-2.0 */
/* The best plan for a waiting list: which family with whom, so that the sum of the weights is the greatest
 * there is, nobody over capacity. A maximum-weight b-matching, solved exactly, with a proof anyone can
 * check.
 *
 * Families and supporters are numbered from 0. A family has at most one partner and may stay alone, worth
 * 0; a weight of 0 or less is never worth a place. The proof is linear programming's: values of families
 * (f) and prices of supporters (s), none below zero, with f + s >= weight for every pair and
 *     objective = sum of the weights taken = sum of f + sum of capacity x s = dual.
 * certificate.h checks it without knowing how it was found.
 *
 * The prices returned are the smallest of all proofs, and the values the greatest: a price is then exactly
 * what one more place with that supporter would add to the objective.
 *
 * Method: forward and reverse auction with epsilon scaling (Bertsekas 1988; Bertsekas & Castanon 1989 for
 * similar objects; Bertsekas, Castanon & Tsaknakis 1993 for the reverse phase), then an integral repair of
 * the prices. Whether it is used up by a price war or not, the plan that comes back is proved. */
#ifndef ASSIGNMENT_H
#define ASSIGNMENT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

static const uint32_t ASSIGNMENT_ALONE = UINT32_MAX; /* the partner of a family that stays alone */

/* The pairs of family i are numbered first[i] to first[i + 1] - 1; no supporter twice in a family. Read
 * only. */
typedef struct AssignmentInstance {
    uint32_t families;
    uint32_t supporters;
    const uint32_t *capacity;  /* by supporter; 0: takes nobody */
    const uint32_t *first;     /* families + 1 of them, rising, from 0 */
    const uint32_t *supporter; /* by pair */
    const int32_t *weight;     /* by pair */
} AssignmentInstance;

typedef struct AssignmentPlan {
    const uint32_t *partner;        /* by family: a supporter, or ASSIGNMENT_ALONE */
    const int64_t *family_value;    /* by family */
    const int64_t *supporter_price; /* by supporter */
    uint32_t matched;               /* families with a partner */
    int64_t objective;
    int64_t dual;
    bool is_proved; /* objective = dual, and the values and prices allow it */
} AssignmentPlan;

/* The best plan. It and what it needs meanwhile live in the arena. */
AssignmentPlan assignment_solve(Arena *arena, const AssignmentInstance *instance);

#endif
