-- SPDX-License-Identifier: Apache-2.0
-- Consents to an organization: a clinic, a school, a court.

-- To whom, in the family's own words; one row for each consent of that kind, never changed.
CREATE TABLE consent_organization (
    id INTEGER PRIMARY KEY,
    consent INTEGER NOT NULL UNIQUE REFERENCES consent (id),
    called BLOB NOT NULL,               -- sealed; the organization's name
    whom BLOB NOT NULL,                 -- sealed; whom there; may be empty
    why BLOB NOT NULL,                  -- sealed; what for, in the person's own words; may be empty
    replaces INTEGER UNIQUE REFERENCES consent (id) -- the one in whose place it stands; null: it is the first
) STRICT;
-- What ends soon.
CREATE INDEX consent_kind_until ON consent (to_kind, until_at);
