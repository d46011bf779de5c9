/* SPDX-License-Identifier: Apache-2.0 */
/* A small line chart: values at moments become points on a picture, drawn by the template chart_picture().
 *
 * Pure: the same values give the same points. The picture is CHART_WIDTH by CHART_HEIGHT units; time runs
 * from left to right in true proportion, values from `least` at the bottom to `most` at the top. */
#ifndef CHART_H
#define CHART_H

#include "base/str.h"
#include "base/time.h"

enum {
    CHART_WIDTH = 320,
    CHART_HEIGHT = 140,
    CHART_LEFT = 32,
    CHART_RIGHT = 304,
    CHART_TOP = 16,
    CHART_BOTTOM = 124
};

typedef struct ChartValue {
    Time at;
    int64_t value; /* within least and most */
} ChartValue;

typedef struct ChartPoint {
    int64_t x;
    int64_t y;
} ChartPoint;
typedef struct ChartPoints {
    const ChartPoint *items;
    size_t count;
} ChartPoints;

/* A line of the grid, with the value it stands for. */
typedef struct ChartMark {
    int64_t y;
    int64_t value;
} ChartMark;
typedef struct ChartMarks {
    const ChartMark *items;
    size_t count;
} ChartMarks;

typedef struct Chart {
    ChartPoints points; /* one for each value */
    ChartMarks marks;   /* least, middle and most */
    Str line;           /* the points as an SVG polyline wants them: "32,124 304,16" */
    Str starts;         /* what stands under both ends; the caller's words */
    Str ends;
    Str summary; /* what the picture shows, for whoever does not see it; the caller's words */
} Chart;

/* Points for values in the order of their times; most > least. One value alone, or all at one moment, stand
 * in the middle. The words are left empty for the caller. Lives in the arena. */
Chart chart_of(Arena *arena, const ChartValue *values, size_t count, int64_t least, int64_t most);

#endif
