-- SPDX-License-Identifier: Apache-2.0
-- Parents and guardians, and the links by which they are asked to sign.

-- guardian_link_insert(id GuardianLinkId, program ProgramId, person PersonId, code_hash Bytes, shows_words Bool, made_by PersonId?, now Time, until_at Time)
INSERT INTO guardian_link (id, program, person, code_hash, shows_words, made_by, made_at, until_at, closed_at, closed_why)
VALUES (:id, :program, :person, :code_hash, :shows_words, :made_by, :now, :until_at, NULL, NULL);

-- guardian_link_set_closed(program ProgramId, person PersonId, why Int, now Time) -> count
UPDATE guardian_link SET closed_at = :now, closed_why = :why
WHERE program = :program AND person = :person AND closed_at IS NULL;

-- guardian_link_now(program ProgramId, person PersonId, now Time) -> many { id GuardianLinkId, shows_words Bool, until_at Time }
SELECT id, shows_words, until_at FROM guardian_link
WHERE program = :program AND person = :person AND closed_at IS NULL AND until_at > :now
ORDER BY made_at DESC, id LIMIT 1;

-- guardian_link_newest(program ProgramId, person PersonId) -> many { id GuardianLinkId, closed_why Int? }
SELECT id, closed_why FROM guardian_link WHERE program = :program AND person = :person
ORDER BY made_at DESC, id LIMIT 1;

-- guardian_link_by_hash(code_hash Bytes) -> one { id GuardianLinkId, program ProgramId, person PersonId, shows_words Bool, until_at Time, closed_why Int? }
SELECT id, program, person, shows_words, until_at, closed_why FROM guardian_link WHERE code_hash = :code_hash;

-- guardian_shown(program ProgramId, person PersonId) -> many { id RequestId, need Part2 Sealed(request.need, id), is_part2 Bool }
SELECT r.id, r.need,
       CASE WHEN EXISTS (SELECT 1 FROM part2_request k WHERE k.request = r.id) THEN 1 ELSE 0 END AS is_part2
FROM request r WHERE r.program = :program AND r.person = :person AND r.state < 7 AND r.is_kept = 0
ORDER BY r.created_at DESC, r.id LIMIT 5;

-- guardian_insert(id GuardianId, program ProgramId, person PersonId, parent PersonId, link GuardianLinkId, lang Int, words Sealed(guardian.words, id, person), now Time)
INSERT INTO guardian (id, program, person, parent, link, lang, words, since, ended_at, ended_why)
VALUES (:id, :program, :person, :parent, :link, :lang, :words, :now, NULL, NULL);

-- guardian_row(id GuardianId) -> one { program ProgramId, person PersonId, called Str, parent PersonId, parent_called Str, words Sealed(guardian.words, id), lang Int, since Time, ended_at Time?, ended_why Int? }
SELECT g.program, g.person, p.called, g.parent, q.called AS parent_called, g.words, g.lang, g.since, g.ended_at, g.ended_why
FROM guardian g JOIN person p ON p.id = g.person JOIN person q ON q.id = g.parent
WHERE g.id = :id;

-- guardian_rows_of(person PersonId) -> many { id GuardianId }
SELECT id FROM guardian WHERE person = :person
ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, since DESC, id LIMIT 50;

-- guardian_rows_by(parent PersonId) -> many { id GuardianId }
SELECT id FROM guardian WHERE parent = :parent
ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, since DESC, id LIMIT 50;

-- guardian_set_ended(id GuardianId, why Int, now Time) -> count
UPDATE guardian SET ended_at = :now, ended_why = :why WHERE id = :id AND ended_at IS NULL;

-- guardian_wait_rows(after PersonId, now Time) -> many { person PersonId, program ProgramId }
SELECT person, program FROM guardian WHERE ended_at IS NULL AND person > :after
UNION
SELECT c.person, c.program FROM signing_born b JOIN consent c ON c.person = b.person
WHERE b.person > :after AND c.signs IN (2, 3) AND c.stopped_at IS NULL AND c.until_at > :now
AND NOT EXISTS (SELECT 1 FROM consent_signature s WHERE s.consent = c.id AND s.side = 2)
AND NOT EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id)
ORDER BY person, program LIMIT 200;

-- guardian_asked_rows(program ProgramId, now Time) -> many { request RequestId, at Time }
-- Requests that wait for a parent's signature: only when they were asked. From the few consents that need one.
SELECT r.id AS request, r.created_at AS at FROM request r
WHERE r.state < 7 AND r.id IN (
    SELECT c.request FROM consent c WHERE c.program = :program AND c.signs IN (2, 3) AND c.to_kind = 1
    AND c.stopped_at IS NULL AND c.until_at > :now
    AND NOT EXISTS (SELECT 1 FROM consent_signature s WHERE s.consent = c.id AND s.side = 2)
    AND NOT EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id))
AND NOT EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now)
ORDER BY r.created_at, r.id LIMIT 100;

-- guardian_receipt(program ProgramId, receipt_hash Bytes, now Time) -> many { id RequestId, person PersonId }
SELECT r.id, r.person FROM request r WHERE r.receipt_hash = :receipt_hash AND r.program = :program AND r.state < 7
AND EXISTS (
    SELECT 1 FROM consent c WHERE c.request = r.id AND c.to_kind = 1 AND c.signs IN (2, 3) AND c.stopped_at IS NULL
    AND c.until_at > :now
    AND NOT EXISTS (SELECT 1 FROM consent_signature s WHERE s.consent = c.id AND s.side = 2)
    AND NOT EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id))
ORDER BY r.id LIMIT 1;
