/* SPDX-License-Identifier: Apache-2.0 */
/* Texts already seen, each with the line where it stood first: for finding repeated rows, mails and phones.
 *
 * Sized once; lives in the arena that made it. Keys must outlive it. */
#ifndef IMPORT_INDEX_H
#define IMPORT_INDEX_H

#include "base/str.h"

typedef struct ImportIndex {
    struct ImportIndexSlot *slots;
    size_t mask;
    size_t left; /* how many more keys fit */
} ImportIndex;

/* Room for `most` different keys. */
ImportIndex import_index_new(Arena *arena, size_t most);

/* The line of the first equal key, or 0 when this is the first, which is remembered with `line` (not 0). */
int64_t import_index_add(ImportIndex *index, Str key, int64_t line);

/* The line of the first equal key; 0 when there is none. */
int64_t import_index_find(const ImportIndex *index, Str key);

#endif
