/* SPDX-License-Identifier: Apache-2.0 */
/* Fails the Nth statement and the Nth allocation of a piece of work. */
#include "test/unit.h"

#include "base/arena.h"
#include "base/fail.h"
#include "platform/db/db.h"
#include "test/feature_fault.h"

enum { FAULTS_MOST = 10000 };

typedef struct Run {
    World *world;
    FaultWork *work;
    void *context;
    bool is_rehearsal; /* to be undone although it went well */
} Run;

static void run_once(void *context) {
    Run *run = context;
    Tx *tx = tx_begin(run->world->db);
    run->work(run->world, tx, run->context);
    if (run->is_rehearsal) {
        db_rollback(run->world->db);
        return;
    }
    tx_commit(tx);
}

/* Did the fault come before the work was done? Then nothing of it stays. */
static bool breaks(Run *run, FaultCheck *untouched, void (*set)(Db *db, int64_t nth), int64_t nth) {
    Fail why = {0};
    set(run->world->db, nth);
    const bool is_whole = fail_catch(run_once, run, &why);
    set(run->world->db, 0);
    if (!is_whole) {
        assert_true(why.kind == FAIL_DATABASE || why.kind == FAIL_MEMORY);
        db_rollback(run->world->db);
    }
    untouched(run->world, run->context);
    return !is_whole;
}

static void statement_fails(Db *db, int64_t nth) {
    db_fail_nth(db, nth, FAIL_DATABASE);
}

static void allocation_fails(Db *db, int64_t nth) {
    (void)db;
    arena_fail_nth((size_t)nth);
}

/* Returns how many faults there were to make. */
static int64_t each_of(Run *run, FaultCheck *untouched, void (*set)(Db *db, int64_t nth)) {
    int64_t faults = 0;
    while (breaks(run, untouched, set, faults + 1)) {
        faults++;
        assert_true(faults < FAULTS_MOST);
    }
    return faults;
}

void fault_each(World *world, FaultWork *work, FaultCheck *untouched, void *context) {
    Run run = {.world = world, .work = work, .context = context, .is_rehearsal = true};
    assert_true(each_of(&run, untouched, statement_fails) > 0);
    (void)each_of(&run, untouched, allocation_fails); /* some work needs none */
    run.is_rehearsal = false;
    run_once(&run);
}
