-- SPDX-License-Identifier: Apache-2.0
-- People, the ways to reach them, and how they sign in.

-- person_add(id PersonId, called Str, lang Int, now Time)
INSERT INTO person (id, called, lang, created_at) VALUES (:id, :called, :lang, :now);

-- person_by_id(id PersonId) -> one { called Str, lang Int }
SELECT called, lang FROM person WHERE id = :id;

-- person_change(id PersonId, called Str, lang Int) -> count
UPDATE person SET called = :called, lang = :lang WHERE id = :id;

-- contact_point_insert(id ContactPointId, person PersonId, kind Int, value Sealed(contact_point.value, id, person), value_key Bytes, may_voicemail Int, may_text Int, safe_times Sealed(contact_point.safe_times, id, person), now Time)
INSERT INTO contact_point (id, person, kind, value, value_key, may_voicemail, may_text, safe_times, created_at)
VALUES (:id, :person, :kind, :value, :value_key, :may_voicemail, :may_text, :safe_times, :now);

-- contact_point_list(person PersonId) -> many { id ContactPointId, kind Int, value Sealed(contact_point.value, id), may_voicemail Int, may_text Int, safe_times Sealed(contact_point.safe_times, id), is_unsafe Bool, is_stopped Bool }
-- Oldest first: the first is the one to try first.
SELECT c.id, c.kind, c.value, c.may_voicemail, c.may_text, c.safe_times,
       CASE WHEN u.point IS NULL THEN 0 ELSE 1 END AS is_unsafe,
       CASE WHEN c.kind = 2 AND t.value_key IS NOT NULL THEN 1 ELSE 0 END AS is_stopped
FROM contact_point c LEFT JOIN safety_unsafe u ON u.point = c.id LEFT JOIN text_stop t ON t.value_key = c.value_key
WHERE c.person = :person ORDER BY c.created_at, c.id LIMIT 20;

-- contact_point_set_safety(id ContactPointId, person PersonId, may_voicemail Int, may_text Int, safe_times Sealed(contact_point.safe_times, id, person)) -> count
UPDATE contact_point SET may_voicemail = :may_voicemail, may_text = :may_text, safe_times = :safe_times
WHERE id = :id AND person = :person;

-- person_list_by_contact(value_key Bytes) -> many { id PersonId, called Str, lang Int, is_apart Bool, has_word Bool }
-- Everyone who can be reached there, the newest first: a mailbox may be shared by a household. Those apart, and those
-- whose space opens with a word of theirs, come last.
SELECT p.id, p.called, p.lang, CASE WHEN y.is_apart = 1 THEN 1 ELSE 0 END AS is_apart,
       CASE WHEN w.person IS NULL THEN 0 ELSE 1 END AS has_word
FROM contact_point c JOIN person p ON p.id = c.person LEFT JOIN youth y ON y.person = p.id
LEFT JOIN youth_word w ON w.person = p.id
WHERE c.value_key = :value_key AND c.kind = 1
ORDER BY CASE WHEN y.is_apart = 1 OR w.person IS NOT NULL THEN 1 ELSE 0 END, p.created_at DESC, p.id LIMIT 20;

-- person_list_by_phone(value_key Bytes) -> many { id PersonId, called Str, lang Int }
-- Everyone who said that a text to this phone is safe, the newest first; those with a word of theirs last.
SELECT p.id, p.called, p.lang FROM contact_point c JOIN person p ON p.id = c.person
LEFT JOIN youth_word w ON w.person = p.id
WHERE c.value_key = :value_key AND c.kind = 2 AND c.may_text = 1
ORDER BY CASE WHEN w.person IS NULL THEN 0 ELSE 1 END, p.created_at DESC, p.id LIMIT 20;

-- person_list_with_phone(value_key Bytes) -> many { id PersonId }
-- Everyone who has this phone, whatever they say about texts.
SELECT person AS id FROM contact_point WHERE value_key = :value_key AND kind = 2 GROUP BY person ORDER BY person LIMIT 20;

-- sign_in_insert(id SignInId, mail_key Bytes, proof Int, visit_hash Bytes, code_hash Bytes, link_hash Bytes, now Time, expires_at Time)
INSERT INTO sign_in (id, mail_key, proof, visit_hash, code_hash, link_hash, created_at, expires_at, tries)
VALUES (:id, :mail_key, :proof, :visit_hash, :code_hash, :link_hash, :now, :expires_at, 0);

-- sign_in_count_recent(mail_key Bytes, since Time, now Time) -> one { sent Int }
-- Those ahead of now are of before the clock went back: they must not keep somebody out until it has caught up.
SELECT COUNT(*) AS sent FROM sign_in WHERE mail_key = :mail_key AND created_at > :since AND created_at <= :now;

-- sign_in_newest(visit_hash Bytes, now Time) -> many { id SignInId, mail_key Bytes, proof Int, code_hash Bytes, expires_at Time, tries Int, used_at Time? }
SELECT id, mail_key, proof, code_hash, expires_at, tries, used_at FROM sign_in
WHERE visit_hash = :visit_hash
ORDER BY CASE WHEN created_at > :now THEN 1 ELSE 0 END, created_at DESC, id LIMIT 1;

-- sign_in_by_link_row(link_hash Bytes) -> one { id SignInId, mail_key Bytes, proof Int, expires_at Time, tries Int, used_at Time? }
SELECT id, mail_key, proof, expires_at, tries, used_at FROM sign_in WHERE link_hash = :link_hash;

-- sign_in_count_try(id SignInId) -> count
UPDATE sign_in SET tries = tries + 1 WHERE id = :id;

-- sign_in_use(id SignInId, now Time) -> count
UPDATE sign_in SET used_at = :now WHERE id = :id AND used_at IS NULL;

-- sign_in_delete_old(before Time) -> count
DELETE FROM sign_in WHERE created_at < :before;

-- session_insert(id SessionId, token_hash Bytes, person PersonId, mail_key Bytes?, proofs Int, device Str, now Time, created_at Time, idle_us Int, ends_at Time)
INSERT INTO session (id, token_hash, person, mail_key, proofs, proved_at, device, created_at, seen_at, idle_us, ends_at)
VALUES (:id, :token_hash, :person, :mail_key, :proofs, :now, :device, :created_at, :now, :idle_us, :ends_at);

-- session_by_token(token_hash Bytes) -> one { id SessionId, person PersonId, proofs Int, proved_at Time, seen_at Time, idle_us Int, ends_at Time, lang Int }
SELECT s.id, s.person, s.proofs, s.proved_at, s.seen_at, s.idle_us, s.ends_at, p.lang
FROM session s JOIN person p ON p.id = s.person WHERE s.token_hash = :token_hash;

-- session_mailbox(id SessionId) -> one { mail_key Bytes?, device Str, created_at Time, ends_at Time }
SELECT mail_key, device, created_at, ends_at FROM session WHERE id = :id;

-- session_touch(id SessionId, now Time) -> count
UPDATE session SET seen_at = :now WHERE id = :id AND seen_at < :now;

-- session_list(person PersonId, now Time) -> many { id SessionId, device Str, created_at Time, seen_at Time }
SELECT id, device, created_at, seen_at FROM session WHERE person = :person AND ends_at > :now AND seen_at + idle_us > :now
ORDER BY seen_at DESC, id LIMIT 50;

-- session_delete(id SessionId) -> count
DELETE FROM session WHERE id = :id;

-- session_delete_others(person PersonId, but SessionId) -> count
DELETE FROM session WHERE person = :person AND id <> :but;

-- session_delete_over(now Time) -> count
DELETE FROM session WHERE ends_at < :now OR seen_at + idle_us < :now;

-- session_limits(person PersonId, now Time, idle_us Int, longest_us Int) -> one { duties Int, idle_us Int, longest_us Int }
-- How many duties the person holds, and the shortest limits that go with them; where a program has set none, those given.
SELECT COUNT(*) AS duties, CAST(COALESCE(MIN(COALESCE(s.idle_us, :idle_us)), 0) AS BIGINT) AS idle_us,
       CAST(COALESCE(MIN(COALESCE(s.longest_us, :longest_us)), 0) AS BIGINT) AS longest_us
FROM duty d LEFT JOIN duty_session s ON s.program = d.program AND s.kind = d.kind
WHERE d.person = :person AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now);

-- session_cut(person PersonId, idle_us Int, longest_us Int) -> count
-- No session of theirs lasts longer from now on, counted from its beginning; none becomes longer.
UPDATE session SET idle_us = CASE WHEN idle_us > :idle_us THEN :idle_us ELSE idle_us END,
       ends_at = CASE WHEN ends_at > created_at + :longest_us THEN created_at + :longest_us ELSE ends_at END
WHERE person = :person AND (idle_us > :idle_us OR ends_at > created_at + :longest_us);

-- known_device_add(person PersonId, device Str, now Time) -> count
INSERT INTO known_device (person, device, first_at) VALUES (:person, :device, :now)
ON CONFLICT (person, device) DO NOTHING;

-- known_device_count(person PersonId) -> one { devices Int }
SELECT COUNT(*) AS devices FROM known_device WHERE person = :person;

-- contact_point_delete_all(person PersonId) -> count
DELETE FROM contact_point WHERE person = :person;

-- sign_in_delete_of(person PersonId) -> count
-- Codes and links on their way to a mailbox of this person.
DELETE FROM sign_in WHERE mail_key IN (SELECT value_key FROM contact_point WHERE person = :person);

-- session_delete_of(person PersonId) -> count
DELETE FROM session WHERE person = :person;

-- duty_end_all(person PersonId, now Time) -> count
UPDATE duty SET ends_at = :now WHERE person = :person AND (ends_at IS NULL OR ends_at > :now);

-- person_delete(id PersonId) -> count
DELETE FROM person WHERE id = :id;

-- sign_in_count_more(hour Int, event Int, value_key Bytes, person Int, block_hash Bytes) -> count
UPDATE sign_in_count SET times = times + 1 WHERE hour = :hour AND event = :event AND value_key = :value_key
AND person = :person AND block_hash = :block_hash;

-- sign_in_count_rows(hour Int, most Int) -> one { found Int }
SELECT COUNT(*) AS found FROM (SELECT 1 AS one FROM sign_in_count WHERE hour = :hour LIMIT :most) AS counted;

-- sign_in_count_first(hour Int, event Int, value_key Bytes, person Int, block_hash Bytes)
INSERT INTO sign_in_count (hour, event, value_key, person, block_hash, times)
VALUES (:hour, :event, :value_key, :person, :block_hash, 1)
ON CONFLICT (hour, event, value_key, person, block_hash) DO UPDATE SET times = sign_in_count.times + 1;

-- sign_in_counted(before Int, most Int) -> many { hour Int, event Int, value_key Bytes, person Int, times Int, blocks Int }
-- Hours that are over, the oldest first.
SELECT hour, event, value_key, person, CAST(SUM(times) AS BIGINT) AS times, COUNT(*) AS blocks FROM sign_in_count
WHERE hour < :before GROUP BY hour, event, value_key, person ORDER BY hour, event, value_key, person LIMIT :most;

-- sign_in_count_drop(hour Int, event Int, value_key Bytes, person Int) -> count
DELETE FROM sign_in_count WHERE hour = :hour AND event = :event AND value_key = :value_key AND person = :person;

-- sign_in_count_delete_of(person PersonId) -> count
DELETE FROM sign_in_count WHERE person = :person
OR value_key IN (SELECT value_key FROM contact_point WHERE contact_point.person = :person);
