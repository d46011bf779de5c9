-- SPDX-License-Identifier: Apache-2.0
-- What one of two who walk together will say to a warmline or a crisis team, as the family agreed to it.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: handing.what handing.whom

CREATE TABLE handing (
    id INTEGER PRIMARY KEY,
    match INTEGER NOT NULL REFERENCES match (id),
    person INTEGER NOT NULL REFERENCES person (id), -- the receiving side, under whose key the words are sealed
    by_person INTEGER NOT NULL REFERENCES person (id), -- who wrote it, one of the two
    what BLOB NOT NULL,                 -- sealed; word by word; never changed
    whom BLOB NOT NULL,                 -- sealed
    state INTEGER NOT NULL,             -- enum HandingState: written, agreed, not wanted, said
    how INTEGER NOT NULL,               -- enum HandingHow: not agreed, on the page, by phone
    written_at INTEGER NOT NULL,
    answered_at INTEGER,                -- null while nobody agreed or said no
    said_at INTEGER                     -- null until it was said
) STRICT;
CREATE INDEX handing_match ON handing (match, written_at);
CREATE INDEX handing_person ON handing (person, state);

-- The words may tell of substance use.
CREATE TABLE part2_handing (
    handing INTEGER PRIMARY KEY REFERENCES handing (id)
) STRICT;
