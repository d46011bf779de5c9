/* SPDX-License-Identifier: Apache-2.0 */
/* A database of its own for a test: made empty, gone afterwards, on the engine that this run is for.
 *
 * BEENTHERE_TEST_ENGINE says which: "sqlite" (also when unset) or "postgres". The latter needs a server's URL
 * in BEENTHERE_TEST_POSTGRES, as a role that may create databases; without it the test program says so and
 * exits with 77, which the test runner counts as skipped. Include test/unit.h first. */
#ifndef TEST_DATABASE_H
#define TEST_DATABASE_H

#include "base/arena.h"
#include "base/str.h"
#include "platform/db/db.h"

/* Makes an empty database and returns its URL for db_open(). It lives in the arena. */
Str test_database_new(Arena *arena);
/* Removes it; every Db on it must be closed. */
void test_database_drop(Str url);

/* New keys of this test program, the same at each call. A Db that a test opens itself takes them with
 * db_keys_use(). */
Keys *test_keys(void);
/* The same in a file, for what reads one itself; the caller removes it. Its path lives in the arena. */
KeysPlace test_keys_file(Arena *arena);

/* The same, opened and migrated to the newest schema, with `arena` in use. Ends with
 * test_database_close(). */
Db *test_database_open(Arena *arena, Str *ret_url);
void test_database_close(Db *db, Str url);

/* Runs a statement that no feature would, with BLOB called what the engine calls it, on the Db's own
 * connection and in its transaction; the test stops when the engine refuses. */
void test_database_run(Db *db, const char *sql);
/* The result of a SELECT: a line a row, cells with a bar between them, bytes in hexadecimal as \x..., the
 * same on either engine. Lives in the arena. */
Str test_database_rows(Db *db, Arena *arena, const char *sql);

#endif
