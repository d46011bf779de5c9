/* SPDX-License-Identifier: Apache-2.0 */
/* Test databases: a folder of its own for SQLite, CREATE DATABASE for PostgreSQL.
 *
 * The first one that a program of tests wants migrated is kept as a template, and the others are copies:
 * running every migration for every test took most of the tests' time. */
#include "test/database.h"

#include "base/buf.h"
#include "base/fail.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/keys.h"
#include "platform/db/db_engine.h"
#include "test/temporary.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/random.h>
#include <unistd.h>

enum { EXIT_SKIPPED = 77, FILE_MOST = 16 << 20, PATH_MOST = 128 };

/* The template of this program of tests, none before the first. */
static struct {
    Str url;
    Arena *arena;
    pid_t owner;
} template;

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

static bool is_sqlite(Str url) {
    return str_starts_with(url, STR("sqlite:"));
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

/* A database name that nobody has, not even a program of tests that died with this process's number. */
static Str name_new(Arena *arena) {
    uint64_t number = 0;
    if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number) {
        fail(FAIL_IO, "there is no randomness");
    }
    return str_print(arena, "beenthere_test_%016llx", (unsigned long long)number);
}

/* The name in the URL of a PostgreSQL test database. */
static Str name_of(Str url) {
    Str before = STR_NONE;
    Str options = STR_NONE;
    (void)str_cut(url, '?', &before, &options);
    return str_part(before, before.length - strlen("beenthere_test_0123456789abcdef"), before.length);
}

static Str postgres_new(Arena *arena, Str from) {
    const char *name = str_c(arena, name_new(arena));
    run_on_server(str_c(arena, str_print(arena, "CREATE DATABASE %s TEMPLATE %.*s ENCODING 'UTF8' LOCALE 'C'",
                                         name, STR_ARGS(from))));
    return url_with_name(arena, name);
}

static Str sqlite_new(Arena *arena) {
    char folder[PATH_MOST];
    const int length = snprintf(folder, sizeof folder, "%s/beenthere-test-XXXXXX", temporary());
    if (length >= PATH_MOST || mkdtemp(folder) == NULL) {
        fail(FAIL_IO, "no folder for a test can be made");
    }
    return str_print(arena, "sqlite:%s/test.db", folder);
}

static void sqlite_fill(Arena *arena, Str from, Str to) {
    FILE *source = fopen(str_c(arena, str_part(from, strlen("sqlite:"), from.length)), "rb");
    FILE *copy = fopen(str_c(arena, str_part(to, strlen("sqlite:"), to.length)), "wb");
    static char bytes[FILE_MOST];
    const size_t length = source == NULL ? 0 : fread(bytes, 1, FILE_MOST, source);
    if (length == 0 || length == FILE_MOST || copy == NULL || fwrite(bytes, 1, length, copy) != length) {
        fail(FAIL_IO, "the template of the tests' databases cannot be copied");
    }
    fclose(source);
    fclose(copy);
}

Str test_database_new(Arena *arena) {
    return is_postgres() ? postgres_new(arena, STR("template0")) : sqlite_new(arena);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

void test_database_drop(Str url) {
    char text[512];
    if (!is_sqlite(url)) {
        snprintf(text, sizeof text, "DROP DATABASE %.*s WITH (FORCE)", STR_ARGS(name_of(url)));
        run_on_server(text);
        return;
    }
    snprintf(text, sizeof text, "%.*s", STR_ARGS(url));
    *strrchr(text, '/') = '\0';
    (void)nftw(text + strlen("sqlite:"), remove_entry, 4, FTW_DEPTH | FTW_PHYS);
}

static void template_drop(void) {
    if (getpid() == template.owner) { /* and not a child that a test has made */
        test_database_drop(template.url);
        arena_free(template.arena);
    }
}

static void template_make(void) {
    template.arena = arena_new(1 << 20);
    template.owner = getpid();
    Arena *scratch = arena_new((size_t)16 << 20);
    const Str url = test_database_new(template.arena);
    Db *db = db_open(url, true);
    db_use(db, scratch);
    db_keys_use(db, test_keys());
    (void)db_migrate(db);
    db_close(db);
    arena_free(scratch);
    template.url = url;
    atexit(template_drop);
}

/* A copy of the template, which is made of the engine that is asked for first. */
static Str template_copy(Arena *arena) {
    if (str_is_none(template.url)) {
        template_make();
    }
    if (!is_sqlite(template.url)) {
        return postgres_new(arena, name_of(template.url));
    }
    const Str url = sqlite_new(arena);
    sqlite_fill(arena, template.url, url);
    return url;
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
    const KeysPlace place = {.path = str_print(arena, "%s/%.*s.keys", temporary(), STR_ARGS(name_new(arena))),
                             .lock = STR("")};
    keys_write(test_keys(), place);
    return place;
}

Db *test_database_open(Arena *arena, Str *ret_url) {
    *ret_url = template_copy(arena);
    Db *db = db_open(*ret_url, true);
    db_use(db, arena);
    db_keys_use(db, test_keys());
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
