-- SPDX-License-Identifier: Apache-2.0
-- Hard days: what holds now, and what follows each day.

-- hard_row(match MatchId, now Time) -> one { id HardId, state Int, receiver PersonId, giver PersonId, hour Int?, answer Int, until_at Time, reached_at Time?, missed_since Time? }
-- What holds in a walk that lasts and does not rest.
SELECT h.id, h.state, h.receiver, h.giver, h.hour, h.answer, h.until_at, h.reached_at, h.missed_since
FROM hard h JOIN match m ON m.id = h.match
WHERE h.match = :match AND h.state <> 3 AND h.until_at > :now AND m.state IN (1, 2);

-- hard_insert(id HardId, program ProgramId, match MatchId, receiver PersonId, giver PersonId, state Int, now Time, began_at Time?, hour Int?, until_at Time)
INSERT INTO hard (id, program, match, receiver, giver, state, said_at, began_at, hour, answer, until_at, look_at)
VALUES (:id, :program, :match, :receiver, :giver, :state, :now, :began_at, :hour, 0, :until_at, :until_at);

-- hard_set_on(id HardId, on Int, now Time, hour Int?, answer Int, until_at Time, look_at Time) -> count
-- With its hour; what began stays begun.
UPDATE hard SET state = :on, began_at = COALESCE(began_at, :now), hour = :hour, answer = :answer, until_at = :until_at,
                look_at = :look_at
WHERE id = :id AND state <> 3;

-- hard_set_answer(id HardId, answer Int, look_at Time) -> count
UPDATE hard SET answer = :answer, look_at = :look_at, missed_since = CASE WHEN :answer = 1 THEN missed_since END
WHERE id = :id AND state = 2 AND hour IS NOT NULL;

-- hard_set_until(id HardId, on Int, until_at Time, look_at Time) -> count
UPDATE hard SET until_at = :until_at, look_at = :look_at WHERE id = :id AND state = :on;

-- hard_gave(id HardId) -> one { program ProgramId, giver PersonId, has_begun Bool }
-- Whoever gave in days that began.
SELECT program, giver, CASE WHEN began_at IS NULL THEN 0 ELSE 1 END AS has_begun FROM hard WHERE id = :id;

-- hard_set_over(id HardId, over Int, ended_at Time) -> count
UPDATE hard SET state = :over, ended_at = :ended_at, missed_since = NULL, wished_at = NULL WHERE id = :id AND state <> 3;

-- hard_old(match MatchId, now Time) -> many { id HardId, receiver PersonId, until_at Time }
-- What was over by its day, before the job came round.
SELECT id, receiver, until_at FROM hard WHERE match = :match AND state <> 3 AND until_at <= :now ORDER BY id LIMIT 1;

-- hard_set_reached(match MatchId, on Int, at Time) -> count
UPDATE hard SET reached_at = CASE WHEN reached_at > :at THEN reached_at ELSE :at END,
                missed_since = CASE WHEN missed_since > :at THEN missed_since END
WHERE match = :match AND state <> 3 AND state = :on;

-- hard_due(now Time, most Int) -> many { id HardId, receiver PersonId, zone Str, hour Int?, answer Int, until_at Time, reached_at Time?, missed_since Time?, look_at Time, walk_state Int, state Int }
SELECT h.id, h.receiver, p.zone, h.hour, h.answer, h.until_at, h.reached_at, h.missed_since, h.look_at, m.state AS walk_state, h.state
FROM hard h JOIN match m ON m.id = h.match JOIN program p ON p.id = h.program
WHERE h.state IN (1, 2) AND h.look_at <= :now ORDER BY h.look_at, h.id LIMIT :most;

-- hard_set_looked(id HardId, look_at Time, missed_since Time?) -> count
UPDATE hard SET look_at = :look_at, missed_since = :missed_since WHERE id = :id AND state <> 3;

-- hard_rows_own(person PersonId, now Time) -> many { match MatchId, side Int, receiver PersonId, other_called Str, state Int, hour Int?, answer Int, until_at Time, reached_at Time?, missed_since Time?, backup HardBackupId?, is_asked Bool }
-- By enum HardSide. Whoever is asked to stand by does not read for whom.
SELECT h.match, 1 AS side, h.receiver, g.called AS other_called, h.state, h.hour, h.answer, h.until_at, h.reached_at,
       h.missed_since, CAST(NULL AS BIGINT) AS backup, 0 AS is_asked
FROM hard h JOIN match m ON m.id = h.match JOIN person g ON g.id = h.giver
WHERE h.receiver = :person AND h.state IN (1, 2) AND h.until_at > :now AND m.state IN (1, 2)
UNION ALL
SELECT h.match, 2 AS side, h.receiver, r.called AS other_called, h.state, h.hour, h.answer, h.until_at, h.reached_at,
       h.missed_since, CAST(NULL AS BIGINT) AS backup, 0 AS is_asked
FROM hard h JOIN match m ON m.id = h.match JOIN person r ON r.id = h.receiver
WHERE h.giver = :person AND h.state IN (1, 2) AND h.until_at > :now AND m.state IN (1, 2)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now)
UNION ALL
SELECT h.match, 3 AS side, h.receiver, CASE WHEN b.state = 3 THEN r.called ELSE '' END AS other_called, h.state, h.hour,
       h.answer, h.until_at, h.reached_at, h.missed_since, b.id AS backup, CASE WHEN b.state = 2 THEN 1 ELSE 0 END AS is_asked
FROM hard_backup b JOIN hard h ON h.id = b.hard JOIN match m ON m.id = h.match JOIN person r ON r.id = h.receiver
WHERE b.person = :person AND b.state IN (2, 3) AND h.state = 2 AND h.until_at > :now AND m.state IN (1, 2)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = b.person AND s.until_at > :now)
ORDER BY match, side LIMIT 20;

-- hard_rows_missed(program ProgramId, on Int, now Time) -> many { match MatchId, receiver_called Str, giver_called Str, since Time }
SELECT h.match, r.called AS receiver_called, g.called AS giver_called, h.missed_since AS since
FROM hard h JOIN match m ON m.id = h.match JOIN person r ON r.id = h.receiver JOIN person g ON g.id = h.giver
WHERE h.program = :program AND h.state = :on AND h.missed_since > 0 AND h.until_at > :now AND m.state IN (1, 2)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = 0 AND s.until_at > :now)
ORDER BY h.missed_since, h.match LIMIT 25;

-- hard_delete_of(receiver PersonId) -> count
DELETE FROM hard WHERE receiver = :receiver;

-- hard_backup_row(id HardBackupId, now Time) -> one { id HardBackupId, hard HardId, state Int, match MatchId, program ProgramId, request RequestId, receiver PersonId, receiver_called Str, giver_called Str, person PersonId, called Str, until_at Time, missed_since Time? }
SELECT b.id, b.hard, b.state, h.match, h.program, m.request, h.receiver, r.called AS receiver_called, g.called AS giver_called,
       b.person, p.called, h.until_at, h.missed_since
FROM hard_backup b JOIN hard h ON h.id = b.hard JOIN match m ON m.id = h.match JOIN person r ON r.id = h.receiver
JOIN person g ON g.id = h.giver JOIN person p ON p.id = b.person
WHERE b.id = :id AND b.state <> 4 AND h.state = 2 AND h.until_at > :now AND m.state IN (1, 2);

-- hard_backup_of_match(match MatchId) -> one { id HardBackupId }
SELECT b.id FROM hard h JOIN hard_backup b ON b.hard = h.id WHERE h.match = :match AND h.state <> 3 AND b.state <> 4;

-- hard_wish_row(match MatchId) -> one { is_wished Bool }
SELECT CASE WHEN h.wished_at IS NULL THEN 0 ELSE 1 END AS is_wished FROM hard h WHERE h.match = :match AND h.state <> 3;

-- hard_set_wished(id HardId, wished_at Time?) -> count
UPDATE hard SET wished_at = :wished_at WHERE id = :id AND state = 2;

-- hard_rows_candidate(match MatchId, offer OfferId?, most Int) -> many { id OfferId, person PersonId, called Str }
-- Of one offer (null: of all) of those that are free or full.
SELECT o.id, o.person, p.called FROM match m JOIN offer o ON o.program = m.program AND o.standing IN (1, 2)
JOIN person p ON p.id = o.person
WHERE m.id = :match AND (:offer IS NULL OR o.id = :offer) AND o.is_cleared = 1
AND o.person <> m.giver AND o.person <> m.receiver
AND NOT EXISTS (SELECT 1 FROM apart a WHERE a.one = m.receiver AND a.other = o.person)
AND NOT EXISTS (SELECT 1 FROM apart a WHERE a.one = o.person AND a.other = m.receiver)
AND NOT EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = o.person)
AND NOT EXISTS (SELECT 1 FROM hard h JOIN hard_backup b ON b.hard = h.id
                WHERE h.match = m.id AND h.state <> 3 AND b.person = o.person)
ORDER BY o.id LIMIT :most;

-- hard_backup_insert(id HardBackupId, hard HardId, person PersonId, named_by PersonId, now Time)
INSERT INTO hard_backup (id, hard, person, named_by, state, named_at) VALUES (:id, :hard, :person, :named_by, 1, :now);

-- hard_backup_set_agreed(id HardBackupId, now Time) -> count
UPDATE hard_backup SET state = 2, agreed_at = :now WHERE id = :id AND state = 1;

-- hard_backup_set_begun(id HardBackupId, now Time) -> count
UPDATE hard_backup SET state = 3, began_at = :now WHERE id = :id AND state = 2;

-- hard_backup_set_over(id HardBackupId, now Time) -> count
UPDATE hard_backup SET state = 4, ended_at = :now WHERE id = :id AND state <> 4;

-- hard_backup_of_hard(hard HardId) -> many { id HardBackupId, person PersonId, state Int, request RequestId }
SELECT b.id, b.person, b.state, m.request FROM hard_backup b JOIN hard h ON h.id = b.hard JOIN match m ON m.id = h.match
WHERE b.hard = :hard AND b.state <> 4 ORDER BY b.id LIMIT 1;

-- hard_backup_of_request(request RequestId, person PersonId) -> many { id HardBackupId }
SELECT b.id FROM hard_backup b JOIN hard h ON h.id = b.hard JOIN match m ON m.id = h.match
WHERE b.person = :person AND b.state IN (2, 3) AND m.request = :request ORDER BY b.id LIMIT 5;

-- hard_consent_of(request RequestId, person PersonId) -> many { consent ConsentId }
SELECT c.id AS consent FROM consent c
WHERE c.request = :request AND c.to_kind = 4 AND c.to_person = :person AND c.stopped_at IS NULL
ORDER BY c.given_at DESC, c.id LIMIT 1;

-- hard_backup_of_person(person PersonId) -> many { id HardBackupId, hard HardId, receiver PersonId }
SELECT b.id, b.hard, h.receiver FROM hard_backup b JOIN hard h ON h.id = b.hard
WHERE b.person = :person AND b.state IN (1, 2, 3) ORDER BY b.id LIMIT 100;

-- hard_rows_wished(program ProgramId, now Time) -> many { match MatchId, receiver_called Str }
SELECT h.match, r.called AS receiver_called FROM hard h JOIN match m ON m.id = h.match JOIN person r ON r.id = h.receiver
WHERE h.program = :program AND h.wished_at IS NOT NULL AND h.state = 2 AND h.until_at > :now AND m.state IN (1, 2)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = 0 AND s.until_at > :now)
ORDER BY h.wished_at, h.match LIMIT 25;

-- hard_backup_delete_of(receiver PersonId) -> count
DELETE FROM hard_backup WHERE hard IN (SELECT h.id FROM hard h WHERE h.receiver = :receiver);
