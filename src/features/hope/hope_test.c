/* SPDX-License-Identifier: Apache-2.0 */
/* Turning around: nothing is shown that was not read, or that its person took back; and a person answers. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/hope/hope.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"
#include "texts.h"

/* Ana, who receives, gloria and a coordinator. */
static Pair walk(World *world) {
    Pair pair;
    (void)world_match(world, &pair);
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, pair.coordinator, DUTY_COORDINATOR);
    world_commit(tx);
    return pair;
}

static HopeResult write_word(World *world, PersonId person, const char *words, bool is_named) {
    Tx *tx = world_begin_as(world, person);
    const HopeResult result = hope_write(&world->scope, tx, world->program, str_of(words), is_named);
    world_commit(tx);
    return result;
}

static HopeResult send_word(World *world, PersonId person) {
    Tx *tx = world_begin_as(world, person);
    const HopeResult result = hope_send(&world->scope, tx, world->program);
    world_commit(tx);
    return result;
}

static HopeResult take_back(World *world, PersonId person) {
    Tx *tx = world_begin_as(world, person);
    const HopeResult result = hope_take_back(&world->scope, tx, world->program);
    world_commit(tx);
    return result;
}

static HopeResult answer(World *world, PersonId coordinator, const Hope *hope, HopeAnswer how,
                         const char *said) {
    Tx *tx = world_begin_as(world, coordinator);
    const HopeResult result = hope_answer(&world->scope, tx, hope->id, hope->written_at, how, str_of(said));
    world_commit(tx);
    return result;
}

static Hope own(World *world, PersonId person) {
    Hope hope = {0};
    world_act_as(world, person);
    assert_true(hope_find(&world->scope, world->program, &hope));
    return hope;
}

static size_t shown(World *world) {
    return hope_words(&world->scope, world->program).count;
}

static void test_shown_only_when_read(void **state) {
    World *world = *state;
    const Pair pair = walk(world);
    const PersonId ana = pair.receiver;
    assert_int_equal(write_word(world, ana, "  ", true), HOPE_UNFIT);
    assert_int_equal(write_word(world, pair.giver, "Hold on.", true), HOPE_ELSEWHERE); /* received nothing */
    assert_int_equal(write_word(world, ana, "Hold on.", true), HOPE_DONE);
    Hope hope = own(world, ana);
    world_act_as(world, pair.coordinator);
    assert_false(access_may(&world->scope, ACCESS_HOPE_WORK, hope.id.value)); /* a draft */
    assert_int_equal(hope_waiting(&world->scope, world->program), 0);
    assert_int_equal(answer(world, pair.coordinator, &hope, HOPE_SHOW, ""), HOPE_ELSEWHERE);
    assert_int_equal(send_word(world, ana), HOPE_DONE);
    assert_int_equal(send_word(world, ana), HOPE_ELSEWHERE); /* it went already */
    assert_int_equal(shown(world), 0);
    world_act_as(world, pair.coordinator);
    assert_true(access_may(&world->scope, ACCESS_HOPE_WORK, hope.id.value));
    assert_int_equal(hope_waiting(&world->scope, world->program), 1);
    assert_int_equal(hope_list_sent(&world->scope, world->program).count, 1);
    assert_int_equal(answer(world, pair.coordinator, &hope, HOPE_ASK, " "), HOPE_UNFIT);
    assert_int_equal(answer(world, pair.coordinator, &hope, HOPE_SHOW, ""), HOPE_DONE);
    const HopeWords words = hope_words(&world->scope, world->program);
    assert_int_equal(words.count, 1);
    assert_words(words.items[0].words, "Hold on.");
    assert_words(words.items[0].called, "ana");
    world_act_as(world, pair.giver);
    assert_false(access_may(&world->scope, ACCESS_HOPE_WORK, hope.id.value));

    /* Other words: nobody reads either, and an answer to the first is none to the second. */
    world_wait(world, TIME_MINUTE);
    assert_int_equal(write_word(world, ana, "It gets lighter.", false), HOPE_DONE);
    assert_int_equal(shown(world), 0);
    assert_int_equal(send_word(world, ana), HOPE_DONE);
    Hope second = own(world, ana);
    second.written_at = hope.written_at;
    assert_int_equal(answer(world, pair.coordinator, &second, HOPE_SHOW, ""), HOPE_ELSEWHERE);
    hope = own(world, ana);
    assert_int_equal(answer(world, pair.coordinator, &hope, HOPE_SHOW, ""), HOPE_DONE);
    assert_words(hope_words(&world->scope, world->program).items[0].called, ""); /* without a name */
    assert_int_equal(take_back(world, ana), HOPE_DONE);
    assert_int_equal(take_back(world, ana), HOPE_ELSEWHERE);
    assert_int_equal(shown(world), 0);
}

static void test_a_sentence_says_why_not(void **state) {
    World *world = *state;
    const Pair pair = walk(world);
    const PersonId ana = pair.receiver;
    assert_int_equal(write_word(world, ana, "Call Dr. Made-Up.", true), HOPE_DONE);
    assert_int_equal(send_word(world, ana), HOPE_DONE);
    Hope hope = own(world, ana);
    assert_int_equal(answer(world, pair.coordinator, &hope, HOPE_ASK, "Without the name, please."),
                     HOPE_DONE);
    hope = own(world, ana);
    assert_int_equal(hope.state, HOPE_ASKED);
    assert_words(hope.said, "Without the name, please.");
    assert_int_equal(shown(world), 0);
    assert_int_equal(write_word(world, ana, "Call somebody.", true), HOPE_DONE);
    assert_int_equal(send_word(world, ana), HOPE_DONE);
    hope = own(world, ana);
    assert_words(hope.said, ""); /* it was about other words */
    assert_int_equal(answer(world, pair.coordinator, &hope, HOPE_SHOW, ""), HOPE_DONE);
    assert_int_equal(hope_list_shown(&world->scope, world->program).count, 1);
    assert_int_equal(answer(world, pair.coordinator, &hope, HOPE_DECLINE, "Not any more."), HOPE_DONE);
    assert_int_equal(shown(world), 0);
    assert_int_equal(own(world, ana).state, HOPE_DECLINED);
    Tx *tx = world_begin(world);
    hope_forget(tx, ana);
    world_commit(tx);
    assert_false(hope_find(&world->scope, world->program, &hope));
}

static HopeResult wish(World *world, PersonId person, HopeWishKind kind, bool is_on) {
    Tx *tx = world_begin_as(world, person);
    const HopeResult result = hope_wish_set(&world->scope, tx, world->program, kind, is_on);
    world_commit(tx);
    return result;
}

static void test_wishes_are_answered_once(void **state) {
    World *world = *state;
    const Pair pair = walk(world);
    const PersonId ana = pair.receiver;
    assert_int_equal(wish(world, pair.giver, HOPE_WISH_CALLS, true), HOPE_ELSEWHERE);
    assert_int_equal(wish(world, ana, HOPE_WISH_CALLS, true), HOPE_DONE);
    assert_int_equal(wish(world, ana, HOPE_WISH_CALLS, true), HOPE_DONE); /* so it is already */
    assert_int_equal(wish(world, ana, HOPE_WISH_TRAIN, true), HOPE_DONE);
    assert_int_equal(hope_wishes(&world->scope, world->program).count, 2);
    world_act_as(world, pair.coordinator);
    const HopeWishes open = hope_wishes_open(&world->scope, world->program);
    assert_int_equal(open.count, 2);
    const HopeWishId first = open.items[0].id;
    assert_true(access_may(&world->scope, ACCESS_HOPE_WISH_WORK, first.value));
    Tx *tx = world_begin(world);
    assert_int_equal(hope_wish_answer(&world->scope, tx, first, STR(" ")), HOPE_UNFIT);
    assert_int_equal(hope_wish_answer(&world->scope, tx, first, STR("Come on Tuesday.")), HOPE_DONE);
    assert_int_equal(hope_wish_answer(&world->scope, tx, first, STR("Or not.")), HOPE_ELSEWHERE);
    world_commit(tx);
    assert_int_equal(hope_waiting(&world->scope, world->program), 1);
    world_act_as(world, ana);
    assert_false(access_may(&world->scope, ACCESS_HOPE_WISH_WORK, first.value));
    HopeWish answered;
    assert_true(hope_wish_find(&world->scope, first, &answered));
    assert_words(answered.answer, "Come on Tuesday.");
    assert_int_equal(wish(world, ana, HOPE_WISH_CALLS, false), HOPE_DONE);
    assert_int_equal(wish(world, ana, HOPE_WISH_TRAIN, false), HOPE_DONE);
    assert_int_equal(hope_waiting(&world->scope, world->program), 0);
    assert_int_equal(hope_wish_text(HOPE_WISH_CALLS), TEXT_HOPE_WISH_CALLS);
    assert_int_equal(hope_wish_text(HOPE_WISH_TRAIN), TEXT_HOPE_WISH_TRAIN);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_shown_only_when_read),
        IN_A_WORLD(test_a_sentence_says_why_not),
        IN_A_WORLD(test_wishes_are_answered_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
