-- SPDX-License-Identifier: Apache-2.0
-- Somebody else of the program who stands by in hard days.

-- When the family asked those who coordinate to name somebody; null: it did not, or somebody was named.
ALTER TABLE hard ADD COLUMN wished_at INTEGER;
CREATE INDEX hard_wished ON hard (program, wished_at) WHERE wished_at IS NOT NULL;

-- Named by who coordinates, agreed to by the family and then by themself. What they see is in the ledger of consents.
CREATE TABLE hard_backup (
    id INTEGER PRIMARY KEY,
    hard INTEGER NOT NULL REFERENCES hard (id),
    person INTEGER NOT NULL REFERENCES person (id), -- who stands by
    named_by INTEGER NOT NULL REFERENCES person (id),
    state INTEGER NOT NULL,             -- enum HardBackupState: named, agreed to, stands by, over
    named_at INTEGER NOT NULL,
    agreed_at INTEGER,                  -- the family; null: not yet, or never
    began_at INTEGER,                   -- the person's own yes; null: not yet, or never
    ended_at INTEGER                    -- null while it is not over
) STRICT;
CREATE UNIQUE INDEX hard_backup_open ON hard_backup (hard) WHERE state <> 4;
CREATE INDEX hard_backup_hard ON hard_backup (hard, named_at);
CREATE INDEX hard_backup_person ON hard_backup (person, state);
