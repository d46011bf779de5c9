-- SPDX-License-Identifier: Apache-2.0
-- What stands in a person's way, what was tried, and what came of it. Nobody else reads it, unless its person opens it to
-- somebody who walks with them.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: barrier.words barrier_try.words barrier_try.came_of

CREATE TABLE barrier (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id), -- whose way it is, under whose key the words are sealed
    words BLOB NOT NULL,                -- sealed
    made_at INTEGER NOT NULL,
    gone_at INTEGER                     -- null while it stands in the way
) STRICT;
CREATE INDEX barrier_person ON barrier (person, made_at);

CREATE TABLE barrier_try (
    id INTEGER PRIMARY KEY,
    barrier INTEGER NOT NULL REFERENCES barrier (id),
    person INTEGER NOT NULL REFERENCES person (id), -- whose barrier it is
    words BLOB NOT NULL,                -- sealed
    came_of BLOB NOT NULL,              -- sealed: empty until something is said
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX barrier_try_barrier ON barrier_try (barrier, at);
CREATE INDEX barrier_try_person ON barrier_try (person);

-- Opened to who walks with the person in this match, for as long as the two walk. A row goes when it is closed again.
CREATE TABLE barrier_reader (
    match INTEGER NOT NULL REFERENCES match (id),
    barrier INTEGER NOT NULL REFERENCES barrier (id),
    since INTEGER NOT NULL,
    PRIMARY KEY (match, barrier)
) STRICT;
CREATE INDEX barrier_reader_barrier ON barrier_reader (barrier);

-- The words, also of its tries, may tell of substance use.
CREATE TABLE part2_barrier (
    barrier INTEGER PRIMARY KEY REFERENCES barrier (id)
) STRICT;
