/* SPDX-License-Identifier: Apache-2.0 */
/* "How is it between us?": who is asked when, that nobody else reads it, and which counts are told. */
#include "test/unit.h"

#include "features/contact/contact.h"
#include "features/heard/heard.h"
#include "test/feature_pair.h"

enum { ENOUGH = 12 };

static void talk(World *world, const Pair *pair, MatchId match, ContactOutcome outcome) {
    world_wait(world, TIME_HOUR);
    Tx *tx = world_begin_as(world, pair->giver);
    contact_add(&world->scope, tx,
                &(ContactNew){.match = match, .kind = CONTACT_CALL, .outcome = outcome, .minutes = 15});
    world_commit(tx);
}

static void talk_three_times(World *world, const Pair *pair, MatchId match) {
    for (int at = 0; at < 3; at++) {
        talk(world, pair, match, CONTACT_TALKED);
    }
}

static HeardOccasion asked(World *world, PersonId person) {
    world_act_as(world, person);
    const HeardAskedList list = heard_list_asked(&world->scope);
    assert_true(list.count <= 1);
    return list.count == 0 ? HEARD_NEVER : list.items[0].occasion;
}

static HeardResult answer(World *world, PersonId person, MatchId match, const HeardAnswers *answers) {
    Tx *tx = world_begin_as(world, person);
    const HeardResult result = heard_save(&world->scope, tx, match, answers);
    world_commit(tx);
    return result;
}

static const HeardAnswers fine = {.of = {[HEARD_SAID] = HEARD_YES, [HEARD_DECIDE] = HEARD_BETWEEN}};

static void test_asked_after_the_third_talk(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    talk(world, &pair, match, CONTACT_TALKED);
    talk(world, &pair, match, CONTACT_NO_ANSWER);
    talk(world, &pair, match, CONTACT_TALKED);
    assert_int_equal(asked(world, pair.receiver), HEARD_NEVER);
    talk(world, &pair, match, CONTACT_TALKED);
    assert_int_equal(asked(world, pair.receiver), HEARD_THIRD_TALK);
    assert_int_equal(asked(world, pair.giver), HEARD_THIRD_TALK);
    assert_int_equal(asked(world, pair.coordinator), HEARD_NEVER);
    assert_int_equal(answer(world, pair.coordinator, match, &fine), HEARD_NOT_ASKED);
    assert_int_equal(answer(world, pair.receiver, match, &fine), HEARD_SAVED);
    assert_int_equal(answer(world, pair.receiver, match, &fine), HEARD_NOT_ASKED);
    assert_int_equal(asked(world, pair.receiver), HEARD_NEVER);
    assert_int_equal(asked(world, pair.giver), HEARD_THIRD_TALK);
}

static void test_weeks_two_and_eight(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    world_wait(world, 13 * TIME_DAY);
    assert_int_equal(asked(world, pair.giver), HEARD_NEVER);
    world_wait(world, 2 * TIME_DAY);
    assert_int_equal(asked(world, pair.giver), HEARD_WEEK_2);
    talk_three_times(world, &pair, match);
    assert_int_equal(asked(world, pair.giver), HEARD_THIRD_TALK); /* the newest: one time for both */
    assert_int_equal(answer(world, pair.giver, match, &fine), HEARD_SAVED);
    assert_int_equal(asked(world, pair.giver), HEARD_NEVER);
    world_wait(world, 43 * TIME_DAY);
    assert_int_equal(asked(world, pair.giver), HEARD_WEEK_8);
    assert_int_equal(answer(world, pair.giver, match, NULL), HEARD_SAVED);
    assert_int_equal(asked(world, pair.giver), HEARD_NEVER);
    assert_int_equal(asked(world, pair.receiver), HEARD_WEEK_8);
    world_wait(world, HEARD_OPEN_DAYS * TIME_DAY);
    assert_int_equal(asked(world, pair.receiver), HEARD_NEVER);
}

static void test_nothing_is_asked_in_a_pause_or_without_sharing(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    talk_three_times(world, &pair, match);
    Tx *tx = world_begin_as(world, pair.receiver);
    assert_int_equal(match_pause(&world->scope, tx, match), MATCH_DONE);
    world_commit(tx);
    assert_int_equal(asked(world, pair.receiver), HEARD_NEVER);
    tx = world_begin(world);
    assert_int_equal(match_come_back(&world->scope, tx, match), MATCH_DONE);
    world_commit(tx);
    assert_int_equal(asked(world, pair.receiver), HEARD_THIRD_TALK);
    world_stop_sharing(world, &pair);
    assert_int_equal(asked(world, pair.giver), HEARD_NEVER);
    assert_int_equal(answer(world, pair.giver, match, &fine), HEARD_NOT_ASKED);
}

static void test_each_reads_their_own_alone(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    talk_three_times(world, &pair, match);
    assert_int_equal(answer(world, pair.receiver, match, &fine), HEARD_SAVED);
    const HeardOwnList own = heard_list_own(&world->scope, match);
    assert_int_equal(own.count, 1);
    assert_int_equal(own.items[0].occasion, HEARD_THIRD_TALK);
    assert_memory_equal(&own.items[0].answers, &fine, sizeof fine);
    world_act_as(world, pair.giver);
    assert_int_equal(heard_list_own(&world->scope, match).count, 0);
    world_act_as(world, pair.coordinator);
    assert_int_equal(heard_list_own(&world->scope, match).count, 0);
    Tx *tx = world_begin(world);
    heard_forget(tx, pair.receiver);
    world_commit(tx);
    world_act_as(world, pair.receiver);
    assert_int_equal(heard_list_own(&world->scope, match).count, 0);
    assert_int_equal(asked(world, pair.giver), HEARD_THIRD_TALK);
}

static void test_what_feels_off(void **state) {
    (void)state;
    assert_false(heard_feels_off(&fine));
    assert_true(heard_is_empty(&(HeardAnswers){0}));
    assert_false(heard_is_empty(&fine));
    assert_true(heard_feels_off(&(HeardAnswers){.of = {[HEARD_TAKEN] = HEARD_NO}}));
    assert_false(heard_feels_off(&(HeardAnswers){.of = {[HEARD_LEARN] = HEARD_NO}}));
    assert_true(heard_feels_off(&(HeardAnswers){.of = {[HEARD_LEARN] = HEARD_NO, [HEARD_ASK] = HEARD_NO}}));
    for (HeardQuestion question = HEARD_SAID; question < HEARD_QUESTIONS; question++) {
        assert_int_not_equal(heard_question_text(question), TEXT_NONE);
        for (HeardAnswer at = HEARD_LEFT_OUT; at <= HEARD_NO; at++) {
            assert_int_not_equal(heard_answer_text(question, at), TEXT_NONE);
        }
    }
}

/* So many families, each with a supporter, who have talked three times and answered this. */
static void families(World *world, size_t count, const HeardAnswers *answers) {
    for (size_t at = 0; at < count; at++) {
        const PersonId receiver = world_person(world, "rosa");
        const Pair pair = world_pair(world, receiver, world_person(world, "gina"));
        const MatchId match = world_accept(world, &pair);
        talk_three_times(world, &pair, match);
        assert_int_equal(answer(world, receiver, match, answers), HEARD_SAVED);
        /* The next family is suggested the next supporter. */
        Tx *tx = world_begin_as(world, pair.giver);
        offer_pause(&world->scope, tx, pair.offer, TIME_NONE);
        world_commit(tx);
    }
}

static void test_few_are_not_told(void **state) {
    World *world = *state;
    families(world, 3, &fine);
    const HeardCounts *counts =
        &heard_table(&world->scope, world->program)->of[CHECKIN_RECEIVER][HEARD_THIRD_TALK];
    assert_int_equal(counts->asked.people, 3);
    assert_true(counts->asked.is_hidden);
    assert_true(counts->answered.is_hidden);
    for (size_t question = 0; question < HEARD_QUESTIONS; question++) {
        for (size_t at = 0; at < HEARD_ANSWERS; at++) {
            assert_true(counts->of[question][at].is_hidden);
        }
    }
}

static void test_many_are_counted_with_who_did_not_answer(void **state) {
    World *world = *state;
    families(world, ENOUGH, &fine);
    const HeardTable *table = heard_table(&world->scope, world->program);
    const HeardCounts *counts = &table->of[CHECKIN_RECEIVER][HEARD_THIRD_TALK];
    assert_int_equal(counts->asked.people, ENOUGH);
    assert_false(counts->asked.is_hidden);
    assert_int_equal(counts->answered.people, ENOUGH);
    assert_false(counts->answered.is_hidden);
    assert_int_equal(counts->of[HEARD_SAID][HEARD_YES].people, ENOUGH);
    assert_int_equal(counts->of[HEARD_DECIDE][HEARD_BETWEEN].people, ENOUGH);
    assert_int_equal(counts->of[HEARD_LEARN][HEARD_LEFT_OUT].people, ENOUGH);
    assert_false(counts->of[HEARD_LEARN][HEARD_LEFT_OUT].is_hidden);
    const HeardCounts *givers = &table->of[CHECKIN_GIVER][HEARD_THIRD_TALK];
    assert_int_equal(givers->asked.people, ENOUGH);
    assert_int_equal(givers->answered.people, 0);
    /* One more, who answers otherwise, can be told by nothing. */
    families(world, 1, &(HeardAnswers){.of = {[HEARD_SAID] = HEARD_NO}});
    counts = &heard_table(&world->scope, world->program)->of[CHECKIN_RECEIVER][HEARD_THIRD_TALK];
    assert_true(counts->of[HEARD_SAID][HEARD_NO].is_hidden);
    assert_true(counts->of[HEARD_SAID][HEARD_YES].is_hidden || counts->answered.is_hidden);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_asked_after_the_third_talk),
        IN_A_WORLD(test_weeks_two_and_eight),
        IN_A_WORLD(test_nothing_is_asked_in_a_pause_or_without_sharing),
        IN_A_WORLD(test_each_reads_their_own_alone),
        cmocka_unit_test(test_what_feels_off),
        IN_A_WORLD(test_few_are_not_told),
        IN_A_WORLD(test_many_are_counted_with_who_did_not_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
