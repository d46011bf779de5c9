-- SPDX-License-Identifier: Apache-2.0
-- Spreadsheets looked at and taken in, and the words of each row beside the person it became.

-- import_batch_insert(id ImportBatchId, program ProgramId, by_person PersonId?, kind Int, filename Str, nobody PersonId, content Sealed(import_batch.content, id, nobody), mapping Str, row_count Int, now Time)
-- About many people whom nobody has looked at yet: the file is sealed under the vault.
INSERT INTO import_batch (id, program, by_person, kind, state, filename, content, mapping, row_count, created_at)
VALUES (:id, :program, :by_person, :kind, 1, :filename, :content, :mapping, :row_count, :now);

-- import_batch_row(id ImportBatchId) -> one { program ProgramId, kind Int, state Int, filename Str, mapping Str, row_count Int, created_at Time, done_at Time?, taken Int, is_part2 Bool }
SELECT b.program, b.kind, b.state, b.filename, b.mapping, b.row_count, b.created_at, b.done_at,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM import_row r WHERE r.batch = b.id AND r.person IS NOT NULL) AS taken,
       CASE WHEN EXISTS (SELECT 1 FROM part2_import_batch k WHERE k.batch = b.id) THEN 1 ELSE 0 END AS is_part2
FROM import_batch b WHERE b.id = :id;

-- import_batch_content(id ImportBatchId) -> one { content Part2 Sealed(import_batch.content, id), is_part2 Bool }
SELECT b.content, CASE WHEN EXISTS (SELECT 1 FROM part2_import_batch k WHERE k.batch = b.id) THEN 1 ELSE 0 END AS is_part2
FROM import_batch b WHERE b.id = :id;

-- import_batch_list(program ProgramId, most Int) -> many { id ImportBatchId, kind Int, state Int, filename Str, row_count Int, created_at Time }
-- The newest first.
SELECT id, kind, state, filename, row_count, created_at FROM import_batch
WHERE program = :program ORDER BY created_at DESC, id LIMIT :most;

-- import_batch_set_mapping(id ImportBatchId, mapping Str) -> count
-- Only while it is looked at.
UPDATE import_batch SET mapping = :mapping WHERE id = :id AND state = 1;

-- import_batch_move(id ImportBatchId, before Int, after Int, mapping Str, nothing Bytes, done_at Time?) -> count
-- The file itself is not kept any longer than it is looked at.
UPDATE import_batch SET state = :after, mapping = :mapping, content = :nothing, done_at = :done_at
WHERE id = :id AND state = :before;

-- import_row_insert(batch ImportBatchId, line Int, id ImportRowId, person PersonId?, request RequestId?, offer OfferId?, original Sealed(import_row.original, id, person), unparsed Sealed(import_row.unparsed, id, person))
INSERT INTO import_row (batch, line, id, person, request, offer, original, unparsed)
VALUES (:batch, :line, :id, :person, :request, :offer, :original, :unparsed);

-- import_row_made(batch ImportBatchId) -> many { line Int, person PersonId, request RequestId?, offer OfferId?, version Int }
-- What each taken row became, with the version that its request or offer has now.
SELECT r.line, r.person, r.request, r.offer, COALESCE(q.version, o.version, 0) AS version
FROM import_row r LEFT JOIN request q ON q.id = r.request LEFT JOIN offer o ON o.id = r.offer
WHERE r.batch = :batch AND r.person IS NOT NULL ORDER BY r.line;

-- import_row_built_on(batch ImportBatchId, most Int) -> many { line Int }
-- Rows whose person has done or been given anything since: those stand in the way of undoing.
SELECT r.line FROM import_row r WHERE r.batch = :batch AND r.person IS NOT NULL AND (
    EXISTS (SELECT 1 FROM request q WHERE q.person = r.person AND (r.request IS NULL OR q.id <> r.request))
    OR EXISTS (SELECT 1 FROM request q WHERE q.id = r.request AND (q.state <> 1 OR q.taken_by IS NOT NULL))
    OR EXISTS (SELECT 1 FROM request_note n WHERE n.request = r.request)
    OR EXISTS (SELECT 1 FROM request_code c WHERE c.request = r.request)
    OR EXISTS (SELECT 1 FROM request_unlike u WHERE u.request = r.request)
    OR EXISTS (SELECT 1 FROM shortlist s WHERE s.request = r.request)
    OR EXISTS (SELECT 1 FROM match m WHERE m.request = r.request)
    OR EXISTS (SELECT 1 FROM progress p WHERE p.request = r.request)
    OR EXISTS (SELECT 1 FROM offer o WHERE o.person = r.person AND (r.offer IS NULL OR o.id <> r.offer))
    OR EXISTS (SELECT 1 FROM shortlist_entry e WHERE e.offer = r.offer)
    OR EXISTS (SELECT 1 FROM invitation i WHERE i.offer = r.offer)
    OR EXISTS (SELECT 1 FROM match m WHERE m.offer = r.offer)
    OR EXISTS (SELECT 1 FROM duty d WHERE d.person = r.person)
    OR EXISTS (SELECT 1 FROM session t WHERE t.person = r.person)
    OR EXISTS (SELECT 1 FROM apart a WHERE a.one = r.person OR a.other = r.person)
    OR EXISTS (SELECT 1 FROM import_row x WHERE x.person = r.person AND (x.batch <> r.batch OR x.line <> r.line)))
ORDER BY r.line LIMIT :most;

-- import_batch_mark(batch ImportBatchId) -> count
-- Some of its lines tell of substance use.
INSERT INTO part2_import_batch (batch) VALUES (:batch) ON CONFLICT DO NOTHING;

-- import_row_mark(line ImportRowId) -> count
INSERT INTO part2_import_row (line) VALUES (:line) ON CONFLICT DO NOTHING;

-- import_row_unmark(batch ImportBatchId) -> count
DELETE FROM part2_import_row WHERE line IN (SELECT r.id FROM import_row r WHERE r.batch = :batch);

-- import_row_forget(batch ImportBatchId) -> count
DELETE FROM import_row WHERE batch = :batch;

-- import_known_people(program ProgramId, now Time) -> many { called Str }
SELECT p.called FROM person p WHERE p.id IN (
    SELECT r.person FROM request r WHERE r.program = :program
    AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now)
    UNION SELECT person FROM offer WHERE program = :program);

-- import_known_points(program ProgramId, now Time) -> many { called Str, value_key Bytes }
SELECT p.called, c.value_key FROM contact_point c JOIN person p ON p.id = c.person WHERE p.id IN (
    SELECT r.person FROM request r WHERE r.program = :program
    AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now)
    UNION SELECT person FROM offer WHERE program = :program);

