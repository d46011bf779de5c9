/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of access themselves: the table is whole, nobody signed out may anything, duties are dated. */
#include "test/unit.h"

#include "features/access/access.h"
#include "test/feature_world.h"

static void test_every_action_has_a_row(void **state) {
    (void)state;
    for (size_t action = 0; action < ACCESS_COUNT; action++) {
        assert_non_null(access_action_name((AccessAction)action));
        for (size_t other = 0; other < action; other++) {
            assert_string_not_equal(access_action_name((AccessAction)action),
                                    access_action_name((AccessAction)other));
        }
    }
}

static void test_signed_out_may_only_what_is_public(void **state) {
    World *world = *state;
    for (size_t action = 0; action < ACCESS_COUNT; action++) {
        assert_true(access_may(&world->scope, (AccessAction)action, world->program.value) ==
                    (action == ACCESS_PUBLIC));
    }
}

static void test_nothing_there_allows_nobody(void **state) {
    World *world = *state;
    world_act_as(world, world_person(world, "ana"));
    for (size_t action = 0; action < ACCESS_COUNT; action++) {
        if (access_object((AccessAction)action) != OBJECT_NONE) {
            assert_false(access_may(&world->scope, (AccessAction)action, 4711));
        }
    }
}

static void test_a_duty_holds_from_its_first_moment_to_its_last(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    world_act_as(world, ana);
    assert_false(access_may(&world->scope, ACCESS_BOARD_READ, world->program.value));
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, ana, DUTY_COORDINATOR);
    world_commit(tx);
    assert_true(access_may(&world->scope, ACCESS_BOARD_READ, world->program.value));
    world_wait(world, TIME_DAY);
    tx = world_begin(world);
    program_duty_end(&world->scope, tx, world->program, ana, DUTY_COORDINATOR);
    world_commit(tx);
    assert_false(access_may(&world->scope, ACCESS_BOARD_READ, world->program.value));
}

static void test_a_duty_holds_in_its_own_program_only(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    Tx *tx = world_begin(world);
    ProgramId other = program_add(&world->scope, tx, STR("valley"), STR("Valley"), STR("America/Phoenix"));
    program_duty_give(&world->scope, tx, other, ana, DUTY_COORDINATOR);
    program_duty_give(&world->scope, tx, world->program, ana, DUTY_SUPERVISOR);
    world_commit(tx);
    world_act_as(world, ana);
    assert_true(access_may(&world->scope, ACCESS_BOARD_READ, other.value));
    assert_false(access_may(&world->scope, ACCESS_BOARD_READ, world->program.value));
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_action_has_a_row),
        IN_A_WORLD(test_signed_out_may_only_what_is_public),
        IN_A_WORLD(test_nothing_there_allows_nobody),
        IN_A_WORLD(test_a_duty_holds_from_its_first_moment_to_its_last),
        IN_A_WORLD(test_a_duty_holds_in_its_own_program_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
