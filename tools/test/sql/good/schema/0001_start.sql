-- SPDX-License-Identifier: Apache-2.0
-- A schema for the tests of tools/sql.py.

-- Someone.
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    called TEXT NOT NULL,
    face BLOB,                 -- null: none given
    seen_at INTEGER
) STRICT;
CREATE TABLE list_item (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    is_open INTEGER NOT NULL
) STRICT;
CREATE TABLE pair (
    one INTEGER NOT NULL REFERENCES person (id),
    other INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

-- What was said about someone.
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    words BLOB NOT NULL,       -- sealed
    more BLOB                  -- sealed; null: nothing
) STRICT;
