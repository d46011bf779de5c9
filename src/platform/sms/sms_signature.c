/* SPDX-License-Identifier: Apache-2.0 */
/* HMAC-SHA1 through nettle: libsodium has no SHA-1, libcurl brings nettle into the program already, and it
 * neither fails nor reads a configuration of its own. */
#include "platform/sms/sms_signature.h"

#include "platform/crypto/crypto.h"
#include "platform/send/send.h"

#include <nettle/hmac.h>
#include <sodium/utils.h>

enum { SIGNED_MOST = 256 * 1024 };

static int pair_compare(const void *left, const void *right) {
    const Pair *one = left;
    const Pair *other = right;
    const int order = str_compare(one->name, other->name);
    return order != 0 ? order : str_compare(one->value, other->value);
}

static bool is_same(const Pair *one, const Pair *other) {
    return str_equal(one->name, other->name) && str_equal(one->value, other->value);
}

static Str signed_words(Arena *arena, Str url, const Input *input) {
    Pair *pairs = NEW_MANY(arena, input->count + 1, Pair);
    for (size_t at = 0; at < input->count; at++) {
        pairs[at] = input->pairs[at];
    }
    qsort(pairs, input->count, sizeof pairs[0], pair_compare);
    Buf words = buf_new(arena, SIGNED_MOST);
    buf_add(&words, url);
    for (size_t at = 0; at < input->count; at++) {
        if (at == 0 || !is_same(&pairs[at - 1], &pairs[at])) {
            buf_add(&words, pairs[at].name);
            buf_add(&words, pairs[at].value);
        }
    }
    return buf_str(&words);
}

Str sms_signature(Arena *arena, Str token, Str url, const Input *input) {
    const Str words = signed_words(arena, url, input);
    struct hmac_sha1_ctx context;
    uint8_t mac[SHA1_DIGEST_SIZE];
    hmac_sha1_set_key(&context, token.length, (const uint8_t *)token.at);
    hmac_sha1_update(&context, words.length, (const uint8_t *)words.at);
    hmac_sha1_digest(&context, sizeof mac, mac);
    const size_t room = sodium_base64_ENCODED_LEN(sizeof mac, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_get(arena, room);
    sodium_bin2base64(text, room, mac, sizeof mac, sodium_base64_VARIANT_ORIGINAL);
    return str_of(text);
}

static Str token_of(const Scope *scope) {
    const Str own = send_secret(scope, "text.signing");
    return str_is_empty(own) ? send_secret(scope, "text.password") : own;
}

bool sms_is_signed(const Scope *scope, Str url, const Input *input, Str signature) {
    const Str token = token_of(scope);
    return !str_is_empty(token) && crypto_equal(signature, sms_signature(scope->arena, token, url, input));
}
