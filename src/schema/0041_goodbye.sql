-- SPDX-License-Identifier: Apache-2.0
-- Farewell words between the two people of a match that has ended. Only the two read them.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: goodbye.words

CREATE TABLE goodbye (
    id INTEGER PRIMARY KEY,
    match INTEGER NOT NULL REFERENCES match (id),
    person INTEGER NOT NULL REFERENCES person (id), -- the receiving side, under whose key the words are sealed
    by_person INTEGER NOT NULL REFERENCES person (id),
    words BLOB NOT NULL,                -- sealed
    written_at INTEGER NOT NULL,
    UNIQUE (match, by_person)
) STRICT;
CREATE INDEX goodbye_person ON goodbye (person);

-- The words may tell of substance use.
CREATE TABLE part2_goodbye (
    goodbye INTEGER PRIMARY KEY REFERENCES goodbye (id)
) STRICT;

-- Who said that farewell words of this match are welcome. No row: none reach them.
CREATE TABLE goodbye_welcome (
    match INTEGER NOT NULL REFERENCES match (id),
    person INTEGER NOT NULL REFERENCES person (id),
    since INTEGER NOT NULL,
    PRIMARY KEY (match, person)
) STRICT;
CREATE INDEX goodbye_welcome_person ON goodbye_welcome (person);
