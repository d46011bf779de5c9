/* SPDX-License-Identifier: Apache-2.0 */
/* Notes that a payer asks for: about one talk each, by a day, signed by somebody else who may read them. */
#include "test/unit.h"

#include "features/access/access.h"
#include "features/note/note_payer.h"
#include "platform/zone/zone.h"
#include "test/feature_pair.h"

static void set_mode(World *world, NoteMode mode) {
    Tx *tx = world_begin(world);
    note_set_mode(&world->scope, tx, world->program, mode);
    note_set_days(&world->scope, tx, world->program, (NoteDays){.write = 2, .sign = 5});
    world_commit(tx);
}

static ContactId talk(World *world, PersonId giver, MatchId match, ContactOutcome outcome) {
    world_act_as(world, giver);
    world_wait(world, TIME_HOUR);
    Tx *tx = world_begin(world);
    const ContactId id =
        contact_add(&world->scope, tx,
                    &(ContactNew){.match = match, .kind = CONTACT_CALL, .outcome = outcome, .minutes = 15});
    world_commit(tx);
    return id;
}

static NoteResult write_note(World *world, PersonId giver, MatchId id, ContactId contact, NoteId *ret_note) {
    world_act_as(world, giver);
    Match match;
    assert_true(match_find(&world->scope, id, &match));
    Tx *tx = world_begin(world);
    const NoteWords words = {.strengths = STR("She kept calm."),
                             .talked = STR("The letter."),
                             .next = STR(""),
                             .contact = contact};
    const NoteResult result = note_write(&world->scope, tx, &match, &words, ret_note);
    world_commit(tx);
    return result;
}

static NoteResult sign(World *world, PersonId person, NoteId id) {
    world_act_as(world, person);
    Note note;
    if (!note_find(&world->scope, id, &note)) {
        return NOTE_ELSEWHERE;
    }
    Tx *tx = world_begin(world);
    const NoteResult result = note_sign(&world->scope, tx, &note);
    world_commit(tx);
    return result;
}

static void test_each_talk_waits_for_its_note(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    (void)talk(world, pair.giver, match, CONTACT_TALKED);
    world_wait(world, TIME_HOUR);
    set_mode(world, NOTE_PAYER);
    assert_int_equal(note_due_list(&world->scope, match, 20).count, 0); /* nobody asked for it then */
    (void)talk(world, pair.giver, match, CONTACT_NO_ANSWER);
    const ContactId contact = talk(world, pair.giver, match, CONTACT_TALKED);
    const NoteDues dues = note_due_list(&world->scope, (MatchId){0}, 20);
    assert_int_equal(dues.count, 1);
    assert_int_equal(dues.items[0].contact.value, contact.value);
    assert_words(dues.items[0].receiver_called, "ana");
    assert_false(dues.items[0].is_late);
    world_wait(world, 3 * TIME_DAY);
    assert_true(note_due_list(&world->scope, match, 20).items[0].is_late);

    NoteId note = {0};
    assert_int_equal(write_note(world, pair.giver, match, (ContactId){0}, &note), NOTE_ELSEWHERE);
    assert_int_equal(write_note(world, pair.giver, match, (ContactId){987}, &note), NOTE_ELSEWHERE);
    assert_int_equal(write_note(world, pair.giver, match, contact, &note), NOTE_DONE);
    assert_int_equal(write_note(world, pair.giver, match, contact, &note), NOTE_ELSEWHERE); /* one a talk */
    assert_int_equal(note_due_list(&world->scope, match, 20).count, 0);
    /* The family reads it at once. */
    world_act_as(world, pair.receiver);
    Note found;
    assert_true(note_find(&world->scope, note, &found));
    assert_int_equal(found.state, NOTE_WRITTEN);
    assert_int_equal(found.contact.value, contact.value);
    assert_int_equal(note_due_list(&world->scope, match, 20).count, 0);
}

static void test_somebody_else_signs(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    set_mode(world, NOTE_PAYER);
    const ContactId contact = talk(world, pair.giver, match, CONTACT_TALKED);
    NoteId note = {0};
    assert_int_equal(write_note(world, pair.giver, match, contact, &note), NOTE_DONE);
    world_act_as(world, pair.coordinator);
    const NoteUnsigneds waiting = note_unsigned_list(&world->scope, world->program);
    assert_int_equal(waiting.count, 1);
    assert_false(waiting.items[0].is_own);
    assert_int_equal(waiting.withheld, 0);
    assert_int_equal(sign(world, pair.giver, note), NOTE_ELSEWHERE);
    assert_int_equal(sign(world, pair.receiver, note), NOTE_ELSEWHERE);
    assert_false(access_may(&world->scope, ACCESS_NOTE_SIGN, note.value));
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, pair.coordinator, DUTY_COORDINATOR);
    world_commit(tx);
    world_act_as(world, pair.coordinator);
    assert_true(access_may(&world->scope, ACCESS_NOTE_SIGN, note.value));
    assert_int_equal(sign(world, pair.coordinator, note), NOTE_DONE);
    assert_int_equal(sign(world, pair.coordinator, note), NOTE_ELSEWHERE);
    assert_int_equal(note_unsigned_list(&world->scope, world->program).count, 0);
    world_act_as(world, pair.receiver);
    Note found;
    assert_true(note_find(&world->scope, note, &found));
    assert_words(found.signed_by_called, "carla");

    /* A correction is another note about the same talk, and is signed anew. */
    world_act_as(world, pair.giver);
    assert_true(note_find(&world->scope, note, &found));
    Match walk;
    assert_true(match_find(&world->scope, match, &walk));
    tx = world_begin(world);
    NoteId later = {0};
    assert_int_equal(
        note_change(&world->scope, tx, &walk, &found,
                    &(NoteWords){.strengths = STR("Very calm."), .talked = STR(""), .next = STR("")}, &later),
        NOTE_DONE);
    world_commit(tx);
    assert_int_equal(sign(world, pair.coordinator, later), NOTE_DONE);
}

static void test_what_a_family_keeps_is_not_signed(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    set_mode(world, NOTE_PAYER);
    const ContactId contact = talk(world, pair.giver, match, CONTACT_TALKED);
    NoteId note = {0};
    assert_int_equal(write_note(world, pair.giver, match, contact, &note), NOTE_DONE);
    world_act_as(world, pair.receiver);
    const Consents all = consent_list(&world->scope, pair.receiver);
    Tx *tx = world_begin(world);
    for (size_t at = 0; at < all.count; at++) {
        if (all.items[at].to == CONSENT_TO_COORDINATORS) {
            assert_int_equal(consent_stop(&world->scope, tx, all.items[at].id), CONSENT_DONE);
        }
    }
    world_commit(tx);
    world_act_as(world, pair.coordinator);
    const NoteUnsigneds waiting = note_unsigned_list(&world->scope, world->program);
    assert_int_equal(waiting.count, 0);
    assert_int_equal(waiting.withheld, 1); /* how many, and no more */
    assert_int_equal(sign(world, pair.coordinator, note), NOTE_ELSEWHERE);
}

static void assert_day(const Zone *zone, Time is, int month, int day) {
    const LocalTime local = zone_local(zone, is);
    assert_int_equal(local.date.month, month);
    assert_int_equal(local.date.day, day);
    const Date next = zone_date(zone, time_after(is, TIME_SECOND));
    assert_int_not_equal(next.day, day); /* the day's very end */
}

static void test_days(void **state) {
    World *world = *state;
    const Zone *zone = zone_find(STR("America/New_York"));
    const Time wednesday = world->scope.now; /* 2026-03-04 at ten; clocks go forward on the eighth */
    assert_day(zone, note_due_at(zone, wednesday, 3), 3, 7);
    assert_day(zone, note_due_at(zone, wednesday, 4), 3, 8);
    assert_day(zone, note_sign_due_at(zone, wednesday, 1), 3, 5);
    assert_day(zone, note_sign_due_at(zone, wednesday, 2), 3, 6);
    assert_day(zone, note_sign_due_at(zone, wednesday, 3), 3, 9);
    assert_day(zone, note_sign_due_at(zone, wednesday, 5), 3, 11);
    assert_day(zone, note_sign_due_at(zone, time_after(wednesday, 3 * TIME_DAY), 1), 3, 9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_each_talk_waits_for_its_note, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_somebody_else_signs, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_what_a_family_keeps_is_not_signed, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_days, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
