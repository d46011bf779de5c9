/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens there and back, tokens that are none, percent-encoding against a slow twin, foreign addresses. */
#include "test/unit.h"

#include "base/random.h"
#include "platform/url.h"

enum { ROUNDS = 20000 };

static void test_tokens(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    Random random = random_seeded(1);
    for (int i = 0; i < ROUNDS; i++) {
        const int64_t id = i == 0 ? 1 : i == 1 ? INT64_MAX : random_id(&random) >> (i % 60) | 1;
        Buf buf = buf_new(arena, 64);
        url_add_id(&buf, id);
        assert_int_equal(buf.length, ID_TOKEN_LENGTH);
        int64_t back = 0;
        assert_true(url_read_id(buf_str(&buf), &back));
        assert_int_equal(back, id);
        for (size_t j = 0; j < buf.length; j++) {
            buf.bytes[j] = (char)toupper((unsigned char)buf.bytes[j]);
        }
        assert_true(url_read_id(buf_str(&buf), &back));
        assert_int_equal(back, id);
        arena_reset(arena);
    }
    arena_free(arena);
}

static void test_bad_tokens(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        "000000000000",   /* short */
        "00000000000001", /* long */
        "0000000000000",  /* the id 0 */
        "8000000000000",  /* 2^63 */
        "zzzzzzzzzzzzz",
        "000000000000i",
        "000000000000l",
        "000000000000o",
        "000000000000u",
        "000000000000-",
        "00000000000 1",
        "-000000000001",
        "+000000000001",
        "00000000000\xC3\xA9",
    };
    int64_t id = 7;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(url_read_id(str_of(bad[i]), &id));
    }
    assert_false(url_read_id(STR_NONE, &id));
    assert_int_equal(id, 7);
    assert_true(url_read_id(STR("7ZZZZZZZZZZZZ"), &id));
    assert_int_equal(id, INT64_MAX);
}

/* With one byte swapped for another it is no token, or the token of another id, never the same id. */
static void test_one_spelling(void **state) {
    (void)state;
    char token[] = "3a5cxk9m2vq7t";
    int64_t id = 0;
    assert_true(url_read_id(str_of(token), &id));
    for (size_t i = 0; i < ID_TOKEN_LENGTH; i++) {
        const char kept = token[i];
        for (int byte = 1; byte < 256; byte++) {
            token[i] = (char)byte;
            int64_t other = 0;
            if (tolower(byte) != kept && url_read_id(str_of(token), &other)) {
                assert_int_not_equal(other, id);
            }
        }
        token[i] = kept;
    }
}

static void test_word(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    Random random = random_seeded(2);
    for (int round = 0; round < ROUNDS; round++) {
        char bytes[32];
        const size_t length = random_below(&random, sizeof bytes);
        random_bytes(&random, bytes, length);
        Buf buf = buf_new(arena, 4096);
        url_add_word(&buf, (Str){.at = bytes, .length = length});
        /* Decode slowly; only the unreserved characters may stand bare. */
        size_t at = 0;
        for (size_t i = 0; i < length; i++) {
            const char byte = buf.bytes[at];
            if (byte == '%') {
                char digits[3] = {buf.bytes[at + 1], buf.bytes[at + 2], '\0'};
                assert_int_equal(strtol(digits, NULL, 16), (unsigned char)bytes[i]);
                assert_null(memchr("-._~", bytes[i], 4));
                at += 3;
            } else {
                assert_true(
                    strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~", byte));
                assert_int_equal(byte, bytes[i]);
                at++;
            }
        }
        assert_int_equal(at, buf.length);
        arena_reset(arena);
    }
    arena_free(arena);
}

static void check_url(Url url, const char *expected) {
    assert_int_equal(url.text.length, strlen(expected));
    assert_memory_equal(url.text.at, expected, url.text.length);
}

static void test_makers(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    check_url(url_tel(arena, STR("+1 (787) 555-0101")), "tel:+17875550101");
    check_url(url_tel(arena, STR("787+5550101 ext. 3")), "tel:78755501013");
    check_url(url_sms(arena, STR("988")), "sms:988");
    check_url(url_mailto(arena, STR("ana+x@example.org?bcc=b@example.org\r\n")),
              "mailto:ana%2Bx@example.org%3Fbcc%3Db@example.org");
    assert_true(str_is_none(url_tel(arena, STR_NONE).text));
    assert_true(str_is_none(url_mailto(arena, STR_NONE).text));
    const Url once = url_with(arena, (Url){STR("/board")}, STR("q"), STR("a&b=c"));
    check_url(once, "/board?q=a%26b%3Dc");
    check_url(url_with(arena, once, STR("page"), STR("2")), "/board?q=a%26b%3Dc&page=2");
    check_url(url_back(arena, STR("/ask/need")), "/ask/need");
    static const char *const outside[] = {
        "",     "ask",   "//evil.example", "https://evil.example", "/\\evil", "/a?b", "/a#b",
        "/a b", "/a%2F", "/a\r\nb",        "javascript:alert(1)"};
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        check_url(url_back(arena, str_of(outside[i])), "/");
    }
    check_url(url_back(arena, STR_NONE), "/");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens), cmocka_unit_test(test_bad_tokens), cmocka_unit_test(test_one_spelling),
        cmocka_unit_test(test_word),   cmocka_unit_test(test_makers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
