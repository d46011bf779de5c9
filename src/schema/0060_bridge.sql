-- SPDX-License-Identifier: Apache-2.0
-- A plan of two who walk together around a day: a discharge, or the first meeting at a clinic.

CREATE TABLE bridge (
    id INTEGER PRIMARY KEY,
    match INTEGER NOT NULL REFERENCES match (id),
    receiver INTEGER NOT NULL REFERENCES person (id), -- those of the match, so that a page asks one row
    giver INTEGER NOT NULL REFERENCES person (id),
    kind INTEGER NOT NULL,              -- enum BridgeKind
    day INTEGER NOT NULL,               -- its noon, where the program is
    made_at INTEGER NOT NULL,
    ended_at INTEGER                    -- put away; null while it lasts
) STRICT;
CREATE UNIQUE INDEX bridge_open ON bridge (match, kind) WHERE ended_at IS NULL;
CREATE INDEX bridge_match ON bridge (match, made_at);
CREATE INDEX bridge_receiver ON bridge (receiver, ended_at);
CREATE INDEX bridge_giver ON bridge (giver, ended_at);

-- One thing that helps at a stage. Only the two read it.
CREATE TABLE bridge_step (
    id INTEGER PRIMARY KEY,
    bridge INTEGER NOT NULL REFERENCES bridge (id),
    person INTEGER NOT NULL REFERENCES person (id), -- the receiving side, under whose key the words are sealed
    by_person INTEGER NOT NULL REFERENCES person (id),
    stage INTEGER NOT NULL,             -- enum BridgeStage
    words BLOB NOT NULL,                -- sealed
    due_at INTEGER NOT NULL,            -- the stage's day, of the plan's day
    made_at INTEGER NOT NULL,
    done_at INTEGER,                    -- null while it is open
    done_by INTEGER REFERENCES person (id) -- null with it
) STRICT;
CREATE INDEX bridge_step_bridge ON bridge_step (bridge, stage, made_at);
