/* SPDX-License-Identifier: Apache-2.0 */
/* Chunked bump allocation with cleanups. */
#include "base/arena.h"

#include "base/fail.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>

enum { ALIGNMENT = 16, CHUNK_BYTES = 64 * 1024 };

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
    size_t used;
    size_t maximum;
};

static size_t fail_countdown;

void arena_fail_nth(size_t nth) {
    fail_countdown = nth;
}

static Chunk *chunk_new(size_t size) {
    Chunk *chunk = malloc(sizeof(Chunk) + size);
    if (chunk == NULL) {
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    *chunk = (Chunk){.size = size};
    return chunk;
}

Arena *arena_new(size_t maximum) {
    Arena *arena = calloc(1, sizeof(Arena));
    if (arena == NULL) {
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    arena->maximum = maximum;
    return arena;
}

void arena_reset(Arena *arena) {
    while (arena->cleanups != NULL) {
        Cleanup *cleanup = arena->cleanups;
        arena->cleanups = cleanup->next;
        cleanup->run(cleanup->context);
    }
    /* Oversized chunks served one large request; keeping them would let one visitor fix the worker's size. */
    Chunk **link = &arena->first;
    while (*link != NULL) {
        Chunk *chunk = *link;
        if (chunk->size > CHUNK_BYTES) {
            *link = chunk->next;
            free(chunk);
            continue;
        }
        chunk->used = 0;
        link = &chunk->next;
    }
    arena->current = arena->first;
    arena->used = 0;
}

void arena_free(Arena *arena) {
    arena_reset(arena);
    while (arena->first != NULL) {
        Chunk *chunk = arena->first;
        arena->first = chunk->next;
        free(chunk);
    }
    free(arena);
}

/* The first chunk from the current one on with room for size bytes, or a new one behind the current. */
static Chunk *chunk_with_room(Arena *arena, size_t size) {
    for (Chunk *chunk = arena->current; chunk != NULL; chunk = chunk->next) {
        if (chunk->size - chunk->used >= size) {
            return chunk;
        }
    }
    Chunk *chunk = chunk_new(size > CHUNK_BYTES ? size : CHUNK_BYTES);
    if (arena->current == NULL) {
        chunk->next = arena->first;
        arena->first = chunk;
    } else {
        chunk->next = arena->current->next;
        arena->current->next = chunk;
    }
    return chunk;
}

void *arena_get(Arena *arena, size_t size) {
    if (fail_countdown > 0 && --fail_countdown == 0) {
        fail(FAIL_MEMORY, "an allocation failed on purpose");
    }
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (rounded < size || rounded > arena->maximum - arena->used) {
        fail(FAIL_MEMORY, "arena is full: %zu bytes used of %zu, %zu more asked for", arena->used, arena->maximum,
             size);
    }
    Chunk *chunk = chunk_with_room(arena, rounded);
    void *memory = chunk->bytes + chunk->used;
    chunk->used += rounded;
    arena->used += rounded;
    if (chunk->size <= CHUNK_BYTES) {
        arena->current = chunk;
    }
    return memset(memory, 0, size);
}

void *arena_get_many(Arena *arena, size_t count, size_t size) {
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        fail(FAIL_MEMORY, "%zu objects of %zu bytes are more than memory can hold", count, size);
    }
    return arena_get(arena, bytes);
}

void arena_at_end(Arena *arena, ArenaCleanup *run, void *context) {
    Cleanup *cleanup = NEW(arena, Cleanup);
    *cleanup = (Cleanup){.next = arena->cleanups, .run = run, .context = context};
    arena->cleanups = cleanup;
}

size_t arena_used(const Arena *arena) {
    return arena->used;
}
