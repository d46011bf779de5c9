-- SPDX-License-Identifier: Apache-2.0
-- What works for somebody, on cards.

-- toolbox_end(person PersonId) -> one { cards Int, place Int }
SELECT COUNT(*) AS cards, CAST(COALESCE(MAX(place), 0) AS BIGINT) AS place FROM toolbox_card WHERE person = :person;

-- toolbox_insert(id ToolboxCardId, person PersonId, words Sealed(toolbox_card.words, id, person), kind Int, is_trial Bool, place Int, now Time)
INSERT INTO toolbox_card (id, person, words, kind, is_trial, place, made_at)
VALUES (:id, :person, :words, :kind, :is_trial, :place, :now);

-- toolbox_update(id ToolboxCardId, person PersonId, words Sealed(toolbox_card.words, id, person), kind Int, is_trial Bool) -> count
UPDATE toolbox_card SET words = :words, kind = :kind, is_trial = :is_trial WHERE id = :id AND person = :person;

-- toolbox_mark_part2(card ToolboxCardId)
INSERT INTO part2_toolbox_card (card) VALUES (:card) ON CONFLICT DO NOTHING;

-- toolbox_unmark_part2(card ToolboxCardId)
DELETE FROM part2_toolbox_card WHERE card = :card;

-- toolbox_places(person PersonId, most Int) -> many { id ToolboxCardId, place Int }
SELECT id, place FROM toolbox_card WHERE person = :person ORDER BY place, id LIMIT :most;

-- toolbox_set_place(id ToolboxCardId, person PersonId, place Int)
UPDATE toolbox_card SET place = :place WHERE id = :id AND person = :person;

-- toolbox_delete(id ToolboxCardId, person PersonId)
DELETE FROM toolbox_card WHERE id = :id AND person = :person;

-- toolbox_unmark_of(person PersonId)
DELETE FROM part2_toolbox_card WHERE card IN (SELECT c.id FROM toolbox_card c WHERE c.person = :person);

-- toolbox_delete_of(person PersonId)
DELETE FROM toolbox_card WHERE person = :person;

-- toolbox_of_person(person PersonId, most Int) -> many { id ToolboxCardId, person PersonId, words Part2 Sealed(toolbox_card.words, id), is_part2 Bool, kind Int, is_trial Bool, made_at Time }
SELECT c.id, c.person, c.words, CASE WHEN EXISTS (SELECT 1 FROM part2_toolbox_card k WHERE k.card = c.id) THEN 1 ELSE 0 END AS is_part2,
       c.kind, c.is_trial, c.made_at
FROM toolbox_card c WHERE c.person = :person ORDER BY c.place, c.id LIMIT :most;

-- toolbox_by_id(id ToolboxCardId, person PersonId) -> one { id ToolboxCardId, person PersonId, words Part2 Sealed(toolbox_card.words, id), is_part2 Bool, kind Int, is_trial Bool, made_at Time }
SELECT c.id, c.person, c.words, CASE WHEN EXISTS (SELECT 1 FROM part2_toolbox_card k WHERE k.card = c.id) THEN 1 ELSE 0 END AS is_part2,
       c.kind, c.is_trial, c.made_at
FROM toolbox_card c WHERE c.id = :id AND c.person = :person;

-- toolbox_opened(match MatchId, person PersonId, most Int) -> many { id ToolboxCardId, person PersonId, words Part2 Sealed(toolbox_card.words, id), is_part2 Bool, kind Int, is_trial Bool, made_at Time }
-- For who may read in this match (ReaderLet).
SELECT c.id, c.person, c.words, CASE WHEN EXISTS (SELECT 1 FROM part2_toolbox_card k WHERE k.card = c.id) THEN 1 ELSE 0 END AS is_part2,
       c.kind, c.is_trial, c.made_at
FROM reader r JOIN toolbox_card c ON c.id = r.thing AND c.person = :person
WHERE r.match = :match AND r.kind = 2 ORDER BY c.place, c.id LIMIT :most;
