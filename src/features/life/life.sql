-- SPDX-License-Identifier: Apache-2.0
-- Everything that is kept about one person, in the order in which it came.

-- life_since(person PersonId) -> one { at Time }
SELECT created_at AS at FROM person WHERE id = :person;

-- life_requests(person PersonId) -> many { id RequestId }
SELECT id FROM request WHERE person = :person ORDER BY created_at, id LIMIT 200;

-- life_notes(request RequestId) -> many { id RequestNoteId, by_called Str, kind Int, words Part2 Sealed(request_note.words, id), is_part2 Bool, at Time }
SELECT n.id, p.called AS by_called, n.kind, n.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_note k WHERE k.note = n.id) THEN 1 ELSE 0 END AS is_part2, n.at
FROM request_note n JOIN person p ON p.id = n.by_person WHERE n.request = :request ORDER BY n.at, n.id LIMIT 1000;

-- life_offers(person PersonId) -> many { id OfferId }
SELECT id FROM offer WHERE person = :person ORDER BY created_at, id LIMIT 50;

-- life_walks(person PersonId, now Time) -> many { id MatchId, request RequestId, receives Bool, other_called Str?, state Int, began_at Time, ended_at Time?, talks Int, minutes Int }
-- Whom this person walked with, on either side. The name of a family only while it shares something with them.
SELECT m.id, m.request, CASE WHEN m.receiver = :person THEN 1 ELSE 0 END AS receives,
       CASE WHEN m.receiver = :person THEN g.called
            WHEN m.state <> 4 AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request
                                          AND s.with_person = m.giver AND s.until_at > :now) THEN r.called END AS other_called,
       m.state, m.began_at, m.ended_at,
       (SELECT COUNT(*) FROM contact k WHERE k.match = m.id AND k.outcome = 1) AS talks,
       (SELECT CAST(COALESCE(SUM(k.minutes), 0) AS BIGINT) FROM contact k WHERE k.match = m.id) AS minutes
FROM match m JOIN person g ON g.id = m.giver JOIN person r ON r.id = m.receiver
WHERE m.receiver = :person OR m.giver = :person ORDER BY m.began_at, m.id LIMIT 500;

-- life_logged(match MatchId, by PersonId) -> many { at Time, kind Int, outcome Int, minutes Int, travel_minutes Int }
-- What somebody logged who gives: the words in it are the family's.
SELECT at, kind, outcome, minutes, travel_minutes FROM contact WHERE match = :match AND by_person = :by
ORDER BY at, id LIMIT 2000;

-- life_hard(match MatchId) -> many { said_at Time, began_at Time?, ended_at Time?, hour Int? }
SELECT said_at, began_at, ended_at, hour FROM hard WHERE match = :match ORDER BY said_at, id LIMIT 200;

-- life_debriefs(person PersonId) -> many { id DebriefId, offered_at Time, state Int, fits Sealed(debrief.fits, id), words Sealed(debrief.words, id), held_at Time? }
SELECT id, offered_at, state, fits, words, held_at FROM debrief WHERE person = :person ORDER BY offered_at, id LIMIT 500;

-- life_bridges(match MatchId) -> many { id BridgeStepId, kind Int, due_at Time, words Part2 Sealed(bridge_step.words, id), is_part2 Bool, by_called Str, done_at Time? }
SELECT s.id, b.kind, s.due_at, s.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_bridge_step k WHERE k.bridge_step = s.id) THEN 1 ELSE 0 END AS is_part2,
       p.called AS by_called, s.done_at
FROM bridge b JOIN bridge_step s ON s.bridge = b.id JOIN person p ON p.id = s.by_person
WHERE b.match = :match ORDER BY b.made_at, s.stage, s.made_at, s.id LIMIT 500;

-- life_promises(match MatchId) -> many { id PromiseId, by_called Str, words Part2 Sealed(promise.words, id), is_part2 Bool, due_at Time, state Int, made_at Time }
SELECT p.id, b.called AS by_called, p.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_promise k WHERE k.promise = p.id) THEN 1 ELSE 0 END AS is_part2,
       p.due_at, p.state, p.made_at
FROM promise p JOIN person b ON b.id = p.by_person WHERE p.match = :match ORDER BY p.made_at, p.id LIMIT 1000;

-- life_messages(match MatchId, reader PersonId, now Time) -> many { id MessageId, by_called Str, words Part2 Sealed(message.words, id), is_part2 Bool, captured_at Time }
-- What was written in a conversation, and has reached its reader.
SELECT s.id, b.called AS by_called, s.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_message k WHERE k.message = s.id) THEN 1 ELSE 0 END AS is_part2, s.captured_at
FROM message s JOIN person b ON b.id = s.by_person
WHERE s.match = :match AND (s.by_person = :reader OR s.reaches_at <= :now) ORDER BY s.reaches_at, s.captured_at, s.id LIMIT 5000;

-- life_helps(person PersonId) -> many { id HelpId, words Part2 Sealed(help.words, id), is_part2 Bool, asked_at Time, taken_by_called Str?, done_at Time?, answer Part2 Sealed(help.answer, id) }
-- When somebody asked for somebody from the program.
SELECT h.id, h.words, CASE WHEN EXISTS (SELECT 1 FROM part2_help k WHERE k.help = h.id) THEN 1 ELSE 0 END AS is_part2,
       h.asked_at, t.called AS taken_by_called, h.done_at, h.answer
FROM help h LEFT JOIN person t ON t.id = h.taken_by WHERE h.person = :person ORDER BY h.asked_at, h.id LIMIT 1000;

-- life_asides(person PersonId) -> many { id CaptureAsideId, kind Int, reason Int, receives Bool, words Sealed(capture_aside.words, id), captured_at Time, kept_at Time }
-- What somebody wrote without a signal and could not be sent; with whether it was as the receiving side of the walk.
SELECT a.id, a.kind, a.reason, CASE WHEN m.receiver = a.person THEN 1 ELSE 0 END AS receives, a.words, a.captured_at, a.kept_at
FROM capture_aside a JOIN match m ON m.id = a.match
WHERE a.person = :person AND a.dropped_at IS NULL ORDER BY a.kept_at, a.id LIMIT 1000;

-- life_meetings(match MatchId) -> many { id MeetingId, how Int, minutes Int, place Part2 Sealed(meeting.place, id), is_part2 Bool, state Int, starts_at Time?, made_at Time }
SELECT m.id, m.how, m.minutes, m.place,
       CASE WHEN EXISTS (SELECT 1 FROM part2_meeting k WHERE k.meeting = m.id) THEN 1 ELSE 0 END AS is_part2,
       m.state, m.starts_at, m.made_at
FROM meeting m WHERE m.match = :match ORDER BY m.made_at, m.id LIMIT 1000;

-- life_meeting_times(match MatchId) -> many { meeting MeetingId, starts_at Time, by_called Str }
SELECT t.meeting, t.starts_at, p.called AS by_called
FROM meeting m JOIN meeting_time t ON t.meeting = m.id JOIN person p ON p.id = t.by_person
WHERE m.match = :match ORDER BY m.made_at, m.id, t.starts_at LIMIT 3000;

-- life_then(person PersonId) -> many { id InvitationId, words Sealed(invitation.words, id), created_at Time }
-- What those who were chosen said about when they could.
SELECT i.id, i.words, i.created_at FROM invitation i JOIN request r ON r.id = i.request
WHERE r.person = :person ORDER BY i.created_at, i.id LIMIT 200;

-- life_signatures(person PersonId) -> many { id GuardianId, parent_called Str, words Sealed(guardian.words, id), since Time, ended_at Time? }
-- A parent's or guardian's signature beside this person's.
SELECT g.id, p.called AS parent_called, g.words, g.since, g.ended_at FROM guardian g JOIN person p ON p.id = g.parent
WHERE g.person = :person ORDER BY g.since, g.id LIMIT 200;

-- life_sessions(person PersonId) -> many { device Str, created_at Time, seen_at Time }
SELECT device, created_at, seen_at FROM session WHERE person = :person ORDER BY created_at, id LIMIT 200;
