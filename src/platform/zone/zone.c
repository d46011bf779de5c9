/* SPDX-License-Identifier: Apache-2.0 */
/* Zones as sorted lists of offset changes, read out of libical once when a zone is first asked for. */
#include "platform/zone/zone.h"

#include "base/fail.h"
#include "platform/ical/ical_moment.h"

enum { CHANGES_MOST = 1024, NAME_MOST = 64, FIRST_YEAR = 1990, LAST_YEAR = 2070 };

typedef struct Change {
    int64_t from_us;
    int64_t offset_us;
} Change;

typedef struct LoadedZone {
    Zone zone; /* first, so that a Zone made here is a LoadedZone */
    struct LoadedZone *next;
    char name[NAME_MOST];
    size_t count; /* at least 1; changes[0] holds for all time before changes[1] */
    Change changes[];
} LoadedZone;

/* What the process has loaded. A zone is never taken out or changed, so this only saves work. */
static LoadedZone *loaded;

static int64_t loaded_offset(const Zone *zone, Time time) {
    const LoadedZone *self = (const LoadedZone *)zone;
    size_t low = 0;
    size_t high = self->count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (self->changes[middle].from_us <= time.us) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return self->changes[low].offset_us;
}

static int64_t ask_library(icaltimezone *source, int64_t second) {
    struct icaltimetype moment = ical_moment((Time){second * TIME_SECOND});
    return icaltimezone_get_utc_offset_of_utc_time(source, &moment, NULL);
}

/* The first second in (before, after] with the offset that holds at `after`. One change lies between. */
static int64_t find_change(icaltimezone *source, int64_t before, int64_t after) {
    const int64_t new_offset = ask_library(source, after);
    while (after - before > 1) {
        const int64_t middle = before + (after - before) / 2;
        if (ask_library(source, middle) == new_offset) {
            after = middle;
        } else {
            before = middle;
        }
    }
    return after;
}

static size_t read_changes(icaltimezone *source, Change *changes) {
    const int64_t week = TIME_WEEK / TIME_SECOND;
    const int64_t first = calendar_days(FIRST_YEAR, 1, 1) * TIME_DAY / TIME_SECOND;
    const int64_t last = calendar_days(LAST_YEAR, 1, 1) * TIME_DAY / TIME_SECOND;
    /* The library works its tables out up to the year asked for, anew for a later one: so the end first. */
    (void)ask_library(source, last);
    int64_t offset = ask_library(source, first);
    size_t count = 0;
    changes[count++] = (Change){.from_us = first * TIME_SECOND, .offset_us = offset * TIME_SECOND};
    /* No zone changes twice within a week. */
    for (int64_t second = first + week; second < last && count < CHANGES_MOST; second += week) {
        const int64_t next = ask_library(source, second);
        if (next != offset) {
            offset = next;
            changes[count++] = (Change){
                .from_us = find_change(source, second - week, second) * TIME_SECOND,
                .offset_us = offset * TIME_SECOND,
            };
        }
    }
    return count;
}

static const Zone *zone_add(const char *name, const Change *changes, size_t count) {
    LoadedZone *zone = calloc(1, sizeof(LoadedZone) + count * sizeof(Change));
    if (zone == NULL) {
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    zone->zone.offset_us = loaded_offset;
    snprintf(zone->name, sizeof zone->name, "%s", name);
    zone->count = count;
    memcpy(zone->changes, changes, count * sizeof(Change));
    zone->next = loaded;
    loaded = zone;
    return &zone->zone;
}

/* Only what a zone's name is made of: the library builds a file's path from it. */
static bool is_zone_name(Str name) {
    if (name.length == 0 || name.length >= NAME_MOST || !isalpha((unsigned char)name.at[0])) {
        return false;
    }
    for (size_t i = 0; i < name.length; i++) {
        const unsigned char byte = (unsigned char)name.at[i];
        if (!isalnum(byte) && byte != '/' && byte != '_' && byte != '-' && byte != '+') {
            return false;
        }
    }
    return true;
}

const Zone *zone_find(Str name) {
    for (LoadedZone *zone = loaded; zone != NULL; zone = zone->next) {
        if (str_equal(name, str_of(zone->name))) {
            return &zone->zone;
        }
    }
    if (str_equal(name, STR("UTC"))) {
        return zone_add("UTC", &(Change){0}, 1);
    }
    if (!is_zone_name(name)) {
        return NULL;
    }
    char text[NAME_MOST];
    snprintf(text, sizeof text, "%.*s", STR_ARGS(name));
    icaltimezone *source = icaltimezone_get_builtin_timezone(text);
    if (source == NULL) {
        return NULL;
    }
    static Change changes[CHANGES_MOST];
    return zone_add(text, changes, read_changes(source, changes));
}

LocalTime zone_local(const Zone *zone, Time time) {
    return calendar_local(time, zone->offset_us(zone, time));
}

Date zone_date(const Zone *zone, Time time) {
    return zone_local(zone, time).date;
}

Time zone_moment(const Zone *zone, LocalTime local) {
    const Time as_utc = calendar_moment(local, 0);
    /* No offset is a day or more, so these two hold the offsets on both sides of a change near here. */
    const int64_t before = zone->offset_us(zone, time_before(as_utc, TIME_DAY));
    const int64_t after = zone->offset_us(zone, time_after(as_utc, TIME_DAY));
    const Time early = time_before(as_utc, before);
    const Time late = time_before(as_utc, after);
    /* The offset before the change comes first: it is the earlier of two readings in autumn, and what a
     * reading skipped in spring would have meant. */
    if (zone->offset_us(zone, early) == before || zone->offset_us(zone, late) != after) {
        return early;
    }
    return late;
}

Time zone_after_business_days(const Zone *zone, Time from, int days) {
    LocalTime local = zone_local(zone, from);
    int64_t day = calendar_days(local.date.year, local.date.month, local.date.day);
    while (days > 0) {
        day++;
        const int weekday = calendar_weekday(day);
        days -= weekday != 0 && weekday != 6 ? 1 : 0;
    }
    local.date = calendar_date(day);
    const Time moment = zone_moment(zone, local);
    return time_after(moment, from.us % TIME_SECOND); /* a wall clock shows whole seconds */
}
