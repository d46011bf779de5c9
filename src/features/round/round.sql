-- SPDX-License-Identifier: Apache-2.0
-- Plans for everyone who waits, and what became of their proposals.

-- round_waiting(program ProgramId, now Time, most Int) -> many { id RequestId, created_at Time }
-- Who waits for someone and has no list, the longest waiting first.
SELECT r.id, r.created_at FROM request r WHERE r.program = :program AND r.state IN (1, 2) AND r.kind = 1
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now)
ORDER BY r.created_at, r.id LIMIT :most;

-- round_count_waiting(program ProgramId, now Time) -> one { families Int }
SELECT COUNT(*) AS families FROM request r WHERE r.program = :program AND r.state IN (1, 2) AND r.kind = 1
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now);

-- round_insert(id RoundId, program ProgramId, made_by PersonId, now Time, policy Str, seed Int, waiting Int, placed Int,
--     objective Int, bound Int, envy Int)
INSERT INTO round (id, program, made_by, made_at, policy, seed, waiting, placed, objective, bound, envy, version)
VALUES (:id, :program, :made_by, :now, :policy, :seed, :waiting, :placed, :objective, :bound, :envy, 1);

-- round_proposal_insert(round RoundId, request RequestId, position Int, offer OfferId?, language ListItemId?, score Int)
INSERT INTO round_proposal (round, request, position, offer, language, score, is_by_hand, shortlist)
VALUES (:round, :request, :position, :offer, :language, :score, 0, NULL);

-- round_by_id(id RoundId) -> one { id RoundId, program ProgramId, made_by_called Str, made_at Time, policy Str, seed Int,
--     waiting Int, placed Int, objective Int, bound Int, envy Int, version Int }
SELECT r.id, r.program, p.called AS made_by_called, r.made_at, r.policy, r.seed, r.waiting, r.placed, r.objective,
       r.bound, r.envy, r.version
FROM round r JOIN person p ON p.id = r.made_by WHERE r.id = :id;

-- round_list(program ProgramId, most Int) -> many { id RoundId, made_by_called Str, made_at Time, waiting Int, placed Int }
SELECT r.id, p.called AS made_by_called, r.made_at, r.waiting, r.placed
FROM round r JOIN person p ON p.id = r.made_by
WHERE r.program = :program ORDER BY r.made_at DESC, r.id LIMIT :most;

-- round_rows(round RoundId, now Time) -> many { request RequestId, called Str, state Int, waiting_since Time, offer OfferId?,
--     offer_called Str?, standing Int?, language ListItemId?, score Int, is_by_hand Bool, shortlist ShortlistId? }
SELECT x.request, p.called, r.state, r.created_at AS waiting_since, x.offer, g.called AS offer_called, o.standing,
       x.language, x.score, x.is_by_hand, x.shortlist
FROM round_proposal x JOIN request r ON r.id = x.request JOIN person p ON p.id = r.person
LEFT JOIN offer o ON o.id = x.offer LEFT JOIN person g ON g.id = o.person
WHERE x.round = :round AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = x.request AND s.with_person = 0 AND s.until_at > :now)
ORDER BY x.position, x.request;

-- round_propose(round RoundId, request RequestId, offer OfferId?, score Int, is_by_hand Bool) -> count
UPDATE round_proposal SET offer = :offer, score = :score, is_by_hand = :is_by_hand
WHERE round = :round AND request = :request AND shortlist IS NULL;

-- round_set_worth(id RoundId, version Int, placed Int, objective Int, bound Int, envy Int) -> count
UPDATE round SET placed = :placed, objective = :objective, bound = :bound, envy = :envy, version = version + 1
WHERE id = :id AND version = :version;

-- round_set_sent(round RoundId, request RequestId, shortlist ShortlistId) -> count
UPDATE round_proposal SET shortlist = :shortlist
WHERE round = :round AND request = :request AND shortlist IS NULL;
