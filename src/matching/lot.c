/* SPDX-License-Identifier: Apache-2.0 */
/* Draws lots by mixing the seed with two keys. */
#include "matching/lot.h"

#include <assert.h>

enum { BITS_MOST = 16 };

static uint64_t mixed(uint64_t value) {
    value += UINT64_C(0x9E3779B97F4A7C15);
    value = (value ^ (value >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94D049BB133111EB);
    return value ^ (value >> 31);
}

uint64_t lot_family(uint64_t seed, int64_t family) {
    return mixed(mixed(seed) ^ (uint64_t)family);
}

uint32_t lot_of(uint64_t family_draw, int64_t supporter, unsigned bits) {
    assert(bits <= BITS_MOST);
    /* The finalizer's highest bits, which depend on every bit of both. */
    return (uint32_t)(mixed(family_draw ^ (uint64_t)supporter) >> 32 >> (32 - bits));
}

int32_t lot_weight(int64_t value, uint64_t family_draw, int64_t supporter, unsigned bits) {
    assert(value >= 1 && value <= INT32_MAX >> bits);
    return (int32_t)(value << bits | (int64_t)lot_of(family_draw, supporter, bits));
}
