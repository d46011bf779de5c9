/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept of a call-out, and the hello that follows it. */
#include "features/callout/callout.h"

#include "callout_sql.h"
#include "features/debrief/debrief.h"
#include "features/notice/notice.h"
#include "platform/zone/zone.h"
#include "texts.h"

Text callout_came_text(CalloutCame bit) {
    switch (bit) {
    case CALLOUT_TEAM:
        return TEXT_CALLOUT_CAME_TEAM;
    case CALLOUT_AMBULANCE:
        return TEXT_CALLOUT_CAME_AMBULANCE;
    case CALLOUT_POLICE:
        return TEXT_CALLOUT_CAME_POLICE;
    case CALLOUT_EMERGENCY_ROOM:
        return TEXT_CALLOUT_CAME_EMERGENCY_ROOM;
    case CALLOUT_OTHER:
        return TEXT_CALLOUT_CAME_OTHER;
    }
    return TEXT_NONE; /* not covered: every value has its case */
}

Text callout_supporter_text(CalloutSupporter supporter) {
    switch (supporter) {
    case CALLOUT_WITH_TEAM:
        return TEXT_CALLOUT_SUPPORTER_TEAM;
    case CALLOUT_BY_PHONE:
        return TEXT_CALLOUT_SUPPORTER_PHONE;
    case CALLOUT_NOT_THERE:
        return TEXT_CALLOUT_SUPPORTER_NOT;
    }
    return TEXT_NONE; /* not covered: every value has its case */
}

static bool receives(const Scope *scope, const Match *match) {
    return person_id_equal(scope->actor, match->receiver);
}

static bool is_one_of_two(const Scope *scope, const Match *match) {
    return receives(scope, match) || person_id_equal(scope->actor, match->giver);
}

static CalloutResult done_if(const Scope *scope, Tx *tx, const Match *match, bool is_done) {
    if (is_done) {
        match_news(scope, tx, match->id);
    }
    return is_done ? CALLOUT_DONE : CALLOUT_ELSEWHERE;
}

/* ---- the hello ---- */

static Time start_of_day(const Scope *scope, int64_t day) {
    return zone_moment(scope->zone, (LocalTime){.date = calendar_date(day)});
}

static Time later(Time one, Time other) {
    return time_is_none(one) || time_is_before(one, other) ? other : one;
}

typedef struct Hello {
    Time at;         /* TIME_NONE: none is due */
    Time greeted_at; /* TIME_NONE: not yet */
} Hello;

static Time hello_of_match(const Scope *scope, MatchId match) {
    const CalloutHelloOfRows rows =
        callout_hello_of(scope->db, match, time_before(scope->now, CALLOUT_STANDS));
    return rows.count > 0 ? rows.items[0].hello_at : TIME_NONE;
}

/* On the day after, or today when it is written later; there is one in a walk, that of the latest day. */
static Hello hello_after(const Scope *scope, Tx *tx, MatchId match, Time at) {
    if (time_is_before(at, time_before(scope->now, CALLOUT_RECENT))) {
        return (Hello){.at = TIME_NONE, .greeted_at = TIME_NONE};
    }
    const Time next_day = start_of_day(scope, date_days(zone_date(scope->zone, at)) + 1);
    const CalloutTalkedRows talked = callout_talked(scope->db, match, next_day);
    if (talked.count > 0) {
        return (Hello){.at = next_day, .greeted_at = talked.items[0].at};
    }
    const Time today = start_of_day(scope, date_days(zone_date(scope->zone, scope->now)));
    const Time due = later(hello_of_match(scope, match), later(next_day, today));
    (void)callout_drop_hello(tx, match);
    return (Hello){.at = due, .greeted_at = TIME_NONE};
}

void callout_reached(Tx *tx, MatchId match, Time at) {
    (void)callout_set_greeted(tx, match, at);
}

/* ---- steps ---- */

static PersonId words_by(const Scope *scope, const CalloutWords *words) {
    return str_is_empty(words->helped) && str_is_empty(words->otherwise) ? (PersonId){0} : scope->actor;
}

CalloutResult callout_write(Scope *scope, Tx *tx, const Match *match, const CalloutNew *callout) {
    if (!is_one_of_two(scope, match) || match->state == MATCH_ENDED ||
        time_is_before(scope->now, callout->at)) {
        return CALLOUT_ELSEWHERE;
    }
    const CalloutId id = {random_id(scope->random)};
    const Hello hello = hello_after(scope, tx, match->id, callout->at);
    callout_insert(tx, &(CalloutInsert){.id = id,
                                        .match = match->id,
                                        .receiver = match->receiver,
                                        .giver = match->giver,
                                        .by_person = scope->actor,
                                        .at = callout->at,
                                        .came = (int64_t)callout->came,
                                        .supporter = callout->supporter,
                                        .helped = callout->words.helped,
                                        .otherwise = callout->words.otherwise,
                                        .words_by = words_by(scope, &callout->words),
                                        .now = scope->now,
                                        .hello_at = hello.at,
                                        .greeted_at = hello.greeted_at});
    if (callout->words.is_part2) {
        callout_mark_part2(tx, id);
    }
    if (!time_is_none(hello.at)) {
        debrief_offer(scope, tx, match->program, match->giver);
    }
    notice_send(scope, tx, receives(scope, match) ? match->giver : match->receiver);
    return done_if(scope, tx, match, true);
}

CalloutResult callout_write_words(Scope *scope, Tx *tx, const Match *match, CalloutId id,
                                  const CalloutWords *words) {
    if (!receives(scope, match) ||
        callout_set_words(tx, &(CalloutSetWords){.id = id,
                                                 .match = match->id,
                                                 .receiver = scope->actor,
                                                 .helped = words->helped,
                                                 .otherwise = words->otherwise,
                                                 .words_by = words_by(scope, words)}) != 1) {
        return CALLOUT_ELSEWHERE;
    }
    (void)callout_unmark_part2(tx, id);
    if (words->is_part2) {
        callout_mark_part2(tx, id);
    }
    return done_if(scope, tx, match, true);
}

CalloutResult callout_no_hello(Scope *scope, Tx *tx, const Match *match) {
    return done_if(scope, tx, match, receives(scope, match) && callout_drop_hello(tx, match->id) > 0);
}

CalloutResult callout_remove(Scope *scope, Tx *tx, const Match *match, CalloutId id) {
    if (callout_may_delete(scope->db, id, match->id, scope->actor).count == 0) {
        return CALLOUT_ELSEWHERE;
    }
    (void)callout_unmark_part2(tx, id);
    return done_if(scope, tx, match, callout_delete(tx, id) == 1);
}

/* ---- lists ---- */

Callouts callout_list(const Scope *scope, MatchId match) {
    const CalloutOfMatchRows rows = callout_of_match(scope->db, match);
    Callout *items = NEW_MANY(scope->arena, rows.count, Callout);
    for (size_t at = 0; at < rows.count; at++) {
        const CalloutOfMatch *row = &rows.items[at];
        items[at] = (Callout){.id = row->id,
                              .by = row->by_person,
                              .by_called = row->by_called,
                              .at = row->at,
                              .came = (unsigned)row->came,
                              .supporter = (CalloutSupporter)row->supporter,
                              .helped = row->helped,
                              .otherwise = row->otherwise,
                              .words_by = row->words_by,
                              .words_called = row->words_called,
                              .hello_at = row->hello_at,
                              .greeted_at = row->greeted_at};
    }
    return (Callouts){.items = items, .count = rows.count};
}

CalloutHello callout_hello(const Scope *scope, const Match *match) {
    const Time at = hello_of_match(scope, match->id);
    return time_is_none(at) ? (CalloutHello){0}
                            : (CalloutHello){.match = match->id,
                                             .is_receiver = receives(scope, match),
                                             .other_called = match_other_called(match, scope->actor),
                                             .day = zone_date(scope->zone, at)};
}

CalloutHellos callout_hellos_own(const Scope *scope) {
    const CalloutRowsHelloRows rows =
        callout_rows_hello(scope->db, scope->actor, time_before(scope->now, CALLOUT_STANDS), scope->now);
    CalloutHello *items = NEW_MANY(scope->arena, rows.count, CalloutHello);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (CalloutHello){.match = rows.items[at].match,
                                   .is_receiver = rows.items[at].is_receiver,
                                   .other_called = rows.items[at].other_called,
                                   .day = zone_date(scope->zone, rows.items[at].hello_at)};
    }
    return (CalloutHellos){.items = items, .count = rows.count};
}

void callout_forget(Tx *tx, PersonId person) {
    (void)callout_unmark_about(tx, person);
    (void)callout_delete_about(tx, person);
}
