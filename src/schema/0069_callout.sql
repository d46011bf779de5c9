-- SPDX-License-Identifier: Apache-2.0
-- That a crisis team, an ambulance or the police came, or that a family went to an emergency room; and the hello on
-- the day after. Only the two of the walk read it.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: callout.helped callout.otherwise

CREATE TABLE callout (
    id INTEGER PRIMARY KEY,
    match INTEGER NOT NULL REFERENCES match (id),
    receiver INTEGER NOT NULL REFERENCES person (id), -- those of the match, so that a page asks one row
    giver INTEGER NOT NULL REFERENCES person (id),
    by_person INTEGER NOT NULL REFERENCES person (id), -- who wrote it, one of the two
    at INTEGER NOT NULL,                -- the hour
    came INTEGER NOT NULL,              -- enum CalloutCame, as bits
    supporter INTEGER NOT NULL,         -- enum CalloutSupporter: with the team, by phone, not there
    helped BLOB NOT NULL,               -- sealed; in the family's words, may be empty
    otherwise BLOB NOT NULL,            -- sealed; what should be different next time, likewise
    words_by INTEGER REFERENCES person (id), -- who wrote the words down; null: there are none
    written_at INTEGER NOT NULL,
    hello_at INTEGER,                   -- the first moment of the day of the hello; null: none is due
    greeted_at INTEGER                  -- the talk that was it; null: not yet
) STRICT;
CREATE INDEX callout_match ON callout (match, at);
CREATE INDEX callout_hello ON callout (match, hello_at) WHERE hello_at IS NOT NULL AND greeted_at IS NULL;
CREATE INDEX callout_receiver ON callout (receiver);
CREATE INDEX callout_receiver_hello ON callout (receiver) WHERE hello_at IS NOT NULL AND greeted_at IS NULL;
CREATE INDEX callout_giver_hello ON callout (giver) WHERE hello_at IS NOT NULL AND greeted_at IS NULL;

-- The words may tell of substance use.
CREATE TABLE part2_callout (
    callout INTEGER PRIMARY KEY REFERENCES callout (id)
) STRICT;
