/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing is sent to a way or in an hour that is not safe, whatever the card says and whenever it is asked.
 */
#include "test/unit.h"

#include "features/account/account.h"
#include "features/safety/safety.h"
#include "jobs_sql.h"
#include "platform/zone/zone.h"
#include "test/feature_world.h"

static ContactPointId point_of(World *world, PersonId person, size_t at) {
    const ContactPoints points = account_contact_points(&world->scope, person);
    assert_true(at < points.count);
    return points.items[at].id;
}

static ContactPointId add_phone(World *world, PersonId person, Safe voicemail, Safe text) {
    Tx *tx = world_begin(world);
    const ContactPoint phone = {
        .kind = CONTACT_POINT_PHONE, .value = STR("212-555-0100"), .voicemail = voicemail, .text = text};
    const ContactPointId id = account_contact_point_add(&world->scope, tx, person, &phone);
    world_commit(tx);
    return id;
}

static void set_hours(World *world, PersonId person, const SafetyHours *hours, const char *zone) {
    Tx *tx = world_begin(world);
    safety_set(&world->scope, tx, person, &(SafetyRules){.hours = *hours, .zone = str_of(zone)});
    world_commit(tx);
}

static void set_unsafe(World *world, PersonId person, ContactPointId point) {
    Tx *tx = world_begin(world);
    safety_set_unsafe(&world->scope, tx, person, &point, point.value == 0 ? 0 : 1);
    world_commit(tx);
}

static SafetyAnswerKind asked(World *world, PersonId person, ContactPointId point, SafetyChannel channel) {
    return safety_may_contact(&world->scope, person, point, channel, world->scope.now).kind;
}

static void test_channels(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    const ContactPointId mail = point_of(world, ana, 0);
    const ContactPointId phone = add_phone(world, ana, SAFE_NOT_SAID, SAFE_NO);
    assert_int_equal(asked(world, ana, mail, SAFETY_BY_MAIL), SAFETY_MAY);
    assert_int_equal(asked(world, ana, mail, SAFETY_BY_CALL), SAFETY_NOT_THIS_WAY);
    assert_int_equal(asked(world, ana, phone, SAFETY_BY_CALL), SAFETY_MAY);
    assert_int_equal(asked(world, ana, phone, SAFETY_BY_MAIL), SAFETY_NOT_THIS_WAY);
    assert_int_equal(asked(world, ana, phone, SAFETY_BY_VOICEMAIL), SAFETY_NOT_THIS_WAY);
    assert_int_equal(asked(world, ana, phone, SAFETY_BY_TEXT), SAFETY_NOT_THIS_WAY);
    const ContactPointId open = add_phone(world, ana, SAFE_YES, SAFE_YES);
    assert_int_equal(asked(world, ana, open, SAFETY_BY_VOICEMAIL), SAFETY_MAY);
    assert_int_equal(asked(world, ana, open, SAFETY_BY_TEXT), SAFETY_MAY);
    set_unsafe(world, ana, open);
    assert_int_equal(asked(world, ana, open, SAFETY_BY_CALL), SAFETY_NOT_THIS_WAY);
    assert_int_equal(asked(world, ana, open, SAFETY_BY_TEXT), SAFETY_NOT_THIS_WAY);
    set_unsafe(world, ana, (ContactPointId){0});
    assert_int_equal(asked(world, ana, open, SAFETY_BY_TEXT), SAFETY_MAY);
}

/* Marking somebody else's way changes nothing, and somebody else's way is no way to this person. */
static void test_only_ones_own_ways(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    PersonId luz = world_person(world, "luz");
    const ContactPointId mail = point_of(world, ana, 0);
    set_unsafe(world, luz, mail);
    assert_int_equal(asked(world, ana, mail, SAFETY_BY_MAIL), SAFETY_MAY);
    assert_int_equal(asked(world, luz, mail, SAFETY_BY_MAIL), SAFETY_NOT_THIS_WAY);
    assert_int_equal(asked(world, ana, (ContactPointId){4711}, SAFETY_BY_MAIL), SAFETY_NOT_THIS_WAY);
}

static void test_hours_by_the_persons_own_clock(void **state) {
    World *world = *state; /* Wednesday, ten in New York, seven in Los Angeles */
    PersonId ana = world_person(world, "ana");
    const ContactPointId mail = point_of(world, ana, 0);
    const SafetyHours nine_to_two = {.kind = SAFETY_ONLY_THEN, .windows = {{0x3e, 540, 840}}, .count = 1};
    set_hours(world, ana, &nine_to_two, "America/New_York");
    assert_int_equal(asked(world, ana, mail, SAFETY_BY_MAIL), SAFETY_MAY);
    set_hours(world, ana, &nine_to_two, "America/Los_Angeles");
    const SafetyAnswer answer =
        safety_may_contact(&world->scope, ana, mail, SAFETY_BY_MAIL, world->scope.now);
    assert_int_equal(answer.kind, SAFETY_NOT_BEFORE);
    assert_int_equal(answer.not_before.us, time_after(world->scope.now, 2 * TIME_HOUR).us);
    const SafetyHours never = {.kind = SAFETY_NEVER};
    set_hours(world, ana, &never, "America/New_York");
    assert_int_equal(asked(world, ana, mail, SAFETY_BY_MAIL), SAFETY_NOT_THIS_WAY);
    set_hours(world, ana, &nine_to_two, "Nowhere/Lost");
    assert_int_equal(asked(world, ana, mail, SAFETY_BY_MAIL), SAFETY_NOT_THIS_WAY);
}

/* ---- the mails themselves ---- */

/* What was sent, when. */
static struct {
    int sent;
    Time last;
} seen;

static JobSent send_seen(const Scope *scope, Str payload) {
    (void)mail_to(payload);
    seen.sent++;
    seen.last = scope->now;
    return JOB_SENT;
}

static int run_jobs(World *world) {
    static const JobKind kinds[] = {{.name = MAIL_JOB_KIND, .send = send_seen, .may = safety_mail_may}};
    const int before = seen.sent;
    const JobTable table = {.kinds = kinds, .kind_count = 1};
    (void)jobs_run_due(&world->config, world->db, &table, world->scope.now);
    db_use(world->db, world->arena);
    return seen.sent - before;
}

static void queue(World *world, PersonId person, ContactPointId point) {
    Tx *tx = world_begin(world);
    const MailTo to = {.person = person, .point = point, .address = STR("ana@example.org")};
    mail_to_person(&world->scope, tx, &to, STR("News"), STR("There is news."));
    world_commit(tx);
}

static int64_t waiting(World *world) {
    return jobs_left(world->db).waiting;
}

static void test_a_code_goes_at_once(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    const SafetyHours never = {.kind = SAFETY_NEVER};
    set_hours(world, ana, &never, "America/New_York");
    Tx *tx = world_begin(world);
    sign_in_send(&world->scope, tx, STR("ana@example.org"), STR("a browser's secret"));
    world_commit(tx);
    assert_int_equal(run_jobs(world), 1);
}

static void test_a_mail_to_an_unsafe_box_is_dropped(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    const ContactPointId mail = point_of(world, ana, 0);
    queue(world, ana, mail);
    set_unsafe(world, ana, mail); /* said after it was queued, and before it was sent */
    assert_int_equal(run_jobs(world), 0);
    assert_int_equal(waiting(world), 0);
}

/* Random cards, changed while mails wait, and a clock that goes on in odd steps through both changes of the
 * year: each mail is sent, in its time, and never outside of it. */
static void test_never_at_an_unsafe_hour(void **state) {
    World *world = *state;
    static const char *const zones[] = {"America/New_York", "America/Los_Angeles", "America/Phoenix",
                                        "Australia/Lord_Howe"};
    static const LocalTime starts[] = {
        {.date = {2026, 3, 6}}, {.date = {2026, 10, 30}}, {.date = {2026, 4, 3}}};
    PersonId ana = world_person(world, "ana");
    const ContactPointId mail = point_of(world, ana, 0);
    Random random = random_seeded(13);
    for (int round = 0; round < 6; round++) {
        world->scope.now = calendar_moment(starts[round % 3], 0);
        SafetyHours hours = {0};
        const Zone *zone = NULL;
        for (int step = 0; step < 30; step++) {
            if (step % 10 == 0) { /* the person says something else */
                const char *name = zones[random_below(&random, 4)];
                hours = (SafetyHours){.kind = SAFETY_ONLY_THEN, .count = 1};
                hours.windows[0].days = 1 + (unsigned)random_below(&random, 127);
                hours.windows[0].from = (int)random_below(&random, 96) * SAFETY_QUARTER;
                hours.windows[0].to =
                    (hours.windows[0].from + (1 + (int)random_below(&random, 90)) * SAFETY_QUARTER) %
                    SAFETY_DAY_MINUTES;
                zone = zone_find(str_of(name));
                set_hours(world, ana, &hours, name);
            }
            queue(world, ana, mail);
            const int64_t due = waiting(world);
            const int sent = run_jobs(world);
            const bool is_safe = safety_hours_hold(&hours, zone, world->scope.now);
            assert_true(sent == 0 || is_safe);
            /* In a safe hour at least the new one goes; what waits may be set aside until a later one. */
            assert_true(!is_safe || sent >= 1);
            assert_int_equal(waiting(world), due - sent);
            world_wait(world, (int64_t)random_below(&random, 5 * 3600) * TIME_SECOND);
        }
        world_wait(world, 16 * TIME_DAY);
        world->scope.now = safety_hours_next(&hours, zone, world->scope.now);
        (void)run_jobs(world);
        assert_int_equal(waiting(world), 0); /* late, but not lost */
    }
    assert_true(seen.sent > 40);
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_channels),
        IN_A_WORLD(test_only_ones_own_ways),
        IN_A_WORLD(test_hours_by_the_persons_own_clock),
        IN_A_WORLD(test_a_code_goes_at_once),
        IN_A_WORLD(test_a_mail_to_an_unsafe_box_is_dropped),
        IN_A_WORLD(test_never_at_an_unsafe_hour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
