/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the planes of a pool and keeps them: one bit for each thing that one of its offers says. */
#include "matching/oracle.h"
#include "matching/pool_inside.h"

#include <assert.h>

static const int64_t PRICE_MOST = 100000;

/* ---- the items there are ---- */

/* Where this item stands in the table, or would stand. */
static size_t place_of(const PoolItems *items, int64_t item) {
    const uint64_t mixed = (uint64_t)item * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(mixed >> 32) & (items->room - 1);
    while (items->items[at].item != 0 && items->items[at].item != item) {
        at = (at + 1) & (items->room - 1);
    }
    return at;
}

const PoolItem *pool_items_find(const PoolItems *items, int64_t item) {
    const PoolItem *found = &items->items[place_of(items, item)];
    return found->item == 0 ? NULL : found;
}

/* At most half full. */
static void grow(Arena *arena, PoolItems *items) {
    const PoolItems before = *items;
    items->room = before.room == 0 ? 64 : before.room * 2;
    items->items = NEW_MANY(arena, items->room, PoolItem);
    for (size_t at = 0; at < before.room; at++) {
        if (before.items[at].item != 0) {
            items->items[place_of(items, before.items[at].item)] = before.items[at];
        }
    }
}

static PoolItem *add_item(Arena *arena, PoolItems *items, const MatchingItem *item) {
    if (2 * (items->count + 1) > items->room) {
        grow(arena, items);
    }
    PoolItem *place = &items->items[place_of(items, item->item)];
    if (place->item == 0) {
        *place = (PoolItem){
            .item = item->item, .facet = item->facet, .has = POOL_NO_PLANE, .limit = POOL_NO_PLANE};
        items->count++;
    }
    return place;
}

static PoolItems items_of(Arena *arena, const MatchingOffer *offers, size_t count) {
    PoolItems items = {.planes = PLANE_ITEMS};
    grow(arena, &items);
    for (size_t at = 0; at < count; at++) {
        for (size_t has = 0; has < offers[at].has.count; has++) {
            PoolItem *item = add_item(arena, &items, &offers[at].has.items[has]);
            item->has = item->has == POOL_NO_PLANE ? items.planes++ : item->has;
            item->holders++;
        }
        for (size_t limit = 0; limit < offers[at].rather_not.count; limit++) {
            PoolItem *item = add_item(arena, &items, &offers[at].rather_not.items[limit]);
            item->limit = item->limit == POOL_NO_PLANE ? items.planes++ : item->limit;
        }
    }
    return items;
}

/* ---- one offer ---- */

/* A brief plane keeps what was once set: it may say too much, never too little. */
static void set_bit(Pool *pool, uint32_t plane, size_t position, bool is_set) {
    uint64_t *word = pool_plane(pool, plane) + position / 64;
    const uint64_t bit = UINT64_C(1) << (position % 64);
    *word = is_set ? *word | bit : *word & ~bit;
    if (is_set) {
        const size_t block = position / POOL_BLOCK;
        pool_brief(pool, plane)[block / 64] |= UINT64_C(1) << (block % 64);
    }
}

/* Writes a number turned, and remembers how many bits were ever needed. */
static void set_number(Pool *pool, uint32_t plane, size_t position, int64_t before, int64_t number,
                       unsigned *bits) {
    uint64_t changed = (uint64_t)(before ^ number);
    while (number >> *bits != 0) {
        (*bits)++;
    }
    for (unsigned bit = 0; changed >> bit != 0; bit++) {
        if ((changed >> bit & 1U) != 0) {
            set_bit(pool, plane + bit, position, ((uint64_t)number >> bit & 1U) == 0);
        }
    }
}

static void set_burden(Pool *pool, size_t position, int64_t price, int64_t penalty) {
    assert(price >= 0 && price <= PRICE_MOST && penalty >= 0 &&
           price + penalty < INT64_C(1) << POOL_BURDEN_BITS);
    const int64_t before = pool->prices[position];
    const int64_t burden_before = before + pool->penalties[position];
    set_number(pool, PLANE_PRICE, position, before, price, &pool->price_bits);
    set_number(pool, PLANE_BURDEN, position, burden_before, price + penalty, &pool->burden_bits);
    pool->prices[position] = (int32_t)price;
    pool->penalties[position] = (int32_t)penalty;
}

/* The planes of items must be 0 at this position. */
static void set_offer(Pool *pool, size_t position, const MatchingOffer *offer) {
    const bool is_full = offer->load >= offer->capacity;
    set_bit(pool, PLANE_UNCLEARED, position, !offer->is_cleared);
    set_bit(pool, PLANE_PAUSED, position, offer->is_paused);
    set_bit(pool, PLANE_FULL, position, is_full);
    set_bit(pool, PLANE_OPEN, position, offer->is_cleared && !offer->is_paused && !is_full);
    unsigned said = 0;
    for (size_t at = 0; at < offer->has.count; at++) {
        const MatchingItem *item = &offer->has.items[at];
        set_bit(pool, pool_items_find(&pool->items, item->item)->has, position, true);
        said |= 1U << item->facet;
    }
    for (uint32_t facet = 0; facet < FACET_COUNT; facet++) {
        set_bit(pool, PLANE_SILENT + facet, position, (said >> facet & 1U) == 0);
    }
    for (size_t at = 0; at < offer->rather_not.count; at++) {
        set_bit(pool, pool_items_find(&pool->items, offer->rather_not.items[at].item)->limit, position, true);
    }
    set_burden(pool, position, offer->price, oracle_penalty(&pool->policy, offer));
}

static bool are_known(const Pool *pool, const MatchingOffer *offer) {
    for (size_t at = 0; at < offer->has.count; at++) {
        const PoolItem *item = pool_items_find(&pool->items, offer->has.items[at].item);
        if (item == NULL || item->has == POOL_NO_PLANE) {
            return false;
        }
    }
    for (size_t at = 0; at < offer->rather_not.count; at++) {
        const PoolItem *item = pool_items_find(&pool->items, offer->rather_not.items[at].item);
        if (item == NULL || item->limit == POOL_NO_PLANE) {
            return false;
        }
    }
    return true;
}

bool pool_change(Pool *pool, const MatchingOffer *offer) {
    const size_t position = pool_position(pool, offer->key);
    if (position == pool->count || pool->persons[position] != offer->person || !are_known(pool, offer)) {
        return false;
    }
    for (uint32_t plane = PLANE_ITEMS; plane < pool->items.planes; plane++) {
        set_bit(pool, plane, position, false);
    }
    set_offer(pool, position, offer);
    return true;
}

void pool_set_price(Pool *pool, size_t position, int64_t price) {
    assert(position < pool->count);
    set_burden(pool, position, price, pool->penalties[position]);
}

/* ---- the order ---- */

enum { ORDERING_MOST = 16 }; /* items of a facet by which positions are ordered */

/* The items of a facet by which positions can be ordered, the rarest first; 0: none, or more than that
 * many. */
static size_t ordering_items(const PoolItems *items, MatchingFacet facet,
                             PoolItem *ret_items[ORDERING_MOST]) {
    size_t count = 0;
    for (size_t at = 0; at < items->room; at++) {
        PoolItem *item = &items->items[at];
        if (item->item == 0 || item->has == POOL_NO_PLANE || item->facet != facet) {
            continue;
        }
        if (count == ORDERING_MOST) {
            return 0;
        }
        size_t place = count++;
        for (; place > 0 && ret_items[place - 1]->holders > item->holders; place--) {
            ret_items[place] = ret_items[place - 1];
        }
        ret_items[place] = item;
    }
    return count;
}

/* Gives the items by which rules remove most a place in the order: facets in which everyone must share
 * something before those in which only who said something must, each of them from the one with the fewest
 * items. */
static void choose_ordering(const MatchingPolicy *policy, PoolItems *items) {
    unsigned left = 62;
    for (int rule = RULE_COMMON; rule > RULE_FREE; rule--) {
        for (size_t size = 1; size <= ORDERING_MOST; size++) {
            for (int facet = 0; facet < FACET_COUNT; facet++) {
                PoolItem *found[ORDERING_MOST];
                const bool is_asked = policy->facets[facet].rule == (MatchingFacetRule)rule;
                const size_t count = is_asked ? ordering_items(items, (MatchingFacet)facet, found) : 0;
                if (count != size || count > left) {
                    continue;
                }
                for (size_t at = 0; at < count; at++) {
                    found[at]->ordering = UINT64_C(1) << --left;
                }
            }
        }
    }
}

/* Where an offer stands: those whom nothing but their own rules keeps away first, and among them who has
 * the same items side by side. The items are read as a reflected Gray code, so that neighbors differ in
 * one of them and each item comes in few long runs (Lemire, Kaser & Aouiche 2010, who order the rows of
 * bitmap indexes so). */
static uint64_t rank_of(const PoolItems *items, const MatchingOffer *offer) {
    uint64_t rank = 0;
    for (size_t at = 0; at < offer->has.count; at++) {
        rank |= pool_items_find(items, offer->has.items[at].item)->ordering;
    }
    for (unsigned shift = 1; shift < 64; shift *= 2) {
        rank ^= rank >> shift;
    }
    const bool is_open = offer->is_cleared && !offer->is_paused && offer->load < offer->capacity;
    return is_open ? rank : rank | UINT64_C(1) << 63;
}

/* ---- a pool ---- */

typedef struct Ranked {
    uint64_t rank;
    int64_t key;
    size_t at;
} Ranked;

static int compare_ranked(const void *left, const void *right) {
    const Ranked *one = left;
    const Ranked *other = right;
    if (one->rank != other->rank) {
        return one->rank > other->rank ? 1 : -1;
    }
    return (one->key > other->key) - (one->key < other->key);
}

static size_t index_room(size_t count) {
    size_t room = 16;
    while (room < 2 * count) {
        room *= 2;
    }
    return room;
}

size_t pool_index_first(const PoolIndex *index, int64_t key) {
    const uint64_t mixed = (uint64_t)key * UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(mixed >> 32) & (index->room - 1);
}

size_t pool_index_next(const Pool *pool, const PoolIndex *index, size_t *place) {
    const uint32_t found = index->places[*place];
    *place = (*place + 1) & (index->room - 1);
    return found == 0 ? pool->count : found - 1;
}

static void index_add(PoolIndex *index, int64_t key, size_t position) {
    size_t place = pool_index_first(index, key);
    while (index->places[place] != 0) {
        place = (place + 1) & (index->room - 1);
    }
    index->places[place] = (uint32_t)position + 1;
}

static uint64_t *aligned(void *room) {
    return (uint64_t *)(((uintptr_t)room + 63) & ~(uintptr_t)63);
}

/* An odd number of lines, so that the same block of many planes does not fall into the same few sets of a
 * cache. */
static size_t stride_of(size_t blocks) {
    return (blocks | 1) * POOL_WORDS;
}

static void take_offers(Pool *pool, Ranked *order, const MatchingOffer *offers) {
    for (size_t at = 0; at < pool->count; at++) {
        order[at] = (Ranked){.rank = rank_of(&pool->items, &offers[at]), .key = offers[at].key, .at = at};
    }
    qsort(order, pool->count, sizeof *order, compare_ranked);
    for (size_t at = 0; at < pool->count; at++) {
        const MatchingOffer *offer = &offers[order[at].at];
        assert(pool_position(pool, offer->key) == pool->count);
        pool->keys[at] = offer->key;
        pool->persons[at] = offer->person;
        index_add(&pool->by_key, offer->key, at);
        index_add(&pool->by_person, offer->person, at);
        set_bit(pool, PLANE_EXISTS, at, true);
        set_offer(pool, at, offer);
    }
}

Pool *pool_new(Arena *arena, const MatchingPolicy *policy, const MatchingOffer *offers, size_t count) {
    assert(count < UINT32_MAX);
    Pool *pool = NEW(arena, Pool);
    const size_t blocks = (count + POOL_BLOCK - 1) / POOL_BLOCK;
    *pool = (Pool){
        .policy = *policy,
        .kernel = pool_kernel_at(0),
        .count = count,
        .blocks = blocks,
        .stride = stride_of(blocks),
        .brief_stride = (blocks + 63) / 64,
        .items = items_of(arena, offers, count),
    };
    pool->keys = NEW_MANY(arena, count, int64_t);
    pool->persons = NEW_MANY(arena, count, int64_t);
    const size_t room = index_room(count);
    pool->by_key = (PoolIndex){.places = NEW_MANY(arena, room, uint32_t), .room = room};
    pool->by_person = (PoolIndex){.places = NEW_MANY(arena, room, uint32_t), .room = room};
    pool->prices = NEW_MANY(arena, count, int32_t);
    pool->penalties = NEW_MANY(arena, count, int32_t);
    pool->planes = aligned(arena_get(arena, pool->items.planes * pool->stride * sizeof(uint64_t) + 64));
    memset(pool_plane(pool, PLANE_PRICE), 0xff,
           (POOL_PRICE_BITS + POOL_BURDEN_BITS) * pool->stride * sizeof(uint64_t));
    pool->briefs = NEW_MANY(arena, pool->items.planes * pool->brief_stride, uint64_t);
    pool->query = NEW(arena, PoolQuery);
    pool->query->scan.rules.alive = NEW_MANY(arena, pool->brief_stride, uint64_t);
    pool->query->specials = NEW_MANY(arena, count, PoolSpecial);
    pool->query->scan.room = aligned(arena_get(arena, POOL_ROOM_WORDS * sizeof(uint64_t) + 64));
    choose_ordering(policy, &pool->items);
    take_offers(pool, NEW_MANY(arena, count, Ranked), offers);
    return pool;
}

size_t pool_bytes(Arena *scratch, const MatchingOffer *offers, size_t count) {
    size_t words = 0;
    for (size_t at = 0; at < count; at++) {
        words += offers[at].has.count + offers[at].rather_not.count;
    }
    enum { ROUNDING = 64 };
    /* A table of items is less than four times as long as there are items, and so are all before it
     * together. */
    const size_t table_most = 8 * (words + ROUNDING) * sizeof(PoolItem);
    Arena *arena = arena_new_within(scratch, table_most);
    const PoolItems items = items_of(arena, offers, count);
    const size_t tables = arena_used(arena);
    arena_free(arena);
    const size_t blocks = (count + POOL_BLOCK - 1) / POOL_BLOCK;
    const size_t offer_bytes =
        2 * sizeof(int64_t) + 2 * sizeof(int32_t) + sizeof(PoolSpecial) + sizeof(Ranked);
    const size_t index_bytes = 2 * index_room(count) * sizeof(uint32_t);
    const size_t brief_bytes = (items.planes + 1) * (blocks + 63) / 64 * sizeof(uint64_t);
    return index_bytes + brief_bytes + tables + sizeof(Pool) + sizeof(PoolQuery) +
           POOL_ROOM_WORDS * sizeof(uint64_t) + count * offer_bytes +
           items.planes * stride_of(blocks) * sizeof(uint64_t) + 16 * ROUNDING;
}

size_t pool_count(const Pool *pool) {
    return pool->count;
}

size_t pool_position(const Pool *pool, int64_t offer) {
    size_t place = pool_index_first(&pool->by_key, offer);
    size_t position;
    do {
        position = pool_index_next(pool, &pool->by_key, &place);
    } while (position < pool->count && pool->keys[position] != offer);
    return position;
}

int64_t pool_key(const Pool *pool, size_t position) {
    assert(position < pool->count);
    return pool->keys[position];
}

void pool_use_kernel(Pool *pool, const PoolKernel *kernel) {
    pool->kernel = kernel;
}
