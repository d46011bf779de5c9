-- SPDX-License-Identifier: Apache-2.0
-- A step that somebody who walks with the person proposes, on a goal that was opened to them. It stands apart from
-- the goal's own steps, for the person alone, who takes it, changes it or leaves it.
--
-- part2: goal_proposal.words

CREATE TABLE goal_proposal (
    id INTEGER PRIMARY KEY,
    goal INTEGER NOT NULL REFERENCES goal (id),
    match INTEGER NOT NULL REFERENCES match (id), -- in which the goal was opened
    person INTEGER NOT NULL REFERENCES person (id), -- whose goal it is, under whose key the words are sealed
    by_person INTEGER NOT NULL REFERENCES person (id), -- who gives in the match
    words BLOB NOT NULL,                -- sealed
    who INTEGER NOT NULL,               -- enum GoalWho, as the goal's person says it
    state INTEGER NOT NULL,             -- enum GoalProposalState: waits, taken, left
    step INTEGER REFERENCES goal_step (id), -- what it became; null while it waits, when it was left, or when that went
    made_at INTEGER NOT NULL,
    state_at INTEGER NOT NULL
) STRICT;
CREATE INDEX goal_proposal_goal ON goal_proposal (goal, made_at);
CREATE INDEX goal_proposal_match ON goal_proposal (match);
CREATE INDEX goal_proposal_person ON goal_proposal (person, state);
CREATE INDEX goal_proposal_by ON goal_proposal (by_person);
CREATE INDEX goal_proposal_step ON goal_proposal (step);

-- The words may tell of substance use.
CREATE TABLE part2_goal_proposal (
    goal_proposal INTEGER PRIMARY KEY REFERENCES goal_proposal (id)
) STRICT;
