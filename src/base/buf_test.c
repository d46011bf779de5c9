/* SPDX-License-Identifier: Apache-2.0 */
/* Growing texts: what was added is what is read, up to the maximum and not a byte beyond. */
#include "test/unit.h"

#include "base/buf.h"
#include "base/random.h"

#include <inttypes.h>
#include <wchar.h>

static void test_everything_added_is_there(void **state) {
    (void)state;
    Random random = random_seeded(6);
    Arena *arena = arena_new(1 << 20);
    for (int round = 0; round < 200; round++) {
        char wanted[4000];
        size_t length = 0;
        Buf buf = buf_new(arena, sizeof wanted);
        while (length < sizeof wanted - 60) {
            char piece[60];
            const int64_t number = (int64_t)random_next(&random) >> random_below(&random, 63);
            int size = snprintf(piece, sizeof piece, "%" PRId64, number);
            switch (random_below(&random, 4)) {
            case 0:
                buf_add_int(&buf, number);
                break;
            case 1:
                size = snprintf(piece, sizeof piece, "<%" PRId64 ">", number);
                buf_print(&buf, "<%" PRId64 ">", number);
                break;
            case 2:
                size = snprintf(piece, sizeof piece, "x");
                buf_add_char(&buf, 'x');
                break;
            default:
                buf_add(&buf, str_of(piece));
                break;
            }
            memcpy(wanted + length, piece, (size_t)size);
            length += (size_t)size;
            assert_true(str_equal(buf_str(&buf), (Str){.at = wanted, .length = length}));
        }
        arena_reset(arena);
    }
    arena_free(arena);
}

static void test_number_limits(void **state) {
    (void)state;
    Arena *arena = arena_new(10000);
    Buf buf = buf_new(arena, 100);
    buf_add_int(&buf, INT64_MIN);
    buf_add_int(&buf, 0);
    buf_add_int(&buf, INT64_MAX);
    assert_true(str_equal(buf_str(&buf), STR("-922337203685477580809223372036854775807")));
    arena_free(arena);
}

static void test_empty(void **state) {
    (void)state;
    Arena *arena = arena_new(10000);
    Buf buf = buf_new(arena, 0);
    assert_true(str_is_empty(buf_str(&buf)) && !str_is_none(buf_str(&buf)));
    buf_add(&buf, STR_NONE);
    buf_print(&buf, "%s", "");
    assert_int_equal(buf_str(&buf).length, 0);
    arena_free(arena);
}

static void add_one(void *context) {
    buf_add_char(context, 'x');
}

static void print_eleven(void *context) {
    buf_print(context, "%s", "12345678901");
}

/* No character at all, so the C library refuses to format it. */
static const wint_t no_character = 0x7FFFFFFF;

static void print_no_character(void *context) {
    buf_print(context, "%lc", no_character);
}

static void test_maximum_is_exact(void **state) {
    (void)state;
    Arena *arena = arena_new(100000);
    Buf buf = buf_new(arena, 1010);
    for (int count = 0; count < 1000; count++) {
        buf_add_char(&buf, 'a');
    }
    ASSERT_FAILS(print_eleven, &buf, FAIL_MEMORY, "past its maximum of 1010 bytes");
    assert_int_equal(buf_str(&buf).length, 1000);
    buf_print(&buf, "%s", "1234567890");
    assert_true(str_ends_with(buf_str(&buf), STR("aa1234567890")));
    ASSERT_FAILS(print_no_character, &buf, FAIL_IO, "could not be formatted");
    ASSERT_FAILS(add_one, &buf, FAIL_MEMORY, "past its maximum");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_added_is_there),
        cmocka_unit_test(test_number_limits),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_maximum_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
