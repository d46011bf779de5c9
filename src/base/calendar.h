/* SPDX-License-Identifier: Apache-2.0 */
/* Days, wall clocks and how far they stand from UTC: the arithmetic, without any table of the outside world.
 *
 * A Zone is anything that can say its offset at a moment; platform/zone makes the real ones from the system's
 * tables. So that what writes sentences can say a local time, and knows nothing of where zones come from. The
 * calendar is the Gregorian one, before 1582 too. */
#ifndef CALENDAR_H
#define CALENDAR_H

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"

/* A calendar day as people say it, without a time of day. month 1..12, day 1..31; year 0: "not there". */
typedef struct Date {
    int16_t year;
    int8_t month;
    int8_t day;
} Date;

typedef struct LocalTime {
    Date date;
    int8_t hour;    /* 0..23 */
    int8_t minute;  /* 0..59 */
    int8_t second;  /* 0..59 */
    int8_t weekday; /* 0 = Sunday */
} LocalTime;

/* Where clocks hang. offset_us: what its clocks show at a moment, less UTC. */
typedef struct Zone Zone;
struct Zone {
    int64_t (*offset_us)(const Zone *zone, Time time);
};

/* Days since 1970-01-01. month and day may lie outside their range and are carried over. */
int64_t calendar_days(int64_t year, int64_t month, int64_t day);
/* The day that many days after 1970-01-01. Years outside 1..9999 become the nearest of these. */
Date calendar_date(int64_t days);
/* 0 = Sunday. */
int calendar_weekday(int64_t days);

/* What a clock shows that is offset_us ahead of UTC. */
LocalTime calendar_local(Time time, int64_t offset_us);
/* The moment at which a clock offset_us ahead of UTC shows this. Fields may overflow; weekday is not read. */
Time calendar_moment(LocalTime local, int64_t offset_us);

static inline bool date_is_none(Date date) {
    return date.year == 0;
}

/* calendar_days() of a day. */
int64_t date_days(Date date);
/* As a browser's field for a day writes it: "2026-03-04". */
Str date_write(Arena *arena, Date date);
/* The other way round; none for whatever else, and for a day that the calendar has not. */
Date date_read(Str text);

#endif
