-- SPDX-License-Identifier: Apache-2.0
-- Who signs a consent where somebody is young: a program's own rules, ages, and a parent's or guardian's signature.

-- One rule says a whole state and kind of service: its ages stand in one row, so that no two rows can disagree.
DROP TABLE consent_rule;
DROP TABLE consent_place;

-- Rules are retired, not changed, so that a consent's rule can always be read; the newest that is not retired counts.
CREATE TABLE signing_rule (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    state TEXT NOT NULL,                -- two letters; '*': wherever nothing else is said
    service INTEGER NOT NULL,           -- enum SigningService
    both_from INTEGER NOT NULL,         -- years: from then on the young person and a parent sign; before, the parent
    alone_from INTEGER NOT NULL,        -- years: from then on the young person alone
    parent_sees INTEGER NOT NULL,       -- 1: a parent may read the request too, where the young person shows it
    source TEXT NOT NULL,               -- where it is written
    checked_on INTEGER,                 -- the day, since 1970, on which somebody last looked there; null: nobody yet
    added_by INTEGER REFERENCES person (id), -- null: what every program starts with, kept because it was followed
    added_at INTEGER NOT NULL,
    retired_at INTEGER,                 -- null while it counts
    retired_by INTEGER REFERENCES person (id) -- null with it, and for what every program starts with
) STRICT;
CREATE INDEX signing_rule_program ON signing_rule (program, state, service);

-- Where a program works and what it does there; without a row it has not said.
CREATE TABLE signing_place (
    program INTEGER PRIMARY KEY REFERENCES program (id),
    state TEXT NOT NULL,
    service INTEGER NOT NULL            -- enum SigningService
) STRICT;

-- In which month somebody who is young was born. The day is never asked.
CREATE TABLE signing_born (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL UNIQUE REFERENCES person (id),
    born BLOB NOT NULL,                 -- sealed; year and month, "2011-04"
    said_at INTEGER NOT NULL
) STRICT;

-- Who signs as parent or guardian of whom in a program, and since when. Never changed but for its end.
CREATE TABLE guardian (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    person INTEGER NOT NULL REFERENCES person (id), -- the young person
    parent INTEGER NOT NULL REFERENCES person (id),
    link INTEGER NOT NULL,              -- the row of guardian_link by which it began
    lang INTEGER NOT NULL,              -- enum Lang: in which the parent read it
    words BLOB NOT NULL,                -- sealed; what the parent read and signed: the young person's name is in it
    since INTEGER NOT NULL,
    ended_at INTEGER,                   -- null while it lasts
    ended_why INTEGER                   -- enum GuardianEnd; null with it
) STRICT;
CREATE INDEX guardian_person ON guardian (person, program);
CREATE INDEX guardian_parent ON guardian (parent);

-- A link, or the code in it, that lets a parent sign once. The code follows from the id and the secret of the
-- installation; a hash of it stands here.
CREATE TABLE guardian_link (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    person INTEGER NOT NULL REFERENCES person (id), -- the young person
    code_hash BLOB NOT NULL UNIQUE,
    shows_words INTEGER NOT NULL,       -- 1: the young person shows the request in their words with it
    made_by INTEGER REFERENCES person (id), -- null: the young person, signed out, when asking
    made_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    closed_at INTEGER,                  -- null: open
    closed_why INTEGER                  -- enum GuardianClosed; null with it
) STRICT;
CREATE INDEX guardian_link_person ON guardian_link (person, program);

-- Consents that need a parent no more, because the young person came of the age at which they sign alone.
CREATE TABLE consent_alone (
    consent INTEGER PRIMARY KEY REFERENCES consent (id),
    at INTEGER NOT NULL
) STRICT;
