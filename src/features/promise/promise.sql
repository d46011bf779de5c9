-- SPDX-License-Identifier: Apache-2.0
-- What people who walk together promised each other.

-- promise_insert(id PromiseId, match MatchId, person PersonId, by_person PersonId, words Sealed(promise.words, id, person), due_at Time, state Int, now Time)
INSERT INTO promise (id, match, person, by_person, words, due_at, state, made_at)
VALUES (:id, :match, :person, :by_person, :words, :due_at, :state, :now);

-- promise_mark_part2(promise PromiseId)
INSERT INTO part2_promise (promise) VALUES (:promise) ON CONFLICT DO NOTHING;

-- promise_set_state(id PromiseId, match MatchId, by_person PersonId, from_state Int, state Int, now Time) -> count
UPDATE promise SET state = :state, ended_at = :now
WHERE id = :id AND match = :match AND by_person = :by_person AND state = :from_state;

-- promise_of_match(match MatchId, reader PersonId, contacts Int, open Int, now Time, most Int) -> many { id PromiseId, by_person PersonId, by_called Str, words Part2 Sealed(promise.words, id), is_part2 Bool, due_at Time }
-- For the two alone, and for the giver only while they walk and the other shares contacts with them.
SELECT p.id, p.by_person, b.called AS by_called, p.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_promise k WHERE k.promise = p.id) THEN 1 ELSE 0 END AS is_part2, p.due_at
FROM promise p JOIN match m ON m.id = p.match JOIN person b ON b.id = p.by_person
WHERE p.match = :match AND p.state = :open AND (m.receiver = :reader OR (m.giver = :reader AND m.state <> 4 AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now
    AND (s.items & :contacts) <> 0)))
ORDER BY p.due_at, p.id LIMIT :most;

-- promise_of_person(person PersonId, contacts Int, open Int, now Time, most Int) -> many { id PromiseId, match MatchId, to_called Str, receiver PersonId, words Part2 Sealed(promise.words, id), is_part2 Bool, due_at Time }
-- What this person promised and may read, in every walk that lasts.
SELECT p.id, p.match, o.called AS to_called, m.receiver, p.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_promise k WHERE k.promise = p.id) THEN 1 ELSE 0 END AS is_part2, p.due_at
FROM promise p JOIN match m ON m.id = p.match
JOIN person o ON o.id = CASE WHEN m.receiver = :person THEN m.giver ELSE m.receiver END
WHERE p.by_person = :person AND p.state = :open AND m.state <> 4 AND (m.receiver = :person OR EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now
    AND (s.items & :contacts) <> 0))
ORDER BY p.due_at, p.id LIMIT :most;

-- promise_reminder_insert(promise PromiseId, remind_at Time)
INSERT INTO promise_reminder (promise, remind_at) VALUES (:promise, :remind_at);

-- promise_reminder_drop(promise PromiseId) -> count
DELETE FROM promise_reminder WHERE promise = :promise;

-- promise_due(now Time, open Int, contacts Int, none Int, most Int) -> many { promise PromiseId, by_person PersonId, due_at Time, is_held Bool }
-- Not held: it has ended, the walk rests or is over, nothing is shared with who promised, or they want no reminders.
SELECT r.promise, p.by_person, p.due_at,
       CASE WHEN p.state = :open AND m.state IN (1, 2)
            AND NOT EXISTS (SELECT 1 FROM diary_lead l WHERE l.person = p.by_person AND l.lead = :none)
            AND (m.receiver = p.by_person OR EXISTS (
                SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now
                AND (s.items & :contacts) <> 0))
       THEN 1 ELSE 0 END AS is_held
FROM promise_reminder r JOIN promise p ON p.id = r.promise JOIN match m ON m.id = p.match
WHERE r.remind_at <= :now ORDER BY r.remind_at, r.promise LIMIT :most;
