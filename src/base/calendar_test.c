/* SPDX-License-Identifier: Apache-2.0 */
/* Civil days against the C library, and fields that overflow. */
#include "test/unit.h"

#include "base/calendar.h"

static void test_days(void **state) {
    (void)state;
    for (int64_t days = -719162; days < 200000; days += 1) {
        const time_t second = (time_t)(days * 86400);
        struct tm expected;
        assert_non_null(gmtime_r(&second, &expected));
        const Date date = calendar_date(days);
        if (date.year != expected.tm_year + 1900 || date.month != expected.tm_mon + 1 ||
            date.day != expected.tm_mday || calendar_weekday(days) != expected.tm_wday ||
            calendar_days(date.year, date.month, date.day) != days) {
            fail_msg("day %lld is read as %d-%d-%d", (long long)days, date.year, date.month, date.day);
        }
    }
}

static void test_overflow(void **state) {
    (void)state;
    assert_int_equal(calendar_days(2026, 13, 1), calendar_days(2027, 1, 1));
    assert_int_equal(calendar_days(2026, 0, 31), calendar_days(2025, 12, 31));
    assert_int_equal(calendar_days(2026, -11, 1), calendar_days(2025, 1, 1));
    assert_int_equal(calendar_days(2028, 2, 30), calendar_days(2028, 3, 1));
    assert_int_equal(calendar_date(INT64_MAX).year, 9999);
    assert_int_equal(calendar_date(INT64_MIN).year, 1);
}

static void test_local(void **state) {
    (void)state;
    const LocalTime local = calendar_local((Time){-1}, 0);
    assert_int_equal(local.date.year, 1969);
    assert_int_equal(local.date.day, 31);
    assert_int_equal(local.hour, 23);
    assert_int_equal(local.second, 59);
    const Time moment = {1785766500 * TIME_SECOND}; /* 2026-08-03 14:15 UTC */
    const LocalTime ahead = calendar_local(moment, 10 * TIME_HOUR);
    assert_int_equal(ahead.date.day, 4);
    assert_int_equal(ahead.hour, 0);
    assert_int_equal(ahead.weekday, 2);
    assert_int_equal(calendar_moment(ahead, 10 * TIME_HOUR).us, moment.us);
}

static void test_a_day_as_browsers_write_it(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 16);
    const Date leap = date_read(STR("2028-02-29"));
    assert_int_equal(leap.year, 2028);
    assert_int_equal(leap.month, 2);
    assert_int_equal(leap.day, 29);
    assert_int_equal(date_days(leap), calendar_days(2028, 2, 29));
    assert_true(str_equal(date_write(arena, leap), STR("2028-02-29")));
    assert_true(str_equal(date_write(arena, (Date){.year = 26, .month = 1, .day = 2}), STR("0026-01-02")));
    const Str none[] = {STR(""),           STR("soon"),       STR("2026-02-29"), STR("2026-13-01"),
                        STR("2026-01-32"), STR("2026-1-001"), STR("20260-1-01"), STR("2026-01-01 "),
                        STR("0000-01-01"), STR("2026-01-00"), STR("2026/01/01")};
    for (size_t at = 0; at < sizeof none / sizeof none[0]; at++) {
        assert_true(date_is_none(date_read(none[at])));
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_day_as_browsers_write_it),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_overflow),
        cmocka_unit_test(test_local),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
