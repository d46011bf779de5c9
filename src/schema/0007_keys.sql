-- SPDX-License-Identifier: Apache-2.0
-- Keys: each person's own, wrapped under the key file that is not in here (doc/decisions).

-- The data key under which everything about a person is sealed. Gone: so is what was written.
CREATE TABLE person_key (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    generation INTEGER NOT NULL,        -- of the key file
    slot INTEGER NOT NULL,              -- in that generation; 32 bits, drawn at random
    wrapped BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX person_key_slot ON person_key (generation, slot);

-- The slots that a person had in older generations: older backups hold keys wrapped under them.
CREATE TABLE person_key_past (
    person INTEGER NOT NULL REFERENCES person (id),
    generation INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    PRIMARY KEY (person, generation)
) STRICT, WITHOUT ROWID;

-- Slots that every key file of this database has to lose for good. No word here says whose they were.
CREATE TABLE forgotten (
    generation INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (generation, slot)
) STRICT, WITHOUT ROWID;

-- The generations that sealed something here: a key file without them is the wrong one.
CREATE TABLE key_check (
    generation INTEGER PRIMARY KEY,
    name BLOB NOT NULL                  -- what the key file calls it; no secret
) STRICT;

-- Who wants everything about them deleted, and when that happens. A row that is done says that somebody was here.
CREATE TABLE forgetting (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    asked_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    done_at INTEGER                     -- null until it is done
) STRICT;
CREATE INDEX forgetting_due ON forgetting (done_at, due_at);
