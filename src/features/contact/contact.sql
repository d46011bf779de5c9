-- SPDX-License-Identifier: Apache-2.0
-- Contacts of a match, and what was set beside them.

-- contact_insert(match MatchId, receiver PersonId, at Time, id ContactId, by_person PersonId, kind Int, outcome Int, minutes Int, was_emotional Bool, was_informational Bool, was_instrumental Bool, was_affiliational Bool, venue Int, travel_minutes Int, line Sealed(contact.line, id, receiver), logged_at Time, capture Bytes?, together ContactId?, flow_giver Int) -> count
-- What is said of a walk is sealed under the key of the one who receives. None when this capture was logged before, by
-- another request at the same moment.
INSERT INTO contact (match, at, id, by_person, kind, outcome, minutes, was_emotional, was_informational,
                     was_instrumental, was_affiliational, venue, travel_minutes, line, logged_at, capture, together, flow_giver)
VALUES (:match, :at, :id, :by_person, :kind, :outcome, :minutes, :was_emotional, :was_informational,
        :was_instrumental, :was_affiliational, :venue, :travel_minutes, :line, :logged_at, :capture, :together, :flow_giver)
ON CONFLICT (by_person, capture) DO NOTHING;

-- contact_captured(by_person PersonId, capture Bytes) -> one { id ContactId }
SELECT id FROM contact WHERE by_person = :by_person AND capture = :capture;

-- contact_rows(match MatchId, reader PersonId, contacts Int, now Time, before Time, id Int, most Int) -> many { id ContactId, by_person PersonId, by_called Str, kind Int, outcome Int, minutes Int, was_emotional Bool, was_informational Bool, was_instrumental Bool, was_affiliational Bool, venue Int, travel_minutes Int, has_others Bool, flow_mine Int, flow_theirs Int, line Part2 Sealed(contact.line, id), is_part2 Bool, at Time, logged_at Time }
-- For the two and for those who coordinate, each only while the receiving side shares contacts with them.
SELECT c.id, c.by_person, p.called AS by_called, c.kind, c.outcome, c.minutes, c.was_emotional, c.was_informational,
       c.was_instrumental, c.was_affiliational, c.venue, c.travel_minutes,
       CASE WHEN c.together IS NULL THEN 0 ELSE 1 END AS has_others,
       CASE WHEN m.receiver = :reader THEN c.flow_receiver WHEN m.giver = :reader THEN c.flow_giver ELSE 0 END AS flow_mine,
       CASE WHEN m.receiver = :reader THEN c.flow_giver WHEN m.giver = :reader THEN c.flow_receiver ELSE 0 END AS flow_theirs,
       c.line,
       CASE WHEN EXISTS (SELECT 1 FROM part2_contact k WHERE k.contact = c.id) THEN 1 ELSE 0 END AS is_part2,
       c.at, c.logged_at
FROM contact c JOIN person p ON p.id = c.by_person JOIN match m ON m.id = c.match
WHERE c.match = :match AND (c.at, c.id) < (:before, :id) AND (m.receiver = :reader OR EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.until_at > :now AND (s.items & :contacts) <> 0
    AND s.with_person = CASE WHEN m.giver = :reader AND m.state <> 4 THEN m.giver ELSE 0 END))
ORDER BY c.at DESC, c.id DESC LIMIT :most;

-- contact_activity_insert(contact ContactId, item ListItemId)
INSERT INTO contact_activity (contact, item) VALUES (:contact, :item) ON CONFLICT DO NOTHING;

-- contact_activity_rows(match MatchId, since Time, first Int, until Time, last Int, lang Int) -> many { contact ContactId, label Part2 Str, is_part2 Bool }
-- What was done in the contacts of a stretch of time, both ends in it; those of one contact stand together. Whoever asks
-- was given these contacts.
SELECT a.contact,
       COALESCE((SELECT t.words FROM list_item_text t WHERE t.item = i.id AND t.lang = :lang AND t.words <> ''),
                (SELECT t.words FROM list_item_text t WHERE t.item = i.id AND t.words <> '' ORDER BY t.lang LIMIT 1), '') AS label,
       CASE WHEN EXISTS (SELECT 1 FROM part2_item k WHERE k.item = i.id) THEN 1 ELSE 0 END AS is_part2
FROM contact c JOIN contact_activity a ON a.contact = c.id JOIN list_item i ON i.id = a.item
WHERE c.match = :match AND (c.at, c.id) >= (:since, :first) AND (c.at, c.id) <= (:until, :last)
ORDER BY c.at DESC, c.id DESC, i.position, i.id LIMIT 400;

-- contact_activity_forget(person PersonId) -> count
DELETE FROM contact_activity WHERE contact IN (
    SELECT c.id FROM match m JOIN contact c ON c.match = m.id WHERE m.receiver = :person);

-- contact_place(id ContactId, match MatchId) -> one { at Time }
SELECT at FROM contact WHERE id = :id AND match = :match;

-- contact_row(id ContactId, reader PersonId, contacts Int, now Time) -> one { match MatchId, receiver PersonId, by_person PersonId, by_called Str, kind Int, outcome Int, minutes Int, was_emotional Bool, was_informational Bool, was_instrumental Bool, was_affiliational Bool, venue Int, travel_minutes Int, has_others Bool, line Part2 Sealed(contact.line, id), is_part2 Bool, at Time, logged_at Time }
SELECT c.match, m.receiver, c.by_person, p.called AS by_called, c.kind, c.outcome, c.minutes, c.was_emotional,
       c.was_informational, c.was_instrumental, c.was_affiliational, c.venue, c.travel_minutes,
       CASE WHEN c.together IS NULL THEN 0 ELSE 1 END AS has_others,
       c.line,
       CASE WHEN EXISTS (SELECT 1 FROM part2_contact k WHERE k.contact = c.id) THEN 1 ELSE 0 END AS is_part2,
       c.at, c.logged_at
FROM contact c JOIN person p ON p.id = c.by_person JOIN match m ON m.id = c.match
WHERE c.id = :id AND (m.receiver = :reader OR EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.until_at > :now AND (s.items & :contacts) <> 0
    AND s.with_person = CASE WHEN m.giver = :reader AND m.state <> 4 THEN m.giver ELSE 0 END));

-- contact_walk(match MatchId) -> one { receiver PersonId, program ProgramId }
SELECT receiver, program FROM match WHERE id = :match;

-- contact_other_rows(giver PersonId, match MatchId, needed Int, now Time, most Int) -> many { id MatchId, called Str }
-- The giver's walks but this one, in which a contact could be logged now.
SELECT m.id, p.called FROM match m JOIN person p ON p.id = m.receiver
WHERE m.giver = :giver AND m.state IN (1, 2, 3) AND m.id <> :match
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = :giver AND s.until_at > :now
            AND (s.items & :needed) = :needed)
ORDER BY p.called, m.id LIMIT :most;

-- contact_answer_insert(contact ContactId, receiver PersonId, at Time, id ContactAnswerId, by_person PersonId, words Sealed(contact_answer.words, id, receiver), is_kept Bool)
INSERT INTO contact_answer (contact, at, id, by_person, words, is_kept)
VALUES (:contact, :at, :id, :by_person, :words, :is_kept);

-- contact_answer_rows(match MatchId, since Time, first Int, before Time, id Int, reader PersonId) -> many { id ContactAnswerId, contact ContactId, by_person PersonId, by_called Str, words Part2 Sealed(contact_answer.words, id), is_part2 Bool, is_kept Bool, at Time }
-- Beside all contacts of a stretch of time at once; those of one contact stand together. Kept ones only for the two:
-- access opens the page to the giver while they walk and the other shares with them.
SELECT a.id, a.contact, a.by_person, p.called AS by_called, a.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_contact_answer k WHERE k.answer = a.id) THEN 1 ELSE 0 END AS is_part2,
       a.is_kept, a.at
FROM contact c JOIN contact_answer a ON a.contact = c.id JOIN person p ON p.id = a.by_person
JOIN match m ON m.id = c.match
WHERE c.match = :match AND (a.is_kept = 0 OR m.receiver = :reader OR (m.giver = :reader AND m.state <> 4))
  AND (c.at, c.id) >= (:since, :first) AND (c.at, c.id) < (:before, :id)
ORDER BY c.at DESC, c.id DESC, a.at, a.id LIMIT 400;

-- contact_answer_set_kept(id ContactAnswerId, contact ContactId, by_person PersonId, is_kept Bool) -> count
UPDATE contact_answer SET is_kept = :is_kept WHERE contact = :contact AND id = :id AND by_person = :by_person;

-- contact_mark(contact ContactId) -> count
-- Its line may tell of substance use.
INSERT INTO part2_contact (contact) VALUES (:contact) ON CONFLICT DO NOTHING;

-- contact_answer_mark(answer ContactAnswerId) -> count
INSERT INTO part2_contact_answer (answer) VALUES (:answer) ON CONFLICT DO NOTHING;

-- contact_time_row(giver PersonId, since Time, until Time) -> one { talks Int, minutes Int, travel_minutes Int }
-- What was written in several walks at once was one talk: its first one counts.
SELECT CAST(COALESCE(SUM(CASE WHEN c.outcome = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS talks,
       CAST(COALESCE(SUM(c.minutes), 0) AS BIGINT) AS minutes,
       CAST(COALESCE(SUM(c.travel_minutes), 0) AS BIGINT) AS travel_minutes
FROM contact c WHERE c.by_person = :giver AND c.at >= :since AND c.at < :until
AND (c.together IS NULL OR c.together = c.id);

-- What flowed each way, for the two of a walk.

-- contact_flow_wish_row(match MatchId, person PersonId) -> one { mine Int, both Int }
SELECT CAST(COALESCE(SUM(CASE WHEN w.person = :person THEN 1 ELSE 0 END), 0) AS BIGINT) AS mine,
       CAST(COUNT(*) AS BIGINT) AS both
FROM contact_flow_wish w WHERE w.match = :match;

-- contact_flow_wish_put(match MatchId, person PersonId)
INSERT INTO contact_flow_wish (match, person) VALUES (:match, :person) ON CONFLICT DO NOTHING;

-- contact_flow_wish_delete(match MatchId, person PersonId)
DELETE FROM contact_flow_wish WHERE match = :match AND person = :person;

-- contact_flow_unsay(match MatchId, person PersonId)
UPDATE contact SET
    flow_receiver = CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.id = :match AND m.receiver = :person) THEN 0
                         ELSE flow_receiver END,
    flow_giver = CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.id = :match AND m.giver = :person) THEN 0
                      ELSE flow_giver END
WHERE match = :match AND (flow_receiver <> 0 OR flow_giver <> 0);

-- contact_flow_set(match MatchId, at Time, id ContactId, person PersonId, flow Int)
UPDATE contact SET
    flow_receiver = CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.id = :match AND m.receiver = :person) THEN :flow
                         ELSE flow_receiver END,
    flow_giver = CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.id = :match AND m.giver = :person) THEN :flow
                      ELSE flow_giver END
WHERE match = :match AND at = :at AND id = :id;

-- contact_flow_forget_received(person PersonId)
UPDATE contact SET flow_receiver = 0
WHERE match IN (SELECT m.id FROM match m WHERE m.receiver = :person) AND flow_receiver <> 0;

-- contact_flow_forget_gave(person PersonId)
UPDATE contact SET flow_giver = 0
WHERE match IN (SELECT m.id FROM match m WHERE m.giver = :person) AND flow_giver <> 0;

-- contact_flow_forget_wishes(person PersonId)
DELETE FROM contact_flow_wish
WHERE match IN (SELECT m.id FROM match m WHERE m.receiver = :person OR m.giver = :person) AND person = :person;
