-- SPDX-License-Identifier: Apache-2.0
-- A family changes what it wishes: what it wished before stays readable, for it and for its coordinator.

-- One change; the columns say what held before it.
CREATE TABLE request_wish_change (
    id INTEGER PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES request (id),
    by_person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    relation INTEGER REFERENCES list_item (id),  -- null: not said
    age INTEGER REFERENCES list_item (id),       -- null: not said
    has_no_preference INTEGER NOT NULL,
    unlike INTEGER NOT NULL             -- bits 1 << ListKind: a difference was hoped for
) STRICT;
CREATE INDEX request_wish_change_request ON request_wish_change (request, at);

-- What was wished before it, as in request_wish.
CREATE TABLE request_wish_before (
    change INTEGER NOT NULL REFERENCES request_wish_change (id),
    item INTEGER NOT NULL REFERENCES list_item (id),
    kind INTEGER NOT NULL,
    is_required INTEGER NOT NULL,
    PRIMARY KEY (change, item)
) STRICT, WITHOUT ROWID;
