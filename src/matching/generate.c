/* SPDX-License-Identifier: Apache-2.0 */
/* Draws made-up people, facet by facet. */
#include "matching/generate.h"

#include "base/random.h"

#include <assert.h>

enum {
    EXPERIENCES = 40,
    ITEMS_MOST = 64, /* of one person, in all facets */
    PLACES_MOST = 990,
    VOLUNTEER_PLACES = 3,
    EMPLOYED_PLACES = 10,
};

/* How many items each facet has. */
static const size_t ITEM_COUNTS[FACET_COUNT] = {
    [FACET_EXPERIENCE] = EXPERIENCES,
    [FACET_SYSTEM] = 8,
    [FACET_ROLE] = 2,
    [FACET_LANGUAGE] = 8,
    [FACET_RELATION] = 6,
    [FACET_AGE] = 5,
    [FACET_TIME] = 8,
    [FACET_CHANNEL] = 4,
    [FACET_REGION] = 12,
    [FACET_CULTURE] = 8,
    [FACET_GENDER] = 3,
    [FACET_FUNDING] = 3,
};

size_t generate_item_count(MatchingFacet facet) {
    return ITEM_COUNTS[facet];
}

int64_t generate_item(MatchingFacet facet, size_t index) {
    assert(index < ITEM_COUNTS[facet]);
    return ((int64_t)facet + 1) * 1000 + (int64_t)index;
}

/* ---- draws ---- */

static bool in_hundred(Random *random, uint64_t share) {
    return random_below(random, 100) < share;
}

/* The first of `count` most often, each later one less: the k-th with weight 1 / (k + flatness). */
static size_t by_rank(Random *random, size_t count, uint64_t flatness) {
    const uint64_t scale = 1 << 20;
    uint64_t sum = 0;
    for (size_t at = 0; at < count; at++) {
        sum += scale / (at + flatness);
    }
    uint64_t left = random_below(random, sum);
    size_t drawn = 0;
    while (left >= scale / (drawn + flatness)) {
        left -= scale / (drawn + flatness);
        drawn++;
    }
    return drawn;
}

/* Spread over [1, 2^63) without repeating: odd factors and folded shifts can be undone, and only 0 gives
 * 0. */
static int64_t key_of(uint64_t number) {
    uint64_t key = number;
    for (int round = 0; round < 2; round++) {
        key = key * UINT64_C(0x9E3779B97F4A7C15) & INT64_MAX;
        key ^= key >> 32;
    }
    return (int64_t)key;
}

static int64_t offer_key(size_t index) {
    return key_of(2 * (uint64_t)index + 1);
}

static int64_t request_key(size_t index) {
    return key_of(2 * (uint64_t)index + 2);
}

/* ---- who offers ---- */

typedef struct Side {
    Random random;
    MatchingItem items[ITEMS_MOST];
    size_t count;
} Side;

/* Unless it is there already. */
static void add(Side *side, MatchingFacet facet, size_t index) {
    const int64_t item = generate_item(facet, index);
    for (size_t at = 0; at < side->count; at++) {
        if (side->items[at].item == item) {
            return;
        }
    }
    assert(side->count < ITEMS_MOST);
    side->items[side->count++] = (MatchingItem){.item = item, .facet = facet};
}

/* least to most of them, evenly from the facet's items. */
static void add_some(Side *side, MatchingFacet facet, size_t least, size_t most) {
    const size_t count = least + random_below(&side->random, most - least + 1);
    for (size_t at = 0; at < count; at++) {
        add(side, facet, random_below(&side->random, ITEM_COUNTS[facet]));
    }
}

/* Most speak English alone; Spanish is half as common as it is needed. */
static void add_languages(Side *side) {
    if (in_hundred(&side->random, 12)) {
        add(side, FACET_LANGUAGE, 1);
    }
    if (in_hundred(&side->random, 3)) {
        add(side, FACET_LANGUAGE, 2 + by_rank(&side->random, ITEM_COUNTS[FACET_LANGUAGE] - 2, 2));
    }
    if (side->count == 0 || in_hundred(&side->random, 85)) {
        add(side, FACET_LANGUAGE, 0);
    }
}

static MatchingItems offered(Arena *arena, Side *side) {
    Random *random = &side->random;
    side->count = 0;
    add_languages(side);
    const size_t experiences = 3 + random_below(random, 5);
    for (size_t at = 0; at < experiences; at++) {
        add(side, FACET_EXPERIENCE, by_rank(random, EXPERIENCES, 5));
    }
    add_some(side, FACET_SYSTEM, 0, 4);
    const bool walks_with_youth = in_hundred(random, 20);
    if (walks_with_youth) {
        add(side, FACET_ROLE, 1);
    }
    if (!walks_with_youth || in_hundred(random, 40)) {
        add(side, FACET_ROLE, 0);
    }
    add(side, FACET_RELATION, by_rank(random, ITEM_COUNTS[FACET_RELATION], 1));
    add_some(side, FACET_AGE, 1, 3);
    add_some(side, FACET_TIME, 4, 7);
    add_some(side, FACET_CHANNEL, 3, 6);
    add(side, FACET_REGION, by_rank(random, ITEM_COUNTS[FACET_REGION], 3));
    add_some(side, FACET_REGION, 0, 2);
    if (in_hundred(random, 60)) {
        add(side, FACET_CULTURE, by_rank(random, ITEM_COUNTS[FACET_CULTURE], 1));
    }
    if (in_hundred(random, 90)) {
        add(side, FACET_GENDER, by_rank(random, ITEM_COUNTS[FACET_GENDER], 1));
    }
    add_some(side, FACET_FUNDING, 5, 9);
    MatchingItem *items = NEW_MANY(arena, side->count, MatchingItem);
    memcpy(items, side->items, side->count * sizeof *items);
    return (MatchingItems){.items = items, .count = side->count};
}

/* An experience or an age that a supporter would rather not hear of again, and has not named as its own. */
static MatchingItems limits(Arena *arena, Side *side) {
    if (!in_hundred(&side->random, 15)) {
        return (MatchingItems){.count = 0};
    }
    side->count = 0;
    add(side, FACET_EXPERIENCE, by_rank(&side->random, EXPERIENCES, 10));
    if (in_hundred(&side->random, 30)) {
        add_some(side, FACET_AGE, 1, 1);
    }
    MatchingItem *items = NEW_MANY(arena, side->count, MatchingItem);
    memcpy(items, side->items, side->count * sizeof *items);
    return (MatchingItems){.items = items, .count = side->count};
}

static MatchingOffer offer_drawn(Arena *arena, Side *side, size_t index) {
    Random *random = &side->random;
    MatchingOffer offer = {.key = offer_key(index), .person = offer_key(index)};
    offer.has = offered(arena, side);
    offer.rather_not = limits(arena, side);
    offer.is_cleared = !in_hundred(random, 4);
    offer.is_paused = in_hundred(random, 6);
    offer.load = (int64_t)random_below(random, 4);
    offer.listed = (int64_t)random_below(random, 4);
    offer.pending = in_hundred(random, 10) && offer.load > 0 ? 1 : 0;
    /* Shares of the places there are to give; give_places() turns them into capacity. */
    offer.capacity = in_hundred(random, 25) ? EMPLOYED_PLACES : VOLUNTEER_PLACES;
    if (in_hundred(random, 5)) {
        offer.capacity = 0;
    }
    return offer;
}

/* Each has the free places that its share comes to, so that all together have `places`. */
static void give_places(MatchingOffer *offers, size_t count, uint64_t places) {
    uint64_t shares = 0;
    for (size_t at = 0; at < count; at++) {
        shares += offers[at].is_cleared && !offers[at].is_paused ? (uint64_t)offers[at].capacity : 0;
    }
    const uint64_t whole = shares > 0 ? shares : 1;
    uint64_t sum = 0;
    for (size_t at = 0; at < count; at++) {
        MatchingOffer *offer = &offers[at];
        if (offer->is_cleared && !offer->is_paused) {
            const uint64_t before = places * sum / whole;
            sum += (uint64_t)offer->capacity;
            const uint64_t mine = places * sum / whole - before;
            offer->capacity = (int64_t)(mine < PLACES_MOST ? mine : PLACES_MOST);
        }
        offer->capacity += offer->load;
    }
}

static const MatchingOffer *offers_drawn(Arena *arena, const GenerateOrder *order) {
    Side side = {.random = random_seeded(order->seed)};
    MatchingOffer *offers = NEW_MANY(arena, order->supporters, MatchingOffer);
    for (size_t at = 0; at < order->supporters; at++) {
        offers[at] = offer_drawn(arena, &side, at);
    }
    const uint64_t families = order->families;
    give_places(offers, order->supporters,
                order->regime == GENERATE_SHORTAGE ? families * 4 / 5 : families * 5 / 4);
    return offers;
}

/* ---- who asks ---- */

typedef struct Wishing {
    Random random;
    MatchingWish wishes[ITEMS_MOST];
    size_t count;
} Wishing;

/* Unless it is there already. */
static void wish(Wishing *wishing, MatchingFacet facet, size_t index, MatchingWishKind kind) {
    const int64_t item = generate_item(facet, index);
    for (size_t at = 0; at < wishing->count; at++) {
        if (wishing->wishes[at].item == item) {
            return;
        }
    }
    assert(wishing->count < ITEMS_MOST);
    wishing->wishes[wishing->count++] = (MatchingWish){.item = item, .facet = facet, .kind = kind};
}

static void wish_some(Wishing *wishing, MatchingFacet facet, size_t least, size_t most) {
    const size_t count = least + random_below(&wishing->random, most - least + 1);
    for (size_t at = 0; at < count; at++) {
        wish(wishing, facet, random_below(&wishing->random, ITEM_COUNTS[facet]), WISH_CHOSEN);
    }
}

/* One that few state and some of them require. */
static void wish_maybe(Wishing *wishing, MatchingFacet facet, uint64_t share, uint64_t required) {
    Random *random = &wishing->random;
    if (in_hundred(random, share)) {
        wish(wishing, facet, by_rank(random, ITEM_COUNTS[facet], 1), WISH_CHOSEN);
        wishing->wishes[wishing->count - 1].is_required = in_hundred(random, required);
    }
}

/* 70 in a hundred need English, 25 Spanish, 5 another; two in five of those also speak English. */
static void wish_languages(Wishing *wishing) {
    Random *random = &wishing->random;
    const uint64_t drawn = random_below(random, 100);
    if (drawn < 70) {
        wish(wishing, FACET_LANGUAGE, 0, WISH_FIRST);
        return;
    }
    wish(wishing, FACET_LANGUAGE, drawn < 95 ? 1 : 2 + by_rank(random, ITEM_COUNTS[FACET_LANGUAGE] - 2, 2),
         WISH_FIRST);
    if (in_hundred(random, 40)) {
        wish(wishing, FACET_LANGUAGE, 0, WISH_CHOSEN);
    }
}

static MatchingWishes wished(Arena *arena, Wishing *wishing) {
    Random *random = &wishing->random;
    wishing->count = 0;
    wish_languages(wishing);
    wish(wishing, FACET_EXPERIENCE, by_rank(random, EXPERIENCES, 3), WISH_FIRST);
    const size_t chosen = random_below(random, 3);
    const size_t coded = random_below(random, 3);
    for (size_t at = 0; at < chosen + coded; at++) {
        wish(wishing, FACET_EXPERIENCE, by_rank(random, EXPERIENCES, 3),
             at < chosen ? WISH_CHOSEN : WISH_CODED);
    }
    wish_some(wishing, FACET_SYSTEM, 0, 2);
    wish(wishing, FACET_ROLE, in_hundred(random, 88) ? 0 : 1, WISH_CHOSEN);
    wish(wishing, FACET_RELATION, by_rank(random, ITEM_COUNTS[FACET_RELATION], 1), WISH_CHOSEN);
    wish_some(wishing, FACET_AGE, 1, 1);
    wish_some(wishing, FACET_TIME, 1, 4);
    wish_some(wishing, FACET_CHANNEL, 1, 2);
    wish(wishing, FACET_REGION, by_rank(random, ITEM_COUNTS[FACET_REGION], 3), WISH_CHOSEN);
    wish_maybe(wishing, FACET_CULTURE, 25, 20);
    wish_maybe(wishing, FACET_GENDER, 15, 33);
    wish_some(wishing, FACET_FUNDING, 1, 1);
    MatchingWish *wishes = NEW_MANY(arena, wishing->count, MatchingWish);
    memcpy(wishes, wishing->wishes, wishing->count * sizeof *wishes);
    return (MatchingWishes){.items = wishes, .count = wishing->count};
}

/* With this share, one to three different offers; else none. */
static MatchingKeys offers_of(Arena *arena, Random *random, size_t offers, uint64_t share) {
    if (!in_hundred(random, share) || offers == 0) {
        return (MatchingKeys){.count = 0};
    }
    const size_t wanted = 1 + random_below(random, 3);
    const size_t count = wanted < offers ? wanted : offers;
    const size_t start = random_below(random, offers);
    int64_t *keys = NEW_MANY(arena, count, int64_t);
    for (size_t at = 0; at < count; at++) {
        keys[at] = offer_key((start + at) % offers);
    }
    return (MatchingKeys){.items = keys, .count = count};
}

static MatchingRequest request_drawn(Arena *arena, Wishing *wishing, size_t index, size_t offers) {
    static const unsigned unlike[] = {1U << FACET_AGE, 1U << FACET_RELATION, 1U << FACET_CULTURE};
    Random *random = &wishing->random;
    MatchingRequest request = {.key = request_key(index), .person = request_key(index)};
    request.wishes = wished(arena, wishing);
    request.unlike = in_hundred(random, 3) ? unlike[random_below(random, 3)] : 0;
    request.apart = offers_of(arena, random, offers, 1);
    request.passed = offers_of(arena, random, offers, 5);
    request.known = offers_of(arena, random, offers, 2);
    /* Many have come lately, some wait for most of a year. */
    request.waiting_days = (int64_t)random_below(random, 1 + random_below(random, 240));
    request.is_urgent = in_hundred(random, 6);
    request.is_in_floor_group = in_hundred(random, 10);
    return request;
}

GeneratePool generate_pool(Arena *arena, const GenerateOrder *order) {
    assert(order->families <= GENERATE_PEOPLE_MOST && order->supporters <= GENERATE_PEOPLE_MOST);
    const MatchingOffer *offers = offers_drawn(arena, order);
    Wishing wishing = {.random = random_seeded(~order->seed)};
    MatchingRequest *requests = NEW_MANY(arena, order->families, MatchingRequest);
    for (size_t at = 0; at < order->families; at++) {
        requests[at] = request_drawn(arena, &wishing, at, order->supporters);
    }
    return (GeneratePool){.offers = offers,
                          .offer_count = order->supporters,
                          .requests = requests,
                          .request_count = order->families};
}
