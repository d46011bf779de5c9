/* SPDX-License-Identifier: Apache-2.0 */
/* A supporter asks for a talk or does not, and what they keep for themself reaches nobody else. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/debrief/debrief.h"
#include "test/database.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static void offer(World *world, PersonId person) {
    Tx *tx = world_begin(world);
    debrief_offer(&world->scope, tx, world->program, person);
    world_commit(tx);
}

static DebriefResult wish(World *world, PersonId person, const char *fits) {
    Tx *tx = world_begin_as(world, person);
    const DebriefResult result = debrief_wish(&world->scope, tx, str_of(fits));
    world_commit(tx);
    return result;
}

static DebriefResult step(World *world, PersonId person, DebriefId id,
                          DebriefResult (*do_it)(const Scope *, Tx *, DebriefId)) {
    Tx *tx = world_begin_as(world, person);
    const DebriefResult result = do_it(&world->scope, tx, id);
    world_commit(tx);
    return result;
}

static Debrief newest(World *world, PersonId person) {
    world_act_as(world, person);
    const Debriefs own = debrief_list_own(&world->scope);
    assert_true(own.count > 0);
    return own.items[0];
}

static size_t on_board(World *world, PersonId reader) {
    world_act_as(world, reader);
    return debrief_list_wished(&world->scope, world->program).count;
}

static void test_offered_wished_held(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    assert_int_equal(wish(world, pair.receiver, ""), DEBRIEF_ELSEWHERE); /* never gave */
    offer(world, pair.giver);
    offer(world, pair.giver);
    world_act_as(world, pair.giver);
    assert_true(debrief_waits(&world->scope));
    assert_int_equal(debrief_list_own(&world->scope).count, 1); /* once is enough */
    assert_int_equal(on_board(world, pair.coordinator), 0);
    const DebriefId id = newest(world, pair.giver).id;
    assert_int_equal(step(world, pair.coordinator, id, debrief_hold), DEBRIEF_ELSEWHERE);
    assert_int_equal(wish(world, pair.giver, "Thursday after six"), DEBRIEF_DONE);
    assert_false(debrief_waits(&world->scope));
    assert_int_equal(on_board(world, pair.coordinator), 1);
    assert_int_equal(on_board(world, pair.giver), 0);
    assert_int_equal(wish(world, pair.giver, "Friday"), DEBRIEF_DONE);
    assert_words(newest(world, pair.giver).fits, "Friday");
    assert_int_equal(step(world, pair.giver, id, debrief_hold),
                     DEBRIEF_ELSEWHERE); /* nobody marks their own */
    assert_int_equal(step(world, pair.coordinator, id, debrief_hold), DEBRIEF_DONE);
    assert_int_equal(newest(world, pair.giver).state, DEBRIEF_HELD);
    assert_int_equal(step(world, pair.giver, id, debrief_not_needed), DEBRIEF_ELSEWHERE);
    world_wait(world, TIME_DAY);
    assert_int_equal(wish(world, pair.giver, ""), DEBRIEF_DONE); /* and at any time again */
    assert_int_equal(on_board(world, pair.coordinator), 1);
}

static void test_not_needed(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    offer(world, pair.giver);
    const DebriefId id = newest(world, pair.giver).id;
    assert_int_equal(step(world, pair.receiver, id, debrief_not_needed), DEBRIEF_ELSEWHERE);
    assert_int_equal(step(world, pair.giver, id, debrief_not_needed), DEBRIEF_DONE);
    assert_false(debrief_waits(&world->scope));
    assert_int_equal(on_board(world, pair.coordinator), 0);
    world_act_as(world, pair.coordinator);
    assert_false(access_may(&world->scope, ACCESS_DEBRIEF_HOLD, id.value));
}

static void test_words_for_oneself(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    assert_int_equal(wish(world, pair.giver, ""), DEBRIEF_DONE);
    const DebriefId id = newest(world, pair.giver).id;
    Tx *tx = world_begin(world);
    assert_int_equal(debrief_write(&world->scope, tx, id, STR("I slept badly.")), DEBRIEF_DONE);
    world_commit(tx);
    assert_words(newest(world, pair.giver).words, "I slept badly.");
    const PersonId others[] = {pair.coordinator, pair.receiver};
    for (size_t at = 0; at < 2; at++) {
        world_act_as(world, others[at]);
        assert_false(access_may(&world->scope, ACCESS_DEBRIEF_CHANGE, id.value));
        Debrief debrief;
        assert_true(debrief_find(&world->scope, id, &debrief));
        assert_words(debrief.words, "");
        tx = world_begin(world);
        assert_int_equal(debrief_write(&world->scope, tx, id, STR("Mine.")), DEBRIEF_ELSEWHERE);
        world_commit(tx);
    }
    tx = world_begin(world);
    debrief_forget(tx, pair.giver);
    world_commit(tx);
    assert_words(test_database_rows(world->db, world->arena, "SELECT COUNT(*) FROM debrief"), "0|\n");
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_offered_wished_held),
        IN_A_WORLD(test_not_needed),
        IN_A_WORLD(test_words_for_oneself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
