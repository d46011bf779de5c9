/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers families and supporters by their keys, and lays down what was decided on. */
#include "matching/plan_inside.h"

#include "matching/lot.h"
#include "matching/oracle.h"
#include "matching/policy.h"

#include <assert.h>

/* Points that a price can have, and a value be below 0, where a pair of the least weight is of use. */
enum { BELOW_LEAST = 8 };

/* ---- numbers ---- */

typedef struct Keyed {
    int64_t key;
    uint32_t place;
} Keyed;

static int by_key(const void *left, const void *right) {
    const int64_t left_key = ((const Keyed *)left)->key;
    const int64_t right_key = ((const Keyed *)right)->key;
    return (left_key > right_key) - (left_key < right_key);
}

size_t plan_request_place(const PlanOrder *order, int64_t key) {
    size_t place = 0;
    while (place < order->request_count && order->requests[place].key != key) {
        place++;
    }
    return place;
}

static void number_supporters(Arena *arena, PlanInside *inside) {
    const PlanOrder *order = &inside->order;
    const uint32_t count = (uint32_t)order->offer_count;
    Keyed *keyed = NEW_MANY(arena, count, Keyed);
    for (uint32_t place = 0; place < count; place++) {
        keyed[place] = (Keyed){.key = order->offers[place].key, .place = place};
    }
    qsort(keyed, count, sizeof *keyed, by_key);
    inside->supporters = count;
    inside->supporter = NEW_MANY(arena, count, uint32_t);
    inside->capacity = NEW_MANY(arena, count, uint32_t);
    for (uint32_t number = 0; number < count; number++) {
        const MatchingOffer *offer = &order->offers[keyed[number].place];
        const int64_t places = offer->capacity - offer->load;
        inside->supporter[number] = keyed[number].place;
        inside->capacity[number] = places > 0 ? (uint32_t)places : 0;
    }
}

static void number_families(Arena *arena, PlanInside *inside) {
    const PlanOrder *order = &inside->order;
    Keyed *keyed = NEW_MANY(arena, order->request_count, Keyed);
    uint32_t count = 0;
    for (uint32_t place = 0; place < order->request_count; place++) {
        if (inside->decided[place] == PLAN_UNDECIDED) {
            keyed[count++] = (Keyed){.key = order->requests[place].key, .place = place};
        }
    }
    qsort(keyed, count, sizeof *keyed, by_key);
    inside->families = count;
    inside->family = NEW_MANY(arena, count, uint32_t);
    for (uint32_t number = 0; number < count; number++) {
        inside->family[number] = keyed[number].place;
    }
}

const MatchingOffer *plan_offer(const PlanInside *inside, uint32_t supporter) {
    return &inside->order.offers[inside->supporter[supporter]];
}

uint32_t plan_supporter(const PlanInside *inside, int64_t key) {
    uint32_t low = 0;
    uint32_t high = inside->supporters;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (plan_offer(inside, middle)->key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < inside->supporters && plan_offer(inside, low)->key == key ? low : inside->supporters;
}

/* ---- decisions ---- */

/* False when it cannot be. */
static bool decide(PlanInside *inside, const PlanDecision *decision) {
    const PlanOrder *order = &inside->order;
    const size_t place = plan_request_place(order, decision->request);
    if (place == order->request_count) {
        return false;
    }
    if (decision->offer == 0) {
        inside->decided[place] = ASSIGNMENT_ALONE;
        return true;
    }
    const uint32_t supporter = plan_supporter(inside, decision->offer);
    if (supporter == inside->supporters || inside->capacity[supporter] == 0 ||
        oracle_rules_against(order->policy, plan_offer(inside, supporter), &order->requests[place]) != 0) {
        return false;
    }
    inside->decided[place] = supporter;
    inside->capacity[supporter]--;
    return true;
}

/* Returns how many cannot be. */
static size_t decide_all(Arena *arena, PlanInside *inside) {
    const PlanOrder *order = &inside->order;
    inside->decided = NEW_MANY(arena, order->request_count, uint32_t);
    for (size_t place = 0; place < order->request_count; place++) {
        inside->decided[place] = PLAN_UNDECIDED;
    }
    size_t ignored = 0;
    for (size_t at = 0; at < order->decided_count; at++) {
        ignored += decide(inside, &order->decided[at]) ? 0 : 1;
    }
    return ignored;
}

size_t plan_number(Arena *arena, PlanInside *inside) {
    assert(inside->order.request_count <= PLAN_PEOPLE_MOST && inside->order.offer_count <= PLAN_PEOPLE_MOST);
    number_supporters(arena, inside);
    const size_t ignored = decide_all(arena, inside);
    number_families(arena, inside);
    inside->policy = *inside->order.policy;
    inside->policy.listed_penalty = 0;
    inside->pool = pool_new(arena, &inside->policy, inside->order.offers, inside->order.offer_count);
    inside->number = plan_numbers(arena, inside, inside->pool);
    for (size_t position = 0; position < inside->supporters; position++) {
        pool_set_price(inside->pool, position, 0);
    }
    return ignored;
}

const uint32_t *plan_numbers(Arena *arena, const PlanInside *inside, const Pool *pool) {
    const size_t count = pool_count(pool);
    uint32_t *number = NEW_MANY(arena, count, uint32_t);
    for (size_t position = 0; position < count; position++) {
        number[position] = plan_supporter(inside, pool_key(pool, position));
    }
    return number;
}

const MatchingRequest *plan_request(const PlanInside *inside, uint32_t family) {
    return &inside->order.requests[inside->family[family]];
}

int64_t plan_claim(const PlanOrder *order, const MatchingRequest *request) {
    return policy_value(order->policy, request, 0);
}

int32_t plan_weight(const PlanInside *inside, const MatchingRequest *request, uint32_t supporter,
                    int64_t score) {
    return lot_weight(policy_value(inside->order.policy, request, score),
                      lot_family(inside->order.seed, request->key), plan_offer(inside, supporter)->key,
                      inside->lot_bits);
}

int64_t plan_least_score(const PlanInside *inside, const MatchingRequest *request) {
    int64_t least = 0;
    for (size_t at = 0; at < request->wishes.count; at++) {
        const int64_t points = oracle_wish_points(inside->order.policy, request, &request->wishes.items[at]);
        least += points < 0 ? points : 0;
    }
    return least;
}

int64_t plan_point(const PlanInside *inside) {
    return inside->order.policy->fit << inside->lot_bits;
}

static int64_t divided_down(int64_t number, int64_t by) {
    return number >= 0 ? number / by : -((by - 1 - number) / by);
}

int64_t plan_bar(const PlanInside *inside, const MatchingRequest *request, int64_t value) {
    const MatchingPolicy *policy = inside->order.policy;
    const int64_t unit = INT64_C(1) << inside->lot_bits;
    const int64_t base = policy_value(policy, request, 1) - policy->fit;
    const int64_t bar = divided_down(value - base * unit - (unit - 1), plan_point(inside));
    /* Weights are never below 1, however low the score: such a pair can be worth that much where its price
     * is a few points. */
    if (value < 2 * unit) {
        const int64_t least = plan_least_score(inside, request);
        if (base + policy->fit * least < 1) {
            assert(least - BELOW_LEAST < bar); /* as long as a value is less than that many points below 0 */
            return least - BELOW_LEAST;
        }
    }
    return bar;
}
