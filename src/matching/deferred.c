/* SPDX-License-Identifier: Apache-2.0 */
/* Families ask from their best pair down; each supporter keeps the best claims, in a heap with the least on
 * top. */
#include "matching/deferred.h"

#include "matching/sorting.h"

typedef struct Asking {
    const AssignmentInstance *instance;
    const int64_t *claim;
    uint64_t *wanted;  /* by pair, in the order in which its family asks: rank and supporter */
    uint32_t *next;    /* by family: what it asks next */
    uint32_t *end;     /* by family: behind what it asks last */
    int32_t *weight;   /* by family: of the pair that it asks for or holds */
    uint32_t *partner; /* by family */
    uint32_t *kept;    /* the heaps, one behind the other: families */
    uint64_t *start;   /* by supporter: of its heap, with one more at the end */
    uint32_t *count;   /* by supporter: families kept */
} Asking;

/* ---- claims and heaps ---- */

static int64_t claim_of(const Asking *asking, uint32_t family) {
    return asking->claim != NULL ? asking->claim[family] : asking->weight[family];
}

static bool has_less(const Asking *asking, uint32_t left, uint32_t right) {
    const int64_t left_claim = claim_of(asking, left);
    const int64_t right_claim = claim_of(asking, right);
    return left_claim != right_claim ? left_claim < right_claim : left > right;
}

static void sift_up(const Asking *asking, uint32_t *heap, uint32_t at) {
    const uint32_t family = heap[at];
    while (at > 0 && has_less(asking, family, heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = family;
}

static void sift_down(const Asking *asking, uint32_t *heap, uint32_t count) {
    const uint32_t family = heap[0];
    uint32_t at = 0;
    for (uint64_t below = 1; below < count; below = 2 * (uint64_t)at + 1) {
        uint32_t least = (uint32_t)below;
        if (least + 1 < count && has_less(asking, heap[least + 1], heap[least])) {
            least++;
        }
        if (!has_less(asking, heap[least], family)) {
            break;
        }
        heap[at] = heap[least];
        at = least;
    }
    heap[at] = family;
}

/* ---- asking ---- */

/* Greater weights first, then lower supporters. */
static uint64_t want(int32_t weight, uint32_t supporter) {
    return (uint64_t)(INT32_MAX - weight) << 32 | supporter;
}

static void rank_pairs(Asking *asking) {
    const AssignmentInstance *instance = asking->instance;
    for (uint32_t family = 0; family < instance->families; family++) {
        const uint32_t first = instance->first[family];
        uint32_t end = first;
        for (uint32_t pair = first; pair < instance->first[family + 1]; pair++) {
            const uint32_t supporter = instance->supporter[pair];
            if (instance->weight[pair] > 0 && instance->capacity[supporter] > 0) {
                asking->wanted[end++] = want(instance->weight[pair], supporter);
                asking->start[supporter + 1]++;
            }
        }
        sorting_rise(asking->wanted + first, end - first);
        asking->next[family] = first;
        asking->end[family] = end;
        asking->partner[family] = ASSIGNMENT_ALONE;
    }
}

/* A supporter keeps no more than it has places, nor than ask it; start[] holds how many those are, one
 * further. */
static void lay_heaps(Arena *arena, Asking *asking) {
    const AssignmentInstance *instance = asking->instance;
    for (uint32_t supporter = 0; supporter < instance->supporters; supporter++) {
        const uint64_t capacity = instance->capacity[supporter];
        const uint64_t asked = asking->start[supporter + 1];
        asking->start[supporter + 1] = asking->start[supporter] + (asked < capacity ? asked : capacity);
    }
    asking->kept = NEW_MANY(arena, asking->start[instance->supporters], uint32_t);
}

/* The family asks one after the other until someone keeps it. Returns who lost a place by that, who asks
 * on, or ASSIGNMENT_ALONE. */
static uint32_t ask_on(Asking *asking, uint32_t family) {
    while (asking->next[family] < asking->end[family]) {
        const uint64_t wanted = asking->wanted[asking->next[family]++];
        const uint32_t supporter = (uint32_t)wanted;
        uint32_t *heap = asking->kept + asking->start[supporter];
        const uint32_t room = (uint32_t)(asking->start[supporter + 1] - asking->start[supporter]);
        asking->weight[family] = INT32_MAX - (int32_t)(wanted >> 32);
        if (asking->count[supporter] < room) {
            heap[asking->count[supporter]] = family;
            sift_up(asking, heap, asking->count[supporter]++);
            asking->partner[family] = supporter;
            return ASSIGNMENT_ALONE;
        }
        const uint32_t least = heap[0];
        if (has_less(asking, least, family)) {
            heap[0] = family;
            sift_down(asking, heap, room);
            asking->partner[family] = supporter;
            asking->partner[least] = ASSIGNMENT_ALONE;
            return least;
        }
    }
    return ASSIGNMENT_ALONE;
}

DeferredPlan deferred_solve(Arena *arena, const AssignmentInstance *instance, const int64_t *claim) {
    Asking asking = {
        .instance = instance,
        .claim = claim,
        .wanted = NEW_MANY(arena, instance->first[instance->families], uint64_t),
        .next = NEW_MANY(arena, instance->families, uint32_t),
        .end = NEW_MANY(arena, instance->families, uint32_t),
        .weight = NEW_MANY(arena, instance->families, int32_t),
        .partner = NEW_MANY(arena, instance->families, uint32_t),
        .start = NEW_MANY(arena, (size_t)instance->supporters + 1, uint64_t),
        .count = NEW_MANY(arena, instance->supporters, uint32_t),
    };
    rank_pairs(&asking);
    lay_heaps(arena, &asking);
    for (uint32_t family = 0; family < instance->families; family++) {
        uint32_t asks = family;
        while (asks != ASSIGNMENT_ALONE) {
            asks = ask_on(&asking, asks);
        }
    }
    DeferredPlan plan = {.partner = asking.partner};
    for (uint32_t family = 0; family < instance->families; family++) {
        if (asking.partner[family] != ASSIGNMENT_ALONE) {
            plan.matched++;
            plan.objective += asking.weight[family];
        }
    }
    return plan;
}

/* ---- counting ---- */

/* What the family's own pair weighs; 0 when it is alone. */
static int32_t weight_held(const AssignmentInstance *instance, const uint32_t *partner, uint32_t family) {
    if (partner[family] == ASSIGNMENT_ALONE) {
        return 0;
    }
    uint32_t pair = instance->first[family];
    while (instance->supporter[pair] != partner[family]) {
        pair++;
    }
    return instance->weight[pair];
}

DeferredCount deferred_count(Arena *arena, const AssignmentInstance *instance, const uint32_t *partner,
                             const int64_t *claim) {
    int32_t *held = NEW_MANY(arena, instance->families, int32_t);
    uint32_t *left = NEW_MANY(arena, instance->supporters, uint32_t);
    int64_t *least =
        NEW_MANY(arena, instance->supporters, int64_t); /* the least claim that has a place there */
    for (uint32_t supporter = 0; supporter < instance->supporters; supporter++) {
        left[supporter] = instance->capacity[supporter];
        least[supporter] = INT64_MAX;
    }
    for (uint32_t family = 0; family < instance->families; family++) {
        held[family] = weight_held(instance, partner, family);
        if (partner[family] != ASSIGNMENT_ALONE) {
            const int64_t mine = claim != NULL ? claim[family] : held[family];
            left[partner[family]]--;
            least[partner[family]] = mine < least[partner[family]] ? mine : least[partner[family]];
        }
    }
    DeferredCount count = {0};
    for (uint32_t family = 0; family < instance->families; family++) {
        bool is_envious = false;
        bool is_wasteful = false;
        for (uint32_t pair = instance->first[family]; pair < instance->first[family + 1]; pair++) {
            const uint32_t supporter = instance->supporter[pair];
            if (instance->weight[pair] > held[family]) {
                const int64_t mine = claim != NULL ? claim[family] : instance->weight[pair];
                is_wasteful = is_wasteful || left[supporter] > 0;
                is_envious = is_envious || least[supporter] < mine;
            }
        }
        count.envious += is_envious ? 1 : 0;
        count.wasteful += is_wasteful ? 1 : 0;
    }
    return count;
}
