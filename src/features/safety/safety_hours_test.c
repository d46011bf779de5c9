/* SPDX-License-Identifier: Apache-2.0 */
/* Safe hours: what holds when, against a slow way that walks the wall clock minute by minute. */
#include "test/unit.h"

#include "base/random.h"
#include "features/safety/safety_hours.h"
#include "platform/zone/zone.h"
#include "test/database.h"

static const char *const zones[] = {"America/New_York",    "America/Los_Angeles", "America/Phoenix",
                                    "America/Anchorage",   "Pacific/Honolulu",    "America/Puerto_Rico",
                                    "Australia/Lord_Howe", "Asia/Kathmandu"};
enum { ZONES = sizeof zones / sizeof zones[0] };

static SafetyHours random_hours(Random *random) {
    SafetyHours hours = {.kind = SAFETY_ONLY_THEN};
    hours.count = 1 + random_below(random, SAFETY_WINDOWS_MOST);
    for (size_t at = 0; at < hours.count; at++) {
        SafetyWindow *window = &hours.windows[at];
        do {
            *window = (SafetyWindow){.days = 1 + (unsigned)random_below(random, 127),
                                     .from = (int)random_below(random, 96) * SAFETY_QUARTER,
                                     .to = (int)random_below(random, 96) * SAFETY_QUARTER};
        } while (!safety_window_is_valid(window));
    }
    return hours;
}

/* The slow way: which minutes of the week are safe, painted one by one. */
static void paint(const SafetyHours *hours, bool week[7 * SAFETY_DAY_MINUTES]) {
    memset(week, 0, 7 * SAFETY_DAY_MINUTES);
    for (size_t at = 0; at < hours->count; at++) {
        for (int day = 0; day < 7; day++) {
            const SafetyWindow *window = &hours->windows[at];
            if ((window->days >> day & 1U) == 0) {
                continue;
            }
            int minute = window->from;
            do {
                week[(day * SAFETY_DAY_MINUTES + minute) % (7 * SAFETY_DAY_MINUTES)] = true;
                minute++;
            } while (minute % SAFETY_DAY_MINUTES != window->to);
        }
    }
}

static bool is_painted(const bool *week, const Zone *zone, Time time) {
    const LocalTime local = zone_local(zone, time);
    return week[local.weekday * SAFETY_DAY_MINUTES + local.hour * 60 + local.minute];
}

/* Around both nights in which clocks change, and around any other. */
static Time random_moment(Random *random) {
    static const LocalTime nights[] = {{.date = {2026, 3, 8}},
                                       {.date = {2026, 11, 1}},
                                       {.date = {2026, 4, 5}},
                                       {.date = {2026, 10, 4}},
                                       {.date = {2026, 7, 1}}};
    const Time night = calendar_moment(nights[random_below(random, 5)], 0);
    return time_after(night, (int64_t)random_below(random, 72 * 3600) * TIME_SECOND - 24 * TIME_HOUR);
}

static void test_next_is_the_first_safe_moment(void **state) {
    (void)state;
    Random random = random_seeded(11);
    bool week[7 * SAFETY_DAY_MINUTES];
    int waited = 0;
    for (int round = 0; round < 600; round++) {
        const SafetyHours hours = random_hours(&random);
        const Zone *zone = zone_find(str_of(zones[random_below(&random, ZONES)]));
        const Time from = random_moment(&random);
        paint(&hours, week);
        assert_true(safety_hours_hold(&hours, zone, from) == is_painted(week, zone, from));
        const Time next = safety_hours_next(&hours, zone, from);
        assert_false(time_is_none(next));
        assert_true(is_painted(week, zone, next));
        if (next.us == from.us) {
            continue;
        }
        waited++;
        assert_true(time_is_before(from, next));
        for (Time at = from; time_is_before(at, next); at = time_after(at, TIME_MINUTE)) {
            assert_false(is_painted(week, zone, at));
        }
        assert_false(is_painted(week, zone, time_before(next, 1)));
    }
    assert_true(waited > 100);
}

static void test_both_hours_of_autumn_and_none_of_spring(void **state) {
    (void)state;
    const Zone *zone = zone_find(STR("America/New_York"));
    /* Sundays from one to two: twice an hour long when the clock goes back ... */
    const SafetyHours one = {.kind = SAFETY_ONLY_THEN, .windows = {{1U << 0, 60, 120}}, .count = 1};
    const Time first = zone_moment(zone, (LocalTime){.date = {2026, 11, 1}, .hour = 1});
    assert_true(safety_hours_hold(&one, zone, first));
    assert_true(safety_hours_hold(&one, zone, time_after(first, 119 * TIME_MINUTE)));
    assert_false(safety_hours_hold(&one, zone, time_after(first, 120 * TIME_MINUTE)));
    /* ... and from two to three there is no such hour when it goes forward: it is the week after. */
    const SafetyHours two = {.kind = SAFETY_ONLY_THEN, .windows = {{1U << 0, 120, 180}}, .count = 1};
    const Time before = zone_moment(zone, (LocalTime){.date = {2026, 3, 8}, .hour = 1});
    const Time next = safety_hours_next(&two, zone, before);
    assert_int_equal(next.us, zone_moment(zone, (LocalTime){.date = {2026, 3, 15}, .hour = 2}).us);
}

static void test_over_midnight(void **state) {
    (void)state;
    const Zone *zone = zone_find(STR("America/New_York"));
    const SafetyHours night = {.kind = SAFETY_ONLY_THEN, .windows = {{1U << 5, 22 * 60, 60}}, .count = 1};
    const LocalTime friday = {.date = {2026, 3, 6}};
    const Time midnight = zone_moment(zone, friday);
    assert_false(safety_hours_hold(&night, zone, time_after(midnight, 30 * TIME_MINUTE)));
    assert_true(safety_hours_hold(&night, zone, time_after(midnight, 22 * TIME_HOUR)));
    assert_true(safety_hours_hold(&night, zone, time_after(midnight, 24 * TIME_HOUR + 59 * TIME_MINUTE)));
    assert_false(safety_hours_hold(&night, zone, time_after(midnight, 25 * TIME_HOUR)));
}

static void test_written_and_read_back(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    Random random = random_seeded(12);
    for (int round = 0; round < 200; round++) {
        const SafetyHours hours = random_hours(&random);
        const SafetyHours back = safety_hours_read(safety_hours_write(arena, &hours));
        assert_int_equal(back.kind, SAFETY_ONLY_THEN);
        assert_int_equal(back.count, hours.count);
        assert_memory_equal(back.windows, hours.windows, hours.count * sizeof hours.windows[0]);
    }
    const SafetyHours never = {.kind = SAFETY_NEVER};
    assert_int_equal(safety_hours_read(safety_hours_write(arena, &never)).kind, SAFETY_NEVER);
    assert_int_equal(safety_hours_read(STR("")).kind, SAFETY_ANY_TIME);
    arena_free(arena);
}

/* What cannot be read must not make a phone ring. */
static void test_nonsense_means_never(void **state) {
    (void)state;
    static const char *const texts[] = {"never",
                                        "nonsense",
                                        "62:540",
                                        "0:540:900",
                                        "128:0:15",
                                        "62:540:540",
                                        "62:541:900",
                                        "62:540:1440",
                                        "62:540:900,",
                                        "62:540:900;",
                                        "1:0:15,1:0:15,1:0:15,1:0:15",
                                        ","};
    for (size_t at = 0; at < sizeof texts / sizeof texts[0]; at++) {
        const SafetyHours hours = safety_hours_read(str_of(texts[at]));
        if (strcmp(texts[at], "62:540:900,") == 0) { /* what is there is whole */
            assert_int_equal(hours.kind, SAFETY_ONLY_THEN);
            continue;
        }
        assert_int_equal(hours.kind, SAFETY_NEVER);
        assert_true(time_is_none(safety_hours_next(&hours, zone_find(STR("UTC")), time_now())));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_next_is_the_first_safe_moment),
        cmocka_unit_test(test_both_hours_of_autumn_and_none_of_spring),
        cmocka_unit_test(test_over_midnight),
        cmocka_unit_test(test_written_and_read_back),
        cmocka_unit_test(test_nonsense_means_never),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
