/* SPDX-License-Identifier: Apache-2.0 */
/* `beenthere audit` and the drill's findings: what they print and how they end, on audits that are whole,
 * harmed, or of another database; and links that are no links. */
#include "test/unit.h"

#include "features/audit/audit_boundary.h"
#include "test/audit_bench.h"

#include <fcntl.h>
#include <unistd.h>

typedef struct Printed {
    int status;
    Str text;
} Printed;

/* What the command prints to standard output. */
static Printed said(Audit *audit, const AuditOrder *order) {
    char *text = arena_get(audit->world->arena, 1 << 16);
    char path[128];
    snprintf(path, sizeof path, "%s/said", audit->folder);
    (void)fflush(stdout);
    const int kept = dup(STDOUT_FILENO);
    const int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(kept >= 0 && file >= 0 && dup2(file, STDOUT_FILENO) >= 0);
    const int status = audit_command(&audit->world->scope, order);
    (void)fflush(stdout);
    const bool is_back = dup2(kept, STDOUT_FILENO) >= 0;
    const ssize_t length = pread(file, text, 1 << 16, 0);
    close(kept);
    close(file);
    assert_true(is_back && length >= 0);
    return (Printed){.status = status, .text = {.at = text, .length = (size_t)length}};
}

static AuditOrder order_of(const char *word) {
    Str *words = calloc(1, sizeof *words);
    assert_non_null(words);
    *words = str_of(word);
    return (AuditOrder){.words = {.items = words, .count = 1}};
}

static void order_free(const AuditOrder *order) {
    free((void *)order->words.items);
}

static Printed say(Audit *audit, const char *word) {
    const AuditOrder order = order_of(word);
    const Printed is = said(audit, &order);
    order_free(&order);
    return is;
}

static void assert_says(const Printed *is, int status, const char *part) {
    assert_int_equal(is->status, status);
    if (!str_contains(is->text, str_of(part))) {
        fail_msg("\"%.*s\" does not say \"%s\"", STR_ARGS(is->text), part);
    }
}

static void test_verify_says_what_it_found(void **state) {
    Audit *audit = *state;
    history_make(audit);
    Printed is = say(audit, "verify");
    assert_says(&is, 0, "12 entries, 0 of them emptied by forgetting, 2 checkpoints hold, 0 entries wait");
    assert_says(&is, 0, "all is as it was written");
    assert_int_equal(audit_findings(&audit->world->scope).count, 0);
    harm(audit, "UPDATE audit SET object_id = 999 WHERE id = (SELECT audit FROM audit_link WHERE seq = 2)");
    is = say(audit, "verify");
    assert_says(&is, 1, "entry 2 (of ");
    assert_says(&is, 1, "NOT as it was written");
    const Strs findings = audit_findings(&audit->world->scope);
    assert_int_equal(findings.count, 1);
    assert_true(str_starts_with(findings.items[0], STR("audit: entry 2 (of ")));
}

/* As many as are kept are told, and how many more there are. */
static void test_more_findings_than_are_told(void **state) {
    Audit *audit = *state;
    enum { ROWS = CHAIN_FINDINGS_MOST + 4 };
    rows_add(audit, ROWS);
    audit_stop(&audit->world->scope);
    harm(audit, "UPDATE audit SET object_id = 0");
    const Printed is = say(audit, "verify");
    assert_says(&is, 1, "and 4 more\n");
    assert_int_equal(audit_findings(&audit->world->scope).count, CHAIN_FINDINGS_MOST);
}

static void test_the_public_key_verifies_elsewhere(void **state) {
    Audit *audit = *state;
    history_make(audit);
    const Printed key = say(audit, "public-key");
    assert_int_equal(key.status, 0);
    assert_int_equal(key.text.length, 2 * CHAIN_PUBLIC + 1);
    AuditOrder order = order_of("verify");
    order.public_key = str_part(key.text, 0, 2 * CHAIN_PUBLIC);
    Printed is = said(audit, &order);
    assert_says(&is, 0, "all is as it was written");
    order.public_key = STR("0000000000000000000000000000000000000000000000000000000000000000");
    is = said(audit, &order);
    assert_says(&is, 1, "not signed with this database's key");
    order_free(&order);
}

typedef struct Misuse {
    Audit *audit;
    AuditOrder order;
} Misuse;

static void misuse(void *context) {
    const Misuse *wrong = context;
    (void)audit_command(&wrong->audit->world->scope, &wrong->order);
}

static void test_misuse_is_told(void **state) {
    Audit *audit = *state;
    Misuse wrong = {.audit = audit, .order = {.words = {.count = 0}}};
    ASSERT_FAILS(misuse, &wrong, FAIL_USAGE, "verify, public-key, resume");
    wrong.order = order_of("repair");
    ASSERT_FAILS(misuse, &wrong, FAIL_USAGE, "verify, public-key, resume");
    order_free(&wrong.order);
    wrong.order = order_of("resume"); /* it signs: not with a public key */
    wrong.order.public_key = STR("0000000000000000000000000000000000000000000000000000000000000000");
    ASSERT_FAILS(misuse, &wrong, FAIL_USAGE, "verify, public-key, resume");
    wrong.order.public_key = STR("12ab");
    ASSERT_FAILS(misuse, &wrong, FAIL_USAGE, "64 digits");
    order_free(&wrong.order);
}

/* ---- going on from a copy ---- */

static void test_nothing_to_resume(void **state) {
    Audit *audit = *state;
    audit_stop(&audit->world->scope); /* nothing to sign */
    rows_add(audit, 2);               /* there is no checkpoint yet, neither here nor there */
    const Printed is = say(audit, "resume");
    assert_says(&is, 1, "there is nothing to resume");
}

/* A file of checkpoints beside a database that they were not made for; some of its lines are broken. */
static void test_resume_of_another_database(void **state) {
    Audit *audit = *state;
    history_make(audit);
    char path[128];
    snprintf(path, sizeof path, "%s/checkpoints/checkpoints.log", audit->folder);
    const Str lines = test_database_rows(audit->world->db, audit->world->arena,
                                         "SELECT line FROM audit_checkpoint ORDER BY number");
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    Str line, left;
    assert_true(str_cut(lines, '|', &line, &left));
    (void)fprintf(file, "%.*s\n%.*s\n", STR_ARGS(line), 60, line.at);
    assert_int_equal(fclose(file), 0);
    harm(audit, "DELETE FROM audit_checkpoint");
    harm(audit, "DELETE FROM audit_link WHERE seq > 2");
    Printed is = say(audit, "resume"); /* the link that was signed is not here */
    assert_says(&is, 1, "no checkpoint in the file fits this database");
    harm(audit,
         db_engine(audit->world->db) == DB_SQLITE
             ? "INSERT INTO audit_link (seq, audit, at, commitment, hash) VALUES (4, 5, 6, x'00', x'00')"
             : "INSERT INTO audit_link (seq, audit, at, commitment, hash) VALUES "
               "(4, 5, 6, CAST('0' AS BYTEA), CAST('0' AS BYTEA))");
    is = say(audit, "resume"); /* no hash at all */
    assert_says(&is, 1, "no checkpoint in the file fits this database");
    harm(audit, "UPDATE audit_link SET hash = (SELECT hash FROM audit_link WHERE seq = 2) WHERE seq = 4");
    is = say(audit, "resume"); /* another hash */
    assert_says(&is, 1, "no checkpoint in the file fits this database");
    is = say(audit, "verify");
    assert_says(&is, 1, "NOT as it was written");
    const ChainVerify *verify = verify_now(audit);
    assert_true(verify->finding_count > 0);
}

static void go_back(Audit *audit) {
    harm(audit, "DELETE FROM audit WHERE id IN (SELECT audit FROM audit_link WHERE seq > 4)");
    harm(audit, "DELETE FROM audit_link WHERE seq > 4");
    harm(audit, "DELETE FROM audit_checkpoint WHERE number > 1");
}

static void test_resumed_is_told_from_then_on(void **state) {
    Audit *audit = *state;
    history_make(audit);
    go_back(audit);
    world_wait(audit->world, -TIME_DAY); /* on a machine whose clock is behind */
    Printed is = say(audit, "resume");
    assert_says(&is, 0, "the chain goes on from entry 4");
    audit_stop(&audit->world->scope);
    is = say(audit, "verify");
    assert_says(&is, 0, "note: checkpoint 3 says that the database was restored from a copy");
}

/* ---- what is no audit ---- */

static void link_work(void *context) {
    const Audit *audit = context;
    audit_stop(&audit->world->scope);
}

static void assert_not_linked(Audit *audit, const char *why_part) {
    rows_add(audit, 1);
    Fail why = {.kind = FAIL_USAGE};
    assert_false(fail_catch(link_work, audit, &why));
    assert_int_equal(why.kind, FAIL_DATABASE);
    db_rollback(audit->world->db);
    if (strstr(why.message, why_part) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", why.message, why_part);
    }
}

static void harm_bytes(Audit *audit, const char *what) {
    char sql[128];
    snprintf(sql, sizeof sql, "UPDATE %s = CAST('harm' AS %s)", what,
             db_engine(audit->world->db) == DB_SQLITE ? "BLOB" : "BYTEA");
    harm(audit, sql);
}

static void test_nothing_is_linked_to_what_is_no_link(void **state) {
    Audit *audit = *state;
    history_make(audit);
    harm_bytes(audit, "audit_link SET hash");
    assert_not_linked(audit, "holds no hash");
}

static void test_nothing_is_signed_without_a_name(void **state) {
    Audit *audit = *state;
    history_make(audit);
    harm_bytes(audit, "audit_database SET name");
    assert_not_linked(audit, "is not whole");
    const ChainVerify *verify = verify_now(audit);
    assert_int_equal(verify->findings[0].fault, CHAIN_POINT_OF_ANOTHER);
}

/* The same number with other words: nothing is added to it. */
static void test_a_file_that_says_something_else(void **state) {
    Audit *audit = *state;
    history_make(audit);
    harm(audit, "UPDATE audit_checkpoint SET line = 'something else' WHERE number = 2");
    log_set_least((LogLevel)(LOG_ERROR + 1));
    audit_checkpoint(&audit->world->scope);
    log_set_least(LOG_ERROR);
    assert_int_equal(verify_now(audit)->last_number, 2);
}

/* ---- rows ---- */

/* Two of the same second that draw the same number: the second draws again. */
static void test_ids_that_meet(void **state) {
    Audit *audit = *state;
    for (int times = 0; times < 2; times++) {
        audit->world->random = random_seeded(99);
        Tx *tx = world_begin(audit->world);
        audit_add(&audit->world->scope, tx, &(AuditEntry){.action = STR("x"), .object = times + 1});
        world_commit(tx);
    }
    audit_link(&audit->world->scope);
    assert_whole(audit, 2);
    assert_words(test_database_rows(audit->world->db, audit->world->arena,
                                    "SELECT object_id FROM audit ORDER BY object_id"),
                 "1|\n2|\n");
}

/* Whom nobody stands behind: a row about nobody; and about oneself where there is nobody else. */
static void test_rows_about_nobody_and_oneself(void **state) {
    Audit *audit = *state;
    const AuditEntry entry = {.action = STR("x"), .outcome = AUDIT_CHANGED};
    world_act_as(audit->world, audit->ana);
    Tx *tx = world_begin(audit->world);
    audit_add_about(&audit->world->scope, tx, &entry, &(AccessSubjects){0});
    audit_add_about(&audit->world->scope, tx, &entry, &(AccessSubjects){.people = {audit->ana}, .count = 1});
    world_commit(tx);
    assert_words(test_database_rows(audit->world->db, audit->world->arena,
                                    "SELECT COUNT(*), COUNT(subject) FROM audit"),
                 "2|1|\n");
}

/* ---- what routes record, and what people read ---- */

static void test_routes_record_whom_they_are_about(void **state) {
    Audit *audit = *state;
    Scope *scope = &audit->world->scope;
    RecordAbout about;
    audit_route_about(scope, ACCESS_PERSON, 0, &about); /* signed out */
    assert_int_equal(about.count, 0);
    world_act_as(audit->world, audit->ana);
    audit_route_about(scope, ACCESS_PERSON, 0, &about);
    assert_int_equal(about.count, 1);
    assert_true(person_id_equal(about.people[0], audit->ana));
    assert_true(!about.records_reading && about.records_change && !about.records_refusal);
    audit_route_about(scope, ACCESS_PUBLIC, 0, &about);
    assert_false(about.records_change);
    audit_route_about(scope, ACCESS_CARD_READ, audit->ben.value, &about);
    assert_true(person_id_equal(about.people[0], audit->ben));
    assert_true(about.records_reading && about.records_change && about.records_refusal);
    static const RecordOutcome outcomes[] = {RECORD_READ, RECORD_CHANGED, RECORD_REFUSED};
    for (size_t at = 0; at < sizeof outcomes / sizeof outcomes[0]; at++) {
        const RecordEvent event = {.action = "card_show",
                                   .rule = ACCESS_CARD_READ,
                                   .object = audit->ben.value,
                                   .outcome = outcomes[at],
                                   .about = about};
        world_wait(audit->world, TIME_SECOND);
        Tx *tx = world_begin(audit->world);
        audit_route_record(scope, tx, &event);
        world_commit(tx);
    }
    assert_words(test_database_rows(audit->world->db, audit->world->arena,
                                    "SELECT p.called, a.action, a.object, a.outcome FROM audit a "
                                    "JOIN person p ON p.id = a.subject ORDER BY a.at"),
                 "ben|card_show|card|1|\nben|card_show|card|0|\nben|card_show|card|2|\n");
}

static void test_openings_are_read_the_newest_first(void **state) {
    Audit *audit = *state;
    Scope *scope = &audit->world->scope;
    rows_add(audit, 1); /* by Kim, who has no duty yet */
    world_wait(audit->world, TIME_SECOND);
    Tx *tx = world_begin(audit->world);
    program_duty_give(scope, tx, audit->world->program, audit->kim, DUTY_COORDINATOR);
    world_commit(tx);
    rows_add(audit, 2);
    world_act_as(audit->world, (PersonId){0});
    world_wait(audit->world, TIME_SECOND);
    tx = world_begin(audit->world);
    audit_add(scope, tx,
              &(AuditEntry){.action = STR("list_exported"), .subject = audit->ana, .reason = STR("yearly")});
    world_commit(tx);
    const Time ahead = {INT64_MAX};
    const AuditOpenings all = audit_openings_before(scope, audit->ana, ahead, (AuditId){0}, 10);
    assert_int_equal(all.count, 4);
    assert_true(str_is_none(all.items[0].called));
    assert_words(all.items[0].reason, "yearly");
    assert_int_equal(all.items[0].duty, 0);
    assert_words(all.items[1].called, "kim");
    assert_int_equal(all.items[1].duty, DUTY_COORDINATOR);
    assert_int_equal(all.items[2].duty, DUTY_COORDINATOR);
    assert_int_equal(all.items[3].duty, 0);
    assert_int_equal(all.items[3].walk, AUDIT_WALK_NONE);
    assert_int_equal(all.items[3].outcome, AUDIT_READ);
    const AuditOpenings older = audit_openings_before(scope, audit->ana, all.items[1].at, all.items[1].id, 1);
    assert_int_equal(older.count, 1);
    assert_int_equal(older.items[0].id.value, all.items[2].id.value);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define IN_AUDIT(test) cmocka_unit_test_setup_teardown(test, audit_open, audit_close)
        IN_AUDIT(test_verify_says_what_it_found),
        IN_AUDIT(test_more_findings_than_are_told),
        IN_AUDIT(test_the_public_key_verifies_elsewhere),
        IN_AUDIT(test_misuse_is_told),
        IN_AUDIT(test_nothing_to_resume),
        IN_AUDIT(test_resume_of_another_database),
        IN_AUDIT(test_resumed_is_told_from_then_on),
        IN_AUDIT(test_nothing_is_linked_to_what_is_no_link),
        IN_AUDIT(test_nothing_is_signed_without_a_name),
        IN_AUDIT(test_a_file_that_says_something_else),
        IN_AUDIT(test_ids_that_meet),
        IN_AUDIT(test_rows_about_nobody_and_oneself),
        IN_AUDIT(test_routes_record_whom_they_are_about),
        IN_AUDIT(test_openings_are_read_the_newest_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
