/* SPDX-License-Identifier: Apache-2.0 */
/* The state of a plan while it is being made or mended: who is with whom, and what a place costs.
 *
 * Families look for the pair of the greatest value, weight x scale - price, and stay alone where none is
 * above 0. Prices are whole numbers of 1 / scale, so that an auction can bid fractions of a point.
 *
 * A market is **settled** when
 *     no place with a price above 0 is free,
 *     every family that has a partner has the best there is at these prices, and
 *     every family that is alone has nothing above 0.
 * Then the plan is the best of all, and the prices prove it. path.h settles one family or one place at a
 * time.
 *
 * Families and supporters are numbered from 0. The pairs of family i are begin[i] to end[i] - 1; the same
 * pairs seen from supporter j, its **comers**, are comer_begin[j] to comer_end[j] - 1. */
#ifndef MARKET_H
#define MARKET_H

#include <stdint.h>

static const uint32_t MARKET_NONE = UINT32_MAX; /* no family, no supporter */

/* A pair seen from its supporter. */
typedef struct MarketComer {
    uint32_t family;
    int32_t weight;
} MarketComer;

typedef struct Market {
    uint32_t families;
    uint32_t supporters;
    int64_t scale; /* at least 1 */

    const uint32_t *begin; /* by family */
    const uint32_t *end;
    const uint32_t *supporter; /* by pair */
    const int32_t *weight;

    const uint32_t *comer_begin; /* by supporter */
    const uint32_t *comer_end;
    const MarketComer *comer;

    const uint32_t *capacity; /* by supporter */
    int64_t *price;           /* by supporter, in 1 / scale, at least 0 */
    uint32_t *held;           /* by supporter: how many families it walks with, at most its capacity */
    uint32_t *head;           /* by supporter: the first of them, or MARKET_NONE */

    int64_t objective; /* the sum of the weights taken */
    uint32_t *partner; /* by family, or MARKET_NONE */
    int32_t *gain;     /* by family: the weight of the pair taken, 0 when alone */
    uint32_t *next;    /* by family: the next with the same supporter, or MARKET_NONE */
    uint32_t *previous;
} Market;

/* Gives a family that is alone a place that is free. */
void market_join(Market *market, uint32_t family, uint32_t supporter, int32_t weight);

/* Takes a family from its partner. */
void market_leave(Market *market, uint32_t family);

/* What the partner of a family is worth to it at these prices; 0 when alone. */
static inline int64_t market_has(const Market *market, uint32_t family) {
    const uint32_t partner = market->partner[family];
    return partner == MARKET_NONE ? 0
                                  : (int64_t)market->gain[family] * market->scale - market->price[partner];
}

/* Asks memory for the pairs of a family that is looked at soon. */
static inline void market_expect(const Market *market, uint32_t family) {
    enum { PAIRS_AT_ONCE = 64 / sizeof(uint32_t) };
    const uint32_t end = market->end[family];
    for (uint32_t pair = market->begin[family]; pair < end; pair += PAIRS_AT_ONCE) {
        __builtin_prefetch(&market->weight[pair]);
        __builtin_prefetch(&market->supporter[pair]);
    }
}

/* The greatest value of all its pairs and of staying alone. */
int64_t market_best(const Market *market, uint32_t family);

#endif
