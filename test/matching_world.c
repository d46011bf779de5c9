/* SPDX-License-Identifier: Apache-2.0 */
/* Draws policies, offers and requests in which every rule and every term matters now and then. */
#include "test/matching_world.h"

#include <assert.h>

enum { ROOM = WORLD_ITEMS * FACET_COUNT + 1, KEYS_MOST = 4 };

int64_t matching_world_item(MatchingFacet facet, int64_t number) {
    return WORLD_ITEM_FIRST * ((int64_t)facet + 1) + number;
}

void matching_world_add(MatchingItems *set, MatchingFacet facet, int64_t item) {
    MatchingItem *items = (MatchingItem *)set->items;
    items[set->count++] = (MatchingItem){.item = item, .facet = facet};
}

bool matching_world_has(MatchingItems set, int64_t item) {
    size_t times = 0;
    for (size_t at = 0; at < set.count; at++) {
        times += set.items[at].item == item ? 1 : 0;
    }
    return times > 0;
}

void matching_world_add_key(MatchingKeys *keys, int64_t key) {
    int64_t *items = (int64_t *)keys->items;
    items[keys->count++] = key;
}

static bool is_one_in(Random *random, uint64_t many) {
    return random_below(random, many) == 0;
}

static MatchingPolicy some_policy(Random *random) {
    static const int64_t points[] = {0, 1, 4, 5, 10, 15, 20, 60, 77, 1000};
    enum { POINTS = sizeof points / sizeof points[0] };
    MatchingPolicy policy = matching_policy_start;
    if (is_one_in(random, 3)) {
        return policy;
    }
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        policy.facets[facet] = (MatchingFacetPolicy){
            .rule = (MatchingFacetRule)random_below(random, 3),
            .first = points[random_below(random, POINTS)],
            .chosen = points[random_below(random, POINTS)],
            .coded = points[random_below(random, POINTS)],
        };
    }
    policy.known = points[random_below(random, POINTS)];
    policy.listed_penalty = points[random_below(random, POINTS)];
    return policy;
}

/* About one in `rarity` of the items of each facet, out of the first few facets or all. */
static MatchingItems some_items(Arena *arena, Random *random, int facets, uint64_t rarity) {
    MatchingItems set = {.items = NEW_MANY(arena, ROOM, MatchingItem)};
    for (int facet = 0; facet < facets; facet++) {
        if (is_one_in(random, 5)) {
            continue; /* says nothing here */
        }
        for (int64_t number = 0; number < WORLD_ITEMS; number++) {
            if (is_one_in(random, rarity)) {
                matching_world_add(&set, (MatchingFacet)facet,
                                   matching_world_item((MatchingFacet)facet, number));
            }
        }
    }
    return set;
}

static void fill_offer(MatchingOffer *offer, Arena *arena, Random *random) {
    offer->is_cleared = !is_one_in(random, 8);
    offer->is_paused = is_one_in(random, 8);
    offer->capacity = (int64_t)random_below(random, 5);
    offer->load = (int64_t)random_below(random, 3);
    offer->listed = (int64_t)random_below(random, 3);
    offer->pending = (int64_t)random_below(random, 2);
    offer->price = is_one_in(random, 3) ? (int64_t)random_below(random, 150) : 0;
    offer->has = some_items(arena, random, FACET_COUNT, 2);
    offer->rather_not = some_items(arena, random, is_one_in(random, 3) ? 2 : 0, 6);
}

void matching_world_change(MatchingWorld *world, Arena *arena, Random *random, size_t at) {
    fill_offer(&world->offers[at], arena, random);
}

static MatchingWishes some_wishes(Arena *arena, Random *random) {
    MatchingItems items = some_items(arena, random, FACET_COUNT, 2 + random_below(random, 6));
    MatchingWish *wishes = NEW_MANY(arena, items.count + 1, MatchingWish);
    size_t count = 0;
    for (size_t at = 0; at < items.count; at++) {
        if (!is_one_in(random, 4)) {
            wishes[count++] = (MatchingWish){.item = items.items[at].item,
                                             .facet = items.items[at].facet,
                                             .kind = (MatchingWishKind)random_below(random, 3),
                                             .is_required = is_one_in(random, 12)};
        }
    }
    if (is_one_in(random, 4)) { /* something that nobody has */
        wishes[count++] =
            (MatchingWish){.item = 77, .facet = (MatchingFacet)random_below(random, FACET_COUNT)};
    }
    return (MatchingWishes){.items = wishes, .count = count};
}

static MatchingKeys some_keys(Arena *arena, Random *random, int64_t first, size_t people) {
    MatchingKeys keys = {.items = NEW_MANY(arena, KEYS_MOST + 1, int64_t)};
    for (int at = 0; at < KEYS_MOST; at++) {
        if (is_one_in(random, 3)) {
            matching_world_add_key(&keys, first + (int64_t)random_below(random, people + 2));
        }
    }
    return keys;
}

MatchingWorld matching_world(Arena *arena, Random *random, size_t count) {
    MatchingWorld world = {
        .policy = some_policy(random), .offers = NEW_MANY(arena, count, MatchingOffer), .count = count};
    for (size_t at = 0; at < count; at++) {
        MatchingOffer *offer = &world.offers[at];
        offer->key = WORLD_OFFER + (int64_t)at * 3;
        offer->person = WORLD_PERSON + (is_one_in(random, 9) ? (int64_t)at / 2 : (int64_t)at);
        fill_offer(offer, arena, random);
    }
    world.request = (MatchingRequest){
        .key = random_id(random),
        .person = WORLD_PERSON + (int64_t)random_below(random, 2 * count + 1),
        .wishes = some_wishes(arena, random),
        .unlike = is_one_in(random, 3) ? (unsigned)random_below(random, 1U << FACET_COUNT) : 0,
        .apart = some_keys(arena, random, WORLD_PERSON, count),
        .passed = some_keys(arena, random, WORLD_OFFER, 3 * count),
        .known = some_keys(arena, random, WORLD_PERSON, count),
    };
    return world;
}
