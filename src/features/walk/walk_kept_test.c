/* SPDX-License-Identifier: Apache-2.0 */
/* What somebody keeps between themselves and whoever walks with them: given to those two, while they walk
 * and it is shared, and to nobody else; and only its writer turns the switch. */
#include "test/unit.h"

#include "features/card/card.h"
#include "features/consent/consent.h"
#include "features/contact/contact.h"
#include "features/program/program.h"
#include "request_sql.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

static Str need_for(World *world, RequestId id, PersonId reader) {
    world_act_as(world, reader);
    Request request;
    assert_true(request_find(&world->scope, id, &request));
    assert_true(request.is_kept);
    assert_true(str_is_empty(request.need.hidden_words) == str_is_empty(request.hopes.hidden_words));
    return request.need.hidden_words;
}

static void test_a_need(void **state) {
    World *world = *state;
    const PersonId kai = world_person(world, "kai");
    const PersonId gloria = world_person(world, "gloria");
    const PersonId carla = world_person(world, "carla");
    Str receipt = STR_NONE;
    Tx *tx = world_begin(world);
    const RequestId id = request_add(&world->scope, tx,
                                     &(RequestNew){.program = world->program,
                                                   .person = kai,
                                                   .kind = REQUEST_SUPPORT,
                                                   .source = REQUEST_FROM_FORM,
                                                   .need = STR("I hate mornings."),
                                                   .hopes = STR("Somebody calm."),
                                                   .is_kept = true,
                                                   .has_no_preference = true},
                                     &receipt);
    program_duty_give(&world->scope, tx, world->program, carla, DUTY_COORDINATOR);
    world_commit(tx);
    assert_words(need_for(world, id, kai), "I hate mornings.");
    assert_words(need_for(world, id, carla), "");
    assert_words(need_for(world, id, gloria), "");
    assert_words(need_for(world, id, (PersonId){0}), "");
    tx = world_begin(world);
    request_keep(tx, id, false);
    world_commit(tx);
    Request request;
    world_act_as(world, carla);
    assert_true(request_find(&world->scope, id, &request));
    assert_false(request.is_kept);
    assert_words(request.need.hidden_words, "I hate mornings.");
}

/* Gives again what the pair shared with the giver. */
static void share_again(World *world, const Pair *pair) {
    world_act_as(world, pair->receiver);
    ConsentId id = world_shared(world, pair);
    Tx *tx = world_begin(world);
    assert_int_equal(consent_give_again(&world->scope, tx, id, &id), CONSENT_DONE);
    world_commit(tx);
}

static void test_a_note(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    Match walk;
    assert_true(match_find(&world->scope, match, &walk));
    const size_t before =
        request_note_list(world->db, walk.request, pair.coordinator, CONSENT_NOTES, world->scope.now).count;
    world_act_as(world, pair.receiver);
    world_wait(world, TIME_MINUTE);
    Tx *tx = world_begin(world);
    request_answer(&world->scope, tx, walk.request, STR("Only for Gloria."), true, false);
    world_wait(world, TIME_MINUTE);
    request_answer(&world->scope, tx, walk.request, STR("For all."), false, false);
    world_commit(tx);
    assert_int_equal(
        request_note_list(world->db, walk.request, pair.receiver, CONSENT_NOTES, world->scope.now).count,
        before + 2);
    assert_int_equal(
        request_note_list(world->db, walk.request, pair.coordinator, CONSENT_NOTES, world->scope.now).count,
        before + 1);
    const RequestNoteId note =
        request_note_list(world->db, walk.request, pair.receiver, CONSENT_NOTES, world->scope.now)
            .items[before]
            .id;
    world_act_as(world, pair.giver);
    assert_int_equal(request_kept_notes(&world->scope, walk.request).count, 1);
    assert_words(request_kept_notes(&world->scope, walk.request).items[0].words.hidden_words,
                 "Only for Gloria.");
    /* Not while nothing is shared with the giver; and again from the next moment on. */
    world_stop_sharing(world, &pair);
    world_act_as(world, pair.giver);
    assert_int_equal(request_kept_notes(&world->scope, walk.request).count, 0);
    share_again(world, &pair);
    /* Nobody but who wrote it turns the switch. */
    const PersonId others[] = {pair.giver, pair.coordinator};
    for (size_t at = 0; at < 2; at++) {
        world_act_as(world, others[at]);
        tx = world_begin(world);
        assert_false(request_note_keep(&world->scope, tx, walk.request, note, false));
        world_commit(tx);
    }
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_true(request_note_keep(&world->scope, tx, walk.request, note, false));
    world_commit(tx);
    assert_int_equal(
        request_note_list(world->db, walk.request, pair.coordinator, CONSENT_NOTES, world->scope.now).count,
        before + 2);
    world_act_as(world, pair.giver);
    assert_int_equal(request_kept_notes(&world->scope, walk.request).count, 0);
}

static size_t answers_for(World *world, MatchId match, PersonId reader) {
    world_act_as(world, reader);
    const Contacts list = contact_list(&world->scope, match, (ContactId){0});
    assert_int_equal(list.count, 1);
    return list.items[0].answers.count;
}

static void test_an_answer(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    Tx *tx = world_begin(world);
    const ContactId contact = contact_add(
        &world->scope, tx,
        &(ContactNew){.match = match, .kind = CONTACT_CALL, .outcome = CONTACT_TALKED, .minutes = 15});
    contact_answer(&world->scope, tx, contact, STR("The giver cannot keep anything."), true, false);
    world_act_as(world, pair.receiver);
    contact_answer(&world->scope, tx, contact, STR("Between us."), true, false);
    world_commit(tx);
    assert_int_equal(answers_for(world, match, pair.coordinator), 1);
    assert_int_equal(answers_for(world, match, pair.giver), 2);
    assert_int_equal(answers_for(world, match, pair.receiver), 2);
    const Contacts list = contact_list(&world->scope, match, (ContactId){0});
    const size_t own = list.items[0].answers.items[0].is_kept ? 0 : 1;
    const ContactAnswerId id = list.items[0].answers.items[own].id;
    assert_true(list.items[0].answers.items[own].is_kept && !list.items[0].answers.items[1 - own].is_kept);
    world_act_as(world, pair.giver);
    tx = world_begin(world);
    assert_false(contact_answer_keep(&world->scope, tx, contact, id, false));
    world_act_as(world, pair.receiver);
    assert_true(contact_answer_keep(&world->scope, tx, contact, id, false));
    world_commit(tx);
    assert_int_equal(answers_for(world, match, pair.coordinator), 2);
}

/* Hours and unsafe ways stay what everybody honors; only words are kept. */
static void test_a_line_of_the_card(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    world_act_as(world, pair.receiver);
    Card card;
    const CardNew written = {
        .words = {STR("The porch."), STR(""), STR(""), STR("Shouting."), STR("")},
        .kept = 1U << CARD_WORSE,
        .rules = {.zone = STR("America/New_York"), .for_giver = true, .for_coordinator = true}};
    Tx *tx = world_begin(world);
    card_write(&world->scope, tx, &written, NULL, 0);
    world_commit(tx);
    const struct {
        PersonId reader;
        const char *worse;
    } cases[] = {{pair.receiver, "Shouting."}, {pair.giver, "Shouting."}, {pair.coordinator, ""}};
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        world_act_as(world, cases[at].reader);
        assert_true(card_find(&world->scope, pair.receiver, &card));
        assert_words(card.words[CARD_SAFE].hidden_words, "The porch.");
        assert_words(card.words[CARD_WORSE].hidden_words, cases[at].worse);
        assert_int_equal(card.kept, 1U << CARD_WORSE);
    }
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(match_end(&world->scope, tx, match, MATCH_END_FOR_NOW), MATCH_DONE);
    world_commit(tx);
    world_act_as(world, pair.giver);
    assert_true(card_find(&world->scope, pair.receiver, &card));
    assert_words(card.words[CARD_WORSE].hidden_words, "");
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_a_need),
        IN_A_WORLD(test_a_note),
        IN_A_WORLD(test_an_answer),
        IN_A_WORLD(test_a_line_of_the_card),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
