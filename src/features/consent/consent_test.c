/* SPDX-License-Identifier: Apache-2.0 */
/* Consents of every shape that the ledger can hold: which are in force, what stopping and giving again does
 * with them, and how they are told. */
#include "test/unit.h"

#include "features/consent/consent.h"
#include "test/database.h"
#include "test/feature_pair.h"

/* Ana asked, so there is one of hers; she acts. */
static ConsentId asked(World *world, RequestId *ret_request) {
    *ret_request = world_request(world, "ana", "Not going to school");
    PersonId person = {0};
    const Str rows =
        test_database_rows(world->db, world->arena, "SELECT id FROM person WHERE called = 'ana'");
    assert_true(str_to_int(str_part(rows, 0, rows.length - 2), 1, INT64_MAX, &person.value));
    const Consents all = consent_list(&world->scope, person);
    assert_int_equal(all.count, 1);
    world_act_as(world, person);
    return all.items[0].id;
}

static void change(World *world, const char *sql) {
    Tx *tx = world_begin(world);
    test_database_run(world->db, sql);
    world_commit(tx);
}

static Consent find(World *world, ConsentId id) {
    Consent consent = {0};
    assert_true(consent_find(&world->scope, id, &consent));
    return consent;
}

static ConsentResult stop(World *world, ConsentId id) {
    Tx *tx = world_begin(world);
    const ConsentResult result = consent_stop(&world->scope, tx, id);
    world_commit(tx);
    return result;
}

static ConsentResult give_again(World *world, ConsentId id) {
    Tx *tx = world_begin(world);
    ConsentId given = {0};
    const ConsentResult result = consent_give_again(&world->scope, tx, id, &given);
    world_commit(tx);
    return result;
}

/* Read here, and a signature is missing: nothing may be shared by it yet; stopping it is possible. */
static void test_two_signatures_are_two(void **state) {
    World *world = *state;
    RequestId request;
    const ConsentId id = asked(world, &request);
    change(world, "UPDATE consent SET how = 1, signs = 3");
    change(world, "INSERT INTO consent_signature (consent, side, person, at) "
                  "SELECT id, 1, person, given_at FROM consent WHERE TRUE ON CONFLICT DO NOTHING");
    assert_int_equal(find(world, id).state, CONSENT_PENDING);
    change(world, "INSERT INTO consent_signature (consent, side, person, at) "
                  "SELECT id, 2, person, given_at FROM consent");
    assert_int_equal(find(world, id).state, CONSENT_LIVING);
    assert_int_equal(consent_signatures(&world->scope, id).count, 2);
    change(world, "DELETE FROM consent_signature WHERE side = 2");
    assert_int_equal(stop(world, id), CONSENT_DONE);
    assert_int_equal(find(world, id).state, CONSENT_STOPPED);
    assert_int_equal(stop(world, id), CONSENT_ELSEWHERE);
}

static void test_one_signature_is_missing(void **state) {
    World *world = *state;
    RequestId request;
    const ConsentId id = asked(world, &request);
    change(world, "UPDATE consent SET how = 1, signs = 1");
    change(world, "DELETE FROM consent_signature");
    assert_int_equal(find(world, id).state, CONSENT_PENDING);
    /* What was said on the phone is signed by nobody, and holds until it is asked again. */
    change(world, "UPDATE consent SET how = 2");
    assert_int_equal(find(world, id).state, CONSENT_LIVING);
}

/* Ana's asking as a young person's: both sign, and only she has. */
static ConsentId waits_for_a_parent(World *world, RequestId *ret_request) {
    const ConsentId id = asked(world, ret_request);
    change(world, "UPDATE consent SET how = 1, signs = 3");
    change(world, "INSERT INTO consent_signature (consent, side, person, at) "
                  "SELECT id, 1, person, given_at FROM consent WHERE TRUE ON CONFLICT DO NOTHING");
    change(world, "DELETE FROM sharing");
    assert_int_equal(find(world, id).state, CONSENT_PENDING);
    return id;
}

static bool sign_as_parent(World *world, ConsentId id) {
    const PersonId parent = world_person(world, "pat");
    Tx *tx = world_begin(world);
    const bool holds = consent_sign_as_parent(&world->scope, tx, id, parent);
    world_commit(tx);
    return holds;
}

static void test_a_signature_after_the_stop_opens_nothing(void **state) {
    World *world = *state;
    RequestId request;
    const ConsentId id = waits_for_a_parent(world, &request);
    assert_int_equal(stop(world, id), CONSENT_DONE);
    assert_false(sign_as_parent(world, id));
    assert_int_equal(find(world, id).state, CONSENT_STOPPED);
    assert_false(consent_shares(&world->scope, request, (PersonId){0}, CONSENT_WORDS));
}

/* What an organization is given, or what is about no request, holds with the last signature, and opens
 * nothing to those who coordinate. */
static void test_a_signature_opens_what_was_signed_and_no_more(void **state) {
    World *world = *state;
    RequestId request;
    const ConsentId id = waits_for_a_parent(world, &request);
    change(world, "UPDATE consent SET to_kind = 3");
    assert_true(sign_as_parent(world, id));
    assert_int_equal(find(world, id).state, CONSENT_LIVING);
    assert_false(consent_shares(&world->scope, request, (PersonId){0}, CONSENT_WORDS));
    change(world, "UPDATE consent SET to_kind = 1, request = NULL");
    assert_true(sign_as_parent(world, id));
    assert_false(consent_shares(&world->scope, request, (PersonId){0}, CONSENT_WORDS));
}

/* About all that a program keeps: there is no request whose sharing would end with it. */
static void test_a_consent_about_no_request(void **state) {
    World *world = *state;
    RequestId request;
    const ConsentId id = asked(world, &request);
    change(world, "UPDATE consent SET request = NULL");
    assert_int_equal(stop(world, id), CONSENT_DONE);
    assert_true(consent_shares(&world->scope, request, (PersonId){0}, CONSENT_WORDS));
}

/* Its words name a purpose and a day of their own: it is not given again by a tap. */
static void test_an_organization_is_asked_anew(void **state) {
    World *world = *state;
    RequestId request;
    const ConsentId id = asked(world, &request);
    change(world, "UPDATE consent SET to_kind = 3, text = NULL");
    assert_int_equal(give_again(world, id), CONSENT_ELSEWHERE);
    const Consent consent = find(world, id);
    assert_int_equal(consent.words.length, 0);
    assert_false(str_is_none(consent.words));
    assert_int_equal(consent.text_hash.length, 64);
}

/* Stopping what an organization is given takes nothing from those who coordinate. */
static void test_an_organization_stands_alone(void **state) {
    World *world = *state;
    RequestId request;
    const ConsentId id = asked(world, &request);
    change(world,
           "INSERT INTO consent (id, person, program, request, items, to_kind, purpose, until_event, "
           "until_at, how, "
           "lang, text, text_hash, signs, given_at) SELECT 4712, person, program, request, items, 3, 3, 1, "
           "until_at, 2, lang, text, text_hash, 1, given_at FROM consent");
    assert_int_equal(find(world, (ConsentId){4712}).state, CONSENT_LIVING);
    assert_int_equal(stop(world, (ConsentId){4712}), CONSENT_DONE);
    assert_int_equal(find(world, (ConsentId){4712}).state, CONSENT_STOPPED);
    assert_int_equal(find(world, id).state, CONSENT_LIVING);
    assert_true(consent_shares(&world->scope, request, (PersonId){0}, CONSENT_WORDS));
}

/* The person of the request chooses gloria. */
static ConsentId choose(World *world, PersonId person, RequestId request, PersonId gloria, unsigned items) {
    Tx *tx = world_begin(world);
    const ConsentId id = consent_on_choosing(&world->scope, tx,
                                             &(ConsentChoosing){.program = world->program,
                                                                .person = person,
                                                                .request = request,
                                                                .items = items,
                                                                .to = gloria,
                                                                .to_called = STR("gloria")});
    world_commit(tx);
    return id;
}

/* To those who coordinate it names the program, to somebody chosen that person's own name, and to nobody else
 * anything. */
static void test_its_scope_is_said_while_it_is_shared(void **state) {
    World *world = *state;
    RequestId request;
    const ConsentId id = asked(world, &request);
    const PersonId gloria = world_person(world, "gloria");
    assert_int_equal(consent_items_shared(&world->scope, request, gloria), 0);
    assert_true(str_is_empty(consent_scope_words(&world->scope, request, gloria)));
    (void)choose(world, find(world, id).person, request, gloria, 0);
    assert_true(str_contains(consent_scope_words(&world->scope, request, gloria), STR("gloria")));
    const Str to_coordinators = consent_scope_words(&world->scope, request, (PersonId){0});
    assert_true(str_contains(to_coordinators, STR("River Families")));
    assert_false(str_contains(to_coordinators, STR("gloria")));
    assert_int_equal(stop(world, id), CONSENT_DONE);
    assert_true(str_is_empty(consent_scope_words(&world->scope, request, (PersonId){0})));
    assert_false(consent_find(&world->scope, (ConsentId){4711}, &(Consent){0}));
    assert_int_equal(give_again(world, (ConsentId){4711}), CONSENT_ELSEWHERE);
    assert_int_equal(stop(world, (ConsentId){4711}), CONSENT_ELSEWHERE);
}

/* With nobody signed in it is the person, who reads it here; with somebody else, it was said to them. */
static void test_who_says_yes(void **state) {
    World *world = *state;
    RequestId request;
    const Consent first = find(world, asked(world, &request));
    const PersonId gloria = world_person(world, "gloria");
    const PersonId kim = world_person(world, "kim");
    const PersonId acting[] = {{0}, first.person, kim};
    static const ConsentHow hows[] = {CONSENT_READ, CONSENT_READ, CONSENT_SAID};
    for (size_t at = 0; at < sizeof acting / sizeof acting[0]; at++) {
        world_act_as(world, acting[at]);
        assert_int_equal(find(world, choose(world, first.person, request, gloria, 0)).how, hows[at]);
    }
}

/* ---- item by item ---- */

static ConsentResult give_items(World *world, ConsentId id, unsigned items, ConsentId *ret_consent) {
    world_wait(world, TIME_MINUTE);
    Tx *tx = world_begin(world);
    const ConsentResult result = consent_give_items(&world->scope, tx, id, items, ret_consent);
    world_commit(tx);
    return result;
}

/* A narrower one holds in the old one's place and is said so; each item is asked for by itself. */
static void test_narrowing_replaces(void **state) {
    World *world = *state;
    RequestId request;
    const PersonId nobody = {0};
    const ConsentId all = asked(world, &request);
    ConsentId id = all;
    assert_true(consent_shares(&world->scope, request, nobody, CONSENT_NOTES | CONSENT_REACH));
    assert_int_equal(give_items(world, all, CONSENT_REACH, &id), CONSENT_DONE);
    assert_int_equal(find(world, all).state, CONSENT_REPLACED);
    const Consent narrow = find(world, id);
    assert_int_equal(narrow.state, CONSENT_LIVING);
    assert_int_equal(narrow.items, CONSENT_NEEDED | CONSENT_REACH);
    assert_true(str_contains(narrow.words, STR("Ways to reach me, and what is safe.")));
    assert_false(str_contains(narrow.words, STR("what they and I write down")));
    /* These are the words that stand before the tap, too. */
    assert_true(str_equal(consent_words_of(&world->scope, &narrow, narrow.items), narrow.words));
    assert_true(str_equal(consent_words_again(&world->scope, &narrow), narrow.words));
    assert_false(str_equal(consent_words_of(&world->scope, &narrow, 0), narrow.words));
    assert_true(consent_shares(&world->scope, request, nobody, CONSENT_WORDS | CONSENT_REACH));
    assert_false(consent_shares(&world->scope, request, nobody, CONSENT_NOTES));
    assert_int_equal(give_items(world, all, CONSENT_NOTES, &id), CONSENT_ELSEWHERE);
    assert_int_equal(give_items(world, (ConsentId){4711}, CONSENT_NOTES, &id), CONSENT_ELSEWHERE);
    /* Started again after a stop it carries what it carried, and no more. */
    assert_int_equal(stop(world, id), CONSENT_DONE);
    assert_int_equal(give_items(world, id, CONSENT_NOTES, &id), CONSENT_ELSEWHERE);
    assert_int_equal(give_again(world, id), CONSENT_DONE);
    assert_true(consent_shares(&world->scope, request, nobody, CONSENT_REACH));
    assert_false(consent_shares(&world->scope, request, nobody, CONSENT_NOTES));
}

/* A page that was open meanwhile shows the old one: the switch on it works. */
static void test_stopping_what_was_replaced_stops_all(void **state) {
    World *world = *state;
    RequestId request;
    const ConsentId all = asked(world, &request);
    ConsentId id = all;
    assert_int_equal(give_items(world, all, 0, &id), CONSENT_DONE);
    assert_int_equal(find(world, id).items, CONSENT_NEEDED);
    assert_int_equal(stop(world, all), CONSENT_DONE);
    assert_int_equal(find(world, id).state, CONSENT_STOPPED);
    assert_false(consent_shares(&world->scope, request, (PersonId){0}, CONSENT_WORDS));
}

/* Ways to reach somebody are given to whom they are shared with, and to nobody else. */
static void test_reach_is_an_item(void **state) {
    World *world = *state;
    RequestId request;
    const ConsentId all = asked(world, &request);
    const PersonId ana = find(world, all).person;
    ConsentId id = all;
    assert_true(consent_reach(&world->scope, request, ana, (PersonId){0}).count > 0);
    assert_int_equal(consent_reach(&world->scope, request, ana, world_person(world, "gloria")).count, 0);
    assert_int_equal(give_items(world, all, CONSENT_NOTES, &id), CONSENT_DONE);
    assert_int_equal(consent_reach(&world->scope, request, ana, (PersonId){0}).count, 0);
}

/* To a supporter there is less to give; what is not offered is never in it. */
static void test_a_supporter_is_given_less(void **state) {
    World *world = *state;
    RequestId request;
    const PersonId ana = find(world, asked(world, &request)).person;
    const PersonId gloria = world_person(world, "gloria");
    const Consent consent =
        find(world, choose(world, ana, request, gloria, CONSENT_NOTES | CONSENT_CONTACTS));
    assert_int_equal(consent.items, CONSENT_NEEDED | CONSENT_CONTACTS);
    const Str words = consent_words_of(&world->scope, &consent, consent.items);
    assert_true(str_equal(words, consent.words));
    assert_false(str_equal(words, consent_words_of(&world->scope, &consent, 0)));
}

/* One that waits for a signature can be narrowed too, and still waits. */
static void test_what_waits_is_narrowed(void **state) {
    World *world = *state;
    RequestId request;
    const ConsentId all = asked(world, &request);
    ConsentId id = all;
    change(world, "UPDATE consent SET how = 1, signs = 3");
    assert_int_equal(find(world, all).state, CONSENT_PENDING);
    assert_false(consent_is_ending(&world->scope, &(Consent){.state = CONSENT_PENDING}));
    assert_int_equal(give_items(world, all, CONSENT_REACH, &id), CONSENT_DONE);
    assert_int_equal(find(world, id).items, CONSENT_NEEDED | CONSENT_REACH);
}

/* ---- in sentences ---- */

static void test_every_value_has_its_words(void **state) {
    World *world = *state;
    RequestId request;
    Consent consent = find(world, asked(world, &request));
    for (unsigned at = 0; at < CONSENT_ITEMS; at++) {
        const ConsentItem item = (ConsentItem)(1U << at);
        assert_int_not_equal(consent_item_text(item), TEXT_NONE);
        /* What can be left out says what that means; what is needed cannot be. */
        const unsigned within =
            consent_items_offered(CONSENT_TO_COORDINATORS) | consent_items_offered(CONSENT_TO_BACKUP);
        const unsigned may_lack = within & ~(unsigned)CONSENT_NEEDED;
        const bool is_left_out = (may_lack & item) != 0;
        assert_int_equal(is_left_out, consent_item_without(item) != TEXT_NONE);
        /* On paper it is said what comes with these, and the others say it all by their name. */
        const unsigned comes_with = CONSENT_WORDS | CONSENT_REACH | CONSENT_NOTES | CONSENT_SUBSTANCE;
        const bool is_explained = (comes_with & item) != 0;
        assert_int_equal(is_explained, consent_item_on_paper(item) != TEXT_NONE);
    }
    for (int at = CONSENT_FOR_FINDING; at <= CONSENT_FOR_BACKING; at++) {
        assert_int_not_equal(consent_purpose_text((ConsentPurpose)at), TEXT_NONE);
    }
    for (int at = CONSENT_LIVING; at <= CONSENT_REPLACED; at++) {
        assert_int_not_equal(consent_state_text((ConsentState)at), TEXT_NONE);
    }
    for (int at = CONSENT_UNTIL_DAY; at <= CONSENT_UNTIL_WALK_ENDS; at++) {
        consent.until_event = (ConsentUntil)at;
        assert_true(consent_until_words(&world->scope, &consent).length > 10);
    }
    consent.witness_called = STR_NONE;
    Str of_nobody = STR_NONE;
    for (int at = CONSENT_READ; at <= CONSENT_LISTED; at++) {
        consent.how = (ConsentHow)at;
        const Str words = consent_how_words(&world->scope, &consent);
        assert_true(words.length > 10);
        of_nobody = consent.how == CONSENT_SAID ? words : of_nobody;
    }
    consent.how = CONSENT_SAID;
    consent.witness_called = STR("Carla");
    assert_true(str_contains(consent_how_words(&world->scope, &consent), STR("Carla")));
    assert_false(str_contains(of_nobody, STR("Carla")));
    assert_int_equal(consent_item_words(&world->scope, CONSENT_NAME | CONSENT_NOTES).count, 2);
    assert_true(str_contains(consent_to_words(&world->scope, &consent), STR("River Families")));
    consent.to = CONSENT_TO_ORGANIZATION;
    consent.to_called = STR("Hill Clinic");
    assert_words(consent_to_words(&world->scope, &consent), "Hill Clinic");
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_two_signatures_are_two),
        IN_A_WORLD(test_one_signature_is_missing),
        IN_A_WORLD(test_a_signature_after_the_stop_opens_nothing),
        IN_A_WORLD(test_a_signature_opens_what_was_signed_and_no_more),
        IN_A_WORLD(test_a_consent_about_no_request),
        IN_A_WORLD(test_an_organization_is_asked_anew),
        IN_A_WORLD(test_an_organization_stands_alone),
        IN_A_WORLD(test_its_scope_is_said_while_it_is_shared),
        IN_A_WORLD(test_who_says_yes),
        IN_A_WORLD(test_narrowing_replaces),
        IN_A_WORLD(test_stopping_what_was_replaced_stops_all),
        IN_A_WORLD(test_reach_is_an_item),
        IN_A_WORLD(test_a_supporter_is_given_less),
        IN_A_WORLD(test_what_waits_is_narrowed),
        IN_A_WORLD(test_every_value_has_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
