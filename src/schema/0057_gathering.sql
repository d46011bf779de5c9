-- SPDX-License-Identifier: Apache-2.0
-- Words among one who receives and several who walk with them, where that person opened it and each of the others joined.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: gathering_message.words

CREATE TABLE gathering (
    person INTEGER PRIMARY KEY REFERENCES person (id), -- who receives, and opened it
    opened_at INTEGER NOT NULL,
    closed_at INTEGER                   -- null while it is open
) STRICT;

-- Who joined, by the walk through which they may. Whoever leaves has no row, and joins anew.
CREATE TABLE gathering_member (
    match INTEGER PRIMARY KEY REFERENCES match (id),
    joined_at INTEGER NOT NULL          -- what was written before is not theirs to read
) STRICT;

CREATE TABLE gathering_message (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id), -- whose gathering, under whose key the words are sealed
    by_person INTEGER NOT NULL REFERENCES person (id),
    words BLOB NOT NULL,                -- sealed
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX gathering_message_person ON gathering_message (person, at, id);

-- It may tell of substance use.
CREATE TABLE part2_gathering (
    message INTEGER PRIMARY KEY REFERENCES gathering_message (id)
) STRICT;

-- What each has read, and when they are told that there is something.
CREATE TABLE gathering_reader (
    person INTEGER NOT NULL REFERENCES person (id), -- whose gathering
    reader INTEGER NOT NULL REFERENCES person (id),
    seen_at INTEGER NOT NULL,
    tell_at INTEGER,                    -- null: nothing to tell, or told
    told_at INTEGER,                    -- null: not told since they read
    PRIMARY KEY (person, reader)
) STRICT, WITHOUT ROWID;
CREATE INDEX gathering_reader_tell ON gathering_reader (tell_at);
CREATE INDEX gathering_reader_reader ON gathering_reader (reader);
