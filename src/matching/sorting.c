/* SPDX-License-Identifier: Apache-2.0 */
/* Shell's sort. */
#include "matching/sorting.h"

#include <stdbool.h>

static const size_t GAPS[] = {1750, 701, 301, 132, 57, 23, 10, 4, 1};
enum { GAP_COUNT = sizeof GAPS / sizeof GAPS[0] };

static bool is_rising(const uint64_t *numbers, size_t count) {
    for (size_t at = 1; at < count; at++) {
        if (numbers[at - 1] > numbers[at]) {
            return false;
        }
    }
    return true;
}

/* Every gap-th number, from each start, by insertion. */
static void sort_by_gap(uint64_t *numbers, size_t count, size_t gap) {
    for (size_t at = gap; at < count; at++) {
        const uint64_t number = numbers[at];
        size_t place = at;
        while (place >= gap && numbers[place - gap] > number) {
            numbers[place] = numbers[place - gap];
            place -= gap;
        }
        numbers[place] = number;
    }
}

void sorting_rise(uint64_t *numbers, size_t count) {
    if (is_rising(numbers, count)) {
        return;
    }
    /* Past the gaps that were found by trial, each is 9/4 of the next. */
    size_t gap = GAPS[0];
    while (gap < count / 3) {
        gap = gap * 9 / 4;
    }
    while (gap > GAPS[0]) {
        sort_by_gap(numbers, count, gap);
        gap = gap * 4 / 9;
    }
    for (size_t at = 0; at < GAP_COUNT; at++) {
        sort_by_gap(numbers, count, GAPS[at]);
    }
}
