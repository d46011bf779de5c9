/* SPDX-License-Identifier: Apache-2.0 */
/* Short lists for many families who look at the same few people.
 *
 * The best three by score alone send everyone to the same supporters: many ask in vain, and others are never
 * seen. So a list holds the best by
 *     score - price - listed_penalty x (listed + pending) / capacity
 * where the price is what one place is worth to all who wait (assignment.h), told in points, and the penalty
 * grows with every open list a supporter stands on and every invitation it has not answered. Lists are made
 * one after another, so that each sees those before it. The score that a family is told is never touched:
 * price and penalty move the order only, and no label of a group is used in either. (Listing penalties:
 * Manshadi, Rodilitz, Saban & Suresh, "Redesigning VolunteerMatch's Search Algorithm", SSRN 4497747. Prices:
 * a family's partner in the best plan is among its best by weight - price, whoever else waits.)
 *
 * A **hold** is soft: a place on an open list counts against others until the family has chosen, gets another
 * list, or the policy's hold_hours are over. It reserves nothing, and a list remains good after its hold.
 * Declining never lowers anyone's score, neither the family's elsewhere nor the supporter's.
 *
 * Families are known by slots, small numbers that the caller gives, one open list each; offers by positions,
 * 0 to congestion_count() - 1, those of pool.h. Hours are counted from any beginning and never go back. */
#ifndef CONGESTION_H
#define CONGESTION_H

#include "matching/pool.h"

typedef struct Congestion Congestion;

enum {
    CONGESTION_LIST_MOST = 10, /* offers on a list */
};

/* Everyone who offers, with the lists and invitations counted in `listed`, `pending` and `load`. The offers
 * are copied; what they and the policy point to must live as long as the result, which lives in the arena. */
Congestion *congestion_new(Arena *arena, const MatchingPolicy *policy, const MatchingOffer *offers,
                           size_t count, size_t slots, uint64_t seed);
size_t congestion_count(const Congestion *congestion);
/* As of now. Valid until the arena ends; its numbers change with what happens. */
const MatchingOffer *congestion_offer(const Congestion *congestion, size_t position);

/* Holds that are over by this hour count no more. */
void congestion_pass_time(Congestion *congestion, int64_t hour);

/* Makes the list of a family in place of the one it had: the best `most` (at most CONGESTION_LIST_MOST), best
 * first, into ret_hits, and holds it from this hour on. Returns how many there are. */
size_t congestion_list(Congestion *congestion, size_t slot, const MatchingRequest *request, int64_t hour,
                       size_t most, PoolHit *ret_hits);

/* The family's list is over: it has chosen, or no longer asks. */
void congestion_close(Congestion *congestion, size_t slot);

/* An invitation takes a place (load) and waits (pending) until it is accepted or declined. False, and nothing
 * is changed, when there is no free place any more: the request was futile. */
bool congestion_invite(Congestion *congestion, size_t position);
void congestion_accept(Congestion *congestion, size_t position);
void congestion_decline(Congestion *congestion, size_t position);
/* Two who walked together have come to an end: a place is free again. */
void congestion_leave(Congestion *congestion, size_t position);

/* Prices every place by the plan (plan.h) for these families with the places that are free now, in points
 * of score. Without families everyone's price is 0. What the plan takes of the scratch arena may be given
 * back. */
void congestion_set_prices(Congestion *congestion, Arena *scratch, const MatchingRequest *requests,
                           size_t count);

/* The lists of a whole waiting list, made one after another in the order of the requests at one time, each
 * with reasons. The offers' own prices are used. In the arena. */
const MatchingResult *congestion_lists(Arena *arena, const MatchingPolicy *policy,
                                       const MatchingOffer *offers, size_t count,
                                       const MatchingRequest *requests, size_t request_count, uint64_t seed,
                                       size_t most);

#endif
