-- SPDX-License-Identifier: Apache-2.0
-- Reminders of meetings.

-- Who wants to be reminded otherwise than the program does by itself. Nobody else has a row.
CREATE TABLE diary_lead (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    lead INTEGER NOT NULL,              -- enum DiaryLead
    since INTEGER NOT NULL
) STRICT;

-- When somebody is reminded of a meeting that is set. The row goes when that is done, or when the meeting is off.
CREATE TABLE diary_reminder (
    meeting INTEGER NOT NULL REFERENCES meeting (id),
    person INTEGER NOT NULL REFERENCES person (id),
    remind_at INTEGER NOT NULL,
    PRIMARY KEY (meeting, person)
) STRICT;
CREATE INDEX diary_reminder_at ON diary_reminder (remind_at);
CREATE INDEX diary_reminder_person ON diary_reminder (person);

-- Until when what a notice says holds: a reminder's, until the meeting begins. Null: for good.
ALTER TABLE notice ADD COLUMN holds_until INTEGER;

-- The clock of reminders (enum ClockKind): a day before.
INSERT INTO program_clock (program, clock, amount, unit) SELECT id, 13, 1, 2 FROM program;
