/* SPDX-License-Identifier: Apache-2.0 */
/* Opens everything, to find what does not. */
#include "person_key_sql.h"
#include "platform/db/db_query.h"
#include "platform/db/person_key.h"

/* A page grows while its rows are small: a spreadsheet being looked at is one value of up to 8 MiB. */
enum { FIRST_PAGE = 16, LARGEST_PAGE = 16384, SMALL_BYTES = 4 << 20, PAGE_BYTES = 1024 * 1024 * 1024 };

typedef struct Wrong {
    int64_t count;
    int64_t first;
} Wrong;

static void wrong_add(Wrong *wrong, int64_t one) {
    wrong->first = wrong->count == 0 ? one : wrong->first;
    wrong->count++;
}

/* ---- persons' keys ---- */

/* Both return how many rows they looked at, and move `*after` behind them. */
static size_t look_at_keys(Db *db, Wrong *wrong, PersonId *after, size_t most) {
    const PersonKeyListRows rows = person_key_list(db, *after, (int64_t)most);
    for (size_t at = 0; at < rows.count; at++) {
        const PersonKeyList *row = &rows.items[at];
        const unsigned char *key = NULL;
        const KeysSlot slot = {
            .person = row->person.value, .generation = row->generation, .slot = (uint32_t)row->slot};
        if (keys_unwrap(db_keys(db), slot, row->wrapped, &key) != KEYS_DONE) {
            wrong_add(wrong, row->person.value);
        }
        *after = row->person;
    }
    return rows.count;
}

/* ---- sealed values ---- */

typedef struct Value {
    int64_t row;
    Str sealed;
} Value;

static DbRows page_of(Db *db, const DbQuery *query, int64_t after, size_t most) {
    DbRows rows = {0};
    db_start(db, query);
    db_put_int(db, 0, after);
    db_put_int(db, 1, (int64_t)most);
    while (db_next_row(db)) {
        Value *value = db_add_row(db, &rows, sizeof *value);
        *value = (Value){.row = db_get_int(db, 0), .sealed = db_get_bytes(db, 1)};
    }
    return rows;
}

static size_t look_at_values(Db *db, const DbQuery *query, Wrong *wrong, int64_t *after, size_t most) {
    const DbRows rows = page_of(db, query, *after, most);
    const Value *values = rows.items;
    for (size_t at = 0; at < rows.count; at++) {
        /* Of somebody without a key too: forgetting would have emptied it. */
        if (!db_opens(db, query->name, values[at].row, values[at].sealed)) {
            wrong_add(wrong, values[at].row);
        }
        *after = values[at].row;
    }
    return rows.count;
}

/* ---- both ---- */

typedef struct Looking {
    Db *db;
    Arena *arena; /* of the lines */
    Arena *page;  /* of a page's rows */
    Str *lines;
    size_t count;
} Looking;

static void line_add(Looking *looking, Str line, const Wrong *wrong) {
    if (wrong->count > 0) {
        looking->lines[looking->count++] =
            str_print(looking->arena, "%.*s: %lld (one is %lld)", STR_ARGS(line), (long long)wrong->count,
                      (long long)wrong->first);
    }
}

/* Of the next page, and room for it. */
static size_t page_next(const Looking *looking, size_t most) {
    const bool is_small = arena_used(looking->page) < SMALL_BYTES;
    arena_reset(looking->page);
    return is_small && most < LARGEST_PAGE ? most * 2 : most;
}

static void keys_look(Looking *looking) {
    Wrong wrong = {0};
    PersonId after = {INT64_MIN};
    size_t most = FIRST_PAGE;
    while (look_at_keys(looking->db, &wrong, &after, most) == most) {
        most = page_next(looking, most);
    }
    line_add(looking, STR("key_opens: people whose key does not open with this key file"), &wrong);
}

static void column_look(Looking *looking, const DbQuery *query) {
    Wrong wrong = {0};
    int64_t after = INT64_MIN;
    size_t most = FIRST_PAGE;
    while (look_at_values(looking->db, query, &wrong, &after, most) == most) {
        most = page_next(looking, most);
    }
    line_add(
        looking,
        str_print(looking->arena,
                  "sealed_opens: values of %s that were changed, moved, or are of somebody without a key",
                  query->name),
        &wrong);
}

Strs person_keys_wrong(Db *db, Arena *arena) {
    Looking looking = {.db = db,
                       .arena = arena,
                       .page = arena_new_within(arena, PAGE_BYTES),
                       .lines = NEW_MANY(arena, DB_SEALED_COUNT + 1, Str)};
    db_use(db, looking.page);
    keys_look(&looking);
    for (size_t column = 0; column < DB_SEALED_COUNT; column++) {
        arena_reset(looking.page);
        column_look(&looking, &DB_SEALED_PAGES[column]);
    }
    db_use(db, arena);
    arena_free(looking.page);
    return (Strs){.items = looking.lines, .count = looking.count};
}
