-- SPDX-License-Identifier: Apache-2.0
-- A small schema with one column of each kind, for the tests of platform/db.

-- Something with every kind of value.
CREATE TABLE thing (
    id INTEGER PRIMARY KEY,
    words TEXT NOT NULL,
    note TEXT,                  -- null: not said
    amount INTEGER NOT NULL,
    guess INTEGER,              -- null: not known
    at INTEGER NOT NULL,
    ended_at INTEGER,           -- null while it lasts
    parent INTEGER REFERENCES thing (id),
    is_on INTEGER NOT NULL CHECK (is_on IN (0, 1, 2)), -- 2 is there to be a wrong Bool
    data BLOB NOT NULL,
    more BLOB
) STRICT;
