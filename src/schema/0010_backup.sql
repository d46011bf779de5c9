-- SPDX-License-Identifier: Apache-2.0
-- What became of backups and drills, for the board and for whoever runs the machine. The last hundred are kept.

CREATE TABLE backup_run (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,              -- enum BackupRunKind: backup, drill
    began_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    is_good INTEGER NOT NULL,
    made_at INTEGER,                    -- the moment whose rows they are; null: it did not come so far
    row_count INTEGER NOT NULL,
    byte_count INTEGER NOT NULL,
    why TEXT NOT NULL                   -- what went wrong, for the operator; empty when it went well
) STRICT;
CREATE INDEX backup_run_newest ON backup_run (kind, began_at, id);
