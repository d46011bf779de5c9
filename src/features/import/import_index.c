/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing at most half full, FNV-1a. */
#include "features/import/import_index.h"

#include <assert.h>

typedef struct ImportIndexSlot {
    Str key;
    int64_t line; /* 0: free */
} Slot;

ImportIndex import_index_new(Arena *arena, size_t most) {
    size_t size = 16;
    while (size < 2 * most) {
        size *= 2;
    }
    return (ImportIndex){.slots = NEW_MANY(arena, size, Slot), .mask = size - 1, .left = most};
}

static uint64_t hash(Str key) {
    uint64_t value = UINT64_C(0xCBF29CE484222325);
    for (size_t at = 0; at < key.length; at++) {
        value = (value ^ (unsigned char)key.at[at]) * UINT64_C(0x100000001B3);
    }
    return value ^ (value >> 32);
}

/* The slot that holds the key, or the free one where it belongs. */
static Slot *slot_of(const ImportIndex *index, Str key) {
    size_t at = (size_t)hash(key) & index->mask;
    while (index->slots[at].line != 0 && !str_equal(index->slots[at].key, key)) {
        at = (at + 1) & index->mask;
    }
    return &index->slots[at];
}

int64_t import_index_add(ImportIndex *index, Str key, int64_t line) {
    assert(line != 0);
    Slot *slot = slot_of(index, key);
    if (slot->line != 0) {
        return slot->line;
    }
    assert(index->left > 0);
    index->left--;
    *slot = (Slot){.key = key, .line = line};
    return 0;
}

int64_t import_index_find(const ImportIndex *index, Str key) {
    return slot_of(index, key)->line;
}
