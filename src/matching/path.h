/* SPDX-License-Identifier: Apache-2.0 */
/* Mends a plan exactly, one family or one place at a time, along the shortest path on which places change
 * hands.
 *
 * A path starts at a family that wants a place and runs over supporters and the families they walk with:
 * each moves on to the next, the last finds a free place or stays alone. Its length is what these moves
 * lose in value; the shortest loses least, and prices on the way rise by what is left of its length, so
 * that everyone on it still has the best there is (successive shortest paths: Kuhn 1955, Munkres 1957;
 * Dijkstra's search on values kept at or above zero: Edmonds & Karp 1972, Tomizawa 1971). A place that came
 * free looks in the other direction.
 *
 * A search reads only what is nearer than its end, so that a small change costs little. */
#ifndef PATH_H
#define PATH_H

#include "base/arena.h"
#include "matching/market.h"

/* Room for searches over one market; lives in an arena, is used again by each search. */
typedef struct Path Path;

/* For as many supporters as `supporters`. fail(FAIL_MEMORY). */
Path *path_new(Arena *arena, uint32_t supporters);

/* Finds the best for a family that is alone, moving others where that is better for all. Before: everyone
 * else who has a partner has the best there is. After: this family too, or it is alone and has nothing
 * above 0. */
void path_place(Path *path, Market *market, uint32_t family);

/* Fills a free place, or lowers prices until it may stay free at 0. Before: every family has the best there
 * is. After: likewise, and the supporter has one free place less, or a price of 0. Needs comers. */
void path_fill(Path *path, Market *market, uint32_t supporter);

/* How often any search has looked at a pair: what the work was. */
uint64_t path_looks(const Path *path);

/* Lowers the prices of a settled market to the least that prove it. Afterwards they are multiples of the
 * scale: what one more place of each supporter would add. */
void path_lower_prices(Path *path, Market *market);

#endif
