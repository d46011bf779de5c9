/* SPDX-License-Identifier: Apache-2.0 */
/* Chunked bump allocation with cleanups. */
#include "base/arena.h"

#include "base/fail.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>

/* KEPT_CHUNKS: what an arena holds on to between requests, one mebibyte. LARGE_BYTES: worth giving back to
 * the system at once. */
enum { ALIGNMENT = 16, CHUNK_BYTES = 64 * 1024, KEPT_CHUNKS = 16, LARGE_BYTES = 8 * 1024 * 1024 };

typedef struct Chunk {
    struct Chunk *next;
    size_t size; /* bytes after this header */
    size_t used;
    alignas(ALIGNMENT) unsigned char bytes[];
} Chunk;

typedef struct Cleanup {
    struct Cleanup *next;
    ArenaCleanup *run;
    void *context;
} Cleanup;

struct Arena {
    Chunk *first;
    Chunk *current;
    Cleanup *cleanups;
    Cleanup *within; /* its own end among the owner's cleanups; NULL: nobody's */
    size_t used;
    size_t maximum;
};

static size_t fail_countdown;

void arena_fail_nth(size_t nth) {
    fail_countdown = nth;
}

/* NULL when the system has no memory left. */
static Chunk *chunk_new(size_t size) {
    size_t whole = 0;
    if (__builtin_add_overflow(sizeof(Chunk), size, &whole)) {
        return NULL;
    }
    Chunk *chunk = malloc(whole);
    if (chunk != NULL) {
        *chunk = (Chunk){.size = size};
    }
    return chunk;
}

Arena *arena_new(size_t maximum) {
    Arena *arena = calloc(1, sizeof(Arena));
    if (arena == NULL) { /* not covered: takes a machine without memory */
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    arena->maximum = maximum;
    return arena;
}

static void within_end(void *context) {
    if (context != NULL) { /* not ended before */
        arena_free(context);
    }
}

Arena *arena_new_within(Arena *owner, size_t maximum) {
    Arena *arena = arena_new(maximum);
    arena_at_end(owner, within_end, arena);
    arena->within = owner->cleanups;
    return arena;
}

void arena_reset(Arena *arena) {
    while (arena->cleanups != NULL) {
        Cleanup *cleanup = arena->cleanups;
        arena->cleanups = cleanup->next;
        cleanup->run(cleanup->context);
    }
    /* Oversized chunks, and more than a usual request needs, served one large request; keeping them would let
     * one visitor fix the worker's size. */
    size_t kept = 0;
    Chunk **link = &arena->first;
    while (*link != NULL) {
        Chunk *chunk = *link;
        if (chunk->size > CHUNK_BYTES || kept == KEPT_CHUNKS) {
            *link = chunk->next;
            free(chunk);
            continue;
        }
        kept++;
        chunk->used = 0;
        link = &chunk->next;
    }
    arena->current = arena->first;
    arena->used = 0;
}

void arena_free(Arena *arena) {
    const bool was_large = arena->used >= LARGE_BYTES;
    if (arena->within != NULL) {
        arena->within->context = NULL;
    }
    arena_reset(arena);
    while (arena->first != NULL) {
        Chunk *chunk = arena->first;
        arena->first = chunk->next;
        free(chunk);
    }
    free(arena);
#ifdef __GLIBC__
    /* A long spreadsheet takes a worker's memory for a moment, not for the rest of its life. */
    if (was_large) {
        (void)malloc_trim(0);
    }
#else
    (void)was_large;
#endif
}

/* The first chunk from the current one on with room for size bytes, or a new one behind the current;
 * NULL when the system has no memory left. */
static Chunk *chunk_with_room(Arena *arena, size_t size) {
    for (Chunk *chunk = arena->current; chunk != NULL; chunk = chunk->next) {
        if (chunk->size - chunk->used >= size) {
            return chunk;
        }
    }
    Chunk *chunk = chunk_new(size > CHUNK_BYTES ? size : CHUNK_BYTES);
    if (chunk == NULL) {
        return NULL;
    }
    if (arena->current == NULL) {
        chunk->next = arena->first;
        arena->first = chunk;
    } else {
        chunk->next = arena->current->next;
        arena->current->next = chunk;
    }
    return chunk;
}

/* arena_get() without the fail(): NULL, and why in *ret_reason. */
static void *arena_try(Arena *arena, size_t size, const char **ret_reason) {
    if (fail_countdown > 0 && --fail_countdown == 0) {
        *ret_reason = "an allocation failed on purpose";
        return NULL;
    }
    const size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (rounded < size || rounded > arena->maximum - arena->used) {
        *ret_reason = "the arena is full";
        return NULL;
    }
    Chunk *chunk = chunk_with_room(arena, rounded);
    if (chunk == NULL) {
        *ret_reason = "the system has no memory left";
        return NULL;
    }
    void *memory = chunk->bytes + chunk->used;
    chunk->used += rounded;
    arena->used += rounded;
    if (chunk->size <= CHUNK_BYTES) {
        arena->current = chunk;
    }
    return memset(memory, 0, size);
}

_Noreturn static void fail_full(const Arena *arena, size_t size, const char *reason) {
    fail(FAIL_MEMORY, "%s: %zu bytes used of %zu, %zu more asked for", reason, arena->used, arena->maximum,
         size);
}

void *arena_get(Arena *arena, size_t size) {
    const char *reason = NULL;
    void *memory = arena_try(arena, size, &reason);
    if (memory == NULL) {
        fail_full(arena, size, reason);
    }
    return memory;
}

void *arena_get_many(Arena *arena, size_t count, size_t size) {
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        fail(FAIL_MEMORY, "%zu objects of %zu bytes are more than memory can hold", count, size);
    }
    return arena_get(arena, bytes);
}

void arena_at_end(Arena *arena, ArenaCleanup *run, void *context) {
    const char *reason = NULL;
    Cleanup *cleanup = arena_try(arena, sizeof(Cleanup), &reason);
    if (cleanup == NULL) {
        run(context); /* nobody else knows of what was just acquired */
        fail_full(arena, sizeof(Cleanup), reason);
    }
    *cleanup = (Cleanup){.next = arena->cleanups, .run = run, .context = context};
    arena->cleanups = cleanup;
}

size_t arena_used(const Arena *arena) {
    return arena->used;
}
