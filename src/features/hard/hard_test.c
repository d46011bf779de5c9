/* SPDX-License-Identifier: Apache-2.0 */
/* Only the family says that days are hard; a day without a contact is told, not why; and it ends. */
#include "test/unit.h"

#include "features/card/card.h"
#include "features/hard/hard.h"
#include "test/database.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

enum { SIX = 18 };

static HardResult step(World *world, PersonId person, MatchId match,
                       HardResult (*do_it)(Scope *, Tx *, MatchId)) {
    Tx *tx = world_begin_as(world, person);
    const HardResult result = do_it(&world->scope, tx, match);
    world_commit(tx);
    return result;
}

static HardResult begin(World *world, PersonId person, MatchId match, int64_t hour) {
    Tx *tx = world_begin_as(world, person);
    const HardResult result = hard_begin(&world->scope, tx, match, hour);
    world_commit(tx);
    return result;
}

static HardResult answer(World *world, PersonId person, MatchId match, HardAnswer said) {
    Tx *tx = world_begin_as(world, person);
    const HardResult result = hard_answer(&world->scope, tx, match, said);
    world_commit(tx);
    return result;
}

static HardResult go_on(World *world, PersonId person, MatchId match) {
    Tx *tx = world_begin_as(world, person);
    const HardResult result = hard_go_on(&world->scope, tx, match);
    world_commit(tx);
    return result;
}

/* What contact_add() says of a contact that reached somebody. */
static void talk_at(World *world, MatchId match, Time at) {
    Tx *tx = world_begin(world);
    hard_reached(tx, match, at);
    world_commit(tx);
}

/* Then the job comes round. */
static void later(World *world, int64_t span_us) {
    world_wait(world, span_us);
    hard_watch(&world->scope);
}

static Hard held(World *world, MatchId match) {
    Hard hard;
    assert_true(hard_find(&world->scope, match, &hard));
    return hard;
}

static bool holds(World *world, MatchId match) {
    Hard hard;
    return hard_find(&world->scope, match, &hard);
}

static size_t on_board(World *world, const Pair *pair) {
    world_act_as(world, pair->coordinator);
    return hard_list_missed(&world->scope, world->program).count;
}

/* At ten in the morning the family says it, with an hour that the supporter can keep. */
static MatchId daily(World *world, Pair *pair) {
    const MatchId match = world_match(world, pair);
    assert_int_equal(begin(world, pair->receiver, match, SIX), HARD_DONE);
    assert_int_equal(answer(world, pair->giver, match, HARD_EACH_DAY), HARD_DONE);
    return match;
}

static void test_only_the_family_says_it(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const PersonId others[] = {pair.giver, pair.coordinator, world_person(world, "stranger")};
    for (size_t at = 0; at < 3; at++) {
        assert_int_equal(begin(world, others[at], match, SIX), HARD_ELSEWHERE);
    }
    assert_int_equal(step(world, pair.coordinator, match, hard_propose), HARD_ELSEWHERE);
    assert_int_equal(step(world, pair.receiver, match, hard_propose), HARD_ELSEWHERE);
    assert_int_equal(step(world, pair.giver, match, hard_propose), HARD_DONE);
    assert_int_equal(step(world, pair.giver, match, hard_propose), HARD_ELSEWHERE); /* once is enough */
    assert_int_equal(held(world, match).state, HARD_PROPOSED);
    assert_int_equal(answer(world, pair.giver, match, HARD_EACH_DAY), HARD_ELSEWHERE);
    assert_int_equal(step(world, pair.receiver, match, hard_end), HARD_DONE); /* not now */
    assert_false(holds(world, match));
    assert_int_equal(step(world, pair.giver, match, hard_propose), HARD_DONE);
    assert_int_equal(step(world, pair.giver, match, hard_end), HARD_DONE); /* and taken back */
    assert_int_equal(step(world, pair.giver, match, hard_propose), HARD_DONE);
    assert_int_equal(begin(world, pair.receiver, match, SIX), HARD_DONE);
    assert_int_equal(held(world, match).state, HARD_ON);
    assert_int_equal(held(world, match).answer, HARD_NOT_ANSWERED);
    assert_int_equal(step(world, pair.giver, match, hard_end), HARD_ELSEWHERE);
    assert_int_equal(go_on(world, pair.giver, match), HARD_ELSEWHERE);
}

static void test_each_says_their_part_of_the_hour(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(begin(world, pair.receiver, match, SIX), HARD_DONE);
    assert_int_equal(answer(world, pair.receiver, match, HARD_EACH_DAY), HARD_ELSEWHERE);
    assert_int_equal(answer(world, pair.giver, match, HARD_NOT_EACH_DAY), HARD_DONE);
    later(world, 2 * TIME_DAY);
    assert_true(time_is_none(held(world, match).missed_since)); /* nobody is held to what they did not say */
    assert_int_equal(begin(world, pair.receiver, match, 12), HARD_DONE);
    assert_int_equal(held(world, match).answer, HARD_NOT_ANSWERED); /* another hour is asked anew */
    assert_int_equal(answer(world, pair.giver, match, HARD_EACH_DAY), HARD_DONE);
    assert_int_equal(begin(world, pair.receiver, match, 12), HARD_DONE);
    assert_int_equal(held(world, match).answer, HARD_EACH_DAY);
    assert_int_equal(begin(world, pair.receiver, match, HARD_NO_HOUR), HARD_DONE);
    assert_int_equal(answer(world, pair.giver, match, HARD_EACH_DAY), HARD_ELSEWHERE);
}

static void test_only_hours_that_are_safe_each_day(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(hard_hours(&world->scope, pair.receiver).count, HARD_HOURS_MOST);
    /* One o'clock to six in Chicago is two to seven in New York; another window is on Mondays only. */
    CardNew card = {.words = {STR(""), STR(""), STR(""), STR(""), STR("")},
                    .rules = {.hours = {.kind = SAFETY_ONLY_THEN,
                                        .windows = {{.days = 127, .from = 13 * 60, .to = 18 * 60},
                                                    {.days = 2, .from = 8 * 60, .to = 10 * 60}},
                                        .count = 2},
                              .zone = STR("America/Chicago"),
                              .for_giver = true}};
    Tx *tx = world_begin_as(world, pair.receiver);
    card_write(&world->scope, tx, &card, NULL, 0);
    world_commit(tx);
    const HardHours hours = hard_hours(&world->scope, pair.receiver);
    assert_int_equal(hours.count, 5);
    assert_int_equal(hours.items[0], 14);
    assert_int_equal(hours.items[4], SIX);
    assert_int_equal(begin(world, pair.receiver, match, 10), HARD_UNSAFE);
    assert_int_equal(begin(world, pair.receiver, match, 3), HARD_UNSAFE);
    assert_false(holds(world, match));
    card.rules.hours = (SafetyHours){.kind = SAFETY_NEVER};
    tx = world_begin(world);
    card_write(&world->scope, tx, &card, NULL, 0);
    world_commit(tx);
    assert_int_equal(hard_hours(&world->scope, pair.receiver).count, 0);
    assert_int_equal(begin(world, pair.receiver, match, HARD_NO_HOUR), HARD_DONE);
}

static void test_a_day_without_a_contact_is_told(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = daily(world, &pair); /* Wednesday, ten in the morning */
    later(world, 9 * TIME_HOUR);
    assert_true(time_is_none(held(world, match).missed_since)); /* seven: an hour is left */
    talk_at(world, match, world->scope.now);
    later(world, TIME_HOUR);
    assert_true(time_is_none(held(world, match).missed_since)); /* eight, and they talked */
    later(world, 14 * TIME_HOUR);
    later(world, 10 * TIME_HOUR); /* Thursday evening, and nobody was reached */
    assert_int_equal(on_board(world, &pair), 1);
    const Time thursday = held(world, match).missed_since;
    later(world, TIME_DAY);
    assert_int_equal(held(world, match).missed_since.us, thursday.us); /* since then, not only today */
    talk_at(world, match, world->scope.now);
    assert_true(time_is_none(held(world, match).missed_since));
    assert_int_equal(on_board(world, &pair), 0);
}

/* Logged on a phone without a signal: what counts is when they talked, not when it was sent. */
static void test_what_was_logged_late(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = daily(world, &pair);
    const Time before = world->scope.now;
    later(world, 11 * TIME_HOUR);
    assert_int_equal(on_board(world, &pair), 1);
    talk_at(world, match, time_before(before, 2 * TIME_DAY));
    assert_int_equal(on_board(world, &pair), 1); /* a talk of before changes nothing */
    talk_at(world, match, time_after(before, TIME_HOUR));
    assert_int_equal(on_board(world, &pair), 0);
}

static void test_nobody_is_told_of_what_is_not_shared(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = daily(world, &pair);
    later(world, 11 * TIME_HOUR);
    assert_int_equal(on_board(world, &pair), 1);
    world_act_as(world, pair.giver);
    assert_int_equal(hard_list_own(&world->scope).count, 1);
    world_act_as(world, pair.receiver);
    const Consents given = consent_list(&world->scope, pair.receiver);
    Tx *tx = world_begin(world);
    for (size_t at = 0; at < given.count; at++) {
        (void)consent_stop(&world->scope, tx, given.items[at].id);
    }
    world_commit(tx);
    assert_int_equal(on_board(world, &pair), 0);
    world_act_as(world, pair.giver);
    assert_int_equal(hard_list_own(&world->scope).count, 0);
    world_act_as(world, pair.receiver);
    assert_int_equal(hard_list_own(&world->scope).count, 1);
    assert_true(holds(world, match));
}

static void test_it_ends(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = daily(world, &pair);
    assert_int_equal(step(world, pair.receiver, match, hard_end), HARD_DONE);
    assert_int_equal(step(world, pair.receiver, match, hard_end), HARD_ELSEWHERE);
    assert_int_equal(answer(world, pair.giver, match, HARD_EACH_DAY), HARD_ELSEWHERE);
    assert_int_equal(begin(world, pair.receiver, match, SIX), HARD_DONE); /* and can be said again */
    world_wait(world, HARD_TIME - TIME_DAY);
    assert_int_equal(go_on(world, pair.receiver, match), HARD_DONE);
    later(world, HARD_TIME - 1);
    assert_true(holds(world, match));
    world_wait(world, 1);
    assert_false(holds(world, match));
    assert_int_equal(begin(world, pair.receiver, match, HARD_NO_HOUR),
                     HARD_DONE); /* before the job came round */
    later(world, HARD_TIME);
    assert_false(holds(world, match));
    assert_words(
        test_database_rows(world->db, world->arena,
                           "SELECT state, COUNT(*) FROM hard WHERE ended_at IS NOT NULL GROUP BY state"),
        "3|3|\n");
}

static void test_a_walk_that_rests_or_ends(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = daily(world, &pair);
    Tx *tx = world_begin_as(world, pair.giver);
    assert_int_equal(match_pause(&world->scope, tx, match), MATCH_DONE);
    world_commit(tx);
    assert_false(holds(world, match));
    assert_int_equal(begin(world, pair.receiver, match, SIX), HARD_ELSEWHERE);
    later(world, 2 * TIME_DAY);
    assert_int_equal(on_board(world, &pair), 0);
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(match_come_back(&world->scope, tx, match), MATCH_DONE);
    world_commit(tx);
    assert_true(time_is_none(held(world, match).missed_since)); /* no day of rest is held against anybody */
    later(world, TIME_DAY);
    assert_int_equal(on_board(world, &pair), 1);
    world_act_as(world, pair.giver);
    tx = world_begin(world);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    assert_false(holds(world, match));
    assert_int_equal(on_board(world, &pair), 0);
    later(world, TIME_DAY);
    assert_words(test_database_rows(world->db, world->arena,
                                    "SELECT state, COUNT(missed_since) FROM hard GROUP BY state"),
                 "3|0|\n");
}

static void test_forgotten(void **state) {
    World *world = *state;
    Pair pair;
    (void)daily(world, &pair);
    Tx *tx = world_begin(world);
    hard_forget(&world->scope, tx, pair.giver);
    assert_words(test_database_rows(world->db, world->arena, "SELECT COUNT(*) FROM hard"), "1|\n");
    hard_forget(&world->scope, tx, pair.receiver);
    world_commit(tx);
    assert_words(test_database_rows(world->db, world->arena, "SELECT COUNT(*) FROM hard"), "0|\n");
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_only_the_family_says_it),
        IN_A_WORLD(test_each_says_their_part_of_the_hour),
        IN_A_WORLD(test_only_hours_that_are_safe_each_day),
        IN_A_WORLD(test_a_day_without_a_contact_is_told),
        IN_A_WORLD(test_what_was_logged_late),
        IN_A_WORLD(test_nobody_is_told_of_what_is_not_shared),
        IN_A_WORLD(test_it_ends),
        IN_A_WORLD(test_a_walk_that_rests_or_ends),
        IN_A_WORLD(test_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
