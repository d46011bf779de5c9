/* SPDX-License-Identifier: Apache-2.0 */
/* Families with the few pairs laid out for each, and the rounds that find what is missing. */
#include "features/standing/standing_warm.h"

#include "matching/lot.h"
#include "matching/policy.h"
#include "matching/pool.h"
#include "matching/standing.h"

#include <assert.h>
#include <stdlib.h>

/* LAID_OUT: pairs of a family at first; ADDED: at most so many more a round. */
enum { LAID_OUT = 45, ADDED = 16, POINTS_MOST = 100000 };
/* Below any score less any price. */
static const int64_t ABOVE_ALL = -(int64_t)POLICY_SCORE_MOST - POINTS_MOST - 1;
static const unsigned LOT_BITS = POLICY_LOT_BITS_LEAST;

typedef struct Family {
    MatchingRequest asked;
    int64_t mark;
    uint64_t draw; /* its part of the lottery */
    bool is_here;
    StandingPair *pairs; /* laid out */
    uint32_t count;
    uint32_t room;
} Family;

struct StandingWarm {
    Arena *arena;
    MatchingPolicy policy;
    uint16_t seed;
    Pool *pool; /* its prices are those of the last settling, in points rounded down */
    uint32_t supporters;
    uint32_t *capacity; /* by position: places that are free */
    uint64_t *content;  /* by position: a hash of what the offer says */
    int64_t *price;     /* by position, in 1 / 2^LOT_BITS */
    Family *families;   /* by the solver's number */
    uint32_t family_count;
    uint32_t family_room;
    Standing *standing; /* NULL before the first settling */
    PoolHit *hits;      /* room for one of each position */
};

/* ---- offers ---- */

static uint64_t mixed(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

static uint64_t mixed_items(uint64_t hash, MatchingItems items) {
    hash = mixed(hash, items.count);
    for (size_t at = 0; at < items.count; at++) {
        hash = mixed(hash, (uint64_t)items.items[at].item);
    }
    return hash;
}

static uint64_t content_of(const MatchingOffer *offer) {
    return mixed_items(mixed_items(1, offer->has), offer->rather_not);
}

static uint32_t free_places(const MatchingOffer *offer) {
    bool takes_nobody = offer->is_paused || !offer->is_cleared || offer->load >= offer->capacity;
    return takes_nobody ? 0 : (uint32_t)(offer->capacity - offer->load);
}

StandingWarm *standing_warm_new(Arena *arena, const MatchingPolicy *policy, uint16_t seed,
                                const MatchingOffer *offers, size_t count) {
    MatchingOffer *unpriced = NEW_MANY(arena, count, MatchingOffer);
    for (size_t at = 0; at < count; at++) {
        unpriced[at] = offers[at];
        unpriced[at].price = 0;
    }
    StandingWarm *warm = NEW(arena, StandingWarm);
    *warm = (StandingWarm){.arena = arena, .policy = *policy, .seed = seed, .supporters = (uint32_t)count};
    warm->policy.name = str_copy(arena, policy->name);
    warm->pool = pool_new(arena, &warm->policy, unpriced, count);
    warm->capacity = NEW_MANY(arena, count, uint32_t);
    warm->content = NEW_MANY(arena, count, uint64_t);
    warm->price = NEW_MANY(arena, count, int64_t);
    warm->hits = NEW_MANY(arena, count, PoolHit);
    for (size_t at = 0; at < count; at++) {
        size_t position = pool_position(warm->pool, offers[at].key);
        warm->capacity[position] = free_places(&offers[at]);
        warm->content[position] = content_of(&offers[at]);
    }
    return warm;
}

static int64_t points_of(const StandingWarm *warm, int64_t price) {
    int64_t points = (price >> LOT_BITS) / warm->policy.fit;
    return points < POINTS_MOST ? points : POINTS_MOST;
}

bool standing_warm_offer(StandingWarm *warm, const MatchingOffer *offer) {
    size_t position = pool_position(warm->pool, offer->key);
    if (position == pool_count(warm->pool) || warm->content[position] != content_of(offer)) {
        return false;
    }
    MatchingOffer now = *offer;
    now.price = points_of(warm, warm->price[position]);
    if (!pool_change(warm->pool, &now)) {
        return false;
    }
    uint32_t places = free_places(offer);
    if (places != warm->capacity[position]) {
        warm->capacity[position] = places;
        if (warm->standing != NULL) {
            standing_set_capacity(warm->standing, (uint32_t)position, places);
        }
    }
    return true;
}

/* ---- families ---- */

static MatchingKeys keys_copy(Arena *arena, MatchingKeys keys) {
    int64_t *copy = NEW_MANY(arena, keys.count, int64_t);
    for (size_t at = 0; at < keys.count; at++) {
        copy[at] = keys.items[at];
    }
    return (MatchingKeys){.items = copy, .count = keys.count};
}

static MatchingRequest asked_copy(Arena *arena, const MatchingRequest *request) {
    MatchingRequest copy = *request;
    MatchingWish *wishes = NEW_MANY(arena, request->wishes.count, MatchingWish);
    for (size_t at = 0; at < request->wishes.count; at++) {
        wishes[at] = request->wishes.items[at];
    }
    copy.wishes.items = wishes;
    copy.apart = keys_copy(arena, request->apart);
    copy.passed = keys_copy(arena, request->passed);
    copy.known = keys_copy(arena, request->known);
    return copy;
}

static int32_t weight_of(const StandingWarm *warm, const Family *family, const PoolHit *hit) {
    int64_t value = policy_value(&warm->policy, &family->asked, hit->score);
    return lot_weight(value, family->draw, pool_key(warm->pool, hit->position), LOT_BITS);
}

/* Puts a pair among the best `most` by what they are worth at the prices of now; the least worth is first.
 */
static void take_best(const StandingWarm *warm, StandingPair *pairs, uint32_t *count, uint32_t most,
                      StandingPair pair) {
    int64_t worth = pair.weight - warm->price[pair.other];
    if (*count == most) {
        if (worth <= pairs[0].weight - warm->price[pairs[0].other]) {
            return;
        }
        /* Down the heap from the top. */
        uint32_t at = 0;
        for (;;) {
            uint32_t child = 2 * at + 1;
            if (child >= most) {
                break;
            }
            int64_t left = pairs[child].weight - warm->price[pairs[child].other];
            if (child + 1 < most) {
                int64_t right = pairs[child + 1].weight - warm->price[pairs[child + 1].other];
                if (right < left) {
                    child++;
                    left = right;
                }
            }
            if (left >= worth) {
                break;
            }
            pairs[at] = pairs[child];
            at = child;
        }
        pairs[at] = pair;
        return;
    }
    uint32_t at = (*count)++;
    while (at > 0) {
        uint32_t parent = (at - 1) / 2;
        if (pairs[parent].weight - warm->price[pairs[parent].other] <= worth) {
            break;
        }
        pairs[at] = pairs[parent];
        at = parent;
    }
    pairs[at] = pair;
}

/* The few pairs of a family that are worth most now. */
static void lay_out(StandingWarm *warm, Family *family) {
    size_t found = pool_above(warm->pool, &family->asked, ABOVE_ALL, warm->supporters, warm->hits);
    if (family->room < LAID_OUT) {
        family->room = LAID_OUT;
        family->pairs = NEW_MANY(warm->arena, family->room, StandingPair);
    }
    family->count = 0;
    for (size_t at = 0; at < found; at++) {
        const PoolHit *hit = &warm->hits[at];
        take_best(warm, family->pairs, &family->count, LAID_OUT,
                  (StandingPair){.other = hit->position, .weight = weight_of(warm, family, hit)});
    }
}

static Family *find(StandingWarm *warm, int64_t request) {
    for (uint32_t at = 0; at < warm->family_count; at++) {
        if (warm->families[at].is_here && warm->families[at].asked.key == request) {
            return &warm->families[at];
        }
    }
    return NULL;
}

static Family *family_at(StandingWarm *warm, uint32_t number) {
    if (number >= warm->family_room) {
        uint32_t room = number + number / 4 + 64;
        Family *families = NEW_MANY(warm->arena, room, Family);
        for (uint32_t at = 0; at < warm->family_count; at++) {
            families[at] = warm->families[at];
        }
        warm->families = families;
        warm->family_room = room;
    }
    if (number >= warm->family_count) {
        warm->family_count = number + 1;
    }
    return &warm->families[number];
}

static void fill(StandingWarm *warm, Family *family, const MatchingRequest *request, int64_t mark) {
    family->asked = asked_copy(warm->arena, request);
    family->mark = mark;
    family->draw = lot_family(warm->seed, request->key);
    family->is_here = true;
    lay_out(warm, family);
}

void standing_warm_family(StandingWarm *warm, const MatchingRequest *request, int64_t mark) {
    Family *known = warm->standing == NULL ? NULL : find(warm, request->key);
    if (known != NULL) {
        fill(warm, known, request, mark);
        standing_change_family(warm->standing, (uint32_t)(known - warm->families), known->pairs,
                               known->count);
        return;
    }
    if (warm->standing == NULL) {
        fill(warm, family_at(warm, warm->family_count), request, mark);
        return;
    }
    /* The solver gives the number, which may be that of someone who left. */
    Family comer = {0};
    fill(warm, &comer, request, mark);
    uint32_t number = standing_add_family(warm->standing, comer.pairs, comer.count);
    *family_at(warm, number) = comer;
}

void standing_warm_leave(StandingWarm *warm, int64_t request) {
    Family *family = find(warm, request);
    assert(family != NULL && warm->standing != NULL);
    family->is_here = false;
    standing_remove_family(warm->standing, (uint32_t)(family - warm->families));
}

static int compare_families(const void *left, const void *right) {
    int64_t one = ((const StandingWarmFamily *)left)->request;
    int64_t two = ((const StandingWarmFamily *)right)->request;
    return one < two ? -1 : one > two;
}

size_t standing_warm_families(Arena *arena, const StandingWarm *warm,
                              const StandingWarmFamily **ret_families) {
    StandingWarmFamily *rows = NEW_MANY(arena, warm->family_count, StandingWarmFamily);
    size_t count = 0;
    for (uint32_t at = 0; at < warm->family_count; at++) {
        const Family *family = &warm->families[at];
        if (family->is_here) {
            rows[count++] = (StandingWarmFamily){.request = family->asked.key,
                                                 .mark = family->mark,
                                                 .waiting_days = family->asked.waiting_days};
        }
    }
    qsort(rows, count, sizeof *rows, compare_families);
    *ret_families = rows;
    return count;
}

/* ---- settling ---- */

static void begin(Arena *arena, StandingWarm *warm) {
    uint32_t *first = NEW_MANY(arena, warm->family_count + 1, uint32_t);
    for (uint32_t at = 0; at < warm->family_count; at++) {
        first[at + 1] = first[at] + warm->families[at].count;
    }
    uint32_t *supporter = NEW_MANY(arena, first[warm->family_count], uint32_t);
    int32_t *weight = NEW_MANY(arena, first[warm->family_count], int32_t);
    for (uint32_t at = 0; at < warm->family_count; at++) {
        const Family *family = &warm->families[at];
        for (uint32_t pair = 0; pair < family->count; pair++) {
            supporter[first[at] + pair] = family->pairs[pair].other;
            weight[first[at] + pair] = family->pairs[pair].weight;
        }
    }
    warm->standing = standing_new(warm->arena, &(AssignmentInstance){.families = warm->family_count,
                                                                     .supporters = warm->supporters,
                                                                     .capacity = warm->capacity,
                                                                     .first = first,
                                                                     .supporter = supporter,
                                                                     .weight = weight});
}

static void set_prices(StandingWarm *warm, const AssignmentPlan *plan) {
    for (uint32_t at = 0; at < warm->supporters; at++) {
        int64_t points = points_of(warm, plan->supporter_price[at]);
        if (points != points_of(warm, warm->price[at])) {
            pool_set_price(warm->pool, at, points);
        }
        warm->price[at] = plan->supporter_price[at];
    }
}

static bool is_laid_out(const Family *family, uint32_t supporter) {
    for (uint32_t at = 0; at < family->count; at++) {
        if (family->pairs[at].other == supporter) {
            return true;
        }
    }
    return false;
}

static int64_t divided_down(int64_t number, int64_t by) {
    return number / by - (number % by < 0 ? 1 : 0);
}

/* Scores that may be worth more than `value` to the family are above this, less the price in points rounded
 * down. Who has nothing may be helped by anyone: no pair is worth less than 1. */
static int64_t above_which(const StandingWarm *warm, const Family *family, int64_t value) {
    if (value <= 0) {
        return ABOVE_ALL;
    }
    /* By a score that no pair has, to stay clear of the least value. */
    int64_t claim = policy_value(&warm->policy, &family->asked, POLICY_SCORE_MOST) -
                    (int64_t)POLICY_SCORE_MOST * warm->policy.fit;
    int64_t unit = warm->policy.fit << LOT_BITS;
    int64_t lots = ((int64_t)1 << LOT_BITS) - 1;
    return divided_down(value - claim * ((int64_t)1 << LOT_BITS) - lots, unit) - 1;
}

/* Lays out pairs that are worth more to the family than what it has; false: there are none. */
static bool find_missing(StandingWarm *warm, uint32_t number, int64_t value) {
    Family *family = &warm->families[number];
    size_t found = pool_above(warm->pool, &family->asked, above_which(warm, family, value), warm->supporters,
                              warm->hits);
    StandingPair missing[ADDED];
    uint32_t count = 0;
    for (size_t at = 0; at < found; at++) {
        const PoolHit *hit = &warm->hits[at];
        StandingPair pair = {.other = hit->position, .weight = weight_of(warm, family, hit)};
        if (pair.weight - warm->price[pair.other] > value && !is_laid_out(family, pair.other)) {
            take_best(warm, missing, &count, ADDED, pair);
        }
    }
    if (count == 0) {
        return false;
    }
    if (family->count + count > family->room) {
        family->room = family->count + count + family->count / 2;
        StandingPair *pairs = NEW_MANY(warm->arena, family->room, StandingPair);
        for (uint32_t at = 0; at < family->count; at++) {
            pairs[at] = family->pairs[at];
        }
        family->pairs = pairs;
    }
    for (uint32_t at = 0; at < count; at++) {
        family->pairs[family->count++] = missing[at];
    }
    standing_change_family(warm->standing, number, family->pairs, family->count);
    return true;
}

/* A round over everyone. */
static bool find_all_missing(StandingWarm *warm, const AssignmentPlan *plan) {
    bool has_found = false;
    for (uint32_t at = 0; at < warm->family_count; at++) {
        if (warm->families[at].is_here && find_missing(warm, at, plan->family_value[at])) {
            has_found = true;
        }
    }
    return has_found;
}

static int compare_pairs(const void *left, const void *right) {
    int64_t one = ((const StandingWarmPair *)left)->request;
    int64_t two = ((const StandingWarmPair *)right)->request;
    return one < two ? -1 : one > two;
}

static int compare_prices(const void *left, const void *right) {
    int64_t one = ((const StandingWarmPrice *)left)->offer;
    int64_t two = ((const StandingWarmPrice *)right)->offer;
    return one < two ? -1 : one > two;
}

static StandingWarmPlan told(Arena *arena, const StandingWarm *warm, const AssignmentPlan *plan,
                             size_t rounds) {
    StandingWarmPlan result = {.objective = plan->objective, .bound = plan->dual, .rounds = rounds};
    StandingWarmPair *pairs = NEW_MANY(arena, warm->family_count, StandingWarmPair);
    for (uint32_t at = 0; at < warm->family_count; at++) {
        if (warm->families[at].is_here) {
            uint32_t partner = plan->partner[at];
            int64_t offer = partner == ASSIGNMENT_ALONE ? 0 : pool_key(warm->pool, partner);
            pairs[result.pair_count++] =
                (StandingWarmPair){.request = warm->families[at].asked.key, .offer = offer};
            result.matched += partner == ASSIGNMENT_ALONE ? 0 : 1;
        }
    }
    qsort(pairs, result.pair_count, sizeof *pairs, compare_pairs);
    StandingWarmPrice *prices = NEW_MANY(arena, warm->supporters, StandingWarmPrice);
    for (; result.price_count < warm->supporters; result.price_count++) {
        const size_t position = result.price_count;
        /* Without a free place there is nothing that could be worth anything to those who wait now. */
        int64_t points = warm->capacity[position] == 0 ? 0 : points_of(warm, plan->supporter_price[position]);
        prices[position] = (StandingWarmPrice){.offer = pool_key(warm->pool, position), .points = points};
    }
    qsort(prices, result.price_count, sizeof *prices, compare_prices);
    result.pairs = pairs;
    result.prices = prices;
    return result;
}

StandingWarmPlan standing_warm_settle(Arena *arena, StandingWarm *warm) {
    if (warm->standing == NULL) {
        begin(arena, warm);
    }
    for (size_t rounds = 1;; rounds++) {
        AssignmentPlan plan = standing_plan(arena, warm->standing);
        set_prices(warm, &plan);
        if (!find_all_missing(warm, &plan)) {
            return told(arena, warm, &plan, rounds);
        }
    }
}
