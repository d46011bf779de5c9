/* SPDX-License-Identifier: Apache-2.0 */
/* A moment as libical takes it, for the two that ask the library: ical and zone. */
#ifndef ICAL_MOMENT_H
#define ICAL_MOMENT_H

#include "base/calendar.h"

#include <libical/ical.h>

static inline struct icaltimetype ical_moment(Time time) {
    const LocalTime utc = calendar_local(time, 0);
    return (struct icaltimetype){
        .year = utc.date.year,
        .month = utc.date.month,
        .day = utc.date.day,
        .hour = utc.hour,
        .minute = utc.minute,
        .second = utc.second,
        .zone = icaltimezone_get_utc_timezone(),
    };
}

#endif
