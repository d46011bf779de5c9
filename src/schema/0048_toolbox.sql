-- SPDX-License-Identifier: Apache-2.0
-- What works for somebody, on short cards in their own words and order. Nobody else reads a card, unless its person
-- opens it to somebody who walks with them: as with goals.
--
-- part2: toolbox_card.words

CREATE TABLE toolbox_card (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id), -- whose card it is, under whose key the words are sealed
    words BLOB NOT NULL,                -- sealed
    kind INTEGER NOT NULL,              -- enum ToolboxKind
    is_trial INTEGER NOT NULL,          -- 1: not tried yet
    place INTEGER NOT NULL,             -- the smallest stands on top
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX toolbox_card_person ON toolbox_card (person, place);

-- Opened to who walks with the person in this match, for as long as the two walk. A row goes when it is closed again.
CREATE TABLE toolbox_reader (
    match INTEGER NOT NULL REFERENCES match (id),
    card INTEGER NOT NULL REFERENCES toolbox_card (id),
    since INTEGER NOT NULL,
    PRIMARY KEY (match, card)
) STRICT;
CREATE INDEX toolbox_reader_card ON toolbox_reader (card);

-- The words may tell of substance use.
CREATE TABLE part2_toolbox_card (
    card INTEGER PRIMARY KEY REFERENCES toolbox_card (id)
) STRICT;
