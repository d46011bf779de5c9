/* SPDX-License-Identifier: Apache-2.0 */
/* When both sides of a match are asked how it goes. */
#include "features/checkin/checkin.h"

#include "checkin_sql.h"
#include "texts.h"

#include <assert.h>

static void checkin_add(const Scope *scope, Tx *tx, MatchId match, ProgramId program, CheckinSide side,
                        CheckinOccasion occasion, Time due_at) {
    checkin_insert(tx, &(CheckinInsert){
                           .id = {random_id(scope->random)},
                           .match = match,
                           .program = program,
                           .side = side,
                           .occasion = occasion,
                           .due_at = due_at,
                       });
}

void checkin_begin(const Scope *scope, Tx *tx, MatchId match, ProgramId program, Time began_at) {
    Time first = program_due(scope, program, CLOCK_CHECKIN_FIRST, began_at);
    Time second = program_due(scope, program, CLOCK_CHECKIN_SECOND, began_at);
    for (CheckinSide side = CHECKIN_RECEIVER; side <= CHECKIN_GIVER; side++) {
        checkin_add(scope, tx, match, program, side, CHECKIN_WEEK_2, first);
        checkin_add(scope, tx, match, program, side, CHECKIN_WEEK_8, second);
    }
}

void checkin_drop(Tx *tx, MatchId match) {
    checkin_drop_due(tx, match);
}

bool checkin_find(const Scope *scope, CheckinId id, Checkin *ret_checkin) {
    CheckinRow row;
    if (!checkin_row(scope->db, id, &row)) {
        return false;
    }
    bool is_receiver = row.side == CHECKIN_RECEIVER;
    *ret_checkin = (Checkin){
        .id = id,
        .match = row.match,
        .program = row.program,
        .side = (CheckinSide)row.side,
        .person = is_receiver ? row.receiver : row.giver,
        .called = is_receiver ? row.receiver_called : row.giver_called,
        .other_called = is_receiver ? row.giver_called : row.receiver_called,
        .occasion = (CheckinOccasion)row.occasion,
        .due_at = row.due_at,
        .state = (CheckinState)row.state,
        .done_at = row.done_at,
        .done_by_called = row.done_by_called,
        .request = row.request,
        .words = row.words,
    };
    return true;
}

Checkins checkin_list_done(const Scope *scope, MatchId match, CheckinSide side) {
    CheckinRowsDoneRows rows = checkin_rows_done(scope->db, match, side);
    Checkin *items = NEW_MANY(scope->arena, rows.count, Checkin);
    for (size_t at = 0; at < rows.count; at++) {
        const CheckinRowsDone *row = &rows.items[at];
        items[at] = (Checkin){
            .id = row->id,
            .match = match,
            .side = side,
            .occasion = (CheckinOccasion)row->occasion,
            .state = CHECKIN_DONE,
            .done_at = row->done_at,
            .done_by_called = row->done_by_called,
            .words = row->words,
        };
    }
    return (Checkins){.items = items, .count = rows.count};
}

static bool match_lasts(const Scope *scope, MatchId match) {
    CheckinMatchLasts row;
    return checkin_match_lasts(scope->db, match, &row) && row.lasts;
}

CheckinResult checkin_done(const Scope *scope, Tx *tx, CheckinId id, Str words, bool is_part2) {
    CheckinRow row;
    if (!checkin_row(tx_db(tx), id, &row) ||
        checkin_set_done(tx, &(CheckinSetDone){
                                 .id = id,
                                 .person = row.side == CHECKIN_GIVER ? row.giver : row.receiver,
                                 .words = words,
                                 .now = scope->now,
                                 .by = scope->actor,
                             }) != 1) {
        return CHECKIN_OVER;
    }
    if (is_part2) {
        checkin_mark(tx, id);
    }
    checkin_drop_before(tx, row.match, row.side, row.occasion);
    bool is_followed = row.occasion == CHECKIN_WEEK_8 || row.occasion == CHECKIN_QUARTERLY;
    if (is_followed && match_lasts(scope, row.match)) {
        checkin_add(scope, tx, row.match, row.program, (CheckinSide)row.side, CHECKIN_QUARTERLY,
                    program_due(scope, row.program, CLOCK_CHECKIN_LATER, scope->now));
    }
    return CHECKIN_SAVED;
}

Text checkin_occasion_text(CheckinOccasion occasion, CheckinSide side) {
    bool is_receiver = side == CHECKIN_RECEIVER;
    switch (occasion) {
    case CHECKIN_WEEK_2:
        return is_receiver ? TEXT_CHECKIN_WEEK_2_RECEIVER : TEXT_CHECKIN_WEEK_2_GIVER;
    case CHECKIN_WEEK_8:
        return is_receiver ? TEXT_CHECKIN_WEEK_8_RECEIVER : TEXT_CHECKIN_WEEK_8_GIVER;
    case CHECKIN_QUARTERLY:
        return is_receiver ? TEXT_CHECKIN_QUARTERLY_RECEIVER : TEXT_CHECKIN_QUARTERLY_GIVER;
    }
    assert(false && "an occasion that the schema does not know");
    return TEXT_NONE;
}
