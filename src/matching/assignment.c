/* SPDX-License-Identifier: Apache-2.0 */
/* Solves with memory of its own, which is given back at once. */
#include "matching/assignment.h"

#include "matching/proof.h"
#include "matching/settle.h"

AssignmentPlan assignment_solve(Arena *arena, const AssignmentInstance *instance) {
    Arena *scratch = arena_new_within(arena, SIZE_MAX);
    const Market market = settle_instance(scratch, instance, SETTLE_LOOKS);
    const AssignmentPlan plan = proof_make(arena, &market);
    arena_free(scratch);
    return plan;
}
