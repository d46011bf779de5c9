-- SPDX-License-Identifier: Apache-2.0
-- What became of backups and drills.

-- backup_run_add(id BackupRunId, kind Int, began_at Time, ended_at Time, is_good Bool, made_at Time?, row_count Int, byte_count Int, why Str)
INSERT INTO backup_run (id, kind, began_at, ended_at, is_good, made_at, row_count, byte_count, why)
VALUES (:id, :kind, :began_at, :ended_at, :is_good, :made_at, :row_count, :byte_count, :why);

-- backup_run_newest(kind Int) -> one { began_at Time, ended_at Time, is_good Bool, why Str }
SELECT began_at, ended_at, is_good, why FROM backup_run
WHERE kind = :kind ORDER BY began_at DESC, id DESC LIMIT 1;

-- backup_run_good(kind Int) -> one { began_at Time, ended_at Time, made_at Time?, row_count Int, byte_count Int }
SELECT began_at, ended_at, made_at, row_count, byte_count FROM backup_run
WHERE kind = :kind AND is_good = 1 ORDER BY began_at DESC, id DESC LIMIT 1;

-- backup_run_forget(kind Int, before Time) -> count
DELETE FROM backup_run WHERE kind = :kind AND began_at < :before;
