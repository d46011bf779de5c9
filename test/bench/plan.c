/* SPDX-License-Identifier: Apache-2.0 */
/* Measures the plan for a whole waiting list over made-up people, and prints one JSON object.
 *     bench_plan FAMILIES SUPPORTERS shortage|slack lots|no-lots|what-if
 * what-if: the table of whom to recruit, and of what to teach those who are there.
 * Seconds are of processor time; peak_bytes is the most memory the process ever had, the people in it. */
#include "base/arena.h"
#include "matching/generate.h"
#include "matching/plan.h"
#include "matching/what_if.h"

#include <inttypes.h>
#include <sys/resource.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int64_t peak_bytes(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (int64_t)usage.ru_maxrss * 1024;
}

static MatchingKeys all_of(Arena *arena, MatchingFacet facet) {
    const size_t count = generate_item_count(facet);
    int64_t *items = NEW_MANY(arena, count, int64_t);
    for (size_t at = 0; at < count; at++) {
        items[at] = generate_item(facet, at);
    }
    return (MatchingKeys){.items = items, .count = count};
}

/* The first `most` items of these facets. */
static MatchingItems items_of(Arena *arena, const MatchingFacet *facets, size_t facet_count, size_t most) {
    MatchingItem *items = NEW_MANY(arena, facet_count * most, MatchingItem);
    size_t count = 0;
    for (size_t at = 0; at < facet_count * most; at++) {
        const MatchingFacet facet = facets[at / most];
        if (at % most < generate_item_count(facet)) {
            items[count++] = (MatchingItem){.item = generate_item(facet, at % most), .facet = facet};
        }
    }
    return (MatchingItems){.items = items, .count = count};
}

static void print_table(Arena *arena, const PlanOrder *order, const char *name,
                        const WhatIfCandidates *candidates) {
    enum { ROWS = 20 };
    const double begun = seconds();
    const WhatIfTable table = what_if(arena, order, candidates, ROWS);
    printf("\"%s\":{\"candidates\":%zu,\"rows\":%zu,\"searched\":%zu,\"greatest_gain\":%" PRId64
           ",\"seconds\":%.4f}",
           name, candidates->count, table.count, table.searched, table.count > 0 ? table.rows[0].gain : 0,
           seconds() - begun);
}

static void measure_what_if(Arena *arena, const PlanOrder *order) {
    static const MatchingFacet usual[] = {FACET_RELATION, FACET_AGE,    FACET_TIME,
                                          FACET_CHANNEL,  FACET_REGION, FACET_FUNDING};
    static const MatchingFacet lessons[] = {FACET_LANGUAGE, FACET_ROLE, FACET_TIME, FACET_REGION};
    const WhatIfRecruits recruits = {.languages = all_of(arena, FACET_LANGUAGE),
                                     .experiences = all_of(arena, FACET_EXPERIENCE),
                                     .roles = all_of(arena, FACET_ROLE),
                                     .usual = items_of(arena, usual, sizeof usual / sizeof usual[0], 2),
                                     .places = 1};
    const WhatIfCandidates new = what_if_recruits(arena, &recruits);
    const WhatIfCandidates learn =
        what_if_lessons(arena, order->offers, order->offer_count,
                        items_of(arena, lessons, sizeof lessons / sizeof lessons[0], 8));
    const WhatIfCandidates places = what_if_places(arena, order->offers, order->offer_count, 1);
    printf("{\"families\":%zu,\"supporters\":%zu,", order->request_count, order->offer_count);
    print_table(arena, order, "recruits", &new);
    fputs(",", stdout);
    print_table(arena, order, "lessons", &learn);
    fputs(",", stdout);
    print_table(arena, order, "places", &places);
    puts("}");
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fputs("bench_plan FAMILIES SUPPORTERS shortage|slack lots|no-lots|what-if\n", stderr);
        return 2;
    }
    const GenerateOrder people = {
        .families = (uint32_t)strtoul(argv[1], NULL, 10),
        .supporters = (uint32_t)strtoul(argv[2], NULL, 10),
        .regime = strcmp(argv[3], "slack") == 0 ? GENERATE_SLACK : GENERATE_SHORTAGE,
        .seed = 1,
    };
    Arena *arena = arena_new(SIZE_MAX);
    const GeneratePool pool = generate_pool(arena, &people);
    const PlanOrder order = {
        .policy = &matching_policy_start,
        .requests = pool.requests,
        .request_count = pool.request_count,
        .offers = pool.offers,
        .offer_count = pool.offer_count,
        .seed = 1,
        .is_without_lots = strcmp(argv[4], "no-lots") == 0,
    };
    if (strcmp(argv[4], "what-if") == 0) {
        measure_what_if(arena, &order);
        arena_free(arena);
        return 0;
    }
    const size_t people_bytes = arena_used(arena);
    const double begun = seconds();
    const Plan plan = plan_new(arena, &order);
    const double planned = seconds();
    const int64_t peak = peak_bytes();
    const size_t envious = plan_count_envious(arena, &plan);
    const double counted = seconds();
    printf("{\"families\":%" PRIu32 ",\"supporters\":%" PRIu32 ",\"regime\":\"%s\",\"lot_bits\":%u,"
           "\"matched\":%zu,\"weight\":%" PRId64 ",\"objective\":%" PRId64 ",\"bound\":%" PRId64
           ",\"proved\":%s,\"rounds\":%zu,\"pairs\":%" PRIu64 ",\"envious\":%zu,\"seconds\":%.3f,"
           "\"envy_seconds\":%.3f,\"people_bytes\":%zu,\"peak_bytes\":%" PRId64 "}\n",
           people.families, people.supporters, argv[3], plan.lot_bits, plan.matched, plan.weight,
           plan.objective, plan.bound, plan.is_proved ? "true" : "false", plan.rounds, plan.pairs, envious,
           planned - begun, counted - planned, people_bytes, peak);
    arena_free(arena);
    return plan.is_proved ? 0 : 1;
}
