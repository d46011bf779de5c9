/* SPDX-License-Identifier: Apache-2.0 */
/* The first program: names, what is refused, and who coordinates it. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/account/account.h"
#include "features/start/start.h"
#include "test/feature_world.h"

static StartResult start(World *world, const char *name, const char *zone, const char *mail) {
    Tx *tx = world_begin(world);
    const StartResult result = start_program(&world->scope, tx, str_of(name), str_of(zone), str_of(mail));
    world_commit(tx);
    return result;
}

static void test_slugs(void **state) {
    World *world = *state;
    const char *rows[][2] = {
        {"Familias del Rio", "familias-del-rio"},
        {"  4 Rivers & Co. ", "rivers-co"},
        {"\xC3\x91", ""},
        {"", ""},
        {"A very long name that goes on and on for ever", "a-very-long-name-that-goes-on-and-on-for"},
    };
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        assert_words(start_slug(world->arena, str_of(rows[at][0])), rows[at][1]);
    }
}

static void test_mistakes_are_told_apart(void **state) {
    World *world = *state;
    assert_int_equal(start(world, "4", "America/New_York", "ana@example.org"), START_NAME_WRONG);
    assert_int_equal(start(world, "River", "America/New_York", "ana@example.org"), START_NAME_TAKEN);
    assert_int_equal(start(world, "Valley", "Middle/Earth", "ana@example.org"), START_ZONE_WRONG);
    assert_int_equal(start(world, "Valley", "America/New_York", "ana"), START_MAIL_WRONG);
}

static void test_the_mailbox_coordinates(void **state) {
    World *world = *state;
    assert_int_equal(start(world, "Valley", "America/Denver", "ana@example.org"), START_DONE);
    Household reached = account_find_by_mail(&world->scope, STR("Ana@example.org"));
    assert_int_equal(reached.count, 1);
    Program valley;
    assert_true(program_find_by_slug(&world->scope, STR("valley"), &valley));
    world_act_as(world, reached.items[0].id);
    assert_true(access_may(&world->scope, ACCESS_BOARD_READ, valley.id.value));
    assert_int_equal(start(world, "Hill", "America/Denver", "ana@example.org"), START_DONE);
    assert_int_equal(program_list_with_duty(&world->scope, DUTY_COORDINATOR).count, 2);
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_slugs),
        IN_A_WORLD(test_mistakes_are_told_apart),
        IN_A_WORLD(test_the_mailbox_coordinates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
