-- SPDX-License-Identifier: Apache-2.0
-- What flowed each way in a contact: said by each of the two for their own side, read by the two alone, and only while
-- both wish it. Nothing counts it.
CREATE TABLE contact_flow_wish (
    match INTEGER NOT NULL REFERENCES match (id),
    person INTEGER NOT NULL REFERENCES person (id), -- one of the two
    PRIMARY KEY (match, person)
) STRICT, WITHOUT ROWID;
ALTER TABLE contact ADD COLUMN flow_receiver INTEGER NOT NULL DEFAULT 0; -- enum ContactFlow; 0: nothing was said
ALTER TABLE contact ADD COLUMN flow_giver INTEGER NOT NULL DEFAULT 0;
