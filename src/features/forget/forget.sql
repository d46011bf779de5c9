-- SPDX-License-Identifier: Apache-2.0
-- People who want everything about them deleted.

-- forget_row(person PersonId) -> one { due_at Time, done_at Time? }
SELECT due_at, done_at FROM forgetting WHERE person = :person;

-- forget_insert(person PersonId, now Time, due_at Time) -> count
INSERT INTO forgetting (person, asked_at, due_at, done_at) VALUES (:person, :now, :due_at, NULL)
ON CONFLICT (person) DO NOTHING;

-- forget_set_done(person PersonId, now Time) -> count
UPDATE forgetting SET done_at = :now WHERE person = :person AND done_at IS NULL;

-- forget_delete(person PersonId) -> count
DELETE FROM forgetting WHERE person = :person AND done_at IS NULL;

-- forget_due(now Time) -> many { person PersonId }
SELECT person FROM forgetting WHERE done_at IS NULL AND due_at <= :now ORDER BY due_at, person LIMIT 1;

-- forget_matches(person PersonId) -> many { id MatchId }
-- Walks that last, on either side.
SELECT id FROM match WHERE (receiver = :person OR giver = :person) AND state <> 4 ORDER BY id LIMIT 1000;

-- forget_requests(person PersonId) -> many { id RequestId }
-- Those that are not over yet.
SELECT id FROM request WHERE person = :person AND state < 7 ORDER BY id LIMIT 1000;

-- forget_offers(person PersonId) -> many { id OfferId }
SELECT id FROM offer WHERE person = :person ORDER BY id LIMIT 1000;

-- forget_offer_words(person PersonId) -> count
UPDATE offer SET about = '' WHERE person = :person;

-- forget_counts_row(person PersonId) -> one { requests Int, walks Int, contact_points Int, imports Int }
SELECT (SELECT COUNT(*) FROM request WHERE person = :person) AS requests,
       (SELECT COUNT(*) FROM match WHERE receiver = :person OR giver = :person) AS walks,
       (SELECT COUNT(*) FROM contact_point WHERE person = :person) AS contact_points,
       (SELECT COUNT(*) FROM import_row WHERE person = :person) AS imports;

-- forget_named(value_key Bytes) -> many { id PersonId, called Str }
SELECT DISTINCT p.id, p.called FROM contact_point c JOIN person p ON p.id = c.person
WHERE c.value_key = :value_key ORDER BY p.id LIMIT 20;

-- forget_passkeys(person PersonId) -> count
DELETE FROM passkey WHERE person = :person;

-- forget_passphrase(person PersonId) -> count
DELETE FROM passphrase WHERE person = :person;

-- forget_authenticator(person PersonId) -> count
DELETE FROM authenticator WHERE person = :person;

-- forget_recovery_codes(person PersonId) -> count
DELETE FROM recovery_code WHERE person = :person;

-- forget_devices(person PersonId) -> count
DELETE FROM known_device WHERE person = :person;
