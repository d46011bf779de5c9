-- SPDX-License-Identifier: Apache-2.0
-- Words between the two people of a match. Only the two read them.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: message.words

CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    match INTEGER NOT NULL REFERENCES match (id),
    person INTEGER NOT NULL REFERENCES person (id), -- the receiving side, under whose key the words are sealed
    by_person INTEGER NOT NULL REFERENCES person (id),
    words BLOB NOT NULL,                -- sealed
    capture BLOB,                       -- 16 random bytes from where it was written; null: written and sent at once
    captured_at INTEGER NOT NULL,       -- when it was written; never after it arrived, nor before the match began
    arrived_at INTEGER NOT NULL,
    reaches_at INTEGER NOT NULL,        -- from then on the other one reads it; the conversation's order
    UNIQUE (by_person, capture)
) STRICT;
CREATE INDEX message_match ON message (match, reaches_at, captured_at, id);
CREATE INDEX message_person ON message (person);

-- The words may tell of substance use.
CREATE TABLE part2_message (
    message INTEGER PRIMARY KEY REFERENCES message (id)
) STRICT;

-- How far one of the two has read, and whether a mail says that there is more. No row: nothing was ever new.
CREATE TABLE message_reader (
    person INTEGER NOT NULL REFERENCES person (id),
    match INTEGER NOT NULL REFERENCES match (id),
    seen_at INTEGER NOT NULL,           -- what reached them up to this moment was read
    tell_at INTEGER,                    -- a mail goes then, if they have not read by then; null: none is planned
    told_at INTEGER,                    -- a mail went, and they have not read since; null: none went
    PRIMARY KEY (person, match)
) STRICT;
CREATE INDEX message_reader_tell ON message_reader (tell_at);
CREATE INDEX message_reader_match ON message_reader (match);
