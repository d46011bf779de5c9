/* SPDX-License-Identifier: Apache-2.0 */
/* Goals as one reader may see them: opened for that reader (platform/http/part2.h). goal_pages.c fills it. */
#ifndef GOAL_SHOWN_H
#define GOAL_SHOWN_H

#include "base/str.h"
#include "features/goal/goal.h"

typedef struct GoalStepShown {
    GoalStepId id;
    Str words;
    bool is_part2;
    Str who; /* as this reader calls them */
    bool has_day;
    Date due_on;
    bool is_done;
} GoalStepShown;
typedef struct GoalStepsShown {
    const GoalStepShown *items;
    size_t count;
} GoalStepsShown;

typedef struct GoalShown {
    GoalId id;
    Str words;
    bool is_part2;
    GoalKind kind;
    GoalState state;
    Date made_on;
    Date state_on;
    GoalStepsShown steps;
    GoalReaders readers; /* on pages of the goal's person */
} GoalShown;
typedef struct GoalsShown {
    const GoalShown *items;
    size_t count;
} GoalsShown;

/* How the reader calls the person of the goals, and who walks with them. */
typedef struct GoalNames {
    Str person;
    Str giver;
} GoalNames;

GoalsShown goals_shown(const Scope *scope, const Part2Notice *notice, GoalNames names, Goals goals);

#endif
