-- SPDX-License-Identifier: Apache-2.0
-- Requests: what a family asked for, what was coded and noted beside it, and where it stands.

-- request_insert(id RequestId, program ProgramId, person PersonId, kind Int, source Int, receipt_hash Bytes, lang Int, need Sealed(request.need, id, person), is_kept Bool, relation ListItemId?, age ListItemId?, hopes Sealed(request.hopes, id, person), has_no_preference Bool, state_at Time, due_at Time, asked_at Time)
INSERT INTO request (id, program, person, kind, source, receipt_hash, lang, need, is_kept, relation, age, hopes,
                     has_no_preference, state, state_at, due_at, taken_by, version, created_at, replied_at)
VALUES (:id, :program, :person, :kind, :source, :receipt_hash, :lang, :need, :is_kept, :relation, :age, :hopes,
        :has_no_preference, 1, :state_at, :due_at, NULL, 1, :asked_at, NULL);

-- request_by_id(id RequestId, reader PersonId, now Time) -> one { id RequestId, program ProgramId, person PersonId, called Str, kind Int, source Int, lang Int, is_kept Bool, need Part2 Sealed(request.need, id), hopes Part2 Sealed(request.hopes, id), is_part2 Bool, relation ListItemId?, age ListItemId?, has_no_preference Bool, is_urgent Bool, state Int, state_at Time, due_at Time, taken_by PersonId?, taken_by_called Str?, version Int, created_at Time, replied_at Time? }
-- Kept words are given to whoever asked and to whoever walks with them about this, while that is shared; else empty.
SELECT r.id, r.program, r.person, p.called, r.kind, r.source, r.lang, r.is_kept,
       CASE WHEN r.is_kept = 0 OR r.person = :reader OR EXISTS (
           SELECT 1 FROM match m JOIN sharing s ON s.request = m.request AND s.with_person = m.giver
           WHERE m.request = r.id AND m.giver = :reader AND m.state <> 4 AND s.until_at > :now)
       THEN r.need ELSE CAST('' AS BLOB) END AS need,
       CASE WHEN r.is_kept = 0 OR r.person = :reader OR EXISTS (
           SELECT 1 FROM match m JOIN sharing s ON s.request = m.request AND s.with_person = m.giver
           WHERE m.request = r.id AND m.giver = :reader AND m.state <> 4 AND s.until_at > :now)
       THEN r.hopes ELSE CAST('' AS BLOB) END AS hopes,
       CASE WHEN EXISTS (SELECT 1 FROM part2_request k WHERE k.request = r.id) THEN 1 ELSE 0 END AS is_part2,
       r.relation, r.age, r.has_no_preference, r.is_urgent, r.state, r.state_at, r.due_at, r.taken_by, t.called AS taken_by_called, r.version,
       r.created_at, r.replied_at
FROM request r JOIN person p ON p.id = r.person LEFT JOIN person t ON t.id = r.taken_by
WHERE r.id = :id;

-- request_by_receipt(receipt_hash Bytes, value_key Bytes) -> one { id RequestId }
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

-- request_set_urgency(id RequestId, before Int, is_urgent Bool) -> count
UPDATE request SET is_urgent = :is_urgent, version = version + 1 WHERE id = :id AND version = :before;

-- request_wish_insert(request RequestId, item ListItemId, kind Int, is_required Bool) -> count
INSERT INTO request_wish (request, item, kind, is_required) VALUES (:request, :item, :kind, :is_required)
ON CONFLICT DO NOTHING;

-- request_wish_list(request RequestId) -> many { item ListItemId, list Int, kind Int, is_required Bool }
SELECT w.item, l.list, w.kind, w.is_required FROM request_wish w JOIN list_item l ON l.id = w.item
WHERE w.request = :request ORDER BY l.list, l.position, l.id LIMIT 400;

-- request_code_insert(request RequestId, item ListItemId, by_person PersonId, now Time) -> count
INSERT INTO request_code (request, item, by_person, at) VALUES (:request, :item, :by_person, :now);

-- request_code_delete(request RequestId, item ListItemId) -> count
DELETE FROM request_code WHERE request = :request AND item = :item;

-- request_code_list(request RequestId) -> many { item ListItemId, list Int, by_person PersonId, by_called Str, at Time }
SELECT c.item, l.list, c.by_person, p.called AS by_called, c.at
FROM request_code c JOIN list_item l ON l.id = c.item JOIN person p ON p.id = c.by_person
WHERE c.request = :request ORDER BY l.list, l.position, l.id LIMIT 400;

-- request_note_insert(id RequestNoteId, request RequestId, person PersonId, by_person PersonId, kind Int, words Sealed(request_note.words, id, person), is_kept Bool, now Time)
-- `person` is who asks: everything said about a request is sealed under their key.
INSERT INTO request_note (id, request, by_person, kind, words, is_kept, at)
VALUES (:id, :request, :by_person, :kind, :words, :is_kept, :now);

-- request_set_due(id RequestId, due_at Time) -> count
UPDATE request SET due_at = :due_at WHERE id = :id AND state = 1;

-- request_person(id RequestId) -> one { person PersonId }
SELECT person FROM request WHERE id = :id;

-- request_note_list(request RequestId, reader PersonId, notes Int, now Time) -> many { id RequestNoteId, by_person PersonId, by_called Str, kind Int, words Part2 Sealed(request_note.words, id), is_part2 Bool, is_kept Bool, at Time }
-- Newest last, as it was written; the most recent 300. Kept ones only for who wrote them (request_note_list_kept). For
-- whoever asked, and for those who coordinate while notes are shared with them; else none.
SELECT n.id, n.by_person, n.by_called, n.kind, n.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_note k WHERE k.note = n.id) THEN 1 ELSE 0 END AS is_part2,
       n.is_kept, n.at
FROM (SELECT m.id, m.by_person, p.called AS by_called, m.kind, m.words, m.is_kept, m.at
      FROM request_note m JOIN person p ON p.id = m.by_person
      WHERE m.request = :request AND (m.is_kept = 0 OR m.by_person = :reader)
      AND (EXISTS (SELECT 1 FROM request r WHERE r.id = m.request AND r.person = :reader)
           OR EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = 0 AND s.until_at > :now
                      AND (s.items & :notes) <> 0))
      ORDER BY m.at DESC, m.id DESC LIMIT 300) n
ORDER BY n.at, n.id;

-- request_note_list_kept(request RequestId, reader PersonId, now Time) -> many { id RequestNoteId, by_called Str, words Part2 Sealed(request_note.words, id), is_part2 Bool, at Time }
-- What the asking person keeps between themselves and this reader, who walks with them about this request.
SELECT n.id, p.called AS by_called, n.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_note k WHERE k.note = n.id) THEN 1 ELSE 0 END AS is_part2, n.at
FROM request_note n JOIN person p ON p.id = n.by_person
WHERE n.request = :request AND n.is_kept = 1 AND EXISTS (
    SELECT 1 FROM match m JOIN sharing s ON s.request = m.request AND s.with_person = m.giver
    WHERE m.request = n.request AND m.giver = :reader AND m.state <> 4 AND s.until_at > :now)
ORDER BY n.at DESC, n.id LIMIT 50;

-- request_set_kept(id RequestId, is_kept Bool) -> count
UPDATE request SET is_kept = :is_kept WHERE id = :id;

-- request_note_set_kept(id RequestNoteId, request RequestId, by_person PersonId, is_kept Bool) -> count
UPDATE request_note SET is_kept = :is_kept WHERE id = :id AND request = :request AND by_person = :by_person;

-- request_taken_at(request RequestId, by_person PersonId) -> one { at Time? }
-- Since when this coordinator has it.
SELECT MAX(at) AS at FROM request_note WHERE request = :request AND by_person = :by_person AND kind = 8;

-- request_unlike_insert(request RequestId, list Int) -> count
INSERT INTO request_unlike (request, list) VALUES (:request, :list) ON CONFLICT DO NOTHING;

-- request_unlike_clear(request RequestId) -> count
DELETE FROM request_unlike WHERE request = :request;

-- request_unlike_list(request RequestId) -> many { list Int }
SELECT list FROM request_unlike WHERE request = :request ORDER BY list;

-- request_waiting_next(id RequestId) -> count
-- The next version of the waiting list that this request is in.
INSERT INTO waiting_version (program, version)
SELECT r.program, 1 FROM request r WHERE r.id = :id
ON CONFLICT (program) DO UPDATE SET version = waiting_version.version + 1;

-- request_waiting_next_of(program ProgramId) -> count
-- The next version of this waiting list, without a request that is new in it.
INSERT INTO waiting_version (program, version) VALUES (:program, 1)
ON CONFLICT (program) DO UPDATE SET version = waiting_version.version + 1;

-- request_set_waiting_in(id RequestId) -> count
UPDATE request SET waiting_in = (SELECT w.version FROM waiting_version w WHERE w.program = request.program)
WHERE id = :id;

-- request_list_waiting_of(person PersonId) -> many { id RequestId }
-- What this person waits for someone for.
SELECT id FROM request WHERE person = :person AND state IN (1, 2, 3) AND kind = 1 ORDER BY id LIMIT 100;

-- request_close_shortlists(request RequestId) -> count
UPDATE shortlist SET state = 3, held_until = NULL WHERE request = :request AND state = 1;

-- request_list_held(request RequestId) -> many { offer OfferId }
-- Those whose place the open list counts on.
SELECT e.offer FROM shortlist s JOIN shortlist_entry e ON e.shortlist = s.id
WHERE s.request = :request AND s.state = 1 ORDER BY e.offer;

-- request_list_waiting_invitations(request RequestId) -> many { id InvitationId, offer OfferId }
SELECT id, offer FROM invitation WHERE request = :request AND state IN (1, 4) ORDER BY id LIMIT 100;

-- request_withdraw_invitation(id InvitationId, now Time) -> count
UPDATE invitation SET state = 5, answered_at = :now WHERE id = :id AND state IN (1, 4);

-- request_newest_shortlist(request RequestId) -> many { id ShortlistId, state Int, made_at Time, made_by_called Str }
SELECT s.id, s.state, s.made_at, p.called AS made_by_called
FROM shortlist s JOIN person p ON p.id = s.made_by
WHERE s.request = :request ORDER BY s.made_at DESC, s.state, s.id LIMIT 1;

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

-- request_set_about(id RequestId, relation ListItemId?, age ListItemId?, has_no_preference Bool) -> count
UPDATE request SET relation = :relation, age = :age, has_no_preference = :has_no_preference WHERE id = :id;

-- request_wish_change_insert(id RequestWishChangeId, request RequestId, by_person PersonId, now Time, relation ListItemId?,
--     age ListItemId?, has_no_preference Bool, unlike Int)
INSERT INTO request_wish_change (id, request, by_person, at, relation, age, has_no_preference, unlike)
VALUES (:id, :request, :by_person, :now, :relation, :age, :has_no_preference, :unlike);

-- request_wish_before_insert(change RequestWishChangeId, item ListItemId, kind Int, is_required Bool)
INSERT INTO request_wish_before (change, item, kind, is_required) VALUES (:change, :item, :kind, :is_required);

-- request_wish_change_list(request RequestId) -> many { id RequestWishChangeId, by_called Str, at Time, relation ListItemId?, age ListItemId?, has_no_preference Bool, unlike Int }
SELECT c.id, p.called AS by_called, c.at, c.relation, c.age, c.has_no_preference, c.unlike
FROM request_wish_change c JOIN person p ON p.id = c.by_person
WHERE c.request = :request ORDER BY c.at DESC, c.id LIMIT 20;

-- request_wish_before_list(change RequestWishChangeId) -> many { item ListItemId, list Int, kind Int, is_required Bool }
SELECT b.item, l.list, b.kind, b.is_required FROM request_wish_before b JOIN list_item l ON l.id = b.item
WHERE b.change = :change ORDER BY l.list, l.position, l.id LIMIT 400;

-- request_list_older(id RequestId) -> one { is_older Bool }
SELECT CASE WHEN EXISTS (SELECT 1 FROM request_wish_change c WHERE c.request = r.id
                         AND c.at > (SELECT MAX(s.made_at) FROM shortlist s WHERE s.request = r.id))
            THEN 1 ELSE 0 END AS is_older
FROM request r WHERE r.id = :id;

-- request_mark(request RequestId) -> count
-- Its words may tell of substance use.
INSERT INTO part2_request (request) VALUES (:request) ON CONFLICT DO NOTHING;

-- request_unmark(request RequestId) -> count
DELETE FROM part2_request WHERE request = :request;

-- request_note_mark(note RequestNoteId) -> count
-- It may tell of substance use.
INSERT INTO part2_note (note) VALUES (:note) ON CONFLICT DO NOTHING;
