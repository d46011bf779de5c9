-- SPDX-License-Identifier: Apache-2.0
-- Each person's data key, wrapped under the key file.

-- person_key_insert(person PersonId, generation Int, slot Int, wrapped Bytes) -> count
-- None when somebody has this slot, or had it.
INSERT INTO person_key (person, generation, slot, wrapped)
SELECT :person, CAST(:generation AS BIGINT), CAST(:slot AS BIGINT), :wrapped WHERE NOT EXISTS (
    SELECT 1 FROM forgotten f WHERE f.generation = :generation AND f.slot = :slot)
ON CONFLICT (generation, slot) DO NOTHING;

-- person_key_by_person(person PersonId) -> one { generation Int, slot Int, wrapped Bytes }
SELECT generation, slot, wrapped FROM person_key WHERE person = :person;

-- person_key_list(after PersonId, most Int) -> many { person PersonId, generation Int, slot Int, wrapped Bytes }
SELECT person, generation, slot, wrapped FROM person_key WHERE person > :after ORDER BY person LIMIT :most;

-- person_key_delete(person PersonId) -> count
DELETE FROM person_key WHERE person = :person;

-- key_check_list() -> many { generation Int, name Bytes }
SELECT generation, name FROM key_check ORDER BY generation LIMIT 100;

-- key_check_add(generation Int, name Bytes)
INSERT INTO key_check (generation, name) VALUES (:generation, :name) ON CONFLICT (generation) DO NOTHING;

-- key_check_claim(generation Int, name Bytes) -> count
-- None when the generation is noted already.
INSERT INTO key_check (generation, name) VALUES (:generation, :name) ON CONFLICT (generation) DO NOTHING;

-- key_check_set_name(generation Int, name Bytes) -> count
UPDATE key_check SET name = :name WHERE generation = :generation;

-- forgotten_add(generation Int, slot Int, now Time)
INSERT INTO forgotten (generation, slot, at) VALUES (:generation, :slot, :now) ON CONFLICT (generation, slot) DO NOTHING;

-- forgotten_list() -> many { generation Int, slot Int }
SELECT generation, slot FROM forgotten ORDER BY generation, slot;

-- forgotten_add_past(person PersonId, now Time) -> count
-- The slots of older generations too.
INSERT INTO forgotten (generation, slot, at)
SELECT generation, slot, CAST(:now AS BIGINT) FROM person_key_past WHERE person = :person
ON CONFLICT (generation, slot) DO NOTHING;

-- person_key_past_delete(person PersonId) -> count
DELETE FROM person_key_past WHERE person = :person;

-- person_key_past_drop(generation Int) -> count
DELETE FROM person_key_past WHERE generation < :generation;

-- key_check_drop(generation Int) -> count
DELETE FROM key_check WHERE generation < :generation;

-- person_key_past_add(person PersonId, generation Int, slot Int)
INSERT INTO person_key_past (person, generation, slot) VALUES (:person, :generation, :slot)
ON CONFLICT (person, generation) DO NOTHING;

-- person_key_older(generation Int, after PersonId, most Int) -> many { person PersonId, generation Int, slot Int, wrapped Bytes }
-- Keys that are wrapped under a generation before this one.
SELECT person, generation, slot, wrapped FROM person_key WHERE generation < :generation AND person > :after
ORDER BY person LIMIT :most;

-- person_key_count_older(generation Int) -> one { older Int }
SELECT COUNT(*) AS older FROM person_key WHERE generation < :generation;

-- person_key_slot_taken(generation Int, slot Int) -> one { taken Int }
SELECT (SELECT COUNT(*) FROM person_key WHERE generation = :generation AND slot = :slot)
     + (SELECT COUNT(*) FROM forgotten WHERE generation = :generation AND slot = :slot) AS taken;

-- person_key_rewrap(person PersonId, before Int, generation Int, slot Int, wrapped Bytes) -> count
UPDATE person_key SET generation = :generation, slot = :slot, wrapped = :wrapped
WHERE person = :person AND generation = :before;
