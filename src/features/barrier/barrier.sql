-- SPDX-License-Identifier: Apache-2.0
-- What stands in the way, and what was tried.

-- barrier_count(person PersonId) -> one { barriers Int }
SELECT COUNT(*) AS barriers FROM barrier WHERE person = :person;

-- barrier_insert(id BarrierId, person PersonId, words Sealed(barrier.words, id, person), now Time)
INSERT INTO barrier (id, person, words, made_at, gone_at) VALUES (:id, :person, :words, :now, NULL);

-- barrier_mark_part2(barrier BarrierId)
INSERT INTO part2_barrier (barrier) VALUES (:barrier) ON CONFLICT DO NOTHING;

-- barrier_unmark(barrier BarrierId)
DELETE FROM part2_barrier WHERE barrier = :barrier;

-- barrier_set_gone(id BarrierId, person PersonId, gone_at Time?) -> count
UPDATE barrier SET gone_at = :gone_at WHERE id = :id AND person = :person;

-- barrier_of_person(person PersonId, most Int) -> many { id BarrierId, person PersonId, words Part2 Sealed(barrier.words, id), is_part2 Bool, made_at Time, gone_at Time? }
-- Those in the way first.
SELECT b.id, b.person, b.words, CASE WHEN EXISTS (SELECT 1 FROM part2_barrier k WHERE k.barrier = b.id) THEN 1 ELSE 0 END AS is_part2,
       b.made_at, b.gone_at
FROM barrier b WHERE b.person = :person ORDER BY CASE WHEN b.gone_at IS NULL THEN 0 ELSE 1 END, b.made_at, b.id LIMIT :most;

-- barrier_by_id(id BarrierId, person PersonId) -> one { id BarrierId, person PersonId, words Part2 Sealed(barrier.words, id), is_part2 Bool, made_at Time, gone_at Time? }
SELECT b.id, b.person, b.words, CASE WHEN EXISTS (SELECT 1 FROM part2_barrier k WHERE k.barrier = b.id) THEN 1 ELSE 0 END AS is_part2,
       b.made_at, b.gone_at
FROM barrier b WHERE b.id = :id AND b.person = :person;

-- barrier_opened(match MatchId, person PersonId, most Int) -> many { id BarrierId, person PersonId, words Part2 Sealed(barrier.words, id), is_part2 Bool, made_at Time, gone_at Time? }
-- For who may read in this match (ReaderLet).
SELECT b.id, b.person, b.words, CASE WHEN EXISTS (SELECT 1 FROM part2_barrier k WHERE k.barrier = b.id) THEN 1 ELSE 0 END AS is_part2,
       b.made_at, b.gone_at
FROM reader r JOIN barrier b ON b.id = r.thing AND b.person = :person
WHERE r.match = :match AND r.kind = 4 AND b.gone_at IS NULL ORDER BY b.made_at, b.id LIMIT :most;

-- barrier_try_count(barrier BarrierId, person PersonId) -> one { tries Int }
-- None of a barrier that is not this person's.
SELECT (SELECT COUNT(*) FROM barrier_try t WHERE t.barrier = b.id) AS tries
FROM barrier b WHERE b.id = :barrier AND b.person = :person;

-- barrier_try_insert(id BarrierTryId, barrier BarrierId, person PersonId, words Sealed(barrier_try.words, id, person), came_of Sealed(barrier_try.came_of, id, person), now Time)
INSERT INTO barrier_try (id, barrier, person, words, came_of, at) VALUES (:id, :barrier, :person, :words, :came_of, :now);

-- barrier_try_set(id BarrierTryId, barrier BarrierId, person PersonId, came_of Sealed(barrier_try.came_of, id, person)) -> count
UPDATE barrier_try SET came_of = :came_of WHERE id = :id AND barrier = :barrier AND person = :person;

-- barrier_try_delete(id BarrierTryId, barrier BarrierId, person PersonId) -> count
DELETE FROM barrier_try WHERE id = :id AND barrier = :barrier AND person = :person;

-- barrier_try_of(barrier BarrierId, most Int) -> many { id BarrierTryId, words Part2 Sealed(barrier_try.words, id), came_of Part2 Sealed(barrier_try.came_of, id), is_part2 Bool, at Time }
-- Of a barrier that the reader was let read.
SELECT t.id, t.words, t.came_of, CASE WHEN EXISTS (SELECT 1 FROM part2_barrier k WHERE k.barrier = t.barrier) THEN 1 ELSE 0 END AS is_part2, t.at
FROM barrier_try t WHERE t.barrier = :barrier ORDER BY t.at, t.id LIMIT :most;

-- barrier_delete_tries(barrier BarrierId)
DELETE FROM barrier_try WHERE barrier = :barrier;

-- barrier_delete(id BarrierId)
DELETE FROM barrier WHERE id = :id;

-- barrier_all_of(person PersonId) -> many { id BarrierId }
-- For who is forgotten, all of them.
SELECT id FROM barrier WHERE person = :person ORDER BY id LIMIT 1000;
