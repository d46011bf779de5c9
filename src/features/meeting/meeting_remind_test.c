/* SPDX-License-Identifier: Apache-2.0 */
/* When people are reminded of meetings, when not, and never twice. */
#include "test/unit.h"

#include "features/account/account.h"
#include "features/diary/diary.h"
#include "features/meeting/meeting.h"
#include "features/notice/notice.h"
#include "platform/db/db_query.h"
#include "platform/zone/zone.h"
#include "test/database.h"
#include "test/feature_pair.h"
#include "test/feature_world.h"

enum { SEVEN = 7 * 60, NINE = 9 * 60, ELEVEN = 11 * 60, NOON = 12 * 60, FOUR = 16 * 60, EVERY_DAY = 127 };

static const Date thursday = {.year = 2026, .month = 3, .day = 5}; /* the world's day is Wednesday the 4th */
static const Date friday = {.year = 2026, .month = 3, .day = 6};

/* What left the house. */
static struct { int reminders, others; } seen;

static JobSent mail_seen(const Scope *scope, Str payload) {
    Str whom = STR_NONE;
    Str subject = STR_NONE;
    (void)scope;
    (void)str_cut(payload, '\n', &whom, &payload);
    (void)str_cut(payload, '\n', &subject, &payload);
    if (str_equal(subject, STR("A reminder"))) {
        seen.reminders++;
    } else {
        seen.others++;
    }
    return JOB_SENT;
}

/* What the jobs process does in this moment. Returns how many reminders leave. */
static int reminded(World *world) {
    static const JobKind kinds[] = {
        {.name = MAIL_JOB_KIND, .send = mail_seen, .may = safety_mail_may, .over = notice_mail_over}};
    const JobTable table = {.kinds = kinds, .kind_count = 1};
    seen.reminders = seen.others = 0;
    diary_remind(&world->scope);
    jobs_run_due(&world->config, world->db, &table, world->scope.now);
    db_use(world->db, world->arena);
    return seen.reminders;
}

static Time on(Date day, int minute) {
    return zone_moment(
        zone_find(STR("America/New_York")),
        (LocalTime){.date = day, .hour = (int8_t)(minute / 60), .minute = (int8_t)(minute % 60)});
}

static MeetingId set_meeting(World *world, const Pair *pair, MatchId match, Time time) {
    MeetingId meeting;
    Tx *tx = world_begin_as(world, pair->giver);
    const MeetingNew new = {.how = MEETING_CALL,
                            .minutes = 30,
                            .place = STR("The library."),
                            .times = {.at = {time}, .count = 1}};
    assert_int_equal(meeting_propose(&world->scope, tx, match, &new, &meeting), MEETING_DONE);
    world_act_as(world, pair->receiver);
    assert_int_equal(meeting_accept(&world->scope, tx, match, meeting, time), MEETING_DONE);
    world_commit(tx);
    (void)reminded(world);
    return meeting;
}

static void choose(World *world, PersonId person, DiaryLead lead) {
    Tx *tx = world_begin_as(world, person);
    diary_choose_lead(&world->scope, tx, lead);
    world_commit(tx);
    assert_int_equal(diary_lead(&world->scope, person), lead);
}

static void only_from_eleven_to_noon(World *world, PersonId person, SafetyHoursKind kind) {
    Tx *tx = world_begin(world);
    safety_set(&world->scope, tx, person,
               &(SafetyRules){.hours = {.kind = kind,
                                        .windows = {{.days = EVERY_DAY, .from = ELEVEN, .to = NOON}},
                                        .count = kind == SAFETY_ONLY_THEN ? 1 : 0},
                              .zone = STR("America/New_York")});
    world_commit(tx);
}

static void assert_planned(World *world, PersonId person, Time time) {
    const char *sql = str_c(
        world->arena, str_print(world->arena, "SELECT remind_at FROM diary_reminder WHERE person = %lld",
                                (long long)person.value));
    const Str wanted = time_is_none(time) ? STR("") : str_print(world->arena, "%lld|\n", (long long)time.us);
    assert_words(test_database_rows(world->db, world->arena, sql), str_c(world->arena, wanted));
}

static void test_both_once(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    (void)set_meeting(world, &pair, match, on(friday, FOUR));
    assert_planned(world, pair.receiver, on(thursday, FOUR)); /* as the program starts with: a day */
    world->scope.now = time_before(on(thursday, FOUR), TIME_SECOND);
    assert_int_equal(reminded(world), 0);
    world->scope.now = on(thursday, FOUR);
    assert_int_equal(reminded(world), 2);
    assert_int_equal(seen.others, 0);
    assert_int_equal(reminded(world), 0);
    /* A clock that is set back reminds nobody again. */
    world->scope.now = on(thursday, NINE);
    assert_int_equal(reminded(world), 0);
}

static void test_a_process_that_was_away_reminds_late_or_not_at_all(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    (void)set_meeting(world, &pair, match, on(friday, FOUR));
    world->scope.now = time_before(on(friday, FOUR), TIME_MINUTE);
    assert_int_equal(reminded(world), 2);
    (void)set_meeting(world, &pair, match, on((Date){2026, 3, 9}, FOUR));
    world->scope.now = on((Date){2026, 3, 9}, FOUR);
    assert_int_equal(reminded(world), 0);
    assert_planned(world, pair.receiver, TIME_NONE);
}

static void test_what_moved_or_is_off(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const MeetingId meeting = set_meeting(world, &pair, match, on(friday, NINE));
    Tx *tx = world_begin_as(world, pair.giver);
    const MeetingTimes times = {.at = {on(friday, FOUR)}, .count = 1};
    assert_int_equal(meeting_propose_others(&world->scope, tx, match, meeting, &times), MEETING_DONE);
    world_commit(tx);
    assert_planned(world, pair.receiver, on(thursday, NINE)); /* it keeps its time until the other agrees */
    world_act_as(world, pair.receiver);
    tx = world_begin(world);
    assert_int_equal(meeting_accept(&world->scope, tx, match, meeting, on(friday, FOUR)), MEETING_DONE);
    world_commit(tx);
    (void)reminded(world);
    world->scope.now = on(thursday, NINE);
    assert_int_equal(reminded(world), 0);
    assert_planned(world, pair.giver, on(thursday, FOUR));
    tx = world_begin(world);
    assert_int_equal(meeting_cancel(&world->scope, tx, match, meeting), MEETING_DONE);
    world_commit(tx);
    assert_planned(world, pair.giver, TIME_NONE);
    (void)set_meeting(world, &pair, match, on(friday, FOUR));
    tx = world_begin(world);
    assert_int_equal(match_pause(&world->scope, tx, match), MATCH_DONE);
    world_commit(tx);
    assert_planned(world, pair.giver, TIME_NONE);
    assert_planned(world, pair.receiver, TIME_NONE);
}

/* Both changes of the clock in New York: 8 March and 1 November 2026. */
static void test_a_day_is_not_always_a_day_long(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Time spring = on((Date){2026, 3, 8}, FOUR);
    (void)set_meeting(world, &pair, match, spring);
    assert_planned(world, pair.receiver, time_before(spring, 23 * TIME_HOUR));
    world->scope.now = on((Date){2026, 10, 30}, FOUR);
    (void)reminded(world);
    const Time autumn = on((Date){2026, 11, 1}, FOUR);
    (void)set_meeting(world, &pair, match, autumn);
    assert_planned(world, pair.receiver, time_before(autumn, 25 * TIME_HOUR));
    choose(world, pair.receiver, DIARY_LEAD_HOURS);
    assert_planned(world, pair.receiver, time_before(autumn, 2 * TIME_HOUR));
}

static void test_as_each_wants(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    choose(world, pair.giver, DIARY_LEAD_NONE);
    (void)set_meeting(world, &pair, match, on(friday, FOUR));
    assert_planned(world, pair.giver, TIME_NONE);
    assert_planned(world, pair.receiver, on(thursday, FOUR));
    choose(world, pair.receiver, DIARY_LEAD_HOURS); /* holds for what is set */
    assert_planned(world, pair.receiver, time_before(on(friday, FOUR), 2 * TIME_HOUR));
    choose(world, pair.receiver, DIARY_LEAD_NONE);
    assert_planned(world, pair.receiver, TIME_NONE);
    choose(world, pair.receiver, DIARY_LEAD_DAY);
    assert_planned(world, pair.receiver, on(thursday, FOUR));
}

static void test_as_the_program_does(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    const Date monday = {2026, 3, 9};
    const struct {
        Clock clock;
        Time wanted;
    } cases[] = {
        {{3, UNIT_HOURS}, time_before(on(monday, FOUR), 3 * TIME_HOUR)},
        {{2, UNIT_DAYS}, on((Date){2026, 3, 7}, FOUR)},
        {{1, UNIT_BUSINESS_DAYS}, on(friday, FOUR)},
        {{1, UNIT_WEEKS}, TIME_NONE}, /* past when it was set */
        {{0, UNIT_DAYS}, TIME_NONE},
    };
    assert_int_equal(diary_program_lead_us(&world->scope, pair.giver), TIME_DAY);
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        Tx *tx = world_begin(world);
        program_set_clock(tx, world->program, CLOCK_REMINDER, cases[at].clock);
        world_commit(tx);
        const MeetingId meeting = set_meeting(world, &pair, match, on(monday, FOUR));
        assert_planned(world, pair.receiver, cases[at].wanted);
        tx = world_begin(world);
        assert_int_equal(meeting_cancel(&world->scope, tx, match, meeting), MEETING_DONE);
        world_commit(tx);
    }
    assert_int_equal(diary_program_lead_us(&world->scope, pair.giver), 0);
    assert_int_equal(diary_program_lead_us(&world->scope, pair.coordinator), 0);
}

static void test_in_safe_hours(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    only_from_eleven_to_noon(world, pair.receiver, SAFETY_ONLY_THEN);
    (void)set_meeting(world, &pair, match, on(friday, NINE));
    assert_planned(world, pair.receiver, on(thursday, ELEVEN)); /* the first safe moment behind it */
    choose(world, pair.receiver, DIARY_LEAD_HOURS);
    assert_planned(world, pair.receiver, on(thursday, NOON - 15)); /* the last one before seven on Friday */
    only_from_eleven_to_noon(world, pair.receiver, SAFETY_NEVER);
    choose(world, pair.receiver, DIARY_LEAD_DAY);
    assert_planned(world, pair.receiver, TIME_NONE);
    /* Hours that were changed behind it: it waits for one, and not beyond the beginning. */
    only_from_eleven_to_noon(world, pair.receiver, SAFETY_ANY_TIME);
    choose(world, pair.receiver, DIARY_LEAD_HOURS);
    choose(world, pair.giver, DIARY_LEAD_NONE);
    only_from_eleven_to_noon(world, pair.receiver, SAFETY_ONLY_THEN);
    world->scope.now = on(friday, SEVEN);
    assert_int_equal(reminded(world), 0);
    assert_int_equal(notice_list(&world->scope, pair.receiver).items[0].state, NOTICE_WAITS);
    world->scope.now = on(friday, ELEVEN);
    assert_int_equal(reminded(world), 0);
    assert_int_equal(notice_list(&world->scope, pair.receiver).items[0].state, NOTICE_DROPPED);
}

/* As the step of the schema finds them that came after reminders. */
static void upgrade(World *world) {
    for (int at = 0; at < DB_STEP_COUNT; at++) {
        if (strcmp(DB_STEPS[at].name, "0065_remind_again") == 0) {
            const bool is_sqlite = db_engine(world->db) == DB_SQLITE;
            Tx *tx = world_begin(world);
            test_database_run(world->db, is_sqlite ? DB_STEPS[at].sqlite : DB_STEPS[at].postgres);
            world_commit(tx);
            return;
        }
    }
    fail_msg("there is no such step");
}

static void test_what_was_set_before_an_upgrade(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    choose(world, pair.giver, DIARY_LEAD_NONE);
    (void)set_meeting(world, &pair, match, on(friday, FOUR));
    Tx *tx = world_begin(world);
    test_database_run(world->db, "DELETE FROM diary_reminder");
    world_commit(tx);
    upgrade(world);
    assert_int_equal(reminded(world), 0); /* now they are planned */
    assert_planned(world, pair.receiver, on(thursday, FOUR));
    assert_planned(world, pair.giver, TIME_NONE);
    upgrade(world); /* leaves what is planned */
    assert_planned(world, pair.receiver, on(thursday, FOUR));
    world->scope.now = on(thursday, FOUR);
    assert_int_equal(reminded(world), 1);
    upgrade(world); /* whoever was reminded is not reminded again */
    assert_int_equal(reminded(world), 0);
    assert_planned(world, pair.receiver, TIME_NONE);
    world->scope.now = on(friday, FOUR);
    upgrade(world); /* nor of what is past */
    assert_int_equal(reminded(world), 0);
    assert_planned(world, pair.receiver, TIME_NONE);
}

static void test_nothing_for_whom_nothing_is_shared(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    (void)set_meeting(world, &pair, match, on(friday, FOUR));
    world_stop_sharing(world, &pair);
    (void)reminded(world);
    world->scope.now = on(thursday, FOUR);
    assert_int_equal(reminded(world), 1); /* the family, whose meeting it still is */
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_both_once),
        IN_A_WORLD(test_a_process_that_was_away_reminds_late_or_not_at_all),
        IN_A_WORLD(test_what_moved_or_is_off),
        IN_A_WORLD(test_a_day_is_not_always_a_day_long),
        IN_A_WORLD(test_as_each_wants),
        IN_A_WORLD(test_as_the_program_does),
        IN_A_WORLD(test_in_safe_hours),
        IN_A_WORLD(test_what_was_set_before_an_upgrade),
        IN_A_WORLD(test_nothing_for_whom_nothing_is_shared),
    };
    return cmocka_run_group_tests_name("meeting_remind", tests, NULL, NULL);
}
