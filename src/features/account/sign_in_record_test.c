/* SPDX-License-Identifier: Apache-2.0 */
/* What stays of signing in: rows for who came in, counts for who did not, nothing that tells who is here. */
#include "test/unit.h"

#include "account_sql.h"
#include "features/access/proof.h"
#include "features/account/account.h"
#include "features/account/sign_in_record.h"
#include "features/audit/audit.h"
#include "features/audit/audit_chain.h"
#include "test/feature_world.h"

#define VISIT STR("a browser's own secret")

static AuditOpenings openings_of(World *world, PersonId person) {
    return audit_openings_before(&world->scope, person, (Time){INT64_MAX}, (AuditId){INT64_MAX}, 100);
}

static int64_t rows_of_audit(World *world) {
    return audit_lag_now(&world->scope).rows;
}

static Str key_of(World *world, const char *mail) {
    return account_value_index(db_keys(world->db), world->arena, CONTACT_POINT_MAIL, str_of(mail));
}

static void ask(World *world, const char *mail) {
    Tx *tx = world_begin(world);
    sign_in_send(&world->scope, tx, str_of(mail), VISIT);
    world_commit(tx);
}

static void try_wrongly(World *world) {
    SignedIn signed_in = {0};
    Tx *tx = world_begin(world);
    assert_int_not_equal(sign_in_by_code(&world->scope, tx, VISIT, STR("not it"), &signed_in), SIGN_IN_DONE);
    world_commit(tx);
}

static void count(World *world, SignInEvent event, const char *mail, const char *block) {
    world->scope.block = str_of(block);
    Tx *tx = world_begin(world);
    sign_in_count(&world->scope, tx, event, key_of(world, mail), (PersonId){0});
    world_commit(tx);
}

static void make_rows(World *world) {
    Tx *tx = world_begin(world);
    sign_in_record_counted(&world->scope, tx);
    world_commit(tx);
}

static int64_t counters(World *world) {
    SignInCountRows rows = {0};
    assert_true(sign_in_count_rows(world->db, world->scope.now.us / TIME_HOUR, 10000, &rows));
    return rows.found;
}

static void test_who_comes_in(void **state) {
    World *world = *state;
    static const struct {
        unsigned proofs;
        const char *action;
    } ways[] = {{PROOF_MAILBOX, "signed_in_mail"},    {PROOF_PHONE, "signed_in_text"},
                {PROOF_PASSKEY, "signed_in_passkey"}, {PROOF_PASSPHRASE | PROOF_APP, "signed_in_passphrase"},
                {PROOF_OPERATOR, "signed_in_link"},   {0, "signed_in"}};
    for (size_t at = 0; at < sizeof ways / sizeof ways[0]; at++) {
        const PersonId ana = world_person(world, "ana");
        Tx *tx = world_begin(world);
        (void)session_start(
            &world->scope, tx,
            &(SignedIn){.person = ana, .proofs = ways[at].proofs, .device = STR("Firefox, Android")});
        world_commit(tx);
        const AuditOpenings openings = openings_of(world, ana);
        assert_int_equal(openings.count, 1);
        assert_words(openings.items[0].action, ways[at].action);
        assert_words(openings.items[0].reason, "Firefox, Android");
        assert_true(person_id_equal(openings.items[0].actor, ana));
        assert_int_equal(openings.items[0].outcome, AUDIT_CHANGED);
    }
}

static void test_who_goes(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    Tx *tx = world_begin(world);
    session_leave(&world->scope, tx); /* nobody is signed in */
    const Str token = session_start(&world->scope, tx, &(SignedIn){.person = ana, .proofs = PROOF_MAILBOX});
    world_commit(tx);
    SessionFound found = {0};
    assert_true(session_find(world->db, world->arena, world->scope.now, token, &found));
    world_act_as(world, ana);
    world->scope.session = found.id;
    world_wait(world, TIME_SECOND);
    tx = world_begin(world);
    session_leave(&world->scope, tx);
    world_commit(tx);
    assert_false(session_find(world->db, world->arena, world->scope.now, token, &found));
    const AuditOpenings openings = openings_of(world, ana);
    assert_int_equal(openings.count, 2);
    assert_words(openings.items[0].action, "signed_out");
}

/* While the hour lasts nothing differs: as many counters, and no row of the audit. */
static void test_nobody_is_told_apart(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    static const char *const mails[] = {"ana@example.org", "nobody@example.org"};
    const int64_t rows_before = rows_of_audit(world);
    for (size_t at = 0; at < 2; at++) {
        const int64_t before = counters(world);
        ask(world, mails[at]);
        try_wrongly(world);
        try_wrongly(world);
        assert_int_equal(counters(world) - before, 2);
        make_rows(world); /* the hour is not over */
        assert_int_equal(rows_of_audit(world), rows_before);
    }
    world_wait(world, TIME_HOUR);
    make_rows(world);
    world_wait(world, -TIME_HOUR);
    assert_int_equal(counters(world), 0);
    /* Two that ana reads; two for all about whom nobody is known. */
    assert_int_equal(rows_of_audit(world) - rows_before, 4);
    const AuditOpenings openings = openings_of(world, ana);
    assert_int_equal(openings.count, 2);
    int64_t asked = 0;
    int64_t refused = 0;
    for (size_t at = 0; at < openings.count; at++) {
        const AuditOpening *one = &openings.items[at];
        assert_true(person_id_is_none(one->actor));
        assert_words(one->object, "");
        assert_words(one->reason, "");
        assert_int_equal(one->outcome, AUDIT_REFUSED);
        asked += str_equal(one->action, STR("sign_in_asked")) ? one->number : 0;
        refused += str_equal(one->action, STR("sign_in_refused")) ? one->number : 0;
    }
    assert_int_equal(asked, 1);
    assert_int_equal(refused, 2);
    make_rows(world); /* and not again */
    assert_int_equal(rows_of_audit(world) - rows_before, 4);
}

/* A row an hour for the person, whatever the number and from wherever. */
static void test_a_flood_stays_small(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    for (int at = 0; at < 2030; at++) {
        count(world, SIGN_IN_PASSPHRASE_REFUSED, "ana@example.org",
              str_c(world->arena, str_print(world->arena, "198.51.%d.0/24", at)));
    }
    assert_int_equal(counters(world), 2001);
    /* Who was counted before the flood still is. */
    count(world, SIGN_IN_PASSPHRASE_REFUSED, "ana@example.org", "198.51.7.0/24");
    assert_int_equal(counters(world), 2001);
    world_wait(world, TIME_HOUR);
    make_rows(world);
    const AuditOpenings openings = openings_of(world, ana);
    assert_int_equal(openings.count, 1);
    assert_int_equal(openings.items[0].number, 2001);
    assert_int_equal(rows_of_audit(world), 2); /* the other 30: one row about nobody */
}

static void test_a_phone_and_a_signed_in_person(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    Tx *tx = world_begin(world);
    account_contact_point_add(
        &world->scope, tx, ana,
        &(ContactPoint){.kind = CONTACT_POINT_PHONE, .value = STR("787 555 0103"), .text = SAFE_YES});
    sign_in_send_text(&world->scope, tx, STR("(787) 555-0103"), VISIT);
    sign_in_count(&world->scope, tx, SIGN_IN_AGAIN_REFUSED, STR_NONE, ana);
    world_commit(tx);
    world_wait(world, TIME_HOUR);
    make_rows(world);
    const AuditOpenings openings = openings_of(world, ana);
    assert_int_equal(openings.count, 2);
    for (size_t at = 0; at < 2; at++) {
        const bool is_again = str_equal(openings.items[at].action, STR("proof_refused"));
        assert_true(is_again || str_equal(openings.items[at].action, STR("sign_in_asked")));
        assert_true(person_id_equal(openings.items[at].actor, is_again ? ana : (PersonId){0}));
    }
}

static void test_forgetting_drops_the_counts(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    ask(world, "ana@example.org");
    ask(world, "luz@example.org");
    assert_int_equal(counters(world), 2);
    Tx *tx = world_begin(world);
    account_person_forget(&world->scope, tx, ana);
    world_commit(tx);
    assert_int_equal(counters(world), 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_who_comes_in),
        TEST(test_who_goes),
        TEST(test_nobody_is_told_apart),
        TEST(test_a_flood_stays_small),
        TEST(test_a_phone_and_a_signed_in_person),
        TEST(test_forgetting_drops_the_counts),
    };
    return cmocka_run_group_tests_name("sign_in_record", tests, NULL, NULL);
}
