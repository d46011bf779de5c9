-- SPDX-License-Identifier: Apache-2.0
-- What may tell of somebody's substance use (42 CFR part 2), marked at the very item by whoever wrote it down.

CREATE TABLE part2_note (
    note INTEGER PRIMARY KEY REFERENCES request_note (id)
) STRICT;
