/* SPDX-License-Identifier: Apache-2.0 */
/* An address that is known to be well formed: made by a generated route function or by the makers here.
 *
 * Ids are written as tokens: 13 characters of Crockford's base32 in lower case, the 63-bit id scrambled by
 * nothing (ids are random already). Every id has exactly one token, but for the case of its letters. */
#ifndef URL_H
#define URL_H

#include "base/buf.h"

typedef struct Url {
    Str text;
} Url;

enum { ID_TOKEN_LENGTH = 13 };

/* id is in [0, 2^63); 0 writes a token that url_read_id() refuses. */
void url_add_id(Buf *buf, int64_t id);
/* The same into bytes of one's own, with a NUL behind it. */
void url_write_id(int64_t id, char ret_token[ID_TOKEN_LENGTH + 1]);
/* A token in either letter case; false unless it is exactly one id in [1, 2^63). */
bool url_read_id(Str token, int64_t *ret_id);

/* One word of a path or one value of a query: everything but A-Z a-z 0-9 - . _ ~ is percent-encoded. */
void url_add_word(Buf *buf, Str word);

/* "tel:+17875550101", "sms:...", "mailto:...": characters that do not belong are dropped. STR_NONE makes
 * an Url whose text is STR_NONE. */
Url url_tel(Arena *arena, Str phone);
Url url_sms(Arena *arena, Str phone);
Url url_mailto(Arena *arena, Str mail);
/* "?name=value" appended ("&name=value" where a query is there already), both percent-encoded. */
Url url_with(Arena *arena, Url url, Str name, Str value);
/* A path of this program that came from outside (a form's "back"): only if it starts with one "/" and holds
 * nothing but path characters (A-Z a-z 0-9 - . _ ~ /); otherwise "/". */
Url url_back(Arena *arena, Str path);

#endif
