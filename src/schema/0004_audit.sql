-- SPDX-License-Identifier: Apache-2.0
-- Who read, changed or was turned away from what, and the proof that none of it was changed afterwards.

-- One row for each read of another's record, each change, and each decision that said no; never changed, never
-- deleted. It says what and whom, never the content. Its people are no references: a row outlives whom it names.
-- When a person is forgotten, all but id, at, the program and the commitment is emptied.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,             -- the second, then 31 random bits: rows are added at the table's end
    at INTEGER NOT NULL,
    actor INTEGER,                      -- person; null: nobody was signed in, the operator's command line, or a job
    via INTEGER NOT NULL,               -- enum ScopeVia: web, command, job
    action TEXT NOT NULL,               -- the page's handler, or a word of a feature's own ("emergency_opened")
    object TEXT NOT NULL,               -- kind of the thing acted on, as features/access names it; "": none
    object_id INTEGER NOT NULL,         -- 0: none
    subject INTEGER,                    -- person whom it is about; null: nobody in particular (a list, a setting)
    program INTEGER,                    -- null: in no program
    reason BLOB NOT NULL,               -- sealed; where one had to be given, else empty
    outcome INTEGER NOT NULL,           -- enum AuditOutcome: changed, read, turned away
    salt BLOB NOT NULL,                 -- 16 bytes; empty once the row is erased
    commitment BLOB NOT NULL            -- BLAKE2b-256 of salt and all of the above
) STRICT;
CREATE INDEX audit_subject ON audit (subject, at, id);

-- Rows that stand in no chain yet: written with them, emptied by the jobs process each second.
CREATE TABLE audit_new (
    audit INTEGER PRIMARY KEY REFERENCES audit (id)
) STRICT;

-- The chain: each link holds the hash of the one before. Nobody but the jobs process writes here, so that
-- requests at the same time do not wait for one another.
CREATE TABLE audit_link (
    seq INTEGER PRIMARY KEY,            -- 1, 2, 3 ... without a gap
    audit INTEGER NOT NULL,             -- no reference: a deleted row must be seen to be missing
    at INTEGER NOT NULL,                -- the row's own
    commitment BLOB NOT NULL,           -- the row's own
    hash BLOB NOT NULL                  -- BLAKE2b-256 of the hash before and all of the above
) STRICT;
CREATE UNIQUE INDEX audit_link_audit ON audit_link (audit);

-- The signed lines that were written outside the database (doc/audit.md), as they were written.
CREATE TABLE audit_checkpoint (
    number INTEGER PRIMARY KEY,         -- 1, 2, 3 ... without a gap
    seq INTEGER NOT NULL,               -- the last link that it covers
    at INTEGER NOT NULL,
    line TEXT NOT NULL
) STRICT;

-- Which database this is, so that no checkpoint of another passes for one of it. One row.
CREATE TABLE audit_database (
    id INTEGER PRIMARY KEY,             -- 1
    name BLOB NOT NULL,                 -- 16 random bytes
    made_at INTEGER NOT NULL
) STRICT;
