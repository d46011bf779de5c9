/* SPDX-License-Identifier: Apache-2.0 */
/* Two people on their way to a match, in the small world of the rules' tests. */
#include "test/unit.h"

#include "test/feature_pair.h"

#include "features/policy/policy_trial.h"
#include "features/sharing/sharing.h"
#include "test/database.h"

OfferId world_offer_of(World *world, PersonId person, const char *experience, const char *language) {
    const OfferItem items[] = {
        {world_item(world, LIST_EXPERIENCE, experience), OFFER_LIVED, OFFER_FOR_FAMILIES},
        {world_item(world, LIST_LANGUAGE, language), OFFER_SPEAKS, OFFER_FOR_FAMILIES},
    };
    Tx *tx = world_begin(world);
    OfferId id = offer_add(&world->scope, tx, world->program, person,
                           &(OfferContent){.about = STR("I have been there."), .items = {items, 2}});
    Offer offer;
    assert_true(offer_find(&world->scope, id, &offer));
    assert_int_equal(offer_set_cleared(&world->scope, tx, id, offer.version, true), OFFER_DONE);
    world_commit(tx);
    return id;
}

OfferId world_offer(World *world, PersonId person) {
    return world_offer_of(world, person, "Not going to school", "English");
}

static RequestId add_request(World *world, RequestNew request) {
    request.program = world->program;
    request.kind = REQUEST_SUPPORT;
    request.lang = LANG_EN;
    request.need = STR("He will not go to school.");
    Tx *tx = world_begin(world);
    Str receipt;
    const RequestId id = request_add(&world->scope, tx, &request, &receipt);
    world_commit(tx);
    return id;
}

RequestId world_ask(World *world, PersonId person, RequestSource source) {
    return add_request(world, (RequestNew){.person = person, .source = source, .has_no_preference = true});
}

RequestId world_request(World *world, const char *name, const char *experience) {
    const ListItemId wishes[] = {world_item(world, LIST_EXPERIENCE, experience)};
    return add_request(world, (RequestNew){.person = world_person(world, name),
                                           .source = REQUEST_FROM_FORM,
                                           .wishes = wishes,
                                           .wish_count = 1});
}

InvitationId world_invite(World *world, RequestId request, OfferId offer, PersonId coordinator) {
    Request row;
    assert_true(request_find(&world->scope, request, &row));
    Tx *tx = world_begin_as(world, coordinator);
    ShortlistId shortlist;
    assert_int_equal(shortlist_make(&world->scope, tx, request, row.version, &shortlist), SHORTLIST_DONE);
    world_act_as(world, row.person);
    InvitationId invitation;
    assert_int_equal(shortlist_choose(&world->scope, tx, request, offer, 0, &invitation), CHOICE_DONE);
    world_commit(tx);
    return invitation;
}

Pair world_pair(World *world, PersonId receiver, PersonId giver) {
    Pair pair = {.receiver = receiver, .giver = giver, .coordinator = world_person(world, "carla")};
    pair.offer = world_offer(world, giver);
    pair.request = world_ask(world, receiver, REQUEST_FROM_FORM);
    pair.invitation = world_invite(world, pair.request, pair.offer, pair.coordinator);
    return pair;
}

MatchId world_accept(World *world, const Pair *pair) {
    Tx *tx = world_begin_as(world, pair->giver);
    MatchId match;
    assert_int_equal(match_accept(&world->scope, tx, pair->invitation, &match), INVITATION_DONE);
    world_commit(tx);
    return match;
}

MatchId world_match(World *world, Pair *ret_pair) {
    *ret_pair = world_pair(world, world_person(world, "ana"), world_person(world, "gloria"));
    return world_accept(world, ret_pair);
}

ConsentId world_shared(World *world, const Pair *pair) {
    const Consents all = consent_list(&world->scope, pair->receiver);
    for (size_t at = 0; at < all.count; at++) {
        if (all.items[at].to == CONSENT_TO_PERSON) {
            return all.items[at].id;
        }
    }
    fail_msg("nothing is shared with the giver");
    return (ConsentId){0};
}

void world_stop_sharing(World *world, const Pair *pair) {
    world_act_as(world, pair->receiver);
    const ConsentId id = world_shared(world, pair);
    Tx *tx = world_begin(world);
    assert_int_equal(consent_stop(&world->scope, tx, id), CONSENT_DONE);
    world_commit(tx);
}

static size_t mails(World *world) {
    const Str rows = test_database_rows(world->db, world->arena, "SELECT COUNT(*) FROM job");
    int64_t count = -1;
    assert_true(str_to_int(str_part(rows, 0, rows.length - 2), 0, INT64_MAX, &count));
    return (size_t)count;
}

size_t world_told_of_ends(World *world) {
    const size_t before = mails(world);
    Tx *tx = world_begin_as(world, (PersonId){0});
    sharing_tell_ending(&world->scope, tx);
    world_commit(tx);
    return mails(world) - before;
}

PolicyId world_draft(World *world, const MatchingPolicy *policy) {
    Tx *tx = world_begin(world);
    PolicyId id;
    assert_int_equal(policy_draft(&world->scope, tx, world->program, &id), POLICY_DONE);
    assert_int_equal(policy_change(&world->scope, tx, id, 1, policy, STR("")), POLICY_DONE);
    assert_int_equal(policy_try(&world->scope, tx, id, 2), POLICY_DONE);
    world_commit(tx);
    return id;
}

void world_adopt(World *world, PolicyId draft) {
    Tx *tx = world_begin(world);
    assert_int_equal(policy_adopt(&world->scope, tx, draft, 2, STR("We try it.")), POLICY_DONE);
    world_commit(tx);
}
