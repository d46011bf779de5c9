-- SPDX-License-Identifier: Apache-2.0
-- The ways in which people prove who they are, beside a code to their mailbox or phone.

-- A key in a person's phone, computer or pocket (WebAuthn). Only the public half is ever here.
CREATE TABLE passkey (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    credential BLOB NOT NULL UNIQUE,    -- the browser's name for it
    public_key BLOB NOT NULL,
    algorithm INTEGER NOT NULL,         -- enum WebauthnAlgorithm
    uses INTEGER NOT NULL,              -- the key's own counter, which must not go back; 0: it keeps none
    name TEXT NOT NULL,                 -- the person's own word for it
    created_at INTEGER NOT NULL,
    used_at INTEGER,                    -- null until it first signed in
    stopped_at INTEGER                  -- its counter went back: a copy may exist; null while it counts
) STRICT;
CREATE INDEX passkey_person ON passkey (person, created_at);

-- Challenges that were answered; each counts once. Those never answered leave no trace.
CREATE TABLE passkey_answered (
    challenge_hash BLOB PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_answered_at ON passkey_answered (at);

-- A person's passphrase, as Argon2id's own text.
CREATE TABLE passphrase (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    hash TEXT NOT NULL,
    is_long INTEGER NOT NULL,           -- has at least the characters that it needs alone
    set_at INTEGER NOT NULL
) STRICT;

-- A person's authenticator app (TOTP).
CREATE TABLE authenticator (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL UNIQUE REFERENCES person (id),
    secret BLOB NOT NULL,               -- sealed
    last_step INTEGER NOT NULL,         -- the half minute of the last code used; 0: none yet
    created_at INTEGER NOT NULL,
    confirmed_at INTEGER                -- null until the first code was right: until then it proves nothing
) STRICT;

-- Codes on paper for the day when a phone is lost. Ten at a time; new ones replace the old.
CREATE TABLE recovery_code (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    code_hash BLOB NOT NULL UNIQUE,     -- keyed
    created_at INTEGER NOT NULL,
    used_at INTEGER                     -- null until it is used
) STRICT;
CREATE INDEX recovery_code_person ON recovery_code (person);

-- Wrong tries with passphrases, app codes and recovery codes, under whatever was typed as who this is: known or
-- not, so that counting tells nothing.
CREATE TABLE proof_try (
    id INTEGER PRIMARY KEY,
    who_hash BLOB NOT NULL,             -- keyed hash of a mailbox or a person
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX proof_try_who ON proof_try (who_hash, at);
CREATE INDEX proof_try_at ON proof_try (at);

-- Devices from which somebody with a duty has signed in, in the neutral words of the session list.
CREATE TABLE known_device (
    person INTEGER NOT NULL REFERENCES person (id),
    device TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    PRIMARY KEY (person, device)
) STRICT, WITHOUT ROWID;

-- How a program wants people with a duty to sign in; without a row, the defaults of features/proof.
CREATE TABLE program_sign_in (
    program INTEGER PRIMARY KEY REFERENCES program (id),
    idle_us INTEGER NOT NULL,           -- signed out after this long without use
    longest_us INTEGER NOT NULL,        -- and after this long in any event
    grace_us INTEGER NOT NULL           -- a new duty counts this long with a code to the mailbox alone
) STRICT;
