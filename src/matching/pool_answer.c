/* SPDX-License-Identifier: Apache-2.0 */
/* Answers questions: the best few, everyone above a value, and what the rules keep from a family. */
#include "matching/oracle.h"
#include "matching/pool_inside.h"

#include <assert.h>

/* ---- who is wanted in a strip ---- */

static size_t count_wanted(const PoolWanted *wanted) {
    size_t count = 0;
    for (size_t word = 0; word < wanted->blocks * POOL_WORDS; word++) {
        /* Most words are empty, and counting is slow where the machine cannot do it at once. */
        count += wanted->words[word] == 0 ? 0 : (size_t)__builtin_popcountll(wanted->words[word]);
    }
    return count;
}

/* ---- the best few ---- */

typedef struct Candidate {
    uint32_t position;
    int32_t score;
    int64_t value;     /* score - price - penalty */
    uint64_t distance; /* of its key from the turn, upward and around */
} Candidate;

typedef struct Best {
    const Pool *pool;
    uint64_t turn;
    Candidate *candidates;
    size_t count;
    size_t most;
} Best;

static bool stands_before(const Candidate *left, const Candidate *right) {
    return left->value != right->value ? left->value > right->value : left->distance < right->distance;
}

static void add_candidate(Best *best, size_t position, int64_t known) {
    const Pool *pool = best->pool;
    const int64_t score = pool_query_score(pool, position) + known;
    const Candidate candidate = {
        .position = (uint32_t)position,
        .score = (int32_t)score,
        .value = score - pool->prices[position] - pool->penalties[position],
        .distance = (uint64_t)pool->keys[position] - best->turn,
    };
    size_t at = best->count;
    while (at > 0 && stands_before(&candidate, &best->candidates[at - 1])) {
        at--;
    }
    if (at == best->most) {
        return;
    }
    best->count += best->count < best->most ? 1 : 0;
    for (size_t move = best->count - 1; move > at; move--) {
        best->candidates[move] = best->candidates[move - 1];
    }
    best->candidates[at] = candidate;
}

/* Those of this strip who are worth more than `value`. */
static PoolWanted wanted_above(const Pool *pool, const PoolWanted *strip, int64_t value) {
    PoolWanted wanted;
    const size_t end = strip->block + strip->blocks;
    pool_query_above(pool, value);
    if (!pool->kernel->scan(&pool->query->scan, strip->block, end, strip->blocks, &wanted)) {
        return (PoolWanted){.block = strip->block, .blocks = strip->blocks};
    }
    assert(wanted.block == strip->block && wanted.blocks == strip->blocks);
    return wanted;
}

/* Of many who would all come in, only the best of the strip can stay: their value is searched for by
 * halving. `wanted`, who are worth more than `low`, become those who are better than that, fewer than
 * there is room for; ret_ties are those who have just this value, which is returned. */
static int64_t narrow(const Best *best, int64_t low, PoolWanted *wanted, PoolWanted *ret_ties) {
    const PoolQuery *query = best->pool->query;
    /* Nobody is above it. */
    int64_t high = query->least - (int64_t)query->turned_most + (int64_t)query->scan.sum.greatest;
    PoolWanted above_low = *wanted;
    *wanted = (PoolWanted){.block = above_low.block, .blocks = above_low.blocks};
    while (low + 1 < high) {
        const int64_t middle = low + (high - low) / 2;
        const PoolWanted above = wanted_above(best->pool, &above_low, middle);
        if (count_wanted(&above) >= best->most) {
            low = middle;
            above_low = above;
        } else {
            high = middle;
            *wanted = above;
        }
    }
    *ret_ties = above_low;
    for (size_t word = 0; word < wanted->blocks * POOL_WORDS; word++) {
        ret_ties->words[word] &= ~wanted->words[word];
    }
    return high;
}

/* The value that one must be worth more than to come in: as good as the last, whose turn may be later. */
static int64_t bar_of(const Best *best) {
    const PoolQuery *query = best->pool->query;
    return best->count < best->most ? query->least - (int64_t)query->turned_most - 1
                                    : best->candidates[best->count - 1].value - 1;
}

static void add_wanted(Best *best, const PoolWanted *wanted) {
    for (size_t word = 0; word < wanted->blocks * POOL_WORDS; word++) {
        for (uint64_t left = wanted->words[word]; left != 0; left &= left - 1) {
            const size_t bit = (size_t)__builtin_ctzll(left);
            add_candidate(best, wanted->block * POOL_BLOCK + word * 64 + bit, 0);
        }
    }
}

/* All of them have the same value: where that is the last one's, their turn decides at a glance. */
static void add_ties(Best *best, const PoolWanted *ties, int64_t value) {
    for (size_t word = 0; word < ties->blocks * POOL_WORDS; word++) {
        for (uint64_t left = ties->words[word]; left != 0; left &= left - 1) {
            const size_t bit = (size_t)__builtin_ctzll(left);
            const size_t position = ties->block * POOL_BLOCK + word * 64 + bit;
            const Candidate candidate = {.value = value,
                                         .distance = (uint64_t)best->pool->keys[position] - best->turn};
            if (best->count < best->most || stands_before(&candidate, &best->candidates[best->count - 1])) {
                add_candidate(best, position, 0);
            }
        }
    }
}

/* All blocks in which someone may be left. The first strips are short, so that the bar is high when many
 * are looked at together. */
static void look(Best *best) {
    enum { MANY = 48 };
    const Pool *pool = best->pool;
    size_t most = 1;
    PoolWanted wanted = {0};
    for (;;) {
        pool_query_above(pool, bar_of(best));
        if (!pool->kernel->scan(&pool->query->scan, wanted.block + wanted.blocks, pool->blocks, most,
                                &wanted)) {
            return;
        }
        const size_t count = count_wanted(&wanted);
        if (count > MANY && count > best->most) {
            PoolWanted ties;
            const int64_t value = narrow(best, bar_of(best), &wanted, &ties);
            add_wanted(best, &wanted);
            add_ties(best, &ties, value);
        } else {
            add_wanted(best, &wanted);
        }
        most = 2 * most < POOL_STRIP ? 2 * most : POOL_STRIP;
    }
}

/* The request is compiled. */
static void find_best(Best *best, bool can_be_met) {
    const Pool *pool = best->pool;
    const PoolQuery *query = pool->query;
    if (best->most == 0) {
        return;
    }
    if (can_be_met) {
        look(best);
    }
    for (size_t at = 0; at < query->special_count; at++) {
        const PoolSpecial *special = &query->specials[at];
        /* Whom no rule removes is special because the person is known. */
        if (pool_query_against(pool, special) == 0) {
            add_candidate(best, special->position, pool->policy.known);
        }
    }
}

size_t pool_best(const Pool *pool, const MatchingRequest *request, uint64_t seed, size_t most,
                 PoolHit *ret_hits) {
    assert(most <= POOL_MOST);
    Candidate candidates[POOL_MOST];
    Best best = {.pool = pool,
                 .turn = (uint64_t)matching_turn(request->key, seed),
                 .candidates = candidates,
                 .most = most};
    find_best(&best, pool_query_begin(pool, request, BURDEN_ALL));
    pool_query_end(pool);
    for (size_t at = 0; at < best.count; at++) {
        ret_hits[at] = (PoolHit){.position = candidates[at].position, .score = candidates[at].score};
    }
    return best.count;
}

/* ---- everyone above a value ---- */

typedef struct Hits {
    PoolHit *hits;
    size_t most;
    size_t count;
} Hits;

static void add_hit(Hits *hits, size_t position, int64_t score) {
    if (hits->count < hits->most) {
        hits->hits[hits->count] = (PoolHit){.position = (uint32_t)position, .score = (int32_t)score};
    }
    hits->count++;
}

static void add_hits(const Pool *pool, const PoolWanted *wanted, Hits *hits) {
    for (size_t word = 0; word < wanted->blocks * POOL_WORDS; word++) {
        for (uint64_t left = wanted->words[word]; left != 0; left &= left - 1) {
            const size_t position = wanted->block * POOL_BLOCK + word * 64 + (size_t)__builtin_ctzll(left);
            add_hit(hits, position, pool_query_score(pool, position));
        }
    }
}

/* The special ones are few and come last: each is put where its position belongs. */
static void add_hit_sorted(Hits *hits, size_t position, int64_t score) {
    size_t at = hits->count < hits->most ? hits->count : hits->most;
    while (at > 0 && hits->hits[at - 1].position > position) {
        if (at < hits->most) {
            hits->hits[at] = hits->hits[at - 1];
        }
        at--;
    }
    if (at < hits->most) {
        hits->hits[at] = (PoolHit){.position = (uint32_t)position, .score = (int32_t)score};
    }
    hits->count++;
}

size_t pool_above(const Pool *pool, const MatchingRequest *request, int64_t above, size_t most,
                  PoolHit *ret_hits) {
    Hits hits = {.hits = ret_hits, .most = most};
    const bool can_be_met = pool_query_begin(pool, request, BURDEN_PRICE);
    const PoolQuery *query = pool->query;
    PoolWanted wanted = {0};
    while (
        can_be_met && pool_query_above(pool, above) &&
        pool->kernel->scan(&query->scan, wanted.block + wanted.blocks, pool->blocks, POOL_STRIP, &wanted)) {
        add_hits(pool, &wanted, &hits);
    }
    for (size_t at = 0; at < query->special_count; at++) {
        const PoolSpecial *special = &query->specials[at];
        const int64_t score = pool_query_score(pool, special->position) + pool->policy.known;
        if (pool_query_against(pool, special) == 0 && score - pool->prices[special->position] > above) {
            add_hit_sorted(&hits, special->position, score);
        }
    }
    pool_query_end(pool);
    return hits.count;
}

/* ---- a short list with its reasons ---- */

/* The offer at a position as the planes know it: who it is, what it has, and its burden. */
static MatchingChoice choice_at(Arena *arena, const Pool *pool, const MatchingRequest *request,
                                size_t position) {
    MatchingItem *items = NEW_MANY(arena, pool->items.count, MatchingItem);
    MatchingOffer offer = {
        .key = pool->keys[position], .person = pool->persons[position], .has = {.items = items}};
    for (size_t at = 0; at < pool->items.room; at++) {
        const PoolItem *item = &pool->items.items[at];
        if (item->item != 0 && item->has != POOL_NO_PLANE &&
            pool_bit(pool_plane(pool, item->has), position)) {
            items[offer.has.count++] = (MatchingItem){.item = item->item, .facet = item->facet};
        }
    }
    MatchingChoice choice = oracle_choice(arena, &pool->policy, &offer, request);
    choice.price = pool->prices[position];
    choice.penalty = pool->penalties[position];
    return choice;
}

/* The rules that remove a special one count as for everybody. */
static void tally_special(const Pool *pool, const PoolSpecial *special, PoolTally *tally) {
    const uint32_t against = pool_query_against(pool, special);
    if (against != 0) {
        const unsigned first = (unsigned)__builtin_ctz(against);
        tally->removed[first]++;
        tally->opens[first] += (against & (against - 1)) == 0 ? 1 : 0;
    }
}

static void tally_rules(const Pool *pool, MatchingResult *result) {
    const PoolQuery *query = pool->query;
    PoolTally tally = {.exists = pool_plane(pool, PLANE_EXISTS),
                       .against = {pool_plane(pool, PLANE_UNCLEARED), pool_plane(pool, PLANE_PAUSED),
                                   pool_plane(pool, PLANE_FULL)}};
    pool->kernel->tally(&query->scan.rules, pool->blocks, &tally);
    for (size_t at = 0; at < query->special_count; at++) {
        tally_special(pool, &query->specials[at], &tally);
    }
    result->fitting = pool->count;
    for (size_t rule = 0; rule < MATCHING_RULE_COUNT; rule++) {
        result->removed[rule] = tally.removed[rule];
        result->opens[rule] = tally.opens[rule];
        result->fitting -= tally.removed[rule];
    }
}

MatchingResult pool_shortlist(Arena *arena, const Pool *pool, const MatchingRequest *request, uint64_t seed,
                              size_t most) {
    MatchingResult result = {0};
    const size_t room = most < pool->count ? most : pool->count;
    Best best = {.pool = pool,
                 .turn = (uint64_t)matching_turn(request->key, seed),
                 .candidates = NEW_MANY(arena, room, Candidate),
                 .most = room};
    find_best(&best, pool_query_begin(pool, request, BURDEN_ALL));
    tally_rules(pool, &result);
    pool_query_end(pool);
    MatchingChoice *choices = NEW_MANY(arena, best.count, MatchingChoice);
    for (size_t at = 0; at < best.count; at++) {
        choices[at] = choice_at(arena, pool, request, best.candidates[at].position);
    }
    result.choices = choices;
    result.count = best.count;
    return result;
}
