-- SPDX-License-Identifier: Apache-2.0
-- Where two people met, and how long the way there was.

ALTER TABLE contact ADD COLUMN venue INTEGER NOT NULL DEFAULT 0;          -- enum ContactVenue; 0: nothing was said
-- There and back; also of a try, as when nobody is at home.
ALTER TABLE contact ADD COLUMN travel_minutes INTEGER NOT NULL DEFAULT 0;
