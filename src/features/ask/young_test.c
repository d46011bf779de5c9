/* SPDX-License-Identifier: Apache-2.0 */
/* A young person's own space: what they read is kept, and whoever shares the mailbox does not find it. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/account/account.h"
#include "features/request/request.h"
#include "features/youth/youth.h"
#include "test/feature_world.h"

static const char *const WORDS = "We tell you first.";

static PersonId young(World *world, const char *called, const char *mail, bool is_apart) {
    Tx *tx = world_begin(world);
    const PersonId person = account_person_add(&world->scope, tx, str_of(called), LANG_EN);
    account_contact_point_add(&world->scope, tx, person,
                              &(ContactPoint){.kind = CONTACT_POINT_MAIL, .value = str_of(mail)});
    const Str name = youth_words_keep(&world->scope, tx, str_of(WORDS));
    assert_true(youth_begin(&world->scope, tx, person, world->program, name, is_apart));
    world_commit(tx);
    return person;
}

/* Signs in by the mailbox, as an operator's link does; the person who is opened. */
static PersonId sign_in(World *world, const char *mail) {
    Str token = STR_NONE;
    SignedIn signed_in = {0};
    SessionFound found = {0};
    Tx *tx = world_begin(world);
    assert_true(sign_in_link(&world->scope, tx, str_of(mail), &token));
    assert_int_equal(sign_in_by_link(&world->scope, tx, token, &signed_in), SIGN_IN_DONE);
    const Str session = session_start(&world->scope, tx, &signed_in);
    world_commit(tx);
    assert_true(session_find(world->db, world->arena, world->scope.now, session, &found));
    world_act_as(world, signed_in.person);
    world->scope.session = found.id;
    return signed_in.person;
}

static void test_what_was_read_is_kept(void **state) {
    World *world = *state;
    const PersonId kai = young(world, "kai", "kai@example.org", false);
    Str words = STR_NONE;
    Time at = TIME_NONE;
    assert_true(youth_read_last(&world->scope, kai, &words, &at));
    assert_words(words, WORDS);
    assert_int_equal(at.us, world->scope.now.us);
    assert_true(youth_is(&world->scope, kai));
    const PersonId ana = world_person(world, "ana");
    assert_false(youth_is(&world->scope, ana));
    Tx *tx = world_begin(world);
    assert_false(youth_begin(&world->scope, tx, ana, world->program, STR("words that nobody kept"), true));
    world_commit(tx);
    assert_false(youth_is(&world->scope, ana));
}

/* The newest person of a mailbox is opened: but not one who keeps apart, and nobody is told of them. */
static void test_apart_is_neither_opened_nor_shown(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    world_wait(world, TIME_MINUTE);
    const PersonId kai = young(world, "kai", "ana@example.org", true);
    assert_true(person_id_equal(sign_in(world, "ana@example.org"), ana));
    const Household household = account_household(&world->scope);
    assert_int_equal(household.count, 1);
    assert_words(household.items[0].called, "ana");
    assert_int_equal(account_find_by_mail(&world->scope, STR("ana@example.org")).count, 1);
    Str token = STR_NONE;
    Tx *tx = world_begin(world);
    assert_false(account_change_person(&world->scope, tx, kai, &token));
    world_commit(tx);
    /* Shown again, it is a household like any other. */
    world_act_as(world, kai);
    tx = world_begin(world);
    youth_set_apart(&world->scope, tx, false);
    world_commit(tx);
    world_act_as(world, ana);
    assert_int_equal(account_household(&world->scope).count, 2);
}

static void test_alone_with_a_mailbox_it_simply_opens(void **state) {
    World *world = *state;
    const PersonId kai = young(world, "kai", "kai@example.org", true);
    assert_true(person_id_equal(sign_in(world, "kai@example.org"), kai));
}

/* The code of the request, and the mailbox: together they open the space, and neither does alone. */
static void test_opened_by_code_and_mailbox(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    world_person(world, "luz");
    world_wait(world, TIME_MINUTE);
    const PersonId kai = young(world, "kai", "ana@example.org", true);
    Tx *tx = world_begin(world);
    Str receipt = STR_NONE;
    const RequestId id = request_add(&world->scope, tx,
                                     &(RequestNew){.program = world->program,
                                                   .person = kai,
                                                   .kind = REQUEST_SUPPORT,
                                                   .source = REQUEST_FROM_FORM,
                                                   .need = STR("I hate mornings."),
                                                   .has_no_preference = true},
                                     &receipt);
    world_commit(tx);
    Request found;
    Str token = STR_NONE;
    sign_in(world, "luz@example.org");
    assert_false(
        request_find_by_receipt(&world->scope, receipt, account_session_mailbox(&world->scope), &found));
    tx = world_begin(world);
    assert_false(account_open_own(&world->scope, tx, kai, &token));
    world_commit(tx);
    assert_true(person_id_equal(sign_in(world, "ana@example.org"), ana));
    assert_false(access_may(&world->scope, ACCESS_REQUEST_READ, id.value));
    assert_true(
        request_find_by_receipt(&world->scope, receipt, account_session_mailbox(&world->scope), &found));
    tx = world_begin(world);
    assert_true(account_open_own(&world->scope, tx, found.person, &token));
    world_commit(tx);
    SessionFound session = {0};
    assert_true(session_find(world->db, world->arena, world->scope.now, token, &session));
    assert_true(person_id_equal(session.person, kai));
    world_act_as(world, kai);
    assert_true(access_may(&world->scope, ACCESS_REQUEST_READ, id.value));
}

static void set_word(World *world, PersonId person, const char *word) {
    Tx *tx = world_begin(world);
    youth_word_set(&world->scope, tx, person, youth_word_make(&world->scope, str_of(word)));
    world_commit(tx);
}

static YouthWordResult try_word(World *world, PersonId person, const char *word) {
    Tx *tx = world_begin(world);
    const YouthWordResult result = youth_word_try(&world->scope, tx, person, str_of(word));
    world_commit(tx);
    return result;
}

/* The door is there also for a space that has no word yet, and for nobody who is not young. */
static void test_a_space_without_a_word_has_a_door(void **state) {
    World *world = *state;
    const PersonId kai = young(world, "kai", "kai@example.org", false);
    assert_false(youth_has_word(&world->scope, kai));
    assert_true(youth_has_door(&world->scope, kai));
    set_word(world, kai, "Wren 77");
    assert_true(youth_has_door(&world->scope, kai));
    assert_false(youth_has_door(&world->scope, world_person(world, "ana")));
}

static void test_a_word_is_tried_five_times_an_hour(void **state) {
    World *world = *state;
    const PersonId kai = young(world, "kai", "kai@example.org", false);
    assert_false(youth_has_word(&world->scope, kai));
    assert_int_equal(try_word(world, kai, "wren 77"), YOUTH_WORD_WRONG);
    set_word(world, kai, "Wren 77");
    assert_true(youth_has_word(&world->scope, kai));
    assert_int_equal(try_word(world, kai, " wren 77 "), YOUTH_WORD_FITS);
    for (int at = 0; at < 5; at++) {
        assert_int_equal(try_word(world, kai, "wren 78"), YOUTH_WORD_WRONG);
    }
    assert_int_equal(try_word(world, kai, "wren 77"), YOUTH_WORD_LATER);
    world_wait(world, TIME_HOUR);
    assert_int_equal(try_word(world, kai, "wren 77"), YOUTH_WORD_FITS);
    /* Two people with the same word do not have the same row. */
    assert_false(str_equal(youth_word_make(&world->scope, STR("wren 77")),
                           youth_word_make(&world->scope, STR("wren 77"))));
}

static void test_a_clock_that_was_put_back_shuts_no_door(void **state) {
    World *world = *state;
    const PersonId kai = young(world, "kai", "kai@example.org", false);
    set_word(world, kai, "Wren 77");
    world_wait(world, 100 * TIME_DAY);
    for (int at = 0; at < 5; at++) {
        assert_int_equal(try_word(world, kai, "wren 78"), YOUTH_WORD_WRONG);
    }
    world_wait(world, -99 * TIME_DAY);
    assert_int_equal(try_word(world, kai, "wren 77"), YOUTH_WORD_FITS);
    world_wait(world, 99 * TIME_DAY);
    for (int at = 0; at < 5; at++) {
        assert_int_equal(try_word(world, kai, "wren 78"), YOUTH_WORD_WRONG);
    }
    world_wait(world, -99 * TIME_DAY);
    /* And what is tried after it counts by the clock that holds. */
    for (int at = 0; at < 5; at++) {
        assert_int_equal(try_word(world, kai, "wren 79"), YOUTH_WORD_WRONG);
    }
    assert_int_equal(try_word(world, kai, "wren 77"), YOUTH_WORD_LATER);
}

/* A parent of the same mailbox goes on as before; changing over to the young person needs the word. */
static void test_a_mailbox_alone_opens_no_space_with_a_word(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    world_wait(world, TIME_MINUTE);
    const PersonId kai = young(world, "kai", "ana@example.org", false);
    assert_true(
        person_id_equal(sign_in(world, "ana@example.org"), kai)); /* the newest, until there is a word */
    set_word(world, kai, "wren 77");
    assert_true(person_id_equal(sign_in(world, "ana@example.org"), ana));
    assert_int_equal(account_household(&world->scope).count, 2);
    assert_int_equal(account_young_of(&world->scope, account_session_mailbox(&world->scope)).count, 1);
    Str token = STR_NONE;
    Tx *tx = world_begin(world);
    assert_false(account_change_person(&world->scope, tx, kai, &token));
    world_commit(tx);
}

static void test_a_door_waits_for_ten_minutes(void **state) {
    World *world = *state;
    const PersonId kai = young(world, "kai", "kai@example.org", false);
    YouthDoor door;
    assert_false(youth_door_find(&world->scope, STR("browser"), &door));
    Tx *tx = world_begin(world);
    youth_door_wait(&world->scope, tx, STR("browser"), &(YouthDoor){.person = kai, .proofs = 1});
    world_commit(tx);
    assert_false(youth_door_find(&world->scope, STR("another browser"), &door));
    assert_true(youth_door_find(&world->scope, STR("browser"), &door));
    assert_true(person_id_equal(door.person, kai) && door.proofs == 1 && str_is_none(door.mail_key));
    world_wait(world, 10 * TIME_MINUTE);
    assert_false(youth_door_find(&world->scope, STR("browser"), &door));
    tx = world_begin(world);
    youth_door_wait(&world->scope, tx, STR("browser"), &(YouthDoor){.person = kai, .proofs = 1});
    youth_door_leave(&world->scope, tx, STR("browser"));
    youth_clean_up(&world->scope, tx);
    world_commit(tx);
    assert_false(youth_door_find(&world->scope, STR("browser"), &door));
}

static YouthWordResult try_code(World *world, PersonId person, Str code) {
    Tx *tx = world_begin(world);
    const YouthWordResult result = youth_way_back_try(&world->scope, tx, person, code);
    world_commit(tx);
    return result;
}

static void test_the_way_back_opens_once_and_is_told(void **state) {
    World *world = *state;
    const PersonId kai = young(world, "kai", "kai@example.org", false);
    const PersonId luz = young(world, "luz", "luz@example.org", false);
    set_word(world, kai, "wren 77");
    set_word(world, luz, "wren 77");
    Tx *tx = world_begin_as(world, world_person(world, "gus"));
    const Str first = youth_way_back_make(&world->scope, tx, kai);
    world_commit(tx);
    world_wait(world, TIME_MINUTE);
    tx = world_begin(world);
    const Str code = youth_way_back_make(&world->scope, tx, kai);
    world_commit(tx);
    assert_int_equal(try_code(world, kai, first), YOUTH_WORD_WRONG); /* a newer one ends it */
    assert_int_equal(try_code(world, luz, code), YOUTH_WORD_WRONG);  /* it is of one person */
    for (int at = 0; at < 5; at++) {
        (void)try_word(world, kai, "somebody else tries");
    }
    assert_int_equal(try_word(world, kai, "wren 77"), YOUTH_WORD_LATER);
    assert_int_equal(try_code(world, kai, code), YOUTH_WORD_FITS);
    assert_int_equal(try_code(world, kai, code), YOUTH_WORD_WRONG); /* once */
    const YouthWaysBack told = youth_ways_back(&world->scope, kai);
    assert_int_equal(told.count, 2);
    assert_words(told.items[0].by_called, "gus");
    assert_false(time_is_none(told.items[0].used_at));
    assert_true(time_is_none(told.items[1].used_at));
    tx = world_begin(world);
    const Str late = youth_way_back_make(&world->scope, tx, kai);
    world_commit(tx);
    world_wait(world, TIME_DAY);
    assert_int_equal(try_code(world, kai, late), YOUTH_WORD_WRONG);
    tx = world_begin(world);
    youth_forget(tx, kai);
    world_commit(tx);
    assert_false(youth_has_word(&world->scope, kai));
    assert_int_equal(youth_ways_back(&world->scope, kai).count, 0);
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_what_was_read_is_kept),
        IN_A_WORLD(test_apart_is_neither_opened_nor_shown),
        IN_A_WORLD(test_alone_with_a_mailbox_it_simply_opens),
        IN_A_WORLD(test_opened_by_code_and_mailbox),
        IN_A_WORLD(test_a_space_without_a_word_has_a_door),
        IN_A_WORLD(test_a_word_is_tried_five_times_an_hour),
        IN_A_WORLD(test_a_clock_that_was_put_back_shuts_no_door),
        IN_A_WORLD(test_a_mailbox_alone_opens_no_space_with_a_word),
        IN_A_WORLD(test_a_door_waits_for_ten_minutes),
        IN_A_WORLD(test_the_way_back_opens_once_and_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
