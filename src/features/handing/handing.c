/* SPDX-License-Identifier: Apache-2.0 */
/* What is said to a warmline or a crisis team, from the first wording until a person has said it. */
#include "features/handing/handing.h"

#include "features/notice/notice.h"
#include "features/promise/promise.h"
#include "handing_sql.h"
#include "texts.h"

static bool receives(const Scope *scope, const Match *match) {
    return person_id_equal(scope->actor, match->receiver);
}

static bool is_one_of_two(const Scope *scope, const Match *match) {
    return match->state != MATCH_ENDED &&
           (receives(scope, match) || person_id_equal(scope->actor, match->giver));
}

static HandingResult told(Scope *scope, Tx *tx, const Match *match, bool is_done) {
    if (!is_done) {
        return HANDING_ELSEWHERE;
    }
    match_news(scope, tx, match->id);
    notice_send(scope, tx, receives(scope, match) ? match->giver : match->receiver);
    return HANDING_DONE;
}

HandingResult handing_write(Scope *scope, Tx *tx, const Match *match, Str what, Str whom, bool is_part2) {
    if (!is_one_of_two(scope, match)) {
        return HANDING_ELSEWHERE;
    }
    const bool is_own = receives(scope, match);
    const HandingId id = {random_id(scope->random)};
    handing_insert(tx, &(HandingInsert){.id = id,
                                        .match = match->id,
                                        .person = match->receiver,
                                        .by_person = scope->actor,
                                        .what = what,
                                        .whom = whom,
                                        .state = is_own ? HANDING_AGREED : HANDING_WRITTEN,
                                        .how = is_own ? HANDING_ON_PAGE : HANDING_NOT_AGREED,
                                        .now = scope->now,
                                        .answered_at = is_own ? scope->now : TIME_NONE});
    if (is_part2) {
        handing_mark_part2(tx, id);
    }
    return told(scope, tx, match, true);
}

HandingResult handing_agree(Scope *scope, Tx *tx, const Match *match, HandingId id) {
    return told(scope, tx, match,
                is_one_of_two(scope, match) && receives(scope, match) &&
                    handing_set_agreed(tx, id, match->id, HANDING_ON_PAGE, scope->now) == 1);
}

HandingResult handing_agreed_by_phone(Scope *scope, Tx *tx, const Match *match, HandingId id) {
    return told(scope, tx, match,
                is_one_of_two(scope, match) && !receives(scope, match) &&
                    handing_set_agreed(tx, id, match->id, HANDING_BY_PHONE, scope->now) == 1);
}

HandingResult handing_drop(Scope *scope, Tx *tx, const Match *match, HandingId id) {
    return told(scope, tx, match,
                is_one_of_two(scope, match) &&
                    handing_set_dropped(tx, id, match->id, receives(scope, match), scope->now) == 1);
}

HandingResult handing_said(Scope *scope, Tx *tx, const Match *match, HandingId id) {
    if (!is_one_of_two(scope, match) || handing_set_said(tx, id, match->id, scope->now) != 1) {
        return HANDING_ELSEWHERE;
    }
    if (!receives(scope, match)) {
        (void)promise_add(
            scope, tx, match,
            &(PromiseNew){.words = text_str(scope->lang, TEXT_HANDING_NEXT_DAY), .day = PROMISE_TOMORROW});
    }
    return told(scope, tx, match, true);
}

Handings handing_list(const Scope *scope, MatchId match) {
    const HandingOfMatchRows rows = handing_of_match(scope->db, match);
    Handing *items = NEW_MANY(scope->arena, rows.count, Handing);
    for (size_t at = 0; at < rows.count; at++) {
        const HandingOfMatch *row = &rows.items[at];
        items[at] = (Handing){.id = row->id,
                              .by = row->by_person,
                              .by_called = row->by_called,
                              .what = row->what,
                              .whom = row->whom,
                              .state = (HandingState)row->state,
                              .how = (HandingHow)row->how,
                              .written_at = row->written_at,
                              .answered_at = row->answered_at,
                              .said_at = row->said_at};
    }
    return (Handings){.items = items, .count = rows.count};
}

MatchId handing_asked(const Scope *scope) {
    const HandingWaitingRows rows = handing_waiting(scope->db, scope->actor);
    return rows.count > 0 ? rows.items[0].match : (MatchId){0};
}

void handing_forget(Tx *tx, PersonId person) {
    (void)handing_unmark_about(tx, person);
    (void)handing_delete_about(tx, person);
}
