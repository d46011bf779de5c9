-- SPDX-License-Identifier: Apache-2.0
-- A person's own documents. The content is read by one query alone, for its person.

-- document_room(person PersonId) -> one { documents Int, bytes Int }
SELECT COUNT(*) AS documents, CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes FROM document WHERE person = :person;

-- document_insert(id DocumentId, person PersonId, called Sealed(document.called, id, person), kind Int, bytes Int, content Sealed(document.content, id, person), now Time)
INSERT INTO document (id, person, called, kind, bytes, added_at, content)
VALUES (:id, :person, :called, :kind, :bytes, :now, :content);

-- document_of_person(person PersonId, most Int) -> many { id DocumentId, called Sealed(document.called, id), kind Int, bytes Int, added_at Time }
SELECT id, called, kind, bytes, added_at FROM document WHERE person = :person ORDER BY added_at DESC, id LIMIT :most;

-- document_by_id(id DocumentId, person PersonId) -> one { called Sealed(document.called, id), kind Int, content Sealed(document.content, id) }
SELECT called, kind, content FROM document WHERE id = :id AND person = :person;

-- document_delete(id DocumentId, person PersonId) -> count
DELETE FROM document WHERE id = :id AND person = :person;

-- document_delete_all(person PersonId) -> count
DELETE FROM document WHERE person = :person;
