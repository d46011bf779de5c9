/* SPDX-License-Identifier: Apache-2.0 */
/* Sealed bytes: what a person wrote, as it lies in a column of the database.
 *
 * XChaCha20-Poly1305 under the key of the person it is about. The bytes say which form they have and whose
 * they are (version 1, person 8, nonce 24, ciphertext, tag 16), so that whoever opens them needs no other
 * row. They are bound to the column and the row they stand in: moved anywhere else, or given another person,
 * they do not open. An empty text stays empty bytes: that nothing was written is no secret here, and a row
 * that was emptied looks the same. */
#ifndef SEAL_H
#define SEAL_H

#include "base/str.h"

enum { SEAL_KEY_BYTES = 32, SEAL_MORE_BYTES = 1 + 8 + 24 + 16 };

/* Seals a text for "table.column" of the row; the result lives in the arena. STR_NONE stays STR_NONE. */
Str seal_close(Arena *arena, const unsigned char key[SEAL_KEY_BYTES], const char *column, int64_t row,
               int64_t person, Str text);

/* Whose key opens these bytes; false when they are not sealed bytes at all. */
bool seal_person(Str sealed, int64_t *ret_person);

/* How everything sealed under this person's key begins. */
enum { SEAL_START_BYTES = 1 + 8 };
void seal_start(int64_t person, unsigned char ret_start[SEAL_START_BYTES]);

/* False when the bytes were not sealed for this place under this key, or were changed since. */
bool seal_open(Arena *arena, const unsigned char key[SEAL_KEY_BYTES], const char *column, int64_t row,
               Str sealed, Str *ret_text);

#endif
