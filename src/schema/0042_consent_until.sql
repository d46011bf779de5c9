-- SPDX-License-Identifier: Apache-2.0
-- What an organization was given ends soon: found by an index of just those.
--
-- One of all kinds stood here, and without statistics SQLite took it for "the consent of this request that waits for a
-- parent": the board went through every consent for every request.
DROP INDEX consent_kind_until;
CREATE INDEX consent_organization_until ON consent (until_at) WHERE to_kind = 3;
