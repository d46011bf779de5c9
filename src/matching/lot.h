/* SPDX-License-Identifier: Apache-2.0 */
/* The lottery that decides between equals in a plan: drawn from a published seed, the same for everyone who
 * repeats it.
 *
 * A pair's weight is its value by the policy (policy_value) and below it, in the lowest bits, its lot:
 *     weight = value x 2^bits + lot,   0 <= lot < 2^bits
 * so that a lot decides only where values are equal. `bits` is policy_lot_bits() of the greatest value of the
 * run: weights then stay within int32. The lot depends on the seed and on the two keys alone, never on the
 * order in which people came or are looked at (splitmix64's finalizer; Steele, Lea & Flood 2014). */
#ifndef LOT_H
#define LOT_H

#include <stdint.h>

/* A family's part of the draw, worked out once for all its pairs. */
uint64_t lot_family(uint64_t seed, int64_t family);

/* The lot of a pair: uniform in [0, 2^bits), bits 0 to 16. */
uint32_t lot_of(uint64_t family_draw, int64_t supporter, unsigned bits);

/* The weight of a pair. value is at least 1 and small enough that the weight fits: what policy_lot_bits() of
 * a value not below it allows. */
int32_t lot_weight(int64_t value, uint64_t family_draw, int64_t supporter, unsigned bits);

#endif
