/* SPDX-License-Identifier: Apache-2.0 */
/* Plans for everyone who waits: proposed, changed by hand, sent, and never assigned. */
#include "test/unit.h"

#include "features/offer/offer.h"
#include "features/round/round.h"
#include "test/feature_pair.h"

static const char school[] = "Not going to school";
static const char grief[] = "Loss and grief";

/* Someone with one place, who lived through these. */
static OfferId add_offer(World *world, const char *name, const char *one, const char *other) {
    const OfferItem items[] = {
        {world_item(world, LIST_LANGUAGE, "English"), OFFER_SPEAKS, OFFER_FOR_FAMILIES},
        {world_item(world, LIST_EXPERIENCE, one), OFFER_LIVED, OFFER_FOR_FAMILIES},
        {world_item(world, LIST_EXPERIENCE, other), OFFER_LIVED, OFFER_FOR_FAMILIES},
    };
    size_t count = one == other ? 2 : 3;
    PersonId person = world_person(world, name);
    Tx *tx = world_begin(world);
    OfferId id =
        offer_add(&world->scope, tx, world->program, person,
                  &(OfferContent){.about = STR("I was there."), .capacity = 1, .items = {items, count}});
    Offer offer;
    assert_true(offer_find(&world->scope, id, &offer));
    assert_int_equal(offer_set_cleared(&world->scope, tx, id, offer.version, true), OFFER_DONE);
    world_commit(tx);
    return id;
}

static RoundId make_round(World *world) {
    RoundId round;
    Tx *tx = world_begin(world);
    assert_int_equal(round_make(&world->scope, tx, world->program, &round), ROUND_DONE);
    world_commit(tx);
    return round;
}

static Round round_of(World *world, RoundId id) {
    Round round;
    assert_true(round_find(&world->scope, id, &round));
    return round;
}

static RoundProposal proposal_of(World *world, RoundId round, RequestId request) {
    RoundProposals proposals = round_proposals(&world->scope, round);
    for (size_t at = 0; at < proposals.count; at++) {
        if (request_id_equal(proposals.items[at].request, request)) {
            return proposals.items[at];
        }
    }
    fail_msg("the family is not in the round");
    return (RoundProposal){0};
}

static RoundResult change(World *world, RoundId round, int64_t version, RequestId request, OfferId offer) {
    Tx *tx = world_begin(world);
    RoundResult result =
        round_change(&world->scope, tx,
                     &(RoundChange){.round = round, .version = version, .request = request, .offer = offer});
    world_commit(tx);
    return result;
}

static RoundSent send(World *world, RoundId round, RequestId request) {
    Tx *tx = world_begin(world);
    RoundSent sent = round_send(&world->scope, tx, round, &request, 1);
    world_commit(tx);
    return sent;
}

/* Two families and two supporters with a place each. Both families could be given Both; only Ana could be
 * given School. */
typedef struct Four {
    RequestId ana;
    RequestId ben;
    OfferId school;
    OfferId both;
} Four;

static Four four(World *world) {
    Four all = {.school = add_offer(world, "school", school, school),
                .both = add_offer(world, "both", school, grief)};
    all.ana = world_request(world, "ana", school);
    world_wait(world, TIME_DAY);
    all.ben = world_request(world, "ben", grief);
    world_act_as(world, world_person(world, "carla"));
    return all;
}

static void test_nobody_is_given_whom_another_needs(void **state) {
    World *world = *state;
    Four all = four(world);
    RoundId id = make_round(world);
    Round round = round_of(world, id);
    assert_int_equal(round.waiting, 2);
    assert_int_equal(round.placed, 2);
    assert_int_equal(round.objective, round.bound);
    assert_true(round.objective > 0);
    assert_int_equal(round.envy, 0);
    assert_true(offer_id_equal(proposal_of(world, id, all.ana).offer, all.school));
    assert_true(offer_id_equal(proposal_of(world, id, all.ben).offer, all.both));
    /* The longest waiting first. */
    assert_true(request_id_equal(round_proposals(&world->scope, id).items[0].request, all.ana));
    RoundId newest;
    assert_true(round_newest(&world->scope, world->program, &newest));
    assert_true(round_id_equal(newest, id));
}

static void test_nothing_is_planned_for_nobody(void **state) {
    World *world = *state;
    add_offer(world, "school", school, school);
    Tx *tx = world_begin_as(world, world_person(world, "carla"));
    RoundId round;
    assert_int_equal(round_make(&world->scope, tx, world->program, &round), ROUND_NOBODY_WAITS);
    world_commit(tx);
    assert_false(round_newest(&world->scope, world->program, &round));
}

static void test_a_family_nobody_can_serve_is_told_so(void **state) {
    World *world = *state;
    add_offer(world, "school", school, school);
    RequestId ben = world_request(world, "ben", grief);
    world_act_as(world, world_person(world, "carla"));
    RoundId id = make_round(world);
    assert_int_equal(round_of(world, id).placed, 0);
    assert_int_equal(proposal_of(world, id, ben).state, PROPOSAL_NOBODY);
    Round round = round_of(world, id);
    assert_int_equal(round_alternatives(&world->scope, &round, ben).count, 0);
}

static void test_a_change_by_hand_says_what_it_costs(void **state) {
    World *world = *state;
    Four all = four(world);
    RoundId id = make_round(world);
    Round round = round_of(world, id);
    RoundAlternatives others = round_alternatives(&world->scope, &round, all.ana);
    assert_int_equal(others.count, 2);
    assert_true(offer_id_equal(others.items[0].offer, all.school));
    assert_int_equal(others.items[0].cost, 0);
    assert_true(offer_id_equal(others.items[1].offer, all.both));
    assert_true(others.items[1].cost > 0);
    assert_true(others.items[1].reason_count > 0);

    assert_int_equal(change(world, id, round.version, all.ana, all.both), ROUND_DONE);
    Round after = round_of(world, id);
    assert_int_equal(after.bound, round.bound);
    /* Sums are told without the lot's part, so that they may be one apart. */
    assert_in_range(after.bound - after.objective, others.items[1].cost - 1, others.items[1].cost + 1);
    assert_int_equal(after.placed, 1);
    assert_true(proposal_of(world, id, all.ana).is_by_hand);
    assert_int_equal(proposal_of(world, id, all.ben).state, PROPOSAL_NOBODY);
    assert_false(proposal_of(world, id, all.ben).is_by_hand);

    assert_int_equal(change(world, id, round.version, all.ana, all.school), ROUND_STALE);
    assert_int_equal(change(world, id, after.version, all.ben, all.school), ROUND_ELSEWHERE);
    assert_int_equal(change(world, id, after.version, all.ana, (OfferId){0}), ROUND_DONE);
    assert_true(offer_id_is_none(proposal_of(world, id, all.ana).offer));
    assert_true(offer_id_equal(proposal_of(world, id, all.ben).offer, all.both));
}

static void test_what_is_sent_is_a_list_to_choose_from(void **state) {
    World *world = *state;
    Four all = four(world);
    RoundId id = make_round(world);
    RoundSent sent = send(world, id, all.ben);
    assert_int_equal(sent.sent, 1);
    assert_int_equal(sent.left, 0);
    assert_int_equal(proposal_of(world, id, all.ben).state, PROPOSAL_SENT);
    Request ben;
    assert_true(request_find(&world->scope, all.ben, &ben));
    assert_int_equal(ben.state, REQUEST_LISTED);
    Offer both;
    assert_true(offer_find(&world->scope, all.both, &both));
    assert_int_equal(both.load, 0); /* nobody was assigned */
    InvitationId invitation;
    Tx *tx = world_begin(world);
    assert_int_equal(shortlist_choose(&world->scope, tx, all.ben, all.both, 0, &invitation), CHOICE_DONE);
    world_commit(tx);

    sent = send(world, id, all.ben);
    assert_int_equal(sent.sent, 0);
    assert_int_equal(sent.left, 1);
    assert_int_equal(change(world, id, round_of(world, id).version, all.ben, all.school), ROUND_ELSEWHERE);
}

static void test_a_place_that_was_sent_away_is_not_planned_again(void **state) {
    World *world = *state;
    Four all = four(world);
    RoundId id = make_round(world);
    assert_int_equal(send(world, id, all.ben).sent, 1);
    Round round = round_of(world, id);
    assert_int_equal(change(world, id, round.version, all.ana, all.both), ROUND_ELSEWHERE);
}

static void test_what_has_moved_on_is_left_out(void **state) {
    World *world = *state;
    Four all = four(world);
    RoundId id = make_round(world);
    Tx *tx = world_begin(world);
    assert_int_equal(request_withdraw(&world->scope, tx, all.ana), REQUEST_DONE);
    offer_pause(&world->scope, tx, all.both, TIME_NONE);
    world_commit(tx);
    assert_int_equal(proposal_of(world, id, all.ana).state, PROPOSAL_MOVED_ON);
    assert_int_equal(proposal_of(world, id, all.ben).state, PROPOSAL_OVERTAKEN);
    assert_int_equal(send(world, id, all.ana).sent, 0);
    assert_int_equal(send(world, id, all.ben).sent, 0);
}

static void test_an_older_round_is_only_read(void **state) {
    World *world = *state;
    Four all = four(world);
    RoundId first = make_round(world);
    world_wait(world, TIME_HOUR);
    RoundId second = make_round(world);
    assert_int_equal(change(world, first, round_of(world, first).version, all.ana, all.both), ROUND_STALE);
    assert_int_equal(send(world, first, all.ana).sent, 0);
    assert_int_equal(send(world, second, all.ana).sent, 1);
}

static void test_small_groups_are_not_told(void **state) {
    World *world = *state;
    four(world);
    Round round = round_of(world, make_round(world));
    RoundGroups groups = round_groups(&world->scope, &round);
    assert_int_equal(groups.count, 1);
    assert_int_equal(groups.items[0].waiting, 2);
    assert_true(groups.items[0].hides_waiting);
    assert_true(groups.items[0].hides_placed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nobody_is_given_whom_another_needs, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_nothing_is_planned_for_nobody, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_a_family_nobody_can_serve_is_told_so, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_a_change_by_hand_says_what_it_costs, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_what_is_sent_is_a_list_to_choose_from, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_a_place_that_was_sent_away_is_not_planned_again, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_what_has_moved_on_is_left_out, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_an_older_round_is_only_read, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_small_groups_are_not_told, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
