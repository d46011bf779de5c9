/* SPDX-License-Identifier: Apache-2.0 */
/* liboath behind the program's own few needs. */
#include "platform/totp/totp.h"

#include "base/buf.h"
#include "base/fail.h"
#include "platform/crypto/crypto.h"
#include "platform/url.h"

#include <liboath/oath.h>

enum { STEP_SECONDS = 30, WINDOW = 1, SKEW_STEPS = 20, GROUP = 4 };

int64_t totp_step(Time at) {
    return at.us / TIME_SECOND / STEP_SECONDS;
}

Str totp_code(Arena *arena, Str secret, int64_t step) {
    char *digits = arena_get(arena, TOTP_DIGITS + 1);
    const int result = oath_hotp_generate(secret.at, secret.length, (uint64_t)step, TOTP_DIGITS, false,
                                          OATH_HOTP_DYNAMIC_TRUNCATION, digits);
    if (result != OATH_OK) {
        fail(FAIL_MEMORY, "no code can be made: %s", oath_strerror(result));
    }
    return (Str){.at = digits, .length = TOTP_DIGITS};
}

/* The digits alone; none when there is anything else. */
static Str code_clean(Arena *arena, Str typed) {
    Buf digits = buf_new(arena, 64);
    for (size_t at = 0; at < typed.length; at++) {
        const char byte = typed.at[at];
        if (byte == ' ' || byte == '-') {
            continue;
        }
        if (byte < '0' || byte > '9' || digits.length == TOTP_DIGITS) {
            return STR_NONE;
        }
        buf_add_char(&digits, byte);
    }
    return digits.length == TOTP_DIGITS ? buf_str(&digits) : STR_NONE;
}

TotpResult totp_check(Arena *arena, Str secret, Time now, int64_t last_step, Str code, int64_t *ret_step) {
    const Str typed = code_clean(arena, code);
    if (str_is_none(typed)) {
        return TOTP_WRONG;
    }
    const int64_t current = totp_step(now);
    int64_t near = 0; /* the fitting step inside the window, 0: none */
    int64_t far = 0;  /* outside it */
    for (int64_t step = current - SKEW_STEPS; step <= current + SKEW_STEPS; step++) {
        if (step > 0 && crypto_equal(typed, totp_code(arena, secret, step))) {
            *(step >= current - WINDOW && step <= current + WINDOW ? &near : &far) = step;
        }
    }
    if (near != 0) {
        if (near <= last_step && last_step <= current + WINDOW) {
            return TOTP_USED;
        }
        if (near <= last_step) {
            /* The last one lies ahead: our clock went back since. Waiting half a minute would not help. */
            *ret_step = last_step;
            return TOTP_SKEWED;
        }
        *ret_step = near;
        return TOTP_FITS;
    }
    /* A used code that has left the window is an old code, not a wrong clock. */
    if (far > last_step) {
        *ret_step = far;
        return TOTP_SKEWED;
    }
    return TOTP_WRONG;
}

Str totp_secret(Arena *arena, Random *random) {
    unsigned char *bytes = arena_get(arena, TOTP_SECRET_BYTES);
    random_bytes(random, bytes, TOTP_SECRET_BYTES);
    return (Str){.at = (const char *)bytes, .length = TOTP_SECRET_BYTES};
}

/* RFC 4648; 20 bytes are 32 letters without padding. */
static Str base32(Arena *arena, Str bytes) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    Buf out = buf_new(arena, 2 * bytes.length + 8);
    unsigned held = 0;
    int bits = 0;
    for (size_t at = 0; at < bytes.length; at++) {
        held = (held << 8 | (unsigned char)bytes.at[at]) & 0xfff;
        for (bits += 8; bits >= 5; bits -= 5) {
            buf_add_char(&out, letters[held >> (bits - 5) & 31]);
        }
    }
    return buf_str(&out);
}

Str totp_secret_words(Arena *arena, Str secret) {
    const Str letters = base32(arena, secret);
    Buf out = buf_new(arena, 2 * letters.length + 8);
    for (size_t at = 0; at < letters.length; at++) {
        if (at > 0 && at % GROUP == 0) {
            buf_add_char(&out, ' ');
        }
        buf_add_char(&out, letters.at[at]);
    }
    return buf_str(&out);
}

Str totp_address(Arena *arena, Str issuer, Str name, Str secret) {
    Buf out = buf_new(arena, 1024);
    buf_add(&out, STR("otpauth://totp/"));
    url_add_word(&out, issuer);
    buf_add_char(&out, ':');
    url_add_word(&out, name);
    buf_add(&out, STR("?secret="));
    buf_add(&out, base32(arena, secret));
    buf_add(&out, STR("&issuer="));
    url_add_word(&out, issuer);
    return buf_str(&out);
}
