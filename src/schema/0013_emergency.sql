-- SPDX-License-Identifier: Apache-2.0
-- Emergency access: somebody with that duty opened a person's record that they could not open otherwise.

-- Rows are never changed or deleted: whom it is about and who leads the program see them for ever.
CREATE TABLE emergency (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    person INTEGER NOT NULL REFERENCES person (id), -- whose record
    by_person INTEGER NOT NULL REFERENCES person (id),
    reason BLOB NOT NULL,               -- sealed, under the key of `person`: said before anything was shown
    opened_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL            -- after this nothing opens by it
) STRICT;
CREATE INDEX emergency_person ON emergency (person, opened_at);
CREATE INDEX emergency_program ON emergency (program, opened_at);

-- What the person sets beside it.
CREATE TABLE emergency_answer (
    id INTEGER PRIMARY KEY,
    emergency INTEGER NOT NULL REFERENCES emergency (id),
    person INTEGER NOT NULL REFERENCES person (id),
    words BLOB NOT NULL,                -- sealed, under the key of `person`
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX emergency_answer_emergency ON emergency_answer (emergency, at);
