/* SPDX-License-Identifier: Apache-2.0 */
/* From SQLite to PostgreSQL: each table as one COPY in PostgreSQL's binary format, parents before
 * children. */
#include "base/buf.h"
#include "platform/db/db_engine.h"

#include <endian.h>
#include <libpq-fe.h>
#include <sqlite3.h>

enum { PIECE_BYTES = 64 * 1024, TABLES = 1000 };

typedef struct Copy {
    Db *from;
    Db *to;
    sqlite3 *handle;
    PGconn *connection;
    Arena *arena;
    char *piece; /* rows on their way, sent when full */
    size_t length;
    int64_t rows;
} Copy;

static void finalize(void *context) {
    (void)sqlite3_finalize(context);
}

static sqlite3_stmt *prepare(Copy *copy, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(copy->handle, sql, -1, &statement, NULL) != SQLITE_OK) {
        db_fail(copy->from, FAIL_DATABASE, "copy: %s", sqlite3_errmsg(copy->handle));
    }
    arena_at_end(copy->arena, finalize, statement);
    return statement;
}

static bool step(Copy *copy, sqlite3_stmt *statement) {
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        db_fail(copy->from, FAIL_DATABASE, "copy: %s", sqlite3_errmsg(copy->handle));
    }
    return code == SQLITE_ROW;
}

static Str text_at(Copy *copy, sqlite3_stmt *statement, int column) {
    return str_copy(copy->arena, str_of((const char *)sqlite3_column_text(statement, column)));
}

/* ---- sending ---- */

_Noreturn static void refuse(Copy *copy, Str table, const PGresult *result) {
    /* Without the detail line, which would quote a row. */
    const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    db_fail(copy->to, FAIL_DATABASE, "copy of table %.*s: %s", STR_ARGS(table),
            primary == NULL ? "the connection to the database is lost" : primary);
}

static void clear_result(void *context) {
    PQclear(context);
}

static PGresult *ask(Copy *copy, Str table, const char *sql, ExecStatusType wanted) {
    PGresult *result = PQexec(copy->connection, sql);
    arena_at_end(copy->arena, clear_result, result);
    if (PQresultStatus(result) != wanted) {
        refuse(copy, table, result);
    }
    return result;
}

static void flush(Copy *copy) {
    if (copy->length > 0 && PQputCopyData(copy->connection, copy->piece, (int)copy->length) != 1) {
        db_fail(copy->to, FAIL_DATABASE, "copy: the connection to the database is lost");
    }
    copy->length = 0;
}

static void send_bytes(Copy *copy, const void *bytes, size_t length) {
    const char *at = bytes;
    while (length > 0) {
        if (copy->length == PIECE_BYTES) {
            flush(copy);
        }
        const size_t free_bytes = PIECE_BYTES - copy->length;
        const size_t part = length < free_bytes ? length : free_bytes;
        memcpy(copy->piece + copy->length, at, part);
        copy->length += part;
        at += part;
        length -= part;
    }
}

static void send_int16(Copy *copy, int value) {
    const uint16_t number = htobe16((uint16_t)value);
    send_bytes(copy, &number, sizeof number);
}

static void send_int32(Copy *copy, int value) {
    const uint32_t number = htobe32((uint32_t)value);
    send_bytes(copy, &number, sizeof number);
}

static void send_value(Copy *copy, Str table, sqlite3_stmt *statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
        send_int32(copy, -1);
        return;
    case SQLITE_INTEGER: {
        const uint64_t number = htobe64((uint64_t)sqlite3_column_int64(statement, column));
        send_int32(copy, sizeof number);
        send_bytes(copy, &number, sizeof number);
        return;
    }
    case SQLITE_TEXT:
    case SQLITE_BLOB: {
        /* A blob call on a text gives its UTF-8 as it is. */
        const void *bytes = sqlite3_column_blob(statement, column);
        const int length = sqlite3_column_bytes(statement, column);
        send_int32(copy, length);
        send_bytes(copy, bytes, (size_t)length);
        return;
    }
    default:
        db_fail(copy->from, FAIL_DATABASE, "copy of table %.*s: a fraction, which no schema of ours has",
                STR_ARGS(table));
    }
}

/* ---- tables ---- */

/* "a, b, c" */
static Str column_list(Copy *copy, Str table) {
    sqlite3_stmt *columns = prepare(copy, "SELECT name FROM pragma_table_info(?1) ORDER BY cid");
    (void)sqlite3_bind_text64(columns, 1, table.at, table.length, SQLITE_STATIC, SQLITE_UTF8);
    Buf list = buf_new(copy->arena, 64 * 1024);
    while (step(copy, columns)) {
        buf_print(&list, "%s%s", list.length == 0 ? "" : ", ", (const char *)sqlite3_column_text(columns, 0));
    }
    return buf_str(&list);
}

static void copy_table(Copy *copy, Str table) {
    const Str columns = column_list(copy, table);
    const char *count =
        str_c(copy->arena, str_print(copy->arena, "SELECT 1 FROM %.*s LIMIT 1", STR_ARGS(table)));
    if (PQntuples(ask(copy, table, count, PGRES_TUPLES_OK)) > 0) {
        db_fail(copy->to, FAIL_USAGE, "the database to copy to has rows already, in table %.*s",
                STR_ARGS(table));
    }
    const Str begin = str_print(copy->arena, "COPY %.*s (%.*s) FROM STDIN (FORMAT binary)", STR_ARGS(table),
                                STR_ARGS(columns));
    (void)ask(copy, table, str_c(copy->arena, begin), PGRES_COPY_IN);
    static const char SIGNATURE[] = "PGCOPY\n\377\r\n";
    send_bytes(copy, SIGNATURE, sizeof SIGNATURE); /* its last byte is the terminator's zero */
    send_int32(copy, 0);                           /* no flags */
    send_int32(copy, 0);                           /* no more header */
    const Str select = str_print(copy->arena, "SELECT %.*s FROM %.*s", STR_ARGS(columns), STR_ARGS(table));
    sqlite3_stmt *rows = prepare(copy, str_c(copy->arena, select));
    const int width = sqlite3_column_count(rows);
    while (step(copy, rows)) {
        send_int16(copy, width);
        for (int column = 0; column < width; column++) {
            send_value(copy, table, rows, column);
        }
        copy->rows++;
    }
    send_int16(copy, -1);
    flush(copy);
    (void)PQputCopyEnd(copy->connection, NULL);
    PGresult *result = NULL;
    while ((result = PQgetResult(copy->connection)) != NULL) {
        arena_at_end(copy->arena, clear_result, result);
        if (PQresultStatus(result) != PGRES_COMMAND_OK) {
            refuse(copy, table, result);
        }
    }
}

static bool is_in(Str name, const Str *names, size_t count) {
    for (size_t index = 0; index < count; index++) {
        if (str_equal(names[index], name)) {
            return true;
        }
    }
    return false;
}

/* All tables that `table` refers to have been copied; a table may refer to itself. */
static bool is_ready(Copy *copy, Str table, const Str *done, size_t done_count) {
    sqlite3_stmt *parents = prepare(copy, "SELECT \"table\" FROM pragma_foreign_key_list(?1)");
    (void)sqlite3_bind_text64(parents, 1, table.at, table.length, SQLITE_STATIC, SQLITE_UTF8);
    while (step(copy, parents)) {
        const Str parent = text_at(copy, parents, 0);
        if (!str_equal(parent, table) && !is_in(parent, done, done_count)) {
            return false;
        }
    }
    return true;
}

static void copy_tables(Copy *copy) {
    Str *tables = NEW_MANY(copy->arena, TABLES, Str);
    Str *done = NEW_MANY(copy->arena, TABLES, Str);
    size_t count = 0;
    size_t done_count = 0;
    sqlite3_stmt *names = prepare(copy, "SELECT name FROM sqlite_schema WHERE type = 'table' "
                                        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid");
    while (count < TABLES && step(copy, names)) {
        tables[count++] = text_at(copy, names, 0);
    }
    while (done_count < count) {
        const size_t before = done_count;
        for (size_t index = 0; index < count; index++) {
            if (!is_in(tables[index], done, done_count) && is_ready(copy, tables[index], done, done_count)) {
                copy_table(copy, tables[index]);
                done[done_count++] = tables[index];
            }
        }
        if (done_count == before) {
            db_fail(copy->to, FAIL_DATABASE, "copy: tables refer to each other in a circle");
        }
    }
}

int64_t db_copy(Db *from, Db *to, Arena *arena) {
    if (db_engine(from) != DB_SQLITE || db_engine(to) != DB_POSTGRES) {
        fail(FAIL_USAGE, "rows are copied from SQLite to PostgreSQL only");
    }
    if (db_schema_version(from) != db_schema_version(to)) {
        fail(FAIL_USAGE, "the databases have different schema versions: migrate both first");
    }
    Copy copy = {.from = from,
                 .to = to,
                 .handle = sqlite_handle(from),
                 .connection = postgres_connection(to),
                 .arena = arena,
                 .piece = arena_get(arena, PIECE_BYTES)};
    db_begin_read(from);
    Tx *tx = tx_begin(to);
    copy_tables(&copy);
    tx_commit(tx);
    db_end_read(from);
    return copy.rows;
}
