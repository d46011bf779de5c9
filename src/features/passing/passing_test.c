/* SPDX-License-Identifier: Apache-2.0 */
/* What had to be passed on stays as it was written, and says whether the person was told first. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/checkin/checkin.h"
#include "features/help/help.h"
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

static void passed(World *world, const Pair *pair, MatchId id, PassingTold told) {
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    world_act_as(world, pair->giver);
    Tx *tx = world_begin(world);
    passing_add(
        &world->scope, tx, &match,
        &(PassingNew){.what = STR("Tonight."), .whom = STR("911"), .told = told, .why = STR("No time.")});
    world_commit(tx);
    world_wait(world, TIME_HOUR);
}

static PassingNewsList news_of(World *world, PersonId person) {
    world_act_as(world, person);
    return passing_news(&world->scope);
}

static PassingNewsList waiting_for(World *world, PersonId person) {
    world_act_as(world, person);
    return passing_waiting(&world->scope, world->program);
}

/* In front of who was told first, for two weeks; of what could not be said first no line stands on top. */
static void test_said_in_front_of_the_person(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId id = world_match(world, &pair);
    assert_int_equal(news_of(world, pair.receiver).count, 0);
    passed(world, &pair, id, PASSING_NOT_TOLD);
    assert_int_equal(news_of(world, pair.receiver).count, 0);
    passed(world, &pair, id, PASSING_TOLD_FIRST);
    const PassingNewsList news = news_of(world, pair.receiver);
    assert_int_equal(news.count, 1);
    assert_true(match_id_equal(news.items[0].match, id));
    assert_words(news.items[0].by_called, "gloria");
    assert_int_equal(news_of(world, pair.giver).count, 0);
    world_wait(world, PASSING_NEWS);
    assert_int_equal(news_of(world, pair.receiver).count, 0);
}

/* On the board until somebody of the program asked how it goes, took up a call for somebody, or two weeks. */
static void test_said_on_the_board(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId id = world_match(world, &pair);
    passed(world, &pair, id, PASSING_NOT_TOLD);
    PassingNewsList waiting = waiting_for(world, pair.coordinator);
    assert_int_equal(waiting.count, 1);
    assert_true(match_id_equal(waiting.items[0].match, id));
    assert_words(waiting.items[0].by_called, "gloria");
    assert_words(waiting.items[0].called, "ana");
    assert_int_equal(waiting_for(world, pair.receiver).count, 0); /* also if they coordinate */
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    Tx *tx = world_begin(world);
    const HelpId help = help_ask(&world->scope, tx, &match, STR(""), false);
    world_commit(tx);
    assert_int_equal(waiting_for(world, pair.coordinator).count, 1);
    tx = world_begin(world);
    assert_int_equal(help_take(&world->scope, tx, help), HELP_CHANGED);
    world_commit(tx);
    assert_int_equal(waiting_for(world, pair.coordinator).count, 0);
    world_wait(world, TIME_HOUR);
    passed(world, &pair, id, PASSING_TOLD_FIRST); /* another, after what was done */
    assert_int_equal(waiting_for(world, pair.coordinator).count, 1);
    world_wait(world, PASSING_NEWS);
    assert_int_equal(waiting_for(world, pair.coordinator).count, 0);
}

/* What no coordinator may open does not stand before them. */
static void test_not_on_the_board_unless_shared(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId id = world_match(world, &pair);
    passed(world, &pair, id, PASSING_TOLD_FIRST);
    assert_int_equal(waiting_for(world, pair.coordinator).count, 1);
    world_act_as(world, pair.receiver);
    const Consents all = consent_list(&world->scope, pair.receiver);
    for (size_t at = 0; at < all.count; at++) {
        if (all.items[at].to != CONSENT_TO_PERSON) {
            Tx *tx = world_begin(world);
            assert_int_equal(consent_stop(&world->scope, tx, all.items[at].id), CONSENT_DONE);
            world_commit(tx);
        }
    }
    assert_int_equal(waiting_for(world, pair.coordinator).count, 0);
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
        IN_A_WORLD(test_said_in_front_of_the_person),
        IN_A_WORLD(test_said_on_the_board),
        IN_A_WORLD(test_not_on_the_board_unless_shared),
        IN_A_WORLD(test_only_the_giver_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
