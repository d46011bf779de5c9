/* SPDX-License-Identifier: Apache-2.0 */
/* Small random worlds for the matching tests: a policy, people who offer, and one who asks.
 *
 * Items of each facet are few and lie in a range of their own, so that much is in common; every pointer of
 * a world leads into its arena, with room for one more item in each set, so that a test can change one
 * thing. */
#ifndef MATCHING_WORLD_H
#define MATCHING_WORLD_H

#include "base/random.h"
#include "matching/model.h"

enum { WORLD_ITEMS = 9, WORLD_ITEM_FIRST = 100, WORLD_PERSON = 5000, WORLD_OFFER = 90000 };

typedef struct MatchingWorld {
    MatchingPolicy policy;
    MatchingOffer *offers; /* keys rise */
    size_t count;
    MatchingRequest request;
} MatchingWorld;

/* A world of `count` offers, with a policy of its own or the starting one. */
MatchingWorld matching_world(Arena *arena, Random *random, size_t count);

/* Item `number` (from 0) of a facet. */
int64_t matching_world_item(MatchingFacet facet, int64_t number);
/* Puts the item into the set, which has room for one more than it was made with. */
void matching_world_add(MatchingItems *set, MatchingFacet facet, int64_t item);
bool matching_world_has(MatchingItems set, int64_t item);
void matching_world_add_key(MatchingKeys *keys, int64_t key);
/* Another offer at this place, of the same key and person. */
void matching_world_change(MatchingWorld *world, Arena *arena, Random *random, size_t at);

#endif
