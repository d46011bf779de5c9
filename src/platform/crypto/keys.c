/* SPDX-License-Identifier: Apache-2.0 */
/* Keys in memory: generations, slots, and the few data keys that are at hand. */
#include "platform/crypto/keys.h"

#include "base/fail.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/keys_inside.h"

#include <assert.h>
#include <endian.h>
#include <sodium.h>

enum { NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };

_Static_assert(KEYS_WRAPPED_BYTES == NONCE_BYTES + KEYS_KEY_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES,
               "a wrapped key is nonce, key and tag");
_Static_assert((int)KEYS_KEY_BYTES == (int)TREE_SEED_BYTES && (int)KEYS_KEY_BYTES == (int)CRYPTO_KEY_BYTES,
               "keys are 256 bits");

Keys *keys_alloc(void) {
    Keys *keys = sodium_malloc(sizeof *keys);
    if (keys == NULL) {
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    memset(keys, 0, sizeof *keys);
    return keys;
}

void keys_free(Keys *keys) {
    if (keys == NULL) {
        return;
    }
    for (size_t at = 0; at < keys->count; at++) {
        tree_free(&keys->generations[at].tree);
    }
    sodium_free(keys);
}

Generation *keys_generation_add(Keys *keys, int64_t number) {
    assert(keys->count < KEYS_GENERATIONS);
    Generation *made = &keys->generations[keys->count++];
    *made = (Generation){.number = number, .tree = tree_empty(TREE_DEPTH)};
    return made;
}

int64_t keys_add_generation_here(Keys *keys) {
    if (keys->count == KEYS_GENERATIONS) {
        fail(FAIL_USAGE, "the key file has %d generations; drop old ones first: beenthere rotate --drop-old",
             KEYS_GENERATIONS);
    }
    Generation *made = keys_generation_add(keys, keys->count == 0 ? 1 : keys_newest(keys) + 1);
    randombytes_buf(made->name, sizeof made->name);
    randombytes_buf(made->vault, sizeof made->vault);
    unsigned char seed[TREE_SEED_BYTES];
    randombytes_buf(seed, sizeof seed);
    made->tree = tree_new(TREE_DEPTH, seed);
    sodium_memzero(seed, sizeof seed);
    return made->number;
}

Keys *keys_new(void) {
    Keys *keys = keys_alloc();
    randombytes_buf(keys->seed, sizeof keys->seed);
    (void)keys_add_generation_here(keys);
    return keys;
}

/* `from` gives what it has and is freed; the place of the file and what was looked at stay. */
void keys_take_over(Keys *keys, Keys *from) {
    for (size_t at = 0; at < keys->count; at++) {
        tree_free(&keys->generations[at].tree);
    }
    memcpy(keys->seed, from->seed, sizeof keys->seed);
    memcpy(keys->generations, from->generations, sizeof keys->generations);
    keys->count = from->count;
    keys->mark = from->mark;
    from->count = 0;
    keys_free(from);
    keys_forget_at_hand(keys);
}

/* ---- generations ---- */

size_t keys_generation_count(const Keys *keys) {
    return keys->count;
}

int64_t keys_generation(const Keys *keys, size_t index) {
    assert(index < keys->count);
    return keys->generations[index].number;
}

int64_t keys_newest(const Keys *keys) {
    return keys_generation(keys, keys->count - 1);
}

Str keys_generation_name(const Keys *keys, size_t index) {
    assert(index < keys->count);
    return (Str){.at = (const char *)keys->generations[index].name, .length = KEYS_NAME_BYTES};
}

Generation *keys_generation_find(const Keys *keys, int64_t number) {
    for (size_t at = 0; at < keys->count; at++) {
        if (keys->generations[at].number == number) {
            return (Generation *)&keys->generations[at];
        }
    }
    return NULL;
}

size_t keys_drop_before_here(Keys *keys, int64_t generation) {
    size_t dropped = 0;
    while (dropped + 1 < keys->count && keys->generations[dropped].number < generation) {
        tree_free(&keys->generations[dropped++].tree);
    }
    keys->count -= dropped;
    memmove(keys->generations, keys->generations + dropped, keys->count * sizeof(Generation));
    sodium_memzero(keys->generations + keys->count, dropped * sizeof(Generation));
    return dropped;
}

const unsigned char *keys_vault(const Keys *keys, int64_t generation) {
    const Generation *found = keys_generation_find(keys, generation);
    return found == NULL ? NULL : found->vault;
}

/* ---- data keys at hand ---- */

static AtHand *set_of(Keys *keys, int64_t person, unsigned char **ret_turn) {
    /* Ids are random already; the multiplication spreads the small ones of tests. */
    const size_t set = (size_t)(((uint64_t)person * UINT64_C(0x9E3779B97F4A7C15)) >> 54);
    *ret_turn = &keys->turns[set];
    return keys->at_hand[set];
}

_Static_assert(AT_HAND_SETS == 1 << (64 - 54), "the hash gives the number of a set");

const unsigned char *keys_at_hand(Keys *keys, int64_t person) {
    unsigned char *turn = NULL;
    AtHand *set = set_of(keys, person, &turn);
    for (int way = 0; way < AT_HAND_WAYS; way++) {
        if (set[way].person == person) {
            return set[way].key;
        }
    }
    return NULL;
}

/* Room for the person's key: where it was, or where it is another's turn to go. */
static unsigned char *keep_at_hand(Keys *keys, int64_t person) {
    unsigned char *turn = NULL;
    AtHand *set = set_of(keys, person, &turn);
    for (int way = 0; way < AT_HAND_WAYS; way++) {
        if (set[way].person == person) {
            return set[way].key;
        }
    }
    AtHand *place = &set[*turn];
    *turn = (unsigned char)((*turn + 1) % AT_HAND_WAYS);
    place->person = person;
    return place->key;
}

static void drop_at_hand(Keys *keys, int64_t person) {
    unsigned char *turn = NULL;
    AtHand *set = set_of(keys, person, &turn);
    for (int way = 0; way < AT_HAND_WAYS; way++) {
        if (set[way].person == person) {
            sodium_memzero(&set[way], sizeof set[way]);
        }
    }
}

void keys_forget_at_hand(Keys *keys) {
    sodium_memzero(keys->at_hand, sizeof keys->at_hand);
}

/* ---- wrapping ---- */

enum { BOUND_BYTES = 3 * 8 };

static void bound_to(unsigned char bound[BOUND_BYTES], KeysSlot slot) {
    const uint64_t parts[3] = {htobe64((uint64_t)slot.person), htobe64((uint64_t)slot.generation),
                               htobe64(slot.slot)};
    memcpy(bound, parts, BOUND_BYTES);
}

static KeysResult slot_key(const Keys *keys, KeysSlot slot, unsigned char key[KEYS_KEY_BYTES]) {
    const Generation *generation = keys_generation_find(keys, slot.generation);
    if (generation == NULL) {
        return KEYS_UNKNOWN;
    }
    return tree_leaf(&generation->tree, slot.slot, key) ? KEYS_DONE : KEYS_PUNCTURED;
}

static KeysResult wrap(const Keys *keys, KeysSlot slot, const unsigned char *data_key,
                       unsigned char *wrapped) {
    unsigned char key[KEYS_KEY_BYTES];
    const KeysResult result = slot_key(keys, slot, key);
    if (result == KEYS_DONE) {
        unsigned char bound[BOUND_BYTES];
        bound_to(bound, slot);
        randombytes_buf(wrapped, NONCE_BYTES);
        crypto_aead_xchacha20poly1305_ietf_encrypt(wrapped + NONCE_BYTES, NULL, data_key, KEYS_KEY_BYTES,
                                                   bound, sizeof bound, NULL, wrapped, key);
    }
    sodium_memzero(key, sizeof key);
    return result;
}

static KeysResult unwrap(const Keys *keys, KeysSlot slot, Str wrapped, unsigned char *data_key) {
    unsigned char key[KEYS_KEY_BYTES];
    KeysResult result = slot_key(keys, slot, key);
    if (result == KEYS_DONE) {
        const unsigned char *bytes = (const unsigned char *)wrapped.at;
        unsigned char bound[BOUND_BYTES];
        bound_to(bound, slot);
        if (wrapped.length != KEYS_WRAPPED_BYTES ||
            crypto_aead_xchacha20poly1305_ietf_decrypt(data_key, NULL, NULL, bytes + NONCE_BYTES,
                                                       wrapped.length - NONCE_BYTES, bound, sizeof bound,
                                                       bytes, key) != 0) {
            result = KEYS_BROKEN;
        }
    }
    sodium_memzero(key, sizeof key);
    return result;
}

KeysSlot keys_draw(const Keys *keys, int64_t person) {
    const Generation *newest = &keys->generations[keys->count - 1];
    KeysSlot slot = {.person = person, .generation = newest->number, .slot = randombytes_random()};
    while (!tree_covers(&newest->tree, slot.slot)) {
        slot.slot = randombytes_random();
    }
    return slot;
}

bool keys_hold(const Keys *keys, KeysSlot slot) {
    const Generation *generation = keys_generation_find(keys, slot.generation);
    return generation != NULL && tree_covers(&generation->tree, slot.slot);
}

KeysResult keys_make(Keys *keys, KeysSlot slot, unsigned char ret_wrapped[KEYS_WRAPPED_BYTES]) {
    unsigned char *data_key = keep_at_hand(keys, slot.person);
    randombytes_buf(data_key, KEYS_KEY_BYTES);
    const KeysResult result = wrap(keys, slot, data_key, ret_wrapped);
    if (result != KEYS_DONE) {
        drop_at_hand(keys, slot.person);
    }
    return result;
}

KeysResult keys_unwrap(Keys *keys, KeysSlot slot, Str wrapped, const unsigned char **ret_key) {
    unsigned char *data_key = keep_at_hand(keys, slot.person);
    const KeysResult result = unwrap(keys, slot, wrapped, data_key);
    if (result != KEYS_DONE) {
        drop_at_hand(keys, slot.person);
        return result;
    }
    *ret_key = data_key;
    return KEYS_DONE;
}

KeysResult keys_rewrap(Keys *keys, KeysSlot from, Str wrapped, KeysSlot to,
                       unsigned char ret_wrapped[KEYS_WRAPPED_BYTES]) {
    const unsigned char *data_key = NULL;
    const KeysResult result = keys_unwrap(keys, from, wrapped, &data_key);
    return result == KEYS_DONE ? wrap(keys, to, data_key, ret_wrapped) : result;
}

bool keys_puncture_here(Keys *keys, KeysSlot slot) {
    Generation *generation = keys_generation_find(keys, slot.generation);
    drop_at_hand(keys, slot.person);
    return generation != NULL && tree_puncture(&generation->tree, slot.slot);
}

/* ---- named keys ---- */

void keys_named(const Keys *keys, Str purpose, unsigned char ret_key[KEYS_KEY_BYTES]) {
    crypto_generichash(ret_key, KEYS_KEY_BYTES, (const unsigned char *)purpose.at, purpose.length, keys->seed,
                       sizeof keys->seed);
}

Str keys_index(const Keys *keys, Arena *arena, Str purpose, Str text) {
    unsigned char key[KEYS_KEY_BYTES];
    keys_named(keys, STR("blind index"), key);
    const Str hash = crypto_hash_raw(arena, key, purpose, text);
    sodium_memzero(key, sizeof key);
    return hash;
}
