/* SPDX-License-Identifier: Apache-2.0 */
/* Where random numbers come from: the kernel in a running program, a seed in tests and demo data.
 *
 * Ids, tokens and codes all draw from the scope's Random, so a test that seeds it sees the same ids each run.
 * A seeded Random is predictable by design and must never serve real people. */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Random {
    bool is_seeded;
    uint64_t state[4];
} Random;

/* Draws from the kernel each time, so that it may be copied and carried over fork(). fail(FAIL_IO) without
 * one. */
Random random_system(void);
/* The same sequence for the same seed, on every machine (xoshiro256**; Blackman & Vigna 2018). */
Random random_seeded(uint64_t seed);

uint64_t random_next(Random *random);
/* Uniform in [0, limit); limit > 0. Without modulo bias. */
uint64_t random_below(Random *random, uint64_t limit);
/* A new id: uniform in [1, 2^63). */
int64_t random_id(Random *random);
void random_bytes(Random *random, void *bytes, size_t length);

#endif
