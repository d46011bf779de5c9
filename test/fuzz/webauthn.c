/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds bytes to the readers of passkeys (JSON, CBOR, authenticator data, signatures) and of typed codes. */
// needs: src/platform/webauthn/webauthn.c src/platform/webauthn/challenge.c src/platform/totp/totp.c
// needs: src/platform/crypto/crypto.c src/platform/url.c
// needs: -lfido2 -lcbor -ljansson -loath -lsodium
#include "platform/crypto/crypto.h"
#include "platform/totp/totp.h"
#include "platform/webauthn/webauthn.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHALLENGE STR("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH")

static Str said(Arena *arena, const char *type) {
    return webauthn_text(
        arena, str_print(arena, "{\"type\":\"%s\",\"challenge\":\"%.*s\",\"origin\":\"http://localhost\"}",
                         type, STR_ARGS(CHALLENGE)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const unsigned char key[32];
    if (size == 0 || size > 4096) {
        return 0;
    }
    crypto_start();
    Arena *arena = arena_new(1 << 20);
    const WebauthnSite site = webauthn_site(arena, STR("http://localhost"));
    const Str raw = {.at = (const char *)data, .length = size};
    const Str text = webauthn_text(arena, raw);
    WebauthnKey new = {.public_key = raw, .algorithm = WEBAUTHN_ES256};
    const WebauthnNew made = {.said = said(arena, "webauthn.create"), .attestation = text};
    (void)webauthn_register(arena, &site, CHALLENGE, &made, &new);
    const WebauthnNew spoken = {.said = text, .attestation = text};
    (void)webauthn_register(arena, &site, CHALLENGE, &spoken, &new);
    int64_t uses = 0;
    const Str half = webauthn_text(arena, str_part(raw, 0, size / 2));
    const WebauthnAnswer answer = {
        .said = said(arena, "webauthn.get"), .authenticator = text, .signature = half};
    (void)webauthn_verify(arena, &site, CHALLENGE, &new, &answer, &uses);
    assert(webauthn_challenge_check(arena, key, STR("fuzz"), (Time){1}, raw) == WEBAUTHN_CHALLENGE_OTHER);
    int64_t step = 0;
    if (str_is_clean(raw)) {
        (void)totp_check(arena, STR("12345678901234567890"), (Time){2000000000000000}, 0, raw, &step);
    }
    arena_free(arena);
    return 0;
}
