/* SPDX-License-Identifier: Apache-2.0 */
/* Who says that days are hard, what is due on each of them, and when they are over. */
#include "features/hard/hard.h"

#include "features/card/card.h"
#include "features/debrief/debrief.h"
#include "features/hard/hard_backup.h"
#include "features/notice/notice.h"
#include "hard_sql.h"
#include "platform/again.h"
#include "platform/zone/zone.h"

static MaybeInt hour_kept(int64_t hour) {
    return hour == HARD_NO_HOUR ? (MaybeInt){0} : (MaybeInt){.is_known = true, .value = hour};
}

static int64_t hour_of(MaybeInt kept) {
    return kept.is_known ? kept.value : HARD_NO_HOUR;
}

/* One walk, as a step needs it. */
typedef struct Place {
    Match match;
    HardRow row;
    bool is_there; /* something holds: `row` says what */
} Place;

/* False: nobody can say anything of hard days there. */
static bool find_place(const Scope *scope, MatchId match, Place *ret_place) {
    Place place = {0};
    if (!match_find(scope, match, &place.match) ||
        (place.match.state != MATCH_NEW && place.match.state != MATCH_WALKING)) {
        return false;
    }
    place.is_there = hard_row(scope->db, match, scope->now, &place.row);
    *ret_place = place;
    return true;
}

static bool is_receiver(const Scope *scope, const Place *place) {
    return person_id_equal(scope->actor, place->match.receiver);
}

static bool is_giver(const Scope *scope, const Place *place) {
    return person_id_equal(scope->actor, place->match.giver);
}

bool hard_find(const Scope *scope, MatchId match, Hard *ret_hard) {
    HardRow row;
    if (!hard_row(scope->db, match, scope->now, &row)) {
        return false;
    }
    *ret_hard = (Hard){.match = match,
                       .state = (HardState)row.state,
                       .hour = hour_of(row.hour),
                       .answer = (HardAnswer)row.answer,
                       .until_at = row.until_at,
                       .reached_at = row.reached_at,
                       .missed_since = row.missed_since};
    return true;
}

/* ---- hours ---- */

static Time moment_of(const Zone *zone, int64_t day, int64_t hour) {
    return zone_moment(zone, (LocalTime){.date = calendar_date(day), .hour = (int8_t)hour});
}

static bool is_safe_each_day(const Scope *scope, const SafetyHours *hours, const Zone *clock, int64_t hour) {
    const int64_t today = date_days(zone_date(scope->zone, scope->now));
    for (int64_t day = today; day < today + 7; day++) {
        if (!safety_hours_hold(hours, clock, moment_of(scope->zone, day, hour))) {
            return false;
        }
    }
    return true;
}

HardHours hard_hours(const Scope *scope, PersonId receiver) {
    HardHours found = {0};
    Card card;
    const Zone *clock = card_find(scope, receiver, &card) ? zone_find(card.rules.zone) : NULL;
    for (int64_t hour = HARD_HOURS_FIRST; clock != NULL && hour <= HARD_HOURS_LAST; hour++) {
        if (is_safe_each_day(scope, &card.rules.hours, clock, hour)) {
            found.items[found.count++] = hour;
        }
    }
    return found;
}

static bool is_offered(const Scope *scope, PersonId receiver, int64_t hour) {
    const HardHours hours = hard_hours(scope, receiver);
    bool is_found = hour == HARD_NO_HOUR;
    for (size_t at = 0; at < hours.count; at++) {
        is_found = is_found || hours.items[at] == hour;
    }
    return is_found;
}

/* ---- when the program looks ---- */

/* The next time that hour strikes after `from`, and the grace that follows it. */
static Time look_after(const Zone *zone, Time from, int64_t hour) {
    int64_t day = date_days(zone_date(zone, from));
    if (!time_is_before(from, moment_of(zone, day, hour))) {
        day++;
    }
    return time_after(moment_of(zone, day, hour), HARD_GRACE);
}

static Time sooner(Time one, Time other) {
    return time_is_before(one, other) ? one : other;
}

/* Only for what both agreed to; else when all of it is over. */
static Time next_look(const Scope *scope, int64_t hour, HardAnswer answer, Time until_at) {
    return hour == HARD_NO_HOUR || answer != HARD_EACH_DAY
               ? until_at
               : sooner(look_after(scope->zone, scope->now, hour), until_at);
}

/* ---- steps ---- */

static void tell_other(Scope *scope, Tx *tx, const Match *match) {
    match_news(scope, tx, match->id);
    notice_send(scope, tx, person_id_equal(scope->actor, match->receiver) ? match->giver : match->receiver);
}

static void close_days(const Scope *scope, Tx *tx, HardId id, PersonId receiver, Time ended_at) {
    hard_backup_close(scope, tx, id, receiver);
    HardGave days;
    if (hard_gave(scope->db, id, &days) && days.has_begun) {
        debrief_offer(scope, tx, days.program, days.giver);
    }
    (void)hard_set_over(tx, id, HARD_OVER, ended_at);
}

static void add(const Scope *scope, Tx *tx, const Match *match, HardState state, int64_t hour) {
    const HardOldRows old = hard_old(scope->db, match->id, scope->now);
    for (size_t at = 0; at < old.count; at++) {
        close_days(scope, tx, old.items[at].id, old.items[at].receiver, old.items[at].until_at);
    }
    hard_insert(tx, &(HardInsert){.id = {random_id(scope->random)},
                                  .program = match->program,
                                  .match = match->id,
                                  .receiver = match->receiver,
                                  .giver = match->giver,
                                  .state = state,
                                  .now = scope->now,
                                  .began_at = state == HARD_ON ? scope->now : TIME_NONE,
                                  .hour = hour_kept(hour),
                                  .until_at = time_after(scope->now, HARD_TIME)});
}

HardResult hard_propose(Scope *scope, Tx *tx, MatchId match) {
    Place place;
    if (!find_place(scope, match, &place) || !is_giver(scope, &place) || place.is_there) {
        return HARD_ELSEWHERE;
    }
    add(scope, tx, &place.match, HARD_PROPOSED, HARD_NO_HOUR);
    tell_other(scope, tx, &place.match);
    return HARD_DONE;
}

/* The days go on as they are, at another hour; or what was proposed begins. */
static void begin_from(const Scope *scope, Tx *tx, const HardRow *row, int64_t hour) {
    const bool is_on = row->state == HARD_ON;
    const bool is_same = is_on && hour_of(row->hour) == hour;
    const HardAnswer answer = is_same ? (HardAnswer)row->answer : HARD_NOT_ANSWERED;
    const Time until_at = is_on ? row->until_at : time_after(scope->now, HARD_TIME);
    (void)hard_set_on(tx, &(HardSetOn){.id = row->id,
                                       .on = HARD_ON,
                                       .now = scope->now,
                                       .hour = hour_kept(hour),
                                       .answer = answer,
                                       .until_at = until_at,
                                       .look_at = next_look(scope, hour, answer, until_at)});
}

HardResult hard_begin(Scope *scope, Tx *tx, MatchId match, int64_t hour) {
    Place place;
    if (!find_place(scope, match, &place) || !is_receiver(scope, &place)) {
        return HARD_ELSEWHERE;
    }
    if (!is_offered(scope, place.match.receiver, hour)) {
        return HARD_UNSAFE;
    }
    if (place.is_there) {
        begin_from(scope, tx, &place.row, hour);
    } else {
        add(scope, tx, &place.match, HARD_ON, hour);
    }
    tell_other(scope, tx, &place.match);
    return HARD_DONE;
}

HardResult hard_answer(Scope *scope, Tx *tx, MatchId match, HardAnswer answer) {
    Place place;
    if (!find_place(scope, match, &place) || !is_giver(scope, &place) || !place.is_there ||
        place.row.state != HARD_ON || !place.row.hour.is_known || answer == HARD_NOT_ANSWERED) {
        return HARD_ELSEWHERE;
    }
    if (place.row.answer == answer) {
        return HARD_DONE;
    }
    const Time look = next_look(scope, hour_of(place.row.hour), answer, place.row.until_at);
    (void)hard_set_answer(tx, place.row.id, answer, look);
    tell_other(scope, tx, &place.match);
    return HARD_DONE;
}

HardResult hard_go_on(const Scope *scope, Tx *tx, MatchId match) {
    Place place;
    if (!find_place(scope, match, &place) || !is_receiver(scope, &place) || !place.is_there ||
        place.row.state != HARD_ON) {
        return HARD_ELSEWHERE;
    }
    const Time until_at = time_after(scope->now, HARD_TIME);
    const Time look = next_look(scope, hour_of(place.row.hour), (HardAnswer)place.row.answer, until_at);
    (void)hard_set_until(tx, place.row.id, HARD_ON, until_at, look);
    match_news(scope, tx, match);
    return HARD_DONE;
}

HardResult hard_end(Scope *scope, Tx *tx, MatchId match) {
    Place place;
    if (!find_place(scope, match, &place) || !place.is_there) {
        return HARD_ELSEWHERE;
    }
    const bool is_proposal = place.row.state == HARD_PROPOSED;
    if (!is_receiver(scope, &place) && !(is_proposal && is_giver(scope, &place))) {
        return HARD_ELSEWHERE;
    }
    close_days(scope, tx, place.row.id, place.match.receiver, scope->now);
    if (is_proposal) {
        match_news(scope, tx, match); /* a "not now" makes no phone ring */
    } else {
        tell_other(scope, tx, &place.match);
    }
    return HARD_DONE;
}

/* ---- each day ---- */

void hard_reached(Tx *tx, MatchId match, Time at) {
    (void)hard_set_reached(tx, match, HARD_ON, at);
}

/* Midnight of the day whose hour this look follows. */
static Time day_of_look(const Zone *zone, Time look_at) {
    const Date day = zone_date(zone, time_before(look_at, HARD_GRACE));
    return zone_moment(zone, (LocalTime){.date = day});
}

/* A rule that looks back only: it may come late, when the program was down, and finds the same. */
static void look_at_day(const Scope *scope, Tx *tx, const HardDue *row, const Zone *zone) {
    const Time day = day_of_look(zone, row->look_at);
    const bool is_reached = !time_is_none(row->reached_at) && !time_is_before(row->reached_at, day);
    const bool is_asked = row->answer == HARD_EACH_DAY && row->walk_state != MATCH_PAUSED;
    Time missed = row->missed_since;
    if (is_asked && !is_reached) {
        missed = time_is_none(missed) ? day : missed;
        hard_backup_tell(scope, tx, row->id);
    }
    const Time next = sooner(look_after(zone, scope->now, hour_of(row->hour)), row->until_at);
    (void)hard_set_looked(tx, row->id, next, missed);
}

static void watch_write(Scope *scope, Tx *tx, void *context) {
    enum { AT_ONCE = 50 };
    (void)context;
    const HardDueRows rows = hard_due(scope->db, scope->now, AT_ONCE);
    for (size_t at = 0; at < rows.count; at++) {
        const HardDue *row = &rows.items[at];
        const Zone *zone = zone_find(row->zone);
        if (row->walk_state == MATCH_ENDED || !time_is_before(scope->now, row->until_at)) {
            close_days(scope, tx, row->id, row->receiver, sooner(scope->now, row->until_at));
        } else if (row->hour.is_known) {
            look_at_day(scope, tx, row, zone == NULL ? scope->zone : zone);
        } else {
            (void)hard_set_looked(tx, row->id, row->until_at, TIME_NONE);
        }
    }
}

void hard_watch(Scope *scope) {
    db_begin_read(scope->db);
    const bool is_due = hard_due(scope->db, scope->now, 1).count > 0;
    db_end_read(scope->db);
    if (is_due) {
        again_write(scope, watch_write, NULL);
    }
}

void hard_forget(const Scope *scope, Tx *tx, PersonId person) {
    hard_backup_forget(scope, tx, person);
    (void)hard_delete_of(tx, person);
}

/* ---- lists ---- */

HardOwns hard_list_own(const Scope *scope) {
    const HardRowsOwnRows rows = hard_rows_own(scope->db, scope->actor, scope->now);
    HardOwn *items = NEW_MANY(scope->arena, rows.count, HardOwn);
    for (size_t at = 0; at < rows.count; at++) {
        const HardRowsOwn *row = &rows.items[at];
        items[at] = (HardOwn){.hard = {.match = row->match,
                                       .state = (HardState)row->state,
                                       .hour = hour_of(row->hour),
                                       .answer = (HardAnswer)row->answer,
                                       .until_at = row->until_at,
                                       .reached_at = row->reached_at,
                                       .missed_since = row->missed_since},
                              .side = (HardSide)row->side,
                              .receiver = row->receiver,
                              .other_called = row->other_called,
                              .backup = row->backup,
                              .is_asked = row->is_asked};
    }
    return (HardOwns){.items = items, .count = rows.count};
}

HardMisseds hard_list_missed(const Scope *scope, ProgramId program) {
    const HardRowsMissedRows rows = hard_rows_missed(scope->db, program, HARD_ON, scope->now);
    HardMissed *items = NEW_MANY(scope->arena, rows.count, HardMissed);
    for (size_t at = 0; at < rows.count; at++) {
        const HardRowsMissed *row = &rows.items[at];
        items[at] = (HardMissed){.match = row->match,
                                 .receiver_called = row->receiver_called,
                                 .giver_called = row->giver_called,
                                 .since = zone_date(scope->zone, row->since)};
    }
    return (HardMisseds){.items = items, .count = rows.count};
}
