/* SPDX-License-Identifier: Apache-2.0 */
/* A handful of places, looked through one by one; a clock that ticks with each look says which is oldest.
 */
#include "platform/keep.h"

#include "base/fail.h"

#include <assert.h>
#include <stdlib.h>

typedef struct Place {
    const KeepKind *kind; /* NULL: empty */
    int64_t key;
    Arena *arena;
    size_t most;   /* the arena's maximum: what this place counts for */
    void *thing;   /* NULL while it is being made */
    uint64_t seen; /* the clock at its last look */
} Place;

struct Keep {
    size_t maximum;
    uint64_t clock;
    Place places[KEEP_ENTRIES];
};

Keep *keep_new(size_t maximum) {
    Keep *keep = calloc(1, sizeof(Keep));
    if (keep == NULL) { /* not covered: takes a machine without memory */
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    keep->maximum = maximum;
    return keep;
}

static void empty(Place *place) {
    if (place->kind != NULL) {
        arena_free(place->arena);
        *place = (Place){0};
    }
}

void keep_free(Keep *keep) {
    for (size_t at = 0; at < KEEP_ENTRIES; at++) {
        empty(&keep->places[at]);
    }
    free(keep);
}

static Place *find(Keep *keep, const KeepKind *kind, int64_t key) {
    for (size_t at = 0; at < KEEP_ENTRIES; at++) {
        if (keep->places[at].kind == kind && keep->places[at].key == key) {
            return &keep->places[at];
        }
    }
    return NULL;
}

void *keep_find(Keep *keep, const KeepKind *kind, int64_t key) {
    Place *place = find(keep, kind, key);
    if (place == NULL) {
        return NULL;
    }
    place->seen = ++keep->clock;
    return place->thing;
}

void *keep_take(Keep *keep, const KeepKind *kind, int64_t key) {
    void *thing = keep_find(keep, kind, key);
    if (thing != NULL) {
        find(keep, kind, key)->thing = NULL;
    }
    return thing;
}

static size_t reserved(const Keep *keep) {
    size_t sum = 0;
    for (size_t at = 0; at < KEEP_ENTRIES; at++) {
        sum += keep->places[at].most;
    }
    return sum;
}

/* The place that was looked for longest ago; NULL when all are empty. */
static Place *oldest(Keep *keep) {
    Place *found = NULL;
    for (size_t at = 0; at < KEEP_ENTRIES; at++) {
        Place *place = &keep->places[at];
        if (place->kind != NULL && (found == NULL || place->seen < found->seen)) {
            found = place;
        }
    }
    return found;
}

static Place *empty_place(Keep *keep) {
    Place *place = find(keep, NULL, 0);
    if (place == NULL) {
        place = oldest(keep);
        empty(place);
    }
    return place;
}

Arena *keep_begin(Keep *keep, const KeepKind *kind, int64_t key, size_t most) {
    keep_drop(keep, kind, key);
    if (most > keep->maximum) {
        fail(FAIL_MEMORY, "%s wants to keep %zu bytes, more than the %zu there are", kind->name, most,
             keep->maximum);
    }
    while (reserved(keep) > keep->maximum - most) {
        empty(oldest(keep));
    }
    Place *place = empty_place(keep);
    Arena *arena = arena_new(most);
    *place = (Place){.kind = kind, .key = key, .arena = arena, .most = most, .seen = ++keep->clock};
    return arena;
}

void keep_ready(Keep *keep, const KeepKind *kind, int64_t key, void *thing) {
    Place *place = find(keep, kind, key);
    assert(place != NULL && thing != NULL && "what is published was begun");
    place->thing = thing;
}

void keep_drop(Keep *keep, const KeepKind *kind, int64_t key) {
    Place *place = find(keep, kind, key);
    if (place != NULL) {
        empty(place);
    }
}
