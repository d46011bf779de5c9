-- SPDX-License-Identifier: Apache-2.0
-- Meetings of two people who walk together: proposed, set, moved and cancelled by either. Only the two of them read it.
--
-- Read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: meeting.place

CREATE TABLE meeting (
    id INTEGER PRIMARY KEY,
    match INTEGER NOT NULL REFERENCES match (id),
    person INTEGER NOT NULL REFERENCES person (id), -- the receiving side, under whose key the place is sealed
    how INTEGER NOT NULL,               -- enum MeetingHow: call, video, visit
    minutes INTEGER NOT NULL,           -- how long, in whole quarters of an hour
    place BLOB NOT NULL,                -- sealed; where, in their own words; may be empty
    state INTEGER NOT NULL,             -- enum MeetingState: proposed, set, over
    starts_at INTEGER,                  -- null until a time was accepted
    sequence INTEGER NOT NULL,          -- how often it changed since it was set: calendars keep the highest
    made_at INTEGER NOT NULL,
    state_at INTEGER NOT NULL
) STRICT;
CREATE INDEX meeting_match ON meeting (match, state, starts_at);

-- Times that wait for an answer, of a meeting that is proposed or that somebody would like to move. All those of one
-- meeting are by the same person; the other one answers.
CREATE TABLE meeting_time (
    meeting INTEGER NOT NULL REFERENCES meeting (id),
    starts_at INTEGER NOT NULL,
    by_person INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (meeting, starts_at)
) STRICT;

-- The diary of a person: a row for each quarter of an hour of each meeting that is set. The key is what keeps a person
-- from being promised to two at once, whoever accepts at the same moment.
CREATE TABLE meeting_busy (
    person INTEGER NOT NULL REFERENCES person (id),
    quarter INTEGER NOT NULL,           -- quarters of an hour since 1970, in UTC
    meeting INTEGER NOT NULL REFERENCES meeting (id),
    PRIMARY KEY (person, quarter)
) STRICT;
CREATE INDEX meeting_busy_meeting ON meeting_busy (meeting);

-- The words may tell of substance use.
CREATE TABLE part2_meeting (
    meeting INTEGER PRIMARY KEY REFERENCES meeting (id)
) STRICT;
