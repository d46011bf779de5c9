/* SPDX-License-Identifier: Apache-2.0 */
/* Check-ins: four in the first weeks, then quarterly while the match lasts, each side for itself. */
#include "test/unit.h"

#include "checkin_sql.h"
#include "features/checkin/checkin.h"
#include "test/feature_pair.h"

/* How many of a match are still due, and the one that is due first of this side. */
static size_t due_of(World *world, MatchId match, CheckinSide side, Checkin *ret_first) {
    CheckinRowsDueRows rows = checkin_rows_due(world->db, match, side);
    if (rows.count > 0) {
        assert_true(checkin_find(&world->scope, rows.items[0].id, ret_first));
    }
    return rows.count;
}

static CheckinResult done(World *world, PersonId coordinator, CheckinId id, const char *words) {
    Tx *tx = world_begin_as(world, coordinator);
    CheckinResult result = checkin_done(&world->scope, tx, id, str_of(words), false);
    world_commit(tx);
    return result;
}

static void test_first_weeks(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    Time began = world->scope.now;
    Checkin checkin;
    assert_int_equal(due_of(world, match, CHECKIN_RECEIVER, &checkin), 2);
    assert_int_equal(checkin.occasion, CHECKIN_WEEK_2);
    assert_int_equal(checkin.due_at.us,
                     program_due(&world->scope, world->program, CLOCK_CHECKIN_FIRST, began).us);
    assert_true(person_id_equal(checkin.person, pair.receiver));
    assert_words(checkin.called, "ana");
    assert_words(checkin.other_called, "gloria");
    assert_int_equal(due_of(world, match, CHECKIN_GIVER, &checkin), 2);
    assert_true(person_id_equal(checkin.person, pair.giver));

    world_wait(world, 15 * TIME_DAY);
    assert_int_equal(done(world, pair.coordinator, checkin.id, "Goes well."), CHECKIN_SAVED);
    assert_int_equal(done(world, pair.coordinator, checkin.id, "Something else."), CHECKIN_OVER);
    Checkins told = checkin_list_done(&world->scope, match, CHECKIN_GIVER);
    assert_int_equal(told.count, 1);
    assert_words(told.items[0].words.hidden_words, "Goes well.");
    assert_words(told.items[0].done_by_called, "carla");
    assert_int_equal(told.items[0].done_at.us, world->scope.now.us);
    assert_int_equal(checkin_list_done(&world->scope, match, CHECKIN_RECEIVER).count, 0);
    assert_int_equal(due_of(world, match, CHECKIN_GIVER, &checkin), 1); /* week 2 has no quarterly after it */
    assert_int_equal(checkin.occasion, CHECKIN_WEEK_8);
}

static void test_quarterly_follows(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    world_wait(world, 57 * TIME_DAY);
    CheckinRowsDueRows rows = checkin_rows_due(world->db, match, CHECKIN_RECEIVER);
    assert_int_equal(rows.count, 2);
    CheckinId week_2 = rows.items[0].id;
    assert_int_equal(done(world, pair.coordinator, rows.items[1].id, ""), CHECKIN_SAVED);
    Checkin checkin;
    assert_true(checkin_find(&world->scope, week_2, &checkin));
    assert_int_equal(checkin.state, CHECKIN_DROPPED); /* its moment has passed */
    for (int round = 0; round < 3; round++) {
        assert_int_equal(due_of(world, match, CHECKIN_RECEIVER, &checkin), 1);
        assert_int_equal(checkin.occasion, CHECKIN_QUARTERLY);
        assert_int_equal(
            checkin.due_at.us,
            program_due(&world->scope, world->program, CLOCK_CHECKIN_LATER, world->scope.now).us);
        world_wait(world, 91 * TIME_DAY);
        assert_int_equal(done(world, pair.coordinator, checkin.id, "Fine."), CHECKIN_SAVED);
    }
    assert_int_equal(due_of(world, match, CHECKIN_GIVER, &checkin), 2); /* the other side goes its own way */
}

static void test_dropped_at_the_end(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    Checkin checkin;
    assert_int_equal(due_of(world, match, CHECKIN_RECEIVER, &checkin), 2);
    Tx *tx = world_begin_as(world, pair.receiver);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    Checkin none;
    assert_int_equal(due_of(world, match, CHECKIN_RECEIVER, &none), 0);
    assert_int_equal(due_of(world, match, CHECKIN_GIVER, &none), 0);
    assert_int_equal(done(world, pair.coordinator, checkin.id, "Too late."), CHECKIN_OVER);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_first_weeks, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_quarterly_follows, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_dropped_at_the_end, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
