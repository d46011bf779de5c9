/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers from the kernel or from xoshiro256**.
 *
 * The kernel is asked each time, without a batch kept here: a batch copied by fork() would hand two workers
 * the same ids and tokens. */
#include "base/random.h"

#include "base/fail.h"

#include <assert.h>
#include <errno.h>
#include <sys/random.h>

static void kernel_bytes(void *bytes, size_t length) {
    unsigned char *place = bytes;
    size_t left = length;
    while (left > 0) {
        const ssize_t got = getrandom(place, left, 0);
        /* Neither branch is covered: both take a kernel that is interrupted or has no such call. */
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            fail(FAIL_IO, "the system gives no random numbers: %s", strerror(errno));
        }
        place += got;
        left -= (size_t)got;
    }
}

Random random_system(void) {
    return (Random){.is_seeded = false};
}

/* SplitMix64, as the authors of xoshiro advise for spreading a small seed over the state. */
static uint64_t splitmix_next(uint64_t *state) {
    *state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t mixed = *state;
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

Random random_seeded(uint64_t seed) {
    Random random = {.is_seeded = true};
    uint64_t spread = seed;
    for (size_t index = 0; index < 4; index++) {
        random.state[index] = splitmix_next(&spread);
    }
    return random;
}

static uint64_t rotate_left(uint64_t word, int count) {
    return word << count | word >> (64 - count);
}

static uint64_t xoshiro_next(uint64_t state[4]) {
    const uint64_t result = rotate_left(state[1] * 5, 7) * 9;
    const uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate_left(state[3], 45);
    return result;
}

uint64_t random_next(Random *random) {
    if (random->is_seeded) {
        return xoshiro_next(random->state);
    }
    uint64_t number = 0;
    kernel_bytes(&number, sizeof number);
    return number;
}

uint64_t random_below(Random *random, uint64_t limit) {
    assert(limit > 0);
    /* Numbers under 2^64 mod limit are thrown away: what remains is a whole multiple of limit. */
    const uint64_t surplus = (0 - limit) % limit;
    for (;;) {
        const uint64_t number = random_next(random);
        if (number >= surplus) {
            return number % limit;
        }
    }
}

int64_t random_id(Random *random) {
    return (int64_t)random_below(random, (uint64_t)INT64_MAX) + 1;
}

void random_bytes(Random *random, void *bytes, size_t length) {
    if (!random->is_seeded) {
        kernel_bytes(bytes, length);
        return;
    }
    unsigned char *place = bytes;
    uint64_t word = 0;
    for (size_t index = 0; index < length; index++) {
        /* Lowest byte first by arithmetic, so that the sequence is the same on every machine. */
        word = index % 8 == 0 ? xoshiro_next(random->state) : word >> 8;
        place[index] = (unsigned char)(word & 0xFF);
    }
}
