-- SPDX-License-Identifier: Apache-2.0
-- Safety cards, answers about progress and what was passed on may tell of somebody's substance use, too
-- (42 CFR part 2).
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: safety_card.safe safety_card.call safety_card.not_call safety_card.worse safety_card.helps
-- part2: progress.words passing.what passing.whom passing.why

-- One version of a card, as its person said when they wrote it.
CREATE TABLE part2_card (
    card INTEGER PRIMARY KEY REFERENCES safety_card (id)
) STRICT;

CREATE UNIQUE INDEX progress_id ON progress (id);
CREATE TABLE part2_progress (
    progress INTEGER PRIMARY KEY REFERENCES progress (id)
) STRICT;

CREATE TABLE part2_passing (
    passing INTEGER PRIMARY KEY REFERENCES passing (id)
) STRICT;
