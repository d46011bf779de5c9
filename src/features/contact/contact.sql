-- SPDX-License-Identifier: Apache-2.0
-- Contacts of a match, and what was set beside them.

-- contact_insert(match MatchId, receiver PersonId, at Time, id ContactId, by_person PersonId, kind Int, outcome Int, minutes Int, was_emotional Bool, was_informational Bool, was_instrumental Bool, was_affiliational Bool, venue Int, travel_minutes Int, line Sealed(contact.line, id, receiver), logged_at Time)
-- What is said of a walk is sealed under the key of the one who receives.
INSERT INTO contact (match, at, id, by_person, kind, outcome, minutes, was_emotional, was_informational,
                     was_instrumental, was_affiliational, venue, travel_minutes, line, logged_at)
VALUES (:match, :at, :id, :by_person, :kind, :outcome, :minutes, :was_emotional, :was_informational,
        :was_instrumental, :was_affiliational, :venue, :travel_minutes, :line, :logged_at);

-- contact_rows(match MatchId, reader PersonId, contacts Int, now Time, before Time, most Int) -> many { id ContactId, by_person PersonId, by_called Str, kind Int, outcome Int, minutes Int, was_emotional Bool, was_informational Bool, was_instrumental Bool, was_affiliational Bool, venue Int, travel_minutes Int, line Part2 Sealed(contact.line, id), is_part2 Bool, at Time, logged_at Time }
-- For the two and for those who coordinate, each only while the receiving side shares contacts with them.
SELECT c.id, c.by_person, p.called AS by_called, c.kind, c.outcome, c.minutes, c.was_emotional, c.was_informational,
       c.was_instrumental, c.was_affiliational, c.venue, c.travel_minutes, c.line,
       CASE WHEN EXISTS (SELECT 1 FROM part2_contact k WHERE k.contact = c.id) THEN 1 ELSE 0 END AS is_part2,
       c.at, c.logged_at
FROM contact c JOIN person p ON p.id = c.by_person JOIN match m ON m.id = c.match
WHERE c.match = :match AND c.at < :before AND (m.receiver = :reader OR EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.until_at > :now AND (s.items & :contacts) <> 0
    AND s.with_person = CASE WHEN m.giver = :reader AND m.state <> 4 THEN m.giver ELSE 0 END))
ORDER BY c.at DESC, c.id DESC LIMIT :most;

-- contact_row(id ContactId, reader PersonId, contacts Int, now Time) -> one { match MatchId, receiver PersonId, by_person PersonId, by_called Str, kind Int, outcome Int, minutes Int, was_emotional Bool, was_informational Bool, was_instrumental Bool, was_affiliational Bool, venue Int, travel_minutes Int, line Part2 Sealed(contact.line, id), is_part2 Bool, at Time, logged_at Time }
SELECT c.match, m.receiver, c.by_person, p.called AS by_called, c.kind, c.outcome, c.minutes, c.was_emotional,
       c.was_informational, c.was_instrumental, c.was_affiliational, c.venue, c.travel_minutes, c.line,
       CASE WHEN EXISTS (SELECT 1 FROM part2_contact k WHERE k.contact = c.id) THEN 1 ELSE 0 END AS is_part2,
       c.at, c.logged_at
FROM contact c JOIN person p ON p.id = c.by_person JOIN match m ON m.id = c.match
WHERE c.id = :id AND (m.receiver = :reader OR EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.until_at > :now AND (s.items & :contacts) <> 0
    AND s.with_person = CASE WHEN m.giver = :reader AND m.state <> 4 THEN m.giver ELSE 0 END));

-- contact_receiver(match MatchId) -> one { receiver PersonId }
SELECT receiver FROM match WHERE id = :match;

-- contact_answer_insert(contact ContactId, receiver PersonId, at Time, id ContactAnswerId, by_person PersonId, words Sealed(contact_answer.words, id, receiver), is_kept Bool)
INSERT INTO contact_answer (contact, at, id, by_person, words, is_kept)
VALUES (:contact, :at, :id, :by_person, :words, :is_kept);

-- contact_answer_rows(match MatchId, since Time, before Time, reader PersonId) -> many { id ContactAnswerId, contact ContactId, by_person PersonId, by_called Str, words Part2 Sealed(contact_answer.words, id), is_part2 Bool, is_kept Bool, at Time }
-- Beside all contacts of a stretch of time at once; those of one contact stand together. Kept ones only for the two:
-- access opens the page to the giver while they walk and the other shares with them.
SELECT a.id, a.contact, a.by_person, p.called AS by_called, a.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_contact_answer k WHERE k.answer = a.id) THEN 1 ELSE 0 END AS is_part2,
       a.is_kept, a.at
FROM contact c JOIN contact_answer a ON a.contact = c.id JOIN person p ON p.id = a.by_person
JOIN match m ON m.id = c.match
WHERE c.match = :match AND (a.is_kept = 0 OR m.receiver = :reader OR (m.giver = :reader AND m.state <> 4))
  AND c.at >= :since AND c.at < :before
ORDER BY c.at DESC, c.id DESC, a.at, a.id LIMIT 400;

-- contact_answer_set_kept(id ContactAnswerId, contact ContactId, by_person PersonId, is_kept Bool) -> count
UPDATE contact_answer SET is_kept = :is_kept WHERE contact = :contact AND id = :id AND by_person = :by_person;

-- contact_mark(contact ContactId) -> count
-- Its line may tell of substance use.
INSERT INTO part2_contact (contact) VALUES (:contact) ON CONFLICT DO NOTHING;

-- contact_answer_mark(answer ContactAnswerId) -> count
INSERT INTO part2_contact_answer (answer) VALUES (:answer) ON CONFLICT DO NOTHING;

-- contact_time_row(giver PersonId, since Time) -> one { minutes Int, travel_minutes Int }
SELECT CAST(COALESCE(SUM(c.minutes), 0) AS BIGINT) AS minutes,
       CAST(COALESCE(SUM(c.travel_minutes), 0) AS BIGINT) AS travel_minutes
FROM match m JOIN contact c ON c.match = m.id AND c.at >= :since AND c.by_person = :giver WHERE m.giver = :giver;
