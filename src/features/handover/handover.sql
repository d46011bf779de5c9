-- SPDX-License-Identifier: Apache-2.0
-- What goes on paper to an organization. What somebody keeps is never read here, for whomever; nor, unless `covers`, what
-- is marked as telling of substance use.

-- handover_request(request RequestId, covers Bool) -> many { id RequestId, lang Int, need Part2 Sealed(request.need, id), hopes Part2 Sealed(request.hopes, id), is_part2 Bool, at Time }
SELECT r.id, r.lang, r.need, r.hopes,
       CASE WHEN EXISTS (SELECT 1 FROM part2_request k WHERE k.request = r.id) THEN 1 ELSE 0 END AS is_part2,
       r.created_at AS at
FROM request r WHERE r.id = :request AND r.is_kept = 0
AND (:covers = 1 OR NOT EXISTS (SELECT 1 FROM part2_request k WHERE k.request = r.id));

-- handover_notes(request RequestId, covers Bool) -> many { id RequestNoteId, kind Int, is_own Bool, words Part2 Sealed(request_note.words, id), is_part2 Bool, at Time }
-- Those that have words, the oldest first.
SELECT n.id, n.kind, CASE WHEN n.by_person = r.person THEN 1 ELSE 0 END AS is_own, n.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_note k WHERE k.note = n.id) THEN 1 ELSE 0 END AS is_part2, n.at
FROM request_note n JOIN request r ON r.id = n.request
WHERE n.request = :request AND n.is_kept = 0 AND n.kind IN (1, 2, 3, 4, 5, 9)
AND (:covers = 1 OR NOT EXISTS (SELECT 1 FROM part2_note k WHERE k.note = n.id))
ORDER BY n.at, n.id LIMIT 300;

-- handover_contacts(request RequestId, covers Bool) -> many { id ContactId, kind Int, outcome Int, minutes Int, line Part2 Sealed(contact.line, id), is_part2 Bool, at Time }
-- When the two talked; a line that does not belong here is empty.
SELECT c.id, c.kind, c.outcome, c.minutes,
       CASE WHEN :covers = 1 OR NOT EXISTS (SELECT 1 FROM part2_contact k WHERE k.contact = c.id)
            THEN c.line ELSE CAST('' AS BLOB) END AS line,
       CASE WHEN EXISTS (SELECT 1 FROM part2_contact k WHERE k.contact = c.id) THEN 1 ELSE 0 END AS is_part2, c.at
FROM match m JOIN contact c ON c.match = m.id WHERE m.request = :request
ORDER BY c.at, c.id LIMIT 400;

-- handover_answers(request RequestId, covers Bool) -> many { id ContactAnswerId, contact ContactId, is_own Bool, words Part2 Sealed(contact_answer.words, id), is_part2 Bool, at Time }
-- Beside these, in the same order.
SELECT a.id, a.contact, CASE WHEN a.by_person = m.receiver THEN 1 ELSE 0 END AS is_own, a.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_contact_answer k WHERE k.answer = a.id) THEN 1 ELSE 0 END AS is_part2, a.at
FROM match m JOIN contact c ON c.match = m.id JOIN contact_answer a ON a.contact = c.id
WHERE m.request = :request AND a.is_kept = 0
AND (:covers = 1 OR NOT EXISTS (SELECT 1 FROM part2_contact_answer k WHERE k.answer = a.id))
ORDER BY c.at, c.id, a.at, a.id LIMIT 400;

-- handover_checkins(request RequestId, covers Bool) -> many { id CheckinId, occasion Int, words Part2 Sealed(checkin.words, id), is_part2 Bool, at Time? }
-- What the receiving side said, the oldest first.
SELECT c.id, c.occasion, c.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_checkin k WHERE k.checkin = c.id) THEN 1 ELSE 0 END AS is_part2, c.done_at AS at
FROM match m JOIN checkin c ON c.match = m.id
WHERE m.request = :request AND c.side = 1 AND c.state = 2
AND (:covers = 1 OR NOT EXISTS (SELECT 1 FROM part2_checkin k WHERE k.checkin = c.id))
ORDER BY COALESCE(c.done_at, 0), c.id LIMIT 100;

-- handover_progress(request RequestId, covers Bool) -> many { id ProgressId, value Int, words Part2 Sealed(progress.words, id), is_part2 Bool, at Time }
-- How far along, the oldest first; words that do not belong here are empty.
SELECT g.id, g.value,
       CASE WHEN :covers = 1 OR NOT EXISTS (SELECT 1 FROM part2_progress k WHERE k.progress = g.id)
            THEN g.words ELSE CAST('' AS BLOB) END AS words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_progress k WHERE k.progress = g.id) THEN 1 ELSE 0 END AS is_part2, g.at
FROM progress g WHERE g.request = :request ORDER BY g.at, g.id LIMIT 100;

-- handover_card(person PersonId, covers Bool) -> many { id SafetyCardId, lang Int, safe Part2 Sealed(safety_card.safe, id), call Part2 Sealed(safety_card.call, id), not_call Part2 Sealed(safety_card.not_call, id), worse Part2 Sealed(safety_card.worse, id), helps Part2 Sealed(safety_card.helps, id), is_part2 Bool, at Time }
-- The newest, without what is kept; none when it is marked as a whole and that is not covered.
SELECT c.id, c.lang,
       CASE WHEN (c.kept & 1) = 0 THEN c.safe ELSE CAST('' AS BLOB) END AS safe,
       CASE WHEN (c.kept & 2) = 0 THEN c.call ELSE CAST('' AS BLOB) END AS call,
       CASE WHEN (c.kept & 4) = 0 THEN c.not_call ELSE CAST('' AS BLOB) END AS not_call,
       CASE WHEN (c.kept & 8) = 0 THEN c.worse ELSE CAST('' AS BLOB) END AS worse,
       CASE WHEN (c.kept & 16) = 0 THEN c.helps ELSE CAST('' AS BLOB) END AS helps,
       CASE WHEN EXISTS (SELECT 1 FROM part2_card k WHERE k.card = c.id) THEN 1 ELSE 0 END AS is_part2, c.at
FROM safety_card c
WHERE c.person = :person AND c.version = (SELECT MAX(v.version) FROM safety_card v WHERE v.person = :person)
AND (:covers = 1 OR NOT EXISTS (SELECT 1 FROM part2_card k WHERE k.card = c.id));

-- handover_openings(person PersonId, consent ConsentId) -> many { id AuditId, called Str?, at Time }
-- Who opened this page, but the person, the newest first.
SELECT a.id, p.called, a.at FROM audit a LEFT JOIN person p ON p.id = a.actor
WHERE a.subject = :person AND a.object = 'consent' AND a.object_id = :consent AND a.action = 'handover_show'
AND a.outcome = 1 AND a.actor <> :person
ORDER BY a.at DESC, a.id DESC LIMIT 20;
