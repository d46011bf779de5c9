-- SPDX-License-Identifier: Apache-2.0
-- Requests: what a family asked for, what was coded and noted beside it, and where it stands.

-- request_insert(id RequestId, program ProgramId, person PersonId, kind Int, source Int, receipt_hash Bytes, lang Int, need Str, relation ListItemId?, age ListItemId?, hopes Str, has_no_preference Bool, state_at Time, due_at Time, asked_at Time)
INSERT INTO request (id, program, person, kind, source, receipt_hash, lang, need, relation, age, hopes,
                     has_no_preference, state, state_at, due_at, taken_by, version, created_at, replied_at)
VALUES (:id, :program, :person, :kind, :source, :receipt_hash, :lang, :need, :relation, :age, :hopes,
        :has_no_preference, 1, :state_at, :due_at, NULL, 1, :asked_at, NULL);

-- request_by_id(id RequestId) -> one { id RequestId, program ProgramId, person PersonId, called Str, kind Int, source Int, lang Int, need Str, hopes Str, relation ListItemId?, age ListItemId?, has_no_preference Bool, state Int, state_at Time, due_at Time, taken_by PersonId?, taken_by_called Str?, version Int, created_at Time, replied_at Time? }
SELECT r.id, r.program, r.person, p.called, r.kind, r.source, r.lang, r.need, r.hopes, r.relation, r.age,
       r.has_no_preference, r.state, r.state_at, r.due_at, r.taken_by, t.called AS taken_by_called, r.version,
       r.created_at, r.replied_at
FROM request r JOIN person p ON p.id = r.person LEFT JOIN person t ON t.id = r.taken_by
WHERE r.id = :id;

-- request_by_receipt(receipt_hash Bytes, value_key Str) -> one { id RequestId }
-- A code alone opens nothing: one of the asking person's own ways to be reached goes with it.
SELECT r.id FROM request r
WHERE r.receipt_hash = :receipt_hash
AND EXISTS (SELECT 1 FROM contact_point c WHERE c.person = r.person AND c.value_key = :value_key);

-- request_set_state(id RequestId, before Int, after Int, now Time, due_at Time) -> count
UPDATE request SET state = :after, state_at = :now, due_at = :due_at, version = version + 1
WHERE id = :id AND state = :before;

-- request_set_taken(id RequestId, before Int, taken_by PersonId?) -> count
UPDATE request SET taken_by = :taken_by, version = version + 1 WHERE id = :id AND version = :before;

-- request_set_version(id RequestId, before Int) -> count
UPDATE request SET version = version + 1 WHERE id = :id AND version = :before;

-- request_set_replied(id RequestId, now Time) -> count
UPDATE request SET replied_at = :now WHERE id = :id AND replied_at IS NULL;

-- request_wish_insert(request RequestId, item ListItemId) -> count
INSERT INTO request_wish (request, item) VALUES (:request, :item) ON CONFLICT DO NOTHING;

-- request_wish_list(request RequestId) -> many { item ListItemId, list Int }
SELECT w.item, l.list FROM request_wish w JOIN list_item l ON l.id = w.item
WHERE w.request = :request ORDER BY l.list, l.position, l.id LIMIT 400;

-- request_code_insert(request RequestId, item ListItemId, by_person PersonId, now Time) -> count
INSERT INTO request_code (request, item, by_person, at) VALUES (:request, :item, :by_person, :now);

-- request_code_delete(request RequestId, item ListItemId) -> count
DELETE FROM request_code WHERE request = :request AND item = :item;

-- request_code_list(request RequestId) -> many { item ListItemId, list Int, by_person PersonId, by_called Str, at Time }
SELECT c.item, l.list, c.by_person, p.called AS by_called, c.at
FROM request_code c JOIN list_item l ON l.id = c.item JOIN person p ON p.id = c.by_person
WHERE c.request = :request ORDER BY l.list, l.position, l.id LIMIT 400;

-- request_note_insert(id RequestNoteId, request RequestId, by_person PersonId, kind Int, words Str, now Time)
INSERT INTO request_note (id, request, by_person, kind, words, at)
VALUES (:id, :request, :by_person, :kind, :words, :now);

-- request_note_list(request RequestId) -> many { id RequestNoteId, by_person PersonId, by_called Str, kind Int, words Str, at Time }
-- Newest last, as it was written; the most recent 300.
SELECT n.id, n.by_person, n.by_called, n.kind, n.words, n.at
FROM (SELECT m.id, m.by_person, p.called AS by_called, m.kind, m.words, m.at
      FROM request_note m JOIN person p ON p.id = m.by_person
      WHERE m.request = :request ORDER BY m.at DESC, m.id DESC LIMIT 300) n
ORDER BY n.at, n.id;

-- request_taken_at(request RequestId, by_person PersonId) -> one { at Time? }
-- Since when this coordinator has it.
SELECT MAX(at) AS at FROM request_note WHERE request = :request AND by_person = :by_person AND kind = 8;

-- request_unlike_insert(request RequestId, list Int) -> count
INSERT INTO request_unlike (request, list) VALUES (:request, :list) ON CONFLICT DO NOTHING;

-- request_unlike_clear(request RequestId) -> count
DELETE FROM request_unlike WHERE request = :request;

-- request_unlike_list(request RequestId) -> many { list Int }
SELECT list FROM request_unlike WHERE request = :request ORDER BY list;

-- request_close_shortlists(request RequestId) -> count
UPDATE shortlist SET state = 3 WHERE request = :request AND state = 1;

-- request_list_waiting_invitations(request RequestId) -> many { id InvitationId, offer OfferId }
SELECT id, offer FROM invitation WHERE request = :request AND state IN (1, 4) ORDER BY id LIMIT 100;

-- request_withdraw_invitation(id InvitationId, now Time) -> count
UPDATE invitation SET state = 5, answered_at = :now WHERE id = :id AND state IN (1, 4);

-- request_contact_list(person PersonId) -> many { kind Int, value Str, may_voicemail Int, may_text Int, safe_times Str }
-- The ways to reach the person, the first to try first.
SELECT kind, value, may_voicemail, may_text, safe_times FROM contact_point
WHERE person = :person ORDER BY created_at, id LIMIT 20;

-- request_newest_shortlist(request RequestId) -> many { id ShortlistId, state Int, made_at Time, made_by_called Str }
SELECT s.id, s.state, s.made_at, p.called AS made_by_called
FROM shortlist s JOIN person p ON p.id = s.made_by
WHERE s.request = :request ORDER BY s.made_at DESC, s.id LIMIT 1;

-- request_shortlist_people(shortlist ShortlistId) -> many { position Int, offer OfferId, called Str, score Int, answer Int }
SELECT e.position, e.offer, p.called, e.score, e.answer
FROM shortlist_entry e JOIN offer o ON o.id = e.offer JOIN person p ON p.id = o.person
WHERE e.shortlist = :shortlist ORDER BY e.position;

-- request_current_match(request RequestId) -> many { id MatchId, called Str }
SELECT m.id, p.called FROM match m JOIN person p ON p.id = m.giver
WHERE m.request = :request AND m.state <> 4 ORDER BY m.began_at DESC, m.id LIMIT 1;

-- request_ended_matches(request RequestId) -> many { id MatchId, called Str }
-- Earlier walks, the newest first: what was written there stays with the family.
SELECT m.id, p.called FROM match m JOIN person p ON p.id = m.giver
WHERE m.request = :request AND m.state = 4 ORDER BY m.began_at DESC, m.id LIMIT 20;

-- request_wish_clear(request RequestId) -> count
DELETE FROM request_wish WHERE request = :request;

-- request_delete(id RequestId) -> count
DELETE FROM request WHERE id = :id;
