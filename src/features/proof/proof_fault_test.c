/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in, factors and sessions while the world breaks: nothing half done, nothing used up, and the same
 * code, passphrase or press works once the world is whole again. */
#include "test/unit.h"

#include "account_sql.h"
#include "features/account/account.h"
#include "features/account/sign_in_record.h"
#include "features/audit/audit_chain.h"
#include "features/proof/proof.h"
#include "jobs_sql.h"
#include "test/feature_fault.h"
#include "test/proof_bench.h"

#define VISIT STR("a browser's own secret")

typedef struct Doing {
    PersonId person;
    Str code;
    Str hash;
    ProofResult proof;
    /* how things stood before */
    int64_t rows, jobs, sessions, counted;
    Ways ways;
} Doing;

static int64_t sessions_of(World *world, PersonId person) {
    return (int64_t)session_list(world->db, person, world->scope.now).count;
}

static int64_t jobs_of(World *world) {
    JobCount count = {0};
    assert_true(job_count(world->db, 8, &count));
    return count.waiting;
}

static int64_t counted(World *world) {
    SignInCountRows rows = {0};
    assert_true(sign_in_count_rows(world->db, world->scope.now.us / TIME_HOUR, 10000, &rows));
    return rows.found;
}

static void note(World *world, Doing *doing) {
    doing->rows = audit_lag_now(&world->scope).rows;
    doing->jobs = jobs_of(world);
    doing->sessions = sessions_of(world, doing->person);
    doing->counted = counted(world);
    doing->ways = ways_of(&world->scope, doing->person);
}

static void untouched(World *world, void *context) {
    const Doing *doing = context;
    assert_int_equal(audit_lag_now(&world->scope).rows, doing->rows);
    assert_int_equal(jobs_of(world), doing->jobs);
    assert_int_equal(sessions_of(world, doing->person), doing->sessions);
    assert_int_equal(counted(world), doing->counted);
    const Ways ways = ways_of(&world->scope, doing->person);
    assert_int_equal(ways.passkeys, doing->ways.passkeys);
    assert_int_equal(ways.codes, doing->ways.codes);
    assert_int_equal(ways.has_app, doing->ways.has_app);
    assert_int_equal(ways.has_passphrase, doing->ways.has_passphrase);
    assert_int_equal(ways.is_long, doing->ways.is_long);
}

/* ---- a code by mail ---- */

static void ask(World *world, Tx *tx, void *context) {
    (void)context;
    sign_in_send(&world->scope, tx, STR("kim@example.org"), VISIT);
}

static Str code_sent(World *world) {
    const JobNextRows jobs = job_next(world->db, world->scope.now, 1);
    assert_int_equal(jobs.count, 1);
    const Str payload = jobs.items[0].payload;
    const char *found = memmem(payload.at, payload.length, "code is ", 8);
    assert_non_null(found);
    return str_part(payload, (size_t)(found - payload.at) + 8, 6);
}

static void enter(World *world, Tx *tx, void *context) {
    const Doing *doing = context;
    SignedIn signed_in = {0};
    assert_int_equal(sign_in_by_code(&world->scope, tx, VISIT, doing->code, &signed_in), SIGN_IN_DONE);
    signed_in.device = STR("Firefox, Android");
    (void)session_start(&world->scope, tx, &signed_in);
}

static void enter_wrongly(World *world, Tx *tx, void *context) {
    (void)context;
    SignedIn signed_in = {0};
    assert_int_equal(sign_in_by_code(&world->scope, tx, VISIT, STR("not it"), &signed_in), SIGN_IN_WRONG);
}

static void test_a_code_by_mail(void **state) {
    World *world = *state;
    Doing doing = {.person = coordinator(world, "kim")};
    note(world, &doing);
    fault_each(world, ask, untouched, &doing);
    assert_int_equal(jobs_of(world), 1);
    doing.code = code_sent(world);
    note(world, &doing);
    fault_each(world, enter_wrongly, untouched, &doing);
    assert_int_equal(counted(world), doing.counted + 1);
    note(world, &doing);
    fault_each(world, enter, untouched, &doing);
    assert_int_equal(sessions_of(world, doing.person), 1);
}

/* ---- the counts of an hour that is over ---- */

static void make_rows(World *world, Tx *tx, void *context) {
    (void)context;
    sign_in_record_counted(&world->scope, tx);
}

static void test_counts_become_rows_once(void **state) {
    World *world = *state;
    Doing doing = {.person = coordinator(world, "kim")};
    Tx *tx = world_begin(world);
    ask(world, tx, NULL);
    enter_wrongly(world, tx, NULL);
    world_commit(tx);
    world_wait(world, TIME_HOUR);
    note(world, &doing);
    fault_each(world, make_rows, untouched, &doing);
    assert_int_equal(audit_lag_now(&world->scope).rows, doing.rows + 2);
    note(world, &doing);
    tx = world_begin(world);
    make_rows(world, tx, NULL);
    world_commit(tx);
    untouched(world, &doing);
}

/* ---- a passphrase and an app ---- */

static void take_passphrase(World *world, Tx *tx, void *context) {
    const Doing *doing = context;
    passphrase_set(&world->scope, tx, doing->hash, true);
}

static void begin_app(World *world, Tx *tx, void *context) {
    (void)context;
    app_begin(&world->scope, tx);
}

static void confirm_app(World *world, Tx *tx, void *context) {
    (void)context;
    int64_t minutes = 0;
    assert_int_equal(app_confirm(&world->scope, tx, app_code_now(world), &minutes), APP_FITS);
}

static void sign_in(World *world, Tx *tx, void *context) {
    Doing *doing = context;
    const PassphraseTried tried = passphrase_try_mail(&world->scope, STR("kim@example.org"), WORDS);
    int64_t minutes = 0;
    SignedIn signed_in = {0};
    doing->proof = passphrase_finish(&world->scope, tx, &tried, doing->code, &signed_in, &minutes);
    if (doing->proof == PROOF_SHOWN) {
        (void)session_start(&world->scope, tx, &signed_in);
    }
}

static void remove_app(World *world, Tx *tx, void *context) {
    (void)context;
    assert_int_equal(app_remove(&world->scope, tx), WAY_DROPPED);
}

static void test_a_passphrase_and_an_app(void **state) {
    World *world = *state;
    Doing doing = {.person = world_person(world, "kim")};
    doing.hash = passphrase_hash(world->arena, WORDS);
    act(world, doing.person, PROOF_MAILBOX);
    note(world, &doing);
    fault_each(world, take_passphrase, untouched, &doing);
    note(world, &doing);
    fault_each(world, begin_app, untouched, &doing);
    fault_each(world, confirm_app, untouched, &doing);
    assert_true(ways_of(&world->scope, doing.person).has_app);
    world_wait(world, TIME_MINUTE);
    doing.code = app_code_now(world);
    note(world, &doing);
    fault_each(world, sign_in, untouched, &doing); /* the code that met a fault still counts */
    assert_int_equal(doing.proof, PROOF_SHOWN);
    note(world, &doing);
    fault_each(world, sign_in, untouched, &doing); /* and once only */
    assert_int_equal(doing.proof, PROOF_CODE_USED);
    note(world, &doing);
    fault_each(world, remove_app, untouched, &doing);
    assert_false(ways_of(&world->scope, doing.person).has_app);
    assert_int_equal(sessions_of(world, doing.person), 0); /* the session that came in by it */
}

/* ---- recovery codes ---- */

static void make_codes(World *world, Tx *tx, void *context) {
    Doing *doing = context;
    doing->code = recovery_make(&world->scope, tx).items[3];
}

static void recover(World *world, Tx *tx, void *context) {
    Doing *doing = context;
    doing->proof = recovery_finish(&world->scope, tx, doing->code);
}

static void test_recovery_codes(void **state) {
    World *world = *state;
    Doing doing = {.person = coordinator(world, "kim")};
    act(world, doing.person, PROOF_MAILBOX);
    note(world, &doing);
    fault_each(world, make_codes, untouched, &doing);
    note(world, &doing);
    fault_each(world, recover, untouched, &doing);
    assert_int_equal(doing.proof, PROOF_SHOWN);
    assert_int_equal(ways_of(&world->scope, doing.person).codes, RECOVERY_CODES - 1);
    note(world, &doing);
    fault_each(world, recover, untouched, &doing);
    assert_int_equal(doing.proof, PROOF_WRONG);
}

/* ---- sessions ---- */

static void sign_out(World *world, Tx *tx, void *context) {
    const Doing *doing = context;
    account_sign_out(&world->scope, tx, doing->person, world->program, STR("her phone was stolen"));
}

static void give_duty(World *world, Tx *tx, void *context) {
    const Doing *doing = context;
    program_duty_give(&world->scope, tx, world->program, doing->person, DUTY_LEADER);
}

static void test_sessions(void **state) {
    World *world = *state;
    Doing doing = {.person = world_person(world, "luz")};
    Tx *tx = world_begin(world);
    (void)session_start(&world->scope, tx, &(SignedIn){.person = doing.person, .proofs = PROOF_MAILBOX});
    world_commit(tx);
    act(world, coordinator(world, "kim"), PROOF_OPERATOR);
    note(world, &doing);
    fault_each(world, give_duty, untouched, &doing);
    assert_true(ways_of(&world->scope, doing.person).has_duty);
    note(world, &doing);
    fault_each(world, sign_out, untouched, &doing);
    assert_int_equal(sessions_of(world, doing.person), 0);
}

/* ---- a clock that goes back ---- */

static ProofResult try_words(World *world, Str words) {
    const PassphraseTried tried = passphrase_try_mail(&world->scope, STR("kim@example.org"), words);
    int64_t minutes = 0;
    SignedIn signed_in = {0};
    Tx *tx = world_begin(world);
    const ProofResult result = passphrase_finish(&world->scope, tx, &tried, STR(""), &signed_in, &minutes);
    world_commit(tx);
    return result;
}

static void test_the_clock_goes_back(void **state) {
    World *world = *state;
    Doing doing = {.hash = passphrase_hash(world->arena, WORDS)};
    act(world, world_person(world, "kim"), PROOF_MAILBOX);
    Tx *tx = world_begin(world);
    take_passphrase(world, tx, &doing);
    world_commit(tx);
    world_wait(world, 2 * TIME_HOUR);
    for (int times = 0; times < 10; times++) {
        assert_int_equal(try_words(world, STR("not it at all")), PROOF_WRONG);
    }
    assert_int_equal(try_words(world, WORDS), PROOF_LATER);
    world_wait(world, -2 * TIME_HOUR);
    assert_int_equal(try_words(world, WORDS), PROOF_SHOWN);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_cheap_world, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_a_code_by_mail),
        TEST(test_counts_become_rows_once),
        TEST(test_a_passphrase_and_an_app),
        TEST(test_recovery_codes),
        TEST(test_sessions),
        TEST(test_the_clock_goes_back),
    };
    return cmocka_run_group_tests_name("proof_fault", tests, NULL, NULL);
}
