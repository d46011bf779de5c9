-- SPDX-License-Identifier: Apache-2.0
-- Relations between a person and an object. Each returns one row when the object exists, and none otherwise.
-- A duty counts while it has begun and has not ended.

-- access_program(program ProgramId, actor PersonId, now Time) -> one { coordinates Bool, zone Str }
SELECT CASE WHEN EXISTS (
           SELECT 1 FROM duty d WHERE d.person = :actor AND d.program = p.id AND d.kind = 1
           AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now)) THEN 1 ELSE 0 END AS coordinates, p.zone
FROM program p WHERE p.id = :program;

-- access_request(request RequestId, actor PersonId) -> one { program ProgramId, is_owner Bool, gives Bool, invited Bool }
SELECT r.program,
       CASE WHEN r.person = :actor THEN 1 ELSE 0 END AS is_owner,
       CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.request = r.id AND m.giver = :actor AND m.state <> 4)
            THEN 1 ELSE 0 END AS gives,
       CASE WHEN EXISTS (SELECT 1 FROM invitation i JOIN offer o ON o.id = i.offer
                         WHERE i.request = r.id AND o.person = :actor AND i.state = 1)
            THEN 1 ELSE 0 END AS invited
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

-- access_invitation(invitation InvitationId, actor PersonId) -> one { program ProgramId, is_owner Bool, is_invited Bool }
SELECT r.program,
       CASE WHEN r.person = :actor THEN 1 ELSE 0 END AS is_owner,
       CASE WHEN o.person = :actor AND i.state IN (1, 4) THEN 1 ELSE 0 END AS is_invited
FROM invitation i JOIN request r ON r.id = i.request JOIN offer o ON o.id = i.offer WHERE i.id = :invitation;

-- access_match(match MatchId, actor PersonId) -> one { program ProgramId, receives Bool, gives Bool }
SELECT program,
       CASE WHEN receiver = :actor THEN 1 ELSE 0 END AS receives,
       CASE WHEN giver = :actor AND state <> 4 THEN 1 ELSE 0 END AS gives
FROM match WHERE id = :match;

-- access_contact_match(contact ContactId) -> one { match MatchId }
SELECT match FROM contact WHERE id = :contact;

-- access_checkin(checkin CheckinId) -> one { program ProgramId }
SELECT program FROM checkin WHERE id = :checkin;

-- access_import_batch(batch ImportBatchId) -> one { program ProgramId }
SELECT program FROM import_batch WHERE id = :batch;

-- access_session(session SessionId, actor PersonId) -> one { is_owner Bool }
SELECT CASE WHEN person = :actor THEN 1 ELSE 0 END AS is_owner FROM session WHERE id = :session;

-- access_home_zone() -> many { zone Str }
-- Where clocks hang on pages that are about no program: in the oldest one.
SELECT zone FROM program ORDER BY created_at, id LIMIT 1;
