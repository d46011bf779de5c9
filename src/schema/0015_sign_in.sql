-- SPDX-License-Identifier: Apache-2.0
-- What came of asking for codes and of showing who one is, while it was not shown.

-- How often, in an hour, from one block of addresses, with what was typed: the same row whether or not anybody is
-- known there, so that counting tells nothing. The jobs process makes rows of the audit of it when the hour is over, and
-- deletes it. At most some thousand rows an hour: what comes beyond them is counted in one.
CREATE TABLE sign_in_count (
    hour INTEGER NOT NULL,              -- since 1970
    event INTEGER NOT NULL,             -- enum SignInEvent
    value_key BLOB NOT NULL,            -- the mailbox or phone, as contact_point.value_key; empty: none was said
    person INTEGER NOT NULL,            -- whose passkey or session it was; 0: nobody's. No reference: it is only counted
    block_hash BLOB NOT NULL,           -- keyed hash of the block; empty: of many
    times INTEGER NOT NULL,
    PRIMARY KEY (hour, event, value_key, person, block_hash)
) STRICT, WITHOUT ROWID;
