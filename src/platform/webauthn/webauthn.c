/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what a browser says about a passkey and has libfido2 verify it. */
#include "platform/webauthn/webauthn.h"

#include "base/fail.h"
#include "platform/crypto/crypto.h"

/* fido.h includes two headers of OpenSSL without using them, and base/banned.h does not let them pass. */
#define OPENSSL_EC_H
#define OPENSSL_EVP_H
#include <cbor.h>
#include <fido.h>
#include <jansson.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>
#include <string.h>

/* Of fido/es256.h, fido/eddsa.h and fido/rs256.h, which need those headers for other functions. */
es256_pk_t *es256_pk_new(void);
int es256_pk_from_ptr(es256_pk_t *key, const void *bytes, size_t length);
void es256_pk_free(es256_pk_t **key);
eddsa_pk_t *eddsa_pk_new(void);
int eddsa_pk_from_ptr(eddsa_pk_t *key, const void *bytes, size_t length);
void eddsa_pk_free(eddsa_pk_t **key);
rs256_pk_t *rs256_pk_new(void);
int rs256_pk_from_ptr(rs256_pk_t *key, const void *bytes, size_t length);
void rs256_pk_free(rs256_pk_t **key);

enum {
    BYTES_MOST = 8192,
    FLAGS_AT = 32, /* in the authenticator's data, behind the hash of the relying party */
    FLAG_PRESENT = 0x01,
    FLAG_VERIFIED = 0x04,
    FLAG_HAS_KEY = 0x40,
    ID_MOST = 1023, /* of a credential, by the standard */
    DATA_LEAST = 37,
    MAKER_BYTES = 16,
};

WebauthnSite webauthn_site(Arena *arena, Str origin) {
    Str rest = origin;
    Str host = STR_NONE;
    if (str_starts_with(rest, STR("https://"))) {
        rest = str_part(rest, 8, rest.length);
    } else if (str_starts_with(rest, STR("http://"))) {
        rest = str_part(rest, 7, rest.length);
    }
    str_cut(rest, ':', &host, &rest);
    str_cut(host, '/', &host, &rest);
    return (WebauthnSite){.origin = str_copy(arena, origin), .id = str_copy(arena, host)};
}

Str webauthn_bytes(Arena *arena, Str text) {
    if (text.length == 0 || text.length > BYTES_MOST) {
        return STR_NONE;
    }
    unsigned char *bytes = arena_get(arena, text.length);
    size_t length = 0;
    if (sodium_base642bin(bytes, text.length, text.at, text.length, NULL, &length, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
        return STR_NONE;
    }
    return (Str){.at = (const char *)bytes, .length = length};
}

Str webauthn_text(Arena *arena, Str bytes) {
    const size_t room = sodium_base64_encoded_len(bytes.length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_get(arena, room);
    sodium_bin2base64(text, room, (const unsigned char *)bytes.at, bytes.length,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(text);
}

static const unsigned char *octets(Str bytes) {
    return (const unsigned char *)bytes.at;
}

/* ---- what the browser says about itself ---- */

static Str member(json_t *said, const char *name) {
    const json_t *value = json_object_get(said, name);
    return json_is_string(value) ? (Str){.at = json_string_value(value), .length = json_string_length(value)}
                                 : STR_NONE;
}

static WebauthnResult said_judge(json_t *said, const WebauthnSite *site, Str type, Str challenge) {
    if (!str_equal(member(said, "type"), type)) {
        return WEBAUTHN_MALFORMED;
    }
    if (!crypto_equal(member(said, "challenge"), challenge)) {
        return WEBAUTHN_OTHER_CHALLENGE;
    }
    /* Asked for within a frame of another site: we have none. */
    const bool is_framed = json_is_true(json_object_get(said, "crossOrigin"));
    return is_framed || !str_equal(member(said, "origin"), site->origin) ? WEBAUTHN_OTHER_ORIGIN
                                                                         : WEBAUTHN_FITS;
}

static WebauthnResult said_check(Str text, const WebauthnSite *site, Str type, Str challenge) {
    json_t *said = json_loadb(text.at, text.length, JSON_REJECT_DUPLICATES, NULL);
    const WebauthnResult result =
        json_is_object(said) ? said_judge(said, site, type, challenge) : WEBAUTHN_MALFORMED;
    json_decref(said);
    return result;
}

/* ---- what the authenticator says ---- */

/* Whose hash stands in front, and whether somebody was there and proved it. */
static WebauthnResult data_check(const WebauthnSite *site, Str data) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    if (data.length < DATA_LEAST) {
        return WEBAUTHN_MALFORMED;
    }
    crypto_hash_sha256(hash, octets(site->id), site->id.length);
    if (sodium_memcmp(hash, data.at, sizeof hash) != 0) {
        return WEBAUTHN_OTHER_ORIGIN;
    }
    const unsigned flags = (unsigned char)data.at[FLAGS_AT];
    return (flags & FLAG_PRESENT) != 0 && (flags & FLAG_VERIFIED) != 0 ? WEBAUTHN_FITS : WEBAUTHN_UNVERIFIED;
}

static bool is_key(const cbor_item_t *item, const char *name) {
    return cbor_isa_string(item) && cbor_string_is_definite(item) &&
           cbor_string_length(item) == strlen(name) &&
           memcmp(cbor_string_handle(item), name, strlen(name)) == 0;
}

/* The authenticator's data out of { fmt, attStmt, authData }; STR_NONE when it is not that. The statement is
 * not looked at: none was asked for. */
static Str data_find(Arena *arena, const cbor_item_t *map) {
    if (!cbor_isa_map(map) || !cbor_map_is_definite(map)) {
        return STR_NONE;
    }
    const struct cbor_pair *pairs = cbor_map_handle(map);
    for (size_t at = 0; at < cbor_map_size(map); at++) {
        const cbor_item_t *value = pairs[at].value;
        if (is_key(pairs[at].key, "authData") && cbor_isa_bytestring(value) &&
            cbor_bytestring_is_definite(value) && cbor_bytestring_length(value) > 0) {
            return str_copy(arena, (Str){.at = (const char *)cbor_bytestring_handle(value),
                                         .length = cbor_bytestring_length(value)});
        }
    }
    return STR_NONE;
}

typedef struct Sizes {
    size_t most;
    bool is_absurd;
} Sizes;

static void size_check(void *context, uint64_t size) {
    Sizes *sizes = context;
    sizes->is_absurd = sizes->is_absurd || size > sizes->most;
}

/* An array or a map that says to have billions of items is not believed: libcbor would ask for their memory
 * at once. Each item takes a byte at least. */
static bool is_absurd(Str bytes) {
    struct cbor_callbacks callbacks = cbor_empty_callbacks;
    callbacks.array_start = size_check;
    callbacks.map_start = size_check;
    Sizes sizes = {.most = bytes.length};
    for (size_t at = 0; at < bytes.length && !sizes.is_absurd;) {
        const struct cbor_decoder_result step =
            cbor_stream_decode(octets(bytes) + at, bytes.length - at, &callbacks, &sizes);
        if (step.status != CBOR_DECODER_FINISHED) {
            return true;
        }
        at += step.read;
    }
    return sizes.is_absurd;
}

static Str attestation_read(Arena *arena, Str bytes) {
    if (is_absurd(bytes)) {
        return STR_NONE;
    }
    struct cbor_load_result result;
    cbor_item_t *map = cbor_load(octets(bytes), bytes.length, &result);
    if (map == NULL) {
        return STR_NONE;
    }
    const Str data = result.read == bytes.length ? data_find(arena, map) : STR_NONE;
    cbor_decref(&map);
    return data;
}

static bool is_known(int algorithm) {
    return algorithm == WEBAUTHN_ES256 || algorithm == WEBAUTHN_EDDSA || algorithm == WEBAUTHN_RS256;
}

static bool key_read(Arena *arena, fido_cred_t *cred, Str data, WebauthnKey *ret_key) {
    if (fido_cred_set_authdata_raw(cred, octets(data), data.length) != FIDO_OK ||
        !is_known(fido_cred_type(cred)) || fido_cred_id_len(cred) == 0 || fido_cred_id_len(cred) > ID_MOST ||
        fido_cred_pubkey_len(cred) == 0) {
        return false;
    }
    *ret_key = (WebauthnKey){
        .id = str_copy(arena, (Str){(const char *)fido_cred_id_ptr(cred), fido_cred_id_len(cred)}),
        .public_key =
            str_copy(arena, (Str){(const char *)fido_cred_pubkey_ptr(cred), fido_cred_pubkey_len(cred)}),
        .algorithm = fido_cred_type(cred),
        .uses = fido_cred_sigcount(cred),
    };
    return true;
}

/* What stands behind the credential's id: its key, and perhaps extensions. */
static Str key_bytes(Str data) {
    const size_t head = DATA_LEAST + MAKER_BYTES + 2;
    if (data.length < head) {
        return STR_NONE;
    }
    const unsigned char *length = octets(data) + head - 2;
    return str_part(data, head + (size_t)(length[0] << 8 | length[1]), data.length);
}

/* libfido2 wants to know the algorithm before it reads the key. */
static bool key_find(Arena *arena, Str data, WebauthnKey *ret_key) {
    if (is_absurd(key_bytes(data))) {
        return false;
    }
    static const int algorithms[] = {WEBAUTHN_ES256, WEBAUTHN_EDDSA, WEBAUTHN_RS256};
    bool is_read = false;
    for (size_t at = 0; !is_read && at < sizeof algorithms / sizeof algorithms[0]; at++) {
        fido_cred_t *cred = fido_cred_new();
        if (cred == NULL) {
            fail(FAIL_MEMORY, "no memory for a passkey");
        }
        is_read = fido_cred_set_type(cred, algorithms[at]) == FIDO_OK && key_read(arena, cred, data, ret_key);
        fido_cred_free(&cred);
    }
    return is_read;
}

WebauthnResult webauthn_register(Arena *arena, const WebauthnSite *site, Str challenge,
                                 const WebauthnNew *answer, WebauthnKey *ret_key) {
    const Str said = webauthn_bytes(arena, answer->said);
    const Str attestation = webauthn_bytes(arena, answer->attestation);
    if (str_is_empty(said) || str_is_empty(attestation)) {
        return WEBAUTHN_MALFORMED;
    }
    WebauthnResult result = said_check(said, site, STR("webauthn.create"), challenge);
    if (result != WEBAUTHN_FITS) {
        return result;
    }
    const Str data = attestation_read(arena, attestation);
    result = data_check(site, data);
    if (result != WEBAUTHN_FITS) {
        return result;
    }
    const bool has_key = ((unsigned char)data.at[FLAGS_AT] & FLAG_HAS_KEY) != 0;
    return has_key && key_find(arena, data, ret_key) ? WEBAUTHN_FITS : WEBAUTHN_MALFORMED;
}

/* ---- signing in ---- */

static bool es256_fits(fido_assert_t *assertion, Str bytes) {
    es256_pk_t *public = es256_pk_new();
    const bool fits = public != NULL && es256_pk_from_ptr(public, bytes.at, bytes.length) == FIDO_OK &&
                      fido_assert_verify(assertion, 0, COSE_ES256, public) == FIDO_OK;
    es256_pk_free(&public);
    return fits;
}

static bool eddsa_fits(fido_assert_t *assertion, Str bytes) {
    eddsa_pk_t *public = eddsa_pk_new();
    const bool fits = public != NULL && eddsa_pk_from_ptr(public, bytes.at, bytes.length) == FIDO_OK &&
                      fido_assert_verify(assertion, 0, COSE_EDDSA, public) == FIDO_OK;
    eddsa_pk_free(&public);
    return fits;
}

static bool rs256_fits(fido_assert_t *assertion, Str bytes) {
    rs256_pk_t *public = rs256_pk_new();
    const bool fits = public != NULL && rs256_pk_from_ptr(public, bytes.at, bytes.length) == FIDO_OK &&
                      fido_assert_verify(assertion, 0, COSE_RS256, public) == FIDO_OK;
    rs256_pk_free(&public);
    return fits;
}

static bool signature_fits(fido_assert_t *assertion, const WebauthnKey *key) {
    switch (key->algorithm) {
    case WEBAUTHN_ES256:
        return es256_fits(assertion, key->public_key);
    case WEBAUTHN_EDDSA:
        return eddsa_fits(assertion, key->public_key);
    case WEBAUTHN_RS256:
        return rs256_fits(assertion, key->public_key);
    default:
        return false;
    }
}

static bool assertion_fill(fido_assert_t *assertion, const char *site, Str said, Str data, Str signature) {
    return fido_assert_set_rp(assertion, site) == FIDO_OK &&
           fido_assert_set_clientdata(assertion, octets(said), said.length) == FIDO_OK &&
           fido_assert_set_count(assertion, 1) == FIDO_OK &&
           fido_assert_set_authdata_raw(assertion, 0, octets(data), data.length) == FIDO_OK &&
           fido_assert_set_sig(assertion, 0, octets(signature), signature.length) == FIDO_OK &&
           fido_assert_set_up(assertion, FIDO_OPT_TRUE) == FIDO_OK &&
           fido_assert_set_uv(assertion, FIDO_OPT_TRUE) == FIDO_OK;
}

WebauthnResult webauthn_verify(Arena *arena, const WebauthnSite *site, Str challenge, const WebauthnKey *key,
                               const WebauthnAnswer *answer, int64_t *ret_uses) {
    const Str said = webauthn_bytes(arena, answer->said);
    const Str data = webauthn_bytes(arena, answer->authenticator);
    const Str signature = webauthn_bytes(arena, answer->signature);
    if (str_is_empty(said) || str_is_empty(data) || str_is_empty(signature) ||
        is_absurd(str_part(data, DATA_LEAST, data.length))) {
        return WEBAUTHN_MALFORMED;
    }
    WebauthnResult result = said_check(said, site, STR("webauthn.get"), challenge);
    if (result == WEBAUTHN_FITS) {
        result = data_check(site, data);
    }
    if (result != WEBAUTHN_FITS) {
        return result;
    }
    const char *name = str_c(arena, site->id);
    fido_assert_t *assertion = fido_assert_new();
    if (assertion == NULL) {
        fail(FAIL_MEMORY, "no memory for a passkey");
    }
    result = WEBAUTHN_MALFORMED;
    if (assertion_fill(assertion, name, said, data, signature)) {
        result = signature_fits(assertion, key) ? WEBAUTHN_FITS : WEBAUTHN_WRONG_SIGNATURE;
        *ret_uses = fido_assert_sigcount(assertion, 0);
    }
    fido_assert_free(&assertion);
    return result;
}
