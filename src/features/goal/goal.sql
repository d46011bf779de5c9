-- SPDX-License-Identifier: Apache-2.0
-- What people want, and the steps on the way.

-- goal_last(person PersonId) -> one { place Int }
SELECT CAST(COALESCE(MAX(place), 0) AS BIGINT) AS place FROM goal WHERE person = :person;

-- goal_insert(id GoalId, person PersonId, words Sealed(goal.words, id, person), kind Int, place Int, state Int, now Time)
INSERT INTO goal (id, person, words, kind, place, state, made_at, state_at)
VALUES (:id, :person, :words, :kind, :place, :state, :now, :now);

-- goal_mark_part2(goal GoalId)
INSERT INTO part2_goal (goal) VALUES (:goal) ON CONFLICT DO NOTHING;

-- goal_unmark_part2(goal GoalId)
DELETE FROM part2_goal WHERE goal = :goal;

-- goal_update(id GoalId, person PersonId, words Sealed(goal.words, id, person), kind Int) -> count
UPDATE goal SET words = :words, kind = :kind WHERE id = :id AND person = :person;

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

-- goal_reached_in(match MatchId, person PersonId, reached Int, most Int) -> many { id GoalId, person PersonId, words Part2 Sealed(goal.words, id), is_part2 Bool, kind Int, made_at Time, state_at Time }
-- Of a match that has ended, for the receiver alone.
SELECT g.id, g.person, g.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goal k WHERE k.goal = g.id) THEN 1 ELSE 0 END AS is_part2,
       g.kind, g.made_at, g.state_at
FROM reader r JOIN match m ON m.id = r.match JOIN goal g ON g.id = r.thing AND g.person = m.receiver
WHERE r.match = :match AND r.kind = 1 AND m.receiver = :person AND g.state = :reached AND g.state_at <= m.ended_at
ORDER BY g.state_at, g.id LIMIT :most;

-- goal_opened(match MatchId, person PersonId, open Int, paused Int, most Int) -> many { id GoalId, person PersonId, words Part2 Sealed(goal.words, id), is_part2 Bool, kind Int, state Int, made_at Time, state_at Time }
-- For who may read in this match (ReaderLet).
SELECT g.id, g.person, g.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goal k WHERE k.goal = g.id) THEN 1 ELSE 0 END AS is_part2,
       g.kind, g.state, g.made_at, g.state_at
FROM reader r JOIN goal g ON g.id = r.thing AND g.person = :person
WHERE r.match = :match AND r.kind = 1 AND g.state IN (:open, :paused) ORDER BY g.place, g.id LIMIT :most;

-- goal_step_count(goal GoalId, person PersonId) -> one { steps Int }
-- None of a goal that is not this person's.
SELECT (SELECT COUNT(*) FROM goal_step s WHERE s.goal = g.id) AS steps
FROM goal g WHERE g.id = :goal AND g.person = :person;

-- goal_step_insert(id GoalStepId, goal GoalId, person PersonId, words Sealed(goal_step.words, id, person), who Int, due_at Time?, now Time)
INSERT INTO goal_step (id, goal, person, words, who, due_at, done_at, made_at)
VALUES (:id, :goal, :person, :words, :who, :due_at, NULL, :now);

-- goal_step_mark_part2(goal_step GoalStepId)
INSERT INTO part2_goal_step (goal_step) VALUES (:goal_step) ON CONFLICT DO NOTHING;

-- goal_step_update(id GoalStepId, goal GoalId, person PersonId, words Sealed(goal_step.words, id, person), who Int) -> count
UPDATE goal_step SET words = :words, who = :who WHERE id = :id AND goal = :goal AND person = :person;

-- goal_step_set_day(id GoalStepId, due_at Time?)
UPDATE goal_step SET due_at = :due_at WHERE id = :id;

-- goal_step_set_done(id GoalStepId, goal GoalId, person PersonId, done_at Time?) -> count
UPDATE goal_step SET done_at = :done_at WHERE id = :id AND goal = :goal AND person = :person;

-- goal_step_is_of(id GoalStepId, goal GoalId, person PersonId) -> one { id GoalStepId }
SELECT id FROM goal_step WHERE id = :id AND goal = :goal AND person = :person;

-- goal_step_unmark(goal_step GoalStepId)
DELETE FROM part2_goal_step WHERE goal_step = :goal_step;

-- goal_step_delete(id GoalStepId)
DELETE FROM goal_step WHERE id = :id;

-- goal_step_of(goal GoalId, most Int) -> many { id GoalStepId, words Part2 Sealed(goal_step.words, id), is_part2 Bool, who Int, due_at Time?, done_at Time?, proposed_by Str? }
-- Of a goal that the reader was let read.
SELECT s.id, s.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goal_step k WHERE k.goal_step = s.id) THEN 1 ELSE 0 END AS is_part2,
       s.who, s.due_at, s.done_at, b.called AS proposed_by
FROM goal_step s LEFT JOIN goal_proposal p ON p.step = s.id LEFT JOIN person b ON b.id = p.by_person
WHERE s.goal = :goal ORDER BY s.made_at, s.id, p.id LIMIT :most;

-- goal_proposal_may(match MatchId, goal GoalId, person PersonId, open Int, paused Int) -> one { proposals Int }
-- How many steps were proposed on it in this walk, if it is open to who may read in this match (ReaderLet).
SELECT (SELECT COUNT(*) FROM goal_proposal p WHERE p.goal = g.id AND p.match = r.match) AS proposals
FROM reader r JOIN goal g ON g.id = r.thing AND g.person = :person
WHERE r.match = :match AND r.kind = 1 AND r.thing = :goal AND g.state IN (:open, :paused);

-- goal_proposal_insert(id GoalProposalId, goal GoalId, match MatchId, person PersonId, by_person PersonId, words Sealed(goal_proposal.words, id, person), who Int, state Int, now Time)
INSERT INTO goal_proposal (id, goal, match, person, by_person, words, who, state, step, made_at, state_at)
VALUES (:id, :goal, :match, :person, :by_person, :words, :who, :state, NULL, :now, :now);

-- goal_proposal_mark_part2(goal_proposal GoalProposalId)
INSERT INTO part2_goal_proposal (goal_proposal) VALUES (:goal_proposal) ON CONFLICT DO NOTHING;

-- goal_proposal_waiting(goal GoalId, person PersonId, waits Int, most Int) -> many { id GoalProposalId, person PersonId, words Part2 Sealed(goal_proposal.words, id), is_part2 Bool, who Int, made_at Time, called Str }
-- For whose goal it is.
SELECT p.id, p.person, p.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goal_proposal k WHERE k.goal_proposal = p.id) THEN 1 ELSE 0 END AS is_part2,
       p.who, p.made_at, b.called
FROM goal_proposal p JOIN person b ON b.id = p.by_person
WHERE p.goal = :goal AND p.person = :person AND p.state = :waits ORDER BY p.made_at, p.id LIMIT :most;

-- goal_proposal_made(goal GoalId, by_person PersonId, most Int) -> many { id GoalProposalId, person PersonId, words Part2 Sealed(goal_proposal.words, id), is_part2 Bool, who Int, state Int, made_at Time, called Str }
-- For who proposed it, of a goal that they were let read.
SELECT p.id, p.person, p.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goal_proposal k WHERE k.goal_proposal = p.id) THEN 1 ELSE 0 END AS is_part2,
       p.who, p.state, p.made_at, b.called
FROM goal_proposal p JOIN person b ON b.id = p.by_person
WHERE p.goal = :goal AND p.by_person = :by_person ORDER BY p.made_at, p.id LIMIT :most;

-- goal_proposals_waiting(person PersonId, waits Int) -> one { proposals Int }
SELECT COUNT(*) AS proposals FROM goal_proposal WHERE person = :person AND state = :waits;

-- goal_asked_on(person PersonId, waits Int, open Int, paused Int, most Int) -> many { id GoalId, words Part2 Sealed(goal.words, id), is_part2 Bool, by_called Str, proposals Int }
-- For whose goals they are.
SELECT g.id, g.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goal k WHERE k.goal = g.id) THEN 1 ELSE 0 END AS is_part2,
       b.called AS by_called, x.proposals
FROM (SELECT p.goal, p.by_person, COUNT(*) AS proposals, MIN(p.made_at) AS since
      FROM goal_proposal p WHERE p.person = :person AND p.state = :waits GROUP BY p.goal, p.by_person) AS x
JOIN goal g ON g.id = x.goal JOIN person b ON b.id = x.by_person
WHERE g.state IN (:open, :paused) ORDER BY x.since, x.goal, x.by_person LIMIT :most;

-- goal_proposal_is_of(id GoalProposalId, goal GoalId, match MatchId, by_person PersonId, taken Int) -> one { person PersonId }
-- Of who proposed it, while it was not taken.
SELECT person FROM goal_proposal
WHERE id = :id AND goal = :goal AND match = :match AND by_person = :by_person AND state <> :taken;

-- goal_proposal_unmark(goal_proposal GoalProposalId)
DELETE FROM part2_goal_proposal WHERE goal_proposal = :goal_proposal;

-- goal_proposal_delete(id GoalProposalId, taken Int) -> count
DELETE FROM goal_proposal WHERE id = :id AND state <> :taken;

-- goal_proposal_all(goal GoalId, person PersonId, most Int) -> many { id GoalProposalId, person PersonId, words Part2 Sealed(goal_proposal.words, id), is_part2 Bool, who Int, state Int, made_at Time, called Str }
-- For whose goal it is, whatever became of it.
SELECT p.id, p.person, p.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goal_proposal k WHERE k.goal_proposal = p.id) THEN 1 ELSE 0 END AS is_part2,
       p.who, p.state, p.made_at, b.called
FROM goal_proposal p JOIN person b ON b.id = p.by_person
WHERE p.goal = :goal AND p.person = :person ORDER BY p.made_at, p.id LIMIT :most;

-- goal_proposal_set_state(id GoalProposalId, goal GoalId, person PersonId, waits Int, state Int, now Time) -> count
UPDATE goal_proposal SET state = :state, state_at = :now
WHERE id = :id AND goal = :goal AND person = :person AND state = :waits;

-- goal_proposal_set_step(id GoalProposalId, step GoalStepId)
UPDATE goal_proposal SET step = :step WHERE id = :id;

-- goal_proposal_lose_step(step GoalStepId)
UPDATE goal_proposal SET step = NULL WHERE step = :step;

-- goal_proposal_forget_part2(person PersonId)
DELETE FROM part2_goal_proposal WHERE goal_proposal IN
(SELECT p.id FROM goal_proposal p WHERE p.person = :person OR p.by_person = :person);

-- goal_proposal_forget(person PersonId)
DELETE FROM goal_proposal WHERE person = :person OR by_person = :person;

-- goal_practice_count(step GoalStepId, goal GoalId, person PersonId) -> one { practices Int }
-- None of a step that is not this person's.
SELECT (SELECT COUNT(*) FROM goal_practice p WHERE p.step = s.id) AS practices
FROM goal_step s WHERE s.id = :step AND s.goal = :goal AND s.person = :person;

-- goal_practice_insert(id GoalPracticeId, step GoalStepId, person PersonId, words Sealed(goal_practice.words, id, person), helped Sealed(goal_practice.helped, id, person), day Time, now Time)
INSERT INTO goal_practice (id, step, person, words, helped, day, made_at)
VALUES (:id, :step, :person, :words, :helped, :day, :now);

-- goal_practice_update(id GoalPracticeId, goal GoalId, person PersonId, words Sealed(goal_practice.words, id, person), helped Sealed(goal_practice.helped, id, person), day Time) -> count
UPDATE goal_practice SET words = :words, helped = :helped, day = :day
WHERE id = :id AND person = :person AND step IN (SELECT s.id FROM goal_step s WHERE s.goal = :goal);

-- goal_practice_is_of(id GoalPracticeId, goal GoalId, person PersonId) -> one { id GoalPracticeId }
SELECT p.id FROM goal_practice p JOIN goal_step s ON s.id = p.step
WHERE p.id = :id AND p.person = :person AND s.goal = :goal;

-- goal_practice_mark_part2(practice GoalPracticeId)
INSERT INTO part2_goal_practice (practice) VALUES (:practice) ON CONFLICT DO NOTHING;

-- goal_practice_unmark(practice GoalPracticeId)
DELETE FROM part2_goal_practice WHERE practice = :practice;

-- goal_practice_delete(id GoalPracticeId)
DELETE FROM goal_practice WHERE id = :id;

-- goal_practice_unmark_of(step GoalStepId)
DELETE FROM part2_goal_practice WHERE practice IN (SELECT p.id FROM goal_practice p WHERE p.step = :step);

-- goal_practice_delete_of(step GoalStepId)
DELETE FROM goal_practice WHERE step = :step;

-- goal_practice_of(goal GoalId, most Int) -> many { id GoalPracticeId, step GoalStepId, words Part2 Sealed(goal_practice.words, id), helped Part2 Sealed(goal_practice.helped, id), is_part2 Bool, day Time }
-- Of a goal that the reader was let read.
SELECT p.id, p.step, p.words, p.helped,
       CASE WHEN EXISTS (SELECT 1 FROM part2_goal_practice k WHERE k.practice = p.id) THEN 1 ELSE 0 END AS is_part2, p.day
FROM goal_step s JOIN goal_practice p ON p.step = s.id
WHERE s.goal = :goal ORDER BY p.day DESC, p.made_at DESC, p.id LIMIT :most;
