-- SPDX-License-Identifier: Apache-2.0
-- What matching people well needs beyond the first schema. One section a subject; rows of before keep their meaning.

-- ---- What a family wishes: the lists that a program keeps now also say systems, roles, channels, regions, ----
-- ---- cultures, genders and funding (enum ListKind); of its wishes, which matters most and which must be so. ----

-- enum RequestWishKind: chosen, or chosen and first of all. What was there was chosen.
ALTER TABLE request_wish ADD COLUMN kind INTEGER NOT NULL DEFAULT 1;
-- 1: nobody without it. A family requires it, nobody else; what was there was not required.
ALTER TABLE request_wish ADD COLUMN is_required INTEGER NOT NULL DEFAULT 0;

-- ---- Urgency: a coordinator says so, with a reason that stands in request_note, where the family reads it. ----

ALTER TABLE request ADD COLUMN is_urgent INTEGER NOT NULL DEFAULT 0;
-- Those on their way to somebody: what the board shows first.
CREATE INDEX request_urgent ON request (program, due_at, id) WHERE is_urgent = 1 AND state < 5;

-- ---- Policies: what a program holds to be a good fit, in versions; a leader signs before one is followed. ----

-- Its name stands in every decision made by it. Only a draft is ever changed or taken out.
CREATE TABLE policy (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    name TEXT NOT NULL,
    text TEXT NOT NULL,                 -- as src/matching/policy.h writes it, with its name
    why TEXT NOT NULL,                  -- what the change is for, as its drafter wrote; may be empty
    state INTEGER NOT NULL,             -- enum PolicyState: draft, adopted, retired
    version INTEGER NOT NULL,           -- of a draft: goes up with every change
    drafted_by INTEGER REFERENCES person (id),  -- null: what every program starts with
    drafted_at INTEGER NOT NULL,
    tried_version INTEGER,              -- the version that was played through last; null: none was
    tried_at INTEGER,                   -- null with it
    adopted_by INTEGER REFERENCES person (id),  -- null: not yet, or what every program starts with, signed by nobody
    adopted_at INTEGER,                 -- null: not yet
    reason TEXT NOT NULL,               -- why it was adopted although a trial found something; else empty
    retired_at INTEGER                  -- null: not yet
) STRICT;
CREATE UNIQUE INDEX policy_name ON policy (program, name);
CREATE UNIQUE INDEX policy_adopted ON policy (program) WHERE state = 2;

-- What the policy was held against when it was played through with made-up people; replaced with every trial of a draft.
CREATE TABLE policy_gate (
    policy INTEGER NOT NULL REFERENCES policy (id),
    gate INTEGER NOT NULL,              -- enum SimulateGate
    figure INTEGER NOT NULL,            -- thousandths
    most_or_least INTEGER NOT NULL,     -- what passes at that time, likewise
    is_passed INTEGER NOT NULL,
    PRIMARY KEY (policy, gate)
) STRICT, WITHOUT ROWID;

-- How long the made-up families waited, beside other ways to deal with a queue.
CREATE TABLE policy_wait (
    policy INTEGER NOT NULL REFERENCES policy (id),
    queue INTEGER NOT NULL,             -- enum SimulateQueue
    place INTEGER NOT NULL,             -- of the group: 0 all, 1 English, 2 Spanish, 3 other languages
    families INTEGER NOT NULL,
    matched INTEGER NOT NULL,
    weeks_half INTEGER NOT NULL,        -- waited by half of them at most
    weeks_most INTEGER NOT NULL,        -- by 95 of 100 at most
    PRIMARY KEY (policy, queue, place)
) STRICT, WITHOUT ROWID;

-- What happened when one thing about made-up people was changed.
CREATE TABLE policy_flip (
    policy INTEGER NOT NULL REFERENCES policy (id),
    kind INTEGER NOT NULL,              -- enum FlipKind
    tried INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    PRIMARY KEY (policy, kind)
) STRICT, WITHOUT ROWID;

-- ---- Fairness: counts of those who asked in a time. ----

CREATE INDEX request_asked ON request (program, created_at);

-- ---- The pool: what a process keeps in memory of all who offer in a program, and how it learns that it is old. ----

-- One number a program: it goes up in each transaction that changes what a pool knows of an offer.
CREATE TABLE pool_version (
    program INTEGER PRIMARY KEY REFERENCES program (id),
    version INTEGER NOT NULL,
    remade_in INTEGER NOT NULL          -- the version in which an offer was taken out: older pools are made anew
) STRICT;

ALTER TABLE offer ADD COLUMN changed_in INTEGER NOT NULL DEFAULT 0; -- the pool's version of its last change
CREATE INDEX offer_changed ON offer (program, changed_in);
-- Open shortlists that hold a place with it, and invitations that wait for its answer; follow from those tables.
ALTER TABLE offer ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE offer ADD COLUMN pending INTEGER NOT NULL DEFAULT 0;
UPDATE offer SET pending = (SELECT COUNT(*) FROM invitation i WHERE i.offer = offer.id AND i.state IN (1, 4));
-- Points: what a place with it is worth to those who wait, by the standing plan.
ALTER TABLE offer ADD COLUMN price INTEGER NOT NULL DEFAULT 0;

-- Until then an open list's places count against others. Null: not open, or the hold ran out; the list itself stays.
ALTER TABLE shortlist ADD COLUMN held_until INTEGER;
-- After a no the list goes on as another one: whoever still stands, and new people. Null: a coordinator sent it.
ALTER TABLE shortlist ADD COLUMN follows INTEGER REFERENCES shortlist (id);
-- How many people the family was shown since a coordinator sent a list; what was there had at most 3.
ALTER TABLE shortlist ADD COLUMN shown INTEGER NOT NULL DEFAULT 3;
CREATE INDEX shortlist_held ON shortlist (held_until) WHERE held_until IS NOT NULL;

-- ---- The standing plan: the best plan for all who wait in a program, made again when something changed. ----

-- Goes up in each transaction after which someone waits, waits no longer, or waits for someone else.
CREATE TABLE waiting_version (
    program INTEGER PRIMARY KEY REFERENCES program (id),
    version INTEGER NOT NULL
) STRICT;

ALTER TABLE request ADD COLUMN waiting_in INTEGER NOT NULL DEFAULT 0; -- the version of its last such change

CREATE TABLE standing_plan (
    program INTEGER PRIMARY KEY REFERENCES program (id),
    seed INTEGER NOT NULL,              -- 16 bits, drawn once: equals keep their order from plan to plan
    tried_at INTEGER NOT NULL,          -- when it was last begun, and from which versions
    tried_pool INTEGER NOT NULL,
    tried_waiting INTEGER NOT NULL,
    made_at INTEGER,                    -- null until there is one
    pool_version INTEGER NOT NULL,      -- what it was made from; -1 until there is one
    waiting_version INTEGER NOT NULL,
    policy TEXT NOT NULL,               -- the name of the policy that it was made by
    waiting INTEGER NOT NULL,           -- families that wait
    matched INTEGER NOT NULL,           -- of them, with someone in the plan
    objective INTEGER NOT NULL,         -- points, below the lots
    bound INTEGER NOT NULL              -- no plan has more; equal: proved the best
) STRICT;

-- Whom it has for whom. Made anew from the rest of the database, so what it names may be gone: no references.
CREATE TABLE standing_pair (
    program INTEGER NOT NULL,
    request INTEGER NOT NULL,
    offer INTEGER NOT NULL,
    PRIMARY KEY (program, request)
) STRICT, WITHOUT ROWID;
