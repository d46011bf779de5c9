/* SPDX-License-Identifier: Apache-2.0 */
/* What had to be passed on stays as it was written, and says whether the person was told first. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/passing/passing.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static void test_written_and_read(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId id = world_match(world, &pair);
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    world_act_as(world, pair.giver);
    assert_int_equal(passing_list(&world->scope, id).count, 0);
    Tx *tx = world_begin(world);
    passing_add(&world->scope, tx, &match,
                &(PassingNew){.what = STR("He has a plan for tonight."),
                              .whom = STR("911"),
                              .told = PASSING_NOT_TOLD,
                              .why = STR("It could not wait.")});
    world_commit(tx);
    world_wait(world, TIME_HOUR);
    tx = world_begin(world);
    passing_add(&world->scope, tx, &match,
                &(PassingNew){.what = STR("He is safe now."),
                              .whom = STR("Carla"),
                              .told = PASSING_TOLD_FIRST,
                              .why = STR("a reason that nobody asked for")});
    world_commit(tx);
    const Passings list = passing_list(&world->scope, id);
    assert_int_equal(list.count, 2);
    assert_words(list.items[0].what.hidden_words, "He is safe now.");
    assert_words(list.items[0].why.hidden_words, ""); /* told first: there is nothing to explain */
    assert_words(list.items[1].what.hidden_words, "He has a plan for tonight.");
    assert_words(list.items[1].whom.hidden_words, "911");
    assert_words(list.items[1].why.hidden_words, "It could not wait.");
    assert_words(list.items[1].by_called, "gloria");
}

static void test_marked_as_a_whole(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId id = world_match(world, &pair);
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    Tx *tx = world_begin_as(world, pair.giver);
    passing_add(&world->scope, tx, &match,
                &(PassingNew){.what = STR("He took pills."),
                              .whom = STR("911"),
                              .told = PASSING_NOT_TOLD,
                              .why = STR("It could not wait."),
                              .is_part2 = true});
    world_commit(tx);
    const Passings list = passing_list(&world->scope, id);
    assert_true(list.items[0].what.is_marked && list.items[0].whom.is_marked && list.items[0].why.is_marked);
}

/* Only whoever walks with the person writes; the person itself and a stranger cannot. */
static void test_only_the_giver_writes(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId id = world_match(world, &pair);
    const PersonId stranger = world_person(world, "stranger");
    world_act_as(world, pair.giver);
    assert_true(access_may(&world->scope, ACCESS_CONTACT_ADD, id.value));
    world_act_as(world, pair.receiver);
    assert_false(access_may(&world->scope, ACCESS_CONTACT_ADD, id.value));
    assert_true(access_may(&world->scope, ACCESS_MATCH_READ, id.value));
    world_act_as(world, stranger);
    assert_false(access_may(&world->scope, ACCESS_MATCH_READ, id.value));
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_written_and_read),
        IN_A_WORLD(test_marked_as_a_whole),
        IN_A_WORLD(test_only_the_giver_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
