/* SPDX-License-Identifier: Apache-2.0 */
/* The standard's own vectors, the window, replay, and clocks that are wrong. */
#include "test/unit.h"

#include "platform/totp/totp.h"

static Arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

#define SECRET STR("12345678901234567890")

/* RFC 6238, appendix B: its codes have eight digits, of which an app with six shows the last. */
static void test_vectors_of_the_standard(void **state) {
    (void)state;
    static const struct {
        int64_t seconds;
        const char *code;
    } rows[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        const Time when = {rows[at].seconds * TIME_SECOND};
        assert_string_equal(str_c(arena, totp_code(arena, SECRET, totp_step(when))), rows[at].code);
    }
}

static TotpResult at_offset(int64_t steps, int64_t last, int64_t *ret_step) {
    const Time now = {2000000000 * (int64_t)TIME_SECOND};
    const Str code = totp_code(arena, SECRET, totp_step(now) + steps);
    return totp_check(arena, SECRET, now, last, code, ret_step);
}

static void test_window_of_one_step(void **state) {
    (void)state;
    const int64_t now = 2000000000 / 30;
    for (int64_t steps = -1; steps <= 1; steps++) {
        int64_t step = 0;
        assert_int_equal(at_offset(steps, 0, &step), TOTP_FITS);
        assert_int_equal(step, now + steps);
    }
}

static void test_a_used_step_never_counts_again(void **state) {
    (void)state;
    const int64_t now = 2000000000 / 30;
    int64_t step = 0;
    assert_int_equal(at_offset(0, now, &step), TOTP_USED);
    assert_int_equal(at_offset(-1, now, &step), TOTP_USED);
    assert_int_equal(at_offset(1, now, &step), TOTP_FITS);
}

static void test_a_wrong_clock_is_told(void **state) {
    (void)state;
    const int64_t now = 2000000000 / 30;
    int64_t step = 0;
    assert_int_equal(at_offset(2, 0, &step), TOTP_SKEWED);
    assert_int_equal(step, now + 2);
    assert_int_equal(at_offset(-20, 0, &step), TOTP_SKEWED);
    assert_int_equal(step, now - 20);
    assert_int_equal(at_offset(-21, 0, &step), TOTP_WRONG);
    /* One that was used, and is old by now, is only old. */
    assert_int_equal(at_offset(-5, now - 5, &step), TOTP_WRONG);
}

/* Our own clock was two hours ahead when the last code was used, and is right again. */
static void test_our_clock_went_back(void **state) {
    (void)state;
    const int64_t now = 2000000000 / 30;
    int64_t step = 0;
    assert_int_equal(at_offset(0, now + 240, &step), TOTP_SKEWED);
    assert_int_equal(step, now + 240);
    assert_int_equal(at_offset(0, now + 1, &step), TOTP_USED);
}

/* A phone that is a minute and a half off: a clear answer, not "wrong". */
static void test_ninety_seconds_off(void **state) {
    (void)state;
    const int64_t now = 2000000000 / 30;
    for (int64_t steps = -3; steps <= 3; steps += 6) {
        int64_t step = 0;
        assert_int_equal(at_offset(steps, 0, &step), TOTP_SKEWED);
        assert_int_equal(step, now + steps);
    }
}

static void test_what_people_type(void **state) {
    (void)state;
    const Time now = {2000000000 * (int64_t)TIME_SECOND};
    int64_t step = 0;
    assert_int_equal(totp_check(arena, SECRET, now, 0, STR(" 279-037 "), &step), TOTP_FITS);
    static const char *const wrong[] = {"", "27903", "2790371", "27903a", "279037\n", "------", "999999"};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        assert_int_equal(totp_check(arena, SECRET, now, 0, str_of(wrong[at]), &step), TOTP_WRONG);
    }
    /* Near the beginning of time there are no steps before. */
    assert_int_equal(totp_check(arena, SECRET, (Time){TIME_SECOND}, 0, STR("000000"), &step), TOTP_WRONG);
}

static void test_for_the_app(void **state) {
    (void)state;
    assert_string_equal(str_c(arena, totp_secret_words(arena, SECRET)),
                        "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    assert_string_equal(str_c(arena, totp_address(arena, STR("been there"), STR("Ana & Luz"), SECRET)),
                        "otpauth://totp/been%20there:Ana%20%26%20Luz?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        "&issuer=been%20there");
    Random random = random_seeded(1);
    const Str one = totp_secret(arena, &random);
    assert_int_equal(one.length, TOTP_SECRET_BYTES);
    assert_false(str_equal(one, totp_secret(arena, &random)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors_of_the_standard),
        cmocka_unit_test(test_window_of_one_step),
        cmocka_unit_test(test_a_used_step_never_counts_again),
        cmocka_unit_test(test_a_wrong_clock_is_told),
        cmocka_unit_test(test_our_clock_went_back),
        cmocka_unit_test(test_ninety_seconds_off),
        cmocka_unit_test(test_what_people_type),
        cmocka_unit_test(test_for_the_app),
    };
    return cmocka_run_group_tests_name("totp", tests, open_arena, close_arena);
}
