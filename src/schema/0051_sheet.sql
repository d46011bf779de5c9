-- SPDX-License-Identifier: Apache-2.0
-- Getting ready for a meeting where others decide with a person, or about them: at school, in court, with child
-- welfare, with a team of helpers. One row is one sheet. Nobody else reads it, unless its person opens it to somebody who
-- walks with them.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: sheet.called sheet.want sheet.questions sheet.speak_me sheet.speak_giver sheet.speak_kin sheet.speak_other
-- part2: sheet.bring sheet.decided sheet.later sheet.unsaid sheet_step.words sheet_step.came_of sheet_idea.words

CREATE TABLE sheet (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id), -- whose it is, under whose key the words are sealed
    kind INTEGER NOT NULL,              -- enum SheetKind
    day_at INTEGER,                     -- noon of the day, where the program is; null: not known yet
    called BLOB NOT NULL,               -- sealed: which meeting
    want BLOB NOT NULL,                 -- sealed
    questions BLOB NOT NULL,            -- sealed: one on a line
    speak_me BLOB NOT NULL,             -- sealed: what the person speaks about; each of these may be empty
    speak_giver BLOB NOT NULL,          -- sealed: what who walks with them does
    speak_kin BLOB NOT NULL,            -- sealed: what their child does; a young person's: who raises them
    speak_other BLOB NOT NULL,          -- sealed: who else, and what about
    bring BLOB NOT NULL,                -- sealed: one on a line
    decided BLOB NOT NULL,              -- sealed
    later BLOB NOT NULL,                -- sealed: what happened after
    had_seat INTEGER NOT NULL,          -- enum SheetWas: read by the person alone, like the next two
    had_say INTEGER NOT NULL,           -- enum SheetWas
    unsaid BLOB NOT NULL,               -- sealed
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sheet_person ON sheet (person, made_at);

-- Who does what, when it is over.
CREATE TABLE sheet_step (
    id INTEGER PRIMARY KEY,
    sheet INTEGER NOT NULL REFERENCES sheet (id),
    person INTEGER NOT NULL REFERENCES person (id), -- whose sheet it is
    words BLOB NOT NULL,                -- sealed
    who INTEGER NOT NULL,               -- enum SheetWho
    due_at INTEGER,                     -- noon of the day by which; null: whenever
    done_at INTEGER,                    -- null while it is not
    came_of BLOB NOT NULL,              -- sealed: may be empty
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sheet_step_sheet ON sheet_step (sheet, made_at);
CREATE INDEX sheet_step_person ON sheet_step (person);

-- A question that who walks with the person thought of: on the sheet once its person took it, gone when they left it.
CREATE TABLE sheet_idea (
    id INTEGER PRIMARY KEY,
    sheet INTEGER NOT NULL REFERENCES sheet (id),
    person INTEGER NOT NULL REFERENCES person (id), -- whose sheet it is, under whose key the words are sealed
    by_person INTEGER NOT NULL REFERENCES person (id),
    words BLOB NOT NULL,                -- sealed
    at INTEGER NOT NULL,
    taken_at INTEGER                    -- null: its person has not said
) STRICT;
CREATE INDEX sheet_idea_sheet ON sheet_idea (sheet, at);
CREATE INDEX sheet_idea_person ON sheet_idea (person);

-- Opened to who walks with the person in this match, for as long as the two walk. A row goes when it is closed again.
CREATE TABLE sheet_reader (
    match INTEGER NOT NULL REFERENCES match (id),
    sheet INTEGER NOT NULL REFERENCES sheet (id),
    since INTEGER NOT NULL,
    PRIMARY KEY (match, sheet)
) STRICT;
CREATE INDEX sheet_reader_sheet ON sheet_reader (sheet);

-- The words of the sheet, its steps and its ideas may tell of substance use.
CREATE TABLE part2_sheet (
    sheet INTEGER PRIMARY KEY REFERENCES sheet (id)
) STRICT;
