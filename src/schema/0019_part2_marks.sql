-- SPDX-License-Identifier: Apache-2.0
-- What may tell of somebody's substance use beside notes (42 CFR part 2), each marked at the very item.
--
-- The next lines are read by tools/sql.py: a query that gives such a column out gives Part2Words (doc/queries.md).
-- part2: request.need request.hopes request_note.words contact.line contact_answer.words checkin.words
-- part2: import_row.original import_row.unparsed

-- A request's own words, as the family or whoever wrote them down for it said.
CREATE TABLE part2_request (
    request INTEGER PRIMARY KEY REFERENCES request (id)
) STRICT;

CREATE TABLE part2_contact (
    contact INTEGER PRIMARY KEY REFERENCES contact (id)
) STRICT;

CREATE UNIQUE INDEX contact_answer_id ON contact_answer (id);
CREATE TABLE part2_contact_answer (
    answer INTEGER PRIMARY KEY REFERENCES contact_answer (id)
) STRICT;

CREATE TABLE part2_checkin (
    checkin INTEGER PRIMARY KEY REFERENCES checkin (id)
) STRICT;

-- A line of a spreadsheet: marked when whoever brought it said so of the file.
CREATE TABLE part2_import_row (
    line INTEGER PRIMARY KEY REFERENCES import_row (id)
) STRICT;
