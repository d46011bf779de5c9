-- SPDX-License-Identifier: Apache-2.0
-- What waits for a coordinator, each list a range of one index: its cost is the rows it shows, however large the
-- program is. Only what a family shares with those who coordinate is there. `after_at` and `after_id` lead from page to page; the first page starts at 0.

-- board_requests(program ProgramId, state Int, reach Int, now Time, after_at Time, after_id Int, most Int) -> many { id RequestId, called Str, asked_at Time, state_at Time, due_at Time, kind Int, is_urgent Bool, taken_by PersonId?, taken_by_called Str?, hours Str?, hours_zone Str? }
-- Requests in one state, the most overdue first.
SELECT r.id, p.called, r.created_at AS asked_at, r.state_at, r.due_at, r.kind, r.is_urgent,
       r.taken_by, t.called AS taken_by_called, h.hours, h.zone AS hours_zone
FROM request r JOIN person p ON p.id = r.person LEFT JOIN person t ON t.id = r.taken_by
LEFT JOIN safety_now h ON h.person = r.person
     AND EXISTS (SELECT 1 FROM sharing e WHERE e.request = r.id AND e.with_person = 0 AND e.until_at > :now AND (e.items & :reach) <> 0)
WHERE r.program = :program AND r.state = :state AND (r.due_at, r.id) > (:after_at, :after_id)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now)
ORDER BY r.due_at, r.id LIMIT :most;

-- board_urgent(program ProgramId, reach Int, now Time, after_at Time, after_id Int, most Int) -> many { id RequestId, called Str, asked_at Time, state_at Time, due_at Time, kind Int, taken_by PersonId?, taken_by_called Str?, hours Str?, hours_zone Str? }
-- Urgent requests on their way to somebody, in whatever state, the most overdue first.
SELECT r.id, p.called, r.created_at AS asked_at, r.state_at, r.due_at, r.kind, r.taken_by, t.called AS taken_by_called,
       h.hours, h.zone AS hours_zone
FROM request r JOIN person p ON p.id = r.person LEFT JOIN person t ON t.id = r.taken_by
LEFT JOIN safety_now h ON h.person = r.person
     AND EXISTS (SELECT 1 FROM sharing e WHERE e.request = r.id AND e.with_person = 0 AND e.until_at > :now AND (e.items & :reach) <> 0)
WHERE r.program = :program AND r.is_urgent = 1 AND r.state < 5 AND (r.due_at, r.id) > (:after_at, :after_id)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now)
ORDER BY r.due_at, r.id LIMIT :most;

-- board_matches(program ProgramId, state Int, reach Int, now Time, before Time, after_at Time, after_id Int, most Int) -> many { id MatchId, receiver_called Str, giver_called Str, state_at Time, due_at Time, hours Str?, hours_zone Str? }
-- Matches in one state that should have had a contact before `before`, the most overdue first.
SELECT m.id, r.called AS receiver_called, g.called AS giver_called, m.state_at, m.due_at, h.hours, h.zone AS hours_zone
FROM match m JOIN person r ON r.id = m.receiver JOIN person g ON g.id = m.giver
LEFT JOIN safety_now h ON h.person = m.receiver
     AND EXISTS (SELECT 1 FROM sharing e WHERE e.request = m.request AND e.with_person = 0 AND e.until_at > :now AND (e.items & :reach) <> 0)
WHERE m.program = :program AND m.state = :state AND m.due_at < :before AND (m.due_at, m.id) > (:after_at, :after_id)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = 0 AND s.until_at > :now)
ORDER BY m.due_at, m.id LIMIT :most;

-- board_checkins(program ProgramId, reach Int, now Time, before Time, after_at Time, after_id Int, most Int) -> many { id CheckinId, called Str, side Int, occasion Int, due_at Time, hours Str?, hours_zone Str? }
SELECT c.id, p.called, c.side, c.occasion, c.due_at, h.hours, h.zone AS hours_zone
FROM checkin c JOIN match m ON m.id = c.match JOIN person p ON p.id = CASE c.side WHEN 1 THEN m.receiver ELSE m.giver END
LEFT JOIN safety_now h ON h.person = p.id
     AND (c.side = 2 OR EXISTS (SELECT 1 FROM sharing e WHERE e.request = m.request AND e.with_person = 0 AND e.until_at > :now AND (e.items & :reach) <> 0))
WHERE c.program = :program AND c.state = 1 AND c.due_at < :before AND (c.due_at, c.id) > (:after_at, :after_id)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = 0 AND s.until_at > :now)
ORDER BY c.due_at, c.id LIMIT :most;

-- board_offers(program ProgramId, standing Int, after_id Int, most Int) -> many { id OfferId, called Str, load Int, capacity Int, paused_until Time?, is_cleared Bool }
-- Supporters in one standing, in the order of their ids, which tells nothing about them.
SELECT o.id, p.called, o.load, o.capacity, o.paused_until, o.is_cleared
FROM offer o JOIN person p ON p.id = o.person
WHERE o.program = :program AND o.standing = :standing AND o.id > :after_id
ORDER BY o.id LIMIT :most;

-- board_counts(program ProgramId, now Time, most Int) -> one { urgent Int, fresh Int, taken Int, listed Int, invited Int, silent Int, quiet Int, checkins Int, free Int, full Int, paused Int, kept Int }
-- How many there are of each, counted no further than `most`. `kept`: families on their way to somebody, or walking, who
-- share nothing with those who coordinate now.
SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM request r WHERE r.program = :program AND r.is_urgent = 1 AND r.state < 5
            AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now) LIMIT :most) AS u) AS urgent,
       (SELECT COUNT(*) FROM (SELECT 1 FROM request r WHERE r.program = :program AND r.state = 1
            AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now) LIMIT :most) AS a) AS fresh,
       (SELECT COUNT(*) FROM (SELECT 1 FROM request r WHERE r.program = :program AND r.state = 2
            AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now) LIMIT :most) AS b) AS taken,
       (SELECT COUNT(*) FROM (SELECT 1 FROM request r WHERE r.program = :program AND r.state = 3
            AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now) LIMIT :most) AS c) AS listed,
       (SELECT COUNT(*) FROM (SELECT 1 FROM request r WHERE r.program = :program AND r.state = 4
            AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now) LIMIT :most) AS d) AS invited,
       (SELECT COUNT(*) FROM (SELECT 1 FROM match m WHERE m.program = :program AND m.state = 1
            AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = 0 AND s.until_at > :now) LIMIT :most) AS e) AS silent,
       (SELECT COUNT(*) FROM (SELECT 1 FROM match m WHERE m.program = :program AND m.state = 2 AND m.due_at < :now
            AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = 0 AND s.until_at > :now) LIMIT :most) AS f) AS quiet,
       (SELECT COUNT(*) FROM (SELECT 1 FROM checkin c JOIN match m ON m.id = c.match
            WHERE c.program = :program AND c.state = 1 AND c.due_at < :now
            AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = 0 AND s.until_at > :now) LIMIT :most) AS g) AS checkins,
       (SELECT COUNT(*) FROM (SELECT 1 FROM offer WHERE program = :program AND standing = 1 LIMIT :most) AS h) AS free,
       (SELECT COUNT(*) FROM (SELECT 1 FROM offer WHERE program = :program AND standing = 2 LIMIT :most) AS i) AS full,
       (SELECT COUNT(*) FROM (SELECT 1 FROM offer WHERE program = :program AND standing = 3 LIMIT :most) AS j) AS paused,
       (SELECT COUNT(*) FROM (SELECT 1 FROM request r WHERE r.program = :program AND r.state < 7
            AND NOT EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now) LIMIT :most) AS k) AS kept;
