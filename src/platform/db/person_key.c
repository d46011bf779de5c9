/* SPDX-License-Identifier: Apache-2.0 */
/* Data keys and the key file that wraps them. */
#include "platform/db/person_key.h"

#include "base/fail.h"
#include "person_key_sql.h"
#include "platform/crypto/keys.h"
#include "platform/crypto/seal.h"
#include "platform/db/db_query.h"

#include <inttypes.h>

enum { DRAWS_MOST = 1000 }; /* a slot in 2^32 is free at the first draw, or nearly always at the second */

void person_key_make(Tx *tx, PersonId person) {
    Keys *keys = db_keys(tx_db(tx));
    for (int draw = 0; draw < DRAWS_MOST; draw++) {
        const KeysSlot slot = keys_draw(keys, person.value);
        unsigned char wrapped[KEYS_WRAPPED_BYTES];
        if (keys_make(keys, slot, wrapped) == KEYS_DONE &&
            person_key_insert(tx, person, slot.generation, slot.slot,
                              (Str){.at = (const char *)wrapped, .length = sizeof wrapped}) == 1) {
            return;
        }
    }
    fail(FAIL_DATABASE, "no free slot for a person's key was found");
}

void person_key_drop(Tx *tx, PersonId person) {
    (void)person_key_past_delete(tx, person);
    (void)person_key_delete(tx, person);
}

/* Empties what is sealed under this key, in every table; returns how many values. */
static int64_t empty_all(Tx *tx, int64_t whose) {
    Db *db = tx_db(tx);
    unsigned char start[SEAL_START_BYTES];
    seal_start(whose, start);
    int64_t emptied = 0;
    for (size_t at = 0; at < DB_SEALED_COUNT; at++) {
        db_start(db, &DB_SEALED[at]);
        db_put_bytes(db, 0, (Str){.at = (const char *)start, .length = sizeof start});
        emptied += db_run(db);
    }
    return emptied;
}

int64_t person_key_forget(Tx *tx, PersonId person, Time now) {
    Db *db = tx_db(tx);
    const int64_t emptied = empty_all(tx, person.value);
    PersonKeyByPerson row;
    if (person_key_by_person(db, person, &row)) {
        forgotten_add(tx, row.generation, row.slot, now);
        (void)person_key_delete(tx, person);
    }
    (void)forgotten_add_past(tx, person, now);
    (void)person_key_past_delete(tx, person);
    return emptied;
}

size_t person_keys_puncture(Db *db, Arena *arena, KeysPlace place) {
    Keys *keys = db_keys(db);
    const ForgottenListRows rows = forgotten_list(db);
    KeysSlot *slots = NEW_MANY(arena, rows.count, KeysSlot);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const KeysSlot slot = {.generation = rows.items[at].generation,
                               .slot = (uint32_t)rows.items[at].slot};
        if (keys_hold(keys, slot)) {
            slots[count++] = slot;
        }
    }
    if (count > 0) {
        (void)keys_puncture(place, slots, count);
        (void)keys_refresh(keys, true);
    }
    return count;
}

enum { LIST_MOST = 1000 };

typedef struct LostList {
    Arena *arena;
    PersonId *items;
    size_t count, room;
} LostList;

static void lost_add(LostList *list, PersonId person) {
    if (list->count == list->room) {
        PersonId *more = NEW_MANY(list->arena, list->room * 2 + 16, PersonId);
        if (list->count > 0) {
            memcpy(more, list->items, list->count * sizeof *more);
        }
        list->items = more;
        list->room = list->room * 2 + 16;
    }
    list->items[list->count++] = person;
}

/* True when the file has the generation, and no longer the slot. */
static bool is_lost(const Keys *keys, KeysSlot slot) {
    return keys_vault(keys, slot.generation) != NULL && !keys_hold(keys, slot);
}

PersonsLost person_keys_lost(Db *db, Arena *arena) {
    LostList list = {.arena = arena};
    PersonKeyListRows rows = {0};
    PersonId after = {INT64_MIN};
    do {
        rows = person_key_list(db, after, LIST_MOST);
        for (size_t at = 0; at < rows.count; at++) {
            const PersonKeyList *row = &rows.items[at];
            after = row->person;
            if (is_lost(db_keys(db),
                        (KeysSlot){.generation = row->generation, .slot = (uint32_t)row->slot})) {
                lost_add(&list, row->person);
            }
        }
    } while (rows.count == LIST_MOST);
    return (PersonsLost){.items = list.items, .count = list.count};
}

/* ---- rotation ---- */

int64_t person_keys_older(Db *db) {
    PersonKeyCountOlder row = {0};
    (void)person_key_count_older(db, keys_newest(db_keys(db)), &row);
    return row.older;
}

/* Under a slot of the newest generation that nobody has; the old one is remembered for forgetting. */
static void rewrap(Tx *tx, const PersonKeyOlder *row) {
    Db *db = tx_db(tx);
    Keys *keys = db_keys(db);
    const KeysSlot from = {
        .person = row->person.value, .generation = row->generation, .slot = (uint32_t)row->slot};
    KeysSlot to = keys_draw(keys, from.person);
    PersonKeySlotTaken taken = {.taken = 1};
    while (person_key_slot_taken(db, to.generation, to.slot, &taken) && taken.taken > 0) {
        to = keys_draw(keys, from.person);
    }
    unsigned char wrapped[KEYS_WRAPPED_BYTES];
    switch (keys_rewrap(keys, from, row->wrapped, to, wrapped)) {
    case KEYS_DONE:
        (void)person_key_rewrap(
            tx, &(PersonKeyRewrap){.person = row->person,
                                   .before = from.generation,
                                   .generation = to.generation,
                                   .slot = to.slot,
                                   .wrapped = {.at = (const char *)wrapped, .length = sizeof wrapped}});
        person_key_past_add(tx, row->person, from.generation, from.slot);
        return;
    case KEYS_PUNCTURED: /* of somebody forgotten after the copy that this database was restored from */
        return;
    case KEYS_UNKNOWN:
    case KEYS_BROKEN:
        break;
    }
    fail(FAIL_DATABASE, "a person's key does not open, so it cannot be wrapped anew");
}

size_t person_keys_rewrap(Tx *tx, PersonId *after, size_t most) {
    Db *db = tx_db(tx);
    const PersonKeyOlderRows rows = person_key_older(db, keys_newest(db_keys(db)), *after, (int64_t)most);
    for (size_t at = 0; at < rows.count; at++) {
        rewrap(tx, &rows.items[at]);
        *after = rows.items[at].person;
    }
    return rows.count;
}

int64_t vault_values_older(Db *db) {
    const int64_t newest = keys_newest(db_keys(db));
    int64_t found = 0;
    Tx *tx = tx_begin(db);
    for (size_t at = 0; at < keys_generation_count(db_keys(db)); at++) {
        const int64_t generation = keys_generation(db_keys(db), at);
        found += generation < newest ? empty_all(tx, -generation) : 0;
    }
    db_rollback(db); /* it was only to count them */
    return found;
}

void person_keys_drop_older(Tx *tx) {
    const int64_t newest = keys_newest(db_keys(tx_db(tx)));
    (void)person_key_past_drop(tx, newest);
    (void)key_check_drop(tx, newest);
}

typedef enum Noted { NOTED_SAME, NOTED_OTHER, NOTED_DROPPED } Noted;

/* How a generation that is noted stands to the file: there by this name, or older than all that it has. */
static Noted noted(const Keys *keys, int64_t generation, Str name) {
    for (size_t at = 0; at < keys_generation_count(keys); at++) {
        if (keys_generation(keys, at) == generation) {
            return str_equal(keys_generation_name(keys, at), name) ? NOTED_SAME : NOTED_OTHER;
        }
    }
    return generation < keys_generation(keys, 0) ? NOTED_DROPPED : NOTED_OTHER;
}

static _Noreturn void refuse_file(int64_t generation) {
    fail(FAIL_USAGE,
         "the key file is not the one of this database (generation %" PRId64
         "): what people wrote cannot be read with it. Copy the right one back from where you keep its copy",
         generation);
}

/* The generation that this file cannot be the one for, or 0. */
static int64_t other_generation(Db *db, const KeyCheckListRows *rows, bool *ret_is_noted) {
    const Keys *keys = db_keys(db);
    int64_t dropped = 0;
    for (size_t at = 0; at < rows->count; at++) {
        const int64_t generation = rows->items[at].generation;
        switch (noted(keys, generation, rows->items[at].name)) {
        case NOTED_SAME:
            break;
        case NOTED_DROPPED:
            dropped = generation;
            break;
        case NOTED_OTHER:
            return generation;
        }
    }
    *ret_is_noted = dropped == 0 && rows->count == keys_generation_count(keys);
    /* The newest that is noted must be there. An older one may be gone from the file and still be noted, when
     * `rotate --drop-old` was broken off, but not while anybody's key is wrapped under it. */
    PersonKeyCountOlder older = {0};
    (void)person_key_count_older(db, keys_generation(keys, 0), &older);
    const bool is_other =
        dropped > 0 && (dropped == rows->items[rows->count - 1].generation || older.older > 0);
    return is_other ? dropped : 0;
}

bool key_file_check(Db *db) {
    const KeyCheckListRows rows = key_check_list(db);
    bool is_noted = false;
    int64_t other = other_generation(db, &rows, &is_noted);
    /* Whoever rotates replaces the file before the database notes it: read before that, it is one behind. */
    if (other != 0 && keys_refresh(db_keys(db), true)) {
        other = other_generation(db, &rows, &is_noted);
    }
    if (other != 0) {
        refuse_file(other);
    }
    return is_noted;
}

bool key_file_claim(Tx *tx) {
    return key_check_claim(tx, keys_newest(db_keys(tx_db(tx))) + 1, STR("")) == 1;
}

void key_file_name_claimed(Tx *tx) {
    const Keys *keys = db_keys(tx_db(tx));
    const size_t newest = keys_generation_count(keys) - 1;
    (void)key_check_set_name(tx, keys_generation(keys, newest), keys_generation_name(keys, newest));
}

bool key_file_is_needed(Db *db) {
    return key_check_list(db).count > 0;
}

void key_file_note(Tx *tx) {
    const Keys *keys = db_keys(tx_db(tx));
    (void)key_check_drop(tx, keys_generation(keys, 0));
    for (size_t at = 0; at < keys_generation_count(keys); at++) {
        key_check_add(tx, keys_generation(keys, at), keys_generation_name(keys, at));
    }
}
