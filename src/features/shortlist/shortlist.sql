-- SPDX-License-Identifier: Apache-2.0
-- The few people suggested for a request, why, what was answered, and the invitation that followed.

-- shortlist_pool(program ProgramId) -> many { id OfferId, person PersonId, relation ListItemId?, capacity Int, load Int, standing Int, is_cleared Bool, listed Int }
-- Everyone who offers in the program, with how many open lists they stand on.
SELECT o.id, o.person, o.relation, o.capacity, o.load, o.standing, o.is_cleared,
       CAST((SELECT COUNT(*) FROM shortlist_entry e JOIN shortlist s ON s.id = e.shortlist
             WHERE e.offer = o.id AND s.state = 1) AS BIGINT) AS listed
FROM offer o WHERE o.program = :program AND o.standing <> 4 ORDER BY o.id;

-- shortlist_pool_items(program ProgramId) -> many { offer OfferId, item ListItemId, kind Int }
SELECT i.offer, i.item, i.kind FROM offer_item i JOIN offer o ON o.id = i.offer
WHERE o.program = :program AND o.standing <> 4 ORDER BY i.offer, i.kind, i.item;

-- shortlist_apart(person PersonId) -> many { other PersonId }
-- The pair is kept in both directions.
SELECT other FROM apart WHERE one = :person ORDER BY other;

-- shortlist_apart_add(one PersonId, other PersonId, by_person PersonId, now Time) -> count
INSERT INTO apart (one, other, by_person, at) VALUES (:one, :other, :by_person, :now) ON CONFLICT DO NOTHING;

-- shortlist_passed(request RequestId) -> many { offer OfferId }
-- Passed over, declined, or said no, for this request; or walked along until the family asked for someone else or the
-- supporter had to stop, which is noted at the moment of the end. Whoever ends for now may come back to the same person.
SELECT e.offer FROM shortlist_entry e JOIN shortlist s ON s.id = e.shortlist
WHERE s.request = :request AND e.answer IN (3, 4, 5)
UNION
SELECT m.offer FROM match m JOIN request_note n ON n.request = m.request AND n.at = m.ended_at
WHERE m.request = :request AND n.kind IN (20, 21)
ORDER BY 1;

-- shortlist_language(program ProgramId, name Str) -> many { item ListItemId }
-- The program's list item for a language by the language's own name.
SELECT DISTINCT l.id AS item FROM list_item l JOIN list_item_text t ON t.item = l.id
WHERE l.program = :program AND l.list = 2 AND t.words = :name ORDER BY l.id LIMIT 1;

-- shortlist_insert(id ShortlistId, request RequestId, made_by PersonId, policy Str, seed Int, now Time)
INSERT INTO shortlist (id, request, made_by, policy, seed, state, made_at, answered_at)
VALUES (:id, :request, :made_by, :policy, :seed, 1, :now, NULL);

-- shortlist_entry_insert(shortlist ShortlistId, position Int, offer OfferId, score Int)
INSERT INTO shortlist_entry (shortlist, position, offer, score, answer)
VALUES (:shortlist, :position, :offer, :score, 1);

-- shortlist_reason_insert(shortlist ShortlistId, position Int, reason Int, item ListItemId, points Int)
INSERT INTO shortlist_reason (shortlist, position, reason, item, points)
VALUES (:shortlist, :position, :reason, :item, :points);

-- shortlist_replace_open(request RequestId) -> count
UPDATE shortlist SET state = 3 WHERE request = :request AND state = 1;

-- shortlist_newest(request RequestId) -> many { id ShortlistId, state Int, policy Str, seed Int, made_at Time }
SELECT id, state, policy, seed, made_at FROM shortlist WHERE request = :request ORDER BY made_at DESC, id LIMIT 1;

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
AND (r.reason IN (3, 7) OR EXISTS (SELECT 1 FROM offer_item i
     WHERE i.offer = e.offer AND i.item = r.item AND i.audience = 1
     AND i.kind = CASE r.reason WHEN 5 THEN 2 WHEN 6 THEN 3 ELSE 1 END))
ORDER BY r.position, r.points DESC, r.reason, r.item LIMIT 200;

-- shortlist_set_state(id ShortlistId, state Int, answered_at Time?) -> count
UPDATE shortlist SET state = :state, answered_at = :answered_at WHERE id = :id;

-- shortlist_set_answer(shortlist ShortlistId, offer OfferId, before Int, after Int) -> count
UPDATE shortlist_entry SET answer = :after WHERE shortlist = :shortlist AND offer = :offer AND answer = :before;

-- shortlist_set_answers(shortlist ShortlistId, before Int, after Int) -> count
UPDATE shortlist_entry SET answer = :after WHERE shortlist = :shortlist AND answer = :before;

-- shortlist_count_left(shortlist ShortlistId) -> one { entries Int }
SELECT COUNT(*) AS entries FROM shortlist_entry WHERE shortlist = :shortlist AND answer = 1;

-- shortlist_person_mail(person PersonId) -> many { value Str, lang Int }
SELECT c.value, p.lang FROM contact_point c JOIN person p ON p.id = c.person
WHERE c.person = :person AND c.kind = 1 ORDER BY c.created_at, c.id LIMIT 1;

-- invitation_insert(id InvitationId, request RequestId, offer OfferId, shortlist ShortlistId, now Time, due_at Time)
INSERT INTO invitation (id, request, offer, shortlist, state, words, created_at, due_at, answered_at)
VALUES (:id, :request, :offer, :shortlist, 1, '', :now, :due_at, NULL);

-- invitation_by_id(id InvitationId) -> one { id InvitationId, request RequestId, offer OfferId, shortlist ShortlistId, program ProgramId, receiver PersonId, giver PersonId, state Int, words Str, created_at Time, due_at Time, answered_at Time? }
SELECT i.id, i.request, i.offer, i.shortlist, r.program, r.person AS receiver, o.person AS giver, i.state, i.words,
       i.created_at, i.due_at, i.answered_at
FROM invitation i JOIN request r ON r.id = i.request JOIN offer o ON o.id = i.offer WHERE i.id = :id;

-- invitation_set_state(id InvitationId, state Int, words Str, answered_at Time?) -> count
UPDATE invitation SET state = :state, words = :words, answered_at = :answered_at WHERE id = :id AND state IN (1, 4);

-- invitation_waiting(request RequestId) -> many { id InvitationId, offer OfferId, shortlist ShortlistId, called Str, state Int, words Str, due_at Time }
SELECT i.id, i.offer, i.shortlist, p.called, i.state, i.words, i.due_at
FROM invitation i JOIN offer o ON o.id = i.offer JOIN person p ON p.id = o.person
WHERE i.request = :request AND i.state IN (1, 4) ORDER BY i.created_at DESC, i.id LIMIT 1;
