-- SPDX-License-Identifier: Apache-2.0
-- What somebody tried of a small step that comes again, how it went, and what helped, in their own words.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: goal_practice.words goal_practice.helped

CREATE TABLE goal_practice (
    id INTEGER PRIMARY KEY,
    step INTEGER NOT NULL REFERENCES goal_step (id),
    person INTEGER NOT NULL REFERENCES person (id), -- whose goal it is
    words BLOB NOT NULL,                -- sealed; how it went
    helped BLOB NOT NULL,               -- sealed; may be empty
    day INTEGER NOT NULL,               -- on which it was tried: its noon, where the program is
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX goal_practice_step ON goal_practice (step, day);
CREATE INDEX goal_practice_person ON goal_practice (person);

-- The words may tell of substance use.
CREATE TABLE part2_goal_practice (
    practice INTEGER PRIMARY KEY REFERENCES goal_practice (id)
) STRICT;
