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

-- demo_contact_activity_insert(contact ContactId, item ListItemId)
INSERT INTO contact_activity (contact, item) VALUES (:contact, :item);

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

-- demo_aside_insert(id CaptureAsideId, match MatchId, receiver PersonId, person PersonId, capture Bytes, kind Int, reason Int, words Sealed(capture_aside.words, id, receiver), captured_at Time, kept_at Time)
INSERT INTO capture_aside (id, person, match, capture, kind, reason, words, captured_at, kept_at)
VALUES (:id, :person, :match, :capture, :kind, :reason, :words, :captured_at, :kept_at);

-- demo_message_reader_insert(person PersonId, match MatchId, seen_at Time, told_at Time?)
INSERT INTO message_reader (person, match, seen_at, tell_at, told_at) VALUES (:person, :match, :seen_at, NULL, :told_at);

-- demo_meeting_insert(id MeetingId, match MatchId, person PersonId, how Int, minutes Int, place Sealed(meeting.place, id, person), state Int, starts_at Time?, now Time)
INSERT INTO meeting (id, match, person, how, minutes, place, state, starts_at, sequence, made_at, state_at)
VALUES (:id, :match, :person, :how, :minutes, :place, :state, :starts_at, 0, :now, :now);

-- demo_goal_insert(id GoalId, person PersonId, words Sealed(goal.words, id, person), kind Int, place Int, state Int, now Time)
INSERT INTO goal (id, person, words, kind, place, state, made_at, state_at)
VALUES (:id, :person, :words, :kind, :place, :state, :now, :now);

-- demo_goal_step_insert(id GoalStepId, goal GoalId, person PersonId, words Sealed(goal_step.words, id, person), who Int, now Time)
INSERT INTO goal_step (id, goal, person, words, who, due_at, done_at, made_at)
VALUES (:id, :goal, :person, :words, :who, NULL, NULL, :now);

-- demo_goal_practice_insert(id GoalPracticeId, step GoalStepId, person PersonId, words Sealed(goal_practice.words, id, person), helped Sealed(goal_practice.helped, id, person), day Time, now Time)
INSERT INTO goal_practice (id, step, person, words, helped, day, made_at)
VALUES (:id, :step, :person, :words, :helped, :day, :now);

-- demo_reader_insert(match MatchId, kind Int, thing Int, now Time)
INSERT INTO reader (match, kind, thing, since) VALUES (:match, :kind, :thing, :now);

-- demo_goal_proposal_insert(id GoalProposalId, goal GoalId, match MatchId, person PersonId, by_person PersonId, words Sealed(goal_proposal.words, id, person), who Int, state Int, now Time)
INSERT INTO goal_proposal (id, goal, match, person, by_person, words, who, state, step, made_at, state_at)
VALUES (:id, :goal, :match, :person, :by_person, :words, :who, :state, NULL, :now, :now);

-- demo_toolbox_insert(id ToolboxCardId, person PersonId, words Sealed(toolbox_card.words, id, person), kind Int, is_trial Bool, place Int, now Time)
INSERT INTO toolbox_card (id, person, words, kind, is_trial, place, made_at)
VALUES (:id, :person, :words, :kind, :is_trial, :place, :now);

-- demo_carry_insert(id CarryId, match MatchId, person PersonId, words Sealed(carry.words, id, person), now Time)
INSERT INTO carry (id, match, person, words, is_part2, written_at, passed_at)
VALUES (:id, :match, :person, :words, 0, :now, :now);

-- demo_circle_insert(id CircleMemberId, person PersonId, called Sealed(circle_member.called, id, person), helps Sealed(circle_member.helps, id, person), kind Int, near Int, since Time, gone_at Time?)
INSERT INTO circle_member (id, person, called, helps, kind, near, since, gone_at)
VALUES (:id, :person, :called, :helps, :kind, :near, :since, :gone_at);

-- demo_sheet_insert(id SheetId, person PersonId, kind Int, day_at Time, called Sealed(sheet.called, id, person),
-- want Sealed(sheet.want, id, person), questions Sealed(sheet.questions, id, person), speak_me Sealed(sheet.speak_me, id, person),
-- speak_giver Sealed(sheet.speak_giver, id, person), speak_kin Sealed(sheet.speak_kin, id, person),
-- bring Sealed(sheet.bring, id, person), decided Sealed(sheet.decided, id, person), now Time)
INSERT INTO sheet (id, person, kind, day_at, called, want, questions, speak_me, speak_giver, speak_kin, speak_other, bring,
                   decided, later, had_seat, had_say, unsaid, made_at, changed_at)
VALUES (:id, :person, :kind, :day_at, :called, :want, :questions, :speak_me, :speak_giver, :speak_kin, CAST('' AS BLOB), :bring,
        :decided, CAST('' AS BLOB), 0, 0, CAST('' AS BLOB), :now, :now);

-- demo_sheet_step_insert(id SheetStepId, sheet SheetId, person PersonId, words Sealed(sheet_step.words, id, person), who Int, due_at Time, now Time)
INSERT INTO sheet_step (id, sheet, person, words, who, due_at, done_at, came_of, made_at)
VALUES (:id, :sheet, :person, :words, :who, :due_at, NULL, CAST('' AS BLOB), :now);

-- demo_barrier_insert(id BarrierId, person PersonId, words Sealed(barrier.words, id, person), now Time)
INSERT INTO barrier (id, person, words, made_at, gone_at) VALUES (:id, :person, :words, :now, NULL);

-- demo_barrier_try_insert(id BarrierTryId, barrier BarrierId, person PersonId, words Sealed(barrier_try.words, id, person), came_of Sealed(barrier_try.came_of, id, person), now Time)
INSERT INTO barrier_try (id, barrier, person, words, came_of, at) VALUES (:id, :barrier, :person, :words, :came_of, :now);

-- demo_goodbye_insert(id GoodbyeId, match MatchId, person PersonId, by_person PersonId, words Sealed(goodbye.words, id, person), now Time)
INSERT INTO goodbye (id, match, person, by_person, words, written_at)
VALUES (:id, :match, :person, :by_person, :words, :now);

-- demo_hope_insert(id HopeId, program ProgramId, person PersonId, words Sealed(hope.words, id, person), lang Int, is_named Bool, state Int, said Sealed(hope.said, id, person), by_person PersonId?, now Time)
INSERT INTO hope (id, program, person, words, lang, is_named, state, said, by_person, written_at, state_at)
VALUES (:id, :program, :person, :words, :lang, :is_named, :state, :said, :by_person, :now, :now)
ON CONFLICT DO NOTHING;

-- demo_hope_wish_insert(id HopeWishId, program ProgramId, person PersonId, kind Int, answer Sealed(hope_wish.answer, id, person), now Time)
INSERT INTO hope_wish (id, program, person, kind, since, answer, answered_by, answered_at)
VALUES (:id, :program, :person, :kind, :now, :answer, NULL, NULL) ON CONFLICT DO NOTHING;

-- demo_goodbye_welcome_insert(match MatchId, person PersonId, now Time)
INSERT INTO goodbye_welcome (match, person, since) VALUES (:match, :person, :now);

-- demo_debrief_insert(id DebriefId, program ProgramId, person PersonId, now Time)
INSERT INTO debrief (id, program, person, state, offered_at, fits, words, answered_at)
VALUES (:id, :program, :person, 2, :now, CAST('' AS BLOB), CAST('' AS BLOB), :now) ON CONFLICT DO NOTHING;

-- demo_callout_insert(id CalloutId, match MatchId, receiver PersonId, giver PersonId, at Time, came Int, supporter Int, helped Sealed(callout.helped, id, receiver), otherwise Sealed(callout.otherwise, id, receiver), now Time, hello_at Time)
INSERT INTO callout (id, match, receiver, giver, by_person, at, came, supporter, helped, otherwise, words_by, written_at, hello_at)
VALUES (:id, :match, :receiver, :giver, :receiver, :at, :came, :supporter, :helped, :otherwise, :receiver, :now, :hello_at);

-- demo_hard_insert(id HardId, program ProgramId, match MatchId, receiver PersonId, giver PersonId, state Int, began_at Time, hour Int?, answer Int, until_at Time, reached_at Time?, missed_since Time?, look_at Time)
INSERT INTO hard (id, program, match, receiver, giver, state, said_at, began_at, hour, answer, until_at, reached_at, missed_since, look_at)
VALUES (:id, :program, :match, :receiver, :giver, :state, :began_at, :began_at, :hour, :answer, :until_at, :reached_at, :missed_since, :look_at);

-- demo_meeting_time_insert(meeting MeetingId, starts_at Time, by_person PersonId)
INSERT INTO meeting_time (meeting, starts_at, by_person) VALUES (:meeting, :starts_at, :by_person);

-- demo_diary_busy(person PersonId, from_quarter Int, to_quarter Int) -> one { busy Int }
SELECT CAST(COUNT(*) AS BIGINT) AS busy FROM meeting_busy
WHERE person = :person AND quarter >= :from_quarter AND quarter < :to_quarter;

-- demo_diary_insert(person PersonId, quarter Int, meeting MeetingId)
INSERT INTO meeting_busy (person, quarter, meeting) VALUES (:person, :quarter, :meeting);

-- demo_note_mode_insert(program ProgramId, by_person PersonId, now Time)
INSERT INTO program_note (program, mode, since, by_person) VALUES (:program, 2, :now, :by_person);

-- demo_walk_note_insert(id NoteId, match MatchId, person PersonId, by_person PersonId, state Int, strengths Sealed(note.strengths, id, person), talked Sealed(note.talked, id, person), next Sealed(note.next, id, person), now Time, stands_at Time?)
INSERT INTO note (id, match, person, by_person, mode, state, version, strengths, talked, next, replaces, written_at,
                  changed_at, stands_at)
VALUES (:id, :match, :person, :by_person, 2, :state, 1, :strengths, :talked, :next, NULL, :now, :now, :stands_at);

-- demo_note_beside_insert(id NoteBesideId, note NoteId, person PersonId, words Sealed(note_beside.words, id, person), now Time)
-- The receiver sees it otherwise.
INSERT INTO note_beside (id, note, by_person, words, is_otherwise, is_kept, at)
VALUES (:id, :note, :person, :words, 1, 0, :now);
