-- SPDX-License-Identifier: Apache-2.0
-- Meetings as one person's calendar may show them.

-- diary_mailbox_list(person PersonId) -> many { id ContactPointId, value Sealed(contact_point.value, id), is_chosen Bool }
-- Those that are safe.
SELECT c.id, c.value, CASE WHEN d.person IS NULL THEN 0 ELSE 1 END AS is_chosen
FROM contact_point c LEFT JOIN safety_unsafe u ON u.point = c.id
LEFT JOIN diary_mail d ON d.point = c.id AND d.person = c.person
WHERE c.person = :person AND c.kind = 1 AND u.point IS NULL ORDER BY c.created_at, c.id LIMIT 20;

-- diary_mail_set(person PersonId, point ContactPointId, now Time)
INSERT INTO diary_mail (person, point, since) VALUES (:person, :point, :now)
ON CONFLICT (person) DO UPDATE SET point = excluded.point, since = excluded.since;

-- diary_mail_drop(person PersonId) -> count
DELETE FROM diary_mail WHERE person = :person;

-- diary_meeting(id MeetingId, person PersonId, now Time) -> one { match MatchId, state Int, starts_at Time?, minutes Int, sequence Int, state_at Time, lang Int, is_shared Bool }
-- For one of its two. Not shared: the family shares nothing with this giver now.
SELECT t.match, t.state, t.starts_at, t.minutes, t.sequence, t.state_at, p.lang,
       CASE WHEN m.receiver = p.id OR EXISTS (
           SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now)
       THEN 1 ELSE 0 END AS is_shared
FROM meeting t JOIN match m ON m.id = t.match JOIN person p ON p.id = :person
WHERE t.id = :id AND (m.receiver = p.id OR m.giver = p.id);

-- diary_feed_set(person PersonId, secret_hash Bytes, has_names Bool, now Time)
INSERT INTO diary_feed (person, secret_hash, has_names, made_at) VALUES (:person, :secret_hash, :has_names, :now)
ON CONFLICT (person) DO UPDATE SET secret_hash = excluded.secret_hash, has_names = excluded.has_names,
    made_at = excluded.made_at;

-- diary_feed_drop(person PersonId) -> count
DELETE FROM diary_feed WHERE person = :person;

-- diary_feed_of(person PersonId) -> one { has_names Bool, made_at Time }
SELECT has_names, made_at FROM diary_feed WHERE person = :person;

-- diary_feed_by_secret(secret_hash Bytes) -> one { person PersonId, has_names Bool, lang Int }
SELECT f.person, f.has_names, p.lang FROM diary_feed f JOIN person p ON p.id = f.person WHERE f.secret_hash = :secret_hash;

-- diary_feed_list(person PersonId, quarter Int, now Time, most Int) -> many { id MeetingId, starts_at Time, minutes Int, sequence Int, state_at Time, giver_called Str }
-- In the person's diary from that quarter of an hour on. Who gives is named to who receives alone.
SELECT t.id, t.starts_at, t.minutes, t.sequence, t.state_at,
       CASE WHEN m.receiver = :person THEN g.called ELSE '' END AS giver_called
FROM meeting t JOIN match m ON m.id = t.match JOIN person g ON g.id = m.giver
WHERE t.id IN (SELECT b.meeting FROM meeting_busy b WHERE b.person = :person AND b.quarter >= :quarter)
AND t.starts_at IS NOT NULL AND m.state IN (1, 2) AND (m.receiver = :person OR EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now))
ORDER BY t.starts_at, t.id LIMIT :most;

-- diary_lead_of(person PersonId) -> one { lead Int }
SELECT lead FROM diary_lead WHERE person = :person;

-- diary_lead_set(person PersonId, lead Int, now Time)
INSERT INTO diary_lead (person, lead, since) VALUES (:person, :lead, :now)
ON CONFLICT (person) DO UPDATE SET lead = excluded.lead, since = excluded.since;

-- diary_lead_drop(person PersonId) -> count
DELETE FROM diary_lead WHERE person = :person;

-- diary_program_lead(person PersonId) -> many { amount Int, unit Int }
-- Of the program of the newest walk.
SELECT c.amount, c.unit FROM match m JOIN program_clock c ON c.program = m.program AND c.clock = 13
WHERE m.receiver = :person OR m.giver = :person ORDER BY m.began_at DESC, m.id LIMIT 1;

-- diary_plan_of(meeting MeetingId, person PersonId, set Int) -> one { starts_at Time, zone Str, hours Str?, own_zone Str?, lead Int, amount Int, unit Int }
SELECT t.starts_at, p.zone, n.hours, n.zone AS own_zone, COALESCE(l.lead, 0) AS lead, c.amount, c.unit
FROM meeting t JOIN match m ON m.id = t.match JOIN program p ON p.id = m.program
JOIN program_clock c ON c.program = p.id AND c.clock = 13
LEFT JOIN safety_now n ON n.person = :person LEFT JOIN diary_lead l ON l.person = :person
WHERE t.id = :meeting AND t.state = :set;

-- diary_to_plan(person PersonId, quarter Int, now Time, most Int) -> many { id MeetingId }
-- What is set for this person and to come.
SELECT t.id FROM meeting t
WHERE t.id IN (SELECT b.meeting FROM meeting_busy b WHERE b.person = :person AND b.quarter >= :quarter)
AND t.starts_at > :now ORDER BY t.starts_at, t.id LIMIT :most;

-- diary_reminder_insert(meeting MeetingId, person PersonId, remind_at Time)
INSERT INTO diary_reminder (meeting, person, remind_at) VALUES (:meeting, :person, :remind_at);

-- diary_reminder_drop(meeting MeetingId, person PersonId) -> count
DELETE FROM diary_reminder WHERE meeting = :meeting AND person = :person;

-- diary_reminder_drop_all(person PersonId) -> count
DELETE FROM diary_reminder WHERE person = :person;

-- diary_due(now Time, set Int, most Int) -> many { meeting MeetingId, person PersonId, starts_at Time, is_planned Bool, is_held Bool }
-- Not planned: set before there were reminders. Not held: it began, or nothing is shared with this person any more.
SELECT r.meeting, r.person, t.starts_at, CASE WHEN r.remind_at > 0 THEN 1 ELSE 0 END AS is_planned,
       CASE WHEN t.state = :set AND t.starts_at > :now AND m.state IN (1, 2) AND (m.receiver = r.person OR EXISTS (
           SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now))
       THEN 1 ELSE 0 END AS is_held
FROM diary_reminder r JOIN meeting t ON t.id = r.meeting JOIN match m ON m.id = t.match
WHERE r.remind_at <= :now ORDER BY r.remind_at, r.meeting, r.person LIMIT :most;

-- diary_hours_of(person PersonId) -> one { hours Str, zone Str }
SELECT hours, zone FROM safety_now WHERE person = :person;
