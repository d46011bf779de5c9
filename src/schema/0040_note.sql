-- SPDX-License-Identifier: Apache-2.0
-- Notes about a walk, in the mode of its program.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: note.strengths note.talked note.next note_beside.words

-- How a program writes notes. No row: it counts contacts and writes none.
CREATE TABLE program_note (
    program INTEGER PRIMARY KEY REFERENCES program (id),
    mode INTEGER NOT NULL,              -- enum NoteMode
    since INTEGER NOT NULL,
    by_person INTEGER NOT NULL REFERENCES person (id)
) STRICT;

-- Only a draft is changed in place. What stands is replaced by another row, and stays.
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    match INTEGER NOT NULL REFERENCES match (id),
    person INTEGER NOT NULL REFERENCES person (id), -- the receiving side, under whose key the words are sealed
    by_person INTEGER NOT NULL REFERENCES person (id),
    mode INTEGER NOT NULL,              -- enum NoteMode: the program's when it was written
    state INTEGER NOT NULL,             -- enum NoteState
    version INTEGER NOT NULL,           -- counts the changes of a draft, so that nobody agrees to words unseen
    strengths BLOB NOT NULL,            -- sealed
    talked BLOB NOT NULL,               -- sealed
    next BLOB NOT NULL,                 -- sealed
    replaces INTEGER UNIQUE REFERENCES note (id), -- null: the first about what it tells
    written_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    stands_at INTEGER                   -- null: a draft
) STRICT;
CREATE INDEX note_match ON note (match, written_at, id);

-- It may tell of substance use.
CREATE TABLE part2_walk_note (
    note INTEGER PRIMARY KEY REFERENCES note (id)
) STRICT;

-- Words that one of the two sets beside a note. They stand there for good; nothing above them is changed.
CREATE TABLE note_beside (
    id INTEGER PRIMARY KEY,
    note INTEGER NOT NULL REFERENCES note (id),
    by_person INTEGER NOT NULL REFERENCES person (id),
    words BLOB NOT NULL,                -- sealed
    is_otherwise INTEGER NOT NULL,      -- 1: the receiver sees it otherwise than the note says
    is_kept INTEGER NOT NULL,           -- 1: between the two
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX note_beside_note ON note_beside (note, at, id);

CREATE TABLE part2_note_beside (
    beside INTEGER PRIMARY KEY REFERENCES note_beside (id)
) STRICT;

-- Walks whose receiver does not want to look at drafts.
CREATE TABLE note_waiver (
    match INTEGER PRIMARY KEY REFERENCES match (id),
    since INTEGER NOT NULL
) STRICT;
