-- SPDX-License-Identifier: Apache-2.0
-- Rows of the audit, the chain over them, and who reads them. Nothing here changes a row, but audit_erase.

-- audit_insert(id AuditId, at Time, actor PersonId?, via Int, action Str, object Str, object_id Int, subject PersonId?, program ProgramId?, reason Sealed(audit.reason, id, subject), outcome Int, salt Bytes, commitment Bytes) -> count
INSERT INTO audit (id, at, actor, via, action, object, object_id, subject, program, reason, outcome, salt, commitment)
VALUES (:id, :at, :actor, :via, :action, :object, :object_id, :subject, :program, :reason, :outcome, :salt, :commitment)
ON CONFLICT (id) DO NOTHING;

-- audit_wait(audit AuditId)
INSERT INTO audit_new (audit) VALUES (:audit);

-- audit_waiting(most Int) -> many { id AuditId, at Time, commitment Bytes }
-- What stands in no chain yet, the oldest first.
SELECT a.id, a.at, a.commitment FROM audit_new n JOIN audit a ON a.id = n.audit ORDER BY a.at, a.id LIMIT :most;

-- audit_wait_end(audit AuditId) -> count
DELETE FROM audit_new WHERE audit = :audit;

-- audit_link_last() -> many { seq Int, hash Bytes }
SELECT seq, hash FROM audit_link ORDER BY seq DESC LIMIT 1;

-- audit_link_insert(seq Int, audit AuditId, at Time, commitment Bytes, hash Bytes)
INSERT INTO audit_link (seq, audit, at, commitment, hash) VALUES (:seq, :audit, :at, :commitment, :hash);

-- audit_link_hashes(after Int, most Int) -> many { seq Int, hash Bytes }
SELECT seq, hash FROM audit_link WHERE seq > :after ORDER BY seq LIMIT :most;

-- audit_link_hash(seq Int) -> one { hash Bytes }
SELECT hash FROM audit_link WHERE seq = :seq;

-- audit_database_name() -> one { name Bytes }
SELECT name FROM audit_database WHERE id = 1;

-- audit_database_insert(name Bytes, now Time) -> count
INSERT INTO audit_database (id, name, made_at) VALUES (1, :name, :now) ON CONFLICT (id) DO NOTHING;

-- audit_checkpoint_last() -> many { number Int, seq Int, at Time, line Str }
SELECT number, seq, at, line FROM audit_checkpoint ORDER BY number DESC LIMIT 1;

-- audit_checkpoint_lines(after Int, most Int) -> many { number Int, line Str }
SELECT number, line FROM audit_checkpoint WHERE number > :after ORDER BY number LIMIT :most;

-- audit_checkpoint_insert(number Int, seq Int, at Time, line Str)
INSERT INTO audit_checkpoint (number, seq, at, line) VALUES (:number, :seq, :at, :line);

-- audit_links_with_rows(after Int, most Int) -> many { seq Int, audit AuditId, at Time, commitment Bytes, hash Bytes, row_id AuditId?, row_at Time?, actor PersonId?, via Int?, action Str?, object Str?, object_id Int?, subject PersonId?, program ProgramId?, reason Sealed(audit.reason, row_id)?, outcome Int?, salt Bytes?, row_commitment Bytes? }
-- For verifying: each link beside its row, if that is still there.
SELECT l.seq, l.audit, l.at, l.commitment, l.hash, a.id AS row_id, a.at AS row_at, a.actor, a.via, a.action, a.object,
       a.object_id, a.subject, a.program, a.reason, a.outcome, a.salt, a.commitment AS row_commitment
FROM audit_link l LEFT JOIN audit a ON a.id = l.audit WHERE l.seq > :after ORDER BY l.seq LIMIT :most;

-- audit_outside() -> one { found Int, at Time? }
-- Rows that stand in no chain and wait for none.
SELECT COUNT(*) AS found, MIN(a.at) AS at FROM audit a
WHERE NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.audit = a.id)
AND NOT EXISTS (SELECT 1 FROM audit_new n WHERE n.audit = a.id);

-- audit_erasing_waiting(action Str) -> one { emptied Int }
-- How many rows were emptied by what waits for the chain: the rows themselves may stand in it already.
SELECT CAST(COALESCE(SUM(a.object_id), 0) AS BIGINT) AS emptied FROM audit_new n JOIN audit a ON a.id = n.audit
WHERE a.action = :action;

-- audit_lag_row() -> one { found Int, oldest Time? }
-- What waits for the chain.
SELECT COUNT(*) AS found, MIN(a.at) AS oldest FROM audit_new n JOIN audit a ON a.id = n.audit;

-- audit_erase(person PersonId, nothing Bytes) -> count
-- Empties what is about somebody who is forgotten: when it was and its commitment stay, so that the chain holds.
UPDATE audit SET actor = NULL, via = 0, action = '', object = '', object_id = 0, subject = NULL, reason = :nothing,
       outcome = 0, salt = :nothing
WHERE subject = :person;

-- audit_about(person PersonId, before Time, before_id AuditId, now Time, most Int) -> many { id AuditId, at Time, actor PersonId?, called Str?, duty Int?, walk Int, via Int, action Str, object Str, object_id Int, outcome Int, reason Sealed(audit.reason, id) }
-- Who did what with what is about a person, the newest first, from a moment back: with the duty that the actor then had
-- in the program, and how the two walk (enum AuditWalk): a family is known only while it shares with who walks with it.
SELECT a.id, a.at, a.actor, p.called,
       (SELECT MIN(d.kind) FROM duty d WHERE d.person = a.actor AND d.program = a.program AND d.starts_at <= a.at
        AND (d.ends_at IS NULL OR d.ends_at > a.at)) AS duty,
       CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.giver = a.actor AND m.receiver = :person) THEN 1
            WHEN EXISTS (SELECT 1 FROM match m JOIN sharing s ON s.request = m.request AND s.with_person = m.giver
                         WHERE m.receiver = a.actor AND m.giver = :person AND m.state <> 4 AND s.until_at > :now) THEN 1
            WHEN EXISTS (SELECT 1 FROM match m WHERE m.receiver = a.actor AND m.giver = :person) THEN 2
            ELSE 0 END AS walk,
       a.via, a.action, a.object, a.object_id, a.outcome, a.reason
FROM audit a LEFT JOIN person p ON p.id = a.actor
WHERE a.subject = :person AND (a.at < :before OR (a.at = :before AND a.id < :before_id))
ORDER BY a.at DESC, a.id DESC LIMIT :most;
