/* SPDX-License-Identifier: Apache-2.0 */
/* One component tree, written once. */
#include "platform/ical/ical.h"

#include "base/fail.h"
#include "platform/ical/ical_moment.h"

#include <assert.h>

enum { REFRESH_HOURS = 1 };

/* Which program wrote it would tell what it is for. */
#define PRODUCT "-//calendar//1.0//EN"

static void component_free(void *context) {
    icalcomponent_free(context);
}

static void *made(void *part) {
    if (part == NULL) {
        fail(FAIL_MEMORY, "libical has no memory left");
    }
    return part;
}

static void add(icalcomponent *component, icalproperty *property) {
    icalcomponent_add_property(component, made(property));
}

static bool is_mail(IcalKind kind) {
    return kind == ICAL_KIND_SET || kind == ICAL_KIND_OFF;
}

static const char *address(Arena *arena, Str mail) {
    return str_c(arena, str_print(arena, "mailto:%.*s", STR_ARGS(mail)));
}

/* Whose mail it is has called it, and who gets it has agreed already: so no program asks for an answer, which
 * nobody here would read. Nobody else stands in it. */
static void add_people(Arena *arena, icalcomponent *event, const IcalCalendar *calendar) {
    add(event, icalproperty_new_organizer(address(arena, calendar->from)));
    icalproperty *attendee = made(icalproperty_new_attendee(address(arena, calendar->to)));
    icalproperty_add_parameter(attendee, made(icalparameter_new_partstat(ICAL_PARTSTAT_ACCEPTED)));
    icalproperty_add_parameter(attendee, made(icalparameter_new_rsvp(ICAL_RSVP_FALSE)));
    add(event, attendee);
}

static icalcomponent *event_of(Arena *arena, const IcalCalendar *calendar, const IcalEntry *entry) {
    icalcomponent *event = made(icalcomponent_new(ICAL_VEVENT_COMPONENT));
    add(event, icalproperty_new_uid(str_c(arena, entry->uid)));
    add(event, icalproperty_new_dtstamp(ical_moment(entry->changed_at)));
    add(event, icalproperty_new_sequence((int)entry->sequence));
    add(event, icalproperty_new_dtstart(ical_moment(entry->starts_at)));
    add(event,
        icalproperty_new_dtend(ical_moment(time_after(entry->starts_at, entry->minutes * TIME_MINUTE))));
    add(event, icalproperty_new_summary(str_c(arena, entry->summary)));
    add(event, icalproperty_new_class(ICAL_CLASS_PRIVATE));
    add(event, icalproperty_new_transp(ICAL_TRANSP_OPAQUE));
    add(event, icalproperty_new_status(calendar->kind == ICAL_KIND_OFF ? ICAL_STATUS_CANCELLED
                                                                       : ICAL_STATUS_CONFIRMED));
    if (is_mail(calendar->kind)) {
        add_people(arena, event, calendar);
    }
    return event;
}

/* Programs that fetch it ask again after an hour, not every five minutes. */
static void add_feed_lines(Arena *arena, icalcomponent *root, Str name) {
    icalproperty *known_name = made(icalproperty_new_x(str_c(arena, name)));
    icalproperty_set_x_name(known_name, "X-WR-CALNAME");
    add(root, known_name);
    const struct icaldurationtype every = {.hours = REFRESH_HOURS};
    icalproperty *refresh = made(icalproperty_new_refreshinterval(every));
    icalproperty_add_parameter(refresh, made(icalparameter_new_value(ICAL_VALUE_DURATION)));
    add(root, refresh);
}

static enum icalproperty_method method_of(IcalKind kind) {
    switch (kind) {
    case ICAL_KIND_FEED:
    case ICAL_KIND_FILE:
        return ICAL_METHOD_PUBLISH;
    case ICAL_KIND_SET:
        return ICAL_METHOD_REQUEST;
    case ICAL_KIND_OFF:
        return ICAL_METHOD_CANCEL;
    }
    assert(false && "a kind of calendar that this list does not know");
    return ICAL_METHOD_NONE;
}

Str ical_method(IcalKind kind) {
    return str_of(icalproperty_method_to_string(method_of(kind)));
}

Str ical_write(Arena *arena, const IcalCalendar *calendar) {
    assert(!is_mail(calendar->kind) || calendar->count == 1);
    icalcomponent *root = made(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
    arena_at_end(arena, component_free, root);
    add(root, icalproperty_new_prodid(PRODUCT));
    add(root, icalproperty_new_version("2.0"));
    add(root, icalproperty_new_method(method_of(calendar->kind)));
    if (calendar->kind == ICAL_KIND_FEED) {
        add_feed_lines(arena, root, calendar->name);
    }
    for (size_t at = 0; at < calendar->count; at++) {
        icalcomponent_add_component(root, event_of(arena, calendar, &calendar->items[at]));
    }
    char *text = made(icalcomponent_as_ical_string_r(root));
    const Str copy = str_copy(arena, str_of(text));
    icalmemory_free_buffer(text);
    return copy;
}
