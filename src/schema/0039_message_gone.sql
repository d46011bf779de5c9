-- SPDX-License-Identifier: Apache-2.0
-- Messages that their writer took back before they arrived, of those that came from a phone without a signal: no more than
-- their name, so that a phone that never learned that it had sent one, and sends it again, does not bring it back.

CREATE TABLE message_gone (
    by_person INTEGER NOT NULL REFERENCES person (id),
    capture BLOB NOT NULL,              -- as message.capture
    PRIMARY KEY (by_person, capture)
) STRICT, WITHOUT ROWID;
