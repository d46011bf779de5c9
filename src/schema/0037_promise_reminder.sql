-- SPDX-License-Identifier: Apache-2.0
-- When whoever promised something is reminded of it. The row goes when that is done, or when the promise ends.
CREATE TABLE promise_reminder (
    promise INTEGER PRIMARY KEY REFERENCES promise (id),
    remind_at INTEGER NOT NULL
) STRICT;
CREATE INDEX promise_reminder_at ON promise_reminder (remind_at);
