/* SPDX-License-Identifier: Apache-2.0 */
/* Rows, links and checkpoints on a real database; then everything that somebody with the database in hand
 * could do to them, each found and named. */
#include "test/unit.h"

#include "audit_sql.h"
#include "test/audit_bench.h"

#include <sys/stat.h>
#include <unistd.h>

static void test_whole(void **state) {
    Audit *audit = *state;
    assert_whole(audit, 0);
    rows_add(audit, 2);
    assert_whole(audit, 0); /* what waits is no fault */
    assert_int_equal(audit_lag_now(&audit->world->scope).rows, 2);
    assert_false(audit_lag_now(&audit->world->scope).is_behind);
    world_wait(audit->world, TIME_HOUR);
    assert_true(audit_lag_now(&audit->world->scope).is_behind);
    audit_link(&audit->world->scope);
    assert_int_equal(audit_lag_now(&audit->world->scope).rows, 0);
    assert_whole(audit, 2);
    history_make(audit);
    assert_whole(audit, 14);
    assert_int_equal(verify_now(audit)->points_held, 2);
    /* Nothing new: no line more. */
    audit_checkpoint(&audit->world->scope);
    audit_checkpoint(&audit->world->scope);
    assert_int_equal(verify_now(audit)->points_held, 3);
    const char *path = str_c(audit->world->arena,
                             str_print(audit->world->arena, "%s/checkpoints/checkpoints.log", audit->folder));
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 077, 0);
}

static void test_edit(void **state) {
    Audit *audit = *state;
    history_make(audit);
    harm(audit, "UPDATE audit SET object_id = 999 WHERE object_id = 102 AND at = (SELECT at FROM audit_link "
                "WHERE seq = 2)");
    assert_found(audit, CHAIN_ROW_CHANGED, 2, 2);
    assert_int_equal(verify_now(audit)->finding_count, 1);
}

static void test_edit_of_link(void **state) {
    Audit *audit = *state;
    history_make(audit);
    harm(audit, "UPDATE audit_link SET at = at + 1 WHERE seq = 7");
    assert_found(audit, CHAIN_LINK_CHANGED, 7, 7);
}

static void test_delete(void **state) {
    Audit *audit = *state;
    history_make(audit);
    harm(audit, "DELETE FROM audit WHERE id = (SELECT audit FROM audit_link WHERE seq = 6)");
    assert_found(audit, CHAIN_ROW_GONE, 6, 6);
    harm(audit, "DELETE FROM audit_link WHERE seq = 6");
    assert_found(audit, CHAIN_LINK_GONE, 6, 6);
}

static void test_reorder(void **state) {
    Audit *audit = *state;
    history_make(audit);
    harm(audit, "UPDATE audit_link SET seq = 100 WHERE seq = 5");
    harm(audit, "UPDATE audit_link SET seq = 5 WHERE seq = 6");
    harm(audit, "UPDATE audit_link SET seq = 6 WHERE seq = 100");
    assert_found(audit, CHAIN_LINK_CHANGED, 5, 5);
}

static void test_cut(void **state) {
    Audit *audit = *state;
    history_make(audit);
    /* What no checkpoint covers yet can be cut off unseen, for a quarter of an hour at most. */
    harm(audit, "DELETE FROM audit_new");
    harm(audit, "DELETE FROM audit WHERE id IN (SELECT audit FROM audit_link WHERE seq > 9)");
    harm(audit, "DELETE FROM audit_link WHERE seq > 9");
    assert_whole(audit, 9);
    harm(audit, "DELETE FROM audit WHERE id IN (SELECT audit FROM audit_link WHERE seq > 7)");
    harm(audit, "DELETE FROM audit_link WHERE seq > 7");
    assert_found(audit, CHAIN_CUT, 8, 9);
}

/* The whole file goes back to how it was after the first checkpoint. */
static void go_back(Audit *audit) {
    harm(audit, "DELETE FROM audit WHERE id IN (SELECT audit FROM audit_link WHERE seq > 4)");
    harm(audit, "DELETE FROM audit_link WHERE seq > 4");
    harm(audit, "DELETE FROM audit_checkpoint WHERE number > 1");
}

static void test_rollback(void **state) {
    Audit *audit = *state;
    history_make(audit);
    go_back(audit);
    assert_found(audit, CHAIN_CUT, 5, 9);
    /* The jobs process goes on linking, but signs nothing that would hide it. */
    rows_add(audit, 10);
    log_set_least((LogLevel)(LOG_ERROR + 1));
    audit_stop(&audit->world->scope);
    log_set_least(LOG_ERROR);
    assert_found(audit, CHAIN_REWRITTEN, 5, 9);
}

static void test_resume(void **state) {
    Audit *audit = *state;
    history_make(audit);
    const AuditOrder order = {.words = {.items = (const Str[]){STR("resume")}, .count = 1}};
    assert_int_equal(audit_command(&audit->world->scope, &order), 1); /* there is nothing to resume */
    go_back(audit);
    rows_add(audit, 10);
    audit_link(&audit->world->scope);
    assert_int_equal(audit_command(&audit->world->scope, &order), 0);
    audit_stop(&audit->world->scope);
    assert_whole(audit, 15); /* 4, 10, and that it was resumed */
    assert_int_equal(verify_now(audit)->last_number, 4);
    /* And from now on it is guarded as before. */
    harm(audit, "DELETE FROM audit_link WHERE seq > 12");
    assert_found(audit, CHAIN_CUT, 13, 15);
}

static void test_put_in(void **state) {
    Audit *audit = *state;
    history_make(audit);
    harm(
        audit,
        "INSERT INTO audit SELECT 4711, at, actor, via, action, object, object_id, subject, program, reason, "
        "outcome, salt, commitment FROM audit WHERE id = (SELECT audit FROM audit_link WHERE seq = 1)");
    const ChainVerify *verify = verify_now(audit);
    assert_int_equal(verify->finding_count, 1);
    assert_int_equal(verify->findings[0].fault, CHAIN_ROW_OUTSIDE);
    assert_int_equal(verify->findings[0].to, 1);
}

static void test_missing_file(void **state) {
    Audit *audit = *state;
    history_make(audit);
    char path[128];
    snprintf(path, sizeof path, "%s/checkpoints/checkpoints.log", audit->folder);
    assert_int_equal(unlink(path), 0);
    assert_found(audit, CHAIN_POINTS_GONE, 1, 2);
    /* It is written again from what the database holds. */
    audit_checkpoint(&audit->world->scope);
    assert_whole(audit, 12);
    assert_int_equal(verify_now(audit)->points_held, 3);
}

/* A crash in the middle of a line. */
static void test_half_a_line(void **state) {
    Audit *audit = *state;
    history_make(audit);
    char path[128];
    snprintf(path, sizeof path, "%s/checkpoints/checkpoints.log", audit->folder);
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(truncate(path, about.st_size - 20), 0);
    assert_found(audit, CHAIN_POINTS_GONE, 2, 2);
    audit_checkpoint(&audit->world->scope);
    assert_whole(audit, 12);
}

static void test_other_key(void **state) {
    Audit *audit = *state;
    history_make(audit);
    audit->key[0] ^= 1;
    assert_found(audit, CHAIN_POINT_FORGED, 1, 1);
}

static void test_forget(void **state) {
    Audit *audit = *state;
    history_make(audit);
    world_act_as(audit->world, (PersonId){0});
    Tx *tx = world_begin(audit->world);
    assert_int_equal(audit_forget(&audit->world->scope, tx, audit->ana), 12);
    world_commit(tx);
    assert_whole(audit, 12); /* also in the moment before the row that says so is linked */
    audit_stop(&audit->world->scope);
    assert_whole(audit, 13);
    assert_int_equal(verify_now(audit)->erased, 12);
    Str left = test_database_rows(
        audit->world->db, audit->world->arena,
        "SELECT COUNT(*) FROM audit WHERE subject IS NOT NULL OR object <> '' OR (actor IS NOT NULL)");
    assert_words(left, "0|\n");
    /* Who empties a row by another way is found. */
    rows_add(audit, 1);
    audit_stop(&audit->world->scope);
    harm(audit, db_engine(audit->world->db) == DB_SQLITE
                    ? "UPDATE audit SET salt = CAST('' AS BLOB), object = '' WHERE object = 'request'"
                    : "UPDATE audit SET salt = CAST('' AS BYTEA), object = '' WHERE object = 'request'");
    assert_found(audit, CHAIN_ERASED_MORE, 12, 13);
}

/* The clock goes an hour back: order and proofs stay, and no checkpoint looks older than the one before. */
static void test_clock_back(void **state) {
    Audit *audit = *state;
    history_make(audit);
    audit_stop(&audit->world->scope);
    world_wait(audit->world, -TIME_HOUR);
    rows_add(audit, 3);
    audit_stop(&audit->world->scope);
    assert_whole(audit, 15);
    const AuditCheckpointLinesRows lines = audit_checkpoint_lines(audit->world->db, 2, 10);
    Checkpoint third, fourth;
    Str text;
    assert_int_equal(checkpoint_read(lines.items[0].line, &third, &text), CHECKPOINT_READ);
    assert_int_equal(checkpoint_read(lines.items[1].line, &fourth, &text), CHECKPOINT_READ);
    assert_false(time_is_before(fourth.at, third.at));
}

/* Many links make a checkpoint without waiting for its time. */
static void test_many(void **state) {
    Audit *audit = *state;
    Tx *tx = world_begin(audit->world);
    for (int at = 0; at < 1100; at++) {
        audit_add(&audit->world->scope, tx, &(AuditEntry){.action = STR("x"), .object = at});
    }
    world_commit(tx);
    audit_link(&audit->world->scope);
    assert_whole(audit, 1100);
    assert_int_equal(verify_now(audit)->points_held, 1);
}

/* ---- faults ---- */

static void stop_work(void *context) {
    const Audit *audit = context;
    audit_stop(&audit->world->scope);
}

/* Whatever statement or allocation fails on the way, nothing is lost and the next pass mends it. */
static void test_faults(void **state) {
    Audit *audit = *state;
    int64_t rows = 0;
    for (int kind = 0; kind < 2; kind++) {
        bool is_through = false;
        /* Each statement; of allocations, which are many, every third. */
        for (int64_t nth = 1; !is_through; nth += kind == 0 ? 1 : 3) {
            rows_add(audit, 2);
            rows += 2;
            Fail why = {0};
            if (kind == 0) {
                db_fail_nth(audit->world->db, nth, FAIL_DATABASE);
            } else {
                arena_fail_nth((size_t)nth);
            }
            is_through = fail_catch(stop_work, audit, &why);
            db_fail_nth(audit->world->db, 0, 0);
            arena_fail_nth(0);
            db_rollback(audit->world->db);
            audit_stop(&audit->world->scope);
            assert_whole(audit, rows);
            assert_true(nth < 200);
        }
        assert_true(rows > 10);
    }
}

/* ---- whom it is about ---- */

static Str rows_now(Audit *audit) {
    return test_database_rows(audit->world->db, audit->world->arena,
                              "SELECT p.called, a.action, a.object, a.outcome FROM audit a "
                              "LEFT JOIN person p ON p.id = a.subject ORDER BY a.at, p.called");
}

static void test_about(void **state) {
    Audit *audit = *state;
    const Scope *scope = &audit->world->scope;
    const AuditEntry entry = {
        .action = STR("match_show"), .kind = OBJECT_MATCH, .object = 5, .outcome = AUDIT_READ};
    const AccessSubjects both = {
        .program = audit->world->program, .people = {audit->ana, audit->ben}, .count = 2};
    world_act_as(audit->world, audit->kim);
    Tx *tx = world_begin(audit->world);
    audit_add_about(scope, tx, &entry, &both);
    world_commit(tx);
    assert_words(rows_now(audit), "ana|match_show|match|1|\nben|match_show|match|1|\n");
    /* One of the two: a row about the other. */
    world_act_as(audit->world, audit->ana);
    world_wait(audit->world, TIME_SECOND);
    tx = world_begin(audit->world);
    audit_add_about(scope, tx, &entry, &both);
    /* One's own alone, which is only recorded when it is changed: about oneself. */
    const AccessSubjects own = {.people = {audit->ana}, .count = 1};
    assert_false(audit_reads_another(scope, ACCESS_REQUEST_READ, &own));
    assert_true(audit_reads_another(scope, ACCESS_MATCH_READ, &both));
    assert_true(audit_reads_another(scope, ACCESS_BOARD_READ, &(AccessSubjects){0}));
    assert_false(audit_reads_another(scope, ACCESS_POLICY_READ, &(AccessSubjects){0}));
    world_commit(tx);
    assert_true(str_ends_with(rows_now(audit), STR("ben|match_show|match|1|\n")));
    assert_true(
        str_starts_with(rows_now(audit), STR("ana|match_show|match|1|\nben|match_show|match|1|\nben")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define IN_AUDIT(test) cmocka_unit_test_setup_teardown(test, audit_open, audit_close)
        IN_AUDIT(test_whole),     IN_AUDIT(test_edit),         IN_AUDIT(test_edit_of_link),
        IN_AUDIT(test_delete),    IN_AUDIT(test_reorder),      IN_AUDIT(test_cut),
        IN_AUDIT(test_rollback),  IN_AUDIT(test_resume),       IN_AUDIT(test_put_in),
        IN_AUDIT(test_forget),    IN_AUDIT(test_missing_file), IN_AUDIT(test_half_a_line),
        IN_AUDIT(test_other_key), IN_AUDIT(test_clock_back),   IN_AUDIT(test_many),
        IN_AUDIT(test_faults),    IN_AUDIT(test_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
