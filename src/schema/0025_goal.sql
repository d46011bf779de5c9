-- SPDX-License-Identifier: Apache-2.0
-- What a person wants, in their own words and their own order, with steps on the way. Nobody else reads a goal, unless
-- its person opens it to somebody who walks with them.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: goal.words goal_step.words

CREATE TABLE goal (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id), -- whose it is, under whose key the words are sealed
    words BLOB NOT NULL,                -- sealed
    kind INTEGER NOT NULL,              -- enum GoalKind: for my child, for our family, for myself
    place INTEGER NOT NULL,             -- the smallest stands on top
    state INTEGER NOT NULL,             -- enum GoalState: open, paused, reached, let go
    made_at INTEGER NOT NULL,
    state_at INTEGER NOT NULL
) STRICT;
CREATE INDEX goal_person ON goal (person, state, place);

CREATE TABLE goal_step (
    id INTEGER PRIMARY KEY,
    goal INTEGER NOT NULL REFERENCES goal (id),
    person INTEGER NOT NULL REFERENCES person (id), -- whose goal it is
    words BLOB NOT NULL,                -- sealed
    who INTEGER NOT NULL,               -- enum GoalWho: I do, who walks with me does, somebody else does
    due_at INTEGER,                     -- noon of the day by which, where the program is; null: whenever
    done_at INTEGER,                    -- null while it is not
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX goal_step_goal ON goal_step (goal, made_at);
CREATE INDEX goal_step_person ON goal_step (person);

-- Opened to who walks with the person in this match, for as long as the two walk. A row goes when it is closed again.
CREATE TABLE goal_reader (
    match INTEGER NOT NULL REFERENCES match (id),
    goal INTEGER NOT NULL REFERENCES goal (id),
    since INTEGER NOT NULL,
    PRIMARY KEY (match, goal)
) STRICT;
CREATE INDEX goal_reader_goal ON goal_reader (goal);

-- The words may tell of substance use.
CREATE TABLE part2_goal (
    goal INTEGER PRIMARY KEY REFERENCES goal (id)
) STRICT;
CREATE TABLE part2_goal_step (
    goal_step INTEGER PRIMARY KEY REFERENCES goal_step (id)
) STRICT;
