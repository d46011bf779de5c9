/* SPDX-License-Identifier: Apache-2.0 */
/* Schema steps, several processes, lost connections: on the engine that this run is for (test/database.h). */
#include "platform/db/probe_bench.h"

#include "platform/db/db_engine.h"

#include <libpq-fe.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

static void work_two_things(Bench *bench, Tx *tx) {
    (void)bench;
    add_thing(tx, 1, STR("parent"));
    probe_thing_add(tx, &(ProbeThingAdd){.id = {2}, .words = STR("x"), .parent = {1}, .data = STR("")});
}

static void work_no_parent(Bench *bench, Tx *tx) {
    (void)bench;
    probe_thing_add(tx, &(ProbeThingAdd){.id = {3}, .words = STR("x"), .parent = {404}, .data = STR("")});
}

static void work_add_second(Bench *bench, Tx *tx) {
    (void)bench;
    add_thing(tx, 2, STR("added later"));
}

/* ---- schema ---- */

typedef struct Migration {
    Db *db;
    const DbStep *steps;
    int count;
    int taken;
} Migration;

static void migrate(void *context) {
    Migration *migration = context;
    migration->taken = db_migrate_steps(migration->db, migration->steps, migration->count);
}

static void test_migrate_from_each_version(void **state) {
    Bench *bench = *state;
    const Str url = test_database_new(bench->arena);
    Db *db = db_open(url, true);
    db_use(db, bench->arena);
    Migration migration = {.db = db, .steps = PROBE_STEPS, .count = 1};
    assert_true(db_schema_version(db) == 0);
    migrate(&migration);
    assert_true(migration.taken == 1 && db_schema_version(db) == 1);
    Tx *tx = tx_begin(db);
    add_thing(tx, 1, STR("from version 1"));
    tx_commit(tx);
    migration.count = PROBE_STEP_COUNT;
    migrate(&migration);
    assert_true(migration.taken == PROBE_STEP_COUNT - 1 && db_schema_version(db) == PROBE_STEP_COUNT);
    ProbeThing thing = {0};
    assert_true(probe_thing(db, (ThingId){1}, &thing) && str_equal(thing.words, STR("from version 1")));
    migrate(&migration);
    assert_true(migration.taken == 0);
    migration.count = 1;
    ASSERT_FAILS(migrate, &migration, FAIL_USAGE, "newer than 1");
    db_close(db);
    test_database_drop(url);
}

static void test_a_step_that_fails_leaves_nothing(void **state) {
    Bench *bench = *state;
    const DbStep steps[] = {
        PROBE_STEPS[0],
        PROBE_STEPS[1],
        {.version = 3,
         .name = "0003_broken",
         .sqlite =
             "CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE thing (id INTEGER) STRICT;",
         .postgres = "CREATE TABLE half (id BIGINT PRIMARY KEY); CREATE TABLE thing (id BIGINT);"},
    };
    Migration migration = {.db = bench->db, .steps = steps, .count = 3};
    ASSERT_FAILS(migrate, &migration, FAIL_DATABASE, "0003_broken: ");
    db_rollback(bench->db);
    assert_true(db_schema_version(bench->db) == 2);
    /* The first table of the step is gone as well: a step that makes it can be taken. */
    const DbStep better = {.version = 3,
                           .name = "0003_better",
                           .sqlite = "CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT;",
                           .postgres = "CREATE TABLE half (id BIGINT PRIMARY KEY);"};
    migration.steps = (const DbStep[]){steps[0], steps[1], better};
    migrate(&migration);
    assert_true(migration.taken == 1);
}

/* Builds `thing` anew under its own name, as SQLite's way to change a column needs, and loses a row's
 * parent. */
static void test_a_step_cannot_break_references(void **state) {
    Bench *bench = *state;
    if (db_engine(bench->db) != DB_SQLITE) {
        skip(); /* PostgreSQL never stops checking its foreign keys */
    }
    do_or_stop(bench, work_two_things);
    const DbStep steps[] = {
        PROBE_STEPS[0],
        PROBE_STEPS[1],
        {.version = 3, .name = "0003_lossy", .sqlite = "DELETE FROM thing WHERE id = 1;", .postgres = ""}};
    Migration migration = {.db = bench->db, .steps = steps, .count = 3};
    ASSERT_FAILS(migrate, &migration, FAIL_DATABASE, "would break references");
    db_rollback(bench->db);
    assert_true(db_schema_version(bench->db) == 2);
    assert_false(try(bench, work_no_parent)); /* and foreign keys are enforced again */
}

/* ---- several processes ---- */

/* Runs the work in a process with a connection of its own; returns its id. Exit 0 when it did not fail. */
typedef void ChildWork(Db *db, Arena *arena);

static pid_t child_start(Bench *bench, ChildWork *work) {
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        Arena *arena = arena_new(1 << 20);
        Db *db = db_open(bench->url, true); /* a failure ends the process with status 1 */
        db_use(db, arena);
        work(db, arena);
        _exit(0);
    }
    return child;
}

static bool child_ended_well(pid_t child) {
    int status = 0;
    assert_true(waitpid(child, &status, 0) == child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void count_once(void *context) {
    Db *db = context;
    Tx *tx = tx_begin(db);
    ProbeMark mark = {0};
    (void)probe_mark(db, STR("k"), &mark);
    if (mark.count == 0) {
        probe_mark_add(tx, STR("k"));
    } else {
        (void)probe_mark_least(tx, STR("k"), mark.count + 1);
    }
    tx_commit(tx);
}

enum { TURNS = 100 };

static void count_up(Db *db, Arena *arena) {
    for (int turn = 0; turn < TURNS;) {
        Fail why = {0};
        if (fail_catch(count_once, db, &why)) {
            turn++;
            continue;
        }
        db_rollback(db);
        arena_reset(arena);
        if (why.kind != FAIL_RETRY) {
            fprintf(stderr, "%s\n", why.message);
            _exit(1);
        }
    }
}

static void test_two_writers_lose_nothing(void **state) {
    Bench *bench = *state;
    const pid_t first = child_start(bench, count_up);
    const pid_t second = child_start(bench, count_up);
    assert_true(child_ended_well(first));
    assert_true(child_ended_well(second));
    ProbeMark mark = {0};
    assert_true(probe_mark(bench->db, STR("k"), &mark));
    assert_true(mark.count == 2 * TURNS);
}

static void migrate_probe(Db *db, Arena *arena) {
    (void)arena;
    (void)db_migrate_steps(db, PROBE_STEPS, PROBE_STEP_COUNT);
}

static void test_two_processes_migrate_at_once(void **state) {
    Bench *bench = *state;
    Bench other = {.url = test_database_new(bench->arena)};
    pid_t children[4];
    for (size_t index = 0; index < 4; index++) {
        children[index] = child_start(&other, migrate_probe);
    }
    for (size_t index = 0; index < 4; index++) {
        assert_true(child_ended_well(children[index]));
    }
    Db *db = db_open(other.url, false);
    assert_true(db_schema_version(db) == PROBE_STEP_COUNT);
    db_close(db);
    test_database_drop(other.url);
}

static void die_in_the_middle(Db *db, Arena *arena) {
    (void)arena;
    Tx *tx = tx_begin(db);
    add_thing(tx, 1, STR("kept"));
    tx_commit(tx);
    tx = tx_begin(db);
    for (int64_t id = 2; id < 5000; id++) {
        add_thing(tx, id,
                  STR("long enough words to leave the page cache of a connection, if there are many"));
    }
    (void)raise(SIGKILL);
}

static void test_a_killed_writer_leaves_what_it_committed(void **state) {
    Bench *bench = *state;
    assert_false(child_ended_well(child_start(bench, die_in_the_middle)));
    do_or_stop(bench, work_add_second); /* id 2 is free, and the lock is not held */
    ProbeThingTotals totals = {0};
    assert_true(probe_thing_totals(bench->db, &totals) && totals.count == 2);
    assert_true(db_check_engine(bench->db, bench->arena).count == 0);
}

static void set_least_and_commit(void *context) {
    (void)probe_mark_least(context, STR("k"), 2);
    tx_commit(context);
}

/* On PostgreSQL two transactions that each read what the other writes cannot both be true; on SQLite the
 * second waits for the first, so there is nothing to try again. */
static void test_a_conflict_asks_for_another_run(void **state) {
    Bench *bench = *state;
    if (db_engine(bench->db) != DB_POSTGRES) {
        skip();
    }
    count_once(bench->db);
    Db *other = db_open(bench->url, false);
    Arena *arena = arena_new(1 << 20);
    db_use(other, arena);
    Tx *tx = tx_begin(other);
    ProbeMark mark = {0};
    assert_true(probe_mark(other, STR("k"), &mark));
    count_once(bench->db);
    Fail why = {0};
    assert_false(fail_catch(set_least_and_commit, tx, &why));
    assert_int_equal(why.kind, FAIL_RETRY);
    db_rollback(other);
    count_once(other);
    assert_true(probe_mark(bench->db, STR("k"), &mark) && mark.count == 3);
    db_close(other);
    arena_free(arena);
}

static void end_sessions(Bench *bench) {
    char url[512];
    snprintf(url, sizeof url, "%.*s", STR_ARGS(bench->url));
    PGconn *connection = PQconnectdb(url);
    PQclear(PQexec(connection, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                               "WHERE datname = current_database() AND pid <> pg_backend_pid()"));
    PQfinish(connection);
}

static void read_mark(void *context) {
    ProbeMark mark = {0};
    (void)probe_mark(context, STR("k"), &mark);
}

/* The server ends our session, as a failover does: the work is asked for again, and the next begin
 * reconnects. */
static void test_a_lost_connection_comes_back(void **state) {
    Bench *bench = *state;
    if (db_engine(bench->db) != DB_POSTGRES) {
        skip();
    }
    assert_int_equal(db_connections(bench->db), 1);
    (void)tx_begin(bench->db);
    end_sessions(bench);
    ASSERT_FAILS(read_mark, bench->db, FAIL_RETRY, "connection to the database is lost");
    db_rollback(bench->db);
    do_or_stop(bench, work_add_second);
    end_sessions(bench); /* between two transactions nothing is lost, so nobody is told */
    db_begin_read(bench->db);
    read_mark(bench->db);
    db_end_read(bench->db);
    assert_int_equal(db_connections(bench->db), 3);
}

/* ---- opening and checking ---- */

static void orphan(Bench *bench) {
    const char *insert = "INSERT INTO thing (id, words, amount, at, parent, is_on, data)"
                         " VALUES (9, 'x', 0, 1, 404, 0, '')";
    if (db_engine(bench->db) == DB_SQLITE) {
        char sql[300];
        snprintf(sql, sizeof sql, "PRAGMA foreign_keys = OFF; %.*sx'')", (int)strlen(insert) - 3, insert);
        assert_int_equal(sqlite3_exec(sqlite_handle(bench->db), sql, NULL, NULL, NULL), SQLITE_OK);
        return;
    }
    /* As a restore does that has switched the checks off. */
    PGconn *connection = postgres_connection(bench->db);
    PQclear(PQexec(connection, "SET session_replication_role = replica"));
    PGresult *result = PQexec(connection, insert);
    assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
}

static void test_the_check_finds_a_lost_parent(void **state) {
    Bench *bench = *state;
    do_or_stop(bench, work_two_things);
    assert_true(db_check_engine(bench->db, bench->arena).count == 0);
    orphan(bench);
    const Strs lines = db_check_engine(bench->db, bench->arena);
    assert_true(lines.count == 1);
    assert_true(str_starts_with(lines.items[0], STR("table thing: ")));
    assert_true(str_ends_with(lines.items[0], STR("in thing that is not there")));
}

static void open_url(void *context) {
    const Str *url = context;
    (void)db_open(*url, false);
}

static void test_what_cannot_be_opened(void **state) {
    (void)state;
    ASSERT_FAILS(open_url, &STR("mysql:x"), FAIL_USAGE, "a database is \"sqlite:PATH\"");
    ASSERT_FAILS(open_url, &STR("sqlite:/nowhere/at/all.db"), FAIL_USAGE, "it is not there");
    ASSERT_FAILS(open_url, &STR("sqlite:/etc/hostname"), FAIL_USAGE,
                 "the database /etc/hostname cannot be opened");
    ASSERT_FAILS(open_url, &STR("postgresql:///x?host=/nowhere"), FAIL_USAGE,
                 "the database cannot be opened: ");
}

static void test_reads_are_one_moment(void **state) {
    Bench *bench = *state;
    ProbeMark mark = {0};
    count_once(bench->db);
    db_begin_read(bench->db);
    assert_true(probe_mark(bench->db, STR("k"), &mark) && mark.count == 1);
    Db *other = db_open(bench->url, false);
    db_use(other, bench->arena);
    count_once(other);
    assert_true(probe_mark(bench->db, STR("k"), &mark) && mark.count == 1);
    db_end_read(bench->db);
    assert_true(probe_mark(bench->db, STR("k"), &mark) && mark.count == 2);
    db_close(other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        PROBE_TEST(test_migrate_from_each_version),
        PROBE_TEST(test_a_step_that_fails_leaves_nothing),
        PROBE_TEST(test_a_step_cannot_break_references),
        PROBE_TEST(test_two_writers_lose_nothing),
        PROBE_TEST(test_two_processes_migrate_at_once),
        PROBE_TEST(test_a_killed_writer_leaves_what_it_committed),
        PROBE_TEST(test_a_conflict_asks_for_another_run),
        PROBE_TEST(test_a_lost_connection_comes_back),
        PROBE_TEST(test_the_check_finds_a_lost_parent),
        PROBE_TEST(test_what_cannot_be_opened),
        PROBE_TEST(test_reads_are_one_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
