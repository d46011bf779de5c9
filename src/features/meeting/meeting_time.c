/* SPDX-License-Identifier: Apache-2.0 */
/* Times as the two people read them, each on their own clock, across both changes of it. */
#include "features/meeting/meeting.h"

#include "features/card/card_clock.h"
#include "features/safety/safety.h"
#include "platform/zone/zone.h"
#include "texts.h"

enum { DAYS_AHEAD_MOST = 366, HOUR_MINUTES = 60 };

MeetingClock meeting_clock(const Scope *scope, PersonId person, Str program_zone) {
    const Str own = safety_zone(scope, person);
    const Zone *zone = str_is_none(own) ? NULL : zone_find(own);
    if (zone != NULL) {
        return (MeetingClock){.zone = zone, .name = own};
    }
    zone = zone_find(program_zone);
    return zone != NULL ? (MeetingClock){.zone = zone, .name = program_zone}
                        : (MeetingClock){.zone = zone_find(STR("UTC")), .name = STR("UTC")};
}

static bool shows_the_same(MeetingClock clock, Time one, Time other) {
    const LocalTime left = zone_local(clock.zone, one);
    const LocalTime right = zone_local(clock.zone, other);
    return date_days(left.date) == date_days(right.date) && left.hour == right.hour &&
           left.minute == right.minute;
}

MeetingReading meeting_read(const Scope *scope, MeetingClock clock, Date day, int minute, Time *ret_time) {
    const Time time = zone_moment(clock.zone, (LocalTime){.date = day,
                                                          .hour = (int8_t)(minute / HOUR_MINUTES),
                                                          .minute = (int8_t)(minute % HOUR_MINUTES)});
    const LocalTime shown = zone_local(clock.zone, time);
    if (shown.hour * HOUR_MINUTES + shown.minute != minute) {
        return MEETING_READ_SKIPPED;
    }
    if (!time_is_before(scope->now, time)) {
        return MEETING_READ_PAST;
    }
    if (time_between(scope->now, time) > DAYS_AHEAD_MOST * TIME_DAY) {
        return MEETING_READ_FAR;
    }
    *ret_time = time;
    return MEETING_READ;
}

Str meeting_when(const Words *words, MeetingClock clock, Time time) {
    const LocalTime local = zone_local(clock.zone, time);
    Buf hour = buf_new(words->arena, 64);
    text_add_clock(&hour, words->lang, local.hour, local.minute);
    const Str when =
        text_meeting_when(words, card_day_text(local.weekday), text_month(local.date.month), local.date.day,
                          buf_str(&hour), card_zone_words(words->lang, clock.name));
    if (shows_the_same(clock, time, time_after(time, TIME_HOUR))) {
        return text_meeting_when_first(words, when);
    }
    return shows_the_same(clock, time, time_before(time, TIME_HOUR)) ? text_meeting_when_second(words, when)
                                                                     : when;
}
