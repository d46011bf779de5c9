/* SPDX-License-Identifier: Apache-2.0 */
/* Goals as one reader may see them: opened for that reader (platform/http/part2.h). goal_pages.c fills it. */
#ifndef GOAL_SHOWN_H
#define GOAL_SHOWN_H

#include "base/str.h"
#include "features/goal/goal_practice.h"

typedef struct GoalPracticeShown {
    GoalPracticeId id;
    Str words;
    Str helped;
    bool is_part2;
    Date day;
} GoalPracticeShown;
typedef struct GoalPracticesShown {
    const GoalPracticeShown *items;
    size_t count;
} GoalPracticesShown;

typedef struct GoalStepShown {
    GoalStepId id;
    Str words;
    bool is_part2;
    GoalWho is_by;
    Str who; /* as this reader calls them */
    bool has_day;
    Date due_on;
    bool is_done;
    Str proposed_by;              /* empty: the goal's person wrote it */
    GoalPracticesShown practices; /* the newest on top */
} GoalStepShown;
typedef struct GoalStepsShown {
    const GoalStepShown *items;
    size_t count;
} GoalStepsShown;

typedef struct GoalProposalShown {
    GoalProposalId id;
    Str words;
    bool is_part2;
    GoalWho is_by;
    Str who; /* as this reader calls them */
    Str by_called;
    Date made_on;
    bool is_taken;
} GoalProposalShown;
typedef struct GoalProposalsShown {
    const GoalProposalShown *items;
    size_t count;
} GoalProposalsShown;

typedef struct GoalShown {
    GoalId id;
    Str words;
    bool is_part2;
    GoalKind kind;
    GoalState state;
    Date made_on;
    Date state_on;
    GoalStepsShown steps;
    GoalProposalsShown proposals; /* on pages of the goal's person: that wait; else the reader's own */
    Readers readers;              /* on pages of the goal's person */
} GoalShown;
typedef struct GoalsShown {
    const GoalShown *items;
    size_t count;
} GoalsShown;

/* A goal of the reader's on which somebody proposes steps. */
typedef struct GoalAskedShown {
    GoalId id;
    Str words;
    Str by_called;
    int64_t count;
} GoalAskedShown;
typedef struct GoalsAskedShown {
    const GoalAskedShown *items;
    size_t count;
} GoalsAskedShown;
GoalsAskedShown goals_asked_shown(const Scope *scope);

/* How the reader calls the person of the goals, and who walks with them. */
typedef struct GoalNames {
    Str person;
    Str giver;
} GoalNames;

Str goal_who_words(const Scope *scope, GoalNames names, GoalWho who);
GoalsShown goals_shown(const Scope *scope, const Part2Notice *notice, GoalNames names, Goals goals);

#endif
