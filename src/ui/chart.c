/* SPDX-License-Identifier: Apache-2.0 */
/* From values and moments to points of a picture. */
#include "ui/chart.h"

#include "base/buf.h"

#include <assert.h>

/* The place of `part` of `whole` on the way from `from` to `to`, to the nearest unit. In floating point, so
 * that centuries of microseconds do not overflow. */
static int64_t between(int64_t from, int64_t to, int64_t part, int64_t whole) {
    double share = (double)part / (double)whole;
    double exact = (double)from + share * (double)(to - from);
    return (int64_t)(exact + 0.5);
}

Chart chart_of(Arena *arena, const ChartValue *values, size_t count, int64_t least, int64_t most) {
    assert(most > least);
    ChartPoint *points = NEW_MANY(arena, count, ChartPoint);
    Buf line = buf_new(arena, count * 16 + 16);
    int64_t span = count == 0 ? 0 : time_between(values[0].at, values[count - 1].at);
    for (size_t at = 0; at < count; at++) {
        assert(values[at].value >= least && values[at].value <= most);
        int64_t x = span == 0
                        ? (CHART_LEFT + CHART_RIGHT) / 2
                        : between(CHART_LEFT, CHART_RIGHT, time_between(values[0].at, values[at].at), span);
        points[at] = (ChartPoint){
            .x = x, .y = between(CHART_BOTTOM, CHART_TOP, values[at].value - least, most - least)};
        buf_print(&line, "%s%lld,%lld", at == 0 ? "" : " ", (long long)points[at].x, (long long)points[at].y);
    }
    ChartMark *marks = NEW_MANY(arena, 3, ChartMark);
    const int64_t marked[] = {least, least + (most - least) / 2, most};
    for (size_t at = 0; at < 3; at++) {
        marks[at] = (ChartMark){.y = between(CHART_BOTTOM, CHART_TOP, marked[at] - least, most - least),
                                .value = marked[at]};
    }
    return (Chart){.points = {.items = points, .count = count},
                   .marks = {.items = marks, .count = 3},
                   .line = buf_str(&line),
                   .starts = STR(""),
                   .ends = STR(""),
                   .summary = STR("")};
}
