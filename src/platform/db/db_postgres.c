/* SPDX-License-Identifier: Apache-2.0 */
/* PostgreSQL: one connection a process, everything prepared once, whole numbers and text in binary both
 * ways. */
#include "platform/db/db_engine.h"

#include <endian.h>
#include <libpq-fe.h>

/* The built-in types that a query may return; the numbers are fixed since PostgreSQL's beginning. */
enum {
    TYPE_BOOL = 16,
    TYPE_BYTEA = 17,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_VARCHAR = 1043
};

/* Any number will do that no other program uses on the same database. */
#define MIGRATION_LOCK "7305808869231650930"

typedef struct PostgresDb {
    Db base;
    PGconn *connection;
    PGresult *result;  /* of the running statement, once it has run */
    int row;           /* the one being read */
    bool *is_prepared; /* by DbQuery.index, on this connection */
    int prepared_room;
    const char *values[DB_PARAMETERS];
    int lengths[DB_PARAMETERS];
    uint64_t numbers[DB_PARAMETERS]; /* in network order: what `values` points at */
} PostgresDb;

static PostgresDb *postgres_of(Db *db) {
    return (PostgresDb *)db;
}

struct pg_conn *postgres_connection(Db *db) {
    return postgres_of(db)->connection;
}

/* ---- failures ---- */

static void keep_quiet(void *context, const char *message) {
    (void)context;
    (void)message;
}

/* The first line of what libpq says about the connection; it names the host, never the password. */
static Str connection_fault(const PostgresDb *self) {
    Str line = STR("");
    Str rest = STR("");
    (void)str_cut(str_of(PQerrorMessage(self->connection)), '\n', &line, &rest);
    return line;
}

/* Only SQLSTATE and the primary message: the detail line would quote values, and values are people's
 * words.
 *
 * 40001 and 40P01 ask for another run. 23505 (a key is there already) does not: under SERIALIZABLE, a race
 * in which the work had looked for the key first is reported as 40001 since PostgreSQL 9.6, and ON
 * CONFLICT against a row that a concurrent transaction committed is 40001 too. What remains is a plain
 * duplicate, which would fail again in each run, on SQLite as well. */
_Noreturn static void refuse(PostgresDb *self, const char *what, PGresult *result) {
    if (PQstatus(self->connection) == CONNECTION_BAD) {
        PQclear(result);
        /* The server has dropped the transaction, so the same work can be run on a new connection. */
        db_fail(&self->base, FAIL_RETRY, "%s: the connection to the database is lost", what);
    }
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    char message[300];
    snprintf(message, sizeof message, "%s (PostgreSQL %s)", primary == NULL ? "no answer" : primary,
             state == NULL ? "?????" : state);
    const bool is_retry = state != NULL && (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0);
    PQclear(result);
    db_fail(&self->base, is_retry ? FAIL_RETRY : FAIL_DATABASE, "%s: %s", what, message);
}

static bool is_good(const PGresult *result) {
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Statements of our own, without parameters. */
static void run_script(PostgresDb *self, const char *what, const char *sql) {
    PGresult *result = PQexec(self->connection, sql);
    if (!is_good(result)) {
        refuse(self, what, result);
    }
    PQclear(result);
}

/* ---- connection ---- */

static void forget_prepared(PostgresDb *self) {
    if (self->prepared_room > 0) {
        memset(self->is_prepared, 0, (size_t)self->prepared_room * sizeof *self->is_prepared);
    }
}

/* A session like any other of ours, whatever the role's or the server's defaults are. Durable commits are
 * only switched on, never down from a stronger setting. */
static bool session_begin(PostgresDb *self) {
    (void)PQsetNoticeProcessor(self->connection, keep_quiet, NULL);
    PGresult *result = PQexec(self->connection,
                              "SET NAMES 'UTF8'; SET search_path = public, pg_temp; SET lock_timeout = '10s';"
                              "SET standard_conforming_strings = on; SET jit = off;"
                              "SELECT set_config('synchronous_commit', 'on', false)"
                              " WHERE current_setting('synchronous_commit') = 'off'");
    const bool has_begun = is_good(result);
    PQclear(result);
    return has_begun;
}

static void reconnect(PostgresDb *self) {
    PQreset(self->connection);
    forget_prepared(self);
    self->base.reconnections++;
    if (PQstatus(self->connection) != CONNECTION_OK || !session_begin(self)) {
        db_fail(&self->base, FAIL_DATABASE, "the database cannot be reached: %.*s",
                STR_ARGS(connection_fault(self)));
    }
}

/* ---- statements ---- */

static void prepare(PostgresDb *self, const DbQuery *query, const char *name) {
    Oid types[DB_PARAMETERS] = {0};
    for (int index = 0; index < query->parameter_count; index++) {
        const DbKind kind = query->parameters[index].kind;
        types[index] = kind == DB_STR ? TYPE_TEXT : kind == DB_BYTES ? TYPE_BYTEA : TYPE_INT8;
    }
    PGresult *result = PQprepare(self->connection, name, query->postgres, query->parameter_count, types);
    if (!is_good(result)) {
        refuse(self, query->name, result);
    }
    PQclear(result);
    self->is_prepared[query->index] = true;
}

static void make_room(PostgresDb *self, int index) {
    int room = self->prepared_room == 0 ? 256 : self->prepared_room;
    while (room <= index) {
        room *= 2;
    }
    bool *is_prepared = realloc(self->is_prepared, (size_t)room * sizeof *is_prepared);
    if (is_prepared == NULL) {
        db_fail(&self->base, FAIL_MEMORY, "the system has no memory left");
    }
    memset(is_prepared + self->prepared_room, 0, (size_t)(room - self->prepared_room) * sizeof *is_prepared);
    self->is_prepared = is_prepared;
    self->prepared_room = room;
}

static void statement_name(const DbQuery *query, char ret_name[16]) {
    snprintf(ret_name, 16, "q%d", query->index);
}

static void postgres_start(Db *db, const DbQuery *query) {
    PostgresDb *self = postgres_of(db);
    if (query->index >= self->prepared_room) {
        make_room(self, query->index);
    }
    if (!self->is_prepared[query->index]) {
        char name[16];
        statement_name(query, name);
        prepare(self, query, name);
    }
}

static void postgres_reset(Db *db) {
    PostgresDb *self = postgres_of(db);
    PQclear(self->result);
    self->result = NULL;
    self->row = -1;
}

static void postgres_put_null(Db *db, int index) {
    postgres_of(db)->values[index] = NULL;
}

static void postgres_put_int(Db *db, int index, int64_t value) {
    PostgresDb *self = postgres_of(db);
    self->numbers[index] = htobe64((uint64_t)value);
    self->values[index] = (const char *)&self->numbers[index];
    self->lengths[index] = sizeof(uint64_t);
}

static void postgres_put_text(Db *db, int index, Str value, bool is_bytes) {
    (void)is_bytes;
    PostgresDb *self = postgres_of(db);
    if (value.length > INT32_MAX) {
        db_fail(db, FAIL_DATABASE, "query %s: parameter %s is too long", db->query->name,
                db->query->parameters[index].name);
    }
    self->values[index] = value.at;
    self->lengths[index] = (int)value.length;
}

static void execute(PostgresDb *self) {
    static const int FORMATS[DB_PARAMETERS] = {
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    };
    const DbQuery *query = self->base.query;
    char name[16];
    statement_name(query, name);
    PGresult *result = PQexecPrepared(self->connection, name, query->parameter_count, self->values,
                                      self->lengths, FORMATS, 1);
    if (!is_good(result)) {
        refuse(self, query->name, result);
    }
    self->result = result;
    self->row = -1;
    if (PQnfields(result) != query->column_count) {
        db_fail(&self->base, FAIL_DATABASE, "query %s: %d columns instead of %d", query->name,
                PQnfields(result), query->column_count);
    }
}

static bool postgres_next_row(Db *db) {
    PostgresDb *self = postgres_of(db);
    if (self->result == NULL) {
        execute(self);
    }
    self->row++;
    return self->row < PQntuples(self->result);
}

static int64_t postgres_run(Db *db) {
    PostgresDb *self = postgres_of(db);
    execute(self);
    return strtoll(PQcmdTuples(self->result), NULL, 10);
}

static const char *type_name(Oid type) {
    switch (type) {
    case TYPE_BOOL:
    case TYPE_INT8:
    case TYPE_INT2:
    case TYPE_INT4:
        return "a whole number";
    case TYPE_TEXT:
    case TYPE_VARCHAR:
        return "text";
    case TYPE_BYTEA:
        return "bytes";
    default:
        return "a fraction, or of another type that this program does not read";
    }
}

static bool postgres_get_int(Db *db, int column, int64_t *ret_value) {
    PostgresDb *self = postgres_of(db);
    const bool is_null = PQgetisnull(self->result, self->row, column);
    const char *bytes = PQgetvalue(self->result, self->row, column);
    uint64_t wide = 0;
    uint32_t middle = 0;
    uint16_t narrow = 0;
    const Oid type = PQftype(self->result, column);
    switch (type) {
    case TYPE_INT8:
        memcpy(&wide, bytes, is_null ? 0 : sizeof wide);
        *ret_value = (int64_t)be64toh(wide);
        break;
    case TYPE_INT4:
        memcpy(&middle, bytes, is_null ? 0 : sizeof middle);
        *ret_value = (int32_t)be32toh(middle);
        break;
    case TYPE_INT2:
        memcpy(&narrow, bytes, is_null ? 0 : sizeof narrow);
        *ret_value = (int16_t)be16toh(narrow);
        break;
    case TYPE_BOOL:
        *ret_value = !is_null && bytes[0] != 0;
        break;
    default:
        db_fail_type(db, column, type_name(type));
    }
    return !is_null;
}

static Str postgres_get_text(Db *db, int column, bool is_bytes) {
    PostgresDb *self = postgres_of(db);
    const Oid type = PQftype(self->result, column);
    const bool fits = is_bytes ? type == TYPE_BYTEA : type == TYPE_TEXT || type == TYPE_VARCHAR;
    if (!fits) {
        db_fail_type(db, column, type_name(type));
    }
    if (PQgetisnull(self->result, self->row, column)) {
        return STR_NONE;
    }
    return (Str){.at = PQgetvalue(self->result, self->row, column),
                 .length = (size_t)PQgetlength(self->result, self->row, column)};
}

/* ---- transactions ---- */

static void postgres_begin(Db *db, bool is_write) {
    PostgresDb *self = postgres_of(db);
    const char *sql = is_write ? "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
                               : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    if (PQstatus(self->connection) == CONNECTION_OK) {
        PGresult *result = PQexec(self->connection, sql);
        if (is_good(result)) {
            PQclear(result);
            return;
        }
        if (PQstatus(self->connection) == CONNECTION_OK) {
            refuse(self, "begin", result);
        }
        PQclear(result);
    }
    /* The server went away between two transactions: nothing of ours was lost, so one more try is honest. */
    reconnect(self);
    run_script(self, "begin", sql);
}

static void postgres_commit(Db *db) {
    PostgresDb *self = postgres_of(db);
    PGresult *result = PQexec(self->connection, "COMMIT");
    if (PQstatus(self->connection) == CONNECTION_BAD) {
        PQclear(result);
        /* Not FAIL_RETRY: the work may have been done. */
        db_fail(db, FAIL_DATABASE,
                "the connection was lost at commit: it is not known whether the change was made");
    }
    if (!is_good(result)) {
        refuse(self, "commit", result);
    }
    /* A transaction that has met an error answers COMMIT with ROLLBACK, and calls that a success. */
    const bool is_committed = strcmp(PQcmdStatus(result), "COMMIT") == 0;
    PQclear(result);
    if (!is_committed) {
        db_fail(db, FAIL_DATABASE, "the database rolled back instead of committing");
    }
}

/* The server tells those who listen when the transaction has been committed. */
static void postgres_hint(Db *db, Str lines) {
    PostgresDb *self = postgres_of(db);
    const char *values[1] = {lines.at};
    const int lengths[1] = {(int)lines.length};
    const int formats[1] = {1};
    PGresult *result = PQexecParams(self->connection, "SELECT pg_notify('" DB_HINTS_CHANNEL "', $1)", 1,
                                    (const Oid[]){TYPE_TEXT}, values, lengths, formats, 1);
    if (!is_good(result)) {
        refuse(self, "hint", result);
    }
    PQclear(result);
}

static void postgres_rollback(Db *db) {
    PostgresDb *self = postgres_of(db);
    if (PQstatus(self->connection) == CONNECTION_OK &&
        PQtransactionStatus(self->connection) != PQTRANS_IDLE) {
        /* When this does not arrive, the connection is lost, and the next begin makes a new one. */
        PQclear(PQexec(self->connection, "ROLLBACK"));
    }
}

/* ---- schema ---- */

static int64_t number_of(PostgresDb *self, const char *what, const char *sql) {
    PGresult *result = PQexec(self->connection, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1) {
        refuse(self, what, result);
    }
    const int64_t number = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return number;
}

static int64_t postgres_version(Db *db) {
    PostgresDb *self = postgres_of(db);
    if (PQstatus(self->connection) == CONNECTION_BAD) {
        reconnect(self);
    }
    /* Not to_regclass(): it may answer from a cache that a process waiting for the migration lock has not
     * renewed. */
    if (number_of(self, "schema version",
                  "SELECT COUNT(*) FROM pg_catalog.pg_tables"
                  " WHERE schemaname = 'public' AND tablename = 'schema_version'") == 0) {
        return 0;
    }
    return number_of(self, "schema version", "SELECT COALESCE(MAX(version), 0) FROM public.schema_version");
}

static void postgres_begin_step(Db *db) {
    PostgresDb *self = postgres_of(db);
    run_script(self, "schema step", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    run_script(self, "schema step",
               "SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(" MIGRATION_LOCK ")");
}

static void postgres_apply_step(Db *db, const DbStep *step) {
    PostgresDb *self = postgres_of(db);
    run_script(self, step->name, step->postgres);
    char insert[200];
    snprintf(insert, sizeof insert,
             "CREATE TABLE IF NOT EXISTS public.schema_version (version BIGINT PRIMARY KEY);"
             "INSERT INTO public.schema_version (version) VALUES (%d)",
             step->version);
    run_script(self, step->name, insert);
}

static void postgres_end_step(Db *db) {
    PostgresDb *self = postgres_of(db);
    postgres_commit(db);
    /* A plan made for a table's old shape refuses to run on its new one. */
    run_script(self, "schema step", "DEALLOCATE ALL");
    forget_prepared(self);
}

/* ---- check ---- */

static void clear_result(void *context) {
    PQclear(context);
}

static PGresult *rows_of(PostgresDb *self, Arena *arena, const char *sql) {
    PGresult *result = PQexec(self->connection, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        refuse(self, "check", result);
    }
    arena_at_end(arena, clear_result, result);
    return result;
}

/* Foreign keys are looked through once more, row by row: a server that lost writes, or a restore that
 * switched them off, leaves rows that no constraint has looked at. The first column of each row is a query
 * that counts rows without a partner, the others name the two tables. */
static const char FOREIGN_KEYS[] =
    "SELECT format('SELECT COUNT(*) FROM %s child WHERE %s AND NOT EXISTS (SELECT 1 FROM %s parent WHERE "
    "%s)',"
    "         key.conrelid::regclass, string_agg(format('child.%I IS NOT NULL', here.attname), ' AND '),"
    "         key.confrelid::regclass, string_agg(format('parent.%I = child.%I', there.attname, "
    "here.attname), ' AND ')),"
    "       key.conrelid::regclass, key.confrelid::regclass "
    "FROM pg_constraint key"
    " CROSS JOIN LATERAL unnest(key.conkey, key.confkey) AS pair (here, there)"
    " JOIN pg_attribute here ON here.attrelid = key.conrelid AND here.attnum = pair.here"
    " JOIN pg_attribute there ON there.attrelid = key.confrelid AND there.attnum = pair.there "
    "WHERE key.contype = 'f' AND key.connamespace = 'public'::regnamespace "
    "GROUP BY key.oid, key.conrelid, key.confrelid ORDER BY key.conrelid::regclass::text, key.oid";

static const char ENGINE_FAULTS[] =
    "SELECT format('index %s is not valid', indexrelid::regclass) FROM pg_index"
    " WHERE NOT (indisvalid AND indisready) "
    "UNION ALL SELECT format('table %s: constraint %s was never checked', conrelid::regclass, conname)"
    " FROM pg_constraint WHERE NOT convalidated AND connamespace = 'public'::regnamespace "
    "UNION ALL SELECT format('%s pages had a wrong checksum', checksum_failures) FROM pg_stat_database"
    " WHERE datname = current_database() AND checksum_failures > 0";

static void postgres_check(Db *db, Arena *arena, Strs *ret_lines) {
    PostgresDb *self = postgres_of(db);
    if (PQstatus(self->connection) == CONNECTION_BAD) {
        reconnect(self);
    }
    const PGresult *faults = rows_of(self, arena, ENGINE_FAULTS);
    const PGresult *keys = rows_of(self, arena, FOREIGN_KEYS);
    const size_t most = (size_t)PQntuples(faults) + (size_t)PQntuples(keys);
    Str *lines = NEW_MANY(arena, most, Str);
    size_t count = 0;
    for (int row = 0; row < PQntuples(faults); row++) {
        lines[count++] = str_of(PQgetvalue(faults, row, 0));
    }
    for (int row = 0; row < PQntuples(keys); row++) {
        const int64_t lost = number_of(self, "check", PQgetvalue(keys, row, 0));
        if (lost > 0) {
            lines[count++] = str_print(arena, "table %s: %lld rows refer to one in %s that is not there",
                                       PQgetvalue(keys, row, 1), (long long)lost, PQgetvalue(keys, row, 2));
        }
    }
    *ret_lines = (Strs){.items = lines, .count = count};
}

/* ---- open and close ---- */

static void postgres_close(Db *db) {
    PostgresDb *self = postgres_of(db);
    PQclear(self->result);
    PQfinish(self->connection);
    free(self->is_prepared);
    free(self);
}

static const DbDriver POSTGRES_DRIVER = {
    .engine = DB_POSTGRES,
    .close = postgres_close,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .hint = postgres_hint,
    .rollback = postgres_rollback,
    .start = postgres_start,
    .put_null = postgres_put_null,
    .put_int = postgres_put_int,
    .put_text = postgres_put_text,
    .next_row = postgres_next_row,
    .run = postgres_run,
    .reset = postgres_reset,
    .get_int = postgres_get_int,
    .get_text = postgres_get_text,
    .version = postgres_version,
    .begin_step = postgres_begin_step,
    .apply_step = postgres_apply_step,
    .end_step = postgres_end_step,
    .check = postgres_check,
};

/* Text must be kept and sorted as on SQLite: UTF-8, by bytes. */
static bool has_right_order(PostgresDb *self) {
    return number_of(self, "open",
                     "SELECT COUNT(*) FROM pg_database WHERE datname = current_database()"
                     " AND encoding = pg_char_to_encoding('UTF8')"
                     " AND datcollate IN ('C', 'POSIX') AND datctype IN ('C', 'POSIX')") == 1;
}

Db *postgres_open(Str url) {
    char address[2048];
    if (url.length >= sizeof address || memchr(url.at, '\0', url.length) != NULL) {
        fail(FAIL_USAGE, "the database's address is too long");
    }
    snprintf(address, sizeof address, "%.*s", STR_ARGS(url));
    PostgresDb *self = calloc(1, sizeof *self);
    if (self == NULL) {
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    self->base.driver = &POSTGRES_DRIVER;
    self->base.tx.db = &self->base;
    self->row = -1;
    self->connection = PQconnectdb(address);
    if (PQstatus(self->connection) != CONNECTION_OK || !session_begin(self)) {
        char reason[300];
        snprintf(reason, sizeof reason, "%.*s", STR_ARGS(connection_fault(self)));
        postgres_close(&self->base);
        fail(FAIL_USAGE, "the database cannot be opened: %s", reason);
    }
    if (!has_right_order(self)) {
        postgres_close(&self->base);
        fail(FAIL_USAGE,
             "the database must be made with: createdb --template=template0 --encoding=UTF8 --locale=C NAME");
    }
    return &self->base;
}
