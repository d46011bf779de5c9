/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a Cookie header and writing Set-Cookie lines. Pure; the fuzzer calls the reader. */
#ifndef COOKIE_H
#define COOKIE_H

#include "base/buf.h"

/* The value of the cookie with exactly this name; STR_NONE when it is not there, is there twice, or holds
 * anything but letters, digits, "-", "." and "_" (this program sets no others). A view of the header. */
Str cookie_find(Str header, Str name);

typedef struct CookieOptions {
    int64_t lifetime_seconds; /* 0: until the browser closes; negative: drop it now */
    bool is_secure;           /* also puts the __Host- prefix before the name */
    bool is_lax;              /* SameSite=Lax: also sent when a link elsewhere leads here; else Strict */
} CookieOptions;

/* Adds one Set-Cookie line: HttpOnly, SameSite, for the whole site. */
void cookie_write(Buf *fields, Str name, Str value, CookieOptions options);

#endif
