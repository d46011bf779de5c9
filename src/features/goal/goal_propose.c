/* SPDX-License-Identifier: Apache-2.0 */
/* Steps that who reads a goal proposes on it, until its person takes or leaves them. */
#include "features/goal/goal.h"

#include "features/notice/notice.h"
#include "goal_sql.h"
#include "platform/live/live.h"

#include <assert.h>

/* Of one goal, from all walks. */
enum { LIST_MOST = 4 * GOAL_PROPOSALS_MOST, ASKED_MOST = 10 };

GoalResult goal_propose(const Scope *scope, Tx *tx, MatchId match, const GoalProposalNew *proposal) {
    const ReaderLet let = reader_let(scope, match);
    if (!reader_lets(&let, READER_GOAL)) {
        return GOAL_ELSEWHERE;
    }
    GoalProposalMay may;
    if (!goal_proposal_may(scope->db,
                           &(GoalProposalMayIn){.match = match,
                                                .goal = proposal->goal,
                                                .person = let.person,
                                                .open = GOAL_OPEN,
                                                .paused = GOAL_PAUSED},
                           &may)) {
        return GOAL_ELSEWHERE;
    }
    if (may.proposals >= GOAL_PROPOSALS_MOST) {
        return GOAL_FULL;
    }
    const GoalProposalId id = {random_id(scope->random)};
    goal_proposal_insert(tx, &(GoalProposalInsert){.id = id,
                                                   .goal = proposal->goal,
                                                   .match = match,
                                                   .person = let.person,
                                                   .by_person = scope->actor,
                                                   .words = proposal->words,
                                                   .who = proposal->who,
                                                   .state = GOAL_PROPOSAL_WAITS,
                                                   .now = scope->now});
    if (proposal->is_part2) {
        goal_proposal_mark_part2(tx, id);
    }
    notice_send_together(scope, tx, let.person);
    return GOAL_DONE;
}

GoalResult goal_proposal_take_back(const Scope *scope, Tx *tx, MatchId match, GoalId goal,
                                   GoalProposalId id) {
    GoalProposalIsOf row;
    if (!goal_proposal_is_of(scope->db,
                             &(GoalProposalIsOfIn){.id = id,
                                                   .goal = goal,
                                                   .match = match,
                                                   .by_person = scope->actor,
                                                   .taken = GOAL_PROPOSAL_TAKEN},
                             &row)) {
        return GOAL_ELSEWHERE;
    }
    goal_proposal_unmark(tx, id);
    (void)goal_proposal_delete(tx, id, GOAL_PROPOSAL_TAKEN);
    live_tell(tx, row.person, STR("me"), 0);
    return GOAL_DONE;
}

/* The queries give the same row under their own names. */
#define PROPOSAL_OF(row, taken)                                                                              \
    (GoalProposal) {                                                                                         \
        .id = (row)->id, .person = (row)->person, .by_called = (row)->called, .words = (row)->words,         \
        .who = (GoalWho)(row)->who, .is_taken = (taken), .made_at = (row)->made_at                           \
    }

GoalProposals goal_proposals(const Scope *scope, GoalId goal) {
    const GoalProposalWaitingRows rows =
        goal_proposal_waiting(scope->db, goal, scope->actor, GOAL_PROPOSAL_WAITS, LIST_MOST);
    GoalProposal *items = NEW_MANY(scope->arena, rows.count, GoalProposal);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = PROPOSAL_OF(&rows.items[at], false);
    }
    return (GoalProposals){.items = items, .count = rows.count};
}

GoalProposals goal_proposals_about(const Scope *scope, GoalId goal) {
    const GoalProposalAllRows rows = goal_proposal_all(scope->db, goal, scope->actor, LIST_MOST);
    GoalProposal *items = NEW_MANY(scope->arena, rows.count, GoalProposal);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = PROPOSAL_OF(&rows.items[at], rows.items[at].state == GOAL_PROPOSAL_TAKEN);
    }
    return (GoalProposals){.items = items, .count = rows.count};
}

GoalProposals goal_proposals_made(const Scope *scope, GoalId goal) {
    const GoalProposalMadeRows rows = goal_proposal_made(scope->db, goal, scope->actor, LIST_MOST);
    GoalProposal *items = NEW_MANY(scope->arena, rows.count, GoalProposal);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = PROPOSAL_OF(&rows.items[at], rows.items[at].state == GOAL_PROPOSAL_TAKEN);
    }
    return (GoalProposals){.items = items, .count = rows.count};
}

int64_t goal_proposals_wait(const Scope *scope) {
    GoalProposalsWaiting row = {0};
    (void)goal_proposals_waiting(scope->db, scope->actor, GOAL_PROPOSAL_WAITS, &row);
    return row.proposals;
}

GoalAskedList goal_list_asked(const Scope *scope) {
    const GoalAskedOnRows rows = goal_asked_on(scope->db, &(GoalAskedOnIn){.person = scope->actor,
                                                                           .waits = GOAL_PROPOSAL_WAITS,
                                                                           .open = GOAL_OPEN,
                                                                           .paused = GOAL_PAUSED,
                                                                           .most = ASKED_MOST});
    GoalAsked *items = NEW_MANY(scope->arena, rows.count, GoalAsked);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (GoalAsked){.id = rows.items[at].id,
                                .words = rows.items[at].words,
                                .by_called = rows.items[at].by_called,
                                .count = rows.items[at].proposals};
    }
    return (GoalAskedList){.items = items, .count = rows.count};
}

static GoalResult proposal_settle(const Scope *scope, Tx *tx, GoalProposalId id, GoalId goal,
                                  GoalProposalState state) {
    const int64_t changed = goal_proposal_set_state(tx, &(GoalProposalSetState){.id = id,
                                                                                .goal = goal,
                                                                                .person = scope->actor,
                                                                                .waits = GOAL_PROPOSAL_WAITS,
                                                                                .state = state,
                                                                                .now = scope->now});
    return changed == 1 ? GOAL_DONE : GOAL_ELSEWHERE;
}

/* Settled first: of two that take it at once only one writes a step. */
GoalResult goal_proposal_take(const Scope *scope, Tx *tx, GoalProposalId id, const GoalStepNew *step) {
    GoalStepCount count;
    if (goal_step_count(scope->db, step->goal, scope->actor, &count) && count.steps >= GOAL_STEPS_MOST) {
        return GOAL_FULL;
    }
    const GoalResult result = proposal_settle(scope, tx, id, step->goal, GOAL_PROPOSAL_TAKEN);
    if (result != GOAL_DONE) {
        return result;
    }
    const GoalStepId made = {random_id(scope->random)};
    const GoalResult added = goal_step_add_as(scope, tx, made, step);
    assert(added == GOAL_DONE && "room was there");
    goal_proposal_set_step(tx, id, made);
    return added;
}

GoalResult goal_proposal_leave(const Scope *scope, Tx *tx, GoalId goal, GoalProposalId id) {
    return proposal_settle(scope, tx, id, goal, GOAL_PROPOSAL_LEFT);
}

void goal_forget(Tx *tx, PersonId person) {
    goal_proposal_forget_part2(tx, person);
    goal_proposal_forget(tx, person);
}
