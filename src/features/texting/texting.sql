-- SPDX-License-Identifier: Apache-2.0
-- Texts that came in.

-- texting_in_add(sid_hash Bytes, now Time) -> count
INSERT INTO text_in (sid_hash, at) VALUES (:sid_hash, :now) ON CONFLICT DO NOTHING;

-- texting_in_forget(before Time) -> count
DELETE FROM text_in WHERE at < :before;

-- texting_told(value_key Bytes, kind Int) -> one { at Time }
SELECT at FROM text_told WHERE value_key = :value_key AND kind = :kind;

-- texting_tell(value_key Bytes, kind Int, now Time)
INSERT INTO text_told (value_key, kind, at) VALUES (:value_key, :kind, :now)
ON CONFLICT (value_key, kind) DO UPDATE SET at = excluded.at;

-- texting_told_forget(before Time) -> count
DELETE FROM text_told WHERE at < :before;
