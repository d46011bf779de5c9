/* SPDX-License-Identifier: Apache-2.0 */
/* What db.c asks of an engine, and what it keeps for each. Only db.c and the db_<engine>.c files include
 * this.
 *
 * An engine's own struct starts with a Db. Its functions end in db_fail() when the engine refuses; db.c
 * has checked the order of calls (one statement at a time, writes inside a write transaction) before them. */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include "base/fail.h"
#include "platform/db/db_query.h"

typedef enum DbTransaction { DB_TRANSACTION_NONE, DB_TRANSACTION_READ, DB_TRANSACTION_WRITE } DbTransaction;

typedef struct DbDriver {
    DbEngine engine;
    void (*close)(Db *db);
    void (*expect_bulk)(Db *db); /* NULL: nothing to do */

    /* `is_write` takes the write lock (SQLite) or starts SERIALIZABLE (PostgreSQL). */
    void (*begin)(Db *db, bool is_write);
    void (*commit)(Db *db);
    /* Sends hints with the open transaction. NULL: the engine has no way to, the process must. */
    void (*hint)(Db *db, Str lines);
    /* Never fails for a transaction that is already gone. */
    void (*rollback)(Db *db);

    void (*start)(Db *db, const DbQuery *query);
    void (*put_null)(Db *db, int index);
    void (*put_int)(Db *db, int index, int64_t value);
    void (*put_text)(Db *db, int index, Str value, bool is_bytes);
    bool (*next_row)(Db *db);
    int64_t (*run)(Db *db); /* to the end; rows changed */
    void (*reset)(Db *db);  /* forgets the running statement; never fails */
    /* False: null. */
    bool (*get_int)(Db *db, int column, int64_t *ret_value);
    /* A view that is valid until the next row. STR_NONE: null. */
    Str (*get_text)(Db *db, int column, bool is_bytes);

    int64_t (*version)(Db *db);
    /* A migration's transaction keeps every other process out; end checks foreign keys and commits. */
    void (*begin_step)(Db *db);
    void (*apply_step)(Db *db, const DbStep *step);
    void (*end_step)(Db *db);
    /* Adds a line to `buf` for each fault. */
    void (*check)(Db *db, Arena *arena, Strs *ret_lines);
} DbDriver;

struct Tx {
    Db *db;
};

struct Db {
    const DbDriver *driver;
    Arena *arena;
    Keys *keys; /* or NULL */
    bool owns_keys;
    const DbQuery *query; /* the running statement, or NULL */
    DbTransaction transaction;
    bool has_written; /* since the transaction began */
    int64_t reconnections;
    int64_t transactions; /* begun so far */
    bool has_failed;      /* since the transaction began: it can only be rolled back */
    int64_t fail_in;      /* the fault of db_fail_nth(): so many statements from now; 0: none */
    FailKind fail_kind;
    Tx tx;
    DbHints *hints_to; /* or NULL */
    void *hints_context;
    size_t hints_length; /* of the open transaction */
    char hints[DB_HINTS_MOST];
};

/* The libraries' own handles, for the files that move whole rows; their types are known where sqlite3.h and
 * libpq-fe.h are. */
struct sqlite3 *sqlite_handle(Db *db);
struct pg_conn *postgres_connection(Db *db);

Db *sqlite_open(Str path, bool create);
Db *postgres_open(Str url);

/* The way out for every engine: remembers that the transaction is broken. */
_Noreturn void db_fail(Db *db, FailKind kind, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A value that is not of the declared type. */
_Noreturn void db_fail_type(Db *db, int column, const char *found);
/* The running query's name, for messages. */
const char *db_query_name(const Db *db);

#endif
