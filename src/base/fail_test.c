/* SPDX-License-Identifier: Apache-2.0 */
/* fail(): the innermost catch gets it, outer ones stay, and without any the process ends. */
#include "test/unit.h"

#include <sys/wait.h>
#include <unistd.h>

static void work_well(void *context) {
    *(int *)context += 1;
}

static void work_badly(void *context) {
    *(int *)context += 1;
    fail(FAIL_RETRY, "%s number %d", "conflict", *(int *)context);
}

static void work_in_between(void *context) {
    Fail inner = {.kind = FAIL_USAGE};
    assert_false(fail_catch(work_badly, context, &inner));
    assert_int_equal(inner.kind, FAIL_RETRY);
    assert_true(fail_catch(work_well, context, &inner));
    fail(FAIL_DATABASE, "outer after %s", inner.message);
}

static void work_at_length(void *context) {
    (void)context;
    fail(FAIL_IO, "%0600d", 7);
}

static void test_success_leaves_the_report_alone(void **state) {
    (void)state;
    int count = 0;
    Fail report = {.kind = FAIL_USAGE};
    assert_true(fail_catch(work_well, &count, &report));
    assert_int_equal(count, 1);
    assert_int_equal(report.kind, FAIL_USAGE);
}

static void test_catches_nest(void **state) {
    (void)state;
    int count = 0;
    Fail report = {.kind = FAIL_USAGE};
    for (int round = 0; round < 3; round++) {
        assert_false(fail_catch(work_in_between, &count, &report));
        assert_int_equal(report.kind, FAIL_DATABASE);
    }
    assert_int_equal(count, 6);
    assert_string_equal(report.message, "outer after conflict number 5");
}

static void test_long_messages_are_cut(void **state) {
    (void)state;
    Fail report = {.kind = FAIL_USAGE};
    assert_false(fail_catch(work_at_length, NULL, &report));
    assert_int_equal(strlen(report.message), sizeof report.message - 1);
}

static void test_without_a_catch_the_process_ends(void **state) {
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        fail(FAIL_USAGE, "no such directory");
    }
    close(ends[1]);
    char text[100] = {0};
    assert_true(read(ends[0], text, sizeof text - 1) > 0);
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    assert_string_equal(text, "beenthere: no such directory\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_success_leaves_the_report_alone),
        cmocka_unit_test(test_catches_nest),
        cmocka_unit_test(test_long_messages_are_cut),
        cmocka_unit_test(test_without_a_catch_the_process_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
