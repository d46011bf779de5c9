/* SPDX-License-Identifier: Apache-2.0 */
/* Picking own words, passing them on, and taking them back. */
#include "features/carry/carry.h"

#include "carry_sql.h"
#include "features/notice/notice.h"

static CarryMessages messages_of(const Scope *scope, CarryId id) {
    const CarryPickedRows rows = carry_picked(scope->db, id, CARRY_OFFERED);
    CarryMessage *items = NEW_MANY(scope->arena, rows.count, CarryMessage);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (CarryMessage){.id = rows.items[at].id,
                                   .person = rows.items[at].person,
                                   .words = rows.items[at].words,
                                   .at = rows.items[at].at};
    }
    return (CarryMessages){.items = items, .count = rows.count};
}

/* The queries give the same row under their own names. */
#define CARRY_OF(scope, row)                                                                                 \
    (Carry) {                                                                                                \
        .person = (row)->person, .words = (row)->words, .messages = messages_of(scope, (row)->id),           \
        .written_at = (row)->written_at, .passed_at = (row)->passed_at                                       \
    }

bool carry_find(const Scope *scope, MatchId match, Carry *ret_carry) {
    CarryOwn row;
    if (!carry_own(scope->db, match, scope->actor, &row)) {
        return false;
    }
    *ret_carry = CARRY_OF(scope, &row);
    return true;
}

bool carry_read(const Scope *scope, MatchId match, Carry *ret_carry) {
    CarryOpen row;
    if (!carry_open(scope->db, match, scope->actor, scope->now, &row)) {
        return false;
    }
    *ret_carry = CARRY_OF(scope, &row);
    ret_carry->is_new = row.is_new;
    return true;
}

CarryMessages carry_offered(const Scope *scope) {
    const CarryOffersRows rows = carry_offers(scope->db, scope->actor, CARRY_OFFERED);
    CarryMessage *items = NEW_MANY(scope->arena, rows.count, CarryMessage);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (CarryMessage){.id = rows.items[at].id,
                                   .person = rows.items[at].person,
                                   .words = rows.items[at].words,
                                   .at = rows.items[at].at,
                                   .former_called = rows.items[at].former_called};
    }
    return (CarryMessages){.items = items, .count = rows.count};
}

static bool may(const Scope *scope, MatchId match) {
    CarryMay row;
    return carry_may(scope->db, match, scope->actor, &row);
}

CarryResult carry_write(const Scope *scope, Tx *tx, MatchId match, const CarryNew *carry) {
    if (!may(scope, match)) {
        return CARRY_ELSEWHERE;
    }
    if (str_is_empty(str_trim(carry->words)) && carry->message_count == 0) {
        return CARRY_NOTHING;
    }
    const CarryId id = {random_id(scope->random)};
    (void)carry_unread_drop(tx, match);
    carry_unpick(tx, match, scope->actor);
    carry_delete(tx, match, scope->actor);
    carry_put(tx, &(CarryPut){.id = id,
                              .match = match,
                              .person = scope->actor,
                              .words = carry->words,
                              .is_part2 = carry->is_part2 && !str_is_empty(carry->words),
                              .now = scope->now});
    for (size_t at = 0; at < carry->message_count && at < CARRY_OFFERED; at++) {
        carry_add_message(tx, id, carry->messages[at], scope->actor);
    }
    return CARRY_DONE;
}

CarryResult carry_pass(const Scope *scope, Tx *tx, MatchId match) {
    Carry carry;
    if (!may(scope, match) || !carry_find(scope, match, &carry)) {
        return CARRY_ELSEWHERE;
    }
    if (time_is_none(carry.passed_at)) {
        Match walk = {0};
        (void)match_find(scope, match, &walk);
        (void)carry_set_passed(tx, match, scope->actor, scope->now);
        (void)carry_unread_add(tx, match, walk.giver);
        notice_send_together(scope, tx, walk.giver);
    }
    return CARRY_DONE;
}

/* Also after the end: what nobody reads any more is theirs to take back. */
CarryResult carry_take_back(const Scope *scope, Tx *tx, MatchId match) {
    if (carry_set_passed(tx, match, scope->actor, TIME_NONE) != 1) {
        return CARRY_ELSEWHERE;
    }
    (void)carry_unread_drop(tx, match);
    return CARRY_DONE;
}

/* Said twice: it is read all the same. */
CarryResult carry_seen(const Scope *scope, Tx *tx, MatchId match) {
    Carry carry;
    if (!carry_read(scope, match, &carry)) {
        return CARRY_ELSEWHERE;
    }
    (void)carry_unread_seen(tx, match, scope->actor);
    return CARRY_DONE;
}

CarryNewsList carry_news(const Scope *scope) {
    const CarryUnreadOfRows rows = carry_unread_of(scope->db, scope->actor, scope->now);
    CarryNews *items = NEW_MANY(scope->arena, rows.count, CarryNews);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (CarryNews){.match = rows.items[at].match, .called = rows.items[at].called};
    }
    return (CarryNewsList){.items = items, .count = rows.count};
}

void carry_forget(Tx *tx, PersonId person) {
    carry_unread_forget(tx, person);
    carry_unpick_of(tx, person);
    carry_delete_of(tx, person);
}
