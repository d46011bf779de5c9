/* SPDX-License-Identifier: Apache-2.0 */
/* The instance of made-up people: for each family its best pairs, weighed as a plan weighs them. */
#include "matching/generate.h"

#include "matching/lot.h"
#include "matching/policy.h"
#include "matching/pool.h"
#include "matching/sorting.h"

enum { PAIRS_EACH = 45 };

typedef struct Pairs {
    uint32_t *first;
    uint32_t *supporter;
    int64_t *value;
    int64_t greatest;
    uint32_t *supporter_at; /* by position in the pool */
} Pairs;

/* Looked at by nobody: a plan is made for all at once. */
static Pool *pool_unlisted(Arena *scratch, const MatchingPolicy *policy, const GeneratePool *people) {
    MatchingOffer *offers = NEW_MANY(scratch, people->offer_count, MatchingOffer);
    for (size_t at = 0; at < people->offer_count; at++) {
        offers[at] = people->offers[at];
        offers[at].listed = 0;
        offers[at].pending = 0;
    }
    return pool_new(scratch, policy, offers, people->offer_count);
}

/* The row of one family, supporters rising; returns where the next begins. */
static uint32_t add_row(const Pool *pool, const MatchingPolicy *policy, const MatchingRequest *request,
                        uint64_t seed, uint32_t pair, Pairs *pairs) {
    PoolHit hits[PAIRS_EACH];
    uint64_t row[PAIRS_EACH];
    const size_t count = pool_best(pool, request, seed, PAIRS_EACH, hits);
    for (size_t at = 0; at < count; at++) {
        const int64_t value = policy_value(policy, request, hits[at].score);
        pairs->greatest = value > pairs->greatest ? value : pairs->greatest;
        row[at] = (uint64_t)pairs->supporter_at[hits[at].position] << 32 | (uint64_t)value;
    }
    sorting_rise(row, count);
    for (size_t at = 0; at < count; at++) {
        pairs->supporter[pair] = (uint32_t)(row[at] >> 32);
        pairs->value[pair++] = (int64_t)(row[at] & UINT32_MAX);
    }
    return pair;
}

static const int32_t *weights_drawn(Arena *arena, const GeneratePool *people, const Pairs *pairs,
                                    uint64_t seed) {
    const unsigned bits = policy_lot_bits(pairs->greatest);
    int32_t *weight = NEW_MANY(arena, pairs->first[people->request_count], int32_t);
    for (size_t family = 0; family < people->request_count; family++) {
        const uint64_t draw = lot_family(seed, people->requests[family].key);
        for (uint32_t pair = pairs->first[family]; pair < pairs->first[family + 1]; pair++) {
            weight[pair] =
                lot_weight(pairs->value[pair], draw, people->offers[pairs->supporter[pair]].key, bits);
        }
    }
    return weight;
}

AssignmentInstance generate_instance(Arena *arena, Arena *scratch, const MatchingPolicy *policy,
                                     const GeneratePool *people, uint64_t seed) {
    const size_t supporters = people->offer_count;
    const size_t families = people->request_count;
    const Pool *pool = pool_unlisted(scratch, policy, people);
    Pairs pairs = {.first = NEW_MANY(arena, families + 1, uint32_t),
                   .supporter = NEW_MANY(arena, families * PAIRS_EACH, uint32_t),
                   .value = NEW_MANY(scratch, families * PAIRS_EACH, int64_t),
                   .supporter_at = NEW_MANY(scratch, supporters, uint32_t)};
    uint32_t *capacity = NEW_MANY(arena, supporters, uint32_t);
    for (size_t at = 0; at < supporters; at++) {
        const MatchingOffer *offer = &people->offers[at];
        const bool is_open = offer->is_cleared && !offer->is_paused;
        capacity[at] = is_open ? (uint32_t)(offer->capacity - offer->load) : 0;
        pairs.supporter_at[pool_position(pool, offer->key)] = (uint32_t)at;
    }
    for (size_t family = 0; family < families; family++) {
        pairs.first[family + 1] =
            add_row(pool, policy, &people->requests[family], seed, pairs.first[family], &pairs);
    }
    return (AssignmentInstance){.families = (uint32_t)families,
                                .supporters = (uint32_t)supporters,
                                .capacity = capacity,
                                .first = pairs.first,
                                .supporter = pairs.supporter,
                                .weight = weights_drawn(arena, people, &pairs, seed)};
}
