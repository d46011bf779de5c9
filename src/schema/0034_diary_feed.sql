-- SPDX-License-Identifier: Apache-2.0
-- A secret link at which a calendar fetches somebody's meetings by itself. Nobody has one until they made it.
CREATE TABLE diary_feed (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    secret_hash BLOB NOT NULL UNIQUE,   -- of the link's secret, which is shown once and kept nowhere
    has_names INTEGER NOT NULL,         -- 1: says who gives to this person
    made_at INTEGER NOT NULL
) STRICT;
