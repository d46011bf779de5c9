/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps what had to be passed on. */
#include "features/passing/passing.h"

#include "passing_sql.h"

void passing_add(const Scope *scope, Tx *tx, const Match *match, const PassingNew *passing) {
    const PassingId id = {random_id(scope->random)};
    passing_insert(tx, &(PassingInsert){.id = id,
                                        .match = match->id,
                                        .person = match->receiver,
                                        .by_person = scope->actor,
                                        .what = passing->what,
                                        .whom = passing->whom,
                                        .told = passing->told,
                                        .why = passing->told == PASSING_NOT_TOLD ? passing->why : STR(""),
                                        .now = scope->now});
    if (passing->is_part2) {
        passing_mark_part2(tx, id);
    }
}

Passings passing_list(const Scope *scope, MatchId match) {
    const PassingOfMatchRows rows = passing_of_match(scope->db, match);
    Passing *items = NEW_MANY(scope->arena, rows.count, Passing);
    for (size_t at = 0; at < rows.count; at++) {
        const PassingOfMatch *row = &rows.items[at];
        items[at] = (Passing){.by_called = row->by_called,
                              .what = row->what,
                              .whom = row->whom,
                              .told = (PassingTold)row->told,
                              .why = row->why,
                              .at = row->at};
    }
    return (Passings){.items = items, .count = rows.count};
}

PassingNewsList passing_news(const Scope *scope) {
    const PassingOwnRows rows =
        passing_own(scope->db, scope->actor, PASSING_TOLD_FIRST, time_before(scope->now, PASSING_NEWS));
    PassingNews *items = NEW_MANY(scope->arena, rows.count, PassingNews);
    for (size_t at = 0; at < rows.count; at++) {
        const PassingOwn *row = &rows.items[at];
        items[at] =
            (PassingNews){.match = row->match, .by_called = row->by_called, .called = STR(""), .at = row->at};
    }
    return (PassingNewsList){.items = items, .count = rows.count};
}

PassingNewsList passing_waiting(const Scope *scope, ProgramId program) {
    const PassingBoardRows rows =
        passing_board(scope->db, program, scope->actor, time_before(scope->now, PASSING_NEWS), scope->now);
    PassingNews *items = NEW_MANY(scope->arena, rows.count, PassingNews);
    for (size_t at = 0; at < rows.count; at++) {
        const PassingBoard *row = &rows.items[at];
        items[at] = (PassingNews){
            .match = row->match, .by_called = row->by_called, .called = row->called, .at = row->at};
    }
    return (PassingNewsList){.items = items, .count = rows.count};
}
