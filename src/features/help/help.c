/* SPDX-License-Identifier: Apache-2.0 */
/* Asking for somebody from the program, and answering. */
#include "features/help/help.h"

#include "help_sql.h"

#include <assert.h>

enum { OWN_MOST = 10, OPEN_MOST = 50 };

HelpState help_state(const Help *help) {
    if (!time_is_none(help->done_at)) {
        return HELP_DONE;
    }
    return time_is_none(help->taken_at) ? HELP_ASKED : HELP_TAKEN;
}

HelpId help_ask(const Scope *scope, Tx *tx, const Match *match, Str words, bool is_part2) {
    assert(person_id_equal(scope->actor, match->receiver) || person_id_equal(scope->actor, match->giver));
    const HelpId id = {random_id(scope->random)};
    help_insert(tx, &(HelpInsert){.id = id,
                                  .program = match->program,
                                  .match = match->id,
                                  .person = scope->actor,
                                  .words = words,
                                  .answer = STR(""),
                                  .now = scope->now});
    if (is_part2) {
        help_mark_part2(tx, id);
    }
    return id;
}

HelpResult help_take(const Scope *scope, Tx *tx, HelpId id) {
    return help_set_taken(tx, id, scope->actor, scope->now) == 1 ? HELP_CHANGED : HELP_ELSEWHERE;
}

HelpResult help_done(const Scope *scope, Tx *tx, HelpId id, Str line) {
    HelpRow row;
    if (!help_row(scope->db, id, &row)) {
        return HELP_ELSEWHERE;
    }
    const int64_t changed = help_set_done(
        tx, &(HelpSetDone){
                .id = id, .person = row.person, .taken_by = scope->actor, .answer = line, .now = scope->now});
    return changed == 1 ? HELP_CHANGED : HELP_ELSEWHERE;
}

bool help_find(const Scope *scope, HelpId id, Help *ret_help) {
    HelpRow row;
    if (!help_row(scope->db, id, &row)) {
        return false;
    }
    *ret_help = (Help){.id = id,
                       .program = row.program,
                       .match = row.match,
                       .person = row.person,
                       .called = row.called,
                       .words = row.words,
                       .asked_at = row.asked_at,
                       .taken_by = row.taken_by,
                       .taken_by_called = row.taken_by_called,
                       .taken_at = row.taken_at,
                       .done_at = row.done_at,
                       .answer = row.answer};
    return true;
}

static size_t add(const Scope *scope, Help *items, size_t count, HelpId id) {
    return help_find(scope, id, &items[count]) ? count + 1 : count;
}

Helps help_list_own(const Scope *scope, MatchId match) {
    const HelpOfMatchRows rows = help_of_match(scope->db, match, scope->actor, OWN_MOST);
    Help *items = NEW_MANY(scope->arena, rows.count, Help);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count = add(scope, items, count, rows.items[at].id);
    }
    return (Helps){.items = items, .count = count};
}

Helps help_list_open(const Scope *scope, ProgramId program) {
    const HelpOfProgramRows rows = help_of_program(scope->db, program, scope->actor, OPEN_MOST);
    Help *items = NEW_MANY(scope->arena, rows.count, Help);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count = add(scope, items, count, rows.items[at].id);
    }
    return (Helps){.items = items, .count = count};
}

void help_forget(Tx *tx, PersonId person) {
    (void)help_unmark_of(tx, person);
    (void)help_delete_of(tx, person);
}
