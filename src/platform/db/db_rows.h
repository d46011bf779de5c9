/* SPDX-License-Identifier: Apache-2.0 */
/* Every row of a database in one form that both engines give and take: for backups, and for a program that
 * outgrows one machine.
 *
 * A row is a count of fields (2 bytes), then for each field its length (4 bytes, -1 is null) and its bytes;
 * whole numbers are 8 bytes; all of it with the highest byte first. That is how PostgreSQL's COPY writes rows
 * in binary, so on that engine they pass through untouched. Tables come parents before children. */
#ifndef DB_ROWS_H
#define DB_ROWS_H

#include "platform/db/db.h"

/* The kinds of a column, one character each in DbTable.kinds. */
enum { DB_COLUMN_INT = 'i', DB_COLUMN_TEXT = 't', DB_COLUMN_BYTES = 'b' };
enum { DB_TABLES_MOST = 1000, DB_COLUMNS_MOST = 500 };

typedef struct DbTable {
    Str name;
    const Str *columns;
    const char *kinds; /* as many as columns; not terminated */
    size_t count;
} DbTable;

typedef struct DbTables {
    const DbTable *items;
    size_t count;
} DbTables;

/* Who gets rows: each table begins, has its rows, and ends. A function that fails with fail() ends it all. */
typedef struct DbRowTaker {
    void *context;
    void (*begin)(void *context, const DbTable *table);
    void (*row)(void *context, Str row);
    void (*end)(void *context);
} DbRowTaker;

/* All tables of the program in this database; a table stands behind those it refers to. In the arena. */
DbTables db_tables(Db *db, Arena *arena);

int64_t db_rows_count(Db *db, Str table);

/* Gives every row to the taker, in the transaction that is open: all of one moment. Returns how many. */
int64_t db_rows_give(Db *db, Arena *arena, const DbRowTaker *taker);

/* A taker that puts rows into this database, in the transaction that is open. A table that has rows already
 * is fail(FAIL_USAGE); one that has other columns is fail(FAIL_DATABASE). Lives in the arena. */
DbRowTaker db_rows_taker(Db *db, Arena *arena);

/* Begins to fill an empty database with rows of this schema version: makes the tables, without a row, and
 * returns their taker. One transaction until db_restore_end(), which takes the schema to the newest version,
 * checks all references and commits; db_rollback() leaves the database as empty as it was. fail(FAIL_USAGE)
 * when the database is not empty or the version is newer than this program. */
DbRowTaker db_restore_begin(Db *db, Arena *arena, int64_t version);
void db_restore_end(Db *db);

/* Is this row of the form above, with a field for each column of the table? */
bool db_row_is_whole(const DbTable *table, Str row);

#endif
