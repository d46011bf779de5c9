-- SPDX-License-Identifier: Apache-2.0
-- The ledger of consents, and what holds now.

-- consent_text_by_hash(hash Bytes) -> one { id ConsentTextId }
SELECT id FROM consent_text WHERE hash = :hash;

-- consent_text_insert(id ConsentTextId, hash Bytes, lang Int, words Str) -> count
INSERT INTO consent_text (id, hash, lang, words) VALUES (:id, :hash, :lang, :words) ON CONFLICT (hash) DO NOTHING;

-- consent_insert(id ConsentId, person PersonId, program ProgramId, request RequestId?, items Int, to_kind Int,
--     to_person PersonId?, purpose Int, until_event Int, until_at Time, how Int, lang Int, text ConsentTextId?,
--     text_hash Bytes, signs Int, rule SigningRuleId?, witness PersonId?, now Time)
INSERT INTO consent (id, person, program, request, items, to_kind, to_person, purpose, until_event, until_at, how, lang,
                     text, text_hash, signs, rule, witness, given_at, stopped_at, stopped_by)
VALUES (:id, :person, :program, :request, :items, :to_kind, :to_person, :purpose, :until_event, :until_at, :how, :lang,
        :text, :text_hash, :signs, :rule, :witness, :now, NULL, NULL);

-- consent_signature_insert(consent ConsentId, side Int, person PersonId, now Time) -> count
INSERT INTO consent_signature (consent, side, person, at) VALUES (:consent, :side, :person, :now)
ON CONFLICT (consent, side) DO NOTHING;

-- consent_signature_list(consent ConsentId) -> many { side Int, person PersonId, called Str, at Time }
SELECT s.side, s.person, p.called, s.at FROM consent_signature s JOIN person p ON p.id = s.person
WHERE s.consent = :consent ORDER BY s.side;

-- consent_row(id ConsentId) -> one { id ConsentId, person PersonId, called Str, program ProgramId, request RequestId?, items Int, to_kind Int, to_person PersonId?, to_called Str?, purpose Int, until_event Int, until_at Time, how Int, lang Int, words Str?, text_hash Bytes, signs Int, signed_sides Int, is_alone Bool, witness_called Str?, given_at Time, stopped_at Time?, is_over Bool, is_replaced Bool }
-- One to an organization is replaced by whichever says so; the others by what is shared with the same now.
SELECT c.id, c.person, q.called, c.program, c.request, c.items, c.to_kind, c.to_person, t.called AS to_called, c.purpose,
       c.until_event, c.until_at, c.how, c.lang, x.words, c.text_hash, c.signs,
       CAST((SELECT COALESCE(SUM(s.side), 0) FROM consent_signature s WHERE s.consent = c.id) AS BIGINT) AS signed_sides,
       CASE WHEN EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id) THEN 1 ELSE 0 END AS is_alone,
       w.called AS witness_called, c.given_at, c.stopped_at,
       CASE WHEN c.until_event = 2
                 AND NOT EXISTS (SELECT 1 FROM match m WHERE m.request = c.request AND m.giver = c.to_person AND m.state <> 4)
                 AND NOT EXISTS (SELECT 1 FROM invitation i JOIN offer o ON o.id = i.offer
                                 WHERE i.request = c.request AND o.person = c.to_person AND i.state IN (1, 4))
                 OR c.until_event = 3
                 AND NOT EXISTS (SELECT 1 FROM match m JOIN hard d ON d.match = m.id JOIN hard_backup b ON b.hard = d.id
                                 WHERE m.request = c.request AND m.state <> 4 AND d.state = 2 AND b.person = c.to_person
                                 AND b.state IN (2, 3))
            THEN 1 ELSE 0 END AS is_over,
       CASE WHEN c.to_kind <> 3 AND EXISTS (SELECT 1 FROM sharing h WHERE h.request = c.request AND h.with_person = COALESCE(c.to_person, 0)
                         AND h.consent <> c.id)
                 OR EXISTS (SELECT 1 FROM consent_organization o WHERE o.replaces = c.id) THEN 1 ELSE 0 END AS is_replaced
FROM consent c JOIN person q ON q.id = c.person LEFT JOIN person t ON t.id = c.to_person
LEFT JOIN person w ON w.id = c.witness LEFT JOIN consent_text x ON x.id = c.text
WHERE c.id = :id;

-- consent_organization_insert(id ConsentOrganizationId, consent ConsentId, person PersonId,
--     called Sealed(consent_organization.called, id, person), whom Sealed(consent_organization.whom, id, person),
--     why Sealed(consent_organization.why, id, person), replaces ConsentId?)
INSERT INTO consent_organization (id, consent, called, whom, why, replaces)
VALUES (:id, :consent, :called, :whom, :why, :replaces);

-- consent_organization_of(consent ConsentId) -> one { id ConsentOrganizationId,
--     called Sealed(consent_organization.called, id), whom Sealed(consent_organization.whom, id),
--     why Sealed(consent_organization.why, id) }
SELECT id, called, whom, why FROM consent_organization WHERE consent = :consent;

-- consent_organization_list(request RequestId, now Time) -> many { id ConsentId }
-- What is given to organizations about this request, or waits for a signature; the newest first.
SELECT id FROM consent WHERE request = :request AND to_kind = 3 AND stopped_at IS NULL AND until_at > :now
ORDER BY given_at DESC, id LIMIT 20;

-- consent_organization_ending(before Time, now Time, most Int) -> many { consent ConsentId }
-- What organizations are given and ends before then, of which nobody was told yet; not what was given for a few days only.
SELECT c.id AS consent FROM consent c
WHERE c.to_kind = 3 AND c.until_at > :now AND c.until_at <= :before AND c.stopped_at IS NULL
AND c.until_at - c.given_at > 1209600000000
AND NOT EXISTS (SELECT 1 FROM consent_ending_told t WHERE t.consent = c.id)
AND (c.signs = 1 OR EXISTS (SELECT 1 FROM consent_signature s WHERE s.consent = c.id AND s.side = 2)
     OR EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id))
ORDER BY c.until_at, c.id LIMIT :most;

-- consent_organization_forget(request RequestId) -> count
DELETE FROM consent_organization WHERE consent IN (SELECT c.id FROM consent c WHERE c.request = :request);

-- consent_list_of(person PersonId) -> many { id ConsentId }
-- All that this person ever said yes to, the newest first.
SELECT id FROM consent WHERE person = :person ORDER BY given_at DESC, id LIMIT 200;

-- consent_list_unsigned(person PersonId, program ProgramId, now Time) -> many { id ConsentId }
-- What waits for a parent's signature, the oldest first.
SELECT c.id FROM consent c
WHERE c.person = :person AND c.program = :program AND c.signs IN (2, 3) AND c.stopped_at IS NULL AND c.until_at > :now
AND NOT EXISTS (SELECT 1 FROM consent_signature s WHERE s.consent = c.id AND s.side = 2)
AND NOT EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id)
ORDER BY c.given_at, c.id LIMIT 50;

-- consent_list_parent(person PersonId, program ProgramId, parent PersonId) -> many { id ConsentId }
-- What is not stopped of all that this parent signed.
SELECT c.id FROM consent c JOIN consent_signature s ON s.consent = c.id AND s.side = 2 AND s.person = :parent
WHERE c.person = :person AND c.program = :program AND c.stopped_at IS NULL ORDER BY c.given_at, c.id LIMIT 200;

-- consent_parent_now(person PersonId, program ProgramId) -> many { parent PersonId, since Time }
-- The parent or guardian who signs with or for this person now, and has signed for whomever they choose there.
SELECT parent, since FROM guardian WHERE person = :person AND program = :program AND ended_at IS NULL
ORDER BY since DESC, id LIMIT 1;

-- consent_alone_insert(consent ConsentId, now Time) -> count
INSERT INTO consent_alone (consent, at) VALUES (:consent, :now) ON CONFLICT (consent) DO NOTHING;

-- consent_alone_forget(request RequestId) -> count
DELETE FROM consent_alone WHERE consent IN (SELECT c.id FROM consent c WHERE c.request = :request);

-- consent_set_stopped(id ConsentId, now Time, by PersonId) -> count
UPDATE consent SET stopped_at = :now, stopped_by = :by WHERE id = :id AND stopped_at IS NULL;

-- consent_stop_like(request RequestId, to_kind Int, to_person PersonId?, now Time, by PersonId) -> count
-- All that were ever given for the same: one that was renewed leaves none behind that still speaks.
UPDATE consent SET stopped_at = :now, stopped_by = :by
WHERE request = :request AND to_kind = :to_kind AND to_person IS NOT DISTINCT FROM :to_person AND stopped_at IS NULL;

-- consent_has_read(request RequestId, to_kind Int, to_person PersonId?) -> one { given Int }
-- Whether the person themself read and gave it, rather than somebody wrote down that they did.
SELECT COUNT(*) AS given FROM consent WHERE request = :request AND to_kind = :to_kind
AND to_person IS NOT DISTINCT FROM :to_person AND how = 1;

-- sharing_put(request RequestId, with_person PersonId, items Int, until_at Time, consent ConsentId)
INSERT INTO sharing (request, with_person, items, until_at, consent)
VALUES (:request, :with_person, :items, :until_at, :consent)
ON CONFLICT (request, with_person) DO UPDATE SET items = excluded.items, until_at = excluded.until_at,
                                                 consent = excluded.consent;

-- sharing_drop(request RequestId, with_person PersonId) -> count
DELETE FROM sharing WHERE request = :request AND with_person = :with_person;

-- sharing_now(request RequestId, with_person PersonId, now Time) -> one { items Int, until_at Time, consent ConsentId }
SELECT items, until_at, consent FROM sharing
WHERE request = :request AND with_person = :with_person AND until_at > :now;

-- sharing_ending(before Time, now Time, most Int) -> many { consent ConsentId, person PersonId }
-- What ends before then and nobody was told of yet: the newest about the same, which is what holds.
SELECT s.consent, c.person FROM sharing s JOIN consent c ON c.id = s.consent
WHERE s.until_at > :now AND s.until_at <= :before
AND NOT EXISTS (SELECT 1 FROM consent_ending_told t WHERE t.consent = s.consent)
AND NOT (c.until_event = 2 AND NOT EXISTS (SELECT 1 FROM match m WHERE m.request = c.request AND m.giver = c.to_person
                                           AND m.state <> 4))
ORDER BY s.until_at, s.consent LIMIT :most;

-- consent_ending_told_insert(consent ConsentId, now Time) -> count
INSERT INTO consent_ending_told (consent, at) VALUES (:consent, :now) ON CONFLICT (consent) DO NOTHING;

-- consent_ending_told_forget(request RequestId) -> count
DELETE FROM consent_ending_told WHERE consent IN (SELECT c.id FROM consent c WHERE c.request = :request);

-- sharing_to_confirm(person PersonId, now Time) -> many { request RequestId, consent ConsentId, how Int }
-- What holds because somebody wrote down that this person agreed, and that they have not read here themself.
SELECT s.request, s.consent, c.how FROM request r JOIN sharing s ON s.request = r.id JOIN consent c ON c.id = s.consent
WHERE r.person = :person AND s.until_at > :now AND c.how <> 1 ORDER BY s.request, s.consent LIMIT 20;

-- consent_signatures_forget(request RequestId) -> count
DELETE FROM consent_signature WHERE consent IN (SELECT c.id FROM consent c WHERE c.request = :request);

-- sharing_forget(request RequestId) -> count
DELETE FROM sharing WHERE request = :request;

-- consent_text_forget(person PersonId, called Str) -> count
-- Words that were kept with the name of this person in it, as they were before a mark stood there.
UPDATE consent_text SET words = replace(words, :called, '{name}')
WHERE :called <> '' AND EXISTS (SELECT 1 FROM consent c WHERE c.text = consent_text.id AND c.to_person = :person);

-- consent_forget_rows(request RequestId) -> count
DELETE FROM consent WHERE request = :request;
