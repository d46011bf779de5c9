-- SPDX-License-Identifier: Apache-2.0
-- What a machine has to know before it reaches somebody.

-- safety_now_of(person PersonId) -> one { hours Str, zone Str }
SELECT hours, zone FROM safety_now WHERE person = :person;

-- safety_now_set(person PersonId, hours Str, zone Str, for_giver Bool, for_coordinator Bool)
INSERT INTO safety_now (person, hours, zone, for_giver, for_coordinator)
VALUES (:person, :hours, :zone, :for_giver, :for_coordinator)
ON CONFLICT (person) DO UPDATE SET hours = excluded.hours, zone = excluded.zone, for_giver = excluded.for_giver,
    for_coordinator = excluded.for_coordinator;

-- safety_way(person PersonId, point ContactPointId) -> one { kind Int, may_voicemail Int, may_text Int, is_unsafe Bool, is_stopped Bool }
SELECT c.kind, c.may_voicemail, c.may_text, CASE WHEN u.point IS NULL THEN 0 ELSE 1 END AS is_unsafe,
       CASE WHEN t.value_key IS NULL THEN 0 ELSE 1 END AS is_stopped
FROM contact_point c LEFT JOIN safety_unsafe u ON u.point = c.id LEFT JOIN text_stop t ON t.value_key = c.value_key
WHERE c.id = :point AND c.person = :person;

-- safety_unsafe_clear(person PersonId) -> count
DELETE FROM safety_unsafe WHERE point IN (SELECT id FROM contact_point WHERE person = :person);

-- safety_unsafe_add(person PersonId, point ContactPointId, now Time) -> count
INSERT INTO safety_unsafe (point, at)
SELECT id, :now FROM contact_point WHERE id = :point AND person = :person
ON CONFLICT DO NOTHING;

-- safety_text_stop(value_key Bytes) -> one { at Time }
SELECT at FROM text_stop WHERE value_key = :value_key;

-- safety_text_stop_add(value_key Bytes, now Time) -> count
INSERT INTO text_stop (value_key, at) VALUES (:value_key, :now) ON CONFLICT DO NOTHING;

-- safety_text_stop_drop(value_key Bytes) -> count
DELETE FROM text_stop WHERE value_key = :value_key;
