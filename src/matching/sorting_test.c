/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting, against the C library's. */
#include "test/unit.h"

#include "base/random.h"
#include "matching/sorting.h"

enum { MOST = 20000 };

static uint64_t mine[MOST];
static uint64_t theirs[MOST];

static int by_size(const void *left, const void *right) {
    const uint64_t one = *(const uint64_t *)left;
    const uint64_t two = *(const uint64_t *)right;
    return (one > two) - (one < two);
}

static void agrees(size_t count) {
    memcpy(theirs, mine, count * sizeof *mine);
    sorting_rise(mine, count);
    qsort(theirs, count, sizeof *theirs, by_size);
    assert_memory_equal(mine, theirs, count * sizeof *mine);
}

static void all_lengths_are_sorted(void **state) {
    (void)state;
    Random random = random_seeded(1);
    for (size_t count = 0; count < 300; count++) {
        for (size_t at = 0; at < count; at++) {
            mine[at] = count % 2 == 0 ? random_next(&random) : random_below(&random, 10);
        }
        agrees(count);
    }
}

static void long_rows_are_sorted(void **state) {
    (void)state;
    Random random = random_seeded(2);
    for (size_t at = 0; at < MOST; at++) {
        mine[at] = random_next(&random);
    }
    agrees(MOST);
    agrees(MOST); /* sorted already */
    for (size_t at = 0; at < MOST; at++) {
        mine[at] = MOST - at; /* the other way around */
    }
    agrees(MOST);
    for (size_t at = 0; at < MOST; at++) {
        mine[at] = at % 2 == 0 ? at : UINT64_MAX - at;
    }
    agrees(MOST);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_lengths_are_sorted),
        cmocka_unit_test(long_rows_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
