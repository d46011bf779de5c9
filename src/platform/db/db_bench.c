/* SPDX-License-Identifier: Apache-2.0 */
/* What a generated function costs above the bare library: a row by its primary key on SQLite, in turns.
 *
 * Prints nanoseconds a query and the ratio; both sides step to the end, to know that there is one row. */
#include "test/unit.h"

#include "base/random.h"
#include "platform/db/db_engine.h"
#include "probe_sql.h"
#include "test/database.h"

#include <sqlite3.h>

extern const DbStep PROBE_STEPS[];
extern const int PROBE_STEP_COUNT;

enum { ROWS = 100000, QUERIES = 200000, TURNS = 7 };

static void fill(Db *db) {
    Tx *tx = tx_begin(db);
    for (int64_t id = 1; id <= ROWS; id++) {
        probe_thing_add(tx, &(ProbeThingAdd){.id = {id},
                                             .words = STR("about as many words as a line of a contact has"),
                                             .note = STR("a note"),
                                             .at = {id},
                                             .data = STR("0123456789abcdef")});
    }
    tx_commit(tx);
}

static int64_t bare(Db *db, uint64_t seed, int64_t *sum) {
    sqlite3_stmt *statement = NULL;
    assert_int_equal(
        sqlite3_prepare_v3(sqlite_handle(db),
                           "SELECT id, words, note, amount, guess, at, ended_at, parent, is_on, data, "
                           "more FROM thing WHERE id = ?1",
                           -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL),
        SQLITE_OK);
    Random random = random_seeded(seed);
    const Time start = time_monotonic();
    for (int query = 0; query < QUERIES; query++) {
        (void)sqlite3_bind_int64(statement, 1, (int64_t)random_below(&random, ROWS) + 1);
        (void)sqlite3_step(statement);
        for (int column = 0; column < 11; column++) {
            if (column == 1 || column == 2) {
                *sum += (int64_t)*sqlite3_column_text(statement, column) +
                        sqlite3_column_bytes(statement, column);
            } else if (column >= 9) {
                *sum += sqlite3_column_blob(statement, column) != NULL;
                *sum += sqlite3_column_bytes(statement, column);
            } else {
                *sum += sqlite3_column_int64(statement, column);
            }
        }
        (void)sqlite3_step(statement);
        (void)sqlite3_reset(statement);
    }
    const int64_t span = time_between(start, time_monotonic());
    (void)sqlite3_finalize(statement);
    return span;
}

static int64_t generated(Db *db, Arena *arena, uint64_t seed, int64_t *sum) {
    Random random = random_seeded(seed);
    const Time start = time_monotonic();
    for (int query = 0; query < QUERIES; query++) {
        ProbeThing thing = {0};
        (void)probe_thing(db, (ThingId){(int64_t)random_below(&random, ROWS) + 1}, &thing);
        *sum += thing.id.value + (int64_t)thing.words.length;
        if (query % 32 == 31) {
            arena_reset(arena); /* about as often as a request ends */
        }
    }
    return time_between(start, time_monotonic());
}

static void measure(void **state) {
    (void)state;
    Arena *keep = arena_new(1 << 20);
    Arena *arena = arena_new(1 << 20);
    const Str url = test_database_new(keep);
    Db *db = db_open(url, true);
    db_use(db, arena);
    (void)db_migrate_steps(db, PROBE_STEPS, PROBE_STEP_COUNT);
    fill(db);
    db_begin_read(db);
    int64_t best[2] = {INT64_MAX, INT64_MAX};
    int64_t sum = 0;
    for (uint64_t turn = 0; turn < TURNS; turn++) {
        const int64_t spans[2] = {bare(db, turn, &sum), generated(db, arena, turn, &sum)};
        for (size_t side = 0; side < 2; side++) {
            best[side] = spans[side] < best[side] ? spans[side] : best[side];
        }
    }
    db_end_read(db);
    print_message("row of 11 columns by primary key: bare %.0f ns, generated %.0f ns, ratio %.2f (%d)\n",
                  (double)best[0] * 1000 / QUERIES, (double)best[1] * 1000 / QUERIES,
                  (double)best[1] / (double)best[0], (int)(sum % 10));
    db_close(db);
    test_database_drop(url);
    arena_free(arena);
    arena_free(keep);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(measure)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
