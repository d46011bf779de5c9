-- SPDX-License-Identifier: Apache-2.0
-- A key that may only be there once.
CREATE TABLE mark (
    key TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX thing_at ON thing (at);
