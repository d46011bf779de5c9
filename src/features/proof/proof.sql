-- SPDX-License-Identifier: Apache-2.0
-- The ways in which people show who they are, beside a code to a mailbox or phone.

-- proof_ways_of(person PersonId, now Time) -> one { duties Int, passkeys Int, passphrases Int, longs Int, apps Int, codes Int }
SELECT (SELECT COUNT(*) FROM duty d WHERE d.person = :person AND d.starts_at <= :now
        AND (d.ends_at IS NULL OR d.ends_at > :now)) AS duties,
       (SELECT COUNT(*) FROM passkey k WHERE k.person = :person AND k.stopped_at IS NULL) AS passkeys,
       (SELECT COUNT(*) FROM passphrase s WHERE s.person = :person) AS passphrases,
       (SELECT COUNT(*) FROM passphrase s WHERE s.person = :person AND s.is_long = 1) AS longs,
       (SELECT COUNT(*) FROM authenticator a WHERE a.person = :person AND a.confirmed_at IS NOT NULL) AS apps,
       (SELECT COUNT(*) FROM recovery_code c WHERE c.person = :person AND c.used_at IS NULL) AS codes;

-- ---- passphrases ----

-- passphrase_of_mail(mail_key Bytes) -> many { person PersonId, hash Str, is_long Bool }
-- A mailbox may be shared: the passphrase set first is meant.
SELECT s.person, s.hash, s.is_long FROM contact_point c JOIN passphrase s ON s.person = c.person
WHERE c.value_key = :mail_key AND c.kind = 1 ORDER BY s.set_at, s.person LIMIT 1;

-- passphrase_of(person PersonId) -> one { hash Str, is_long Bool }
SELECT hash, is_long FROM passphrase WHERE person = :person;

-- passphrase_keep(person PersonId, hash Str, is_long Bool, now Time)
INSERT INTO passphrase (person, hash, is_long, set_at) VALUES (:person, :hash, :is_long, :now)
ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, is_long = excluded.is_long, set_at = excluded.set_at;

-- passphrase_drop(person PersonId) -> count
DELETE FROM passphrase WHERE person = :person;

-- ---- authenticator apps ----

-- authenticator_of(person PersonId) -> one { id AuthenticatorId, secret Sealed(authenticator.secret, id), last_step Int, confirmed_at Time? }
SELECT id, secret, last_step, confirmed_at FROM authenticator WHERE person = :person;

-- authenticator_add(id AuthenticatorId, person PersonId, secret Sealed(authenticator.secret, id, person), now Time)
INSERT INTO authenticator (id, person, secret, last_step, created_at) VALUES (:id, :person, :secret, 0, :now);

-- authenticator_confirm(id AuthenticatorId, now Time) -> count
UPDATE authenticator SET confirmed_at = :now WHERE id = :id AND confirmed_at IS NULL;

-- authenticator_use(id AuthenticatorId, step Int) -> count
-- None when another process was faster with this step.
UPDATE authenticator SET last_step = :step WHERE id = :id AND last_step < :step;

-- authenticator_drop(person PersonId) -> count
DELETE FROM authenticator WHERE person = :person;

-- ---- recovery codes ----

-- recovery_code_add(id RecoveryCodeId, person PersonId, code_hash Bytes, now Time)
INSERT INTO recovery_code (id, person, code_hash, created_at) VALUES (:id, :person, :code_hash, :now);

-- recovery_code_use(person PersonId, code_hash Bytes, now Time) -> count
UPDATE recovery_code SET used_at = :now WHERE person = :person AND code_hash = :code_hash AND used_at IS NULL;

-- recovery_code_drop(person PersonId) -> count
DELETE FROM recovery_code WHERE person = :person;

-- ---- tries ----

-- proof_try_count(who_hash Bytes, since Time, now Time) -> one { tries Int }
-- Those ahead of now are of before the clock went back: they must not keep somebody out until it has caught up.
SELECT COUNT(*) AS tries FROM proof_try WHERE who_hash = :who_hash AND at > :since AND at <= :now;

-- proof_try_add(id ProofTryId, who_hash Bytes, now Time)
INSERT INTO proof_try (id, who_hash, at) VALUES (:id, :who_hash, :now);

-- proof_try_forget(before Time) -> count
DELETE FROM proof_try WHERE at < :before;

-- ---- passkeys ----

-- passkey_list(person PersonId) -> many { id PasskeyId, credential Bytes, name Str, created_at Time, used_at Time?, stopped_at Time? }
SELECT id, credential, name, created_at, used_at, stopped_at FROM passkey WHERE person = :person
ORDER BY created_at, id LIMIT 20;

-- passkey_by_credential(credential Bytes) -> one { id PasskeyId, person PersonId, public_key Bytes, algorithm Int, uses Int, stopped_at Time? }
SELECT id, person, public_key, algorithm, uses, stopped_at FROM passkey WHERE credential = :credential;

-- passkey_insert(id PasskeyId, person PersonId, credential Bytes, public_key Bytes, algorithm Int, uses Int, name Str, now Time) -> count
INSERT INTO passkey (id, person, credential, public_key, algorithm, uses, name, created_at)
VALUES (:id, :person, :credential, :public_key, :algorithm, :uses, :name, :now)
ON CONFLICT (credential) DO NOTHING;

-- passkey_use(id PasskeyId, before Int, uses Int, now Time) -> count
UPDATE passkey SET uses = :uses, used_at = :now WHERE id = :id AND uses = :before;

-- passkey_stop(id PasskeyId, now Time) -> count
UPDATE passkey SET stopped_at = :now WHERE id = :id AND stopped_at IS NULL;

-- passkey_rename(id PasskeyId, person PersonId, name Str) -> count
UPDATE passkey SET name = :name WHERE id = :id AND person = :person;

-- passkey_drop(id PasskeyId, person PersonId) -> count
DELETE FROM passkey WHERE id = :id AND person = :person;

-- passkey_answer(challenge_hash Bytes, now Time) -> count
-- None when this challenge was answered before.
INSERT INTO passkey_answered (challenge_hash, at) VALUES (:challenge_hash, :now)
ON CONFLICT (challenge_hash) DO NOTHING;

-- passkey_answered_forget(before Time) -> count
DELETE FROM passkey_answered WHERE at < :before;
