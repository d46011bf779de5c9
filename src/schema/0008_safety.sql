-- SPDX-License-Identifier: Apache-2.0
-- Safety is what the person says it is.

-- A safety card, one row a version; the newest counts, none is ever changed. Only its person writes it.
CREATE TABLE safety_card (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    version INTEGER NOT NULL,           -- 1, 2, ... of this person's
    by_person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    lang INTEGER NOT NULL,              -- the language it is written in
    safe BLOB NOT NULL,                 -- sealed; what safe means for us, in the person's words; may be empty, like all five
    call BLOB NOT NULL,                 -- sealed; whom to call
    not_call BLOB NOT NULL,             -- sealed; whom not to call
    worse BLOB NOT NULL,                -- sealed; what makes it worse
    helps BLOB NOT NULL,                -- sealed; what helps
    hours TEXT NOT NULL,                -- as features/safety/safety_hours.h writes it: when it is safe to reach us
    zone TEXT NOT NULL,                 -- IANA name: the person's own clock, by which the hours are meant
    for_giver INTEGER NOT NULL,         -- the person lets whoever walks with it read this
    for_coordinator INTEGER NOT NULL    -- ... and its coordinators
) STRICT;
CREATE UNIQUE INDEX safety_card_person ON safety_card (person, version);

-- What of a person's newest card is asked for at each contact, one row for whoever has a card.
CREATE TABLE safety_now (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    hours TEXT NOT NULL,
    zone TEXT NOT NULL,
    for_giver INTEGER NOT NULL,
    for_coordinator INTEGER NOT NULL
) STRICT;

-- Ways to reach a person that the person says are not safe: nothing goes there, whatever else is said about the way.
CREATE TABLE safety_unsafe (
    point INTEGER PRIMARY KEY REFERENCES contact_point (id),
    at INTEGER NOT NULL
) STRICT;

-- A provider's form that a program uses beside the families' own cards, as the program typed it; one row a version, none
-- is ever changed, the newest counts. Without headings the program uses none.
CREATE TABLE provider_form (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    version INTEGER NOT NULL,           -- 1, 2, ... of this program's
    name TEXT NOT NULL,
    filled_by TEXT NOT NULL,            -- who fills it in; may be empty
    review_days INTEGER NOT NULL,       -- looked at again after so many days
    by_person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX provider_form_program ON provider_form (program, version);

CREATE TABLE provider_heading (
    form INTEGER NOT NULL REFERENCES provider_form (id),
    position INTEGER NOT NULL,          -- 1, 2, ...
    title TEXT NOT NULL,
    PRIMARY KEY (form, position)
) STRICT, WITHOUT ROWID;

-- Filled in by a family on its own page, together with the provider; one row a version, as with the card.
CREATE TABLE provider_sheet (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    form INTEGER NOT NULL REFERENCES provider_form (id), -- the version whose headings it has
    version INTEGER NOT NULL,           -- 1, 2, ... of this person's
    at INTEGER NOT NULL,
    review_at INTEGER NOT NULL,
    lang INTEGER NOT NULL,              -- the language it is written in
    with_whom BLOB NOT NULL,            -- sealed
    for_giver INTEGER NOT NULL,         -- the person lets whoever walks with it read this, beside the card
    for_coordinator INTEGER NOT NULL    -- ... and its coordinators
) STRICT;
CREATE UNIQUE INDEX provider_sheet_person ON provider_sheet (person, version);

CREATE TABLE provider_line (
    id INTEGER PRIMARY KEY,
    sheet INTEGER NOT NULL REFERENCES provider_sheet (id),
    position INTEGER NOT NULL,          -- of the heading
    words BLOB NOT NULL                 -- sealed; may be empty
) STRICT;
CREATE UNIQUE INDEX provider_line_sheet ON provider_line (sheet, position);
