-- SPDX-License-Identifier: Apache-2.0
-- What came from a phone that had no signal.

-- capture_find(person PersonId, capture Bytes) -> many { reason Int }
-- Where this capture is, or was: 0 for a contact or a message, else why it is kept aside.
SELECT 0 AS reason FROM contact WHERE by_person = :person AND capture = :capture
UNION ALL SELECT 0 AS reason FROM message WHERE by_person = :person AND capture = :capture
UNION ALL SELECT 0 AS reason FROM message_gone WHERE by_person = :person AND capture = :capture
UNION ALL SELECT reason FROM capture_aside WHERE person = :person AND capture = :capture ORDER BY 1;

-- capture_aside_insert(id CaptureAsideId, person PersonId, match MatchId, receiver PersonId, capture Bytes, kind Int, reason Int, words Sealed(capture_aside.words, id, receiver), captured_at Time, now Time) -> count
-- None when another request with the same capture was faster.
INSERT INTO capture_aside (id, person, match, capture, kind, reason, words, captured_at, kept_at)
VALUES (:id, :person, :match, :capture, :kind, :reason, :words, :captured_at, :now)
ON CONFLICT (person, capture) DO NOTHING;

-- capture_aside_rows(person PersonId, most Int) -> many { id CaptureAsideId, match MatchId, kind Int, reason Int, called Str, words Sealed(capture_aside.words, id), captured_at Time, kept_at Time }
SELECT a.id, a.match, a.kind, a.reason, o.called, a.words, a.captured_at, a.kept_at
FROM capture_aside a JOIN match m ON m.id = a.match
JOIN person o ON o.id = CASE WHEN m.receiver = a.person THEN m.giver ELSE m.receiver END
WHERE a.person = :person AND a.dropped_at IS NULL ORDER BY a.kept_at DESC, a.id LIMIT :most;

-- capture_aside_number(person PersonId) -> one { count Int }
SELECT COUNT(*) AS count FROM capture_aside WHERE person = :person AND dropped_at IS NULL;

-- capture_aside_drop(id CaptureAsideId, person PersonId, receiver PersonId, words Sealed(capture_aside.words, id, receiver), now Time) -> count
UPDATE capture_aside SET words = :words, dropped_at = :now
WHERE id = :id AND person = :person AND dropped_at IS NULL;

-- capture_aside_forget(person PersonId) -> count
DELETE FROM capture_aside WHERE person = :person
OR match IN (SELECT m.id FROM match m WHERE m.receiver = :person);

-- capture_walk_rows(person PersonId, contacts Int, now Time, most Int) -> many { id MatchId, program ProgramId, called Str, gives Bool }
-- Whom this person walks with, on either side, where the receiving side shares contacts with the giving one.
SELECT w.id, w.program, w.called, w.gives FROM (
    SELECT m.id, m.program, m.request, m.giver, r.called, 1 AS gives
    FROM match m JOIN person r ON r.id = m.receiver WHERE m.giver = :person AND m.state IN (1, 2, 3)
    UNION ALL
    SELECT m.id, m.program, m.request, m.giver, g.called, 0 AS gives
    FROM match m JOIN person g ON g.id = m.giver WHERE m.receiver = :person AND m.state <> 4) AS w
WHERE EXISTS (SELECT 1 FROM sharing s WHERE s.request = w.request AND s.with_person = w.giver AND s.until_at > :now
              AND (s.items & :contacts) <> 0)
ORDER BY w.gives DESC, w.called, w.id LIMIT :most;
