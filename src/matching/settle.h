/* SPDX-License-Identifier: Apache-2.0 */
/* Makes a settled market (market.h) out of an instance: assignment.h tells it, standing.h keeps it. */
#ifndef SETTLE_H
#define SETTLE_H

#include "base/arena.h"
#include "matching/assignment.h"
#include "matching/market.h"

/* How often an auction may look at a pair, on average, before shortest paths take over from wherever it is:
 * some ten times what the hardest instances known need. */
enum { SETTLE_LOOKS = 400 };

/* The best plan at the least prices, with scale 1, whatever `looks` allows the auction. The lists of pairs
 * and the capacities are those of the instance, all else lives in `scratch`, and so does what is no longer
 * needed. */
Market settle_instance(Arena *scratch, const AssignmentInstance *instance, uint32_t looks);

#endif
