/* SPDX-License-Identifier: Apache-2.0 */
/* Text views against slow oracles and their limits. */
#include "test/unit.h"

#include "base/random.h"
#include "base/str.h"

#include <inttypes.h>
#include <wchar.h>

#define ASSERT_STR(wanted, got) assert_true(str_equal(STR(wanted), (got)))

static void test_none_is_not_empty(void **state) {
    (void)state;
    assert_true(str_is_none(str_of(NULL)));
    assert_false(str_is_none(str_of("")));
    assert_true(str_is_empty(STR_NONE) && str_is_empty(STR("")));
    assert_true(str_is_none(str_part(STR_NONE, 2, 3)));
    assert_int_equal(str_of("abc").length, 3);
}

static void test_comparing(void **state) {
    (void)state;
    assert_true(str_equal(STR("abc"), STR("abc")));
    assert_false(str_equal(STR("abc"), STR("abd")) || str_equal(STR("abc"), STR("ab")));
    assert_true(str_equal(STR_NONE, STR("")));
    assert_true(str_equal_ascii(STR("X-Az[@`{"), STR("x-aZ[@`{")));
    assert_false(str_equal_ascii(STR("a"), STR("ab")) || str_equal_ascii(STR("["), STR("{")));
    assert_true(str_starts_with(STR("abc"), STR("ab")) && str_starts_with(STR_NONE, STR("")));
    assert_false(str_starts_with(STR("a"), STR("ab")) || str_starts_with(STR("ba"), STR("a")));
    assert_true(str_ends_with(STR("abc"), STR("bc")) && str_ends_with(STR_NONE, STR_NONE));
    assert_false(str_ends_with(STR("c"), STR("bc")) || str_ends_with(STR("cb"), STR("c")));
    assert_true(str_compare(STR("a"), STR("b")) < 0 && str_compare(STR("ab"), STR("a")) > 0);
    assert_true(str_compare(STR("a"), STR("ab")) < 0 && str_compare(STR("a"), STR("a")) == 0);
    assert_true(str_compare(STR("\xC3"), STR("z")) > 0 && str_compare(STR_NONE, STR("")) == 0);
}

static bool slow_contains(Str str, Str part) {
    for (size_t start = 0; start + part.length <= str.length; start++) {
        if (str_equal(str_part(str, start, part.length), part)) {
            return true;
        }
    }
    return false;
}

/* Few letters, so that near hits, overlaps and real hits are all frequent. */
static Str short_text(Random *random, char *bytes, size_t most) {
    const size_t length = (size_t)random_below(random, most + 1);
    for (size_t index = 0; index < length; index++) {
        bytes[index] = "ab "[random_below(random, 3)];
    }
    return (Str){.at = bytes, .length = length};
}

static void test_contains_agrees_with_the_slow_way(void **state) {
    (void)state;
    Random random = random_seeded(2);
    int found = 0;
    for (int round = 0; round < 50000; round++) {
        char left[12];
        char right[4];
        const Str str = short_text(&random, left, sizeof left);
        const Str part = short_text(&random, right, sizeof right);
        assert_int_equal(str_contains(str, part), slow_contains(str, part));
        found += str_contains(str, part) ? 1 : 0;
    }
    assert_in_range(found, 10000, 40000); /* the property was tried from both sides */
    assert_true(str_contains(STR_NONE, STR_NONE));
    assert_false(str_contains(STR_NONE, STR("a")));
}

static void test_part_and_trim(void **state) {
    (void)state;
    ASSERT_STR("cd", str_part(STR("abcd"), 2, 99));
    ASSERT_STR("bc", str_part(STR("abcd"), 1, 2));
    assert_true(str_is_empty(str_part(STR("abcd"), 9, 1)));
    assert_false(str_is_none(str_part(STR("abcd"), 9, 1)));
    ASSERT_STR("bcd", str_part(STR("abcd"), 1, SIZE_MAX));
    ASSERT_STR("a b", str_trim(STR(" \t\xC2\xA0 a b\r\n\xC2\xA0")));
    ASSERT_STR("", str_trim(STR(" \xC2\xA0\r")));
    ASSERT_STR("\xC3\xA0", str_trim(STR("\xC3\xA0"))); /* ends in the byte A0 but is a letter */
    ASSERT_STR("\xC2\xA1", str_trim(STR("\xC2\xA1 ")));
    assert_true(str_is_none(str_trim(STR_NONE)));
}

static void test_cut_splits_and_joins(void **state) {
    (void)state;
    Random random = random_seeded(3);
    for (int round = 0; round < 20000; round++) {
        char bytes[10];
        const Str whole = short_text(&random, bytes, sizeof bytes);
        Str before = STR_NONE;
        Str after = whole; /* may point at the input */
        const bool is_cut = str_cut(after, ' ', &before, &after);
        assert_int_equal(is_cut, str_contains(whole, STR(" ")));
        assert_false(str_contains(before, STR(" ")));
        assert_true(str_starts_with(whole, before) && str_ends_with(whole, after));
        assert_int_equal(before.length + (is_cut ? 1 : 0) + after.length, whole.length);
    }
    Str before = STR("x");
    Str after = STR("x");
    assert_false(str_cut(STR_NONE, ',', &before, &after));
    assert_true(str_is_none(before) && str_is_empty(after));
}

static void copy_with_nul(void *context) {
    str_c(context, (Str){.at = "a\0b", .length = 3});
}

/* No character at all, so the C library refuses to format it. */
static const wint_t no_character = 0x7FFFFFFF;

static void print_no_character(void *context) {
    str_print(context, "%lc", no_character);
}

static void test_copies(void **state) {
    (void)state;
    Arena *arena = arena_new(10000);
    const Str source = STR("Hola, \xC3\x91\x41Z");
    const Str copy = str_copy(arena, source);
    assert_true(str_equal(copy, source) && copy.at != source.at);
    assert_true(str_is_none(str_copy(arena, STR_NONE)));
    assert_false(str_is_none(str_copy(arena, STR(""))));
    assert_string_equal(str_c(arena, str_part(source, 0, 4)), "Hola");
    assert_string_equal(str_c(arena, STR_NONE), "");
    ASSERT_FAILS(copy_with_nul, arena, FAIL_IO, "holds a NUL");
    ASSERT_FAILS(print_no_character, arena, FAIL_IO, "could not be formatted");
    ASSERT_STR("hola, \xC3\x91\x61z", str_lower_ascii(arena, source));
    assert_true(str_is_none(str_lower_ascii(arena, STR_NONE)));
    ASSERT_STR("7 of none", str_print(arena, "%d of %.*s", 7, STR_ARGS(STR("none"))));
    ASSERT_STR("", str_print(arena, "%.*s", STR_ARGS(STR_NONE)));
    arena_free(arena);
}

static void test_numbers_round_trip(void **state) {
    (void)state;
    Random random = random_seeded(4);
    for (int round = 0; round < 50000; round++) {
        const int64_t number =
            (int64_t)(random_next(&random) >> random_below(&random, 64)) * (round % 2 == 0 ? 1 : -1);
        char text[32];
        snprintf(text, sizeof text, "%" PRId64, number);
        int64_t read = 0;
        assert_true(str_to_int(str_of(text), INT64_MIN, INT64_MAX, &read));
        assert_true(read == number);
    }
}

static void test_numbers_out_of_range_or_shape_are_refused(void **state) {
    (void)state;
    int64_t number = 42;
    const char *const wrong[] = {"",
                                 "-",
                                 "+1",
                                 " 1",
                                 "1 ",
                                 "1.0",
                                 "0x1",
                                 "1a",
                                 "--1",
                                 "/",
                                 ":",
                                 "9223372036854775808",
                                 "-9223372036854775809",
                                 "99999999999999999999",
                                 "18446744073709551617"};
    for (size_t index = 0; index < sizeof wrong / sizeof wrong[0]; index++) {
        assert_false(str_to_int(str_of(wrong[index]), INT64_MIN, INT64_MAX, &number));
    }
    assert_false(str_to_int(STR_NONE, INT64_MIN, INT64_MAX, &number));
    assert_false(str_to_int(STR("11"), 0, 10, &number) || str_to_int(STR("-1"), 0, 10, &number));
    assert_int_equal(number, 42); /* never touched on failure */
    assert_true(str_to_int(STR("0010"), 0, 10, &number) && number == 10);
    assert_true(str_to_int(STR("-0"), 0, 10, &number) && number == 0);
    assert_true(str_to_int(STR("-9223372036854775808"), INT64_MIN, 0, &number) && number == INT64_MIN);
    assert_true(str_to_int(STR("9223372036854775807"), 0, INT64_MAX, &number) && number == INT64_MAX);
}

/* The oracle decodes by the general rule and checks that encoding the result again would be as long. */
static size_t slow_character(const unsigned char *bytes, size_t left) {
    const size_t length = bytes[0] < 0x80       ? 1
                          : bytes[0] >> 5 == 6  ? 2
                          : bytes[0] >> 4 == 14 ? 3
                          : bytes[0] >> 3 == 30 ? 4
                                                : 0;
    if (length == 0 || length > left) {
        return 0;
    }
    uint32_t point = length == 1 ? bytes[0] : bytes[0] & (0xFFU >> (length + 1));
    for (size_t index = 1; index < length; index++) {
        if (bytes[index] >> 6 != 2) {
            return 0;
        }
        point = point << 6 | (bytes[index] & 0x3FU);
    }
    const size_t shortest = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    const bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
    return point == 0 || point > 0x10FFFF || is_surrogate || shortest != length ? 0 : length;
}

/* True when clean, and then *ret_characters counts. */
static bool slow_is_clean(const unsigned char *bytes, size_t length, size_t *ret_characters) {
    *ret_characters = 0;
    for (size_t index = 0; index < length; (*ret_characters)++) {
        const size_t step = slow_character(bytes + index, length - index);
        if (step == 0) {
            return false;
        }
        index += step;
    }
    return true;
}

static void check_clean(const unsigned char *bytes, size_t length) {
    const Str str = {.at = (const char *)bytes, .length = length};
    size_t characters = 0;
    const bool wanted = slow_is_clean(bytes, length, &characters);
    if (str_is_clean(str) != wanted) {
        fail_msg("str_is_clean differs at %02x %02x %02x %02x", bytes[0], bytes[1], bytes[2], bytes[3]);
    }
    if (wanted && str_characters(str) != characters) {
        fail_msg("str_characters differs at %02x %02x %02x %02x", bytes[0], bytes[1], bytes[2], bytes[3]);
    }
}

static void test_clean_every_short_text(void **state) {
    (void)state;
    /* Third and fourth bytes only matter by their class, so the edges of each class stand for all. */
    static const unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F,
                                          0xA0, 0xBF, 0xC0, 0xC2, 0xF4, 0xFF};
    unsigned char bytes[4] = {0};
    for (unsigned pair = 0; pair < 0x10000; pair++) {
        bytes[0] = (unsigned char)(pair >> 8);
        bytes[1] = (unsigned char)(pair & 0xFF);
        check_clean(bytes, 1);
        check_clean(bytes, 2);
        for (size_t third = 0; third < sizeof edges; third++) {
            bytes[2] = edges[third];
            check_clean(bytes, 3);
            for (size_t fourth = 0; fourth < sizeof edges; fourth++) {
                bytes[3] = edges[fourth];
                check_clean(bytes, 4);
            }
        }
    }
    assert_true(str_is_clean(STR_NONE));
}

static void test_clean_long_texts(void **state) {
    (void)state;
    Random random = random_seeded(5);
    for (int round = 0; round < 100000; round++) {
        /* Mostly plain text, so that the quick way is taken, with one to three strange bytes in it. */
        unsigned char bytes[40];
        memset(bytes, 'a', sizeof bytes);
        const size_t length = 4 + (size_t)random_below(&random, sizeof bytes - 3);
        const size_t place = (size_t)random_below(&random, length - 2);
        random_bytes(&random, bytes + place, (size_t)random_below(&random, 4) % 3);
        if (round % 3 == 0) {
            memcpy(bytes + place, "\xC3\xB1", 2);
        }
        check_clean(bytes, length);
    }
}

static void test_first_characters_never_cuts_one(void **state) {
    (void)state;
    const Str text = STR("a\xC3\xB1\xE2\x82\xAC\xF0\x9F\x98\x80z");
    const size_t ends[] = {0, 1, 3, 6, 10, 11, 11};
    for (size_t count = 0; count < sizeof ends / sizeof ends[0]; count++) {
        assert_int_equal(str_first_characters(text, count).length, ends[count]);
    }
    assert_int_equal(str_characters(text), 5);
    assert_true(str_is_none(str_first_characters(STR_NONE, 3)));
}

static void test_excerpt_cuts_between_words(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 16);
    const char *rows[][2] = {
        {"He will not go to school", "He will\xE2\x80\xA6"},
        {"short", "short"},
        {"exactly ten", "exactly\xE2\x80\xA6"},
        {"unbreakablewords", "unbreakabl\xE2\x80\xA6"},
        {"ni\xC3\xB1o ni\xC3\xB1o ni\xC3\xB1o", "ni\xC3\xB1o ni\xC3\xB1o\xE2\x80\xA6"},
        {"", ""},
    };
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        assert_string_equal(str_c(arena, str_excerpt(arena, str_of(rows[at][0]), 10)), rows[at][1]);
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_excerpt_cuts_between_words),
        cmocka_unit_test(test_none_is_not_empty),
        cmocka_unit_test(test_comparing),
        cmocka_unit_test(test_contains_agrees_with_the_slow_way),
        cmocka_unit_test(test_part_and_trim),
        cmocka_unit_test(test_cut_splits_and_joins),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_numbers_round_trip),
        cmocka_unit_test(test_numbers_out_of_range_or_shape_are_refused),
        cmocka_unit_test(test_clean_every_short_text),
        cmocka_unit_test(test_clean_long_texts),
        cmocka_unit_test(test_first_characters_never_cuts_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
