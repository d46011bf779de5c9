/* SPDX-License-Identifier: Apache-2.0 */
/* What generated queries do with sealed values: find the person's key, seal, open. */
#include "platform/crypto/keys.h"
#include "platform/crypto/seal.h"
#include "platform/db/db_engine.h"
#include "person_key_sql.h"

#include <inttypes.h>

/* A key, or why there is none. */
typedef struct Found {
    const unsigned char *key;
    KeysResult result; /* KEYS_PUNCTURED: the person was forgotten */
    int64_t generation;
} Found;

/* A generation that is not known yet may have been added to the file a moment ago. */
static Found of_person(Db *db, int64_t person) {
    Keys *keys = db_keys(db);
    const unsigned char *key = keys_at_hand(keys, person);
    if (key != NULL) {
        return (Found){.key = key, .result = KEYS_DONE};
    }
    PersonKeyByPerson row;
    if (!person_key_by_person(db, (PersonId){person}, &row)) {
        return (Found){.result = KEYS_PUNCTURED};
    }
    const KeysSlot slot = {.person = person, .generation = row.generation, .slot = (uint32_t)row.slot};
    Found found = {.generation = row.generation};
    found.result = keys_unwrap(keys, slot, row.wrapped, &found.key);
    if (found.result == KEYS_UNKNOWN && keys_refresh(keys, true)) {
        found.result = keys_unwrap(keys, slot, row.wrapped, &found.key);
    }
    return found;
}

static Found of_vault(Db *db, int64_t generation) {
    Keys *keys = db_keys(db);
    const unsigned char *key = keys_vault(keys, generation);
    if (key == NULL && keys_refresh(keys, true)) {
        key = keys_vault(keys, generation);
    }
    return (Found){.key = key, .result = key == NULL ? KEYS_UNKNOWN : KEYS_DONE, .generation = generation};
}

/* In the bytes, whose they are: a person's id, or the vault's generation below zero. */
static Found key_find(Db *db, int64_t whose) {
    return whose < 0 ? of_vault(db, -whose) : of_person(db, whose);
}

/* NULL: the person was forgotten. */
static const unsigned char *key_of(Db *db, const char *column, int64_t whose) {
    const Found found = key_find(db, whose);
    switch (found.result) {
    case KEYS_DONE:
        return found.key;
    case KEYS_PUNCTURED:
        return NULL;
    case KEYS_UNKNOWN:
        db_fail(db, FAIL_DATABASE, "%s: the key file lacks generation %" PRId64, column, found.generation);
    case KEYS_BROKEN:
        break;
    }
    db_fail(db, FAIL_DATABASE, "%s: a person's key does not open", column);
}

static bool whose_it_is(Str sealed, int64_t *ret_whose) {
    return seal_person(sealed, ret_whose) && *ret_whose != 0 && *ret_whose != INT64_MIN;
}

bool db_opens(Db *db, const char *column, int64_t row, Str sealed) {
    int64_t whose = 0;
    if (!whose_it_is(sealed, &whose)) {
        return sealed.length == 0;
    }
    const Found found = key_find(db, whose);
    Str text = STR_NONE;
    return found.result == KEYS_DONE && seal_open(db->arena, found.key, column, row, sealed, &text);
}

Str db_sealed(Db *db, const char *column, int64_t row, int64_t person, Str text) {
    if (text.length == 0) {
        return text;
    }
    const int64_t whose = person == 0 ? -keys_newest(db_keys(db)) : person;
    const unsigned char *key = key_of(db, column, whose);
    if (key == NULL) {
        db_fail(db, FAIL_DATABASE, "%s: nothing can be sealed for a person without a key", column);
    }
    return seal_close(db->arena, key, column, row, whose, text);
}

Str db_opened(Db *db, const char *column, int64_t row, Str sealed) {
    if (sealed.length == 0) {
        return sealed;
    }
    int64_t whose = 0;
    if (!whose_it_is(sealed, &whose)) {
        db_fail(db, FAIL_DATABASE, "%s: a value is not sealed", column);
    }
    const unsigned char *key = key_of(db, column, whose);
    Str text = STR("");
    if (key != NULL && !seal_open(db->arena, key, column, row, sealed, &text)) {
        db_fail(db, FAIL_DATABASE, "%s: a value does not open: it was changed, or moved from another row",
                column);
    }
    return text;
}
