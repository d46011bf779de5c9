-- SPDX-License-Identifier: Apache-2.0
-- Who opened whose record in an emergency, why, and what the person set beside it.

-- emergency_insert(id EmergencyId, program ProgramId, person PersonId, by_person PersonId, reason Sealed(emergency.reason, id, person), now Time, ends_at Time)
INSERT INTO emergency (id, program, person, by_person, reason, opened_at, ends_at)
VALUES (:id, :program, :person, :by_person, :reason, :now, :ends_at);

-- emergency_row(id EmergencyId) -> one { id EmergencyId, program ProgramId, person PersonId, called Str, by_person PersonId, by_called Str, reason Sealed(emergency.reason, id), opened_at Time, ends_at Time }
SELECT e.id, e.program, e.person, p.called, e.by_person, b.called AS by_called, e.reason, e.opened_at, e.ends_at
FROM emergency e JOIN person p ON p.id = e.person JOIN person b ON b.id = e.by_person WHERE e.id = :id;

-- emergency_rows_of(person PersonId) -> many { id EmergencyId }
SELECT id FROM emergency WHERE person = :person ORDER BY opened_at DESC, id DESC LIMIT 50;

-- emergency_rows_in(program ProgramId) -> many { id EmergencyId }
SELECT id FROM emergency WHERE program = :program ORDER BY opened_at DESC, id LIMIT 200;

-- emergency_rows_by(person PersonId, now Time) -> many { id EmergencyId }
-- Those that this person opened and whose time is not over.
SELECT id FROM emergency WHERE by_person = :person AND ends_at > :now ORDER BY opened_at DESC, id LIMIT 20;

-- emergency_count_open(program ProgramId, now Time) -> one { open Int }
SELECT COUNT(*) AS open FROM emergency WHERE program = :program AND opened_at <= :now AND ends_at > :now;

-- emergency_named(program ProgramId, called Str) -> many { person PersonId }
-- Who asked something of this program and is called so.
SELECT DISTINCT r.person FROM request r JOIN person p ON p.id = r.person
WHERE r.program = :program AND LOWER(p.called) = LOWER(:called) ORDER BY r.person LIMIT 3;

-- emergency_asked(program ProgramId, person PersonId) -> one { requests Int }
SELECT COUNT(*) AS requests FROM request WHERE program = :program AND person = :person;

-- emergency_request_ids(program ProgramId, person PersonId) -> many { id RequestId }
SELECT id FROM request WHERE program = :program AND person = :person ORDER BY created_at DESC, id LIMIT 5;

-- emergency_walks(request RequestId) -> many { called Str, state Int }
SELECT g.called, m.state FROM match m JOIN person g ON g.id = m.giver
WHERE m.request = :request AND m.state <> 4 ORDER BY m.began_at DESC, m.id LIMIT 3;

-- emergency_answer_insert(id EmergencyAnswerId, emergency EmergencyId, person PersonId, words Sealed(emergency_answer.words, id, person), now Time)
INSERT INTO emergency_answer (id, emergency, person, words, at) VALUES (:id, :emergency, :person, :words, :now);

-- emergency_answer_rows(emergency EmergencyId) -> many { id EmergencyAnswerId, words Sealed(emergency_answer.words, id), at Time }
SELECT id, words, at FROM emergency_answer WHERE emergency = :emergency ORDER BY at, id LIMIT 50;
