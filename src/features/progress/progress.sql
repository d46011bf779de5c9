-- SPDX-License-Identifier: Apache-2.0
-- How far along a person says they are on the need they came with.

-- progress_insert(request RequestId, at Time, id ProgressId, person PersonId, value Int, occasion Int, words Sealed(progress.words, id, person))
INSERT INTO progress (request, at, id, person, value, occasion, words)
VALUES (:request, :at, :id, :person, :value, :occasion, :words);

-- progress_mark_part2(progress ProgressId)
INSERT INTO part2_progress (progress) VALUES (:progress) ON CONFLICT DO NOTHING;

-- progress_rows(request RequestId) -> many { id ProgressId, at Time, value Int, occasion Int, words Part2 Sealed(progress.words, id), is_part2 Bool }
SELECT g.id, g.at, g.value, g.occasion, g.words,
       CASE WHEN EXISTS (SELECT 1 FROM part2_progress k WHERE k.progress = g.id) THEN 1 ELSE 0 END AS is_part2
FROM progress g WHERE g.request = :request ORDER BY g.at DESC, g.id DESC LIMIT 100;

-- progress_newest(request RequestId) -> one { at Time? }
SELECT MAX(at) AS at FROM progress WHERE request = :request;

-- progress_match(request RequestId) -> many { program ProgramId, began_at Time }
-- The match that lasts; weeks are counted from its beginning.
SELECT program, began_at FROM match WHERE request = :request AND state <> 4 ORDER BY began_at DESC, id LIMIT 1;
