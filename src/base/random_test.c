/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers: the published sequence, uniform picks, and a kernel source that survives fork(). */
#include "test/unit.h"

#include "base/random.h"

#include <sys/wait.h>
#include <unistd.h>

/* Not covered here: a kernel that answers short, is interrupted, or refuses. */

static void test_sequence_is_the_published_one(void **state) {
    (void)state;
    /* The authors' reference code with the state 1, 2, 3, 4 starts like this. */
    Random random = {.is_seeded = true, .state = {1, 2, 3, 4}};
    const uint64_t wanted[] = {11520, 0, 1509978240, UINT64_C(1215971899390074240)};
    for (size_t index = 0; index < 4; index++) {
        assert_true(random_next(&random) == wanted[index]);
    }
    /* SplitMix64 from 0 begins with this number. */
    assert_true(random_seeded(0).state[0] == UINT64_C(0xE220A8397B1DCDAF));
}

static void test_same_seed_same_numbers(void **state) {
    (void)state;
    Random left = random_seeded(9);
    Random right = random_seeded(9);
    Random other = random_seeded(10);
    for (int count = 0; count < 100; count++) {
        const uint64_t number = random_next(&left);
        assert_true(number == random_next(&right));
        assert_true(number != random_next(&other));
    }
    unsigned char bytes[11];
    random_bytes(&left, bytes, sizeof bytes);
    const uint64_t first = random_next(&right);
    const uint64_t second = random_next(&right);
    for (size_t index = 0; index < sizeof bytes; index++) {
        const uint64_t word = index < 8 ? first : second;
        assert_true(bytes[index] == (unsigned char)(word >> index % 8 * 8 & 0xFF));
    }
}

static void check_uniform(Random *random, uint64_t limit) {
    enum { DRAWS = 60000 };
    int counts[16] = {0};
    for (int draw = 0; draw < DRAWS; draw++) {
        const uint64_t number = random_below(random, limit);
        assert_true(number < limit);
        counts[number]++;
    }
    const double expected = (double)DRAWS / (double)limit;
    double surprise = 0;
    for (uint64_t index = 0; index < limit; index++) {
        surprise += (counts[index] - expected) * (counts[index] - expected) / expected;
    }
    /* Chi-squared with at most 15 degrees of freedom passes 60 about once in four million runs. */
    assert_true(surprise < 60);
}

static void test_below_is_uniform(void **state) {
    (void)state;
    Random seeded = random_seeded(11);
    Random system = random_system();
    for (uint64_t limit = 1; limit <= 16; limit++) {
        check_uniform(&seeded, limit);
    }
    check_uniform(&system, 6);
}

static void test_below_has_no_modulo_bias(void **state) {
    (void)state;
    /* With limit 3 * 2^62, plain modulo would give the lowest third half of all draws. */
    Random random = random_seeded(12);
    const uint64_t third = UINT64_C(1) << 62;
    int lowest = 0;
    for (int draw = 0; draw < 30000; draw++) {
        const uint64_t number = random_below(&random, 3 * third);
        assert_true(number < 3 * third);
        lowest += number < third ? 1 : 0;
    }
    assert_in_range(lowest, 9500, 10500);
}

static void test_ids_are_positive_and_apart(void **state) {
    (void)state;
    Random random = random_system();
    int64_t before = 0;
    for (int count = 0; count < 1000; count++) {
        const int64_t id = random_id(&random);
        assert_true(id > 0 && id != before);
        before = id;
    }
}

static void test_kernel_fills_all_bytes(void **state) {
    (void)state;
    Random random = random_system();
    static unsigned char bytes[100000];
    random_bytes(&random, bytes, sizeof bytes);
    int zeros = 0;
    for (size_t index = 0; index < sizeof bytes; index++) {
        zeros += bytes[index] == 0 ? 1 : 0;
    }
    assert_in_range(zeros, 250, 550); /* 391 expected */
}

static void test_fork_does_not_repeat(void **state) {
    (void)state;
    Random random = random_system();
    (void)random_next(&random); /* anything kept back from this draw would now be copied */
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const uint64_t number = random_next(&random);
        _exit(write(ends[1], &number, sizeof number) == (ssize_t)sizeof number ? 0 : 1);
    }
    const uint64_t mine = random_next(&random);
    uint64_t theirs = mine;
    assert_int_equal(read(ends[0], &theirs, sizeof theirs), sizeof theirs);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    close(ends[0]);
    close(ends[1]);
    assert_true(mine != theirs);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sequence_is_the_published_one),
        cmocka_unit_test(test_same_seed_same_numbers),
        cmocka_unit_test(test_below_is_uniform),
        cmocka_unit_test(test_below_has_no_modulo_bias),
        cmocka_unit_test(test_ids_are_positive_and_apart),
        cmocka_unit_test(test_kernel_fills_all_bytes),
        cmocka_unit_test(test_fork_does_not_repeat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
