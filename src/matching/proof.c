/* SPDX-License-Identifier: Apache-2.0 */
/* Values, prices and the sums that must be equal, counted once more from the pairs. */
#include "matching/proof.h"

AssignmentPlan proof_make(Arena *arena, const Market *market) {
    uint32_t *partner = NEW_MANY(arena, market->families, uint32_t);
    int64_t *value = NEW_MANY(arena, market->families, int64_t);
    int64_t *price = NEW_MANY(arena, market->supporters, int64_t);
    AssignmentPlan plan = {
        .partner = partner, .family_value = value, .supporter_price = price, .is_proved = true};
    for (uint32_t supporter = 0; supporter < market->supporters; supporter++) {
        price[supporter] = market->price[supporter];
        plan.dual += price[supporter] * market->capacity[supporter];
        plan.is_proved = plan.is_proved && price[supporter] >= 0;
    }
    for (uint32_t family = 0; family < market->families; family++) {
        partner[family] = market->partner[family];
        if (partner[family] != ASSIGNMENT_ALONE) {
            value[family] = market->gain[family] - price[partner[family]];
            plan.matched++;
        }
        int64_t best = 0;
        for (uint32_t pair = market->begin[family]; pair < market->end[family]; pair++) {
            const int64_t there = market->weight[pair] - price[market->supporter[pair]];
            best = there > best ? there : best;
        }
        plan.objective += market->gain[family];
        plan.dual += value[family];
        plan.is_proved = plan.is_proved && value[family] == best;
    }
    plan.is_proved = plan.is_proved && plan.objective == plan.dual;
    return plan;
}
