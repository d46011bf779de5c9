/* SPDX-License-Identifier: Apache-2.0 */
/* Plays the starting policy through at full size: short lists under congestion, a stream, and waits.
 *     congestion [SEEDS [FAMILIES SUPPORTERS]]     prints one JSON object of means over the seeds
 *     congestion gates                             one "ok" or "not ok" line a gate; status 1 when one fails
 *
 * Shares are percents of families (`unmatched`), of first requests (`in_vain`) and of the families that
 * need Spanish (`spanish`: matched); `score` is the mean over the matched, `same` that over the families
 * that naive lists match too, `listed` that of everyone on first lists, by naive lists. Waits are in weeks:
 * half and 95
 * of 100 families of a language wait at most so long. */
#include "base/fail.h"
#include "base/str.h"
#include "matching/generate.h"
#include "matching/simulate.h"

#include <inttypes.h>

enum { ARENA_GIB = 4, LISTS_COUNT = SIMULATE_PRICED + 1, EARLIER = 1000 };

static const char *const lists_names[LISTS_COUNT] = {"naive", "refreshed", "priced"};
static const char *const queue_names[SIMULATE_QUEUE_COUNT] = {"policy", "score", "first_come"};
static const char *const regime_names[] = {"shortage", "slack"};

typedef struct Means {
    double unmatched;
    double in_vain;
    double score;
    double spanish;
    double same; /* by naive lists */
    double listed;
} Means;

static double percent(size_t part, size_t whole) {
    return whole == 0 ? 0 : 100.0 * (double)part / (double)whole;
}

static double mean_score(const SimulateOutcome *outcome) {
    return outcome->matched == 0 ? 0 : (double)outcome->score / (double)outcome->matched;
}

static double mean_listed(const SimulateOutcome *outcome) {
    return outcome->listed == 0 ? 0 : (double)outcome->list_score / (double)outcome->listed;
}

static void add(Means *means, const SimulateOutcome *outcome, const SimulateOutcome *naive, uint32_t seeds) {
    const SimulateBoth both = simulate_both(outcome, naive);
    means->same += (double)both.one / (double)both.other / seeds;
    means->listed += mean_listed(outcome) / mean_listed(naive) / seeds;
    means->unmatched += percent(outcome->families - outcome->matched, outcome->families) / seeds;
    means->in_vain += percent(outcome->in_vain, outcome->asked) / seeds;
    means->score += mean_score(outcome) / seeds;
    for (size_t at = 0; at < outcome->group_count; at++) {
        const SimulateGroup *group = &outcome->groups[at];
        if (group->language == generate_item(FACET_LANGUAGE, 1)) {
            means->spanish += percent(group->matched, group->families) / seeds;
        }
    }
}

static void print_means(const char *name, const Means means[LISTS_COUNT]) {
    printf("\"%s\":{", name);
    for (int lists = 0; lists < LISTS_COUNT; lists++) {
        const Means *mine = &means[lists];
        const Means *naive = &means[SIMULATE_NAIVE];
        printf("%s\"%s\":{\"unmatched\":%.2f,\"in_vain\":%.2f,\"score\":%.2f,\"spanish\":%.2f,"
               "\"unmatched_by_naive\":%.3f,\"in_vain_by_naive\":%.3f,\"score_by_naive\":%.3f,\"same\":%.3f,"
               "\"listed\":%.3f}",
               lists == 0 ? "" : ",", lists_names[lists], mine->unmatched, mine->in_vain, mine->score,
               mine->spanish, mine->unmatched / naive->unmatched, mine->in_vain / naive->in_vain,
               mine->score / naive->score, mine->same, mine->listed);
    }
    printf("}");
}

static GeneratePool people(Arena *arena, const SimulateSize *size, GenerateRegime regime, uint64_t seed) {
    return generate_pool(arena, &(GenerateOrder){.families = size->families,
                                                 .supporters = size->supporters,
                                                 .regime = regime,
                                                 .seed = seed});
}

static void play_lists(Arena *arena, Arena *work, const SimulateSize *size, GenerateRegime regime) {
    Means once[LISTS_COUNT] = {0};
    Means stream[LISTS_COUNT] = {0};
    for (uint64_t seed = 1; seed <= size->seeds; seed++) {
        const GeneratePool pool = people(arena, size, regime, seed);
        const GeneratePool earlier = people(arena, size, regime, seed + EARLIER);
        SimulateOutcome at_once[LISTS_COUNT];
        SimulateOutcome streamed[LISTS_COUNT];
        for (SimulateLists lists = 0; lists <= SIMULATE_PRICED; lists++) {
            at_once[lists] = simulate_at_once(work, &matching_policy_start, pool.offers, pool.offer_count,
                                              pool.requests, pool.request_count, seed, lists);
            add(&once[lists], &at_once[lists], &at_once[SIMULATE_NAIVE], size->seeds);
            streamed[lists] =
                simulate_stream(work, &matching_policy_start, pool.offers, pool.offer_count, pool.requests,
                                pool.request_count, earlier.requests, earlier.request_count, seed, lists);
            add(&stream[lists], &streamed[lists], &streamed[SIMULATE_NAIVE], size->seeds);
        }
        arena_reset(work);
        arena_reset(arena);
    }
    printf("\"%s\":{", regime_names[regime]);
    print_means("at_once", once);
    printf(",");
    print_means("stream", stream);
    printf("},");
}

static void play_waits(Arena *arena) {
    const SimulateProgram program = simulate_program(arena, SIMULATE_FAMILIES, SIMULATE_SUPPORTERS, 1);
    const SimulateWaits waits =
        simulate_waits(arena, &matching_policy_start, program.offers, program.offer_count, program.requests,
                       program.request_count, 1);
    printf("\"waits\":{\"families\":%d,\"supporters\":%d", SIMULATE_FAMILIES, SIMULATE_SUPPORTERS);
    for (SimulateQueue queue = 0; queue < SIMULATE_QUEUE_COUNT; queue++) {
        const SimulateOutcome *outcome = &waits.by[queue];
        printf(",\"%s\":{\"matched\":%zu,\"score\":%.2f,\"groups\":[", queue_names[queue], outcome->matched,
               mean_score(outcome));
        for (size_t at = 0; at < outcome->group_count; at++) {
            const SimulateGroup *group = &outcome->groups[at];
            printf("%s{\"language\":%" PRId64 ",\"families\":%zu,\"half\":%" PRId64 ",\"most\":%" PRId64 "}",
                   at == 0 ? "" : ",", group->language - generate_item(FACET_LANGUAGE, 0), group->families,
                   group->weeks_half, group->weeks_most);
        }
        printf("]}");
    }
    printf("}");
}

static int play_gates(Arena *arena) {
    static const char *const names[SIMULATE_GATE_COUNT] = {
        [SIMULATE_GATE_WAIT] = "the slowest group waits no longer",
        [SIMULATE_GATE_FIT] = "a better fit than first come, first served",
        [SIMULATE_GATE_REACH] = "the rules leave someone",
        [SIMULATE_GATE_FLIP] = "flips",
        [SIMULATE_GATE_UNMATCHED_SHORTAGE] = "left alone in shortage, by naive lists",
        [SIMULATE_GATE_UNMATCHED_SLACK] = "left alone in slack, by naive lists",
        [SIMULATE_GATE_IN_VAIN_SHORTAGE] = "first requests in vain in shortage, by naive lists",
        [SIMULATE_GATE_IN_VAIN_SLACK] = "first requests in vain in slack, by naive lists",
        [SIMULATE_GATE_SCORE_SHORTAGE] = "score of the same families in shortage, by naive lists",
        [SIMULATE_GATE_SCORE_SLACK] = "score of the same families in slack, by naive lists",
    };
    const SimulateGates gates = simulate_gates(arena, &matching_policy_start, &simulate_full, 1);
    for (SimulateGate gate = 0; gate < SIMULATE_GATE_COUNT; gate++) {
        const SimulateVerdict *verdict = &gates.gates[gate];
        printf("%s - %s: %" PRId64 ", limit %" PRId64 "\n", verdict->is_passed ? "ok" : "not ok", names[gate],
               verdict->figure, verdict->limit);
    }
    return gates.is_passed ? 0 : 1;
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
    if (count == 2 && str_equal(str_of(arguments[1]), STR("gates"))) {
        return play_gates(arena);
    }
    const SimulateSize size = {.families = number(count, arguments, 2, simulate_full.families),
                               .supporters = number(count, arguments, 3, simulate_full.supporters),
                               .seeds = number(count, arguments, 1, simulate_full.seeds)};
    Arena *work = arena_new((size_t)ARENA_GIB << 30);
    printf("{\"families\":%" PRIu32 ",\"supporters\":%" PRIu32 ",\"seeds\":%" PRIu32 ",", size.families,
           size.supporters, size.seeds);
    play_lists(arena, work, &size, GENERATE_SHORTAGE);
    play_lists(arena, work, &size, GENERATE_SLACK);
    play_waits(arena);
    printf("}\n");
    arena_free(work);
    arena_free(arena);
    return 0;
}
