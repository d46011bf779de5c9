/* SPDX-License-Identifier: Apache-2.0 */
/* How words go from one of two people to the other, and how each knows that there are some. */
#include "features/message/message.h"

#include "features/consent/consent.h"
#include "features/notice/notice.h"
#include "message_sql.h"
#include "platform/again.h"
#include "platform/live/live.h"
#include "platform/zone/zone.h"

#include <assert.h>

enum { NEWS_MOST = 100, TOLD_AT_ONCE = 50 };

/* ---- writing ---- */

static bool is_fit(Str words) {
    return !str_is_empty(str_trim(words)) && str_characters(words) <= MESSAGE_CHARACTERS;
}

static Time captured_at(const Scope *scope, const Match *match, Time said) {
    if (time_is_none(said) || time_is_before(scope->now, said)) {
        return scope->now;
    }
    return time_is_before(said, match->began_at) ? match->began_at : said;
}

static MessageResult found(const Scope *scope, MessageSent sent, MessageSent *ret_sent) {
    *ret_sent = sent;
    return time_is_before(scope->now, sent.reaches_at) ? MESSAGE_WAITS : MESSAGE_SENT;
}

static MessageResult captured_before(const Scope *scope, MatchId match, Str capture, MessageSent *ret_sent) {
    MessageCaptured row;
    if (!message_captured(scope->db, scope->actor, capture, &row) || !match_id_equal(row.match, match)) {
        return MESSAGE_ELSEWHERE;
    }
    return found(scope, (MessageSent){.id = row.id, .reaches_at = row.reaches_at}, ret_sent);
}

static bool is_captured(const Scope *scope, Str capture) {
    MessageCaptured row;
    return !str_is_none(capture) && message_captured(scope->db, scope->actor, capture, &row);
}

MessageResult message_send(const Scope *scope, Tx *tx, MatchId id, const MessageNew *message,
                           MessageSent *ret_sent) {
    assert(str_is_none(message->capture) || message->capture.length == MESSAGE_CAPTURE_BYTES);
    if (is_captured(scope, message->capture)) {
        return captured_before(scope, id, message->capture, ret_sent);
    }
    Match match;
    if (!match_find(scope, id, &match)) {
        return MESSAGE_ELSEWHERE;
    }
    const bool is_receiver = person_id_equal(scope->actor, match.receiver);
    if (!is_receiver && !person_id_equal(scope->actor, match.giver)) {
        return MESSAGE_ELSEWHERE;
    }
    if (match.state == MATCH_ENDED) {
        return MESSAGE_OVER;
    }
    if (!consent_shares(scope, match.request, match.giver, CONSENT_CONTACTS)) {
        return MESSAGE_NOT_SHARED;
    }
    if (!is_fit(message->words)) {
        return MESSAGE_UNFIT;
    }
    const Time rests_until = is_receiver ? message_rests_until(scope, &match) : TIME_NONE;
    const MessageSent sent = {.id = {random_id(scope->random)},
                              .reaches_at = time_is_none(rests_until) ? scope->now : rests_until};
    const int64_t added =
        message_insert(tx, &(MessageInsert){.id = sent.id,
                                            .match = id,
                                            .person = match.receiver,
                                            .by_person = scope->actor,
                                            .words = message->words,
                                            .capture = message->capture,
                                            .captured_at = captured_at(scope, &match, message->captured_at),
                                            .arrived_at = scope->now,
                                            .reaches_at = sent.reaches_at});
    if (added == 0) {
        return captured_before(scope, id, message->capture, ret_sent);
    }
    if (message->is_part2) {
        message_mark_part2(tx, sent.id);
    }
    message_reader_add(tx, is_receiver ? match.giver : match.receiver, id,
                       time_after(sent.reaches_at, MESSAGE_TOLD_AFTER));
    if (time_is_none(rests_until)) {
        match_news(scope, tx, id); /* who rests is told by tell_write(), when the words have reached them */
    }
    return found(scope, sent, ret_sent);
}

MessageBack message_take_back(const Scope *scope, Tx *tx, MessageId id, MatchId *ret_match) {
    MessageWaits row;
    if (!message_waits(scope->db, id, scope->actor, scope->now, &row)) {
        return MESSAGE_STAYS;
    }
    message_unmark(tx, id);
    (void)message_gone_add(tx, id);
    message_delete(tx, id);
    message_reader_again(tx, row.match, MESSAGE_TOLD_AFTER);
    *ret_match = row.match;
    return MESSAGE_TAKEN_BACK;
}

/* ---- hours ---- */

MessageHours message_hours(const Scope *scope) {
    MessageHoursOf row;
    if (message_hours_of(scope->db, scope->actor, &row)) {
        return (MessageHours){.hours = safety_hours_read(row.hours), .zone = row.zone};
    }
    const MessageHomeRows homes = message_home(scope->db, scope->actor);
    return (MessageHours){.zone = homes.count > 0 ? homes.items[0].zone : STR("UTC")};
}

void message_hours_set(const Scope *scope, Tx *tx, const MessageHours *hours) {
    message_hours_put(tx, scope->actor, safety_hours_write(scope->arena, &hours->hours), hours->zone);
}

/* What cannot be read, or says never, must not keep words from somebody for good. */
Time message_rests_until(const Scope *scope, const Match *match) {
    MessageHoursOf row;
    if (!message_hours_of(scope->db, match->giver, &row)) {
        return TIME_NONE;
    }
    const Zone *zone = zone_find(row.zone);
    if (zone == NULL) {
        return TIME_NONE;
    }
    const SafetyHours hours = safety_hours_read(row.hours);
    const Time next = safety_hours_next(&hours, zone, scope->now);
    return time_is_before(scope->now, next) ? next : TIME_NONE;
}

void message_forget(Tx *tx, PersonId person) {
    message_hours_delete(tx, person);
    (void)message_gone_forget(tx, person);
}

/* ---- reading ---- */

Messages message_list(const Scope *scope, MatchId match, MessageId before) {
    MessageRowsIn from = {.match = match,
                          .reader = scope->actor,
                          .contacts = CONSENT_CONTACTS,
                          .now = scope->now,
                          .reaches_at = {INT64_MAX},
                          .captured_at = {INT64_MAX},
                          .id = before.value,
                          .most = MESSAGE_PAGE + 1};
    MessagePlace place;
    if (message_place(scope->db, before, match, &place)) {
        from.reaches_at = place.reaches_at;
        from.captured_at = place.captured_at;
    }
    const MessageRowsRows rows = message_rows(scope->db, &from);
    const size_t count = rows.count > MESSAGE_PAGE ? MESSAGE_PAGE : rows.count;
    Message *items = NEW_MANY(scope->arena, count, Message);
    for (size_t at = 0; at < count; at++) {
        const MessageRows *row = &rows.items[count - 1 - at];
        items[at] = (Message){.id = row->id,
                              .by = row->by_person,
                              .by_called = row->by_called,
                              .words = row->words,
                              .captured_at = row->captured_at,
                              .reaches_at = row->reaches_at,
                              .is_new = row->is_new};
    }
    return (Messages){.items = items, .count = count, .has_older = rows.count > count};
}

static MessageNewsRowsRows news_rows(const Scope *scope, MatchId only) {
    return message_news_rows(scope->db, &(MessageNewsRowsIn){.reader = scope->actor,
                                                             .contacts = CONSENT_CONTACTS,
                                                             .now = scope->now,
                                                             .only = only,
                                                             .most = NEWS_MOST});
}

int64_t message_unread(const Scope *scope, MatchId match) {
    const MessageNewsRowsRows rows = news_rows(scope, match);
    return rows.count == 0 ? 0 : rows.items[0].unread;
}

MessageNewsList message_news(const Scope *scope) {
    const MessageNewsRowsRows rows = news_rows(scope, (MatchId){0});
    MessageNews *items = NEW_MANY(scope->arena, rows.count, MessageNews);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (MessageNews){.match = rows.items[at].match, .count = rows.items[at].unread};
    }
    return (MessageNewsList){.items = items, .count = rows.count};
}

void message_seen(const Scope *scope, Tx *tx, MatchId match, Time until) {
    const Time read = time_is_before(scope->now, until) ? scope->now : until;
    message_reader_seen(tx, scope->actor, match, read, MESSAGE_TOLD_AFTER);
}

/* ---- telling who does not look ---- */

static void tell_write(Scope *scope, Tx *tx, void *context) {
    (void)context;
    const MessageReaderDueRows due =
        message_reader_due(scope->db, scope->now, CONSENT_CONTACTS, TOLD_AT_ONCE);
    for (size_t at = 0; at < due.count; at++) {
        const MessageReaderDue *row = &due.items[at];
        if (row->is_unread) {
            live_tell(tx, row->person, STR("match"), row->match.value);
            notice_send(scope, tx, row->person);
        }
        message_reader_told(tx, row->person, row->match, row->is_unread ? scope->now : TIME_NONE);
    }
}

void message_tell(Scope *scope) {
    db_begin_read(scope->db);
    const bool is_due = message_reader_due(scope->db, scope->now, CONSENT_CONTACTS, 1).count > 0;
    db_end_read(scope->db);
    if (is_due) {
        again_write(scope, tell_write, NULL);
    }
}
