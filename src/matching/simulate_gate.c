/* SPDX-License-Identifier: Apache-2.0 */
/* Holds a policy against the gates. */
#include "matching/simulate.h"

#include "matching/generate.h"

#include <assert.h>

enum { THOUSAND = 1000 };

const SimulateSize simulate_full = {.families = 10000, .supporters = 2000, .seeds = 5};

/* part / whole in thousandths; where there is no whole, as if it were 1. */
static int64_t share(int64_t part, int64_t whole) {
    return part * THOUSAND / (whole > 0 ? whole : 1);
}

static void at_most(SimulateGates *gates, SimulateGate gate, int64_t figure, int64_t limit) {
    gates->gates[gate] =
        (SimulateVerdict){.was_tried = true, .is_passed = figure <= limit, .figure = figure, .limit = limit};
}

static void at_least(SimulateGates *gates, SimulateGate gate, int64_t figure, int64_t limit) {
    gates->gates[gate] =
        (SimulateVerdict){.was_tried = true, .is_passed = figure >= limit, .figure = figure, .limit = limit};
}

/* ---- waits ---- */

/* Over all runs. */
typedef struct Sums {
    int64_t languages[SIMULATE_GROUPS];
    int64_t group_weeks[SIMULATE_GROUPS];
    int64_t queue_weeks[SIMULATE_GROUPS]; /* of the same families, first come, first served */
    size_t group_count;
    int64_t families;
    int64_t fit;   /* mean scores in thousandths */
    int64_t queue; /* likewise, of first come, first served */
} Sums;

static size_t place_of(Sums *sums, const SimulateGroup *group) {
    size_t at = 0;
    while (at < sums->group_count && sums->languages[at] != group->language) {
        at++;
    }
    sums->group_count += at == sums->group_count ? 1 : 0;
    sums->languages[at] = group->language;
    return at;
}

static int64_t mean_score(const SimulateOutcome *outcome) {
    return share(outcome->score, (int64_t)outcome->matched);
}

static void add_run(Sums *sums, const SimulateWaits *waits) {
    const SimulateOutcome *outcome = &waits->by[SIMULATE_BY_POLICY];
    const SimulateOutcome *queue = &waits->by[SIMULATE_FIRST_COME];
    for (size_t at = 0; at < outcome->group_count; at++) {
        sums->group_weeks[place_of(sums, &outcome->groups[at])] += outcome->groups[at].weeks_most;
    }
    for (size_t at = 0; at < queue->group_count; at++) {
        sums->queue_weeks[place_of(sums, &queue->groups[at])] += queue->groups[at].weeks_most;
    }
    sums->families += (int64_t)outcome->families;
    sums->fit += mean_score(outcome);
    sums->queue += mean_score(queue);
}

static void judge_waits(Arena *scratch, SimulateGates *gates, const MatchingPolicy *policy, uint64_t seed) {
    Sums sums = {0};
    for (uint64_t run = 0; run < SIMULATE_RUNS; run++) {
        const SimulateProgram program =
            simulate_program(scratch, SIMULATE_FAMILIES, SIMULATE_SUPPORTERS, seed + run);
        const SimulateWaits waits = simulate_waits(scratch, policy, program.offers, program.offer_count,
                                                   program.requests, program.request_count, seed + run);
        gates->waits = run == 0 ? waits : gates->waits;
        add_run(&sums, &waits);
    }
    int64_t longest = 0;
    for (size_t at = 0; at < sums.group_count; at++) {
        const int64_t times = share(sums.group_weeks[at], sums.queue_weeks[at]);
        longest = times > longest ? times : longest;
    }
    at_most(gates, SIMULATE_GATE_WAIT, longest, SIMULATE_WAIT_MOST);
    at_least(gates, SIMULATE_GATE_FIT, share(sums.fit, sums.queue), SIMULATE_FIT_LEAST);
    at_least(gates, SIMULATE_GATE_REACH, share(sums.families, SIMULATE_RUNS * SIMULATE_FAMILIES),
             SIMULATE_REACH_LEAST);
}

static void judge_flips(Arena *scratch, SimulateGates *gates, const MatchingPolicy *policy, uint64_t seed) {
    const GeneratePool pool = generate_pool(scratch, &(GenerateOrder){.families = SIMULATE_FAMILIES,
                                                                      .supporters = SIMULATE_SUPPORTERS,
                                                                      .regime = GENERATE_SLACK,
                                                                      .seed = seed});
    gates->flips = flip_try(scratch, policy, pool.offers, pool.offer_count, pool.requests, pool.request_count,
                            seed, SIMULATE_TRIALS);
    int64_t tried = 0;
    int64_t failed = 0;
    for (FlipKind kind = 0; kind < FLIP_COUNT; kind++) {
        tried += (int64_t)gates->flips.counts[kind].tried;
        failed += (int64_t)gates->flips.counts[kind].failed;
    }
    at_least(gates, SIMULATE_GATE_FLIP, share(tried - failed, tried), THOUSAND);
}

/* ---- short lists ---- */

/* What a way of making lists comes to over all seeds. */
typedef struct ListSums {
    int64_t unmatched;
    int64_t in_vain; /* shares of first requests, in thousandths */
    int64_t score;   /* of the families that found someone here and by naive lists */
    int64_t naive;   /* of the same by naive lists */
} ListSums;

static void add_lists(ListSums *sums, const SimulateOutcome *outcome, const SimulateOutcome *naive) {
    const SimulateBoth both = simulate_both(outcome, naive);
    sums->unmatched += (int64_t)(outcome->families - outcome->matched);
    sums->in_vain += share((int64_t)outcome->in_vain, (int64_t)outcome->asked);
    sums->score += both.one;
    sums->naive += both.other;
}

static void judge_lists(Arena *scratch, SimulateGates *gates, const MatchingPolicy *policy,
                        const SimulateSize *size, bool is_slack, uint64_t seed) {
    static const SimulateLists compared[] = {SIMULATE_NAIVE, SIMULATE_PRICED};
    enum { NAIVE, PRICED, COMPARED };
    ListSums sums[COMPARED] = {0};
    Arena *people = simulate_arena(scratch);
    Arena *work = simulate_arena(scratch);
    for (uint64_t run = 0; run < size->seeds; run++) {
        const GeneratePool pool =
            generate_pool(people, &(GenerateOrder){.families = size->families,
                                                   .supporters = size->supporters,
                                                   .regime = is_slack ? GENERATE_SLACK : GENERATE_SHORTAGE,
                                                   .seed = seed + run});
        SimulateOutcome outcomes[COMPARED];
        for (size_t way = 0; way < COMPARED; way++) {
            outcomes[way] = simulate_at_once(work, policy, pool.offers, pool.offer_count, pool.requests,
                                             pool.request_count, seed + run, compared[way]);
            add_lists(&sums[way], &outcomes[way], &outcomes[NAIVE]);
        }
        arena_reset(work);
        arena_reset(people);
    }
    const ListSums *naive = &sums[NAIVE];
    const ListSums *priced = &sums[PRICED];
    at_most(gates, is_slack ? SIMULATE_GATE_UNMATCHED_SLACK : SIMULATE_GATE_UNMATCHED_SHORTAGE,
            share(priced->unmatched, naive->unmatched),
            is_slack ? SIMULATE_UNMATCHED_SLACK_MOST : SIMULATE_UNMATCHED_SHORTAGE_MOST);
    at_most(gates, is_slack ? SIMULATE_GATE_IN_VAIN_SLACK : SIMULATE_GATE_IN_VAIN_SHORTAGE,
            share(priced->in_vain, naive->in_vain), SIMULATE_IN_VAIN_MOST);
    at_least(gates, is_slack ? SIMULATE_GATE_SCORE_SLACK : SIMULATE_GATE_SCORE_SHORTAGE,
             share(priced->score, priced->naive),
             is_slack ? SIMULATE_SCORE_SLACK_LEAST : SIMULATE_SCORE_SHORTAGE_LEAST);
}

SimulateGates simulate_gates(Arena *scratch, const MatchingPolicy *policy, const SimulateSize *lists,
                             uint64_t seed) {
    SimulateGates gates = {.is_passed = true};
    judge_waits(scratch, &gates, policy, seed);
    judge_flips(scratch, &gates, policy, seed);
    if (lists != NULL) {
        judge_lists(scratch, &gates, policy, lists, false, seed);
        judge_lists(scratch, &gates, policy, lists, true, seed);
    }
    for (SimulateGate gate = 0; gate < SIMULATE_GATE_COUNT; gate++) {
        gates.is_passed = gates.is_passed && (!gates.gates[gate].was_tried || gates.gates[gate].is_passed);
    }
    return gates;
}
