/* SPDX-License-Identifier: Apache-2.0 */
/* What two people promise each other: read by the two alone, ended by the one who promised. */
#include "test/unit.h"

#include "features/promise/promise.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static PromiseId promises(World *world, PersonId person, MatchId id, const PromiseNew *promise) {
    world_act_as(world, person);
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    Tx *tx = world_begin(world);
    const PromiseId made = promise_add(&world->scope, tx, &match, promise);
    world_commit(tx);
    return made;
}

static PromiseId promise_by(World *world, PersonId person, MatchId match, const char *words, PromiseDay day) {
    return promises(world, person, match, &(PromiseNew){.words = str_of(words), .day = day});
}

static PromiseResult end_as(World *world, PersonId person, MatchId match, PromiseId id, PromiseState how) {
    world_act_as(world, person);
    Tx *tx = world_begin(world);
    const PromiseResult result = promise_end(&world->scope, tx, match, id, how);
    world_commit(tx);
    return result;
}

static size_t seen_by(World *world, PersonId person, MatchId match) {
    world_act_as(world, person);
    return promise_list(&world->scope, match).count;
}

static size_t own_of(World *world, PersonId person) {
    world_act_as(world, person);
    return promise_list_own(&world->scope).count;
}

static void test_both_read_what_is_due_first(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    promise_by(world, pair.giver, match, "I ask the school.", PROMISE_IN_A_WEEK);
    promise_by(world, pair.receiver, match, "I look for the letter.", PROMISE_TODAY);
    world_act_as(world, pair.giver);
    const Promises list = promise_list(&world->scope, match);
    assert_int_equal(list.count, 2);
    assert_words(list.items[0].words.hidden_words, "I look for the letter.");
    assert_words(list.items[0].by_called, "ana");
    assert_true(list.items[0].is_due);
    assert_words(list.items[1].words.hidden_words, "I ask the school.");
    assert_words(list.items[1].by_called, "gloria");
    assert_false(list.items[1].is_due);
    assert_int_equal(list.items[1].due_on.day, 11); /* the world's day is 4 March 2026 */
    assert_int_equal(seen_by(world, pair.receiver, match), 2);
    assert_int_equal(seen_by(world, pair.coordinator, match), 0);
}

static void test_own_page_has_own_ones(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    promise_by(world, pair.giver, match, "I ask the school.", PROMISE_TOMORROW);
    assert_int_equal(own_of(world, pair.receiver), 0);
    world_act_as(world, pair.giver);
    const PromisesOwn own = promise_list_own(&world->scope);
    assert_int_equal(own.count, 1);
    assert_words(own.items[0].to_called, "ana");
    assert_false(own.items[0].is_due);
    world_wait(world, TIME_DAY);
    assert_true(promise_list_own(&world->scope).items[0].is_due);
}

static void test_only_who_promised_ends_it(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const PromiseId id = promise_by(world, pair.giver, match, "I ask the school.", PROMISE_TODAY);
    assert_int_equal(end_as(world, pair.receiver, match, id, PROMISE_DONE), PROMISE_ELSEWHERE);
    assert_int_equal(end_as(world, pair.giver, (MatchId){match.value + 1}, id, PROMISE_DONE),
                     PROMISE_ELSEWHERE);
    assert_int_equal(seen_by(world, pair.giver, match), 1);
    assert_int_equal(end_as(world, pair.giver, match, id, PROMISE_LET_GO), PROMISE_ENDED);
    assert_int_equal(end_as(world, pair.giver, match, id, PROMISE_DONE), PROMISE_ELSEWHERE);
    assert_int_equal(seen_by(world, pair.giver, match), 0);
    assert_int_equal(own_of(world, pair.giver), 0);
}

static void test_nothing_for_whom_nothing_is_shared(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    promise_by(world, pair.giver, match, "I ask the school.", PROMISE_TODAY);
    promise_by(world, pair.receiver, match, "I look for the letter.", PROMISE_TODAY);
    world_stop_sharing(world, &pair);
    assert_int_equal(seen_by(world, pair.giver, match), 0);
    assert_int_equal(own_of(world, pair.giver), 0);
    assert_int_equal(seen_by(world, pair.receiver, match), 2);
    assert_int_equal(own_of(world, pair.receiver), 1);
}

static void test_after_the_end_it_stays_with_the_receiver(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    promise_by(world, pair.giver, match, "I ask the school.", PROMISE_TODAY);
    world_act_as(world, pair.receiver);
    Tx *tx = world_begin(world);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    assert_int_equal(seen_by(world, pair.giver, match), 0);
    assert_int_equal(own_of(world, pair.giver), 0);
    assert_int_equal(seen_by(world, pair.receiver, match), 1);
}

static void test_a_mark_stays_with_the_words(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    promises(world, pair.giver, match,
             &(PromiseNew){.words = STR("I drive you to the meeting."), .is_part2 = true});
    assert_true(promise_list(&world->scope, match).items[0].words.is_marked);
    assert_true(promise_list_own(&world->scope).items[0].words.is_marked);
}

static void test_days_have_names(void **state) {
    (void)state;
    for (PromiseDay day = PROMISE_TODAY; day < PROMISE_DAYS; day++) {
        assert_int_equal(promise_day_of(str_of(promise_day_names[day])), day);
        assert_int_not_equal(promise_day_text(day), TEXT_NONE);
    }
    assert_int_equal(promise_day_of(STR("never")), PROMISE_TODAY);
    assert_null(promise_day_names[PROMISE_DAYS]);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_both_read_what_is_due_first),
        IN_A_WORLD(test_own_page_has_own_ones),
        IN_A_WORLD(test_only_who_promised_ends_it),
        IN_A_WORLD(test_nothing_for_whom_nothing_is_shared),
        IN_A_WORLD(test_after_the_end_it_stays_with_the_receiver),
        IN_A_WORLD(test_a_mark_stays_with_the_words),
        cmocka_unit_test(test_days_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
