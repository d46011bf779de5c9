-- SPDX-License-Identifier: Apache-2.0
-- Who needs somebody from the program, and who has it.

-- help_insert(id HelpId, program ProgramId, match MatchId, person PersonId, words Sealed(help.words, id, person), answer Sealed(help.answer, id, person), now Time)
INSERT INTO help (id, program, match, person, words, asked_at, answer)
VALUES (:id, :program, :match, :person, :words, :now, :answer);

-- help_mark_part2(help HelpId)
INSERT INTO part2_help (help) VALUES (:help) ON CONFLICT DO NOTHING;

-- help_set_taken(id HelpId, taken_by PersonId, now Time) -> count
UPDATE help SET taken_by = :taken_by, taken_at = :now WHERE id = :id AND taken_by IS NULL AND done_at IS NULL;

-- help_set_done(id HelpId, person PersonId, taken_by PersonId, answer Sealed(help.answer, id, person), now Time) -> count
UPDATE help SET done_at = :now, answer = :answer WHERE id = :id AND taken_by = :taken_by AND done_at IS NULL;

-- help_row(id HelpId) -> one { program ProgramId, match MatchId, person PersonId, called Str, words Part2 Sealed(help.words, id), is_part2 Bool, asked_at Time, taken_by PersonId?, taken_by_called Str?, taken_at Time?, done_at Time?, answer Part2 Sealed(help.answer, id) }
SELECT h.program, h.match, h.person, p.called, h.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_help k WHERE k.help = h.id) THEN 1 ELSE 0 END AS is_part2,
       h.asked_at, h.taken_by, t.called AS taken_by_called, h.taken_at, h.done_at, h.answer
FROM help h JOIN person p ON p.id = h.person LEFT JOIN person t ON t.id = h.taken_by WHERE h.id = :id;

-- help_of_match(match MatchId, person PersonId, most Int) -> many { id HelpId }
SELECT id FROM help WHERE match = :match AND person = :person ORDER BY asked_at DESC, id LIMIT :most;

-- help_of_program(program ProgramId, reader PersonId, most Int) -> many { id HelpId }
-- None that whoever walks with the reader asked for out of their walk.
SELECT h.id FROM help h JOIN match m ON m.id = h.match
WHERE h.program = :program AND h.done_at IS NULL
AND (h.person = :reader OR (m.giver <> :reader AND m.receiver <> :reader))
ORDER BY h.asked_at, h.id LIMIT :most;

-- help_unmark_of(person PersonId) -> count
DELETE FROM part2_help WHERE help IN (SELECT id FROM help WHERE person = :person);

-- help_delete_of(person PersonId) -> count
DELETE FROM help WHERE person = :person;
