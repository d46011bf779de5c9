-- SPDX-License-Identifier: Apache-2.0
-- How much of a month somebody wants to give, said by themselves for themselves. No row: nothing was said.
CREATE TABLE hours_wish (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    hours INTEGER NOT NULL              -- a month, 1 to 200
) STRICT;

-- Several people in one contact: it is written in each one's walk, and its time is counted once.
-- The first of those that were written down together, in its own row as well; null: it was a contact of two.
ALTER TABLE contact ADD COLUMN together INTEGER;
