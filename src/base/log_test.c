/* SPDX-License-Identifier: Apache-2.0 */
/* Log lines and the clocks they carry: shape, forged input, length, level. */
#include "test/unit.h"

#include "base/log.h"
#include "base/time.h"

#include <errno.h>
#include <fcntl.h>
#include <wchar.h>
#include <unistd.h>

/* Not covered here: an interrupted write. */

static int pipe_ends[2];
static int error_before;

static void capture_begin(void) {
    assert_int_equal(pipe(pipe_ends), 0);
    assert_int_equal(fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK), 0);
    error_before = dup(STDERR_FILENO);
    assert_true(error_before >= 0 && dup2(pipe_ends[1], STDERR_FILENO) >= 0);
}

/* What was written to standard error since capture_begin(). */
static void capture_end(char *text, size_t room) {
    dup2(error_before, STDERR_FILENO);
    const ssize_t got = read(pipe_ends[0], text, room - 1);
    text[got < 0 ? 0 : got] = '\0';
    close(error_before);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
}

static void test_line_has_the_written_shape(void **state) {
    (void)state;
    char text[2000];
    capture_begin();
    errno = ENOSPC;
    log_line(LOG_WARNING, "worker-died", "status=%d", 9);
    const int error_after = errno;
    capture_end(text, sizeof text);
    assert_int_equal(error_after, ENOSPC);
    assert_int_equal(strlen(text),
                     strlen("2026-03-01T12:00:00.123Z level=warning event=worker-died status=9\n"));
    assert_true(text[4] == '-' && text[10] == 'T' && text[19] == '.' && text[23] == 'Z');
    assert_string_equal(text + 24, " level=warning event=worker-died status=9\n");
}

static void test_levels(void **state) {
    (void)state;
    char text[2000];
    capture_begin();
    log_set_least(LOG_ERROR);
    log_line(LOG_INFO, "a", "x=1");
    log_line(LOG_WARNING, "b", "x=1");
    log_line(LOG_ERROR, "c", "%s", "");
    log_set_least(LOG_INFO);
    capture_end(text, sizeof text);
    assert_string_equal(text + 24, " level=error event=c\n");
    capture_begin();
    log_line(LOG_INFO, "d", "%s", "");
    capture_end(text, sizeof text);
    assert_string_equal(text + 24, " level=info event=d\n");
}

static void test_no_input_forges_a_line(void **state) {
    (void)state;
    char text[2000];
    capture_begin();
    log_line(LOG_INFO, "e", "path=%s", "a\nb\r\x1B[2J\x7F\xC2\x9B~");
    capture_end(text, sizeof text);
    assert_string_equal(text + 24, " level=info event=e path=a?b??[2J???~\n");
}

/* No character at all, so the C library refuses to format it. */
static const wint_t no_character = 0x7FFFFFFF;

static void test_what_cannot_be_formatted_leaves_the_event(void **state) {
    (void)state;
    char text[2000];
    capture_begin();
    log_line(LOG_INFO, "g", "%lc", no_character);
    capture_end(text, sizeof text);
    assert_string_equal(text + 24, " level=info event=g\n");
}

static void test_long_lines_are_cut(void **state) {
    (void)state;
    char text[4000];
    capture_begin();
    log_line(LOG_INFO, "f", "%02000d", 1);
    capture_end(text, sizeof text);
    assert_in_range(strlen(text), 1000, 1024);
    assert_true(strchr(text, '\n') == text + strlen(text) - 1);
}

static void test_clocks(void **state) {
    (void)state;
    const Time now = time_now();
    assert_true(time_is_before((Time){.us = INT64_C(1700000000) * TIME_SECOND}, now));
    assert_true(time_between(now, time_now()) < TIME_DAY);
    const Time start = time_monotonic();
    for (int count = 0; count < 1000; count++) {
        assert_true(time_between(start, time_monotonic()) >= 0);
    }
    assert_true(time_between(start, time_after(start, TIME_WEEK)) == 7 * TIME_DAY);
    assert_true(time_between(start, time_before(start, TIME_HOUR)) == -60 * TIME_MINUTE);
    assert_true(time_is_none(TIME_NONE) && !time_is_none(now));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line_has_the_written_shape),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_no_input_forges_a_line),
        cmocka_unit_test(test_long_lines_are_cut),
        cmocka_unit_test(test_clocks),
        cmocka_unit_test(test_what_cannot_be_formatted_leaves_the_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
