/* SPDX-License-Identifier: Apache-2.0 */
/* Makes short lists one after another, and keeps count of who stands on how many. */
#include "matching/congestion.h"

#include "matching/plan.h"

#include <assert.h>

/* The open list of a family. Open lists are chained by age: those whose hold is over are at the head. */
typedef struct Slot {
    uint32_t positions[CONGESTION_LIST_MOST];
    size_t count;
    int64_t until; /* the hour when the hold is over */
    bool is_open;
    struct Slot *older;
    struct Slot *younger;
} Slot;

struct Congestion {
    const MatchingPolicy *policy;
    Pool *pool;
    MatchingOffer *offers; /* by the pool's positions */
    Slot *slots;
    size_t slot_count;
    Slot *oldest;
    Slot *youngest;
    int64_t hour;
    uint64_t seed;
};

Congestion *congestion_new(Arena *arena, const MatchingPolicy *policy, const MatchingOffer *offers,
                           size_t count, size_t slots, uint64_t seed) {
    Congestion *congestion = NEW(arena, Congestion);
    *congestion = (Congestion){
        .policy = policy,
        .pool = pool_new(arena, policy, offers, count),
        .offers = NEW_MANY(arena, count, MatchingOffer),
        .slots = NEW_MANY(arena, slots, Slot),
        .slot_count = slots,
        .hour = INT64_MIN,
        .seed = seed,
    };
    for (size_t at = 0; at < count; at++) {
        congestion->offers[pool_position(congestion->pool, offers[at].key)] = offers[at];
    }
    return congestion;
}

size_t congestion_count(const Congestion *congestion) {
    return pool_count(congestion->pool);
}

const MatchingOffer *congestion_offer(const Congestion *congestion, size_t position) {
    assert(position < congestion_count(congestion));
    return &congestion->offers[position];
}

/* ---- what happens ---- */

/* The pool follows what is counted of an offer. */
static void count_changes(Congestion *congestion, size_t position, int64_t listed, int64_t pending,
                          int64_t load) {
    MatchingOffer *offer = &congestion->offers[position];
    offer->listed += listed;
    offer->pending += pending;
    offer->load += load;
    assert(offer->listed >= 0 && offer->pending >= 0 && offer->load >= 0);
    const bool is_there = pool_change(congestion->pool, offer);
    assert(is_there);
}

bool congestion_invite(Congestion *congestion, size_t position) {
    const MatchingOffer *offer = congestion_offer(congestion, position);
    if (offer->load >= offer->capacity) {
        return false;
    }
    count_changes(congestion, position, 0, 1, 1);
    return true;
}

void congestion_accept(Congestion *congestion, size_t position) {
    count_changes(congestion, position, 0, -1, 0);
}

void congestion_decline(Congestion *congestion, size_t position) {
    count_changes(congestion, position, 0, -1, -1);
}

void congestion_leave(Congestion *congestion, size_t position) {
    count_changes(congestion, position, 0, 0, -1);
}

/* ---- lists and their holds ---- */

static Slot *slot_at(Congestion *congestion, size_t slot) {
    assert(slot < congestion->slot_count);
    return &congestion->slots[slot];
}

static void count_listed(Congestion *congestion, const Slot *slot, int64_t change) {
    for (size_t at = 0; at < slot->count; at++) {
        count_changes(congestion, slot->positions[at], change, 0, 0);
    }
}

static void open_slot(Congestion *congestion, Slot *slot) {
    slot->is_open = true;
    slot->older = congestion->youngest;
    slot->younger = NULL;
    *(slot->older == NULL ? &congestion->oldest : &slot->older->younger) = slot;
    congestion->youngest = slot;
    count_listed(congestion, slot, 1);
}

static void close_slot(Congestion *congestion, Slot *slot) {
    if (!slot->is_open) {
        return;
    }
    slot->is_open = false;
    *(slot->older == NULL ? &congestion->oldest : &slot->older->younger) = slot->younger;
    *(slot->younger == NULL ? &congestion->youngest : &slot->younger->older) = slot->older;
    count_listed(congestion, slot, -1);
}

void congestion_close(Congestion *congestion, size_t slot) {
    close_slot(congestion, slot_at(congestion, slot));
}

void congestion_pass_time(Congestion *congestion, int64_t hour) {
    assert(hour >= congestion->hour);
    congestion->hour = hour;
    while (congestion->oldest != NULL && congestion->oldest->until <= hour) {
        close_slot(congestion, congestion->oldest);
    }
}

/* The family's old list makes room first: what it looked at itself is no reason to show it something else. */
size_t congestion_list(Congestion *congestion, size_t slot, const MatchingRequest *request, int64_t hour,
                       size_t most, PoolHit *ret_hits) {
    assert(most <= CONGESTION_LIST_MOST);
    Slot *own = slot_at(congestion, slot);
    congestion_pass_time(congestion, hour);
    close_slot(congestion, own);
    own->count = pool_best(congestion->pool, request, congestion->seed, most, ret_hits);
    for (size_t at = 0; at < own->count; at++) {
        own->positions[at] = ret_hits[at].position;
    }
    own->until = hour + congestion->policy->hold_hours;
    open_slot(congestion, own);
    return own->count;
}

const MatchingResult *congestion_lists(Arena *arena, const MatchingPolicy *policy,
                                       const MatchingOffer *offers, size_t count,
                                       const MatchingRequest *requests, size_t request_count, uint64_t seed,
                                       size_t most) {
    Congestion *congestion = congestion_new(arena, policy, offers, count, request_count, seed);
    MatchingResult *results = NEW_MANY(arena, request_count, MatchingResult);
    for (size_t at = 0; at < request_count; at++) {
        results[at] = pool_shortlist(arena, congestion->pool, &requests[at], seed, most);
        PoolHit hits[CONGESTION_LIST_MOST];
        congestion_list(congestion, at, &requests[at], 0, most, hits);
    }
    return results;
}

/* ---- prices ---- */

void congestion_set_prices(Congestion *congestion, Arena *scratch, const MatchingRequest *requests,
                           size_t count) {
    const Plan plan = plan_new(scratch, &(PlanOrder){.policy = congestion->policy,
                                                     .requests = requests,
                                                     .request_count = count,
                                                     .offers = congestion->offers,
                                                     .offer_count = congestion_count(congestion),
                                                     .is_without_lots = true});
    for (size_t at = 0; at < congestion_count(congestion); at++) {
        congestion->offers[at].price = plan.supporters[at].points;
        pool_set_price(congestion->pool, at, plan.supporters[at].points);
    }
}
