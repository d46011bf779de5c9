/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds every candidate by the values of the plan, in one pool of all candidates, and searches those that
 * may come in anew. */
#include "matching/what_if.h"

#include "matching/oracle.h"
#include "matching/plan_search.h"
#include "matching/policy.h"

#include <assert.h>

/* Of so many families that would come, each is remembered; of more, only how much the last of these adds. */
enum { BEST_MOST = 16 };

/* What a candidate could be worth to the families that would come first. */
typedef struct Hope {
    uint32_t candidate;
    uint32_t places;         /* free ones, as it would be */
    uint32_t room;           /* how many of `best` count */
    int64_t best[BEST_MOST]; /* above the families' values, the greatest first */
    int64_t bound;
} Hope;

typedef struct Asking {
    const Plan *plan;
    const WhatIfCandidates *candidates;
    Hope *hopes; /* in the order of the candidates */
} Asking;

static int64_t free_places(const MatchingOffer *offer) {
    return offer->capacity > offer->load ? offer->capacity - offer->load : 0;
}

/* ---- bounds ---- */

static void hope_add(Hope *hope, int64_t worth) {
    uint32_t at = hope->room;
    while (at > 0 && hope->best[at - 1] < worth) {
        at--;
    }
    for (uint32_t move = hope->room; move > at + 1; move--) {
        hope->best[move - 1] = hope->best[move - 2];
    }
    if (at < hope->room) {
        hope->best[at] = worth;
    }
}

/* What the least that still counts is worth, in points. */
static int64_t hope_price(const PlanInside *inside, const Hope *hope) {
    const int64_t points =
        hope->room == 0 ? PLAN_POINTS_MOST : hope->best[hope->room - 1] / plan_point(inside);
    return points < PLAN_POINTS_MOST ? points : PLAN_POINTS_MOST;
}

/* The pool of all candidates: keys of their own, -1 downwards, because one who is present may be there more
 * than once. */
static Pool *candidates_pool(Arena *arena, const Asking *asking) {
    const WhatIfCandidates *candidates = asking->candidates;
    MatchingOffer *offers = NEW_MANY(arena, candidates->count, MatchingOffer);
    for (size_t at = 0; at < candidates->count; at++) {
        offers[at] = candidates->items[at].offer;
        offers[at].key = -1 - (int64_t)at;
        offers[at].price = 0;
    }
    return pool_new(arena, &asking->plan->inside->policy, offers, candidates->count);
}

/* The weight of a family with a candidate, or 0 where a rule removes it. */
static int64_t weight_with(const PlanInside *inside, const MatchingRequest *request,
                           const MatchingOffer *offer) {
    if (oracle_rules_against(&inside->policy, offer, request) != 0) {
        return 0;
    }
    return policy_value(&inside->policy, request, oracle_score(&inside->policy, offer, request, NULL, NULL));
}

/* Each family tells the candidates that are worth more to it than its value. The pool does not know who was
 * passed over under the own key; that is looked up. */
static void look_at_all(Arena *arena, const Asking *asking) {
    const PlanInside *inside = asking->plan->inside;
    const size_t count = asking->candidates->count;
    Pool *pool = candidates_pool(arena, asking);
    PoolHit *hits = NEW_MANY(arena, count, PoolHit);
    for (size_t position = 0; position < count; position++) {
        const Hope *hope = &asking->hopes[-1 - pool_key(pool, position)];
        pool_set_price(pool, position, hope_price(inside, hope));
    }
    for (uint32_t family = 0; family < inside->families; family++) {
        const MatchingRequest *request = plan_request(inside, family);
        const int64_t value = inside->best.family_value[family];
        const size_t found = pool_above(pool, request, plan_bar(inside, request, value), count, hits);
        for (size_t at = 0; at < found; at++) {
            Hope *hope = &asking->hopes[-1 - pool_key(pool, hits[at].position)];
            const MatchingOffer *offer = &asking->candidates->items[hope->candidate].offer;
            const int64_t weight = request->passed.count == 0
                                       ? policy_value(&inside->policy, request, hits[at].score)
                                       : weight_with(inside, request, offer);
            hope_add(hope, weight - value);
            pool_set_price(pool, hits[at].position, hope_price(inside, hope));
        }
    }
}

/* No plan can gain more: with the values as they are, the best families come to all places, and what the
 * present places are worth is given up. */
static void bound_all(Arena *arena, const Asking *asking) {
    const Plan *plan = asking->plan;
    for (size_t at = 0; at < asking->candidates->count; at++) {
        const MatchingOffer *offer = &asking->candidates->items[at].offer;
        const uint32_t places = (uint32_t)free_places(offer);
        asking->hopes[at] = (Hope){
            .candidate = (uint32_t)at, .places = places, .room = places < BEST_MOST ? places : BEST_MOST};
    }
    look_at_all(arena, asking);
    for (size_t at = 0; at < asking->candidates->count; at++) {
        const WhatIfCandidate *candidate = &asking->candidates->items[at];
        Hope *hope = &asking->hopes[at];
        for (uint32_t place = 0; place < hope->places; place++) {
            hope->bound += hope->best[place < BEST_MOST ? place : BEST_MOST - 1];
        }
        if (candidate->present != 0) {
            const uint32_t present = plan_supporter(plan->inside, candidate->present);
            assert(present < plan->inside->supporters);
            hope->bound -= plan->inside->best.supporter_price[present] * plan->inside->capacity[present];
        }
    }
}

/* ---- searching anew ---- */

/* The plan's pairs, without the places of the present one, and the candidate as one supporter more with
 * every pair it has. */
static AssignmentInstance instance_with(Arena *arena, const PlanInside *inside,
                                        const WhatIfCandidate *candidate) {
    const AssignmentInstance *old = &inside->instance;
    const size_t most = (size_t)old->first[old->families] + old->families;
    uint32_t *capacity = NEW_MANY(arena, (size_t)old->supporters + 1, uint32_t);
    uint32_t *first = NEW_MANY(arena, (size_t)old->families + 1, uint32_t);
    uint32_t *supporter = NEW_MANY(arena, most, uint32_t);
    int32_t *weight = NEW_MANY(arena, most, int32_t);
    int64_t places = free_places(&candidate->offer);
    memcpy(capacity, old->capacity, old->supporters * sizeof *capacity);
    if (candidate->present != 0) {
        const uint32_t present = plan_supporter(inside, candidate->present);
        places -= free_places(plan_offer(inside, present)) - inside->capacity[present];
        capacity[present] = 0;
    }
    capacity[old->supporters] = (uint32_t)places;
    uint32_t pairs = 0;
    for (uint32_t family = 0; family < old->families; family++) {
        const uint32_t count = old->first[family + 1] - old->first[family];
        memcpy(supporter + pairs, old->supporter + old->first[family], count * sizeof *supporter);
        memcpy(weight + pairs, old->weight + old->first[family], count * sizeof *weight);
        pairs += count;
        const int64_t there = weight_with(inside, plan_request(inside, family), &candidate->offer);
        if (there > 0) {
            supporter[pairs] = old->supporters;
            weight[pairs++] = (int32_t)there;
        }
        first[family + 1] = pairs;
    }
    return (AssignmentInstance){.families = old->families,
                                .supporters = old->supporters + 1,
                                .capacity = capacity,
                                .first = first,
                                .supporter = supporter,
                                .weight = weight};
}

/* What a family's pair weighs in a plan over this instance; 0 with nobody. */
static int32_t weight_in(const AssignmentInstance *instance, const AssignmentPlan *plan, uint32_t family) {
    uint32_t pair = instance->first[family];
    while (pair < instance->first[family + 1] && instance->supporter[pair] != plan->partner[family]) {
        pair++;
    }
    return pair < instance->first[family + 1] ? instance->weight[pair] : 0;
}

static WhatIfRow row_of(const PlanInside *inside, const PlanFound *found, size_t candidate) {
    const AssignmentPlan *before = &inside->best;
    WhatIfRow row = {.candidate = candidate,
                     .gain = found->best.dual - before->dual,
                     .families = (int64_t)found->best.matched - (int64_t)before->matched};
    row.points = row.gain / inside->order.policy->fit;
    for (uint32_t family = 0; family < inside->families; family++) {
        const int32_t was = weight_in(&inside->instance, before, family);
        const int32_t is = weight_in(&found->instance, &found->best, family);
        row.days += was == 0 && is > 0 ? plan_request(inside, family)->waiting_days : 0;
        row.better += was > 0 && is > was ? 1 : 0;
    }
    return row;
}

static WhatIfRow search_anew(Arena *room, const Asking *asking, size_t candidate) {
    const PlanInside *inside = asking->plan->inside;
    arena_reset(room);
    const PlanStart start = {
        .instance = instance_with(room, inside, &asking->candidates->items[candidate]),
        .proved = &inside->best,
        .left_out = ASSIGNMENT_ALONE,
    };
    const PlanFound found = plan_search(room, inside, &start);
    return row_of(inside, &found, candidate);
}

/* ---- the table ---- */

static int by_bound(const void *left, const void *right) {
    const Hope *one = left;
    const Hope *other = right;
    if (one->bound != other->bound) {
        return one->bound < other->bound ? 1 : -1;
    }
    return (one->candidate > other->candidate) - (one->candidate < other->candidate);
}

static bool stands_before(const WhatIfRow *left, const WhatIfRow *right) {
    return left->gain != right->gain ? left->gain > right->gain : left->candidate < right->candidate;
}

/* Keeps the best `most` in order; returns how many there are now. */
static size_t keep_row(WhatIfRow *rows, size_t count, size_t most, const WhatIfRow *row) {
    size_t at = count;
    while (at > 0 && stands_before(row, &rows[at - 1])) {
        at--;
    }
    if (at >= most) {
        return count;
    }
    const size_t kept = count < most ? count + 1 : most;
    for (size_t move = kept - 1; move > at; move--) {
        rows[move] = rows[move - 1];
    }
    rows[at] = *row;
    return kept;
}

static WhatIfTable table_of(Arena *arena, Arena *room, const Asking *asking, size_t most) {
    const WhatIfCandidates *candidates = asking->candidates;
    const PlanInside *inside = asking->plan->inside;
    const size_t room_for = most < candidates->count ? most : candidates->count;
    WhatIfRow *rows = NEW_MANY(arena, room_for, WhatIfRow);
    WhatIfTable table = {.rows = rows,
                         .objective = asking->plan->bound,
                         .waiting = inside->order.request_count - asking->plan->matched};
    for (size_t at = 0; at < candidates->count && room_for > 0; at++) {
        const Hope *hope = &asking->hopes[at];
        const bool is_full = table.count == room_for;
        if (hope->bound <= 0 || (is_full && hope->bound < rows[room_for - 1].gain)) {
            break;
        }
        const WhatIfRow row = search_anew(room, asking, hope->candidate);
        table.searched++;
        if (row.gain > 0) {
            table.count = keep_row(rows, table.count, room_for, &row);
        }
    }
    return table;
}

void what_if_parts(Arena *arena, const PlanOrder *order, const WhatIfCandidates *parts, size_t part_count,
                   size_t most, WhatIfTable *ret_tables) {
    Arena *scratch = arena_new_within(arena, SIZE_MAX);
    Arena *room = arena_new_within(arena, SIZE_MAX);
    PlanOrder without_lots = *order;
    without_lots.is_without_lots = true;
    const Plan plan = plan_new(scratch, &without_lots);
    for (size_t part = 0; part < part_count; part++) {
        const Asking asking = {
            .plan = &plan, .candidates = &parts[part], .hopes = NEW_MANY(scratch, parts[part].count, Hope)};
        bound_all(scratch, &asking);
        if (parts[part].count > 0) {
            qsort(asking.hopes, parts[part].count, sizeof *asking.hopes, by_bound);
        }
        ret_tables[part] = table_of(arena, room, &asking, most);
    }
    arena_free(room);
    arena_free(scratch);
}

WhatIfTable what_if(Arena *arena, const PlanOrder *order, const WhatIfCandidates *candidates, size_t most) {
    WhatIfTable table;
    what_if_parts(arena, order, candidates, 1, most, &table);
    return table;
}
