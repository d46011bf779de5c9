/* SPDX-License-Identifier: Apache-2.0 */
/* The simulations: sums that must hold, what lists and queues must show, and policies that must not pass. */
#include "test/unit.h"

#include "matching/generate.h"
#include "matching/simulate.h"
#include "test/one_arena.h"

enum { FAMILIES = 400, SUPPORTERS = 80 };

static GeneratePool people(GenerateRegime regime, uint64_t seed) {
    return generate_pool(
        arena,
        &(GenerateOrder){.families = FAMILIES, .supporters = SUPPORTERS, .regime = regime, .seed = seed});
}

static int64_t places_of(const GeneratePool *pool) {
    int64_t places = 0;
    for (size_t at = 0; at < pool->offer_count; at++) {
        const MatchingOffer *offer = &pool->offers[at];
        const bool is_open = offer->is_cleared && !offer->is_paused && offer->load < offer->capacity;
        places += is_open ? offer->capacity - offer->load : 0;
    }
    return places;
}

static SimulateOutcome at_once(const GeneratePool *pool, SimulateLists lists) {
    return simulate_at_once(arena, &matching_policy_start, pool->offers, pool->offer_count, pool->requests,
                            pool->request_count, 9, lists);
}

static void assert_sums(const SimulateOutcome *outcome, size_t families) {
    assert_int_equal(outcome->families, families);
    assert_true(outcome->matched <= outcome->asked && outcome->asked <= families);
    assert_true(outcome->in_vain <= outcome->asked);
    size_t members = 0;
    size_t matched = 0;
    for (size_t at = 0; at < outcome->group_count; at++) {
        const SimulateGroup *group = &outcome->groups[at];
        assert_true(group->families > 0 && group->matched <= group->families);
        members += group->families;
        matched += group->matched;
    }
    assert_int_equal(members, families);
    assert_int_equal(matched, outcome->matched);
}

static size_t alone(const SimulateOutcome *outcome) {
    return outcome->families - outcome->matched;
}

static void test_priced_lists_leave_fewer_alone(void **state) {
    (void)state;
    for (GenerateRegime regime = GENERATE_SHORTAGE; regime <= GENERATE_SLACK; regime++) {
        arena_reset(arena);
        const GeneratePool pool = people(regime, 1);
        const SimulateOutcome naive = at_once(&pool, SIMULATE_NAIVE);
        const SimulateOutcome refreshed = at_once(&pool, SIMULATE_REFRESHED);
        const SimulateOutcome priced = at_once(&pool, SIMULATE_PRICED);
        assert_sums(&naive, FAMILIES);
        assert_sums(&refreshed, FAMILIES);
        assert_sums(&priced, FAMILIES);
        assert_true((int64_t)priced.matched <= places_of(&pool));
        /* Even at this size, where more families than at a state's have nobody at all. */
        assert_true(alone(&priced) * 100 <= alone(&naive) * 80);
        assert_true(alone(&priced) <= alone(&refreshed));
        assert_true(priced.in_vain * 100 <= naive.in_vain * 70);
        assert_int_equal(naive.in_vain, refreshed.in_vain);
    }
}

/* Whoever is matched has a score, and the same families are those matched in both. */
static void test_the_same_families_are_compared(void **state) {
    (void)state;
    arena_reset(arena);
    const GeneratePool pool = people(GENERATE_SHORTAGE, 2);
    const SimulateOutcome naive = at_once(&pool, SIMULATE_NAIVE);
    const SimulateOutcome priced = at_once(&pool, SIMULATE_PRICED);
    SimulateBoth expected = {0};
    int64_t score = 0;
    for (size_t at = 0; at < FAMILIES; at++) {
        const bool is_in_both = priced.scores[at] != SIMULATE_ALONE && naive.scores[at] != SIMULATE_ALONE;
        expected.families += is_in_both ? 1 : 0;
        expected.one += is_in_both ? priced.scores[at] : 0;
        expected.other += is_in_both ? naive.scores[at] : 0;
        score += priced.scores[at] == SIMULATE_ALONE ? 0 : priced.scores[at];
    }
    assert_int_equal(score, priced.score);
    const SimulateBoth both = simulate_both(&priced, &naive);
    assert_int_equal(both.families, expected.families);
    assert_int_equal(both.one, expected.one);
    assert_int_equal(both.other, expected.other);
    assert_true(both.families > 0 && both.families <= naive.matched && both.one < both.other);
    assert_true(priced.listed <= (size_t)FAMILIES * SIMULATE_LIST && priced.listed == naive.listed);
    assert_true(priced.list_score < naive.list_score); /* nothing is above the best by score alone */
    const SimulateBoth itself = simulate_both(&naive, &naive);
    assert_int_equal(itself.families, naive.matched);
    assert_int_equal(itself.one, naive.score);
}

static void test_the_same_seed_plays_the_same(void **state) {
    (void)state;
    arena_reset(arena);
    const GeneratePool pool = people(GENERATE_SHORTAGE, 4);
    const SimulateOutcome one = at_once(&pool, SIMULATE_PRICED);
    const SimulateOutcome other = at_once(&pool, SIMULATE_PRICED);
    assert_int_equal(one.matched, other.matched);
    assert_int_equal(one.score, other.score);
    assert_int_equal(one.in_vain, other.in_vain);
}

static void test_lists_for_nobody(void **state) {
    (void)state;
    arena_reset(arena);
    const GeneratePool pool = people(GENERATE_SHORTAGE, 1);
    const SimulateOutcome unasked = simulate_at_once(arena, &matching_policy_start, pool.offers,
                                                     pool.offer_count, NULL, 0, 9, SIMULATE_PRICED);
    assert_int_equal(unasked.families + unasked.matched + unasked.group_count, 0);
    const SimulateOutcome nobody = simulate_at_once(arena, &matching_policy_start, NULL, 0, pool.requests,
                                                    pool.request_count, 9, SIMULATE_PRICED);
    assert_int_equal(nobody.families, FAMILIES);
    assert_int_equal(nobody.matched + nobody.asked, 0);
    const SimulateOutcome empty = simulate_stream(arena, &matching_policy_start, pool.offers,
                                                  pool.offer_count, NULL, 0, NULL, 0, 9, SIMULATE_PRICED);
    assert_int_equal(empty.families + empty.matched, 0);
}

static SimulateOutcome stream(const GeneratePool *pool, const GeneratePool *earlier, SimulateLists lists) {
    return simulate_stream(arena, &matching_policy_start, pool->offers, pool->offer_count, pool->requests,
                           pool->request_count, earlier->requests, earlier->request_count, 9, lists);
}

/* Share of the families that need Spanish, in thousandths, that found someone. */
static size_t spanish(const SimulateOutcome *outcome) {
    for (size_t at = 0; at < outcome->group_count; at++) {
        if (outcome->groups[at].language == generate_item(FACET_LANGUAGE, 1)) {
            return outcome->groups[at].matched * 1000 / outcome->groups[at].families;
        }
    }
    return 0;
}

static void test_a_stream_with_forecast_prices(void **state) {
    (void)state;
    arena_reset(arena);
    size_t naive_alone = 0;
    size_t priced_alone = 0;
    size_t naive_spanish = 0;
    size_t priced_spanish = 0;
    for (uint64_t seed = 1; seed <= 2; seed++) {
        const GeneratePool pool = people(GENERATE_SHORTAGE, seed);
        const GeneratePool earlier = people(GENERATE_SHORTAGE, seed + 100);
        const SimulateOutcome naive = stream(&pool, &earlier, SIMULATE_NAIVE);
        const SimulateOutcome priced = stream(&pool, &earlier, SIMULATE_PRICED);
        assert_sums(&naive, FAMILIES);
        assert_sums(&priced, FAMILIES);
        assert_true((int64_t)priced.matched <= places_of(&pool));
        naive_alone += alone(&naive);
        priced_alone += alone(&priced);
        naive_spanish += spanish(&naive);
        priced_spanish += spanish(&priced);
    }
    /* Places of supporters who speak Spanish are kept, and nobody had to say so. */
    assert_true(priced_alone <= naive_alone);
    assert_true(priced_spanish > naive_spanish);
}

/* ---- waits ---- */

static SimulateWaits waits_by(const MatchingPolicy *policy, uint64_t seed) {
    const SimulateProgram program = simulate_program(arena, 400, 50, seed);
    return simulate_waits(arena, policy, program.offers, program.offer_count, program.requests,
                          program.request_count, seed);
}

static void test_a_program_speaks_three_languages(void **state) {
    (void)state;
    arena_reset(arena);
    const SimulateProgram program = simulate_program(arena, 1000, 100, 2);
    assert_int_equal(program.offer_count, 100);
    size_t spanish_speakers = 0;
    for (size_t at = 0; at < program.offer_count; at++) {
        const MatchingOffer *offer = &program.offers[at];
        assert_int_equal(offer->load + offer->listed + offer->pending, 0);
        bool speaks_english = false;
        for (size_t item = 0; item < offer->has.count; item++) {
            speaks_english =
                speaks_english || offer->has.items[item].item == generate_item(FACET_LANGUAGE, 0);
            spanish_speakers += offer->has.items[item].item == generate_item(FACET_LANGUAGE, 1) ? 1 : 0;
        }
        assert_true(speaks_english);
    }
    assert_int_equal(spanish_speakers, 38);
    for (size_t at = 0; at < program.request_count; at++) {
        const int64_t language = simulate_language(&program.requests[at]);
        assert_true(language >= generate_item(FACET_LANGUAGE, 0) &&
                    language <= generate_item(FACET_LANGUAGE, 2));
    }
}

static void test_waits_add_up(void **state) {
    (void)state;
    arena_reset(arena);
    const SimulateWaits waits = waits_by(&matching_policy_start, 1);
    for (SimulateQueue queue = 0; queue < SIMULATE_QUEUE_COUNT; queue++) {
        const SimulateOutcome *outcome = &waits.by[queue];
        assert_int_equal(outcome->families, waits.by[0].families);
        assert_true(outcome->matched > 0 && outcome->matched < outcome->families);
        assert_true(outcome->weeks_half <= outcome->weeks_most && outcome->weeks_most <= SIMULATE_WEEKS);
        size_t members = 0;
        for (size_t at = 0; at < outcome->group_count; at++) {
            const SimulateGroup *group = &outcome->groups[at];
            members += group->families;
            assert_true(group->weeks_half <= group->weeks_most && group->weeks_most <= SIMULATE_WEEKS);
        }
        assert_int_equal(members, outcome->families);
    }
    /* Score alone fits best and lets the slowest wait longest; first come, first served is the other way. */
    const SimulateOutcome *policy = &waits.by[SIMULATE_BY_POLICY];
    const SimulateOutcome *score = &waits.by[SIMULATE_BY_SCORE];
    const SimulateOutcome *queue = &waits.by[SIMULATE_FIRST_COME];
    assert_true(score->score * (int64_t)policy->matched > policy->score * (int64_t)score->matched);
    assert_true(policy->score * (int64_t)queue->matched > queue->score * (int64_t)policy->matched);
    assert_true(score->weeks_most > policy->weeks_most);
}

/* Without justified envy the queue rules: weeks come close to first come, first served. */
static void test_waits_without_envy(void **state) {
    (void)state;
    arena_reset(arena);
    MatchingPolicy policy = matching_policy_start;
    const SimulateWaits best = waits_by(&policy, 1);
    policy.method = METHOD_NO_ENVY;
    const SimulateWaits fair = waits_by(&policy, 1);
    assert_true(fair.by[SIMULATE_BY_POLICY].score < best.by[SIMULATE_BY_POLICY].score);
    assert_int_equal(fair.by[SIMULATE_FIRST_COME].score, best.by[SIMULATE_FIRST_COME].score);
    const int64_t apart = fair.by[SIMULATE_BY_POLICY].weeks_most - fair.by[SIMULATE_FIRST_COME].weeks_most;
    assert_true(apart >= -6 && apart <= 6);
}

static void test_waits_of_nobody(void **state) {
    (void)state;
    arena_reset(arena);
    const SimulateProgram program = simulate_program(arena, 30, 5, 1);
    const SimulateWaits nobody =
        simulate_waits(arena, &matching_policy_start, NULL, 0, program.requests, program.request_count, 1);
    assert_int_equal(nobody.by[SIMULATE_BY_POLICY].families, 0);
    /* One family, which may have come too late to be counted: nothing to divide by. */
    const SimulateWaits few = simulate_waits(arena, &matching_policy_start, program.offers,
                                             program.offer_count, program.requests, 3, 1);
    assert_true(few.by[SIMULATE_BY_POLICY].families <= 3);
}

static const SimulateGroup *group_of(const SimulateOutcome *outcome, int64_t language) {
    for (size_t at = 0; at < outcome->group_count; at++) {
        if (outcome->groups[at].language == language) {
            return &outcome->groups[at];
        }
    }
    return NULL;
}

/* The last of five comes too late for its wait to say anything, and is the only one of its language. */
static void test_a_group_that_came_late_has_no_weeks(void **state) {
    (void)state;
    enum { FIVE = 5 };
    static const MatchingItem has[] = {{.item = 1, .facet = FACET_LANGUAGE},
                                       {.item = 2, .facet = FACET_LANGUAGE}};
    static const MatchingWish wishes[] = {{.item = 1, .facet = FACET_LANGUAGE, .kind = WISH_FIRST},
                                          {.item = 2, .facet = FACET_LANGUAGE, .kind = WISH_FIRST}};
    /* The second takes nobody, ever. */
    const MatchingOffer offers[] = {
        {.key = 1, .person = 1, .is_cleared = true, .capacity = 5, .has = {.items = has, .count = 2}},
        {.key = 2, .person = 2, .is_cleared = true, .has = {.items = has, .count = 2}}};
    MatchingRequest requests[FIVE];
    for (size_t at = 0; at < FIVE; at++) {
        requests[at] = (MatchingRequest){
            .key = (int64_t)at + 10,
            .person = (int64_t)at + 10,
            .wishes = {.items = &wishes[at + 1 < FIVE ? 0 : 1], .count = 1},
        };
    }
    arena_reset(arena);
    const SimulateWaits waits = simulate_waits(arena, &matching_policy_start, offers, 2, requests, FIVE, 1);
    const SimulateOutcome *outcome = &waits.by[SIMULATE_FIRST_COME];
    assert_int_equal(outcome->families, FIVE);
    assert_int_equal(outcome->group_count, 2);
    const SimulateGroup *late = group_of(outcome, 2);
    assert_int_equal(late->families, 1);
    assert_int_equal(late->weeks_half, 0);
    assert_int_equal(late->weeks_most, 0);
    /* Nobody to take anyone: no family that counts. */
    const SimulateWaits none =
        simulate_waits(arena, &matching_policy_start, offers + 1, 1, requests, FIVE, 1);
    assert_int_equal(none.by[SIMULATE_FIRST_COME].families, 0);
}

/* Families of many languages: those past the last group count with it. */
static void test_further_languages_count_with_the_last(void **state) {
    (void)state;
    SimulateOutcome outcome = {0};
    MatchingWish wish = {.facet = FACET_LANGUAGE, .kind = WISH_FIRST};
    const MatchingRequest request = {.wishes = {.items = &wish, .count = 1}};
    for (int64_t language = 1; language <= SIMULATE_GROUPS; language++) {
        wish.item = language;
        assert_int_equal(simulate_group(&outcome, &request)->language, language);
    }
    wish.item = SIMULATE_GROUPS + 1;
    assert_int_equal(simulate_group(&outcome, &request)->language, SIMULATE_GROUPS);
    wish.kind = WISH_CHOSEN;
    assert_int_equal(simulate_language(&request), 0);
    wish = (MatchingWish){.item = 3, .facet = FACET_ROLE, .kind = WISH_FIRST};
    assert_int_equal(simulate_language(&request), 0);
}

/* ---- gates ---- */

typedef void Change(MatchingPolicy *policy);

static void score_alone_with_coded_culture(MatchingPolicy *policy) {
    policy->day = 0;
    policy->facets[FACET_CULTURE].coded = 5;
}

static void days_alone_with_much_in_common(MatchingPolicy *policy) {
    policy->day = 100;
    policy->facets[FACET_RELATION].rule = RULE_COMMON;
    policy->facets[FACET_REGION].rule = RULE_COMMON;
    policy->facets[FACET_AGE].rule = RULE_COMMON;
}

static void days_that_hardly_count(MatchingPolicy *policy) {
    policy->day = 1;
}

static SimulateGates gates_seeded(Change *change, const SimulateSize *lists, uint64_t seed) {
    arena_reset(arena);
    MatchingPolicy policy = matching_policy_start;
    if (change != NULL) {
        change(&policy);
    }
    return simulate_gates(arena, &policy, lists, seed);
}

static SimulateGates gates_after(Change *change, const SimulateSize *lists) {
    return gates_seeded(change, lists, 1);
}

static void test_the_starting_policy_passes_its_gates(void **state) {
    (void)state;
    const SimulateGates gates = gates_after(NULL, NULL);
    for (SimulateGate gate = 0; gate < SIMULATE_GATE_COUNT; gate++) {
        assert_int_equal(gates.gates[gate].was_tried, gate <= SIMULATE_GATE_FLIP);
        assert_int_equal(gates.gates[gate].is_passed, gate <= SIMULATE_GATE_FLIP);
    }
    assert_true(gates.is_passed && gates.flips.is_passed);
    assert_true(gates.waits.by[SIMULATE_BY_POLICY].families > 900);
}

/* Whom chance brings decides about no policy: neither who passes nor who is stopped. */
static void test_the_gate_of_waits_does_not_hang_on_the_seed(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        const SimulateGates start = gates_seeded(NULL, NULL, seed);
        assert_true(start.is_passed);
        const SimulateGates hardly = gates_seeded(days_that_hardly_count, NULL, seed);
        assert_false(hardly.gates[SIMULATE_GATE_WAIT].is_passed);
        const SimulateGates score = gates_seeded(score_alone_with_coded_culture, NULL, seed);
        assert_true(score.gates[SIMULATE_GATE_WAIT].figure > 2 * start.gates[SIMULATE_GATE_WAIT].figure);
    }
}

/* The figure is what its name says: weeks of the group that loses most, by its weeks in a mere queue. */
static void test_the_gate_of_waits_compares_with_a_queue(void **state) {
    (void)state;
    arena_reset(arena);
    int64_t weeks[2][SIMULATE_GROUPS] = {0};
    for (uint64_t seed = 4; seed < 4 + SIMULATE_RUNS; seed++) {
        const SimulateProgram program = simulate_program(arena, SIMULATE_FAMILIES, SIMULATE_SUPPORTERS, seed);
        const SimulateWaits waits =
            simulate_waits(arena, &matching_policy_start, program.offers, program.offer_count,
                           program.requests, program.request_count, seed);
        const SimulateOutcome *outcomes[] = {&waits.by[SIMULATE_BY_POLICY], &waits.by[SIMULATE_FIRST_COME]};
        for (size_t queue = 0; queue < 2; queue++) {
            for (size_t at = 0; at < outcomes[queue]->group_count; at++) {
                const SimulateGroup *group = &outcomes[queue]->groups[at];
                weeks[queue][group->language - generate_item(FACET_LANGUAGE, 0)] += group->weeks_most;
            }
        }
    }
    int64_t most = 0;
    for (size_t at = 0; at < 3; at++) {
        const int64_t times = weeks[0][at] * 1000 / weeks[1][at];
        most = times > most ? times : most;
    }
    assert_int_equal(gates_seeded(NULL, NULL, 4).gates[SIMULATE_GATE_WAIT].figure, most);
}

static void test_each_gate_stops_a_policy(void **state) {
    (void)state;
    const SimulateGates one = gates_after(score_alone_with_coded_culture, NULL);
    assert_false(one.is_passed);
    assert_false(one.gates[SIMULATE_GATE_WAIT].is_passed);
    assert_true(one.gates[SIMULATE_GATE_FIT].is_passed);
    assert_true(one.gates[SIMULATE_GATE_REACH].is_passed);
    assert_false(one.gates[SIMULATE_GATE_FLIP].is_passed);
    const SimulateGates other = gates_after(days_alone_with_much_in_common, NULL);
    assert_false(other.is_passed);
    assert_false(other.gates[SIMULATE_GATE_FIT].is_passed);
    assert_false(other.gates[SIMULATE_GATE_REACH].is_passed);
}

/* At a size far below that of the limits: the figures are there, and mean what they say. */
static void test_gates_of_short_lists(void **state) {
    (void)state;
    const SimulateSize small = {.families = 150, .supporters = 40, .seeds = 1};
    const SimulateGates gates = gates_after(NULL, &small);
    for (SimulateGate gate = SIMULATE_GATE_UNMATCHED_SHORTAGE; gate < SIMULATE_GATE_COUNT; gate++) {
        const SimulateVerdict *verdict = &gates.gates[gate];
        const bool is_least = gate == SIMULATE_GATE_SCORE_SHORTAGE || gate == SIMULATE_GATE_SCORE_SLACK;
        assert_true(verdict->was_tried && verdict->figure > 0 && verdict->figure < 1200);
        assert_int_equal(verdict->is_passed,
                         is_least ? verdict->figure >= verdict->limit : verdict->figure <= verdict->limit);
    }
    const GeneratePool pool = generate_pool(
        arena, &(GenerateOrder){.families = 150, .supporters = 40, .regime = GENERATE_SLACK, .seed = 1});
    const SimulateOutcome naive =
        simulate_at_once(arena, &matching_policy_start, pool.offers, pool.offer_count, pool.requests,
                         pool.request_count, 1, SIMULATE_NAIVE);
    const SimulateOutcome priced =
        simulate_at_once(arena, &matching_policy_start, pool.offers, pool.offer_count, pool.requests,
                         pool.request_count, 1, SIMULATE_PRICED);
    assert_int_equal(gates.gates[SIMULATE_GATE_UNMATCHED_SLACK].figure,
                     alone(&priced) * 1000 / alone(&naive));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_priced_lists_leave_fewer_alone),
        cmocka_unit_test(test_the_same_families_are_compared),
        cmocka_unit_test(test_the_same_seed_plays_the_same),
        cmocka_unit_test(test_lists_for_nobody),
        cmocka_unit_test(test_a_stream_with_forecast_prices),
        cmocka_unit_test(test_a_program_speaks_three_languages),
        cmocka_unit_test(test_waits_add_up),
        cmocka_unit_test(test_waits_without_envy),
        cmocka_unit_test(test_waits_of_nobody),
        cmocka_unit_test(test_a_group_that_came_late_has_no_weeks),
        cmocka_unit_test(test_further_languages_count_with_the_last),
        cmocka_unit_test(test_the_starting_policy_passes_its_gates),
        cmocka_unit_test(test_the_gate_of_waits_does_not_hang_on_the_seed),
        cmocka_unit_test(test_the_gate_of_waits_compares_with_a_queue),
        cmocka_unit_test(test_each_gate_stops_a_policy),
        cmocka_unit_test(test_gates_of_short_lists),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
