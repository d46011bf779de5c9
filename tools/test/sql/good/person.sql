-- SPDX-License-Identifier: Apache-2.0
-- People.

-- person_by_id(id PersonId) -> one { id PersonId, called Str, face Bytes?, seen_at Time? }
-- Who it is.
SELECT id, called, face, seen_at FROM person WHERE id = :id;

-- person_items(person PersonId, most Int)
--     -> many { id ListItemId, is_open Bool, rank Int? }
SELECT id, is_open, CAST(NULL AS BIGINT) AS rank FROM list_item WHERE person = :person AND 'a;b:c' <> '' -- :not ; here
ORDER BY id LIMIT :most;

-- person_seen(id PersonId, now Time?) -> count
UPDATE person SET seen_at = :now WHERE id = :id;

-- person_add(id PersonId, called Str, face Bytes?, seen_at Time?, guess Int?)
INSERT INTO person (id, called, face, seen_at) VALUES (:id, :called, :face, COALESCE(:seen_at, :guess));

-- person_engine() -> one { name Str }
SELECT 'sqlite' AS name;
-- postgres:
SELECT 'postgres'::TEXT AS name;

-- note_add(id NoteId, person PersonId, words Sealed(note.words, id, person), more Sealed(note.more, id, person)?)
INSERT INTO note (id, person, words, more) VALUES (:id, :person, :words, :more);

-- note_by_id(id NoteId) -> one { words Sealed(note.words, id), more Sealed(note.more, id)? }
SELECT words, more FROM note WHERE id = :id;

-- note_list(person PersonId)
--     -> many { id NoteId, words Sealed(note.words, id) }
SELECT id, words FROM note WHERE person = :person ORDER BY id LIMIT 10;

-- note_change(person PersonId, id NoteId, words Sealed(note.words, id, person)) -> count
-- The person is not in the text: it only says under whose key the words are sealed.
UPDATE note SET words = :words WHERE id = :id;

-- note_raw(id NoteId) -> one { words Bytes }
-- As they lie there, for a pass of upkeep.
SELECT words FROM note WHERE id = :id;
