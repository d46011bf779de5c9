/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger: what comes into it and in which words, when it holds, and when it stops. */
#include "test/unit.h"

#include "features/consent/consent.h"
#include "features/request/request.h"
#include "test/feature_pair.h"

static Consent newest(World *world, PersonId person) {
    const Consents all = consent_list(&world->scope, person);
    assert_true(all.count > 0);
    return all.items[0];
}

static bool coordinators_read(World *world, RequestId request) {
    return consent_shares(&world->scope, request, (PersonId){0}, CONSENT_WORDS | CONSENT_REACH);
}

static ConsentId choose(World *world, RequestId request, PersonId person, PersonId to) {
    Tx *tx = world_begin(world);
    ConsentId id = consent_on_choosing(&world->scope, tx,
                                       &(ConsentChoosing){.program = world->program,
                                                          .person = person,
                                                          .request = request,
                                                          .to = to,
                                                          .to_called = STR("gloria")});
    world_commit(tx);
    return id;
}

static ConsentResult stop(World *world, ConsentId id) {
    Tx *tx = world_begin(world);
    ConsentResult result = consent_stop(&world->scope, tx, id);
    world_commit(tx);
    return result;
}

static ConsentResult again(World *world, ConsentId id, ConsentId *ret_consent) {
    Tx *tx = world_begin(world);
    ConsentResult result = consent_give_again(&world->scope, tx, id, ret_consent);
    world_commit(tx);
    return result;
}

/* ---- asking ---- */

static void test_asking_is_a_consent(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    world_act_as(world, ana);
    const Str read = consent_asking_words(&world->scope, world->program, 0);
    RequestId request = world_ask(world, ana, REQUEST_FROM_FORM);
    const Consent consent = newest(world, ana);
    assert_int_equal(consent.to, CONSENT_TO_COORDINATORS);
    assert_int_equal(consent.how, CONSENT_READ);
    assert_int_equal(consent.state, CONSENT_LIVING);
    assert_int_equal(consent.signs, CONSENT_SIGNS_PERSON);
    assert_true(request_id_equal(consent.request, request));
    assert_true(str_equal(consent.words, read));
    assert_true(str_equal(consent.text_hash, consent_words_hash(&world->scope, read)));
    assert_true(str_is_none(consent.witness_called));
    const ConsentSigneds signatures = consent_signatures(&world->scope, consent.id);
    assert_int_equal(signatures.count, 1);
    assert_words(signatures.items[0].called, "ana");
    assert_int_equal(signatures.items[0].side, CONSENT_SIDE_PERSON);
    assert_true(coordinators_read(world, request));
    /* With nobody else. */
    assert_false(consent_shares(&world->scope, request, ana, CONSENT_WORDS));
    assert_int_equal(consent_list_to_confirm(&world->scope, ana).count, 0);
}

static void test_language_is_part_of_the_words(void **state) {
    World *world = *state;
    const Str words = STR("I share.");
    const Str english = consent_words_hash(&world->scope, words);
    world->scope.lang = LANG_ES;
    assert_false(str_equal(english, consent_words_hash(&world->scope, words)));
    PersonId ana = world_person(world, "ana");
    (void)world_ask(world, ana, REQUEST_FROM_FORM);
    (void)world_ask(world, ana, REQUEST_FROM_FORM);
    const Consents all = consent_list(&world->scope, ana);
    assert_int_equal(all.count, 2);
    assert_int_equal(all.items[0].lang, LANG_ES);
    assert_true(str_equal(all.items[0].text_hash, all.items[1].text_hash));
}

static void test_what_was_written_down_is_asked_again(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    PersonId bea = world_person(world, "bea");
    world_act_as(world, world_person(world, "carla"));
    RequestId said = world_ask(world, ana, REQUEST_RECORDED);
    RequestId listed = world_ask(world, bea, REQUEST_FROM_IMPORT);
    assert_true(coordinators_read(world, said) && coordinators_read(world, listed));
    assert_int_equal(newest(world, ana).how, CONSENT_SAID);
    assert_words(newest(world, ana).witness_called, "carla");
    assert_int_equal(newest(world, bea).how, CONSENT_LISTED);
    assert_int_equal(consent_signatures(&world->scope, newest(world, ana).id).count, 0);
    assert_int_equal(consent_list_to_confirm(&world->scope, ana).count, 1);
    assert_int_equal(consent_list_to_confirm(&world->scope, bea).count, 1);

    world_act_as(world, ana);
    world_wait(world, TIME_HOUR);
    ConsentId kept;
    assert_int_equal(again(world, newest(world, ana).id, &kept), CONSENT_DONE);
    assert_int_equal(newest(world, ana).how, CONSENT_READ);
    assert_true(consent_id_equal(newest(world, ana).id, kept));
    assert_int_equal(consent_list_to_confirm(&world->scope, ana).count, 0);
    assert_true(coordinators_read(world, said));
}

/* ---- stopping ---- */

static void test_stopping_holds_at_once_and_for_all_before(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    world_act_as(world, ana);
    RequestId request = world_ask(world, ana, REQUEST_FROM_FORM);
    const ConsentId first = newest(world, ana).id;
    world_wait(world, TIME_HOUR);
    ConsentId second;
    assert_int_equal(again(world, first, &second), CONSENT_DONE);
    world_wait(world, TIME_HOUR);
    /* An older one of the same: stopping is about whom, not about which line. */
    assert_int_equal(stop(world, first), CONSENT_DONE);
    assert_false(coordinators_read(world, request));
    const Consents all = consent_list(&world->scope, ana);
    assert_int_equal(all.count, 2);
    assert_int_equal(all.items[0].state, CONSENT_STOPPED);
    assert_int_equal(all.items[1].state, CONSENT_STOPPED);
    assert_int_equal(all.items[0].stopped_at.us, world->scope.now.us);
    assert_int_equal(stop(world, second), CONSENT_ELSEWHERE);
    assert_int_equal(stop(world, (ConsentId){4711}), CONSENT_ELSEWHERE);

    world_wait(world, TIME_HOUR);
    ConsentId third;
    assert_int_equal(again(world, second, &third), CONSENT_DONE);
    assert_true(coordinators_read(world, request));
    assert_int_equal(again(world, (ConsentId){4711}, &third), CONSENT_ELSEWHERE);
}

static void test_its_last_day_ends_it(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    world_act_as(world, ana);
    RequestId request = world_ask(world, ana, REQUEST_FROM_FORM);
    const Consent consent = newest(world, ana);
    world->scope.now = time_before(consent.until_at, 1);
    assert_true(coordinators_read(world, request));
    world->scope.now = consent.until_at;
    assert_false(coordinators_read(world, request));
    assert_int_equal(newest(world, ana).state, CONSENT_EXPIRED);
    assert_int_equal(stop(world, consent.id), CONSENT_ELSEWHERE);
    ConsentId renewed;
    assert_int_equal(again(world, consent.id, &renewed), CONSENT_DONE);
    assert_true(coordinators_read(world, request));
}

static void test_a_person_is_shared_with_by_name(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    PersonId gloria = world_person(world, "gloria");
    world_act_as(world, ana);
    RequestId request = world_ask(world, ana, REQUEST_FROM_FORM);
    const ConsentId id = choose(world, request, ana, gloria);
    Consent consent;
    assert_true(consent_find(&world->scope, id, &consent));
    assert_words(consent.to_called, "gloria");
    assert_int_equal(consent.how, CONSENT_READ);
    assert_true(consent_shares(&world->scope, request, gloria, CONSENT_WORDS | CONSENT_REACH));
    assert_false(consent_shares(&world->scope, request, gloria, CONSENT_WORDS | CONSENT_NOTES));
    /* No walk and no question that waits: what it was given for is over, and cannot be given again. */
    assert_int_equal(consent.state, CONSENT_OVER);
    ConsentId other;
    assert_int_equal(again(world, id, &other), CONSENT_ELSEWHERE);
    /* Stopping one leaves the other. */
    assert_true(coordinators_read(world, request));

    world_act_as(world, world_person(world, "carla"));
    assert_true(consent_find(&world->scope, choose(world, request, ana, gloria), &consent));
    assert_int_equal(consent.how, CONSENT_SAID);
    assert_words(consent.witness_called, "carla");
}

static void test_a_request_that_goes_takes_its_consents(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    RequestId request = world_ask(world, ana, REQUEST_FROM_IMPORT);
    Tx *tx = world_begin(world);
    request_remove(tx, request);
    world_commit(tx);
    assert_int_equal(consent_list(&world->scope, ana).count, 0);
    assert_false(coordinators_read(world, request));
}

/* ---- sentences ---- */

static void test_sentences(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    world_act_as(world, ana);
    (void)world_ask(world, ana, REQUEST_FROM_FORM);
    Consent consent = newest(world, ana);
    assert_words(consent_to_words(&world->scope, &consent), "The people who coordinate River Families");
    assert_words(consent_until_words(&world->scope, &consent), "Until Mar 3, 2028");
    assert_words(consent_how_words(&world->scope, &consent), "I read it here on Mar 4, 2026, in English.");
    assert_int_equal(consent_item_words(&world->scope, consent.items).count, 6);
    assert_int_equal(consent_item_words(&world->scope, CONSENT_REACH).count, 1);
    consent.until_event = CONSENT_UNTIL_WALK_ENDS;
    assert_words(consent_until_words(&world->scope, &consent),
                 "Until we stop walking together, and Mar 3, 2028 at the latest");
    consent.how = CONSENT_SAID;
    assert_words(consent_how_words(&world->scope, &consent),
                 "somebody of the program wrote down on Mar 4, 2026 that I said yes.");
    consent.how = CONSENT_LISTED;
    assert_words(consent_how_words(&world->scope, &consent),
                 "It came with the program's own list on Mar 4, 2026. I have not read it here yet.");
    consent.to = CONSENT_TO_PERSON;
    consent.to_called = STR("gloria");
    assert_words(consent_to_words(&world->scope, &consent), "gloria");
    for (int purpose = CONSENT_FOR_FINDING; purpose <= CONSENT_FOR_MYSELF; purpose++) {
        assert_int_not_equal(consent_purpose_text((ConsentPurpose)purpose), TEXT_NONE);
    }
    for (int at = CONSENT_LIVING; at <= CONSENT_OVER; at++) {
        assert_int_not_equal(consent_state_text((ConsentState)at), TEXT_NONE);
    }
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_asking_is_a_consent),
        IN_A_WORLD(test_language_is_part_of_the_words),
        IN_A_WORLD(test_what_was_written_down_is_asked_again),
        IN_A_WORLD(test_stopping_holds_at_once_and_for_all_before),
        IN_A_WORLD(test_its_last_day_ends_it),
        IN_A_WORLD(test_a_person_is_shared_with_by_name),
        IN_A_WORLD(test_a_request_that_goes_takes_its_consents),
        IN_A_WORLD(test_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
