/* SPDX-License-Identifier: Apache-2.0 */
/* Words in a small circle: who opens, who joins, who reads from when on, and that nobody else does. */
#include "test/unit.h"

#include "features/gathering/gathering.h"
#include "test/database.h"
#include "test/feature_pair.h"

/* Ana receives; gloria and gus walk with her. */
typedef struct Circle {
    Pair first;
    Pair second;
    MatchId with_gloria;
    MatchId with_gus;
} Circle;

static Circle circle_of(World *world) {
    Circle circle;
    circle.with_gloria = world_match(world, &circle.first);
    world_wait(world, TIME_HOUR);
    circle.second = circle.first;
    circle.second.giver = world_person(world, "gus");
    circle.second.offer = world_offer(world, circle.second.giver);
    circle.second.request = world_ask(world, circle.first.receiver, REQUEST_FROM_FORM);
    circle.second.invitation =
        world_invite(world, circle.second.request, circle.second.offer, circle.first.coordinator);
    circle.with_gus = world_accept(world, &circle.second);
    return circle;
}

static GatheringResult turn(World *world, PersonId person, MatchId match, GatheringTurn how) {
    Tx *tx = world_begin_as(world, person);
    const GatheringResult result = gathering_turn(&world->scope, tx, match, how);
    world_commit(tx);
    return result;
}

static GatheringResult say(World *world, PersonId person, MatchId match, const char *words) {
    world_act_as(world, person);
    world_wait(world, TIME_MINUTE);
    Tx *tx = world_begin(world);
    const GatheringResult result = gathering_say(&world->scope, tx, match, str_of(words), false);
    world_commit(tx);
    return result;
}

/* How many words this person reads through this walk; -1: they do not even find it. */
static int reads(World *world, PersonId person, MatchId match) {
    world_act_as(world, person);
    Gathering gathering;
    if (!gathering_find(&world->scope, match, &gathering)) {
        return -1;
    }
    return (int)gathering_list(&world->scope, &gathering, (GatheringMessageId){0}).count;
}

static void open_with_gloria(World *world, const Circle *circle) {
    assert_int_equal(turn(world, circle->first.receiver, circle->with_gloria, GATHERING_OPEN),
                     GATHERING_DONE);
    assert_int_equal(turn(world, circle->first.giver, circle->with_gloria, GATHERING_JOIN), GATHERING_DONE);
}

static void test_who_opens_and_who_joins(void **state) {
    World *world = *state;
    const Circle circle = circle_of(world);
    const PersonId ana = circle.first.receiver;
    const PersonId gloria = circle.first.giver;
    const PersonId gus = circle.second.giver;
    assert_int_equal(turn(world, gloria, circle.with_gloria, GATHERING_OPEN), GATHERING_ELSEWHERE);
    assert_int_equal(turn(world, gloria, circle.with_gloria, GATHERING_JOIN), GATHERING_ELSEWHERE);
    assert_int_equal(say(world, ana, circle.with_gloria, "Hello."), GATHERING_ELSEWHERE);
    world_act_as(world, ana);
    Gathering gathering;
    assert_true(gathering_find(&world->scope, circle.with_gloria, &gathering));
    assert_int_equal(gathering.other_count, 2);
    assert_words(gathering.others[0].called, "gloria");
    assert_false(gathering.others[0].is_in);
    /* Whoever gives is shown nobody before it is open, and then only who is in it. */
    world_act_as(world, gus);
    assert_true(gathering_find(&world->scope, circle.with_gus, &gathering));
    assert_int_equal(gathering.other_count, 0);
    open_with_gloria(world, &circle);
    assert_int_equal(say(world, ana, circle.with_gus, "Hello, both."), GATHERING_DONE);
    assert_int_equal(say(world, gus, circle.with_gus, "Hello."), GATHERING_ELSEWHERE);
    assert_int_equal(reads(world, gloria, circle.with_gloria), 1);
    assert_int_equal(reads(world, gus, circle.with_gus), 0);
    world_act_as(world, gus);
    assert_true(gathering_find(&world->scope, circle.with_gus, &gathering));
    assert_int_equal(gathering.other_count, 1);
    /* Who joins reads what is written from then on. */
    world_wait(world, TIME_HOUR);
    assert_int_equal(turn(world, gus, circle.with_gus, GATHERING_JOIN), GATHERING_DONE);
    assert_int_equal(reads(world, gus, circle.with_gus), 0);
    assert_int_equal(say(world, gloria, circle.with_gloria, "Welcome, Gus."), GATHERING_DONE);
    assert_int_equal(reads(world, gus, circle.with_gus), 1);
    assert_int_equal(reads(world, ana, circle.with_gus), 2);
    assert_int_equal(say(world, gus, circle.with_gus, "  "), GATHERING_UNFIT);
}

static void test_nobody_else(void **state) {
    World *world = *state;
    const Circle circle = circle_of(world);
    open_with_gloria(world, &circle);
    assert_int_equal(say(world, circle.first.giver, circle.with_gloria, "I think of you."), GATHERING_DONE);
    const PersonId others[] = {circle.first.coordinator, world_person(world, "stranger")};
    for (size_t at = 0; at < sizeof others / sizeof others[0]; at++) {
        assert_int_equal(reads(world, others[at], circle.with_gloria), -1);
        assert_int_equal(turn(world, others[at], circle.with_gloria, GATHERING_JOIN), GATHERING_ELSEWHERE);
        assert_int_equal(say(world, others[at], circle.with_gloria, "Hello."), GATHERING_ELSEWHERE);
    }
    /* Gus walks with her too, but not through that walk. */
    assert_int_equal(reads(world, circle.second.giver, circle.with_gloria), -1);
}

static void test_an_end_takes_out_and_closing_keeps(void **state) {
    World *world = *state;
    const Circle circle = circle_of(world);
    const PersonId ana = circle.first.receiver;
    open_with_gloria(world, &circle);
    assert_int_equal(turn(world, circle.second.giver, circle.with_gus, GATHERING_JOIN), GATHERING_DONE);
    assert_int_equal(say(world, ana, circle.with_gus, "Tomorrow is the meeting."), GATHERING_DONE);
    /* A consent that is stopped closes the door behind one of them, and behind no other. */
    world_stop_sharing(world, &circle.second);
    assert_int_equal(reads(world, circle.second.giver, circle.with_gus), -1);
    assert_int_equal(reads(world, circle.first.giver, circle.with_gloria), 1);
    assert_int_equal(turn(world, ana, circle.with_gloria, GATHERING_CLOSE), GATHERING_DONE);
    assert_int_equal(turn(world, ana, circle.with_gloria, GATHERING_CLOSE), GATHERING_ELSEWHERE);
    assert_true(reads(world, circle.first.giver, circle.with_gloria) <= 0);
    assert_int_equal(reads(world, ana, circle.with_gloria), 1);
    assert_int_equal(say(world, ana, circle.with_gloria, "Too late."), GATHERING_ELSEWHERE);
}

static int64_t jobs(World *world) {
    const Str rows = test_database_rows(world->db, world->arena, "SELECT COUNT(*) FROM job");
    int64_t count = -1;
    assert_true(str_to_int(str_part(rows, 0, rows.length - 2), 0, INT64_MAX, &count));
    return count;
}

static void test_who_does_not_look_is_told_once(void **state) {
    World *world = *state;
    const Circle circle = circle_of(world);
    const PersonId ana = circle.first.receiver;
    const PersonId gloria = circle.first.giver;
    open_with_gloria(world, &circle);
    const int64_t before = jobs(world);
    assert_int_equal(say(world, ana, circle.with_gloria, "One."), GATHERING_DONE);
    assert_int_equal(say(world, ana, circle.with_gloria, "Two."), GATHERING_DONE);
    gathering_tell(&world->scope);
    assert_int_equal(jobs(world), before); /* they may be looking right now */
    world_wait(world, MESSAGE_TOLD_AFTER);
    gathering_tell(&world->scope);
    gathering_tell(&world->scope);
    assert_int_equal(jobs(world), before + 1); /* to gloria, and not to gus, who is not in it */
    assert_int_equal(say(world, ana, circle.with_gloria, "Three."), GATHERING_DONE);
    world_wait(world, TIME_HOUR);
    gathering_tell(&world->scope);
    assert_int_equal(jobs(world), before + 1);
    world_act_as(world, gloria);
    assert_int_equal(gathering_news(&world->scope).count, 1);
    Gathering gathering;
    assert_true(gathering_find(&world->scope, circle.with_gloria, &gathering));
    assert_int_equal(gathering_unread(&world->scope, &gathering), 3);
    assert_int_equal(turn(world, gloria, circle.with_gloria, GATHERING_SEEN), GATHERING_DONE);
    assert_int_equal(gathering_news(&world->scope).count, 0);
    assert_int_equal(say(world, ana, circle.with_gloria, "Four."), GATHERING_DONE);
    world_wait(world, TIME_HOUR);
    gathering_tell(&world->scope);
    assert_int_equal(jobs(world), before + 2);
    /* Who left is told nothing any more. */
    assert_int_equal(turn(world, gloria, circle.with_gloria, GATHERING_SEEN), GATHERING_DONE);
    assert_int_equal(say(world, ana, circle.with_gloria, "Five."), GATHERING_DONE);
    assert_int_equal(turn(world, gloria, circle.with_gloria, GATHERING_LEAVE), GATHERING_DONE);
    world_wait(world, TIME_HOUR);
    gathering_tell(&world->scope);
    assert_int_equal(jobs(world), before + 2);
}

static void test_forgotten(void **state) {
    World *world = *state;
    const Circle circle = circle_of(world);
    open_with_gloria(world, &circle);
    assert_int_equal(say(world, circle.first.giver, circle.with_gloria, "Mine."), GATHERING_DONE);
    Tx *tx = world_begin(world);
    gathering_forget(tx, circle.first.giver);
    world_commit(tx);
    assert_true(reads(world, circle.first.giver, circle.with_gloria) <= 0);
    world_act_as(world, circle.first.receiver);
    assert_int_equal(gathering_list_own(&world->scope).count, 1); /* what she was written stays hers */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_who_opens_and_who_joins, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_nobody_else, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_an_end_takes_out_and_closing_keeps, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_who_does_not_look_is_told_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_forgotten, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
