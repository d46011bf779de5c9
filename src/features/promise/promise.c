/* SPDX-License-Identifier: Apache-2.0 */
/* Promises between two people, from the first word until they are done or let go. */
#include "features/promise/promise.h"

#include "features/consent/consent.h"
#include "features/diary/diary.h"
#include "features/notice/notice.h"
#include "platform/again.h"
#include "platform/zone/zone.h"
#include "promise_sql.h"
#include "texts.h"

const char *const promise_day_names[PROMISE_DAYS + 1] = {
    "today", "tomorrow", "three-days", "week", "two-weeks", "month", NULL,
};

PromiseDay promise_day_of(Str name) {
    for (PromiseDay day = PROMISE_TOMORROW; day < PROMISE_DAYS; day++) {
        if (str_equal(name, str_of(promise_day_names[day]))) {
            return day;
        }
    }
    return PROMISE_TODAY;
}

Text promise_day_text(PromiseDay day) {
    static const Text texts[PROMISE_DAYS] = {
        TEXT_PROMISE_TODAY,     TEXT_PROMISE_TOMORROW,     TEXT_PROMISE_IN_THREE_DAYS,
        TEXT_PROMISE_IN_A_WEEK, TEXT_PROMISE_IN_TWO_WEEKS, TEXT_PROMISE_IN_A_MONTH,
    };
    return texts[day];
}

/* On no day do clocks change at noon. */
static Time due_at(const Scope *scope, Time from, PromiseDay day) {
    static const int64_t days[PROMISE_DAYS] = {0, 1, 3, 7, 14, 30};
    const int64_t due = date_days(zone_date(scope->zone, from)) + days[day];
    return zone_moment(scope->zone, (LocalTime){.date = calendar_date(due), .hour = 12});
}

Time promise_due_at(const Scope *scope, PromiseDay day) {
    return due_at(scope, scope->now, day);
}

/* ---- reminders ---- */

/* On the morning of its day, which is over at midnight: both where noon was reckoned. */
static Time morning_of(Time due_at) {
    return time_before(due_at, 3 * TIME_HOUR);
}
static Time end_of_day(Time due_at) {
    return time_after(due_at, 12 * TIME_HOUR);
}

static void plan_reminder(const Scope *scope, Tx *tx, PromiseId id, Time due_at) {
    const Time at = diary_safe_moment(scope, scope->actor, morning_of(due_at), end_of_day(due_at));
    if (!time_is_none(at)) {
        promise_reminder_insert(tx, id, at);
    }
}

static PromiseDueRows due_now(const Scope *scope, int64_t most) {
    return promise_due(scope->db, &(PromiseDueIn){.now = scope->now,
                                                  .open = PROMISE_OPEN,
                                                  .contacts = CONSENT_CONTACTS,
                                                  .none = DIARY_LEAD_NONE,
                                                  .most = most});
}

static void remind_write(Scope *scope, Tx *tx, void *context) {
    enum { AT_ONCE = 50 };
    (void)context;
    const PromiseDueRows rows = due_now(scope, AT_ONCE);
    for (size_t at = 0; at < rows.count; at++) {
        const PromiseDue *row = &rows.items[at];
        const Time until = end_of_day(row->due_at);
        if (promise_reminder_drop(tx, row->promise) == 1 && row->is_held &&
            time_is_before(scope->now, until)) {
            notice_remind(scope, tx, row->by_person, until);
        }
    }
}

void promise_remind(Scope *scope) {
    db_begin_read(scope->db);
    const bool is_due = due_now(scope, 1).count > 0;
    db_end_read(scope->db);
    if (is_due) {
        again_write(scope, remind_write, NULL);
    }
}

/* ---- from the first word ---- */

PromiseId promise_add(const Scope *scope, Tx *tx, const Match *match, const PromiseNew *promise) {
    const PromiseId id = {random_id(scope->random)};
    const Time said_at = time_is_none(promise->at) ? scope->now : promise->at;
    const Time due = due_at(scope, said_at, promise->day);
    promise_insert(tx, &(PromiseInsert){.id = id,
                                        .match = match->id,
                                        .person = match->receiver,
                                        .by_person = scope->actor,
                                        .words = promise->words,
                                        .due_at = due,
                                        .state = PROMISE_OPEN,
                                        .now = scope->now});
    if (promise->is_part2) {
        promise_mark_part2(tx, id);
    }
    plan_reminder(scope, tx, id, due);
    match_news(scope, tx, match->id);
    return id;
}

PromiseResult promise_end(const Scope *scope, Tx *tx, MatchId match, PromiseId id, PromiseState how) {
    const int64_t changed = promise_set_state(tx, &(PromiseSetState){.id = id,
                                                                     .match = match,
                                                                     .by_person = scope->actor,
                                                                     .from_state = PROMISE_OPEN,
                                                                     .state = how,
                                                                     .now = scope->now});
    if (changed != 1) {
        return PROMISE_ELSEWHERE;
    }
    (void)promise_reminder_drop(tx, id);
    match_news(scope, tx, match);
    return PROMISE_ENDED;
}

static bool is_due(const Scope *scope, Date due_on) {
    return date_days(due_on) <= date_days(zone_date(scope->zone, scope->now));
}

Promises promise_list(const Scope *scope, MatchId match) {
    const PromiseOfMatchRows rows =
        promise_of_match(scope->db, &(PromiseOfMatchIn){.match = match,
                                                        .reader = scope->actor,
                                                        .contacts = CONSENT_CONTACTS,
                                                        .open = PROMISE_OPEN,
                                                        .now = scope->now,
                                                        .most = PROMISE_MOST});
    Promise *items = NEW_MANY(scope->arena, rows.count, Promise);
    for (size_t at = 0; at < rows.count; at++) {
        const PromiseOfMatch *row = &rows.items[at];
        const Date due_on = zone_date(scope->zone, row->due_at);
        items[at] = (Promise){.id = row->id,
                              .match = match,
                              .by = row->by_person,
                              .by_called = row->by_called,
                              .words = row->words,
                              .due_on = due_on,
                              .is_due = is_due(scope, due_on)};
    }
    return (Promises){.items = items, .count = rows.count};
}

PromisesOwn promise_list_own(const Scope *scope) {
    const PromiseOfPersonRows rows =
        promise_of_person(scope->db, &(PromiseOfPersonIn){.person = scope->actor,
                                                          .contacts = CONSENT_CONTACTS,
                                                          .open = PROMISE_OPEN,
                                                          .now = scope->now,
                                                          .most = PROMISE_MOST});
    PromiseOwn *items = NEW_MANY(scope->arena, rows.count, PromiseOwn);
    for (size_t at = 0; at < rows.count; at++) {
        const PromiseOfPerson *row = &rows.items[at];
        const Date due_on = zone_date(scope->zone, row->due_at);
        items[at] = (PromiseOwn){.id = row->id,
                                 .match = row->match,
                                 .to_called = row->to_called,
                                 .receiver = row->receiver,
                                 .words = row->words,
                                 .due_on = due_on,
                                 .is_due = is_due(scope, due_on)};
    }
    return (PromisesOwn){.items = items, .count = rows.count};
}
