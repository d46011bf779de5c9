-- SPDX-License-Identifier: Apache-2.0
-- "How is it between us?": what each of two people who walk together answers, for themselves alone. Others see counts.

-- One time that somebody was asked, and answered or said "not this time".
CREATE TABLE heard (
    match INTEGER NOT NULL REFERENCES match (id),
    side INTEGER NOT NULL,              -- enum CheckinSide: whose answers these are
    occasion INTEGER NOT NULL,          -- enum HeardOccasion: week 2, week 8, after the third talk
    person INTEGER NOT NULL REFERENCES person (id), -- who answered
    program INTEGER NOT NULL REFERENCES program (id),
    is_answered INTEGER NOT NULL,       -- 0: not this time
    at INTEGER NOT NULL,
    PRIMARY KEY (match, side, occasion)
) STRICT, WITHOUT ROWID;
CREATE INDEX heard_person ON heard (person, program, side, occasion);
CREATE INDEX heard_program ON heard (program, side, occasion);

-- A question that was answered; one that was left out has no row.
CREATE TABLE heard_answer (
    match INTEGER NOT NULL REFERENCES match (id),
    side INTEGER NOT NULL,
    occasion INTEGER NOT NULL,
    question INTEGER NOT NULL,          -- enum HeardQuestion
    answer INTEGER NOT NULL,            -- enum HeardAnswer
    PRIMARY KEY (match, side, occasion, question)
) STRICT, WITHOUT ROWID;
