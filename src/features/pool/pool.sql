-- SPDX-License-Identifier: Apache-2.0
-- What a pool is made from: numbers of offers and the words they chose, never what they wrote.

-- pool_of_version(program ProgramId) -> one { version Int, remade_in Int }
SELECT version, remade_in FROM pool_version WHERE program = :program;

-- pool_of_changed(program ProgramId, after Int) -> many { id OfferId, person PersonId, relation ListItemId?, capacity Int, load Int, standing Int, is_cleared Bool, listed Int, pending Int, price Int }
-- Those that changed after that version; after -1: all.
SELECT id, person, relation, capacity, load, standing, is_cleared, listed, pending, price
FROM offer WHERE program = :program AND changed_in > :after ORDER BY id;

-- pool_of_items(program ProgramId, after Int) -> many { offer OfferId, item ListItemId, is_limit Bool }
-- Their words, what they have first, then their limits.
SELECT i.offer, i.item, CASE WHEN i.kind = 4 THEN 1 ELSE 0 END AS is_limit
FROM offer o JOIN offer_item i ON i.offer = o.id
WHERE o.program = :program AND o.changed_in > :after ORDER BY i.offer, is_limit, i.kind, i.item;

-- pool_of_offer(id OfferId) -> one { id OfferId, person PersonId, relation ListItemId?, capacity Int, load Int, standing Int, is_cleared Bool, listed Int, pending Int, price Int }
SELECT id, person, relation, capacity, load, standing, is_cleared, listed, pending, price FROM offer WHERE id = :id;

-- pool_of_offer_items(offer OfferId) -> many { item ListItemId, is_limit Bool }
SELECT i.item, CASE WHEN i.kind = 4 THEN 1 ELSE 0 END AS is_limit FROM offer_item i
WHERE i.offer = :offer ORDER BY is_limit, i.kind, i.item;

-- pool_of_lists(program ProgramId) -> many { id ListItemId, list Int }
-- Of what each word speaks.
SELECT id, list FROM list_item WHERE program = :program ORDER BY id;
