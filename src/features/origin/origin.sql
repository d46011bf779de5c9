-- SPDX-License-Identifier: Apache-2.0
-- The rows of spreadsheets beside what they became.
--
-- A row holds in one piece what its person may keep or mark in parts: a need, a note, a line of the safety card. So it
-- is kept as a whole while one of them is (`is_kept`; the words are empty then for everybody but the person and whoever
-- walks with them), and marked as a whole when one of them is.

-- origin_by_request(request RequestId, reader PersonId, now Time) -> many { id ImportRowId, is_kept Bool, original Part2 Sealed(import_row.original, id), unparsed Part2 Sealed(import_row.unparsed, id), is_part2 Bool, filename Str, done_at Time? }
SELECT o.id, o.is_kept,
       CASE WHEN o.is_kept = 1 THEN CAST('' AS BLOB) ELSE o.original END AS original,
       CASE WHEN o.is_kept = 1 THEN CAST('' AS BLOB) ELSE o.unparsed END AS unparsed, o.is_part2, o.filename, o.done_at
FROM (
    SELECT r.id, r.original, r.unparsed, b.filename, b.done_at,
       CASE WHEN r.person = :reader OR EXISTS (
           SELECT 1 FROM match m JOIN sharing s ON s.request = m.request AND s.with_person = m.giver
           WHERE m.request = r.request AND m.giver = :reader AND m.state <> 4 AND s.until_at > :now) THEN 0
            WHEN EXISTS (SELECT 1 FROM request q WHERE q.id = r.request AND q.is_kept = 1)
                 OR EXISTS (SELECT 1 FROM request_note n WHERE n.request = r.request AND n.is_kept = 1)
                 OR EXISTS (SELECT 1 FROM safety_card c WHERE c.person = r.person AND c.kept <> 0
                      AND c.version = (SELECT MAX(n.version) FROM safety_card n WHERE n.person = r.person))
            THEN 1 ELSE 0 END AS is_kept,
       CASE WHEN EXISTS (SELECT 1 FROM part2_import_row k WHERE k.line = r.id)
                 OR EXISTS (SELECT 1 FROM safety_card c JOIN part2_card k ON k.card = c.id WHERE c.person = r.person)
                 OR EXISTS (SELECT 1 FROM part2_request k WHERE k.request = r.request)
            THEN 1 ELSE 0 END AS is_part2
    FROM import_row r JOIN import_batch b ON b.id = r.batch WHERE r.request = :request
) AS o ORDER BY o.id LIMIT 1;

-- origin_by_offer(offer OfferId, reader PersonId) -> many { id ImportRowId, is_kept Bool, original Part2 Sealed(import_row.original, id), unparsed Part2 Sealed(import_row.unparsed, id), is_part2 Bool, filename Str, done_at Time? }
SELECT o.id, o.is_kept,
       CASE WHEN o.is_kept = 1 THEN CAST('' AS BLOB) ELSE o.original END AS original,
       CASE WHEN o.is_kept = 1 THEN CAST('' AS BLOB) ELSE o.unparsed END AS unparsed, o.is_part2, o.filename, o.done_at
FROM (
    SELECT r.id, r.original, r.unparsed, b.filename, b.done_at,
       CASE WHEN r.person = :reader THEN 0
            WHEN EXISTS (SELECT 1 FROM safety_card c WHERE c.person = r.person AND c.kept <> 0
                      AND c.version = (SELECT MAX(n.version) FROM safety_card n WHERE n.person = r.person))
            THEN 1 ELSE 0 END AS is_kept,
       CASE WHEN EXISTS (SELECT 1 FROM part2_import_row k WHERE k.line = r.id)
                 OR EXISTS (SELECT 1 FROM safety_card c JOIN part2_card k ON k.card = c.id WHERE c.person = r.person)
            THEN 1 ELSE 0 END AS is_part2
    FROM import_row r JOIN import_batch b ON b.id = r.batch WHERE r.offer = :offer
) AS o ORDER BY o.id LIMIT 1;
