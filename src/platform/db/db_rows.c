/* SPDX-License-Identifier: Apache-2.0 */
/* The part of giving and taking rows that is the same on both engines: the order of tables, and what a row
 * must look like. */
#include "base/buf.h"
#include "platform/db/db_rows_engine.h"

enum { COLUMN_LIST_BYTES = 64 * 1024, NUMBER_BYTES = 8 };

typedef struct Taker {
    Db *db;
    const DbRowsDriver *driver;
    Arena *arena;
    DbTables tables;
    const DbTable *table; /* the one whose rows come */
    void *taking;
} Taker;

static const DbRowsDriver *driver_of(const Db *db) {
    return db_engine(db) == DB_SQLITE ? sqlite_rows_driver() : postgres_rows_driver();
}

/* ---- tables ---- */

static bool is_among(Str name, const DbTable *tables, size_t count) {
    for (size_t at = 0; at < count; at++) {
        if (str_equal(tables[at].name, name)) {
            return true;
        }
    }
    return false;
}

/* All tables that it refers to stand already; a table may refer to itself. */
static bool is_ready(const DbTableFound *found, const DbTable *placed, size_t placed_count) {
    for (size_t at = 0; at < found->parent_count; at++) {
        if (!str_equal(found->parents[at], found->table.name) &&
            !is_among(found->parents[at], placed, placed_count)) {
            return false;
        }
    }
    return true;
}

DbTables db_tables(Db *db, Arena *arena) {
    DbTableSearch search = {.items = NEW_MANY(arena, DB_TABLES_MOST, DbTableFound)};
    driver_of(db)->find_tables(db, arena, &search);
    DbTable *placed = NEW_MANY(arena, search.count, DbTable);
    size_t count = 0;
    while (count < search.count) {
        const size_t before = count;
        for (size_t at = 0; at < search.count; at++) {
            const DbTableFound *found = &search.items[at];
            if (!is_among(found->table.name, placed, count) && is_ready(found, placed, count)) {
                placed[count++] = found->table;
            }
        }
        if (count == before) {
            db_fail(db, FAIL_DATABASE, "tables refer to each other in a circle");
        }
    }
    return (DbTables){.items = placed, .count = count};
}

int64_t db_rows_count(Db *db, Str table) {
    return driver_of(db)->count_rows(db, table);
}

static Str column_list(Arena *arena, const DbTable *table) {
    Buf list = buf_new(arena, COLUMN_LIST_BYTES);
    for (size_t at = 0; at < table->count; at++) {
        buf_print(&list, "%s%.*s", at == 0 ? "" : ", ", STR_ARGS(table->columns[at]));
    }
    return buf_str(&list);
}

int64_t db_rows_give(Db *db, Arena *arena, const DbRowTaker *taker) {
    const DbTables tables = db_tables(db, arena);
    int64_t rows = 0;
    for (size_t at = 0; at < tables.count; at++) {
        const DbTable *table = &tables.items[at];
        taker->begin(taker->context, table);
        rows += driver_of(db)->give(db, arena, table, column_list(arena, table), taker);
        taker->end(taker->context);
    }
    return rows;
}

/* ---- taking ---- */

bool db_row_is_whole(const DbTable *table, Str row) {
    if (row.length < 2 || db_row_int16(row.at) != (int)table->count) {
        return false;
    }
    size_t place = 2;
    for (size_t column = 0; column < table->count; column++) {
        if (row.length - place < 4) {
            return false;
        }
        const int32_t length = db_row_int32(row.at + place);
        place += 4;
        if (length < -1 || (length > 0 && row.length - place < (size_t)length)) {
            return false;
        }
        if (length >= 0 && table->kinds[column] == DB_COLUMN_INT && length != NUMBER_BYTES) {
            return false;
        }
        place += length > 0 ? (size_t)length : 0;
    }
    return place == row.length;
}

static const DbTable *table_find(const Taker *taker, Str name) {
    for (size_t at = 0; at < taker->tables.count; at++) {
        if (str_equal(taker->tables.items[at].name, name)) {
            return &taker->tables.items[at];
        }
    }
    db_fail(taker->db, FAIL_DATABASE, "there is no table %.*s in this schema", STR_ARGS(name));
}

/* The same columns of the same kinds, in any order. */
static bool has_columns(const DbTable *own, const DbTable *given) {
    if (own->count != given->count) {
        return false;
    }
    for (size_t at = 0; at < given->count; at++) {
        size_t place = 0;
        while (place < own->count && !str_equal(own->columns[place], given->columns[at])) {
            place++;
        }
        if (place == own->count || own->kinds[place] != given->kinds[at]) {
            return false;
        }
    }
    return true;
}

static void taker_begin(void *context, const DbTable *table) {
    Taker *taker = context;
    const DbTable *own = table_find(taker, table->name);
    if (!has_columns(own, table)) {
        db_fail(taker->db, FAIL_DATABASE, "table %.*s has other columns in this schema",
                STR_ARGS(table->name));
    }
    if (taker->driver->count_rows(taker->db, table->name) > 0) {
        db_fail(taker->db, FAIL_USAGE, "the database has rows already, in table %.*s", STR_ARGS(table->name));
    }
    taker->table = table;
    taker->taking =
        taker->driver->take_begin(taker->db, taker->arena, table, column_list(taker->arena, table));
}

static void taker_row(void *context, Str row) {
    const Taker *taker = context;
    if (!db_row_is_whole(taker->table, row)) {
        db_fail(taker->db, FAIL_DATABASE, "table %.*s: a row is damaged", STR_ARGS(taker->table->name));
    }
    taker->driver->take_row(taker->taking, row);
}

static void taker_end(void *context) {
    Taker *taker = context;
    taker->driver->take_end(taker->taking);
    taker->table = NULL;
}

DbRowTaker db_rows_taker(Db *db, Arena *arena) {
    Taker *taker = NEW(arena, Taker);
    *taker = (Taker){.db = db, .driver = driver_of(db), .arena = arena, .tables = db_tables(db, arena)};
    return (DbRowTaker){.context = taker, .begin = taker_begin, .row = taker_row, .end = taker_end};
}

/* ---- into an empty database ---- */

static void steps_apply(Db *db, int64_t after, int64_t until) {
    for (int at = 0; at < DB_STEP_COUNT; at++) {
        if (DB_STEPS[at].version > after && DB_STEPS[at].version <= until) {
            db->driver->apply_step(db, &DB_STEPS[at]);
        }
    }
}

DbRowTaker db_restore_begin(Db *db, Arena *arena, int64_t version) {
    if (version < 1 || version > db_schema_newest()) {
        fail(FAIL_USAGE, "the rows have schema %lld, newer than this program knows (%lld)",
             (long long)version, (long long)db_schema_newest());
    }
    db_expect_bulk(db);
    db->driver->begin_step(db);
    if (db_schema_version(db) != 0) {
        db_fail(db, FAIL_USAGE, "the database to restore into is not empty");
    }
    steps_apply(db, 0, version);
    const DbRowTaker taker = db_rows_taker(db, arena);
    /* A step may have put rows of its own there; those that were given have them too. */
    const DbTables tables = ((Taker *)taker.context)->tables;
    for (size_t at = tables.count; at > 0; at--) {
        driver_of(db)->remove_rows(db, tables.items[at - 1].name);
    }
    return taker;
}

void db_restore_end(Db *db) {
    steps_apply(db, db_schema_version(db), db_schema_newest());
    db->driver->end_step(db);
}
