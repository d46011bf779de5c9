-- SPDX-License-Identifier: Apache-2.0
-- What a person's own page lists comes out of an index in its order: SQLite makes a table of its own for every sort.
CREATE INDEX program_created ON program (created_at);
DROP INDEX request_person;
CREATE INDEX request_person ON request (person, created_at);
DROP INDEX contact_point_person;
CREATE INDEX contact_point_person ON contact_point (person, created_at);
CREATE INDEX capture_aside_person ON capture_aside (person) WHERE dropped_at IS NULL;
