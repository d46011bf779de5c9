/* SPDX-License-Identifier: Apache-2.0 */
/* Test databases: a folder in /tmp for SQLite, CREATE DATABASE for PostgreSQL. */
#include "test/database.h"

#include "base/fail.h"

#include <ftw.h>
#include <libpq-fe.h>
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

Db *test_database_open(Arena *arena, Str *ret_url) {
    *ret_url = test_database_new(arena);
    Db *db = db_open(*ret_url, true);
    db_use(db, arena);
    (void)db_migrate(db);
    return db;
}

void test_database_close(Db *db, Str url) {
    db_close(db);
    test_database_drop(url);
}
