-- SPDX-License-Identifier: Apache-2.0
-- What everybody's own page asks each time: how long somebody gave, when two talked for the third time, and what is asked
-- of whom when. Each index answers alone, since a contact's row is long.
CREATE INDEX contact_gave ON contact (by_person, at, outcome, minutes, travel_minutes, together, id);
CREATE INDEX contact_talk ON contact (match, outcome, at);
DROP INDEX checkin_match;
CREATE INDEX checkin_asked ON checkin (match, side, occasion, due_at);
