-- SPDX-License-Identifier: Apache-2.0
-- Policies in versions: one is followed, those before it stay as they were, drafts are worked on.

-- policy_row(id PolicyId) -> one { id PolicyId, program ProgramId, name Str, text Str, why Str, state Int, version Int, drafted_by_called Str?, drafted_at Time, tried_version Int?, tried_at Time?, adopted_by_called Str?, adopted_at Time?, reason Str, retired_at Time? }
SELECT y.id, y.program, y.name, y.text, y.why, y.state, y.version, d.called AS drafted_by_called, y.drafted_at,
       y.tried_version, y.tried_at, a.called AS adopted_by_called, y.adopted_at,
       y.reason, y.retired_at
FROM policy y LEFT JOIN person d ON d.id = y.drafted_by LEFT JOIN person a ON a.id = y.adopted_by
WHERE y.id = :id;

-- policy_row_adopted(program ProgramId) -> one { id PolicyId, text Str }
SELECT id, text FROM policy WHERE program = :program AND state = 2;

-- policy_row_by_name(program ProgramId, name Str) -> one { id PolicyId, text Str }
SELECT id, text FROM policy WHERE program = :program AND name = :name;

-- policy_row_list(program ProgramId) -> many { id PolicyId, name Str, why Str, state Int, drafted_by_called Str?, drafted_at Time, adopted_by_called Str?, adopted_at Time?, retired_at Time? }
-- Drafts first, then the one that is followed, then those before it; each the newest first.
SELECT y.id, y.name, y.why, y.state, d.called AS drafted_by_called, y.drafted_at, a.called AS adopted_by_called,
       y.adopted_at, y.retired_at
FROM policy y LEFT JOIN person d ON d.id = y.drafted_by LEFT JOIN person a ON a.id = y.adopted_by
WHERE y.program = :program
ORDER BY y.state, COALESCE(y.adopted_at, y.drafted_at) DESC, y.id LIMIT 200;

-- policy_row_counts(program ProgramId) -> one { versions Int, drafts Int }
SELECT COUNT(*) AS versions, CAST(COALESCE(SUM(CASE WHEN state = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS drafts
FROM policy WHERE program = :program;

-- policy_row_insert(id PolicyId, program ProgramId, name Str, text Str, state Int, drafted_by PersonId?, now Time, adopted_at Time?)
INSERT INTO policy (id, program, name, text, why, state, version, drafted_by, drafted_at, adopted_at, reason)
VALUES (:id, :program, :name, :text, '', :state, 1, :drafted_by, :now, :adopted_at, '');

-- policy_row_change(id PolicyId, before Int, text Str, why Str) -> count
UPDATE policy SET text = :text, why = :why, version = version + 1 WHERE id = :id AND version = :before AND state = 1;

-- policy_row_delete(id PolicyId, before Int) -> count
DELETE FROM policy WHERE id = :id AND version = :before AND state = 1;

-- policy_row_set_tried(id PolicyId, before Int, now Time) -> count
UPDATE policy SET tried_version = version, tried_at = :now
WHERE id = :id AND version = :before AND state = 1;

-- policy_row_adopt(id PolicyId, before Int, adopted_by PersonId, now Time, reason Str) -> count
UPDATE policy SET state = 2, adopted_by = :adopted_by, adopted_at = :now, reason = :reason
WHERE id = :id AND version = :before AND state = 1;

-- policy_row_retire(program ProgramId, now Time) -> count
UPDATE policy SET state = 3, retired_at = :now WHERE program = :program AND state = 2;

-- ---- what a trial found ----

-- policy_gate_delete(policy PolicyId) -> count
DELETE FROM policy_gate WHERE policy = :policy;

-- policy_gate_insert(policy PolicyId, gate Int, figure Int, most_or_least Int, is_passed Bool)
INSERT INTO policy_gate (policy, gate, figure, most_or_least, is_passed)
VALUES (:policy, :gate, :figure, :most_or_least, :is_passed);

-- policy_gate_list(policy PolicyId) -> many { gate Int, figure Int, most_or_least Int, is_passed Bool }
SELECT gate, figure, most_or_least, is_passed FROM policy_gate WHERE policy = :policy ORDER BY gate LIMIT 40;

-- policy_wait_delete(policy PolicyId) -> count
DELETE FROM policy_wait WHERE policy = :policy;

-- policy_wait_insert(policy PolicyId, queue Int, place Int, families Int, matched Int, weeks_half Int, weeks_most Int)
INSERT INTO policy_wait (policy, queue, place, families, matched, weeks_half, weeks_most)
VALUES (:policy, :queue, :place, :families, :matched, :weeks_half, :weeks_most);

-- policy_wait_list(policy PolicyId) -> many { queue Int, place Int, families Int, matched Int, weeks_half Int, weeks_most Int }
SELECT queue, place, families, matched, weeks_half, weeks_most FROM policy_wait WHERE policy = :policy
ORDER BY queue, place LIMIT 40;

-- policy_flip_delete(policy PolicyId) -> count
DELETE FROM policy_flip WHERE policy = :policy;

-- policy_flip_insert(policy PolicyId, kind Int, tried Int, failed Int)
INSERT INTO policy_flip (policy, kind, tried, failed) VALUES (:policy, :kind, :tried, :failed);

-- policy_flip_list(policy PolicyId) -> many { kind Int, tried Int, failed Int }
SELECT kind, tried, failed FROM policy_flip WHERE policy = :policy ORDER BY kind LIMIT 20;

-- ---- whom it would touch ----

-- policy_row_waiting(program ProgramId, now Time, most Int) -> many { id RequestId }
-- Who waits and has no list, the longest waiting first.
SELECT r.id FROM request r WHERE r.program = :program AND r.state IN (1, 2) AND r.kind = 1
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now)
ORDER BY r.created_at, r.id LIMIT :most;

-- policy_row_waiting_count(program ProgramId, now Time) -> one { families Int }
SELECT COUNT(*) AS families FROM request r WHERE r.program = :program AND r.state IN (1, 2) AND r.kind = 1
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now);

-- policy_offer_called(offer OfferId) -> one { called Str }
SELECT p.called FROM offer o JOIN person p ON p.id = o.person WHERE o.id = :offer;
