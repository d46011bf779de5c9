/* SPDX-License-Identifier: Apache-2.0 */
/* Codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds), through liboath.
 *
 * A code counts for its own half minute and for the one before and after. A step that was used, or one before
 * it, never counts again: whoever looked over a shoulder has nothing. */
#ifndef TOTP_H
#define TOTP_H

#include "base/random.h"
#include "base/str.h"
#include "base/time.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_DIGITS = 6 };

typedef enum TotpResult {
    TOTP_FITS, /* *ret_step is to be kept as the last step used */
    TOTP_USED, /* the right code, but it or a later one was used already: wait for the next */
    /* a code of up to ten minutes before or after, or our clock went back behind the last one used: a clock
     * is wrong; *ret_step tells by how much */
    TOTP_SKEWED,
    TOTP_WRONG,
} TotpResult;

/* The half minute that holds a moment. */
int64_t totp_step(Time at);

/* Spaces and dashes that people type are left out. `last_step` is the last one used, 0 for none. Does the
 * same work for every code of six digits. *ret_step is only set for FITS and SKEWED. */
TotpResult totp_check(Arena *arena, Str secret, Time now, int64_t last_step, Str code, int64_t *ret_step);

/* The six digits of one step. */
Str totp_code(Arena *arena, Str secret, int64_t step);

/* Fresh random bytes. */
Str totp_secret(Arena *arena, Random *random);
/* The secret as people type it into an app: base32 in groups of four. */
Str totp_secret_words(Arena *arena, Str secret);
/* What an app reads from the picture: otpauth://totp/ISSUER:NAME?secret=... */
Str totp_address(Arena *arena, Str issuer, Str name, Str secret);

#endif
