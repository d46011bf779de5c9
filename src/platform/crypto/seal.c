/* SPDX-License-Identifier: Apache-2.0 */
/* The form of sealed bytes, and libsodium's authenticated encryption around it. */
#include "platform/crypto/seal.h"

#include <assert.h>
#include <endian.h>
#include <sodium.h>

enum {
    VERSION = 1,
    AT_PERSON = 1,
    AT_NONCE = 9,
    AT_TEXT = 33,
    COLUMN_MOST = 100,
    BOUND_MOST = 17 + COLUMN_MOST
};

_Static_assert(SEAL_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "keys are 256 bits");
_Static_assert(AT_TEXT - AT_NONCE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "nonces are 192 bits");
_Static_assert(SEAL_MORE_BYTES == AT_TEXT + crypto_aead_xchacha20poly1305_ietf_ABYTES, "header and tag");

/* What the bytes are bound to: their version and person, the row, the column. Returns its length. */
static size_t bound_to(unsigned char *bound, const char *column, int64_t row, const unsigned char *header) {
    const uint64_t row_bytes = htobe64((uint64_t)row);
    const size_t length = strlen(column);
    assert(length <= COLUMN_MOST);
    memcpy(bound, header, AT_NONCE);
    memcpy(bound + AT_NONCE, &row_bytes, sizeof row_bytes);
    memcpy(bound + AT_NONCE + sizeof row_bytes, column, length);
    return AT_NONCE + sizeof row_bytes + length;
}

Str seal_close(Arena *arena, const unsigned char key[SEAL_KEY_BYTES], const char *column, int64_t row,
               int64_t person, Str text) {
    if (text.length == 0) {
        return text;
    }
    unsigned char *sealed = arena_get(arena, text.length + SEAL_MORE_BYTES);
    seal_start(person, sealed);
    /* Always the system's own chance, also where a seeded one makes ids: no nonce is ever used twice. */
    randombytes_buf(sealed + AT_NONCE, AT_TEXT - AT_NONCE);
    unsigned char bound[BOUND_MOST];
    const size_t bound_length = bound_to(bound, column, row, sealed);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + AT_TEXT, NULL, (const unsigned char *)text.at,
                                               text.length, bound, bound_length, NULL, sealed + AT_NONCE,
                                               key);
    return (Str){.at = (const char *)sealed, .length = text.length + SEAL_MORE_BYTES};
}

void seal_start(int64_t person, unsigned char ret_start[SEAL_START_BYTES]) {
    const uint64_t person_bytes = htobe64((uint64_t)person);
    ret_start[0] = VERSION;
    memcpy(ret_start + AT_PERSON, &person_bytes, sizeof person_bytes);
}

bool seal_person(Str sealed, int64_t *ret_person) {
    /* One byte of text at least: an empty one is not sealed. */
    if (sealed.length <= SEAL_MORE_BYTES || sealed.at[0] != VERSION) {
        return false;
    }
    uint64_t person = 0;
    memcpy(&person, sealed.at + AT_PERSON, sizeof person);
    *ret_person = (int64_t)be64toh(person);
    return true;
}

bool seal_open(Arena *arena, const unsigned char key[SEAL_KEY_BYTES], const char *column, int64_t row,
               Str sealed, Str *ret_text) {
    int64_t person = 0;
    if (!seal_person(sealed, &person)) {
        return false;
    }
    const unsigned char *bytes = (const unsigned char *)sealed.at;
    unsigned char bound[BOUND_MOST];
    const size_t bound_length = bound_to(bound, column, row, bytes);
    char *text = arena_get(arena, sealed.length - SEAL_MORE_BYTES);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)text, NULL, NULL, bytes + AT_TEXT,
                                                   sealed.length - AT_TEXT, bound, bound_length,
                                                   bytes + AT_NONCE, key) != 0) {
        return false;
    }
    *ret_text = (Str){.at = text, .length = sealed.length - SEAL_MORE_BYTES};
    return true;
}
