/* SPDX-License-Identifier: Apache-2.0 */
/* Sheets for getting ready: what is written stays, nobody else reads one until its person says so, and what
 * somebody suggests stands on it only when they take it. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/notice/notice.h"
#include "features/sheet/sheet.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static SheetBefore school(const char *want) {
    SheetBefore before = {.kind = SHEET_SCHOOL, .day = {.year = 2026, .month = 3, .day = 11}};
    for (size_t at = 0; at < SHEET_WORDS; at++) {
        before.words[at] = STR("");
    }
    before.words[SHEET_WANT] = str_of(want);
    before.words[SHEET_CALLED] = STR("Yearly meeting");
    return before;
}

static SheetId begins(World *world, PersonId person, const char *want) {
    world_act_as(world, person);
    const SheetBefore before = school(want);
    SheetId id = {0};
    Tx *tx = world_begin(world);
    assert_int_equal(sheet_add(&world->scope, tx, &before, &id), SHEET_DONE);
    world_commit(tx);
    return id;
}

static ReaderResult open_to(World *world, PersonId person, SheetId id, MatchId match) {
    Tx *tx = world_begin_as(world, person);
    const ReaderResult result = reader_open(&world->scope, tx, READER_THING(id), match);
    world_commit(tx);
    return result;
}

static size_t opened(World *world, PersonId person, MatchId match) {
    world_act_as(world, person);
    const ReaderLet let = reader_let(&world->scope, match);
    return sheet_list_opened(&world->scope, &let).count;
}

static SheetResult suggests(World *world, PersonId person, SheetId id, const char *words) {
    Tx *tx = world_begin_as(world, person);
    const SheetResult result = sheet_suggest(&world->scope, tx, id, str_of(words));
    world_commit(tx);
    return result;
}

static Sheet own(World *world, PersonId person, SheetId id) {
    world_act_as(world, person);
    Sheet sheet;
    assert_true(sheet_find(&world->scope, id, &sheet));
    return sheet;
}

static void test_before_and_after(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    const SheetId id = begins(world, ana, "He stays in his class.");
    SheetBefore before = school("He stays in his class, with help.");
    before.words[SHEET_QUESTIONS] = STR("Who helps him on Monday?\nWhen do we look again?");
    before.words[SHEET_SPEAK_KIN] = STR("What recess is like");
    before.day = (Date){0};
    before.is_part2 = true;
    Tx *tx = world_begin(world);
    assert_int_equal(sheet_change(&world->scope, tx, id, &before), SHEET_DONE);
    const SheetAfter after = {.decided = STR("An aide, from April."),
                              .later = STR(""),
                              .had_seat = SHEET_YES,
                              .had_say = SHEET_PARTLY,
                              .unsaid = STR("That he is funny.")};
    assert_int_equal(sheet_close(&world->scope, tx, id, &after), SHEET_DONE);
    world_commit(tx);
    const Sheet sheet = own(world, ana, id);
    assert_words(sheet.words[SHEET_WANT].hidden_words, "He stays in his class, with help.");
    assert_words(sheet.words[SHEET_SPEAK_KIN].hidden_words, "What recess is like");
    assert_words(sheet.words[SHEET_DECIDED].hidden_words, "An aide, from April.");
    assert_words(sheet.words[SHEET_UNSAID].hidden_words, "That he is funny.");
    assert_true(sheet.words[SHEET_DECIDED].is_marked);
    assert_true(date_is_none(sheet.day));
    assert_int_equal(sheet.had_seat, SHEET_YES);
    assert_int_equal(sheet.had_say, SHEET_PARTLY);
    /* Changing what was before leaves what came after; the mark comes off again. */
    before.is_part2 = false;
    tx = world_begin(world);
    assert_int_equal(sheet_change(&world->scope, tx, id, &before), SHEET_DONE);
    world_commit(tx);
    assert_words(own(world, ana, id).words[SHEET_DECIDED].hidden_words, "An aide, from April.");
    assert_false(own(world, ana, id).words[SHEET_DECIDED].is_marked);
}

static void test_steps_and_what_came_of_them(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    const SheetId id = begins(world, ana, "Help in class");
    const SheetStepNew step = {.sheet = id,
                               .words = STR("They send the plan."),
                               .who = SHEET_ELSE,
                               .day = {.year = 2026, .month = 3, .day = 20}};
    Tx *tx = world_begin(world);
    assert_int_equal(sheet_step_add(&world->scope, tx, &step), SHEET_DONE);
    world_commit(tx);
    Sheet sheet = own(world, ana, id);
    assert_int_equal(sheet.steps.count, 1);
    assert_int_equal(sheet.steps.items[0].day.day, 20);
    const SheetStepId first = sheet.steps.items[0].id;
    tx = world_begin(world);
    assert_int_equal(sheet_step_mark(&world->scope, tx, id, first, true, STR("It came.")), SHEET_DONE);
    world_commit(tx);
    const Time done_at = own(world, ana, id).steps.items[0].done_at;
    assert_int_equal(done_at.us, world->scope.now.us);
    /* More words a day later: the day on which it was done stays. */
    world_wait(world, TIME_DAY);
    tx = world_begin(world);
    assert_int_equal(sheet_step_mark(&world->scope, tx, id, first, true, STR("It came, late.")), SHEET_DONE);
    world_commit(tx);
    sheet = own(world, ana, id);
    assert_int_equal(sheet.steps.items[0].done_at.us, done_at.us);
    assert_words(sheet.steps.items[0].came_of.hidden_words, "It came, late.");
    tx = world_begin(world);
    assert_int_equal(sheet_step_drop(&world->scope, tx, id, first), SHEET_DONE);
    assert_int_equal(sheet_step_drop(&world->scope, tx, id, first), SHEET_ELSEWHERE);
    world_commit(tx);
    assert_int_equal(own(world, ana, id).steps.count, 0);
}

static void test_read_by_whom_it_is_opened_to(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const SheetId id = begins(world, pair.receiver, "Help in class");
    const SheetId closed = begins(world, pair.receiver, "My own sheet");
    Tx *tx = world_begin(world);
    const SheetAfter after = {.decided = STR("An aide."),
                              .later = STR(""),
                              .had_seat = SHEET_NO,
                              .had_say = SHEET_NO,
                              .unsaid = STR("He is funny.")};
    assert_int_equal(sheet_close(&world->scope, tx, id, &after), SHEET_DONE);
    world_commit(tx);
    assert_int_equal(open_to(world, pair.receiver, id, match), READER_DONE);
    assert_int_equal(open_to(world, pair.receiver, id, match), READER_DONE); /* so it is already */
    world_act_as(world, pair.receiver);
    assert_true(reader_list(&world->scope, READER_THING(id)).items[0].reads);
    assert_false(reader_list(&world->scope, READER_THING(closed)).items[0].reads);
    world_act_as(world, pair.giver);
    assert_int_equal(opened(world, pair.giver, match), 1);
    assert_true(access_may(&world->scope, ACCESS_SHEET_WITH, id.value));
    assert_false(access_may(&world->scope, ACCESS_SHEET_WITH, closed.value));
    Sheet read;
    assert_false(sheet_find_opened(&world->scope, closed, &read));
    assert_true(sheet_find_opened(&world->scope, id, &read));
    assert_words(read.words[SHEET_DECIDED].hidden_words, "An aide.");
    /* Whether they were heard stays their own. */
    assert_int_equal(read.had_seat, SHEET_NOT_SAID);
    assert_int_equal(read.had_say, SHEET_NOT_SAID);
    assert_true(str_is_empty(read.words[SHEET_UNSAID].hidden_words));
    world_stop_sharing(world, &pair);
    world_act_as(world, pair.giver);
    assert_false(sheet_find_opened(&world->scope, id, &read));
    assert_false(access_may(&world->scope, ACCESS_SHEET_WITH, id.value));
    assert_int_equal(opened(world, pair.giver, match), 0);
    assert_int_equal(suggests(world, pair.giver, id, "Who?"), SHEET_ELSEWHERE);
    assert_int_equal(open_to(world, pair.receiver, closed, match), READER_NO_WALK);
}

static SheetResult takes_back(World *world, PersonId person, SheetId id, SheetIdeaId idea) {
    Tx *tx = world_begin_as(world, person);
    const SheetResult result = sheet_idea_take_back(&world->scope, tx, id, idea);
    world_commit(tx);
    return result;
}

static void test_a_question_is_told_of_once_and_taken_back(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const SheetId id = begins(world, pair.receiver, "Help in class");
    assert_int_equal(open_to(world, pair.receiver, id, match), READER_DONE);
    world_wait(world, 2 * TIME_DAY);
    const size_t told = notice_list(&world->scope, pair.receiver).count;
    assert_int_equal(suggests(world, pair.giver, id, "Who?"), SHEET_DONE);
    assert_int_equal(suggests(world, pair.giver, id, "When?"), SHEET_DONE);
    assert_int_equal(notice_list(&world->scope, pair.receiver).count, told + 1);
    assert_int_equal(sheet_list_asked(&world->scope).count, 0);
    const SheetIdeas ideas = own(world, pair.receiver, id).ideas;
    const SheetAskedList asked = sheet_list_asked(&world->scope);
    assert_int_equal(asked.count, 1);
    assert_int_equal(asked.items[0].count, 2);
    assert_words(asked.items[0].by_called, "gloria");
    assert_words(asked.items[0].called.hidden_words, "Yearly meeting");
    Tx *tx = world_begin(world);
    assert_int_equal(sheet_idea_take(&world->scope, tx, id, ideas.items[0].id), SHEET_DONE);
    world_commit(tx);
    assert_int_equal(takes_back(world, pair.receiver, id, ideas.items[1].id), SHEET_ELSEWHERE);
    assert_int_equal(takes_back(world, pair.coordinator, id, ideas.items[1].id), SHEET_ELSEWHERE);
    assert_int_equal(takes_back(world, pair.giver, id, ideas.items[0].id), SHEET_ELSEWHERE); /* taken */
    assert_int_equal(takes_back(world, pair.giver, id, ideas.items[1].id), SHEET_DONE);
    assert_int_equal(takes_back(world, pair.giver, id, ideas.items[1].id), SHEET_ELSEWHERE);
    assert_int_equal(own(world, pair.receiver, id).ideas.count, 1);
    assert_int_equal(sheet_list_asked(&world->scope).count, 0);
}

static void test_nobody_else_touches_it(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const SheetId id = begins(world, pair.receiver, "Help in class");
    assert_int_equal(open_to(world, pair.receiver, id, match), READER_DONE);
    const SheetBefore before = school("Something else");
    const SheetAfter after = {.decided = STR("No"), .later = STR(""), .unsaid = STR("")};
    const SheetStepNew step = {.sheet = id, .words = STR("No"), .who = SHEET_ME};
    const PersonId others[] = {pair.giver, pair.coordinator};
    for (size_t at = 0; at < 2; at++) {
        world_act_as(world, others[at]);
        Sheet sheet;
        assert_false(sheet_find(&world->scope, id, &sheet));
        assert_false(access_may(&world->scope, ACCESS_SHEET_CHANGE, id.value));
        Tx *tx = world_begin(world);
        assert_int_equal(sheet_change(&world->scope, tx, id, &before), SHEET_ELSEWHERE);
        assert_int_equal(sheet_close(&world->scope, tx, id, &after), SHEET_ELSEWHERE);
        assert_int_equal(sheet_step_add(&world->scope, tx, &step), SHEET_ELSEWHERE);
        assert_int_equal(sheet_bring(&world->scope, tx, id, STR("No")), SHEET_ELSEWHERE);
        assert_int_equal(sheet_drop(&world->scope, tx, id), SHEET_ELSEWHERE);
        world_commit(tx);
        assert_int_equal(open_to(world, others[at], id, match), READER_NOT_OWN);
    }
    world_act_as(world, pair.coordinator);
    assert_false(access_may(&world->scope, ACCESS_SHEET_WITH, id.value));
    const Sheet sheet = own(world, pair.receiver, id);
    assert_words(sheet.words[SHEET_WANT].hidden_words, "Help in class");
    assert_true(str_is_empty(sheet.words[SHEET_DECIDED].hidden_words));
}

static void test_an_idea_is_taken_or_left(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const SheetId id = begins(world, pair.receiver, "Help in class");
    assert_int_equal(suggests(world, pair.giver, id, "Too early"), SHEET_ELSEWHERE);
    assert_int_equal(open_to(world, pair.receiver, id, match), READER_DONE);
    assert_int_equal(suggests(world, pair.giver, id, "Who helps on Monday?"), SHEET_DONE);
    world_wait(world, TIME_HOUR);
    assert_int_equal(suggests(world, pair.giver, id, "Can I take it home?"), SHEET_DONE);
    Sheet sheet = own(world, pair.receiver, id);
    assert_int_equal(sheet.ideas.count, 2);
    assert_int_equal(sheet_list(&world->scope).items[0].ideas, 2);
    Tx *tx = world_begin(world);
    assert_int_equal(sheet_idea_take(&world->scope, tx, id, sheet.ideas.items[0].id), SHEET_DONE);
    assert_int_equal(sheet_idea_leave(&world->scope, tx, id, sheet.ideas.items[1].id), SHEET_DONE);
    assert_int_equal(sheet_idea_leave(&world->scope, tx, id, sheet.ideas.items[1].id), SHEET_ELSEWHERE);
    world_commit(tx);
    sheet = own(world, pair.receiver, id);
    assert_int_equal(sheet.ideas.count, 1);
    assert_true(sheet.ideas.items[0].is_taken);
    assert_words(sheet.ideas.items[0].by_called, "gloria");
    assert_int_equal(sheet_list(&world->scope).items[0].ideas, 0);
    /* Who suggested it takes nothing for them. */
    world_act_as(world, pair.giver);
    tx = world_begin(world);
    assert_int_equal(sheet_idea_leave(&world->scope, tx, id, sheet.ideas.items[0].id), SHEET_ELSEWHERE);
    world_commit(tx);
}

static int64_t rows(World *world, PersonId person) {
    world_act_as(world, person);
    return (int64_t)sheet_list(&world->scope).count;
}

static void test_it_goes_with_all_that_is_on_it(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const SheetId gone = begins(world, pair.receiver, "One");
    const SheetId kept = begins(world, pair.receiver, "Two");
    const SheetStepNew step = {.sheet = gone, .words = STR("A step"), .who = SHEET_ME};
    Tx *tx = world_begin(world);
    assert_int_equal(sheet_step_add(&world->scope, tx, &step), SHEET_DONE);
    world_commit(tx);
    assert_int_equal(open_to(world, pair.receiver, gone, match), READER_DONE);
    assert_int_equal(suggests(world, pair.giver, gone, "Who?"), SHEET_DONE);
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(sheet_drop(&world->scope, tx, gone), SHEET_DONE);
    assert_int_equal(sheet_drop(&world->scope, tx, gone), SHEET_ELSEWHERE);
    world_commit(tx);
    Sheet sheet;
    assert_false(sheet_find(&world->scope, gone, &sheet));
    assert_true(sheet_find(&world->scope, kept, &sheet));
    assert_int_equal(rows(world, pair.receiver), 1);
    tx = world_begin(world);
    sheet_forget(tx, pair.receiver);
    world_commit(tx);
    assert_int_equal(rows(world, pair.receiver), 0);
}

static void test_lists_have_an_end(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    SheetId id = {0};
    for (int at = 0; at < SHEET_MOST; at++) {
        id = begins(world, ana, "More");
    }
    const SheetBefore before = school("One more");
    SheetId none = {0};
    const SheetStepNew step = {.sheet = id, .words = STR("A step"), .who = SHEET_KIN};
    Tx *tx = world_begin(world);
    assert_int_equal(sheet_add(&world->scope, tx, &before, &none), SHEET_FULL);
    for (int at = 0; at < SHEET_STEPS_MOST; at++) {
        assert_int_equal(sheet_step_add(&world->scope, tx, &step), SHEET_DONE);
    }
    assert_int_equal(sheet_step_add(&world->scope, tx, &step), SHEET_FULL);
    world_commit(tx);
    assert_int_equal(sheet_list(&world->scope).count, SHEET_MOST);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_before_and_after),
        IN_A_WORLD(test_steps_and_what_came_of_them),
        IN_A_WORLD(test_read_by_whom_it_is_opened_to),
        IN_A_WORLD(test_a_question_is_told_of_once_and_taken_back),
        IN_A_WORLD(test_nobody_else_touches_it),
        IN_A_WORLD(test_an_idea_is_taken_or_left),
        IN_A_WORLD(test_it_goes_with_all_that_is_on_it),
        IN_A_WORLD(test_lists_have_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
