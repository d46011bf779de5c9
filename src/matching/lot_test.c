/* SPDX-License-Identifier: Apache-2.0 */
/* Lots: the same for all, even, and never above a difference in value. */
#include "test/unit.h"

#include "matching/lot.h"

/* Written down once: a plan made with a published seed must be repeatable by any later version. */
static void lots_never_change(void **state) {
    (void)state;
    assert_int_equal(lot_family(7, 42), UINT64_C(0x6EAB8625DF268FBC));
    assert_int_equal(lot_of(lot_family(7, 42), 43, 16), 36356);
    assert_int_equal(lot_weight(1000, lot_family(7, 42), 43, 16), 1000 * 65536 + 36356);
}

static void every_part_counts(void **state) {
    (void)state;
    assert_int_not_equal(lot_of(lot_family(1, 5), 9, 16), lot_of(lot_family(2, 5), 9, 16));
    assert_int_not_equal(lot_of(lot_family(1, 5), 9, 16), lot_of(lot_family(1, 6), 9, 16));
    assert_int_not_equal(lot_of(lot_family(1, 5), 9, 16), lot_of(lot_family(1, 5), 10, 16));
    /* Who asks and who offers are not the same even with the same keys. */
    assert_int_not_equal(lot_of(lot_family(1, 5), 9, 16), lot_of(lot_family(1, 9), 5, 16));
}

static void lots_are_even(void **state) {
    (void)state;
    unsigned counts[16] = {0};
    for (int64_t family = 1; family <= 100; family++) {
        const uint64_t draw = lot_family(3, family);
        for (int64_t supporter = 1; supporter <= 160; supporter++) {
            counts[lot_of(draw, supporter, 4)]++;
        }
    }
    for (size_t at = 0; at < 16; at++) { /* 1,000 each, give or take five standard deviations */
        assert_in_range(counts[at], 845, 1155);
    }
}

static void fewer_bits_are_the_same_draw_told_coarser(void **state) {
    (void)state;
    const uint64_t draw = lot_family(11, 12);
    for (unsigned bits = 0; bits <= 16; bits++) {
        assert_int_equal(lot_of(draw, 13, bits), lot_of(draw, 13, 16) >> (16 - bits));
    }
}

static void values_come_first(void **state) {
    (void)state;
    for (int64_t family = 1; family <= 500; family++) {
        const uint64_t draw = lot_family(5, family);
        assert_true(lot_weight(31, draw, family, 16) < lot_weight(32, draw, -family, 16));
    }
    assert_int_equal(lot_weight(INT32_MAX >> 5, lot_family(0, 0), 0, 5) >> 5, INT32_MAX >> 5);
    assert_true(lot_weight(1, lot_family(0, INT64_MIN), INT64_MAX, 16) >= 1 << 16);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lots_never_change), cmocka_unit_test(every_part_counts),
        cmocka_unit_test(lots_are_even),     cmocka_unit_test(fewer_bits_are_the_same_draw_told_coarser),
        cmocka_unit_test(values_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
