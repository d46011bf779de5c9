/* SPDX-License-Identifier: Apache-2.0 */
/* Rows out of and into SQLite. */
#include "base/buf.h"
#include "platform/db/db_rows_engine.h"

#include <sqlite3.h>

enum { ROW_MOST = 1 << 30, STATEMENT_BYTES = 80 * 1024 };

typedef struct Taking {
    Db *db;
    const DbTable *table;
    sqlite3_stmt *insert;
} Taking;

_Noreturn static void refuse(Db *db) {
    sqlite3 *handle = sqlite_handle(db);
    const bool is_memory = sqlite3_errcode(handle) == SQLITE_NOMEM;
    db_fail(db, is_memory ? FAIL_MEMORY : FAIL_DATABASE, "rows: %s (SQLite %d)", sqlite3_errmsg(handle),
            sqlite3_extended_errcode(handle));
}

static void finalize(void *context) {
    (void)sqlite3_finalize(context);
}

/* Lives until the arena ends, whatever happens. */
static sqlite3_stmt *prepare(Db *db, Arena *arena, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(sqlite_handle(db), sql, -1, &statement, NULL) != SQLITE_OK) {
        refuse(db);
    }
    arena_at_end(arena, finalize, statement);
    return statement;
}

static bool step(Db *db, sqlite3_stmt *statement) {
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        refuse(db);
    }
    return code == SQLITE_ROW;
}

static Str text_at(Arena *arena, sqlite3_stmt *statement, int column) {
    return str_copy(arena, str_of((const char *)sqlite3_column_text(statement, column)));
}

/* ---- tables ---- */

static char kind_of(Db *db, Str table, Str type) {
    if (str_equal(type, STR("INTEGER"))) {
        return DB_COLUMN_INT;
    }
    if (str_equal(type, STR("TEXT"))) {
        return DB_COLUMN_TEXT;
    }
    if (str_equal(type, STR("BLOB"))) {
        return DB_COLUMN_BYTES;
    }
    db_fail(db, FAIL_DATABASE, "table %.*s has a column of a type that no schema of ours has",
            STR_ARGS(table));
}

static void columns_find(Db *db, Arena *arena, DbTable *table) {
    Str *columns = NEW_MANY(arena, DB_COLUMNS_MOST, Str);
    char *kinds = arena_get(arena, DB_COLUMNS_MOST);
    sqlite3_stmt *found = prepare(db, arena, "SELECT name, type FROM pragma_table_info(?1) ORDER BY cid");
    (void)sqlite3_bind_text64(found, 1, table->name.at, table->name.length, SQLITE_STATIC, SQLITE_UTF8);
    while (table->count < DB_COLUMNS_MOST && step(db, found)) {
        columns[table->count] = text_at(arena, found, 0);
        kinds[table->count] = kind_of(db, table->name, text_at(arena, found, 1));
        table->count++;
    }
    table->columns = columns;
    table->kinds = kinds;
}

static void parents_find(Db *db, Arena *arena, DbTableFound *found) {
    Str *parents = NEW_MANY(arena, DB_COLUMNS_MOST, Str);
    sqlite3_stmt *keys = prepare(db, arena, "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(?1)");
    (void)sqlite3_bind_text64(keys, 1, found->table.name.at, found->table.name.length, SQLITE_STATIC,
                              SQLITE_UTF8);
    while (found->parent_count < DB_COLUMNS_MOST && step(db, keys)) {
        parents[found->parent_count++] = text_at(arena, keys, 0);
    }
    found->parents = parents;
}

static void find_tables(Db *db, Arena *arena, DbTableSearch *ret_found) {
    sqlite3_stmt *names = prepare(db, arena,
                                  "SELECT name FROM sqlite_schema WHERE type = 'table' "
                                  "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid");
    while (ret_found->count < DB_TABLES_MOST && step(db, names)) {
        DbTableFound *found = &ret_found->items[ret_found->count++];
        found->table.name = text_at(arena, names, 0);
        columns_find(db, arena, &found->table);
        parents_find(db, arena, found);
    }
}

/* ---- giving ---- */

static void add_int16(Buf *row, size_t value) {
    const uint16_t number = htobe16((uint16_t)value);
    buf_add_bytes(row, (const char *)&number, sizeof number);
}

static void add_int32(Buf *row, int value) {
    const uint32_t number = htobe32((uint32_t)value);
    buf_add_bytes(row, (const char *)&number, sizeof number);
}

static void add_value(Db *db, Buf *row, const DbTable *table, sqlite3_stmt *rows, int column) {
    switch (sqlite3_column_type(rows, column)) {
    case SQLITE_NULL:
        add_int32(row, -1);
        return;
    case SQLITE_INTEGER: {
        const uint64_t number = htobe64((uint64_t)sqlite3_column_int64(rows, column));
        add_int32(row, sizeof number);
        buf_add_bytes(row, (const char *)&number, sizeof number);
        return;
    }
    case SQLITE_TEXT:
    case SQLITE_BLOB: {
        /* A blob call on a text gives its UTF-8 as it is. */
        const void *bytes = sqlite3_column_blob(rows, column);
        const int length = sqlite3_column_bytes(rows, column);
        add_int32(row, length);
        buf_add_bytes(row, bytes, (size_t)length);
        return;
    }
    default:
        db_fail(db, FAIL_DATABASE, "table %.*s: a fraction, which no schema of ours has",
                STR_ARGS(table->name));
    }
}

static int64_t give(Db *db, Arena *arena, const DbTable *table, Str columns, const DbRowTaker *taker) {
    const Str select = str_print(arena, "SELECT %.*s FROM %.*s", STR_ARGS(columns), STR_ARGS(table->name));
    sqlite3_stmt *rows = prepare(db, arena, str_c(arena, select));
    Buf row = buf_new(arena, ROW_MOST);
    int64_t count = 0;
    while (step(db, rows)) {
        row.length = 0;
        add_int16(&row, table->count);
        for (size_t column = 0; column < table->count; column++) {
            add_value(db, &row, table, rows, (int)column);
        }
        taker->row(taker->context, buf_str(&row));
        count++;
    }
    return count;
}

/* ---- taking ---- */

static void *take_begin(Db *db, Arena *arena, const DbTable *table, Str columns) {
    Buf sql = buf_new(arena, STATEMENT_BYTES);
    buf_print(&sql, "INSERT INTO %.*s (%.*s) VALUES (", STR_ARGS(table->name), STR_ARGS(columns));
    for (size_t column = 0; column < table->count; column++) {
        buf_print(&sql, column == 0 ? "?" : ", ?");
    }
    buf_add(&sql, STR(")"));
    Taking *taking = NEW(arena, Taking);
    *taking = (Taking){.db = db, .table = table, .insert = prepare(db, arena, str_c(arena, buf_str(&sql)))};
    return taking;
}

static int bind(sqlite3_stmt *insert, int place, char kind, const char *bytes, size_t length) {
    if (kind == DB_COLUMN_INT) {
        return sqlite3_bind_int64(insert, place, db_row_int64(bytes));
    }
    if (kind == DB_COLUMN_TEXT) {
        return sqlite3_bind_text64(insert, place, bytes, length, SQLITE_STATIC, SQLITE_UTF8);
    }
    return sqlite3_bind_blob64(insert, place, bytes, length, SQLITE_STATIC);
}

static void take_row(void *context, Str row) {
    const Taking *taking = context;
    size_t at = 2;
    for (size_t column = 0; column < taking->table->count; column++) {
        const int32_t length = db_row_int32(row.at + at);
        at += 4;
        const int place = (int)column + 1;
        const int code = length < 0 ? sqlite3_bind_null(taking->insert, place)
                                    : bind(taking->insert, place, taking->table->kinds[column], row.at + at,
                                           (size_t)length);
        if (code != SQLITE_OK) {
            refuse(taking->db);
        }
        at += length > 0 ? (size_t)length : 0;
    }
    (void)step(taking->db, taking->insert);
    (void)sqlite3_reset(taking->insert);
}

static void take_end(void *context) {
    const Taking *taking = context;
    (void)sqlite3_clear_bindings(taking->insert);
}

/* Runs one statement about a table; the number in its first row, 0 without one. */
static int64_t run(Db *db, const char *what, Str table) {
    char sql[300];
    snprintf(sql, sizeof sql, "%s %.*s", what, STR_ARGS(table));
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(sqlite_handle(db), sql, -1, &statement, NULL) != SQLITE_OK) {
        refuse(db);
    }
    const int code = sqlite3_step(statement);
    const int64_t number = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    (void)sqlite3_finalize(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        refuse(db);
    }
    return number;
}

static int64_t count_rows(Db *db, Str table) {
    return run(db, "SELECT COUNT(*) FROM", table);
}

static void remove_rows(Db *db, Str table) {
    (void)run(db, "DELETE FROM", table);
}

const DbRowsDriver *sqlite_rows_driver(void) {
    static const DbRowsDriver driver = {
        .find_tables = find_tables,
        .give = give,
        .take_begin = take_begin,
        .take_row = take_row,
        .take_end = take_end,
        .count_rows = count_rows,
        .remove_rows = remove_rows,
    };
    return &driver;
}
