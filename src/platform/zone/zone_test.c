/* SPDX-License-Identifier: Apache-2.0 */
/* Zones against the C library's own reading of the system's tables, and wall clocks at both changes. */
#include "test/unit.h"

#include "platform/zone/zone.h"

/* The C library's offset, by way of TZ. */
static int64_t oracle_offset(int64_t second) {
    const time_t moment = (time_t)second;
    struct tm local;
    assert_non_null(localtime_r(&moment, &local));
    return local.tm_gmtoff;
}

static void test_offsets(void **state) {
    (void)state;
    static const char *const names[] = {
        "America/New_York",
        "America/Puerto_Rico",
        "America/Los_Angeles",
        "America/Phoenix",
        "America/Chicago",
        "America/Denver",
        "America/Anchorage",
        "Pacific/Honolulu",
        "Europe/Madrid",
        "Asia/Kolkata",
        "UTC",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const Zone *zone = zone_find(str_of(names[i]));
        assert_non_null(zone);
        assert_int_equal(setenv("TZ", names[i], 1), 0);
        tzset();
        const int64_t first = calendar_days(1995, 1, 1) * 86400;
        const int64_t last = calendar_days(2045, 1, 1) * 86400;
        int64_t before = oracle_offset(first);
        for (int64_t second = first; second < last; second += 1800) {
            const int64_t expected = oracle_offset(second);
            const int64_t is = zone->offset_us(zone, (Time){second * TIME_SECOND}) / TIME_SECOND;
            if (is != expected) {
                const Date date = calendar_date(second / 86400);
                fail_msg("%s on %d-%02d-%02d: offset %lld, not %lld", names[i], date.year, date.month,
                         date.day, (long long)is, (long long)expected);
            }
            /* A change must fall on its very second. */
            if (expected != before) {
                assert_int_equal(zone->offset_us(zone, (Time){(second - 1) * TIME_SECOND}) / TIME_SECOND,
                                 before);
            }
            before = expected;
        }
    }
}

static void test_names(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",           "Nowhere/City", "../../etc/passwd", "America/New York", "/etc/localtime",
        "America/..", "America"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_null(zone_find(str_of(bad[i])));
    }
    assert_ptr_equal(zone_find(STR("America/Phoenix")), zone_find(STR("America/Phoenix")));
    assert_ptr_equal(zone_find(STR("UTC")), zone_find(STR("UTC")));
}

static LocalTime reading(int year, int month, int day, int hour, int minute) {
    return (LocalTime){
        .date = {.year = (int16_t)year, .month = (int8_t)month, .day = (int8_t)day},
        .hour = (int8_t)hour,
        .minute = (int8_t)minute,
    };
}

static void check_local(const Zone *zone, Time time, LocalTime expected) {
    const LocalTime local = zone_local(zone, time);
    assert_int_equal(local.date.year, expected.date.year);
    assert_int_equal(local.date.month, expected.date.month);
    assert_int_equal(local.date.day, expected.date.day);
    assert_int_equal(local.hour, expected.hour);
    assert_int_equal(local.minute, expected.minute);
}

static void test_changes(void **state) {
    (void)state;
    const Zone *zone = zone_find(STR("America/New_York"));
    /* 2026-03-08: 02:00 becomes 03:00. A reading in between means what it would without the change. */
    const Time skipped = zone_moment(zone, reading(2026, 3, 8, 2, 30));
    assert_int_equal(skipped.us, (calendar_days(2026, 3, 8) * 86400 + 7 * 3600 + 1800) * TIME_SECOND);
    check_local(zone, skipped, reading(2026, 3, 8, 3, 30));
    /* 2026-11-01: 02:00 becomes 01:00. Of two, the first. */
    const Time twice = zone_moment(zone, reading(2026, 11, 1, 1, 30));
    assert_int_equal(twice.us, (calendar_days(2026, 11, 1) * 86400 + 5 * 3600 + 1800) * TIME_SECOND);
    check_local(zone, time_after(twice, TIME_HOUR), reading(2026, 11, 1, 1, 30));
    /* The same in the next year, and overflow of a day. */
    assert_int_equal(zone_moment(zone, reading(2027, 3, 14, 3, 0)).us,
                     (calendar_days(2027, 3, 14) * 86400 + 7 * 3600) * TIME_SECOND);
    assert_int_equal(zone_moment(zone, reading(2027, 10, 38, 12, 0)).us,
                     zone_moment(zone, reading(2027, 11, 7, 12, 0)).us);
}

static void test_round_trip(void **state) {
    (void)state;
    const Zone *zone = zone_find(STR("America/Los_Angeles"));
    const int64_t first = calendar_days(2026, 1, 1) * 86400;
    for (int64_t second = first; second < first + 2 * 366 * 86400; second += 900) {
        const Time time = {second * TIME_SECOND};
        const Time back = zone_moment(zone, zone_local(zone, time));
        /* Only in the doubled hour is another moment found: the same reading, an hour earlier. */
        if (back.us != time.us) {
            assert_int_equal(time_between(back, time), TIME_HOUR);
            check_local(zone, back, zone_local(zone, time));
        }
    }
}

static void test_business_days(void **state) {
    (void)state;
    const Zone *zone = zone_find(STR("America/New_York"));
    /* Friday before the change in spring, at 09:00: the next business day is Monday, at 09:00. */
    const Time friday = zone_moment(zone, reading(2026, 3, 6, 9, 0));
    const Time monday = zone_after_business_days(zone, friday, 1);
    check_local(zone, monday, reading(2026, 3, 9, 9, 0));
    assert_int_equal(time_between(friday, monday), 71 * TIME_HOUR);
    check_local(zone, zone_after_business_days(zone, friday, 5), reading(2026, 3, 13, 9, 0));
    check_local(zone, zone_after_business_days(zone, zone_moment(zone, reading(2026, 3, 7, 9, 0)), 1),
                reading(2026, 3, 9, 9, 0));
    assert_int_equal(zone_after_business_days(zone, time_after(friday, 7), 0).us, friday.us + 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_offsets),       cmocka_unit_test(test_names),
        cmocka_unit_test(test_changes),       cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_business_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
