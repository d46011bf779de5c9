/* SPDX-License-Identifier: Apache-2.0 */
/* Searches again from the plan there is, with one pair given, and compares. */
#include "matching/oracle.h"
#include "matching/plan_search.h"

/* A family gets this supporter, or nobody, instead of what the plan or a decision gives it. */
typedef struct Change {
    size_t place;     /* of the request */
    uint32_t family;  /* its number, or ASSIGNMENT_ALONE: it was decided on */
    uint32_t given;   /* a supporter's number, or ASSIGNMENT_ALONE */
    uint32_t decided; /* what was decided on: likewise, or PLAN_UNDECIDED */
} Change;

static bool is_supporter(uint32_t number) {
    return number != ASSIGNMENT_ALONE && number != PLAN_UNDECIDED;
}

static uint32_t family_at(const PlanInside *inside, size_t place) {
    uint32_t family = 0;
    while (inside->family[family] != place) {
        family++;
    }
    return family;
}

static bool is_possible(const PlanInside *inside, const Change *change) {
    if (change->given == ASSIGNMENT_ALONE) {
        return true;
    }
    const uint32_t taken_back = change->decided == change->given ? 1 : 0;
    return inside->capacity[change->given] + taken_back > 0 &&
           oracle_rules_against(inside->order.policy, plan_offer(inside, change->given),
                                &inside->order.requests[change->place]) == 0;
}

static int64_t weight_of(const PlanInside *inside, size_t place, uint32_t supporter) {
    const MatchingRequest *request = &inside->order.requests[place];
    if (!is_supporter(supporter)) {
        return 0;
    }
    const MatchingOffer *offer = plan_offer(inside, supporter);
    return plan_weight(inside, request, supporter,
                       oracle_score(inside->order.policy, offer, request, NULL, NULL));
}

/* The plan's pairs, none of them of the family that is changed, and the places that are left. */
static AssignmentInstance instance_without(Arena *arena, const PlanInside *inside, const Change *change) {
    AssignmentInstance instance = inside->instance;
    uint32_t *capacity = NEW_MANY(arena, instance.supporters, uint32_t);
    memcpy(capacity, instance.capacity, instance.supporters * sizeof *capacity);
    if (is_supporter(change->decided)) {
        capacity[change->decided]++;
    }
    if (is_supporter(change->given)) {
        capacity[change->given]--;
    }
    instance.capacity = capacity;
    if (change->family != ASSIGNMENT_ALONE) {
        const uint32_t pairs = instance.first[instance.families];
        int32_t *weight = NEW_MANY(arena, pairs, int32_t);
        memcpy(weight, instance.weight, pairs * sizeof *weight);
        for (uint32_t pair = instance.first[change->family]; pair < instance.first[change->family + 1];
             pair++) {
            weight[pair] = 0;
        }
        instance.weight = weight;
    }
    return instance;
}

static PlanCost cost_between(const PlanInside *inside, const AssignmentPlan *after, const Change *change) {
    const AssignmentPlan *before = &inside->best;
    const unsigned bits = inside->lot_bits;
    const int64_t half = bits == 0 ? 0 : INT64_C(1) << (bits - 1);
    PlanCost cost = {
        .cost = before->dual + weight_of(inside, change->place, change->decided) - after->dual -
                weight_of(inside, change->place, change->given),
        .matched = (int64_t)after->matched + (is_supporter(change->given) ? 1 : 0) -
                   (int64_t)before->matched - (is_supporter(change->decided) ? 1 : 0),
    };
    cost.weight = (cost.cost + half) >> bits;
    for (uint32_t family = 0; family < inside->families; family++) {
        if (family != change->family && before->partner[family] != after->partner[family]) {
            cost.moved++;
        }
    }
    return cost;
}

PlanAnswer plan_cost_of(Arena *arena, const Plan *plan, int64_t request, int64_t offer, PlanCost *ret_cost) {
    const PlanInside *inside = plan->inside;
    Change change = {.place = plan_request_place(&inside->order, request),
                     .given = offer == 0 ? ASSIGNMENT_ALONE : plan_supporter(inside, offer)};
    if (change.place == inside->order.request_count) {
        return PLAN_NO_SUCH_REQUEST;
    }
    if (change.given == inside->supporters) {
        return PLAN_NO_SUCH_OFFER;
    }
    change.decided = inside->decided[change.place];
    change.family = change.decided == PLAN_UNDECIDED ? family_at(inside, change.place) : ASSIGNMENT_ALONE;
    if (!is_possible(inside, &change)) {
        return PLAN_KEPT_APART;
    }
    Arena *scratch = arena_new_within(arena, SIZE_MAX);
    const PlanStart start = {.instance = instance_without(scratch, inside, &change),
                             .proved = &inside->best,
                             .left_out = change.family};
    const PlanFound found = plan_search(scratch, inside, &start);
    *ret_cost = cost_between(inside, &found.best, &change);
    arena_free(scratch);
    return PLAN_TOLD;
}
