/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept between requests: found again, gone when it is half made, the oldest first, never over its
 * room. */
#include "test/unit.h"

#include "base/random.h"
#include "platform/keep.h"

static const KeepKind numbers = {.name = "numbers"};
static const KeepKind others = {.name = "others"};

enum { ROOM = 1 << 20, SMALL = 1 << 10 };

static int64_t *put(Keep *keep, const KeepKind *kind, int64_t key, size_t most, int64_t value) {
    int64_t *thing = NEW(keep_begin(keep, kind, key, most), int64_t);
    *thing = value;
    keep_ready(keep, kind, key, thing);
    return thing;
}

static void assert_kept(Keep *keep, const KeepKind *kind, int64_t key, int64_t value) {
    const int64_t *thing = keep_find(keep, kind, key);
    assert_non_null(thing);
    assert_int_equal(*thing, value);
}

static void test_found_by_kind_and_key(void **state) {
    (void)state;
    Keep *keep = keep_new(ROOM);
    assert_null(keep_find(keep, &numbers, 1));
    put(keep, &numbers, 1, SMALL, 10);
    put(keep, &others, 1, SMALL, 20);
    put(keep, &numbers, 0, SMALL, 30);
    assert_kept(keep, &numbers, 1, 10);
    assert_kept(keep, &others, 1, 20);
    assert_kept(keep, &numbers, 0, 30);
    put(keep, &numbers, 1, SMALL, 11);
    assert_kept(keep, &numbers, 1, 11);
    keep_drop(keep, &numbers, 1);
    keep_drop(keep, &numbers, 1);
    assert_null(keep_find(keep, &numbers, 1));
    assert_kept(keep, &others, 1, 20);
    keep_free(keep);
}

static void test_taken_is_out_of_sight(void **state) {
    (void)state;
    Keep *keep = keep_new(ROOM);
    assert_null(keep_take(keep, &numbers, 1));
    put(keep, &numbers, 1, SMALL, 10);
    int64_t *thing = keep_take(keep, &numbers, 1);
    assert_int_equal(*thing, 10);
    assert_null(keep_find(keep, &numbers, 1));
    assert_null(keep_take(keep, &numbers, 1));
    *thing = 11;
    keep_ready(keep, &numbers, 1, thing);
    assert_kept(keep, &numbers, 1, 11);
    keep_free(keep);
}

static void break_off(void *context) {
    Keep *keep = context;
    *NEW(keep_begin(keep, &numbers, 1, SMALL), int64_t) = 5;
    fail(FAIL_DATABASE, "half made");
}

static void test_half_made_is_not_there(void **state) {
    (void)state;
    Keep *keep = keep_new(ROOM);
    put(keep, &numbers, 1, SMALL, 10);
    ASSERT_FAILS(break_off, keep, FAIL_DATABASE, "half made");
    assert_null(keep_find(keep, &numbers, 1));
    put(keep, &numbers, 1, SMALL, 12);
    assert_kept(keep, &numbers, 1, 12);
    keep_free(keep);
}

static void test_the_oldest_makes_room(void **state) {
    (void)state;
    Keep *keep = keep_new(10 * SMALL);
    for (int64_t key = 0; key < 10; key++) {
        put(keep, &numbers, key, SMALL, key);
    }
    assert_kept(keep, &numbers, 0, 0); /* looked for: 1 is the oldest now */
    put(keep, &numbers, 10, SMALL, 10);
    assert_kept(keep, &numbers, 0, 0);
    assert_null(keep_find(keep, &numbers, 1));
    assert_kept(keep, &numbers, 2, 2);
    put(keep, &numbers, 11, 9 * SMALL, 11); /* only the one looked for last has room beside it */
    assert_kept(keep, &numbers, 2, 2);
    assert_kept(keep, &numbers, 11, 11);
    for (int64_t key = 3; key < 11; key++) {
        assert_null(keep_find(keep, &numbers, key));
    }
    keep_free(keep);
}

static void test_places_are_limited(void **state) {
    (void)state;
    Keep *keep = keep_new(ROOM);
    for (int64_t key = 0; key < KEEP_ENTRIES + 5; key++) {
        put(keep, &numbers, key, 16, key);
    }
    for (int64_t key = 0; key < 5; key++) {
        assert_null(keep_find(keep, &numbers, key));
    }
    for (int64_t key = 5; key < KEEP_ENTRIES + 5; key++) {
        assert_kept(keep, &numbers, key, key);
    }
    keep_free(keep);
}

static void ask_too_much(void *context) {
    keep_begin(context, &numbers, 1, ROOM + 1);
}

static void overflow(void *context) {
    arena_get(keep_begin(context, &numbers, 1, SMALL), SMALL + 1);
}

static void test_maximum(void **state) {
    (void)state;
    Keep *keep = keep_new(ROOM);
    put(keep, &others, 1, SMALL, 10);
    ASSERT_FAILS(ask_too_much, keep, FAIL_MEMORY, "more than");
    assert_kept(keep, &others, 1, 10); /* what does not fit anyway takes nobody's place */
    ASSERT_FAILS(overflow, keep, FAIL_MEMORY, "full");
    assert_null(keep_find(keep, &numbers, 1));
    put(keep, &numbers, 1, ROOM, 11);
    assert_null(keep_find(keep, &others, 1));
    assert_kept(keep, &numbers, 1, 11);
    keep_free(keep);
}

/* Against a list of what was put in: whatever is found is what was put there last. */
static void test_never_another_thing(void **state) {
    (void)state;
    Random random = random_seeded(3);
    Keep *keep = keep_new(40 * SMALL);
    int64_t last[200] = {0};
    for (int64_t step = 1; step < 20000; step++) {
        const int64_t key = (int64_t)random_below(&random, 200);
        const uint64_t what = random_below(&random, 10);
        if (what == 0) {
            keep_drop(keep, &numbers, key);
            last[key] = 0;
        } else if (what < 5) {
            put(keep, &numbers, key, (size_t)random_below(&random, 4) * SMALL + SMALL, step);
            last[key] = step;
        } else {
            const int64_t *thing = keep_find(keep, &numbers, key);
            assert_true(thing == NULL || *thing == last[key]);
        }
    }
    keep_free(keep);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_taken_is_out_of_sight),  cmocka_unit_test(test_found_by_kind_and_key),
        cmocka_unit_test(test_half_made_is_not_there), cmocka_unit_test(test_the_oldest_makes_room),
        cmocka_unit_test(test_places_are_limited),     cmocka_unit_test(test_maximum),
        cmocka_unit_test(test_never_another_thing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
