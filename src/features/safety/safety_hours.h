/* SPDX-License-Identifier: Apache-2.0 */
/* The hours in which it is safe to reach somebody, as the clock on the person's own wall shows them.
 *
 * Windows begin and end on the quarter hour, and offsets of zones do too, so that between two quarter hours
 * of UTC nothing changes: that makes the search for the next safe moment exact, also in the nights in which
 * clocks change. What is written and cannot be read means "never": a fault must not make a phone ring. */
#ifndef SAFETY_HOURS_H
#define SAFETY_HOURS_H

#include "base/arena.h"
#include "base/calendar.h"
#include "base/str.h"

typedef enum SafetyHoursKind {
    SAFETY_ANY_TIME = 0, /* nothing was said against any hour */
    SAFETY_ONLY_THEN = 1,
    SAFETY_NEVER = 2, /* the person comes by itself */
} SafetyHoursKind;

enum { SAFETY_WINDOWS_MOST = 3, SAFETY_QUARTER = 15, SAFETY_DAY_MINUTES = 24 * 60 };

typedef struct SafetyWindow {
    unsigned days; /* bits 1 << weekday, Sunday 0: the days on which it begins */
    int from;      /* minutes after midnight, whole quarter hours */
    int to;        /* likewise; not after `from`: until then on the next day */
} SafetyWindow;

typedef struct SafetyHours {
    SafetyHoursKind kind;
    SafetyWindow windows[SAFETY_WINDOWS_MOST];
    size_t count;
} SafetyHours;

/* As it is kept: "" any time, "never", or "62:540:900,65:600:720". */
Str safety_hours_write(Arena *arena, const SafetyHours *hours);
SafetyHours safety_hours_read(Str text);

bool safety_window_is_valid(const SafetyWindow *window);

/* Is it safe at this moment? */
bool safety_hours_hold(const SafetyHours *hours, const Zone *zone, Time time);
/* The first safe moment from `time` on; TIME_NONE when there is none within fifteen days. */
Time safety_hours_next(const SafetyHours *hours, const Zone *zone, Time time);

#endif
