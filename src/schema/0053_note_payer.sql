-- SPDX-License-Identifier: Apache-2.0
-- Notes that a payer asks for: about one contact, by a day, and read by somebody who signs.
ALTER TABLE note ADD COLUMN contact INTEGER REFERENCES contact (id); -- null: about the walk
ALTER TABLE note ADD COLUMN due_at INTEGER;      -- by when it was to be written; null: no payer asks for it
ALTER TABLE note ADD COLUMN sign_due_at INTEGER; -- null where due_at is
ALTER TABLE note ADD COLUMN signed_at INTEGER;   -- null: nobody signed
ALTER TABLE note ADD COLUMN signed_by INTEGER REFERENCES person (id); -- null where signed_at is
CREATE INDEX note_contact ON note (contact);
CREATE INDEX note_sign ON note (mode, signed_at, sign_due_at);

-- As the payer of the program says. Days count from the contact.
ALTER TABLE program_note ADD COLUMN write_days INTEGER NOT NULL DEFAULT 3;
ALTER TABLE program_note ADD COLUMN sign_days INTEGER NOT NULL DEFAULT 5; -- from Monday to Friday
