/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes, tokens and comparisons, through libsodium. */
#ifndef CRYPTO_H
#define CRYPTO_H

#include "base/random.h"
#include "base/str.h"

enum { CRYPTO_KEY_BYTES = 32, CRYPTO_HASH_BYTES = 32 };

/* Call once a process, before anything else here. fail(FAIL_IO) when the library cannot start. */
void crypto_start(void);

/* BLAKE2b-256 of the text under a key (NULL: none), as raw bytes in the arena (a Bytes column). `purpose`
 * separates uses: the same text under another purpose gives another hash. (libsodium owns the name
 * crypto_hash.) */
Str crypto_hash_raw(Arena *arena, const unsigned char *key, Str purpose, Str text);
/* The same in 64 hexadecimal digits. */
Str crypto_hash_hex(Arena *arena, const unsigned char *key, Str purpose, Str text);

/* 32 random bytes in hexadecimal: for sessions, visits, links. */
Str crypto_token(Arena *arena, Random *random);
/* A code to read out or type: `length` characters of the alphabet 23456789abcdefghjkmnpqrstvwxyz. */
Str crypto_code(Arena *arena, Random *random, size_t length);
/* Six decimal digits. */
Str crypto_digits(Arena *arena, Random *random);

/* In time that does not tell where they differ. */
bool crypto_equal(Str left, Str right);

#endif
