/* SPDX-License-Identifier: Apache-2.0 */
/* What lists of three can come to when all families ask at once: ours by several penalties, and the best
 * lists there can be.
 *     bench_lists [SEEDS [FAMILIES SUPPORTERS]]     prints one JSON object
 *
 * A family picks evenly from its three, so a supporter who stands on n lists and has c places answers yes to
 * min(c, Bin(n, 1/3)) first requests: g(n) on average, which is concave in n. The best lists make
 *     sum of scores / 3 + worth x sum of g(n)
 * as great as can be, for any worth that a place found has beside the score. Each family in turn takes its
 * three best by what they add, until none gains (a potential game): lists that nobody's other choice betters.
 * How far that is from the best there are is bounded by the dual: for any prices d of standing on a list,
 *     sum over families of their three best by score / 3 + worth x d
 *       + worth x sum over supporters of max over n of g(n) - d x n
 * is above it, and with it the mean score that any lists can have where so many first requests find a place:
 * `ceiling`. (The few families that have only one or two to choose from pick with greater chance than a
 * third: `few` counts them, and they are counted as if it were a third.) */
#include "base/fail.h"
#include "base/str.h"
#include "matching/generate.h"
#include "matching/pool.h"
#include "matching/simulate.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum {
    ARENA_GIB = 4,
    PASSES = 10,
    LISTED_MOST = 2048, /* lists that one supporter stands on */
    NOT_ELIGIBLE = INT16_MIN,
    NO_SCORE = -32000, /* below any that is */
};

static const int64_t penalties[] = {0, 2, 4, 6, 8, 10, 12, 15, 20, 30};
static const double worths[] = {5, 10, 20, 40, 60, 80, 110, 160, 320, 640};
enum { PENALTIES = sizeof penalties / sizeof penalties[0], WORTHS = sizeof worths / sizeof worths[0] };

typedef struct Point {
    double unmatched; /* all but worth as parts of what naive lists come to */
    double in_vain;
    double score;
    double same;   /* score of the families that found someone both ways */
    double listed; /* mean score of those on the first lists, of all families */
} Point;

typedef struct Curves {
    Point ours[PENALTIES];
    Point best[WORTHS]; /* in_vain and listed only */
    double ceiling;     /* mean score on any lists whose first requests in vain are half of naive ones */
    double forced;      /* first requests that must be in vain for want of places, by those of naive lists */
    double few;         /* families with one or two to choose from */
} Curves;

/* Everyone's scores side by side. */
typedef struct Field {
    size_t families;
    size_t supporters;
    const int16_t *scores;
    const int64_t *places;
    double *chance; /* chance[c * LISTED_MOST + n]: that of n who ask with 1/3 each, fewer than c do */
    size_t places_most;
} Field;

/* ---- people as a field of numbers ---- */

static Field field_of(Arena *arena, const GeneratePool *people) {
    const size_t count = people->offer_count;
    MatchingOffer *offers = NEW_MANY(arena, count, MatchingOffer);
    Field field = {.families = people->request_count, .supporters = count};
    for (size_t at = 0; at < count; at++) {
        offers[at] = people->offers[at];
        offers[at].price = offers[at].listed = offers[at].pending = offers[at].load = 0;
        const int64_t left = people->offers[at].capacity - people->offers[at].load;
        offers[at].capacity = left > 0 ? left : 0;
        field.places_most = (size_t)left > field.places_most && left > 0 ? (size_t)left : field.places_most;
    }
    Pool *pool = pool_new(arena, &matching_policy_start, offers, count);
    int64_t *places = NEW_MANY(arena, count, int64_t);
    for (size_t at = 0; at < count; at++) {
        places[pool_position(pool, offers[at].key)] = offers[at].capacity;
    }
    int16_t *scores = NEW_MANY(arena, field.families * count, int16_t);
    PoolHit *hits = NEW_MANY(arena, count, PoolHit);
    for (size_t family = 0; family < field.families; family++) {
        int16_t *row = &scores[family * count];
        for (size_t at = 0; at < count; at++) {
            row[at] = NOT_ELIGIBLE;
        }
        const size_t found = pool_above(pool, &people->requests[family], NO_SCORE, count, hits);
        for (size_t at = 0; at < found; at++) {
            row[hits[at].position] = (int16_t)hits[at].score;
        }
    }
    field.scores = scores;
    field.places = places;
    return field;
}

/* The number who ask grows by one with chance 1/3 for each list more. */
static double *chances_of(Arena *arena, size_t places_most) {
    double *chance = NEW_MANY(arena, (places_most + 1) * LISTED_MOST, double);
    double *exactly = NEW_MANY(arena, places_most + 1, double); /* so many ask */
    exactly[0] = 1;
    for (size_t listed = 0; listed < LISTED_MOST; listed++) {
        double sum = 0;
        for (size_t places = 0; places <= places_most; places++) {
            chance[places * LISTED_MOST + listed] = sum;
            sum += exactly[places];
        }
        for (size_t asks = places_most + 1; asks-- > 0;) {
            exactly[asks] = exactly[asks] * 2 / 3 + (asks > 0 ? exactly[asks - 1] / 3 : 0);
        }
    }
    return chance;
}

/* ---- the best lists ---- */

typedef struct Lists {
    uint32_t (*on)[SIMULATE_LIST];
    size_t *counts;
    size_t *listed; /* by supporter */
} Lists;

static double gain(const Field *field, const Lists *lists, size_t supporter, double worth) {
    const size_t places = (size_t)field->places[supporter];
    return worth * field->chance[places * LISTED_MOST + lists->listed[supporter]];
}

/* The three best for a family by score + worth x chance; three times what they add. */
static double take_best(const Field *field, Lists *lists, size_t family, double worth) {
    const int16_t *row = &field->scores[family * field->supporters];
    double values[SIMULATE_LIST] = {-INFINITY, -INFINITY, -INFINITY};
    uint32_t *on = lists->on[family];
    for (uint32_t at = 0; at < field->supporters; at++) {
        if (row[at] == NOT_ELIGIBLE || field->places[at] == 0) {
            continue;
        }
        const double value = row[at] + gain(field, lists, at, worth);
        size_t place = SIMULATE_LIST;
        while (place > 0 && value > values[place - 1]) {
            place--;
        }
        for (size_t move = SIMULATE_LIST - 1; move > place; move--) {
            values[move] = values[move - 1];
            on[move] = on[move - 1];
        }
        if (place < SIMULATE_LIST) {
            values[place] = value;
            on[place] = at;
        }
    }
    double sum = 0;
    size_t count = 0;
    while (count < SIMULATE_LIST && values[count] > -INFINITY) {
        sum += values[count++];
    }
    lists->counts[family] = count;
    return sum;
}

static void count_listed(Lists *lists, size_t family, bool is_on) {
    for (size_t at = 0; at < lists->counts[family]; at++) {
        size_t *listed = &lists->listed[lists->on[family][at]];
        *listed = is_on ? *listed + 1 : *listed - 1;
        if (*listed >= LISTED_MOST) {
            fail(FAIL_USAGE, "somebody stands on more than %d lists", LISTED_MOST - 1);
        }
    }
}

static Lists best_lists(Arena *arena, const Field *field, double worth) {
    Lists lists = {.on = arena_get_many(arena, field->families, sizeof *lists.on),
                   .counts = NEW_MANY(arena, field->families, size_t),
                   .listed = NEW_MANY(arena, field->supporters, size_t)};
    for (int pass = 0; pass < PASSES; pass++) {
        for (size_t family = 0; family < field->families; family++) {
            count_listed(&lists, family, false);
            take_best(field, &lists, family, worth);
            count_listed(&lists, family, true);
        }
    }
    return lists;
}

typedef struct Sums {
    double score; /* over all lists */
    double listed;
    double found; /* first requests that find a place */
    double asked;
    double bound; /* three times what no lists can be above */
} Sums;

static Sums sums_of(const Field *field, Lists *lists, double worth) {
    Sums sums = {0};
    for (size_t family = 0; family < field->families; family++) {
        for (size_t at = 0; at < lists->counts[family]; at++) {
            sums.score += field->scores[family * field->supporters + lists->on[family][at]];
        }
        sums.listed += (double)lists->counts[family];
        sums.asked += lists->counts[family] > 0 ? 1 : 0;
    }
    for (size_t at = 0; at < field->supporters; at++) {
        const double *chance = &field->chance[(size_t)field->places[at] * LISTED_MOST];
        const double price = chance[lists->listed[at]];
        double above = 0; /* of g(n) - price x n: it rises while the chance is above the price */
        for (size_t listed = 0; listed + 1 < LISTED_MOST && field->places[at] > 0; listed++) {
            sums.found += listed < lists->listed[at] ? chance[listed] / 3 : 0;
            above += chance[listed] > price ? chance[listed] - price : 0;
        }
        sums.bound += worth * above;
    }
    for (size_t family = 0; family < field->families; family++) {
        sums.bound += take_best(field, lists, family, worth); /* the prices are those of all the lists */
    }
    return sums;
}

/* ---- both, over seeds ---- */

static void play_ours(Arena *arena, const GeneratePool *people, uint64_t seed, uint32_t seeds, Curves *curves,
                      const SimulateOutcome *naive) {
    for (size_t at = 0; at < PENALTIES; at++) {
        MatchingPolicy policy = matching_policy_start;
        policy.listed_penalty = penalties[at];
        const SimulateOutcome mine =
            simulate_at_once(arena, &policy, people->offers, people->offer_count, people->requests,
                             people->request_count, seed, SIMULATE_PRICED);
        const SimulateBoth both = simulate_both(&mine, naive);
        Point *point = &curves->ours[at];
        point->unmatched +=
            (double)(mine.families - mine.matched) / (double)(naive->families - naive->matched) / seeds;
        point->in_vain += (double)mine.in_vain / (double)naive->in_vain / seeds;
        point->score +=
            (double)mine.score / (double)mine.matched / (double)naive->score * (double)naive->matched / seeds;
        point->same += (double)both.one / (double)both.other / seeds;
        point->listed += (double)mine.list_score / (double)mine.listed / (double)naive->list_score *
                         (double)naive->listed / seeds;
    }
}

/* Of supporters whom the rules let walk with anyone. */
static double reachable_places(Arena *arena, const Field *field) {
    bool *is_reached = NEW_MANY(arena, field->supporters, bool);
    for (size_t at = 0; at < field->families * field->supporters; at++) {
        is_reached[at % field->supporters] |= field->scores[at] != NOT_ELIGIBLE;
    }
    double places = 0;
    for (size_t at = 0; at < field->supporters; at++) {
        places += is_reached[at] ? (double)field->places[at] : 0;
    }
    return places;
}

static void play_best(Arena *arena, const GeneratePool *people, uint32_t seeds, Curves *curves,
                      const SimulateOutcome *naive) {
    Field field = field_of(arena, people);
    field.chance = chances_of(arena, field.places_most);
    const double half = (double)naive->asked - (double)naive->in_vain / 2; /* must find a place */
    const double fit = (double)naive->list_score / (double)naive->listed;
    double ceiling = INFINITY;
    for (size_t at = 0; at < WORTHS; at++) {
        Lists lists = best_lists(arena, &field, worths[at]);
        double few = 0;
        for (size_t family = 0; family < field.families; family++) {
            few += lists.counts[family] > 0 && lists.counts[family] < SIMULATE_LIST ? 1 : 0;
        }
        const Sums sums = sums_of(&field, &lists, worths[at]);
        Point *point = &curves->best[at];
        point->in_vain += (sums.asked - sums.found) / (double)naive->in_vain / seeds;
        point->listed += sums.score / sums.listed / fit / seeds;
        ceiling = fmin(ceiling, (sums.bound - 3 * worths[at] * half) / sums.listed / fit);
        curves->few += at == 0 ? few / seeds : 0;
    }
    curves->ceiling += ceiling / seeds;
    const double places = reachable_places(arena, &field);
    curves->forced += fmax(0, (double)naive->asked - places) / (double)naive->in_vain / seeds;
}

static Curves curves_of(Arena *arena, const SimulateSize *size, GenerateRegime regime) {
    Curves curves = {0};
    for (uint64_t seed = 1; seed <= size->seeds; seed++) {
        const GeneratePool people = generate_pool(arena, &(GenerateOrder){.families = size->families,
                                                                          .supporters = size->supporters,
                                                                          .regime = regime,
                                                                          .seed = seed});
        const SimulateOutcome naive =
            simulate_at_once(arena, &matching_policy_start, people.offers, people.offer_count,
                             people.requests, people.request_count, seed, SIMULATE_NAIVE);
        play_ours(arena, &people, seed, size->seeds, &curves, &naive);
        play_best(arena, &people, size->seeds, &curves, &naive);
        arena_reset(arena);
    }
    return curves;
}

static void print_curves(const char *name, const Curves *curves) {
    printf("\"%s\":{\"ceiling\":%.4f,\"forced\":%.4f,\"few\":%.0f,\"ours\":[", name, curves->ceiling,
           curves->forced, curves->few);
    for (size_t at = 0; at < PENALTIES; at++) {
        const Point *point = &curves->ours[at];
        printf("%s{\"penalty\":%" PRId64 ",\"unmatched\":%.4f,\"in_vain\":%.4f,\"score\":%.4f,\"same\":%.4f,"
               "\"listed\":%.4f}",
               at == 0 ? "" : ",", penalties[at], point->unmatched, point->in_vain, point->score, point->same,
               point->listed);
    }
    printf("],\"best\":[");
    for (size_t at = 0; at < WORTHS; at++) {
        printf("%s{\"worth\":%.0f,\"in_vain\":%.4f,\"listed\":%.4f}", at == 0 ? "" : ",", worths[at],
               curves->best[at].in_vain, curves->best[at].listed);
    }
    printf("]}");
}

static uint32_t number(int count, char **arguments, int at, uint32_t otherwise) {
    int64_t given = otherwise;
    if (at < count && !str_to_int(str_of(arguments[at]), 1, GENERATE_PEOPLE_MOST, &given)) {
        fail(FAIL_USAGE, "%s is no number from 1 to %d", arguments[at], GENERATE_PEOPLE_MOST);
    }
    return (uint32_t)given;
}

int main(int count, char **arguments) {
    Arena *arena = arena_new((size_t)ARENA_GIB << 30);
    const SimulateSize size = {.families = number(count, arguments, 2, simulate_full.families),
                               .supporters = number(count, arguments, 3, simulate_full.supporters),
                               .seeds = number(count, arguments, 1, simulate_full.seeds)};
    const Curves shortage = curves_of(arena, &size, GENERATE_SHORTAGE);
    const Curves slack = curves_of(arena, &size, GENERATE_SLACK);
    printf("{\"families\":%" PRIu32 ",\"supporters\":%" PRIu32 ",\"seeds\":%" PRIu32 ",", size.families,
           size.supporters, size.seeds);
    print_curves("shortage", &shortage);
    printf(",");
    print_curves("slack", &slack);
    printf("}\n");
    arena_free(arena);
    return 0;
}
