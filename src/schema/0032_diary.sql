-- SPDX-License-Identifier: Apache-2.0
-- What leaves of somebody's meetings for a calendar of their own, on a device that others may see. Nothing, until that
-- person chose it.

-- Who gets meetings by mail as entries of a calendar, and at which of their mailboxes. Nobody else has a row.
CREATE TABLE diary_mail (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    point INTEGER NOT NULL REFERENCES contact_point (id),
    since INTEGER NOT NULL
) STRICT;
CREATE INDEX diary_mail_point ON diary_mail (point);
