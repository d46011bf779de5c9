/* SPDX-License-Identifier: Apache-2.0 */
/* Counts who would rather have a place that someone with a lesser claim has: families by rising claim, and a
 * pool in which those who hold no lesser claim are priced out. */
#include "matching/oracle.h"
#include "matching/plan_inside.h"

/* A family or a supporter, and its own claim or the least that has a place there. */
typedef struct Claim {
    int64_t claim;
    uint32_t number;
} Claim;

static int by_claim(const void *left, const void *right) {
    const int64_t one = ((const Claim *)left)->claim;
    const int64_t other = ((const Claim *)right)->claim;
    return (one > other) - (one < other);
}

/* By supporter's number; INT64_MAX: nobody has a place there. */
static Claim *least_claims(Arena *arena, const Plan *plan) {
    const PlanInside *inside = plan->inside;
    Claim *least = NEW_MANY(arena, inside->supporters, Claim);
    for (uint32_t supporter = 0; supporter < inside->supporters; supporter++) {
        least[supporter] = (Claim){.claim = INT64_MAX, .number = supporter};
    }
    for (size_t place = 0; place < inside->order.request_count; place++) {
        if (plan->families[place].offer != 0) {
            const int64_t claim = plan_claim(&inside->order, &inside->order.requests[place]);
            Claim *there = &least[plan_supporter(inside, plan->families[place].offer)];
            there->claim = claim < there->claim ? claim : there->claim;
        }
    }
    return least;
}

typedef struct Envy {
    const Plan *plan;
    bool *is_enviable; /* by supporter's number: holds a lesser claim than those who are asked now */
    PoolHit *hits;
} Envy;

static bool is_any_enviable(const Envy *envy, size_t count) {
    for (size_t at = 0; at < count; at++) {
        if (envy->is_enviable[envy->plan->inside->number[envy->hits[at].position]]) {
            return true;
        }
    }
    return false;
}

static bool is_envious(const Envy *envy, uint32_t family) {
    const PlanInside *inside = envy->plan->inside;
    const MatchingRequest *request = plan_request(inside, family);
    const PlanFamily *line = &envy->plan->families[inside->family[family]];
    int64_t bar = line->score;
    if (line->offer == 0) {
        /* Whoever has nobody would like anybody: the best is enough to know, but for absurd points. */
        const size_t count = pool_best(inside->pool, request, inside->order.seed, 1, envy->hits);
        if (count == 0 || is_any_enviable(envy, count)) {
            return count > 0;
        }
        bar = plan_least_score(inside, request) - 1;
    }
    return is_any_enviable(envy, pool_above(inside->pool, request, bar, inside->supporters, envy->hits));
}

size_t plan_count_envious(Arena *arena, const Plan *plan) {
    const PlanInside *inside = plan->inside;
    const Envy envy = {.plan = plan,
                       .is_enviable = NEW_MANY(arena, inside->supporters, bool),
                       .hits = NEW_MANY(arena, inside->supporters, PoolHit)};
    Claim *least = least_claims(arena, plan);
    qsort(least, inside->supporters, sizeof *least, by_claim);
    Claim *claims = NEW_MANY(arena, inside->families, Claim);
    for (uint32_t family = 0; family < inside->families; family++) {
        claims[family] =
            (Claim){.claim = plan_claim(&inside->order, plan_request(inside, family)), .number = family};
    }
    qsort(claims, inside->families, sizeof *claims, by_claim);
    uint32_t *position = NEW_MANY(arena, inside->supporters, uint32_t);
    for (uint32_t at = 0; at < inside->supporters; at++) {
        pool_set_price(inside->pool, at, PLAN_POINTS_MOST);
        position[inside->number[at]] = at;
    }
    size_t count = 0;
    uint32_t next = 0;
    for (uint32_t at = 0; at < inside->families; at++) {
        while (next < inside->supporters && least[next].claim < claims[at].claim) {
            envy.is_enviable[least[next].number] = true;
            pool_set_price(inside->pool, position[least[next++].number], 0);
        }
        count += is_envious(&envy, claims[at].number) ? 1 : 0;
    }
    return count;
}
