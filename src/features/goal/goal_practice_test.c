/* SPDX-License-Identifier: Apache-2.0 */
/* What was tried stays its person's, is read by whoever reads the goal, and goes with its step. */
#include "test/unit.h"

#include "features/goal/goal_practice.h"
#include "test/database.h"
#include "test/feature_world.h"

static const Date first_day = {2026, 3, 2};
static const Date next_day = {2026, 3, 4};

/* Something to practice, with one step. */
static GoalId practices(World *world, PersonId person, GoalStepId *ret_step) {
    world_act_as(world, person);
    GoalId id = {0};
    Tx *tx = world_begin(world);
    const GoalNew wanted = {.words = STR("Speaking up"), .kind = GOAL_TO_PRACTICE};
    assert_int_equal(goal_add(&world->scope, tx, &wanted, &id), GOAL_DONE);
    const GoalStepNew step = {.goal = id, .words = STR("I ask one question."), .who = GOAL_BY_ME};
    assert_int_equal(goal_step_add(&world->scope, tx, &step), GOAL_DONE);
    world_commit(tx);
    Goal goal;
    assert_true(goal_find(&world->scope, id, &goal));
    assert_int_equal(goal.kind, GOAL_TO_PRACTICE);
    *ret_step = goal.steps.items[0].id;
    return id;
}

static GoalResult tries(World *world, GoalId goal, GoalStepId step, Date day, const char *words) {
    Tx *tx = world_begin(world);
    const GoalPracticeNew practice = {
        .day = day, .words = str_of(words), .helped = STR("A list."), .is_part2 = true};
    const GoalResult result = goal_practice_add(&world->scope, tx, goal, step, &practice);
    world_commit(tx);
    return result;
}

static void test_tried_again_and_again(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    GoalStepId step = {0};
    const GoalId id = practices(world, ana, &step);
    assert_int_equal(tries(world, id, step, first_day, "I forgot."), GOAL_DONE);
    assert_int_equal(tries(world, id, step, next_day, "She answered me."), GOAL_DONE);
    const GoalPractices list = goal_practices(&world->scope, id);
    assert_int_equal(list.count, 2);
    assert_words(list.items[0].words.hidden_words, "She answered me."); /* the newest on top */
    assert_words(list.items[0].helped.hidden_words, "A list.");
    assert_true(list.items[0].words.is_marked && list.items[0].helped.is_marked);
    assert_int_equal(date_days(list.items[1].day), date_days(first_day));
    assert_true(goal_step_id_equal(list.items[1].step, step));
    Tx *tx = world_begin(world);
    const GoalPracticeNew other = {
        .day = next_day, .words = STR("I asked it in the hall."), .helped = STR("")};
    assert_int_equal(goal_practice_change(&world->scope, tx, id, list.items[1].id, &other), GOAL_DONE);
    assert_int_equal(goal_practice_drop(&world->scope, tx, id, list.items[0].id), GOAL_DONE);
    assert_int_equal(goal_practice_drop(&world->scope, tx, id, list.items[0].id), GOAL_ELSEWHERE);
    world_commit(tx);
    const GoalPractices rest = goal_practices(&world->scope, id);
    assert_int_equal(rest.count, 1);
    assert_words(rest.items[0].words.hidden_words, "I asked it in the hall.");
    assert_false(rest.items[0].words.is_marked);
    assert_int_equal(date_days(rest.items[0].day), date_days(next_day));
}

static void test_nobody_else_writes(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    const PersonId ben = world_person(world, "ben");
    GoalStepId step = {0};
    GoalStepId his = {0};
    const GoalId other = practices(world, ben, &his);
    const GoalId id = practices(world, ana, &step);
    assert_int_equal(tries(world, id, his, first_day, "Not hers."), GOAL_ELSEWHERE);
    assert_int_equal(tries(world, other, his, first_day, "Not hers."), GOAL_ELSEWHERE);
    assert_int_equal(tries(world, id, step, first_day, "I forgot."), GOAL_DONE);
    const GoalPracticeId one = goal_practices(&world->scope, id).items[0].id;
    const GoalPracticeNew wrong = {.day = next_day, .words = STR("Other words."), .helped = STR("")};
    Tx *tx = world_begin_as(world, ben);
    assert_int_equal(goal_practice_change(&world->scope, tx, id, one, &wrong), GOAL_ELSEWHERE);
    assert_int_equal(goal_practice_change(&world->scope, tx, other, one, &wrong), GOAL_ELSEWHERE);
    assert_int_equal(goal_practice_drop(&world->scope, tx, id, one), GOAL_ELSEWHERE);
    assert_int_equal(goal_practice_drop(&world->scope, tx, other, one), GOAL_ELSEWHERE);
    world_commit(tx);
    world_act_as(world, ana);
    assert_words(goal_practices(&world->scope, id).items[0].words.hidden_words, "I forgot.");
}

static void test_it_has_an_end_and_goes_with_its_step(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    GoalStepId step = {0};
    const GoalId id = practices(world, ana, &step);
    for (int at = 0; at < GOAL_PRACTICES_MOST; at++) {
        assert_int_equal(tries(world, id, step, first_day, "Once more."), GOAL_DONE);
    }
    assert_int_equal(tries(world, id, step, first_day, "Once more."), GOAL_FULL);
    Tx *tx = world_begin(world);
    assert_int_equal(goal_step_drop(&world->scope, tx, id, step), GOAL_DONE);
    world_commit(tx);
    assert_words(test_database_rows(world->db, world->arena,
                                    "SELECT (SELECT COUNT(*) FROM goal_practice), "
                                    "(SELECT COUNT(*) FROM part2_goal_practice)"),
                 "0|0|\n");
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_tried_again_and_again),
        IN_A_WORLD(test_nobody_else_writes),
        IN_A_WORLD(test_it_has_an_end_and_goes_with_its_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
