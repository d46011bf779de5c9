/* SPDX-License-Identifier: Apache-2.0 */
/* Charts: true proportions, the ends of the scale, one value, many, and absurd spans. */
#include "test/unit.h"

#include "ui/chart.h"

#include <string.h>

static Arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)4 << 20);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static Time day(int64_t days) {
    return (Time){days * TIME_DAY};
}

static void test_proportions(void **state) {
    (void)state;
    const ChartValue values[] = {{day(10), 0}, {day(20), 5}, {day(50), 10}};
    Chart chart = chart_of(arena, values, 3, 0, 10);
    assert_int_equal(chart.points.count, 3);
    assert_int_equal(chart.points.items[0].x, CHART_LEFT);
    assert_int_equal(chart.points.items[0].y, CHART_BOTTOM);
    assert_int_equal(chart.points.items[1].x, CHART_LEFT + (CHART_RIGHT - CHART_LEFT) / 4);
    assert_int_equal(chart.points.items[1].y, (CHART_TOP + CHART_BOTTOM) / 2);
    assert_int_equal(chart.points.items[2].x, CHART_RIGHT);
    assert_int_equal(chart.points.items[2].y, CHART_TOP);
    assert_true(str_equal(chart.line, STR("32,124 100,70 304,16")));
    assert_int_equal(chart.marks.count, 3);
    assert_int_equal(chart.marks.items[1].value, 5);
    assert_int_equal(chart.marks.items[1].y, (CHART_TOP + CHART_BOTTOM) / 2);
}

static void test_nothing_and_one(void **state) {
    (void)state;
    Chart none = chart_of(arena, NULL, 0, 0, 10);
    assert_int_equal(none.points.count, 0);
    assert_true(str_equal(none.line, STR("")));
    const ChartValue one = {day(3), 7};
    Chart chart = chart_of(arena, &one, 1, 0, 10);
    assert_int_equal(chart.points.items[0].x, (CHART_LEFT + CHART_RIGHT) / 2);
    const ChartValue twice[] = {{day(3), 7}, {day(3), 2}};
    chart = chart_of(arena, twice, 2, 0, 10);
    assert_int_equal(chart.points.items[1].x, (CHART_LEFT + CHART_RIGHT) / 2);
    assert_true(chart.points.items[1].y > chart.points.items[0].y);
}

/* Whatever comes in order of time stays on the picture and keeps its order. */
static void test_many(void **state) {
    (void)state;
    ChartValue values[200];
    for (size_t at = 0; at < 200; at++) {
        values[at] = (ChartValue){{(int64_t)(at * at * at) * INT64_C(500000000000)}, (int64_t)(at * 7 % 11)};
    }
    Chart chart = chart_of(arena, values, 200, 0, 10);
    for (size_t at = 0; at < 200; at++) {
        const ChartPoint *point = &chart.points.items[at];
        assert_in_range(point->x, CHART_LEFT, CHART_RIGHT);
        assert_in_range(point->y, CHART_TOP, CHART_BOTTOM);
        assert_true(at == 0 || point->x >= chart.points.items[at - 1].x);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_proportions, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_and_one, setup, teardown),
        cmocka_unit_test_setup_teardown(test_many, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
