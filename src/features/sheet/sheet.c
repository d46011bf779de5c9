/* SPDX-License-Identifier: Apache-2.0 */
/* Sheets for getting ready, from what is wanted until what came of it. */
#include "features/sheet/sheet.h"

#include "features/notice/notice.h"
#include "platform/live/live.h"
#include "platform/zone/zone.h"
#include "sheet_sql.h"

#include <assert.h>

const char *const sheet_kind_names[] = {"school", "court", "welfare", "team", "other", NULL};
const char *const sheet_who_names[] = {"me", "supporter", "family", "other", NULL};
const char *const sheet_was_names[] = {"yes", "partly", "no", NULL};

/* A day is kept as its noon: no change of clocks makes another day of it. */
static Time noon_of(const Scope *scope, Date day) {
    return date_is_none(day) ? TIME_NONE : zone_moment(scope->zone, (LocalTime){.date = day, .hour = 12});
}

static Date day_of(const Scope *scope, Time noon) {
    return time_is_none(noon) ? (Date){0} : zone_date(scope->zone, noon);
}

static void set_mark(Tx *tx, SheetId sheet, bool is_part2) {
    if (is_part2) {
        sheet_mark_part2(tx, sheet);
    } else {
        sheet_unmark(tx, sheet);
    }
}

SheetResult sheet_add(const Scope *scope, Tx *tx, const SheetBefore *before, SheetId *ret_sheet) {
    SheetCount row;
    if (sheet_count(scope->db, scope->actor, &row) && row.sheets >= SHEET_MOST) {
        return SHEET_FULL;
    }
    const SheetId id = {random_id(scope->random)};
    sheet_insert(tx, id, scope->actor, before->kind, scope->now);
    *ret_sheet = id;
    return sheet_change(scope, tx, id, before);
}

SheetResult sheet_change(const Scope *scope, Tx *tx, SheetId sheet, const SheetBefore *before) {
    const int64_t changed =
        sheet_set_before(tx, &(SheetSetBefore){.id = sheet,
                                               .person = scope->actor,
                                               .kind = before->kind,
                                               .day_at = noon_of(scope, before->day),
                                               .called = before->words[SHEET_CALLED],
                                               .want = before->words[SHEET_WANT],
                                               .questions = before->words[SHEET_QUESTIONS],
                                               .speak_me = before->words[SHEET_SPEAK_ME],
                                               .speak_giver = before->words[SHEET_SPEAK_GIVER],
                                               .speak_kin = before->words[SHEET_SPEAK_KIN],
                                               .speak_other = before->words[SHEET_SPEAK_OTHER],
                                               .bring = before->words[SHEET_BRING],
                                               .now = scope->now});
    if (changed != 1) {
        return SHEET_ELSEWHERE;
    }
    set_mark(tx, sheet, before->is_part2);
    return SHEET_DONE;
}

SheetResult sheet_bring(const Scope *scope, Tx *tx, SheetId sheet, Str bring) {
    return sheet_set_bring(tx, sheet, scope->actor, bring, scope->now) == 1 ? SHEET_DONE : SHEET_ELSEWHERE;
}

SheetResult sheet_close(const Scope *scope, Tx *tx, SheetId sheet, const SheetAfter *after) {
    const int64_t changed = sheet_set_after(tx, &(SheetSetAfter){.id = sheet,
                                                                 .person = scope->actor,
                                                                 .decided = after->decided,
                                                                 .later = after->later,
                                                                 .unsaid = after->unsaid,
                                                                 .had_seat = after->had_seat,
                                                                 .had_say = after->had_say,
                                                                 .now = scope->now});
    return changed == 1 ? SHEET_DONE : SHEET_ELSEWHERE;
}

static void delete_all(Tx *tx, SheetId sheet) {
    reader_drop(tx, READER_THING(sheet));
    sheet_delete_ideas(tx, sheet);
    sheet_delete_steps(tx, sheet);
    sheet_unmark(tx, sheet);
    sheet_delete(tx, sheet);
}

SheetResult sheet_drop(const Scope *scope, Tx *tx, SheetId sheet) {
    SheetStepCount own;
    if (!sheet_step_count(scope->db, sheet, scope->actor, &own)) {
        return SHEET_ELSEWHERE;
    }
    delete_all(tx, sheet);
    return SHEET_DONE;
}

void sheet_forget(Tx *tx, PersonId person) {
    const SheetAllOfRows rows = sheet_all_of(tx_db(tx), person);
    for (size_t at = 0; at < rows.count; at++) {
        delete_all(tx, rows.items[at].id);
    }
}

/* ---- steps ---- */

SheetResult sheet_step_add(const Scope *scope, Tx *tx, const SheetStepNew *step) {
    SheetStepCount row;
    if (!sheet_step_count(scope->db, step->sheet, scope->actor, &row)) {
        return SHEET_ELSEWHERE;
    }
    if (row.steps >= SHEET_STEPS_MOST) {
        return SHEET_FULL;
    }
    sheet_step_insert(tx, &(SheetStepInsert){.id = {random_id(scope->random)},
                                             .sheet = step->sheet,
                                             .person = scope->actor,
                                             .words = step->words,
                                             .who = step->who,
                                             .due_at = noon_of(scope, step->day),
                                             .now = scope->now});
    return SHEET_DONE;
}

SheetResult sheet_step_mark(const Scope *scope, Tx *tx, SheetId sheet, SheetStepId step, bool is_done,
                            Str came_of) {
    const int64_t changed = sheet_step_set(tx, &(SheetStepSet){.id = step,
                                                               .sheet = sheet,
                                                               .person = scope->actor,
                                                               .done_at = is_done ? scope->now : TIME_NONE,
                                                               .came_of = came_of});
    return changed == 1 ? SHEET_DONE : SHEET_ELSEWHERE;
}

SheetResult sheet_step_drop(const Scope *scope, Tx *tx, SheetId sheet, SheetStepId step) {
    return sheet_step_delete(tx, step, sheet, scope->actor) == 1 ? SHEET_DONE : SHEET_ELSEWHERE;
}

static SheetSteps steps_of(const Scope *scope, SheetId sheet) {
    const SheetStepOfRows rows = sheet_step_of(scope->db, sheet, SHEET_STEPS_MOST);
    SheetStep *items = NEW_MANY(scope->arena, rows.count, SheetStep);
    for (size_t at = 0; at < rows.count; at++) {
        const SheetStepOf *row = &rows.items[at];
        items[at] = (SheetStep){.id = row->id,
                                .words = row->words,
                                .who = (SheetWho)row->who,
                                .day = day_of(scope, row->due_at),
                                .done_at = row->done_at,
                                .came_of = row->came_of};
    }
    return (SheetSteps){.items = items, .count = rows.count};
}

/* ---- what who reads it suggests ---- */

SheetResult sheet_suggest(const Scope *scope, Tx *tx, SheetId sheet, Str words) {
    Sheet opened;
    if (!sheet_find_opened(scope, sheet, &opened)) {
        return SHEET_ELSEWHERE;
    }
    SheetIdeaCount row;
    if (sheet_idea_count(scope->db, sheet, &row) && row.ideas >= SHEET_IDEAS_MOST) {
        return SHEET_FULL;
    }
    sheet_idea_insert(tx, &(SheetIdeaInsert){.id = {random_id(scope->random)},
                                             .sheet = sheet,
                                             .person = opened.person,
                                             .by_person = scope->actor,
                                             .words = words,
                                             .now = scope->now});
    notice_send_together(scope, tx, opened.person);
    return SHEET_DONE;
}

SheetResult sheet_idea_take_back(const Scope *scope, Tx *tx, SheetId sheet, SheetIdeaId idea) {
    Sheet opened;
    if (!sheet_find_opened(scope, sheet, &opened) ||
        sheet_idea_take_away(tx, idea, sheet, scope->actor) != 1) {
        return SHEET_ELSEWHERE;
    }
    live_tell(tx, opened.person, STR("me"), 0);
    return SHEET_DONE;
}

SheetResult sheet_idea_take(const Scope *scope, Tx *tx, SheetId sheet, SheetIdeaId idea) {
    return sheet_idea_set_taken(tx, idea, sheet, scope->actor, scope->now) == 1 ? SHEET_DONE
                                                                                : SHEET_ELSEWHERE;
}

SheetResult sheet_idea_leave(const Scope *scope, Tx *tx, SheetId sheet, SheetIdeaId idea) {
    return sheet_idea_delete(tx, idea, sheet, scope->actor) == 1 ? SHEET_DONE : SHEET_ELSEWHERE;
}

static SheetIdeas ideas_of(const Scope *scope, SheetId sheet) {
    const SheetIdeaOfRows rows = sheet_idea_of(scope->db, sheet, scope->actor, SHEET_IDEAS_MOST);
    SheetIdea *items = NEW_MANY(scope->arena, rows.count, SheetIdea);
    for (size_t at = 0; at < rows.count; at++) {
        const SheetIdeaOf *row = &rows.items[at];
        items[at] = (SheetIdea){.id = row->id,
                                .by = row->by_person,
                                .by_called = row->by_called,
                                .words = row->words,
                                .at = row->at,
                                .is_taken = row->is_taken};
    }
    return (SheetIdeas){.items = items, .count = rows.count};
}

/* ---- reading ---- */

/* The two queries give the same columns under their own names. */
#define SHEET_OF(scope, sheet, row)                                                                          \
    (Sheet) {                                                                                                \
        .id = (sheet), .person = (row)->person, .kind = (SheetKind)(row)->kind,                              \
        .day = day_of((scope), (row)->day_at),                                                               \
        .words = {[SHEET_CALLED] = (row)->called,           [SHEET_WANT] = (row)->want,                      \
                  [SHEET_QUESTIONS] = (row)->questions,     [SHEET_SPEAK_ME] = (row)->speak_me,              \
                  [SHEET_SPEAK_GIVER] = (row)->speak_giver, [SHEET_SPEAK_KIN] = (row)->speak_kin,            \
                  [SHEET_SPEAK_OTHER] = (row)->speak_other, [SHEET_BRING] = (row)->bring,                    \
                  [SHEET_DECIDED] = (row)->decided,         [SHEET_LATER] = (row)->later},                   \
        .made_at = (row)->made_at, .changed_at = (row)->changed_at, .steps = steps_of((scope), (sheet)),     \
        .ideas = ideas_of((scope), (sheet))                                                                  \
    }

bool sheet_find(const Scope *scope, SheetId id, Sheet *ret_sheet) {
    SheetById row;
    if (!sheet_by_id(scope->db, id, scope->actor, &row)) {
        return false;
    }
    *ret_sheet = SHEET_OF(scope, id, &row);
    ret_sheet->words[SHEET_UNSAID] = row.unsaid;
    ret_sheet->had_seat = (SheetWas)row.had_seat;
    ret_sheet->had_say = (SheetWas)row.had_say;
    return true;
}

bool sheet_find_opened(const Scope *scope, SheetId id, Sheet *ret_sheet) {
    const ReaderLet let = reader_let_of(scope, READER_THING(id));
    SheetOpenedById row;
    if (!reader_lets(&let, READER_SHEET) || !sheet_opened_by_id(scope->db, id, let.person, &row)) {
        return false;
    }
    *ret_sheet = SHEET_OF(scope, id, &row);
    ret_sheet->person_called = let.person_called;
    ret_sheet->match = let.match;
    ret_sheet->request = let.request;
    return true;
}

SheetLines sheet_list(const Scope *scope) {
    const SheetOfPersonRows rows = sheet_of_person(scope->db, scope->actor, SHEET_MOST);
    SheetLine *items = NEW_MANY(scope->arena, rows.count, SheetLine);
    for (size_t at = 0; at < rows.count; at++) {
        const SheetOfPerson *row = &rows.items[at];
        items[at] = (SheetLine){.id = row->id,
                                .person = row->person,
                                .kind = (SheetKind)row->kind,
                                .day = day_of(scope, row->day_at),
                                .called = row->called,
                                .ideas = row->ideas};
    }
    return (SheetLines){.items = items, .count = rows.count};
}

SheetAskedList sheet_list_asked(const Scope *scope) {
    enum { MOST = 10 };
    const SheetAskedOfRows rows = sheet_asked_of(scope->db, scope->actor, MOST);
    SheetAsked *items = NEW_MANY(scope->arena, rows.count, SheetAsked);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (SheetAsked){.id = rows.items[at].id,
                                 .kind = (SheetKind)rows.items[at].kind,
                                 .called = rows.items[at].called,
                                 .by_called = rows.items[at].by_called,
                                 .count = rows.items[at].ideas};
    }
    return (SheetAskedList){.items = items, .count = rows.count};
}

SheetLines sheet_list_opened(const Scope *scope, const ReaderLet *let) {
    if (!reader_lets(let, READER_SHEET)) {
        return (SheetLines){0};
    }
    const SheetOpenedRows rows = sheet_opened(scope->db, let->match, let->person, SHEET_MOST);
    SheetLine *items = NEW_MANY(scope->arena, rows.count, SheetLine);
    for (size_t at = 0; at < rows.count; at++) {
        const SheetOpened *row = &rows.items[at];
        items[at] = (SheetLine){.id = row->id,
                                .person = row->person,
                                .kind = (SheetKind)row->kind,
                                .day = day_of(scope, row->day_at),
                                .called = row->called};
    }
    return (SheetLines){.items = items, .count = rows.count};
}

Text sheet_kind_text(SheetKind kind) {
    switch (kind) {
    case SHEET_SCHOOL:
        return TEXT_SHEET_SCHOOL;
    case SHEET_COURT:
        return TEXT_SHEET_COURT;
    case SHEET_WELFARE:
        return TEXT_SHEET_WELFARE;
    case SHEET_TEAM:
        return TEXT_SHEET_TEAM;
    case SHEET_OTHER:
        return TEXT_SHEET_OTHER;
    }
    assert(false && "a kind of meeting that the schema does not know");
    return TEXT_NONE;
}
