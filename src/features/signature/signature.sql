-- SPDX-License-Identifier: Apache-2.0
-- For the pages of the second signature.

-- signature_programs(person PersonId) -> many { program ProgramId }
-- Where this person ever gave a consent that a parent signs too.
SELECT DISTINCT program FROM consent WHERE person = :person AND signs IN (2, 3) ORDER BY program LIMIT 20;
