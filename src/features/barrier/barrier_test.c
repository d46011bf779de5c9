/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in the way: tries stay in their order, and nobody else reads it until its person says so. */
#include "test/unit.h"

#include "features/barrier/barrier.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static BarrierId writes(World *world, PersonId person, const char *words) {
    world_act_as(world, person);
    BarrierId id = {0};
    Tx *tx = world_begin(world);
    assert_int_equal(barrier_add(&world->scope, tx, str_of(words), true, &id), BARRIER_DONE);
    world_commit(tx);
    return id;
}

static Barrier own(World *world, PersonId person, BarrierId id) {
    world_act_as(world, person);
    Barrier barrier;
    assert_true(barrier_find(&world->scope, id, &barrier));
    return barrier;
}

static void test_tries_and_what_came_of_them(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    const BarrierId id = writes(world, ana, "The bus leaves early.");
    for (int at = 0; at < 2; at++) {
        Tx *tx = world_begin(world);
        const Str words = at == 0 ? STR("A later bus") : STR("A ride");
        assert_int_equal(barrier_try_add(&world->scope, tx, id, words, STR("")), BARRIER_DONE);
        world_commit(tx);
        world_wait(world, TIME_DAY);
    }
    Barrier barrier = own(world, ana, id);
    assert_int_equal(barrier.tries.count, 2);
    assert_words(barrier.tries.items[1].words.hidden_words, "A ride");
    assert_true(barrier.tries.items[1].words.is_marked);
    const BarrierTryId first = barrier.tries.items[0].id;
    Tx *tx = world_begin(world);
    assert_int_equal(barrier_try_say(&world->scope, tx, id, first, STR("There is none.")), BARRIER_DONE);
    assert_int_equal(barrier_try_drop(&world->scope, tx, id, barrier.tries.items[1].id), BARRIER_DONE);
    assert_int_equal(barrier_turn(&world->scope, tx, id, true), BARRIER_DONE);
    world_commit(tx);
    barrier = own(world, ana, id);
    assert_int_equal(barrier.tries.count, 1);
    assert_words(barrier.tries.items[0].came_of.hidden_words, "There is none.");
    assert_false(time_is_none(barrier.gone_at));
    assert_int_equal(barrier_list(&world->scope).count, 1);
    tx = world_begin(world);
    barrier_forget(tx, ana);
    world_commit(tx);
    assert_int_equal(barrier_list(&world->scope).count, 0);
}

static size_t opened(World *world, PersonId person, MatchId match) {
    world_act_as(world, person);
    const ReaderLet let = reader_let(&world->scope, match);
    return barrier_list_opened(&world->scope, &let).count;
}

static void test_nobody_else_until_it_is_opened(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const BarrierId id = writes(world, pair.receiver, "The bus leaves early.");
    const PersonId others[] = {pair.giver, pair.coordinator};
    for (size_t at = 0; at < 2; at++) {
        world_act_as(world, others[at]);
        Barrier barrier;
        assert_false(barrier_find(&world->scope, id, &barrier));
        Tx *tx = world_begin(world);
        assert_int_equal(barrier_turn(&world->scope, tx, id, true), BARRIER_ELSEWHERE);
        assert_int_equal(barrier_drop(&world->scope, tx, id), BARRIER_ELSEWHERE);
        assert_int_equal(barrier_try_add(&world->scope, tx, id, STR("No"), STR("")), BARRIER_ELSEWHERE);
        assert_int_equal(reader_open(&world->scope, tx, READER_THING(id), match), READER_NOT_OWN);
        assert_int_equal(reader_close(&world->scope, tx, READER_THING(id), match), READER_NOT_OWN);
        world_commit(tx);
        assert_int_equal(opened(world, others[at], match), 0);
    }
    Tx *tx = world_begin_as(world, pair.receiver);
    assert_int_equal(reader_open(&world->scope, tx, READER_THING(id), match), READER_DONE);
    assert_int_equal(reader_open(&world->scope, tx, READER_THING(id), match),
                     READER_DONE); /* so it is already */
    world_commit(tx);
    assert_true(reader_list(&world->scope, READER_THING(id)).items[0].reads);
    assert_int_equal(opened(world, pair.giver, match), 1);
    assert_int_equal(opened(world, pair.coordinator, match), 0);
    world_stop_sharing(world, &pair);
    assert_int_equal(opened(world, pair.giver, match), 0);
    world_act_as(world, pair.receiver);
    assert_int_equal(reader_list(&world->scope, READER_THING(id)).count, 0);
}

static void test_lists_have_an_end(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    BarrierId id = {0};
    for (int at = 0; at < BARRIER_MOST; at++) {
        id = writes(world, ana, "More");
    }
    BarrierId none = {0};
    Tx *tx = world_begin(world);
    assert_int_equal(barrier_add(&world->scope, tx, STR("One more"), false, &none), BARRIER_FULL);
    for (int at = 0; at < BARRIER_TRIES_MOST; at++) {
        assert_int_equal(barrier_try_add(&world->scope, tx, id, STR("A try"), STR("")), BARRIER_DONE);
    }
    assert_int_equal(barrier_try_add(&world->scope, tx, id, STR("A try"), STR("")), BARRIER_FULL);
    assert_int_equal(barrier_drop(&world->scope, tx, id), BARRIER_DONE);
    world_commit(tx);
    assert_int_equal(barrier_list(&world->scope).count, BARRIER_MOST - 1);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_tries_and_what_came_of_them),
        IN_A_WORLD(test_nobody_else_until_it_is_opened),
        IN_A_WORLD(test_lists_have_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
