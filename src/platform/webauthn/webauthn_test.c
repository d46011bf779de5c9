/* SPDX-License-Identifier: Apache-2.0 */
/* Challenges count for what they were made for, and for ten minutes; answers of a real browser fit, and no
 * other. */
#include "test/unit.h"

#include "platform/crypto/crypto.h"
#include "platform/webauthn/webauthn.h"
#include "platform/webauthn/webauthn_vectors.h"

static Arena *arena;
static const unsigned char secret[32] = "a key for tests, of 32 bytes...";
static const Time now = {1800000000 * (int64_t)1000000};

static int open_arena(void **state) {
    (void)state;
    crypto_start();
    arena = arena_new(32 << 20);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static void test_challenge(void **state) {
    (void)state;
    Random random = random_seeded(1);
    const Str one = webauthn_challenge(arena, &random, secret, STR("sign in"), now);
    assert_int_equal(webauthn_challenge_check(arena, secret, STR("sign in"), now, one),
                     WEBAUTHN_CHALLENGE_LIVES);
    assert_int_equal(webauthn_challenge_check(arena, secret, STR("add"), now, one), WEBAUTHN_CHALLENGE_OTHER);
    assert_int_equal(
        webauthn_challenge_check(arena, secret, STR("sign in"), time_after(now, 10 * TIME_MINUTE), one),
        WEBAUTHN_CHALLENGE_OLD);
    assert_int_equal(webauthn_challenge_check(arena, secret, STR("sign in"), now, STR("")),
                     WEBAUTHN_CHALLENGE_OTHER);
    assert_int_equal(webauthn_challenge_check(arena, secret, STR("sign in"), now, STR("!!")),
                     WEBAUTHN_CHALLENGE_OTHER);
    assert_false(str_equal(one, webauthn_challenge(arena, &random, secret, STR("sign in"), now)));
}

static void test_site(void **state) {
    (void)state;
    static const char *const rows[][2] = {{"https://support.example.org", "support.example.org"},
                                          {"http://localhost:8080", "localhost"},
                                          {"https://a.example:8443", "a.example"}};
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        const WebauthnSite site = webauthn_site(arena, str_of(rows[at][0]));
        assert_string_equal(str_c(arena, site.id), rows[at][1]);
        assert_string_equal(str_c(arena, site.origin), rows[at][0]);
    }
}

/* ---- a browser's answers ---- */

static WebauthnResult add(size_t at, Str attestation, WebauthnKey *ret_key) {
    const WebauthnSite site = webauthn_site(arena, STR(VECTOR_ORIGIN));
    const WebauthnNew answer = {.said = str_of(vectors[at].new_said), .attestation = attestation};
    return webauthn_register(arena, &site, STR(VECTOR_CHALLENGE), &answer, ret_key);
}

static WebauthnResult verify(const WebauthnKey *key, size_t at, const WebauthnAnswer *changed,
                             int64_t *ret_uses) {
    const WebauthnSite site = webauthn_site(arena, STR(VECTOR_ORIGIN));
    const WebauthnAnswer answer = {
        .said = str_is_none(changed->said) ? str_of(vectors[at].said) : changed->said,
        .authenticator =
            str_is_none(changed->authenticator) ? str_of(vectors[at].authenticator) : changed->authenticator,
        .signature = str_is_none(changed->signature) ? str_of(vectors[at].signature) : changed->signature};
    return webauthn_verify(arena, &site, STR(VECTOR_CHALLENGE), key, &answer, ret_uses);
}

static void test_every_kind_of_key(void **state) {
    (void)state;
    for (size_t at = 0; at < VECTOR_COUNT; at++) {
        WebauthnKey new = {0};
        assert_int_equal(add(at, str_of(vectors[at].attestation), &new), WEBAUTHN_FITS);
        assert_int_equal(new.algorithm, vectors[at].algorithm);
        assert_int_equal(new.uses, 1);
        assert_string_equal(str_c(arena, webauthn_text(arena, new.id)), vectors[at].id);
        int64_t uses = 0;
        assert_int_equal(verify(&new, at, &(WebauthnAnswer){0}, &uses), WEBAUTHN_FITS);
        assert_int_equal(uses, 2);
        /* The key of one does not fit the answer of another. */
        assert_int_equal(verify(&new, (at + 1) % VECTOR_COUNT, &(WebauthnAnswer){0}, &uses),
                         WEBAUTHN_WRONG_SIGNATURE);
        new.algorithm = -7777;
        assert_int_equal(verify(&new, at, &(WebauthnAnswer){0}, &uses), WEBAUTHN_WRONG_SIGNATURE);
    }
}

/* One bit changed, anywhere: nothing fits any more. */
static void test_no_bit_may_change(void **state) {
    (void)state;
    WebauthnKey new = {0};
    assert_int_equal(add(0, str_of(vectors[0].attestation), &new), WEBAUTHN_FITS);
    const char *const texts[] = {vectors[0].said, vectors[0].authenticator, vectors[0].signature};
    for (size_t which = 0; which < 3; which++) {
        const Str bytes = webauthn_bytes(arena, str_of(texts[which]));
        for (size_t at = 0; at < bytes.length; at++) {
            char *changed = arena_get(arena, bytes.length);
            memcpy(changed, bytes.at, bytes.length);
            changed[at] ^= 4;
            const Str text = webauthn_text(arena, (Str){changed, bytes.length});
            WebauthnAnswer answer = {0};
            *(which == 0 ? &answer.said : which == 1 ? &answer.authenticator : &answer.signature) = text;
            int64_t uses = 0;
            assert_int_not_equal(verify(&new, 0, &answer, &uses), WEBAUTHN_FITS);
        }
    }
}

static void test_other_places_and_questions(void **state) {
    (void)state;
    WebauthnKey new = {0};
    assert_int_equal(add(0, str_of(vectors[0].attestation), &new), WEBAUTHN_FITS);
    const WebauthnNew answer = {.said = str_of(vectors[0].new_said),
                                .attestation = str_of(vectors[0].attestation)};
    const WebauthnAnswer sent = {.said = str_of(vectors[0].said),
                                 .authenticator = str_of(vectors[0].authenticator),
                                 .signature = str_of(vectors[0].signature)};
    const WebauthnSite here = webauthn_site(arena, STR(VECTOR_ORIGIN));
    const WebauthnSite port = webauthn_site(arena, STR("http://localhost:8418"));
    const WebauthnSite other = {.origin = STR(VECTOR_ORIGIN), .id = STR("example.org")};
    const Str asked = STR(VECTOR_CHALLENGE);
    int64_t uses = 0;
    assert_int_equal(webauthn_register(arena, &port, asked, &answer, &new), WEBAUTHN_OTHER_ORIGIN);
    assert_int_equal(webauthn_register(arena, &other, asked, &answer, &new), WEBAUTHN_OTHER_ORIGIN);
    assert_int_equal(webauthn_register(arena, &here, STR("AAAA"), &answer, &new), WEBAUTHN_OTHER_CHALLENGE);
    assert_int_equal(webauthn_verify(arena, &port, asked, &new, &sent, &uses), WEBAUTHN_OTHER_ORIGIN);
    assert_int_equal(webauthn_verify(arena, &other, asked, &new, &sent, &uses), WEBAUTHN_OTHER_ORIGIN);
    assert_int_equal(webauthn_verify(arena, &here, STR("AAAA"), &new, &sent, &uses),
                     WEBAUTHN_OTHER_CHALLENGE);
    /* The words for one purpose do not serve another. */
    WebauthnAnswer crossed = sent;
    crossed.said = str_of(vectors[0].new_said);
    assert_int_equal(webauthn_verify(arena, &here, asked, &new, &crossed, &uses), WEBAUTHN_MALFORMED);
}

static Str said_with(const char *more) {
    return webauthn_text(
        arena, str_print(arena, "{\"type\":\"webauthn.create\",\"challenge\":\"%s\",\"origin\":\"%s\"%s}",
                         VECTOR_CHALLENGE, VECTOR_ORIGIN, more));
}

static void test_what_a_browser_may_say(void **state) {
    (void)state;
    const struct {
        Str said;
        WebauthnResult result;
    } rows[] = {
        {said_with(""), WEBAUTHN_FITS},
        {said_with(",\"crossOrigin\":false,\"more\":[1]"), WEBAUTHN_FITS},
        {said_with(",\"crossOrigin\":true"), WEBAUTHN_OTHER_ORIGIN},
        {said_with(",\"origin\":\"http://localhost:8417\""), WEBAUTHN_MALFORMED}, /* twice */
        {said_with(",,"), WEBAUTHN_MALFORMED},
        {webauthn_text(arena, STR("[]")), WEBAUTHN_MALFORMED},
        {STR(""), WEBAUTHN_MALFORMED},
        {STR("?"), WEBAUTHN_MALFORMED},
    };
    const WebauthnSite site = webauthn_site(arena, STR(VECTOR_ORIGIN));
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        const WebauthnNew answer = {.said = rows[at].said, .attestation = str_of(vectors[0].attestation)};
        WebauthnKey new;
        assert_int_equal(webauthn_register(arena, &site, STR(VECTOR_CHALLENGE), &answer, &new),
                         rows[at].result);
    }
}

/* The flags of the authenticator's data stand 32 bytes behind the hash of the site's name. */
static Str with_flags(unsigned char flags) {
    const Str bytes = webauthn_bytes(arena, str_of(vectors[0].attestation));
    char *changed = arena_get(arena, bytes.length);
    memcpy(changed, bytes.at, bytes.length);
    const char *hash =
        memmem(bytes.at, bytes.length, webauthn_bytes(arena, str_of(vectors[0].authenticator)).at, 32);
    assert_non_null(hash);
    changed[hash - bytes.at + 32] = (char)flags;
    return webauthn_text(arena, (Str){changed, bytes.length});
}

static void test_somebody_must_have_shown_themselves(void **state) {
    (void)state;
    WebauthnKey new;
    assert_int_equal(add(0, with_flags(0x45), &new), WEBAUTHN_FITS);
    assert_int_equal(add(0, with_flags(0x41), &new), WEBAUTHN_UNVERIFIED);
    assert_int_equal(add(0, with_flags(0x44), &new), WEBAUTHN_UNVERIFIED);
    assert_int_equal(add(0, with_flags(0x05), &new), WEBAUTHN_MALFORMED);
}

static void test_damaged_attestations(void **state) {
    (void)state;
    const Str bytes = webauthn_bytes(arena, str_of(vectors[0].attestation));
    WebauthnKey new;
    for (size_t length = 0; length < bytes.length; length++) {
        assert_int_not_equal(add(0, webauthn_text(arena, str_part(bytes, 0, length)), &new), WEBAUTHN_FITS);
    }
    const Str longer = str_print(arena, "%.*s", STR_ARGS(str_of(vectors[0].attestation)));
    assert_int_equal(add(0, str_print(arena, "%.*sAAAA", STR_ARGS(longer)), &new), WEBAUTHN_MALFORMED);
    static const char *const wrong[] = {"gA", "oA", "oWhhdXRoRGF0YQA", "oWhhdXRoRGF0YUA", "vw", "oQEC"};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        assert_int_equal(add(0, str_of(wrong[at]), &new), WEBAUTHN_MALFORMED);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_of_key),
        cmocka_unit_test(test_no_bit_may_change),
        cmocka_unit_test(test_other_places_and_questions),
        cmocka_unit_test(test_what_a_browser_may_say),
        cmocka_unit_test(test_somebody_must_have_shown_themselves),
        cmocka_unit_test(test_damaged_attestations),
        cmocka_unit_test(test_challenge),
        cmocka_unit_test(test_site),
    };
    return cmocka_run_group_tests_name("webauthn", tests, open_arena, close_arena);
}
