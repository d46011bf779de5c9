-- SPDX-License-Identifier: Apache-2.0
-- One query of each shape, for the tests of platform/db.

-- probe_thing_add(id ThingId, words Str, note Str?, amount Int, guess Int?, at Time, ended_at Time?, parent ThingId?,
--                 is_on Bool, data Bytes, more Bytes?)
INSERT INTO thing (id, words, note, amount, guess, at, ended_at, parent, is_on, data, more)
VALUES (:id, :words, :note, :amount, :guess, :at, :ended_at, :parent, :is_on, :data, :more);

-- probe_thing(id ThingId)
--     -> one { id ThingId, words Str, note Str?, amount Int, guess Int?, at Time, ended_at Time?, parent ThingId?,
--              is_on Bool, data Bytes, more Bytes? }
-- All of a thing.
SELECT id, words, note, amount, guess, at, ended_at, parent, is_on, data, more FROM thing WHERE id = :id;

-- probe_thing_note(id ThingId) -> one { note Str }
-- Fails when there is no note: the signature promises one.
SELECT note FROM thing WHERE id = :id;

-- probe_thing_any() -> one { id ThingId }
-- Fails when there are two.
SELECT id FROM thing;

-- probe_thing_list(least Int, most Int) -> many { id ThingId, words Str }
SELECT id, words FROM thing WHERE amount >= :least ORDER BY amount, id LIMIT :most;

-- probe_thing_totals() -> one { count Int, sum Int }
SELECT COUNT(*) AS count, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS sum FROM thing;

-- probe_thing_set_words(id ThingId, words Str) -> count
UPDATE thing SET words = :words WHERE id = :id;

-- probe_thing_switch(id ThingId, value Int)
UPDATE thing SET is_on = :value WHERE id = :id;

-- probe_thing_end(id ThingId, now Time) -> one { words Str, ended_at Time? }
-- Changes and reads in one statement.
UPDATE thing SET ended_at = :now WHERE id = :id RETURNING words, ended_at;

-- probe_thing_remove_all() -> count
DELETE FROM thing;

-- probe_mark_remove_all() -> count
DELETE FROM mark;

-- probe_mark_add(key Str)
INSERT INTO mark (key, count) VALUES (:key, 1);

-- probe_mark_count(key Str)
INSERT INTO mark (key, count) VALUES (:key, 1) ON CONFLICT (key) DO UPDATE SET count = mark.count + 1;

-- probe_mark_try(key Str) -> count
INSERT INTO mark (key, count) VALUES (:key, 1) ON CONFLICT (key) DO NOTHING;

-- probe_mark(key Str) -> one { count Int }
SELECT count FROM mark WHERE key = :key;

-- probe_mark_least(key Str, least Int) -> count
-- With probe_mark: reads one row and writes another, as two people may do at once.
UPDATE mark SET count = :least WHERE key = :key;

-- probe_engine() -> one { name Str }
-- Told apart by an override.
SELECT 'sqlite' AS name;
-- postgres:
SELECT 'postgres'::TEXT AS name;
