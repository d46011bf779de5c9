-- SPDX-License-Identifier: Apache-2.0
-- Words of a program's lists that tell of substance use: said of a family, they go with the notice of 42 CFR 2.32.
--
-- Read by tools/sql.py: a query that joins one of these with the words of the item gives Part2Words.
-- part2 item: request_wish.item request_wish_before.item request_code.item shortlist_reason.item
-- part2: import_batch.content

CREATE TABLE part2_item (
    item INTEGER PRIMARY KEY REFERENCES list_item (id)
) STRICT;

-- A spreadsheet of which whoever brought it said that some lines tell of it.
CREATE TABLE part2_import_batch (
    batch INTEGER PRIMARY KEY REFERENCES import_batch (id)
) STRICT;
