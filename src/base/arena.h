/* SPDX-License-Identifier: Apache-2.0 */
/* Memory by lifetime, not by object: everything a request or a job allocates dies together.
 *
 * An arena hands out zeroed memory from chunks it keeps. There is no free for a single object; arena_reset()
 * gives everything back at once and keeps up to a mebibyte for the next request. Every arena has a maximum:
 * going past it is fail(FAIL_MEMORY), so no request can eat the machine.
 *
 * What is not memory (a statement, a file) registers a cleanup when it is acquired; cleanups run at reset,
 * last registered first, also when the work ended in fail(). A cleanup must not fail().
 *
 * Invariants: memory is zeroed, aligned to 16 bytes, valid until reset or free. */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

typedef struct Arena Arena;
typedef void ArenaCleanup(void *context);

/* A new arena that will hold at most maximum bytes. Lives until arena_free(). */
Arena *arena_new(size_t maximum);

/* The same, for what is needed meanwhile: ends with its owner's lifetime at the latest, so that nothing stays
 * when the work leaves by fail(). arena_free() may end it earlier. */
Arena *arena_new_within(Arena *owner, size_t maximum);

/* Runs the cleanups and gives all memory of this lifetime back; the arena can be used again. */
void arena_reset(Arena *arena);

/* arena_reset(), then gives the chunks back to the system. */
void arena_free(Arena *arena);

/* size zeroed bytes; never NULL. fail(FAIL_MEMORY) past the maximum. size 0 is allowed. */
void *arena_get(Arena *arena, size_t size);

/* The same for count objects of size bytes; an overflow of the product is fail(FAIL_MEMORY). */
void *arena_get_many(Arena *arena, size_t count, size_t size);

/* Calls cleanup(context) when this lifetime ends. When there is no room to remember that, calls it at once
 * and leaves with fail(FAIL_MEMORY): what was acquired never leaks. */
void arena_at_end(Arena *arena, ArenaCleanup *cleanup, void *context);

/* Bytes handed out in this lifetime. */
size_t arena_used(const Arena *arena);

/* Tests only: the nth allocation from now on (1 = the next) fails; 0 switches the fault off. */
void arena_fail_nth(size_t nth);

#define NEW(arena, Type) ((Type *)arena_get((arena), sizeof(Type)))
#define NEW_MANY(arena, count, Type) ((Type *)arena_get_many((arena), (count), sizeof(Type)))

#endif
