-- SPDX-License-Identifier: Apache-2.0
-- The rows of spreadsheets beside what they became.

-- origin_by_request(request RequestId) -> many { id ImportRowId, original Part2 Sealed(import_row.original, id), unparsed Part2 Sealed(import_row.unparsed, id), is_part2 Bool, filename Str, done_at Time? }
SELECT r.id, r.original, r.unparsed,
       CASE WHEN EXISTS (SELECT 1 FROM part2_import_row k WHERE k.line = r.id) THEN 1 ELSE 0 END AS is_part2, b.filename, b.done_at FROM import_row r JOIN import_batch b ON b.id = r.batch
WHERE r.request = :request LIMIT 1;

-- origin_by_offer(offer OfferId) -> many { id ImportRowId, original Part2 Sealed(import_row.original, id), unparsed Part2 Sealed(import_row.unparsed, id), is_part2 Bool, filename Str, done_at Time? }
SELECT r.id, r.original, r.unparsed,
       CASE WHEN EXISTS (SELECT 1 FROM part2_import_row k WHERE k.line = r.id) THEN 1 ELSE 0 END AS is_part2, b.filename, b.done_at FROM import_row r JOIN import_batch b ON b.id = r.batch
WHERE r.offer = :offer LIMIT 1;
