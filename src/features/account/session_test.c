/* SPDX-License-Identifier: Apache-2.0 */
/* How long somebody stays signed in, and who and what ends it. */
#include "test/unit.h"

#include "account_sql.h"
#include "features/access/proof.h"
#include "features/account/account.h"
#include "features/audit/audit.h"
#include "jobs_sql.h"
#include "test/feature_world.h"

static Str start(World *world, PersonId person) {
    Tx *tx = world_begin(world);
    const Str token =
        session_start(&world->scope, tx, &(SignedIn){.person = person, .proofs = PROOF_MAILBOX});
    world_commit(tx);
    return token;
}

/* Is it alive after this long without use? The clock goes back afterwards. */
static bool lives_after(World *world, Str token, int64_t span) {
    SessionFound found = {0};
    const Time later = time_after(world->scope.now, span);
    return session_find(world->db, world->arena, later, token, &found);
}

static void give(World *world, ProgramId program, PersonId person, DutyKind kind) {
    Tx *tx = world_begin(world);
    program_duty_give(&world->scope, tx, program, person, kind);
    world_commit(tx);
}

static void limit(World *world, ProgramId program, DutyKind kind, int64_t idle_us, int64_t longest_us) {
    Tx *tx = world_begin(world);
    program_set_duty_session(&world->scope, tx, program, kind,
                             (DutySession){.idle_us = idle_us, .longest_us = longest_us});
    world_commit(tx);
}

static void test_a_new_duty_counts_for_open_sessions(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    const PersonId luz = world_person(world, "luz");
    const Str anas = start(world, ana);
    const Str luzs = start(world, luz);
    world_wait(world, TIME_DAY);
    assert_true(lives_after(world, anas, 0));
    give(world, world->program, ana, DUTY_LEADER);
    /* It began a day ago: longer than a duty ever lasts. */
    assert_false(lives_after(world, anas, 0));
    assert_true(lives_after(world, luzs, TIME_DAY));
    const Str fresh = start(world, luz);
    give(world, world->program, luz, DUTY_COORDINATOR);
    assert_true(lives_after(world, fresh, 59 * TIME_MINUTE));
    assert_false(lives_after(world, fresh, TIME_HOUR));
    assert_false(lives_after(world, luzs, 0));
}

static void test_the_strictest_duty_counts(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    give(world, world->program, ana, DUTY_COORDINATOR);
    give(world, world->program, ana, DUTY_EMERGENCY);
    limit(world, world->program, DUTY_COORDINATOR, 4 * TIME_HOUR, 20 * TIME_HOUR);
    const Str first = start(world, ana);
    assert_true(lives_after(world, first, 59 * TIME_MINUTE)); /* the other duty has what we start with */
    assert_false(lives_after(world, first, TIME_HOUR));
    limit(world, world->program, DUTY_EMERGENCY, 5 * TIME_MINUTE, TIME_HOUR);
    assert_false(lives_after(world, first, 5 * TIME_MINUTE)); /* at once */
    limit(world, world->program, DUTY_EMERGENCY, 8 * TIME_HOUR, 24 * TIME_HOUR);
    assert_false(lives_after(world, first, 5 * TIME_MINUTE)); /* and none gets longer */
    const Str second = start(world, ana);
    assert_true(lives_after(world, second, 3 * TIME_HOUR));
    assert_false(lives_after(world, second, 4 * TIME_HOUR));
    const DutySession now = program_duty_session(&world->scope, world->program, DUTY_EMERGENCY);
    assert_int_equal(now.idle_us, 8 * TIME_HOUR);
    assert_int_equal(now.longest_us, 24 * TIME_HOUR);
    assert_int_equal(program_duty_session(&world->scope, world->program, DUTY_LEADER).idle_us, TIME_HOUR);
}

static void test_days_of_grace_are_kept(void **state) {
    World *world = *state;
    assert_int_equal(program_grace(&world->scope, world->program), 0);
    Tx *tx = world_begin(world);
    program_set_grace(tx, world->program, 3 * TIME_DAY);
    world_commit(tx);
    assert_int_equal(program_grace(&world->scope, world->program), 3 * TIME_DAY);
}

static int64_t mails_waiting(World *world) {
    JobCount count = {0};
    assert_true(job_count(world->db, 1, &count));
    return count.waiting;
}

static void test_somebody_is_signed_out_everywhere(void **state) {
    World *world = *state;
    const PersonId kim = world_person(world, "kim");
    const PersonId ana = world_person(world, "ana");
    give(world, world->program, kim, DUTY_LEADER);
    const Str one = start(world, ana);
    const Str two = start(world, ana);
    const Str kims = start(world, kim);
    const int64_t mails = mails_waiting(world);
    world_act_as(world, kim);
    world_wait(world, TIME_SECOND);
    Str token = STR_NONE;
    Tx *tx = world_begin(world);
    assert_true(sign_in_link(&world->scope, tx, STR("ana@example.org"), &token));
    account_sign_out(&world->scope, tx, ana, world->program, STR("her phone was stolen"));
    world_commit(tx);
    assert_false(lives_after(world, one, 0));
    assert_false(lives_after(world, two, 0));
    assert_true(lives_after(world, kims, 0));
    assert_int_equal(mails_waiting(world), mails + 1);
    SignedIn signed_in = {0};
    tx = world_begin(world);
    assert_int_equal(sign_in_by_link(&world->scope, tx, token, &signed_in), SIGN_IN_OVER);
    world_commit(tx);
    const AuditOpenings openings =
        audit_openings_before(&world->scope, ana, (Time){INT64_MAX}, (AuditId){INT64_MAX}, 100);
    size_t found = 0;
    for (size_t at = 0; at < openings.count; at++) {
        if (str_equal(openings.items[at].action, STR("sessions_ended"))) {
            assert_true(person_id_equal(openings.items[at].actor, kim));
            assert_int_equal(openings.items[at].duty, DUTY_LEADER);
            assert_words(openings.items[at].reason, "her phone was stolen");
            found++;
        }
    }
    assert_int_equal(found, 1);
}

/* By the operator's command: everyone of the mailbox, and nobody else. */
static void test_a_mailbox_is_signed_out(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    const PersonId luz = world_person(world, "luz");
    Tx *tx = world_begin(world);
    account_contact_point_add(&world->scope, tx, luz,
                              &(ContactPoint){.kind = CONTACT_POINT_MAIL, .value = STR("ana@example.org")});
    world_commit(tx);
    const Str anas = start(world, ana);
    const Str luzs = start(world, luz);
    const Str others = start(world, world_person(world, "other"));
    tx = world_begin(world);
    assert_int_equal(account_sign_out_mail(&world->scope, tx, STR("nobody@example.org"), STR("x")), 0);
    assert_int_equal(account_sign_out_mail(&world->scope, tx, STR(" Ana@Example.org"), STR("x")), 2);
    world_commit(tx);
    assert_false(lives_after(world, anas, 0));
    assert_false(lives_after(world, luzs, 0));
    assert_true(lives_after(world, others, 0));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_a_new_duty_counts_for_open_sessions),
        TEST(test_the_strictest_duty_counts),
        TEST(test_days_of_grace_are_kept),
        TEST(test_somebody_is_signed_out_everywhere),
        TEST(test_a_mailbox_is_signed_out),
    };
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
