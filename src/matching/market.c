/* SPDX-License-Identifier: Apache-2.0 */
/* Families in the lists of their supporters, and what the best pair is worth. */
#include "matching/market.h"

#include <assert.h>

void market_join(Market *market, uint32_t family, uint32_t supporter, int32_t weight) {
    assert(market->partner[family] == MARKET_NONE && market->held[supporter] < market->capacity[supporter]);
    const uint32_t after = market->head[supporter];
    market->partner[family] = supporter;
    market->gain[family] = weight;
    market->previous[family] = MARKET_NONE;
    market->next[family] = after;
    if (after != MARKET_NONE) {
        market->previous[after] = family;
    }
    market->head[supporter] = family;
    market->held[supporter]++;
    market->objective += weight;
}

void market_leave(Market *market, uint32_t family) {
    const uint32_t supporter = market->partner[family];
    const uint32_t before = market->previous[family];
    const uint32_t after = market->next[family];
    if (before == MARKET_NONE) {
        market->head[supporter] = after;
    } else {
        market->next[before] = after;
    }
    if (after != MARKET_NONE) {
        market->previous[after] = before;
    }
    market->held[supporter]--;
    market->objective -= market->gain[family];
    market->partner[family] = MARKET_NONE;
    market->gain[family] = 0;
}

int64_t market_best(const Market *market, uint32_t family) {
    int64_t best = 0;
    for (uint32_t pair = market->begin[family]; pair < market->end[family]; pair++) {
        const int64_t value =
            (int64_t)market->weight[pair] * market->scale - market->price[market->supporter[pair]];
        best = value > best ? value : best;
    }
    return best;
}
