-- SPDX-License-Identifier: Apache-2.0
-- Matches: two people, where they stand, and what the invitation page shows before there is one.

-- match_insert(id MatchId, program ProgramId, request RequestId, offer OfferId, receiver PersonId, giver PersonId, now Time, due_at Time)
INSERT INTO match (id, program, request, offer, receiver, giver, state, state_at, due_at, began_at)
VALUES (:id, :program, :request, :offer, :receiver, :giver, 1, :now, :due_at, :now);

-- match_row(id MatchId) -> one { program ProgramId, request RequestId, offer OfferId, receiver PersonId, receiver_called Str, giver PersonId, giver_called Str, state Int, state_at Time, due_at Time, receiver_agreed_at Time?, giver_agreed_at Time?, began_at Time, first_contact_at Time?, ended_at Time? }
SELECT m.program, m.request, m.offer, m.receiver, r.called AS receiver_called, m.giver, g.called AS giver_called,
       m.state, m.state_at, m.due_at, m.receiver_agreed_at, m.giver_agreed_at, m.began_at, m.first_contact_at,
       m.ended_at
FROM match m JOIN person r ON r.id = m.receiver JOIN person g ON g.id = m.giver
WHERE m.id = :id;

-- match_set_state(id MatchId, before Int, after Int, now Time, due_at Time) -> count
UPDATE match SET state = :after, state_at = :now, due_at = :due_at WHERE id = :id AND state = :before;

-- match_set_ended(id MatchId, now Time) -> count
UPDATE match SET state = 4, state_at = :now, ended_at = :now WHERE id = :id AND state <> 4;

-- match_set_reached(id MatchId, at Time, now Time, due_at Time) -> count
-- A contact that is written down late may lie before one that is known already: nothing goes back for it.
UPDATE match SET
    first_contact_at = CASE WHEN first_contact_at < :at THEN first_contact_at ELSE :at END,
    state_at = CASE WHEN state = 1 THEN :now ELSE state_at END,
    due_at = CASE WHEN state <> 1 AND due_at > :due_at THEN due_at ELSE :due_at END,
    state = CASE WHEN state = 1 THEN 2 ELSE state END
WHERE id = :id AND state <> 4;

-- match_set_receiver_agreed(id MatchId, now Time) -> count
UPDATE match SET receiver_agreed_at = :now WHERE id = :id AND receiver_agreed_at IS NULL AND state <> 4;

-- match_set_giver_agreed(id MatchId, now Time) -> count
UPDATE match SET giver_agreed_at = :now WHERE id = :id AND giver_agreed_at IS NULL AND state <> 4;

-- match_wish_labels(request RequestId, lang Int) -> many { list Int, label Part2 Str, is_part2 Bool }
-- What the family hopes for, in the reader's language or, where that is not written, in the other.
SELECT i.list, COALESCE(NULLIF(t.words, ''), o.words, '') AS label,
       CASE WHEN EXISTS (SELECT 1 FROM part2_item k WHERE k.item = i.id) THEN 1 ELSE 0 END AS is_part2
FROM request_wish w JOIN list_item i ON i.id = w.item
LEFT JOIN list_item_text t ON t.item = i.id AND t.lang = :lang
LEFT JOIN list_item_text o ON o.item = i.id AND o.lang <> :lang
WHERE w.request = :request ORDER BY i.list, i.position, i.id, o.lang LIMIT 100;

-- match_offer_labels(offer OfferId, lang Int) -> many { kind Int, label Str }
-- When the person is free and what they would rather not walk with, to be read by that person alone.
SELECT f.kind, COALESCE(NULLIF(t.words, ''), o.words, '') AS label
FROM offer_item f JOIN list_item i ON i.id = f.item
LEFT JOIN list_item_text t ON t.item = i.id AND t.lang = :lang
LEFT JOIN list_item_text o ON o.item = i.id AND o.lang <> :lang
WHERE f.offer = :offer AND f.kind IN (3, 4) ORDER BY f.kind, i.list, i.position, i.id, o.lang LIMIT 100;

