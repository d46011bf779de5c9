/* SPDX-License-Identifier: Apache-2.0 */
/* Changes to a settled market, each followed by the searches that settle it again. */
#include "matching/standing.h"

#include "base/fail.h"

#include "matching/path.h"
#include "matching/proof.h"
#include "matching/settle.h"

/* Everything by family, supporter and pair. Lists of pairs lie one after the other and move to the end when
 * they outgrow their room; what they leave behind is won back when all is laid out anew. */
typedef struct Room {
    uint32_t family_room;
    uint32_t supporter_room;
    uint32_t pair_room;
    uint32_t pair_count; /* up to here the pairs of families are in use, or were */
    uint32_t comer_room;
    uint32_t comer_count;
    uint32_t *begin; /* as in Market */
    uint32_t *end;
    uint32_t *limit; /* by family: where the next list begins */
    uint32_t *supporter;
    int32_t *weight;
    uint32_t *comer_begin;
    uint32_t *comer_end;
    uint32_t *comer_limit;
    MarketComer *comer;
    uint32_t *capacity;
} Room;

struct Standing {
    Arena *arena; /* of the room */
    Arena *next;  /* of the room that is being laid out, or NULL */
    Room room;
    Market market;
    Path *path;
    uint32_t vacant; /* a number that no family has, in a list by market.next; or MARKET_NONE */
};

/* ---- room ---- */

static void standing_end(void *context) {
    Standing *standing = context;
    if (standing->next != NULL) {
        arena_free(standing->next);
    }
    if (standing->arena != NULL) {
        arena_free(standing->arena);
    }
}

/* The room of a family's list, and of a supporter's, whose lists grow more often. */
static uint32_t pairs_room(uint32_t count) {
    return count + count / 16 + 1;
}

static uint32_t comers_room(uint32_t count) {
    return count + count / 8 + 4;
}

/* What may come before everything is laid out anew. */
static uint32_t grown(uint64_t count, uint32_t more) {
    const uint64_t room = count + count / 8 + more;
    if (room >= UINT32_MAX) { /* not covered: takes more than 32 GiB of pairs */
        fail(FAIL_MEMORY, "%llu are more than a standing plan can hold", (unsigned long long)room);
    }
    return (uint32_t)room;
}

/* Room for what a market has, `pairs` more pairs of families and `comers` more of supporters. */
static Room room_new(Arena *arena, const Market *market, uint32_t pairs, uint32_t comers) {
    uint64_t pair_room = 0;
    uint64_t count = 0;
    for (uint32_t family = 0; family < market->families; family++) {
        pair_room += pairs_room(market->end[family] - market->begin[family]);
        count += market->end[family] - market->begin[family];
    }
    Room room = {
        .family_room = grown(market->families, 16),
        .supporter_room = grown(market->supporters, 16),
        .pair_room = grown(pair_room, pairs),
        .comer_room = grown(count + count / 8 + 4 * (uint64_t)market->supporters, comers),
    };
    room.begin = NEW_MANY(arena, room.family_room, uint32_t);
    room.end = NEW_MANY(arena, room.family_room, uint32_t);
    room.limit = NEW_MANY(arena, room.family_room, uint32_t);
    room.supporter = NEW_MANY(arena, room.pair_room, uint32_t);
    room.weight = NEW_MANY(arena, room.pair_room, int32_t);
    room.capacity = NEW_MANY(arena, room.supporter_room, uint32_t);
    room.comer_begin = NEW_MANY(arena, room.supporter_room, uint32_t);
    room.comer_end = NEW_MANY(arena, room.supporter_room, uint32_t);
    room.comer_limit = NEW_MANY(arena, room.supporter_room, uint32_t);
    room.comer = NEW_MANY(arena, room.comer_room, MarketComer);
    return room;
}

/* Copies the lists of families and turns them round into the lists of supporters. */
static void room_fill(Room *room, const Market *market) {
    for (uint32_t family = 0; family < market->families; family++) {
        const uint32_t count = market->end[family] - market->begin[family];
        room->begin[family] = room->pair_count;
        room->end[family] = room->pair_count + count;
        for (uint32_t at = 0; at < count; at++) {
            const uint32_t supporter = market->supporter[market->begin[family] + at];
            room->supporter[room->pair_count + at] = supporter;
            room->weight[room->pair_count + at] = market->weight[market->begin[family] + at];
            room->comer_end[supporter]++;
        }
        room->pair_count += pairs_room(count);
        room->limit[family] = room->pair_count;
    }
    for (uint32_t supporter = 0; supporter < market->supporters; supporter++) {
        const uint32_t count = room->comer_end[supporter];
        room->capacity[supporter] = market->capacity[supporter];
        room->comer_begin[supporter] = room->comer_count;
        room->comer_end[supporter] = room->comer_count;
        room->comer_count += comers_room(count);
        room->comer_limit[supporter] = room->comer_count;
    }
    for (uint32_t family = 0; family < market->families; family++) {
        for (uint32_t pair = room->begin[family]; pair < room->end[family]; pair++) {
            room->comer[room->comer_end[room->supporter[pair]]++] =
                (MarketComer){.family = family, .weight = room->weight[pair]};
        }
    }
}

static void *copy_of(Arena *arena, const void *items, size_t count, size_t room, size_t size) {
    void *copy = arena_get_many(arena, room, size);
    if (count > 0) {
        memcpy(copy, items, count * size);
    }
    return copy;
}

/* The market's own arrays, copied into more room. */
static void market_move(Arena *arena, const Room *room, Market *market) {
    const size_t families = market->families;
    const size_t supporters = market->supporters;
    market->begin = room->begin;
    market->end = room->end;
    market->supporter = room->supporter;
    market->weight = room->weight;
    market->comer_begin = room->comer_begin;
    market->comer_end = room->comer_end;
    market->comer = room->comer;
    market->capacity = room->capacity;
    market->price = copy_of(arena, market->price, supporters, room->supporter_room, sizeof(int64_t));
    market->held = copy_of(arena, market->held, supporters, room->supporter_room, sizeof(uint32_t));
    market->head = copy_of(arena, market->head, supporters, room->supporter_room, sizeof(uint32_t));
    market->partner = copy_of(arena, market->partner, families, room->family_room, sizeof(uint32_t));
    market->gain = copy_of(arena, market->gain, families, room->family_room, sizeof(int32_t));
    market->next = copy_of(arena, market->next, families, room->family_room, sizeof(uint32_t));
    market->previous = copy_of(arena, market->previous, families, room->family_room, sizeof(uint32_t));
}

/* Lays everything out anew, with room for more; nothing is changed when memory runs out. */
static void standing_lay_out(Standing *standing, uint32_t pairs, uint32_t comers) {
    if (standing->next != NULL) {
        arena_free(standing->next); /* memory ran out last time */
        standing->next = NULL;
    }
    Arena *arena = arena_new(SIZE_MAX);
    standing->next = arena;
    Room room = room_new(arena, &standing->market, pairs, comers);
    Path *path = path_new(arena, room.supporter_room);
    Market market = standing->market;
    market_move(arena, &room, &market);
    room_fill(&room, &standing->market);
    arena_free(standing->arena);
    *standing =
        (Standing){.arena = arena, .room = room, .market = market, .path = path, .vacant = standing->vacant};
}

/* Makes sure that a family's list of `count` finds room, and one more in the list of each of its
 * supporters. */
static void standing_expect(Standing *standing, const StandingPair *pairs, uint32_t count) {
    const Room *room = &standing->room;
    const uint64_t wanted = pairs_room(count);
    uint64_t comers = 0;
    for (uint32_t at = 0; at < count; at++) {
        const uint32_t supporter = pairs[at].other;
        if (room->comer_end[supporter] == room->comer_limit[supporter]) {
            comers += comers_room(room->comer_end[supporter] - room->comer_begin[supporter] + 1);
        }
    }
    if (standing->market.families == room->family_room || room->pair_count + wanted > room->pair_room ||
        room->comer_count + comers > room->comer_room) {
        standing_lay_out(standing, grown(wanted, 0), grown(comers, 0));
    }
}

/* Makes sure that a supporter's list finds room, and one more in the list of each of its families. */
static void standing_expect_supporter(Standing *standing, const StandingPair *pairs, uint32_t count) {
    const Room *room = &standing->room;
    const uint64_t wanted = comers_room(count);
    uint64_t more = 0;
    for (uint32_t at = 0; at < count; at++) {
        const uint32_t family = pairs[at].other;
        if (room->end[family] == room->limit[family]) {
            more += pairs_room(room->end[family] - room->begin[family] + 1);
        }
    }
    if (standing->market.supporters == room->supporter_room || room->pair_count + more > room->pair_room ||
        room->comer_count + wanted > room->comer_room) {
        standing_lay_out(standing, grown(more, 0), grown(wanted, 0));
    }
}

/* ---- lists ---- */

/* One more in the list of a supporter; standing_expect() made room. */
static void comer_add(Room *room, uint32_t supporter, MarketComer comer) {
    if (room->comer_end[supporter] == room->comer_limit[supporter]) {
        const uint32_t begin = room->comer_begin[supporter];
        const uint32_t count = room->comer_end[supporter] - begin;
        memcpy(room->comer + room->comer_count, room->comer + begin, count * sizeof(MarketComer));
        room->comer_begin[supporter] = room->comer_count;
        room->comer_end[supporter] = room->comer_count + count;
        room->comer_count += comers_room(count + 1);
        room->comer_limit[supporter] = room->comer_count;
    }
    room->comer[room->comer_end[supporter]++] = comer;
}

static void comer_remove(Room *room, uint32_t supporter, uint32_t family) {
    uint32_t at = room->comer_begin[supporter];
    while (room->comer[at].family != family) {
        at++;
    }
    room->comer[at] = room->comer[--room->comer_end[supporter]];
}

/* One more in the list of a family; standing_expect_supporter() made room. */
static void pair_add(Room *room, uint32_t family, StandingPair pair) {
    if (room->end[family] == room->limit[family]) {
        const uint32_t begin = room->begin[family];
        const uint32_t count = room->end[family] - begin;
        memcpy(room->supporter + room->pair_count, room->supporter + begin, count * sizeof(uint32_t));
        memcpy(room->weight + room->pair_count, room->weight + begin, count * sizeof(int32_t));
        room->begin[family] = room->pair_count;
        room->end[family] = room->pair_count + count;
        room->pair_count += pairs_room(count + 1);
        room->limit[family] = room->pair_count;
    }
    room->supporter[room->end[family]] = pair.other;
    room->weight[room->end[family]++] = pair.weight;
}

/* Another list for a family, and in those of its supporters. */
static void list_set(Room *room, uint32_t family, const StandingPair *pairs, uint32_t count) {
    for (uint32_t pair = room->begin[family]; pair < room->end[family]; pair++) {
        comer_remove(room, room->supporter[pair], family);
    }
    if (room->limit[family] - room->begin[family] < count) {
        room->begin[family] = room->pair_count;
        room->pair_count += pairs_room(count);
        room->limit[family] = room->pair_count;
    }
    for (uint32_t at = 0; at < count; at++) {
        room->supporter[room->begin[family] + at] = pairs[at].other;
        room->weight[room->begin[family] + at] = pairs[at].weight;
        comer_add(room, pairs[at].other, (MarketComer){.family = family, .weight = pairs[at].weight});
    }
    room->end[family] = room->begin[family] + count;
}

/* ---- changes ---- */

Standing *standing_new(Arena *arena, const AssignmentInstance *instance) {
    Standing *standing = NEW(arena, Standing);
    standing->vacant = MARKET_NONE;
    arena_at_end(arena, standing_end, standing);
    standing->arena = arena_new(SIZE_MAX);
    standing->market = settle_instance(standing->arena, instance, SETTLE_LOOKS);
    standing_lay_out(standing, 0, 0);
    return standing;
}

/* As long as a place with a price is free, someone may have it, or its price falls. */
static void standing_fill(Standing *standing, uint32_t supporter) {
    Market *market = &standing->market;
    while (market->price[supporter] > 0 && market->held[supporter] < market->capacity[supporter]) {
        path_fill(standing->path, market, supporter);
    }
}

uint32_t standing_add_family(Standing *standing, const StandingPair *pairs, uint32_t count) {
    standing_expect(standing, pairs, count);
    Market *market = &standing->market;
    uint32_t family = standing->vacant;
    if (family == MARKET_NONE) {
        family = market->families++;
        market->partner[family] = MARKET_NONE;
    } else {
        standing->vacant = market->next[family];
    }
    list_set(&standing->room, family, pairs, count);
    path_place(standing->path, market, family);
    return family;
}

void standing_change_family(Standing *standing, uint32_t family, const StandingPair *pairs, uint32_t count) {
    standing_expect(standing, pairs, count);
    Market *market = &standing->market;
    const uint32_t before = market->partner[family];
    if (before != MARKET_NONE) {
        market_leave(market, family);
    }
    list_set(&standing->room, family, pairs, count);
    path_place(standing->path, market, family);
    if (before != MARKET_NONE) {
        standing_fill(standing, before);
    }
}

void standing_remove_family(Standing *standing, uint32_t family) {
    Market *market = &standing->market;
    const uint32_t before = market->partner[family];
    if (before != MARKET_NONE) {
        market_leave(market, family);
    }
    list_set(&standing->room, family, NULL, 0);
    market->next[family] = standing->vacant;
    standing->vacant = family;
    if (before != MARKET_NONE) {
        standing_fill(standing, before);
    }
}

uint32_t standing_add_supporter(Standing *standing, uint32_t capacity, const StandingPair *pairs,
                                uint32_t count) {
    standing_expect_supporter(standing, pairs, count);
    Market *market = &standing->market;
    Room *room = &standing->room;
    const uint32_t supporter = market->supporters++;
    room->capacity[supporter] = capacity;
    room->comer_begin[supporter] = room->comer_count;
    room->comer_end[supporter] = room->comer_count;
    room->comer_count += comers_room(count);
    room->comer_limit[supporter] = room->comer_count;
    market->head[supporter] = MARKET_NONE;
    /* So dear that nobody wants to come; from there it falls. */
    int64_t price = 0;
    for (uint32_t at = 0; at < count; at++) {
        const int64_t gain = pairs[at].weight - market_has(market, pairs[at].other);
        price = gain > price ? gain : price;
        comer_add(room, supporter, (MarketComer){.family = pairs[at].other, .weight = pairs[at].weight});
        pair_add(room, pairs[at].other, (StandingPair){.other = supporter, .weight = pairs[at].weight});
    }
    market->price[supporter] = price;
    standing_fill(standing, supporter);
    return supporter;
}

void standing_set_capacity(Standing *standing, uint32_t supporter, uint32_t capacity) {
    Market *market = &standing->market;
    standing->room.capacity[supporter] = capacity;
    uint32_t leaving = MARKET_NONE; /* a list by next */
    while (market->held[supporter] > capacity) {
        const uint32_t family = market->head[supporter];
        market_leave(market, family);
        market->next[family] = leaving;
        leaving = family;
    }
    while (leaving != MARKET_NONE) {
        const uint32_t family = leaving;
        leaving = market->next[family];
        path_place(standing->path, market, family);
    }
    standing_fill(standing, supporter);
}

/* ---- what there is ---- */

uint32_t standing_partner(const Standing *standing, uint32_t family) {
    return standing->market.partner[family];
}

int64_t standing_price(const Standing *standing, uint32_t supporter) {
    return standing->market.price[supporter];
}

int64_t standing_objective(const Standing *standing) {
    return standing->market.objective;
}

AssignmentPlan standing_plan(Arena *arena, Standing *standing) {
    path_lower_prices(standing->path, &standing->market);
    return proof_make(arena, &standing->market);
}
