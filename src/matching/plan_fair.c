/* SPDX-License-Identifier: Apache-2.0 */
/* Families choose in turn from a pool in which those without a place left are paused. */
#include "matching/plan_fair.h"

#include <assert.h>

typedef struct Turn {
    int64_t claim;
    uint32_t family;
} Turn;

static int by_claim(const void *left, const void *right) {
    const Turn *one = left;
    const Turn *other = right;
    if (one->claim != other->claim) {
        return one->claim < other->claim ? 1 : -1;
    }
    return (one->family > other->family) - (one->family < other->family);
}

static const Turn *turns_of(Arena *arena, const PlanInside *inside) {
    Turn *turns = NEW_MANY(arena, inside->families, Turn);
    for (uint32_t family = 0; family < inside->families; family++) {
        turns[family] =
            (Turn){.claim = plan_claim(&inside->order, plan_request(inside, family)), .family = family};
    }
    qsort(turns, inside->families, sizeof *turns, by_claim);
    return turns;
}

static void close_supporter(Pool *pool, const PlanInside *inside, uint32_t supporter) {
    MatchingOffer offer = *plan_offer(inside, supporter);
    offer.is_paused = true;
    offer.price = 0;
    const bool is_changed = pool_change(pool, &offer);
    assert(is_changed);
    (void)is_changed;
}

/* Of those with the best score, the one with the greatest lot. */
static uint32_t choose(const Pool *pool, const uint32_t *number, const PlanInside *inside, uint32_t family,
                       PoolHit *hits) {
    const MatchingRequest *request = plan_request(inside, family);
    if (pool_best(pool, request, inside->order.seed, 1, hits) == 0) {
        return ASSIGNMENT_ALONE;
    }
    const size_t count = pool_above(pool, request, hits[0].score - 1, inside->supporters, hits);
    uint32_t chosen = ASSIGNMENT_ALONE;
    int32_t greatest = 0;
    for (size_t at = 0; at < count; at++) {
        const uint32_t supporter = number[hits[at].position];
        const int32_t weight = plan_weight(inside, request, supporter, hits[at].score);
        if (weight > greatest || (weight == greatest && supporter < chosen)) {
            greatest = weight;
            chosen = supporter;
        }
    }
    return chosen;
}

const uint32_t *plan_fair(Arena *arena, const PlanInside *inside) {
    const uint32_t count = inside->supporters;
    Pool *pool = pool_new(arena, &inside->policy, inside->order.offers, count);
    const uint32_t *number = plan_numbers(arena, inside, pool);
    PoolHit *hits = NEW_MANY(arena, count, PoolHit);
    uint32_t *left = NEW_MANY(arena, count, uint32_t);
    uint32_t *partner = NEW_MANY(arena, inside->families, uint32_t);
    for (uint32_t supporter = 0; supporter < count; supporter++) {
        left[supporter] = inside->capacity[supporter];
        pool_set_price(pool, pool_position(pool, plan_offer(inside, supporter)->key), 0);
        if (left[supporter] == 0) {
            close_supporter(pool, inside, supporter);
        }
    }
    const Turn *turns = turns_of(arena, inside);
    for (uint32_t at = 0; at < inside->families; at++) {
        const uint32_t family = turns[at].family;
        const uint32_t supporter = choose(pool, number, inside, family, hits);
        partner[family] = supporter;
        if (supporter != ASSIGNMENT_ALONE && --left[supporter] == 0) {
            close_supporter(pool, inside, supporter);
        }
    }
    return partner;
}
