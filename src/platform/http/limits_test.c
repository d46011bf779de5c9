/* SPDX-License-Identifier: Apache-2.0 */
/* The rates of limits.h, and a flood of addresses. */
#include "test/unit.h"

#include "platform/crypto/crypto.h"
#include "platform/http/limits.h"

static Time at(int64_t us) {
    return (Time){INT64_C(1000000000) + us};
}

static int taken(Limits *limits, LimitClass class, Str who, Time now, int tries) {
    int count = 0;
    int wait = 0;
    for (int each = 0; each < tries; each++) {
        count += limits_take(limits, class, who, now, &wait);
    }
    return count;
}

/* As limits.h says them: so many at once, and how soon the next. */
static void test_rates(void **state) {
    (void)state;
    static const struct {
        LimitClass class;
        int burst;
        int64_t every_us;
    } rates[] = {
        {LIMIT_PAGE_BLOCK, 400, TIME_SECOND / 40},
        {LIMIT_POST_STRANGER, 60, 2 * TIME_SECOND},
        {LIMIT_PAGE_PERSON, 200, TIME_SECOND / 10},
        {LIMIT_POST_PERSON, 60, TIME_SECOND / 2},
        {LIMIT_SIGN_IN, 30, 5 * TIME_SECOND},
        {LIMIT_SIGN_IN_ALL, 600, TIME_SECOND / 30},
        {LIMIT_ASK, 60, 3 * TIME_SECOND},
        {LIMIT_IMPORT, 12, 10 * TIME_SECOND},
        {LIMIT_SEARCH, 40, TIME_SECOND},
        {LIMIT_DOWNLOAD, 20, 5 * TIME_SECOND},
    };
    Limits *limits = limits_new();
    for (size_t index = 0; index < sizeof rates / sizeof rates[0]; index++) {
        const LimitClass class = rates[index].class;
        const int burst = rates[index].burst;
        const int64_t every = rates[index].every_us;
        assert_int_equal(taken(limits, class, STR("one"), at(0), 2 * burst), burst);
        assert_int_equal(taken(limits, class, STR("one"), at(every - 2), 1), 0);
        assert_int_equal(taken(limits, class, STR("one"), at(every + 1), 5), 1);
        assert_int_equal(taken(limits, class, STR("other"), at(0), 1),
                         1); /* who is another's is not held up */
        int wait = 0;
        assert_false(limits_take(limits, class, STR("one"), at(every + 1), &wait));
        assert_true(wait >= 1 && wait <= (int)(every / TIME_SECOND) + 1);
        assert_int_equal(taken(limits, class, STR("one"), at(3 * every * burst), 2 * burst), burst);
    }
}

/* More visitors than the table has room for: the busiest are still held, the quiet are let through. */
static void test_flood_of_addresses(void **state) {
    (void)state;
    Limits *limits = limits_new();
    assert_int_equal(taken(limits, LIMIT_SIGN_IN, STR("busy"), at(0), 40), 30);
    int refused = 0;
    for (int number = 0; number < 200000; number++) {
        const Str who = {.at = (const char *)&number, .length = sizeof number};
        refused += 1 - taken(limits, LIMIT_SIGN_IN, who, at(0), 1);
    }
    assert_int_equal(refused, 0);
    assert_int_equal(taken(limits, LIMIT_SIGN_IN, STR("busy"), at(0), 10), 0);
}

int main(void) {
    crypto_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_flood_of_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
