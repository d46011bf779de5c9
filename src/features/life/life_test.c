/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own record: all that is written about them, and nothing that is about somebody else. */
#include "test/unit.h"

#include "features/audit/audit.h"
#include "features/contact/contact.h"
#include "features/gathering/gathering.h"
#include "features/goal/goal_practice.h"
#include "features/life/life_record.h"
#include "features/help/help.h"
#include "features/meeting/meeting.h"
#include "features/message/message.h"
#include "features/note/note.h"
#include "features/promise/promise.h"
#include "features/sheet/sheet.h"
#include "platform/db/db_query.h"
#include "test/feature_pair.h"

static bool has(Str text, const char *part) {
    return str_contains(text, str_of(part));
}

static Str record_of(World *world, PersonId person) {
    world_act_as(world, person);
    return life_json(life_of_actor(&world->scope), world->scope.now);
}

static MatchId walk(World *world, Pair *pair) {
    const MatchId match = world_match(world, pair);
    world_wait(world, TIME_HOUR);
    Match found;
    assert_true(match_find(&world->scope, match, &found));
    const ListItemId form = world_item(world, LIST_ACTIVITY, "Filled in a form");
    Tx *tx = world_begin(world);
    const ContactId contact = contact_add(&world->scope, tx,
                                          &(ContactNew){.match = match,
                                                        .kind = CONTACT_CALL,
                                                        .outcome = CONTACT_TALKED,
                                                        .minutes = 45,
                                                        .support = CONTACT_EMOTIONAL | CONTACT_AFFILIATIONAL,
                                                        .done = {.items = &form, .count = 1},
                                                        .line = STR("We spoke of the mornings."),
                                                        .is_part2 = true});
    MessageSent sent;
    assert_int_equal(
        message_send(&world->scope, tx, match, &(MessageNew){.words = STR("I think of you.")}, &sent),
        MESSAGE_SENT);
    promise_add(&world->scope, tx, &found, &(PromiseNew){.words = STR("I ask the school.")});
    help_ask(&world->scope, tx, &found, STR("I am tired myself."), false);
    note_set_mode(&world->scope, tx, world->program, NOTE_PEER);
    NoteId note;
    assert_int_equal(note_write(&world->scope, tx, &found,
                                &(NoteWords){.strengths = STR("She asks well."),
                                             .talked = STR("We read the letter."),
                                             .next = STR("I call the school.")},
                                &note),
                     NOTE_DONE);
    world_act_as(world, pair->receiver);
    Note written;
    assert_true(note_find(&world->scope, note, &written));
    assert_int_equal(note_answer(&world->scope, tx, &written,
                                 &(NoteAnswer){.deed = NOTE_DIFFER, .words = STR("I was shy.")}),
                     NOTE_DONE);
    help_ask(&world->scope, tx, &found, STR("Who knows the court?"), false);
    contact_answer(&world->scope, tx, contact, STR("It was the evenings."), false, false);
    assert_int_equal(gathering_turn(&world->scope, tx, match, GATHERING_OPEN), GATHERING_DONE);
    assert_int_equal(gathering_say(&world->scope, tx, match, STR("Hello to all."), false), GATHERING_DONE);
    world_commit(tx);
    return match;
}

static void test_who_receives_takes_all_of_it(void **state) {
    World *world = *state;
    Pair pair;
    walk(world, &pair);
    const Str text = record_of(world, pair.receiver);
    static const char *const parts[] = {
        "\"format\": \"beenthere-life-2\"",
        "\"made_at\": \"2026-03-04T",
        "\"called\": \"ana\"",
        "ana@example.org",
        "\"side\": \"receives\"",
        "\"with\": \"gloria\"",
        "We spoke of the mornings.",
        "It was the evenings.",
        "\"minutes\": 45",
        "\"listening\": \"yes\"",
        "\"company\": \"yes\"",
        "\"done\": \"Filled in a form\"",
        "I ask the school.",
        "I think of you.",
        "She asks well.",
        "We read the letter.",
        "I call the school.",
        "I was shy.",
        "Who knows the court?",
        "Hello to all.",
        "\"how\": \"call\"",
        "\"tells_of_substance_use\": true",
        "42 CFR part 2",
        "\"words_hash\": \"",
        "\"did\": \"",
    };
    for (size_t at = 0; at < sizeof parts / sizeof parts[0]; at++) {
        if (!has(text, parts[at])) {
            fail_msg("the record has no %s", parts[at]);
        }
    }
    assert_false(has(text, "\"information\": \"yes\""));
    assert_false(has(text, "gloria@example.org"));
    assert_false(has(text, "I am tired myself."));
}

static void test_who_gives_takes_no_words_of_a_family(void **state) {
    World *world = *state;
    Pair pair;
    walk(world, &pair);
    const Str text = record_of(world, pair.giver);
    assert_true(has(text, "\"side\": \"gives\""));
    assert_true(has(text, "\"with\": \"ana\""));
    assert_true(has(text, "\"minutes\": 45"));
    assert_true(has(text, "I am tired myself."));
    assert_false(has(text, "Filled in a form"));
    assert_false(has(text, "Who knows the court?"));
    assert_false(has(text, "We spoke of the mornings."));
    assert_false(has(text, "It was the evenings."));
    assert_false(has(text, "I think of you."));
    assert_false(has(text, "Hello to all."));
    assert_false(has(text, "She asks well."));
    assert_false(has(text, "I ask the school."));
    assert_false(has(text, "ana@example.org"));
    assert_false(has(text, "42 CFR part 2"));
    world_stop_sharing(world, &pair);
    assert_false(has(record_of(world, pair.giver), "\"with\": \"ana\""));
}

static void test_somebody_else_has_none_of_it(void **state) {
    World *world = *state;
    Pair pair;
    walk(world, &pair);
    const Str text = record_of(world, world_person(world, "kim"));
    assert_true(has(text, "\"called\": \"kim\""));
    assert_false(has(text, "ana"));
    assert_false(has(text, "gloria"));
}

/* Each column that is sealed, and the section it is in; or why it is in none. Whoever seals another one says
 * here where its person finds it. */
static const struct {
    const char *column;
    const char *section; /* NULL: it is in none */
    const char *why;
} sealed[] = {
    {"audit.reason", "openings", NULL},
    {"authenticator.secret", NULL, "opens the account: it leaves the program to nobody"},
    {"capture_aside.words", "not_sent", NULL},
    {"carry.words", "passed_on_by_me", NULL},
    {"checkin.words", "told_to_coordinators", NULL},
    {"consent_organization.called", "consents", NULL},
    {"consent_organization.whom", "consents", NULL},
    {"consent_organization.why", "consents", NULL},
    {"contact.line", "contacts", NULL},
    {"contact_answer.words", "contacts", NULL},
    {"contact_point.safe_times", "ways_to_reach", NULL},
    {"contact_point.value", "ways_to_reach", NULL},
    {"handing.what", "handed_over", NULL},
    {"handing.whom", "handed_over", NULL},
    {"callout.helped", "call_outs", NULL},
    {"callout.otherwise", "call_outs", NULL},
    {"bridge_step.words", "plans_around_a_day", NULL},
    {"debrief.fits", "debriefs", NULL},
    {"debrief.words", "debriefs", NULL},
    {"emergency.reason", "emergencies", NULL},
    {"emergency_answer.words", "emergencies", NULL},
    {"gathering_message.words", "gathering", NULL},
    {"goal.words", "goals", NULL},
    {"goal_practice.helped", "goal_practices", NULL},
    {"goal_practice.words", "goal_practices", NULL},
    {"goal_proposal.words", "goal_proposals", NULL},
    {"goodbye.words", "goodbyes", NULL},
    {"goal_step.words", "goal_steps", NULL},
    {"circle_member.called", "circle", NULL},
    {"circle_member.helps", "circle", NULL},
    {"toolbox_card.words", "toolbox", NULL},
    {"hope.said", "words_of_hope", NULL},
    {"hope.words", "words_of_hope", NULL},
    {"hope_wish.answer", "wishes_to_give", NULL},
    {"guardian.words", "signatures", NULL},
    {"help.answer", "asked_for_someone", NULL},
    {"help.words", "asked_for_someone", NULL},
    {"import_batch.content", NULL, "a whole file, about many people; kept only until it is taken in"},
    {"import_row.original", "from_lists", NULL},
    {"import_row.unparsed", "from_lists", NULL},
    {"invitation.words", "when_they_can", NULL},
    {"job.payload", NULL, "a mail or text on its way, gone when it is sent"},
    {"meeting.place", "meetings", NULL},
    {"message.words", "messages", NULL},
    {"note.next", "notes", NULL},
    {"note.strengths", "notes", NULL},
    {"note.talked", "notes", NULL},
    {"note_beside.words", "notes", NULL},
    {"passing.what", "passed_on", NULL},
    {"passing.whom", "passed_on", NULL},
    {"passing.why", "passed_on", NULL},
    {"progress.words", "progress", NULL},
    {"promise.words", "promises", NULL},
    {"provider_line.words", "provider_forms", NULL},
    {"provider_sheet.with_whom", "provider_forms", NULL},
    {"request.hopes", "requests", NULL},
    {"request.need", "requests", NULL},
    {"request_note.words", "request_notes", NULL},
    {"safety_card.call", "safety_cards", NULL},
    {"safety_card.helps", "safety_cards", NULL},
    {"safety_card.not_call", "safety_cards", NULL},
    {"safety_card.safe", "safety_cards", NULL},
    {"safety_card.worse", "safety_cards", NULL},
    {"sheet.called", "sheets", NULL},
    {"sheet.want", "sheets", NULL},
    {"sheet.questions", "sheets", NULL},
    {"sheet.speak_me", "sheets", NULL},
    {"sheet.speak_giver", "sheets", NULL},
    {"sheet.speak_kin", "sheets", NULL},
    {"sheet.speak_other", "sheets", NULL},
    {"sheet.bring", "sheets", NULL},
    {"sheet.decided", "sheets", NULL},
    {"sheet.later", "sheets", NULL},
    {"sheet.unsaid", "sheets", NULL},
    {"sheet_step.words", "sheet_steps", NULL},
    {"sheet_step.came_of", "sheet_steps", NULL},
    {"sheet_idea.words", "sheet_ideas", NULL},
    {"barrier.words", "barriers", NULL},
    {"barrier_try.words", "barrier_tries", NULL},
    {"barrier_try.came_of", "barrier_tries", NULL},
    {"document.called", "documents", NULL},
    {"document.content", NULL, "a file of its own: taken home from its page, byte for byte"},
    {"signing_born.born", "person", NULL},
};

/* A goal with a step that was tried, which the giver may read; and a goal of the person's alone. */
static void wishes(World *world, const Pair *pair, MatchId match) {
    world_act_as(world, pair->receiver);
    GoalId goal;
    GoalId own;
    Tx *tx = world_begin(world);
    assert_int_equal(
        goal_add(&world->scope, tx, &(GoalNew){.words = STR("Speaking up"), .kind = GOAL_TO_PRACTICE}, &goal),
        GOAL_DONE);
    assert_int_equal(
        goal_add(&world->scope, tx, &(GoalNew){.words = STR("Sleep"), .kind = GOAL_FOR_MYSELF}, &own),
        GOAL_DONE);
    assert_int_equal(goal_step_add(&world->scope, tx,
                                   &(GoalStepNew){.goal = goal,
                                                  .words = STR("I ask."),
                                                  .who = GOAL_BY_ME,
                                                  .has_day = true,
                                                  .day = PROMISE_IN_A_WEEK}),
                     GOAL_DONE);
    world_commit(tx);
    Goal found;
    assert_true(goal_find(&world->scope, goal, &found));
    tx = world_begin(world);
    assert_int_equal(
        goal_practice_add(
            &world->scope, tx, goal, found.steps.items[0].id,
            &(GoalPracticeNew){.day = {2026, 3, 2}, .words = STR("She listened."), .helped = STR("A list.")}),
        GOAL_DONE);
    assert_int_equal(reader_open(&world->scope, tx, READER_THING(goal), match), READER_DONE);
    world_commit(tx);
}

/* A sheet with every field filled in. */
static void full_sheet(World *world) {
    SheetBefore before = {.kind = SHEET_SCHOOL, .day = {2026, 12, 9}};
    for (size_t at = 0; at < SHEET_WORDS; at++) {
        before.words[at] = STR("Some words.");
    }
    SheetId sheet;
    Tx *tx = world_begin(world);
    assert_int_equal(sheet_add(&world->scope, tx, &before, &sheet), SHEET_DONE);
    assert_int_equal(sheet_close(&world->scope, tx, sheet,
                                 &(SheetAfter){.decided = STR("An aide."),
                                               .later = STR("In May."),
                                               .had_seat = SHEET_YES,
                                               .had_say = SHEET_NO,
                                               .unsaid = STR("He is funny.")}),
                     SHEET_DONE);
    assert_int_equal(
        sheet_step_add(
            &world->scope, tx,
            &(SheetStepNew){.sheet = sheet, .words = STR("Call."), .who = SHEET_ME, .day = {2026, 12, 11}}),
        SHEET_DONE);
    world_commit(tx);
}

static void test_a_day_is_a_day_and_who_reads_is_said(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = walk(world, &pair);
    wishes(world, &pair, match);
    full_sheet(world);
    const Str text = record_of(world, pair.receiver);
    static const char *const parts[] = {
        "\"day\": \"2026-03-02\"",   /* tried */
        "\"by\": \"2026-03-11\"",    /* the step */
        "\"until\": \"2026-03-04\"", /* the promise */
        "\"day\": \"2026-12-09\"",   /* the sheet */
        "\"by\": \"2026-12-11\"",    /* its step */
        "\"unsaid\": \"He is funny.\"", "\"read_by\": \"gloria\"",
    };
    for (size_t at = 0; at < sizeof parts / sizeof parts[0]; at++) {
        if (!has(text, parts[at])) {
            fail_msg("the record has no %s", parts[at]);
        }
    }
    world_stop_sharing(world, &pair);
    assert_false(has(record_of(world, pair.receiver), "\"read_by\""));
}

static void test_each_time_offered_is_in_it(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = walk(world, &pair);
    world_act_as(world, pair.giver);
    const Time first = {INT64_C(1773154800000000)}; /* 2026-03-10T15:00:00Z */
    const MeetingNew new = {.how = MEETING_CALL,
                            .minutes = 30,
                            .place = STR(""),
                            .times = {.at = {first, time_after(first, TIME_DAY)}, .count = 2}};
    MeetingId meeting;
    Tx *tx = world_begin(world);
    assert_int_equal(meeting_propose(&world->scope, tx, match, &new, &meeting), MEETING_DONE);
    world_commit(tx);
    const Str text = record_of(world, pair.receiver);
    assert_true(has(text, "\"offered\": \"2026-03-10T15:00:00Z\""));
    assert_true(has(text, "\"offered\": \"2026-03-11T15:00:00Z\""));
}

/* Of a family that stopped sharing, who gave reads no name any more; the family reads who worked for it. */
static void test_who_opened_it(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    world_wait(world, TIME_HOUR);
    const PersonId sides[] = {pair.receiver, pair.giver};
    for (size_t at = 0; at < 2; at++) {
        world_act_as(world, sides[at]);
        Tx *tx = world_begin(world);
        audit_add(&world->scope, tx,
                  &(AuditEntry){.action = STR("match_show"),
                                .kind = OBJECT_MATCH,
                                .object = match.value,
                                .subject = sides[1 - at],
                                .program = world->program,
                                .outcome = AUDIT_READ});
        world_commit(tx);
    }
    assert_true(has(record_of(world, pair.giver), "\"by\": \"ana\""));
    world_stop_sharing(world, &pair);
    const Str after = record_of(world, pair.giver);
    assert_true(has(after, "\"by\": \"A family\""));
    assert_false(has(after, "ana\""));
    assert_true(has(record_of(world, pair.receiver), "\"by\": \"gloria\""));
}

static void test_every_sealed_column_has_its_place(void **state) {
    World *world = *state;
    Pair pair;
    walk(world, &pair);
    const Str text = record_of(world, pair.receiver);
    for (size_t at = 0; at < DB_SEALED_COUNT; at++) {
        size_t found = 0;
        const Str name = str_of(DB_SEALED[at].name); /* "empty table.column" */
        while (found < sizeof sealed / sizeof sealed[0] &&
               !str_equal(str_part(name, STR("empty ").length, name.length), str_of(sealed[found].column))) {
            found++;
        }
        if (found == sizeof sealed / sizeof sealed[0]) {
            fail_msg("%s: where does its person find it?", DB_SEALED[at].name);
        }
        const bool has_section =
            sealed[found].section == NULL
                ? sealed[found].why != NULL
                : has(text, str_c(world->arena, str_print(world->arena, "\"%s\": [", sealed[found].section)));
        if (!has_section) {
            fail_msg("%s: the record has no section for it", DB_SEALED[at].name);
        }
    }
}

static void test_a_record_grows_and_leaves_out_what_says_nothing(void **state) {
    World *world = *state;
    Life *life = life_begin(world->arena);
    life_section(life, "things", TEXT_LIFE_WORDS);
    for (int at = 0; at < 100; at++) {
        life_record(life);
        life_number(life, "number", TEXT_LIFE_WORDS, at);
        life_words(life, "words", TEXT_LIFE_WORDS, STR(""));
        life_time(life, "at", TEXT_LIFE_AT, TIME_NONE);
    }
    assert_int_equal(life->items[0].count, 100);
    assert_int_equal(life->items[0].items[99].count, 1);
    assert_int_equal(life->items[0].items[99].items[0].number, 99);
    assert_false(life_has_part2(life));
    const Str text = life_json(life, world->scope.now);
    assert_false(has(text, "\"words\""));
    assert_false(has(text, "notice"));
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_who_receives_takes_all_of_it),
        IN_A_WORLD(test_who_gives_takes_no_words_of_a_family),
        IN_A_WORLD(test_somebody_else_has_none_of_it),
        IN_A_WORLD(test_a_day_is_a_day_and_who_reads_is_said),
        IN_A_WORLD(test_each_time_offered_is_in_it),
        IN_A_WORLD(test_who_opened_it),
        IN_A_WORLD(test_every_sealed_column_has_its_place),
        IN_A_WORLD(test_a_record_grows_and_leaves_out_what_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
