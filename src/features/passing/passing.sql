-- SPDX-License-Identifier: Apache-2.0
-- What had to be passed on.

-- passing_insert(id PassingId, match MatchId, person PersonId, by_person PersonId, what Sealed(passing.what, id, person), whom Sealed(passing.whom, id, person), told Int, why Sealed(passing.why, id, person), now Time)
INSERT INTO passing (id, match, person, by_person, what, whom, told, why, at)
VALUES (:id, :match, :person, :by_person, :what, :whom, :told, :why, :now);

-- passing_mark_part2(passing PassingId)
INSERT INTO part2_passing (passing) VALUES (:passing) ON CONFLICT DO NOTHING;

-- passing_of_match(match MatchId) -> many { id PassingId, by_called Str, what Part2 Sealed(passing.what, id), whom Part2 Sealed(passing.whom, id), told Int, why Part2 Sealed(passing.why, id), is_part2 Bool, at Time }
SELECT p.id, b.called AS by_called, p.what, p.whom, p.told, p.why,
       CASE WHEN EXISTS (SELECT 1 FROM part2_passing k WHERE k.passing = p.id) THEN 1 ELSE 0 END AS is_part2, p.at
FROM passing p JOIN person b ON b.id = p.by_person WHERE p.match = :match ORDER BY p.at DESC, p.id LIMIT 20;

-- passing_own(person PersonId, told Int, since Time) -> many { match MatchId, by_called Str, at Time }
-- What was passed on about this person since then, the newest first.
SELECT p.match, b.called AS by_called, p.at
FROM match m JOIN passing p ON p.match = m.id JOIN person b ON b.id = p.by_person
WHERE m.receiver = :person AND p.told = :told AND p.at > :since ORDER BY p.at DESC, p.id LIMIT 5;

-- passing_board(program ProgramId, reader PersonId, since Time, now Time) -> many { match MatchId, by_called Str, called Str, at Time }
-- What was passed on since then and nobody of the program followed: neither side was asked how it goes since, and nobody
-- took it up when one of the two asked for somebody. None about the reader, and none of a walk that they may not open.
SELECT p.match, b.called AS by_called, r.called, p.at
FROM passing p JOIN match m ON m.id = p.match JOIN person b ON b.id = p.by_person JOIN person r ON r.id = m.receiver
WHERE p.at > :since AND m.program = :program AND m.receiver <> :reader
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = 0 AND s.until_at > :now)
AND NOT EXISTS (SELECT 1 FROM checkin c WHERE c.match = p.match AND c.state = 2 AND c.done_at > p.at)
AND NOT EXISTS (SELECT 1 FROM help h WHERE h.match = p.match AND h.taken_at > p.at)
ORDER BY p.at, p.id LIMIT 25;
