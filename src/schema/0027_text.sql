-- SPDX-License-Identifier: Apache-2.0
-- Text messages, both ways.

-- A phone from which somebody wrote that no more texts shall come. Nothing but a hash of its number is kept, whether or
-- not anybody here has that phone; it outlives whom it belonged to, and goes when START is written from there.
CREATE TABLE text_stop (
    value_key BLOB PRIMARY KEY,         -- as contact_point.value_key
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Texts that came in, so that one that is handed over twice counts once.
CREATE TABLE text_in (
    sid_hash BLOB PRIMARY KEY,          -- keyed hash of the provider's name for it
    at INTEGER NOT NULL                 -- deleted after a week
) STRICT, WITHOUT ROWID;

-- When a phone was last told how this works: two machines must not write to each other for ever.
CREATE TABLE text_told (
    value_key BLOB NOT NULL,
    kind INTEGER NOT NULL,              -- enum TextingTold
    at INTEGER NOT NULL,                -- deleted after a day
    PRIMARY KEY (value_key, kind)
) STRICT, WITHOUT ROWID;

-- Who wants to be told of news by text, and at which of their phones. Nobody has a row who wants mail.
CREATE TABLE text_wish (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    point INTEGER NOT NULL REFERENCES contact_point (id),
    since INTEGER NOT NULL
) STRICT;
CREATE INDEX text_wish_point ON text_wish (point);

-- What was sent to a person, and what became of it. Only that person reads it; no word of it is kept.
CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    channel INTEGER NOT NULL,           -- enum NoticeChannel
    at INTEGER NOT NULL,                -- deleted after a year
    state INTEGER NOT NULL,             -- enum NoticeState
    state_at INTEGER NOT NULL,
    code INTEGER NOT NULL               -- of a text that failed, the provider's; 0: none
) STRICT;
CREATE INDEX notice_person ON notice (person, at);
CREATE INDEX notice_at ON notice (at);
