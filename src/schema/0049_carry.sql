-- SPDX-License-Identifier: Apache-2.0
-- What somebody passes on, of their own, to who walks with them now: a few words, and messages that they themselves
-- wrote in earlier walks. A draft until it is passed on; back to that when it is taken back.
--
-- part2: carry.words

CREATE TABLE carry (
    id INTEGER PRIMARY KEY,
    match INTEGER NOT NULL UNIQUE REFERENCES match (id), -- in which it is read
    person INTEGER NOT NULL REFERENCES person (id), -- who receives there, under whose key the words are sealed
    words BLOB NOT NULL,                -- sealed; empty: messages alone
    is_part2 INTEGER NOT NULL,          -- 1: the words may tell of substance use
    written_at INTEGER NOT NULL,
    passed_at INTEGER                   -- since when the other reads it; null: nobody does
) STRICT;
CREATE INDEX carry_person ON carry (person);

-- The words stay where they were written, under their own key; only which of them is kept here.
CREATE TABLE carry_message (
    carry INTEGER NOT NULL REFERENCES carry (id),
    message INTEGER NOT NULL REFERENCES message (id),
    PRIMARY KEY (carry, message)
) STRICT;
CREATE INDEX carry_message_message ON carry_message (message);
