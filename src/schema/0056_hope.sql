-- SPDX-License-Identifier: Apache-2.0
-- Turning around: somebody who received gives a word of hope to families who wait, or wishes to do more.

CREATE TABLE hope (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    person INTEGER NOT NULL REFERENCES person (id), -- who wrote it, under whose key the words are sealed
    words BLOB NOT NULL,                -- sealed
    lang INTEGER NOT NULL,              -- 1 English, 2 Spanish
    is_named INTEGER NOT NULL,          -- 1: shown with the name to be called by
    state INTEGER NOT NULL,             -- enum HopeState: draft, sent, a change is asked for, declined, shown
    said BLOB NOT NULL,                 -- sealed: the sentence of who read it; may be empty
    by_person INTEGER REFERENCES person (id), -- who read it; null: nobody yet
    written_at INTEGER NOT NULL,        -- changes with the words: what was read is what is shown
    state_at INTEGER NOT NULL,
    UNIQUE (program, person)
) STRICT;
CREATE INDEX hope_program ON hope (program, state, state_at, id);
CREATE INDEX hope_person ON hope (person);

CREATE TABLE hope_wish (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    person INTEGER NOT NULL REFERENCES person (id), -- whose wish it is, under whose key the answer is sealed
    kind INTEGER NOT NULL,              -- enum HopeWishKind: join the welcome calls, train as a supporter
    since INTEGER NOT NULL,
    answer BLOB NOT NULL,               -- sealed; empty while nobody answered
    answered_by INTEGER REFERENCES person (id),
    answered_at INTEGER,
    UNIQUE (program, person, kind)
) STRICT;
CREATE INDEX hope_wish_open ON hope_wish (program, answered_at, since, id);
CREATE INDEX hope_wish_person ON hope_wish (person);
