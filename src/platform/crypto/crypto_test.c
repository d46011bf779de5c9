/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes, tokens and codes, and that nothing starts without its library. */
#include "test/unit.h"

#include "platform/crypto/crypto.h"
#include "test/one_arena.h"
#include "test/refuse.h"

#include <errno.h>

static void start(void *context) {
    (void)context;
    crypto_start();
}

static void test_nothing_starts_without_the_library(void **state) {
    (void)state;
    refuse("sodium_init", 0, ENOSYS);
    ASSERT_FAILS(start, NULL, FAIL_IO, "cannot start");
    assert_true(refuse_has_happened());
    crypto_start();
    crypto_start();
}

static bool is_made_of(Str text, const char *alphabet) {
    for (size_t at = 0; at < text.length; at++) {
        if (strchr(alphabet, text.at[at]) == NULL) {
            return false;
        }
    }
    return true;
}

/* As other programs make it: BLAKE2b-256 of purpose, zero byte, text. */
static void test_hashes(void **state) {
    (void)state;
    static const char wanted[] = "03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314";
    assert_true(str_equal(crypto_hash_hex(arena, NULL, STR(""), STR("")), str_of(wanted)));
    const unsigned char key[CRYPTO_KEY_BYTES] = {1};
    const Str raw = crypto_hash_raw(arena, key, STR("mail"), STR("ana"));
    const Str hex = crypto_hash_hex(arena, key, STR("mail"), STR("ana"));
    assert_int_equal(raw.length, CRYPTO_HASH_BYTES);
    for (size_t at = 0; at < raw.length; at++) {
        char digits[3];
        snprintf(digits, sizeof digits, "%02x", (unsigned)(unsigned char)raw.at[at]);
        assert_memory_equal(hex.at + 2 * at, digits, 2);
    }
    assert_false(str_equal(hex, crypto_hash_hex(arena, NULL, STR("mail"), STR("ana"))));
    assert_false(str_equal(hex, crypto_hash_hex(arena, key, STR("mai"), STR("lana"))));
}

static void test_tokens_and_codes(void **state) {
    (void)state;
    Random random = random_seeded(7);
    const Str token = crypto_token(arena, &random);
    assert_int_equal(token.length, 64);
    assert_true(is_made_of(token, "0123456789abcdef"));
    assert_false(str_equal(token, crypto_token(arena, &random)));
    const Str code = crypto_code(arena, &random, 200);
    assert_int_equal(code.length, 200);
    assert_true(is_made_of(code, "23456789abcdefghjkmnpqrstvwxyz")); /* none that is read for another */
    bool has_other_first = false;
    for (int times = 0; times < 50; times++) {
        const Str digits = crypto_digits(arena, &random);
        assert_int_equal(digits.length, 6);
        assert_true(is_made_of(digits, "0123456789"));
        has_other_first = has_other_first || digits.at[0] == '0'; /* not a number without its zeros */
    }
    assert_true(has_other_first);
}

static void test_equal(void **state) {
    (void)state;
    assert_true(crypto_equal(STR("abc"), STR("abc")));
    assert_false(crypto_equal(STR("abc"), STR("abd")));
    assert_false(crypto_equal(STR("abc"), STR("ab")));
    assert_true(crypto_equal(STR(""), STR("")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_starts_without_the_library),
        cmocka_unit_test(test_hashes),
        cmocka_unit_test(test_tokens_and_codes),
        cmocka_unit_test(test_equal),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
