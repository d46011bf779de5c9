-- SPDX-License-Identifier: Apache-2.0
-- The first schema: from asking to walking alongside.
--
-- Written in SQLite's STRICT dialect; tools/sql.py turns it into PostgreSQL's (doc/queries.md).
-- Ids are random 63-bit numbers. Times are microseconds UTC. Booleans are 0 or 1. A column that may be null says why.
-- A column whose comment begins with "sealed" holds what a person wrote, under the key of the person it is about
-- (doc/queries.md).
-- Numbers that stand for a word (state, kind) are the C enum of the same name in the feature's header.

-- Everyone the program knows, once. Nobody is a client or a staff member: what a person gives and receives are
-- rows in request, offer, match and duty.
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    called TEXT NOT NULL,               -- the name to be called by, as the person gave it
    lang INTEGER NOT NULL,              -- enum Lang: the language to write to them in
    created_at INTEGER NOT NULL
) STRICT;

-- A way to reach a person, and what is safe about it. A person may have several; several people may share one.
CREATE TABLE contact_point (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    kind INTEGER NOT NULL,              -- enum ContactPointKind: mail, phone
    value BLOB NOT NULL,                -- sealed; as typed
    value_key BLOB NOT NULL,            -- for looking up: keyed hash of the lower-case mail, of the digits of the phone
    may_voicemail INTEGER NOT NULL,     -- enum Safe: not said, yes, no
    may_text INTEGER NOT NULL,          -- enum Safe
    safe_times BLOB NOT NULL,           -- sealed; when it is safe, in the person's words; may be empty
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_point_person ON contact_point (person);
CREATE INDEX contact_point_value ON contact_point (value_key);

-- A code and a link on their way to a mail address. Either is good once, for ten minutes, with five tries.
CREATE TABLE sign_in (
    id INTEGER PRIMARY KEY,
    mail_key BLOB NOT NULL,             -- as contact_point.value_key
    proof INTEGER NOT NULL,             -- enum Proof: what using it shows: a mailbox, a phone, the operator's word
    visit_hash BLOB NOT NULL,           -- the browser that asked: only there the code counts
    code_hash BLOB NOT NULL,            -- keyed hash of the six digits
    link_hash BLOB NOT NULL UNIQUE,     -- keyed hash of the link's token
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    used_at INTEGER                     -- null until it is used
) STRICT;
CREATE INDEX sign_in_mail ON sign_in (mail_key, created_at);
CREATE INDEX sign_in_visit ON sign_in (visit_hash, created_at);

-- A signed-in browser. The cookie's token is only kept as a hash.
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES person (id),
    mail_key BLOB,                      -- the mailbox that proved it; null: something else did
    proofs INTEGER NOT NULL,            -- enum Proof, as bits: all that was shown for it
    proved_at INTEGER NOT NULL,         -- when the last of them was
    device TEXT NOT NULL,               -- browser and system in neutral words; may be empty
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,           -- moved forward at most once a minute
    idle_us INTEGER NOT NULL,           -- ends when not seen for this long
    ends_at INTEGER NOT NULL            -- ends then in any event
) STRICT;
CREATE INDEX session_person ON session (person);
CREATE INDEX session_end ON session (ends_at);

-- A program of support. Its words, lists and clocks are data that its coordinators edit.
CREATE TABLE program (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,          -- a-z 0-9 -, in public addresses
    zone TEXT NOT NULL,                 -- IANA name: where its clocks hang
    takes_requests INTEGER NOT NULL,    -- 0: the public form says so kindly and offers what else there is
    created_at INTEGER NOT NULL
) STRICT;

-- What the program says about itself, by key (enum ProgramWords) and language.
CREATE TABLE program_text (
    program INTEGER NOT NULL REFERENCES program (id),
    key INTEGER NOT NULL,
    lang INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (program, key, lang)
) STRICT, WITHOUT ROWID;

-- How long things may take here, by clock (enum ClockKind). The program's own defaults, not a standard.
CREATE TABLE program_clock (
    program INTEGER NOT NULL REFERENCES program (id),
    clock INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    unit INTEGER NOT NULL,              -- enum ClockUnit: hours, days, business days, weeks, a plain count
    PRIMARY KEY (program, clock)
) STRICT, WITHOUT ROWID;

-- The program's own words to choose from: experiences, languages, relations, ages, times of the week.
CREATE TABLE list_item (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    list INTEGER NOT NULL,              -- enum ListKind
    position INTEGER NOT NULL,
    retired_at INTEGER                  -- null while it is offered; retired words stay readable where they were chosen
) STRICT;
CREATE INDEX list_item_program ON list_item (program, list, position);

CREATE TABLE list_item_text (
    item INTEGER NOT NULL REFERENCES list_item (id),
    lang INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (item, lang)
) STRICT, WITHOUT ROWID;

-- A duty someone holds in a program, from one day to another.
CREATE TABLE duty (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    person INTEGER NOT NULL REFERENCES person (id),
    kind INTEGER NOT NULL,              -- enum DutyKind
    starts_at INTEGER NOT NULL,
    ends_at INTEGER,                    -- null while it lasts
    given_by INTEGER REFERENCES person (id) -- null: by the operator's command line
) STRICT;
CREATE INDEX duty_person ON duty (person, program, kind);
CREATE INDEX duty_program ON duty (program, kind);

-- A visitor's answers on the way through the public form, under the hash of what only that browser carries.
CREATE TABLE draft (
    visit_hash BLOB PRIMARY KEY,
    answers BLOB NOT NULL,              -- name=value pairs, form-encoded; under a key that only that browser can make
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_updated ON draft (updated_at);

-- Someone asks for support (or for a call with information). The family's words are never changed here.
CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    person INTEGER NOT NULL REFERENCES person (id),
    kind INTEGER NOT NULL,              -- enum RequestKind: support, information call
    source INTEGER NOT NULL,            -- enum RequestSource: form, import, recorded by a coordinator
    receipt_hash BLOB NOT NULL UNIQUE,  -- keyed hash of the receipt code
    lang INTEGER NOT NULL,              -- the language it was written in
    need BLOB NOT NULL,                 -- sealed; in the person's own words; may be empty on an import
    relation INTEGER REFERENCES list_item (id), -- who the person is to the child; null: not said
    age INTEGER REFERENCES list_item (id),      -- the child's age band; null: not said
    hopes BLOB NOT NULL,                -- sealed; anything else hoped for in a person; may be empty
    has_no_preference INTEGER NOT NULL,
    state INTEGER NOT NULL,             -- enum RequestState
    state_at INTEGER NOT NULL,          -- since when
    due_at INTEGER NOT NULL,            -- when this state should have moved on, by the program's clocks
    taken_by INTEGER REFERENCES person (id),    -- the coordinator who has it; null: nobody yet
    version INTEGER NOT NULL,           -- goes up with every change by a duty: two people never overwrite each other
    created_at INTEGER NOT NULL,
    replied_at INTEGER                  -- first human reply; null until then
) STRICT;
CREATE INDEX request_board ON request (program, state, due_at, id);
CREATE INDEX request_person ON request (person);
CREATE INDEX request_taken_by ON request (taken_by);

-- What the family chose from the program's lists (experiences to share, languages).
CREATE TABLE request_wish (
    request INTEGER NOT NULL REFERENCES request (id),
    item INTEGER NOT NULL REFERENCES list_item (id),
    PRIMARY KEY (request, item)
) STRICT, WITHOUT ROWID;

-- "Someone unlike me in ...": lists (enum ListKind) in which the family asks for a difference.
CREATE TABLE request_unlike (
    request INTEGER NOT NULL REFERENCES request (id),
    list INTEGER NOT NULL,
    PRIMARY KEY (request, list)
) STRICT, WITHOUT ROWID;

-- The second layer: what a coordinator coded, beside the family's words and visible to the family.
CREATE TABLE request_code (
    request INTEGER NOT NULL REFERENCES request (id),
    item INTEGER NOT NULL REFERENCES list_item (id),
    by_person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (request, item)
) STRICT, WITHOUT ROWID;

-- Lines written about a request (a call made, what was said). The family reads every one and can answer.
CREATE TABLE request_note (
    id INTEGER PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES request (id),
    by_person INTEGER NOT NULL REFERENCES person (id),
    kind INTEGER NOT NULL,              -- enum RequestNoteKind: a call that reached, a call that did not, a line, the family's answer
    words BLOB NOT NULL,                -- sealed
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX request_note_request ON request_note (request, at);

-- Someone who has been there offers to walk alongside others.
CREATE TABLE offer (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    person INTEGER NOT NULL REFERENCES person (id),
    relation INTEGER REFERENCES list_item (id), -- as whom: mother, grandparent, young person...; null: not said
    about TEXT NOT NULL,                -- what families choosing read, in the person's own words
    capacity INTEGER NOT NULL,          -- families at the same time
    load INTEGER NOT NULL,              -- running matches and waiting invitations now; kept by match and shortlist
    standing INTEGER NOT NULL,          -- enum OfferStanding: free, full, paused, ended; follows load, capacity and pause
    paused_until INTEGER,               -- null: not paused, or until further notice
    is_cleared INTEGER NOT NULL,        -- training done and lived experience attested: may be listed
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX offer_person ON offer (person, program);
CREATE INDEX offer_standing ON offer (program, standing, id);

-- Words from the program's lists that belong to an offer.
CREATE TABLE offer_item (
    offer INTEGER NOT NULL REFERENCES offer (id),
    item INTEGER NOT NULL REFERENCES list_item (id),
    kind INTEGER NOT NULL,              -- enum OfferItemKind: lived, speaks, free then, rather not
    audience INTEGER NOT NULL,          -- enum OfferAudience: families who choose, or only the coordinator
    PRIMARY KEY (offer, kind, item)
) STRICT, WITHOUT ROWID;

-- Two people who are never suggested to each other: "not this person", relatives, same workplace. No reason is kept.
CREATE TABLE apart (
    one INTEGER NOT NULL REFERENCES person (id),
    other INTEGER NOT NULL REFERENCES person (id),
    by_person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

-- The people suggested for a request, with the reasons, kept as they were shown.
CREATE TABLE shortlist (
    id INTEGER PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES request (id),
    made_by INTEGER NOT NULL REFERENCES person (id),
    policy TEXT NOT NULL,               -- which rules and weights made it
    seed INTEGER NOT NULL,              -- breaks ties the same way again
    state INTEGER NOT NULL,             -- enum ShortlistState: with the family, answered, replaced
    made_at INTEGER NOT NULL,
    answered_at INTEGER                 -- null until the family answers
) STRICT;
CREATE INDEX shortlist_request ON shortlist (request, made_at);

CREATE TABLE shortlist_entry (
    shortlist INTEGER NOT NULL REFERENCES shortlist (id),
    position INTEGER NOT NULL,          -- 1, 2, 3
    offer INTEGER NOT NULL REFERENCES offer (id),
    score INTEGER NOT NULL,
    answer INTEGER NOT NULL,            -- enum EntryAnswer: none yet, chosen, not this person
    PRIMARY KEY (shortlist, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX shortlist_entry_offer ON shortlist_entry (offer);

CREATE TABLE shortlist_reason (
    shortlist INTEGER NOT NULL REFERENCES shortlist (id),
    position INTEGER NOT NULL,
    reason INTEGER NOT NULL,            -- enum MatchingReason
    item INTEGER NOT NULL,              -- the list item it speaks of; 0: none
    points INTEGER NOT NULL,
    PRIMARY KEY (shortlist, position, reason, item)
) STRICT, WITHOUT ROWID;

-- The family chose; the supporter is asked, and may say no without a reason.
CREATE TABLE invitation (
    id INTEGER PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES request (id),
    offer INTEGER NOT NULL REFERENCES offer (id),
    shortlist INTEGER NOT NULL REFERENCES shortlist (id),
    state INTEGER NOT NULL,             -- enum InvitationState: waiting, accepted, declined, another time, withdrawn
    words BLOB NOT NULL DEFAULT (CAST('' AS BLOB)), -- sealed; "another time": when; may be empty
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    answered_at INTEGER                 -- null while waiting
) STRICT;
CREATE INDEX invitation_request ON invitation (request);
CREATE INDEX invitation_offer ON invitation (offer, state);

-- Two people walking together: one receives, one gives. The same person can stand on either side elsewhere.
CREATE TABLE match (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    request INTEGER NOT NULL REFERENCES request (id),
    offer INTEGER NOT NULL REFERENCES offer (id),
    receiver INTEGER NOT NULL REFERENCES person (id),
    giver INTEGER NOT NULL REFERENCES person (id),
    state INTEGER NOT NULL,             -- enum MatchState: new (no contact yet), walking, paused, ended
    state_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,            -- new: first contact by; walking: next contact hoped for by
    receiver_agreed_at INTEGER,         -- read and agreed to the agreement; null until then
    giver_agreed_at INTEGER,
    began_at INTEGER NOT NULL,
    first_contact_at INTEGER,           -- null until someone was reached
    ended_at INTEGER                    -- null while it lasts
) STRICT;
CREATE INDEX match_board ON match (program, state, due_at, id);
CREATE INDEX match_receiver ON match (receiver);
CREATE INDEX match_giver ON match (giver, state);
CREATE INDEX match_request ON match (request);
CREATE INDEX match_offer ON match (offer, state);

-- One contact or one try. Kept together by match, because that is how they are read.
CREATE TABLE contact (
    match INTEGER NOT NULL REFERENCES match (id),
    at INTEGER NOT NULL,                -- when it happened
    id INTEGER NOT NULL,
    by_person INTEGER NOT NULL REFERENCES person (id),
    kind INTEGER NOT NULL,              -- enum ContactKind: call, text, visit, video, mail
    outcome INTEGER NOT NULL,           -- enum ContactOutcome: talked, no answer, left message, wrong number
    minutes INTEGER NOT NULL,           -- 0 when nobody was reached
    was_emotional INTEGER NOT NULL,     -- the four kinds of support
    was_informational INTEGER NOT NULL,
    was_instrumental INTEGER NOT NULL,
    was_affiliational INTEGER NOT NULL,
    line BLOB NOT NULL,                 -- sealed; a line if wanted; may be empty
    logged_at INTEGER NOT NULL,
    PRIMARY KEY (match, at, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX contact_id ON contact (id);

-- What the other person sets beside a contact. It stands there; nothing above it is changed.
CREATE TABLE contact_answer (
    contact INTEGER NOT NULL REFERENCES contact (id),
    at INTEGER NOT NULL,
    id INTEGER NOT NULL,
    by_person INTEGER NOT NULL REFERENCES person (id),
    words BLOB NOT NULL,                -- sealed
    PRIMARY KEY (contact, at, id)
) STRICT, WITHOUT ROWID;

-- "How far along on the need I came with?" 0 to 10, by the person, on the person's own request.
CREATE TABLE progress (
    request INTEGER NOT NULL REFERENCES request (id),
    at INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    value INTEGER NOT NULL,
    occasion INTEGER NOT NULL,          -- enum ProgressOccasion: start, week 2, week 8, whenever
    words BLOB NOT NULL,                -- sealed; may be empty
    PRIMARY KEY (request, at, id)
) STRICT, WITHOUT ROWID;

-- The coordinator asks both sides how it goes.
CREATE TABLE checkin (
    id INTEGER PRIMARY KEY,
    match INTEGER NOT NULL REFERENCES match (id),
    program INTEGER NOT NULL REFERENCES program (id),
    side INTEGER NOT NULL,              -- enum CheckinSide: receiver, giver
    occasion INTEGER NOT NULL,          -- enum CheckinOccasion: week 2, week 8, quarterly
    due_at INTEGER NOT NULL,
    state INTEGER NOT NULL,             -- enum CheckinState: due, done, dropped (the match ended first)
    done_at INTEGER,                    -- null until done
    done_by INTEGER REFERENCES person (id), -- null until done
    words BLOB NOT NULL DEFAULT (CAST('' AS BLOB)) -- sealed; what was said; the person asked reads it; may be empty
) STRICT;
CREATE INDEX checkin_board ON checkin (program, state, due_at, id);
CREATE INDEX checkin_match ON checkin (match);

-- A spreadsheet taken in. One step, which can be undone as one step.
CREATE TABLE import_batch (
    id INTEGER PRIMARY KEY,
    program INTEGER NOT NULL REFERENCES program (id),
    by_person INTEGER REFERENCES person (id), -- null: by the operator's command line
    kind INTEGER NOT NULL,              -- enum ImportKind: a waiting list, supporters
    state INTEGER NOT NULL,             -- enum ImportState: looked at, taken in, undone
    filename TEXT NOT NULL,
    content BLOB NOT NULL,              -- sealed; the file as it came, until it is taken in or given up; then empty
    mapping TEXT NOT NULL,              -- which column means what, as corrected
    row_count INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    done_at INTEGER                     -- null until taken in
) STRICT;
CREATE INDEX import_batch_program ON import_batch (program, created_at);

-- Each line of a taken-in spreadsheet, in its own words, beside the person it became.
CREATE TABLE import_row (
    batch INTEGER NOT NULL REFERENCES import_batch (id),
    line INTEGER NOT NULL,              -- in the file, from 1
    id INTEGER NOT NULL,
    person INTEGER REFERENCES person (id),   -- null: left out
    request INTEGER REFERENCES request (id), -- null unless it became one
    offer INTEGER REFERENCES offer (id),     -- null unless it became one
    original BLOB NOT NULL,             -- sealed; empty where left out; the cells, "heading: cell" a line
    unparsed BLOB NOT NULL,             -- sealed; what was not understood, the same way; may be empty
    PRIMARY KEY (batch, line)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX import_row_id ON import_row (id);
CREATE INDEX import_row_person ON import_row (person);
CREATE INDEX import_row_request ON import_row (request);
CREATE INDEX import_row_offer ON import_row (offer);

-- The answer given to a form that may only count once.
CREATE TABLE once (
    key BLOB PRIMARY KEY,               -- hash of form key, sender and address
    location TEXT NOT NULL,             -- where the first answer led
    at INTEGER NOT NULL                 -- no index: every form would pay for what is looked through once an hour
) STRICT, WITHOUT ROWID;

-- Work to do after the answer.
CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    person INTEGER REFERENCES person (id), -- whom it is about; null: nobody in particular
    payload BLOB NOT NULL,              -- sealed
    run_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    leased_until INTEGER,               -- null: nobody works on it
    last_fail TEXT,                     -- null: never failed
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX job_person ON job (person);
CREATE INDEX job_due ON job (run_at);
