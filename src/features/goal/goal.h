/* SPDX-License-Identifier: Apache-2.0 */
/* What a person wants, in their own words and their own order: "She sleeps in her own bed", "An evening for
 * myself". Steps lead there, each with who does it and by when, if that helps.
 *
 * A goal is its person's alone, and read by whom they open it to (features/reader/reader.h). Nobody else
 * changes or closes it. It rests, comes back, is reached or let go; nobody is asked why, and nothing is
 * counted.
 *
 * Who reads a goal may propose a step on it. A proposal is no step: it stands apart, for the person alone,
 * who takes it as it is or changed, or leaves it. Who proposed it sees whether it was taken, and no more:
 * one that was left looks like one that waits. */
#ifndef GOAL_H
#define GOAL_H

#include "features/promise/promise.h"
#include "features/reader/reader.h"

typedef enum GoalKind {
    GOAL_FOR_CHILD = 1,
    GOAL_FOR_FAMILY = 2,
    GOAL_FOR_MYSELF = 3,  /* who cares for others needs care too */
    GOAL_TO_PRACTICE = 4, /* to get better at something (goal_practice.h) */
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

/* Of goals that are open or rest, of those that are over, of steps of one goal, and of steps proposed on one
 * goal in one walk, whatever became of them. */
enum { GOAL_MOST = 40, GOAL_STEPS_MOST = 30, GOAL_PROPOSALS_MOST = 30 };

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

/* Other words, or for somebody else: by its person. */
GoalResult goal_change(const Scope *scope, Tx *tx, GoalId id, const GoalNew *goal);

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
/* The same under an id that the caller chose. */
GoalResult goal_step_add_as(const Scope *scope, Tx *tx, GoalStepId id, const GoalStepNew *step);
/* Other words, another who, and another day unless `keeps_day`. */
GoalResult goal_step_change(const Scope *scope, Tx *tx, GoalStepId id, const GoalStepNew *step,
                            bool keeps_day);
/* Done, or not done after all. */
GoalResult goal_step_mark(const Scope *scope, Tx *tx, GoalId goal, GoalStepId step, bool is_done);
/* It leaves the list, with its words. */
GoalResult goal_step_drop(const Scope *scope, Tx *tx, GoalId goal, GoalStepId step);

typedef struct GoalStep {
    GoalStepId id;
    GoalId goal;
    Part2Words words;
    GoalWho who;
    bool has_day;
    Date due_on; /* if has_day */
    bool is_done;
    Str proposed_by; /* how they are called; empty: the goal's person wrote it */
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
/* The actor's goals that were opened to who walked with them in this match and reached before its end, the
 * oldest on top. Without their steps. */
Goals goal_list_reached_in(const Scope *scope, MatchId match);
/* Those that the actor was let read in this walk. */
Goals goal_list_opened(const Scope *scope, const ReaderLet *let);

/* Stored: never renumber. */
typedef enum GoalProposalState {
    GOAL_PROPOSAL_WAITS = 1,
    GOAL_PROPOSAL_TAKEN = 2,
    GOAL_PROPOSAL_LEFT = 3, /* for its person alone to know */
} GoalProposalState;

typedef struct GoalProposalNew {
    GoalId goal;
    Str words; /* not empty */
    GoalWho who;
    bool is_part2;
} GoalProposalNew;
/* The actor gives in this match and reads the goal now. Its person is told that there is something new. */
GoalResult goal_propose(const Scope *scope, Tx *tx, MatchId match, const GoalProposalNew *proposal);

typedef struct GoalProposal {
    GoalProposalId id;
    PersonId person; /* whose goal it is */
    Str by_called;
    Part2Words words;
    GoalWho who;
    bool is_taken;
    Time made_at;
} GoalProposal;
typedef struct GoalProposals {
    const GoalProposal *items;
    size_t count;
} GoalProposals;
/* Those that wait on the actor's own goal, the oldest first. */
GoalProposals goal_proposals(const Scope *scope, GoalId goal);
/* The same with those that were taken or left. */
GoalProposals goal_proposals_about(const Scope *scope, GoalId goal);
/* How many wait on the actor's goals in all. */
int64_t goal_proposals_wait(const Scope *scope);
/* Goals of the actor that are open or rest and on which something waits, once for each who proposed it, the
 * oldest on top. */
typedef struct GoalAsked {
    GoalId id;
    Part2Words words;
    Str by_called;
    int64_t count;
} GoalAsked;
typedef struct GoalAskedList {
    const GoalAsked *items;
    size_t count;
} GoalAskedList;
GoalAskedList goal_list_asked(const Scope *scope);
/* The actor's own, on a goal that they were let read: taken, or not (yet). */
GoalProposals goal_proposals_made(const Scope *scope, GoalId goal);
/* The actor takes back what they proposed in this match, as long as it was not taken: nothing is left of it.
 * One that was left goes the same way, so that nobody learns by this which it was. */
GoalResult goal_proposal_take_back(const Scope *scope, Tx *tx, MatchId match, GoalId goal, GoalProposalId id);
/* The actor's goal's person: makes a step of what waits, as `step` says it; or leaves it, without a word. */
GoalResult goal_proposal_take(const Scope *scope, Tx *tx, GoalProposalId id, const GoalStepNew *step);
GoalResult goal_proposal_leave(const Scope *scope, Tx *tx, GoalId goal, GoalProposalId id);

/* Takes out what the person proposed and what was proposed to them. */
void goal_forget(Tx *tx, PersonId person);

Text goal_kind_text(GoalKind kind);
Text goal_who_text(GoalWho who);

#endif
