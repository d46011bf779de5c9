-- SPDX-License-Identifier: Apache-2.0
-- Work after the answer: claimed with a lease, run, deleted; or kept with what went wrong.

-- job_add_row(id JobId, kind Str, person PersonId?, payload Sealed(job.payload, id, person), run_at Time, now Time)
INSERT INTO job (id, kind, person, payload, run_at, tries, leased_until, last_fail, created_at)
VALUES (:id, :kind, :person, :payload, :run_at, 0, NULL, NULL, :now);

-- job_next(now Time, tries_most Int) -> many { id JobId, kind Str, payload Sealed(job.payload, id), tries Int }
-- The one that is due longest and that nobody works on.
SELECT id, kind, payload, tries FROM job
WHERE run_at <= :now AND tries < :tries_most AND (leased_until IS NULL OR leased_until <= :now)
ORDER BY run_at LIMIT 1;

-- job_claim(id JobId, tries Int, until Time) -> count
-- None when another process was faster. The try counts from here, so that a job that kills its process is given up.
UPDATE job SET leased_until = :until, tries = :tries + 1 WHERE id = :id AND tries = :tries;

-- job_drop(person PersonId) -> count
DELETE FROM job WHERE person = :person;

-- job_done(id JobId)
DELETE FROM job WHERE id = :id;

-- job_fail(id JobId, run_at Time, why Str)
UPDATE job SET leased_until = NULL, run_at = :run_at, last_fail = :why WHERE id = :id;

-- job_later(id JobId, run_at Time, tries Int)
-- Put back without counting the try.
UPDATE job SET leased_until = NULL, run_at = :run_at, tries = :tries WHERE id = :id;

-- job_count(tries_most Int) -> one { waiting Int, dead Int }
SELECT CAST(COALESCE(SUM(CASE WHEN tries < :tries_most THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting,
       CAST(COALESCE(SUM(CASE WHEN tries >= :tries_most THEN 1 ELSE 0 END), 0) AS BIGINT) AS dead
FROM job;
