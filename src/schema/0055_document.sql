-- SPDX-License-Identifier: Apache-2.0
-- A person's own documents: a file each, sealed with its name under the person's key. Nobody else ever reads a row.

CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id), -- whose it is
    called BLOB NOT NULL,               -- sealed
    kind INTEGER NOT NULL,              -- enum DocumentKind: what the bytes are, whatever the name says
    bytes INTEGER NOT NULL,             -- of the file as it came
    added_at INTEGER NOT NULL,
    content BLOB NOT NULL               -- sealed
) STRICT;
CREATE INDEX document_person ON document (person, added_at);
