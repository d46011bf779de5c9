/* SPDX-License-Identifier: Apache-2.0 */
/* Buckets kept as one number each: the moment at which the bucket will have drained (GCRA), moved by compare
 * and swap, so that a worker that dies in the middle leaves no lock behind. */
#include "platform/http/limits.h"

#include "base/fail.h"

#include <sodium.h>
#include <stdatomic.h>
#include <sys/mman.h>

enum { SLOTS = 32 * 1024, PROBES = 8 };

typedef struct Slot {
    atomic_uint_fast64_t key;       /* 0: free */
    atomic_int_fast64_t drained_at; /* monotonic microseconds */
} Slot;

struct Limits {
    unsigned char secret[crypto_shorthash_KEYBYTES];
    Slot slots[SLOTS];
};

static const struct {
    int64_t every_us; /* one request's worth */
    int64_t burst;
} rules[LIMIT_COUNT] = {
    [LIMIT_PAGE_BLOCK] = {.every_us = TIME_SECOND / 40, .burst = 400},
    [LIMIT_POST_STRANGER] = {.every_us = 2 * TIME_SECOND, .burst = 60},
    [LIMIT_PAGE_PERSON] = {.every_us = TIME_SECOND / 10, .burst = 200},
    [LIMIT_RECORD_SAME] = {.every_us = TIME_MINUTE, .burst = 1},
    [LIMIT_RECORD_PERSON] = {.every_us = 2 * TIME_SECOND, .burst = 60},
    [LIMIT_RECORD_ALL] = {.every_us = TIME_SECOND, .burst = 200},
    [LIMIT_POST_PERSON] = {.every_us = TIME_SECOND / 2, .burst = 60},
    [LIMIT_SIGN_IN] = {.every_us = 5 * TIME_SECOND, .burst = 30},
    [LIMIT_SIGN_IN_ALL] = {.every_us = TIME_SECOND / 30, .burst = 600},
    [LIMIT_ASK] = {.every_us = 3 * TIME_SECOND, .burst = 60},
    [LIMIT_IMPORT] = {.every_us = 10 * TIME_SECOND, .burst = 12},
    [LIMIT_SEARCH] = {.every_us = TIME_SECOND, .burst = 40},
    [LIMIT_DOWNLOAD] = {.every_us = 5 * TIME_SECOND, .burst = 20},
    [LIMIT_CALENDAR] = {.every_us = TIME_SECOND, .burst = 200},
};

Limits *limits_new(void) {
    void *memory = mmap(NULL, sizeof(Limits), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        fail(FAIL_MEMORY, "cannot map memory for the rate limits");
    }
    Limits *limits = memory;
    randombytes_buf(limits->secret, sizeof limits->secret);
    return limits;
}

/* The bucket's own slot, a free or drained one, or the least loaded of those in reach. */
static Slot *slot_find(Limits *limits, uint64_t key, int64_t now) {
    Slot *best = NULL;
    int64_t best_drained = INT64_MAX;
    for (size_t probe = 0; probe < PROBES; probe++) {
        Slot *slot = &limits->slots[(key + probe) % SLOTS];
        if (atomic_load(&slot->key) == key) {
            return slot;
        }
        const int64_t drained = atomic_load(&slot->drained_at);
        if (drained < best_drained) {
            best_drained = drained;
            best = slot;
        }
    }
    atomic_store(&best->key, key);
    atomic_store(&best->drained_at, now);
    return best;
}

bool limits_take(Limits *limits, LimitClass class, Str who, Time monotonic, int *ret_wait_seconds) {
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t key = 0;
    crypto_shorthash(hash, (const unsigned char *)who.at, who.length, limits->secret);
    memcpy(&key, hash, sizeof key);
    key = (key ^ ((uint64_t) class << 56)) | 1;
    Slot *slot = slot_find(limits, key, monotonic.us);
    const int64_t every = rules[class].every_us;
    const int64_t most = rules[class].burst * every;
    int64_t before = atomic_load(&slot->drained_at);
    for (;;) {
        const int64_t start = before > monotonic.us ? before : monotonic.us;
        const int64_t after = start + every;
        if (after - monotonic.us > most) {
            *ret_wait_seconds = (int)((after - monotonic.us - most) / TIME_SECOND) + 1;
            return false;
        }
        if (atomic_compare_exchange_weak(&slot->drained_at, &before, after)) {
            return true;
        }
    }
}
