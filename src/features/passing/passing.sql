-- SPDX-License-Identifier: Apache-2.0
-- What had to be passed on.

-- passing_insert(id PassingId, match MatchId, person PersonId, by_person PersonId, what Sealed(passing.what, id, person), whom Sealed(passing.whom, id, person), told Int, why Sealed(passing.why, id, person), now Time)
INSERT INTO passing (id, match, person, by_person, what, whom, told, why, at)
VALUES (:id, :match, :person, :by_person, :what, :whom, :told, :why, :now);

-- passing_mark_part2(passing PassingId)
INSERT INTO part2_passing (passing) VALUES (:passing) ON CONFLICT DO NOTHING;

-- passing_of_match(match MatchId) -> many { id PassingId, by_called Str, what Part2 Sealed(passing.what, id), whom Part2 Sealed(passing.whom, id), told Int, why Part2 Sealed(passing.why, id), is_part2 Bool, at Time }
SELECT p.id, b.called AS by_called, p.what, p.whom, p.told, p.why,
       CASE WHEN EXISTS (SELECT 1 FROM part2_passing k WHERE k.passing = p.id) THEN 1 ELSE 0 END AS is_part2, p.at
FROM passing p JOIN person b ON b.id = p.by_person WHERE p.match = :match ORDER BY p.at DESC, p.id LIMIT 20;
