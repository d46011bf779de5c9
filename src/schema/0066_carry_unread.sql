-- SPDX-License-Identifier: Apache-2.0
-- What was passed on, and who it was passed to has not said that they read it: their own page says that it is there.

CREATE TABLE carry_unread (
    match INTEGER PRIMARY KEY REFERENCES match (id),
    reader INTEGER NOT NULL REFERENCES person (id) -- who gives there
) STRICT;
CREATE INDEX carry_unread_reader ON carry_unread (reader);
