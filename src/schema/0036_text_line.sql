-- SPDX-License-Identifier: Apache-2.0
-- Living on text messages: who reads and answers by text, and what they were asked last.

-- Numbers of rows here are no references: what was asked about may be gone when the answer comes, and that is then
-- said. No word of anybody is kept.
CREATE TABLE text_line (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    phone_key BLOB NOT NULL,            -- as contact_point.value_key: the phone at which it is open
    open_since INTEGER,                 -- NULL: the person was asked whether to open it, and has not said yes
    step INTEGER NOT NULL,              -- enum TextlineStep
    step_at INTEGER NOT NULL,           -- when it was asked
    code INTEGER NOT NULL,              -- the first of the numbers that were drawn for it
    wrong INTEGER NOT NULL,             -- numbers since then that fit nothing
    request INTEGER NOT NULL,           -- 0 where it is not about one, like those below
    offer INTEGER NOT NULL,
    match INTEGER NOT NULL,
    meeting INTEGER NOT NULL,
    shown TEXT NOT NULL,                -- what the numbers stand for
    answers INTEGER NOT NULL            -- enum TextlineStep HEARD: those so far, in base 4
) STRICT;
