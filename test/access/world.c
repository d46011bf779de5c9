/* SPDX-License-Identifier: Apache-2.0 */
/* The access matrix's database, seen from beside the program. */
#include "test/unit.h"

#include "test/access/world.h"

#include <libpq-fe.h>
#include <sqlite3.h>

enum { SQL_MOST = 64 * 1024, PROOF_LENGTH = 32 };

struct AccessWorld {
    sqlite3 *sqlite; /* NULL on PostgreSQL */
    sqlite3 *kept;
    int version; /* of the SQLite file, as this connection last saw it */
    PGconn *postgres;
    const char *proof_sql; /* one hash over every row of every table */
    const char *keep_sql;
    const char *restore_sql;
    char proof[PROOF_LENGTH + 1];
};

static const char *word_for(const char *name, size_t length, const char *const *pairs) {
    for (size_t at = 0; pairs[at] != NULL; at += 2) {
        if (strlen(pairs[at]) == length && strncmp(pairs[at], name, length) == 0) {
            return pairs[at + 1];
        }
    }
    return NULL;
}

/* world.sql with its numbers put in, and BLOB called what the engine calls it. */
static const char *sql_read(Arena *arena, bool is_postgres, const char *const *pairs) {
    FILE *file = fopen(ACCESS_WORLD_SQL, "r");
    assert_non_null(file);
    char *raw = arena_get(arena, SQL_MOST);
    const size_t length = fread(raw, 1, SQL_MOST, file);
    fclose(file);
    assert_true(length > 0 && length < SQL_MOST);
    raw[length] = '\0';
    Buf sql = buf_new(arena, SQL_MOST);
    for (const char *at = raw; *at != '\0';) {
        const size_t name = *at == ':' ? strspn(at + 1, "abcdefghijklmnopqrstuvwxyz") : 0;
        const char *word = name > 0 ? word_for(at + 1, name, pairs) : NULL;
        if (word != NULL) {
            buf_add(&sql, str_of(word));
            at += 1 + name;
        } else if (is_postgres && strncmp(at, "AS BLOB", 7) == 0) {
            buf_add(&sql, STR("AS BYTEA"));
            at += 7;
        } else {
            buf_add_char(&sql, *at++);
        }
    }
    return str_c(arena, buf_str(&sql));
}

/* ---- SQLite ---- */

static void sqlite_run(sqlite3 *database, const char *sql) {
    char *why = NULL;
    if (sqlite3_exec(database, sql, NULL, NULL, &why) != SQLITE_OK) {
        fail_msg("%s", why);
    }
}

/* Changes exactly when another connection has committed a change. */
static int sqlite_version(sqlite3 *database) {
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(database, "PRAGMA data_version", -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const int version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return version;
}

static void sqlite_copy(sqlite3 *from, sqlite3 *to) {
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    assert_non_null(backup);
    assert_int_equal(sqlite3_backup_step(backup, -1), SQLITE_DONE);
    assert_int_equal(sqlite3_backup_finish(backup), SQLITE_OK);
}

/* ---- PostgreSQL ---- */

static void postgres_run(PGconn *connection, const char *sql, char *ret_value) {
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK) {
        fail_msg("%s: %s", sql, PQerrorMessage(connection));
    }
    if (ret_value != NULL) {
        snprintf(ret_value, PROOF_LENGTH + 1, "%s", PQgetvalue(result, 0, 0));
    }
    PQclear(result);
}

/* The statements that need every table's name. */
static void postgres_prepare(AccessWorld *world, Arena *arena) {
    PGresult *tables =
        PQexec(world->postgres,
               "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
    const int count = PQntuples(tables);
    assert_true(count > 20);
    Buf proof = buf_new(arena, SQL_MOST);
    Buf keep = buf_new(arena, SQL_MOST);
    Buf restore = buf_new(arena, SQL_MOST);
    buf_add(&keep, STR("CREATE SCHEMA kept;"));
    buf_add(&restore, STR("BEGIN; SET LOCAL session_replication_role = replica;"));
    for (int at = 0; at < count; at++) {
        const char *name = PQgetvalue(tables, at, 0);
        buf_print(&proof, "%s(SELECT string_agg(md5(t::text), '' ORDER BY md5(t::text)) FROM %s t)",
                  at == 0 ? "SELECT md5(concat_ws('|', " : ", ", name);
        buf_print(&keep, "CREATE TABLE kept.%s AS TABLE public.%s;", name, name);
        buf_print(&restore, "DELETE FROM public.%s; INSERT INTO public.%s SELECT * FROM kept.%s;", name, name,
                  name);
    }
    buf_add(&proof, STR("))"));
    buf_add(&restore, STR("COMMIT;"));
    world->proof_sql = str_c(arena, buf_str(&proof));
    world->keep_sql = str_c(arena, buf_str(&keep));
    world->restore_sql = str_c(arena, buf_str(&restore));
    PQclear(tables);
}

/* ---- both ---- */

AccessWorld *access_world_new(const Scope *scope, Str url, ProgramId river, ProgramId hill) {
    AccessWorld *world = calloc(1, sizeof *world);
    assert_non_null(world);
    const char *const pairs[] = {
        "river", str_c(scope->arena, str_print(scope->arena, "%lld", (long long)river.value)),
        "hill",  str_c(scope->arena, str_print(scope->arena, "%lld", (long long)hill.value)),
        "now",   str_c(scope->arena, str_print(scope->arena, "%lld", (long long)scope->now.us)),
        "day",   "86400000000",
        NULL,    NULL,
    };
    const bool is_postgres = !str_starts_with(url, STR("sqlite:"));
    const char *sql = sql_read(scope->arena, is_postgres, pairs);
    if (is_postgres) {
        world->postgres = PQconnectdb(str_c(scope->arena, url));
        postgres_run(world->postgres, sql, NULL);
        postgres_prepare(world, scope->arena);
    } else {
        const Str path = str_part(url, strlen("sqlite:"), url.length);
        assert_int_equal(sqlite3_open(str_c(scope->arena, path), &world->sqlite), SQLITE_OK);
        assert_int_equal(sqlite3_open(":memory:", &world->kept), SQLITE_OK);
        sqlite_run(world->sqlite, "PRAGMA foreign_keys = ON");
        sqlite_run(world->sqlite, sql);
    }
    return world;
}

void access_world_free(AccessWorld *world) {
    sqlite3_close(world->sqlite);
    sqlite3_close(world->kept);
    if (world->postgres != NULL) {
        PQfinish(world->postgres);
    }
    free(world);
}

static void mark(AccessWorld *world) {
    if (world->sqlite != NULL) {
        world->version = sqlite_version(world->sqlite);
    } else {
        postgres_run(world->postgres, world->proof_sql, world->proof);
    }
}

void access_world_keep(AccessWorld *world) {
    if (world->sqlite != NULL) {
        sqlite_copy(world->sqlite, world->kept);
    } else {
        postgres_run(world->postgres, world->keep_sql, NULL);
    }
    mark(world);
}

bool access_world_is_changed(AccessWorld *world) {
    if (world->sqlite != NULL) {
        return sqlite_version(world->sqlite) != world->version;
    }
    char proof[PROOF_LENGTH + 1];
    postgres_run(world->postgres, world->proof_sql, proof);
    return strcmp(proof, world->proof) != 0;
}

void access_world_restore(AccessWorld *world) {
    if (world->sqlite != NULL) {
        sqlite_copy(world->kept, world->sqlite);
    } else {
        postgres_run(world->postgres, world->restore_sql, NULL);
    }
    mark(world);
}
