/* SPDX-License-Identifier: Apache-2.0 */
/* What two people promise each other: read by the two alone, ended by the one who promised. */
#include "test/unit.h"

#include "features/diary/diary.h"
#include "features/notice/notice.h"
#include "features/promise/promise.h"
#include "platform/zone/zone.h"
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
    Tx *tx = world_begin_as(world, person);
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
    Tx *tx = world_begin_as(world, pair.receiver);
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

/* ---- reminders ---- */

/* How many notices this person has got, once what is due is done. */
static size_t told(World *world, PersonId person) {
    promise_remind(&world->scope);
    return notice_list(&world->scope, person).count;
}

static Time on_march(int day, int hour) {
    return zone_moment(zone_find(STR("America/New_York")),
                       (LocalTime){.date = {2026, 3, (int8_t)day}, .hour = (int8_t)hour});
}

static void test_who_promised_is_reminded_once(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    world->scope.zone = zone_find(STR("America/New_York"));
    (void)promise_by(world, pair.giver, match, "I ask the school.", PROMISE_IN_THREE_DAYS);
    (void)promise_by(world, pair.giver, match, "I call you tonight.", PROMISE_TODAY);
    const size_t before = told(world, pair.giver);
    const size_t other = told(world, pair.receiver);
    world->scope.now = time_before(on_march(7, 9), TIME_SECOND);
    assert_int_equal(told(world, pair.giver), before);
    world->scope.now = on_march(7, 9);
    assert_int_equal(told(world, pair.giver), before + 1);
    assert_int_equal(told(world, pair.giver), before + 1);
    assert_int_equal(told(world, pair.receiver), other);
}

static void test_no_reminder_of_what_ended_rests_or_is_not_wanted(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    world->scope.zone = zone_find(STR("America/New_York"));
    const PromiseId first = promise_by(world, pair.giver, match, "I ask the school.", PROMISE_TOMORROW);
    const PromiseId second = promise_by(world, pair.receiver, match, "I look for it.", PROMISE_TOMORROW);
    (void)promise_by(world, pair.receiver, match, "I read it.", PROMISE_IN_THREE_DAYS);
    (void)promise_by(world, pair.giver, match, "I write it.", PROMISE_IN_A_WEEK);
    assert_int_equal(end_as(world, pair.giver, match, first, PROMISE_DONE), PROMISE_ENDED);
    Tx *tx = world_begin(world);
    world_act_as(world, pair.receiver);
    diary_choose_lead(&world->scope, tx, DIARY_LEAD_NONE);
    world_commit(tx);
    const size_t giver = told(world, pair.giver);
    const size_t receiver = told(world, pair.receiver);
    world->scope.now = on_march(5, 9);
    assert_int_equal(told(world, pair.giver), giver);
    assert_int_equal(told(world, pair.receiver), receiver);
    assert_int_equal(end_as(world, pair.receiver, match, second, PROMISE_LET_GO), PROMISE_ENDED);
    tx = world_begin(world);
    diary_choose_lead(&world->scope, tx, DIARY_LEAD_PROGRAM);
    world_commit(tx);
    world->scope.now = on_march(8, 0); /* the day is over */
    assert_int_equal(told(world, pair.receiver), receiver);
    tx = world_begin(world);
    assert_int_equal(match_pause(&world->scope, tx, match), MATCH_DONE);
    world_commit(tx);
    const size_t paused = told(world, pair.giver);
    world->scope.now = on_march(11, 9);
    assert_int_equal(told(world, pair.giver), paused);
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
        IN_A_WORLD(test_who_promised_is_reminded_once),
        IN_A_WORLD(test_no_reminder_of_what_ended_rests_or_is_not_wanted),
        cmocka_unit_test(test_days_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
