-- SPDX-License-Identifier: Apache-2.0
-- Young people who ask for themselves, and what somebody had to pass on.

-- A young person with a space of their own.
CREATE TABLE youth (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    since INTEGER NOT NULL,
    is_apart INTEGER NOT NULL           -- 1: whoever shares the mailbox is not shown that this space is there
) STRICT;

-- What an adult must be told, as a young person read it, once however many did. Words of the program's.
CREATE TABLE youth_words (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,          -- of language and words
    lang INTEGER NOT NULL,
    words TEXT NOT NULL
) STRICT;

-- Who read which of them, before they wrote anything.
CREATE TABLE youth_read (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    program INTEGER NOT NULL REFERENCES program (id),
    words INTEGER NOT NULL REFERENCES youth_words (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX youth_read_person ON youth_read (person, at);

-- A supporter heard of danger and had to pass something on; the person it is about reads every word of it.
CREATE TABLE passing (
    id INTEGER PRIMARY KEY,
    match INTEGER NOT NULL REFERENCES match (id),
    person INTEGER NOT NULL REFERENCES person (id), -- whom it is about: the receiving side
    by_person INTEGER NOT NULL REFERENCES person (id),
    what BLOB NOT NULL,                 -- sealed; what is passed on
    whom BLOB NOT NULL,                 -- sealed; to whom
    told INTEGER NOT NULL,              -- enum PassingTold: the person was told first, or could not be
    why BLOB NOT NULL,                  -- sealed; why not; empty when told first
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX passing_match ON passing (match, at);

-- What somebody writes and keeps between themselves and whoever walks with them: no parent, leader, coordinator or
-- other duty is given those words. Only who wrote them sets and lifts the mark.

-- The need and the hopes, in the asking person's words.
ALTER TABLE request ADD COLUMN is_kept INTEGER NOT NULL DEFAULT 0;
-- Only ever of a note by the asking person.
ALTER TABLE request_note ADD COLUMN is_kept INTEGER NOT NULL DEFAULT 0;
-- Only ever of an answer by the receiving side.
ALTER TABLE contact_answer ADD COLUMN is_kept INTEGER NOT NULL DEFAULT 0;
-- Of which of the five things: bits 1 << CardPart.
ALTER TABLE safety_card ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;

-- A word that only the young person knows. They choose it when they open their space, and change it alone.
CREATE TABLE youth_word (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    made TEXT NOT NULL,                 -- as features/youth makes it: salt and keyed hash
    set_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,             -- wrong ones since tries_since
    tries_since INTEGER NOT NULL
) STRICT;

-- Somebody has shown the mailbox or the phone in this browser and stands before the door; for minutes only.
CREATE TABLE youth_door (
    visit_hash BLOB PRIMARY KEY,        -- keyed hash of the browser's own secret
    person INTEGER NOT NULL REFERENCES person (id),
    mail_key BLOB,                      -- what the session will be of; null after an operator's link
    proofs INTEGER NOT NULL,            -- enum Proof, as bits
    expires_at INTEGER NOT NULL
) STRICT;

-- The word was lost, and somebody who met the young person made a code that opens the door once.
CREATE TABLE youth_way_back (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    by_person INTEGER NOT NULL REFERENCES person (id),
    code_hash BLOB NOT NULL,
    at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER                     -- null: not used
) STRICT;
CREATE INDEX youth_way_back_person ON youth_way_back (person, at);
