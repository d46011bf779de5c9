-- SPDX-License-Identifier: Apache-2.0
-- The rows of a made-up program, each written once it is known how its story ends.

-- demo_someone() -> many { id PersonId }
SELECT id FROM person LIMIT 1;

-- ---- requests ----

-- demo_request_insert(id RequestId, program ProgramId, person PersonId, kind Int, source Int, receipt_hash Bytes, lang Int, need Sealed(request.need, id, person), relation ListItemId?, age ListItemId?, hopes Sealed(request.hopes, id, person), has_no_preference Bool, due_at Time, now Time)
INSERT INTO request (id, program, person, kind, source, receipt_hash, lang, need, relation, age, hopes,
                     has_no_preference, state, state_at, due_at, taken_by, version, created_at, replied_at)
VALUES (:id, :program, :person, :kind, :source, :receipt_hash, :lang, :need, :relation, :age, :hopes,
        :has_no_preference, 1, :now, :due_at, NULL, 1, :now, NULL);

-- demo_request_settle(id RequestId, is_urgent Bool, state Int, state_at Time, due_at Time, taken_by PersonId?, version Int, replied_at Time?) -> count
UPDATE request SET state = :state, state_at = :state_at, due_at = :due_at, taken_by = :taken_by, version = :version,
                   replied_at = :replied_at, is_urgent = :is_urgent
WHERE id = :id;

-- demo_wish_insert(request RequestId, item ListItemId, kind Int, is_required Bool)
INSERT INTO request_wish (request, item, kind, is_required) VALUES (:request, :item, :kind, :is_required)
ON CONFLICT DO NOTHING;

-- demo_unlike_insert(request RequestId, list Int)
INSERT INTO request_unlike (request, list) VALUES (:request, :list);

-- demo_code_insert(request RequestId, item ListItemId, by_person PersonId, now Time)
INSERT INTO request_code (request, item, by_person, at) VALUES (:request, :item, :by_person, :now)
ON CONFLICT DO NOTHING;

-- demo_note_insert(id RequestNoteId, request RequestId, person PersonId, by_person PersonId, kind Int, words Sealed(request_note.words, id, person), now Time)
INSERT INTO request_note (id, request, by_person, kind, words, at)
VALUES (:id, :request, :by_person, :kind, :words, :now);

-- ---- offers ----

-- demo_offer_insert(id OfferId, program ProgramId, person PersonId, relation ListItemId?, about Str, capacity Int, is_cleared Bool, now Time)
INSERT INTO offer (id, program, person, relation, about, capacity, load, standing, paused_until, is_cleared, version,
                   created_at)
VALUES (:id, :program, :person, :relation, :about, :capacity, 0, 1, NULL, :is_cleared, 1, :now);

-- demo_offer_item_insert(offer OfferId, item ListItemId, kind Int, audience Int)
INSERT INTO offer_item (offer, item, kind, audience) VALUES (:offer, :item, :kind, :audience) ON CONFLICT DO NOTHING;

-- demo_offer_settle(id OfferId, load Int, standing Int, paused_until Time?) -> count
UPDATE offer SET load = :load, standing = :standing, paused_until = :paused_until WHERE id = :id;

-- demo_lists_hold(now Time, hours Int) -> count
-- Lists with a family hold their places as long as the policy says.
UPDATE shortlist SET held_until = made_at + :hours * 3600000000
WHERE state = 1 AND made_at + :hours * 3600000000 > :now;

-- demo_offers_count() -> count
UPDATE offer SET
    pending = (SELECT COUNT(*) FROM invitation i WHERE i.offer = offer.id AND i.state IN (1, 4)),
    listed = (SELECT COUNT(*) FROM shortlist_entry e JOIN shortlist s ON s.id = e.shortlist
              WHERE e.offer = offer.id AND e.answer = 1 AND s.state = 1 AND s.held_until IS NOT NULL);

-- ---- choosing ----

-- demo_apart_insert(one PersonId, other PersonId, by_person PersonId, now Time)
INSERT INTO apart (one, other, by_person, at) VALUES (:one, :other, :by_person, :now) ON CONFLICT DO NOTHING;

-- demo_shortlist_insert(id ShortlistId, request RequestId, made_by PersonId, policy Str, seed Int, now Time)
INSERT INTO shortlist (id, request, made_by, policy, seed, state, made_at, answered_at)
VALUES (:id, :request, :made_by, :policy, :seed, 1, :now, NULL);

-- demo_shortlist_settle(id ShortlistId, state Int, answered_at Time?) -> count
UPDATE shortlist SET state = :state, answered_at = :answered_at WHERE id = :id;

-- demo_entry_insert(shortlist ShortlistId, position Int, offer OfferId, score Int)
INSERT INTO shortlist_entry (shortlist, position, offer, score, answer)
VALUES (:shortlist, :position, :offer, :score, 1);

-- demo_entry_settle(shortlist ShortlistId, position Int, answer Int) -> count
UPDATE shortlist_entry SET answer = :answer WHERE shortlist = :shortlist AND position = :position;

-- demo_reason_insert(shortlist ShortlistId, position Int, reason Int, item ListItemId, points Int)
INSERT INTO shortlist_reason (shortlist, position, reason, item, points)
VALUES (:shortlist, :position, :reason, :item, :points);

-- demo_invitation_insert(id InvitationId, request RequestId, offer OfferId, shortlist ShortlistId, due_at Time, now Time)
INSERT INTO invitation (id, request, offer, shortlist, state, created_at, due_at, answered_at)
VALUES (:id, :request, :offer, :shortlist, 1, :now, :due_at, NULL);

-- demo_invitation_settle(id InvitationId, receiver PersonId, state Int, words Sealed(invitation.words, id, receiver), answered_at Time?) -> count
UPDATE invitation SET state = :state, words = :words, answered_at = :answered_at WHERE id = :id;

-- ---- walking ----

-- demo_match_insert(id MatchId, program ProgramId, request RequestId, offer OfferId, receiver PersonId, giver PersonId, due_at Time, now Time)
INSERT INTO match (id, program, request, offer, receiver, giver, state, state_at, due_at, receiver_agreed_at,
                   giver_agreed_at, began_at, first_contact_at, ended_at)
VALUES (:id, :program, :request, :offer, :receiver, :giver, 1, :now, :due_at, NULL, NULL, :now, NULL, NULL);

-- demo_match_settle(id MatchId, state Int, state_at Time, due_at Time, receiver_agreed_at Time?, giver_agreed_at Time?, first_contact_at Time?, ended_at Time?) -> count
UPDATE match SET state = :state, state_at = :state_at, due_at = :due_at, receiver_agreed_at = :receiver_agreed_at,
                 giver_agreed_at = :giver_agreed_at, first_contact_at = :first_contact_at, ended_at = :ended_at
WHERE id = :id;

-- demo_contact_insert(match MatchId, receiver PersonId, at Time, id ContactId, by_person PersonId, kind Int, outcome Int, minutes Int, was_emotional Bool, was_informational Bool, was_instrumental Bool, was_affiliational Bool, line Sealed(contact.line, id, receiver), logged_at Time)
INSERT INTO contact (match, at, id, by_person, kind, outcome, minutes, was_emotional, was_informational,
                     was_instrumental, was_affiliational, line, logged_at)
VALUES (:match, :at, :id, :by_person, :kind, :outcome, :minutes, :was_emotional, :was_informational,
        :was_instrumental, :was_affiliational, :line, :logged_at);

-- demo_contact_answer_insert(contact ContactId, receiver PersonId, at Time, id ContactAnswerId, by_person PersonId, words Sealed(contact_answer.words, id, receiver))
INSERT INTO contact_answer (contact, at, id, by_person, words) VALUES (:contact, :at, :id, :by_person, :words);

-- demo_progress_insert(request RequestId, at Time, id ProgressId, person PersonId, value Int, occasion Int, words Sealed(progress.words, id, person))
INSERT INTO progress (request, at, id, person, value, occasion, words)
VALUES (:request, :at, :id, :person, :value, :occasion, :words);

-- demo_checkin_insert(id CheckinId, person PersonId, match MatchId, program ProgramId, side Int, occasion Int, due_at Time, state Int, done_at Time?, done_by PersonId?, words Sealed(checkin.words, id, person))
INSERT INTO checkin (id, match, program, side, occasion, due_at, state, done_at, done_by, words)
VALUES (:id, :match, :program, :side, :occasion, :due_at, :state, :done_at, :done_by, :words);

-- demo_heard_insert(match MatchId, side Int, occasion Int, person PersonId, program ProgramId, at Time)
INSERT INTO heard (match, side, occasion, person, program, is_answered, at)
VALUES (:match, :side, :occasion, :person, :program, 1, :at);

-- demo_heard_answer_insert(match MatchId, side Int, occasion Int, question Int, answer Int)
INSERT INTO heard_answer (match, side, occasion, question, answer) VALUES (:match, :side, :occasion, :question, :answer);

-- demo_request_newest(person PersonId) -> many { id RequestId }
SELECT id FROM request WHERE person = :person ORDER BY created_at DESC, id LIMIT 1;

-- demo_message_insert(id MessageId, match MatchId, person PersonId, by_person PersonId, words Sealed(message.words, id, person), now Time)
INSERT INTO message (id, match, person, by_person, words, capture, captured_at, arrived_at, reaches_at)
VALUES (:id, :match, :person, :by_person, :words, NULL, :now, :now, :now);

-- demo_message_reader_insert(person PersonId, match MatchId, seen_at Time, told_at Time?)
INSERT INTO message_reader (person, match, seen_at, tell_at, told_at) VALUES (:person, :match, :seen_at, NULL, :told_at);
