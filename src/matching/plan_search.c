/* SPDX-License-Identifier: Apache-2.0 */
/* Rounds of solving what is there and asking the pool for what is missing. */
#include "matching/plan_search.h"

#include "matching/policy.h"

enum {
    FIRST_PAIRS = 8,   /* that a family begins with */
    ROUND_PAIRS = 8,   /* that may come in for a family in a round */
    MARGIN_POINTS = 3, /* what is so near to being of use comes in too, and saves a round */
    POOR_PART = 4,     /* whose value is at most this part of the mean weight is asked first */
    CHEAPER_PART = 4,  /* a pool of their own is worth it for at most this part of the supporters */
    ROOMS = 3,
};

typedef struct Pair {
    uint32_t supporter;
    int32_t weight;
} Pair;

/* The supporters that are asked: all, or those that became cheaper. */
typedef struct Counter {
    Pool *pool;
    const uint32_t *number; /* by position */
} Counter;

typedef struct Search {
    const PlanInside *inside;
    uint32_t left_out;
    unsigned bits;
    AssignmentInstance instance;
    const AssignmentPlan *before; /* NULL: nothing was checked */
    AssignmentPlan now;
    bool *is_open; /* by family: more was found than came in, or it was not asked */
    PoolHit *hits; /* room for all supporters */
    uint64_t looked;
    Pair *added;
    uint32_t *added_first; /* by family, and one more */
    size_t added_room;
    size_t added_count;
    bool is_missing; /* a pair that is worth more than value and price was found, or someone was not asked */
} Search;

/* ---- rooms: memory of this round, of the last, and of what comes in ---- */

typedef struct Rooms {
    Arena *arenas[ROOMS];
} Rooms;

static Rooms *rooms_new(Arena *arena) {
    Rooms *rooms = NEW(arena, Rooms);
    for (size_t at = 0; at < ROOMS; at++) {
        rooms->arenas[at] = arena_new_within(arena, SIZE_MAX);
    }
    return rooms;
}

/* ---- numbers ---- */

/* Prices in whole points, rounded down: what the pool then finds is a little more than what is wanted. */
static void lay_prices(const PlanInside *inside, const Counter *counter, const int64_t *price) {
    const int64_t point = plan_point(inside);
    const size_t count = pool_count(counter->pool);
    for (size_t at = 0; at < count; at++) {
        const int64_t points = price[counter->number[at]] / point;
        pool_set_price(counter->pool, at, points < PLAN_POINTS_MOST ? points : PLAN_POINTS_MOST);
    }
}

/* ---- asking for one family ---- */

/* The best few found for a family, most worth first. */
typedef struct Few {
    Pair pairs[ROUND_PAIRS];
    int64_t worth[ROUND_PAIRS]; /* above value and price */
    size_t count;
    size_t above; /* how many are worth more than 0 */
} Few;

static void few_add(Few *few, Pair pair, int64_t worth) {
    few->above += worth > 0 ? 1 : 0;
    size_t at = few->count;
    while (at > 0 && (few->worth[at - 1] < worth ||
                      (few->worth[at - 1] == worth && few->pairs[at - 1].supporter > pair.supporter))) {
        at--;
    }
    if (at == ROUND_PAIRS) {
        return;
    }
    few->count += few->count < ROUND_PAIRS ? 1 : 0;
    for (size_t move = few->count - 1; move > at; move--) {
        few->pairs[move] = few->pairs[move - 1];
        few->worth[move] = few->worth[move - 1];
    }
    few->pairs[at] = pair;
    few->worth[at] = worth;
}

/* A pair that is there already is never worth more than value and price. */
static bool is_there(const AssignmentInstance *instance, uint32_t family, uint32_t supporter) {
    uint32_t pair = instance->first[family];
    while (pair < instance->first[family + 1] && instance->supporter[pair] != supporter) {
        pair++;
    }
    return pair < instance->first[family + 1];
}

/* Weighs what the pool found, and lets the best come in. */
static void take_hits(Search *search, const Counter *counter, uint32_t family, size_t count, int64_t bar) {
    const PlanInside *inside = search->inside;
    const MatchingRequest *request = plan_request(inside, family);
    Few few = {.count = 0};
    for (size_t at = 0; at < count; at++) {
        const PoolHit *hit = &search->hits[at];
        const uint32_t supporter = counter->number[hit->position];
        const Pair pair = {.supporter = supporter,
                           .weight = plan_weight(inside, request, supporter, hit->score)};
        const int64_t worth =
            pair.weight - search->now.family_value[family] - search->now.supporter_price[supporter];
        if (worth > bar && (worth > 0 || !is_there(&search->instance, family, supporter))) {
            few_add(&few, pair, worth);
        }
    }
    search->looked += count;
    search->is_open[family] = few.above > few.count;
    search->is_missing = search->is_missing || few.above > 0;
    for (size_t at = 0; at < few.count; at++) {
        search->added[search->added_count++] = few.pairs[at];
    }
}

static size_t ask_above(Search *search, const Counter *counter, uint32_t family) {
    const int64_t margin = MARGIN_POINTS * plan_point(search->inside);
    const MatchingRequest *request = plan_request(search->inside, family);
    const int64_t bar = plan_bar(search->inside, request, search->now.family_value[family] - margin);
    const size_t count = pool_above(counter->pool, request, bar, search->inside->supporters, search->hits);
    take_hits(search, counter, family, count, -margin);
    return count;
}

/* ---- asking for all ---- */

/* Who is worth little would name nearly everyone: in the first round these families name a few only, and the
 * others wait until prices are what they are about to be. */
static void ask_poor(Search *search, const Counter *all) {
    const PlanInside *inside = search->inside;
    const int64_t poor = search->now.objective / POOR_PART;
    for (uint32_t family = 0; family < inside->families; family++) {
        search->added_first[family] = (uint32_t)search->added_count;
        if (search->now.family_value[family] * search->now.matched <= poor) {
            const size_t count = pool_best(all->pool, plan_request(inside, family), inside->order.seed,
                                           ROUND_PAIRS, search->hits);
            take_hits(search, all, family, count, 0);
        }
        search->is_open[family] = true;
    }
    search->is_missing = true;
}

/* The pool of those that became cheaper, in the arena; none where there is none. The pool of all where they
 * are many. */
static Counter cheaper_of(Arena *arena, const Search *search, const Counter *all) {
    const PlanInside *inside = search->inside;
    uint32_t *number = NEW_MANY(arena, inside->supporters, uint32_t);
    size_t count = 0;
    for (uint32_t supporter = 0; supporter < inside->supporters; supporter++) {
        if (search->now.supporter_price[supporter] < search->before->supporter_price[supporter]) {
            number[count++] = supporter;
        }
    }
    if (count == 0 || count > inside->supporters / CHEAPER_PART) {
        return count == 0 ? (Counter){.pool = NULL} : *all;
    }
    MatchingOffer *offers = NEW_MANY(arena, count, MatchingOffer);
    for (size_t at = 0; at < count; at++) {
        offers[at] = *plan_offer(inside, number[at]);
    }
    Pool *pool = pool_new(arena, &inside->policy, offers, count);
    const Counter cheaper = {.pool = pool, .number = plan_numbers(arena, inside, pool)};
    lay_prices(inside, &cheaper, search->now.supporter_price);
    return cheaper;
}

/* Whoever lost value, or was not told everything, asks all; the others those that became cheaper. */
static void ask_changed(Search *search, const Counter *all, const Counter *cheaper) {
    for (uint32_t family = 0; family < search->inside->families; family++) {
        search->added_first[family] = (uint32_t)search->added_count;
        const bool has_lost = search->now.family_value[family] < search->before->family_value[family];
        if (family == search->left_out) {
            continue;
        }
        if (search->is_open[family] || has_lost) {
            ask_above(search, all, family);
        } else if (cheaper->pool != NULL) {
            ask_above(search, cheaper, family);
        }
    }
}

static void ask(Arena *arena, Search *search) {
    const PlanInside *inside = search->inside;
    const Counter all = {.pool = inside->pool, .number = inside->number};
    lay_prices(inside, &all, search->now.supporter_price);
    search->added_count = 0;
    search->is_missing = false;
    if (search->before == NULL) {
        ask_poor(search, &all);
    } else {
        const Counter cheaper = cheaper_of(arena, search, &all);
        ask_changed(search, &all, &cheaper);
    }
    search->added_first[inside->families] = (uint32_t)search->added_count;
}

/* ---- rounds ---- */

/* What there is and what came in, family by family. */
static AssignmentInstance with_added(Arena *arena, const Search *search) {
    const AssignmentInstance *old = &search->instance;
    const uint32_t pairs = old->first[old->families] + (uint32_t)search->added_count;
    uint32_t *first = NEW_MANY(arena, (size_t)old->families + 1, uint32_t);
    uint32_t *supporter = NEW_MANY(arena, pairs, uint32_t);
    int32_t *weight = NEW_MANY(arena, pairs, int32_t);
    uint32_t at = 0;
    for (uint32_t family = 0; family < old->families; family++) {
        for (uint32_t pair = old->first[family]; pair < old->first[family + 1]; pair++) {
            supporter[at] = old->supporter[pair];
            weight[at++] = old->weight[pair];
        }
        for (uint32_t pair = search->added_first[family]; pair < search->added_first[family + 1]; pair++) {
            supporter[at] = search->added[pair].supporter;
            weight[at++] = search->added[pair].weight;
        }
        first[family + 1] = at;
    }
    AssignmentInstance instance = *old;
    instance.first = first;
    instance.supporter = supporter;
    instance.weight = weight;
    return instance;
}

PlanFound plan_search(Arena *arena, const PlanInside *inside, const PlanStart *start) {
    Rooms *rooms = rooms_new(arena);
    Search search = {
        .inside = inside,
        .left_out = start->left_out,
        .instance = start->instance,
        .before = start->proved,
        .is_open = NEW_MANY(arena, inside->families, bool),
        .hits = NEW_MANY(arena, (size_t)inside->supporters + ROUND_PAIRS, PoolHit),
        .added = NEW_MANY(arena, (size_t)inside->families * ROUND_PAIRS, Pair),
        .added_first = NEW_MANY(arena, (size_t)inside->families + 1, uint32_t),
    };
    AssignmentPlan before;
    for (size_t round = 1;; round++) {
        Arena *room = rooms->arenas[round % 2];
        Arena *meanwhile = rooms->arenas[2];
        arena_reset(room);
        arena_reset(meanwhile);
        search.now = assignment_solve(room, &search.instance);
        ask(meanwhile, &search);
        if (!search.is_missing) {
            arena_reset(meanwhile);
            return (PlanFound){
                .instance = search.instance, .best = search.now, .rounds = round, .pairs = search.looked};
        }
        search.instance = with_added(room, &search);
        before = search.now;
        search.before = &before;
    }
}

/* ---- the beginning ---- */

/* The greatest weight of one whom a decision left no choice; 0 with nobody. */
static int64_t greatest_of_decided(const PlanInside *inside) {
    const PlanOrder *order = &inside->order;
    int64_t greatest = 0;
    for (size_t place = 0; place < order->request_count; place++) {
        PoolHit hit;
        const MatchingRequest *request = &order->requests[place];
        if (inside->decided[place] != PLAN_UNDECIDED &&
            pool_best(inside->pool, request, order->seed, 1, &hit) == 1) {
            const int64_t weight = policy_value(order->policy, request, hit.score);
            greatest = weight > greatest ? weight : greatest;
        }
    }
    return greatest;
}

AssignmentInstance plan_search_first(Arena *arena, PlanInside *inside, uint64_t *ret_pairs) {
    const PlanOrder *order = &inside->order;
    uint32_t *first = NEW_MANY(arena, (size_t)inside->families + 1, uint32_t);
    uint32_t *supporter = NEW_MANY(arena, (size_t)inside->families * FIRST_PAIRS, uint32_t);
    int32_t *weight = NEW_MANY(arena, (size_t)inside->families * FIRST_PAIRS, int32_t);
    int64_t greatest = greatest_of_decided(inside);
    uint32_t pairs = 0;
    for (uint32_t family = 0; family < inside->families; family++) {
        PoolHit hits[FIRST_PAIRS];
        const MatchingRequest *request = plan_request(inside, family);
        const size_t count = pool_best(inside->pool, request, order->seed, FIRST_PAIRS, hits);
        for (size_t at = 0; at < count; at++) {
            supporter[pairs] = inside->number[hits[at].position];
            weight[pairs++] = hits[at].score;
        }
        const int64_t best = count == 0 ? 0 : policy_value(order->policy, request, hits[0].score);
        greatest = best > greatest ? best : greatest;
        first[family + 1] = pairs;
    }
    inside->lot_bits = order->is_without_lots ? 0 : policy_lot_bits(greatest);
    for (uint32_t family = 0; family < inside->families; family++) {
        const MatchingRequest *request = plan_request(inside, family);
        for (uint32_t pair = first[family]; pair < first[family + 1]; pair++) {
            weight[pair] = plan_weight(inside, request, supporter[pair], weight[pair]);
        }
    }
    *ret_pairs = pairs;
    return (AssignmentInstance){.families = inside->families,
                                .supporters = inside->supporters,
                                .capacity = inside->capacity,
                                .first = first,
                                .supporter = supporter,
                                .weight = weight};
}
