/* SPDX-License-Identifier: Apache-2.0 */
/* Walking together: beginning, agreeing, pausing, changing, ending, and what follows for request, offer,
 * check-ins. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/match/match.h"
#include "test/feature_pair.h"

static RequestState request_state(World *world, RequestId id) {
    Request request;
    assert_true(request_find(&world->scope, id, &request));
    return request.state;
}

static Match match_of(World *world, MatchId id) {
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    return match;
}

static int64_t load_of(World *world, OfferId id) {
    Offer offer;
    assert_true(offer_find(&world->scope, id, &offer));
    return offer.load;
}

typedef MatchResult Step(Scope *scope, Tx *tx, MatchId id);

static MatchResult take(World *world, PersonId actor, Step *step, MatchId id) {
    Tx *tx = world_begin_as(world, actor);
    MatchResult result = step(&world->scope, tx, id);
    world_commit(tx);
    return result;
}

static MatchResult end(World *world, PersonId actor, MatchId id, MatchEnding ending) {
    Tx *tx = world_begin_as(world, actor);
    MatchResult result = match_end(&world->scope, tx, id, ending);
    world_commit(tx);
    return result;
}

static void reach(World *world, MatchId id, Time at) {
    Tx *tx = world_begin(world);
    match_reached(&world->scope, tx, id, at);
    world_commit(tx);
}

/* ---- beginning ---- */

static void test_begins_with_a_yes(void **state) {
    World *world = *state;
    Pair pair;
    MatchId id = world_match(world, &pair);
    Match match = match_of(world, id);
    assert_int_equal(match.state, MATCH_NEW);
    assert_words(match.receiver_called, "ana");
    assert_words(match.giver_called, "gloria");
    assert_int_equal(match.due_at.us, time_after(world->scope.now, 24 * TIME_HOUR).us);
    assert_int_equal(match_alarm_at(&world->scope, &match).us,
                     time_after(world->scope.now, 72 * TIME_HOUR).us);
    assert_int_equal(request_state(world, pair.request), REQUEST_MATCHED);
    assert_int_equal(load_of(world, pair.offer), 1);

    Tx *tx = world_begin(world);
    MatchId second;
    assert_int_equal(match_accept(&world->scope, tx, pair.invitation, &second), INVITATION_OVER);
    world_commit(tx);
    assert_int_equal(load_of(world, pair.offer), 1);
}

static void test_declined(void **state) {
    World *world = *state;
    Pair pair = world_pair(world, world_person(world, "ana"), world_person(world, "gloria"));
    assert_int_equal(load_of(world, pair.offer), 1); /* the waiting invitation */
    Tx *tx = world_begin_as(world, pair.giver);
    assert_int_equal(invitation_answer(&world->scope, tx, pair.invitation, INVITATION_DECLINED, STR("")),
                     INVITATION_DONE);
    MatchId match;
    assert_int_equal(match_accept(&world->scope, tx, pair.invitation, &match), INVITATION_OVER);
    world_commit(tx);
    assert_int_equal(load_of(world, pair.offer), 0);
    assert_int_not_equal(request_state(world, pair.request), REQUEST_MATCHED);
}

static void test_both_agree(void **state) {
    World *world = *state;
    Pair pair;
    MatchId id = world_match(world, &pair);
    Tx *tx = world_begin(world);
    assert_int_equal(match_agree(&world->scope, tx, id), MATCH_DONE);
    Match match = match_of(world, id);
    assert_int_equal(match.giver_agreed_at.us, world->scope.now.us);
    assert_true(time_is_none(match.receiver_agreed_at));
    world_wait(world, TIME_DAY);
    assert_int_equal(match_agree(&world->scope, tx, id), MATCH_DONE);
    assert_int_equal(match_of(world, id).giver_agreed_at.us, match.giver_agreed_at.us);
    world_act_as(world, pair.receiver);
    assert_int_equal(match_agree(&world->scope, tx, id), MATCH_DONE);
    assert_int_equal(match_of(world, id).receiver_agreed_at.us, world->scope.now.us);
    world_act_as(world, pair.coordinator);
    assert_int_equal(match_agree(&world->scope, tx, id), MATCH_ELSEWHERE);
    world_commit(tx);
}

/* ---- walking and resting ---- */

static void test_first_contact_and_rhythm(void **state) {
    World *world = *state;
    Pair pair;
    MatchId id = world_match(world, &pair);
    Time began = world->scope.now;
    world_wait(world, 3 * TIME_DAY);
    reach(world, id, world->scope.now);
    Match match = match_of(world, id);
    assert_int_equal(match.state, MATCH_WALKING);
    assert_int_equal(match.first_contact_at.us, world->scope.now.us);
    Time due = program_due(&world->scope, world->program, CLOCK_RHYTHM, world->scope.now);
    assert_int_equal(match.due_at.us, due.us);
    /* One written down late lies before it: the first contact moves, what is hoped for next does not. */
    reach(world, id, time_after(began, TIME_DAY));
    match = match_of(world, id);
    assert_int_equal(match.first_contact_at.us, time_after(began, TIME_DAY).us);
    assert_int_equal(match.due_at.us, due.us);
    assert_int_equal(match.state_at.us, world->scope.now.us);
}

static void test_pause_and_come_back(void **state) {
    World *world = *state;
    Pair pair;
    MatchId id = world_match(world, &pair);
    assert_int_equal(take(world, pair.receiver, match_come_back, id), MATCH_ELSEWHERE);
    assert_int_equal(take(world, pair.receiver, match_pause, id), MATCH_DONE);
    assert_int_equal(take(world, pair.giver, match_pause, id), MATCH_ELSEWHERE);
    world_wait(world, 5 * TIME_DAY);
    assert_int_equal(take(world, pair.giver, match_come_back, id), MATCH_DONE);
    Match match = match_of(world, id);
    assert_int_equal(match.state, MATCH_NEW);
    assert_int_equal(match.due_at.us, time_after(world->scope.now, 24 * TIME_HOUR).us);
    reach(world, id, world->scope.now);
    assert_int_equal(take(world, pair.giver, match_pause, id), MATCH_DONE);
    world_wait(world, TIME_DAY);
    reach(world, id, world->scope.now); /* a chat while resting does not end the rest */
    assert_int_equal(match_of(world, id).state, MATCH_PAUSED);
    assert_int_equal(take(world, pair.receiver, match_come_back, id), MATCH_DONE);
    assert_int_equal(match_of(world, id).state, MATCH_WALKING);
    assert_int_equal(load_of(world, pair.offer), 1);
}

/* ---- ending ---- */

static void test_receiver_ends(void **state) {
    World *world = *state;
    Pair pair;
    MatchId id = world_match(world, &pair);
    assert_int_equal(end(world, pair.receiver, id, MATCH_END_FOR_NOW), MATCH_DONE);
    assert_int_equal(end(world, pair.receiver, id, MATCH_END_FOR_NOW), MATCH_ELSEWHERE);
    Match match = match_of(world, id);
    assert_int_equal(match.state, MATCH_ENDED);
    assert_int_equal(match.ended_at.us, world->scope.now.us);
    assert_int_equal(request_state(world, pair.request), REQUEST_ENDED);
    assert_int_equal(load_of(world, pair.offer), 0);
    assert_int_equal(take(world, pair.receiver, match_pause, id), MATCH_ELSEWHERE);
    assert_int_equal(take(world, pair.receiver, match_come_back, id), MATCH_ELSEWHERE);
    reach(world, id, world->scope.now);
    assert_true(time_is_none(match_of(world, id).first_contact_at));

    /* What was written follows the person; the other side has no more business there. */
    assert_true(access_may(&world->scope, ACCESS_MATCH_READ, id.value));
    world_act_as(world, pair.giver);
    assert_false(access_may(&world->scope, ACCESS_MATCH_READ, id.value));
    assert_false(access_may(&world->scope, ACCESS_CONTACT_ADD, id.value));

    Tx *tx = world_begin_as(world, pair.receiver);
    assert_int_equal(request_reopen(&world->scope, tx, pair.request), REQUEST_DONE);
    world_commit(tx);
}

static void test_change_of_person(void **state) {
    World *world = *state;
    Pair pair;
    MatchId id = world_match(world, &pair);
    OfferId other = world_offer(world, world_person(world, "hector"));
    world_wait(world, TIME_DAY);
    assert_int_equal(end(world, pair.receiver, id, MATCH_END_ANOTHER_PERSON), MATCH_DONE);
    assert_int_equal(request_state(world, pair.request), REQUEST_TAKEN);
    InvitationId invitation = world_invite(world, pair.request, other, pair.coordinator);
    Invitation row;
    assert_true(invitation_find(&world->scope, invitation, &row));
    Tx *tx = world_begin_as(world, row.giver);
    MatchId second;
    assert_int_equal(match_accept(&world->scope, tx, invitation, &second), INVITATION_DONE);
    world_commit(tx);
    assert_int_equal(request_state(world, pair.request), REQUEST_MATCHED);
    assert_int_equal(match_of(world, id).state, MATCH_ENDED);
    world_act_as(world, pair.receiver);
    assert_true(access_may(&world->scope, ACCESS_MATCH_READ, id.value));
    assert_true(access_may(&world->scope, ACCESS_MATCH_READ, second.value));
}

static void test_giver_ends(void **state) {
    World *world = *state;
    Pair pair;
    MatchId id = world_match(world, &pair);
    assert_int_equal(end(world, pair.giver, id, MATCH_END_FOR_NOW), MATCH_DONE);
    assert_int_equal(request_state(world, pair.request), REQUEST_TAKEN); /* the family did not ask to stop */
    assert_int_equal(load_of(world, pair.offer), 0);
}

/* ---- one kind of person ---- */

static void test_same_person_on_both_sides(void **state) {
    World *world = *state;
    PersonId bea = world_person(world, "bea");
    Pair receiving = world_pair(world, bea, world_person(world, "gloria"));
    MatchId as_receiver = world_accept(world, &receiving);
    Pair giving = world_pair(world, world_person(world, "ana"), bea);
    MatchId as_giver = world_accept(world, &giving);

    world_act_as(world, bea);
    assert_true(access_may(&world->scope, ACCESS_MATCH_READ, as_receiver.value));
    assert_true(access_may(&world->scope, ACCESS_MATCH_READ, as_giver.value));
    assert_false(access_may(&world->scope, ACCESS_CONTACT_ADD, as_receiver.value));
    assert_true(access_may(&world->scope, ACCESS_CONTACT_ADD, as_giver.value));
    /* Ending one leaves the other as it was. */
    assert_int_equal(end(world, bea, as_receiver, MATCH_END_FOR_NOW), MATCH_DONE);
    assert_int_equal(match_of(world, as_giver).state, MATCH_NEW);
    assert_int_equal(request_state(world, giving.request), REQUEST_MATCHED);
    assert_int_equal(request_state(world, receiving.request), REQUEST_ENDED);
}

/* Who received support from someone gives it to the same person later. */
static void test_sides_turn_over(void **state) {
    World *world = *state;
    Pair first;
    MatchId before = world_match(world, &first);
    assert_int_equal(end(world, first.receiver, before, MATCH_END_FOR_NOW), MATCH_DONE);
    world_wait(world, 300 * TIME_DAY);
    Pair turned = world_pair(world, first.giver, first.receiver);
    MatchId after = world_accept(world, &turned);
    Match match = match_of(world, after);
    assert_true(person_id_equal(match.giver, first.receiver));
    assert_true(person_id_equal(match.receiver, first.giver));
    world_act_as(world, first.receiver);
    assert_true(access_may(&world->scope, ACCESS_MATCH_READ, before.value));
    assert_true(access_may(&world->scope, ACCESS_CONTACT_ADD, after.value));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_begins_with_a_yes, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_declined, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_both_agree, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_first_contact_and_rhythm, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_pause_and_come_back, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_receiver_ends, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_change_of_person, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_giver_ends, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_same_person_on_both_sides, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_sides_turn_over, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
