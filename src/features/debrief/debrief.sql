-- SPDX-License-Identifier: Apache-2.0
-- Who would like to talk something over.

-- debrief_insert(id DebriefId, program ProgramId, person PersonId, state Int, now Time, fits Sealed(debrief.fits, id, person), words Sealed(debrief.words, id, person), answered_at Time?) -> count
INSERT INTO debrief (id, program, person, state, offered_at, fits, words, answered_at)
VALUES (:id, :program, :person, :state, :now, :fits, :words, :answered_at)
ON CONFLICT DO NOTHING;

-- debrief_home(person PersonId) -> many { program ProgramId }
-- Where this person gives, or gave last.
SELECT m.program FROM match m WHERE m.giver = :person
ORDER BY CASE WHEN m.state = 4 THEN 1 ELSE 0 END, m.began_at DESC, m.id LIMIT 1;

-- debrief_open_of(person PersonId, program ProgramId) -> one { id DebriefId }
SELECT id FROM debrief WHERE person = :person AND program = :program AND state IN (1, 2);

-- debrief_set_wished(id DebriefId, person PersonId, fits Sealed(debrief.fits, id, person), now Time) -> count
UPDATE debrief SET state = 2, fits = :fits, answered_at = COALESCE(answered_at, :now)
WHERE id = :id AND person = :person AND state IN (1, 2);

-- debrief_set_not_needed(id DebriefId, person PersonId, now Time) -> count
UPDATE debrief SET state = 3, answered_at = COALESCE(answered_at, :now)
WHERE id = :id AND person = :person AND state IN (1, 2);

-- debrief_set_words(id DebriefId, person PersonId, words Sealed(debrief.words, id, person)) -> count
UPDATE debrief SET words = :words WHERE id = :id AND person = :person;

-- debrief_set_held(id DebriefId, held_by PersonId, now Time) -> count
UPDATE debrief SET state = 4, held_by = :held_by, held_at = :now WHERE id = :id AND state = 2 AND person <> :held_by;

-- debrief_row(id DebriefId, reader PersonId) -> one { program ProgramId, person PersonId, called Str, state Int, offered_at Time, answered_at Time?, held_at Time?, fits Sealed(debrief.fits, id), words Sealed(debrief.words, id) }
-- What the supporter keeps for themself is empty for every other reader.
SELECT d.program, d.person, p.called, d.state, d.offered_at, d.answered_at, d.held_at, d.fits,
       CASE WHEN d.person = :reader THEN d.words ELSE CAST('' AS BLOB) END AS words
FROM debrief d JOIN person p ON p.id = d.person WHERE d.id = :id;

-- debrief_of_person(person PersonId, most Int) -> many { id DebriefId }
SELECT id FROM debrief WHERE person = :person ORDER BY offered_at DESC, id LIMIT :most;

-- debrief_offered(person PersonId) -> one { found Int }
SELECT COUNT(*) AS found FROM debrief WHERE person = :person AND state = 1;

-- debrief_of_program(program ProgramId, reader PersonId, most Int) -> many { id DebriefId }
SELECT id FROM debrief WHERE program = :program AND state = 2 AND person <> :reader ORDER BY offered_at, id LIMIT :most;

-- debrief_delete_of(person PersonId) -> count
DELETE FROM debrief WHERE person = :person;
