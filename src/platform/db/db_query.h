/* SPDX-License-Identifier: Apache-2.0 */
/* What the code generated from .sql files is made of; nobody else includes this (but the engines and their
 * tests).
 *
 * A generated function is always the same steps on one Db: db_start() with the query's constant
 * description, db_put_*() for each parameter, then db_next_row() with db_get_*() for rows, or db_run() for
 * a write. One statement runs at a time. Whatever ends in fail() on the way leaves the statement to be
 * reset by the next db_start() or db_rollback(). */
#ifndef DB_QUERY_H
#define DB_QUERY_H

#include "platform/db/db.h"

#include <stddef.h>

enum { DB_PARAMETERS = 64 }; /* the most a query can have; tools/sql.py refuses more */

typedef enum DbKind { DB_INT, DB_BOOL, DB_TIME, DB_STR, DB_BYTES } DbKind;

/* A parameter or a column of a result. */
typedef struct DbField {
    const char *name;
    DbKind kind;
    bool is_nullable;
    const char *table; /* of an id: whose; NULL for all else */
} DbField;

typedef struct DbQuery {
    const char *name;
    int index; /* where a connection keeps its prepared statement; each query of the program has another */
    bool is_read;
    int parameter_count;
    int column_count;
    const DbField *parameters;
    const DbField *columns;
    const char *sqlite;   /* parameters are ?1, ?2 ... */
    const char *postgres; /* parameters are $1, $2 ... */
} DbQuery;

/* Makes `query` the running statement. The strings put into it must stay until it has run. */
void db_start(Db *db, const DbQuery *query);
/* `index` counts from 0 in the order of the signature. */
void db_put_int(Db *db, int index, int64_t value);
void db_put_int_or_none(Db *db, int index, int64_t value); /* 0 is null */
void db_put_maybe_int(Db *db, int index, MaybeInt value);
void db_put_bool(Db *db, int index, bool value);
/* STR_NONE where null is not possible is fail(FAIL_DATABASE). */
void db_put_str(Db *db, int index, Str value);
void db_put_str_or_none(Db *db, int index, Str value);
void db_put_bytes(Db *db, int index, Str value);
void db_put_bytes_or_none(Db *db, int index, Str value);

/* Moves to the next row; false, and the statement is finished, when there is none. */
bool db_next_row(Db *db);
/* Finishes a statement whose one row was read; a second row is fail(FAIL_DATABASE). */
void db_end_one(Db *db);
/* Runs a write to its end; returns how many rows it changed. */
int64_t db_run(Db *db);

/* `column` counts from 0. A null, or a value of another type, is fail(FAIL_DATABASE) naming query and
 * column. */
int64_t db_get_int(Db *db, int column);
int64_t db_get_int_or_none(Db *db, int column); /* null is 0 */
MaybeInt db_get_maybe_int(Db *db, int column);
bool db_get_bool(Db *db, int column);
/* Copies in the arena of db_use(). */
Str db_get_str(Db *db, int column);
Str db_get_str_or_none(Db *db, int column);
Str db_get_bytes(Db *db, int column);
Str db_get_bytes_or_none(Db *db, int column);

/* For Sealed(table.column, id, person): seals the text for this column and row under the person's key, or
 * under the installation's vault for person 0; before db_start(), since finding a key is a statement too.
 * STR_NONE and an empty text stay what they are. */
Str db_sealed(Db *db, const char *column, int64_t row, int64_t person, Str text);
/* Opens what db_sealed() made, after the statement has ended. What was written about a person who was
 * forgotten opens as an empty text; bytes that were not sealed for this place are fail(FAIL_DATABASE) naming
 * the column. */
Str db_opened(Db *db, const char *column, int64_t row, Str sealed);

/* Would it open, and to something? For who looks whether all of it does: nothing fails, and the transaction
 * goes on. */
bool db_opens(Db *db, const char *column, int64_t row, Str sealed);

/* The rows of a list while it is being read; they stand in the arena of db_use(). */
typedef struct DbRows {
    void *items;
    size_t count;
    size_t room;
} DbRows;

/* Room for one more row of `size` bytes, which is the same in every call. */
void *db_add_row(Db *db, DbRows *rows, size_t size);

/* One step of the schema, from version - 1 to version. */
typedef struct DbStep {
    int version;
    const char *name;
    const char *sqlite;
    const char *postgres;
} DbStep;

/* Generated from src/schema, oldest first. */
extern const DbStep DB_STEPS[];
extern const int DB_STEP_COUNT;

/* Generated: for each sealed column of the schema, a write that empties it where it begins with the bytes of
 * its one parameter. */
extern const DbQuery DB_SEALED[];
/* For each, in the same order: a read of its values behind an id, `after`, at most `most`; called as the
 * column is. */
extern const DbQuery DB_SEALED_PAGES[];
extern const size_t DB_SEALED_COUNT;

/* db_migrate() with steps of one's own; for tests. */
int db_migrate_steps(Db *db, const DbStep *steps, int count);

#endif
