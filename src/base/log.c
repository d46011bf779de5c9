/* SPDX-License-Identifier: Apache-2.0 */
/* Operator's log lines: one fixed buffer and one write() each, so that lines of several processes do not mix.
 */
#include "base/log.h"

#include "base/time.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

enum { LINE_BYTES = 1024 };

static LogLevel least_level = LOG_INFO;

void log_set_least(LogLevel least) {
    least_level = least;
}

static const char *level_name(LogLevel level) {
    switch (level) {
    case LOG_INFO:
        return "info";
    case LOG_WARNING:
        return "warning";
    case LOG_ERROR:
        return "error";
    }
    return "unknown"; /* not reached: the switch is exhaustive */
}

/* How many bytes snprintf() really left in `room` bytes, its terminator not counted. */
static size_t bytes_kept(int wanted, size_t room) {
    if (wanted < 0) {
        return 0;
    }
    return (size_t)wanted < room ? (size_t)wanted : room - 1;
}

static size_t line_start(char *line, size_t room, LogLevel level, const char *event) {
    const Time now = time_now();
    const time_t seconds = (time_t)(now.us / TIME_SECOND);
    struct tm parts = {0};
    gmtime_r(&seconds, &parts);
    const size_t length = strftime(line, room, "%Y-%m-%dT%H:%M:%S", &parts);
    const int wanted = snprintf(line + length, room - length, ".%03dZ level=%s event=%s",
                                (int)(now.us % TIME_SECOND / 1000), level_name(level), event);
    return length + bytes_kept(wanted, room - length);
}

void log_line(LogLevel level, const char *event, const char *format, ...) {
    if (level < least_level) {
        return;
    }
    const int error_before = errno;
    char line[LINE_BYTES];
    size_t length = line_start(line, sizeof line - 1, level, event);
    const size_t start = length;
    line[length++] = ' ';
    va_list arguments;
    va_start(arguments, format);
    const size_t added =
        bytes_kept(vsnprintf(line + length, sizeof line - length, format, arguments), sizeof line - length);
    va_end(arguments);
    length = added == 0 ? start : length + added;
    /* Anything but printable ASCII could move the operator's cursor or look like another line. */
    for (size_t index = 0; index < length; index++) {
        line[index] = line[index] < ' ' || line[index] > '~' ? '?' : line[index];
    }
    line[length++] = '\n';
    /* Nobody is left to be told when standard error is gone, so only an interruption is tried again. */
    while (write(STDERR_FILENO, line, length) < 0 && errno == EINTR) {
    }
    errno = error_before;
}
