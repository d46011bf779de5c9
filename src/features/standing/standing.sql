-- SPDX-License-Identifier: Apache-2.0
-- The standing plan: whether it is old, who waits, and what came out.

-- standing_plan_stale(now Time, hour_ago Time, moment_ago Time) -> many { program ProgramId, pool_version Int, waiting_version Int }
-- Programs where something changed since their plan, or whose plan is an hour old: who waits has waited longer. One that
-- could not be made is tried again after a moment.
SELECT x.program, x.pool_version, x.waiting_version
FROM (SELECT p.id AS program, COALESCE(v.version, 0) AS pool_version, COALESCE(w.version, 0) AS waiting_version
      FROM program p LEFT JOIN pool_version v ON v.program = p.id LEFT JOIN waiting_version w ON w.program = p.id) AS x
LEFT JOIN standing_plan s ON s.program = x.program
WHERE s.program IS NULL
   OR ((s.made_at IS NULL OR s.made_at <= :hour_ago OR s.pool_version <> x.pool_version
        OR s.waiting_version <> x.waiting_version)
       AND (s.tried_pool <> x.pool_version OR s.tried_waiting <> x.waiting_version OR s.tried_at <= :moment_ago
            OR s.tried_at > :now))
ORDER BY x.program;

-- standing_plan_try(program ProgramId, seed Int, now Time, pool_version Int, waiting_version Int) -> count
-- The seed only counts the first time.
INSERT INTO standing_plan (program, seed, tried_at, tried_pool, tried_waiting, made_at, pool_version,
                           waiting_version, policy, waiting, matched, objective, bound)
VALUES (:program, :seed, :now, :pool_version, :waiting_version, NULL, -1, -1, '', 0, 0, 0, 0)
ON CONFLICT (program) DO UPDATE SET tried_at = excluded.tried_at, tried_pool = excluded.tried_pool,
                                    tried_waiting = excluded.tried_waiting;

-- standing_plan_versions(program ProgramId) -> one { pool_version Int, waiting_version Int, seed Int }
SELECT COALESCE((SELECT v.version FROM pool_version v WHERE v.program = s.program), 0) AS pool_version,
       COALESCE((SELECT w.version FROM waiting_version w WHERE w.program = s.program), 0) AS waiting_version,
       s.seed
FROM standing_plan s WHERE s.program = :program;

-- standing_plan_waiting(program ProgramId, now Time) -> many { id RequestId, waiting_in Int, created_at Time }
-- Who waits for someone to walk with: nobody chosen yet.
SELECT r.id, r.waiting_in, r.created_at FROM request r WHERE r.program = :program AND r.state IN (1, 2, 3) AND r.kind = 1
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now)
ORDER BY r.id;

-- standing_plan_prices(program ProgramId) -> many { offer OfferId, price Int }
SELECT id AS offer, price FROM offer WHERE program = :program ORDER BY id;

-- standing_plan_keep(program ProgramId, now Time, pool_version Int, waiting_version Int, policy Str, waiting Int, matched Int, objective Int, bound Int) -> count
UPDATE standing_plan SET made_at = :now, pool_version = :pool_version, waiting_version = :waiting_version,
                         policy = :policy, waiting = :waiting, matched = :matched, objective = :objective,
                         bound = :bound
WHERE program = :program;

-- standing_plan_row(program ProgramId) -> one { made_at Time?, policy Str, seed Int, waiting Int, matched Int, objective Int, bound Int }
SELECT made_at, policy, seed, waiting, matched, objective, bound FROM standing_plan WHERE program = :program;

-- standing_pair_list(program ProgramId) -> many { request RequestId, offer OfferId }
SELECT request, offer FROM standing_pair WHERE program = :program ORDER BY request;

-- standing_pair_of(program ProgramId, request RequestId) -> one { offer OfferId }
SELECT offer FROM standing_pair WHERE program = :program AND request = :request;

-- standing_pair_put(program ProgramId, request RequestId, offer OfferId) -> count
INSERT INTO standing_pair (program, request, offer) VALUES (:program, :request, :offer)
ON CONFLICT (program, request) DO UPDATE SET offer = excluded.offer;

-- standing_pair_drop(program ProgramId, request RequestId) -> count
DELETE FROM standing_pair WHERE program = :program AND request = :request;
