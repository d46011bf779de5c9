-- SPDX-License-Identifier: Apache-2.0
-- How far along a person says they are on the need they came with.

-- progress_insert(request RequestId, at Time, id ProgressId, person PersonId, value Int, occasion Int, words Sealed(progress.words, id, person))
INSERT INTO progress (request, at, id, person, value, occasion, words)
VALUES (:request, :at, :id, :person, :value, :occasion, :words);

-- progress_rows(request RequestId) -> many { id ProgressId, at Time, value Int, occasion Int, words Sealed(progress.words, id) }
SELECT id, at, value, occasion, words FROM progress WHERE request = :request ORDER BY at DESC, id DESC LIMIT 100;

-- progress_newest(request RequestId) -> one { at Time? }
SELECT MAX(at) AS at FROM progress WHERE request = :request;

-- progress_match(request RequestId) -> many { program ProgramId, began_at Time }
-- The match that lasts; weeks are counted from its beginning.
SELECT program, began_at FROM match WHERE request = :request AND state <> 4 ORDER BY began_at DESC, id LIMIT 1;
