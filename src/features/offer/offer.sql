-- SPDX-License-Identifier: Apache-2.0
-- Offers: who would walk with others, with what was lived and what is possible.

-- offer_insert(id OfferId, program ProgramId, person PersonId, relation ListItemId?, about Str, capacity Int, now Time)
INSERT INTO offer (id, program, person, relation, about, capacity, load, standing, paused_until, is_cleared, version,
                   created_at)
VALUES (:id, :program, :person, :relation, :about, :capacity, 0, 1, NULL, 0, 1, :now);

-- offer_by_id(id OfferId) -> one { id OfferId, program ProgramId, person PersonId, called Str, relation ListItemId?, about Str, capacity Int, load Int, standing Int, paused_until Time?, is_cleared Bool, version Int, created_at Time, listed Int, pending Int }
SELECT o.id, o.program, o.person, p.called, o.relation, o.about, o.capacity, o.load, o.standing, o.paused_until,
       o.is_cleared, o.version, o.created_at, o.listed, o.pending
FROM offer o JOIN person p ON p.id = o.person WHERE o.id = :id;

-- offer_by_person(program ProgramId, person PersonId) -> one { id OfferId }
SELECT id FROM offer WHERE program = :program AND person = :person;

-- offer_set_content(id OfferId, before Int, relation ListItemId?, about Str, capacity Int) -> count
UPDATE offer SET relation = :relation, about = :about, capacity = :capacity, version = version + 1
WHERE id = :id AND version = :before;

-- offer_item_list(offer OfferId) -> many { item ListItemId, list Int, kind Int, audience Int }
SELECT i.item, l.list, i.kind, i.audience FROM offer_item i JOIN list_item l ON l.id = i.item
WHERE i.offer = :offer ORDER BY i.kind, l.list, l.position, l.id LIMIT 400;

-- offer_item_insert(offer OfferId, item ListItemId, kind Int, audience Int) -> count
INSERT INTO offer_item (offer, item, kind, audience) VALUES (:offer, :item, :kind, :audience)
ON CONFLICT DO NOTHING;

-- offer_item_clear(offer OfferId) -> count
DELETE FROM offer_item WHERE offer = :offer;

-- offer_item_clear_said(offer OfferId) -> count
-- What the person says; who pays is the coordinator's word and stays.
DELETE FROM offer_item WHERE offer = :offer
AND NOT EXISTS (SELECT 1 FROM list_item l WHERE l.id = offer_item.item AND l.list = 12);

-- offer_item_clear_funding(offer OfferId) -> count
DELETE FROM offer_item WHERE offer = :offer
AND EXISTS (SELECT 1 FROM list_item l WHERE l.id = offer_item.item AND l.list = 12);

-- offer_set_version(id OfferId, before Int) -> count
UPDATE offer SET version = version + 1 WHERE id = :id AND version = :before;

-- offer_set_standing(id OfferId, load Int, listed Int, pending Int, standing Int, paused_until Time?) -> count
-- Not a change of what was written: forms that are open stay good.
UPDATE offer SET load = :load, listed = :listed, pending = :pending, standing = :standing,
                 paused_until = :paused_until
WHERE id = :id;

-- offer_set_clearance(id OfferId, before Int, is_cleared Bool) -> count
UPDATE offer SET is_cleared = :is_cleared, version = version + 1 WHERE id = :id AND version = :before;

-- offer_set_places(id OfferId, before Int, capacity Int) -> count
UPDATE offer SET capacity = :capacity, version = version + 1 WHERE id = :id AND version = :before;

-- offer_count(offer OfferId) -> one { walking Int, pending Int, listed Int }
-- Running matches (not ended), invitations that still wait for a yes or no, and open lists that hold a place with it.
SELECT CAST((SELECT COUNT(*) FROM match m WHERE m.offer = :offer AND m.state <> 4) AS BIGINT) AS walking,
       CAST((SELECT COUNT(*) FROM invitation i WHERE i.offer = :offer AND i.state IN (1, 4)) AS BIGINT) AS pending,
       CAST((SELECT COUNT(*) FROM shortlist_entry e JOIN shortlist s ON s.id = e.shortlist
             WHERE e.offer = :offer AND e.answer = 1 AND s.state = 1 AND s.held_until IS NOT NULL) AS BIGINT) AS listed;

-- ---- the pool's version ----

-- offer_pool_next(offer OfferId) -> count
-- The next version of the pool that this offer is in. Whoever reads the number after the commit sees the change too.
INSERT INTO pool_version (program, version, remade_in)
SELECT o.program, 1, 0 FROM offer o WHERE o.id = :offer
ON CONFLICT (program) DO UPDATE SET version = pool_version.version + 1;

-- offer_set_changed(id OfferId) -> count
UPDATE offer SET changed_in = (SELECT v.version FROM pool_version v WHERE v.program = offer.program) WHERE id = :id;

-- offer_pool_remake(offer OfferId) -> count
-- Nothing is left to read of an offer that is taken out: pools from before this version are made anew.
UPDATE pool_version SET remade_in = version WHERE program = (SELECT o.program FROM offer o WHERE o.id = :offer);

-- offer_put_price(id OfferId, price Int) -> count
UPDATE offer SET price = :price WHERE id = :id AND price <> :price;

-- offer_list_to_wake(now Time) -> many { id OfferId }
SELECT id FROM offer WHERE standing = 3 AND paused_until IS NOT NULL AND paused_until <= :now ORDER BY id LIMIT 1000;

-- offer_delete(id OfferId) -> count
DELETE FROM offer WHERE id = :id;
