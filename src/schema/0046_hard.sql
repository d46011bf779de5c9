-- SPDX-License-Identifier: Apache-2.0
-- "These are hard days": a time in which the two of a walk are in touch every day.

-- One such time, from the first word on. No words are kept of it: nobody says what is hard.
CREATE TABLE hard (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id), -- those of the match, so that a page asks one row
    match INTEGER NOT NULL REFERENCES match (id),
    receiver INTEGER NOT NULL REFERENCES person (id),
    giver INTEGER NOT NULL REFERENCES person (id),
    state INTEGER NOT NULL,             -- enum HardState: proposed by the giver, on, over
    said_at INTEGER NOT NULL,
    began_at INTEGER,                   -- when the receiver said so; null: not yet, or never
    hour INTEGER,                       -- 0 to 23 where the program is: a daily contact at about then; null: none is agreed
    answer INTEGER NOT NULL,            -- enum HardAnswer: what the giver says to that
    until_at INTEGER NOT NULL,          -- over by then, whether or not anybody said so
    reached_at INTEGER,                 -- the last time that the two talked meanwhile; null: not yet
    missed_since INTEGER,               -- the first midnight of a day on which nobody was reached; null: none, or since then somebody was
    look_at INTEGER NOT NULL,           -- when the program looks next
    ended_at INTEGER                    -- null while it is not over
) STRICT;
CREATE UNIQUE INDEX hard_open ON hard (match) WHERE state <> 3;
CREATE INDEX hard_match ON hard (match, said_at);
CREATE INDEX hard_receiver ON hard (receiver, state);
CREATE INDEX hard_giver ON hard (giver, state);
CREATE INDEX hard_program ON hard (program, state, missed_since);
CREATE INDEX hard_look ON hard (state, look_at);
