/* SPDX-License-Identifier: Apache-2.0 */
/* Own words that go along: only one's own, only what was picked, and only while the two walk and share. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/carry/carry.h"
#include "features/message/message.h"
#include "features/notice/notice.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static void say(World *world, PersonId person, MatchId match, const char *words) {
    MessageSent sent;
    Tx *tx = world_begin_as(world, person);
    const MessageNew message = {.words = str_of(words), .is_part2 = true, .capture = STR_NONE};
    assert_int_equal(message_send(&world->scope, tx, match, &message, &sent), MESSAGE_SENT);
    world_commit(tx);
    world_wait(world, TIME_MINUTE);
}

static CarryResult keep(World *world, PersonId person, MatchId match, const char *words,
                        const CarryMessages *picked) {
    world_act_as(world, person);
    MessageId ids[CARRY_OFFERED];
    for (size_t at = 0; at < picked->count; at++) {
        ids[at] = picked->items[at].id;
    }
    Tx *tx = world_begin(world);
    const CarryNew carry = {.words = str_of(words), .messages = ids, .message_count = picked->count};
    const CarryResult result = carry_write(&world->scope, tx, match, &carry);
    world_commit(tx);
    return result;
}

static CarryResult turn(World *world, PersonId person, MatchId match, bool is_on) {
    Tx *tx = world_begin_as(world, person);
    const CarryResult result =
        is_on ? carry_pass(&world->scope, tx, match) : carry_take_back(&world->scope, tx, match);
    world_commit(tx);
    return result;
}

static bool reads(World *world, PersonId person, MatchId match) {
    Carry carry;
    world_act_as(world, person);
    return carry_read(&world->scope, match, &carry);
}

/* Ana walked with gloria, and then with hana: the new match. */
static MatchId walk_on(World *world, Pair *ret_pair, MatchId *ret_old) {
    Pair old;
    *ret_old = world_match(world, &old);
    say(world, old.receiver, *ret_old, "Mornings are hard.");
    say(world, old.giver, *ret_old, "I know that.");
    say(world, old.receiver, *ret_old, "He likes trains.");
    Tx *tx = world_begin_as(world, old.receiver);
    assert_int_equal(match_end(&world->scope, tx, *ret_old, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    *ret_pair = world_pair(world, old.receiver, world_person(world, "hana"));
    return world_accept(world, ret_pair);
}

static void test_own_words_are_offered_and_no_others(void **state) {
    World *world = *state;
    Pair pair;
    MatchId old;
    const MatchId match = walk_on(world, &pair, &old);
    say(world, pair.receiver, match, "Hello.");
    const CarryMessages offered = carry_offered(&world->scope);
    assert_int_equal(offered.count, 2); /* of walks that have ended, and by ana */
    assert_words(offered.items[0].words.hidden_words, "He likes trains.");
    assert_words(offered.items[0].former_called, "gloria");
    world_act_as(world, pair.giver);
    assert_int_equal(carry_offered(&world->scope).count, 0);
    /* The former supporter's words cannot be picked by their number either. */
    world_act_as(world, pair.receiver);
    const Messages all = message_list(&world->scope, old, (MessageId){0});
    assert_int_equal(all.count, 3);
    CarryMessage items[3];
    for (size_t at = 0; at < 3; at++) {
        items[at] = (CarryMessage){.id = all.items[at].id};
    }
    const CarryMessages picked = {.items = items, .count = 3};
    assert_int_equal(keep(world, pair.receiver, match, "", &picked), CARRY_DONE);
    Carry carry;
    assert_true(carry_find(&world->scope, match, &carry));
    assert_int_equal(carry.messages.count, 2);
    assert_words(carry.messages.items[0].words.hidden_words, "Mornings are hard.");
    assert_true(carry.messages.items[0].words.is_marked);
}

static void test_read_when_passed_on_until_taken_back(void **state) {
    World *world = *state;
    Pair pair;
    MatchId old;
    const MatchId match = walk_on(world, &pair, &old);
    const CarryMessages none = {0};
    assert_int_equal(keep(world, pair.receiver, match, " ", &none), CARRY_NOTHING);
    assert_int_equal(turn(world, pair.receiver, match, true), CARRY_ELSEWHERE); /* nothing was kept */
    assert_int_equal(keep(world, pair.receiver, match, "Ask about trains.", &none), CARRY_DONE);
    assert_false(reads(world, pair.giver, match));
    assert_int_equal(turn(world, pair.receiver, match, true), CARRY_DONE);
    Carry carry;
    world_act_as(world, pair.giver);
    assert_true(carry_read(&world->scope, match, &carry));
    assert_words(carry.words.hidden_words, "Ask about trains.");
    const PersonId others[] = {pair.receiver, pair.coordinator, world_person(world, "gloria")};
    for (size_t at = 0; at < 3; at++) {
        assert_false(reads(world, others[at], match));
    }
    assert_int_equal(turn(world, pair.receiver, match, false), CARRY_DONE);
    assert_false(reads(world, pair.giver, match));
    assert_int_equal(turn(world, pair.receiver, match, true), CARRY_DONE);
    /* Changed: a draft again. */
    assert_int_equal(keep(world, pair.receiver, match, "Ask about birds.", &none), CARRY_DONE);
    assert_false(reads(world, pair.giver, match));
    assert_int_equal(turn(world, pair.receiver, match, true), CARRY_DONE);
    world_stop_sharing(world, &pair);
    assert_false(reads(world, pair.giver, match));
}

static void test_nobody_else_picks(void **state) {
    World *world = *state;
    Pair pair;
    MatchId old;
    const MatchId match = walk_on(world, &pair, &old);
    const CarryMessages none = {0};
    assert_int_equal(keep(world, pair.receiver, match, "Mine.", &none), CARRY_DONE);
    const PersonId others[] = {pair.giver, pair.coordinator};
    for (size_t at = 0; at < 2; at++) {
        assert_int_equal(keep(world, others[at], match, "Theirs.", &none), CARRY_ELSEWHERE);
        assert_int_equal(turn(world, others[at], match, true), CARRY_ELSEWHERE);
        assert_int_equal(turn(world, others[at], match, false), CARRY_ELSEWHERE);
        assert_false(access_may(&world->scope, ACCESS_CARRY, match.value));
    }
    assert_int_equal(keep(world, pair.receiver, old, "To gloria.", &none), CARRY_ELSEWHERE); /* over */
    assert_int_equal(turn(world, pair.receiver, match, true), CARRY_DONE);
    Tx *tx = world_begin(world);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    assert_false(reads(world, pair.giver, match));
    Carry carry;
    world_act_as(world, pair.receiver);
    assert_true(carry_find(&world->scope, match, &carry)); /* and stays their own */
    tx = world_begin(world);
    carry_forget(tx, pair.receiver);
    world_commit(tx);
    assert_false(carry_find(&world->scope, match, &carry));
}

static CarryResult seen(World *world, PersonId person, MatchId match) {
    Tx *tx = world_begin_as(world, person);
    const CarryResult result = carry_seen(&world->scope, tx, match);
    world_commit(tx);
    return result;
}

static size_t news(World *world, PersonId person) {
    world_act_as(world, person);
    return carry_news(&world->scope).count;
}

static void test_new_to_who_reads_until_they_say_so(void **state) {
    World *world = *state;
    Pair pair;
    MatchId old;
    const MatchId match = walk_on(world, &pair, &old);
    const CarryMessages none = {0};
    const size_t told = notice_list(&world->scope, pair.giver).count;
    world_wait(world, 2 * TIME_DAY);
    assert_int_equal(keep(world, pair.receiver, match, "Ask about trains.", &none), CARRY_DONE);
    assert_int_equal(news(world, pair.giver), 0);
    assert_int_equal(seen(world, pair.giver, match), CARRY_ELSEWHERE); /* a draft */
    assert_int_equal(turn(world, pair.receiver, match, true), CARRY_DONE);
    assert_int_equal(turn(world, pair.receiver, match, true), CARRY_DONE); /* so it is already */
    assert_int_equal(notice_list(&world->scope, pair.giver).count, told + 1);
    world_act_as(world, pair.giver);
    const CarryNewsList list = carry_news(&world->scope);
    assert_int_equal(list.count, 1);
    assert_true(match_id_equal(list.items[0].match, match));
    assert_words(list.items[0].called, "ana");
    Carry carry;
    assert_true(carry_read(&world->scope, match, &carry) && carry.is_new);
    assert_int_equal(news(world, pair.receiver), 0);
    assert_int_equal(seen(world, pair.receiver, match), CARRY_ELSEWHERE);
    assert_int_equal(seen(world, pair.coordinator, match), CARRY_ELSEWHERE);
    assert_int_equal(news(world, pair.giver), 1);
    assert_int_equal(seen(world, pair.giver, match), CARRY_DONE);
    assert_int_equal(seen(world, pair.giver, match), CARRY_DONE); /* twice */
    assert_int_equal(news(world, pair.giver), 0);
    assert_true(carry_read(&world->scope, match, &carry) && !carry.is_new);

    /* Changed and passed on again at once: new, and told of with the one before. */
    assert_int_equal(keep(world, pair.receiver, match, "Ask about birds.", &none), CARRY_DONE);
    assert_int_equal(turn(world, pair.receiver, match, true), CARRY_DONE);
    assert_int_equal(notice_list(&world->scope, pair.giver).count, told + 1);
    assert_int_equal(news(world, pair.giver), 1);
    assert_int_equal(turn(world, pair.receiver, match, false), CARRY_DONE);
    assert_int_equal(news(world, pair.giver), 0);
    assert_int_equal(turn(world, pair.receiver, match, true), CARRY_DONE);
    world_stop_sharing(world, &pair);
    assert_int_equal(news(world, pair.giver), 0);
    Tx *tx = world_begin(world);
    carry_forget(tx, pair.giver);
    world_commit(tx);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_own_words_are_offered_and_no_others),
        IN_A_WORLD(test_read_when_passed_on_until_taken_back),
        IN_A_WORLD(test_nobody_else_picks),
        IN_A_WORLD(test_new_to_who_reads_until_they_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
