/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own toolbox: their words and order, and that nobody else reads a card until they say so. */
#include "test/unit.h"

#include "features/toolbox/toolbox.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"
#include "texts.h"

static ToolboxResult add(World *world, const char *words) {
    Tx *tx = world_begin(world);
    const ToolboxNew card = {
        .words = str_of(words), .kind = TOOLBOX_CALMS, .is_trial = true, .is_part2 = true};
    const ToolboxResult result = toolbox_add(&world->scope, tx, &card);
    world_commit(tx);
    return result;
}

static ToolboxCardId first_of(World *world, PersonId person, const char *words) {
    world_act_as(world, person);
    assert_int_equal(add(world, words), TOOLBOX_DONE);
    const ToolboxCards list = toolbox_list(&world->scope);
    return list.items[list.count - 1].id;
}

static void assert_order(World *world, const char *first, const char *second) {
    const ToolboxCards list = toolbox_list(&world->scope);
    assert_int_equal(list.count, 2);
    assert_words(list.items[0].words.hidden_words, first);
    assert_words(list.items[1].words.hidden_words, second);
}

static void test_words_and_order_are_their_own(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    const ToolboxCardId stairs = first_of(world, ana, "I count the stairs.");
    const ToolboxCardId song = first_of(world, ana, "I sing.");
    ToolboxCard card;
    assert_true(toolbox_find(&world->scope, stairs, &card));
    assert_true(card.is_trial);
    assert_true(card.words.is_marked);
    Tx *tx = world_begin(world);
    assert_int_equal(toolbox_move(&world->scope, tx, song, true), TOOLBOX_DONE);
    assert_int_equal(toolbox_move(&world->scope, tx, song, true), TOOLBOX_DONE); /* on top already */
    const ToolboxNew other = {.words = STR("I count the steps."), .kind = TOOLBOX_HOME};
    assert_int_equal(toolbox_change(&world->scope, tx, stairs, &other), TOOLBOX_DONE);
    world_commit(tx);
    assert_order(world, "I sing.", "I count the steps.");
    assert_true(toolbox_find(&world->scope, stairs, &card));
    assert_int_equal(card.kind, TOOLBOX_HOME);
    assert_false(card.is_trial);
    assert_false(card.words.is_marked);
    tx = world_begin(world);
    assert_int_equal(toolbox_drop(&world->scope, tx, song), TOOLBOX_DONE);
    assert_int_equal(toolbox_drop(&world->scope, tx, song), TOOLBOX_ELSEWHERE);
    world_commit(tx);
    assert_int_equal(toolbox_list(&world->scope).count, 1);
    for (int at = 1; at < TOOLBOX_MOST; at++) {
        assert_int_equal(add(world, "More"), TOOLBOX_DONE);
    }
    assert_int_equal(add(world, "One too many"), TOOLBOX_FULL);
}

static void test_nobody_else_touches_a_card(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const ToolboxCardId id = first_of(world, pair.receiver, "I count.");
    Tx *tx = world_begin(world);
    assert_int_equal(reader_open(&world->scope, tx, READER_THING(id), match), READER_DONE);
    world_commit(tx);
    const PersonId others[] = {pair.giver, pair.coordinator};
    for (size_t at = 0; at < 2; at++) {
        world_act_as(world, others[at]);
        ToolboxCard card;
        const ToolboxNew other = {.words = STR("Mine"), .kind = TOOLBOX_HOME};
        assert_false(toolbox_find(&world->scope, id, &card));
        tx = world_begin(world);
        assert_int_equal(toolbox_change(&world->scope, tx, id, &other), TOOLBOX_ELSEWHERE);
        assert_int_equal(toolbox_move(&world->scope, tx, id, true), TOOLBOX_ELSEWHERE);
        assert_int_equal(toolbox_drop(&world->scope, tx, id), TOOLBOX_ELSEWHERE);
        assert_int_equal(reader_open(&world->scope, tx, READER_THING(id), match), READER_NOT_OWN);
        assert_int_equal(reader_close(&world->scope, tx, READER_THING(id), match), READER_NOT_OWN);
        world_commit(tx);
    }
    world_act_as(world, pair.receiver);
    assert_int_equal(toolbox_list(&world->scope).count, 1);
}

static size_t opened(World *world, PersonId person, MatchId match) {
    world_act_as(world, person);
    const ReaderLet let = reader_let(&world->scope, match);
    return toolbox_list_opened(&world->scope, &let).count;
}

static void test_read_by_whom_it_is_opened_to(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const ToolboxCardId id = first_of(world, pair.receiver, "I count.");
    first_of(world, pair.receiver, "I sing.");
    assert_int_equal(opened(world, pair.giver, match), 0);
    Tx *tx = world_begin_as(world, pair.receiver);
    assert_int_equal(reader_open(&world->scope, tx, READER_THING(id), match), READER_DONE);
    assert_int_equal(reader_open(&world->scope, tx, READER_THING(id), match),
                     READER_DONE); /* so it is already */
    world_commit(tx);
    const Readers readers = reader_list(&world->scope, READER_THING(id));
    assert_int_equal(readers.count, 1);
    assert_words(readers.items[0].called, "gloria");
    assert_true(readers.items[0].reads);
    assert_int_equal(opened(world, pair.coordinator, match), 0);
    world_act_as(world, pair.giver);
    const ReaderLet let = reader_let(&world->scope, match);
    const ToolboxCards list = toolbox_list_opened(&world->scope, &let);
    assert_int_equal(list.count, 1);
    assert_words(list.items[0].words.hidden_words, "I count.");
    world_stop_sharing(world, &pair);
    assert_int_equal(opened(world, pair.giver, match), 0);
}

static void test_only_while_they_walk(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const ToolboxCardId id = first_of(world, pair.receiver, "I count.");
    Tx *tx = world_begin(world);
    assert_int_equal(reader_open(&world->scope, tx, READER_THING(id), match), READER_DONE);
    assert_int_equal(reader_close(&world->scope, tx, READER_THING(id), match), READER_DONE);
    world_commit(tx);
    assert_int_equal(opened(world, pair.giver, match), 0);
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(reader_open(&world->scope, tx, READER_THING(id), match), READER_DONE);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    assert_int_equal(opened(world, pair.giver, match), 0);
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    toolbox_forget(tx, pair.receiver);
    world_commit(tx);
    assert_int_equal(toolbox_list(&world->scope).count, 0);
}

static void test_kinds_have_words(void **state) {
    (void)state;
    assert_int_equal(toolbox_kind_text(TOOLBOX_CALMS), TEXT_TOOLBOX_CALMS);
    assert_int_equal(toolbox_kind_text(TOOLBOX_STRENGTH), TEXT_TOOLBOX_STRENGTH);
    assert_int_equal(toolbox_kind_text(TOOLBOX_CHILD), TEXT_TOOLBOX_CHILD);
    assert_int_equal(toolbox_kind_text(TOOLBOX_HOME), TEXT_TOOLBOX_HOME);
    assert_int_equal(toolbox_kind_text(TOOLBOX_PEOPLE), TEXT_TOOLBOX_PEOPLE);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_words_and_order_are_their_own), IN_A_WORLD(test_nobody_else_touches_a_card),
        IN_A_WORLD(test_read_by_whom_it_is_opened_to),  IN_A_WORLD(test_only_while_they_walk),
        cmocka_unit_test(test_kinds_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
