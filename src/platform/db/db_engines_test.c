/* SPDX-License-Identifier: Apache-2.0 */
/* Every query of the program on both engines over the same rows: they must answer the same, or refuse
 * alike.
 *
 * The rows are random ones that fit the schema, or those of the SQLite file that BEENTHERE_TEST_DATABASE
 * names. Parameters are drawn from the columns they stand for. Writes are run too, and rolled back. */
#include "test/unit.h"

#include "base/buf.h"
#include "base/random.h"
#include "platform/db/db_engine.h"
#include "test/database.h"

#include <inttypes.h>
#include <sqlite3.h>

extern const DbQuery DB_QUERIES[];
extern const size_t DB_QUERY_COUNT;

enum { ROUNDS = 40, ROWS_A_TABLE = 60, POOL = 200, ANSWER_BYTES = 16 << 20 };

static void check(sqlite3 *handle, int code) {
    if (code != SQLITE_OK) {
        fail_msg("SQLite: %s", sqlite3_errmsg(handle));
    }
}

static sqlite3_stmt *prepare(sqlite3 *handle, const char *sql) {
    sqlite3_stmt *statement = NULL;
    check(handle, sqlite3_prepare_v2(handle, sql, -1, &statement, NULL));
    return statement;
}

/* ---- random rows ---- */

/* An SQL expression for a value of the column: a parent's key, or something small of its type. */
static void add_value(Buf *sql, sqlite3 *handle, const char *table, sqlite3_stmt *column, Random *random) {
    const char *name = (const char *)sqlite3_column_text(column, 1);
    const char *type = (const char *)sqlite3_column_text(column, 2);
    const bool is_nullable = sqlite3_column_int(column, 3) == 0 && sqlite3_column_int(column, 5) == 0;
    if (is_nullable && random_below(random, 3) == 0) {
        buf_add(sql, STR("NULL"));
        return;
    }
    sqlite3_stmt *key =
        prepare(handle, "SELECT \"table\", \"to\" FROM pragma_foreign_key_list(?1) WHERE \"from\" = ?2");
    check(handle, sqlite3_bind_text(key, 1, table, -1, SQLITE_TRANSIENT));
    check(handle, sqlite3_bind_text(key, 2, name, -1, SQLITE_TRANSIENT));
    const int64_t small = (int64_t)random_below(random, 5);
    if (sqlite3_step(key) == SQLITE_ROW) {
        buf_print(sql, "(SELECT %s FROM %s ORDER BY RANDOM() LIMIT 1)", sqlite3_column_text(key, 1),
                  sqlite3_column_text(key, 0));
    } else if (strcmp(name, "id") == 0) {
        buf_add_int(sql, random_id(random));
    } else if (strcmp(type, "INTEGER") == 0) {
        const size_t length = strlen(name);
        const bool is_time = length >= 2 && strcmp(name + length - 2, "at") == 0;
        buf_add_int(sql, is_time ? small * TIME_DAY + 1 : small);
    } else {
        static const char *const WORDS[] = {"ana", "Ana", "b", "\xC3\xB1", ""};
        const bool is_bytes = strcmp(type, "BLOB") == 0;
        buf_print(sql, "CAST('%s%" PRId64 "' AS %s)", WORDS[small], (int64_t)random_below(random, 100),
                  is_bytes ? "BLOB" : "TEXT");
    }
    (void)sqlite3_finalize(key);
}

/* In the order of creation, so that parents are there. Rows that break a rule of their table are left out. */
static void fill(Db *db, Arena *arena, Random *random) {
    sqlite3 *handle = sqlite_handle(db);
    check(handle, sqlite3_exec(handle, "BEGIN", NULL, NULL, NULL));
    sqlite3_stmt *tables =
        prepare(handle, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid");
    while (sqlite3_step(tables) == SQLITE_ROW) {
        const char *table = (const char *)sqlite3_column_text(tables, 0);
        for (int row = 0; row < ROWS_A_TABLE; row++) {
            Buf sql = buf_new(arena, 1 << 16);
            buf_print(&sql, "INSERT OR IGNORE INTO %s VALUES (", table);
            sqlite3_stmt *columns = prepare(handle, "SELECT * FROM pragma_table_info(?1) ORDER BY cid");
            check(handle, sqlite3_bind_text(columns, 1, table, -1, SQLITE_TRANSIENT));
            for (int index = 0; sqlite3_step(columns) == SQLITE_ROW; index++) {
                buf_add(&sql, index == 0 ? STR("") : STR(", "));
                add_value(&sql, handle, table, columns, random);
            }
            (void)sqlite3_finalize(columns);
            buf_add_char(&sql, ')');
            check(handle, sqlite3_exec(handle, str_c(arena, buf_str(&sql)), NULL, NULL, NULL));
        }
    }
    (void)sqlite3_finalize(tables);
    check(handle, sqlite3_exec(handle, "COMMIT", NULL, NULL, NULL));
}

/* ---- parameters ---- */

typedef struct Value {
    bool is_null;
    int64_t number;
    Str text;
} Value;

typedef struct Pool {
    Value values[POOL];
    size_t count;
} Pool;

static void pool_add(Pool *pool, Value value) {
    if (pool->count < POOL) {
        pool->values[pool->count++] = value;
    }
}

static bool is_text(const DbField *field) {
    return field->kind == DB_STR || field->kind == DB_BYTES;
}

static void pool_add_column(Pool *pool, Db *db, Arena *arena, const DbField *field, const char *table,
                            const char *column) {
    sqlite3 *handle = sqlite_handle(db);
    const Str sql = str_print(arena, "SELECT DISTINCT %s FROM %s WHERE %s IS NOT NULL ORDER BY 1 LIMIT 30",
                              column, table, column);
    sqlite3_stmt *values = prepare(handle, str_c(arena, sql));
    while (sqlite3_step(values) == SQLITE_ROW) {
        const int type = sqlite3_column_type(values, 0);
        const int wanted = field->kind == DB_STR     ? SQLITE_TEXT
                           : field->kind == DB_BYTES ? SQLITE_BLOB
                                                     : SQLITE_INTEGER;
        if (type == wanted && is_text(field)) {
            const Str view = {.at = sqlite3_column_blob(values, 0),
                              .length = (size_t)sqlite3_column_bytes(values, 0)};
            pool_add(pool, (Value){.text = view.length == 0 ? STR("") : str_copy(arena, view)});
        } else if (type == wanted) {
            pool_add(pool, (Value){.number = sqlite3_column_int64(values, 0)});
        }
    }
    (void)sqlite3_finalize(values);
}

/* An id's own table; every column of the same name; and a few values that stand in no column. */
static Pool *pool_of(Db *db, Arena *arena, const DbField *field) {
    Pool *pool = NEW(arena, Pool);
    if (field->is_nullable) {
        pool_add(pool, (Value){.is_null = true});
    }
    if (is_text(field)) {
        pool_add(pool, (Value){.text = STR("")});
        pool_add(pool, (Value){.text = STR("nowhere")});
    } else if (field->table != NULL) {
        pool_add(pool, (Value){.number = 1});
        pool_add_column(pool, db, arena, field, field->table, "id");
    } else {
        for (int64_t number = 0; number < (field->kind == DB_BOOL ? 2 : 6); number++) {
            pool_add(pool, (Value){.number = field->kind == DB_TIME ? number * TIME_DAY + 1 : number});
        }
    }
    if (field->table == NULL && field->kind != DB_BOOL) {
        sqlite3_stmt *columns = prepare(
            sqlite_handle(db), "SELECT m.name, i.name FROM sqlite_schema m, pragma_table_info(m.name) i "
                               "WHERE m.type = 'table' AND i.name = ?1");
        check(sqlite_handle(db), sqlite3_bind_text(columns, 1, field->name, -1, SQLITE_STATIC));
        while (sqlite3_step(columns) == SQLITE_ROW) {
            pool_add_column(pool, db, arena, field, (const char *)sqlite3_column_text(columns, 0),
                            (const char *)sqlite3_column_text(columns, 1));
        }
        (void)sqlite3_finalize(columns);
    }
    return pool;
}

/* ---- running ---- */

typedef struct Run {
    Db *db;
    const DbQuery *query;
    const Value *values;
    Buf answer;
    size_t rows;
} Run;

static void put(Db *db, int index, const DbField *field, const Value *value) {
    if (is_text(field)) {
        const Str text = value->is_null ? STR_NONE : value->text;
        (field->kind == DB_STR ? db_put_str_or_none : db_put_bytes_or_none)(db, index, text);
    } else {
        db_put_maybe_int(db, index, (MaybeInt){.is_known = !value->is_null, .value = value->number});
    }
}

static void add_column(Run *run, int column) {
    const DbField *field = &run->query->columns[column];
    buf_print(&run->answer, " %s=", field->name);
    if (is_text(field)) {
        const Str text = (field->kind == DB_STR ? db_get_str_or_none : db_get_bytes_or_none)(run->db, column);
        buf_add(&run->answer, text.at == NULL ? STR("null") : text);
        return;
    }
    const MaybeInt number = db_get_maybe_int(run->db, column);
    if (number.is_known) {
        buf_add_int(&run->answer, number.value);
    } else {
        buf_add(&run->answer, STR("null"));
    }
}

static void run_query(void *context) {
    Run *run = context;
    db_start(run->db, run->query);
    for (int index = 0; index < run->query->parameter_count; index++) {
        put(run->db, index, &run->query->parameters[index], &run->values[index]);
    }
    if (run->query->column_count == 0) {
        buf_print(&run->answer, "changed %" PRId64, db_run(run->db));
        return;
    }
    while (db_next_row(run->db)) {
        for (int column = 0; column < run->query->column_count; column++) {
            add_column(run, column);
        }
        buf_add_char(&run->answer, '\n');
        run->rows++;
    }
}

static int compare_lines(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

/* Without ORDER BY the rows are a set. */
static Str sorted(Arena *arena, Str text) {
    Str *lines = NEW_MANY(arena, text.length + 1, Str);
    size_t count = 0;
    for (Str rest = text; rest.length > 0; count++) {
        (void)str_cut(rest, '\n', &lines[count], &rest);
    }
    qsort(lines, count, sizeof *lines, compare_lines);
    Buf buf = buf_new(arena, ANSWER_BYTES);
    for (size_t index = 0; index < count; index++) {
        buf_add(&buf, lines[index]);
        buf_add_char(&buf, '\n');
    }
    return buf_str(&buf);
}

/* What the query answers, or that it is refused; the database is as before. */
static Str answer_of(Db *db, Arena *arena, const DbQuery *query, const Value *values, size_t *rows) {
    Run run = {.db = db, .query = query, .values = values, .answer = buf_new(arena, ANSWER_BYTES)};
    Fail why = {0};
    db_use(db, arena);
    if (query->is_read) {
        db_begin_read(db);
    } else {
        (void)tx_begin(db);
    }
    const bool has_run = fail_catch(run_query, &run, &why);
    db_rollback(db);
    if (!has_run) {
        return why.kind == FAIL_DATABASE ? STR("refused") : str_print(arena, "failed: %s", why.message);
    }
    *rows += run.rows;
    return strstr(query->sqlite, "ORDER BY") == NULL ? sorted(arena, buf_str(&run.answer))
                                                     : buf_str(&run.answer);
}

typedef struct Engines {
    Db *sqlite;
    Db *postgres;
    Arena *arena;
    size_t runs;
    size_t rows;
    size_t refused;
    size_t different;
} Engines;

static void compare_query(Engines *engines, const DbQuery *query, Random *random) {
    arena_reset(engines->arena);
    Pool **pools = NEW_MANY(engines->arena, DB_PARAMETERS, Pool *);
    for (int index = 0; index < query->parameter_count; index++) {
        pools[index] = pool_of(engines->sqlite, engines->arena, &query->parameters[index]);
    }
    size_t before = engines->rows;
    for (int round = 0; round < (query->parameter_count == 0 ? 1 : ROUNDS); round++) {
        Value values[DB_PARAMETERS] = {0};
        for (int index = 0; index < query->parameter_count; index++) {
            values[index] = pools[index]->values[random_below(random, pools[index]->count)];
        }
        size_t other_rows = 0;
        const Str here = answer_of(engines->sqlite, engines->arena, query, values, &engines->rows);
        const Str there = answer_of(engines->postgres, engines->arena, query, values, &other_rows);
        engines->runs++;
        engines->refused += str_equal(here, STR("refused"));
        if (!str_equal(here, there)) {
            engines->different++;
            print_error("%s, round %d\n  SQLite: %.300s\n  PostgreSQL: %.300s\n", query->name, round,
                        str_c(engines->arena, here), str_c(engines->arena, there));
            break;
        }
    }
    if (getenv("BEENTHERE_TEST_VERBOSE") != NULL) {
        print_message("%-40s %zu rows\n", query->name, engines->rows - before);
    }
}

static void compare_all(Db *sqlite, Str postgres_url, Arena *keep, const char *what) {
    Db *postgres = db_open(postgres_url, true);
    (void)db_migrate(postgres);
    Engines engines = {.sqlite = sqlite, .postgres = postgres, .arena = arena_new(256 << 20)};
    const int64_t copied = db_copy(sqlite, postgres, keep);
    assert_true(db_check_engine(postgres, keep).count == 0);
    Random random = random_seeded(1);
    for (size_t index = 0; index < DB_QUERY_COUNT; index++) {
        compare_query(&engines, &DB_QUERIES[index], &random);
    }
    print_message("%s: %" PRId64
                  " rows in the tables; %zu queries, %zu runs, %zu rows compared, %zu refused alike\n",
                  what, copied, DB_QUERY_COUNT, engines.runs, engines.rows, engines.refused);
    assert_true(engines.different == 0);
    db_close(postgres);
    arena_free(engines.arena);
}

static void compare_on(const char *what, bool is_filled) {
    Arena *arena = arena_new(64 << 20);
    assert_int_equal(setenv("BEENTHERE_TEST_ENGINE", "sqlite", 1), 0);
    Str url = STR_NONE;
    Db *sqlite = test_database_open(arena, &url);
    if (is_filled) {
        Random random = random_seeded(7);
        fill(sqlite, arena, &random);
    }
    assert_int_equal(setenv("BEENTHERE_TEST_ENGINE", "postgres", 1), 0);
    const Str postgres_url = test_database_new(arena);
    compare_all(sqlite, postgres_url, arena, what);
    test_database_drop(postgres_url);
    assert_int_equal(setenv("BEENTHERE_TEST_ENGINE", "sqlite", 1), 0);
    test_database_close(sqlite, url);
    arena_free(arena);
}

static void test_empty(void **state) {
    (void)state;
    compare_on("empty", false);
}

static void test_random_rows(void **state) {
    (void)state;
    compare_on("random rows", true);
}

static void test_given_database(void **state) {
    (void)state;
    const char *path = getenv("BEENTHERE_TEST_DATABASE");
    if (path == NULL) {
        print_message("BEENTHERE_TEST_DATABASE names no SQLite file to compare on as well\n");
        skip();
    }
    Arena *arena = arena_new(64 << 20);
    Db *sqlite = db_open(str_print(arena, "sqlite:%s", path), false);
    assert_int_equal(setenv("BEENTHERE_TEST_ENGINE", "postgres", 1), 0);
    const Str postgres_url = test_database_new(arena);
    compare_all(sqlite, postgres_url, arena, path);
    test_database_drop(postgres_url);
    db_close(sqlite);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_random_rows),
        cmocka_unit_test(test_given_database),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
