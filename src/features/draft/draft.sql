-- SPDX-License-Identifier: Apache-2.0
-- Answers on their way, by the hash of the browser's secret.

-- draft_row(visit_hash Bytes, since Time) -> one { answers Bytes }
SELECT answers FROM draft WHERE visit_hash = :visit_hash AND updated_at > :since;

-- draft_put(visit_hash Bytes, answers Bytes, now Time)
INSERT INTO draft (visit_hash, answers, updated_at) VALUES (:visit_hash, :answers, :now)
ON CONFLICT (visit_hash) DO UPDATE SET answers = excluded.answers, updated_at = excluded.updated_at;

-- draft_drop(visit_hash Bytes) -> count
DELETE FROM draft WHERE visit_hash = :visit_hash;

-- draft_drop_old(before Time) -> count
DELETE FROM draft WHERE updated_at <= :before;
