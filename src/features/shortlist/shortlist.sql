-- SPDX-License-Identifier: Apache-2.0
-- The few people suggested for a request, why, what was answered, and the invitation that followed.

-- shortlist_held(request RequestId) -> many { offer OfferId }
-- Those on whose places the request's own open list counts.
SELECT e.offer FROM shortlist s JOIN shortlist_entry e ON e.shortlist = s.id
WHERE s.request = :request AND s.state = 1 AND s.held_until IS NOT NULL AND e.answer = 1 ORDER BY e.offer LIMIT 8;

-- shortlist_apart_add(one PersonId, other PersonId, by_person PersonId, now Time) -> count
INSERT INTO apart (one, other, by_person, at) VALUES (:one, :other, :by_person, :now) ON CONFLICT DO NOTHING;

-- shortlist_insert(id ShortlistId, request RequestId, made_by PersonId, policy Str, seed Int, now Time, held_until Time, follows ShortlistId?, shown Int)
INSERT INTO shortlist (id, request, made_by, policy, seed, state, made_at, answered_at, held_until, follows, shown)
VALUES (:id, :request, :made_by, :policy, :seed, 1, :now, NULL, :held_until, :follows, :shown);

-- shortlist_entry_insert(shortlist ShortlistId, position Int, offer OfferId, score Int)
INSERT INTO shortlist_entry (shortlist, position, offer, score, answer)
VALUES (:shortlist, :position, :offer, :score, 1);

-- shortlist_reason_insert(shortlist ShortlistId, position Int, reason Int, item ListItemId, points Int)
INSERT INTO shortlist_reason (shortlist, position, reason, item, points)
VALUES (:shortlist, :position, :reason, :item, :points);

-- shortlist_newest(request RequestId) -> many { id ShortlistId, state Int, made_by PersonId, policy Str, seed Int, made_at Time, shown Int }
-- Of two that were made at the same moment, the one that goes on.
SELECT id, state, made_by, policy, seed, made_at, shown FROM shortlist WHERE request = :request
ORDER BY made_at DESC, state, id LIMIT 1;

-- shortlist_by_id(id ShortlistId) -> one { id ShortlistId, state Int, made_by PersonId, shown Int }
SELECT id, state, made_by, shown FROM shortlist WHERE id = :id;

-- shortlist_offers(shortlist ShortlistId) -> many { offer OfferId }
SELECT offer FROM shortlist_entry WHERE shortlist = :shortlist ORDER BY position;

-- shortlist_entry_copy(source ShortlistId, source_position Int, shortlist ShortlistId, position Int) -> count
-- Someone who still stands, as the family saw them before.
INSERT INTO shortlist_entry (shortlist, position, offer, score, answer)
SELECT :shortlist, CAST(:position AS BIGINT), e.offer, e.score, 1 FROM shortlist_entry e
WHERE e.shortlist = :source AND e.position = :source_position;

-- shortlist_reasons_copy(source ShortlistId, source_position Int, shortlist ShortlistId, position Int) -> count
INSERT INTO shortlist_reason (shortlist, position, reason, item, points)
SELECT :shortlist, CAST(:position AS BIGINT), r.reason, r.item, r.points FROM shortlist_reason r
WHERE r.shortlist = :source AND r.position = :source_position;

-- shortlist_list_run_out(now Time) -> many { id ShortlistId }
-- Lists that have held their places for long enough.
SELECT id FROM shortlist WHERE held_until IS NOT NULL AND held_until <= :now ORDER BY id LIMIT 1000;

-- shortlist_let_go(id ShortlistId) -> count
UPDATE shortlist SET held_until = NULL WHERE id = :id;

-- shortlist_entries(shortlist ShortlistId) -> many { position Int, offer OfferId, person PersonId, called Str, about Str, relation ListItemId?, standing Int, is_cleared Bool, answer Int }
SELECT e.position, e.offer, o.person, p.called, o.about, o.relation, o.standing, o.is_cleared, e.answer
FROM shortlist_entry e JOIN offer o ON o.id = e.offer JOIN person p ON p.id = o.person
WHERE e.shortlist = :shortlist ORDER BY e.position;

-- shortlist_items(shortlist ShortlistId) -> many { position Int, item ListItemId, kind Int, list Int }
-- What families who choose may see of those on the list.
SELECT e.position, i.item, i.kind, l.list
FROM shortlist_entry e JOIN offer_item i ON i.offer = e.offer AND i.audience = 1 AND i.kind <> 4
JOIN list_item l ON l.id = i.item
WHERE e.shortlist = :shortlist ORDER BY e.position, i.kind, l.list, l.position, l.id LIMIT 600;

-- shortlist_reasons(shortlist ShortlistId) -> many { position Int, reason Int, item ListItemId, points Int }
-- Those that speak for someone. What an offer says only to the coordinator is never told as a reason.
SELECT r.position, r.reason, r.item, r.points
FROM shortlist_reason r JOIN shortlist_entry e ON e.shortlist = r.shortlist AND e.position = r.position
WHERE r.shortlist = :shortlist AND r.points >= 0
AND (r.reason IN (3, 7, 17) OR EXISTS (SELECT 1 FROM offer_item i
     WHERE i.offer = e.offer AND i.item = r.item AND i.audience = 1 AND i.kind <> 4))
ORDER BY r.position, r.points DESC, r.reason, r.item LIMIT 200;

-- shortlist_set_state(id ShortlistId, state Int, answered_at Time?, held_until Time?) -> count
UPDATE shortlist SET state = :state, answered_at = :answered_at, held_until = :held_until WHERE id = :id;

-- shortlist_set_answer(shortlist ShortlistId, offer OfferId, before Int, after Int) -> count
UPDATE shortlist_entry SET answer = :after WHERE shortlist = :shortlist AND offer = :offer AND answer = :before;

-- shortlist_set_answers(shortlist ShortlistId, before Int, after Int) -> count
UPDATE shortlist_entry SET answer = :after WHERE shortlist = :shortlist AND answer = :before;

-- invitation_insert(id InvitationId, request RequestId, offer OfferId, shortlist ShortlistId, now Time, due_at Time)
INSERT INTO invitation (id, request, offer, shortlist, state, created_at, due_at, answered_at)
VALUES (:id, :request, :offer, :shortlist, 1, :now, :due_at, NULL);

-- invitation_by_id(id InvitationId) -> one { id InvitationId, request RequestId, offer OfferId, shortlist ShortlistId, program ProgramId, receiver PersonId, giver PersonId, state Int, words Sealed(invitation.words, id), created_at Time, due_at Time, answered_at Time? }
SELECT i.id, i.request, i.offer, i.shortlist, r.program, r.person AS receiver, o.person AS giver, i.state, i.words,
       i.created_at, i.due_at, i.answered_at
FROM invitation i JOIN request r ON r.id = i.request JOIN offer o ON o.id = i.offer WHERE i.id = :id;

-- invitation_set_state(id InvitationId, receiver PersonId, state Int, words Sealed(invitation.words, id, receiver), answered_at Time?) -> count
UPDATE invitation SET state = :state, words = :words, answered_at = :answered_at WHERE id = :id AND state IN (1, 4);

-- invitation_waiting(request RequestId) -> many { id InvitationId, offer OfferId, shortlist ShortlistId, called Str, state Int, words Sealed(invitation.words, id), due_at Time }
SELECT i.id, i.offer, i.shortlist, p.called, i.state, i.words, i.due_at
FROM invitation i JOIN offer o ON o.id = i.offer JOIN person p ON p.id = o.person
WHERE i.request = :request AND i.state IN (1, 4) ORDER BY i.created_at DESC, i.id LIMIT 1;
