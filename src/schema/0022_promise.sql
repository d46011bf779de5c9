-- SPDX-License-Identifier: Apache-2.0
-- What one of two people who walk together said they would do next. Only the two of them read it.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: promise.words

CREATE TABLE promise (
    id INTEGER PRIMARY KEY,
    match INTEGER NOT NULL REFERENCES match (id),
    person INTEGER NOT NULL REFERENCES person (id), -- the receiving side, under whose key the words are sealed
    by_person INTEGER NOT NULL REFERENCES person (id),
    words BLOB NOT NULL,                -- sealed
    due_at INTEGER NOT NULL,            -- noon of the day by which, where the program is
    state INTEGER NOT NULL,             -- enum PromiseState: open, done, let go
    made_at INTEGER NOT NULL,
    ended_at INTEGER                    -- null while it is open
) STRICT;
CREATE INDEX promise_match ON promise (match, state, due_at);
CREATE INDEX promise_by ON promise (by_person, state, due_at);

-- The words may tell of substance use.
CREATE TABLE part2_promise (
    promise INTEGER PRIMARY KEY REFERENCES promise (id)
) STRICT;
