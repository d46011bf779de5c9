-- SPDX-License-Identifier: Apache-2.0
-- Own words that go along to who walks with somebody next.

-- carry_may(match MatchId, person PersonId) -> one { id MatchId }
SELECT id FROM match WHERE id = :match AND receiver = :person AND state <> 4;

-- carry_own(match MatchId, person PersonId) -> one { id CarryId, person PersonId, words Part2 Sealed(carry.words, id), is_part2 Bool, written_at Time, passed_at Time? }
SELECT id, person, words, is_part2, written_at, passed_at FROM carry WHERE match = :match AND person = :person;

-- carry_open(match MatchId, reader PersonId, now Time) -> one { id CarryId, person PersonId, words Part2 Sealed(carry.words, id), is_part2 Bool, written_at Time, passed_at Time?, is_new Bool }
-- For the giver alone, while the two walk and the other shares with them.
SELECT c.id, c.person, c.words, c.is_part2, c.written_at, c.passed_at,
       CASE WHEN EXISTS (SELECT 1 FROM carry_unread u WHERE u.match = c.match) THEN 1 ELSE 0 END AS is_new
FROM carry c JOIN match m ON m.id = c.match AND m.receiver = c.person
WHERE c.match = :match AND c.passed_at IS NOT NULL AND m.giver = :reader AND m.state <> 4 AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now);

-- carry_picked(carry CarryId, most Int) -> many { id MessageId, person PersonId, words Part2 Sealed(message.words, id), is_part2 Bool, at Time }
-- Of what the reader was let read: what its person wrote, and nobody else.
SELECT w.id, w.person, w.words, CASE WHEN EXISTS (SELECT 1 FROM part2_message k WHERE k.message = w.id) THEN 1 ELSE 0 END AS is_part2,
       w.captured_at AS at
FROM carry_message p JOIN carry c ON c.id = p.carry
JOIN message w ON w.id = p.message AND w.person = c.person AND w.by_person = c.person
WHERE p.carry = :carry ORDER BY w.captured_at, w.id LIMIT :most;

-- carry_offers(person PersonId, most Int) -> many { id MessageId, person PersonId, words Part2 Sealed(message.words, id), is_part2 Bool, at Time, former_called Str }
-- What the person wrote where they received, in walks that have ended.
SELECT w.id, w.person, w.words, CASE WHEN EXISTS (SELECT 1 FROM part2_message k WHERE k.message = w.id) THEN 1 ELSE 0 END AS is_part2,
       w.captured_at AS at, g.called AS former_called
FROM message w JOIN match m ON m.id = w.match JOIN person g ON g.id = m.giver
WHERE w.person = :person AND w.by_person = :person AND m.receiver = :person AND m.state = 4
ORDER BY w.captured_at DESC, w.id LIMIT :most;

-- carry_put(id CarryId, match MatchId, person PersonId, words Sealed(carry.words, id, person), is_part2 Bool, now Time)
INSERT INTO carry (id, match, person, words, is_part2, written_at, passed_at)
VALUES (:id, :match, :person, :words, :is_part2, :now, NULL);

-- carry_add_message(carry CarryId, message MessageId, person PersonId)
-- One that is not offered is left out.
INSERT INTO carry_message (carry, message)
SELECT c.id, w.id FROM carry c JOIN message w ON w.person = c.person AND w.by_person = c.person
JOIN match m ON m.id = w.match
WHERE c.id = :carry AND c.person = :person AND w.id = :message AND m.receiver = :person AND m.state = 4
ON CONFLICT DO NOTHING;

-- carry_set_passed(match MatchId, person PersonId, passed_at Time?) -> count
UPDATE carry SET passed_at = :passed_at WHERE match = :match AND person = :person;

-- carry_unread_add(match MatchId, reader PersonId) -> count
INSERT INTO carry_unread (match, reader) VALUES (:match, :reader) ON CONFLICT DO NOTHING;

-- carry_unread_drop(match MatchId) -> count
DELETE FROM carry_unread WHERE match = :match;

-- carry_unread_seen(match MatchId, reader PersonId) -> count
DELETE FROM carry_unread WHERE match = :match AND reader = :reader;

-- carry_unread_of(reader PersonId, now Time) -> many { match MatchId, called Str }
-- While the two walk and the other shares with them.
SELECT m.id AS match, p.called FROM carry_unread u JOIN match m ON m.id = u.match AND m.giver = u.reader
JOIN carry c ON c.match = m.id AND c.person = m.receiver JOIN person p ON p.id = m.receiver
WHERE u.reader = :reader AND c.passed_at IS NOT NULL AND m.state <> 4 AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now)
ORDER BY c.passed_at, m.id LIMIT 10;

-- carry_unread_forget(person PersonId)
DELETE FROM carry_unread WHERE reader = :person OR match IN (SELECT c.match FROM carry c WHERE c.person = :person);

-- carry_unpick(match MatchId, person PersonId)
DELETE FROM carry_message WHERE carry IN (SELECT c.id FROM carry c WHERE c.match = :match AND c.person = :person);

-- carry_delete(match MatchId, person PersonId)
DELETE FROM carry WHERE match = :match AND person = :person;

-- carry_unpick_of(person PersonId)
DELETE FROM carry_message WHERE carry IN (SELECT c.id FROM carry c WHERE c.person = :person);

-- carry_delete_of(person PersonId)
DELETE FROM carry WHERE person = :person;
