/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own goals: their order, rest and end, and that nobody else reads one until they say so. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/goal/goal.h"
#include "features/notice/notice.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"
#include "texts.h"

static GoalId wants(World *world, PersonId person, const char *words) {
    world_act_as(world, person);
    GoalId id = {0};
    Tx *tx = world_begin(world);
    const GoalNew goal = {.words = str_of(words), .kind = GOAL_FOR_MYSELF};
    assert_int_equal(goal_add(&world->scope, tx, &goal, &id), GOAL_DONE);
    world_commit(tx);
    return id;
}

static GoalResult turn(World *world, GoalId id, GoalState to) {
    Tx *tx = world_begin(world);
    const GoalResult result = goal_turn(&world->scope, tx, id, to);
    world_commit(tx);
    return result;
}

static GoalResult move(World *world, GoalId id, bool is_up) {
    Tx *tx = world_begin(world);
    const GoalResult result = goal_move(&world->scope, tx, id, is_up);
    world_commit(tx);
    return result;
}

static ReaderResult open_to(World *world, PersonId person, GoalId id, MatchId match) {
    Tx *tx = world_begin_as(world, person);
    const ReaderResult result = reader_open(&world->scope, tx, READER_THING(id), match);
    world_commit(tx);
    return result;
}

static ReaderResult close_to(World *world, PersonId person, GoalId id, MatchId match) {
    Tx *tx = world_begin_as(world, person);
    const ReaderResult result = reader_close(&world->scope, tx, READER_THING(id), match);
    world_commit(tx);
    return result;
}

static Goals opened_goals(World *world, PersonId person, MatchId match) {
    world_act_as(world, person);
    const ReaderLet let = reader_let(&world->scope, match);
    return goal_list_opened(&world->scope, &let);
}

static size_t opened(World *world, PersonId person, MatchId match) {
    return opened_goals(world, person, match).count;
}

static void assert_order(World *world, const char *const *wanted) {
    const Goals list = goal_list(&world->scope);
    for (size_t at = 0; at < list.count; at++) {
        assert_non_null(wanted[at]);
        assert_words(list.items[at].words.hidden_words, wanted[at]);
    }
    assert_null(wanted[list.count]);
}

static void test_the_order_is_their_own(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    const GoalId sleep = wants(world, ana, "Sleep");
    wants(world, ana, "Sundays");
    const GoalId school = wants(world, ana, "School");
    assert_order(world, (const char *const[]){"Sleep", "Sundays", "School", NULL});
    assert_int_equal(move(world, school, true), GOAL_DONE);
    assert_order(world, (const char *const[]){"Sleep", "School", "Sundays", NULL});
    assert_int_equal(move(world, school, true), GOAL_DONE);
    assert_int_equal(move(world, school, true), GOAL_DONE); /* on top already */
    assert_order(world, (const char *const[]){"School", "Sleep", "Sundays", NULL});
    assert_int_equal(turn(world, sleep, GOAL_REACHED), GOAL_DONE);
    assert_int_equal(move(world, school, false), GOAL_DONE); /* past the one that is over as well */
    assert_order(world, (const char *const[]){"Sundays", "School", NULL});
    assert_int_equal(move(world, school, false), GOAL_DONE); /* at the end already */
    assert_int_equal(move(world, sleep, true), GOAL_ELSEWHERE);
    assert_order(world, (const char *const[]){"Sundays", "School", NULL});
}

static void test_it_rests_and_comes_back(void **state) {
    World *world = *state;
    const GoalId id = wants(world, world_person(world, "ana"), "An evening for myself");
    assert_int_equal(turn(world, id, GOAL_PAUSED), GOAL_DONE);
    assert_int_equal(turn(world, id, GOAL_PAUSED), GOAL_ELSEWHERE); /* so it stands already */
    const Goals list = goal_list(&world->scope);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].state, GOAL_PAUSED);
    assert_int_equal(list.items[0].kind, GOAL_FOR_MYSELF);
    assert_int_equal(turn(world, id, GOAL_LET_GO), GOAL_DONE);
    assert_int_equal(goal_list(&world->scope).count, 0);
    assert_int_equal(goal_list_over(&world->scope).count, 1);
    assert_int_equal(turn(world, id, GOAL_OPEN), GOAL_DONE);
    assert_int_equal(goal_list(&world->scope).count, 1);
    assert_int_equal(goal_list_over(&world->scope).count, 0);
}

static void test_steps_have_who_and_when(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    const GoalId id = wants(world, ana, "School");
    Tx *tx = world_begin(world);
    GoalStepNew step = {.goal = id, .words = STR("I call."), .who = GOAL_BY_ME};
    assert_int_equal(goal_step_add(&world->scope, tx, &step), GOAL_DONE);
    world_commit(tx);
    world_wait(world, TIME_HOUR);
    step = (GoalStepNew){.goal = id,
                         .words = STR("She comes along."),
                         .who = GOAL_BY_GIVER,
                         .has_day = true,
                         .day = PROMISE_IN_A_WEEK,
                         .is_part2 = true};
    tx = world_begin(world);
    assert_int_equal(goal_step_add(&world->scope, tx, &step), GOAL_DONE);
    world_commit(tx);
    Goal goal;
    assert_true(goal_find(&world->scope, id, &goal));
    assert_int_equal(goal.steps.count, 2);
    assert_words(goal.steps.items[0].words.hidden_words, "I call.");
    assert_false(goal.steps.items[0].has_day);
    assert_false(goal.steps.items[0].words.is_marked);
    assert_int_equal(goal.steps.items[1].who, GOAL_BY_GIVER);
    assert_int_equal(goal.steps.items[1].due_on.day, 11); /* the world's day is 4 March 2026 */
    assert_true(goal.steps.items[1].words.is_marked);

    const GoalStepId first = goal.steps.items[0].id;
    const GoalStepId second = goal.steps.items[1].id;
    tx = world_begin(world);
    assert_int_equal(goal_step_mark(&world->scope, tx, id, first, true), GOAL_DONE);
    assert_int_equal(goal_step_drop(&world->scope, tx, id, second), GOAL_DONE);
    assert_int_equal(goal_step_drop(&world->scope, tx, id, second), GOAL_ELSEWHERE);
    world_commit(tx);
    assert_true(goal_find(&world->scope, id, &goal));
    assert_int_equal(goal.steps.count, 1);
    assert_true(goal.steps.items[0].is_done);
    tx = world_begin(world);
    assert_int_equal(goal_step_mark(&world->scope, tx, id, first, false), GOAL_DONE);
    world_commit(tx);
    assert_true(goal_find(&world->scope, id, &goal));
    assert_false(goal.steps.items[0].is_done);
}

static void test_nobody_else_touches_it(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const GoalId id = wants(world, pair.receiver, "School");
    Tx *tx = world_begin(world);
    const GoalStepNew step = {.goal = id, .words = STR("I call."), .who = GOAL_BY_ME};
    assert_int_equal(goal_step_add(&world->scope, tx, &step), GOAL_DONE);
    world_commit(tx);
    Goal goal;
    assert_true(goal_find(&world->scope, id, &goal));
    const GoalStepId first = goal.steps.items[0].id;
    assert_int_equal(open_to(world, pair.receiver, id, match), READER_DONE);
    const PersonId others[] = {pair.giver, pair.coordinator};
    for (size_t at = 0; at < 2; at++) {
        world_act_as(world, others[at]);
        assert_false(access_may(&world->scope, ACCESS_GOAL_CHANGE, id.value));
        assert_false(goal_find(&world->scope, id, &goal));
        assert_int_equal(turn(world, id, GOAL_REACHED), GOAL_ELSEWHERE);
        assert_int_equal(move(world, id, true), GOAL_ELSEWHERE);
        tx = world_begin(world);
        assert_int_equal(goal_step_add(&world->scope, tx, &step), GOAL_ELSEWHERE);
        assert_int_equal(goal_step_mark(&world->scope, tx, id, first, true), GOAL_ELSEWHERE);
        assert_int_equal(goal_step_drop(&world->scope, tx, id, first), GOAL_ELSEWHERE);
        world_commit(tx);
        assert_int_equal(open_to(world, others[at], id, match), READER_NOT_OWN);
        assert_int_equal(close_to(world, others[at], id, match), READER_NOT_OWN);
    }
    assert_int_equal(opened(world, pair.giver, match), 1);
    world_act_as(world, pair.receiver);
    assert_true(access_may(&world->scope, ACCESS_GOAL_CHANGE, id.value));
    assert_true(goal_find(&world->scope, id, &goal));
    assert_int_equal(goal.state, GOAL_OPEN);
    assert_int_equal(goal.steps.count, 1);
    assert_false(goal.steps.items[0].is_done);
}

static void test_read_by_whom_it_is_opened_to(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const GoalId school = wants(world, pair.receiver, "School");
    wants(world, pair.receiver, "An evening for myself");
    const GoalId of_giver = wants(world, pair.giver, "A garden");
    assert_int_equal(opened(world, pair.giver, match), 0);
    assert_int_equal(open_to(world, pair.receiver, of_giver, match), READER_NOT_OWN);
    /* Who gives opens nothing. */
    assert_int_equal(open_to(world, pair.giver, of_giver, match), READER_NO_WALK);
    assert_int_equal(open_to(world, pair.receiver, school, match), READER_DONE);
    assert_int_equal(open_to(world, pair.receiver, school, match), READER_DONE); /* so it is already */
    world_act_as(world, pair.receiver);
    const Readers readers = reader_list(&world->scope, READER_THING(school));
    assert_int_equal(readers.count, 1);
    assert_words(readers.items[0].called, "gloria");
    assert_true(readers.items[0].reads);
    const Goals list = opened_goals(world, pair.giver, match);
    assert_int_equal(list.count, 1);
    assert_words(list.items[0].words.hidden_words, "School");
    assert_int_equal(opened(world, pair.coordinator, match), 0);
    assert_int_equal(close_to(world, pair.receiver, school, match), READER_DONE);
    assert_int_equal(opened(world, pair.giver, match), 0);
    world_act_as(world, pair.receiver);
    assert_false(reader_list(&world->scope, READER_THING(school)).items[0].reads);
}

static void test_only_while_they_share(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const GoalId id = wants(world, pair.receiver, "School");
    assert_int_equal(open_to(world, pair.receiver, id, match), READER_DONE);
    world_stop_sharing(world, &pair);
    assert_int_equal(opened(world, pair.giver, match), 0);
    world_act_as(world, pair.receiver);
    assert_int_equal(reader_list(&world->scope, READER_THING(id)).count, 0);
    const GoalId other = wants(world, pair.receiver, "Sundays");
    assert_int_equal(open_to(world, pair.receiver, other, match), READER_NO_WALK);
}

static void test_only_while_they_walk(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const GoalId id = wants(world, pair.receiver, "School");
    assert_int_equal(open_to(world, pair.receiver, id, match), READER_DONE);
    Tx *tx = world_begin(world);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    assert_int_equal(opened(world, pair.giver, match), 0);
    world_act_as(world, pair.receiver);
    assert_int_equal(reader_list(&world->scope, READER_THING(id)).count, 0);
    assert_int_equal(goal_list(&world->scope).count, 1);
}

static GoalResult propose(World *world, MatchId match, GoalId goal, const char *words) {
    Tx *tx = world_begin(world);
    const GoalProposalNew proposal = {
        .goal = goal, .words = str_of(words), .who = GOAL_BY_GIVER, .is_part2 = true};
    const GoalResult result = goal_propose(&world->scope, tx, match, &proposal);
    world_commit(tx);
    world_wait(world, TIME_MINUTE); /* what is of one moment has no order */
    return result;
}

static GoalProposalId first_proposal(World *world, PersonId person, GoalId goal) {
    world_act_as(world, person);
    return goal_proposals(&world->scope, goal).items[0].id;
}

static void test_who_reads_it_may_propose_a_step(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const GoalId id = wants(world, pair.receiver, "School");
    world_act_as(world, pair.giver);
    assert_int_equal(propose(world, match, id, "We call."), GOAL_ELSEWHERE); /* not opened */
    assert_int_equal(open_to(world, pair.receiver, id, match), READER_DONE);
    assert_int_equal(propose(world, match, id, "We call."), GOAL_ELSEWHERE); /* her own */
    world_act_as(world, pair.coordinator);
    assert_int_equal(propose(world, match, id, "We call."), GOAL_ELSEWHERE);
    world_act_as(world, pair.giver);
    assert_int_equal(propose(world, match, id, "We call."), GOAL_DONE);
    assert_int_equal(propose(world, match, id, "We wait."), GOAL_DONE);
    assert_int_equal(goal_proposals(&world->scope, id).count, 0);
    assert_int_equal(goal_proposals_made(&world->scope, id).count, 2);
    assert_int_equal(opened_goals(world, pair.giver, match).items[0].steps.count, 0); /* apart */

    const GoalProposalId taken = first_proposal(world, pair.receiver, id);
    assert_int_equal(goal_proposals_wait(&world->scope), 2);
    assert_true(goal_proposals(&world->scope, id).items[0].words.is_marked);
    const GoalStepNew step = {.goal = id, .words = STR("She calls."), .who = GOAL_BY_GIVER};
    Tx *tx = world_begin_as(world, pair.giver);
    assert_int_equal(goal_proposal_take(&world->scope, tx, taken, &step), GOAL_ELSEWHERE);
    assert_int_equal(goal_proposal_leave(&world->scope, tx, id, taken), GOAL_ELSEWHERE);
    world_commit(tx);
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(goal_proposal_take(&world->scope, tx, taken, &step), GOAL_DONE);
    assert_int_equal(goal_proposal_take(&world->scope, tx, taken, &step), GOAL_ELSEWHERE); /* once */
    world_commit(tx);
    const GoalProposalId left = first_proposal(world, pair.receiver, id);
    tx = world_begin(world);
    assert_int_equal(goal_proposal_leave(&world->scope, tx, id, left), GOAL_DONE);
    world_commit(tx);
    assert_int_equal(goal_proposals_wait(&world->scope), 0);
    assert_int_equal(goal_proposals_about(&world->scope, id).count, 2);
    Goal goal;
    assert_true(goal_find(&world->scope, id, &goal));
    assert_int_equal(goal.steps.count, 1);
    assert_words(goal.steps.items[0].words.hidden_words, "She calls.");
    assert_words(goal.steps.items[0].proposed_by, "gloria");

    world_act_as(world, pair.giver);
    const GoalProposals made = goal_proposals_made(&world->scope, id);
    assert_true(made.items[0].is_taken);
    assert_words(made.items[0].words.hidden_words, "We call."); /* their own, as they wrote it */
    assert_false(made.items[1].is_taken);                       /* left, or waiting: no difference */
    world_stop_sharing(world, &pair);
    world_act_as(world, pair.giver);
    assert_int_equal(propose(world, match, id, "Once more."), GOAL_ELSEWHERE);

    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(goal_step_drop(&world->scope, tx, id, goal.steps.items[0].id), GOAL_DONE);
    goal_forget(tx, pair.giver);
    world_commit(tx);
    assert_int_equal(goal_proposals_about(&world->scope, id).count, 0);
}

static GoalResult take_back(World *world, PersonId person, MatchId match, GoalId goal, GoalProposalId id) {
    Tx *tx = world_begin_as(world, person);
    const GoalResult result = goal_proposal_take_back(&world->scope, tx, match, goal, id);
    world_commit(tx);
    return result;
}

static void test_a_proposal_is_told_of_once_and_taken_back(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const GoalId id = wants(world, pair.receiver, "School");
    assert_int_equal(open_to(world, pair.receiver, id, match), READER_DONE);
    world_wait(world, 2 * TIME_DAY);
    const size_t told = notice_list(&world->scope, pair.receiver).count;
    const size_t own = notice_list(&world->scope, pair.giver).count;
    world_act_as(world, pair.giver);
    for (int at = 0; at < 3; at++) {
        assert_int_equal(propose(world, match, id, "We call."), GOAL_DONE);
    }
    assert_int_equal(notice_list(&world->scope, pair.receiver).count, told + 1);
    assert_int_equal(notice_list(&world->scope, pair.giver).count, own);
    assert_int_equal(goal_list_asked(&world->scope).count, 0);
    world_act_as(world, pair.receiver);
    const GoalAskedList asked = goal_list_asked(&world->scope);
    assert_int_equal(asked.count, 1);
    assert_int_equal(asked.items[0].count, 3);
    assert_words(asked.items[0].by_called, "gloria");
    assert_words(asked.items[0].words.hidden_words, "School");

    const GoalProposals list = goal_proposals(&world->scope, id);
    const GoalProposalId taken = list.items[0].id;
    const GoalProposalId left = list.items[1].id;
    const GoalProposalId waits = list.items[2].id;
    const GoalStepNew step = {.goal = id, .words = STR("She calls."), .who = GOAL_BY_GIVER};
    Tx *tx = world_begin(world);
    assert_int_equal(goal_proposal_take(&world->scope, tx, taken, &step), GOAL_DONE);
    assert_int_equal(goal_proposal_leave(&world->scope, tx, id, left), GOAL_DONE);
    world_commit(tx);
    const PersonId others[] = {pair.receiver, pair.coordinator, world_person(world, "hana")};
    for (size_t at = 0; at < 3; at++) {
        assert_int_equal(take_back(world, others[at], match, id, waits), GOAL_ELSEWHERE);
    }
    assert_int_equal(take_back(world, pair.giver, match, (GoalId){1}, waits), GOAL_ELSEWHERE);
    assert_int_equal(take_back(world, pair.giver, match, id, taken), GOAL_ELSEWHERE);
    assert_int_equal(take_back(world, pair.giver, match, id, left), GOAL_DONE); /* as if it waited */
    assert_int_equal(take_back(world, pair.giver, match, id, waits), GOAL_DONE);
    assert_int_equal(take_back(world, pair.giver, match, id, waits), GOAL_ELSEWHERE);
    assert_int_equal(goal_proposals_made(&world->scope, id).count, 1);
    world_act_as(world, pair.receiver);
    assert_int_equal(goal_proposals_about(&world->scope, id).count, 1);
    assert_int_equal(goal_list_asked(&world->scope).count, 0);
    Goal goal;
    assert_true(goal_find(&world->scope, id, &goal) && goal.steps.count == 1);

    /* What waits on a goal that is over asks for nothing. */
    world_act_as(world, pair.giver);
    assert_int_equal(propose(world, match, id, "We wait."), GOAL_DONE);
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(goal_turn(&world->scope, tx, id, GOAL_REACHED), GOAL_DONE);
    world_commit(tx);
    assert_int_equal(goal_list_asked(&world->scope).count, 0);
}

static void test_its_person_finds_other_words(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    const GoalId id = wants(world, ana, "School");
    GoalStepNew step = {
        .goal = id, .words = STR("I call."), .who = GOAL_BY_ME, .has_day = true, .day = PROMISE_IN_A_WEEK};
    Tx *tx = world_begin(world);
    assert_int_equal(goal_step_add(&world->scope, tx, &step), GOAL_DONE);
    const GoalNew other = {.words = STR("School, twice a week"), .kind = GOAL_FOR_CHILD, .is_part2 = true};
    assert_int_equal(goal_change(&world->scope, tx, id, &other), GOAL_DONE);
    world_commit(tx);
    Goal goal;
    assert_true(goal_find(&world->scope, id, &goal));
    assert_words(goal.words.hidden_words, "School, twice a week");
    assert_true(goal.words.is_marked);
    assert_int_equal(goal.kind, GOAL_FOR_CHILD);
    const GoalStepId first = goal.steps.items[0].id;
    step = (GoalStepNew){.goal = id, .words = STR("He calls."), .who = GOAL_BY_OTHER, .is_part2 = true};
    tx = world_begin(world);
    assert_int_equal(goal_step_change(&world->scope, tx, first, &step, true), GOAL_DONE);
    world_commit(tx);
    assert_true(goal_find(&world->scope, id, &goal));
    assert_words(goal.steps.items[0].words.hidden_words, "He calls.");
    assert_true(goal.steps.items[0].has_day); /* it stays */
    assert_true(goal.steps.items[0].words.is_marked);
    tx = world_begin(world);
    step.is_part2 = false;
    assert_int_equal(goal_step_change(&world->scope, tx, first, &step, false), GOAL_DONE);
    world_commit(tx);
    assert_true(goal_find(&world->scope, id, &goal));
    assert_false(goal.steps.items[0].has_day);
    assert_false(goal.steps.items[0].words.is_marked);
    world_act_as(world, world_person(world, "ben"));
    tx = world_begin(world);
    assert_int_equal(goal_change(&world->scope, tx, id, &other), GOAL_ELSEWHERE);
    assert_int_equal(goal_step_change(&world->scope, tx, first, &step, false), GOAL_ELSEWHERE);
    world_commit(tx);
}

static void test_lists_have_an_end(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    GoalId id = {0};
    for (int at = 0; at < GOAL_MOST; at++) {
        id = wants(world, ana, "More");
    }
    const GoalNew goal = {.words = STR("One more"), .kind = GOAL_FOR_FAMILY};
    GoalId none = {0};
    Tx *tx = world_begin(world);
    assert_int_equal(goal_add(&world->scope, tx, &goal, &none), GOAL_FULL);
    const GoalStepNew step = {.goal = id, .words = STR("A step"), .who = GOAL_BY_OTHER};
    for (int at = 0; at < GOAL_STEPS_MOST; at++) {
        assert_int_equal(goal_step_add(&world->scope, tx, &step), GOAL_DONE);
    }
    assert_int_equal(goal_step_add(&world->scope, tx, &step), GOAL_FULL);
    world_commit(tx);
    assert_int_equal(turn(world, id, GOAL_REACHED), GOAL_DONE);
    wants(world, ana, "One more");
    assert_int_equal(turn(world, id, GOAL_OPEN), GOAL_FULL);
    assert_int_equal(goal_list(&world->scope).count, GOAL_MOST);
}

static void test_kinds_and_people_have_words(void **state) {
    (void)state;
    assert_int_equal(goal_kind_text(GOAL_FOR_CHILD), TEXT_GOAL_FOR_CHILD);
    assert_int_equal(goal_kind_text(GOAL_FOR_FAMILY), TEXT_GOAL_FOR_FAMILY);
    assert_int_equal(goal_kind_text(GOAL_FOR_MYSELF), TEXT_GOAL_FOR_MYSELF);
    assert_int_equal(goal_who_text(GOAL_BY_ME), TEXT_GOAL_BY_ME);
    assert_int_equal(goal_who_text(GOAL_BY_GIVER), TEXT_GOAL_BY_GIVER);
    assert_int_equal(goal_who_text(GOAL_BY_OTHER), TEXT_GOAL_BY_OTHER);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_the_order_is_their_own),
        IN_A_WORLD(test_it_rests_and_comes_back),
        IN_A_WORLD(test_steps_have_who_and_when),
        IN_A_WORLD(test_nobody_else_touches_it),
        IN_A_WORLD(test_read_by_whom_it_is_opened_to),
        IN_A_WORLD(test_only_while_they_share),
        IN_A_WORLD(test_only_while_they_walk),
        IN_A_WORLD(test_who_reads_it_may_propose_a_step),
        IN_A_WORLD(test_a_proposal_is_told_of_once_and_taken_back),
        IN_A_WORLD(test_its_person_finds_other_words),
        IN_A_WORLD(test_lists_have_an_end),
        cmocka_unit_test(test_kinds_and_people_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
