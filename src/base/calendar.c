/* SPDX-License-Identifier: Apache-2.0 */
/* Civil days as numbers, by eras of 400 years that begin in March, so that the leap day comes last. */
#include "base/calendar.h"

enum { DAYS_OF_ERA = 146097, EPOCH = 719468 /* days from 0000-03-01 to 1970-01-01 */ };

/* Rounds down, also below zero. */
static int64_t divide_down(int64_t value, int64_t by) {
    return value / by - (value % by < 0 ? 1 : 0);
}

int64_t calendar_days(int64_t year, int64_t month, int64_t day) {
    year += divide_down(month - 1, 12);
    month = month - 1 - divide_down(month - 1, 12) * 12; /* 0..11 */
    const int64_t from_march = (month + 10) % 12;
    year -= month < 2 ? 1 : 0;
    const int64_t era = divide_down(year, 400);
    const int64_t year_of_era = year - era * 400;
    const int64_t day_of_year = (153 * from_march + 2) / 5;
    return era * DAYS_OF_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year + day -
           1 - EPOCH;
}

Date calendar_date(int64_t days) {
    const int64_t first = calendar_days(1, 1, 1);
    const int64_t last = calendar_days(9999, 12, 31);
    days = days < first ? first : days > last ? last : days;
    const int64_t from_march = days + EPOCH;
    const int64_t era = divide_down(from_march, DAYS_OF_ERA);
    const int64_t day_of_era = from_march - era * DAYS_OF_ERA;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t month_from_march = (5 * day_of_year + 2) / 153;
    const int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (Date){
        .year = (int16_t)(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
        .month = (int8_t)month,
        .day = (int8_t)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
    };
}

int calendar_weekday(int64_t days) {
    const int64_t weekday = (days + 4) % 7; /* the epoch was a Thursday */
    return (int)(weekday < 0 ? weekday + 7 : weekday);
}

LocalTime calendar_local(Time time, int64_t offset_us) {
    const int64_t shown = time.us + offset_us;
    const int64_t days = divide_down(shown, TIME_DAY);
    const int64_t of_day = shown - days * TIME_DAY;
    return (LocalTime){
        .date = calendar_date(days),
        .hour = (int8_t)(of_day / TIME_HOUR),
        .minute = (int8_t)(of_day / TIME_MINUTE % 60),
        .second = (int8_t)(of_day / TIME_SECOND % 60),
        .weekday = (int8_t)calendar_weekday(days),
    };
}

Time calendar_moment(LocalTime local, int64_t offset_us) {
    const int64_t days = calendar_days(local.date.year, local.date.month, local.date.day);
    return (Time){days * TIME_DAY + local.hour * TIME_HOUR + local.minute * TIME_MINUTE +
                  local.second * TIME_SECOND - offset_us};
}

int64_t date_days(Date date) {
    return calendar_days(date.year, date.month, date.day);
}

Str date_write(Arena *arena, Date date) {
    return str_print(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

Date date_read(Str text) {
    int64_t year = 0;
    int64_t month = 0;
    int64_t day = 0;
    if (text.length != 10 || text.at[4] != '-' || text.at[7] != '-' ||
        !str_to_int(str_part(text, 0, 4), 1, 9999, &year) ||
        !str_to_int(str_part(text, 5, 2), 1, 12, &month) || !str_to_int(str_part(text, 8, 2), 1, 31, &day)) {
        return (Date){0};
    }
    const Date date = calendar_date(calendar_days(year, month, day));
    return date.day == day ? date : (Date){0};
}
