-- SPDX-License-Identifier: Apache-2.0
-- What a person's own page gathers: each list is a range of one index and short.

-- me_requests(person PersonId) -> many { id RequestId, program ProgramId, kind Int, state Int, need Part2 Sealed(request.need, id), is_part2 Bool, lang Int, created_at Time }
-- What the person asked for, the newest first.
SELECT r.id, r.program, r.kind, r.state, r.need,
       CASE WHEN EXISTS (SELECT 1 FROM part2_request k WHERE k.request = r.id) THEN 1 ELSE 0 END AS is_part2, r.lang, r.created_at
FROM request r WHERE r.person = :person
ORDER BY created_at DESC, id LIMIT 10;

-- me_invitations(person PersonId, now Time) -> many { id InvitationId, state Int, due_at Time }
-- Families who chose this person, share that with them, and wait for an answer.
SELECT i.id, i.state, i.due_at FROM offer o JOIN invitation i ON i.offer = o.id
WHERE o.person = :person AND i.state IN (1, 4)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = i.request AND s.with_person = :person AND s.until_at > :now)
ORDER BY i.due_at, i.id LIMIT 20;

-- me_received(person PersonId) -> many { id MatchId, called Str, state Int, due_at Time, agreed_at Time? }
-- Who walks with this person.
SELECT m.id, g.called, m.state, m.due_at, m.receiver_agreed_at AS agreed_at
FROM match m JOIN person g ON g.id = m.giver
WHERE m.receiver = :person AND m.state <> 4 ORDER BY m.began_at DESC, m.id LIMIT 10;

-- me_given(person PersonId, now Time) -> many { id MatchId, receiver PersonId, called Str, state Int, due_at Time, agreed_at Time? }
-- Whom this person walks with and who shares with them, what is due first on top, those who rest last.
SELECT m.id, m.receiver, r.called, m.state, m.due_at, m.giver_agreed_at AS agreed_at
FROM match m JOIN person r ON r.id = m.receiver
WHERE m.giver = :person AND m.state IN (1, 2, 3)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = :person AND s.until_at > :now)
ORDER BY CASE WHEN m.state = 3 THEN 1 ELSE 0 END, m.due_at, m.id LIMIT 50;

-- me_ended(person PersonId) -> many { id MatchId, called Str, ended_at Time? }
SELECT m.id, g.called, m.ended_at FROM match m JOIN person g ON g.id = m.giver
WHERE m.receiver = :person AND m.state = 4 ORDER BY COALESCE(m.ended_at, 0) DESC, m.id LIMIT 5;

-- me_offers(person PersonId) -> many { id OfferId, program ProgramId, standing Int, load Int, capacity Int, paused_until Time?, is_cleared Bool }
SELECT id, program, standing, load, capacity, paused_until, is_cleared FROM offer WHERE person = :person
ORDER BY created_at, id LIMIT 10;

-- me_given_kept(person PersonId, now Time) -> one { walks Int }
-- Walks in which the family shares nothing with this person now: how many, and no more.
SELECT COUNT(*) AS walks FROM match m WHERE m.giver = :person AND m.state IN (1, 2, 3)
AND NOT EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = :person AND s.until_at > :now);

-- me_signs(person PersonId, now Time) -> one { waits Int, guardians Int }
-- Consents that wait for a parent, and parents' signatures on either side.
SELECT (SELECT COUNT(*) FROM consent c WHERE c.person = :person AND c.signs IN (2, 3) AND c.stopped_at IS NULL
            AND c.until_at > :now
            AND NOT EXISTS (SELECT 1 FROM consent_signature s WHERE s.consent = c.id AND s.side = 2)
            AND NOT EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id)) AS waits,
       (SELECT COUNT(*) FROM guardian g WHERE g.person = :person OR g.parent = :person) AS guardians;
