/* SPDX-License-Identifier: Apache-2.0 */
/* Walks through planes block by block: sums by carry-save adders, rules by AND and OR. Compiled once for
 * each width of vectors, with POOL_KERNEL as the name and POOL_VECTOR as the width in bytes. */
#include "matching/pool_kernel.h"

#define POOL_TEXT_OF(name) #name
#define POOL_TEXT(name) POOL_TEXT_OF(name)

typedef uint64_t Vector __attribute__((vector_size(POOL_VECTOR), may_alias));
enum {
    WIDTH = POOL_BLOCK / 8 / POOL_VECTOR,             /* vectors of a block */
    WORDS = POOL_VECTOR / sizeof(uint64_t),           /* of a vector */
    TEMPORARY_STEP = POOL_STRIP * WIDTH,              /* vectors */
    ROOM_FITTING = POOL_TEMPORARIES * TEMPORARY_STEP, /* places in the room */
    ROOM_ABOVE = (POOL_TEMPORARIES + 1) * TEMPORARY_STEP,
    ROOM_ANY = (POOL_TEMPORARIES + 2) * TEMPORARY_STEP,
};

#define ALWAYS static inline __attribute__((always_inline))

/* The vectors of a plane from a block on. */
ALWAYS const Vector *plane_at(const uint64_t *plane, size_t block) {
    return (const Vector *)(plane + block * POOL_WORDS);
}

ALWAYS bool is_any(const Vector *vectors, size_t count) {
    Vector all = vectors[0];
    for (size_t at = 1; at < count; at++) {
        all |= vectors[at];
    }
    uint64_t any = 0;
    for (size_t word = 0; word < WORDS; word++) {
        any |= all[word];
    }
    return any != 0;
}

/* ---- sums ---- */

/* A step with its number of inputs known beforehand, so that the compiler lays it out flat. From the first
 * bit on, two more at a time: their sum goes on, their carry waits for the next column. What remains of a
 * column is one bit of the whole sum; from the lowest up, above the bound is who has more in the highest
 * bit that differs. */
ALWAYS void add_bits(const PoolStep *step, size_t place, const unsigned count, const bool is_column,
                     const bool is_bound_set, Vector *above, size_t vectors) {
    const Vector *inputs[POOL_INPUTS_MOST];
    for (unsigned input = 0; input < count; input++) {
        inputs[input] = (const Vector *)(step->inputs[input].words + (place & step->inputs[input].mask));
    }
    Vector *carries = (Vector *)step->carries;
    Vector *sums = (Vector *)step->sum;
    for (size_t at = 0; at < vectors; at++) {
        Vector sum = inputs[0][at];
        unsigned carried = 0;
        for (unsigned input = 1; input + 1 < count; input += 2) {
            const Vector left = inputs[input][at];
            const Vector right = inputs[input + 1][at];
            const Vector half = sum ^ left;
            carries[carried * TEMPORARY_STEP + at] = (sum & left) | (half & right);
            sum = half ^ right;
            carried++;
        }
        if (count % 2 == 0) {
            const Vector last = inputs[count - 1][at];
            carries[carried * TEMPORARY_STEP + at] = sum & last;
            sum ^= last;
        }
        if (!is_column) {
            sums[at] = sum;
        } else {
            const Vector both = above[at] & sum;
            const Vector either = above[at] | sum;
            above[at] = is_bound_set ? both : either;
        }
    }
}

#define ADD_BITS(inputs)                                                                                     \
    case inputs:                                                                                             \
        if (is_bound_set) {                                                                                  \
            add_bits(step, place, inputs, true, true, above, vectors);                                       \
        } else {                                                                                             \
            add_bits(step, place, inputs, true, false, above, vectors);                                      \
        }                                                                                                    \
        break

static void turn_bits(const PoolStep *step, size_t place, size_t vectors) {
    const Vector *input = (const Vector *)(step->inputs[0].words + place);
    Vector *turned = (Vector *)step->sum;
    for (size_t at = 0; at < vectors; at++) {
        turned[at] = ~input[at];
    }
}

/* A bit that is 0 everywhere: below a bound that has a 1 there. */
static void add_nothing(bool is_bound_set, Vector *above, size_t vectors) {
    for (size_t at = 0; is_bound_set && at < vectors; at++) {
        above[at] &= 0;
    }
}

static void add_step(const PoolStep *step, size_t place, uint64_t bound, Vector *above, size_t vectors) {
    const bool is_bound_set = (bound >> step->column & 1U) != 0;
    if (step->kind == STEP_TURN) {
        turn_bits(step, place, vectors);
        return;
    }
    if (step->kind == STEP_REDUCE) {
        add_bits(step, place, POOL_REDUCED, false, false, above, vectors);
        return;
    }
    switch (step->count) {
        ADD_BITS(1);
        ADD_BITS(2);
        ADD_BITS(3);
        ADD_BITS(4);
        ADD_BITS(5);
        ADD_BITS(6);
        ADD_BITS(7);
        ADD_BITS(8);
    default:
        add_nothing(is_bound_set, above, vectors);
        break;
    }
}

/* Where the sums of a strip are above the bound. */
static void sum_strip(const PoolSum *sum, size_t block, Vector *above, size_t vectors) {
    for (size_t at = 0; at < vectors; at++) {
        above[at] = (Vector){0};
    }
    for (size_t step = 0; step < sum->count; step++) {
        add_step(&sum->steps[step], block * POOL_WORDS, sum->bound, above, vectors);
    }
}

/* ---- rules ---- */

/* Keeps who is in any of so many planes, four at most, or is in none of them. */
ALWAYS void keep_few(const uint64_t *const *planes, const unsigned count, const bool is_against, size_t block,
                     Vector *kept, size_t vectors) {
    const Vector *at[4];
    for (unsigned plane = 0; plane < count; plane++) {
        at[plane] = plane_at(planes[plane], block);
    }
    for (size_t vector = 0; vector < vectors; vector++) {
        Vector any = at[0][vector];
        for (unsigned plane = 1; plane < count; plane++) {
            any |= at[plane][vector];
        }
        kept[vector] &= is_against ? ~any : any;
    }
}

/* Collects who is in any of so many planes, four at most. */
ALWAYS void collect_few(const uint64_t *const *planes, const unsigned count, size_t block, Vector *any,
                        size_t vectors) {
    const Vector *at[4];
    for (unsigned plane = 0; plane < count; plane++) {
        at[plane] = plane_at(planes[plane], block);
    }
    for (size_t vector = 0; vector < vectors; vector++) {
        for (unsigned plane = 0; plane < count; plane++) {
            any[vector] |= at[plane][vector];
        }
    }
}

static void any_of(const uint64_t *const *planes, size_t count, size_t block, Vector *any, size_t vectors) {
    for (size_t vector = 0; vector < vectors; vector++) {
        any[vector] = (Vector){0};
    }
    size_t at = 0;
    for (; at + 4 <= count; at += 4) {
        collect_few(planes + at, 4, block, any, vectors);
    }
    for (; at < count; at++) {
        collect_few(planes + at, 1, block, any, vectors);
    }
}

static void keep_common(Vector *left, const Vector *right, size_t vectors) {
    for (size_t vector = 0; vector < vectors; vector++) {
        left[vector] &= right[vector];
    }
}

static void keep_others(Vector *left, const Vector *right, size_t vectors) {
    for (size_t vector = 0; vector < vectors; vector++) {
        left[vector] &= ~right[vector];
    }
}

#define KEEP_FEW(planes_of_rule)                                                                             \
    case planes_of_rule:                                                                                     \
        if (rule->is_against) {                                                                              \
            keep_few(planes, planes_of_rule, true, block, fitting, vectors);                                 \
        } else {                                                                                             \
            keep_few(planes, planes_of_rule, false, block, fitting, vectors);                                \
        }                                                                                                    \
        break

static void keep_rule(const PoolRules *rules, const PoolRule *rule, size_t block, Vector *fitting,
                      Vector *any, size_t vectors) {
    const uint64_t *const *planes = rules->planes + rule->first;
    switch (rule->count) {
        KEEP_FEW(1);
        KEEP_FEW(2);
        KEEP_FEW(3);
        KEEP_FEW(4);
    default:
        any_of(planes, rule->count, block, any, vectors);
        if (rule->is_against) {
            keep_others(fitting, any, vectors);
        } else {
            keep_common(fitting, any, vectors);
        }
        break;
    }
}

/* Whom no rule removes. */
static void fitting_strip(const PoolRules *rules, size_t block, Vector *fitting, Vector *any,
                          size_t vectors) {
    memcpy(fitting, plane_at(rules->base, block), vectors * sizeof(Vector));
    if (rules->special != NULL) {
        keep_others(fitting, plane_at(rules->special, block), vectors);
    }
    for (size_t at = 0; at < rules->count; at++) {
        keep_rule(rules, &rules->rules[at], block, fitting, any, vectors);
    }
}

/* ---- over all blocks ---- */

/* The first block from `block` on that is alive, or `end`. */
static size_t next_alive(const uint64_t *alive, size_t block, size_t end) {
    while (block < end) {
        const uint64_t left = alive[block / 64] >> (block % 64);
        if (left != 0) {
            block += (size_t)__builtin_ctzll(left);
            break;
        }
        block += 64 - block % 64;
    }
    return block < end ? block : end;
}

/* How many blocks to do at once from a living one on: to begin anew costs as much as a dead block or two. */
static size_t strip_of(const uint64_t *alive, size_t block, size_t end, size_t most) {
    enum { GAP_MOST = 2 };
    const size_t last = end - block < most ? end : block + most;
    size_t after = block + 1;
    for (;;) {
        const size_t next = next_alive(alive, after, last);
        if (next == last || next - after > GAP_MOST) {
            return after - block;
        }
        after = next + 1;
    }
}

static bool scan_blocks(const PoolScan *scan, size_t block, size_t end, size_t most, PoolWanted *ret_wanted) {
    Vector *room = (Vector *)scan->room;
    Vector *fitting = room + ROOM_FITTING;
    const uint64_t *alive = scan->rules.alive;
    while ((block = next_alive(alive, block, end)) < end) {
        const size_t blocks = strip_of(alive, block, end, most);
        const size_t vectors = blocks * WIDTH;
        fitting_strip(&scan->rules, block, fitting, room + ROOM_ANY, vectors);
        bool is_wanted = is_any(fitting, vectors);
        if (is_wanted && scan->sum.is_needed) {
            sum_strip(&scan->sum, block, room + ROOM_ABOVE, vectors);
            keep_common(fitting, room + ROOM_ABOVE, vectors);
            is_wanted = is_any(fitting, vectors);
        }
        if (is_wanted) {
            ret_wanted->block = block;
            ret_wanted->blocks = blocks;
            memcpy(ret_wanted->words, fitting, blocks * POOL_WORDS * sizeof(uint64_t));
            return true;
        }
        block += blocks;
    }
    return false;
}

/* Offers side by side: a block of one plane. */
typedef struct Lanes {
    Vector at[WIDTH];
} Lanes;

static inline size_t count_lanes(const Lanes *lanes) {
    size_t count = 0;
    for (int vector = 0; vector < WIDTH; vector++) {
        for (size_t word = 0; word < POOL_VECTOR / sizeof(uint64_t); word++) {
            count += (size_t)__builtin_popcountll(lanes->at[vector][word]);
        }
    }
    return count;
}

enum { OWN_RULES = 3, TALLIED_MOST = OWN_RULES + FACET_COUNT + 1 };

/* Whom each rule is against, by offers that exist and are no special ones. Returns how many rules. */
static inline size_t against_block(const PoolRules *rules, const PoolTally *tally, size_t block,
                                   Lanes against[TALLIED_MOST]) {
    const Vector *exists = plane_at(tally->exists, block);
    Lanes counted;
    for (int vector = 0; vector < WIDTH; vector++) {
        counted.at[vector] = exists[vector];
    }
    if (rules->special != NULL) {
        const Vector *special = plane_at(rules->special, block);
        for (int vector = 0; vector < WIDTH; vector++) {
            counted.at[vector] &= ~special[vector];
        }
    }
    for (size_t own = 0; own < OWN_RULES; own++) {
        any_of(&tally->against[own], 1, block, against[own].at, WIDTH);
        keep_common(against[own].at, counted.at, WIDTH);
    }
    for (size_t at = 0; at < rules->count; at++) {
        const PoolRule *rule = &rules->rules[at];
        Lanes any;
        any_of(rules->planes + rule->first, rule->count, block, any.at, WIDTH);
        for (int vector = 0; vector < WIDTH; vector++) {
            any.at[vector] = rule->is_against ? any.at[vector] : ~any.at[vector];
        }
        keep_common(any.at, counted.at, WIDTH);
        against[OWN_RULES + at] = any;
    }
    return OWN_RULES + rules->count;
}

static void tally_blocks(const PoolRules *rules, size_t end, PoolTally *tally) {
    static const MatchingRule own[OWN_RULES] = {MATCHING_RULE_CLEARED, MATCHING_RULE_PAUSED,
                                                MATCHING_RULE_FULL};
    for (size_t block = 0; block < end; block++) {
        Lanes against[TALLIED_MOST];
        const size_t count = against_block(rules, tally, block, against);
        Lanes once = {0};
        Lanes twice = {0};
        for (size_t at = 0; at < count; at++) {
            for (int vector = 0; vector < WIDTH; vector++) {
                twice.at[vector] |= once.at[vector] & against[at].at[vector];
                once.at[vector] |= against[at].at[vector];
            }
        }
        Lanes seen = {0};
        for (size_t at = 0; at < count; at++) {
            Lanes first;
            Lanes alone;
            for (int vector = 0; vector < WIDTH; vector++) {
                first.at[vector] = against[at].at[vector] & ~seen.at[vector];
                alone.at[vector] = against[at].at[vector] & ~twice.at[vector];
                seen.at[vector] |= against[at].at[vector];
            }
            const MatchingRule rule = at < OWN_RULES ? own[at] : rules->rules[at - OWN_RULES].rule;
            tally->removed[rule] += count_lanes(&first);
            tally->opens[rule] += count_lanes(&alone);
        }
    }
}

const PoolKernel POOL_KERNEL = {.name = POOL_TEXT(POOL_KERNEL), .scan = scan_blocks, .tally = tally_blocks};
