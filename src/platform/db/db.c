/* SPDX-License-Identifier: Apache-2.0 */
/* The part of the database that is the same on both engines: transactions, order of calls, nulls, schema
 * steps. */
#include "platform/db/db.h"

#include "platform/db/db_engine.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>

Db *db_open(Str url, bool create) {
    if (str_starts_with(url, STR("sqlite:"))) {
        return sqlite_open(str_part(url, 7, url.length), create);
    }
    if (str_starts_with(url, STR("postgresql://")) || str_starts_with(url, STR("postgres://"))) {
        return postgres_open(url);
    }
    /* The address is not repeated: it may hold a password. */
    fail(FAIL_USAGE, "a database is \"sqlite:PATH\" or \"postgresql://...\"");
}

void db_close(Db *db) {
    db_keys_use(db, NULL);
    db->driver->close(db);
}

DbEngine db_engine(const Db *db) {
    return db->driver->engine;
}

void db_expect_bulk(Db *db) {
    if (db->driver->expect_bulk != NULL) {
        db->driver->expect_bulk(db);
    }
}

void db_use(Db *db, Arena *arena) {
    db->arena = arena;
}

void db_keys_use(Db *db, Keys *keys) {
    if (db->owns_keys) {
        keys_free(db->keys);
    }
    db->keys = keys;
    db->owns_keys = false;
}

void db_keys_open(Db *db, KeysPlace place) {
    db_keys_use(db, keys_open(place));
    db->owns_keys = true;
}

Keys *db_keys(const Db *db) {
    if (db->keys == NULL) {
        fail(FAIL_DATABASE, "nobody gave this connection the keys to what is sealed");
    }
    return db->keys;
}

void db_fail(Db *db, FailKind kind, const char *format, ...) {
    char message[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    db->has_failed = true;
    fail(kind, "%s", message);
}

void db_fail_type(Db *db, int column, const char *found) {
    db_fail(db, FAIL_DATABASE, "query %s: column %s is %s", db_query_name(db),
            db->query->columns[column].name, found);
}

const char *db_query_name(const Db *db) {
    return db->query == NULL ? "(none)" : db->query->name;
}

void db_fail_nth(Db *db, int64_t nth, int kind) {
    db->fail_in = nth;
    db->fail_kind = (FailKind)kind;
}

/* Begin and commit count as statements: a full disk shows itself there too. */
static void count_statement(Db *db) {
    if (db->fail_in > 0 && --db->fail_in == 0) {
        db_fail(db, db->fail_kind, "a statement failed on purpose");
    }
}

/* ---- transactions ---- */

static void begin(Db *db, DbTransaction transaction) {
    assert(db->transaction == DB_TRANSACTION_NONE && "one transaction at a time");
    if (db->query != NULL) {
        db->driver->reset(db);
        db->query = NULL;
    }
    if (db->keys != NULL) {
        (void)keys_refresh(db->keys, false);
    }
    count_statement(db);
    db->driver->begin(db, transaction == DB_TRANSACTION_WRITE);
    db->transaction = transaction;
    db->transactions++;
    db->has_failed = false;
    db->has_written = false;
    db->hints_length = 0;
}

static Str hints_of(const Db *db) {
    return (Str){.at = db->hints, .length = db->hints_length};
}

static void commit(Db *db) {
    /* Someone caught a failure and went on: half of the work must not become durable. */
    if (db->has_failed) {
        db_fail(db, FAIL_DATABASE, "a transaction cannot be committed after a failure");
    }
    count_statement(db);
    if (db->hints_length > 0 && db->driver->hint != NULL) {
        db->driver->hint(db, hints_of(db));
    }
    db->driver->commit(db);
    db->transaction = DB_TRANSACTION_NONE;
    db->has_written = false;
    if (db->hints_length > 0 && db->driver->hint == NULL && db->hints_to != NULL) {
        db->hints_to(db->hints_context, hints_of(db));
    }
    db->hints_length = 0;
}

void db_begin_read(Db *db) {
    begin(db, DB_TRANSACTION_READ);
}

void db_end_read(Db *db) {
    assert(db->transaction == DB_TRANSACTION_READ);
    commit(db);
}

Tx *tx_begin(Db *db) {
    begin(db, DB_TRANSACTION_WRITE);
    return &db->tx;
}

void tx_commit(Tx *tx) {
    assert(tx->db->transaction == DB_TRANSACTION_WRITE);
    commit(tx->db);
}

void db_rollback(Db *db) {
    if (db->query != NULL) {
        db->driver->reset(db);
        db->query = NULL;
    }
    db->driver->rollback(db);
    db->transaction = DB_TRANSACTION_NONE;
    db->has_failed = false;
    db->has_written = false;
    db->hints_length = 0;
}

Db *tx_db(Tx *tx) {
    return tx->db;
}

bool db_is_in_transaction(const Db *db) {
    return db->transaction != DB_TRANSACTION_NONE;
}

int64_t db_transaction_number(const Db *db) {
    return db->transactions;
}

bool db_has_written(const Db *db) {
    return db->has_written;
}

int64_t db_connections(const Db *db) {
    return 1 + db->reconnections;
}

/* ---- hints ---- */

static bool hint_is_there(const Db *db, Str line) {
    Str one = STR_NONE;
    Str rest = hints_of(db);
    while (!str_is_empty(rest)) {
        (void)str_cut(rest, '\n', &one, &rest);
        if (str_equal(one, line)) {
            return true;
        }
    }
    return false;
}

void tx_hint(Tx *tx, Str line) {
    Db *db = tx->db;
    assert(db->transaction == DB_TRANSACTION_WRITE && "a hint outlived its transaction");
    if (db->hints_length + line.length + 1 > sizeof db->hints || hint_is_there(db, line)) {
        return;
    }
    memcpy(db->hints + db->hints_length, line.at, line.length);
    db->hints_length += line.length;
    db->hints[db->hints_length++] = '\n';
}

void db_hints_to(Db *db, DbHints *hints, void *context) {
    db->hints_to = hints;
    db->hints_context = context;
}

/* ---- statements ---- */

void db_start(Db *db, const DbQuery *query) {
    assert((query->is_read || db->transaction == DB_TRANSACTION_WRITE) && "a write outlived its transaction");
    if (db->query != NULL) {
        db->driver->reset(db);
    }
    db->query = query;
    db->has_written = db->has_written || !query->is_read;
    count_statement(db);
    db->driver->start(db, query);
}

void db_put_int(Db *db, int index, int64_t value) {
    db->driver->put_int(db, index, value);
}

void db_put_int_or_none(Db *db, int index, int64_t value) {
    if (value == 0) {
        db->driver->put_null(db, index);
    } else {
        db->driver->put_int(db, index, value);
    }
}

void db_put_maybe_int(Db *db, int index, MaybeInt value) {
    if (value.is_known) {
        db->driver->put_int(db, index, value.value);
    } else {
        db->driver->put_null(db, index);
    }
}

void db_put_bool(Db *db, int index, bool value) {
    db->driver->put_int(db, index, value ? 1 : 0);
}

static void put_text(Db *db, int index, Str value, bool is_bytes) {
    if (value.at == NULL) {
        db_fail(db, FAIL_DATABASE, "query %s: parameter %s is missing", db->query->name,
                db->query->parameters[index].name);
    }
    db->driver->put_text(db, index, value, is_bytes);
}

static void put_text_or_none(Db *db, int index, Str value, bool is_bytes) {
    if (value.at == NULL) {
        db->driver->put_null(db, index);
    } else {
        db->driver->put_text(db, index, value, is_bytes);
    }
}

void db_put_str(Db *db, int index, Str value) {
    put_text(db, index, value, false);
}

void db_put_str_or_none(Db *db, int index, Str value) {
    put_text_or_none(db, index, value, false);
}

void db_put_bytes(Db *db, int index, Str value) {
    put_text(db, index, value, true);
}

void db_put_bytes_or_none(Db *db, int index, Str value) {
    put_text_or_none(db, index, value, true);
}

static void finish(Db *db) {
    db->driver->reset(db);
    db->query = NULL;
}

bool db_next_row(Db *db) {
    if (db->driver->next_row(db)) {
        return true;
    }
    finish(db);
    return false;
}

void db_end_one(Db *db) {
    if (db->driver->next_row(db)) {
        db_fail(db, FAIL_DATABASE, "query %s: more than one row", db->query->name);
    }
    finish(db);
}

int64_t db_run(Db *db) {
    const int64_t count = db->driver->run(db);
    finish(db);
    return count;
}

int64_t db_get_int(Db *db, int column) {
    int64_t value = 0;
    if (!db->driver->get_int(db, column, &value)) {
        db_fail_type(db, column, "null");
    }
    return value;
}

int64_t db_get_int_or_none(Db *db, int column) {
    int64_t value = 0;
    return db->driver->get_int(db, column, &value) ? value : 0;
}

MaybeInt db_get_maybe_int(Db *db, int column) {
    int64_t value = 0;
    const bool is_known = db->driver->get_int(db, column, &value);
    return (MaybeInt){.is_known = is_known, .value = value};
}

bool db_get_bool(Db *db, int column) {
    const int64_t value = db_get_int(db, column);
    if (value != 0 && value != 1) {
        db_fail_type(db, column, "neither 0 nor 1");
    }
    return value == 1;
}

static Str get_text(Db *db, int column, bool is_bytes, bool is_nullable) {
    const Str view = db->driver->get_text(db, column, is_bytes);
    if (view.at == NULL) {
        if (!is_nullable) {
            db_fail_type(db, column, "null");
        }
        return STR_NONE;
    }
    /* An empty text is there: its address must not be NULL, but needs no memory. */
    return view.length == 0 ? STR("") : str_copy(db->arena, view);
}

Str db_get_str(Db *db, int column) {
    return get_text(db, column, false, false);
}

Str db_get_str_or_none(Db *db, int column) {
    return get_text(db, column, false, true);
}

Str db_get_bytes(Db *db, int column) {
    return get_text(db, column, true, false);
}

Str db_get_bytes_or_none(Db *db, int column) {
    return get_text(db, column, true, true);
}

void *db_add_row(Db *db, DbRows *rows, size_t size) {
    if (rows->count == rows->room) {
        const size_t room = rows->room == 0 ? 8 : rows->room * 2;
        char *items = arena_get_many(db->arena, room, size);
        if (rows->count > 0) {
            memcpy(items, rows->items, rows->count * size);
        }
        rows->items = items;
        rows->room = room;
    }
    return (char *)rows->items + size * rows->count++;
}

/* ---- schema ---- */

int64_t db_schema_version(Db *db) {
    return db->driver->version(db);
}

int64_t db_schema_newest(void) {
    return DB_STEP_COUNT == 0 ? 0 : DB_STEPS[DB_STEP_COUNT - 1].version;
}

int db_migrate(Db *db) {
    return db_migrate_steps(db, DB_STEPS, DB_STEP_COUNT);
}

int db_migrate_steps(Db *db, const DbStep *steps, int count) {
    const int newest = count == 0 ? 0 : steps[count - 1].version;
    int taken = 0;
    for (;;) {
        const int64_t version = db_schema_version(db);
        if (version > newest) {
            fail(FAIL_USAGE,
                 "the database has schema version %" PRId64 ", newer than %d, the newest this program knows",
                 version, newest);
        }
        if (version == newest) {
            return taken;
        }
        db->driver->begin_step(db);
        /* Asked again under the lock: another process may have taken this step meanwhile. */
        if (db_schema_version(db) != version) {
            db_rollback(db);
            continue;
        }
        for (int index = 0; index < count; index++) {
            if (steps[index].version == version + 1) {
                db->driver->apply_step(db, &steps[index]);
            }
        }
        db->driver->end_step(db);
        taken++;
    }
}

Strs db_check_engine(Db *db, Arena *arena) {
    Strs lines = {.items = NULL, .count = 0};
    db->driver->check(db, arena, &lines);
    return lines;
}
