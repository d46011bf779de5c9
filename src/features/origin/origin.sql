-- SPDX-License-Identifier: Apache-2.0
-- The rows of spreadsheets beside what they became.

-- origin_by_request(request RequestId) -> many { original Str, unparsed Str, filename Str, done_at Time? }
SELECT r.original, r.unparsed, b.filename, b.done_at FROM import_row r JOIN import_batch b ON b.id = r.batch
WHERE r.request = :request LIMIT 1;

-- origin_by_offer(offer OfferId) -> many { original Str, unparsed Str, filename Str, done_at Time? }
SELECT r.original, r.unparsed, b.filename, b.done_at FROM import_row r JOIN import_batch b ON b.id = r.batch
WHERE r.offer = :offer LIMIT 1;
