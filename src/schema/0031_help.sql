-- SPDX-License-Identifier: Apache-2.0
-- Somebody of a walk needs somebody from the program. Nobody reads the conversation for it.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: help.words help.answer

CREATE TABLE help (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    match INTEGER NOT NULL REFERENCES match (id),
    person INTEGER NOT NULL REFERENCES person (id), -- who asks, under whose key the words are sealed
    words BLOB NOT NULL,                -- sealed; for those who coordinate; may be empty
    asked_at INTEGER NOT NULL,
    taken_by INTEGER REFERENCES person (id), -- null: nobody yet
    taken_at INTEGER,
    done_at INTEGER,                    -- null while it is open
    answer BLOB NOT NULL                -- sealed; a line from who took it; may be empty
) STRICT;
CREATE INDEX help_program ON help (program, done_at, asked_at);
CREATE INDEX help_match ON help (match, person);
CREATE INDEX help_person ON help (person);

-- The words, and so the answer to them, may tell of substance use.
CREATE TABLE part2_help (
    help INTEGER PRIMARY KEY REFERENCES help (id)
) STRICT;
