-- SPDX-License-Identifier: Apache-2.0
-- A line of a plan around a day may tell of substance use.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: bridge_step.words

CREATE TABLE part2_bridge_step (
    bridge_step INTEGER PRIMARY KEY REFERENCES bridge_step (id)
) STRICT;
