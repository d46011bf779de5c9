/* SPDX-License-Identifier: Apache-2.0 */
/* From asking to a yes: requests, offers, shortlists and invitations, as their contracts say. */
#include "test/unit.h"

#include "features/asked/asked.h"
#include "features/account/account.h"
#include "features/offer/offer.h"
#include "features/request/request.h"
#include "features/shortlist/shortlist.h"
#include "shortlist_sql.h"
#include "test/feature_pair.h"

static OfferId add_offer(World *world, const char *name, const char *experience, const char *language) {
    return world_offer_of(world, world_person(world, name), experience, language);
}

static Request request_of(World *world, RequestId id) {
    Request request;
    assert_true(request_find(&world->scope, id, &request));
    return request;
}

static Offer offer_of(World *world, OfferId id) {
    Offer offer;
    assert_true(offer_find(&world->scope, id, &offer));
    return offer;
}

static ShortlistResult make(World *world, RequestId request) {
    ShortlistId shortlist;
    Tx *tx = world_begin(world);
    ShortlistResult result =
        shortlist_make(&world->scope, tx, request, request_of(world, request).version, &shortlist);
    world_commit(tx);
    return result;
}

static ShortlistEntriesRows entries_of(World *world, RequestId request) {
    ShortlistNewestRows lists = shortlist_newest(world->db, request);
    assert_int_equal(lists.count, 1);
    return shortlist_entries(world->db, lists.items[0].id);
}

static bool is_listed(World *world, RequestId request, OfferId offer) {
    ShortlistEntriesRows rows = entries_of(world, request);
    for (size_t at = 0; at < rows.count; at++) {
        if (offer_id_equal(rows.items[at].offer, offer)) {
            return true;
        }
    }
    return false;
}

static ChoiceResult choose(World *world, RequestId request, OfferId offer, InvitationId *ret_invitation) {
    Tx *tx = world_begin(world);
    ChoiceResult result = shortlist_choose(&world->scope, tx, request, offer, 0, ret_invitation);
    world_commit(tx);
    return result;
}

static InvitationResult answer(World *world, InvitationId id, InvitationState state, const char *words) {
    Tx *tx = world_begin(world);
    InvitationResult result = invitation_answer(&world->scope, tx, id, state, str_of(words));
    world_commit(tx);
    return result;
}

/* ---- requests ---- */

static void test_steps_follow_the_table(void **state) {
    World *world = *state;
    RequestId id = world_request(world, "ana", "Not going to school");
    Tx *tx = world_begin_as(world, world_person(world, "carla"));
    assert_int_equal(request_move(&world->scope, tx, id, REQUEST_NEW, REQUEST_MATCHED), REQUEST_ELSEWHERE);
    assert_int_equal(request_move(&world->scope, tx, id, REQUEST_TAKEN, REQUEST_LISTED), REQUEST_ELSEWHERE);
    assert_int_equal(request_of(world, id).state, REQUEST_NEW);
    assert_int_equal(request_withdraw(&world->scope, tx, id), REQUEST_DONE);
    assert_true(time_is_none(request_of(world, id).due_at));
    assert_int_equal(request_reopen(&world->scope, tx, id), REQUEST_DONE);
    assert_int_equal(request_reopen(&world->scope, tx, id), REQUEST_ELSEWHERE);
    assert_int_equal(request_of(world, id).state, REQUEST_NEW);
    world_commit(tx);
}

static Str mail_index(World *world, const char *name) {
    const Str mail = str_print(world->arena, "%s@example.org", name);
    return account_value_index(db_keys(world->db), world->arena, CONTACT_POINT_MAIL, mail);
}

static void test_receipt_opens_only_with_a_contact(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    world_person(world, "bea");
    Tx *tx = world_begin(world);
    Str receipt;
    RequestId id = request_add(&world->scope, tx,
                               &(RequestNew){.program = world->program,
                                             .person = ana,
                                             .kind = REQUEST_INFORMATION_CALL,
                                             .source = REQUEST_FROM_FORM,
                                             .lang = LANG_EN},
                               &receipt);
    world_commit(tx);
    assert_int_equal(receipt.length, 11);
    Request found;
    assert_true(request_find_by_receipt(&world->scope, receipt, mail_index(world, "ana"), &found));
    assert_true(request_id_equal(found.id, id));
    Str typed = str_print(world->arena, " %.*s ", STR_ARGS(str_lower_ascii(world->arena, receipt)));
    assert_true(request_find_by_receipt(&world->scope, typed, mail_index(world, "ana"), &found));
    assert_false(request_find_by_receipt(&world->scope, receipt, mail_index(world, "bea"), &found));
    assert_false(request_find_by_receipt(&world->scope, receipt, STR(""), &found));
    assert_false(
        request_find_by_receipt(&world->scope, STR("K7M-3QX-9TB"), mail_index(world, "ana"), &found));
}

static void test_two_coordinators_on_one_request(void **state) {
    World *world = *state;
    RequestId id = world_request(world, "ana", "Not going to school");
    int64_t seen = request_of(world, id).version; /* both look at the same page */
    PersonId carla = world_person(world, "carla");
    PersonId dora = world_person(world, "dora");
    Tx *tx = world_begin_as(world, carla);
    assert_int_equal(request_take(&world->scope, tx, id, seen), REQUEST_DONE);
    world_commit(tx);
    Time taken = world->scope.now;
    world_wait(world, TIME_HOUR);
    world_act_as(world, dora);
    const ListItemId code = world_item(world, LIST_EXPERIENCE, "Not going to school");
    tx = world_begin(world);
    assert_int_equal(request_take(&world->scope, tx, id, seen), REQUEST_STALE);
    assert_int_equal(request_code(&world->scope, tx, id, seen, &code, 1), REQUEST_STALE);
    world_commit(tx);
    Request request = request_of(world, id);
    assert_true(person_id_equal(request.taken_by, carla));
    assert_words(request.taken_by_called, "carla");
    assert_int_equal(request_taken_since(&world->scope, &request).us, taken.us);
    assert_int_equal(request_codes(&world->scope, id).count, 0);
    tx = world_begin(world); /* having seen who has it, she may still take it over */
    assert_int_equal(request_take(&world->scope, tx, id, request.version), REQUEST_DONE);
    world_commit(tx);
    assert_true(person_id_equal(request_of(world, id).taken_by, dora));
}

static void test_coding_keeps_who_coded_first(void **state) {
    World *world = *state;
    RequestId id = world_request(world, "ana", "Not going to school");
    const ListItemId items[] = {
        world_item(world, LIST_RELATION, "Mother"), world_item(world, LIST_LANGUAGE, "Spanish"), {12345}};
    Tx *tx = world_begin_as(world, world_person(world, "carla"));
    int64_t version = request_of(world, id).version;
    assert_int_equal(request_code(&world->scope, tx, id, version, items, 3), REQUEST_DONE);
    assert_int_equal(request_codes(&world->scope, id).count,
                     2); /* what is no item of the program is dropped */
    assert_int_equal(request_code(&world->scope, tx, id, version + 1, items, 1), REQUEST_DONE);
    world_commit(tx);
    assert_int_equal(request_codes(&world->scope, id).count, 1);
    assert_words(request_of(world, id).need.hidden_words, "He will not go to school.");
}

/* ---- lists and choices ---- */

static void test_from_list_to_yes(void **state) {
    World *world = *state;
    OfferId near = add_offer(world, "marisol", "Not going to school", "English");
    OfferId also_near = add_offer(world, "tom", "Not going to school", "English");
    OfferId far = add_offer(world, "rosa", "Loss and grief", "English");
    OfferId other_language = add_offer(world, "luz", "Not going to school", "Spanish");
    RequestId id = world_request(world, "ana", "Not going to school");
    world_act_as(world, world_person(world, "carla"));
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    assert_int_equal(request_of(world, id).state, REQUEST_LISTED);
    ShortlistEntriesRows rows = entries_of(world, id);
    assert_int_equal(rows.count, 2);
    assert_true(is_listed(world, id, near) && is_listed(world, id, also_near));
    assert_false(is_listed(world, id, far) || is_listed(world, id, other_language));
    InvitationId invitation;
    assert_int_equal(choose(world, id, other_language, &invitation), CHOICE_ELSEWHERE);
    assert_int_equal(choose(world, id, near, &invitation), CHOICE_DONE);
    assert_int_equal(choose(world, id, also_near, &invitation), CHOICE_ELSEWHERE); /* one at a time */
    assert_int_equal(request_of(world, id).state, REQUEST_INVITED);
    assert_int_equal(offer_of(world, near).load, 1);
    assert_int_equal(answer(world, invitation, INVITATION_ANOTHER_TIME, "After Easter"), INVITATION_DONE);
    Invitation found;
    assert_true(invitation_find(&world->scope, invitation, &found));
    assert_words(found.words, "After Easter");
    assert_int_equal(answer(world, invitation, INVITATION_ACCEPTED, NULL), INVITATION_DONE);
    assert_int_equal(answer(world, invitation, INVITATION_DECLINED, NULL), INVITATION_OVER);
    assert_int_equal(request_of(world, id).state, REQUEST_MATCHED);
}

static void test_a_no_opens_the_same_list(void **state) {
    World *world = *state;
    OfferId first = add_offer(world, "marisol", "Not going to school", "English");
    OfferId second = add_offer(world, "tom", "Not going to school", "English");
    RequestId id = world_request(world, "ana", "Not going to school");
    world_act_as(world, world_person(world, "carla"));
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    InvitationId invitation;
    assert_int_equal(choose(world, id, first, &invitation), CHOICE_DONE);
    assert_int_equal(answer(world, invitation, INVITATION_DECLINED, NULL), INVITATION_DONE);
    assert_int_equal(request_of(world, id).state, REQUEST_LISTED);
    assert_int_equal(offer_of(world, first).load, 0);
    assert_int_equal(choose(world, id, first, &invitation), CHOICE_ELSEWHERE);
    assert_int_equal(choose(world, id, second, &invitation), CHOICE_DONE);
    assert_int_equal(answer(world, invitation, INVITATION_DECLINED, NULL), INVITATION_DONE);
    assert_int_equal(request_of(world, id).state, REQUEST_TAKEN); /* nobody is left on it */
    assert_int_equal(make(world, id), SHORTLIST_NOBODY);          /* and nobody is asked twice */
}

/* The families of these tests see everyone who fits, three at a time. */
static void add_offers(World *world, size_t count) {
    for (size_t at = 0; at < count; at++) {
        add_offer(world, str_c(world->arena, str_print(world->arena, "giver%zu", at)), "Not going to school",
                  "English");
    }
}

static size_t count_standing(World *world, RequestId request) {
    ShortlistEntriesRows rows = entries_of(world, request);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count += rows.items[at].answer == ENTRY_UNANSWERED && rows.items[at].standing == OFFER_FREE;
    }
    return count;
}

/* Someone else joins behind those who still stand, who keep their places and their reasons; the list of
 * before stays as it was shown. */
static void test_after_a_no_someone_joins(void **state) {
    World *world = *state;
    add_offers(world, 5);
    RequestId id = world_request(world, "ana", "Not going to school");
    PersonId carla = world_person(world, "carla");
    world_act_as(world, carla);
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    ShortlistNewest before = shortlist_newest(world->db, id).items[0];
    ShortlistEntriesRows old = entries_of(world, id);
    ShortlistReasonsRows reasons = shortlist_reasons(world->db, before.id);
    world_act_as(world, request_of(world, id).person);
    InvitationId invitation;
    assert_int_equal(choose(world, id, old.items[0].offer, &invitation), CHOICE_DONE);
    world_wait(world, TIME_HOUR);
    assert_int_equal(answer(world, invitation, INVITATION_DECLINED, NULL), INVITATION_DONE);

    ShortlistNewest after = shortlist_newest(world->db, id).items[0];
    assert_false(shortlist_id_equal(after.id, before.id));
    assert_int_equal(after.state, SHORTLIST_OPEN);
    assert_true(person_id_equal(after.made_by, carla));
    assert_int_equal(after.shown, 4);
    ShortlistEntriesRows rows = shortlist_entries(world->db, after.id);
    assert_int_equal(rows.count, 3);
    assert_true(offer_id_equal(rows.items[0].offer, old.items[1].offer));
    assert_true(offer_id_equal(rows.items[1].offer, old.items[2].offer));
    for (size_t at = 0; at < old.count; at++) {
        assert_false(offer_id_equal(rows.items[2].offer, old.items[at].offer));
    }
    ShortlistReasonsRows kept = shortlist_reasons(world->db, after.id);
    assert_true(kept.count > 0 && kept.items[0].position == 1);
    for (size_t at = 0; at < reasons.count; at++) {
        if (reasons.items[at].position == 2) {
            assert_int_equal(kept.items[0].item.value, reasons.items[at].item.value);
            assert_int_equal(kept.items[0].points, reasons.items[at].points);
            break;
        }
    }
    old = shortlist_entries(world->db, before.id);
    assert_true(old.count == 3 && old.items[0].answer == ENTRY_SAID_NO);
    assert_int_equal(request_of(world, id).state, REQUEST_LISTED);
    assert_int_equal(choose(world, id, rows.items[2].offer, &invitation), CHOICE_DONE);
}

/* Who has paused meanwhile leaves the list; two others join. */
static void test_after_a_no_who_cannot_goes(void **state) {
    World *world = *state;
    add_offers(world, 5);
    RequestId id = world_request(world, "ana", "Not going to school");
    world_act_as(world, world_person(world, "carla"));
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    ShortlistEntriesRows old = entries_of(world, id);
    Tx *tx = world_begin(world);
    offer_pause(&world->scope, tx, old.items[1].offer, TIME_NONE);
    assert_int_equal(shortlist_not_this_person(&world->scope, tx, id, old.items[2].offer), CHOICE_DONE);
    world_commit(tx);
    ShortlistEntriesRows rows = entries_of(world, id);
    assert_int_equal(rows.count, 3);
    assert_true(offer_id_equal(rows.items[0].offer, old.items[0].offer));
    assert_false(is_listed(world, id, old.items[1].offer) || is_listed(world, id, old.items[2].offer));
    assert_int_equal(count_standing(world, id), 3);
}

/* Nobody leafs through everyone who offers: after as many as two lists hold, a coordinator looks again. */
static void test_none_of_these_shows_others_once(void **state) {
    World *world = *state;
    add_offers(world, 9);
    RequestId id = world_request(world, "ana", "Not going to school");
    PersonId carla = world_person(world, "carla");
    world_act_as(world, carla);
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    ShortlistEntriesRows first = entries_of(world, id);
    Tx *tx = world_begin_as(world, request_of(world, id).person);
    assert_int_equal(shortlist_none_of_these(&world->scope, tx, id), CHOICE_DONE);
    world_commit(tx);
    assert_int_equal(request_of(world, id).state, REQUEST_LISTED);
    assert_int_equal(count_standing(world, id), 3);
    for (size_t at = 0; at < first.count; at++) {
        assert_false(is_listed(world, id, first.items[at].offer));
    }
    tx = world_begin(world);
    assert_int_equal(shortlist_none_of_these(&world->scope, tx, id), CHOICE_DONE);
    world_commit(tx);
    assert_int_equal(request_of(world, id).state, REQUEST_TAKEN);
    world_act_as(world, carla); /* who sends a list: the count begins again */
    world_wait(world, TIME_HOUR);
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    assert_int_equal(count_standing(world, id), 3);
    assert_int_equal(shortlist_newest(world->db, id).items[0].shown, 3);
}

/* Declined by everyone in turn: each time someone else, at most so many as may be shown, then the
 * coordinator. */
static void test_declined_again_and_again(void **state) {
    World *world = *state;
    add_offers(world, 9);
    RequestId id = world_request(world, "ana", "Not going to school");
    world_act_as(world, world_person(world, "carla"));
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    for (int no = 1; no <= SHORTLIST_SHOWN_MOST; no++) {
        assert_int_equal(request_of(world, id).state, REQUEST_LISTED);
        size_t left = (size_t)(SHORTLIST_SHOWN_MOST - no + 1);
        assert_int_equal(count_standing(world, id), left < SHORTLIST_MOST ? left : SHORTLIST_MOST);
        ShortlistEntriesRows rows = entries_of(world, id);
        size_t at = 0;
        while (rows.items[at].answer != ENTRY_UNANSWERED) {
            at++;
        }
        InvitationId invitation;
        world_wait(world, TIME_HOUR);
        assert_int_equal(choose(world, id, rows.items[at].offer, &invitation), CHOICE_DONE);
        assert_int_equal(answer(world, invitation, INVITATION_DECLINED, NULL), INVITATION_DONE);
    }
    assert_int_equal(request_of(world, id).state, REQUEST_TAKEN);
}

static void test_none_of_these_never_come_back(void **state) {
    World *world = *state;
    OfferId passed = add_offer(world, "marisol", "Not going to school", "English");
    RequestId id = world_request(world, "ana", "Not going to school");
    world_act_as(world, world_person(world, "carla"));
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    Tx *tx = world_begin_as(world, request_of(world, id).person);
    assert_int_equal(shortlist_none_of_these(&world->scope, tx, id), CHOICE_DONE);
    world_commit(tx);
    assert_int_equal(request_of(world, id).state, REQUEST_TAKEN);
    OfferId fresh = add_offer(world, "tom", "Not going to school", "English");
    world_wait(world, TIME_HOUR);
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    assert_true(is_listed(world, id, fresh) && !is_listed(world, id, passed));
    RequestId other = world_request(world, "bea", "Not going to school");
    assert_int_equal(make(world, other), SHORTLIST_DONE);
    assert_true(is_listed(world, other, passed)); /* that was about one request, not about the person */
}

static void test_not_this_person_holds_for_both_and_everywhere(void **state) {
    World *world = *state;
    OfferId offer = add_offer(world, "marisol", "Not going to school", "English");
    add_offer(world, "tom", "Not going to school", "English");
    RequestId id = world_request(world, "ana", "Not going to school");
    PersonId ana = request_of(world, id).person;
    PersonId marisol = offer_of(world, offer).person;
    world_act_as(world, world_person(world, "carla"));
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    Tx *tx = world_begin(world);
    assert_int_equal(shortlist_not_this_person(&world->scope, tx, id, offer), CHOICE_DONE);
    world_commit(tx);
    assert_int_equal(request_of(world, id).state, REQUEST_LISTED);
    InvitationId invitation;
    assert_int_equal(choose(world, id, offer, &invitation), CHOICE_ELSEWHERE);
    Request hers = {.person = marisol, .program = request_of(world, id).program};
    MatchingKeys apart = asked_of(&world->scope, &hers).apart;
    assert_int_equal(apart.count, 1);
    assert_int_equal(apart.items[0], ana.value);
    world_wait(world, TIME_HOUR);
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    assert_false(is_listed(world, id, offer));
}

static void test_whoever_is_quicker(void **state) {
    World *world = *state;
    OfferId offer = add_offer(world, "marisol", "Not going to school", "English");
    Tx *tx = world_begin(world);
    assert_int_equal(offer_set_capacity(&world->scope, tx, offer, offer_of(world, offer).version, 1),
                     OFFER_DONE);
    world_commit(tx);
    RequestId first = world_request(world, "ana", "Not going to school");
    RequestId second = world_request(world, "bea", "Not going to school");
    world_act_as(world, world_person(world, "carla"));
    assert_int_equal(make(world, first), SHORTLIST_DONE);
    assert_int_equal(make(world, second), SHORTLIST_DONE);
    InvitationId invitation;
    assert_int_equal(choose(world, second, offer, &invitation), CHOICE_DONE);
    assert_int_equal(offer_of(world, offer).standing, OFFER_FULL);
    assert_int_equal(choose(world, first, offer, &invitation), CHOICE_FULL);
    assert_int_equal(request_of(world, first).state, REQUEST_LISTED);
    tx = world_begin(world); /* leaving gives the place back */
    assert_int_equal(request_withdraw(&world->scope, tx, second), REQUEST_DONE);
    world_commit(tx);
    assert_int_equal(offer_of(world, offer).standing, OFFER_FREE);
    assert_int_equal(choose(world, first, offer, &invitation), CHOICE_DONE);
}

static void test_taking_a_choice_back(void **state) {
    World *world = *state;
    OfferId offer = add_offer(world, "marisol", "Not going to school", "English");
    RequestId id = world_request(world, "ana", "Not going to school");
    world_act_as(world, world_person(world, "carla"));
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    InvitationId invitation;
    assert_int_equal(choose(world, id, offer, &invitation), CHOICE_DONE);
    Tx *tx = world_begin(world);
    assert_int_equal(shortlist_take_back(&world->scope, tx, id), CHOICE_DONE);
    assert_int_equal(shortlist_take_back(&world->scope, tx, id), CHOICE_ELSEWHERE);
    world_commit(tx);
    assert_int_equal(answer(world, invitation, INVITATION_ACCEPTED, NULL), INVITATION_OVER);
    assert_int_equal(offer_of(world, offer).load, 0);
    assert_int_equal(choose(world, id, offer, &invitation), CHOICE_DONE);
}

static void test_a_new_list_replaces_the_open_one(void **state) {
    World *world = *state;
    add_offer(world, "marisol", "Not going to school", "English");
    RequestId id = world_request(world, "ana", "Not going to school");
    world_act_as(world, world_person(world, "carla"));
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    ShortlistId first = shortlist_newest(world->db, id).items[0].id;
    ShortlistId shortlist;
    Tx *tx = world_begin(world);
    assert_int_equal(shortlist_make(&world->scope, tx, id, 1, &shortlist), SHORTLIST_STALE);
    world_commit(tx);
    world_wait(world, TIME_HOUR);
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    assert_false(shortlist_id_equal(shortlist_newest(world->db, id).items[0].id, first));
    InvitationId invitation;
    assert_int_equal(choose(world, id, entries_of(world, id).items[0].offer, &invitation), CHOICE_DONE);
}

/* ---- offers ---- */

static void test_pause_hides_at_once_and_ends_on_its_day(void **state) {
    World *world = *state;
    OfferId offer = add_offer(world, "marisol", "Not going to school", "English");
    RequestId id = world_request(world, "ana", "Not going to school");
    world_act_as(world, world_person(world, "carla"));
    assert_int_equal(make(world, id), SHORTLIST_DONE);
    Tx *tx = world_begin(world);
    offer_pause(&world->scope, tx, offer, time_after(world->scope.now, TIME_WEEK));
    world_commit(tx);
    InvitationId invitation;
    assert_int_equal(choose(world, id, offer, &invitation), CHOICE_FULL);
    world_wait(world, 6 * TIME_DAY);
    tx = world_begin(world);
    offer_wake(&world->scope, tx);
    world_commit(tx);
    assert_int_equal(offer_of(world, offer).standing, OFFER_PAUSED);
    world_wait(world, TIME_DAY);
    tx = world_begin(world);
    offer_wake(&world->scope, tx);
    world_commit(tx);
    assert_int_equal(offer_of(world, offer).standing, OFFER_FREE);
    assert_true(time_is_none(offer_of(world, offer).paused_until));
}

static void test_limits_are_for_the_coordinator_only(void **state) {
    World *world = *state;
    OfferId id = add_offer(world, "marisol", "Not going to school", "English");
    const OfferItem items[] = {
        {world_item(world, LIST_EXPERIENCE, "Loss and grief"), OFFER_RATHER_NOT, OFFER_FOR_FAMILIES},
        {world_item(world, LIST_EXPERIENCE, "Not going to school"), OFFER_SPEAKS, OFFER_FOR_FAMILIES},
        {world_item(world, LIST_LANGUAGE, "English"), OFFER_SPEAKS, OFFER_FOR_FAMILIES},
    };
    Tx *tx = world_begin(world);
    int64_t version = offer_of(world, id).version;
    OfferContent content = {.items = {items, 3}};
    assert_int_equal(offer_change(&world->scope, tx, id, version, &content), OFFER_DONE);
    assert_int_equal(offer_change(&world->scope, tx, id, version, &content), OFFER_STALE);
    world_commit(tx);
    OfferItems kept = offer_items(&world->scope, id);
    assert_int_equal(kept.count, 2); /* an experience is no language */
    assert_int_equal(kept.items[1].kind, OFFER_RATHER_NOT);
    assert_int_equal(kept.items[1].audience, OFFER_FOR_COORDINATOR);
    RequestId request = world_request(world, "ana", "Loss and grief");
    world_act_as(world, world_person(world, "carla"));
    assert_int_equal(make(world, request), SHORTLIST_NOBODY);
    assert_int_equal(request_of(world, request).state, REQUEST_NEW); /* nothing was written */
}

static void test_only_cleared_offers_are_listed(void **state) {
    World *world = *state;
    PersonId person = world_person(world, "marisol");
    Tx *tx = world_begin(world);
    OfferId id = offer_add(&world->scope, tx, world->program, person, &(OfferContent){.about = STR("Hello")});
    OfferId again =
        offer_add(&world->scope, tx, world->program, person, &(OfferContent){.about = STR("Twice")});
    world_commit(tx);
    assert_true(offer_id_equal(id, again));
    assert_words(offer_of(world, id).about, "Hello");
    assert_int_equal(offer_of(world, id).capacity, 3); /* the program's clock for volunteers */
    RequestId request = world_request(world, "ana", "Not going to school");
    assert_int_equal(make(world, request), SHORTLIST_NOBODY);
    Request found = request_of(world, request);
    MatchingResult preview = shortlist_preview(&world->scope, &found);
    assert_int_equal(preview.removed[MATCHING_RULE_CLEARED], 1);
}

#define IN_A_WORLD(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_steps_follow_the_table),
        IN_A_WORLD(test_receipt_opens_only_with_a_contact),
        IN_A_WORLD(test_two_coordinators_on_one_request),
        IN_A_WORLD(test_coding_keeps_who_coded_first),
        IN_A_WORLD(test_from_list_to_yes),
        IN_A_WORLD(test_a_no_opens_the_same_list),
        IN_A_WORLD(test_after_a_no_someone_joins),
        IN_A_WORLD(test_after_a_no_who_cannot_goes),
        IN_A_WORLD(test_none_of_these_shows_others_once),
        IN_A_WORLD(test_declined_again_and_again),
        IN_A_WORLD(test_none_of_these_never_come_back),
        IN_A_WORLD(test_not_this_person_holds_for_both_and_everywhere),
        IN_A_WORLD(test_whoever_is_quicker),
        IN_A_WORLD(test_taking_a_choice_back),
        IN_A_WORLD(test_a_new_list_replaces_the_open_one),
        IN_A_WORLD(test_pause_hides_at_once_and_ends_on_its_day),
        IN_A_WORLD(test_limits_are_for_the_coordinator_only),
        IN_A_WORLD(test_only_cleared_offers_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
