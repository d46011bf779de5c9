/* SPDX-License-Identifier: Apache-2.0 */
/* Everyone who offers, laid out so that the best few for a family are found at the speed of memory.
 *
 * A bit-sliced index: for every item one bit a supporter, side by side (O'Neil & Quass 1997; Rinfret,
 * O'Neil & O'Neil 2001), and price and penalty as numbers cut into bit planes. A request is compiled with
 * its policy into masks and additions over these planes, so that a few words decide over 512 supporters at
 * once. Answers are exactly those of oracle.h, which looks at one offer after the other.
 *
 * A pool lives as long as its arena, is changed in place as people pause, fill up or change their words,
 * and is made anew when someone is new or an item is. Positions are 0 to pool_count() - 1, in an order of the
 * pool's own that stays as long as the pool. It answers one question at a time: not for two threads. */
#ifndef POOL_H
#define POOL_H

#include "matching/model.h"

typedef struct Pool Pool;

/* Offers have unique keys, in any order; what they point to is copied. fail(FAIL_MEMORY) past the arena's
 * maximum; pool_bytes() says beforehand what that must be, and leaves a few bytes in `scratch`. */
Pool *pool_new(Arena *arena, const MatchingPolicy *policy, const MatchingOffer *offers, size_t count);
size_t pool_bytes(Arena *scratch, const MatchingOffer *offers, size_t count);
size_t pool_count(const Pool *pool);

/* Lays this offer over the one of the same key. False, and nothing is changed, when the key or one of its
 * items is new here: make another pool. */
bool pool_change(Pool *pool, const MatchingOffer *offer);

/* The best `most` for a request with reasons, how many each rule removes, and what dropping it would open.
 * The result lives in the arena. */
MatchingResult pool_shortlist(Arena *arena, const Pool *pool, const MatchingRequest *request, uint64_t seed,
                              size_t most);

/* ---- for the solver: positions and numbers only ---- */

typedef struct PoolHit {
    uint32_t position;
    int32_t score; /* without price and penalty */
} PoolHit;

enum { POOL_MOST = 64 };

/* The best `most` (at most POOL_MOST) positions, best first, into ret_hits; returns how many there are.
 * Only the order and the numbers of pool_shortlist(), and nothing else is worked out. */
size_t pool_best(const Pool *pool, const MatchingRequest *request, uint64_t seed, size_t most,
                 PoolHit *ret_hits);

/* Every position that no rule removes and whose score - price > above, by position, `most` at most.
 * Returns how many there are, which may be more than were written. */
size_t pool_above(const Pool *pool, const MatchingRequest *request, int64_t above, size_t most,
                  PoolHit *ret_hits);

/* The place of an offer, or pool_count() where it is not here; and back. */
size_t pool_position(const Pool *pool, int64_t offer);
int64_t pool_key(const Pool *pool, size_t position);

/* Another price at a position, between two questions. */
void pool_set_price(Pool *pool, size_t position, int64_t price);

#endif
