-- SPDX-License-Identifier: Apache-2.0
-- Plans for everyone who waits.

-- A plan made at one moment for all who waited then, kept with the policy and seed that made it. A proposal, never an
-- assignment.
CREATE TABLE round (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    made_by INTEGER NOT NULL REFERENCES person (id),
    made_at INTEGER NOT NULL,
    policy TEXT NOT NULL,               -- the name of the policy
    seed INTEGER NOT NULL,              -- 16 bits: the lot that breaks ties
    waiting INTEGER NOT NULL,           -- families it was made for
    placed INTEGER NOT NULL,            -- of them, with a proposal
    objective INTEGER NOT NULL,         -- points; changes by hand counted
    bound INTEGER NOT NULL,             -- points no plan goes over
    envy INTEGER NOT NULL,              -- families with justified envy
    version INTEGER NOT NULL            -- goes up with every change by hand
) STRICT;
CREATE INDEX round_program ON round (program, made_at);

CREATE TABLE round_proposal (
    round INTEGER NOT NULL REFERENCES round (id),
    request INTEGER NOT NULL REFERENCES request (id),
    position INTEGER NOT NULL,          -- the longest waiting first, from 1
    offer INTEGER REFERENCES offer (id),    -- null: nobody
    language INTEGER REFERENCES list_item (id), -- that the family speaks first; null: not known
    score INTEGER NOT NULL,             -- how well they fit, in points; 0: nobody
    is_by_hand INTEGER NOT NULL,        -- a coordinator changed it
    shortlist INTEGER REFERENCES shortlist (id), -- null until sent
    PRIMARY KEY (round, request)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_proposal_request ON round_proposal (request);
CREATE INDEX round_proposal_offer ON round_proposal (offer);
CREATE INDEX round_proposal_shortlist ON round_proposal (shortlist);
