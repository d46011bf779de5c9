/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the database share: a fresh database with the probe schema, and work in transactions. */
#ifndef PROBE_BENCH_H
#define PROBE_BENCH_H

#include "test/unit.h"

#include "platform/db/db_query.h"
#include "probe_sql.h"
#include "test/database.h"

/* Generated from probe/schema. */
extern const DbStep PROBE_STEPS[];
extern const int PROBE_STEP_COUNT;

typedef struct Bench {
    Str url;
    Db *db;
    Arena *arena;
    Fail fail;
    ThingId id; /* for the work of a test */
} Bench;

/* Runs the work in a write transaction of its own; false when it failed, and then it is rolled back. */
typedef void Work(Bench *bench, Tx *tx);
typedef struct Run {
    Bench *bench;
    Work *work;
} Run;

static inline void run_work(void *context) {
    const Run *run = context;
    Tx *tx = tx_begin(run->bench->db);
    run->work(run->bench, tx);
    tx_commit(tx);
}

static inline bool try(Bench *bench, Work *work) {
    Run run = {.bench = bench, .work = work};
    if (fail_catch(run_work, &run, &bench->fail)) {
        return true;
    }
    db_rollback(bench->db);
    return false;
}

static inline void do_or_stop(Bench *bench, Work *work) {
    if (!try(bench, work)) {
        fail_msg("%s", bench->fail.message);
    }
}

static inline void add_thing(Tx *tx, int64_t id, Str words) {
    probe_thing_add(tx, &(ProbeThingAdd){.id = {id}, .words = words, .at = {1}, .data = STR("")});
}

static inline int prepare(void **state) {
    Bench *bench = calloc(1, sizeof *bench);
    bench->arena = arena_new(16 << 20);
    bench->url = test_database_new(bench->arena);
    bench->db = db_open(bench->url, true);
    db_use(bench->db, bench->arena);
    (void)db_migrate_steps(bench->db, PROBE_STEPS, PROBE_STEP_COUNT);
    *state = bench;
    return 0;
}

static inline int clean(void **state) {
    Bench *bench = *state;
    db_close(bench->db);
    test_database_drop(bench->url);
    arena_free(bench->arena);
    free(bench);
    return 0;
}

#define PROBE_TEST(name) cmocka_unit_test_setup_teardown(name, prepare, clean)

#endif
