/* SPDX-License-Identifier: Apache-2.0 */
/* Where a talk with those who coordinate stands: offered, wished, not needed, held. */
#include "features/debrief/debrief.h"

#include "debrief_sql.h"
#include "platform/live/live.h"

enum { OWN_MOST = 20, WISHED_MOST = 25 };

static bool add(const Scope *scope, Tx *tx, ProgramId program, PersonId person, DebriefState state,
                Str fits) {
    return debrief_insert(tx, &(DebriefInsert){
                                  .id = {random_id(scope->random)},
                                  .program = program,
                                  .person = person,
                                  .state = state,
                                  .now = scope->now,
                                  .fits = fits,
                                  .words = STR(""),
                                  .answered_at = state == DEBRIEF_OFFERED ? TIME_NONE : scope->now,
                              }) == 1;
}

void debrief_offer(const Scope *scope, Tx *tx, ProgramId program, PersonId person) {
    if (add(scope, tx, program, person, DEBRIEF_OFFERED, STR(""))) {
        live_tell(tx, person, STR("me"), 0);
    }
}

static DebriefResult done_if(bool is_done) {
    return is_done ? DEBRIEF_DONE : DEBRIEF_ELSEWHERE;
}

bool debrief_program(const Scope *scope, ProgramId *ret_program) {
    const DebriefHomeRows homes = debrief_home(scope->db, scope->actor);
    if (homes.count > 0) {
        *ret_program = homes.items[0].program;
    }
    return homes.count > 0;
}

DebriefResult debrief_wish(const Scope *scope, Tx *tx, Str fits) {
    ProgramId program;
    DebriefOpenOf open;
    if (!debrief_program(scope, &program)) {
        return DEBRIEF_ELSEWHERE;
    }
    if (debrief_open_of(scope->db, scope->actor, program, &open)) {
        return done_if(debrief_set_wished(tx, open.id, scope->actor, fits, scope->now) == 1);
    }
    return done_if(add(scope, tx, program, scope->actor, DEBRIEF_WISHED, fits));
}

DebriefResult debrief_not_needed(const Scope *scope, Tx *tx, DebriefId id) {
    return done_if(debrief_set_not_needed(tx, id, scope->actor, scope->now) == 1);
}

DebriefResult debrief_write(const Scope *scope, Tx *tx, DebriefId id, Str words) {
    return done_if(debrief_set_words(tx, id, scope->actor, words) == 1);
}

DebriefResult debrief_hold(const Scope *scope, Tx *tx, DebriefId id) {
    DebriefRow row;
    if (!debrief_row(scope->db, id, scope->actor, &row) ||
        debrief_set_held(tx, id, scope->actor, scope->now) != 1) {
        return DEBRIEF_ELSEWHERE;
    }
    live_tell(tx, row.person, STR("me"), 0);
    return DEBRIEF_DONE;
}

bool debrief_find(const Scope *scope, DebriefId id, Debrief *ret_debrief) {
    DebriefRow row;
    if (!debrief_row(scope->db, id, scope->actor, &row)) {
        return false;
    }
    *ret_debrief = (Debrief){.id = id,
                             .program = row.program,
                             .person = row.person,
                             .called = row.called,
                             .state = (DebriefState)row.state,
                             .offered_at = row.offered_at,
                             .answered_at = row.answered_at,
                             .held_at = row.held_at,
                             .fits = row.fits,
                             .words = row.words};
    return true;
}

Debriefs debrief_list_own(const Scope *scope) {
    const DebriefOfPersonRows rows = debrief_of_person(scope->db, scope->actor, OWN_MOST);
    Debrief *items = NEW_MANY(scope->arena, rows.count, Debrief);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count += debrief_find(scope, rows.items[at].id, &items[count]) ? 1 : 0;
    }
    return (Debriefs){.items = items, .count = count};
}

bool debrief_waits(const Scope *scope) {
    DebriefOffered row;
    return debrief_offered(scope->db, scope->actor, &row) && row.found > 0;
}

Debriefs debrief_list_wished(const Scope *scope, ProgramId program) {
    const DebriefOfProgramRows rows = debrief_of_program(scope->db, program, scope->actor, WISHED_MOST);
    Debrief *items = NEW_MANY(scope->arena, rows.count, Debrief);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count += debrief_find(scope, rows.items[at].id, &items[count]) ? 1 : 0;
    }
    return (Debriefs){.items = items, .count = count};
}

void debrief_forget(Tx *tx, PersonId person) {
    (void)debrief_delete_of(tx, person);
}
