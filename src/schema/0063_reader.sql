-- SPDX-License-Identifier: Apache-2.0
-- What a person opened to who walks with them, of whatever kind: until now a table each for goals, cards, sheets and
-- what stands in the way. Nothing refers from here to the thing itself, since one column is for all kinds: whoever
-- deletes a thing deletes these rows first, and `beenthere check` counts any that is left over.

-- Opened to who walks with the person in this match, for as long as the two walk. A row goes when it is closed again.
CREATE TABLE reader (
    match INTEGER NOT NULL REFERENCES match (id),
    kind INTEGER NOT NULL,              -- enum ReaderKind
    thing INTEGER NOT NULL,             -- the id of a goal, card, sheet or barrier
    since INTEGER NOT NULL,
    PRIMARY KEY (match, kind, thing)
) STRICT, WITHOUT ROWID;
CREATE INDEX reader_thing ON reader (kind, thing);

INSERT INTO reader (match, kind, thing, since) SELECT match, 1, goal, since FROM goal_reader;
INSERT INTO reader (match, kind, thing, since) SELECT match, 2, card, since FROM toolbox_reader;
INSERT INTO reader (match, kind, thing, since) SELECT match, 3, sheet, since FROM sheet_reader;
INSERT INTO reader (match, kind, thing, since) SELECT match, 4, barrier, since FROM barrier_reader;

DROP TABLE goal_reader;
DROP TABLE toolbox_reader;
DROP TABLE sheet_reader;
DROP TABLE barrier_reader;
