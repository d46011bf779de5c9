/* SPDX-License-Identifier: Apache-2.0 */
/* Test databases: a folder in /tmp for SQLite, CREATE DATABASE for PostgreSQL. */
#include "test/database.h"

#include "base/buf.h"
#include "base/fail.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/keys.h"
#include "platform/db/db_engine.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

enum { EXIT_SKIPPED = 77 };

static const char *server_url(void) {
    const char *server = getenv("BEENTHERE_TEST_POSTGRES");
    if (server == NULL || server[0] == '\0') {
        fputs("SKIPPED: set BEENTHERE_TEST_POSTGRES to a server's URL to run this on PostgreSQL\n", stderr);
        exit(EXIT_SKIPPED);
    }
    return server;
}

static bool is_postgres(void) {
    const char *engine = getenv("BEENTHERE_TEST_ENGINE");
    if (engine == NULL || strcmp(engine, "sqlite") == 0) {
        return false;
    }
    if (strcmp(engine, "postgres") == 0) {
        return true;
    }
    fail(FAIL_USAGE, "BEENTHERE_TEST_ENGINE is sqlite or postgres, not %s", engine);
}

/* One statement on the server itself, outside every test database. */
static void run_on_server(const char *sql) {
    PGconn *connection = PQconnectdb(server_url());
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        fail(FAIL_DATABASE, "%s: %s", sql, PQerrorMessage(connection));
    }
    PQclear(result);
    PQfinish(connection);
}

/* The server's URL with another database's name: postgresql://HOST/NAME?OPTIONS. */
static Str url_with_name(Arena *arena, const char *name) {
    Str before = STR_NONE;
    Str options = STR_NONE;
    (void)str_cut(str_of(server_url()), '?', &before, &options);
    size_t end = before.length;
    size_t slashes = 0;
    for (size_t index = 0; index < before.length; index++) {
        slashes += before.at[index] == '/';
        if (slashes == 3) {
            end = index;
            break;
        }
    }
    return str_print(arena, "%.*s/%s?%.*s", (int)end, before.at, name, STR_ARGS(options));
}

Str test_database_new(Arena *arena) {
    static int made;
    if (is_postgres()) {
        char name[64];
        snprintf(name, sizeof name, "beenthere_test_%d_%d", (int)getpid(), ++made);
        char sql[200];
        snprintf(sql, sizeof sql, "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'", name);
        run_on_server(sql);
        return url_with_name(arena, name);
    }
    char folder[] = "/tmp/beenthere-test-XXXXXX";
    if (mkdtemp(folder) == NULL) {
        fail(FAIL_IO, "no folder for a test can be made in /tmp");
    }
    return str_print(arena, "sqlite:%s/test.db", folder);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

void test_database_drop(Str url) {
    char text[512];
    snprintf(text, sizeof text, "%.*s", STR_ARGS(url));
    if (is_postgres()) {
        const char *name = strstr(text, "/beenthere_test_") + 1;
        char sql[600];
        snprintf(sql, sizeof sql, "DROP DATABASE %.*s WITH (FORCE)", (int)strcspn(name, "?"), name);
        run_on_server(sql);
        return;
    }
    *strrchr(text, '/') = '\0';
    (void)nftw(text + strlen("sqlite:"), remove_entry, 4, FTW_DEPTH | FTW_PHYS);
}

Keys *test_keys(void) {
    static Keys *keys;
    if (keys == NULL) {
        crypto_start();
        keys = keys_new();
    }
    return keys;
}

KeysPlace test_keys_file(Arena *arena) {
    static int made;
    const KeysPlace place = {.path = str_print(arena, "/tmp/beenthere-keys-%d-%d", (int)getpid(), ++made),
                             .lock = STR("")};
    keys_write(test_keys(), place);
    return place;
}

Db *test_database_open(Arena *arena, Str *ret_url) {
    *ret_url = test_database_new(arena);
    Db *db = db_open(*ret_url, true);
    db_use(db, arena);
    db_keys_use(db, test_keys());
    (void)db_migrate(db);
    return db;
}

void test_database_close(Db *db, Str url) {
    db_close(db);
    test_database_drop(url);
}

/* ---- statements of a test's own ---- */

enum { ROWS_MOST = 256 << 20 };

static PGresult *run_on_postgres(Db *db, const char *sql) {
    PGresult *result = PQexec(postgres_connection(db), sql);
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        fail(FAIL_DATABASE, "%s: %s", sql, PQresultErrorMessage(result));
    }
    return result;
}

/* "BLOB" is "BYTEA" there. */
static void run_translated(Db *db, const char *sql) {
    Arena *arena = arena_new(1 << 20);
    Buf translated = buf_new(arena, 1 << 20);
    for (const char *at = sql; *at != '\0'; at++) {
        if (strncmp(at, "AS BLOB", 7) == 0) {
            buf_add(&translated, STR("AS BYTEA"));
            at += 6;
        } else {
            buf_add_char(&translated, *at);
        }
    }
    PQclear(run_on_postgres(db, str_c(arena, buf_str(&translated))));
    arena_free(arena);
}

void test_database_run(Db *db, const char *sql) {
    if (db_engine(db) == DB_POSTGRES) {
        run_translated(db, sql);
    } else if (sqlite3_exec(sqlite_handle(db), sql, NULL, NULL, NULL) != SQLITE_OK) {
        fail(FAIL_DATABASE, "%s: %s", sql, sqlite3_errmsg(sqlite_handle(db)));
    }
}

static void cell_add(Buf *rows, sqlite3_stmt *statement, int column) {
    const unsigned char *bytes = sqlite3_column_blob(statement, column);
    const int length = sqlite3_column_bytes(statement, column);
    if (sqlite3_column_type(statement, column) != SQLITE_BLOB) {
        buf_add_bytes(rows, (const char *)bytes, (size_t)length);
        return;
    }
    buf_add(rows, STR("\\x"));
    for (int at = 0; at < length; at++) {
        buf_print(rows, "%02x", bytes[at]);
    }
}

static void rows_of_sqlite(Db *db, Buf *rows, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(sqlite_handle(db), sql, -1, &statement, NULL) != SQLITE_OK) {
        fail(FAIL_DATABASE, "%s: %s", sql, sqlite3_errmsg(sqlite_handle(db)));
    }
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(statement); column++) {
            cell_add(rows, statement, column);
            buf_add_char(rows, '|');
        }
        buf_add_char(rows, '\n');
    }
    sqlite3_finalize(statement);
}

static void rows_of_postgres(Db *db, Buf *rows, const char *sql) {
    PGresult *result = run_on_postgres(db, sql);
    for (int row = 0; row < PQntuples(result); row++) {
        for (int column = 0; column < PQnfields(result); column++) {
            buf_add_bytes(rows, PQgetvalue(result, row, column), (size_t)PQgetlength(result, row, column));
            buf_add_char(rows, '|');
        }
        buf_add_char(rows, '\n');
    }
    PQclear(result);
}

Str test_database_rows(Db *db, Arena *arena, const char *sql) {
    Buf rows = buf_new(arena, ROWS_MOST);
    if (db_engine(db) == DB_POSTGRES) {
        rows_of_postgres(db, &rows, sql);
    } else {
        rows_of_sqlite(db, &rows, sql);
    }
    return buf_str(&rows);
}
