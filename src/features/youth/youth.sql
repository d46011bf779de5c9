-- SPDX-License-Identifier: Apache-2.0
-- Young people's own spaces, and what they read before they wrote.

-- youth_row(person PersonId) -> one { is_apart Bool }
SELECT is_apart FROM youth WHERE person = :person;

-- youth_insert(person PersonId, now Time, is_apart Bool)
INSERT INTO youth (person, since, is_apart) VALUES (:person, :now, :is_apart)
ON CONFLICT (person) DO UPDATE SET is_apart = excluded.is_apart;

-- youth_update_apart(person PersonId, is_apart Bool) -> count
UPDATE youth SET is_apart = :is_apart WHERE person = :person;

-- youth_words_insert(id YouthWordsId, hash Bytes, lang Int, words Str) -> count
INSERT INTO youth_words (id, hash, lang, words) VALUES (:id, :hash, :lang, :words) ON CONFLICT DO NOTHING;

-- youth_words_find(hash Bytes) -> one { id YouthWordsId }
SELECT id FROM youth_words WHERE hash = :hash;

-- youth_read_insert(id YouthReadId, person PersonId, program ProgramId, words YouthWordsId, now Time)
INSERT INTO youth_read (id, person, program, words, at) VALUES (:id, :person, :program, :words, :now);

-- youth_read_newest(person PersonId) -> many { words Str, at Time }
SELECT w.words, r.at FROM youth_read r JOIN youth_words w ON w.id = r.words
WHERE r.person = :person ORDER BY r.at DESC, r.id LIMIT 1;

-- ---- the word ----

-- youth_word_row(person PersonId) -> one { made Str, tries Int, tries_since Time }
SELECT made, tries, tries_since FROM youth_word WHERE person = :person;

-- youth_word_put(person PersonId, made Str, now Time)
INSERT INTO youth_word (person, made, set_at, tries, tries_since) VALUES (:person, :made, :now, 0, :now)
ON CONFLICT (person) DO UPDATE SET made = excluded.made, set_at = excluded.set_at, tries = 0, tries_since = excluded.set_at;

-- youth_word_count(person PersonId, tries Int, tries_since Time) -> count
UPDATE youth_word SET tries = :tries, tries_since = :tries_since WHERE person = :person;

-- youth_door_put(visit_hash Bytes, person PersonId, mail_key Bytes?, proofs Int, expires_at Time)
INSERT INTO youth_door (visit_hash, person, mail_key, proofs, expires_at)
VALUES (:visit_hash, :person, :mail_key, :proofs, :expires_at)
ON CONFLICT (visit_hash) DO UPDATE SET person = excluded.person, mail_key = excluded.mail_key,
    proofs = excluded.proofs, expires_at = excluded.expires_at;

-- youth_door_row(visit_hash Bytes, now Time) -> one { person PersonId, mail_key Bytes?, proofs Int }
SELECT person, mail_key, proofs FROM youth_door WHERE visit_hash = :visit_hash AND expires_at > :now;

-- youth_door_delete(visit_hash Bytes) -> count
DELETE FROM youth_door WHERE visit_hash = :visit_hash;

-- youth_door_delete_over(now Time) -> count
DELETE FROM youth_door WHERE expires_at <= :now;

-- youth_way_back_insert(id YouthWayBackId, person PersonId, by_person PersonId, code_hash Bytes, now Time, expires_at Time)
INSERT INTO youth_way_back (id, person, by_person, code_hash, at, expires_at, used_at)
VALUES (:id, :person, :by_person, :code_hash, :now, :expires_at, NULL);

-- youth_way_back_end(person PersonId, now Time) -> count
-- A newer one, or one that was used, ends those before.
UPDATE youth_way_back SET expires_at = :now WHERE person = :person AND used_at IS NULL AND expires_at > :now;

-- youth_way_back_use(person PersonId, code_hash Bytes, now Time) -> count
UPDATE youth_way_back SET used_at = :now
WHERE person = :person AND code_hash = :code_hash AND used_at IS NULL AND expires_at > :now;

-- youth_way_back_list(person PersonId) -> many { id YouthWayBackId, by_called Str, at Time, used_at Time? }
SELECT w.id, p.called AS by_called, w.at, w.used_at FROM youth_way_back w JOIN person p ON p.id = w.by_person
WHERE w.person = :person ORDER BY w.at DESC, w.id LIMIT 20;

-- youth_word_delete(person PersonId) -> count
DELETE FROM youth_word WHERE person = :person;

-- youth_door_delete_of(person PersonId) -> count
DELETE FROM youth_door WHERE person = :person;

-- youth_way_back_delete_of(person PersonId) -> count
DELETE FROM youth_way_back WHERE person = :person;
