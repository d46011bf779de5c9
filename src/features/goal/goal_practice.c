/* SPDX-License-Identifier: Apache-2.0 */
/* What was tried of a step, and how it went. */
#include "features/goal/goal_practice.h"

#include "goal_sql.h"
#include "platform/zone/zone.h"

/* A day is kept as its noon: no change of clocks makes another day of it. */
static Time noon_of(const Scope *scope, Date day) {
    return zone_moment(scope->zone, (LocalTime){.date = day, .hour = 12});
}

static void mark(Tx *tx, GoalPracticeId id, bool is_part2) {
    if (is_part2) {
        goal_practice_mark_part2(tx, id);
    } else {
        goal_practice_unmark(tx, id);
    }
}

GoalResult goal_practice_add(const Scope *scope, Tx *tx, GoalId goal, GoalStepId step,
                             const GoalPracticeNew *practice) {
    GoalPracticeCount row;
    if (!goal_practice_count(scope->db, step, goal, scope->actor, &row)) {
        return GOAL_ELSEWHERE;
    }
    if (row.practices >= GOAL_PRACTICES_MOST) {
        return GOAL_FULL;
    }
    const GoalPracticeId id = {random_id(scope->random)};
    goal_practice_insert(tx, &(GoalPracticeInsert){.id = id,
                                                   .step = step,
                                                   .person = scope->actor,
                                                   .words = practice->words,
                                                   .helped = practice->helped,
                                                   .day = noon_of(scope, practice->day),
                                                   .now = scope->now});
    mark(tx, id, practice->is_part2);
    return GOAL_DONE;
}

GoalResult goal_practice_change(const Scope *scope, Tx *tx, GoalId goal, GoalPracticeId id,
                                const GoalPracticeNew *practice) {
    const int64_t changed =
        goal_practice_update(tx, &(GoalPracticeUpdate){.id = id,
                                                       .goal = goal,
                                                       .person = scope->actor,
                                                       .words = practice->words,
                                                       .helped = practice->helped,
                                                       .day = noon_of(scope, practice->day)});
    if (changed != 1) {
        return GOAL_ELSEWHERE;
    }
    mark(tx, id, practice->is_part2);
    return GOAL_DONE;
}

GoalResult goal_practice_drop(const Scope *scope, Tx *tx, GoalId goal, GoalPracticeId id) {
    GoalPracticeIsOf row;
    if (!goal_practice_is_of(scope->db, id, goal, scope->actor, &row)) {
        return GOAL_ELSEWHERE;
    }
    goal_practice_unmark(tx, id);
    goal_practice_delete(tx, id);
    return GOAL_DONE;
}

void goal_practice_drop_of(Tx *tx, GoalStepId step) {
    goal_practice_unmark_of(tx, step);
    goal_practice_delete_of(tx, step);
}

GoalPractices goal_practices(const Scope *scope, GoalId goal) {
    const GoalPracticeOfRows rows = goal_practice_of(scope->db, goal, GOAL_STEPS_MOST * GOAL_PRACTICES_MOST);
    GoalPractice *items = NEW_MANY(scope->arena, rows.count, GoalPractice);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (GoalPractice){.id = rows.items[at].id,
                                   .step = rows.items[at].step,
                                   .words = rows.items[at].words,
                                   .helped = rows.items[at].helped,
                                   .day = zone_date(scope->zone, rows.items[at].day)};
    }
    return (GoalPractices){.items = items, .count = rows.count};
}
