-- SPDX-License-Identifier: Apache-2.0
-- Relations between a person and an object. Each returns one row when the object exists, and none otherwise.
-- A duty counts while it has begun and has not ended.

-- access_program(program ProgramId, actor PersonId, now Time) -> one { coordinates Bool, leads Bool, rescues Bool, zone Str }
SELECT CASE WHEN EXISTS (
           SELECT 1 FROM duty d WHERE d.person = :actor AND d.program = p.id AND d.kind = 1
           AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now)) THEN 1 ELSE 0 END AS coordinates,
       CASE WHEN EXISTS (
           SELECT 1 FROM duty d WHERE d.person = :actor AND d.program = p.id AND d.kind = 3
           AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now)) THEN 1 ELSE 0 END AS leads,
       CASE WHEN EXISTS (
           SELECT 1 FROM duty d WHERE d.person = :actor AND d.program = p.id AND d.kind = 4
           AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now)) THEN 1 ELSE 0 END AS rescues, p.zone
FROM program p WHERE p.id = :program;

-- access_request(request RequestId, actor PersonId, now Time) -> one { program ProgramId, is_owner Bool, gives Bool, invited Bool, shares Bool }
-- Giving and being invited count while the family shares with that person; `shares`: with those who coordinate.
SELECT r.program,
       CASE WHEN r.person = :actor THEN 1 ELSE 0 END AS is_owner,
       CASE WHEN EXISTS (SELECT 1 FROM match m JOIN sharing s ON s.request = m.request AND s.with_person = m.giver
                         WHERE m.request = r.id AND m.giver = :actor AND m.state <> 4 AND s.until_at > :now)
            THEN 1 ELSE 0 END AS gives,
       CASE WHEN EXISTS (SELECT 1 FROM invitation i JOIN offer o ON o.id = i.offer
                         JOIN sharing s ON s.request = i.request AND s.with_person = o.person
                         WHERE i.request = r.id AND o.person = :actor AND i.state = 1 AND s.until_at > :now)
            THEN 1 ELSE 0 END AS invited,
       CASE WHEN EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now)
            THEN 1 ELSE 0 END AS shares
FROM request r WHERE r.id = :request;

-- access_offer(offer OfferId, actor PersonId) -> one { program ProgramId, is_owner Bool, chooses Bool, receives Bool }
SELECT o.program,
       CASE WHEN o.person = :actor THEN 1 ELSE 0 END AS is_owner,
       CASE WHEN EXISTS (SELECT 1 FROM shortlist_entry e JOIN shortlist s ON s.id = e.shortlist
                         JOIN request r ON r.id = s.request
                         WHERE e.offer = o.id AND s.state = 1 AND r.person = :actor)
            THEN 1 ELSE 0 END AS chooses,
       CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.offer = o.id AND m.receiver = :actor AND m.state <> 4)
            THEN 1 ELSE 0 END AS receives
FROM offer o WHERE o.id = :offer;

-- access_invitation(invitation InvitationId, actor PersonId, now Time) -> one { program ProgramId, is_owner Bool, is_invited Bool, shares Bool }
SELECT r.program,
       CASE WHEN r.person = :actor THEN 1 ELSE 0 END AS is_owner,
       CASE WHEN o.person = :actor AND i.state IN (1, 4)
                 AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = o.person AND s.until_at > :now)
            THEN 1 ELSE 0 END AS is_invited,
       CASE WHEN EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now)
            THEN 1 ELSE 0 END AS shares
FROM invitation i JOIN request r ON r.id = i.request JOIN offer o ON o.id = i.offer WHERE i.id = :invitation;

-- access_match(match MatchId, actor PersonId, now Time) -> one { program ProgramId, receives Bool, gives Bool, gave Bool, shares Bool }
SELECT m.program,
       CASE WHEN m.receiver = :actor THEN 1 ELSE 0 END AS receives,
       CASE WHEN m.giver = :actor AND m.state <> 4
                 AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now)
            THEN 1 ELSE 0 END AS gives,
       CASE WHEN m.giver = :actor AND m.state = 4 THEN 1 ELSE 0 END AS gave,
       CASE WHEN EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = 0 AND s.until_at > :now)
            THEN 1 ELSE 0 END AS shares
FROM match m WHERE m.id = :match;

-- access_contact_match(contact ContactId) -> one { match MatchId }
SELECT match FROM contact WHERE id = :contact;

-- access_note(note NoteId) -> one { match MatchId, is_draft Bool }
SELECT match, CASE WHEN state = 1 THEN 1 ELSE 0 END AS is_draft FROM note WHERE id = :note;

-- access_checkin(checkin CheckinId) -> one { match MatchId }
SELECT match FROM checkin WHERE id = :checkin;

-- access_round(round RoundId) -> one { program ProgramId }
SELECT program FROM round WHERE id = :round;

-- access_import_batch(batch ImportBatchId) -> one { program ProgramId }
SELECT program FROM import_batch WHERE id = :batch;

-- access_policy(policy PolicyId) -> one { program ProgramId }
SELECT program FROM policy WHERE id = :policy;

-- access_session(session SessionId, actor PersonId) -> one { is_owner Bool }
SELECT CASE WHEN person = :actor THEN 1 ELSE 0 END AS is_owner FROM session WHERE id = :session;

-- access_card(person PersonId, actor PersonId, now Time) -> one { is_owner Bool, is_let Bool, coordinates Bool }
-- Let by the newest card: whoever walks with the person, and its coordinators, each only if the card says so and the
-- person shares a request with them now; and whoever stands by in hard days, if that consent has the card (128).
SELECT CASE WHEN p.id = :actor THEN 1 ELSE 0 END AS is_owner,
       CASE WHEN EXISTS (
           SELECT 1 FROM safety_now s
           JOIN match m ON m.receiver = s.person JOIN sharing h ON h.request = m.request AND h.with_person = m.giver
           WHERE s.person = p.id AND s.for_giver = 1 AND m.giver = :actor AND m.state <> 4 AND h.until_at > :now)
           OR EXISTS (
           SELECT 1 FROM hard_backup b JOIN hard d ON d.id = b.hard JOIN match m ON m.id = d.match
           JOIN sharing h ON h.request = m.request AND h.with_person = b.person
           WHERE b.person = :actor AND b.state = 3 AND d.receiver = p.id AND d.state = 2 AND d.until_at > :now
           AND m.state IN (1, 2) AND h.until_at > :now AND (h.items & 128) <> 0)
           THEN 1 ELSE 0 END AS is_let,
       CASE WHEN EXISTS (
           SELECT 1 FROM safety_now s WHERE s.person = p.id AND s.for_coordinator = 1 AND EXISTS (
               SELECT 1 FROM duty d WHERE d.person = :actor AND d.kind = 1 AND d.starts_at <= :now
               AND (d.ends_at IS NULL OR d.ends_at > :now)
               AND (EXISTS (SELECT 1 FROM request r JOIN sharing h ON h.request = r.id AND h.with_person = 0
                            WHERE r.person = p.id AND r.program = d.program AND h.until_at > :now)
                    OR EXISTS (SELECT 1 FROM offer o WHERE o.person = p.id AND o.program = d.program))))
           THEN 1 ELSE 0 END AS coordinates
FROM person p WHERE p.id = :person;

-- access_home_zone() -> many { zone Str }
-- Where clocks hang on pages that are about no program: in the oldest one.
SELECT zone FROM program ORDER BY created_at, id LIMIT 1;

-- access_about_request(request RequestId) -> one { program ProgramId, person PersonId }
-- Whom a row is about: one query a kind of row.
SELECT program, person FROM request WHERE id = :request;

-- access_about_offer(offer OfferId) -> one { program ProgramId, person PersonId }
SELECT program, person FROM offer WHERE id = :offer;

-- access_about_invitation(invitation InvitationId) -> one { program ProgramId, chooser PersonId, chosen PersonId }
SELECT r.program, r.person AS chooser, o.person AS chosen
FROM invitation i JOIN request r ON r.id = i.request JOIN offer o ON o.id = i.offer WHERE i.id = :invitation;

-- access_about_match(match MatchId) -> one { program ProgramId, receiver PersonId, giver PersonId }
SELECT program, receiver, giver FROM match WHERE id = :match;

-- access_about_checkin(checkin CheckinId) -> one { program ProgramId, person PersonId }
-- The side that is asked.
SELECT c.program, CASE WHEN c.side = 1 THEN m.receiver ELSE m.giver END AS person
FROM checkin c JOIN match m ON m.id = c.match WHERE c.id = :checkin;

-- access_about_session(session SessionId) -> one { person PersonId }
SELECT person FROM session WHERE id = :session;

-- access_consent(consent ConsentId, actor PersonId, now Time) -> one { program ProgramId, is_owner Bool, opens Bool }
-- `opens`: to an organization, signed, not stopped and not over, of a family that shares with those who coordinate.
SELECT c.program, CASE WHEN c.person = :actor THEN 1 ELSE 0 END AS is_owner,
       CASE WHEN c.to_kind = 3 AND c.stopped_at IS NULL AND c.until_at > :now
                 AND (c.signs = 2 OR EXISTS (SELECT 1 FROM consent_signature g WHERE g.consent = c.id AND g.side = 1))
                 AND (c.signs = 1 OR EXISTS (SELECT 1 FROM consent_signature g WHERE g.consent = c.id AND g.side = 2)
                      OR EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id))
                 AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = c.request AND s.with_person = 0 AND s.until_at > :now)
            THEN 1 ELSE 0 END AS opens
FROM consent c WHERE c.id = :consent;

-- access_about_consent(consent ConsentId) -> one { program ProgramId, person PersonId }
SELECT program, person FROM consent WHERE id = :consent;

-- access_grace(actor PersonId, now Time) -> one { late Int }
-- How many duties the person holds beyond the grace that their programs give new ones.
SELECT COUNT(*) AS late FROM duty d LEFT JOIN program_sign_in s ON s.program = d.program
WHERE d.person = :actor AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now)
  AND d.starts_at + COALESCE(s.grace_us, 0) <= :now;

-- access_ways(actor PersonId, now Time) -> one { duties Int, ways Int }
-- Duties held, and ways of the person's own that are enough for them.
SELECT (SELECT COUNT(*) FROM duty d WHERE d.person = :actor AND d.starts_at <= :now
        AND (d.ends_at IS NULL OR d.ends_at > :now)) AS duties,
       (SELECT COUNT(*) FROM passkey k WHERE k.person = :actor AND k.stopped_at IS NULL)
       + (SELECT COUNT(*) FROM passphrase s JOIN authenticator a ON a.person = s.person
          WHERE s.person = :actor AND a.confirmed_at IS NOT NULL) AS ways;

-- access_passkey(passkey PasskeyId, actor PersonId) -> one { is_owner Bool }
SELECT CASE WHEN person = :actor THEN 1 ELSE 0 END AS is_owner FROM passkey WHERE id = :passkey;

-- access_about_passkey(passkey PasskeyId) -> one { person PersonId }
SELECT person FROM passkey WHERE id = :passkey;

-- access_emergency(emergency EmergencyId, actor PersonId, now Time) -> one { program ProgramId, is_owner Bool, is_opener Bool }
SELECT program, CASE WHEN person = :actor THEN 1 ELSE 0 END AS is_owner,
       CASE WHEN by_person = :actor AND ends_at > :now THEN 1 ELSE 0 END AS is_opener
FROM emergency WHERE id = :emergency;

-- access_about_emergency(emergency EmergencyId) -> one { program ProgramId, person PersonId }
SELECT program, person FROM emergency WHERE id = :emergency;

-- access_goal(goal GoalId, actor PersonId) -> one { is_owner Bool }
SELECT CASE WHEN person = :actor THEN 1 ELSE 0 END AS is_owner FROM goal WHERE id = :goal;

-- access_about_goal(goal GoalId) -> one { person PersonId }
SELECT person FROM goal WHERE id = :goal;

-- access_sheet(sheet SheetId, actor PersonId, now Time) -> one { is_owner Bool, is_let Bool }
-- Let: to whom its person opened it, while the two walk and the person shares with them (features/reader).
SELECT CASE WHEN s.person = :actor THEN 1 ELSE 0 END AS is_owner,
       CASE WHEN EXISTS (
           SELECT 1 FROM reader r JOIN match m ON m.id = r.match
           JOIN sharing h ON h.request = m.request AND h.with_person = m.giver
           WHERE r.kind = 3 AND r.thing = s.id AND m.receiver = s.person AND m.giver = :actor AND m.state <> 4 AND h.until_at > :now)
           THEN 1 ELSE 0 END AS is_let
FROM sheet s WHERE s.id = :sheet;

-- access_about_sheet(sheet SheetId) -> one { person PersonId }
SELECT person FROM sheet WHERE id = :sheet;

-- access_guardian(guardian GuardianId, actor PersonId) -> one { is_owner Bool }
-- The parent's own, and while it lasts.
SELECT CASE WHEN parent = :actor AND ended_at IS NULL THEN 1 ELSE 0 END AS is_owner FROM guardian WHERE id = :guardian;

-- access_about_guardian(guardian GuardianId) -> one { program ProgramId, person PersonId }
SELECT program, person FROM guardian WHERE id = :guardian;

-- access_help(help HelpId, actor PersonId) -> one { program ProgramId, is_other Bool }
-- `is_other`: the actor walks with the one who asks, in the walk out of which they ask.
SELECT h.program, CASE WHEN h.person <> :actor AND (m.giver = :actor OR m.receiver = :actor) THEN 1 ELSE 0 END AS is_other
FROM help h JOIN match m ON m.id = h.match WHERE h.id = :help;

-- access_debrief(debrief DebriefId, actor PersonId) -> one { program ProgramId, is_owner Bool, is_wished Bool }
SELECT program, CASE WHEN person = :actor THEN 1 ELSE 0 END AS is_owner, CASE WHEN state = 2 THEN 1 ELSE 0 END AS is_wished
FROM debrief WHERE id = :debrief;

-- access_about_debrief(debrief DebriefId) -> one { program ProgramId, person PersonId }
SELECT program, person FROM debrief WHERE id = :debrief;

-- access_hard_backup(backup HardBackupId, actor PersonId, now Time) -> one { program ProgramId, is_owner Bool }
SELECT h.program, CASE WHEN b.person = :actor AND b.state IN (2, 3) AND h.state = 2 AND h.until_at > :now AND m.state IN (1, 2)
       AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = b.person AND s.until_at > :now)
       THEN 1 ELSE 0 END AS is_owner
FROM hard_backup b JOIN hard h ON h.id = b.hard JOIN match m ON m.id = h.match WHERE b.id = :backup;

-- access_about_hard_backup(backup HardBackupId) -> one { program ProgramId, receiver PersonId }
SELECT h.program, h.receiver FROM hard_backup b JOIN hard h ON h.id = b.hard WHERE b.id = :backup;

-- access_about_help(help HelpId) -> one { program ProgramId, person PersonId }
SELECT program, person FROM help WHERE id = :help;

-- access_hope(hope HopeId, actor PersonId) -> one { program ProgramId, is_sent Bool, is_own Bool }
-- Sent, or shown: enum HopeState.
SELECT program, CASE WHEN state IN (2, 5) THEN 1 ELSE 0 END AS is_sent,
       CASE WHEN person = :actor THEN 1 ELSE 0 END AS is_own
FROM hope WHERE id = :hope;

-- access_about_hope(hope HopeId) -> one { program ProgramId, person PersonId }
SELECT program, person FROM hope WHERE id = :hope;

-- access_hope_wish(wish HopeWishId, actor PersonId) -> one { program ProgramId, is_own Bool }
SELECT program, CASE WHEN person = :actor THEN 1 ELSE 0 END AS is_own FROM hope_wish WHERE id = :wish;

-- access_about_hope_wish(wish HopeWishId) -> one { program ProgramId, person PersonId }
SELECT program, person FROM hope_wish WHERE id = :wish;
