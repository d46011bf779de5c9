-- SPDX-License-Identifier: Apache-2.0
-- The people around somebody, outside the program: natural supports. Nobody else reads a row.

CREATE TABLE circle_member (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id), -- whose circle it is, under whose key the words are sealed
    called BLOB NOT NULL,               -- sealed
    helps BLOB NOT NULL,                -- sealed: with what; may be empty
    kind INTEGER NOT NULL,              -- enum CircleKind
    near INTEGER NOT NULL,              -- enum CircleNear
    since INTEGER NOT NULL,             -- when they were written down
    gone_at INTEGER                     -- null while they are there
) STRICT;
CREATE INDEX circle_member_person ON circle_member (person, since);
