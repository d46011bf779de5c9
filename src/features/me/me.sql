-- SPDX-License-Identifier: Apache-2.0
-- What a person's own page gathers: each list is a range of one index and short.

-- me_requests(person PersonId) -> many { id RequestId, program ProgramId, kind Int, state Int, need Str, lang Int, created_at Time }
-- What the person asked for, the newest first.
SELECT id, program, kind, state, need, lang, created_at FROM request WHERE person = :person
ORDER BY created_at DESC, id LIMIT 10;

-- me_invitations(person PersonId) -> many { id InvitationId, state Int, due_at Time }
-- Families who chose this person and wait for an answer.
SELECT i.id, i.state, i.due_at FROM offer o JOIN invitation i ON i.offer = o.id
WHERE o.person = :person AND i.state IN (1, 4) ORDER BY i.due_at, i.id LIMIT 20;

-- me_received(person PersonId) -> many { id MatchId, called Str, state Int, due_at Time, agreed_at Time? }
-- Who walks with this person.
SELECT m.id, g.called, m.state, m.due_at, m.receiver_agreed_at AS agreed_at
FROM match m JOIN person g ON g.id = m.giver
WHERE m.receiver = :person AND m.state <> 4 ORDER BY m.began_at DESC, m.id LIMIT 10;

-- me_given(person PersonId) -> many { id MatchId, called Str, state Int, due_at Time, agreed_at Time?, phone Str?, may_text Int?, mail Str? }
-- Whom this person walks with, what is due first on top, those who rest last; with the phone and mail to try first.
SELECT m.id, r.called, m.state, m.due_at, m.giver_agreed_at AS agreed_at,
       (SELECT c.value FROM contact_point c WHERE c.person = m.receiver AND c.kind = 2
        ORDER BY c.created_at, c.id LIMIT 1) AS phone,
       (SELECT c.may_text FROM contact_point c WHERE c.person = m.receiver AND c.kind = 2
        ORDER BY c.created_at, c.id LIMIT 1) AS may_text,
       (SELECT c.value FROM contact_point c WHERE c.person = m.receiver AND c.kind = 1
        ORDER BY c.created_at, c.id LIMIT 1) AS mail
FROM match m JOIN person r ON r.id = m.receiver
WHERE m.giver = :person AND m.state IN (1, 2, 3)
ORDER BY CASE WHEN m.state = 3 THEN 1 ELSE 0 END, m.due_at, m.id LIMIT 50;

-- me_ended(person PersonId) -> many { id MatchId, called Str, ended_at Time? }
SELECT m.id, g.called, m.ended_at FROM match m JOIN person g ON g.id = m.giver
WHERE m.receiver = :person AND m.state = 4 ORDER BY COALESCE(m.ended_at, 0) DESC, m.id LIMIT 5;

-- me_offers(person PersonId) -> many { id OfferId, program ProgramId, standing Int, load Int, capacity Int, paused_until Time?, is_cleared Bool }
SELECT id, program, standing, load, capacity, paused_until, is_cleared FROM offer WHERE person = :person
ORDER BY created_at, id LIMIT 10;
