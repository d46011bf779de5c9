-- SPDX-License-Identifier: Apache-2.0
-- Words of hope for families who wait, and wishes to do more.

-- hope_received(program ProgramId, person PersonId) -> one { is_so Bool }
SELECT CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.receiver = :person AND m.program = :program)
       THEN 1 ELSE 0 END AS is_so;

-- hope_own(program ProgramId, person PersonId) -> one { id HopeId, program ProgramId, person PersonId, called Str, words Sealed(hope.words, id), lang Int, is_named Bool, state Int, said Sealed(hope.said, id), by_called Str?, written_at Time, state_at Time }
SELECT h.id, h.program, h.person, p.called, h.words, h.lang, h.is_named, h.state, h.said, b.called AS by_called,
       h.written_at, h.state_at
FROM hope h JOIN person p ON p.id = h.person LEFT JOIN person b ON b.id = h.by_person
WHERE h.program = :program AND h.person = :person;

-- hope_by_id(id HopeId, sent Int, shown Int) -> one { id HopeId, program ProgramId, person PersonId, called Str, words Sealed(hope.words, id), lang Int, is_named Bool, state Int, said Sealed(hope.said, id), by_called Str?, written_at Time, state_at Time }
SELECT h.id, h.program, h.person, p.called, h.words, h.lang, h.is_named, h.state, h.said, b.called AS by_called,
       h.written_at, h.state_at
FROM hope h JOIN person p ON p.id = h.person LEFT JOIN person b ON b.id = h.by_person
WHERE h.id = :id AND h.state IN (:sent, :shown);

-- hope_sent(program ProgramId, sent Int, most Int) -> many { id HopeId, program ProgramId, person PersonId, called Str, words Sealed(hope.words, id), lang Int, is_named Bool, state Int, said Sealed(hope.said, id), by_called Str?, written_at Time, state_at Time }
SELECT h.id, h.program, h.person, p.called, h.words, h.lang, h.is_named, h.state, h.said, b.called AS by_called,
       h.written_at, h.state_at
FROM hope h JOIN person p ON p.id = h.person LEFT JOIN person b ON b.id = h.by_person
WHERE h.program = :program AND h.state = :sent ORDER BY h.state_at, h.id LIMIT :most;

-- hope_shown(program ProgramId, shown Int, most Int) -> many { id HopeId, program ProgramId, person PersonId, called Str, words Sealed(hope.words, id), lang Int, is_named Bool, state Int, said Sealed(hope.said, id), by_called Str?, written_at Time, state_at Time }
SELECT h.id, h.program, h.person, p.called, h.words, h.lang, h.is_named, h.state, h.said, b.called AS by_called,
       h.written_at, h.state_at
FROM hope h JOIN person p ON p.id = h.person LEFT JOIN person b ON b.id = h.by_person
WHERE h.program = :program AND h.state = :shown ORDER BY h.state_at DESC, h.id DESC LIMIT :most;

-- hope_insert(id HopeId, program ProgramId, person PersonId, words Sealed(hope.words, id, person), lang Int, is_named Bool, state Int, said Sealed(hope.said, id, person), now Time)
INSERT INTO hope (id, program, person, words, lang, is_named, state, said, by_person, written_at, state_at)
VALUES (:id, :program, :person, :words, :lang, :is_named, :state, :said, NULL, :now, :now);

-- hope_set_sent(program ProgramId, person PersonId, draft Int, sent Int, now Time) -> count
UPDATE hope SET state = :sent, state_at = :now WHERE program = :program AND person = :person AND state = :draft;

-- hope_set_answered(id HopeId, person PersonId, sent Int, shown Int, written_at Time, state Int, said Sealed(hope.said, id, person), by_person PersonId, now Time) -> count
-- Of the words that were read, and none that came in their place.
UPDATE hope SET state = :state, said = :said, by_person = :by_person, state_at = :now
WHERE id = :id AND person = :person AND state IN (:sent, :shown) AND written_at = :written_at;

-- hope_delete(program ProgramId, person PersonId) -> count
DELETE FROM hope WHERE program = :program AND person = :person;

-- hope_delete_of(person PersonId)
DELETE FROM hope WHERE person = :person;

-- hope_wish_own(program ProgramId, person PersonId, most Int) -> many { id HopeWishId, program ProgramId, person PersonId, called Str, kind Int, since Time, answer Sealed(hope_wish.answer, id), by_called Str?, answered_at Time? }
SELECT w.id, w.program, w.person, p.called, w.kind, w.since, w.answer, b.called AS by_called, w.answered_at
FROM hope_wish w JOIN person p ON p.id = w.person LEFT JOIN person b ON b.id = w.answered_by
WHERE w.program = :program AND w.person = :person ORDER BY w.kind, w.id LIMIT :most;

-- hope_wish_open(program ProgramId, most Int) -> many { id HopeWishId, program ProgramId, person PersonId, called Str, kind Int, since Time, answer Sealed(hope_wish.answer, id), by_called Str?, answered_at Time? }
SELECT w.id, w.program, w.person, p.called, w.kind, w.since, w.answer, b.called AS by_called, w.answered_at
FROM hope_wish w JOIN person p ON p.id = w.person LEFT JOIN person b ON b.id = w.answered_by
WHERE w.program = :program AND w.answered_at IS NULL ORDER BY w.since, w.id LIMIT :most;

-- hope_wish_by_id(id HopeWishId) -> one { id HopeWishId, program ProgramId, person PersonId, called Str, kind Int, since Time, answer Sealed(hope_wish.answer, id), by_called Str?, answered_at Time? }
SELECT w.id, w.program, w.person, p.called, w.kind, w.since, w.answer, b.called AS by_called, w.answered_at
FROM hope_wish w JOIN person p ON p.id = w.person LEFT JOIN person b ON b.id = w.answered_by
WHERE w.id = :id;

-- hope_wish_answered(person PersonId, most Int) -> many { id HopeWishId, program ProgramId, person PersonId, called Str, kind Int, since Time, answer Sealed(hope_wish.answer, id), by_called Str?, answered_at Time? }
-- In whatever program, the newest answer first.
SELECT w.id, w.program, w.person, p.called, w.kind, w.since, w.answer, b.called AS by_called, w.answered_at
FROM hope_wish w JOIN person p ON p.id = w.person LEFT JOIN person b ON b.id = w.answered_by
WHERE w.person = :person AND w.answered_at IS NOT NULL ORDER BY w.answered_at DESC, w.id LIMIT :most;

-- hope_wish_insert(id HopeWishId, program ProgramId, person PersonId, kind Int, answer Sealed(hope_wish.answer, id, person), now Time)
INSERT INTO hope_wish (id, program, person, kind, since, answer, answered_by, answered_at)
VALUES (:id, :program, :person, :kind, :now, :answer, NULL, NULL) ON CONFLICT DO NOTHING;

-- hope_wish_delete(program ProgramId, person PersonId, kind Int) -> count
DELETE FROM hope_wish WHERE program = :program AND person = :person AND kind = :kind;

-- hope_wish_set_answered(id HopeWishId, person PersonId, answer Sealed(hope_wish.answer, id, person), by_person PersonId, now Time) -> count
UPDATE hope_wish SET answer = :answer, answered_by = :by_person, answered_at = :now
WHERE id = :id AND person = :person AND answered_at IS NULL;

-- hope_wish_delete_of(person PersonId)
DELETE FROM hope_wish WHERE person = :person;

-- hope_count_waiting(program ProgramId, sent Int, most Int) -> one { words Int, wishes Int }
SELECT (SELECT COUNT(*) FROM (SELECT 1 AS one FROM hope h WHERE h.program = :program AND h.state = :sent LIMIT :most) AS a) AS words,
       (SELECT COUNT(*) FROM (SELECT 1 AS one FROM hope_wish w WHERE w.program = :program AND w.answered_at IS NULL LIMIT :most) AS b) AS wishes;
