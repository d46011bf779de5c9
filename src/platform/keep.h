/* SPDX-License-Identifier: Apache-2.0 */
/* What one process keeps between its requests because making it again would take too long.
 *
 * Everything in here is derived from the database and can be made again at any moment: whoever looks must
 * be ready to find nothing. It never holds what a person wrote in words, and no name: only keys, numbers
 * and bits. Nothing in here is shared with another process, so each finds out for itself, from the
 * database, whether what it keeps is still true (a version number read in the same transaction as what is
 * made from it).
 *
 * An entry is named by its kind (the address of a constant) and a key, usually a program's id. It lives in
 * an arena of its own. Making one is two steps: keep_begin() drops what was there, keep_ready() publishes.
 * A fail() in between leaves an entry that keep_find() does not see.
 *
 * Entries are at most KEEP_ENTRIES, and their maxima together at most what keep_new() was told: the one
 * that was looked for longest ago goes first. One Keep a process (worker, jobs, command, test), found
 * through the scope. */
#ifndef KEEP_H
#define KEEP_H

#include "base/arena.h"

#include <stdint.h>

enum { KEEP_ENTRIES = 64 };

typedef struct Keep Keep;

/* One static constant of these for each thing that is kept; its address is what counts. */
typedef struct KeepKind {
    const char *name; /* for people who debug */
} KeepKind;

/* For a process that answers people or works on jobs: room for what programs with some 100,000 supporters
 * need. */
static const size_t KEEP_BYTES = (size_t)512 << 20;

/* Keeps at most `maximum` bytes. fail(FAIL_MEMORY) when the system has none left. Lives until keep_free().
 */
Keep *keep_new(size_t maximum);
void keep_free(Keep *keep);

/* What was published under kind and key, or NULL. It stays until the next keep_begin() or keep_drop(). */
void *keep_find(Keep *keep, const KeepKind *kind, int64_t key);

/* keep_find(), and out of sight until keep_ready() publishes it again: for changing it. After a fail()
 * meanwhile it is not found any more. */
void *keep_take(Keep *keep, const KeepKind *kind, int64_t key);

/* Drops what is under kind and key and gives an empty arena of at most `most` bytes to make it anew in;
 * others are dropped when that is needed for the room, so nothing else that keep_find() gave may be used
 * after it. fail(FAIL_MEMORY) when `most` is more than all there is. */
Arena *keep_begin(Keep *keep, const KeepKind *kind, int64_t key, size_t most);

/* Publishes `thing`, which lives in the arena of the last keep_begin() for this kind and key, or was taken.
 */
void keep_ready(Keep *keep, const KeepKind *kind, int64_t key, void *thing);

/* Forgets it. Nothing happens when it is not there. */
void keep_drop(Keep *keep, const KeepKind *kind, int64_t key);

#endif
