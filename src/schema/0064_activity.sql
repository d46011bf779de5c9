-- SPDX-License-Identifier: Apache-2.0
-- What two who walk together did in a contact, in the words of the program's own list.
CREATE TABLE contact_activity (
    contact INTEGER NOT NULL REFERENCES contact (id),
    item INTEGER NOT NULL REFERENCES list_item (id), -- of LIST_ACTIVITY of the walk's program
    PRIMARY KEY (contact, item)
) STRICT, WITHOUT ROWID;
