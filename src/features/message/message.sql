-- SPDX-License-Identifier: Apache-2.0
-- Words between two people who walk together.

-- message_insert(id MessageId, match MatchId, person PersonId, by_person PersonId, words Sealed(message.words, id, person), capture Bytes?, captured_at Time, arrived_at Time, reaches_at Time) -> count
-- None when this capture was sent before, by another request at the same moment.
INSERT INTO message (id, match, person, by_person, words, capture, captured_at, arrived_at, reaches_at)
VALUES (:id, :match, :person, :by_person, :words, :capture, :captured_at, :arrived_at, :reaches_at)
ON CONFLICT (by_person, capture) DO NOTHING;

-- message_mark_part2(message MessageId)
INSERT INTO part2_message (message) VALUES (:message) ON CONFLICT DO NOTHING;

-- message_captured(by_person PersonId, capture Bytes) -> one { id MessageId, match MatchId, reaches_at Time }
SELECT id, match, reaches_at FROM message WHERE by_person = :by_person AND capture = :capture;

-- message_place(id MessageId, match MatchId) -> one { reaches_at Time, captured_at Time }
SELECT reaches_at, captured_at FROM message WHERE id = :id AND match = :match;

-- message_rows(match MatchId, reader PersonId, contacts Int, now Time, reaches_at Time, captured_at Time, id Int, most Int) -> many { id MessageId, by_person PersonId, by_called Str, words Part2 Sealed(message.words, id), is_part2 Bool, captured_at Time, reaches_at Time, is_new Bool }
-- Those before that place, the newest first: for the two alone, and for the giver only while they walk and the other
-- shares contacts with them.
SELECT w.id, w.by_person, b.called AS by_called, w.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_message k WHERE k.message = w.id) THEN 1 ELSE 0 END AS is_part2,
       w.captured_at, w.reaches_at,
       CASE WHEN w.by_person <> :reader AND w.reaches_at > COALESCE(
           (SELECT r.seen_at FROM message_reader r WHERE r.person = :reader AND r.match = w.match), 0)
           THEN 1 ELSE 0 END AS is_new
FROM message w JOIN match m ON m.id = w.match JOIN person b ON b.id = w.by_person
WHERE w.match = :match AND (w.reaches_at, w.captured_at, w.id) < (:reaches_at, :captured_at, :id)
AND (w.by_person = :reader OR w.reaches_at <= :now)
AND (m.receiver = :reader OR (m.giver = :reader AND m.state <> 4 AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now
    AND (s.items & :contacts) <> 0)))
ORDER BY w.reaches_at DESC, w.captured_at DESC, w.id DESC LIMIT :most;

-- message_news_rows(reader PersonId, contacts Int, now Time, only MatchId?, most Int) -> many { match MatchId, unread Int }
-- Conversations with words that the reader may read and has not; in one match alone when `only` says which.
SELECT n.match, CAST(n.unread AS BIGINT) AS unread FROM (
    SELECT r.match, (SELECT COUNT(*) FROM message w WHERE w.match = r.match AND w.by_person <> r.person
                     AND w.reaches_at > r.seen_at AND w.reaches_at <= :now) AS unread
    FROM message_reader r JOIN match m ON m.id = r.match
    WHERE r.person = :reader AND r.match = COALESCE(:only, r.match)
    AND (m.receiver = :reader OR (m.giver = :reader AND m.state <> 4 AND EXISTS (
        SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now
        AND (s.items & :contacts) <> 0)))) AS n
WHERE n.unread > 0 ORDER BY n.match LIMIT :most;

-- message_reader_add(person PersonId, match MatchId, tell_at Time)
-- Something new for them: the first that they have not read sets the moment of the mail, unless one went already.
INSERT INTO message_reader (person, match, seen_at, tell_at, told_at) VALUES (:person, :match, 0, :tell_at, NULL)
ON CONFLICT (person, match) DO UPDATE SET tell_at = CASE
    WHEN message_reader.told_at IS NOT NULL THEN NULL
    WHEN message_reader.tell_at < excluded.tell_at THEN message_reader.tell_at ELSE excluded.tell_at END;

-- message_reader_seen(person PersonId, match MatchId, until Time, after_us Int) -> count
-- Also plans the mail for what reaches them later.
UPDATE message_reader SET
    seen_at = CASE WHEN seen_at > :until THEN seen_at ELSE :until END, told_at = NULL,
    tell_at = (SELECT MIN(w.reaches_at) + :after_us FROM message w WHERE w.match = :match AND w.by_person <> :person
               AND w.reaches_at > :until)
WHERE person = :person AND match = :match;

-- message_reader_due(now Time, contacts Int, most Int) -> many { person PersonId, match MatchId, is_unread Bool }
-- Whose mail is due; `is_unread`: there still is something that they have not read and may read now.
SELECT r.person, r.match, CASE WHEN EXISTS (
    SELECT 1 FROM message w JOIN match m ON m.id = w.match
    WHERE w.match = r.match AND w.by_person <> r.person AND w.reaches_at > r.seen_at AND w.reaches_at <= :now
    AND (m.receiver = r.person OR (m.state <> 4 AND EXISTS (
        SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now
        AND (s.items & :contacts) <> 0)))) THEN 1 ELSE 0 END AS is_unread
FROM message_reader r WHERE r.tell_at <= :now ORDER BY r.tell_at, r.person, r.match LIMIT :most;

-- message_reader_told(person PersonId, match MatchId, told_at Time?)
UPDATE message_reader SET tell_at = NULL, told_at = :told_at WHERE person = :person AND match = :match;

-- message_waits(id MessageId, by_person PersonId, now Time) -> one { match MatchId }
SELECT match FROM message WHERE id = :id AND by_person = :by_person AND reaches_at > :now;

-- message_unmark(message MessageId)
DELETE FROM part2_message WHERE message = :message;

-- message_gone_add(id MessageId) -> count
-- Before it is deleted.
INSERT INTO message_gone (by_person, capture)
SELECT by_person, capture FROM message WHERE id = :id AND capture IS NOT NULL;

-- message_gone_forget(person PersonId) -> count
DELETE FROM message_gone WHERE by_person = :person;

-- message_delete(id MessageId)
DELETE FROM message WHERE id = :id;

-- message_reader_again(match MatchId, after_us Int) -> count
-- Something that waited is gone: a mail that was planned is planned anew, or not at all.
UPDATE message_reader SET tell_at = (
    SELECT MIN(w.reaches_at) + :after_us FROM message w
    WHERE w.match = message_reader.match AND w.by_person <> message_reader.person AND w.reaches_at > message_reader.seen_at)
WHERE match = :match AND tell_at IS NOT NULL;

-- message_hours_of(person PersonId) -> one { hours Str, zone Str }
SELECT hours, zone FROM message_hours WHERE person = :person;

-- message_hours_put(person PersonId, hours Str, zone Str)
INSERT INTO message_hours (person, hours, zone) VALUES (:person, :hours, :zone)
ON CONFLICT (person) DO UPDATE SET hours = excluded.hours, zone = excluded.zone;

-- message_hours_delete(person PersonId)
DELETE FROM message_hours WHERE person = :person;

-- message_home(person PersonId) -> many { zone Str }
-- Where the person offers.
SELECT p.zone FROM offer o JOIN program p ON p.id = o.program WHERE o.person = :person
ORDER BY o.created_at, o.id LIMIT 1;
