/* SPDX-License-Identifier: Apache-2.0 */
/* Stages hang on the day, either of the two writes and marks, and only what has come is due. */
#include "test/unit.h"

#include "features/bridge/bridge.h"
#include "test/database.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static const Date day = {2026, 3, 20}; /* sixteen days after the world begins */

static Match found(World *world, MatchId id) {
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    return match;
}

static BridgeResult set(World *world, PersonId person, MatchId id, BridgeKind kind, Date on) {
    const Match match = found(world, id);
    Tx *tx = world_begin_as(world, person);
    const BridgeResult result = bridge_set(&world->scope, tx, &match, kind, on);
    world_commit(tx);
    return result;
}

static Bridge only(World *world, PersonId reader, MatchId match) {
    world_act_as(world, reader);
    const Bridges list = bridge_list(&world->scope, match);
    assert_int_equal(list.count, 1);
    return list.items[0];
}

static int64_t due(World *world, PersonId person) {
    world_act_as(world, person);
    const BridgeDues dues = bridge_list_due(&world->scope);
    return dues.count == 0 ? 0 : dues.items[0].open;
}

static void test_stages_hang_on_the_day(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(set(world, pair.coordinator, match, BRIDGE_DISCHARGE, day), BRIDGE_ELSEWHERE);
    assert_int_equal(set(world, pair.giver, match, BRIDGE_DISCHARGE, day), BRIDGE_DONE);
    assert_int_equal(date_days(bridge_stage_day(day, BRIDGE_DAY_90)), date_days((Date){2026, 6, 18}));
    assert_int_equal(due(world, pair.receiver), 0);
    world_wait(world, 10 * TIME_DAY); /* the week before has begun */
    assert_int_equal(due(world, pair.receiver), 2);
    assert_int_equal(due(world, pair.giver), 2);
    assert_int_equal(set(world, pair.receiver, match, BRIDGE_DISCHARGE, (Date){2026, 4, 20}), BRIDGE_DONE);
    assert_int_equal(due(world, pair.giver), 0); /* it moved */
    assert_int_equal(date_days(only(world, pair.giver, match).day), date_days((Date){2026, 4, 20}));
}

static void test_either_writes_and_marks(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId id = world_match(world, &pair);
    assert_int_equal(set(world, pair.receiver, id, BRIDGE_CLINIC, (Date){2026, 3, 4}), BRIDGE_DONE);
    const Match match = found(world, id);
    const Bridge bridge = only(world, pair.giver, id);
    const size_t before = bridge_steps(&world->scope, bridge.id).count;
    Tx *tx = world_begin(world);
    BridgeStepNew step = {.stage = BRIDGE_THE_DAY, .words = STR("Tea first."), .is_part2 = true};
    assert_int_equal(bridge_add(&world->scope, tx, &match, bridge.id, &step), BRIDGE_DONE);
    step.stage = BRIDGE_DAY_30;
    assert_int_equal(bridge_add(&world->scope, tx, &match, bridge.id, &step),
                     BRIDGE_ELSEWHERE); /* a first meeting has no such stage */
    world_commit(tx);
    const BridgeSteps steps = bridge_steps(&world->scope, bridge.id);
    assert_int_equal(steps.count, before + 1);
    size_t marked = 0;
    for (size_t at = 0; at < steps.count; at++) {
        const Part2Words *words = &steps.items[at].words;
        marked += words->is_marked;
        assert_true(words->is_marked == str_equal(words->hidden_words, STR("Tea first.")));
    }
    assert_int_equal(marked, 1);
    tx = world_begin(world);
    assert_int_equal(bridge_take_out(&world->scope, tx, &match, steps.items[0].id), BRIDGE_ELSEWHERE);
    assert_int_equal(bridge_mark(&world->scope, tx, &match, steps.items[0].id, true), BRIDGE_DONE);
    world_commit(tx);
    assert_words(bridge_steps(&world->scope, bridge.id).items[0].done_by_called, "gloria");
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(bridge_mark(&world->scope, tx, &match, steps.items[0].id, false), BRIDGE_DONE);
    assert_int_equal(bridge_take_out(&world->scope, tx, &match, steps.items[steps.count - 1].id),
                     BRIDGE_DONE);
    assert_int_equal(bridge_end(&world->scope, tx, &match, bridge.id), BRIDGE_DONE);
    world_commit(tx);
    assert_int_equal(bridge_list(&world->scope, id).count, 0);
}

static void test_only_what_is_shared(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(set(world, pair.receiver, match, BRIDGE_DISCHARGE, (Date){2026, 3, 4}), BRIDGE_DONE);
    assert_int_not_equal(due(world, pair.giver), 0);
    world_stop_sharing(world, &pair);
    world_act_as(world, pair.giver);
    assert_int_equal(bridge_list(&world->scope, match).count, 0);
    assert_int_equal(due(world, pair.giver), 0);
    assert_int_equal(set(world, pair.giver, match, BRIDGE_DISCHARGE, day), BRIDGE_ELSEWHERE);
    const Match walk = found(world, match);
    const Bridge bridge = only(world, pair.receiver, match);
    Tx *tx = world_begin(world);
    const BridgeStepNew step = {
        .stage = BRIDGE_BEFORE, .words = STR("A meeting on Monday."), .is_part2 = true};
    assert_int_equal(bridge_add(&world->scope, tx, &walk, bridge.id, &step), BRIDGE_DONE);
    world_commit(tx);
    tx = world_begin(world);
    bridge_forget(tx, pair.receiver);
    world_commit(tx);
    assert_words(
        test_database_rows(world->db, world->arena,
                           "SELECT (SELECT COUNT(*) FROM bridge), (SELECT COUNT(*) FROM bridge_step), "
                           "(SELECT COUNT(*) FROM part2_bridge_step)"),
        "0|0|0|\n");
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_stages_hang_on_the_day),
        IN_A_WORLD(test_either_writes_and_marks),
        IN_A_WORLD(test_only_what_is_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
