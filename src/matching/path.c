/* SPDX-License-Identifier: Apache-2.0 */
/* Shortest paths on which places change hands, from a family, from a place, and from nobody at all. */
#include "matching/path.h"

#include <assert.h>
#include <stdbool.h>

static const uint32_t UNSEEN = UINT32_MAX;
static const uint32_t DONE = UINT32_MAX - 1;

/* A step onto a supporter: this family comes (place) or goes (fill), with a pair of this weight. */
typedef struct PathStep {
    uint32_t family;
    uint32_t supporter; /* fill: where the family goes */
    int32_t weight;
} PathStep;

struct Path {
    uint32_t *position; /* by supporter: in the heap, or UNSEEN, or DONE; all UNSEEN between searches */
    int64_t *distance;  /* by supporter, valid where seen */
    int64_t *least;     /* by supporter: the price that is left, while prices are lowered */
    PathStep *step;     /* by supporter */
    uint32_t *heap;     /* supporters, the nearest at the root */
    uint32_t heap_count;
    uint32_t *done; /* supporters, nearest first */
    uint32_t done_count;
    uint64_t looks; /* of all searches */
};

Path *path_new(Arena *arena, uint32_t supporters) {
    Path *path = NEW(arena, Path);
    path->position = NEW_MANY(arena, supporters, uint32_t);
    path->distance = NEW_MANY(arena, supporters, int64_t);
    path->least = NEW_MANY(arena, supporters, int64_t);
    path->step = NEW_MANY(arena, supporters, PathStep);
    path->heap = NEW_MANY(arena, supporters, uint32_t);
    path->done = NEW_MANY(arena, supporters, uint32_t);
    for (uint32_t supporter = 0; supporter < supporters; supporter++) {
        path->position[supporter] = UNSEEN;
    }
    return path;
}

uint64_t path_looks(const Path *path) {
    return path->looks;
}

/* ---- the heap of supporters that were seen ---- */

static void heap_put(Path *path, uint32_t at, uint32_t supporter) {
    path->heap[at] = supporter;
    path->position[supporter] = at;
}

/* Moves a supporter from a place that it may be too near for towards the root. */
static void heap_rise(Path *path, uint32_t at, uint32_t supporter) {
    const int64_t distance = path->distance[supporter];
    while (at > 0) {
        const uint32_t above = (at - 1) / 2;
        if (path->distance[path->heap[above]] <= distance) {
            break;
        }
        heap_put(path, at, path->heap[above]);
        at = above;
    }
    heap_put(path, at, supporter);
}

static void heap_sink(Path *path, uint32_t at, uint32_t supporter) {
    const int64_t distance = path->distance[supporter];
    for (uint32_t below = 2 * at + 1; below < path->heap_count; below = 2 * at + 1) {
        if (below + 1 < path->heap_count &&
            path->distance[path->heap[below + 1]] < path->distance[path->heap[below]]) {
            below++;
        }
        if (path->distance[path->heap[below]] >= distance) {
            break;
        }
        heap_put(path, at, path->heap[below]);
        at = below;
    }
    heap_put(path, at, supporter);
}

/* Takes the nearest away; it is done. */
static uint32_t heap_take(Path *path) {
    const uint32_t nearest = path->heap[0];
    const uint32_t last = path->heap[--path->heap_count];
    if (path->heap_count > 0) {
        heap_sink(path, 0, last);
    }
    path->position[nearest] = DONE;
    path->done[path->done_count++] = nearest;
    return nearest;
}

/* Forgets everyone that was seen. */
static void search_end(Path *path) {
    for (uint32_t at = 0; at < path->heap_count; at++) {
        path->position[path->heap[at]] = UNSEEN;
    }
    for (uint32_t at = 0; at < path->done_count; at++) {
        path->position[path->done[at]] = UNSEEN;
    }
    path->heap_count = 0;
    path->done_count = 0;
}

/* Whether this is the shortest way to a supporter so far; then it waits in the heap at that distance. */
static bool search_reach(Path *path, uint32_t supporter, int64_t distance) {
    uint32_t at = path->heap_count;
    if (path->position[supporter] == UNSEEN) {
        path->heap_count++;
    } else if (distance < path->distance[supporter]) {
        at = path->position[supporter];
    } else {
        return false;
    }
    path->distance[supporter] = distance;
    heap_rise(path, at, supporter);
    return true;
}

/* Asks memory for the pairs of all who walk with a supporter. */
static void families_expect(const Market *market, uint32_t supporter) {
    for (uint32_t family = market->head[supporter]; family != MARKET_NONE; family = market->next[family]) {
        market_expect(market, family);
    }
}

/* ---- a family looks for a place ---- */

typedef struct PathEnd {
    int64_t distance;
    uint32_t family;    /* who stays alone, or MARKET_NONE */
    uint32_t supporter; /* where a place is free, or the price may be 0 */
    int32_t weight;
} PathEnd;

/* What a family can do that came to look at a distance, being content with `value`. */
static void place_look(Path *path, const Market *market, uint32_t family, int64_t distance, int64_t value,
                       PathEnd *end) {
    if (distance + value < end->distance) {
        *end = (PathEnd){.distance = distance + value, .family = family, .supporter = MARKET_NONE};
    }
    const uint32_t partner = market->partner[family];
    path->looks += market->end[family] - market->begin[family];
    for (uint32_t pair = market->begin[family]; pair < market->end[family]; pair++) {
        const uint32_t supporter = market->supporter[pair];
        const int32_t weight = market->weight[pair];
        const int64_t there = distance + value + market->price[supporter] - (int64_t)weight * market->scale;
        if (there >= end->distance || supporter == partner || !search_reach(path, supporter, there)) {
            continue;
        }
        path->step[supporter] = (PathStep){.family = family, .weight = weight};
        if (market->held[supporter] < market->capacity[supporter]) {
            *end = (PathEnd){.distance = there, .family = MARKET_NONE, .supporter = supporter};
        }
    }
}

/* Everyone on the way to the end moves, the last first. */
static void place_move(Path *path, Market *market, uint32_t family, const PathEnd *end) {
    uint32_t supporter = end->supporter;
    if (supporter == MARKET_NONE) {
        if (end->family == family) {
            return;
        }
        supporter = market->partner[end->family];
        market_leave(market, end->family);
    }
    for (;;) {
        const PathStep step = path->step[supporter];
        const uint32_t before = market->partner[step.family];
        if (before != MARKET_NONE) {
            market_leave(market, step.family);
        }
        market_join(market, step.family, supporter, step.weight);
        if (step.family == family) {
            return;
        }
        supporter = before;
    }
}

void path_place(Path *path, Market *market, uint32_t family) {
    const int64_t value = market_best(market, family);
    PathEnd end = {.distance = value, .family = family, .supporter = MARKET_NONE};
    place_look(path, market, family, 0, value, &end);
    while (path->heap_count > 0 && path->distance[path->heap[0]] < end.distance) {
        const uint32_t supporter = heap_take(path);
        const int64_t distance = path->distance[supporter];
        families_expect(market, supporter);
        for (uint32_t other = market->head[supporter]; other != MARKET_NONE; other = market->next[other]) {
            place_look(path, market, other, distance, market_has(market, other), &end);
        }
    }
    for (uint32_t at = 0; at < path->done_count; at++) {
        market->price[path->done[at]] += end.distance - path->distance[path->done[at]];
    }
    place_move(path, market, family, &end);
    search_end(path);
}

/* ---- a place looks for a family ---- */

/* Who could come to a supporter at a distance. */
static void fill_look(Path *path, const Market *market, uint32_t supporter, int64_t distance, PathEnd *end) {
    const int64_t price = market->price[supporter];
    if (distance + price < end->distance) {
        *end = (PathEnd){.distance = distance + price, .family = MARKET_NONE, .supporter = supporter};
    }
    path->looks += market->comer_end[supporter] - market->comer_begin[supporter];
    for (uint32_t at = market->comer_begin[supporter]; at < market->comer_end[supporter]; at++) {
        const uint32_t family = market->comer[at].family;
        const uint32_t partner = market->partner[family];
        const int32_t weight = market->comer[at].weight;
        const int64_t there = distance + price - (int64_t)weight * market->scale + market_has(market, family);
        if (there >= end->distance || partner == supporter) {
            continue;
        }
        if (partner == MARKET_NONE) {
            *end = (PathEnd){.distance = there, .family = family, .supporter = supporter, .weight = weight};
        } else if (search_reach(path, partner, there)) {
            path->step[partner] = (PathStep){.family = family, .supporter = supporter, .weight = weight};
        }
    }
}

/* Everyone on the way from the end moves one supporter nearer; the last of them takes the free place. */
static void fill_move(const Path *path, Market *market, uint32_t free, const PathEnd *end) {
    PathStep in = {.family = end->family, .supporter = end->supporter, .weight = end->weight};
    while (in.supporter != free) {
        const PathStep out = path->step[in.supporter];
        market_leave(market, out.family);
        if (in.family != MARKET_NONE) {
            market_join(market, in.family, in.supporter, in.weight);
        }
        in = out;
    }
    if (in.family != MARKET_NONE) {
        market_join(market, in.family, in.supporter, in.weight);
    }
}

void path_fill(Path *path, Market *market, uint32_t supporter) {
    assert(market->held[supporter] < market->capacity[supporter]);
    PathEnd end = {.distance = INT64_MAX};
    search_reach(path, supporter, 0);
    while (path->heap_count > 0 && path->distance[path->heap[0]] < end.distance) {
        const uint32_t nearest = heap_take(path);
        fill_look(path, market, nearest, path->distance[nearest], &end);
    }
    for (uint32_t at = 0; at < path->done_count; at++) {
        market->price[path->done[at]] -= end.distance - path->distance[path->done[at]];
    }
    fill_move(path, market, supporter, &end);
    search_end(path);
}

/* ---- the least prices ---- */

/* No supporter may become so cheap that this family, content with `value`, would rather be there. */
static void lower_look(Path *path, const Market *market, uint32_t family, int64_t value) {
    const uint32_t end = market->end[family];
    for (uint32_t pair = market->begin[family]; pair < end; pair++) {
        const uint32_t supporter = market->supporter[pair];
        const int64_t least = market->weight[pair] * market->scale - value;
        if (least > path->least[supporter]) {
            path->least[supporter] = least;
            search_reach(path, supporter, market->price[supporter] - least);
        }
    }
}

/* Each price may fall by the length of the shortest path to it: from 0, from a family that is alone and
 * must not want the place, or from another supporter whose family must not want to change. */
void path_lower_prices(Path *path, Market *market) {
    for (uint32_t supporter = 0; supporter < market->supporters; supporter++) {
        path->least[supporter] = 0;
        search_reach(path, supporter, market->price[supporter]);
    }
    for (uint32_t family = 0; family < market->families; family++) {
        if (market->partner[family] == MARKET_NONE) {
            lower_look(path, market, family, 0);
        }
    }
    while (path->heap_count > 0) {
        const uint32_t supporter = heap_take(path);
        families_expect(market, path->heap_count > 0 ? path->heap[0] : supporter);
        for (uint32_t family = market->head[supporter]; family != MARKET_NONE;
             family = market->next[family]) {
            lower_look(path, market, family, path->distance[supporter] + market_has(market, family));
        }
    }
    memcpy(market->price, path->least, market->supporters * sizeof(market->price[0]));
    search_end(path);
}
