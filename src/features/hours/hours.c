/* SPDX-License-Identifier: Apache-2.0 */
/* Months of giving, and what was wished of them. */
#include "features/hours/hours.h"

#include "hours_sql.h"
#include "platform/zone/zone.h"

#include <assert.h>

int64_t hours_wish(const Scope *scope) {
    HoursWishRow row;
    return hours_wish_row(scope->db, scope->actor, &row) ? row.hours : 0;
}

void hours_set_wish(const Scope *scope, Tx *tx, int64_t hours) {
    assert(hours >= 0 && hours <= HOURS_MOST);
    if (hours == 0) {
        hours_wish_delete(tx, scope->actor);
        return;
    }
    hours_wish_put(tx, scope->actor, hours);
}

void hours_forget(Tx *tx, PersonId person) {
    hours_wish_delete(tx, person);
}

/* `back`: whole months before this one. */
static Date first_of(const Scope *scope, int back) {
    const Date today = zone_date(scope->zone, scope->now);
    return calendar_date(calendar_days(today.year, today.month - back, 1));
}

static Time start_of(const Scope *scope, Date day) {
    return zone_moment(scope->zone, (LocalTime){.date = day});
}

HoursMonth hours_month(const Scope *scope) {
    const Date first = first_of(scope, 0);
    return (HoursMonth){.first = first,
                        .time = contact_time(scope, scope->actor, start_of(scope, first), TIME_NONE)};
}

HoursMonths hours_months(const Scope *scope) {
    HoursMonth *items = NEW_MANY(scope->arena, HOURS_MONTHS, HoursMonth);
    size_t count = 0;
    for (int back = 0; back < HOURS_MONTHS; back++) {
        const Date first = first_of(scope, back);
        const Time until = back == 0 ? TIME_NONE : start_of(scope, items[back - 1].first);
        items[back] = (HoursMonth){
            .first = first,
            .time = contact_time(scope, scope->actor, start_of(scope, first), until),
        };
        if (items[back].time.talks > 0 || items[back].time.travel_minutes > 0) {
            count = (size_t)back + 1;
        }
    }
    return (HoursMonths){.items = items, .count = count};
}

HoursStanding hours_standing(ContactTime time, int64_t wish) {
    enum { HOUR = 60, TENTHS = 10, NEAR = 9 };
    const int64_t given = time.minutes + time.travel_minutes;
    if (wish == 0) {
        return HOURS_UNSAID;
    }
    if (given > wish * HOUR) {
        return HOURS_OVER;
    }
    return given * TENTHS >= wish * HOUR * NEAR ? HOURS_NEAR : HOURS_WITHIN;
}
