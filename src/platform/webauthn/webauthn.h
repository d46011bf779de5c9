/* SPDX-License-Identifier: Apache-2.0 */
/* Passkeys (WebAuthn level 2): what a browser sends back is read and verified, through libfido2, libcbor and
 * jansson.
 *
 * A challenge carries its own proof: who it was made for and until when, under the server's key. So a page
 * that only reads can show one, and only the use of one has to be written down (by the caller, once).
 *
 * No attestation is asked for: which maker's key somebody holds is nobody's business here. All texts come
 * from anybody, may be absurd, and are at most a form's size. Nothing here reads a clock or a database. */
#ifndef WEBAUTHN_H
#define WEBAUTHN_H

#include "base/random.h"
#include "base/str.h"
#include "base/time.h"

#include <stdint.h>

typedef struct WebauthnSite {
    Str origin; /* "https://support.example.org" */
    Str id;     /* the relying party: the host without port */
} WebauthnSite;
WebauthnSite webauthn_site(Arena *arena, Str origin);

/* ---- challenges ---- */

/* In base64url. `purpose` says what it is for and in whose browser. */
Str webauthn_challenge(Arena *arena, Random *random, const unsigned char *key, Str purpose, Time now);

typedef enum WebauthnChallenge {
    WEBAUTHN_CHALLENGE_LIVES,
    WEBAUTHN_CHALLENGE_OLD,   /* ours, and over ten minutes ago */
    WEBAUTHN_CHALLENGE_OTHER, /* not ours, or made for something else */
} WebauthnChallenge;
WebauthnChallenge webauthn_challenge_check(Arena *arena, const unsigned char *key, Str purpose, Time now,
                                           Str challenge);

/* ---- answers ---- */

typedef enum WebauthnResult {
    WEBAUTHN_FITS,
    WEBAUTHN_MALFORMED,       /* no browser sends this */
    WEBAUTHN_OTHER_CHALLENGE, /* it answers another question */
    WEBAUTHN_OTHER_ORIGIN,    /* it was given to another site */
    WEBAUTHN_UNVERIFIED,      /* the person was not asked for a finger, face or PIN */
    WEBAUTHN_WRONG_SIGNATURE,
} WebauthnResult;

/* The kinds of keys that are understood, by their COSE numbers. */
typedef enum WebauthnAlgorithm {
    WEBAUTHN_ES256 = -7,
    WEBAUTHN_EDDSA = -8,
    WEBAUTHN_RS256 = -257,
} WebauthnAlgorithm;

/* A key as it is kept: bytes, not text. */
typedef struct WebauthnKey {
    Str id;         /* the credential's */
    Str public_key; /* x and y of ES256, the 32 bytes of EdDSA, modulus and exponent of RS256 */
    int64_t algorithm;
    int64_t uses; /* the authenticator's own counter; 0 where it keeps none */
} WebauthnKey;

/* What navigator.credentials.create() gave, in base64url. The key lives in the arena. */
typedef struct WebauthnNew {
    Str said; /* clientDataJSON */
    Str attestation;
} WebauthnNew;
WebauthnResult webauthn_register(Arena *arena, const WebauthnSite *site, Str challenge,
                                 const WebauthnNew *answer, WebauthnKey *ret_key);

/* What navigator.credentials.get() gave, in base64url. *ret_uses is the counter now; whether it went back is
 * for the caller to judge. */
typedef struct WebauthnAnswer {
    Str said;
    Str authenticator;
    Str signature;
} WebauthnAnswer;
WebauthnResult webauthn_verify(Arena *arena, const WebauthnSite *site, Str challenge, const WebauthnKey *key,
                               const WebauthnAnswer *answer, int64_t *ret_uses);

/* base64url without padding to bytes; STR_NONE when it is none, or over 8 KiB. */
Str webauthn_bytes(Arena *arena, Str text);
/* And back. */
Str webauthn_text(Arena *arena, Str bytes);

#endif
