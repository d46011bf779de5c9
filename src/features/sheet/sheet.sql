-- SPDX-License-Identifier: Apache-2.0
-- Sheets for getting ready, and what came of them.

-- sheet_count(person PersonId) -> one { sheets Int }
SELECT COUNT(*) AS sheets FROM sheet WHERE person = :person;

-- sheet_insert(id SheetId, person PersonId, kind Int, now Time)
-- With nothing on it yet: sheet_set_before() follows.
INSERT INTO sheet (id, person, kind, day_at, called, want, questions, speak_me, speak_giver, speak_kin, speak_other, bring, decided, later,
                   had_seat, had_say, unsaid, made_at, changed_at)
SELECT :id, :person, :kind, NULL, x.b, x.b, x.b, x.b, x.b, x.b, x.b, x.b, x.b, x.b, 0, 0, x.b, :now, :now
FROM (SELECT CAST('' AS BLOB) AS b) AS x;

-- sheet_set_before(id SheetId, person PersonId, kind Int, day_at Time?,
-- called Sealed(sheet.called, id, person), want Sealed(sheet.want, id, person), questions Sealed(sheet.questions, id, person), speak_me Sealed(sheet.speak_me, id, person),
-- speak_giver Sealed(sheet.speak_giver, id, person), speak_kin Sealed(sheet.speak_kin, id, person), speak_other Sealed(sheet.speak_other, id, person), bring Sealed(sheet.bring, id, person),
-- now Time) -> count
UPDATE sheet SET kind = :kind, day_at = :day_at, called = :called, want = :want, questions = :questions,
    speak_me = :speak_me, speak_giver = :speak_giver, speak_kin = :speak_kin, speak_other = :speak_other, bring = :bring, changed_at = :now
WHERE id = :id AND person = :person;

-- sheet_set_bring(id SheetId, person PersonId, bring Sealed(sheet.bring, id, person), now Time) -> count
UPDATE sheet SET bring = :bring, changed_at = :now WHERE id = :id AND person = :person;

-- sheet_set_after(id SheetId, person PersonId, decided Sealed(sheet.decided, id, person), later Sealed(sheet.later, id, person), unsaid Sealed(sheet.unsaid, id, person),
-- had_seat Int, had_say Int, now Time) -> count
UPDATE sheet SET decided = :decided, later = :later, had_seat = :had_seat, had_say = :had_say, unsaid = :unsaid,
    changed_at = :now
WHERE id = :id AND person = :person;

-- sheet_mark_part2(sheet SheetId)
INSERT INTO part2_sheet (sheet) VALUES (:sheet) ON CONFLICT DO NOTHING;

-- sheet_unmark(sheet SheetId)
DELETE FROM part2_sheet WHERE sheet = :sheet;

-- sheet_by_id(id SheetId, person PersonId) -> one { person PersonId, kind Int, day_at Time?,
-- called Part2 Sealed(sheet.called, id), want Part2 Sealed(sheet.want, id), questions Part2 Sealed(sheet.questions, id), speak_me Part2 Sealed(sheet.speak_me, id), speak_giver Part2 Sealed(sheet.speak_giver, id),
-- speak_kin Part2 Sealed(sheet.speak_kin, id), speak_other Part2 Sealed(sheet.speak_other, id), bring Part2 Sealed(sheet.bring, id), decided Part2 Sealed(sheet.decided, id), later Part2 Sealed(sheet.later, id), unsaid Part2 Sealed(sheet.unsaid, id),
-- is_part2 Bool, had_seat Int, had_say Int, made_at Time, changed_at Time }
SELECT s.person, s.kind, s.day_at, s.called, s.want, s.questions, s.speak_me, s.speak_giver, s.speak_kin, s.speak_other,
       s.bring, s.decided, s.later, s.unsaid, CASE WHEN EXISTS (SELECT 1 FROM part2_sheet k WHERE k.sheet = s.id) THEN 1 ELSE 0 END AS is_part2,
       s.had_seat, s.had_say, s.made_at, s.changed_at
FROM sheet s WHERE s.id = :id AND s.person = :person;

-- sheet_opened_by_id(id SheetId, person PersonId) -> one { person PersonId, kind Int, day_at Time?,
-- called Part2 Sealed(sheet.called, id), want Part2 Sealed(sheet.want, id), questions Part2 Sealed(sheet.questions, id), speak_me Part2 Sealed(sheet.speak_me, id), speak_giver Part2 Sealed(sheet.speak_giver, id),
-- speak_kin Part2 Sealed(sheet.speak_kin, id), speak_other Part2 Sealed(sheet.speak_other, id), bring Part2 Sealed(sheet.bring, id), decided Part2 Sealed(sheet.decided, id), later Part2 Sealed(sheet.later, id),
-- is_part2 Bool, made_at Time, changed_at Time }
-- For whom the person let read it (ReaderLet): whether they had a seat and a say is not read.
SELECT s.person, s.kind, s.day_at, s.called, s.want, s.questions, s.speak_me, s.speak_giver, s.speak_kin, s.speak_other,
       s.bring, s.decided, s.later, CASE WHEN EXISTS (SELECT 1 FROM part2_sheet k WHERE k.sheet = s.id) THEN 1 ELSE 0 END AS is_part2,
       s.made_at, s.changed_at
FROM sheet s WHERE s.id = :id AND s.person = :person;

-- sheet_of_person(person PersonId, most Int) -> many { id SheetId, person PersonId, kind Int, day_at Time?,
-- called Part2 Sealed(sheet.called, id), is_part2 Bool, ideas Int }
SELECT s.id, s.person, s.kind, s.day_at, s.called, CASE WHEN EXISTS (SELECT 1 FROM part2_sheet k WHERE k.sheet = s.id) THEN 1 ELSE 0 END AS is_part2,
       (SELECT COUNT(*) FROM sheet_idea i WHERE i.sheet = s.id AND i.taken_at IS NULL) AS ideas
FROM sheet s WHERE s.person = :person ORDER BY COALESCE(s.day_at, 0), s.made_at, s.id LIMIT :most;

-- sheet_opened(match MatchId, person PersonId, most Int) -> many { id SheetId, person PersonId, kind Int,
-- day_at Time?, called Part2 Sealed(sheet.called, id), is_part2 Bool }
-- For who may read in this match (ReaderLet).
SELECT s.id, s.person, s.kind, s.day_at, s.called, CASE WHEN EXISTS (SELECT 1 FROM part2_sheet k WHERE k.sheet = s.id) THEN 1 ELSE 0 END AS is_part2
FROM reader r JOIN sheet s ON s.id = r.thing AND s.person = :person
WHERE r.match = :match AND r.kind = 3 ORDER BY COALESCE(s.day_at, 0), s.made_at, s.id LIMIT :most;

-- sheet_step_count(sheet SheetId, person PersonId) -> one { steps Int }
-- None of a sheet that is not this person's.
SELECT (SELECT COUNT(*) FROM sheet_step t WHERE t.sheet = s.id) AS steps
FROM sheet s WHERE s.id = :sheet AND s.person = :person;

-- sheet_step_insert(id SheetStepId, sheet SheetId, person PersonId, words Sealed(sheet_step.words, id, person), who Int, due_at Time?, now Time)
INSERT INTO sheet_step (id, sheet, person, words, who, due_at, done_at, came_of, made_at)
VALUES (:id, :sheet, :person, :words, :who, :due_at, NULL, CAST('' AS BLOB), :now);

-- sheet_step_set(id SheetStepId, sheet SheetId, person PersonId, done_at Time?, came_of Sealed(sheet_step.came_of, id, person)) -> count
-- The day on which it was done first stays.
UPDATE sheet_step SET done_at = CASE WHEN :done_at IS NULL THEN NULL ELSE COALESCE(done_at, :done_at) END, came_of = :came_of
WHERE id = :id AND sheet = :sheet AND person = :person;

-- sheet_step_delete(id SheetStepId, sheet SheetId, person PersonId) -> count
DELETE FROM sheet_step WHERE id = :id AND sheet = :sheet AND person = :person;

-- sheet_step_of(sheet SheetId, most Int) -> many { id SheetStepId, words Part2 Sealed(sheet_step.words, id), came_of Part2 Sealed(sheet_step.came_of, id), is_part2 Bool, who Int, due_at Time?, done_at Time? }
-- Of a sheet that the reader was let read.
SELECT t.id, t.words, t.came_of, CASE WHEN EXISTS (SELECT 1 FROM part2_sheet k WHERE k.sheet = t.sheet) THEN 1 ELSE 0 END AS is_part2,
       t.who, t.due_at, t.done_at
FROM sheet_step t WHERE t.sheet = :sheet ORDER BY t.made_at, t.id LIMIT :most;

-- sheet_idea_count(sheet SheetId) -> one { ideas Int }
SELECT COUNT(*) AS ideas FROM sheet_idea WHERE sheet = :sheet;

-- sheet_idea_insert(id SheetIdeaId, sheet SheetId, person PersonId, by_person PersonId, words Sealed(sheet_idea.words, id, person), now Time)
INSERT INTO sheet_idea (id, sheet, person, by_person, words, at, taken_at)
VALUES (:id, :sheet, :person, :by_person, :words, :now, NULL);

-- sheet_idea_set_taken(id SheetIdeaId, sheet SheetId, person PersonId, now Time) -> count
UPDATE sheet_idea SET taken_at = COALESCE(taken_at, :now) WHERE id = :id AND sheet = :sheet AND person = :person;

-- sheet_idea_delete(id SheetIdeaId, sheet SheetId, person PersonId) -> count
DELETE FROM sheet_idea WHERE id = :id AND sheet = :sheet AND person = :person;

-- sheet_idea_take_away(id SheetIdeaId, sheet SheetId, by_person PersonId) -> count
-- By who suggested it, while it waits.
DELETE FROM sheet_idea WHERE id = :id AND sheet = :sheet AND by_person = :by_person AND taken_at IS NULL;

-- sheet_asked_of(person PersonId, most Int) -> many { id SheetId, kind Int, called Part2 Sealed(sheet.called, id), is_part2 Bool, by_called Str, ideas Int }
-- For whose sheets they are.
SELECT s.id, s.kind, s.called, CASE WHEN EXISTS (SELECT 1 FROM part2_sheet k WHERE k.sheet = s.id) THEN 1 ELSE 0 END AS is_part2,
       b.called AS by_called, x.ideas
FROM (SELECT i.sheet, i.by_person, COUNT(*) AS ideas, MIN(i.at) AS since
      FROM sheet_idea i WHERE i.person = :person AND i.taken_at IS NULL GROUP BY i.sheet, i.by_person) AS x
JOIN sheet s ON s.id = x.sheet JOIN person b ON b.id = x.by_person
ORDER BY x.since, x.sheet, x.by_person LIMIT :most;

-- sheet_idea_of(sheet SheetId, reader PersonId, most Int) -> many { id SheetIdeaId, by_person PersonId, by_called Str, words Part2 Sealed(sheet_idea.words, id), is_part2 Bool, at Time, is_taken Bool }
-- Of a sheet that the reader was let read: one that waits is for its person and who wrote it.
SELECT i.id, i.by_person, p.called AS by_called, i.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_sheet k WHERE k.sheet = i.sheet) THEN 1 ELSE 0 END AS is_part2,
       i.at, CASE WHEN i.taken_at IS NULL THEN 0 ELSE 1 END AS is_taken
FROM sheet_idea i JOIN person p ON p.id = i.by_person
WHERE i.sheet = :sheet AND (i.person = :reader OR i.by_person = :reader OR i.taken_at IS NOT NULL)
ORDER BY i.at, i.id LIMIT :most;

-- sheet_delete_ideas(sheet SheetId)
DELETE FROM sheet_idea WHERE sheet = :sheet;

-- sheet_delete_steps(sheet SheetId)
DELETE FROM sheet_step WHERE sheet = :sheet;

-- sheet_delete(id SheetId)
DELETE FROM sheet WHERE id = :id;

-- sheet_all_of(person PersonId) -> many { id SheetId }
-- For who is forgotten, all of them.
SELECT id FROM sheet WHERE person = :person ORDER BY id LIMIT 1000;
