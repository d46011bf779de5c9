-- SPDX-License-Identifier: Apache-2.0
-- Notes about a walk, and what stands beside them.

-- note_mode_row(program ProgramId) -> many { mode Int }
SELECT mode FROM program_note WHERE program = :program;

-- note_mode_set(program ProgramId, mode Int, now Time, by_person PersonId) -> count
INSERT INTO program_note (program, mode, since, by_person) VALUES (:program, :mode, :now, :by_person)
ON CONFLICT (program) DO UPDATE SET mode = excluded.mode, since = excluded.since, by_person = excluded.by_person;

-- note_insert(id NoteId, match MatchId, person PersonId, by_person PersonId, mode Int, state Int, strengths Sealed(note.strengths, id, person), talked Sealed(note.talked, id, person), next Sealed(note.next, id, person), replaces NoteId?, contact ContactId?, due_at Time?, sign_due_at Time?, now Time, stands_at Time?) -> count
-- None when another version was written at the same moment.
INSERT INTO note (id, match, person, by_person, mode, state, version, strengths, talked, next, replaces, contact, due_at,
                  sign_due_at, written_at, changed_at, stands_at)
VALUES (:id, :match, :person, :by_person, :mode, :state, 1, :strengths, :talked, :next, :replaces, :contact, :due_at,
        :sign_due_at, :now, :now, :stands_at)
ON CONFLICT (replaces) DO NOTHING;

-- note_rewrite(id NoteId, person PersonId, by_person PersonId, version Int, strengths Sealed(note.strengths, id, person), talked Sealed(note.talked, id, person), next Sealed(note.next, id, person), now Time) -> count
UPDATE note SET strengths = :strengths, talked = :talked, next = :next, version = version + 1, changed_at = :now
WHERE id = :id AND by_person = :by_person AND version = :version AND state = 1;

-- note_stand(id NoteId, version Int, state Int, now Time) -> count
-- A draft of that version stands from now on.
UPDATE note SET state = :state, stands_at = :now WHERE id = :id AND version = :version AND state = 1;

-- note_stand_all(match MatchId, state Int, now Time) -> count
UPDATE note SET state = :state, stands_at = :now WHERE match = :match AND state = 1;

-- note_mark(note NoteId) -> count
INSERT INTO part2_walk_note (note) VALUES (:note) ON CONFLICT DO NOTHING;

-- note_unmark(note NoteId) -> count
DELETE FROM part2_walk_note WHERE note = :note;

-- note_list_rows(match MatchId, reader PersonId, contacts Int, now Time, most Int) -> many { id NoteId, by_called Str, state Int, is_replaced Bool, written_at Time, stands_at Time? }
-- A draft for the two alone; what stands for those who coordinate too. For whoever does not receive, only while the
-- receiver shares contacts with them.
SELECT n.id, p.called AS by_called, n.state,
       CASE WHEN EXISTS (SELECT 1 FROM note l WHERE l.replaces = n.id) THEN 1 ELSE 0 END AS is_replaced,
       n.written_at, n.stands_at
FROM note n JOIN match m ON m.id = n.match JOIN person p ON p.id = n.by_person
WHERE n.match = :match AND (m.receiver = :reader OR ((n.state <> 1 OR m.giver = :reader) AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.until_at > :now AND (s.items & :contacts) <> 0
    AND s.with_person = CASE WHEN m.giver = :reader AND m.state <> 4 THEN m.giver ELSE 0 END)))
ORDER BY n.written_at DESC, n.id DESC LIMIT :most;

-- note_count_drafts(match MatchId) -> one { drafts Int }
SELECT COUNT(*) AS drafts FROM note WHERE match = :match AND state = 1;

-- note_row(id NoteId, reader PersonId, contacts Int, now Time) -> one { match MatchId, receiver PersonId, by_person PersonId, by_called Str, mode Int, state Int, contact ContactId?, sign_due_at Time?, signed_at Time?, signed_by_called Str, version Int, strengths Part2 Sealed(note.strengths, id), talked Part2 Sealed(note.talked, id), next Part2 Sealed(note.next, id), is_part2 Bool, replaces NoteId?, replaced_by NoteId?, written_at Time, changed_at Time, stands_at Time? }
SELECT n.match, m.receiver, n.by_person, p.called AS by_called, n.mode, n.state, n.contact, n.sign_due_at, n.signed_at,
       COALESCE((SELECT g.called FROM person g WHERE g.id = n.signed_by), '') AS signed_by_called, n.version, n.strengths, n.talked, n.next,
       CASE WHEN EXISTS (SELECT 1 FROM part2_walk_note k WHERE k.note = n.id) THEN 1 ELSE 0 END AS is_part2,
       n.replaces, l.id AS replaced_by, n.written_at, n.changed_at, n.stands_at
FROM note n JOIN match m ON m.id = n.match JOIN person p ON p.id = n.by_person LEFT JOIN note l ON l.replaces = n.id
WHERE n.id = :id AND (m.receiver = :reader OR ((n.state <> 1 OR m.giver = :reader) AND EXISTS (
    SELECT 1 FROM sharing s WHERE s.request = m.request AND s.until_at > :now AND (s.items & :contacts) <> 0
    AND s.with_person = CASE WHEN m.giver = :reader AND m.state <> 4 THEN m.giver ELSE 0 END)));

-- note_beside_rows(note NoteId, reader PersonId) -> many { id NoteBesideId, by_person PersonId, by_called Str, words Part2 Sealed(note_beside.words, id), is_part2 Bool, is_otherwise Bool, is_kept Bool, at Time }
-- Kept ones only for the two.
SELECT b.id, b.by_person, p.called AS by_called, b.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_note_beside k WHERE k.beside = b.id) THEN 1 ELSE 0 END AS is_part2,
       b.is_otherwise, b.is_kept, b.at
FROM note_beside b JOIN note n ON n.id = b.note JOIN match m ON m.id = n.match JOIN person p ON p.id = b.by_person
WHERE b.note = :note AND (b.is_kept = 0 OR m.receiver = :reader OR (m.giver = :reader AND m.state <> 4))
ORDER BY b.at, b.id LIMIT 200;

-- note_beside_insert(id NoteBesideId, note NoteId, receiver PersonId, by_person PersonId, words Sealed(note_beside.words, id, receiver), is_otherwise Bool, is_kept Bool, now Time)
INSERT INTO note_beside (id, note, by_person, words, is_otherwise, is_kept, at)
VALUES (:id, :note, :by_person, :words, :is_otherwise, :is_kept, :now);

-- note_beside_mark(beside NoteBesideId) -> count
INSERT INTO part2_note_beside (beside) VALUES (:beside) ON CONFLICT DO NOTHING;

-- note_beside_set_kept(id NoteBesideId, note NoteId, by_person PersonId, is_kept Bool) -> count
UPDATE note_beside SET is_kept = :is_kept WHERE id = :id AND note = :note AND by_person = :by_person;

-- note_waiver_row(match MatchId) -> many { since Time }
SELECT since FROM note_waiver WHERE match = :match;

-- note_waiver_insert(match MatchId, now Time) -> count
INSERT INTO note_waiver (match, since) VALUES (:match, :now) ON CONFLICT DO NOTHING;

-- note_waiver_delete(match MatchId) -> count
DELETE FROM note_waiver WHERE match = :match;

-- note_waiver_forget(person PersonId) -> count
DELETE FROM note_waiver WHERE match IN (SELECT id FROM match WHERE receiver = :person);

-- note_waiting_rows(person PersonId) -> many { match MatchId, giver_called Str, drafts Int }
-- Drafts that wait for this person, by walk.
SELECT m.id AS match, p.called AS giver_called, CAST(COUNT(*) AS BIGINT) AS drafts
FROM match m JOIN note n ON n.match = m.id AND n.state = 1 JOIN person p ON p.id = m.giver
WHERE m.receiver = :person GROUP BY m.id, p.called ORDER BY m.id LIMIT 20;

-- note_contact(contact ContactId, match MatchId) -> one { at Time, notes Int }
-- A talk of this walk, and how many notes there are about it.
SELECT c.at, (SELECT COUNT(*) FROM note n WHERE n.contact = c.id) AS notes
FROM contact c WHERE c.id = :contact AND c.match = :match AND c.outcome = 1;

-- What a payer asks for.

-- note_days_row(program ProgramId) -> many { write_days Int, sign_days Int }
SELECT write_days, sign_days FROM program_note WHERE program = :program;

-- note_days_set(program ProgramId, write_days Int, sign_days Int) -> count
UPDATE program_note SET write_days = :write_days, sign_days = :sign_days WHERE program = :program;

-- note_payer_any(payer Int) -> one { programs Int }
SELECT CAST(COUNT(*) AS BIGINT) AS programs FROM program_note WHERE mode = :payer;

-- note_due_rows(person PersonId, payer Int, match MatchId, contacts Int, now Time, most Int) -> many { match MatchId, contact ContactId, receiver_called Str, kind Int, at Time, write_days Int }
-- Talks of this person's walks since their program writes such notes, without one.
SELECT m.id AS match, c.id AS contact, r.called AS receiver_called, c.kind, c.at, k.write_days
FROM match m JOIN program_note k ON k.program = m.program JOIN person r ON r.id = m.receiver
JOIN contact c ON c.match = m.id AND c.outcome = 1 AND c.at >= k.since
WHERE m.giver = :person AND m.state IN (1, 2, 3) AND k.mode = :payer AND (:match = 0 OR m.id = :match)
AND c.by_person = :person AND NOT EXISTS (SELECT 1 FROM note n WHERE n.contact = c.id)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now
            AND (s.items & :contacts) <> 0)
ORDER BY c.at, c.id LIMIT :most;

-- note_unsigned_rows(program ProgramId, payer Int, contacts Int, now Time, most Int) -> many { id NoteId, by_person PersonId, by_called Str, receiver_called Str, contact_at Time, sign_due_at Time }
-- What those who coordinate may read, the newest version of each, without its words.
SELECT n.id, n.by_person, b.called AS by_called, r.called AS receiver_called, c.at AS contact_at, n.sign_due_at
FROM note n JOIN match m ON m.id = n.match JOIN contact c ON c.id = n.contact
JOIN person b ON b.id = n.by_person JOIN person r ON r.id = m.receiver
WHERE n.mode = :payer AND n.signed_at IS NULL AND n.sign_due_at IS NOT NULL AND n.state <> 1 AND m.program = :program
AND NOT EXISTS (SELECT 1 FROM note l WHERE l.replaces = n.id)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = 0 AND s.until_at > :now
            AND (s.items & :contacts) <> 0)
ORDER BY n.sign_due_at, n.id LIMIT :most;

-- note_withheld(program ProgramId, payer Int, contacts Int, now Time) -> one { notes Int }
SELECT CAST(COUNT(*) AS BIGINT) AS notes FROM note n JOIN match m ON m.id = n.match
WHERE n.mode = :payer AND n.signed_at IS NULL AND n.state <> 1 AND m.program = :program
AND NOT EXISTS (SELECT 1 FROM note l WHERE l.replaces = n.id)
AND NOT EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = 0 AND s.until_at > :now
                AND (s.items & :contacts) <> 0);

-- note_set_signed(id NoteId, by_person PersonId, now Time) -> count
UPDATE note SET signed_at = :now, signed_by = :by_person
WHERE id = :id AND signed_at IS NULL AND state <> 1 AND NOT EXISTS (SELECT 1 FROM note l WHERE l.replaces = :id);
