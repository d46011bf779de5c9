/* SPDX-License-Identifier: Apache-2.0 */
/* A plan around a day, its stages, and what helps at each. */
#include "features/bridge/bridge.h"

#include "bridge_sql.h"
#include "features/consent/consent.h"
#include "platform/zone/zone.h"
#include "texts.h"

BridgeStage bridge_last_stage(BridgeKind kind) {
    return kind == BRIDGE_CLINIC ? BRIDGE_THE_DAY : BRIDGE_DAY_90;
}

Text bridge_kind_text(BridgeKind kind) {
    return kind == BRIDGE_CLINIC ? TEXT_BRIDGE_CLINIC : TEXT_BRIDGE_DISCHARGE;
}

Text bridge_stage_text(BridgeStage stage) {
    static const Text texts[] = {[BRIDGE_BEFORE] = TEXT_BRIDGE_BEFORE,
                                 [BRIDGE_THE_DAY] = TEXT_BRIDGE_THE_DAY,
                                 [BRIDGE_DAY_30] = TEXT_BRIDGE_DAY_30,
                                 [BRIDGE_DAY_90] = TEXT_BRIDGE_DAY_90};
    return texts[stage];
}

Date bridge_stage_day(Date day, BridgeStage stage) {
    static const int64_t days[] = {
        [BRIDGE_BEFORE] = -7, [BRIDGE_THE_DAY] = 0, [BRIDGE_DAY_30] = 30, [BRIDGE_DAY_90] = 90};
    return calendar_date(date_days(day) + days[stage]);
}

/* From the first hour of that day on. */
static Time due_at(const Scope *scope, Date day, BridgeStage stage) {
    return zone_moment(scope->zone, (LocalTime){.date = bridge_stage_day(day, stage)});
}

static Time noon_of(const Scope *scope, Date day) {
    return zone_moment(scope->zone, (LocalTime){.date = day, .hour = 12});
}

/* The giver reads and writes while the other shares contacts with them. */
static bool may(const Scope *scope, const Match *match) {
    return match->state != MATCH_ENDED &&
           (person_id_equal(scope->actor, match->receiver) ||
            (person_id_equal(scope->actor, match->giver) &&
             consent_shares(scope, match->request, match->giver, CONSENT_CONTACTS)));
}

static BridgeResult told(const Scope *scope, Tx *tx, const Match *match, bool is_done) {
    if (is_done) {
        match_news(scope, tx, match->id);
    }
    return is_done ? BRIDGE_DONE : BRIDGE_ELSEWHERE;
}

static void step_add(const Scope *scope, Tx *tx, const Match *match, BridgeId bridge, Date day,
                     const BridgeStepNew *step) {
    const BridgeStepId id = {random_id(scope->random)};
    bridge_step_insert(tx, &(BridgeStepInsert){.id = id,
                                               .bridge = bridge,
                                               .person = match->receiver,
                                               .by_person = scope->actor,
                                               .stage = step->stage,
                                               .words = step->words,
                                               .due_at = due_at(scope, day, step->stage),
                                               .now = scope->now});
    if (step->is_part2) {
        bridge_step_mark(tx, id);
    }
}

/* What helped others: a beginning, in the language of who begins. */
static void add_first_steps(const Scope *scope, Tx *tx, const Match *match, BridgeId id, BridgeKind kind,
                            Date day) {
    static const struct {
        BridgeKind kind;
        BridgeStage stage;
        Text words;
    } first[] = {
        {BRIDGE_DISCHARGE, BRIDGE_BEFORE, TEXT_BRIDGE_FIRST_MEET},
        {BRIDGE_DISCHARGE, BRIDGE_BEFORE, TEXT_BRIDGE_FIRST_WHOM},
        {BRIDGE_DISCHARGE, BRIDGE_THE_DAY, TEXT_BRIDGE_FIRST_ALONG},
        {BRIDGE_DISCHARGE, BRIDGE_THE_DAY, TEXT_BRIDGE_FIRST_EVENING},
        {BRIDGE_DISCHARGE, BRIDGE_DAY_30, TEXT_BRIDGE_FIRST_WHAT_HELPS},
        {BRIDGE_DISCHARGE, BRIDGE_DAY_90, TEXT_BRIDGE_FIRST_LOOK_BACK},
        {BRIDGE_CLINIC, BRIDGE_BEFORE, TEXT_BRIDGE_FIRST_QUESTIONS},
        {BRIDGE_CLINIC, BRIDGE_BEFORE, TEXT_BRIDGE_FIRST_WHO_COMES},
        {BRIDGE_CLINIC, BRIDGE_THE_DAY, TEXT_BRIDGE_FIRST_ROUND},
        {BRIDGE_CLINIC, BRIDGE_THE_DAY, TEXT_BRIDGE_FIRST_PEER},
    };
    for (size_t at = 0; at < sizeof first / sizeof first[0]; at++) {
        if (first[at].kind == kind) {
            step_add(
                scope, tx, match, id, day,
                &(BridgeStepNew){.stage = first[at].stage, .words = text_str(scope->lang, first[at].words)});
        }
    }
}

BridgeResult bridge_set(const Scope *scope, Tx *tx, const Match *match, BridgeKind kind, Date day) {
    BridgeOfKind row;
    if (!may(scope, match)) {
        return BRIDGE_ELSEWHERE;
    }
    if (bridge_of_kind(scope->db, match->id, kind, &row)) {
        (void)bridge_set_day(tx, row.id, noon_of(scope, day));
        for (BridgeStage stage = BRIDGE_BEFORE; stage <= BRIDGE_DAY_90; stage++) {
            (void)bridge_set_due(tx, row.id, stage, due_at(scope, day, stage));
        }
        return told(scope, tx, match, true);
    }
    const BridgeId id = {random_id(scope->random)};
    bridge_insert(tx, &(BridgeInsert){.id = id,
                                      .match = match->id,
                                      .receiver = match->receiver,
                                      .giver = match->giver,
                                      .kind = kind,
                                      .day = noon_of(scope, day),
                                      .now = scope->now});
    add_first_steps(scope, tx, match, id, kind, day);
    return told(scope, tx, match, true);
}

BridgeResult bridge_end(const Scope *scope, Tx *tx, const Match *match, BridgeId id) {
    return told(scope, tx, match, may(scope, match) && bridge_set_ended(tx, id, match->id, scope->now) == 1);
}

BridgeResult bridge_add(const Scope *scope, Tx *tx, const Match *match, BridgeId id,
                        const BridgeStepNew *step) {
    BridgeRow row;
    if (!may(scope, match) || !bridge_row(scope->db, id, match->id, &row) || row.steps >= BRIDGE_STEPS_MOST ||
        step->stage > bridge_last_stage((BridgeKind)row.kind)) {
        return BRIDGE_ELSEWHERE;
    }
    step_add(scope, tx, match, id, zone_date(scope->zone, row.day), step);
    return told(scope, tx, match, true);
}

BridgeResult bridge_mark(const Scope *scope, Tx *tx, const Match *match, BridgeStepId id, bool is_done) {
    return told(scope, tx, match,
                may(scope, match) && bridge_step_set_done(tx, id, match->id, is_done ? scope->now : TIME_NONE,
                                                          is_done ? scope->actor : (PersonId){0}) == 1);
}

BridgeResult bridge_take_out(const Scope *scope, Tx *tx, const Match *match, BridgeStepId id) {
    if (!may(scope, match)) {
        return BRIDGE_ELSEWHERE;
    }
    bridge_step_unmark(tx, id, match->id, scope->actor);
    return told(scope, tx, match, bridge_step_delete(tx, id, match->id, scope->actor) == 1);
}

Bridges bridge_list(const Scope *scope, MatchId match) {
    const BridgeOfMatchRows rows =
        bridge_of_match(scope->db, match, scope->actor, CONSENT_CONTACTS, scope->now);
    Bridge *items = NEW_MANY(scope->arena, rows.count, Bridge);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (Bridge){.id = rows.items[at].id,
                             .match = match,
                             .kind = (BridgeKind)rows.items[at].kind,
                             .day = zone_date(scope->zone, rows.items[at].day)};
    }
    return (Bridges){.items = items, .count = rows.count};
}

BridgeSteps bridge_steps(const Scope *scope, BridgeId bridge) {
    const BridgeStepListRows rows = bridge_step_list(scope->db, bridge, BRIDGE_STEPS_MOST);
    BridgeStep *items = NEW_MANY(scope->arena, rows.count, BridgeStep);
    for (size_t at = 0; at < rows.count; at++) {
        const BridgeStepList *row = &rows.items[at];
        items[at] = (BridgeStep){.id = row->id,
                                 .stage = (BridgeStage)row->stage,
                                 .by = row->by_person,
                                 .words = row->words,
                                 .is_done = row->is_done,
                                 .done_by_called = row->done_by_called};
    }
    return (BridgeSteps){.items = items, .count = rows.count};
}

BridgeDues bridge_list_due(const Scope *scope) {
    const BridgeRowsDueRows rows = bridge_rows_due(scope->db, scope->actor, CONSENT_CONTACTS, scope->now);
    BridgeDue *items = NEW_MANY(scope->arena, rows.count, BridgeDue);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const BridgeRowsDue *row = &rows.items[at];
        if (row->due > 0) {
            items[count++] = (BridgeDue){.match = row->match,
                                         .other_called = row->other_called,
                                         .kind = (BridgeKind)row->kind,
                                         .day = zone_date(scope->zone, row->day),
                                         .open = row->due};
        }
    }
    return (BridgeDues){.items = items, .count = count};
}

void bridge_forget(Tx *tx, PersonId person) {
    bridge_steps_unmark(tx, person);
    (void)bridge_steps_forget(tx, person);
    (void)bridge_delete_about(tx, person);
}
