-- SPDX-License-Identifier: Apache-2.0
-- When words reach somebody who walks with others. No row: at any hour.

CREATE TABLE message_hours (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    hours TEXT NOT NULL,                -- as features/safety/safety_hours.h writes it
    zone TEXT NOT NULL                  -- IANA name: the person's own clock, by which the hours are meant
) STRICT;
