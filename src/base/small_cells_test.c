/* SPDX-License-Identifier: Apache-2.0 */
/* Small counts are hidden, and nothing that is hidden can be worked out: held against elimination over a
 * field. */
#include "test/unit.h"

#include "base/random.h"
#include "base/small_cells.h"

enum { LINES_MOST = 32, PRIME = 1000003 };

/* ---- the slow way: is a hidden count fixed by the sums and by what is shown? ---- */

typedef struct Equations {
    int64_t at[LINES_MOST][256];
    size_t count;
    size_t unknowns;
} Equations;

static int64_t inverse(int64_t value) {
    int64_t result = 1;
    for (int64_t left = PRIME - 2, power = value; left > 0; left /= 2, power = power * power % PRIME) {
        result = left % 2 == 1 ? result * power % PRIME : result;
    }
    return result;
}

/* To reduced rows: an unknown is fixed exactly when some row then speaks of it alone. */
static void eliminate(Equations *all) {
    size_t done = 0;
    for (size_t unknown = 0; unknown < all->unknowns && done < all->count; unknown++) {
        size_t pivot = done;
        while (pivot < all->count && all->at[pivot][unknown] == 0) {
            pivot++;
        }
        if (pivot == all->count) {
            continue;
        }
        for (size_t column = 0; column < all->unknowns; column++) {
            const int64_t kept = all->at[done][column];
            all->at[done][column] = all->at[pivot][column];
            all->at[pivot][column] = kept;
        }
        const int64_t scale = inverse(all->at[done][unknown]);
        for (size_t column = 0; column < all->unknowns; column++) {
            all->at[done][column] = all->at[done][column] * scale % PRIME;
        }
        for (size_t row = 0; row < all->count; row++) {
            const int64_t factor = all->at[row][unknown];
            for (size_t column = 0; row != done && column < all->unknowns; column++) {
                const int64_t less = factor * all->at[done][column] % PRIME;
                all->at[row][column] = (all->at[row][column] + PRIME - less) % PRIME;
            }
        }
        done++;
    }
    all->count = done;
}

static bool is_fixed(const Equations *all, size_t unknown) {
    for (size_t row = 0; row < all->count; row++) {
        size_t others = 0;
        for (size_t column = 0; column < all->unknowns; column++) {
            others += column != unknown && all->at[row][column] != 0 ? 1 : 0;
        }
        if (others == 0 && all->at[row][unknown] != 0) {
            return true;
        }
    }
    return false;
}

/* Each row and each column says: its counts less its sum is 0. */
static Equations equations_of(const SmallCells *cells) {
    Equations all = {.unknowns = (cells->rows + 1) * (cells->columns + 1)};
    for (size_t row = 0; row <= cells->rows; row++, all.count++) {
        for (size_t column = 0; column <= cells->columns; column++) {
            const size_t at = small_cells_at(cells, row, column);
            all.at[all.count][at] = !cells->hidden[at] ? 0 : column < cells->columns ? 1 : PRIME - 1;
        }
    }
    for (size_t column = 0; column <= cells->columns; column++, all.count++) {
        for (size_t row = 0; row <= cells->rows; row++) {
            const size_t at = small_cells_at(cells, row, column);
            all.at[all.count][at] = !cells->hidden[at] ? 0 : row < cells->rows ? 1 : PRIME - 1;
        }
    }
    return all;
}

static void check_left(const SmallCells *cells, size_t first, size_t step, size_t length) {
    int64_t left = 0;
    for (size_t at = first; at < first + step * length; at += step) {
        left += cells->hidden[at] ? cells->counts[at] : 0;
    }
    assert_true(cells->hidden[first + step * length] || left == 0 || left >= SMALL_CELLS_LEAST);
}

static void check_cells(const SmallCells *cells) {
    static Equations all;
    all = equations_of(cells);
    eliminate(&all);
    for (size_t at = 0; at < all.unknowns; at++) {
        if (cells->hidden[at]) {
            assert_false(is_fixed(&all, at));
        } else {
            assert_true(cells->counts[at] == 0 || cells->counts[at] >= SMALL_CELLS_LEAST);
        }
    }
    for (size_t row = 0; row <= cells->rows; row++) {
        check_left(cells, small_cells_at(cells, row, 0), 1, cells->columns);
    }
    for (size_t column = 0; column <= cells->columns; column++) {
        check_left(cells, small_cells_at(cells, 0, column), cells->columns + 1, cells->rows);
    }
}

static int64_t some_count(Random *random) {
    switch (random_below(random, 4)) {
    case 0:
        return 0;
    case 1:
        return (int64_t)random_below(random, SMALL_CELLS_LEAST);
    case 2:
        return (int64_t)random_below(random, 40);
    default:
        return (int64_t)random_below(random, 2000);
    }
}

static void test_nothing_follows(void **state) {
    (void)state;
    Random random = random_seeded(9);
    Arena *arena = arena_new(1 << 20);
    for (int round = 0; round < 3000; round++) {
        SmallCells cells = small_cells_new(arena, 1 + (size_t)random_below(&random, 8),
                                           1 + (size_t)random_below(&random, 5));
        for (size_t row = 0; row < cells.rows; row++) {
            for (size_t column = 0; column < cells.columns; column++) {
                small_cells_add(&cells, row, column, some_count(&random));
            }
        }
        small_cells_sum(&cells);
        (void)small_cells_hide(&cells);
        check_cells(&cells);
        assert_false(small_cells_hide(&cells)); /* once is enough */
        arena_reset(arena);
    }
    arena_free(arena);
}

/* What is hidden already, for a sum that another table shares, stays, and is not given away either. */
static void test_hidden_before(void **state) {
    (void)state;
    Random random = random_seeded(10);
    Arena *arena = arena_new(1 << 20);
    for (int round = 0; round < 500; round++) {
        SmallCells cells = small_cells_new(arena, 5, 3);
        for (size_t at = 0; at < 15; at++) {
            small_cells_add(&cells, at / 3, at % 3, 20 + some_count(&random));
        }
        small_cells_sum(&cells);
        const size_t shared = small_cells_at(&cells, 5, (size_t)random_below(&random, 4));
        cells.hidden[shared] = true;
        (void)small_cells_hide(&cells);
        assert_true(cells.hidden[shared]);
        check_cells(&cells);
        arena_reset(arena);
    }
    arena_free(arena);
}

static void check_list(const int64_t *counts, size_t count, const char *wanted) {
    Arena *arena = arena_new(1 << 16);
    bool hidden[16];
    small_cells_hide_list(arena, counts, count, hidden);
    char is[17] = "";
    for (size_t at = 0; at <= count; at++) {
        is[at] = hidden[at] ? 'x' : '.';
    }
    assert_string_equal(is, wanted);
    arena_free(arena);
}

/* The sum stands last. No more is hidden than must be. */
static void test_lists(void **state) {
    (void)state;
    check_list((const int64_t[]){100, 50, 11, 0}, 4, ".....");    /* nobody is in danger */
    check_list((const int64_t[]){100, 50, 4, 20}, 4, "..xx.");    /* the least of the others hides it */
    check_list((const int64_t[]){100, 50, 4, 3}, 4, ".xxx.");     /* 7 are left: they need a third */
    check_list((const int64_t[]){100, 50, 4, 8, 0}, 5, "..xx.."); /* 12 are left: they hide each other */
    check_list((const int64_t[]){3, 2}, 2, "xxx");                /* and so is a sum of few */
    check_list((const int64_t[]){0, 0}, 2, "...");
    check_list((const int64_t[]){40}, 1, "..");
    check_list((const int64_t[]){4, 0, 0}, 3, "x..x");
}

/* A table in which hiding two in each row and column is not enough: two pairs hold one between them. */
static void test_a_bridge(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 16);
    SmallCells cells = small_cells_new(arena, 4, 4);
    const int64_t counts[4][4] = {{5, 20, 90, 90}, {20, 20, 7, 90}, {90, 90, 20, 20}, {90, 90, 20, 6}};
    for (size_t row = 0; row < 4; row++) {
        for (size_t column = 0; column < 4; column++) {
            small_cells_add(&cells, row, column, counts[row][column]);
        }
    }
    small_cells_sum(&cells);
    for (size_t at = 0; at < 25; at++) {
        cells.hidden[at] = at == 0 || at == 1 || at == 5 || at == 6 || at == 12 || at == 13 || at == 17 ||
                           at == 18 || at == 7;
    }
    assert_true(small_cells_hide(&cells));
    check_cells(&cells);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_follows),
        cmocka_unit_test(test_hidden_before),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_a_bridge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
