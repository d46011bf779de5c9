-- SPDX-License-Identifier: Apache-2.0
-- Fairness of large programs, counted ahead by the jobs process, so that a page need not look at every family. Only
-- what may be shown is kept: counts that could say who someone is were hidden before. Replaced whole with every count.

CREATE TABLE fairness_count (
    program INTEGER NOT NULL REFERENCES program (id),
    span INTEGER NOT NULL,              -- enum FairnessSpan: of those who asked in this time
    counted_at INTEGER NOT NULL,
    supporters INTEGER NOT NULL,        -- who may be listed
    places INTEGER NOT NULL,            -- on lists, in all
    half INTEGER NOT NULL,              -- so few supporters hold half of these places
    most INTEGER NOT NULL,              -- families on whose lists one supporter stood
    PRIMARY KEY (program, span)
) STRICT, WITHOUT ROWID;

-- A row of a table of families; the sums of all stand at side FAIRNESS_SIDES.
CREATE TABLE fairness_group (
    program INTEGER NOT NULL REFERENCES program (id),
    span INTEGER NOT NULL,
    side INTEGER NOT NULL,              -- enum FairnessSide
    place INTEGER NOT NULL,             -- from 0 on, in order
    kind INTEGER NOT NULL,              -- enum FairnessGroup
    item INTEGER REFERENCES list_item (id),  -- null: of another kind
    asked INTEGER NOT NULL,             -- families; here and below -1: hidden
    no_list INTEGER NOT NULL,           -- of these, by the furthest step
    listed INTEGER NOT NULL,
    chosen INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    days_half INTEGER NOT NULL,         -- -1: not told
    days_most INTEGER NOT NULL,
    PRIMARY KEY (program, span, side, place)
) STRICT, WITHOUT ROWID;

-- How many supporters were listed so often (fairness_bins).
CREATE TABLE fairness_bin (
    program INTEGER NOT NULL REFERENCES program (id),
    span INTEGER NOT NULL,
    bin INTEGER NOT NULL,               -- from 0 on
    supporters INTEGER NOT NULL,
    PRIMARY KEY (program, span, bin)
) STRICT, WITHOUT ROWID;

CREATE TABLE fairness_person (
    program INTEGER NOT NULL REFERENCES program (id),
    span INTEGER NOT NULL,
    place INTEGER NOT NULL,             -- from 0 on, by name
    offer INTEGER NOT NULL REFERENCES offer (id),
    listed INTEGER NOT NULL,
    chosen INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    PRIMARY KEY (program, span, place)
) STRICT, WITHOUT ROWID;
