/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite: one file, one writer at a time, every commit on the disk before it returns. */
#include "base/log.h"
#include "platform/db/db_engine.h"

#include <sqlite3.h>

/* STEPS_TOLD: some 70 ms of work. Counted and not timed, so that a busy machine says nothing. */
enum { BUSY_MILLISECONDS = 10000, STEPS_TOLD = 5000000 };

typedef struct SqliteDb {
    Db base;
    sqlite3 *handle;
    sqlite3_stmt *begin_read;
    sqlite3_stmt *begin_write;
    sqlite3_stmt *commit;
    sqlite3_stmt *rollback;
    sqlite3_stmt *running;     /* the statement of base.query */
    sqlite3_stmt **statements; /* by DbQuery.index; NULL until first used */
    int statement_room;
    Time busy_since;
    bool are_foreign_keys_off; /* during a schema step */
} SqliteDb;

static SqliteDb *sqlite_of(Db *db) {
    return (SqliteDb *)db;
}

struct sqlite3 *sqlite_handle(Db *db) {
    return sqlite_of(db)->handle;
}

/* What the engine said, as our failure. SQLite's messages name tables and columns, never values. */
_Noreturn static void refuse(SqliteDb *self, const char *what) {
    const int code = sqlite3_errcode(self->handle);
    const bool is_memory = (code & 0xFF) == SQLITE_NOMEM;
    db_fail(&self->base, is_memory ? FAIL_MEMORY : FAIL_DATABASE, "%s: %s (SQLite %d)", what,
            sqlite3_errmsg(self->handle), sqlite3_extended_errcode(self->handle));
}

/* Waits in naps of a millisecond for up to 10 s. SQLite's own handler soon naps 100 ms, in which hundreds of
 * commits would fit, and starves whoever has waited longest. Shorter naps make the writers take turns after
 * each commit, and whoever takes over finds its page cache stale: measured with two workers, naps of 0.1 ms
 * gave 1,800 posted forms a second and naps of 1 ms 2,450. Called by SQLite, so it must not fail(). */
static int wait_while_busy(void *context, int tries) {
    SqliteDb *self = context;
    const Time now = time_monotonic();
    if (tries == 0) {
        self->busy_since = now;
    }
    if (time_between(self->busy_since, now) > BUSY_MILLISECONDS * INT64_C(1000)) {
        return 0;
    }
    nanosleep(&(struct timespec){.tv_nsec = 1000 * 1000}, NULL);
    return 1;
}

/* ---- statements ---- */

static sqlite3_stmt *prepare(SqliteDb *self, const char *name, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        refuse(self, name);
    }
    return statement;
}

static void make_room(SqliteDb *self, int index) {
    int room = self->statement_room == 0 ? 256 : self->statement_room;
    while (room <= index) {
        room *= 2;
    }
    sqlite3_stmt **statements = realloc(self->statements, (size_t)room * sizeof *statements);
    if (statements == NULL) {
        db_fail(&self->base, FAIL_MEMORY, "the system has no memory left");
    }
    memset(statements + self->statement_room, 0, (size_t)(room - self->statement_room) * sizeof *statements);
    self->statements = statements;
    self->statement_room = room;
}

static void sqlite_start(Db *db, const DbQuery *query) {
    SqliteDb *self = sqlite_of(db);
    if (query->index >= self->statement_room) {
        make_room(self, query->index);
    }
    if (self->statements[query->index] == NULL) {
        self->statements[query->index] = prepare(self, query->name, query->sqlite);
    }
    self->running = self->statements[query->index];
}

/* Says which statement went through far more rows than a page should: an index is missing, or not taken. */
static void tell_long(SqliteDb *self) {
    const int steps = sqlite3_stmt_status(self->running, SQLITE_STMTSTATUS_VM_STEP, true);
    if (steps > STEPS_TOLD) {
        log_line(LOG_WARNING, "long_statement", "query=%s steps=%d", db_query_name(&self->base), steps);
    }
}

static void sqlite_reset(Db *db) {
    SqliteDb *self = sqlite_of(db);
    if (self->running != NULL) {
        tell_long(self);
        /* The code repeats the error of the last step, which has been told already. */
        (void)sqlite3_reset(self->running);
        self->running = NULL;
    }
}

static void check_bound(SqliteDb *self, int code) {
    if (code != SQLITE_OK) {
        refuse(self, db_query_name(&self->base));
    }
}

static void sqlite_put_null(Db *db, int index) {
    SqliteDb *self = sqlite_of(db);
    check_bound(self, sqlite3_bind_null(self->running, index + 1));
}

static void sqlite_put_int(Db *db, int index, int64_t value) {
    SqliteDb *self = sqlite_of(db);
    check_bound(self, sqlite3_bind_int64(self->running, index + 1, value));
}

static void sqlite_put_text(Db *db, int index, Str value, bool is_bytes) {
    SqliteDb *self = sqlite_of(db);
    /* Static: the statement has run before the generated function returns, so the text outlives it. */
    check_bound(
        self, is_bytes ? sqlite3_bind_blob64(self->running, index + 1, value.at, value.length, SQLITE_STATIC)
                       : sqlite3_bind_text64(self->running, index + 1, value.at, value.length, SQLITE_STATIC,
                                             SQLITE_UTF8));
}

static bool sqlite_next_row(Db *db) {
    SqliteDb *self = sqlite_of(db);
    const int code = sqlite3_step(self->running);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        refuse(self, db_query_name(db));
    }
    return false;
}

static int64_t sqlite_run(Db *db) {
    while (sqlite_next_row(db)) {
    }
    return sqlite3_changes64(sqlite_of(db)->handle);
}

static const char *type_name(int type) {
    switch (type) {
    case SQLITE_INTEGER:
        return "a whole number";
    case SQLITE_FLOAT:
        return "a fraction";
    case SQLITE_TEXT:
        return "text";
    case SQLITE_BLOB:
        return "bytes";
    default:
        return "null";
    }
}

static bool sqlite_get_int(Db *db, int column, int64_t *ret_value) {
    sqlite3_stmt *statement = sqlite_of(db)->running;
    const int type = sqlite3_column_type(statement, column);
    if (type == SQLITE_INTEGER) {
        *ret_value = sqlite3_column_int64(statement, column);
        return true;
    }
    if (type != SQLITE_NULL) {
        db_fail_type(db, column, type_name(type));
    }
    return false;
}

static Str sqlite_get_text(Db *db, int column, bool is_bytes) {
    sqlite3_stmt *statement = sqlite_of(db)->running;
    const int type = sqlite3_column_type(statement, column);
    if (type == SQLITE_NULL) {
        return STR_NONE;
    }
    if (type != (is_bytes ? SQLITE_BLOB : SQLITE_TEXT)) {
        db_fail_type(db, column, type_name(type));
    }
    const char *at = is_bytes ? sqlite3_column_blob(statement, column)
                              : (const char *)sqlite3_column_text(statement, column);
    const size_t length = (size_t)sqlite3_column_bytes(statement, column);
    if (at == NULL && length > 0) {
        db_fail(db, FAIL_MEMORY, "the system has no memory left");
    }
    return (Str){.at = at == NULL ? "" : at, .length = length};
}

/* ---- transactions ---- */

/* Runs a statement without parameters or rows; returns SQLite's code. */
static int step_once(sqlite3_stmt *statement) {
    const int code = sqlite3_step(statement);
    (void)sqlite3_reset(statement);
    return code == SQLITE_DONE || code == SQLITE_ROW ? SQLITE_OK : code;
}

static void sqlite_begin(Db *db, bool is_write) {
    SqliteDb *self = sqlite_of(db);
    const int code = step_once(is_write ? self->begin_write : self->begin_read);
    if ((code & 0xFF) == SQLITE_BUSY) {
        /* Ten seconds have been waited already: running the work again would only wait ten more. */
        db_fail(db, FAIL_DATABASE, "the database stayed locked by another process for %d s",
                BUSY_MILLISECONDS / 1000);
    }
    if (code != SQLITE_OK) {
        refuse(self, "begin");
    }
}

static void sqlite_commit(Db *db) {
    SqliteDb *self = sqlite_of(db);
    const int code = step_once(self->commit);
    if ((code & 0xFF) == SQLITE_BUSY) {
        /* Nothing was written, and the work may go through a moment later. */
        db_fail(db, FAIL_RETRY, "the database was locked at commit");
    }
    if (code != SQLITE_OK) {
        refuse(self, "commit");
    }
}

static void sqlite_rollback(Db *db) {
    SqliteDb *self = sqlite_of(db);
    /* A full disk or an I/O error makes SQLite roll back by itself. */
    if (!sqlite3_get_autocommit(self->handle) && step_once(self->rollback) != SQLITE_OK &&
        !sqlite3_get_autocommit(self->handle)) {
        refuse(self, "rollback");
    }
    if (self->are_foreign_keys_off) {
        (void)sqlite3_db_config(self->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
        self->are_foreign_keys_off = false;
    }
}

/* ---- schema ---- */

static void run_script(SqliteDb *self, const char *what, const char *sql) {
    if (sqlite3_exec(self->handle, sql, NULL, NULL, NULL) != SQLITE_OK) {
        refuse(self, what);
    }
}

static int64_t sqlite_version(Db *db) {
    SqliteDb *self = sqlite_of(db);
    sqlite3_stmt *statement = prepare(self, "schema version", "PRAGMA user_version");
    const bool has_row = sqlite3_step(statement) == SQLITE_ROW;
    const int64_t version = has_row ? sqlite3_column_int64(statement, 0) : 0;
    (void)sqlite3_finalize(statement);
    if (!has_row) {
        refuse(self, "schema version");
    }
    return version;
}

static void sqlite_begin_step(Db *db) {
    SqliteDb *self = sqlite_of(db);
    /* A step may have to build a table anew under its old name, which enforced foreign keys forbid. They are
     * checked as a whole before the commit instead. */
    (void)sqlite3_db_config(self->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
    self->are_foreign_keys_off = true;
    sqlite_begin(db, true);
}

static void sqlite_apply_step(Db *db, const DbStep *step) {
    SqliteDb *self = sqlite_of(db);
    run_script(self, step->name, step->sqlite);
    char pragma[64];
    snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", step->version);
    run_script(self, step->name, pragma);
}

static void sqlite_end_step(Db *db) {
    SqliteDb *self = sqlite_of(db);
    sqlite3_stmt *statement = prepare(self, "schema step", "PRAGMA foreign_key_check");
    const int code = sqlite3_step(statement);
    (void)sqlite3_finalize(statement);
    if (code != SQLITE_DONE) {
        db_fail(db, FAIL_DATABASE, "a schema step would break references between tables");
    }
    sqlite_commit(db);
    sqlite_rollback(db); /* nothing is open: this only brings the foreign keys back */
}

static void add_line(Arena *arena, Strs *lines, Str line) {
    Str *items = NEW_MANY(arena, lines->count + 1, Str);
    if (lines->count > 0) {
        memcpy(items, lines->items, lines->count * sizeof(Str));
    }
    items[lines->count] = line;
    *lines = (Strs){.items = items, .count = lines->count + 1};
}

static Str column_str(Arena *arena, sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return str_copy(arena, str_of(text == NULL ? "?" : text));
}

static void finalize(void *context) {
    (void)sqlite3_finalize(context);
}

static void sqlite_check(Db *db, Arena *arena, Strs *ret_lines) {
    SqliteDb *self = sqlite_of(db);
    sqlite3_stmt *integrity = prepare(self, "check", "PRAGMA integrity_check(100)");
    arena_at_end(arena, finalize, integrity);
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(integrity)) == SQLITE_ROW) {
        const Str line = column_str(arena, integrity, 0);
        if (!str_equal(line, STR("ok"))) {
            add_line(arena, ret_lines, line);
        }
    }
    if (code != SQLITE_DONE) {
        add_line(arena, ret_lines, str_print(arena, "integrity check: %s", sqlite3_errmsg(self->handle)));
    }
    sqlite3_stmt *keys = prepare(self, "check", "PRAGMA foreign_key_check");
    arena_at_end(arena, finalize, keys);
    while (ret_lines->count < 200 && (code = sqlite3_step(keys)) == SQLITE_ROW) {
        add_line(arena, ret_lines,
                 str_print(arena, "table %.*s: a row refers to one in %.*s that is not there",
                           STR_ARGS(column_str(arena, keys, 0)), STR_ARGS(column_str(arena, keys, 2))));
    }
    (void)sqlite3_reset(keys);
    (void)sqlite3_reset(integrity);
}

/* ---- open and close ---- */

static void sqlite_close(Db *db) {
    SqliteDb *self = sqlite_of(db);
    for (int index = 0; index < self->statement_room; index++) {
        (void)sqlite3_finalize(self->statements[index]);
    }
    (void)sqlite3_finalize(self->begin_read);
    (void)sqlite3_finalize(self->begin_write);
    (void)sqlite3_finalize(self->commit);
    (void)sqlite3_finalize(self->rollback);
    /* Version 2 also closes when a check's statement still waits for its arena to end. */
    (void)sqlite3_close_v2(self->handle);
    free(self->statements);
    free(self);
}

/* With the usual 4 MiB the pages of random ids are written and read back again and again. When it is
 * refused, work is only slower. */
static void sqlite_expect_bulk(Db *db) {
    (void)sqlite3_exec(sqlite_of(db)->handle,
                       "PRAGMA cache_size = -262144; PRAGMA wal_autocheckpoint = 20000", NULL, NULL, NULL);
}

static const DbDriver SQLITE_DRIVER = {
    .engine = DB_SQLITE,
    .close = sqlite_close,
    .expect_bulk = sqlite_expect_bulk,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .start = sqlite_start,
    .put_null = sqlite_put_null,
    .put_int = sqlite_put_int,
    .put_text = sqlite_put_text,
    .next_row = sqlite_next_row,
    .run = sqlite_run,
    .reset = sqlite_reset,
    .get_int = sqlite_get_int,
    .get_text = sqlite_get_text,
    .version = sqlite_version,
    .begin_step = sqlite_begin_step,
    .apply_step = sqlite_apply_step,
    .end_step = sqlite_end_step,
    .check = sqlite_check,
};

/* Turning WAL on needs the file for itself for a moment, and SQLite does not wait for that. */
static int turn_wal_on(SqliteDb *self) {
    int code = SQLITE_BUSY;
    for (int tries = 0; tries < BUSY_MILLISECONDS / 10; tries++) {
        code = sqlite3_exec(self->handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        if ((code & 0xFF) != SQLITE_BUSY) {
            break;
        }
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000000}, NULL);
    }
    return code;
}

/* Returns SQLite's code; the first one that is not SQLITE_OK. */
static int configure(SqliteDb *self) {
    const int settings[][2] = {
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
    };
    int code = sqlite3_busy_handler(self->handle, wait_while_busy, self);
    for (size_t index = 0; code == SQLITE_OK && index < sizeof settings / sizeof settings[0]; index++) {
        code = sqlite3_db_config(self->handle, settings[index][0], settings[index][1], NULL);
    }
    if (code == SQLITE_OK) {
        code = turn_wal_on(self);
    }
    if (code == SQLITE_OK) {
        /* cache_size: 8 MiB a worker; on 14 MiB of rows a point query took 1.35 us, 1.65 with 4 MiB, and no
         * less with the file mapped. Checkpoints every 1000 pages: with 200, a third of
         * the time of posted forms went into them. */
        code =
            sqlite3_exec(self->handle,
                         "PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON; PRAGMA cache_size = -8192;"
                         "PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 67108864;"
                         "PRAGMA temp_store = MEMORY",
                         NULL, NULL, NULL);
    }
    return code;
}

static const char *why_not_open(int code) {
    switch (code & 0xFF) {
    case SQLITE_CANTOPEN:
        return "it is not there, or its folder cannot be used";
    case SQLITE_NOTADB:
        return "it is not an SQLite database";
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return "it cannot be written";
    case SQLITE_BUSY:
        return "another process keeps it locked";
    default:
        return sqlite3_errstr(code);
    }
}

Db *sqlite_open(Str path, bool create) {
    if (path.length == 0 || path.length > 4000 || memchr(path.at, '\0', path.length) != NULL) {
        fail(FAIL_USAGE, "sqlite: needs the path of a file behind it");
    }
    char name[4096];
    snprintf(name, sizeof name, "%.*s", STR_ARGS(path));
    /* Statistics of SQLite's own memory cost a lock in each allocation. Refused, and rightly, when a
     * connection is open already. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    SqliteDb *self = calloc(1, sizeof *self);
    if (self == NULL) {
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    self->base.driver = &SQLITE_DRIVER;
    self->base.tx.db = &self->base;
    const int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX |
                      SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(name, &self->handle, flags, NULL);
    if (code == SQLITE_OK) {
        code = configure(self);
    }
    if (code != SQLITE_OK) {
        sqlite_close(&self->base);
        fail(FAIL_USAGE, "the database %s cannot be opened: %s", name, why_not_open(code));
    }
    self->begin_read = prepare(self, "begin", "BEGIN");
    self->begin_write = prepare(self, "begin", "BEGIN IMMEDIATE");
    self->commit = prepare(self, "commit", "COMMIT");
    self->rollback = prepare(self, "rollback", "ROLLBACK");
    return &self->base;
}
