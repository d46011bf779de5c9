/* SPDX-License-Identifier: Apache-2.0 */
/* What db_rows.c asks of an engine. Only db_rows.c and the db_<engine>_rows.c files include this. */
#ifndef DB_ROWS_ENGINE_H
#define DB_ROWS_ENGINE_H

#include "platform/db/db_engine.h"
#include "platform/db/db_rows.h"

#include <endian.h>

/* A table as the engine knows it, and the tables that it refers to. */
typedef struct DbTableFound {
    DbTable table;
    const Str *parents;
    size_t parent_count;
} DbTableFound;

typedef struct DbTableSearch {
    DbTableFound *items; /* room for DB_TABLES_MOST */
    size_t count;
} DbTableSearch;

/* Engines' functions end in db_fail(). `columns` is "a, b, c". */
typedef struct DbRowsDriver {
    void (*find_tables)(Db *db, Arena *arena, DbTableSearch *ret_found);
    int64_t (*give)(Db *db, Arena *arena, const DbTable *table, Str columns, const DbRowTaker *taker);
    /* What an engine keeps while it takes a table's rows. */
    void *(*take_begin)(Db *db, Arena *arena, const DbTable *table, Str columns);
    void (*take_row)(void *taking, Str row);
    void (*take_end)(void *taking);
    int64_t (*count_rows)(Db *db, Str table);
    void (*remove_rows)(Db *db, Str table);
} DbRowsDriver;

const DbRowsDriver *sqlite_rows_driver(void);
const DbRowsDriver *postgres_rows_driver(void);

static inline int db_row_int16(const char *at) {
    uint16_t number = 0;
    memcpy(&number, at, sizeof number);
    return (int16_t)be16toh(number);
}

static inline int32_t db_row_int32(const char *at) {
    uint32_t number = 0;
    memcpy(&number, at, sizeof number);
    return (int32_t)be32toh(number);
}

static inline int64_t db_row_int64(const char *at) {
    uint64_t number = 0;
    memcpy(&number, at, sizeof number);
    return (int64_t)be64toh(number);
}

#endif
