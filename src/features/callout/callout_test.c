/* SPDX-License-Identifier: Apache-2.0 */
/* The words are the family's, and the hello is answered by a talk of its day or later, by nothing else. */
#include "test/unit.h"

#include "features/callout/callout.h"
#include "features/debrief/debrief.h"
#include "test/database.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static Match found(World *world, MatchId id) {
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    return match;
}

static CalloutResult put(World *world, PersonId person, MatchId id, Time at, const char *helped) {
    const Match match = found(world, id);
    const CalloutNew callout = {.at = at,
                                .came = CALLOUT_TEAM | CALLOUT_POLICE,
                                .supporter = CALLOUT_BY_PHONE,
                                .words = {.helped = str_of(helped), .otherwise = STR("")}};
    Tx *tx = world_begin_as(world, person);
    const CalloutResult result = callout_write(&world->scope, tx, &match, &callout);
    world_commit(tx);
    return result;
}

static CalloutResult words(World *world, PersonId person, MatchId id, const char *helped) {
    const Match match = found(world, id);
    const CalloutWords said = {.helped = str_of(helped), .otherwise = STR("")};
    world_act_as(world, person);
    const CalloutId callout = callout_list(&world->scope, id).items[0].id;
    Tx *tx = world_begin(world);
    const CalloutResult result = callout_write_words(&world->scope, tx, &match, callout, &said);
    world_commit(tx);
    return result;
}

static CalloutResult take_out(World *world, PersonId person, MatchId id) {
    const Match match = found(world, id);
    world_act_as(world, person);
    const CalloutId callout = callout_list(&world->scope, id).items[0].id;
    Tx *tx = world_begin(world);
    const CalloutResult result = callout_remove(&world->scope, tx, &match, callout);
    world_commit(tx);
    return result;
}

/* What contact_add() says of a contact that reached somebody. */
static void talk(World *world, MatchId match) {
    Tx *tx = world_begin(world);
    callout_reached(tx, match, world->scope.now);
    world_commit(tx);
}

static size_t hellos(World *world, PersonId person) {
    world_act_as(world, person);
    return callout_hellos_own(&world->scope).count;
}

static Time ago(const World *world, int64_t span) {
    return time_before(world->scope.now, span);
}

static void test_a_talk_of_that_day_is_the_hello(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(put(world, pair.coordinator, match, ago(world, TIME_HOUR), ""), CALLOUT_ELSEWHERE);
    assert_int_equal(put(world, pair.receiver, match, time_after(world->scope.now, TIME_HOUR), ""),
                     CALLOUT_ELSEWHERE); /* it has not been */
    assert_int_equal(hellos(world, pair.giver), 0);
    assert_int_equal(put(world, pair.receiver, match, ago(world, TIME_HOUR), "Quiet words."), CALLOUT_DONE);
    assert_int_equal(hellos(world, pair.receiver), 1);
    assert_int_equal(hellos(world, pair.giver), 1);
    assert_int_equal(hellos(world, pair.coordinator), 0);
    world_act_as(world, pair.giver);
    assert_true(debrief_waits(&world->scope));
    talk(world, match); /* the same day */
    assert_int_equal(hellos(world, pair.giver), 1);
    world->scope.now = time_after(world->scope.now, TIME_DAY);
    talk(world, match);
    assert_int_equal(hellos(world, pair.giver), 0);
    assert_int_equal(hellos(world, pair.receiver), 0);
    assert_int_equal(callout_list(&world->scope, match).items[0].greeted_at.us, world->scope.now.us);
}

static void test_written_later(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Time first = world->scope.now;
    world->scope.now = time_after(first, 4 * TIME_DAY);
    assert_int_equal(put(world, pair.giver, match, ago(world, 3 * TIME_DAY), ""), CALLOUT_DONE);
    world_act_as(world, pair.giver);
    const Match walk = found(world, match);
    const CalloutHello today = callout_hello(&world->scope, &walk);
    assert_int_equal(today.match.value, match.value);
    assert_int_equal(put(world, pair.giver, match, ago(world, TIME_HOUR), ""), CALLOUT_DONE);
    const CalloutHello tomorrow = callout_hello(&world->scope, &walk);
    assert_int_equal(date_days(tomorrow.day), date_days(today.day) + 1);
    assert_int_equal(put(world, pair.giver, match, ago(world, 2 * TIME_DAY), ""), CALLOUT_DONE);
    assert_int_equal(hellos(world, pair.giver), 1); /* one in a walk, of the latest day */
    assert_int_equal(date_days(callout_hello(&world->scope, &walk).day), date_days(tomorrow.day));
    world->scope.now = time_after(world->scope.now, 2 * CALLOUT_STANDS);
    assert_int_equal(hellos(world, pair.giver), 0);
    assert_int_equal(put(world, pair.giver, match, ago(world, 8 * TIME_DAY), ""), CALLOUT_DONE);
    assert_int_equal(hellos(world, pair.giver), 0); /* too long ago */
}

static void test_the_familys_words(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(put(world, pair.giver, match, ago(world, TIME_HOUR), "Quiet words."), CALLOUT_DONE);
    assert_int_equal(words(world, pair.giver, match, "Mine."), CALLOUT_ELSEWHERE);
    assert_int_equal(words(world, pair.receiver, match, "They sat down."), CALLOUT_DONE);
    const Callout one = callout_list(&world->scope, match).items[0];
    assert_words(one.helped.hidden_words, "They sat down.");
    assert_int_equal(one.words_by.value, pair.receiver.value);
    assert_int_equal(take_out(world, pair.giver, match), CALLOUT_ELSEWHERE);
    assert_int_equal(take_out(world, pair.coordinator, match), CALLOUT_ELSEWHERE);
    assert_int_equal(take_out(world, pair.receiver, match), CALLOUT_DONE);
    assert_int_equal(put(world, pair.giver, match, ago(world, TIME_HOUR), "Quiet words."), CALLOUT_DONE);
    assert_int_equal(take_out(world, pair.giver, match), CALLOUT_DONE);
    assert_int_equal(hellos(world, pair.giver), 0);
}

static void test_no_hello_and_none_after_the_end(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(put(world, pair.giver, match, ago(world, TIME_HOUR), ""), CALLOUT_DONE);
    Match walk = found(world, match);
    Tx *tx = world_begin_as(world, pair.giver);
    assert_int_equal(callout_no_hello(&world->scope, tx, &walk), CALLOUT_ELSEWHERE); /* the family's to say */
    world_commit(tx);
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(callout_no_hello(&world->scope, tx, &walk), CALLOUT_DONE);
    world_commit(tx);
    assert_int_equal(hellos(world, pair.giver), 0);
    assert_int_equal(put(world, pair.giver, match, ago(world, TIME_HOUR), ""), CALLOUT_DONE);
    world_stop_sharing(world, &pair);
    assert_int_equal(hellos(world, pair.giver), 0);
    assert_int_equal(hellos(world, pair.receiver), 1);
    tx = world_begin(world);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    assert_int_equal(hellos(world, pair.receiver), 0);
    assert_int_equal(put(world, pair.receiver, match, ago(world, TIME_HOUR), ""), CALLOUT_ELSEWHERE);
    assert_int_equal(callout_list(&world->scope, match).count, 2);
    tx = world_begin(world);
    callout_forget(tx, pair.receiver);
    world_commit(tx);
    assert_words(test_database_rows(world->db, world->arena, "SELECT COUNT(*) FROM callout"), "0|\n");
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_a_talk_of_that_day_is_the_hello),
        IN_A_WORLD(test_written_later),
        IN_A_WORLD(test_the_familys_words),
        IN_A_WORLD(test_no_hello_and_none_after_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
