-- SPDX-License-Identifier: Apache-2.0
-- What people want, and the steps on the way.

-- goal_last(person PersonId) -> one { place Int }
SELECT CAST(COALESCE(MAX(place), 0) AS BIGINT) AS place FROM goal WHERE person = :person;

-- goal_insert(id GoalId, person PersonId, words Sealed(goal.words, id, person), kind Int, place Int, state Int, now Time)
INSERT INTO goal (id, person, words, kind, place, state, made_at, state_at)
VALUES (:id, :person, :words, :kind, :place, :state, :now, :now);

-- goal_mark_part2(goal GoalId)
INSERT INTO part2_goal (goal) VALUES (:goal) ON CONFLICT DO NOTHING;

-- goal_set_place(id GoalId, person PersonId, place Int)
UPDATE goal SET place = :place WHERE id = :id AND person = :person;

-- goal_set_state(id GoalId, person PersonId, state Int, now Time) -> count
UPDATE goal SET state = :state, state_at = :now WHERE id = :id AND person = :person AND state <> :state;

-- goal_places(person PersonId, open Int, paused Int, most Int) -> many { id GoalId, place Int }
SELECT id, place FROM goal WHERE person = :person AND state IN (:open, :paused) ORDER BY place, id LIMIT :most;

-- goal_of_person(person PersonId, open Int, paused Int, most Int) -> many { id GoalId, person PersonId, words Part2 Sealed(goal.words, id), is_part2 Bool, kind Int, state Int, made_at Time, state_at Time }
SELECT g.id, g.person, g.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goal k WHERE k.goal = g.id) THEN 1 ELSE 0 END AS is_part2,
       g.kind, g.state, g.made_at, g.state_at
FROM goal g WHERE g.person = :person AND g.state IN (:open, :paused) ORDER BY g.place, g.id LIMIT :most;

-- goal_over_of_person(person PersonId, reached Int, let_go Int, most Int) -> many { id GoalId, person PersonId, words Part2 Sealed(goal.words, id), is_part2 Bool, kind Int, state Int, made_at Time, state_at Time }
SELECT g.id, g.person, g.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goal k WHERE k.goal = g.id) THEN 1 ELSE 0 END AS is_part2,
       g.kind, g.state, g.made_at, g.state_at
FROM goal g WHERE g.person = :person AND g.state IN (:reached, :let_go) ORDER BY g.state_at DESC, g.id LIMIT :most;

-- goal_by_id(id GoalId, person PersonId) -> one { id GoalId, person PersonId, words Part2 Sealed(goal.words, id), is_part2 Bool, kind Int, state Int, made_at Time, state_at Time }
SELECT g.id, g.person, g.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goal k WHERE k.goal = g.id) THEN 1 ELSE 0 END AS is_part2,
       g.kind, g.state, g.made_at, g.state_at
FROM goal g WHERE g.id = :id AND g.person = :person;

-- goal_opened(match MatchId, reader PersonId, open Int, paused Int, now Time, most Int) -> many { id GoalId, person PersonId, words Part2 Sealed(goal.words, id), is_part2 Bool, kind Int, state Int, made_at Time, state_at Time }
-- For the giver alone, while the two walk and the other shares with them.
SELECT g.id, g.person, g.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goal k WHERE k.goal = g.id) THEN 1 ELSE 0 END AS is_part2,
       g.kind, g.state, g.made_at, g.state_at
FROM goal_reader r JOIN match m ON m.id = r.match JOIN goal g ON g.id = r.goal AND g.person = m.receiver
WHERE r.match = :match AND m.giver = :reader AND m.state <> 4 AND g.state IN (:open, :paused) AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now)
ORDER BY g.place, g.id LIMIT :most;

-- goal_step_count(goal GoalId, person PersonId) -> one { steps Int }
-- None of a goal that is not this person's.
SELECT (SELECT COUNT(*) FROM goal_step s WHERE s.goal = g.id) AS steps
FROM goal g WHERE g.id = :goal AND g.person = :person;

-- goal_step_insert(id GoalStepId, goal GoalId, person PersonId, words Sealed(goal_step.words, id, person), who Int, due_at Time?, now Time)
INSERT INTO goal_step (id, goal, person, words, who, due_at, done_at, made_at)
VALUES (:id, :goal, :person, :words, :who, :due_at, NULL, :now);

-- goal_step_mark_part2(goal_step GoalStepId)
INSERT INTO part2_goal_step (goal_step) VALUES (:goal_step) ON CONFLICT DO NOTHING;

-- goal_step_set_done(id GoalStepId, goal GoalId, person PersonId, done_at Time?) -> count
UPDATE goal_step SET done_at = :done_at WHERE id = :id AND goal = :goal AND person = :person;

-- goal_step_is_of(id GoalStepId, goal GoalId, person PersonId) -> one { id GoalStepId }
SELECT id FROM goal_step WHERE id = :id AND goal = :goal AND person = :person;

-- goal_step_unmark(goal_step GoalStepId)
DELETE FROM part2_goal_step WHERE goal_step = :goal_step;

-- goal_step_delete(id GoalStepId)
DELETE FROM goal_step WHERE id = :id;

-- goal_step_of(goal GoalId, most Int) -> many { id GoalStepId, words Part2 Sealed(goal_step.words, id), is_part2 Bool, who Int, due_at Time?, done_at Time? }
-- Of a goal that the reader was let read.
SELECT s.id, s.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goal_step k WHERE k.goal_step = s.id) THEN 1 ELSE 0 END AS is_part2,
       s.who, s.due_at, s.done_at
FROM goal_step s WHERE s.goal = :goal ORDER BY s.made_at, s.id LIMIT :most;

-- goal_reader_of(goal GoalId, person PersonId, now Time, most Int) -> many { match MatchId, called Str, reads Bool }
-- Who walks with the person, and with whom the person shares.
SELECT m.id AS match, p.called,
       CASE WHEN EXISTS (SELECT 1 FROM goal_reader r WHERE r.match = m.id AND r.goal = :goal) THEN 1 ELSE 0 END AS reads
FROM match m JOIN person p ON p.id = m.giver
WHERE m.receiver = :person AND m.state <> 4 AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now)
ORDER BY m.began_at, m.id LIMIT :most;

-- goal_reader_insert(goal GoalId, match MatchId, person PersonId, now Time) -> count
-- Both are the person's own, the two walk, and the person shares with the other.
INSERT INTO goal_reader (match, goal, since)
SELECT m.id, g.id, :now FROM match m JOIN goal g ON g.person = m.receiver
WHERE m.id = :match AND g.id = :goal AND m.receiver = :person AND m.state <> 4 AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now)
ON CONFLICT DO NOTHING;

-- goal_reader_delete(goal GoalId, match MatchId, person PersonId) -> count
DELETE FROM goal_reader WHERE match = :match AND goal = :goal
AND EXISTS (SELECT 1 FROM goal g WHERE g.id = :goal AND g.person = :person);
