/* SPDX-License-Identifier: Apache-2.0 */
/* libsodium behind the program's own few needs. */
#include "platform/crypto/crypto.h"

#include "base/fail.h"

#include <sodium.h>

_Static_assert(CRYPTO_HASH_BYTES == crypto_generichash_BYTES, "the hash is BLAKE2b-256");
_Static_assert(CRYPTO_KEY_BYTES == crypto_generichash_KEYBYTES, "keys are 256 bits");

static const char hex_digits[] = "0123456789abcdef";
static const char code_alphabet[] = "23456789abcdefghjkmnpqrstvwxyz";

void crypto_start(void) {
    if (sodium_init() < 0) {
        fail(FAIL_IO, "the cryptography library cannot start");
    }
}

static void hash_into(unsigned char hash[CRYPTO_HASH_BYTES], const unsigned char *key, Str purpose,
                      Str text) {
    static const unsigned char zero = 0; /* ends the purpose, so that no other pair reads the same */
    crypto_generichash_state state;
    crypto_generichash_init(&state, key, key == NULL ? 0 : CRYPTO_KEY_BYTES, CRYPTO_HASH_BYTES);
    crypto_generichash_update(&state, (const unsigned char *)purpose.at, purpose.length);
    crypto_generichash_update(&state, &zero, 1);
    crypto_generichash_update(&state, (const unsigned char *)text.at, text.length);
    crypto_generichash_final(&state, hash, CRYPTO_HASH_BYTES);
}

static Str hex(Arena *arena, const unsigned char *bytes, size_t length) {
    char *digits = arena_get(arena, 2 * length);
    for (size_t at = 0; at < length; at++) {
        digits[2 * at] = hex_digits[bytes[at] >> 4];
        digits[2 * at + 1] = hex_digits[bytes[at] & 15];
    }
    return (Str){.at = digits, .length = 2 * length};
}

Str crypto_hash_raw(Arena *arena, const unsigned char *key, Str purpose, Str text) {
    unsigned char *hash = arena_get(arena, CRYPTO_HASH_BYTES);
    hash_into(hash, key, purpose, text);
    return (Str){.at = (const char *)hash, .length = CRYPTO_HASH_BYTES};
}

Str crypto_hash_hex(Arena *arena, const unsigned char *key, Str purpose, Str text) {
    unsigned char hash[CRYPTO_HASH_BYTES];
    hash_into(hash, key, purpose, text);
    return hex(arena, hash, sizeof hash);
}

Str crypto_token(Arena *arena, Random *random) {
    unsigned char bytes[32];
    random_bytes(random, bytes, sizeof bytes);
    return hex(arena, bytes, sizeof bytes);
}

static Str draw(Arena *arena, Random *random, const char *alphabet, size_t letters, size_t length) {
    char *text = arena_get(arena, length);
    for (size_t at = 0; at < length; at++) {
        text[at] = alphabet[random_below(random, letters)];
    }
    return (Str){.at = text, .length = length};
}

Str crypto_code(Arena *arena, Random *random, size_t length) {
    return draw(arena, random, code_alphabet, sizeof code_alphabet - 1, length);
}

Str crypto_digits(Arena *arena, Random *random) {
    return draw(arena, random, "0123456789", 10, 6);
}

bool crypto_equal(Str left, Str right) {
    return left.length == right.length && sodium_memcmp(left.at, right.at, left.length) == 0;
}
