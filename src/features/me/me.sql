-- SPDX-License-Identifier: Apache-2.0
-- What a person's own page gathers: each list is a range of one index and short.

-- me_requests(person PersonId) -> many { id RequestId, program ProgramId, kind Int, state Int, need Part2 Sealed(request.need, id), is_part2 Bool, lang Int, created_at Time }
-- What the person asked for, the newest first.
SELECT r.id, r.program, r.kind, r.state, r.need,
       CASE WHEN EXISTS (SELECT 1 FROM part2_request k WHERE k.request = r.id) THEN 1 ELSE 0 END AS is_part2, r.lang, r.created_at
FROM request r WHERE r.person = :person
ORDER BY r.created_at DESC, r.id DESC LIMIT 10;

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
-- Whom this person walks with and who shares with them, what is due first on top, those who rest last; fifty at most in
-- a program.
SELECT m.id, m.receiver, r.called, m.state, m.due_at, m.giver_agreed_at AS agreed_at
FROM match m JOIN person r ON r.id = m.receiver
WHERE m.giver = :person AND m.state BETWEEN 1 AND 3
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = :person AND s.until_at > :now)
ORDER BY CASE WHEN m.state = 3 THEN 1 ELSE 0 END, m.due_at, m.id;

-- me_ended(person PersonId) -> many { id MatchId, called Str, ended_at Time? }
SELECT m.id, g.called, m.ended_at FROM match m JOIN person g ON g.id = m.giver
WHERE m.receiver = :person AND m.state = 4 ORDER BY COALESCE(m.ended_at, 0) DESC, m.id LIMIT 5;

-- me_gave(person PersonId) -> many { id MatchId, began_at Time, ended_at Time? }
-- Walks that this person gave and that have ended: what they may read of a family ended with them.
SELECT m.id, m.began_at, m.ended_at FROM match m
WHERE m.giver = :person AND m.state = 4 ORDER BY m.ended_at DESC, m.id DESC LIMIT 5;

-- me_offers(person PersonId) -> many { id OfferId, program ProgramId, standing Int, load Int, capacity Int, paused_until Time?, is_cleared Bool }
SELECT id, program, standing, load, capacity, paused_until, is_cleared FROM offer WHERE person = :person
ORDER BY created_at, id;

-- me_given_kept(person PersonId, now Time) -> one { walks Int }
-- Walks in which the family shares nothing with this person now: how many, and no more.
SELECT COUNT(*) AS walks FROM match m WHERE m.giver = :person AND m.state BETWEEN 1 AND 3
AND NOT EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = :person AND s.until_at > :now);

-- me_has(person PersonId, now Time, passed_since Time) -> one { waits Int, guardians Int, has_asked Bool, receives Bool, gives Bool, is_invited Bool, has_duty Bool, has_hard Bool, has_bridge Bool, is_handed Bool, is_called_out Bool, is_gathered Bool, is_proposed Bool, is_suggested Bool, is_carried Bool, is_passed_on Bool, is_answered Bool }
-- Consents that wait for a parent, and parents' signatures on either side; and whether what not everybody has is worth
-- asking for at all: each is a look into one index, and the questions behind it cost more than all of these.
SELECT (SELECT COUNT(*) FROM consent c WHERE c.person = :person AND c.signs IN (2, 3) AND c.stopped_at IS NULL
            AND c.until_at > :now
            AND NOT EXISTS (SELECT 1 FROM consent_signature s WHERE s.consent = c.id AND s.side = 2)
            AND NOT EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id)) AS waits,
       (SELECT COUNT(*) FROM guardian g WHERE g.person = :person OR g.parent = :person) AS guardians,
       CASE WHEN EXISTS (SELECT 1 FROM request r WHERE r.person = :person) THEN 1 ELSE 0 END AS has_asked,
       CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.receiver = :person) THEN 1 ELSE 0 END AS receives,
       CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.giver = :person) THEN 1 ELSE 0 END AS gives,
       CASE WHEN EXISTS (SELECT 1 FROM offer o JOIN invitation i ON i.offer = o.id AND i.state = 1 WHERE o.person = :person)
              OR EXISTS (SELECT 1 FROM offer o JOIN invitation i ON i.offer = o.id AND i.state = 4 WHERE o.person = :person)
            THEN 1 ELSE 0 END AS is_invited,
       CASE WHEN EXISTS (SELECT 1 FROM duty d WHERE d.person = :person) THEN 1 ELSE 0 END AS has_duty,
       CASE WHEN EXISTS (SELECT 1 FROM hard h WHERE h.receiver = :person AND h.state BETWEEN 1 AND 2)
              OR EXISTS (SELECT 1 FROM hard h WHERE h.giver = :person AND h.state BETWEEN 1 AND 2)
              OR EXISTS (SELECT 1 FROM hard_backup b WHERE b.person = :person AND b.state BETWEEN 2 AND 3)
            THEN 1 ELSE 0 END AS has_hard,
       CASE WHEN EXISTS (SELECT 1 FROM bridge b WHERE b.receiver = :person AND b.ended_at IS NULL)
              OR EXISTS (SELECT 1 FROM bridge b WHERE b.giver = :person AND b.ended_at IS NULL)
            THEN 1 ELSE 0 END AS has_bridge,
       CASE WHEN EXISTS (SELECT 1 FROM handing h WHERE h.person = :person AND h.state = 1)
            THEN 1 ELSE 0 END AS is_handed,
       CASE WHEN EXISTS (SELECT 1 FROM callout c WHERE c.receiver = :person AND c.hello_at IS NOT NULL AND c.greeted_at IS NULL)
              OR EXISTS (SELECT 1 FROM callout c WHERE c.giver = :person AND c.hello_at IS NOT NULL AND c.greeted_at IS NULL)
            THEN 1 ELSE 0 END AS is_called_out,
       CASE WHEN EXISTS (SELECT 1 FROM gathering_reader r WHERE r.reader = :person) THEN 1 ELSE 0 END AS is_gathered,
       CASE WHEN EXISTS (SELECT 1 FROM goal_proposal p WHERE p.person = :person AND p.state = 1) THEN 1 ELSE 0 END AS is_proposed,
       CASE WHEN EXISTS (SELECT 1 FROM sheet_idea i WHERE i.person = :person AND i.taken_at IS NULL) THEN 1 ELSE 0 END AS is_suggested,
       CASE WHEN EXISTS (SELECT 1 FROM carry_unread u WHERE u.reader = :person) THEN 1 ELSE 0 END AS is_carried,
       CASE WHEN EXISTS (SELECT 1 FROM match m JOIN passing p ON p.match = m.id AND p.at > :passed_since WHERE m.receiver = :person)
            THEN 1 ELSE 0 END AS is_passed_on,
       CASE WHEN EXISTS (SELECT 1 FROM hope_wish w WHERE w.person = :person AND w.answered_at IS NOT NULL)
            THEN 1 ELSE 0 END AS is_answered;
