/* SPDX-License-Identifier: Apache-2.0 */
/* What follows when a person stops and starts sharing, and that no duty and no walk stands above it. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/sharing/sharing.h"
#include "test/database.h"
#include "test/feature_pair.h"

static RequestState request_state(World *world, RequestId id) {
    Request request;
    assert_true(request_find(&world->scope, id, &request));
    return request.state;
}

static MatchState match_state(World *world, MatchId id) {
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    return match.state;
}

/* The newest that this person gave to such a recipient. */
static ConsentId given_to(World *world, PersonId person, ConsentTo to) {
    const Consents all = consent_list(&world->scope, person);
    for (size_t at = 0; at < all.count; at++) {
        if (all.items[at].to == to) {
            return all.items[at].id;
        }
    }
    fail_msg("no consent of this kind");
    return (ConsentId){0};
}

static ConsentResult stop(World *world, PersonId person, ConsentTo to) {
    world_act_as(world, person);
    world_wait(world, TIME_MINUTE);
    Tx *tx = world_begin(world);
    const ConsentResult result = sharing_stop(&world->scope, tx, given_to(world, person, to));
    world_commit(tx);
    return result;
}

static ConsentResult start(World *world, PersonId person, ConsentTo to) {
    world_act_as(world, person);
    world_wait(world, TIME_MINUTE);
    Tx *tx = world_begin(world);
    ConsentId given;
    const ConsentResult result = sharing_start(&world->scope, tx, given_to(world, person, to), &given);
    world_commit(tx);
    return result;
}

static bool may(World *world, PersonId person, AccessAction action, int64_t object) {
    world_act_as(world, person);
    return access_may(&world->scope, action, object);
}

static void coordinate(World *world, PersonId person) {
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, person, DUTY_COORDINATOR);
    world_commit(tx);
}

static void test_a_request_rests_and_goes_on(void **state) {
    World *world = *state;
    PersonId carla = world_person(world, "carla");
    coordinate(world, carla);
    RequestId request = world_request(world, "ana", "Not going to school");
    Request found;
    assert_true(request_find(&world->scope, request, &found));
    assert_true(may(world, carla, ACCESS_REQUEST_WORK, request.value));
    assert_int_equal(stop(world, found.person, CONSENT_TO_COORDINATORS), CONSENT_DONE);
    assert_int_equal(request_state(world, request), REQUEST_PAUSED);
    assert_false(may(world, carla, ACCESS_REQUEST_WORK, request.value));
    assert_false(may(world, carla, ACCESS_REQUEST_READ, request.value));
    assert_true(may(world, found.person, ACCESS_REQUEST_READ, request.value));
    assert_int_equal(stop(world, found.person, CONSENT_TO_COORDINATORS), CONSENT_ELSEWHERE);
    assert_int_equal(start(world, found.person, CONSENT_TO_COORDINATORS), CONSENT_DONE);
    assert_int_equal(request_state(world, request), REQUEST_NEW);
    assert_true(may(world, carla, ACCESS_REQUEST_WORK, request.value));
}

static void test_reading_once_more_wakes_nothing(void **state) {
    World *world = *state;
    RequestId request = world_request(world, "ana", "Not going to school");
    Request found;
    assert_true(request_find(&world->scope, request, &found));
    Tx *tx = world_begin_as(world, found.person);
    assert_int_equal(request_pause(&world->scope, tx, request), REQUEST_DONE);
    world_commit(tx);
    assert_int_equal(start(world, found.person, CONSENT_TO_COORDINATORS), CONSENT_DONE);
    assert_int_equal(request_state(world, request), REQUEST_PAUSED);
}

static void test_a_walk_pauses_and_goes_on(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    coordinate(world, pair.coordinator);
    assert_true(may(world, pair.giver, ACCESS_MATCH_READ, match.value));
    assert_int_equal(stop(world, pair.receiver, CONSENT_TO_PERSON), CONSENT_DONE);
    assert_int_equal(match_state(world, match), MATCH_PAUSED);
    assert_false(may(world, pair.giver, ACCESS_MATCH_READ, match.value));
    assert_false(may(world, pair.giver, ACCESS_MATCH_CHANGE, match.value));
    assert_false(may(world, pair.giver, ACCESS_CONTACT_ADD, match.value));
    assert_true(may(world, pair.receiver, ACCESS_MATCH_READ, match.value));
    assert_true(may(world, pair.coordinator, ACCESS_MATCH_READ, match.value));
    assert_int_equal(start(world, pair.receiver, CONSENT_TO_PERSON), CONSENT_DONE);
    assert_int_equal(match_state(world, match), MATCH_NEW);
    assert_true(may(world, pair.giver, ACCESS_CONTACT_ADD, match.value));
}

static void test_a_walk_goes_on_without_the_coordinators(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    coordinate(world, pair.coordinator);
    assert_int_equal(stop(world, pair.receiver, CONSENT_TO_COORDINATORS), CONSENT_DONE);
    assert_int_equal(request_state(world, pair.request), REQUEST_MATCHED);
    assert_int_equal(match_state(world, match), MATCH_NEW);
    assert_false(may(world, pair.coordinator, ACCESS_MATCH_READ, match.value));
    assert_false(may(world, pair.coordinator, ACCESS_REQUEST_WORK, pair.request.value));
    assert_true(may(world, pair.giver, ACCESS_CONTACT_ADD, match.value));
}

/* Its last day may be two years away: whoever gave it takes it back, as anything else. */
static void test_what_ended_with_a_walk_can_be_stopped(void **state) {
    World *world = *state;
    Pair pair;
    MatchId match = world_match(world, &pair);
    Tx *tx = world_begin_as(world, pair.receiver);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    Consent consent;
    assert_true(consent_find(&world->scope, given_to(world, pair.receiver, CONSENT_TO_PERSON), &consent));
    assert_int_equal(consent.state, CONSENT_OVER);
    assert_true(consent_shares(&world->scope, pair.request, pair.giver, CONSENT_WORDS));
    assert_false(may(world, pair.giver, ACCESS_CONSENT_CHANGE, consent.id.value));
    assert_int_equal(stop(world, pair.receiver, CONSENT_TO_PERSON), CONSENT_DONE);
    assert_false(consent_shares(&world->scope, pair.request, pair.giver, CONSENT_WORDS));
    assert_true(consent_find(&world->scope, consent.id, &consent));
    assert_int_equal(consent.state, CONSENT_STOPPED);
    assert_int_equal(match_state(world, match), MATCH_ENDED);
    assert_int_equal(stop(world, pair.receiver, CONSENT_TO_PERSON), CONSENT_ELSEWHERE);
    assert_int_equal(start(world, pair.receiver, CONSENT_TO_PERSON), CONSENT_ELSEWHERE);
}

static void test_a_question_is_taken_back(void **state) {
    World *world = *state;
    Pair pair = world_pair(world, world_person(world, "ana"), world_person(world, "gloria"));
    assert_true(may(world, pair.giver, ACCESS_INVITATION_READ, pair.invitation.value));
    assert_int_equal(stop(world, pair.receiver, CONSENT_TO_PERSON), CONSENT_DONE);
    assert_int_equal(request_state(world, pair.request), REQUEST_LISTED);
    assert_false(may(world, pair.giver, ACCESS_INVITATION_READ, pair.invitation.value));
    /* There is nothing left to share it for. */
    assert_int_equal(start(world, pair.receiver, CONSENT_TO_PERSON), CONSENT_ELSEWHERE);
}

static void test_both_at_once(void **state) {
    World *world = *state;
    Pair pair = world_pair(world, world_person(world, "ana"), world_person(world, "gloria"));
    assert_int_equal(stop(world, pair.receiver, CONSENT_TO_COORDINATORS), CONSENT_DONE);
    assert_int_equal(request_state(world, pair.request), REQUEST_PAUSED);
    assert_false(may(world, pair.giver, ACCESS_INVITATION_ANSWER, pair.invitation.value));
    Tx *tx = world_begin_as(world, pair.receiver);
    ConsentId given;
    assert_int_equal(sharing_stop(&world->scope, tx, (ConsentId){4711}), CONSENT_ELSEWHERE);
    assert_int_equal(sharing_start(&world->scope, tx, (ConsentId){4711}, &given), CONSENT_ELSEWHERE);
    world_commit(tx);
}

static Consent newest_of(World *world, PersonId person, ConsentTo to) {
    Consent consent;
    assert_true(consent_find(&world->scope, given_to(world, person, to), &consent));
    return consent;
}

/* A month before it ends the person is told, once and however many end; one tap and it goes on with the same
 * items. After the end nothing is shared by what was not renewed. */
static void test_what_ends_is_told_and_renewed(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    coordinate(world, pair.coordinator);
    const Consent first = newest_of(world, pair.receiver, CONSENT_TO_COORDINATORS);
    assert_false(consent_is_ending(&world->scope, &first));
    assert_int_equal(world_told_of_ends(world), 0);
    world_wait(world, time_between(world->scope.now, first.until_at) - CONSENT_WARNED - TIME_HOUR);
    assert_int_equal(world_told_of_ends(world), 0);
    world_wait(world, 2 * TIME_HOUR);
    assert_int_equal(world_told_of_ends(world), 1);
    assert_int_equal(world_told_of_ends(world), 0);
    const Consent ending = newest_of(world, pair.receiver, CONSENT_TO_COORDINATORS);
    assert_true(consent_is_ending(&world->scope, &ending));
    assert_int_equal(start(world, pair.receiver, CONSENT_TO_COORDINATORS), CONSENT_DONE);
    const Consent renewed = newest_of(world, pair.receiver, CONSENT_TO_COORDINATORS);
    assert_false(consent_id_equal(renewed.id, first.id));
    assert_int_equal(renewed.items, first.items);
    assert_false(consent_is_ending(&world->scope, &renewed));
    world_wait(world, CONSENT_WARNED);
    assert_true(may(world, pair.coordinator, ACCESS_REQUEST_WORK, pair.request.value));
    assert_false(may(world, pair.giver, ACCESS_MATCH_READ, match.value));
    assert_int_equal(newest_of(world, pair.receiver, CONSENT_TO_PERSON).state, CONSENT_EXPIRED);
}

/* Giving is seen in the person's own slice of the audit, also where it was asking and choosing. */
static void test_giving_leaves_a_row(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    const Str given = test_database_rows(
        world->db, world->arena,
        "SELECT COUNT(*) FROM audit a JOIN person p ON p.id = a.subject JOIN consent c ON c.id = a.object_id "
        "AND c.person = p.id WHERE a.action = 'consent_given' AND a.object = 'consent' AND p.called = 'ana'");
    assert_words(given, "2|\n");
}

/* A consent is nobody's business but its person's. */
static void test_only_its_person_switches(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    coordinate(world, pair.coordinator);
    const ConsentId consent = given_to(world, pair.receiver, CONSENT_TO_PERSON);
    assert_true(may(world, pair.receiver, ACCESS_CONSENT_CHANGE, consent.value));
    assert_false(may(world, pair.giver, ACCESS_CONSENT_CHANGE, consent.value));
    assert_false(may(world, pair.coordinator, ACCESS_CONSENT_CHANGE, consent.value));
    assert_false(may(world, pair.coordinator, ACCESS_CONSENT_READ, consent.value));
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_a_request_rests_and_goes_on),
        IN_A_WORLD(test_reading_once_more_wakes_nothing),
        IN_A_WORLD(test_a_walk_pauses_and_goes_on),
        IN_A_WORLD(test_a_walk_goes_on_without_the_coordinators),
        IN_A_WORLD(test_what_ended_with_a_walk_can_be_stopped),
        IN_A_WORLD(test_a_question_is_taken_back),
        IN_A_WORLD(test_both_at_once),
        IN_A_WORLD(test_what_ends_is_told_and_renewed),
        IN_A_WORLD(test_giving_leaves_a_row),
        IN_A_WORLD(test_only_its_person_switches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
