/* SPDX-License-Identifier: Apache-2.0 */
/* Moments and spans, in integer microseconds. Moments are UTC since 1970; calendars and zones live in
 * platform/zone, because they need the outside world's tables.
 *
 * TIME_NONE (zero) means "not there" (an SQL null): nothing in this program happened at the epoch. */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Time {
    int64_t us;
} Time;

#define TIME_NONE ((Time){0})

#define TIME_SECOND INT64_C(1000000)
#define TIME_MINUTE (60 * TIME_SECOND)
#define TIME_HOUR (60 * TIME_MINUTE)
#define TIME_DAY (24 * TIME_HOUR)
#define TIME_WEEK (7 * TIME_DAY)

static inline bool time_is_none(Time time) {
    return time.us == 0;
}
static inline Time time_after(Time time, int64_t span_us) {
    return (Time){time.us + span_us};
}
static inline Time time_before(Time time, int64_t span_us) {
    return (Time){time.us - span_us};
}
/* Microseconds from `earlier` to `later`; negative when the order is the other way round. */
static inline int64_t time_between(Time earlier, Time later) {
    return later.us - earlier.us;
}
static inline bool time_is_before(Time left, Time right) {
    return left.us < right.us;
}

/* The wall clock. Feature code never asks it: `now` comes with the scope, so that tests choose it. */
Time time_now(void);
/* A clock that only goes forward, for measuring spans. Its zero means nothing. */
Time time_monotonic(void);

#endif
