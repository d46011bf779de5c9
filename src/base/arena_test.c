/* SPDX-License-Identifier: Apache-2.0 */
/* The arena: alignment, zeroing, its maximum, cleanups in order, and the fault that fails the nth allocation.
 */
#include "test/unit.h"

#include "base/arena.h"
#include "base/random.h"

typedef struct Ask {
    Arena *arena;
    size_t count;
    size_t size;
} Ask;

static void ask_get(void *context) {
    const Ask *ask = context;
    arena_get(ask->arena, ask->size);
}

static void ask_many(void *context) {
    const Ask *ask = context;
    arena_get_many(ask->arena, ask->count, ask->size);
}

static void test_memory_is_aligned_zeroed_and_apart(void **state) {
    (void)state;
    Random random = random_seeded(1);
    Arena *arena = arena_new(SIZE_MAX);
    for (int round = 0; round < 20; round++) {
        unsigned char *places[200];
        size_t sizes[200];
        for (size_t index = 0; index < 200; index++) {
            const size_t most = random_below(&random, 20) == 0 ? 200000 : 3000;
            sizes[index] = (size_t)random_below(&random, most);
            places[index] = arena_get(arena, sizes[index]);
            assert_int_equal((uintptr_t)places[index] % 16, 0);
            for (size_t at = 0; at < sizes[index]; at++) {
                assert_true(places[index][at] == 0);
            }
            memset(places[index], (int)index + 1, sizes[index]);
        }
        for (size_t index = 0; index < 200; index++) {
            for (size_t at = 0; at < sizes[index]; at++) {
                assert_true(places[index][at] == (unsigned char)(index + 1));
            }
        }
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
    arena_free(arena);
}

static void test_first_allocation_may_be_large(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    assert_non_null(arena_get(arena, 500000));
    assert_non_null(arena_get(arena, 0));
    assert_non_null(arena_get(arena, 10));
    assert_int_equal(arena_used(arena), 500000 + 16);
    arena_free(arena);
}

static void test_maximum_holds(void **state) {
    (void)state;
    Arena *arena = arena_new(1000);
    arena_get(arena, 990); /* rounded to 992 */
    ASSERT_FAILS(ask_get, (&(Ask){.arena = arena, .size = 9}), FAIL_MEMORY,
                 "the arena is full: 992 bytes used of 1000");
    ASSERT_FAILS(ask_get, (&(Ask){.arena = arena, .size = SIZE_MAX}), FAIL_MEMORY, "is full");
    ASSERT_FAILS(ask_many, (&(Ask){.arena = arena, .count = SIZE_MAX / 2, .size = 3}), FAIL_MEMORY,
                 "more than memory");
    assert_non_null(NEW_MANY(arena, 0, Ask));
    arena_reset(arena);
    assert_non_null(arena_get(arena, 992));
    arena_free(arena);
}

static void test_more_than_the_address_space_fails(void **state) {
    (void)state;
    Arena *arena = arena_new(SIZE_MAX);
    ASSERT_FAILS(ask_get, (&(Ask){.arena = arena, .size = SIZE_MAX - 31}), FAIL_MEMORY, "no memory left");
    arena_free(arena);
}

typedef struct Trace {
    char text[8];
    size_t length;
} Trace;

typedef struct Step {
    Trace *trace;
    char letter;
} Step;

static void step_run(void *context) {
    const Step *step = context;
    step->trace->text[step->trace->length++] = step->letter;
}

static void test_cleanups_run_last_first_and_once(void **state) {
    (void)state;
    Trace trace = {0};
    Arena *arena = arena_new(1000);
    arena_at_end(arena, step_run, &(Step){&trace, 'a'});
    arena_at_end(arena, step_run, &(Step){&trace, 'b'});
    arena_at_end(arena, step_run, &(Step){&trace, 'c'});
    arena_reset(arena);
    assert_string_equal(trace.text, "cba");
    arena_at_end(arena, step_run, &(Step){&trace, 'd'});
    arena_free(arena);
    assert_string_equal(trace.text, "cbad");
}

typedef struct Registration {
    Arena *arena;
    Step *step;
} Registration;

static void registration_run(void *context) {
    const Registration *registration = context;
    arena_at_end(registration->arena, step_run, registration->step);
}

static void test_cleanup_without_room_runs_at_once(void **state) {
    (void)state;
    Trace trace = {0};
    Step step = {&trace, 'x'};
    Arena *arena = arena_new(16);
    Registration registration = {arena, &step};
    ASSERT_FAILS(registration_run, &registration, FAIL_MEMORY, "the arena is full");
    assert_string_equal(trace.text, "x");
    arena_free(arena);
    assert_string_equal(trace.text, "x");
}

static void test_an_arena_within_another_ends_with_it(void **state) {
    (void)state;
    Trace trace = {0};
    Arena *owner = arena_new(1000);
    Arena *inner = arena_new_within(owner, 5000);
    Arena *inmost = arena_new_within(inner, SIZE_MAX);
    arena_at_end(inner, step_run, &(Step){&trace, 'i'});
    arena_at_end(inmost, step_run, &(Step){&trace, 'm'});
    assert_non_null(arena_get(inner, 4000)); /* its maximum is its own */
    arena_reset(owner);
    assert_string_equal(trace.text, "im");
    arena_free(owner);
    assert_string_equal(trace.text, "im");
}

static void test_an_arena_within_another_may_end_before(void **state) {
    (void)state;
    Trace trace = {0};
    Arena *owner = arena_new(1000);
    Arena *first = arena_new_within(owner, 1000);
    Arena *second = arena_new_within(owner, 1000);
    arena_at_end(first, step_run, &(Step){&trace, 'f'});
    arena_at_end(second, step_run, &(Step){&trace, 's'});
    arena_reset(second); /* it goes on */
    assert_string_equal(trace.text, "s");
    arena_at_end(second, step_run, &(Step){&trace, 't'});
    arena_free(first);
    assert_string_equal(trace.text, "sf");
    arena_free(owner);
    assert_string_equal(trace.text, "sft");
}

static void new_within_run(void *context) {
    (void)arena_new_within(context, 1000);
}

/* A leak, if there were one, is the sanitizer's to tell. */
static void test_an_arena_that_its_owner_cannot_remember(void **state) {
    (void)state;
    Arena *owner = arena_new(16);
    ASSERT_FAILS(new_within_run, owner, FAIL_MEMORY, "the arena is full");
    arena_free(owner);
}

static void test_nth_allocation_fails(void **state) {
    (void)state;
    Arena *arena = arena_new(1000);
    Ask ask = {.arena = arena, .size = 1};
    arena_fail_nth(3);
    arena_get(arena, 1);
    arena_get(arena, 1);
    ASSERT_FAILS(ask_get, &ask, FAIL_MEMORY, "on purpose");
    arena_get(arena, 1);
    arena_fail_nth(1);
    arena_fail_nth(0);
    arena_get(arena, 1);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_is_aligned_zeroed_and_apart),
        cmocka_unit_test(test_first_allocation_may_be_large),
        cmocka_unit_test(test_maximum_holds),
        cmocka_unit_test(test_more_than_the_address_space_fails),
        cmocka_unit_test(test_cleanups_run_last_first_and_once),
        cmocka_unit_test(test_cleanup_without_room_runs_at_once),
        cmocka_unit_test(test_an_arena_within_another_ends_with_it),
        cmocka_unit_test(test_an_arena_within_another_may_end_before),
        cmocka_unit_test(test_an_arena_that_its_owner_cannot_remember),
        cmocka_unit_test(test_nth_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
