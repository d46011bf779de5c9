-- SPDX-License-Identifier: Apache-2.0
-- Consents end, and their people are told of it before.

-- That somebody was told, once, that a consent is about to end.
CREATE TABLE consent_ending_told (
    consent INTEGER PRIMARY KEY REFERENCES consent (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX sharing_until ON sharing (until_at, consent);
