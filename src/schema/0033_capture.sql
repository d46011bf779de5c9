-- SPDX-License-Identifier: Apache-2.0
-- What was written on a phone without a signal, and is sent later: once, or kept aside for who wrote it.

-- 16 random bytes from where the contact was written down; null: on a page of ours, and sent at once.
ALTER TABLE contact ADD COLUMN capture BLOB;
CREATE UNIQUE INDEX contact_capture ON contact (by_person, capture);

-- What could not become a contact or a message any more when it came. Read by who wrote it and by nobody else.
CREATE TABLE capture_aside (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id), -- who wrote it
    match INTEGER NOT NULL REFERENCES match (id),
    capture BLOB NOT NULL,              -- 16 random bytes from where it was written
    kind INTEGER NOT NULL,              -- enum CaptureKind: contact, message
    reason INTEGER NOT NULL,            -- enum CaptureReason
    words BLOB NOT NULL,                -- sealed under the key of the match's receiving side; empty when dropped
    captured_at INTEGER NOT NULL,
    kept_at INTEGER NOT NULL,
    dropped_at INTEGER,                 -- null until who wrote it has deleted it; the row stays, so that a phone
                                        -- that sends it once more is told that it was here
    UNIQUE (person, capture)
) STRICT;
CREATE INDEX capture_aside_match ON capture_aside (match);
