/* SPDX-License-Identifier: Apache-2.0 */
/* One line an event on standard error, for the operator: "2026-03-01T12:00:00.123Z level=info event=...
 * key=value".
 *
 * Never personal data: no names, no contact points, no words of a person, no ids of people, no query strings.
 * What is not printable ASCII is replaced by '?', so that no input can forge a line; a line ends at 1023
 * bytes. */
#ifndef LOG_H
#define LOG_H

typedef enum LogLevel { LOG_INFO, LOG_WARNING, LOG_ERROR } LogLevel;

/* `event` is a fixed word; format and what follows make the key=value part and may be "". */
void log_line(LogLevel level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Lines below `least` are dropped from here on. */
void log_set_least(LogLevel least);

#endif
