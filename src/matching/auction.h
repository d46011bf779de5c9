/* SPDX-License-Identifier: Apache-2.0 */
/* A market made by bidding: nearly the best plan, in far less time than the best.
 *
 * Families bid for the place they value most, by as much as it is worth to them above the next best;
 * whoever is outbid bids again. With steps of at least epsilon, everyone ends within epsilon of the best
 * there is (Bertsekas 1979, 1988). The places of one supporter are alike, so that a bid is measured against
 * the next best supporter, and the lowest bid held is the price (Bertsekas & Castanon 1989). Then
 * supporters with a free place and a price above 0 bid for families by lowering it (Bertsekas, Castanon &
 * Tsaknakis 1993). Epsilon falls from round to round, each round beginning with about the
 * prices of the last: without that, two who want the same place push its price up by the smallest step for
 * ever. */
#ifndef AUCTION_H
#define AUCTION_H

#include "base/arena.h"
#include "matching/market.h"

#include <stdbool.h>

typedef struct Auction Auction;

/* Before: nobody has a partner. `dearest` is the greatest weight, at least 1. `looks` at pairs are what all
 * rounds together may take: a war of prices ends there. Lives in `scratch`, as does what it needs. */
Auction *auction_new(Arena *scratch, Market *market, int32_t dearest, uint64_t looks);

/* Runs rounds from the plan and the prices that the market has. Afterwards everyone is within a small
 * epsilon of the best there is; or the looks are used up, and anyone may be anywhere, but what path.h needs
 * holds: no supporter is over capacity and no price below 0. True: another run would come nearer. */
bool auction_run(Auction *auction);

#endif
