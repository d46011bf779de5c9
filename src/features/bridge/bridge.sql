-- SPDX-License-Identifier: Apache-2.0
-- Plans around a day.

-- bridge_insert(id BridgeId, match MatchId, receiver PersonId, giver PersonId, kind Int, day Time, now Time)
INSERT INTO bridge (id, match, receiver, giver, kind, day, made_at) VALUES (:id, :match, :receiver, :giver, :kind, :day, :now);

-- bridge_of_kind(match MatchId, kind Int) -> one { id BridgeId }
SELECT id FROM bridge WHERE match = :match AND kind = :kind AND ended_at IS NULL;

-- bridge_set_day(id BridgeId, day Time) -> count
UPDATE bridge SET day = :day WHERE id = :id AND ended_at IS NULL;

-- bridge_set_due(bridge BridgeId, stage Int, due_at Time) -> count
UPDATE bridge_step SET due_at = :due_at WHERE bridge = :bridge AND stage = :stage;

-- bridge_set_ended(id BridgeId, match MatchId, now Time) -> count
UPDATE bridge SET ended_at = :now WHERE id = :id AND match = :match AND ended_at IS NULL;

-- bridge_row(id BridgeId, match MatchId) -> one { kind Int, day Time, steps Int }
SELECT b.kind, b.day, (SELECT COUNT(*) FROM bridge_step s WHERE s.bridge = b.id) AS steps
FROM bridge b WHERE b.id = :id AND b.match = :match AND b.ended_at IS NULL;

-- bridge_step_insert(id BridgeStepId, bridge BridgeId, person PersonId, by_person PersonId, stage Int, words Sealed(bridge_step.words, id, person), due_at Time, now Time)
INSERT INTO bridge_step (id, bridge, person, by_person, stage, words, due_at, made_at)
VALUES (:id, :bridge, :person, :by_person, :stage, :words, :due_at, :now);

-- bridge_step_mark(bridge_step BridgeStepId)
INSERT INTO part2_bridge_step (bridge_step) VALUES (:bridge_step) ON CONFLICT DO NOTHING;

-- bridge_step_unmark(id BridgeStepId, match MatchId, actor PersonId)
-- Of one that the actor may take out.
DELETE FROM part2_bridge_step WHERE bridge_step IN (
    SELECT s.id FROM bridge_step s JOIN bridge b ON b.id = s.bridge
    WHERE s.id = :id AND (s.by_person = :actor OR s.person = :actor) AND b.match = :match AND b.ended_at IS NULL);

-- bridge_steps_unmark(person PersonId)
DELETE FROM part2_bridge_step WHERE bridge_step IN (SELECT s.id FROM bridge_step s WHERE s.person = :person);

-- bridge_step_set_done(id BridgeStepId, match MatchId, done_at Time?, done_by PersonId?) -> count
UPDATE bridge_step SET done_at = :done_at, done_by = :done_by
WHERE id = :id AND bridge IN (SELECT b.id FROM bridge b WHERE b.match = :match AND b.ended_at IS NULL);

-- bridge_step_delete(id BridgeStepId, match MatchId, actor PersonId) -> count
DELETE FROM bridge_step WHERE id = :id AND (by_person = :actor OR person = :actor)
AND bridge IN (SELECT b.id FROM bridge b WHERE b.match = :match AND b.ended_at IS NULL);

-- bridge_of_match(match MatchId, reader PersonId, contacts Int, now Time) -> many { id BridgeId, kind Int, day Time }
SELECT b.id, b.kind, b.day FROM bridge b JOIN match m ON m.id = b.match
WHERE b.match = :match AND b.ended_at IS NULL AND (m.receiver = :reader OR (m.giver = :reader AND m.state <> 4 AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now
    AND (s.items & :contacts) <> 0)))
ORDER BY b.day, b.id LIMIT 2;

-- bridge_step_list(bridge BridgeId, most Int) -> many { id BridgeStepId, stage Int, by_person PersonId, words Part2 Sealed(bridge_step.words, id), is_part2 Bool, is_done Bool, done_by_called Str? }
SELECT s.id, s.stage, s.by_person, s.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_bridge_step k WHERE k.bridge_step = s.id) THEN 1 ELSE 0 END AS is_part2,
       CASE WHEN s.done_at IS NULL THEN 0 ELSE 1 END AS is_done, d.called AS done_by_called
FROM bridge_step s LEFT JOIN person d ON d.id = s.done_by
WHERE s.bridge = :bridge ORDER BY s.stage, s.made_at, s.id LIMIT :most;

-- bridge_rows_due(person PersonId, contacts Int, now Time) -> many { match MatchId, other_called Str, kind Int, day Time, due Int }
SELECT b.match, g.called AS other_called, b.kind, b.day,
       (SELECT COUNT(*) FROM bridge_step s WHERE s.bridge = b.id AND s.done_at IS NULL AND s.due_at <= :now) AS due
FROM bridge b JOIN match m ON m.id = b.match JOIN person g ON g.id = b.giver
WHERE b.receiver = :person AND b.ended_at IS NULL AND m.state IN (1, 2)
UNION ALL
SELECT b.match, r.called AS other_called, b.kind, b.day,
       (SELECT COUNT(*) FROM bridge_step s WHERE s.bridge = b.id AND s.done_at IS NULL AND s.due_at <= :now) AS due
FROM bridge b JOIN match m ON m.id = b.match JOIN person r ON r.id = b.receiver
WHERE b.giver = :person AND b.ended_at IS NULL AND m.state IN (1, 2)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now
            AND (s.items & :contacts) <> 0)
ORDER BY day, match, kind LIMIT 10;

-- bridge_steps_forget(person PersonId) -> count
DELETE FROM bridge_step WHERE person = :person;

-- bridge_delete_about(person PersonId) -> count
DELETE FROM bridge WHERE receiver = :person;
