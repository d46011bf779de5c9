/* SPDX-License-Identifier: Apache-2.0 */
/* What a walk leaves, and that no farewell reaches anybody who did not say that it may. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/contact/contact.h"
#include "features/goodbye/goodbye.h"
#include "test/database.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static void end(World *world, PersonId person, MatchId match) {
    Tx *tx = world_begin_as(world, person);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
}

static MatchId ended(World *world, Pair *pair) {
    const MatchId match = world_match(world, pair);
    world_wait(world, 20 * TIME_DAY);
    end(world, pair->receiver, match);
    return match;
}

static GoodbyeResult say(World *world, PersonId person, MatchId match, const char *words, bool is_part2) {
    Tx *tx = world_begin_as(world, person);
    const GoodbyeResult result = goodbye_write(&world->scope, tx, match, str_of(words), is_part2);
    world_commit(tx);
    return result;
}

static GoodbyeResult welcome(World *world, PersonId person, MatchId match, bool is_welcome) {
    Tx *tx = world_begin_as(world, person);
    const GoodbyeResult result = goodbye_set_welcome(&world->scope, tx, match, is_welcome);
    world_commit(tx);
    return result;
}

static Goodbye page_of(World *world, PersonId person, MatchId match) {
    world_act_as(world, person);
    Goodbye goodbye;
    assert_true(goodbye_find(&world->scope, match, &goodbye));
    return goodbye;
}

static bool reaches(World *world, PersonId person, MatchId match) {
    return !time_is_none(page_of(world, person, match).theirs_at);
}

static void test_only_the_two_and_only_after_the_end(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const PersonId stranger = world_person(world, "stranger");
    Goodbye goodbye;
    world_act_as(world, pair.giver);
    assert_false(goodbye_find(&world->scope, match, &goodbye));
    assert_false(access_may(&world->scope, ACCESS_GOODBYE, match.value));
    assert_int_equal(say(world, pair.receiver, match, "Too early.", false), GOODBYE_CLOSED);
    assert_int_equal(welcome(world, pair.receiver, match, true), GOODBYE_CLOSED);
    end(world, pair.giver, match);
    const PersonId two[] = {pair.receiver, pair.giver};
    for (size_t at = 0; at < 2; at++) {
        world_act_as(world, two[at]);
        assert_true(access_may(&world->scope, ACCESS_GOODBYE, match.value));
        assert_true(goodbye_find(&world->scope, match, &goodbye));
        assert_int_equal(goodbye.is_receiver, at == 0);
    }
    const PersonId others[] = {stranger, pair.coordinator};
    for (size_t at = 0; at < 2; at++) {
        world_act_as(world, others[at]);
        assert_false(access_may(&world->scope, ACCESS_GOODBYE, match.value));
        assert_false(goodbye_find(&world->scope, match, &goodbye));
        assert_int_equal(say(world, others[at], match, "Hello.", false), GOODBYE_CLOSED);
        assert_int_equal(welcome(world, others[at], match, true), GOODBYE_CLOSED);
    }
    /* Nothing else of the walk is open to who gave. */
    world_act_as(world, pair.giver);
    assert_false(access_may(&world->scope, ACCESS_MATCH_READ, match.value));
    assert_false(access_may(&world->scope, ACCESS_MESSAGE, match.value));
}

static void test_words_reach_who_wants_them(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = ended(world, &pair);
    assert_int_equal(say(world, pair.giver, match, "Walk well.", false), GOODBYE_DONE);
    assert_false(reaches(world, pair.receiver, match)); /* nothing is assumed */
    assert_int_equal(welcome(world, pair.giver, match, true), GOODBYE_DONE);
    assert_false(reaches(world, pair.receiver, match)); /* nobody says it for the other */
    assert_false(reaches(world, pair.giver, match));
    assert_int_equal(welcome(world, pair.receiver, match, true), GOODBYE_DONE);
    assert_int_equal(welcome(world, pair.receiver, match, true), GOODBYE_DONE);
    assert_words(page_of(world, pair.receiver, match).theirs.hidden_words, "Walk well.");
    assert_true(time_is_none(page_of(world, pair.receiver, match).mine_at));
    assert_int_equal(welcome(world, pair.receiver, match, false), GOODBYE_DONE);
    assert_false(reaches(world, pair.receiver, match));
    assert_words(page_of(world, pair.giver, match).mine.hidden_words, "Walk well.");
}

static void test_changed_and_taken_back_within_their_time(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = ended(world, &pair);
    welcome(world, pair.receiver, match, true);
    char most[GOODBYE_CHARACTERS + 2] = {0};
    memset(most, 'x', GOODBYE_CHARACTERS + 1);
    assert_int_equal(say(world, pair.giver, match, " \n", false), GOODBYE_UNFIT);
    assert_int_equal(say(world, pair.giver, match, most, false), GOODBYE_UNFIT);
    most[GOODBYE_CHARACTERS] = '\0';
    assert_int_equal(say(world, pair.giver, match, most, false), GOODBYE_DONE);
    assert_int_equal(say(world, pair.giver, match, "Shorter.", false), GOODBYE_DONE);
    assert_words(page_of(world, pair.receiver, match).theirs.hidden_words, "Shorter.");
    Tx *tx = world_begin_as(world, pair.giver);
    assert_int_equal(goodbye_take_back(&world->scope, tx, match), GOODBYE_DONE);
    world_commit(tx);
    assert_false(reaches(world, pair.receiver, match));
    world_wait(world, GOODBYE_TIME - 1);
    assert_int_equal(say(world, pair.giver, match, "At last.", false), GOODBYE_DONE);
    world_wait(world, 1);
    assert_int_equal(say(world, pair.giver, match, "Too late.", false), GOODBYE_CLOSED);
    assert_false(page_of(world, pair.giver, match).may_write);
    assert_words(page_of(world, pair.receiver, match).theirs.hidden_words, "At last."); /* it stays */
}

/* Nothing passes, in either direction, and what was written before does not either. */
static void test_none_where_sharing_was_stopped(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    world_stop_sharing(world, &pair);
    end(world, pair.giver, match);
    welcome(world, pair.receiver, match, true);
    welcome(world, pair.giver, match, true);
    assert_false(page_of(world, pair.giver, match).may_pass);
    assert_int_equal(say(world, pair.giver, match, "Where are you?", false), GOODBYE_CLOSED);
    assert_int_equal(say(world, pair.receiver, match, "Here.", false), GOODBYE_CLOSED);
}

static void test_none_between_two_who_are_apart(void **state) {
    World *world = *state;
    for (int turn = 0; turn < 2; turn++) {
        const PersonId receiver = world_person(world, turn == 0 ? "rosa" : "ruth");
        const PersonId giver = world_person(world, turn == 0 ? "greta" : "gina");
        const Pair pair = world_pair(world, receiver, giver);
        const MatchId match = world_accept(world, &pair);
        end(world, giver, match);
        welcome(world, receiver, match, true);
        assert_int_equal(say(world, giver, match, "I find you.", false), GOODBYE_DONE);
        assert_true(reaches(world, receiver, match));
        const PersonId one = turn == 0 ? receiver : giver;
        const PersonId other = turn == 0 ? giver : receiver;
        Tx *tx = world_begin(world);
        test_database_run(
            world->db,
            str_c(world->arena,
                  str_print(world->arena,
                            "INSERT INTO apart (one, other, by_person, at) VALUES (%lld, %lld, %lld, 1)",
                            (long long)one.value, (long long)other.value, (long long)one.value)));
        world_commit(tx);
        assert_false(reaches(world, receiver, match));
        assert_int_equal(say(world, giver, match, "I find you.", false), GOODBYE_CLOSED);
    }
}

static void test_what_may_tell_of_substance_use(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = ended(world, &pair);
    welcome(world, pair.receiver, match, true);
    welcome(world, pair.giver, match, true);
    assert_int_equal(say(world, pair.giver, match, "A year without a drop.", true), GOODBYE_DONE);
    assert_true(page_of(world, pair.receiver, match).theirs.is_marked);
    /* No consent opens the receiver's to the giver after the end. */
    assert_int_equal(say(world, pair.receiver, match, "A year without a drop.", true), GOODBYE_NOT_COVERED);
    assert_false(reaches(world, pair.giver, match));
    assert_int_equal(say(world, pair.receiver, match, "Thank you.", false), GOODBYE_DONE);
    assert_false(page_of(world, pair.giver, match).theirs.is_marked);
    assert_int_equal(say(world, pair.giver, match, "A good year.", false), GOODBYE_DONE);
    assert_false(page_of(world, pair.receiver, match).theirs.is_marked);
}

static GoalId goal(World *world, const char *words) {
    GoalId id = {0};
    Tx *tx = world_begin(world);
    assert_int_equal(
        goal_add(&world->scope, tx, &(GoalNew){.words = str_of(words), .kind = GOAL_FOR_CHILD}, &id),
        GOAL_DONE);
    world_commit(tx);
    return id;
}

static void turn(World *world, GoalId id, GoalState to) {
    Tx *tx = world_begin(world);
    assert_int_equal(goal_turn(&world->scope, tx, id, to), GOAL_DONE);
    world_commit(tx);
}

static void test_what_was_reached_together(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    world_act_as(world, pair.giver);
    world_wait(world, TIME_HOUR);
    Tx *tx = world_begin(world);
    contact_add(&world->scope, tx,
                &(ContactNew){.match = match, .kind = CONTACT_CALL, .outcome = CONTACT_NO_ANSWER});
    contact_add(
        &world->scope, tx,
        &(ContactNew){.match = match, .kind = CONTACT_CALL, .outcome = CONTACT_TALKED, .minutes = 20});
    world_commit(tx);
    world_act_as(world, pair.receiver);
    const GoalId opened = goal(world, "She sleeps."), later = goal(world, "She dances.");
    const GoalId own = goal(world, "Mine alone."), waits = goal(world, "She sings.");
    tx = world_begin(world);
    assert_int_equal(reader_open(&world->scope, tx, READER_THING(opened), match), READER_DONE);
    assert_int_equal(reader_open(&world->scope, tx, READER_THING(later), match), READER_DONE);
    assert_int_equal(reader_open(&world->scope, tx, READER_THING(waits), match), READER_DONE);
    world_commit(tx);
    world_wait(world, TIME_HOUR);
    turn(world, opened, GOAL_REACHED);
    turn(world, own, GOAL_REACHED);
    world_wait(world, TIME_HOUR);
    end(world, pair.giver, match);
    world_act_as(world, pair.receiver);
    world_wait(world, TIME_HOUR);
    turn(world, later, GOAL_REACHED); /* by themself */
    const Goodbye page = page_of(world, pair.receiver, match);
    assert_int_equal(page.talks, 1);
    assert_int_equal(page.reached.count, 1);
    assert_words(page.reached.items[0].words.hidden_words, "She sleeps.");
    assert_int_equal(page_of(world, pair.giver, match).reached.count, 0);
}

/* Who gave is forgotten: what they wrote stays with who received it. Who received: nothing is left. */
static void test_forgotten(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = ended(world, &pair);
    welcome(world, pair.receiver, match, true);
    welcome(world, pair.giver, match, true);
    say(world, pair.giver, match, "Walk well.", true);
    say(world, pair.receiver, match, "You too.", false);
    Tx *tx = world_begin(world);
    goodbye_forget(tx, pair.giver);
    world_commit(tx);
    assert_words(page_of(world, pair.receiver, match).theirs.hidden_words, "Walk well.");
    tx = world_begin(world);
    goodbye_forget(tx, pair.receiver);
    world_commit(tx);
    assert_words(
        test_database_rows(world->db, world->arena,
                           "SELECT (SELECT COUNT(*) FROM goodbye), (SELECT COUNT(*) FROM part2_goodbye),"
                           " (SELECT COUNT(*) FROM goodbye_welcome)"),
        "0|0|0|\n");
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_only_the_two_and_only_after_the_end),
        IN_A_WORLD(test_words_reach_who_wants_them),
        IN_A_WORLD(test_changed_and_taken_back_within_their_time),
        IN_A_WORLD(test_none_where_sharing_was_stopped),
        IN_A_WORLD(test_none_between_two_who_are_apart),
        IN_A_WORLD(test_what_may_tell_of_substance_use),
        IN_A_WORLD(test_what_was_reached_together),
        IN_A_WORLD(test_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
