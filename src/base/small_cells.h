/* SPDX-License-Identifier: Apache-2.0 */
/* Which counts of a table of people may be told: small ones are hidden, and so is what would give them
 * away.
 *
 * A count of 1 to 10 people can say who they are. Hiding it is not enough when it is the total less the
 * others, so further counts are hidden until it is not. Whoever shows a table of counts of people asks
 * here first, and shows the same words for every hidden count, whether it is small itself or hides
 * another.
 *
 * The table has its sums in it: `rows` x `columns` counts, a further column with the sum of each row, a
 * further row with the sum of each column. Groups side by side must not overlap, or their sums would be no
 * sums: tell "asked, but no list yet", "list, but no choice yet"... rather than "asked" and, of them, "has
 * a list".
 *
 * What holds afterwards, for everything that is shown:
 * - no shown count lies in 1 to SMALL_CELLS_LEAST - 1 (0 may be shown: nobody is in it);
 * - no hidden count follows from the shown ones by adding and taking away, however many of them: a hidden
 *   count   follows exactly when it is a bridge of the graph that joins row and column by each hidden
 *   count (Gusfield   1988, "A graph theoretic approach to statistical data security");
 * - what is left of a row or of a column when the shown counts are taken from its shown sum is nobody, or
 *   at   least SMALL_CELLS_LEAST together. Figures worked out from hidden counts (shares, medians) must be
 *   hidden by the page as well. Not held: what two tables with other groups tell together, but for the
 *   sums that they share (see small_cells_hide()). */
#ifndef SMALL_CELLS_H
#define SMALL_CELLS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { SMALL_CELLS_LEAST = 11, SMALL_CELLS_MOST = 1024 /* rows, or columns */ };

/* A table by rows, each with its sum at the end, and the row of sums at the end. */
typedef struct SmallCells {
    size_t rows; /* at least 1, without the sums */
    size_t columns;
    int64_t *counts; /* (rows + 1) x (columns + 1), 0 or more; small_cells_sum() fills in the sums */
    bool *hidden;    /* as many */
} SmallCells;

/* A table of nobody, nothing hidden, in the arena. */
SmallCells small_cells_new(Arena *arena, size_t rows, size_t columns);
/* The place of a count; the row `rows` and the column `columns` are the sums. */
static inline size_t small_cells_at(const SmallCells *cells, size_t row, size_t column) {
    return row * (cells->columns + 1) + column;
}
void small_cells_add(SmallCells *cells, size_t row, size_t column, int64_t people);
void small_cells_sum(SmallCells *cells);

/* Hides what must not be shown, in addition to what is hidden already. Several tables of the same people
 * share sums: hide in each, hide a shared sum everywhere that is hidden in one, and go round until nothing
 * changes. True when something was hidden that was not. */
bool small_cells_hide(SmallCells *cells);

/* The same for one list of counts of groups that do not overlap, whose sum is shown beside it: ret_hidden
 * has room for count + 1, the sum last. */
void small_cells_hide_list(Arena *arena, const int64_t *counts, size_t count, bool *ret_hidden);

#endif
