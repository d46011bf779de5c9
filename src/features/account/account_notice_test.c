/* SPDX-License-Identifier: Apache-2.0 */
/* Which way news goes, when, and what becomes of it. */
#include "test/unit.h"

#include "features/account/account.h"
#include "features/notice/notice.h"
#include "platform/mail/mail.h"
#include "platform/sms/sms.h"
#include "test/feature_world.h"

/* What left the house; texts are refused while that is set. */
static struct {
    int mails, texts;
    bool refuses;
    NoticeId notice;
    char number[32];
    char body[256];
} seen;

static JobSent mail_seen(const Scope *scope, Str payload) {
    (void)scope;
    (void)mail_to(payload);
    seen.mails++;
    return JOB_SENT;
}

static JobSent text_seen(const Scope *scope, Str payload) {
    if (seen.refuses) {
        return JOB_REFUSED;
    }
    Str rest = STR_NONE;
    const SmsTo to = sms_to(payload);
    seen.notice = to.notice;
    snprintf(seen.number, sizeof seen.number, "%.*s", STR_ARGS(to.number));
    (void)str_cut(payload, '\n', &rest, &payload);
    (void)str_cut(payload, '\n', &rest, &payload);
    snprintf(seen.body, sizeof seen.body, "%s", str_c(scope->arena, payload));
    seen.texts++;
    return JOB_SENT;
}

static void run_jobs(World *world) {
    static const JobKind kinds[] = {
        {.name = MAIL_JOB_KIND, .send = mail_seen, .may = safety_mail_may, .over = notice_mail_over},
        {.name = SMS_JOB_KIND, .send = text_seen, .may = account_text_may, .over = notice_text_over}};
    const JobTable table = {.kinds = kinds, .kind_count = 2};
    seen.mails = seen.texts = 0;
    jobs_run_due(&world->config, world->db, &table, world->scope.now);
    db_use(world->db, world->arena);
}

static ContactPointId phone_add(World *world, PersonId person, Safe text) {
    Tx *tx = world_begin(world);
    const ContactPointId point = account_contact_point_add(
        &world->scope, tx, person,
        &(ContactPoint){.kind = CONTACT_POINT_PHONE, .value = STR("(206) 555-0111"), .text = text});
    world_commit(tx);
    return point;
}

static NoticeChoice choose(World *world, PersonId person, ContactPointId point) {
    Tx *tx = world_begin_as(world, person);
    const NoticeChoice choice = notice_choose(&world->scope, tx, point);
    world_commit(tx);
    return choice;
}

/* Somebody with a mailbox and a phone, who wants texts there. */
static PersonId texter(World *world, ContactPointId *ret_phone) {
    world->config.text_url = STR("https://texts.example.org/");
    const PersonId ana = world_person(world, "ana");
    *ret_phone = phone_add(world, ana, SAFE_YES);
    assert_int_equal(choose(world, ana, *ret_phone), NOTICE_CHOSEN);
    return ana;
}

static void tell(World *world, PersonId person) {
    Tx *tx = world_begin(world);
    notice_send(&world->scope, tx, person);
    world_commit(tx);
}

static NoticeRow newest(World *world, PersonId person, size_t count) {
    const NoticeRows rows = notice_list(&world->scope, person);
    assert_int_equal(rows.count, count);
    return rows.items[0];
}

static void provider_says(World *world, const char *word, int64_t code) {
    Tx *tx = world_begin(world);
    notice_state_came(&world->scope, tx, seen.notice, str_of(word), code);
    world_commit(tx);
}

static void test_mail_unless_chosen(void **state) {
    World *world = *state;
    world->config.text_url = STR("https://texts.example.org/");
    const PersonId ana = world_person(world, "ana");
    const ContactPointId phone = phone_add(world, ana, SAFE_YES);
    tell(world, ana);
    run_jobs(world);
    assert_int_equal(seen.mails, 1);
    assert_int_equal(seen.texts, 0);
    assert_int_equal(newest(world, ana, 1).state, NOTICE_SENT);
    assert_int_equal(choose(world, ana, phone), NOTICE_CHOSEN);
    world_wait(world, TIME_MINUTE);
    tell(world, ana);
    run_jobs(world);
    assert_int_equal(seen.mails, 0);
    assert_int_equal(seen.texts, 1);
    assert_string_equal(seen.number, "2065550111");
    assert_true(strstr(seen.body, "/me") != NULL && strstr(seen.body, "STOP") != NULL);
    assert_true(strstr(seen.body, "ana") == NULL && strstr(seen.body, "iver") == NULL);
    assert_int_equal(newest(world, ana, 2).channel, NOTICE_BY_TEXT);
    assert_int_equal(choose(world, ana, (ContactPointId){0}), NOTICE_CHOSEN);
    tell(world, ana);
    run_jobs(world);
    assert_int_equal(seen.mails, 1);
}

static void test_only_a_safe_phone_of_ones_own(void **state) {
    World *world = *state;
    ContactPointId own;
    const PersonId ana = texter(world, &own);
    const PersonId bea = world_person(world, "bea");
    assert_int_equal(choose(world, bea, own), NOTICE_NOT_POSSIBLE);
    assert_int_equal(choose(world, bea, phone_add(world, bea, SAFE_NOT_SAID)), NOTICE_NOT_POSSIBLE);
    assert_int_equal(choose(world, bea, phone_add(world, bea, SAFE_NO)), NOTICE_NOT_POSSIBLE);
    assert_int_equal(choose(world, bea, (ContactPointId){12345}), NOTICE_NOT_POSSIBLE);
    tell(world, bea);
    run_jobs(world);
    assert_int_equal(seen.mails, 1);
    /* Without a provider nothing waits for one. */
    world->config.text_url = STR("");
    tell(world, ana);
    run_jobs(world);
    assert_int_equal(seen.mails, 1);
}

static void remind(World *world, PersonId person, Time until) {
    Tx *tx = world_begin(world);
    notice_remind(&world->scope, tx, person, until);
    world_commit(tx);
}

/* What comes up is told the way that was chosen, in words of its own that are as neutral, and not when it has
 * come. */
static void test_a_reminder_holds_until_it_has_come(void **state) {
    World *world = *state;
    ContactPointId phone;
    const PersonId ana = texter(world, &phone);
    const Time until = time_after(world->scope.now, TIME_HOUR);
    remind(world, ana, until);
    run_jobs(world);
    assert_int_equal(seen.texts, 1);
    assert_true(strstr(seen.body, "comes up") != NULL && strstr(seen.body, "STOP") != NULL);
    assert_true(strstr(seen.body, "eeting") == NULL && strstr(seen.body, "iver") == NULL);
    /* It did not arrive: by mail, as long as it holds. */
    provider_says(world, "undelivered", 30003);
    run_jobs(world);
    assert_int_equal(seen.mails, 1);
    world_wait(world, TIME_MINUTE);
    remind(world, ana, until);
    run_jobs(world);
    assert_int_equal(seen.texts, 1);
    world->scope.now = until;
    provider_says(world, "undelivered", 30003);
    run_jobs(world);
    assert_int_equal(seen.mails, 0);
    assert_int_equal(choose(world, ana, (ContactPointId){0}), NOTICE_CHOSEN);
    remind(world, ana, until);
    run_jobs(world);
    assert_int_equal(seen.mails, 0);
    assert_int_equal(newest(world, ana, 4).state, NOTICE_DROPPED);
}

static void set_hours(World *world, PersonId person, SafetyHoursKind kind) {
    const SafetyRules rules = {
        .hours = {.kind = kind, .count = 1, .windows = {{.days = 127, .from = 13 * 60, .to = 14 * 60}}},
        .zone = STR("America/New_York")};
    Tx *tx = world_begin(world);
    safety_set(&world->scope, tx, person, &rules);
    world_commit(tx);
}

/* At ten the text waits for one o'clock; a second one would say the same. */
static void test_waits_for_a_safe_hour(void **state) {
    World *world = *state;
    ContactPointId phone;
    const PersonId ana = texter(world, &phone);
    set_hours(world, ana, SAFETY_ONLY_THEN);
    tell(world, ana);
    tell(world, ana);
    run_jobs(world);
    assert_int_equal(seen.texts + seen.mails, 0);
    assert_int_equal(newest(world, ana, 1).state, NOTICE_WAITS);
    world_wait(world, 3 * TIME_HOUR);
    run_jobs(world);
    assert_int_equal(seen.texts, 1);
    assert_int_equal(newest(world, ana, 1).state, NOTICE_SENT);
}

/* What was queued to a phone that is unsafe or stopped meanwhile goes by mail. */
static void test_goes_on_by_mail(void **state) {
    World *world = *state;
    ContactPointId phone;
    const PersonId ana = texter(world, &phone);
    tell(world, ana);
    Tx *tx = world_begin(world);
    safety_set_unsafe(&world->scope, tx, ana, &phone, 1);
    world_commit(tx);
    run_jobs(world);
    assert_int_equal(seen.texts, 0);
    assert_int_equal(seen.mails, 1);
    tx = world_begin(world);
    safety_set_unsafe(&world->scope, tx, ana, NULL, 0);
    world_commit(tx);
    seen.refuses = true;
    tell(world, ana);
    run_jobs(world);
    seen.refuses = false;
    assert_int_equal(seen.mails, 1);
    tell(world, ana);
    tx = world_begin(world);
    (void)safety_stop_texts(
        &world->scope, tx,
        account_value_index(db_keys(world->db), world->arena, CONTACT_POINT_PHONE, STR("+12065550111")));
    world_commit(tx);
    run_jobs(world);
    assert_int_equal(seen.texts, 0);
    assert_int_equal(seen.mails, 1);
    int dropped = 0;
    int failed = 0;
    const NoticeRows rows = notice_list(&world->scope, ana);
    for (size_t at = 0; at < rows.count; at++) {
        dropped += rows.items[at].state == NOTICE_DROPPED;
        failed += rows.items[at].state == NOTICE_FAILED;
    }
    assert_int_equal(rows.count, 6);
    assert_int_equal(dropped, 2);
    assert_int_equal(failed, 1);
}

static void test_delivery_states(void **state) {
    World *world = *state;
    ContactPointId phone;
    const PersonId ana = texter(world, &phone);
    tell(world, ana);
    run_jobs(world);
    provider_says(world, "queued", 0);
    provider_says(world, "nonsense", 7);
    assert_int_equal(newest(world, ana, 1).state, NOTICE_SENT);
    provider_says(world, "delivered", 0);
    provider_says(world, "sent", 0);
    provider_says(world, "undelivered", 30003);
    assert_int_equal(newest(world, ana, 1).state, NOTICE_DELIVERED);
    run_jobs(world);
    assert_int_equal(seen.mails, 0);
    world_wait(world, TIME_MINUTE);
    tell(world, ana);
    run_jobs(world);
    provider_says(world, "undelivered", 30005);
    provider_says(world, "failed", 30006);
    run_jobs(world);
    assert_int_equal(seen.mails, 1);
    const NoticeRows rows = notice_list(&world->scope, ana);
    assert_int_equal(rows.count, 3);
    int64_t code = 0;
    for (size_t at = 0; at < rows.count; at++) {
        code += rows.items[at].code;
    }
    assert_int_equal(code, 30005);
}

/* Nothing of it outlives a person who is forgotten, also one who called a way unsafe; what is old goes. */
static void test_goes(void **state) {
    World *world = *state;
    ContactPointId phone;
    const PersonId ana = texter(world, &phone);
    tell(world, ana);
    run_jobs(world);
    world_wait(world, 366 * TIME_DAY);
    Tx *tx = world_begin(world);
    notice_clean_up(&world->scope, tx);
    world_commit(tx);
    assert_int_equal(notice_list(&world->scope, ana).count, 0);
    tell(world, ana);
    tx = world_begin(world);
    safety_set_unsafe(&world->scope, tx, ana, &phone, 1);
    account_person_forget(&world->scope, tx, ana);
    world_commit(tx);
    assert_int_equal(notice_list(&world->scope, ana).count, 0);
    assert_true(contact_point_id_is_none(notice_phone_chosen(&world->scope, ana)));
    run_jobs(world);
    assert_int_equal(seen.texts + seen.mails, 0);
}

static void tell_together(World *world, PersonId person) {
    Tx *tx = world_begin(world);
    notice_send_together(&world->scope, tx, person);
    world_commit(tx);
}

static void test_what_comes_several_times_is_told_of_once(void **state) {
    World *world = *state;
    world->config.text_url = STR("https://texts.example.org/");
    const PersonId ana = world_person(world, "ana");
    tell_together(world, ana);
    tell_together(world, ana); /* the first one waits for its turn */
    run_jobs(world);
    assert_int_equal(seen.mails, 1);
    world_wait(world, NOTICE_TOGETHER - TIME_MINUTE);
    tell_together(world, ana);
    assert_int_equal(newest(world, ana, 1).state, NOTICE_SENT);
    world_wait(world, 2 * TIME_MINUTE);
    tell_together(world, ana);
    run_jobs(world);
    assert_int_equal(seen.mails, 1);
    (void)newest(world, ana, 2);
    tell(world, ana); /* other news does not ask */
    (void)newest(world, ana, 3);

    /* A reminder told of nothing new, and what waits too long may never go. */
    const PersonId ben = world_person(world, "ben");
    Tx *tx = world_begin(world);
    notice_remind(&world->scope, tx, ben, time_after(world->scope.now, 2 * TIME_DAY));
    world_commit(tx);
    tell_together(world, ben);
    (void)newest(world, ben, 2);
    tell_together(world, ben);
    (void)newest(world, ben, 2);
    world_wait(world, TIME_DAY + TIME_MINUTE);
    tell_together(world, ben);
    (void)newest(world, ben, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_mail_unless_chosen, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_only_a_safe_phone_of_ones_own, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_waits_for_a_safe_hour, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_goes_on_by_mail, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_delivery_states, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_a_reminder_holds_until_it_has_come, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_goes, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_what_comes_several_times_is_told_of_once, world_open,
                                        world_close),
    };
    return cmocka_run_group_tests_name("account_notice", tests, NULL, NULL);
}
