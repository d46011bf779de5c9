-- SPDX-License-Identifier: Apache-2.0
-- How long whoever holds a duty stays signed in: by duty, as each sees other things of other people.

-- Without a row, what features/program starts with.
CREATE TABLE duty_session (
    program INTEGER NOT NULL REFERENCES program (id),
    kind INTEGER NOT NULL,              -- enum DutyKind
    idle_us INTEGER NOT NULL,           -- signed out after this long without use
    longest_us INTEGER NOT NULL,        -- and after this long in any event
    PRIMARY KEY (program, kind)
) STRICT, WITHOUT ROWID;

-- One limit for all duties stood there; the days of grace stay.
ALTER TABLE program_sign_in DROP COLUMN idle_us;
ALTER TABLE program_sign_in DROP COLUMN longest_us;
