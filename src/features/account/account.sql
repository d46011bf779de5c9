-- SPDX-License-Identifier: Apache-2.0
-- People, the ways to reach them, and how they sign in.

-- person_add(id PersonId, called Str, lang Int, now Time)
INSERT INTO person (id, called, lang, created_at) VALUES (:id, :called, :lang, :now);

-- person_by_id(id PersonId) -> one { called Str, lang Int }
SELECT called, lang FROM person WHERE id = :id;

-- person_change(id PersonId, called Str, lang Int) -> count
UPDATE person SET called = :called, lang = :lang WHERE id = :id;

-- contact_point_insert(id ContactPointId, person PersonId, kind Int, value Str, value_key Str, may_voicemail Int, may_text Int, safe_times Str, now Time)
INSERT INTO contact_point (id, person, kind, value, value_key, may_voicemail, may_text, safe_times, created_at)
VALUES (:id, :person, :kind, :value, :value_key, :may_voicemail, :may_text, :safe_times, :now);

-- contact_point_list(person PersonId) -> many { id ContactPointId, kind Int, value Str, may_voicemail Int, may_text Int, safe_times Str }
-- Oldest first: the first is the one to try first.
SELECT id, kind, value, may_voicemail, may_text, safe_times FROM contact_point WHERE person = :person
ORDER BY created_at, id LIMIT 20;

-- contact_point_set_safety(id ContactPointId, person PersonId, may_voicemail Int, may_text Int, safe_times Str) -> count
UPDATE contact_point SET may_voicemail = :may_voicemail, may_text = :may_text, safe_times = :safe_times
WHERE id = :id AND person = :person;

-- person_list_by_contact(value_key Str) -> many { id PersonId, called Str, lang Int }
-- Everyone who can be reached there, the newest first: a mailbox may be shared by a household.
SELECT p.id, p.called, p.lang FROM contact_point c JOIN person p ON p.id = c.person
WHERE c.value_key = :value_key AND c.kind = 1
ORDER BY p.created_at DESC, p.id LIMIT 20;

-- sign_in_insert(id SignInId, mail_key Str, visit_hash Bytes, code_hash Bytes, link_hash Bytes, now Time, expires_at Time)
INSERT INTO sign_in (id, mail_key, visit_hash, code_hash, link_hash, created_at, expires_at, tries)
VALUES (:id, :mail_key, :visit_hash, :code_hash, :link_hash, :now, :expires_at, 0);

-- sign_in_count_recent(mail_key Str, since Time) -> one { sent Int }
SELECT COUNT(*) AS sent FROM sign_in WHERE mail_key = :mail_key AND created_at > :since;

-- sign_in_newest(visit_hash Bytes) -> many { id SignInId, mail_key Str, code_hash Bytes, expires_at Time, tries Int, used_at Time? }
SELECT id, mail_key, code_hash, expires_at, tries, used_at FROM sign_in
WHERE visit_hash = :visit_hash ORDER BY created_at DESC, id LIMIT 1;

-- sign_in_by_link_row(link_hash Bytes) -> one { id SignInId, mail_key Str, expires_at Time, tries Int, used_at Time? }
SELECT id, mail_key, expires_at, tries, used_at FROM sign_in WHERE link_hash = :link_hash;

-- sign_in_count_try(id SignInId) -> count
UPDATE sign_in SET tries = tries + 1 WHERE id = :id;

-- sign_in_use(id SignInId, now Time) -> count
UPDATE sign_in SET used_at = :now WHERE id = :id AND used_at IS NULL;

-- sign_in_delete_old(before Time) -> count
DELETE FROM sign_in WHERE created_at < :before;

-- session_insert(id SessionId, token_hash Bytes, person PersonId, mail_key Str?, now Time, idle_us Int, ends_at Time)
INSERT INTO session (id, token_hash, person, mail_key, created_at, seen_at, idle_us, ends_at)
VALUES (:id, :token_hash, :person, :mail_key, :now, :now, :idle_us, :ends_at);

-- session_by_token(token_hash Bytes) -> one { id SessionId, person PersonId, seen_at Time, idle_us Int, ends_at Time, lang Int }
SELECT s.id, s.person, s.seen_at, s.idle_us, s.ends_at, p.lang
FROM session s JOIN person p ON p.id = s.person WHERE s.token_hash = :token_hash;

-- session_mailbox(id SessionId) -> one { mail_key Str? }
SELECT mail_key FROM session WHERE id = :id;

-- session_touch(id SessionId, now Time) -> count
UPDATE session SET seen_at = :now WHERE id = :id AND seen_at < :now;

-- session_list(person PersonId, now Time) -> many { id SessionId, created_at Time, seen_at Time }
SELECT id, created_at, seen_at FROM session WHERE person = :person AND ends_at > :now AND seen_at + idle_us > :now
ORDER BY seen_at DESC, id LIMIT 50;

-- session_delete(id SessionId) -> count
DELETE FROM session WHERE id = :id;

-- session_delete_over(now Time) -> count
DELETE FROM session WHERE ends_at < :now OR seen_at + idle_us < :now;

-- person_has_duty(person PersonId, now Time) -> one { duties Int }
SELECT COUNT(*) AS duties FROM duty WHERE person = :person AND starts_at <= :now AND (ends_at IS NULL OR ends_at > :now);

-- contact_point_delete_all(person PersonId) -> count
DELETE FROM contact_point WHERE person = :person;

-- person_delete(id PersonId) -> count
DELETE FROM person WHERE id = :id;
