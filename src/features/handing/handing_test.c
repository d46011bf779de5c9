/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing counts as agreed that the family did not say, and nothing agreed to is changed. */
#include "test/unit.h"

#include "features/handing/handing.h"
#include "features/promise/promise.h"
#include "test/database.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

typedef HandingResult Step(Scope *, Tx *, const Match *, HandingId);

static Match found(World *world, MatchId id) {
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    return match;
}

static HandingResult put(World *world, PersonId person, MatchId id, const char *what) {
    const Match match = found(world, id);
    Tx *tx = world_begin_as(world, person);
    const HandingResult result =
        handing_write(&world->scope, tx, &match, str_of(what), STR("The warmline"), false);
    world_commit(tx);
    return result;
}

static HandingResult step(World *world, PersonId person, MatchId id, Step *do_it) {
    const Match match = found(world, id);
    const Handings list = handing_list(&world->scope, id);
    assert_true(list.count > 0);
    Tx *tx = world_begin_as(world, person);
    const HandingResult result = do_it(&world->scope, tx, &match, list.items[0].id);
    world_commit(tx);
    return result;
}

static Handing newest(World *world, MatchId match) {
    return handing_list(&world->scope, match).items[0];
}

static void test_only_the_family_agrees(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(put(world, pair.coordinator, match, "Hello."), HANDING_ELSEWHERE);
    assert_int_equal(put(world, pair.giver, match, "She wants to talk tonight."), HANDING_DONE);
    world_act_as(world, pair.receiver);
    assert_int_equal(handing_asked(&world->scope).value, match.value);
    assert_int_equal(step(world, pair.giver, match, handing_agree), HANDING_ELSEWHERE);
    assert_int_equal(step(world, pair.giver, match, handing_said), HANDING_ELSEWHERE); /* not before */
    assert_int_equal(step(world, pair.coordinator, match, handing_agree), HANDING_ELSEWHERE);
    assert_int_equal(step(world, pair.receiver, match, handing_agree), HANDING_DONE);
    assert_int_equal(newest(world, match).how, HANDING_ON_PAGE);
    world_act_as(world, pair.receiver);
    assert_int_equal(handing_asked(&world->scope).value, 0);
    assert_int_equal(step(world, pair.giver, match, handing_drop), HANDING_ELSEWHERE);
    assert_int_equal(step(world, pair.giver, match, handing_said), HANDING_DONE);
    assert_int_equal(step(world, pair.receiver, match, handing_drop), HANDING_ELSEWHERE); /* it was said */
    world_act_as(world, pair.giver);
    const PromisesOwn promises = promise_list_own(&world->scope);
    assert_int_equal(promises.count, 1); /* in touch on the next day */
    assert_words(promises.items[0].words.hidden_words, "Be in touch, the day after");
}

static void test_noted_by_phone(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(put(world, pair.giver, match, "She wants to talk tonight."), HANDING_DONE);
    assert_int_equal(step(world, pair.receiver, match, handing_agreed_by_phone), HANDING_ELSEWHERE);
    assert_int_equal(step(world, pair.giver, match, handing_agreed_by_phone), HANDING_DONE);
    assert_int_equal(newest(world, match).how, HANDING_BY_PHONE);
    assert_int_equal(step(world, pair.receiver, match, handing_agree), HANDING_DONE); /* says it herself */
    assert_int_equal(newest(world, match).how, HANDING_ON_PAGE);
    assert_int_equal(step(world, pair.giver, match, handing_agreed_by_phone), HANDING_ELSEWHERE);
    assert_int_equal(step(world, pair.receiver, match, handing_drop),
                     HANDING_DONE); /* and changes her mind */
    assert_int_equal(newest(world, match).state, HANDING_NOT_WANTED);
    assert_int_equal(step(world, pair.giver, match, handing_said), HANDING_ELSEWHERE);
}

static void test_the_familys_own_words(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(put(world, pair.receiver, match, "Please call me after eight."), HANDING_DONE);
    assert_int_equal(newest(world, match).state, HANDING_AGREED);
    assert_int_equal(step(world, pair.receiver, match, handing_said), HANDING_DONE); /* by herself */
    world_act_as(world, pair.receiver);
    assert_int_equal(promise_list_own(&world->scope).count, 0);
}

static void test_after_the_end(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(put(world, pair.giver, match, "She wants to talk."), HANDING_DONE);
    Tx *tx = world_begin_as(world, pair.receiver);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    assert_int_equal(handing_asked(&world->scope).value, 0);
    assert_int_equal(step(world, pair.receiver, match, handing_agree), HANDING_ELSEWHERE);
    assert_int_equal(put(world, pair.giver, match, "Again."), HANDING_ELSEWHERE);
    tx = world_begin(world);
    handing_forget(tx, pair.receiver);
    world_commit(tx);
    assert_words(test_database_rows(world->db, world->arena, "SELECT COUNT(*) FROM handing"), "0|\n");
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_only_the_family_agrees),
        IN_A_WORLD(test_noted_by_phone),
        IN_A_WORLD(test_the_familys_own_words),
        IN_A_WORLD(test_after_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
