/* SPDX-License-Identifier: Apache-2.0 */
/* The best plan in three steps: nearly, by auction; exactly, along shortest paths; then the least prices. */
#include "matching/settle.h"

#include "matching/auction.h"
#include "matching/path.h"

/* Prices are bid in this part of a point. */
enum { SCALE = 16 };
/* What the searches may look at, for each pair, before a finer auction is faster. */
enum { SEARCH_LOOKS = 4 };

static int32_t dearest_of(const AssignmentInstance *instance, uint32_t pairs) {
    int32_t dearest = 0;
    for (uint32_t pair = 0; pair < pairs; pair++) {
        dearest = instance->weight[pair] > dearest ? instance->weight[pair] : dearest;
    }
    return dearest;
}

/* The pairs once more, by supporter. */
static void comers_make(Arena *scratch, Market *market, uint32_t pairs) {
    uint32_t *begin = NEW_MANY(scratch, (size_t)market->supporters + 2, uint32_t);
    MarketComer *comer = NEW_MANY(scratch, pairs, MarketComer);
    for (uint32_t pair = 0; pair < pairs; pair++) {
        begin[market->supporter[pair] + 2]++;
    }
    for (uint32_t supporter = 2; supporter <= market->supporters; supporter++) {
        begin[supporter] += begin[supporter - 1];
    }
    for (uint32_t family = 0; family < market->families; family++) {
        for (uint32_t pair = market->begin[family]; pair < market->end[family]; pair++) {
            comer[begin[market->supporter[pair] + 1]++] =
                (MarketComer){.family = family, .weight = market->weight[pair]};
        }
    }
    market->comer_begin = begin;
    market->comer_end = begin + 1;
    market->comer = comer;
}

static Market market_of(Arena *scratch, const AssignmentInstance *instance, uint32_t pairs) {
    Market market = {
        .families = instance->families,
        .supporters = instance->supporters,
        .scale = SCALE,
        .begin = instance->first,
        .end = instance->first + 1,
        .supporter = instance->supporter,
        .weight = instance->weight,
        .capacity = instance->capacity,
        .price = NEW_MANY(scratch, instance->supporters, int64_t),
        .held = NEW_MANY(scratch, instance->supporters, uint32_t),
        .head = NEW_MANY(scratch, instance->supporters, uint32_t),
        .partner = NEW_MANY(scratch, instance->families, uint32_t),
        .gain = NEW_MANY(scratch, instance->families, int32_t),
        .next = NEW_MANY(scratch, instance->families, uint32_t),
        .previous = NEW_MANY(scratch, instance->families, uint32_t),
    };
    memset(market.partner, 0xff, market.families * sizeof(market.partner[0]));
    memset(market.head, 0xff, market.supporters * sizeof(market.head[0]));
    comers_make(scratch, &market, pairs);
    return market;
}

/* From nearly to exactly: whoever has less than the best there is looks again, then every free place with a
 * price. False when that would take more than `looks` at pairs; then some have still to look. */
static bool settle_all(Path *path, Market *market, uint64_t looks) {
    const uint64_t limit = looks < UINT64_MAX - path_looks(path) ? path_looks(path) + looks : UINT64_MAX;
    for (uint32_t family = 0; family < market->families; family++) {
        if (market->partner[family] != MARKET_NONE &&
            market_has(market, family) < market_best(market, family)) {
            market_leave(market, family);
        }
    }
    for (uint32_t family = 0; family < market->families && path_looks(path) <= limit; family++) {
        if (market->partner[family] == MARKET_NONE) {
            path_place(path, market, family);
        }
    }
    for (uint32_t supporter = 0; supporter < market->supporters; supporter++) {
        while (market->price[supporter] > 0 && market->held[supporter] < market->capacity[supporter] &&
               path_looks(path) <= limit) {
            path_fill(path, market, supporter);
        }
    }
    return path_looks(path) <= limit;
}

Market settle_instance(Arena *scratch, const AssignmentInstance *instance, uint32_t looks) {
    const uint32_t pairs = instance->first[instance->families];
    Market market = market_of(scratch, instance, pairs);
    Path *path = path_new(scratch, market.supporters);
    const int32_t dearest = dearest_of(instance, pairs);
    if (dearest > 0) {
        Auction *auction = auction_new(scratch, &market, dearest, (uint64_t)pairs * looks);
        bool has_more = true;
        do {
            has_more = auction_run(auction);
        } while (!settle_all(path, &market, has_more ? (uint64_t)pairs * SEARCH_LOOKS : UINT64_MAX));
    }
    path_lower_prices(path, &market);
    for (uint32_t supporter = 0; supporter < market.supporters; supporter++) {
        market.price[supporter] /= market.scale;
    }
    market.scale = 1;
    return market;
}
