/* SPDX-License-Identifier: Apache-2.0 */
/* Time zones by IANA name, through libical and the system's zone tables.
 *
 * Moments are stored in UTC; a program says where its clocks hang, and pages and clocks ("one business day",
 * "not before six") are worked out there, right across both clock changes. Zones are loaded once a process
 * and live until it ends; after loading a zone never changes, and asking it costs a short search in memory.
 * Changes of offset are known from 1990 to 2070; outside, the nearest known offset counts.
 * Date, LocalTime and Zone are in base/calendar.h. */
#ifndef ZONE_H
#define ZONE_H

#include "base/calendar.h"
#include "base/str.h"

/* NULL when there is no such zone. "UTC" always exists. */
const Zone *zone_find(Str name);
LocalTime zone_local(const Zone *zone, Time time);
/* The moment of a wall-clock reading. A reading skipped in spring is taken as the moment the clock would have
 * shown without the change; one that happens twice in autumn is taken as the first. Any field may overflow
 * (day 32) and is carried over. */
Time zone_moment(const Zone *zone, LocalTime local);
/* `days` business days (Monday to Friday) after `from`, at the same wall-clock time. */
Time zone_after_business_days(const Zone *zone, Time from, int days);
Date zone_date(const Zone *zone, Time time);

#endif
