-- SPDX-License-Identifier: Apache-2.0
-- Words in a small circle: who is in it, and what they wrote.

-- gathering_row(person PersonId) -> one { closed_at Time? }
SELECT closed_at FROM gathering WHERE person = :person;

-- gathering_open(person PersonId, now Time)
INSERT INTO gathering (person, opened_at, closed_at) VALUES (:person, :now, NULL)
ON CONFLICT (person) DO UPDATE SET closed_at = NULL;

-- gathering_close(person PersonId, now Time) -> count
UPDATE gathering SET closed_at = :now WHERE person = :person AND closed_at IS NULL;

-- gathering_walks(person PersonId, contacts Int, now Time, most Int) -> many { match MatchId, giver PersonId, called Str, joined_at Time? }
-- Who walks with this person and is given contacts, and since when they are in it.
SELECT m.id AS match, m.giver, g.called, x.joined_at
FROM match m JOIN person g ON g.id = m.giver LEFT JOIN gathering_member x ON x.match = m.id
WHERE m.receiver = :person AND m.state IN (1, 2, 3) AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now
    AND (s.items & :contacts) <> 0)
ORDER BY g.called, m.id LIMIT :most;

-- gathering_join(match MatchId, now Time) -> count
INSERT INTO gathering_member (match, joined_at) VALUES (:match, :now) ON CONFLICT DO NOTHING;

-- gathering_leave(match MatchId) -> count
DELETE FROM gathering_member WHERE match = :match;

-- gathering_insert(id GatheringMessageId, person PersonId, by_person PersonId, words Sealed(gathering_message.words, id, person), now Time)
INSERT INTO gathering_message (id, person, by_person, words, at) VALUES (:id, :person, :by_person, :words, :now);

-- gathering_mark(message GatheringMessageId)
INSERT INTO part2_gathering (message) VALUES (:message) ON CONFLICT DO NOTHING;

-- gathering_place(id GatheringMessageId, person PersonId) -> one { at Time }
SELECT at FROM gathering_message WHERE id = :id AND person = :person;

-- gathering_rows(person PersonId, since Time, before Time, id Int, most Int) -> many { id GatheringMessageId, by_person PersonId, by_called Str, words Part2 Sealed(gathering_message.words, id), is_part2 Bool, at Time }
SELECT w.id, w.by_person, b.called AS by_called, w.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_gathering k WHERE k.message = w.id) THEN 1 ELSE 0 END AS is_part2, w.at
FROM gathering_message w JOIN person b ON b.id = w.by_person
WHERE w.person = :person AND w.at >= :since AND (w.at, w.id) < (:before, :id)
ORDER BY w.at DESC, w.id DESC LIMIT :most;

-- gathering_rows_own(person PersonId) -> many { id GatheringMessageId, by_person PersonId, by_called Str, words Part2 Sealed(gathering_message.words, id), is_part2 Bool, at Time }
SELECT w.id, w.by_person, b.called AS by_called, w.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_gathering k WHERE k.message = w.id) THEN 1 ELSE 0 END AS is_part2, w.at
FROM gathering_message w JOIN person b ON b.id = w.by_person WHERE w.person = :person ORDER BY w.at, w.id LIMIT 2000;

-- gathering_count_new(person PersonId, reader PersonId, since Time) -> one { unread Int }
SELECT CAST(COUNT(*) AS BIGINT) AS unread FROM gathering_message w
WHERE w.person = :person AND w.by_person <> :reader AND w.at >= :since AND w.at > COALESCE(
    (SELECT r.seen_at FROM gathering_reader r WHERE r.person = :person AND r.reader = :reader), 0);

-- gathering_reader_add(person PersonId, reader PersonId, tell_at Time)
-- The first that they have not read sets the moment, unless they were told already.
INSERT INTO gathering_reader (person, reader, seen_at, tell_at, told_at) VALUES (:person, :reader, 0, :tell_at, NULL)
ON CONFLICT (person, reader) DO UPDATE SET tell_at = CASE
    WHEN gathering_reader.told_at IS NOT NULL THEN NULL
    WHEN gathering_reader.tell_at < excluded.tell_at THEN gathering_reader.tell_at ELSE excluded.tell_at END;

-- gathering_reader_seen(person PersonId, reader PersonId, now Time)
INSERT INTO gathering_reader (person, reader, seen_at, tell_at, told_at) VALUES (:person, :reader, :now, NULL, NULL)
ON CONFLICT (person, reader) DO UPDATE SET seen_at = excluded.seen_at, tell_at = NULL, told_at = NULL;

-- gathering_reader_due(now Time, contacts Int, most Int) -> many { person PersonId, reader PersonId, may_read Bool }
-- `may_read`: they are in it now.
SELECT r.person, r.reader, CASE WHEN EXISTS (
    SELECT 1 FROM gathering g WHERE g.person = r.person AND g.closed_at IS NULL AND (r.reader = r.person OR EXISTS (
        SELECT 1 FROM match m JOIN gathering_member x ON x.match = m.id
        JOIN sharing s ON s.request = m.request AND s.with_person = m.giver AND s.until_at > :now
        WHERE m.receiver = r.person AND m.giver = r.reader AND m.state IN (1, 2, 3) AND (s.items & :contacts) <> 0)))
    THEN 1 ELSE 0 END AS may_read
FROM gathering_reader r WHERE r.tell_at <= :now ORDER BY r.tell_at, r.person, r.reader LIMIT :most;

-- gathering_news_rows(reader PersonId, contacts Int, now Time) -> many { match MatchId, called Str }
-- Open gatherings of which this person is, with words of others that they have not marked as read.
SELECT MIN(m.id) AS match, p.called FROM gathering_reader r
JOIN gathering g ON g.person = r.person AND g.closed_at IS NULL
JOIN person p ON p.id = r.person
JOIN match m ON m.receiver = r.person AND m.state IN (1, 2, 3) AND (r.person = :reader OR (m.giver = :reader AND EXISTS (
    SELECT 1 FROM gathering_member x JOIN sharing s ON s.request = m.request AND s.with_person = m.giver
    WHERE x.match = m.id AND s.until_at > :now AND (s.items & :contacts) <> 0)))
WHERE r.reader = :reader AND EXISTS (
    SELECT 1 FROM gathering_message w WHERE w.person = r.person AND w.at > r.seen_at AND w.by_person <> :reader)
GROUP BY p.id, p.called ORDER BY match LIMIT 10;

-- gathering_reader_told(person PersonId, reader PersonId, told_at Time?)
UPDATE gathering_reader SET tell_at = NULL, told_at = :told_at WHERE person = :person AND reader = :reader;

-- gathering_forget_readers(person PersonId)
DELETE FROM gathering_reader WHERE person = :person OR reader = :person;

-- gathering_forget_members(person PersonId)
DELETE FROM gathering_member
WHERE match IN (SELECT m.id FROM match m WHERE m.receiver = :person OR m.giver = :person);

-- gathering_forget_own(person PersonId)
DELETE FROM gathering WHERE person = :person;
