/* SPDX-License-Identifier: Apache-2.0 */
/* Rows out of and into PostgreSQL, each table as one COPY in binary. */
#include "platform/db/db_rows_engine.h"

#include <libpq-fe.h>

enum { PIECE_BYTES = 64 * 1024, HEADER_BYTES = 19 };

/* Its last byte is the terminator's zero. */
static const char SIGNATURE[11] = "PGCOPY\n\377\r\n";

typedef struct Taking {
    Db *db;
    PGconn *connection;
    Str table;
    size_t length;
    char piece[PIECE_BYTES]; /* rows on their way, sent when full */
} Taking;

_Noreturn static void refuse(Db *db, Str table, const PGresult *result) {
    /* Without the detail line, which would quote a row. */
    const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    db_fail(db, FAIL_DATABASE, "rows of table %.*s: %s", STR_ARGS(table),
            primary == NULL ? "the connection to the database is lost" : primary);
}

static void clear_result(void *context) {
    PQclear(context);
}

static PGresult *ask(Db *db, Arena *arena, Str table, const char *sql, ExecStatusType wanted) {
    PGresult *result = PQexec(postgres_connection(db), sql);
    arena_at_end(arena, clear_result, result);
    if (PQresultStatus(result) != wanted) {
        refuse(db, table, result);
    }
    return result;
}

/* ---- tables ---- */

/* A row a column, tables and columns in order. */
static const char COLUMNS[] =
    "SELECT class.relname, attribute.attname,"
    " CASE attribute.atttypid WHEN 'bigint'::regtype THEN 'i' WHEN 'text'::regtype THEN 't'"
    " WHEN 'bytea'::regtype THEN 'b' ELSE '?' END "
    "FROM pg_class class JOIN pg_attribute attribute ON attribute.attrelid = class.oid "
    "WHERE class.relnamespace = 'public'::regnamespace AND class.relkind = 'r' AND attribute.attnum > 0"
    " AND NOT attribute.attisdropped AND class.relname <> 'schema_version' "
    "ORDER BY class.oid, attribute.attnum";
static const char PARENTS[] =
    "SELECT DISTINCT child.relname, parent.relname FROM pg_constraint key"
    " JOIN pg_class child ON child.oid = key.conrelid JOIN pg_class parent ON parent.oid = key.confrelid "
    "WHERE key.contype = 'f' AND key.connamespace = 'public'::regnamespace";

static void column_add(Db *db, Arena *arena, DbTable *table, Str *columns, char *kinds, const PGresult *found,
                       int row) {
    const char kind = PQgetvalue(found, row, 2)[0];
    if (kind == '?' || table->count == DB_COLUMNS_MOST) {
        db_fail(db, FAIL_DATABASE, "table %.*s has a column of a type that no schema of ours has",
                STR_ARGS(table->name));
    }
    columns[table->count] = str_copy(arena, str_of(PQgetvalue(found, row, 1)));
    kinds[table->count] = kind;
    table->count++;
}

static void parents_find(Arena *arena, DbTableFound *found, const PGresult *pairs) {
    Str *parents = NEW_MANY(arena, (size_t)PQntuples(pairs), Str);
    for (int row = 0; row < PQntuples(pairs); row++) {
        if (str_equal(found->table.name, str_of(PQgetvalue(pairs, row, 0)))) {
            parents[found->parent_count++] = str_copy(arena, str_of(PQgetvalue(pairs, row, 1)));
        }
    }
    found->parents = parents;
}

static void find_tables(Db *db, Arena *arena, DbTableSearch *ret_found) {
    const PGresult *columns_found = ask(db, arena, STR("pg_class"), COLUMNS, PGRES_TUPLES_OK);
    const PGresult *pairs = ask(db, arena, STR("pg_constraint"), PARENTS, PGRES_TUPLES_OK);
    Str *columns = NULL;
    char *kinds = NULL;
    for (int row = 0; row < PQntuples(columns_found); row++) {
        const Str name = str_of(PQgetvalue(columns_found, row, 0));
        const bool is_next =
            ret_found->count == 0 || !str_equal(ret_found->items[ret_found->count - 1].table.name, name);
        if (is_next && ret_found->count == DB_TABLES_MOST) {
            db_fail(db, FAIL_DATABASE, "the database has more tables than a schema of ours");
        }
        if (is_next) {
            columns = NEW_MANY(arena, DB_COLUMNS_MOST, Str);
            kinds = arena_get(arena, DB_COLUMNS_MOST);
            ret_found->items[ret_found->count++].table =
                (DbTable){.name = str_copy(arena, name), .columns = columns, .kinds = kinds};
        }
        column_add(db, arena, &ret_found->items[ret_found->count - 1].table, columns, kinds, columns_found,
                   row);
    }
    for (size_t at = 0; at < ret_found->count; at++) {
        parents_find(arena, &ret_found->items[at], pairs);
    }
}

/* ---- giving ---- */

static void free_message(void *context) {
    char **message = context;
    PQfreemem(*message);
    *message = NULL;
}

static bool next_message(Db *db, char **message, int *ret_length) {
    free_message(message);
    *ret_length = PQgetCopyData(postgres_connection(db), message, 0);
    return *ret_length > 0;
}

/* The header stands in front of the first row, in the same message. */
static Str without_header(Db *db, Str table, Str message) {
    if (message.length < HEADER_BYTES || memcmp(message.at, SIGNATURE, sizeof SIGNATURE) != 0) {
        db_fail(db, FAIL_DATABASE, "rows of table %.*s: the server's form of COPY is not known",
                STR_ARGS(table));
    }
    const int32_t more = db_row_int32(message.at + sizeof SIGNATURE + 4);
    return str_part(message, HEADER_BYTES + (size_t)(more < 0 ? 0 : more), message.length);
}

static void end_copy(Db *db, Str table) {
    PGconn *connection = postgres_connection(db);
    for (PGresult *result = PQgetResult(connection); result != NULL; result = PQgetResult(connection)) {
        const bool is_good = PQresultStatus(result) == PGRES_COMMAND_OK;
        char why[300] = "";
        snprintf(why, sizeof why, "%s",
                 PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) == NULL
                     ? "the connection to the database is lost"
                     : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
        PQclear(result);
        if (!is_good) {
            db_fail(db, FAIL_DATABASE, "rows of table %.*s: %s", STR_ARGS(table), why);
        }
    }
}

static int64_t give(Db *db, Arena *arena, const DbTable *table, Str columns, const DbRowTaker *taker) {
    const Str copy = str_print(arena, "COPY %.*s (%.*s) TO STDOUT (FORMAT binary)", STR_ARGS(table->name),
                               STR_ARGS(columns));
    (void)ask(db, arena, table->name, str_c(arena, copy), PGRES_COPY_OUT);
    char **message = NEW(arena, char *);
    arena_at_end(arena, free_message, message);
    int length = 0;
    int64_t count = 0;
    bool is_first = true;
    while (next_message(db, message, &length)) {
        Str row = {.at = *message, .length = (size_t)length};
        if (is_first) {
            row = without_header(db, table->name, row);
            is_first = false;
        }
        if (row.length == 0 || (row.length == 2 && db_row_int16(row.at) == -1)) {
            continue; /* the header alone, or the end */
        }
        taker->row(taker->context, row);
        count++;
    }
    end_copy(db, table->name);
    return count;
}

/* ---- taking ---- */

static void flush(Taking *taking) {
    if (taking->length > 0 && PQputCopyData(taking->connection, taking->piece, (int)taking->length) != 1) {
        db_fail(taking->db, FAIL_DATABASE, "rows of table %.*s: the connection to the database is lost",
                STR_ARGS(taking->table));
    }
    taking->length = 0;
}

static void send(Taking *taking, const void *bytes, size_t length) {
    const char *at = bytes;
    while (length > 0) {
        if (taking->length == PIECE_BYTES) {
            flush(taking);
        }
        const size_t free_bytes = PIECE_BYTES - taking->length;
        const size_t part = length < free_bytes ? length : free_bytes;
        memcpy(taking->piece + taking->length, at, part);
        taking->length += part;
        at += part;
        length -= part;
    }
}

static void *take_begin(Db *db, Arena *arena, const DbTable *table, Str columns) {
    const Str copy = str_print(arena, "COPY %.*s (%.*s) FROM STDIN (FORMAT binary)", STR_ARGS(table->name),
                               STR_ARGS(columns));
    (void)ask(db, arena, table->name, str_c(arena, copy), PGRES_COPY_IN);
    Taking *taking = NEW(arena, Taking);
    taking->db = db;
    taking->connection = postgres_connection(db);
    taking->table = table->name;
    static const char no_flags_no_more[8] = {0};
    send(taking, SIGNATURE, sizeof SIGNATURE);
    send(taking, no_flags_no_more, sizeof no_flags_no_more);
    return taking;
}

static void take_row(void *context, Str row) {
    send(context, row.at, row.length);
}

static void take_end(void *context) {
    Taking *taking = context;
    static const unsigned char end[2] = {0xFF, 0xFF};
    send(taking, end, sizeof end);
    flush(taking);
    (void)PQputCopyEnd(taking->connection, NULL);
    end_copy(taking->db, taking->table);
}

static int64_t count_rows(Db *db, Str table) {
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM %.*s", STR_ARGS(table));
    PGresult *result = PQexec(postgres_connection(db), sql);
    int64_t rows = -1;
    if (PQresultStatus(result) == PGRES_TUPLES_OK &&
        !str_to_int(str_of(PQgetvalue(result, 0, 0)), 0, INT64_MAX, &rows)) {
        rows = -1;
    }
    PQclear(result);
    if (rows < 0) {
        db_fail(db, FAIL_DATABASE, "rows of table %.*s cannot be counted", STR_ARGS(table));
    }
    return rows;
}

static void remove_rows(Db *db, Str table) {
    char sql[200];
    snprintf(sql, sizeof sql, "DELETE FROM %.*s", STR_ARGS(table));
    PGresult *result = PQexec(postgres_connection(db), sql);
    const bool is_good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!is_good) {
        db_fail(db, FAIL_DATABASE, "rows of table %.*s cannot be removed", STR_ARGS(table));
    }
}

const DbRowsDriver *postgres_rows_driver(void) {
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
