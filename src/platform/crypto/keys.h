/* SPDX-License-Identifier: Apache-2.0 */
/* The key file: what opens everything that is sealed, kept outside the database and its backups.
 *
 * Each person's words are sealed under a random data key of that person (platform/db/person_key.h). The data
 * key stands in the database, wrapped under the key of a random slot, and the slots' keys come from a
 * puncturable tree (platform/crypto/tree.h) in this file. To forget a person is to puncture the slot: from
 * then on neither the database nor any older copy of it opens that person's words, while this one file and
 * any backup still open everyone else's. A new person changes nothing in the file.
 *
 * A rotation adds a generation: another tree, under which the data keys are wrapped anew. Older ones stay,
 * punctured as they are, as long as older backups are to open. Each generation also has a vault key for the
 * little that is sealed but about no one in particular. From one more seed come named keys for other
 * purposes.
 *
 * A Keys belongs to one process, which reads the file at its start and again when it has changed. All key
 * bytes are in locked memory. The file is DIR/keys, 0600; where `lock` is given (32 bytes made from a systemd
 * credential) it is itself sealed under that. Sentences about the file are fail(FAIL_USAGE). */
#ifndef KEYS_H
#define KEYS_H

#include "base/str.h"

enum { KEYS_KEY_BYTES = 32, KEYS_WRAPPED_BYTES = 24 + 32 + 16, KEYS_NAME_BYTES = 16, KEYS_GENERATIONS = 64 };

typedef struct Keys Keys;

/* Where the file is, and what it is sealed under itself. */
typedef struct KeysPlace {
    Str path;
    Str lock; /* the path of a file with a secret; empty: the key file lies there as it is */
} KeysPlace;

/* New keys in memory alone, for tests and for keys_write(). */
Keys *keys_new(void);
/* Reads the file. */
Keys *keys_open(KeysPlace place);
void keys_free(Keys *keys);

bool keys_exist(KeysPlace place);
/* Writes them to a file that must not be there yet. */
void keys_write(const Keys *keys, KeysPlace place);

/* Reads the file again when it has changed since; looks at most once a second unless `is_urgent`. What was
 * kept of persons is dropped then. A file that cannot be read meanwhile changes nothing. True: changed. */
bool keys_refresh(Keys *keys, bool is_urgent);

/* ---- generations ---- */

/* Their numbers, oldest first. */
size_t keys_generation_count(const Keys *keys);
int64_t keys_generation(const Keys *keys, size_t index);
int64_t keys_newest(const Keys *keys);
/* KEYS_NAME_BYTES that tell this generation of this file from any other; no secret. */
Str keys_generation_name(const Keys *keys, size_t index);

/* ---- slots: the persons' keys ---- */

typedef enum KeysResult {
    KEYS_DONE,
    KEYS_PUNCTURED, /* this slot's key is gone for good */
    KEYS_UNKNOWN,   /* the file does not have this generation */
    KEYS_BROKEN,    /* not wrapped under this slot, or changed since */
} KeysResult;

/* A data key's place: whose it is, and what it is wrapped under. */
typedef struct KeysSlot {
    int64_t person;
    int64_t generation;
    uint32_t slot;
} KeysSlot;

/* A slot nobody has forgotten, drawn at random from the newest generation. */
KeysSlot keys_draw(const Keys *keys, int64_t person);
/* Makes a new data key for the person, keeps it at hand and wraps it. */
KeysResult keys_make(Keys *keys, KeysSlot slot, unsigned char ret_wrapped[KEYS_WRAPPED_BYTES]);
/* The data key that is at hand for this person, or NULL. Valid until the next call with these keys. */
const unsigned char *keys_at_hand(Keys *keys, int64_t person);
/* Unwraps it and keeps it at hand; *ret_key is valid until the next call with these keys. */
KeysResult keys_unwrap(Keys *keys, KeysSlot slot, Str wrapped, const unsigned char **ret_key);
/* Wraps the same data key for another slot. */
KeysResult keys_rewrap(Keys *keys, KeysSlot from, Str wrapped, KeysSlot to,
                       unsigned char ret_wrapped[KEYS_WRAPPED_BYTES]);

/* The vault's key of a generation, or NULL when the file does not have it. */
const unsigned char *keys_vault(const Keys *keys, int64_t generation);

/* ---- changing the file: under its lock, read anew, and written as a whole new file in its place ---- */

/* Punctures the slots that are not yet; returns how many. A slot of an unknown generation is passed over. */
size_t keys_puncture(KeysPlace place, const KeysSlot *slots, size_t count);
/* True when the slot's key is still here. */
bool keys_hold(const Keys *keys, KeysSlot slot);
/* Adds a generation and returns its number. */
int64_t keys_add_generation(KeysPlace place);
/* Drops every generation before this one; returns how many. */
size_t keys_drop_before(KeysPlace place, int64_t generation);

/* ---- named keys ---- */

/* The key for a purpose ("audit", "draft"): always the same from this file. */
void keys_named(const Keys *keys, Str purpose, unsigned char ret_key[KEYS_KEY_BYTES]);
/* A keyed hash to look things up by: the same text gives the same 32 bytes, and without the file nobody can
 * try texts. `purpose` separates uses. */
Str keys_index(const Keys *keys, Arena *arena, Str purpose, Str text);

/* ---- for tests and the fuzzer ---- */

/* Reads the bytes of a key file that is not sealed itself; NULL, and why, when it is none. */
Keys *keys_of_bytes(Str bytes, const char **ret_why);
Str keys_to_bytes(const Keys *keys, Arena *arena);
/* Punctures in memory alone. */
bool keys_puncture_here(Keys *keys, KeysSlot slot);
int64_t keys_add_generation_here(Keys *keys);

#endif
