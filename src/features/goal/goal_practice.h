/* SPDX-License-Identifier: Apache-2.0 */
/* Practice: a goal may be something to get better at, like staying steady, being heard or speaking up. Its
 * steps are small and come again, and whenever its person tried one they may write when it was, how it went
 * and what helped.
 *
 * It is read by whoever reads the goal. How often something was tried is for its person alone to see, and
 * nothing is made of it: no aim, no score, no reminder. */
#ifndef GOAL_PRACTICE_H
#define GOAL_PRACTICE_H

#include "features/goal/goal.h"

/* Of one step. */
enum { GOAL_PRACTICES_MOST = 60, GOAL_PRACTICE_CHARACTERS = 1000 };

typedef struct GoalPracticeNew {
    Date day;      /* on which it was tried */
    Str words;     /* how it went; not empty */
    Str helped;    /* may be empty */
    bool is_part2; /* the words may tell of substance use */
} GoalPracticeNew;
/* The actor tried this step of a goal of theirs. */
GoalResult goal_practice_add(const Scope *scope, Tx *tx, GoalId goal, GoalStepId step,
                             const GoalPracticeNew *practice);
GoalResult goal_practice_change(const Scope *scope, Tx *tx, GoalId goal, GoalPracticeId id,
                                const GoalPracticeNew *practice);
GoalResult goal_practice_drop(const Scope *scope, Tx *tx, GoalId goal, GoalPracticeId id);
/* With the step that leaves its list. */
void goal_practice_drop_of(Tx *tx, GoalStepId step);

typedef struct GoalPractice {
    GoalPracticeId id;
    GoalStepId step;
    Part2Words words;
    Part2Words helped;
    Date day;
} GoalPractice;
typedef struct GoalPractices {
    const GoalPractice *items;
    size_t count;
} GoalPractices;
/* Of all steps of a goal that the actor was let read, the newest on top. */
GoalPractices goal_practices(const Scope *scope, GoalId goal);

#endif
