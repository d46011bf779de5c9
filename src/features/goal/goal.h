/* SPDX-License-Identifier: Apache-2.0 */
/* What a person wants, in their own words and their own order: "She sleeps in her own bed", "An evening for
 * myself". Steps lead there, each with who does it and by when, if that helps.
 *
 * A goal is its person's alone. Nobody else adds to it, changes or closes it, and nobody else reads it until
 * its person opens it, this goal, to somebody who walks with them in this match: who then reads it, while
 * the two walk and the person shares with them. Those who coordinate and a parent never do. A goal rests,
 * comes back, is reached or let go; nobody is asked why, and nothing is counted. */
#ifndef GOAL_H
#define GOAL_H

#include "features/promise/promise.h"

typedef enum GoalKind {
    GOAL_FOR_CHILD = 1,
    GOAL_FOR_FAMILY = 2,
    GOAL_FOR_MYSELF = 3, /* who cares for others needs care too */
} GoalKind;

typedef enum GoalState {
    GOAL_OPEN = 1,
    GOAL_PAUSED = 2,
    GOAL_REACHED = 3,
    GOAL_LET_GO = 4,
} GoalState;

/* Who does a step. */
typedef enum GoalWho {
    GOAL_BY_ME = 1,
    GOAL_BY_GIVER = 2, /* who walks with me */
    GOAL_BY_OTHER = 3,
} GoalWho;

/* Of goals that are open or rest, of those that are over, and of steps of one goal. */
enum { GOAL_MOST = 40, GOAL_STEPS_MOST = 30 };

typedef enum GoalResult {
    GOAL_DONE,
    GOAL_FULL,      /* there are so many that no list would show it; nothing was written */
    GOAL_ELSEWHERE, /* none of the actor's, or it stands differently by now; nothing was written */
} GoalResult;

typedef struct GoalNew {
    Str words; /* not empty */
    GoalKind kind;
    bool is_part2; /* the words may tell of substance use */
} GoalNew;
/* The actor's own, below their others. `ret_goal` only with GOAL_DONE. */
GoalResult goal_add(const Scope *scope, Tx *tx, const GoalNew *goal, GoalId *ret_goal);

/* Changes places with the next one above or below that is open or rests; none there: it stays. */
GoalResult goal_move(const Scope *scope, Tx *tx, GoalId goal, bool is_up);

/* From any state to any other. */
GoalResult goal_turn(const Scope *scope, Tx *tx, GoalId goal, GoalState to);

typedef struct GoalStepNew {
    GoalId goal;
    Str words; /* not empty */
    GoalWho who;
    bool has_day;
    PromiseDay day; /* if has_day */
    bool is_part2;
} GoalStepNew;
GoalResult goal_step_add(const Scope *scope, Tx *tx, const GoalStepNew *step);
/* Done, or not done after all. */
GoalResult goal_step_mark(const Scope *scope, Tx *tx, GoalId goal, GoalStepId step, bool is_done);
/* It leaves the list, with its words. */
GoalResult goal_step_drop(const Scope *scope, Tx *tx, GoalId goal, GoalStepId step);

/* Opens one goal to who walks with the actor in this match, or closes it: at once. */
GoalResult goal_open_to(const Scope *scope, Tx *tx, GoalId goal, MatchId match);
GoalResult goal_close_to(const Scope *scope, Tx *tx, GoalId goal, MatchId match);

typedef struct GoalStep {
    GoalStepId id;
    GoalId goal;
    Part2Words words;
    GoalWho who;
    bool has_day;
    Date due_on; /* if has_day */
    bool is_done;
} GoalStep;
typedef struct GoalSteps {
    const GoalStep *items;
    size_t count;
} GoalSteps;

typedef struct Goal {
    GoalId id;
    PersonId person;
    Part2Words words;
    GoalKind kind;
    GoalState state;
    Time made_at;
    Time state_at;
    GoalSteps steps; /* in the order they were written */
} Goal;
typedef struct Goals {
    const Goal *items;
    size_t count;
} Goals;

/* The actor's goals that are open or rest, in their own order. */
Goals goal_list(const Scope *scope);
/* The actor's goals that were reached or let go, the newest on top. */
Goals goal_list_over(const Scope *scope);
/* False: none of the actor's. */
bool goal_find(const Scope *scope, GoalId id, Goal *ret_goal);
/* Those opened to the actor, who gives in this match; none that they may not read now. */
Goals goal_list_opened(const Scope *scope, MatchId match);

/* Who walks with the actor and could read this goal, or does. */
typedef struct GoalReader {
    MatchId match;
    Str called;
    bool reads;
} GoalReader;
typedef struct GoalReaders {
    const GoalReader *items;
    size_t count;
} GoalReaders;
GoalReaders goal_readers(const Scope *scope, GoalId goal);

Text goal_kind_text(GoalKind kind);
Text goal_who_text(GoalWho who);

#endif
