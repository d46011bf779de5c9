/* SPDX-License-Identifier: Apache-2.0 */
/* Solves with memory of its own, which is given back at once. */
#include "matching/assignment.h"

#include "matching/proof.h"
#include "matching/settle.h"

/* What is needed meanwhile, given back even when the work fails. */
static void scratch_end(void *context) {
    Arena **scratch = context;
    if (*scratch != NULL) {
        arena_free(*scratch);
        *scratch = NULL;
    }
}

AssignmentPlan assignment_solve(Arena *arena, const AssignmentInstance *instance) {
    Arena **scratch = NEW(arena, Arena *);
    arena_at_end(arena, scratch_end, scratch);
    *scratch = arena_new(SIZE_MAX);
    const Market market = settle_instance(*scratch, instance, SETTLE_LOOKS);
    const AssignmentPlan plan = proof_make(arena, &market);
    scratch_end(scratch);
    return plan;
}
