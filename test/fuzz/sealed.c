/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in a sealed column, from a hostile hand: bytes that nobody sealed give a sentence with the
 * column's name, or nothing at all where they name somebody who was forgotten; and what was sealed opens in
 * its own column and row alone, whole and unchanged. */
// needs: src/platform/db/db.c src/platform/db/db_sqlite.c src/platform/db/db_postgres.c
// needs: src/platform/db/db_sqlite_rows.c src/platform/db/db_postgres_rows.c src/platform/db/db_rows.c
// needs: src/platform/db/db_seal.c src/platform/db/person_key.c
// needs: BUILD/src/generated/person_key_sql.c BUILD/src/generated/sealed.c BUILD/src/generated/schema.c
// needs: src/platform/crypto/keys.c src/platform/crypto/keys_file.c src/platform/crypto/seal.c
// needs: src/platform/crypto/tree.c src/platform/crypto/crypto.c
// needs: -lsodium -lsqlite3 -lpq
#include "platform/db/db_query.h"

#include "base/fail.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/keys.h"
#include "platform/crypto/seal.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD_BYTES = 1 + 8 + 2, ROOM = 64 << 20, LARGEST = 64 * 1024 };

static const char *const columns[] = {"request.need", "request.hopes", "contact_point.value", "contact.line"};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

typedef struct Opening {
    Db *db;
    const char *column;
    int64_t row;
    Str sealed;
    Str text;
} Opening;

static void open_it(void *context) {
    Opening *opening = context;
    opening->text = db_opened(opening->db, opening->column, opening->row, opening->sealed);
}

/* Nothing that somebody wrote: a refusal that names the column, or no words. */
static void must_not_open(Opening opening) {
    Fail why = {0};
    if (fail_catch(open_it, &opening, &why)) {
        assert(opening.text.length == 0);
    } else {
        assert(why.kind == FAIL_DATABASE &&
               strncmp(why.message, opening.column, strlen(opening.column)) == 0);
    }
}

static Str changed(Arena *arena, Str bytes, size_t at, uint8_t by) {
    char *copy = arena_get(arena, bytes.length);
    memcpy(copy, bytes.at, bytes.length);
    copy[at] = (char)((uint8_t)copy[at] ^ (by == 0 ? 1 : by));
    return (Str){.at = copy, .length = bytes.length};
}

/* Sealed here, and then opened in its place, elsewhere, changed, and cut. */
static void seal_and_move(Opening opening, size_t column, uint8_t where, uint8_t by, Arena *arena) {
    const Str words = opening.sealed;
    opening.sealed = db_sealed(opening.db, opening.column, opening.row, 0, words);
    assert(str_equal(db_opened(opening.db, opening.column, opening.row, opening.sealed), words));
    if (words.length == 0) {
        return;
    }
    Opening moved = opening;
    moved.column = columns[(column + 1 + where % (COLUMNS - 1)) % COLUMNS];
    must_not_open(moved);
    moved = opening;
    moved.row = (int64_t)((uint64_t)opening.row ^ (by == 0 ? 1 : by));
    must_not_open(moved);
    moved = opening;
    moved.sealed = changed(arena, opening.sealed, where % opening.sealed.length, by);
    must_not_open(moved);
    moved.sealed = str_part(opening.sealed, 0, 1 + where % (opening.sealed.length - 1));
    must_not_open(moved);
}

static void unwrap(Keys *keys, int64_t person, Str wrapped) {
    const unsigned char *key = NULL;
    const KeysSlot slot = {.person = person, .generation = 1 + (person & 1), .slot = (uint32_t)person};
    assert(keys_unwrap(keys, slot, wrapped, &key) != KEYS_DONE && key == NULL);
}

static Db *db_made(Arena *arena) {
    crypto_start();
    (void)unlink("sealed.fuzz");
    Db *db = db_open(STR("sqlite:sealed.fuzz"), true);
    db_use(db, arena);
    db_keys_use(db, keys_new());
    (void)db_migrate(db);
    return db;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Db *db;
    static Arena *arena;
    if (arena == NULL) {
        arena = arena_new(ROOM);
        db = db_made(arena);
    }
    if (size < HEAD_BYTES || size > LARGEST) {
        return 0;
    }
    arena_reset(arena);
    db_use(db, arena);
    const size_t column = data[0] % COLUMNS;
    int64_t row = 0;
    memcpy(&row, data + 3, sizeof row);
    const Opening opening = {
        .db = db,
        .column = columns[column],
        .row = row,
        .sealed = {.at = (const char *)data + HEAD_BYTES, .length = size - HEAD_BYTES},
    };
    must_not_open(opening);
    seal_and_move(opening, column, data[1], data[2], arena);
    unwrap(db_keys(db), row, opening.sealed);
    return 0;
}
