-- SPDX-License-Identifier: Apache-2.0
-- Who may see what of whom: the ledger of consents, and what holds now.

-- The very words of a consent as somebody read them, once however many agreed to them. Words of the program's, not of
-- the family's.
CREATE TABLE consent_text (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,          -- of language and words: what a receipt can be held against
    lang INTEGER NOT NULL,              -- enum Lang
    words TEXT NOT NULL
) STRICT;

-- One consent. A ledger: no row is changed but for its withdrawal. The columns are those of 42 CFR 2.31(a).
CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id), -- (1) whose it is
    program INTEGER NOT NULL REFERENCES program (id), -- (2) who may share it: this program, which keeps the record
    request INTEGER REFERENCES request (id), -- about which request; null: all that this program keeps of the person
    items INTEGER NOT NULL,             -- (3) what: bits of enum ConsentItem
    to_kind INTEGER NOT NULL,           -- (4) to whom: enum ConsentTo
    to_person INTEGER REFERENCES person (id), -- a person by name; null: a duty, or an organization
    purpose INTEGER NOT NULL,           -- (5) enum ConsentPurpose
    until_event INTEGER NOT NULL,       -- (7) enum ConsentUntil: until that day, or the walk's end before it
    until_at INTEGER NOT NULL,          -- ... and at the latest then
    how INTEGER NOT NULL,               -- enum ConsentHow: read here, said on the phone, came with the program's own list
    lang INTEGER NOT NULL,              -- in which it was read
    text INTEGER REFERENCES consent_text (id), -- (6) the words, which say how to stop; null: none was kept
    text_hash BLOB NOT NULL,
    signs INTEGER NOT NULL,             -- (8) enum ConsentSigns: whose signatures it needs
    rule INTEGER,                       -- the row of signing_rule (0016) that said so; null: nobody is a minor here
    witness INTEGER REFERENCES person (id), -- who heard it said, or brought the list; null: nobody
    given_at INTEGER NOT NULL,          -- (9)
    stopped_at INTEGER,                 -- null: not stopped
    stopped_by INTEGER REFERENCES person (id) -- null with it
) STRICT;
CREATE INDEX consent_person ON consent (person, given_at);
CREATE INDEX consent_request ON consent (request, to_kind, to_person);

-- Who put their name to it, and when. In force only when all whom it needs are here.
CREATE TABLE consent_signature (
    consent INTEGER NOT NULL REFERENCES consent (id),
    side INTEGER NOT NULL,              -- enum ConsentSide: the person, a parent or guardian
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (consent, side)
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_signature_person ON consent_signature (person);

-- What holds now of the consents about a request: written when one comes into force, deleted when it is stopped. Follows
-- from consent and consent_signature; features/access asks for it with every page, by its key.
CREATE TABLE sharing (
    request INTEGER NOT NULL REFERENCES request (id),
    with_person INTEGER NOT NULL,       -- 0: those who coordinate the request's program
    items INTEGER NOT NULL,             -- bits of enum ConsentItem
    until_at INTEGER NOT NULL,          -- over by then, whether or not the row is still here
    consent INTEGER NOT NULL REFERENCES consent (id),
    PRIMARY KEY (request, with_person)
) STRICT, WITHOUT ROWID;
CREATE INDEX sharing_consent ON sharing (consent);

-- Who signs where someone is young, by state and kind of service: a program's own table, which its leaders keep. Rows
-- are retired, not changed, so that a consent's rule can always be read.
CREATE TABLE consent_rule (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    state TEXT NOT NULL,                -- two letters; '*': wherever nothing else is said
    service INTEGER NOT NULL,           -- enum ConsentService
    age_from INTEGER NOT NULL,          -- years: up to the next row's
    signs INTEGER NOT NULL,             -- enum ConsentSigns
    parent_sees INTEGER NOT NULL,       -- 1: a parent may read what is shared; 0: only when the young person says so
    source TEXT NOT NULL,               -- where it is written
    added_by INTEGER REFERENCES person (id), -- null: what every program starts with
    added_at INTEGER NOT NULL,
    retired_at INTEGER                  -- null while it counts
) STRICT;
CREATE INDEX consent_rule_program ON consent_rule (program, state, service);

-- In which state a program works; without a row it has not said.
CREATE TABLE consent_place (
    program INTEGER PRIMARY KEY REFERENCES program (id),
    state TEXT NOT NULL
) STRICT;
