-- SPDX-License-Identifier: Apache-2.0
-- The diary of two people who walk together.

-- meeting_walk_row(match MatchId) -> one { receiver PersonId, receiver_called Str, giver PersonId, giver_called Str, request RequestId, state Int, zone Str }
SELECT m.receiver, r.called AS receiver_called, m.giver, g.called AS giver_called, m.request, m.state, p.zone
FROM match m JOIN person r ON r.id = m.receiver JOIN person g ON g.id = m.giver JOIN program p ON p.id = m.program
WHERE m.id = :match;

-- meeting_insert(id MeetingId, match MatchId, person PersonId, how Int, minutes Int, place Sealed(meeting.place, id, person), state Int, now Time)
INSERT INTO meeting (id, match, person, how, minutes, place, state, starts_at, sequence, made_at, state_at)
VALUES (:id, :match, :person, :how, :minutes, :place, :state, NULL, 0, :now, :now);

-- meeting_mark_part2(meeting MeetingId)
INSERT INTO part2_meeting (meeting) VALUES (:meeting) ON CONFLICT DO NOTHING;

-- meeting_open_count(match MatchId, proposed Int, set Int, now Time) -> one { meetings Int }
-- Those to come.
SELECT CAST(COUNT(*) AS BIGINT) AS meetings FROM meeting t WHERE t.match = :match
AND ((t.state = :set AND t.starts_at > :now)
     OR (t.state = :proposed AND EXISTS (SELECT 1 FROM meeting_time o WHERE o.meeting = t.id AND o.starts_at > :now)));

-- meeting_times_clear(meeting MeetingId) -> count
DELETE FROM meeting_time WHERE meeting = :meeting;

-- meeting_time_insert(meeting MeetingId, starts_at Time, by_person PersonId) -> count
INSERT INTO meeting_time (meeting, starts_at, by_person) VALUES (:meeting, :starts_at, :by_person)
ON CONFLICT DO NOTHING;

-- meeting_times_of(meeting MeetingId, now Time) -> many { starts_at Time, by_person PersonId }
SELECT starts_at, by_person FROM meeting_time WHERE meeting = :meeting AND starts_at > :now
ORDER BY starts_at LIMIT 10;

-- meeting_is_busy(person PersonId, from_quarter Int, to_quarter Int, meeting MeetingId) -> one { busy Int }
-- Of other meetings than this one.
SELECT CAST(COUNT(*) AS BIGINT) AS busy FROM meeting_busy
WHERE person = :person AND quarter >= :from_quarter AND quarter < :to_quarter AND meeting <> :meeting;

-- meeting_busy_insert(person PersonId, quarter Int, meeting MeetingId) -> count
-- None: somebody else wrote it in this moment.
INSERT INTO meeting_busy (person, quarter, meeting) VALUES (:person, :quarter, :meeting) ON CONFLICT DO NOTHING;

-- meeting_busy_clear(meeting MeetingId) -> count
DELETE FROM meeting_busy WHERE meeting = :meeting;

-- meeting_set_start(id MeetingId, starts_at Time, sequence Int, state Int, now Time) -> count
UPDATE meeting SET starts_at = :starts_at, sequence = :sequence, state = :state, state_at = :now WHERE id = :id;

-- meeting_set_over(id MeetingId, over Int, now Time) -> count
UPDATE meeting SET state = :over, state_at = :now, sequence = sequence + 1 WHERE id = :id AND state <> :over;

-- meeting_to_drop(match MatchId, proposed Int, set Int, now Time) -> many { id MeetingId, state Int, sequence Int, receiver PersonId, giver PersonId }
-- What is not over of a match that rests or ends; what was before now stays as it was.
SELECT t.id, t.state, t.sequence, m.receiver, m.giver FROM meeting t JOIN match m ON m.id = t.match
WHERE t.match = :match AND (t.state = :proposed OR (t.state = :set AND t.starts_at > :now)) ORDER BY t.id LIMIT 1000;

-- meeting_by_id(id MeetingId, match MatchId, reader PersonId, over Int, now Time) -> one { person PersonId, how Int, minutes Int, place Part2 Sealed(meeting.place, id), is_part2 Bool, state Int, starts_at Time?, sequence Int }
-- None for whom nothing is shared now.
SELECT t.person, t.how, t.minutes, t.place,
       CASE WHEN EXISTS (SELECT 1 FROM part2_meeting k WHERE k.meeting = t.id) THEN 1 ELSE 0 END AS is_part2,
       t.state, t.starts_at, t.sequence
FROM meeting t JOIN match m ON m.id = t.match
WHERE t.id = :id AND t.match = :match AND t.state <> :over AND m.state IN (1, 2)
AND (m.receiver = :reader OR (m.giver = :reader AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now)));

-- meeting_of_match(match MatchId, reader PersonId, proposed Int, set Int, now Time, since Time, most Int) -> many { id MeetingId, person PersonId, how Int, minutes Int, place Part2 Sealed(meeting.place, id), is_part2 Bool, state Int, starts_at Time?, sequence Int }
-- What is to come, and what began a little while ago. Those with a time first, the soonest on top.
SELECT t.id, t.person, t.how, t.minutes, t.place,
       CASE WHEN EXISTS (SELECT 1 FROM part2_meeting k WHERE k.meeting = t.id) THEN 1 ELSE 0 END AS is_part2,
       t.state, t.starts_at, t.sequence
FROM meeting t JOIN match m ON m.id = t.match
WHERE t.match = :match AND m.state IN (1, 2)
AND ((t.state = :set AND t.starts_at > :since)
     OR (t.state = :proposed AND EXISTS (SELECT 1 FROM meeting_time o WHERE o.meeting = t.id AND o.starts_at > :now)))
AND (m.receiver = :reader OR (m.giver = :reader AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now)))
ORDER BY t.state DESC, t.starts_at, t.made_at, t.id LIMIT :most;

-- meeting_next_of(person PersonId, quarter Int, now Time) -> many { id MeetingId, match MatchId, called Str, how Int, starts_at Time, zone Str }
-- The next in the person's diary, with the other's name.
SELECT t.id, t.match, o.called, t.how, t.starts_at, p.zone
FROM meeting_busy b JOIN meeting t ON t.id = b.meeting JOIN match m ON m.id = t.match JOIN program p ON p.id = m.program
JOIN person o ON o.id = CASE WHEN m.receiver = :person THEN m.giver ELSE m.receiver END
WHERE b.person = :person AND b.quarter >= :quarter AND m.state IN (1, 2) AND t.starts_at IS NOT NULL
AND (m.receiver = :person OR EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now))
ORDER BY b.quarter LIMIT 1;

-- meeting_waiting_of(person PersonId, over Int, now Time) -> many { match MatchId, meeting MeetingId, called Str, zone Str, first_at Time, times Int }
-- Meetings for which the other proposed times and this person has not answered, the first offered time on top.
SELECT m.id AS match, t.id AS meeting, o.called, p.zone, MIN(x.starts_at) AS first_at, CAST(COUNT(*) AS BIGINT) AS times
FROM match m JOIN person o ON o.id = m.giver JOIN program p ON p.id = m.program
JOIN meeting t ON t.match = m.id AND t.state <> :over AND (t.starts_at IS NULL OR t.starts_at > :now)
JOIN meeting_time x ON x.meeting = t.id AND x.by_person = m.giver AND x.starts_at > :now
WHERE m.receiver = :person AND m.state BETWEEN 1 AND 2
GROUP BY m.id, t.id, o.called, p.zone
UNION ALL
SELECT m.id AS match, t.id AS meeting, o.called, p.zone, MIN(x.starts_at) AS first_at, CAST(COUNT(*) AS BIGINT) AS times
FROM match m JOIN person o ON o.id = m.receiver JOIN program p ON p.id = m.program
JOIN meeting t ON t.match = m.id AND t.state <> :over AND (t.starts_at IS NULL OR t.starts_at > :now)
JOIN meeting_time x ON x.meeting = t.id AND x.by_person = m.receiver AND x.starts_at > :now
WHERE m.giver = :person AND m.state BETWEEN 1 AND 2 AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now)
GROUP BY m.id, t.id, o.called, p.zone
ORDER BY first_at, meeting LIMIT 50;
