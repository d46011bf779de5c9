/* SPDX-License-Identifier: Apache-2.0 */
/* What a pool is made of, for the files of the pool, its tests and its measurements only.
 *
 * Offers stand in an order in which those whom the same rules remove stand together, so that whole blocks
 * need not be looked at: for each plane there is a brief one, a bit a block, that says whether anyone in
 * the block has it (once had, when someone changed since). Each item that someone has, and each that
 * someone would rather not hear of, is a plane; so are what a program, a supporter and a calendar say:
 * cleared, paused, full. Price, and price with penalty, are numbers of which each bit is a plane, kept
 * turned: 1 where the number has a 0. To take a number off is to add its turned bits and one, so sums only
 * ever grow. */
#ifndef POOL_INSIDE_H
#define POOL_INSIDE_H

#include "matching/pool.h"
#include "matching/pool_kernel.h"

/* The planes that every pool has, before those of its items. */
typedef enum PoolPlane {
    PLANE_EXISTS,
    PLANE_OPEN, /* cleared, not paused, a free place */
    PLANE_UNCLEARED,
    PLANE_PAUSED,
    PLANE_FULL,
    PLANE_SPECIAL, /* of the question that is being answered; else all 0 */
    PLANE_SILENT,  /* this and the next FACET_COUNT - 1: says nothing in that facet */
    PLANE_PRICE = PLANE_SILENT + FACET_COUNT, /* turned */
    PLANE_BURDEN = PLANE_PRICE + POOL_PRICE_BITS,
    PLANE_ITEMS = PLANE_BURDEN + POOL_BURDEN_BITS,
} PoolPlane;

static const uint32_t POOL_NO_PLANE = UINT32_MAX;

/* Positions by a key: open addressing, at most half full. The same key may stand there more than once. */
typedef struct PoolIndex {
    uint32_t *places; /* position + 1; 0: empty */
    size_t room;      /* a power of two */
} PoolIndex;

typedef struct PoolItem {
    int64_t item; /* 0: an empty place of the table */
    MatchingFacet facet;
    uint32_t has;   /* its plane, or POOL_NO_PLANE: nobody has it */
    uint32_t limit; /* of those who would rather not, likewise */
    uint32_t holders;
    uint64_t ordering; /* its bit in the order of positions; 0: none */
} PoolItem;

/* The items of a pool by their keys: open addressing, never full. */
typedef struct PoolItems {
    PoolItem *items;
    size_t room; /* a power of two */
    size_t count;
    uint32_t planes; /* given out, from PLANE_ITEMS on */
} PoolItems;

/* Whom a question must look at one by one. */
typedef enum PoolSpecialKind {
    SPECIAL_SELF = 1 << 0,
    SPECIAL_APART = 1 << 1,
    SPECIAL_PASSED = 1 << 2,
    SPECIAL_KNOWN = 1 << 3,
} PoolSpecialKind;

typedef struct PoolSpecial {
    uint32_t position;
    unsigned kinds; /* PoolSpecialKind bits */
} PoolSpecial;

typedef struct PoolTerm {
    const uint64_t *plane;
    int64_t points; /* never 0 */
} PoolTerm;

/* A request, compiled. */
typedef struct PoolQuery {
    PoolScan scan;
    const PoolItem *wishes[POOL_WISHES_MOST]; /* as the pool knows them; NULL: nobody says it */
    const uint64_t *rule_briefs[2 * POOL_WISHES_MOST + FACET_COUNT]; /* of scan.rules.planes */
    PoolTerm terms[POOL_WISHES_MOST];
    size_t term_count;
    int64_t least;        /* of all scores: the sum of the points below zero */
    uint64_t turned_most; /* what a burden of 0 adds to the sum */
    PoolSpecial *specials;
    size_t special_count;
} PoolQuery;

struct Pool {
    MatchingPolicy policy;
    const PoolKernel *kernel;
    size_t count;
    size_t blocks;
    size_t stride; /* words of a plane */
    int64_t *keys;
    int64_t *persons;
    PoolIndex by_key;
    PoolIndex by_person;
    int32_t *prices;
    int32_t *penalties;
    uint64_t *planes;
    size_t brief_stride; /* words of a brief plane */
    uint64_t *briefs;
    PoolItems items;
    unsigned price_bits; /* that any price has had */
    unsigned burden_bits;
    PoolQuery *query; /* of the question that is being answered */
};

static inline uint64_t *pool_plane(const Pool *pool, uint32_t plane) {
    return pool->planes + plane * pool->stride;
}
static inline uint64_t *pool_brief(const Pool *pool, uint32_t plane) {
    return pool->briefs + plane * pool->brief_stride;
}
static inline bool pool_bit(const uint64_t *plane, size_t position) {
    return (plane[position / 64] >> (position % 64) & 1U) != 0;
}

/* NULL when the item is not there. */
const PoolItem *pool_items_find(const PoolItems *items, int64_t item);

/* The next place of the index at which the key may stand, from *place on, which is then the one after it;
 * the first is pool_index_first(). pool->count: there is no more. The position found must still be asked
 * for its key. */
size_t pool_index_first(const PoolIndex *index, int64_t key);
size_t pool_index_next(const Pool *pool, const PoolIndex *index, size_t *place);

/* What is taken off a score for the order. */
typedef enum PoolBurden { BURDEN_PRICE, BURDEN_ALL } PoolBurden;

/* Compiles the request into pool->query; what was compiled before is gone. False: the rules remove
 * everyone who is not special, and the scan must not be run. pool_query_end() when the answer is there. */
bool pool_query_begin(const Pool *pool, const MatchingRequest *request, PoolBurden burden);
void pool_query_end(const Pool *pool);
/* From now on only who is worth more than this is wanted. False: nobody can be. */
bool pool_query_above(const Pool *pool, int64_t value);
/* The rules that remove the special one, as bits 1U << MatchingRule. */
uint32_t pool_query_against(const Pool *pool, const PoolSpecial *special);
/* Without what a known person adds. */
int64_t pool_query_score(const Pool *pool, size_t position);

/* Another kernel than the widest that the machine can run. */
void pool_use_kernel(Pool *pool, const PoolKernel *kernel);

#endif
