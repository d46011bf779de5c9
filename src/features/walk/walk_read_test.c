/* SPDX-License-Identifier: Apache-2.0 */
/* What a person opens, of every kind: nobody else reads it until they say so, and then only who walks with
 * them, for as long as the two walk and the person shares (features/reader). */
#include "test/unit.h"

#include "features/barrier/barrier.h"
#include "features/goal/goal.h"
#include "features/reader/reader.h"
#include "features/sheet/sheet.h"
#include "features/toolbox/toolbox.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

enum { KINDS = 4 };

/* One of each kind, by this person. */
static void write_all(World *world, PersonId person, ReaderThing things[KINDS]) {
    world_act_as(world, person);
    GoalId goal = {0};
    SheetId sheet = {0};
    BarrierId barrier = {0};
    SheetBefore before = {.kind = SHEET_SCHOOL};
    for (size_t at = 0; at < SHEET_WORDS; at++) {
        before.words[at] = STR("Help in class");
    }
    Tx *tx = world_begin(world);
    (void)goal_add(&world->scope, tx, &(GoalNew){.words = STR("Sleep"), .kind = GOAL_FOR_CHILD}, &goal);
    (void)toolbox_add(&world->scope, tx, &(ToolboxNew){.words = STR("I count."), .kind = TOOLBOX_CALMS});
    (void)sheet_add(&world->scope, tx, &before, &sheet);
    (void)barrier_add(&world->scope, tx, STR("The bus"), false, &barrier);
    world_commit(tx);
    things[0] = READER_THING(goal);
    things[1] = READER_THING(toolbox_list(&world->scope).items[0].id);
    things[2] = READER_THING(sheet);
    things[3] = READER_THING(barrier);
}

static ReaderResult opens(World *world, PersonId person, ReaderThing thing, MatchId match) {
    Tx *tx = world_begin_as(world, person);
    const ReaderResult result = reader_open(&world->scope, tx, thing, match);
    world_commit(tx);
    return result;
}

/* One of each kind, by who receives, opened to who gives. */
static void open_all(World *world, const Pair *pair, MatchId match, ReaderThing things[KINDS]) {
    write_all(world, pair->receiver, things);
    for (size_t at = 0; at < KINDS; at++) {
        assert_int_equal(opens(world, pair->receiver, things[at], match), READER_DONE);
    }
}

static bool reads(World *world, PersonId person, ReaderThing thing, MatchId match) {
    world_act_as(world, person);
    const ReaderLet let = reader_let(&world->scope, match);
    const ReaderLet of = reader_let_of(&world->scope, thing);
    assert_int_equal(reader_lets(&let, thing.kind), reader_lets(&of, thing.kind));
    return reader_lets(&let, thing.kind);
}

static void test_one_kind_opens_no_other(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    ReaderThing things[KINDS];
    write_all(world, pair.receiver, things);
    for (size_t at = 0; at < KINDS; at++) {
        assert_int_equal(opens(world, pair.giver, things[at], match), READER_NOT_OWN);
        assert_int_equal(opens(world, pair.coordinator, things[at], match), READER_NOT_OWN);
        assert_false(reads(world, pair.giver, things[at], match));
        assert_int_equal(opens(world, pair.receiver, things[at], match), READER_DONE);
        assert_int_equal(opens(world, pair.receiver, things[at], match), READER_DONE); /* so it is already */
        assert_true(reader_any(reader_list(&world->scope, things[at])));
        assert_false(reads(world, pair.receiver, things[at], match));
        assert_false(reads(world, pair.coordinator, things[at], match));
        assert_true(reads(world, pair.giver, things[at], match));
        const ReaderLet let = reader_let_of(&world->scope, things[at]);
        assert_true(person_id_equal(let.person, pair.receiver));
        assert_true(match_id_equal(let.match, match));
        assert_true(request_id_equal(let.request, pair.request));
        Tx *tx = world_begin_as(world, pair.receiver);
        assert_int_equal(reader_close(&world->scope, tx, things[at], match), READER_DONE);
        assert_int_equal(reader_close(&world->scope, tx, things[at], match), READER_DONE);
        world_commit(tx);
        assert_false(reader_any(reader_list(&world->scope, things[at])));
        assert_false(reads(world, pair.giver, things[at], match));
    }
}

/* Two kinds may have the same id. */
static void test_a_thing_of_another_kind_is_none(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    ReaderThing things[KINDS];
    write_all(world, pair.receiver, things);
    const ReaderThing none = {.kind = READER_SHEET, .id = things[0].id};
    assert_int_equal(opens(world, pair.receiver, none, match), READER_NOT_OWN);
    assert_int_equal(opens(world, pair.receiver, (ReaderThing){.kind = READER_GOAL, .id = 1}, match),
                     READER_NOT_OWN);
}

static void test_only_while_they_walk_and_share(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    ReaderThing things[KINDS];
    ReaderThing others[KINDS];
    write_all(world, pair.giver, others);
    write_all(world, pair.receiver, things);
    for (size_t at = 0; at < KINDS; at++) {
        assert_int_equal(opens(world, pair.giver, others[at], match),
                         READER_NO_WALK); /* who gives opens nothing */
        assert_int_equal(opens(world, pair.receiver, things[at], match), READER_DONE);
    }
    world_stop_sharing(world, &pair);
    for (size_t at = 0; at < KINDS; at++) {
        assert_false(reads(world, pair.giver, things[at], match));
        assert_int_equal(opens(world, pair.receiver, things[at], match), READER_NO_WALK);
        assert_int_equal(reader_list(&world->scope, things[at]).count, 0);
    }
}

static void test_nothing_is_left_open(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    ReaderThing things[KINDS];
    open_all(world, &pair, match, things);
    Tx *tx = world_begin(world);
    reader_drop(tx, things[0]);
    world_commit(tx);
    assert_false(reads(world, pair.giver, things[0], match));
    assert_true(reads(world, pair.giver, things[1], match));
    tx = world_begin(world);
    reader_forget(tx, pair.giver); /* theirs: none */
    world_commit(tx);
    assert_true(reads(world, pair.giver, things[1], match));
    tx = world_begin(world);
    reader_forget(tx, pair.receiver);
    world_commit(tx);
    for (size_t at = 0; at < KINDS; at++) {
        assert_false(reads(world, pair.giver, things[at], match));
    }
}

static void test_over_when_the_walk_is(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    ReaderThing things[KINDS];
    open_all(world, &pair, match, things);
    Tx *tx = world_begin(world);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    for (size_t at = 0; at < KINDS; at++) {
        assert_false(reads(world, pair.giver, things[at], match));
        assert_int_equal(opens(world, pair.receiver, things[at], match), READER_NO_WALK);
    }
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_one_kind_opens_no_other),        IN_A_WORLD(test_a_thing_of_another_kind_is_none),
        IN_A_WORLD(test_only_while_they_walk_and_share), IN_A_WORLD(test_nothing_is_left_open),
        IN_A_WORLD(test_over_when_the_walk_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
