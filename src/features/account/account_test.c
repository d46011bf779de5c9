/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in by a mailbox: what counts, what is over, and what nobody can find out. */
#include "test/unit.h"

#include "account_sql.h"
#include "jobs_sql.h"
#include "features/access/proof.h"
#include "features/account/account.h"
#include "test/feature_world.h"

static const char *const VISIT = "a browser's own secret";

/* What stands behind these words in the mail that waits longest to be sent; none when no mail waits. */
static Str mailed(World *world, const char *before, size_t length) {
    JobNextRows jobs = job_next(world->db, world->scope.now, 1);
    if (jobs.count == 0 || str_equal(jobs.items[0].kind, STR(SIGN_IN_NOTHING_KIND))) {
        return STR_NONE;
    }
    Str payload = jobs.items[0].payload;
    const char *found = memmem(payload.at, payload.length, before, strlen(before));
    assert_non_null(found);
    return str_part(payload, (size_t)(found - payload.at) + strlen(before), length);
}

static int64_t mails_waiting(World *world) {
    JobCount count = {0};
    assert_true(job_count(world->db, 1, &count));
    return count.waiting;
}

static void send(World *world, const char *mail, const char *visit) {
    Tx *tx = world_begin(world);
    sign_in_send(&world->scope, tx, str_of(mail), str_of(visit));
    world_commit(tx);
}

static SignInResult try_code(World *world, const char *visit, Str code, SignedIn *ret_signed_in) {
    Tx *tx = world_begin(world);
    SignInResult result = sign_in_by_code(&world->scope, tx, str_of(visit), code, ret_signed_in);
    world_commit(tx);
    return result;
}

static Str sent_code(World *world) {
    return mailed(world, "Your code is ", 6);
}

static void test_code_signs_in_once(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    send(world, " ANA@example.org ", VISIT);
    Str code = sent_code(world);
    SignedIn signed_in = {0};
    assert_int_equal(try_code(world, VISIT, code, &signed_in), SIGN_IN_DONE);
    assert_true(person_id_equal(signed_in.person, ana));
    assert_int_equal(try_code(world, VISIT, code, &signed_in), SIGN_IN_OVER);
}

static void test_code_counts_only_in_its_browser(void **state) {
    World *world = *state;
    world_person(world, "ana");
    send(world, "ana@example.org", VISIT);
    SignedIn signed_in = {0};
    assert_int_equal(try_code(world, "another browser", sent_code(world), &signed_in), SIGN_IN_OVER);
    assert_int_equal(try_code(world, VISIT, sent_code(world), &signed_in), SIGN_IN_DONE);
}

static void test_five_wrong_codes_end_it(void **state) {
    World *world = *state;
    world_person(world, "ana");
    send(world, "ana@example.org", VISIT);
    SignedIn signed_in = {0};
    for (int attempt = 1; attempt <= 4; attempt++) {
        assert_int_equal(try_code(world, VISIT, STR("not it"), &signed_in), SIGN_IN_WRONG);
    }
    assert_int_equal(try_code(world, VISIT, STR("not it"), &signed_in), SIGN_IN_OVER);
    assert_int_equal(try_code(world, VISIT, sent_code(world), &signed_in), SIGN_IN_OVER);
}

static void test_code_ends_after_ten_minutes(void **state) {
    World *world = *state;
    world_person(world, "ana");
    send(world, "ana@example.org", VISIT);
    SignedIn signed_in = {0};
    world_wait(world, 10 * TIME_MINUTE);
    assert_int_equal(try_code(world, VISIT, sent_code(world), &signed_in), SIGN_IN_OVER);
}

static void test_unknown_mailbox_looks_the_same_and_gets_no_mail(void **state) {
    World *world = *state;
    send(world, "nobody@example.org", VISIT);
    assert_true(str_is_none(sent_code(world)));
    SignedIn signed_in = {0};
    assert_int_equal(try_code(world, VISIT, STR("123456"), &signed_in), SIGN_IN_WRONG);
}

static void send_text(World *world, const char *phone) {
    Tx *tx = world_begin(world);
    sign_in_send_text(&world->scope, tx, str_of(phone), str_of(VISIT));
    world_commit(tx);
}

static void test_text_goes_where_it_is_safe(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    Tx *tx = world_begin(world);
    const ContactPoint phone = {
        .kind = CONTACT_POINT_PHONE, .value = STR("(787) 555-0103"), .text = SAFE_YES};
    const ContactPointId point = account_contact_point_add(&world->scope, tx, ana, &phone);
    world_commit(tx);
    send_text(world, "1 787 555 0103");
    SignedIn signed_in = {0};
    assert_int_equal(try_code(world, VISIT, mailed(world, "Your code is ", 6), &signed_in), SIGN_IN_DONE);
    assert_true(person_id_equal(signed_in.person, ana));
    assert_int_equal(signed_in.proofs, PROOF_PHONE);
    tx = world_begin(world);
    assert_true(account_contact_point_set_safety(tx, ana, point, &(ContactPoint){.safe_times = STR("")}));
    world_commit(tx);
    world_wait(world, TIME_MINUTE); /* whatever is of one moment has no order */
    send_text(world, "787 555 0103");
    world_wait(world, TIME_MINUTE);
    send_text(world, "787 555 9999");
    const JobNextRows first = job_next(world->db, world->scope.now, 1);
    assert_true(str_equal(first.items[0].kind, STR("text")));
    /* The same work where nobody is told: a row each. */
    assert_int_equal(mails_waiting(world), 3);
    assert_int_equal(try_code(world, VISIT, STR("123456"), &signed_in), SIGN_IN_WRONG);
}

static void test_a_mailbox_is_not_flooded(void **state) {
    World *world = *state;
    world_person(world, "ana");
    for (int times = 0; times < 8; times++) {
        send(world, "ana@example.org", VISIT);
    }
    assert_int_equal(mails_waiting(world), 5);
    world_wait(world, TIME_HOUR);
    send(world, "ana@example.org", VISIT);
    assert_int_equal(mails_waiting(world), 6);
}

static void test_link_works_once_in_any_browser(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    send(world, "ana@example.org", VISIT);
    Str token = mailed(world, "/sign-in/link/", 64);
    SignedIn signed_in = {0};
    Tx *tx = world_begin(world);
    assert_int_equal(sign_in_by_link(&world->scope, tx, STR("0123"), &signed_in), SIGN_IN_OVER);
    assert_int_equal(sign_in_by_link(&world->scope, tx, token, &signed_in), SIGN_IN_DONE);
    assert_true(person_id_equal(signed_in.person, ana));
    assert_int_equal(sign_in_by_link(&world->scope, tx, token, &signed_in), SIGN_IN_OVER);
    world_commit(tx);
}

static void test_operator_link_needs_a_known_mailbox(void **state) {
    World *world = *state;
    Str token = STR_NONE;
    Tx *tx = world_begin(world);
    assert_false(sign_in_link(&world->scope, tx, STR("ana@example.org"), &token));
    world_commit(tx);
    world_person(world, "ana");
    tx = world_begin(world);
    assert_true(sign_in_link(&world->scope, tx, STR("ana@example.org"), &token));
    SignedIn signed_in = {0};
    assert_int_equal(sign_in_by_link(&world->scope, tx, token, &signed_in), SIGN_IN_DONE);
    world_commit(tx);
}

/* The clock was two hours ahead, and is put right: who asks again gets in with the new code, at once. */
static void test_the_clock_goes_back(void **state) {
    World *world = *state;
    world_person(world, "ana");
    world_wait(world, 2 * TIME_HOUR);
    for (int times = 0; times < 5; times++) {
        send(world, "ana@example.org", VISIT);
    }
    const int64_t mails = mails_waiting(world);
    world_wait(world, -2 * TIME_HOUR);
    SignedIn signed_in = {0};
    assert_int_equal(try_code(world, VISIT, STR("000000"), &signed_in), SIGN_IN_WRONG);
    send(world, "ana@example.org", VISIT);
    assert_int_equal(mails_waiting(world), mails + 1);
    const Str code = sent_code(world); /* the one that is due first: the new one */
    assert_int_equal(try_code(world, VISIT, code, &signed_in), SIGN_IN_DONE);
}

/* ---- sessions ---- */

static Str mail_index(World *world, const char *mail) {
    return account_value_index(db_keys(world->db), world->arena, CONTACT_POINT_MAIL, str_of(mail));
}

static Str start(World *world, PersonId person, Str mail_key) {
    Tx *tx = world_begin(world);
    Str token = session_start(&world->scope, tx, &(SignedIn){.person = person, .mail_key = mail_key});
    world_commit(tx);
    return token;
}

static bool is_live(World *world, Str token, SessionFound *ret_found) {
    return session_find(world->db, world->arena, world->scope.now, token, ret_found);
}

static void test_session_ends_idle_and_absolute(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    Str token = start(world, ana, STR_NONE);
    SessionFound found = {0};
    assert_true(is_live(world, token, &found));
    assert_true(person_id_equal(found.person, ana));
    assert_false(found.is_stale);
    assert_false(is_live(world, STR("no such token"), &found));
    for (int day = 0; day < 29; day++) {
        world_wait(world, TIME_DAY);
        assert_true(is_live(world, token, &found));
        assert_true(found.is_stale);
        Tx *tx = world_begin(world);
        session_seen(tx, found.id, world->scope.now);
        world_commit(tx);
    }
    world_wait(world, TIME_DAY);
    assert_false(is_live(world, token, &found));
    token = start(world, ana, STR_NONE);
    world_wait(world, TIME_WEEK);
    assert_false(is_live(world, token, &found));
}

static void test_a_duty_shortens_the_session(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, world->program, ana, DUTY_COORDINATOR);
    world_commit(tx);
    Str token = start(world, ana, STR_NONE);
    SessionFound found = {0};
    world_wait(world, 59 * TIME_MINUTE);
    assert_true(is_live(world, token, &found));
    world_wait(world, TIME_MINUTE);
    assert_false(is_live(world, token, &found));
}

static void test_household_is_who_the_mailbox_reaches(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    world_wait(world, TIME_MINUTE);
    PersonId luz = world_person(world, "luz");
    PersonId stranger = world_person(world, "stranger");
    Tx *tx = world_begin(world);
    account_contact_point_add(&world->scope, tx, luz,
                              &(ContactPoint){.kind = CONTACT_POINT_MAIL, .value = STR("Ana@Example.org")});
    world_commit(tx);
    Str token = start(world, luz, mail_index(world, "ana@example.org"));
    SessionFound found = {0};
    assert_true(is_live(world, token, &found));
    world_act_as(world, luz);
    world->scope.session = found.id;
    Household household = account_household(&world->scope);
    assert_int_equal(household.count, 2);
    assert_words(household.items[0].called, "luz");
    assert_words(household.items[1].called, "ana");
    tx = world_begin(world);
    assert_false(account_change_person(&world->scope, tx, stranger, &token));
    assert_true(account_change_person(&world->scope, tx, ana, &token));
    world_commit(tx);
    assert_true(is_live(world, token, &found));
    assert_true(person_id_equal(found.person, ana));
}

/* An operator's link proves no mailbox, so it opens no other person. */
static void test_operator_session_has_no_household(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    SessionFound found = {0};
    Str token = start(world, ana, STR_NONE);
    assert_true(is_live(world, token, &found));
    world->scope.session = found.id;
    assert_int_equal(account_household(&world->scope).count, 0);
}

static void test_clean_up_keeps_what_lives(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    Str old = start(world, ana, STR_NONE);
    world_wait(world, 8 * TIME_DAY);
    Str live = start(world, ana, STR_NONE);
    send(world, "ana@example.org", VISIT);
    Tx *tx = world_begin(world);
    account_clean_up(&world->scope, tx);
    world_commit(tx);
    SessionFound found = {0};
    assert_false(is_live(world, old, &found));
    assert_true(is_live(world, live, &found));
    SignedIn signed_in = {0};
    assert_int_equal(try_code(world, VISIT, sent_code(world), &signed_in), SIGN_IN_DONE);
}

/* ---- keys to look people up by ---- */

static void test_value_keys(void **state) {
    World *world = *state;
    const struct {
        ContactPointKind kind;
        const char *value, *key;
    } rows[] = {
        {CONTACT_POINT_MAIL, " Family1@Example.org ", "family1@example.org"},
        {CONTACT_POINT_PHONE, "(787) 555-0103", "7875550103"},
        {CONTACT_POINT_PHONE, "+1 787 555 0110", "7875550110"},
        {CONTACT_POINT_PHONE, "206-555-0108 x2", "2065550108"},
        {CONTACT_POINT_PHONE, "555-0111", "5550111"},
        {CONTACT_POINT_PHONE, "call grandma first", ""},
    };
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        assert_words(account_value_key(world->arena, rows[at].kind, str_of(rows[at].value)), rows[at].key);
    }
}

static void test_safety_is_changed_by_its_owner_only(void **state) {
    World *world = *state;
    PersonId ana = world_person(world, "ana");
    PersonId luz = world_person(world, "luz");
    ContactPointListRows points = contact_point_list(world->db, ana);
    assert_int_equal(points.count, 1);
    assert_int_equal(points.items[0].may_voicemail, SAFE_NOT_SAID);
    ContactPoint safety = {.voicemail = SAFE_YES, .text = SAFE_NO, .safe_times = STR("after five")};
    Tx *tx = world_begin(world);
    assert_false(account_contact_point_set_safety(tx, luz, points.items[0].id, &safety));
    assert_true(account_contact_point_set_safety(tx, ana, points.items[0].id, &safety));
    world_commit(tx);
    points = contact_point_list(world->db, ana);
    assert_int_equal(points.items[0].may_voicemail, SAFE_YES);
    assert_int_equal(points.items[0].may_text, SAFE_NO);
    assert_words(points.items[0].safe_times, "after five");
}

static void test_nobody_is_met_twice(void **state) {
    World *world = *state;
    world_person(world, "ana");
    Tx *tx = world_begin(world);
    account_person_meet(&world->scope, tx, STR("Somebody"), STR(" ANA@example.org"));
    account_person_meet(&world->scope, tx, STR("Tess"), STR("tess@example.org"));
    account_person_meet(&world->scope, tx, STR("Tess again"), STR("Tess@example.org "));
    world_commit(tx);
    Household ana = account_find_by_mail(&world->scope, STR("ana@example.org"));
    assert_int_equal(ana.count, 1);
    assert_true(str_equal(ana.items[0].called, STR("ana")));
    Household tess = account_find_by_mail(&world->scope, STR("tess@example.org"));
    assert_int_equal(tess.count, 1);
    assert_true(str_equal(tess.items[0].called, STR("Tess")));
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_code_signs_in_once),
        IN_A_WORLD(test_the_clock_goes_back),
        IN_A_WORLD(test_nobody_is_met_twice),
        IN_A_WORLD(test_code_counts_only_in_its_browser),
        IN_A_WORLD(test_five_wrong_codes_end_it),
        IN_A_WORLD(test_code_ends_after_ten_minutes),
        IN_A_WORLD(test_unknown_mailbox_looks_the_same_and_gets_no_mail),
        IN_A_WORLD(test_text_goes_where_it_is_safe),
        IN_A_WORLD(test_a_mailbox_is_not_flooded),
        IN_A_WORLD(test_link_works_once_in_any_browser),
        IN_A_WORLD(test_operator_link_needs_a_known_mailbox),
        IN_A_WORLD(test_session_ends_idle_and_absolute),
        IN_A_WORLD(test_a_duty_shortens_the_session),
        IN_A_WORLD(test_household_is_who_the_mailbox_reaches),
        IN_A_WORLD(test_operator_session_has_no_household),
        IN_A_WORLD(test_clean_up_keeps_what_lives),
        IN_A_WORLD(test_value_keys),
        IN_A_WORLD(test_safety_is_changed_by_its_owner_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
