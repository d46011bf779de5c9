/* SPDX-License-Identifier: Apache-2.0 */
/* Reminders: one row for each person and meeting, taken out in the transaction that queues the notice, so
 * that no death of a process and no second process reminds twice. */
#include "features/diary/diary_remind.h"

#include "diary_sql.h"
#include "features/notice/notice.h"
#include "platform/again.h"
#include "platform/zone/zone.h"

enum { HOURS_BEFORE = 2, AT_ONCE = 50, MEETINGS_MOST = 400, QUARTER_MINUTES = 15 };

/* Safe hours come round within fifteen days, or never (safety_hours_next()). */
static const int64_t SEARCHED_US = 15 * TIME_DAY;

/* enum MeetingState and enum ClockUnit of features that stand on this one. */
enum { STATE_SET = 2 };
enum { UNIT_HOURS = 1, UNIT_DAYS = 2, UNIT_BUSINESS_DAYS = 3, UNIT_WEEKS = 4 };

typedef struct Before {
    int64_t amount; /* 0: no reminder */
    int64_t unit;
} Before;

/* ---- the moment ---- */

static Before before_of(const DiaryPlanOf *row) {
    switch ((DiaryLead)row->lead) {
    case DIARY_LEAD_NONE:
        return (Before){.amount = 0};
    case DIARY_LEAD_HOURS:
        return (Before){.amount = HOURS_BEFORE, .unit = UNIT_HOURS};
    case DIARY_LEAD_DAY:
        return (Before){.amount = 1, .unit = UNIT_DAYS};
    case DIARY_LEAD_PROGRAM:
    case DIARY_LEAD_COUNT:
        break;
    }
    return (Before){.amount = row->amount, .unit = row->unit};
}

/* The same time of day so many days before, on this clock: a day is not always 24 hours. */
static Time days_before(const Zone *zone, Time time, int64_t days, bool only_work_days) {
    LocalTime local = zone_local(zone, time);
    int64_t day = date_days(local.date);
    while (days > 0) {
        day--;
        const int weekday = calendar_weekday(day);
        days -= only_work_days && (weekday == 0 || weekday == 6) ? 0 : 1;
    }
    local.date = calendar_date(day);
    return zone_moment(zone, local);
}

static Time moment_before(const Zone *zone, Time starts_at, Before before) {
    switch (before.unit) {
    case UNIT_HOURS:
        return time_before(starts_at, before.amount * TIME_HOUR);
    case UNIT_WEEKS:
        return days_before(zone, starts_at, 7 * before.amount, false);
    default:
        return days_before(zone, starts_at, before.amount, before.unit == UNIT_BUSINESS_DAYS);
    }
}

/* Whose clock and hours these are, as safety_at() takes them. */
typedef struct Hours {
    Str hours;
    Str zone;
} Hours;

static Time safe_moment(const Scope *scope, Hours hours, Time wanted, Time until) {
    if (!time_is_before(scope->now, wanted)) {
        return TIME_NONE;
    }
    const SafetyAnswer answer = safety_at(hours.hours, hours.zone, wanted);
    if (answer.kind == SAFETY_MAY) {
        return wanted;
    }
    if (answer.kind == SAFETY_NOT_BEFORE && time_is_before(answer.not_before, until)) {
        return answer.not_before;
    }
    const int64_t quarter_us = QUARTER_MINUTES * TIME_MINUTE;
    const Time first = {wanted.us / quarter_us * quarter_us};
    for (Time time = first; time_is_before(scope->now, time) && time_between(time, first) < SEARCHED_US;
         time = time_before(time, quarter_us)) {
        if (safety_at(hours.hours, hours.zone, time).kind == SAFETY_MAY) {
            return time;
        }
    }
    return TIME_NONE;
}

Time diary_safe_moment(const Scope *scope, PersonId person, Time wanted, Time until) {
    DiaryHoursOf row;
    const bool has_card = diary_hours_of(scope->db, person, &row);
    const Hours hours = {.hours = has_card ? row.hours : STR_NONE, .zone = has_card ? row.zone : STR_NONE};
    return safe_moment(scope, hours, wanted, until);
}

static const Zone *clock_of(const DiaryPlanOf *row) {
    const Zone *own = str_is_none(row->own_zone) ? NULL : zone_find(row->own_zone);
    const Zone *zone = own != NULL ? own : zone_find(row->zone);
    return zone != NULL ? zone : zone_find(STR("UTC"));
}

void diary_plan(const Scope *scope, Tx *tx, PersonId person, MeetingId meeting) {
    (void)diary_reminder_drop(tx, meeting, person);
    DiaryPlanOf row;
    if (!diary_plan_of(scope->db, meeting, person, STATE_SET, &row)) {
        return;
    }
    const Before before = before_of(&row);
    if (before.amount == 0) {
        return;
    }
    const Time wanted = moment_before(clock_of(&row), row.starts_at, before);
    const Time at = safe_moment(scope, (Hours){row.hours, row.own_zone}, wanted, row.starts_at);
    if (!time_is_none(at)) {
        diary_reminder_insert(tx, meeting, person, at);
    }
}

/* ---- the choice ---- */

DiaryLead diary_lead(const Scope *scope, PersonId person) {
    DiaryLeadOf row;
    return diary_lead_of(scope->db, person, &row) ? (DiaryLead)row.lead : DIARY_LEAD_PROGRAM;
}

void diary_choose_lead(const Scope *scope, Tx *tx, DiaryLead lead) {
    if (lead == DIARY_LEAD_PROGRAM) {
        (void)diary_lead_drop(tx, scope->actor);
    } else {
        diary_lead_set(tx, scope->actor, lead, scope->now);
    }
    const int64_t quarter = scope->now.us / (QUARTER_MINUTES * TIME_MINUTE);
    const DiaryToPlanRows rows = diary_to_plan(scope->db, scope->actor, quarter, scope->now, MEETINGS_MOST);
    for (size_t at = 0; at < rows.count; at++) {
        diary_plan(scope, tx, scope->actor, rows.items[at].id);
    }
}

int64_t diary_program_lead_us(const Scope *scope, PersonId person) {
    const DiaryProgramLeadRows rows = diary_program_lead(scope->db, person);
    if (rows.count == 0) {
        return 0;
    }
    const DiaryProgramLead *row = &rows.items[0];
    return row->amount * (row->unit == UNIT_HOURS   ? TIME_HOUR
                          : row->unit == UNIT_WEEKS ? TIME_WEEK
                                                    : TIME_DAY);
}

/* ---- reminding ---- */

static void remind_write(Scope *scope, Tx *tx, void *context) {
    (void)context;
    const DiaryDueRows rows = diary_due(scope->db, scope->now, STATE_SET, AT_ONCE);
    for (size_t at = 0; at < rows.count; at++) {
        const DiaryDue *row = &rows.items[at];
        if (diary_reminder_drop(tx, row->meeting, row->person) != 1 || !row->is_held) {
            continue;
        }
        if (row->is_planned) {
            notice_remind(scope, tx, row->person, row->starts_at);
        } else {
            diary_plan(scope, tx, row->person, row->meeting);
        }
    }
}

void diary_remind(Scope *scope) {
    db_begin_read(scope->db);
    const bool is_due = diary_due(scope->db, scope->now, STATE_SET, 1).count > 0;
    db_end_read(scope->db);
    if (is_due) {
        again_write(scope, remind_write, NULL);
    }
}
