/* SPDX-License-Identifier: Apache-2.0 */
/* Hiding counts: first the small ones, then, one at a time, the least that keeps them from being worked
 * out. */
#include "base/small_cells.h"

#include <assert.h>

SmallCells small_cells_new(Arena *arena, size_t rows, size_t columns) {
    assert(rows > 0 && rows <= SMALL_CELLS_MOST && columns > 0 && columns <= SMALL_CELLS_MOST);
    const size_t size = (rows + 1) * (columns + 1);
    return (SmallCells){.rows = rows,
                        .columns = columns,
                        .counts = NEW_MANY(arena, size, int64_t),
                        .hidden = NEW_MANY(arena, size, bool)};
}

void small_cells_add(SmallCells *cells, size_t row, size_t column, int64_t people) {
    assert(row < cells->rows && column < cells->columns);
    cells->counts[small_cells_at(cells, row, column)] += people;
}

void small_cells_sum(SmallCells *cells) {
    for (size_t column = 0; column <= cells->columns; column++) {
        cells->counts[small_cells_at(cells, cells->rows, column)] = 0;
    }
    for (size_t row = 0; row < cells->rows; row++) {
        int64_t sum = 0;
        for (size_t column = 0; column < cells->columns; column++) {
            const int64_t count = cells->counts[small_cells_at(cells, row, column)];
            sum += count;
            cells->counts[small_cells_at(cells, cells->rows, column)] += count;
        }
        cells->counts[small_cells_at(cells, row, cells->columns)] = sum;
        cells->counts[small_cells_at(cells, cells->rows, cells->columns)] += sum;
    }
}

static bool is_small(int64_t count) {
    return count > 0 && count < SMALL_CELLS_LEAST;
}

static bool hide_small(SmallCells *cells) {
    bool has_hidden = false;
    for (size_t at = 0; at < (cells->rows + 1) * (cells->columns + 1); at++) {
        if (is_small(cells->counts[at]) && !cells->hidden[at]) {
            cells->hidden[at] = true;
            has_hidden = true;
        }
    }
    return has_hidden;
}

/* The least of those that are shown, somebody before nobody; false: all are hidden. */
static bool is_better(const SmallCells *cells, size_t at, size_t best) {
    const int64_t count = cells->counts[at];
    return best == SIZE_MAX || (count > 0 && (cells->counts[best] == 0 || count < cells->counts[best]));
}

/* ---- what is left of a row or of a column ---- */

/* Hides one more count of the line that starts at `first`, of `length` counts `step` apart and then its
 * sum, when what is left of the shown sum is few. Hides the sum when there is nothing else to hide. */
static bool hide_in_line(SmallCells *cells, size_t first, size_t step, size_t length) {
    int64_t left = 0;
    size_t best = SIZE_MAX;
    const size_t sum = first + step * length;
    for (size_t at = first; at < sum; at += step) {
        if (cells->hidden[at]) {
            left += cells->counts[at];
        } else if (cells->counts[at] > 0 && is_better(cells, at, best)) {
            best = at;
        }
    }
    if (cells->hidden[sum] || !is_small(left)) {
        return false;
    }
    cells->hidden[best == SIZE_MAX ? sum : best] = true;
    return true;
}

static bool hide_in_lines(SmallCells *cells) {
    bool has_hidden = false;
    for (size_t row = 0; row <= cells->rows; row++) {
        has_hidden = hide_in_line(cells, small_cells_at(cells, row, 0), 1, cells->columns) || has_hidden;
    }
    for (size_t column = 0; column <= cells->columns; column++) {
        has_hidden = hide_in_line(cells, small_cells_at(cells, 0, column), cells->columns + 1, cells->rows) ||
                     has_hidden;
    }
    return has_hidden;
}

/* ---- what follows from the others ---- */

/* Lines that can be reached from the row `row` over hidden counts but `without`: rows first, then columns. */
static void reach(const SmallCells *cells, size_t row, size_t without, bool *ret_reached) {
    const size_t rows = cells->rows + 1;
    const size_t lines = rows + cells->columns + 1;
    for (size_t line = 0; line < lines; line++) {
        ret_reached[line] = line == row;
    }
    for (bool has_grown = true; has_grown;) {
        has_grown = false;
        for (size_t from = 0; from < rows; from++) {
            for (size_t column = 0; column <= cells->columns; column++) {
                const size_t at = small_cells_at(cells, from, column);
                if (cells->hidden[at] && at != without && ret_reached[from] != ret_reached[rows + column]) {
                    ret_reached[from] = true;
                    ret_reached[rows + column] = true;
                    has_grown = true;
                }
            }
        }
    }
}

/* A hidden count that follows from the shown ones joins two parts that nothing else joins. Hides the least
 * that does. False: it does not follow. */
static bool hide_beside(SmallCells *cells, size_t row, size_t column) {
    const size_t at = small_cells_at(cells, row, column);
    const size_t rows = cells->rows + 1;
    bool reached[2 * (SMALL_CELLS_MOST + 1)];
    reach(cells, row, at, reached);
    if (reached[rows + column]) {
        return false;
    }
    size_t best = SIZE_MAX;
    for (size_t other = 0; other < rows; other++) {
        for (size_t across = 0; across <= cells->columns; across++) {
            const size_t place = small_cells_at(cells, other, across);
            if (!cells->hidden[place] && reached[other] != reached[rows + across] &&
                is_better(cells, place, best)) {
                best = place;
            }
        }
    }
    assert(best != SIZE_MAX); /* every row and every column has two counts at least */
    cells->hidden[best] = true;
    return true;
}

static bool hide_what_gives_away(SmallCells *cells) {
    bool has_hidden = false;
    for (size_t row = 0; row <= cells->rows; row++) {
        for (size_t column = 0; column <= cells->columns; column++) {
            if (cells->hidden[small_cells_at(cells, row, column)]) {
                has_hidden = hide_beside(cells, row, column) || has_hidden;
            }
        }
    }
    return has_hidden;
}

bool small_cells_hide(SmallCells *cells) {
    bool has_hidden = hide_small(cells);
    while (hide_in_lines(cells) || hide_what_gives_away(cells)) {
        has_hidden = true;
    }
    return has_hidden;
}

void small_cells_hide_list(Arena *arena, const int64_t *counts, size_t count, bool *ret_hidden) {
    SmallCells cells = small_cells_new(arena, count, 1);
    for (size_t at = 0; at < count; at++) {
        small_cells_add(&cells, at, 0, counts[at]);
    }
    small_cells_sum(&cells);
    (void)small_cells_hide(&cells);
    /* A row's only count is its sum: neither may be told when one may not. */
    for (size_t at = 0; at <= count; at++) {
        ret_hidden[at] =
            cells.hidden[small_cells_at(&cells, at, 0)] || cells.hidden[small_cells_at(&cells, at, 1)];
    }
}
