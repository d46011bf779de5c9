-- SPDX-License-Identifier: Apache-2.0
-- Check-ins: when each side of a match is asked, and what was said.

-- checkin_insert(id CheckinId, match MatchId, program ProgramId, side Int, occasion Int, due_at Time)
INSERT INTO checkin (id, match, program, side, occasion, due_at, state)
VALUES (:id, :match, :program, :side, :occasion, :due_at, 1);

-- checkin_drop_due(match MatchId) -> count
UPDATE checkin SET state = 3 WHERE match = :match AND state = 1;

-- checkin_drop_before(match MatchId, side Int, occasion Int) -> count
-- Those of the same side whose moment has passed because a later one was done.
UPDATE checkin SET state = 3 WHERE match = :match AND side = :side AND state = 1 AND occasion < :occasion;

-- checkin_row(id CheckinId) -> one { match MatchId, program ProgramId, side Int, occasion Int, due_at Time, state Int, done_at Time?, done_by_called Str?, words Part2 Sealed(checkin.words, id), is_part2 Bool, request RequestId, receiver PersonId, receiver_called Str, giver PersonId, giver_called Str }
SELECT c.match, c.program, c.side, c.occasion, c.due_at, c.state, c.done_at, d.called AS done_by_called, c.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_checkin k WHERE k.checkin = c.id) THEN 1 ELSE 0 END AS is_part2, m.request,
       m.receiver, r.called AS receiver_called, m.giver, g.called AS giver_called
FROM checkin c JOIN match m ON m.id = c.match
JOIN person r ON r.id = m.receiver JOIN person g ON g.id = m.giver
LEFT JOIN person d ON d.id = c.done_by
WHERE c.id = :id;

-- checkin_rows_done(match MatchId, side Int) -> many { id CheckinId, occasion Int, done_at Time?, done_by_called Str?, words Part2 Sealed(checkin.words, id), is_part2 Bool }
SELECT c.id, c.occasion, c.done_at, d.called AS done_by_called, c.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_checkin k WHERE k.checkin = c.id) THEN 1 ELSE 0 END AS is_part2
FROM checkin c LEFT JOIN person d ON d.id = c.done_by
WHERE c.match = :match AND c.side = :side AND c.state = 2
ORDER BY COALESCE(c.done_at, 0) DESC, c.id LIMIT 20;

-- checkin_set_done(id CheckinId, person PersonId, words Sealed(checkin.words, id, person), now Time, by PersonId) -> count
UPDATE checkin SET state = 2, words = :words, done_at = :now, done_by = :by WHERE id = :id AND state = 1;

-- checkin_match_lasts(match MatchId) -> one { lasts Bool }
SELECT CASE WHEN state <> 4 THEN 1 ELSE 0 END AS lasts FROM match WHERE id = :match;

-- checkin_rows_due(match MatchId, side Int) -> many { id CheckinId }
-- What is still to be asked of one side, the first on top.
SELECT id FROM checkin WHERE match = :match AND side = :side AND state = 1 ORDER BY due_at, id LIMIT 20;

-- checkin_mark(checkin CheckinId) -> count
-- What was said may tell of substance use.
INSERT INTO part2_checkin (checkin) VALUES (:checkin) ON CONFLICT DO NOTHING;
