/* SPDX-License-Identifier: Apache-2.0 */
/* What comes into a calendar, what comes out of it again, and what never leaves. */
#include "test/unit.h"

#include "features/account/account.h"
#include "features/diary/diary.h"
#include "features/meeting/meeting.h"
#include "features/notice/notice.h"
#include "features/youth/youth.h"
#include "platform/zone/zone.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

enum { NINE = 9 * 60, TEN = 10 * 60, FULL_DAY = 127 };

/* What left the house. */
static struct {
    int mails, entries;
    PersonId last;
} seen;

static JobSent mail_seen(const Scope *scope, Str payload) {
    (void)scope;
    (void)mail_to(payload);
    seen.mails++;
    return JOB_SENT;
}

static JobSent entry_seen(const Scope *scope, Str payload) {
    (void)scope;
    seen.last = mail_to(payload).person;
    seen.entries++;
    return JOB_SENT;
}

static void run_jobs(World *world) {
    static const JobKind kinds[] = {
        {.name = MAIL_JOB_KIND, .send = mail_seen, .may = safety_mail_may, .over = notice_mail_over},
        {.name = DIARY_JOB_KIND, .send = entry_seen, .may = diary_may, .over = notice_mail_over}};
    const JobTable table = {.kinds = kinds, .kind_count = 2};
    seen.mails = seen.entries = 0;
    jobs_run_due(&world->config, world->db, &table, world->scope.now);
    db_use(world->db, world->arena);
}

static ContactPointId mailbox_of(World *world, PersonId person) {
    const DiaryMailboxes mailboxes = diary_mailboxes(&world->scope, person);
    assert_int_equal(mailboxes.count, 1);
    return mailboxes.items[0].point;
}

static DiaryChoice choose(World *world, PersonId person, ContactPointId point) {
    Tx *tx = world_begin_as(world, person);
    const DiaryChoice choice = diary_choose_mailbox(&world->scope, tx, point);
    world_commit(tx);
    return choice;
}

static void choose_own(World *world, PersonId person) {
    assert_int_equal(choose(world, person, mailbox_of(world, person)), DIARY_CHOSEN);
}

static Time at(World *world, int minute) {
    Time time = TIME_NONE;
    const MeetingClock clock = {.zone = zone_find(STR("America/New_York")), .name = STR("America/New_York")};
    assert_int_equal(meeting_read(&world->scope, clock, (Date){2026, 3, 5}, minute, &time), MEETING_READ);
    return time;
}

static void offer_times(World *world, PersonId person, MatchId match, MeetingId *meeting, Time time) {
    Tx *tx = world_begin_as(world, person);
    const MeetingTimes times = {.at = {time}, .count = 1};
    const MeetingNew new = {.how = MEETING_CALL, .minutes = 30, .place = STR("The library."), .times = times};
    assert_int_equal(meeting_id_is_none(*meeting)
                         ? meeting_propose(&world->scope, tx, match, &new, meeting)
                         : meeting_propose_others(&world->scope, tx, match, *meeting, &times),
                     MEETING_DONE);
    world_commit(tx);
}

static void take(World *world, PersonId person, MatchId match, MeetingId meeting, Time time) {
    Tx *tx = world_begin_as(world, person);
    assert_int_equal(meeting_accept(&world->scope, tx, match, meeting, time), MEETING_DONE);
    world_commit(tx);
}

/* Offered by ana, taken by gloria. */
static MeetingId set_meeting(World *world, const Pair *pair, MatchId match, int minute) {
    MeetingId meeting = {0};
    offer_times(world, pair->receiver, match, &meeting, at(world, minute));
    run_jobs(world);
    take(world, pair->giver, match, meeting, at(world, minute));
    return meeting;
}

static void cancel(World *world, PersonId person, MatchId match, MeetingId meeting) {
    Tx *tx = world_begin_as(world, person);
    assert_int_equal(meeting_cancel(&world->scope, tx, match, meeting), MEETING_DONE);
    world_commit(tx);
}

/* Only between eleven and noon, on New York's clock. */
static void safe_hours(World *world, PersonId person) {
    Tx *tx = world_begin(world);
    safety_set(&world->scope, tx, person,
               &(SafetyRules){.hours = {.kind = SAFETY_ONLY_THEN,
                                        .windows = {{.days = FULL_DAY, .from = 11 * 60, .to = 12 * 60}},
                                        .count = 1},
                              .zone = STR("America/New_York")});
    world_commit(tx);
}

static Str file_of(World *world, PersonId person, MatchId match, MeetingId meeting) {
    Str content = STR_NONE;
    world_act_as(world, person);
    assert_true(diary_file(&world->scope, match, meeting, &content));
    return content;
}

static Str line_of(Str content, const char *name) {
    Str line = STR_NONE;
    while (str_cut(content, '\n', &line, &content)) {
        if (str_starts_with(line, str_of(name))) {
            return line;
        }
    }
    return STR_NONE;
}

static void test_nothing_unless_chosen(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    (void)set_meeting(world, &pair, match, NINE);
    run_jobs(world);
    assert_int_equal(seen.entries, 0);
    assert_int_equal(seen.mails, 1); /* ana hears of it */
}

static void test_set_moved_and_cancelled(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    choose_own(world, pair.receiver);
    choose_own(world, pair.giver);
    MeetingId meeting = set_meeting(world, &pair, match, NINE);
    run_jobs(world);
    assert_int_equal(seen.entries, 2);
    assert_int_equal(seen.mails, 0); /* the entry tells ana of it: one mail */
    const NoticeRows rows = notice_list(&world->scope, pair.giver);
    assert_int_equal(rows.items[0].state, NOTICE_SENT);
    offer_times(world, pair.giver, match, &meeting, at(world, TEN));
    run_jobs(world);
    assert_int_equal(seen.entries, 0); /* it keeps its time until the other agrees */
    take(world, pair.receiver, match, meeting, at(world, TEN));
    run_jobs(world);
    assert_int_equal(seen.entries, 2);
    cancel(world, pair.receiver, match, meeting);
    run_jobs(world);
    assert_int_equal(seen.entries, 2);
    /* What was only offered is in no calendar. */
    meeting = (MeetingId){0};
    offer_times(world, pair.receiver, match, &meeting, at(world, NINE));
    cancel(world, pair.receiver, match, meeting);
    run_jobs(world);
    assert_int_equal(seen.entries, 0);
}

static void test_what_was_overtaken_does_not_leave(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    choose_own(world, pair.receiver);
    safe_hours(world, pair.receiver);
    MeetingId meeting = set_meeting(world, &pair, match, 15 * 60);
    offer_times(world, pair.giver, match, &meeting, at(world, 16 * 60));
    take(world, pair.receiver, match, meeting, at(world, 16 * 60));
    run_jobs(world);
    assert_int_equal(seen.entries, 0);
    world_wait(world, TIME_HOUR); /* eleven */
    run_jobs(world);
    assert_int_equal(seen.entries, 1);
    int dropped = 0;
    const NoticeRows rows = notice_list(&world->scope, pair.receiver);
    for (size_t row = 0; row < rows.count; row++) {
        dropped += rows.items[row].state == NOTICE_DROPPED;
    }
    assert_int_equal(dropped, 1);
    /* Nor what is past by the next safe hour. */
    world_wait(world, 12 * TIME_HOUR);
    meeting = set_meeting(world, &pair, match, NINE);
    world_wait(world, 12 * TIME_HOUR);
    run_jobs(world);
    assert_int_equal(seen.entries, 0);
}

static void test_a_pause_takes_it_out(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    choose_own(world, pair.receiver);
    choose_own(world, pair.giver);
    (void)set_meeting(world, &pair, match, NINE);
    run_jobs(world);
    Tx *tx = world_begin(world);
    assert_int_equal(match_pause(&world->scope, tx, match), MATCH_DONE);
    world_commit(tx);
    run_jobs(world);
    assert_int_equal(seen.entries, 2);
}

static void test_for_whom_nothing_is_shared(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    choose_own(world, pair.giver);
    const MeetingId meeting = set_meeting(world, &pair, match, NINE);
    world_stop_sharing(world, &pair);
    run_jobs(world);
    assert_int_equal(seen.entries, 0);
    Str content = STR_NONE;
    world_act_as(world, pair.giver);
    assert_false(diary_file(&world->scope, match, meeting, &content));
    /* What is off comes out all the same. */
    cancel(world, pair.receiver, match, meeting);
    run_jobs(world);
    assert_int_equal(seen.entries, 1);
    assert_int_equal(seen.last.value, pair.giver.value);
}

static void test_only_to_a_safe_mailbox_of_ones_own(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const ContactPointId own = mailbox_of(world, pair.receiver);
    assert_int_equal(choose(world, pair.receiver, mailbox_of(world, pair.giver)), DIARY_NOT_POSSIBLE);
    assert_int_equal(choose(world, pair.receiver, own), DIARY_CHOSEN);
    (void)set_meeting(world, &pair, match, NINE);
    Tx *tx = world_begin(world);
    safety_set_unsafe(&world->scope, tx, pair.receiver, &own, 1);
    world_commit(tx);
    run_jobs(world);
    assert_int_equal(seen.entries, 0);
    assert_true(contact_point_id_is_none(diary_mailbox_chosen(&world->scope, pair.receiver)));
    assert_int_equal(diary_mailboxes(&world->scope, pair.receiver).count, 0);
    assert_int_equal(choose(world, pair.receiver, own), DIARY_NOT_POSSIBLE);
    assert_int_equal(choose(world, pair.receiver, (ContactPointId){0}), DIARY_CHOSEN);
}

static void test_a_file_says_when_and_no_more(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    MeetingId meeting = set_meeting(world, &pair, match, NINE);
    const Str of_ana = file_of(world, pair.receiver, match, meeting);
    assert_words(line_of(of_ana, "DTSTART"), "DTSTART:20260305T140000Z\r");
    assert_words(line_of(of_ana, "DTEND"), "DTEND:20260305T143000Z\r");
    assert_words(line_of(of_ana, "SUMMARY"), "SUMMARY:Busy\r");
    assert_words(line_of(of_ana, "SEQUENCE"), "SEQUENCE:0\r");
    assert_false(str_contains(of_ana, STR("library")) || str_contains(of_ana, STR("gloria")) ||
                 str_contains(of_ana, STR("mailto")));
    /* Another id for the other of the two, and the same for good. */
    const Str uid = line_of(of_ana, "UID");
    assert_int_equal(uid.length, sizeof "UID:\r" - 1 + 32);
    assert_false(str_equal(uid, line_of(file_of(world, pair.giver, match, meeting), "UID")));
    offer_times(world, pair.giver, match, &meeting, at(world, TEN));
    take(world, pair.receiver, match, meeting, at(world, TEN));
    const Str moved = file_of(world, pair.receiver, match, meeting);
    assert_words(line_of(moved, "SEQUENCE"), "SEQUENCE:1\r");
    assert_true(str_equal(uid, line_of(moved, "UID")));
    Str content = STR_NONE;
    assert_false(diary_file(&world->scope, (MatchId){match.value + 1}, meeting, &content));
    world_act_as(world, pair.coordinator);
    assert_false(diary_file(&world->scope, match, meeting, &content));
    world_act_as(world, pair.receiver);
    world->scope.now = at(world, TEN);
    assert_false(diary_file(&world->scope, match, meeting, &content));
}

/* ---- at a secret link ---- */

static Str make_link(World *world, PersonId person, bool has_names) {
    Tx *tx = world_begin_as(world, person);
    const Str secret = diary_feed_make(&world->scope, tx, has_names);
    world_commit(tx);
    world_act_as(world, (PersonId){0}); /* whoever fetches is nobody */
    return secret;
}

static Str fetched(World *world, Str secret) {
    Str content = STR_NONE;
    assert_true(diary_feed_content(&world->scope, secret, &content));
    return content;
}

static bool is_a_link(World *world, Str secret) {
    Str content = STR_NONE;
    return diary_feed_content(&world->scope, secret, &content);
}

static void test_a_link_shows_what_stands(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Str secret = make_link(world, pair.receiver, false);
    assert_true(str_is_none(line_of(fetched(world, secret), "UID")));
    const MeetingId meeting = set_meeting(world, &pair, match, NINE);
    const Str content = fetched(world, secret);
    assert_words(line_of(content, "DTSTART"), "DTSTART:20260305T140000Z\r");
    assert_words(line_of(content, "SUMMARY"), "SUMMARY:Busy\r");
    assert_true(
        str_equal(line_of(content, "UID"), line_of(file_of(world, pair.receiver, match, meeting), "UID")));
    assert_true(str_equal(content, fetched(world, secret))); /* nothing in it moves by itself */
    /* It stays for a month after it took place, and goes at once when it is off. */
    world->scope.now = time_after(at(world, NINE), 29 * TIME_DAY);
    assert_false(str_is_none(line_of(fetched(world, secret), "UID")));
    world_wait(world, 2 * TIME_DAY);
    assert_true(str_is_none(line_of(fetched(world, secret), "UID")));
}

static void test_a_link_shows_nothing_that_is_off(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Str secret = make_link(world, pair.giver, false);
    const MeetingId first = set_meeting(world, &pair, match, NINE);
    cancel(world, pair.receiver, match, first);
    assert_true(str_is_none(line_of(fetched(world, secret), "UID")));
    (void)set_meeting(world, &pair, match, TEN);
    assert_false(str_is_none(line_of(fetched(world, secret), "UID")));
    world_stop_sharing(world, &pair);
    assert_true(str_is_none(line_of(fetched(world, secret), "UID")));
}

static void test_one_link_and_none_when_it_is_stopped(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    const Str first = make_link(world, pair.receiver, false);
    const Str other = make_link(world, pair.giver, false);
    const Str second = make_link(world, pair.receiver, false);
    assert_false(is_a_link(world, first));
    assert_true(is_a_link(world, second));
    assert_false(is_a_link(world, STR("")));
    assert_false(is_a_link(world, str_part(second, 0, second.length - 1)));
    world_act_as(world, pair.receiver);
    assert_true(diary_feed(&world->scope).is_there);
    Tx *tx = world_begin(world);
    diary_feed_stop(&world->scope, tx);
    world_commit(tx);
    assert_false(diary_feed(&world->scope).is_there);
    assert_false(is_a_link(world, second));
    assert_true(is_a_link(world, other));
}

static void test_names_of_who_gives_where_asked_for(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    (void)set_meeting(world, &pair, match, NINE);
    const Str of_ana = make_link(world, pair.receiver, true);
    const Str of_gloria = make_link(world, pair.giver, true);
    assert_words(line_of(fetched(world, of_ana), "SUMMARY"), "SUMMARY:With gloria\r");
    assert_words(line_of(fetched(world, of_gloria), "SUMMARY"), "SUMMARY:Busy\r");
    /* A link opens without the word of a young person's own. */
    Tx *tx = world_begin(world);
    const Str name = youth_words_keep(&world->scope, tx, STR("What an adult must be told."));
    assert_true(youth_begin(&world->scope, tx, pair.receiver, world->program, name, false));
    world_commit(tx);
    assert_words(line_of(fetched(world, make_link(world, pair.receiver, true)), "SUMMARY"), "SUMMARY:Busy\r");
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_nothing_unless_chosen),
        IN_A_WORLD(test_set_moved_and_cancelled),
        IN_A_WORLD(test_what_was_overtaken_does_not_leave),
        IN_A_WORLD(test_a_pause_takes_it_out),
        IN_A_WORLD(test_for_whom_nothing_is_shared),
        IN_A_WORLD(test_only_to_a_safe_mailbox_of_ones_own),
        IN_A_WORLD(test_a_file_says_when_and_no_more),
        IN_A_WORLD(test_a_link_shows_what_stands),
        IN_A_WORLD(test_a_link_shows_nothing_that_is_off),
        IN_A_WORLD(test_one_link_and_none_when_it_is_stopped),
        IN_A_WORLD(test_names_of_who_gives_where_asked_for),
    };
    return cmocka_run_group_tests_name("meeting_diary", tests, NULL, NULL);
}
