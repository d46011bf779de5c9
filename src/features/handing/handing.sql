-- SPDX-License-Identifier: Apache-2.0
-- What will be said to a warmline or a crisis team.

-- handing_insert(id HandingId, match MatchId, person PersonId, by_person PersonId, what Sealed(handing.what, id, person), whom Sealed(handing.whom, id, person), state Int, how Int, now Time, answered_at Time?)
INSERT INTO handing (id, match, person, by_person, what, whom, state, how, written_at, answered_at)
VALUES (:id, :match, :person, :by_person, :what, :whom, :state, :how, :now, :answered_at);

-- handing_mark_part2(handing HandingId)
INSERT INTO part2_handing (handing) VALUES (:handing) ON CONFLICT DO NOTHING;

-- handing_set_agreed(id HandingId, match MatchId, how Int, now Time) -> count
-- What was noted by phone is agreed to once more on the page.
UPDATE handing SET state = 2, how = :how, answered_at = :now
WHERE id = :id AND match = :match AND (state = 1 OR (state = 2 AND how = 2 AND :how = 1));

-- handing_set_dropped(id HandingId, match MatchId, agreed Bool, now Time) -> count
-- `agreed`: also what was agreed to.
UPDATE handing SET state = 3, answered_at = :now
WHERE id = :id AND match = :match AND (state = 1 OR (state = 2 AND :agreed = 1));

-- handing_set_said(id HandingId, match MatchId, now Time) -> count
UPDATE handing SET state = 4, said_at = :now WHERE id = :id AND match = :match AND state = 2;

-- handing_of_match(match MatchId) -> many { id HandingId, by_person PersonId, by_called Str, what Part2 Sealed(handing.what, id), whom Part2 Sealed(handing.whom, id), is_part2 Bool, state Int, how Int, written_at Time, answered_at Time?, said_at Time? }
SELECT h.id, h.by_person, p.called AS by_called, h.what, h.whom,
       CASE WHEN EXISTS (SELECT 1 FROM part2_handing k WHERE k.handing = h.id) THEN 1 ELSE 0 END AS is_part2,
       h.state, h.how, h.written_at, h.answered_at, h.said_at
FROM handing h JOIN person p ON p.id = h.by_person WHERE h.match = :match ORDER BY h.written_at DESC, h.id LIMIT 20;

-- handing_waiting(person PersonId) -> many { match MatchId }
SELECT h.match FROM handing h JOIN match m ON m.id = h.match
WHERE h.person = :person AND h.state = 1 AND m.state <> 4 ORDER BY h.written_at, h.id LIMIT 1;

-- handing_unmark_about(person PersonId) -> count
DELETE FROM part2_handing WHERE handing IN (SELECT id FROM handing WHERE person = :person);

-- handing_delete_about(person PersonId) -> count
DELETE FROM handing WHERE person = :person;
