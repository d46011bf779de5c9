/* SPDX-License-Identifier: Apache-2.0 */
/* Goals and their steps, from the first word until they are reached or let go. */
#include "features/goal/goal.h"

#include "features/goal/goal_practice.h"
#include "goal_sql.h"
#include "platform/zone/zone.h"
#include "texts.h"

#include <assert.h>

static GoalPlacesRows places_of(const Scope *scope) {
    return goal_places(scope->db, scope->actor, GOAL_OPEN, GOAL_PAUSED, GOAL_MOST);
}

GoalResult goal_add(const Scope *scope, Tx *tx, const GoalNew *goal, GoalId *ret_goal) {
    if (places_of(scope).count >= GOAL_MOST) {
        return GOAL_FULL;
    }
    GoalLast last = {0};
    goal_last(scope->db, scope->actor, &last);
    const GoalId id = {random_id(scope->random)};
    goal_insert(tx, &(GoalInsert){.id = id,
                                  .person = scope->actor,
                                  .words = goal->words,
                                  .kind = goal->kind,
                                  .place = last.place + 1,
                                  .state = GOAL_OPEN,
                                  .now = scope->now});
    if (goal->is_part2) {
        goal_mark_part2(tx, id);
    }
    *ret_goal = id;
    return GOAL_DONE;
}

GoalResult goal_change(const Scope *scope, Tx *tx, GoalId id, const GoalNew *goal) {
    const int64_t changed = goal_update(tx, id, scope->actor, goal->words, goal->kind);
    if (changed != 1) {
        return GOAL_ELSEWHERE;
    }
    if (goal->is_part2) {
        goal_mark_part2(tx, id);
    } else {
        goal_unmark_part2(tx, id);
    }
    return GOAL_DONE;
}

GoalResult goal_move(const Scope *scope, Tx *tx, GoalId goal, bool is_up) {
    const GoalPlacesRows rows = places_of(scope);
    for (size_t at = 0; at < rows.count; at++) {
        if (!goal_id_equal(rows.items[at].id, goal)) {
            continue;
        }
        if (is_up ? at == 0 : at + 1 == rows.count) {
            return GOAL_DONE;
        }
        const GoalPlaces *one = &rows.items[at];
        const GoalPlaces *other = &rows.items[is_up ? at - 1 : at + 1];
        goal_set_place(tx, one->id, scope->actor, other->place);
        goal_set_place(tx, other->id, scope->actor, one->place);
        return GOAL_DONE;
    }
    return GOAL_ELSEWHERE;
}

GoalResult goal_turn(const Scope *scope, Tx *tx, GoalId goal, GoalState to) {
    Goal was;
    if (!goal_find(scope, goal, &was)) {
        return GOAL_ELSEWHERE;
    }
    const bool comes_back = to == GOAL_OPEN && (was.state == GOAL_REACHED || was.state == GOAL_LET_GO);
    if (comes_back && places_of(scope).count >= GOAL_MOST) {
        return GOAL_FULL;
    }
    const int64_t changed = goal_set_state(tx, goal, scope->actor, to, scope->now);
    return changed == 1 ? GOAL_DONE : GOAL_ELSEWHERE;
}

GoalResult goal_step_add_as(const Scope *scope, Tx *tx, GoalStepId id, const GoalStepNew *step) {
    GoalStepCount row;
    if (!goal_step_count(scope->db, step->goal, scope->actor, &row)) {
        return GOAL_ELSEWHERE;
    }
    if (row.steps >= GOAL_STEPS_MOST) {
        return GOAL_FULL;
    }
    const Time due_at = step->has_day ? promise_due_at(scope, step->day) : TIME_NONE;
    goal_step_insert(tx, &(GoalStepInsert){.id = id,
                                           .goal = step->goal,
                                           .person = scope->actor,
                                           .words = step->words,
                                           .who = step->who,
                                           .due_at = due_at,
                                           .now = scope->now});
    if (step->is_part2) {
        goal_step_mark_part2(tx, id);
    }
    return GOAL_DONE;
}

GoalResult goal_step_add(const Scope *scope, Tx *tx, const GoalStepNew *step) {
    return goal_step_add_as(scope, tx, (GoalStepId){random_id(scope->random)}, step);
}

GoalResult goal_step_change(const Scope *scope, Tx *tx, GoalStepId id, const GoalStepNew *step,
                            bool keeps_day) {
    const int64_t changed = goal_step_update(
        tx,
        &(GoalStepUpdate){
            .id = id, .goal = step->goal, .person = scope->actor, .words = step->words, .who = step->who});
    if (changed != 1) {
        return GOAL_ELSEWHERE;
    }
    if (!keeps_day) {
        goal_step_set_day(tx, id, step->has_day ? promise_due_at(scope, step->day) : TIME_NONE);
    }
    if (step->is_part2) {
        goal_step_mark_part2(tx, id);
    } else {
        goal_step_unmark(tx, id);
    }
    return GOAL_DONE;
}

GoalResult goal_step_mark(const Scope *scope, Tx *tx, GoalId goal, GoalStepId step, bool is_done) {
    const Time done_at = is_done ? scope->now : TIME_NONE;
    return goal_step_set_done(tx, step, goal, scope->actor, done_at) == 1 ? GOAL_DONE : GOAL_ELSEWHERE;
}

GoalResult goal_step_drop(const Scope *scope, Tx *tx, GoalId goal, GoalStepId step) {
    GoalStepIsOf row;
    if (!goal_step_is_of(scope->db, step, goal, scope->actor, &row)) {
        return GOAL_ELSEWHERE;
    }
    goal_proposal_lose_step(tx, step);
    goal_practice_drop_of(tx, step);
    goal_step_unmark(tx, step);
    goal_step_delete(tx, step);
    return GOAL_DONE;
}

static GoalSteps steps_of(const Scope *scope, GoalId goal) {
    const GoalStepOfRows rows = goal_step_of(scope->db, goal, GOAL_STEPS_MOST);
    GoalStep *items = NEW_MANY(scope->arena, rows.count, GoalStep);
    for (size_t at = 0; at < rows.count; at++) {
        const GoalStepOf *row = &rows.items[at];
        const bool has_day = !time_is_none(row->due_at);
        items[at] = (GoalStep){.id = row->id,
                               .goal = goal,
                               .words = row->words,
                               .who = (GoalWho)row->who,
                               .has_day = has_day,
                               .due_on = has_day ? zone_date(scope->zone, row->due_at) : (Date){0},
                               .is_done = !time_is_none(row->done_at),
                               .proposed_by = row->proposed_by};
    }
    return (GoalSteps){.items = items, .count = rows.count};
}

/* The queries give the same row under their own names. */
#define GOAL_OF(scope, row)                                                                                  \
    (Goal) {                                                                                                 \
        .id = (row)->id, .person = (row)->person, .words = (row)->words, .kind = (GoalKind)(row)->kind,      \
        .state = (GoalState)(row)->state, .made_at = (row)->made_at, .state_at = (row)->state_at,            \
        .steps = steps_of(scope, (row)->id)                                                                  \
    }

Goals goal_list(const Scope *scope) {
    const GoalOfPersonRows rows = goal_of_person(scope->db, scope->actor, GOAL_OPEN, GOAL_PAUSED, GOAL_MOST);
    Goal *items = NEW_MANY(scope->arena, rows.count, Goal);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = GOAL_OF(scope, &rows.items[at]);
    }
    return (Goals){.items = items, .count = rows.count};
}

Goals goal_list_over(const Scope *scope) {
    const GoalOverOfPersonRows rows =
        goal_over_of_person(scope->db, scope->actor, GOAL_REACHED, GOAL_LET_GO, GOAL_MOST);
    Goal *items = NEW_MANY(scope->arena, rows.count, Goal);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = GOAL_OF(scope, &rows.items[at]);
    }
    return (Goals){.items = items, .count = rows.count};
}

bool goal_find(const Scope *scope, GoalId id, Goal *ret_goal) {
    GoalById row;
    if (!goal_by_id(scope->db, id, scope->actor, &row)) {
        return false;
    }
    *ret_goal = GOAL_OF(scope, &row);
    return true;
}

Goals goal_list_reached_in(const Scope *scope, MatchId match) {
    const GoalReachedInRows rows = goal_reached_in(scope->db, match, scope->actor, GOAL_REACHED, GOAL_MOST);
    Goal *items = NEW_MANY(scope->arena, rows.count, Goal);
    for (size_t at = 0; at < rows.count; at++) {
        const GoalReachedIn *row = &rows.items[at];
        items[at] = (Goal){.id = row->id,
                           .person = row->person,
                           .words = row->words,
                           .kind = (GoalKind)row->kind,
                           .state = GOAL_REACHED,
                           .made_at = row->made_at,
                           .state_at = row->state_at};
    }
    return (Goals){.items = items, .count = rows.count};
}

Goals goal_list_opened(const Scope *scope, const ReaderLet *let) {
    if (!reader_lets(let, READER_GOAL)) {
        return (Goals){0};
    }
    const GoalOpenedRows rows = goal_opened(scope->db, &(GoalOpenedIn){.match = let->match,
                                                                       .person = let->person,
                                                                       .open = GOAL_OPEN,
                                                                       .paused = GOAL_PAUSED,
                                                                       .most = GOAL_MOST});
    Goal *items = NEW_MANY(scope->arena, rows.count, Goal);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = GOAL_OF(scope, &rows.items[at]);
    }
    return (Goals){.items = items, .count = rows.count};
}

Text goal_kind_text(GoalKind kind) {
    switch (kind) {
    case GOAL_FOR_CHILD:
        return TEXT_GOAL_FOR_CHILD;
    case GOAL_FOR_FAMILY:
        return TEXT_GOAL_FOR_FAMILY;
    case GOAL_FOR_MYSELF:
        return TEXT_GOAL_FOR_MYSELF;
    case GOAL_TO_PRACTICE:
        return TEXT_GOAL_TO_PRACTICE;
    }
    assert(false && "a kind of goal that the schema does not know");
    return TEXT_NONE;
}

Text goal_who_text(GoalWho who) {
    switch (who) {
    case GOAL_BY_ME:
        return TEXT_GOAL_BY_ME;
    case GOAL_BY_GIVER:
        return TEXT_GOAL_BY_GIVER;
    case GOAL_BY_OTHER:
        return TEXT_GOAL_BY_OTHER;
    }
    assert(false && "somebody that the schema does not know");
    return TEXT_NONE;
}
