/* SPDX-License-Identifier: Apache-2.0 */
/* The one arena of a file of tests: arena_begin() as its setup, arena_end() as its teardown, around each test
 * or around all. Include test/unit.h first. */
#ifndef ONE_ARENA_H
#define ONE_ARENA_H

#include "base/arena.h"

static Arena *arena;

static inline int arena_begin(void **state) {
    (void)state;
    arena = arena_new(SIZE_MAX);
    return 0;
}

static inline int arena_end(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

#endif
