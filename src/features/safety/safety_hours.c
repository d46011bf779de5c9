/* SPDX-License-Identifier: Apache-2.0 */
/* Windows of safe hours: kept as text, asked moment by moment. */
#include "features/safety/safety_hours.h"

#include "base/buf.h"

static const int64_t QUARTER_US = SAFETY_QUARTER * TIME_MINUTE;
/* A window on one day of the week can fall into the hour that spring leaves out: then it is a week later. */
static const int64_t SEARCH_US = 15 * TIME_DAY;

bool safety_window_is_valid(const SafetyWindow *window) {
    return window->days > 0 && window->days < 1U << 7 && window->from >= 0 &&
           window->from < SAFETY_DAY_MINUTES && window->to >= 0 && window->to < SAFETY_DAY_MINUTES &&
           window->from != window->to && window->from % SAFETY_QUARTER == 0 &&
           window->to % SAFETY_QUARTER == 0;
}

/* ---- as text ---- */

Str safety_hours_write(Arena *arena, const SafetyHours *hours) {
    switch (hours->kind) {
    case SAFETY_ANY_TIME:
        return STR("");
    case SAFETY_NEVER:
        return STR("never");
    case SAFETY_ONLY_THEN:
        break;
    }
    Buf text = buf_new(arena, 256);
    for (size_t at = 0; at < hours->count; at++) {
        const SafetyWindow *window = &hours->windows[at];
        buf_print(&text, "%s%u:%d:%d", at == 0 ? "" : ",", window->days, window->from, window->to);
    }
    return buf_str(&text);
}

static bool read_window(Str text, SafetyWindow *ret_window) {
    Str days = STR_NONE;
    Str from = STR_NONE;
    Str to = STR_NONE;
    int64_t numbers[3];
    if (!str_cut(text, ':', &days, &from) || !str_cut(from, ':', &from, &to) ||
        !str_to_int(days, 1, (1 << 7) - 1, &numbers[0]) ||
        !str_to_int(from, 0, SAFETY_DAY_MINUTES - 1, &numbers[1]) ||
        !str_to_int(to, 0, SAFETY_DAY_MINUTES - 1, &numbers[2])) {
        return false;
    }
    *ret_window = (SafetyWindow){(unsigned)numbers[0], (int)numbers[1], (int)numbers[2]};
    return safety_window_is_valid(ret_window);
}

SafetyHours safety_hours_read(Str text) {
    SafetyHours hours = {.kind = str_is_empty(text) ? SAFETY_ANY_TIME : SAFETY_ONLY_THEN};
    while (!str_is_empty(text)) {
        Str part = STR_NONE;
        (void)str_cut(text, ',', &part, &text);
        if (hours.count == SAFETY_WINDOWS_MOST || !read_window(part, &hours.windows[hours.count])) {
            return (SafetyHours){.kind = SAFETY_NEVER};
        }
        hours.count++;
    }
    return hours;
}

/* ---- moments ---- */

static bool window_holds(const SafetyWindow *window, int weekday, int minute) {
    const bool begins_today = (window->days & 1U << weekday) != 0;
    if (window->from < window->to) {
        return begins_today && minute >= window->from && minute < window->to;
    }
    const bool began_yesterday = (window->days & 1U << (weekday + 6) % 7) != 0;
    return (begins_today && minute >= window->from) || (began_yesterday && minute < window->to);
}

bool safety_hours_hold(const SafetyHours *hours, const Zone *zone, Time time) {
    switch (hours->kind) {
    case SAFETY_ANY_TIME:
        return true;
    case SAFETY_NEVER:
        return false;
    case SAFETY_ONLY_THEN:
        break;
    }
    const LocalTime local = calendar_local(time, zone->offset_us(zone, time));
    for (size_t at = 0; at < hours->count; at++) {
        if (window_holds(&hours->windows[at], local.weekday, local.hour * 60 + local.minute)) {
            return true;
        }
    }
    return false;
}

Time safety_hours_next(const SafetyHours *hours, const Zone *zone, Time time) {
    if (safety_hours_hold(hours, zone, time)) {
        return time;
    }
    if (hours->kind == SAFETY_NEVER) {
        return TIME_NONE;
    }
    Time next = {(time.us / QUARTER_US + 1) * QUARTER_US};
    const Time last = time_after(time, SEARCH_US);
    while (!time_is_before(last, next)) {
        if (safety_hours_hold(hours, zone, next)) {
            return next;
        }
        next = time_after(next, QUARTER_US);
    }
    return TIME_NONE;
}
