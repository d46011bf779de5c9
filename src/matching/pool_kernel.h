/* SPDX-License-Identifier: Apache-2.0 */
/* The loops of a pool over blocks of 512 offers, compiled for each width of vectors, and what they walk
 * through.
 *
 * For pool.c and pool_query.c only. A plane is one bit an offer, side by side in whole blocks of
 * POOL_BLOCK bits, aligned to 64 bytes. Bits past the last offer are 0 in PLANE_EXISTS and PLANE_OPEN;
 * elsewhere they mean nothing. */
#ifndef POOL_KERNEL_H
#define POOL_KERNEL_H

#include "matching/model.h"

enum {
    POOL_BLOCK = 512,             /* offers */
    POOL_WORDS = POOL_BLOCK / 64, /* of a block in a plane */
    POOL_STRIP = 8,               /* blocks that a kernel does at once */
    POOL_STRIP_WORDS = POOL_STRIP * POOL_WORDS,
    POOL_WISHES_MOST = 200,                   /* of a request */
    POOL_PRICE_BITS = 17,                     /* prices are 0 to 100,000 */
    POOL_BURDEN_BITS = 26,                    /* price and penalty */
    POOL_COLUMNS_MOST = POOL_BURDEN_BITS + 2, /* of a sum with its burden */
    POOL_INPUTS_MOST = 8,                     /* of one step */
    POOL_REDUCED = 7,                         /* of STEP_REDUCE: an odd number leaves no half-filled adder */
    /* 200 points of at most nine bits, the burden, and at most as many carries; each step takes seven
     * away. */
    POOL_STEPS_MOST =
        2 * (POOL_WISHES_MOST * 9 + POOL_BURDEN_BITS) / 6 + POOL_COLUMNS_MOST + POOL_WISHES_MOST,
    /* Bits that wait for the next column, in two halves; turned planes; the sum of a column so far. */
    POOL_WAITING_MOST = POOL_WISHES_MOST + 2,
    POOL_TEMPORARIES = 2 * POOL_WAITING_MOST + POOL_WISHES_MOST + 1,
    POOL_ROOM_WORDS = (POOL_TEMPORARIES + 3) * POOL_STRIP_WORDS,
};

/* ---- a sum over bit planes, and what it must be above ---- */

typedef enum PoolStepKind {
    STEP_TURN,   /* writes what is not in its one input */
    STEP_REDUCE, /* adds its inputs: their sum is written after the carries */
    STEP_COLUMN, /* adds its inputs: their sum is this column's bit of the whole, compared with the bound's */
} PoolStepKind;

/* A plane, of which a step takes the strip that is looked at, or a temporary, which is one strip. */
typedef struct PoolInput {
    const uint64_t *words;
    size_t mask; /* of the strip's place: all ones for a plane, else 0 */
} PoolInput;

/* Adds bits of one weight. Every two bits more make one carry, into the temporary at `carries` and those
 * after it. */
typedef struct PoolStep {
    PoolStepKind kind;
    uint32_t count; /* of inputs */
    uint32_t column;
    uint64_t *carries;
    uint64_t *sum; /* of STEP_TURN and STEP_REDUCE */
    PoolInput inputs[POOL_INPUTS_MOST];
} PoolStep;

typedef struct PoolSum {
    PoolStep steps[POOL_STEPS_MOST];
    size_t count;
    uint64_t greatest; /* that it can be */
    uint64_t bound;    /* offers whose sum is above this are wanted */
    bool is_needed;    /* false: all are above it */
} PoolSum;

/* ---- the rules ---- */

/* A rule that asks for one of some planes, or that forbids each of them. */
typedef struct PoolRule {
    MatchingRule rule;
    uint32_t first; /* in planes */
    uint32_t count;
    bool is_against; /* who has any of them is removed; else who has none */
} PoolRule;

typedef struct PoolRules {
    const uint64_t *base;    /* PLANE_OPEN: cleared, not paused, a free place */
    const uint64_t *special; /* whom other rules or terms touch one by one; NULL: nobody */
    PoolRule rules[FACET_COUNT + 1];
    size_t count;
    const uint64_t *planes[2 * POOL_WISHES_MOST + FACET_COUNT];
    size_t plane_count;
    uint64_t *alive; /* by block, one bit: 0 where the rules leave nobody */
} PoolRules;

/* ---- a question ---- */

typedef struct PoolScan {
    PoolRules rules;
    PoolSum sum;    /* score - burden */
    uint64_t *room; /* POOL_ROOM_WORDS, aligned to 64 bytes: the temporaries, then what the kernel needs */
} PoolScan;

/* Whom a scan wants, in this many blocks side by side. */
typedef struct PoolWanted {
    size_t block; /* the first */
    size_t blocks;
    uint64_t words[POOL_STRIP_WORDS];
} PoolWanted;

/* How many each rule removes: of the kinds that planes know, in the order of MatchingRule. */
typedef struct PoolTally {
    const uint64_t *exists;
    const uint64_t *against[3]; /* not cleared, paused, full */
    size_t removed[MATCHING_RULE_COUNT];
    size_t opens[MATCHING_RULE_COUNT];
} PoolTally;

typedef struct PoolKernel {
    const char *name;
    /* The first strip of at most `most` blocks, from `block` to before `end`, in which an offer is wanted;
     * blocks that are not alive are left out where they are many. False: there is none. */
    bool (*scan)(const PoolScan *scan, size_t block, size_t end, size_t most, PoolWanted *ret_wanted);
    /* Adds what the rules remove in the blocks before `end`, those of rules.special left out. */
    void (*tally)(const PoolRules *rules, size_t end, PoolTally *tally);
} PoolKernel;

extern const PoolKernel pool_kernel_plain;
#ifdef POOL_HAS_WIDE
extern const PoolKernel pool_kernel_avx2;
extern const PoolKernel pool_kernel_avx512;
#endif

/* The kernels that this machine can run, widest first, from index 0; NULL past the last, which is the
 * plain one. */
const PoolKernel *pool_kernel_at(size_t index);

#endif
