-- SPDX-License-Identifier: Apache-2.0
-- What is sent to people, and which way.

-- notice_mail_way(person PersonId) -> many { id ContactPointId, value Sealed(contact_point.value, id), lang Int }
-- The mailbox to try first of those that are safe, and the language to write in.
SELECT c.id, c.value, p.lang FROM contact_point c JOIN person p ON p.id = c.person
LEFT JOIN safety_unsafe u ON u.point = c.id
WHERE c.person = :person AND c.kind = 1 AND u.point IS NULL ORDER BY c.created_at, c.id LIMIT 1;

-- notice_phone_list(person PersonId) -> many { id ContactPointId, value Sealed(contact_point.value, id), lang Int }
-- Those to which texts are safe, and from which nobody stopped them.
SELECT c.id, c.value, p.lang
FROM contact_point c JOIN person p ON p.id = c.person LEFT JOIN safety_unsafe u ON u.point = c.id
LEFT JOIN text_stop t ON t.value_key = c.value_key
WHERE c.person = :person AND c.kind = 2 AND c.may_text = 1 AND u.point IS NULL AND t.value_key IS NULL
ORDER BY c.created_at, c.id LIMIT 20;

-- notice_wish(person PersonId) -> one { point ContactPointId }
SELECT point FROM text_wish WHERE person = :person;

-- notice_wish_set(person PersonId, point ContactPointId, now Time)
INSERT INTO text_wish (person, point, since) VALUES (:person, :point, :now)
ON CONFLICT (person) DO UPDATE SET point = excluded.point, since = excluded.since;

-- notice_wish_drop(person PersonId) -> count
DELETE FROM text_wish WHERE person = :person;

-- notice_insert(id NoticeId, person PersonId, channel Int, state Int, holds_until Time?, now Time)
INSERT INTO notice (id, person, channel, at, state, state_at, code, holds_until)
VALUES (:id, :person, :channel, :now, :state, :now, 0, :holds_until);

-- notice_by_id(id NoticeId) -> one { person PersonId, channel Int, state Int, holds_until Time? }
SELECT person, channel, state, holds_until FROM notice WHERE id = :id;

-- notice_waiting(person PersonId, channel Int, state Int) -> one { found Int }
SELECT COUNT(*) AS found FROM notice WHERE person = :person AND channel = :channel AND state = :state;

-- notice_lately(person PersonId, waits Int, waits_since Time, sent Int, delivered Int, sent_since Time) -> one { found Int }
-- News that waits since then, or went since.
SELECT COUNT(*) AS found FROM notice WHERE person = :person AND holds_until IS NULL
AND ((state = :waits AND at > :waits_since) OR (state IN (:sent, :delivered) AND state_at > :sent_since));

-- notice_set_state(id NoticeId, state Int, code Int, now Time, least Int, most Int) -> count
-- Only from one of the states between the two: what is over stays as it is.
UPDATE notice SET state = :state, code = :code, state_at = :now
WHERE id = :id AND state >= :least AND state <= :most AND state <> :state;

-- notice_of(person PersonId, most Int) -> many { channel Int, at Time, state Int, state_at Time, code Int }
SELECT channel, at, state, state_at, code FROM notice WHERE person = :person ORDER BY at DESC, id LIMIT :most;

-- notice_delete_of(person PersonId) -> count
DELETE FROM notice WHERE person = :person;

-- notice_delete_old(before Time) -> count
DELETE FROM notice WHERE at < :before;
