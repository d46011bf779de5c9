/* SPDX-License-Identifier: Apache-2.0 */
/* Who is in a gathering, what they write, and how each knows that there is something. */
#include "features/gathering/gathering.h"

#include "features/consent/consent.h"
#include "features/notice/notice.h"
#include "gathering_sql.h"
#include "platform/again.h"
#include "platform/live/live.h"

enum { TOLD_AT_ONCE = 50 };

/* ---- who is in it ---- */

/* Sets the others, and whether the actor is in it. */
static void add_others(const Scope *scope, Gathering *gathering) {
    const GatheringWalksRows rows =
        gathering_walks(scope->db, gathering->receiver, CONSENT_CONTACTS, scope->now, GATHERING_OTHERS_MOST);
    GatheringOther *items = NEW_MANY(scope->arena, rows.count, GatheringOther);
    for (size_t at = 0; at < rows.count; at++) {
        const GatheringWalks *row = &rows.items[at];
        const bool is_in = gathering->is_open && !time_is_none(row->joined_at);
        if (person_id_equal(row->giver, scope->actor)) {
            if (is_in && !gathering->is_in) { /* two walks with one person are one seat */
                gathering->is_in = true;
                gathering->since = row->joined_at;
            }
            continue;
        }
        if (!gathering->is_receiver && !is_in) {
            continue;
        }
        const Match walk = {.giver = row->giver}; /* whose hours they are is all that is asked of it */
        items[gathering->other_count++] =
            (GatheringOther){.match = row->match,
                             .person = row->giver,
                             .called = row->called,
                             .is_in = is_in,
                             .rests_until = is_in ? message_rests_until(scope, &walk) : TIME_NONE};
    }
    gathering->others = items;
}

static bool is_walking(const Scope *scope, const Match *match) {
    return match->state != MATCH_ENDED &&
           consent_shares(scope, match->request, match->giver, CONSENT_CONTACTS);
}

bool gathering_find(const Scope *scope, MatchId id, Gathering *ret_gathering) {
    Match match;
    if (!match_find(scope, id, &match)) {
        return false;
    }
    const bool is_receiver = person_id_equal(scope->actor, match.receiver);
    if (!is_receiver && !(person_id_equal(scope->actor, match.giver) && is_walking(scope, &match))) {
        return false;
    }
    GatheringRow row = {0};
    const bool was_opened = gathering_row(scope->db, match.receiver, &row);
    *ret_gathering = (Gathering){.receiver = match.receiver,
                                 .receiver_called = match.receiver_called,
                                 .was_opened = was_opened,
                                 .is_open = was_opened && time_is_none(row.closed_at),
                                 .is_receiver = is_receiver};
    add_others(scope, ret_gathering);
    if (is_receiver) {
        ret_gathering->is_in = ret_gathering->is_open;
    }
    return true;
}

static void tell_live(const Scope *scope, Tx *tx, const Gathering *gathering) {
    for (size_t at = 0; at < gathering->other_count; at++) {
        if (gathering->others[at].is_in) {
            live_tell(tx, gathering->others[at].person, STR("gathering"), gathering->receiver.value);
        }
    }
    if (!person_id_equal(scope->actor, gathering->receiver)) {
        live_tell(tx, gathering->receiver, STR("gathering"), gathering->receiver.value);
    }
}

GatheringResult gathering_turn(const Scope *scope, Tx *tx, MatchId id, GatheringTurn turn) {
    Gathering gathering;
    if (!gathering_find(scope, id, &gathering)) {
        return GATHERING_ELSEWHERE;
    }
    const bool is_giver = !gathering.is_receiver;
    bool is_done = false;
    switch (turn) {
    case GATHERING_OPEN:
        is_done = gathering.is_receiver && gathering.other_count > 0;
        if (is_done) {
            gathering_open(tx, scope->actor, scope->now);
        }
        break;
    case GATHERING_CLOSE:
        is_done = gathering.is_receiver && gathering_close(tx, scope->actor, scope->now) == 1;
        break;
    case GATHERING_JOIN:
        is_done = is_giver && gathering.is_open;
        if (is_done) {
            (void)gathering_join(tx, id, scope->now);
            gathering_reader_seen(tx, gathering.receiver, scope->actor, scope->now);
        }
        break;
    case GATHERING_LEAVE:
        is_done = is_giver && gathering_leave(tx, id) == 1;
        break;
    case GATHERING_SEEN:
        is_done = gathering.is_in;
        if (is_done) {
            gathering_reader_seen(tx, gathering.receiver, scope->actor, scope->now);
        }
        return is_done ? GATHERING_DONE : GATHERING_ELSEWHERE;
    }
    if (is_done) {
        tell_live(scope, tx, &gathering);
    }
    return is_done ? GATHERING_DONE : GATHERING_ELSEWHERE;
}

/* ---- writing ---- */

static void plan_telling(const Scope *scope, Tx *tx, const Gathering *gathering) {
    for (size_t at = 0; at < gathering->other_count; at++) {
        const GatheringOther *other = &gathering->others[at];
        if (other->is_in) {
            const Time from = time_is_none(other->rests_until) ? scope->now : other->rests_until;
            gathering_reader_add(tx, gathering->receiver, other->person,
                                 time_after(from, MESSAGE_TOLD_AFTER));
        }
    }
    if (!gathering->is_receiver) {
        gathering_reader_add(tx, gathering->receiver, gathering->receiver,
                             time_after(scope->now, MESSAGE_TOLD_AFTER));
    }
}

GatheringResult gathering_say(const Scope *scope, Tx *tx, MatchId match, Str words, bool is_part2) {
    Gathering gathering;
    if (!gathering_find(scope, match, &gathering) || !gathering.is_in) {
        return GATHERING_ELSEWHERE;
    }
    if (str_is_empty(str_trim(words)) || str_characters(words) > GATHERING_CHARACTERS) {
        return GATHERING_UNFIT;
    }
    const GatheringMessageId id = {random_id(scope->random)};
    gathering_insert(tx, &(GatheringInsert){.id = id,
                                            .person = gathering.receiver,
                                            .by_person = scope->actor,
                                            .words = words,
                                            .now = scope->now});
    if (is_part2) {
        gathering_mark(tx, id);
    }
    gathering_reader_seen(tx, gathering.receiver, scope->actor, scope->now);
    plan_telling(scope, tx, &gathering);
    tell_live(scope, tx, &gathering);
    return GATHERING_DONE;
}

/* ---- reading ---- */

/* The one who receives reads it all, also when it was closed. */
static bool may_read(const Gathering *gathering) {
    return gathering->is_in || gathering->is_receiver;
}

GatheringWordsList gathering_list(const Scope *scope, const Gathering *gathering, GatheringMessageId before) {
    if (!may_read(gathering)) {
        return (GatheringWordsList){0};
    }
    GatheringRowsIn from = {.person = gathering->receiver,
                            .since = gathering->is_receiver ? (Time){1} : gathering->since,
                            .before = {INT64_MAX},
                            .id = before.value,
                            .most = GATHERING_PAGE + 1};
    GatheringPlace place;
    if (gathering_place(scope->db, before, gathering->receiver, &place)) {
        from.before = place.at;
    }
    const GatheringRowsRows rows = gathering_rows(scope->db, &from);
    const size_t count = rows.count > GATHERING_PAGE ? GATHERING_PAGE : rows.count;
    GatheringWords *items = NEW_MANY(scope->arena, count, GatheringWords);
    for (size_t at = 0; at < count; at++) {
        const GatheringRows *row = &rows.items[count - 1 - at];
        items[at] = (GatheringWords){.id = row->id,
                                     .by = row->by_person,
                                     .by_called = row->by_called,
                                     .words = row->words,
                                     .at = row->at};
    }
    return (GatheringWordsList){.items = items, .count = count, .has_older = rows.count > count};
}

GatheringWordsList gathering_list_own(const Scope *scope) {
    const GatheringRowsOwnRows rows = gathering_rows_own(scope->db, scope->actor);
    GatheringWords *items = NEW_MANY(scope->arena, rows.count, GatheringWords);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (GatheringWords){.id = rows.items[at].id,
                                     .by = rows.items[at].by_person,
                                     .by_called = rows.items[at].by_called,
                                     .words = rows.items[at].words,
                                     .at = rows.items[at].at};
    }
    return (GatheringWordsList){.items = items, .count = rows.count};
}

int64_t gathering_unread(const Scope *scope, const Gathering *gathering) {
    GatheringCountNew row = {0};
    if (!gathering->is_in) {
        return 0;
    }
    const Time since = gathering->is_receiver ? (Time){1} : gathering->since;
    (void)gathering_count_new(scope->db, gathering->receiver, scope->actor, since, &row);
    return row.unread;
}

GatheringNewsList gathering_news(const Scope *scope) {
    const GatheringNewsRowsRows rows =
        gathering_news_rows(scope->db, scope->actor, CONSENT_CONTACTS, scope->now);
    GatheringNews *items = NEW_MANY(scope->arena, rows.count, GatheringNews);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (GatheringNews){.match = rows.items[at].match, .called = rows.items[at].called};
    }
    return (GatheringNewsList){.items = items, .count = rows.count};
}

/* ---- telling who does not look ---- */

static void tell_write(Scope *scope, Tx *tx, void *context) {
    (void)context;
    const GatheringReaderDueRows due =
        gathering_reader_due(scope->db, scope->now, CONSENT_CONTACTS, TOLD_AT_ONCE);
    for (size_t at = 0; at < due.count; at++) {
        const GatheringReaderDue *row = &due.items[at];
        if (row->may_read) {
            notice_send(scope, tx, row->reader);
        }
        gathering_reader_told(tx, row->person, row->reader, row->may_read ? scope->now : TIME_NONE);
    }
}

void gathering_tell(Scope *scope) {
    db_begin_read(scope->db);
    const bool is_due = gathering_reader_due(scope->db, scope->now, CONSENT_CONTACTS, 1).count > 0;
    db_end_read(scope->db);
    if (is_due) {
        again_write(scope, tell_write, NULL);
    }
}

void gathering_forget(Tx *tx, PersonId person) {
    gathering_forget_readers(tx, person);
    gathering_forget_members(tx, person);
    gathering_forget_own(tx, person);
}
