/* SPDX-License-Identifier: Apache-2.0 */
/* Challenges that carry their own proof: chance, an end, and a keyed hash over both and the purpose. */
#include "platform/crypto/crypto.h"
#include "platform/webauthn/webauthn.h"

#include <string.h>

enum {
    CHANCE_BYTES = 16,
    END_BYTES = 8,
    PROOF_BYTES = 16,
    ALL_BYTES = CHANCE_BYTES + END_BYTES + PROOF_BYTES
};
static const int64_t CHALLENGE_LIVES_US = 10 * TIME_MINUTE;

static Str proof_of(Arena *arena, const unsigned char *key, Str purpose, Str head) {
    const Str text = str_print(arena, "%.*s/%.*s", STR_ARGS(webauthn_text(arena, head)), STR_ARGS(purpose));
    return str_part(crypto_hash_raw(arena, key, STR("passkey challenge"), text), 0, PROOF_BYTES);
}

Str webauthn_challenge(Arena *arena, Random *random, const unsigned char *key, Str purpose, Time now) {
    char *bytes = arena_get(arena, ALL_BYTES);
    random_bytes(random, bytes, CHANCE_BYTES);
    const int64_t ends = now.us + CHALLENGE_LIVES_US;
    memcpy(bytes + CHANCE_BYTES, &ends, END_BYTES);
    const Str head = {.at = bytes, .length = CHANCE_BYTES + END_BYTES};
    memcpy(bytes + CHANCE_BYTES + END_BYTES, proof_of(arena, key, purpose, head).at, PROOF_BYTES);
    return webauthn_text(arena, (Str){.at = bytes, .length = ALL_BYTES});
}

WebauthnChallenge webauthn_challenge_check(Arena *arena, const unsigned char *key, Str purpose, Time now,
                                           Str challenge) {
    const Str bytes = webauthn_bytes(arena, challenge);
    if (bytes.length != ALL_BYTES) {
        return WEBAUTHN_CHALLENGE_OTHER;
    }
    const Str head = str_part(bytes, 0, CHANCE_BYTES + END_BYTES);
    if (!crypto_equal(str_part(bytes, CHANCE_BYTES + END_BYTES, PROOF_BYTES),
                      proof_of(arena, key, purpose, head))) {
        return WEBAUTHN_CHALLENGE_OTHER;
    }
    int64_t ends = 0;
    memcpy(&ends, bytes.at + CHANCE_BYTES, END_BYTES);
    return now.us < ends ? WEBAUTHN_CHALLENGE_LIVES : WEBAUTHN_CHALLENGE_OLD;
}
