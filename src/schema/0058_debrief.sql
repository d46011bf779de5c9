-- SPDX-License-Identifier: Apache-2.0
-- A supporter's talk with those who coordinate, after hard days or whenever it is wished. Not about which family it is.

CREATE TABLE debrief (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    person INTEGER NOT NULL REFERENCES person (id), -- the supporter
    state INTEGER NOT NULL,             -- enum DebriefState: offered, wished, not needed, held
    offered_at INTEGER NOT NULL,        -- when it fell due, or was wished
    fits BLOB NOT NULL,                 -- sealed; a time that suits, for those who coordinate; may be empty
    words BLOB NOT NULL,                -- sealed; what the supporter keeps for themself alone; may be empty
    answered_at INTEGER,                -- null while it is offered
    held_by INTEGER REFERENCES person (id), -- null unless it was held
    held_at INTEGER
) STRICT;
CREATE UNIQUE INDEX debrief_open ON debrief (program, person) WHERE state IN (1, 2);
CREATE INDEX debrief_person ON debrief (person, state, offered_at);
CREATE INDEX debrief_program ON debrief (program, state, offered_at);
