/* SPDX-License-Identifier: Apache-2.0 */
/* One database, SQLite or PostgreSQL, behind generated query functions (doc/queries.md).
 *
 * Feature code sees Db (reads) and Tx (writes) only as tokens to hand to generated functions: there is no
 * function here that takes SQL. A Db belongs to one process and is used by one request at a time. Rows and
 * strings that a query returns live in the arena given to db_use().
 *
 * Every function here ends in fail(FAIL_DATABASE) when the engine refuses, and fail(FAIL_RETRY) when it
 * asks for the transaction to be run again. */
#ifndef DB_H
#define DB_H

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "platform/crypto/keys.h"
#include "platform/part2.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Db Db;
typedef struct Tx Tx;

typedef struct MaybeInt {
    bool is_known;
    int64_t value;
} MaybeInt;

typedef enum DbEngine { DB_SQLITE, DB_POSTGRES } DbEngine;

/* Opens "sqlite:PATH" or "postgresql://...". fail(FAIL_USAGE) with one clear sentence when it cannot be
 * reached. `create` makes a missing SQLite file. Lives until db_close(). */
Db *db_open(Str url, bool create);
void db_close(Db *db);
DbEngine db_engine(const Db *db);

/* Much will be written at once: more memory is spent so that it goes fast, until db_close(). */
void db_expect_bulk(Db *db);

/* Whatever queries return from now on lives in this arena. */
void db_use(Db *db, Arena *arena);

/* What opens and closes sealed columns (doc/queries.md) from now on: the keys of a file, read at once and
 * closed with the Db, or keys that somebody else owns. Without them, a query with a sealed value that is not
 * empty is fail(FAIL_DATABASE). */
void db_keys_open(Db *db, KeysPlace place);
void db_keys_use(Db *db, Keys *keys);
/* fail(FAIL_DATABASE) when there are none. */
Keys *db_keys(const Db *db);

/* A read transaction: everything read until db_end_read() is one moment of the database. */
void db_begin_read(Db *db);
void db_end_read(Db *db);

/* A write transaction. On SQLite it takes the write lock at once (waiting up to 10 s); on PostgreSQL it is
 * SERIALIZABLE. Exactly one of commit or rollback ends it. tx_commit() returns when the change is durable.
 */
Tx *tx_begin(Db *db);
void tx_commit(Tx *tx);
/* Also right after a failure, and when none is open: it brings the Db back to where a new transaction can
 * begin. */
void db_rollback(Db *db);
Db *tx_db(Tx *tx);

/* Adds a line of plain ASCII without line ends to what other processes are told once the open transaction is
 * committed; it is never told when the transaction is rolled back. For hints only: told twice in one
 * transaction it is told once, what is over DB_HINTS_MOST bytes is dropped, and it may get lost on the way.
 */
enum { DB_HINTS_MOST = 4000 };
void tx_hint(Tx *tx, Str line);

/* Who tells the others of this machine, after each commit of a transaction with hints; each line ends in
 * "\n". It must not fail(). On PostgreSQL it is never called: there the server tells every process on every
 * machine that listens on DB_HINTS_CHANNEL. */
#define DB_HINTS_CHANNEL "beenthere_live"
typedef void DbHints(void *context, Str lines);
void db_hints_to(Db *db, DbHints *hints, void *context);

/* True between a begin and its end. */
bool db_is_in_transaction(const Db *db);
/* Another number for each transaction of this Db, from 1. */
int64_t db_transaction_number(const Db *db);
/* True once the open transaction has run a statement that writes: what is read from now on may never have
 * been. */
bool db_has_written(const Db *db);
/* How often this Db has found its server: 1, and one more after each lost connection. Behind a new one may
 * stand another server, which never saw the last changes of the old: what was kept from before must not be
 * trusted. */
int64_t db_connections(const Db *db);

/* The schema's version in this database: 0 when it is empty. */
int64_t db_schema_version(Db *db);
/* The newest version this binary knows. */
int64_t db_schema_newest(void);
/* Brings the schema to the newest version, one transaction a step; returns how many steps were taken.
 * fail(FAIL_USAGE) when the database is newer than this binary. */
int db_migrate(Db *db);

/* Copies every row of `from` into `to`, for a program that outgrows one machine; returns how many. Both have
 * the same schema version and `to` has no rows yet, else fail(FAIL_USAGE). One transaction each: all or
 * nothing. `arena` holds what is needed meanwhile. */
int64_t db_copy(Db *from, Db *to, Arena *arena);

/* What the engine itself finds wrong (integrity, foreign keys), a line each; empty when all is well. */
Strs db_check_engine(Db *db, Arena *arena);

/* Tests only: the nth statement from now on (1 = the next) fails with `kind`; 0 switches the fault off. */
void db_fail_nth(Db *db, int64_t nth, int kind);

#endif
