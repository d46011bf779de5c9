-- SPDX-License-Identifier: Apache-2.0
-- Once-only keys: the answer that a form got the first time.

-- once_find(key Bytes) -> one { location Str }
SELECT location FROM once WHERE key = :key;

-- once_add(key Bytes, location Str, now Time) -> count
-- None when another request with the same key was faster.
INSERT INTO once (key, location, at) VALUES (:key, :location, :now) ON CONFLICT (key) DO NOTHING;

-- once_forget(before Time) -> count
DELETE FROM once WHERE at < :before;
