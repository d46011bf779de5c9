/* SPDX-License-Identifier: Apache-2.0 */
/* Has the best plan searched for, and tells it. */
#include "matching/plan.h"

#include "matching/oracle.h"
#include "matching/plan_fair.h"
#include "matching/plan_inside.h"
#include "matching/plan_search.h"
#include "matching/policy.h"

#include <assert.h>

/* ---- telling ---- */

static PlanSupporter *supporters_tell(Arena *arena, const PlanInside *inside) {
    PlanSupporter *lines = NEW_MANY(arena, inside->supporters, PlanSupporter);
    for (uint32_t supporter = 0; supporter < inside->supporters; supporter++) {
        const MatchingOffer *offer = plan_offer(inside, supporter);
        const int64_t price = inside->best.supporter_price[supporter] >> inside->lot_bits;
        const int64_t points = price / inside->order.policy->fit;
        lines[inside->supporter[supporter]] =
            (PlanSupporter){.offer = offer->key,
                            .places = offer->capacity > offer->load ? offer->capacity - offer->load : 0,
                            .price = price,
                            .points = points < PLAN_POINTS_MOST ? points : PLAN_POINTS_MOST};
    }
    return lines;
}

/* The supporter's number of each family by place in the order, or ASSIGNMENT_ALONE. */
static const uint32_t *partners_by_place(Arena *arena, const PlanInside *inside) {
    const uint32_t *partner =
        inside->order.policy->method == METHOD_NO_ENVY ? plan_fair(arena, inside) : inside->best.partner;
    uint32_t *by_place = NEW_MANY(arena, inside->order.request_count, uint32_t);
    for (size_t place = 0; place < inside->order.request_count; place++) {
        by_place[place] = inside->decided[place];
    }
    for (uint32_t family = 0; family < inside->families; family++) {
        by_place[inside->family[family]] = partner[family];
    }
    return by_place;
}

/* Writes down who is with whom, and sums up. */
static void families_tell(Arena *arena, Plan *plan, PlanFamily *families, PlanSupporter *supporters) {
    const PlanInside *inside = plan->inside;
    const uint32_t *partner = partners_by_place(arena, inside);
    plan->bound = inside->best.dual;
    for (size_t place = 0; place < inside->order.request_count; place++) {
        const MatchingRequest *request = &inside->order.requests[place];
        PlanFamily *line = &families[place];
        line->request = request->key;
        if (partner[place] == ASSIGNMENT_ALONE) {
            continue;
        }
        PlanSupporter *supporter = &supporters[inside->supporter[partner[place]]];
        line->offer = supporter->offer;
        line->score =
            oracle_score(inside->order.policy, plan_offer(inside, partner[place]), request, NULL, NULL);
        const int64_t weight = plan_weight(inside, request, partner[place], line->score);
        line->weight = weight >> inside->lot_bits;
        supporter->taken++;
        plan->matched++;
        plan->weight += line->weight;
        plan->objective += weight;
        plan->bound += inside->decided[place] == PLAN_UNDECIDED ? 0 : weight;
    }
    for (uint32_t family = 0; family < inside->families; family++) {
        families[inside->family[family]].value = inside->best.family_value[family] >> inside->lot_bits;
    }
}

Plan plan_new(Arena *arena, const PlanOrder *order) {
    PlanInside *inside = NEW(arena, PlanInside);
    inside->order = *order;
    Plan plan = {.inside = inside};
    plan.ignored = plan_number(arena, inside);
    uint64_t first_pairs = 0;
    const PlanStart start = {.instance = plan_search_first(arena, inside, &first_pairs),
                             .left_out = ASSIGNMENT_ALONE};
    const PlanFound found = plan_search(arena, inside, &start);
    inside->instance = found.instance;
    inside->best = found.best;
    plan.lot_bits = inside->lot_bits;
    plan.is_proved = inside->best.is_proved;
    plan.rounds = found.rounds;
    plan.pairs = first_pairs + found.pairs;
    PlanSupporter *supporters = supporters_tell(arena, inside);
    PlanFamily *families = NEW_MANY(arena, order->request_count, PlanFamily);
    families_tell(arena, &plan, families, supporters);
    plan.families = families;
    plan.supporters = supporters;
    return plan;
}

MatchingChoice plan_choice(Arena *arena, const Plan *plan, size_t family) {
    const PlanInside *inside = plan->inside;
    const PlanFamily *line = &plan->families[family];
    assert(line->offer != 0);
    return oracle_choice(arena, inside->order.policy, plan_offer(inside, plan_supporter(inside, line->offer)),
                         &inside->order.requests[family]);
}
