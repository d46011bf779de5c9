/* SPDX-License-Identifier: Apache-2.0 */
/* The state from which the next standing plan is made: everyone's pairs, prices and partners, in memory.
 *
 * Knows no database. Every pair that no hard rule removes counts, but only the best few of a family are
 * laid out for the solver: after each settling the pool is asked, at the prices there are, for pairs that
 * would be worth more to their family than what it has; they are laid out too, until there are none. Then
 * the plan is the best of all pairs (column generation; Gilmore & Gomory 1961). As matching/plan.h, it
 * weighs pairs by the policy, with a lot below.
 *
 * Lives as long as its arena. What fail()s leaves it in an unknown state: it must be made anew. */
#ifndef STANDING_WARM_H
#define STANDING_WARM_H

#include "matching/model.h"

typedef struct StandingWarm StandingWarm;

/* Nobody waits yet. The policy and the offers are copied; the prices of the offers do not count. */
StandingWarm *standing_warm_new(Arena *arena, const MatchingPolicy *policy, uint16_t seed,
                                const MatchingOffer *offers, size_t count);

/* Lays this offer over the one of the same key: load, capacity, pause, clearance. False, and nothing is
 * changed, when it is new or says something else than before: make another one. */
bool standing_warm_offer(StandingWarm *warm, const MatchingOffer *offer);

/* Someone who waits, new or changed; copied. `mark` is the caller's, to tell later whether it has changed.
 */
void standing_warm_family(StandingWarm *warm, const MatchingRequest *request, int64_t mark);
/* It waits no longer. */
void standing_warm_leave(StandingWarm *warm, int64_t request);

typedef struct StandingWarmFamily {
    int64_t request;
    int64_t mark;
    int64_t waiting_days;
} StandingWarmFamily;
/* Who waits, by rising key, in the arena. Returns how many. */
size_t standing_warm_families(Arena *arena, const StandingWarm *warm,
                              const StandingWarmFamily **ret_families);

typedef struct StandingWarmPair {
    int64_t request;
    int64_t offer; /* 0: nobody */
} StandingWarmPair;
typedef struct StandingWarmPrice {
    int64_t offer;
    int64_t points; /* MatchingOffer.price */
} StandingWarmPrice;

typedef struct StandingWarmPlan {
    const StandingWarmPair *pairs; /* of everyone who waits, by rising request */
    size_t pair_count;
    const StandingWarmPrice *prices; /* of every offer, by rising key */
    size_t price_count;
    size_t matched;
    int64_t objective; /* the sum of weights and lots, in 1 / 2^POLICY_LOT_BITS_LEAST */
    int64_t bound;     /* equal to it: proved */
    size_t rounds;
} StandingWarmPlan;

/* The best plan of now; it lives in the arena. */
StandingWarmPlan standing_warm_settle(Arena *arena, StandingWarm *warm);

#endif
