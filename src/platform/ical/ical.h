/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars in the form that other programs read: iCalendar (RFC 5545), built by libical.
 *
 * Every moment is written in UTC ("20261101T063000Z"). An entry happens once, so no rule has to be kept
 * across a change of the clocks; UTC names the second 1:30 of an autumn night, which a local time with a zone
 * cannot; and a calendar that says no zone does not tell where somebody lives. The calendar it is put into
 * shows it on its own clock.
 *
 * An entry says when, how long, and the few words given: no place, no description, and nothing of who wrote
 * it. Clients keep what they were given for good, so what does not stand here cannot come out there. */
#ifndef ICAL_H
#define ICAL_H

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"

typedef enum IcalKind {
    ICAL_KIND_FEED, /* all there is, asked for again and again */
    ICAL_KIND_FILE, /* to be taken into a calendar once */
    ICAL_KIND_SET,  /* by mail (RFC 6047): this one stands, in place of what was sent before */
    ICAL_KIND_OFF,  /* by mail: it does not stand any more */
} IcalKind;

typedef struct IcalEntry {
    Str uid; /* always the same for one entry in one calendar: [a-z0-9-], nothing to read in it */
    Time starts_at;
    int64_t minutes;
    int64_t sequence; /* how often it changed; a calendar keeps the highest */
    Time changed_at;
    Str summary;
} IcalEntry;

typedef struct IcalCalendar {
    IcalKind kind;
    Str name;               /* of a feed */
    const IcalEntry *items; /* exactly one by mail */
    size_t count;
    Str from; /* by mail: two bare addresses, whose the mail is and whom it goes to; else none */
    Str to;
} IcalCalendar;

/* Lines end in CR LF. */
Str ical_write(Arena *arena, const IcalCalendar *calendar);

/* The method of iTIP (RFC 5546) that a mail of this kind also says in its head: "REQUEST", "CANCEL". */
Str ical_method(IcalKind kind);

#endif
