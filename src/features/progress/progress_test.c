/* SPDX-License-Identifier: Apache-2.0 */
/* Progress: when it is asked, and that every answer stays in its order. */
#include "test/unit.h"

#include "features/progress/progress.h"
#include "test/feature_pair.h"

static void add(World *world, RequestId request, int64_t value) {
    Tx *tx = world_begin(world);
    progress_add(&world->scope, tx, request, value, STR("so far"), false);
    world_commit(tx);
}

static void test_occasions(void **state) {
    World *world = *state;
    Pair pair;
    world_match(world, &pair);
    world_act_as(world, pair.receiver);
    RequestId request = pair.request;
    assert_int_equal(progress_due(&world->scope, request), PROGRESS_START);
    add(world, request, 0);
    assert_int_equal(progress_due(&world->scope, request), PROGRESS_WHENEVER);
    world_wait(world, 10 * TIME_DAY);
    add(world, request, 10);
    world_wait(world, 5 * TIME_DAY);
    assert_int_equal(progress_due(&world->scope, request), PROGRESS_WEEK_2);
    add(world, request, 4);
    assert_int_equal(progress_due(&world->scope, request), PROGRESS_WHENEVER);
    world_wait(world, 50 * TIME_DAY);
    assert_int_equal(progress_due(&world->scope, request), PROGRESS_WEEK_8);
    add(world, request, 6);
    assert_int_equal(progress_due(&world->scope, request), PROGRESS_WHENEVER);

    const int64_t values[] = {0, 10, 4, 6};
    const ProgressOccasion occasions[] = {PROGRESS_START, PROGRESS_WHENEVER, PROGRESS_WEEK_2,
                                          PROGRESS_WEEK_8};
    ProgressList list = progress_list(&world->scope, request);
    assert_int_equal(list.count, 4);
    for (size_t at = 0; at < 4; at++) {
        assert_int_equal(list.items[at].value, values[at]);
        assert_int_equal(list.items[at].occasion, occasions[at]);
        assert_true(at == 0 || time_is_before(list.items[at - 1].at, list.items[at].at));
    }
}

/* Both days passed without an answer: one question waits, the later one, and one answer is enough. */
static void test_missed_occasions(void **state) {
    World *world = *state;
    Pair pair;
    world_match(world, &pair);
    world_act_as(world, pair.receiver);
    add(world, pair.request, 1);
    world_wait(world, 60 * TIME_DAY);
    assert_int_equal(progress_due(&world->scope, pair.request), PROGRESS_WEEK_8);
    add(world, pair.request, 3);
    assert_int_equal(progress_due(&world->scope, pair.request), PROGRESS_WHENEVER);
}

static void test_nothing_waits_without_a_match(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    world_act_as(world, pair.receiver);
    add(world, pair.request, 1);
    Tx *tx = world_begin(world);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    world_wait(world, 60 * TIME_DAY);
    assert_int_equal(progress_due(&world->scope, pair.request), PROGRESS_WHENEVER);
}

/* The newest hundred of many, oldest first. */
static void test_many(void **state) {
    World *world = *state;
    Pair pair;
    world_match(world, &pair);
    world_act_as(world, pair.receiver);
    for (int64_t at = 0; at < 105; at++) {
        world_wait(world, TIME_HOUR);
        add(world, pair.request, at % 11);
    }
    ProgressList list = progress_list(&world->scope, pair.request);
    assert_int_equal(list.count, 100);
    assert_int_equal(list.items[0].value, 5);
    assert_int_equal(list.items[99].value, 104 % 11);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_occasions, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_missed_occasions, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_nothing_waits_without_a_match, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_many, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
