-- SPDX-License-Identifier: Apache-2.0
-- The people and rows of the access matrix, for both engines. world.c puts numbers for :river, :hill, :now and :day.
--
-- Each situation has its rows under its own hundred: 1xx two people walk together, 2xx they did, 3xx a supporter is
-- invited, 4xx a family chooses, 5xx two people walk in another program, 6xx an information call nobody has taken.

INSERT INTO person (id, called, lang, created_at) VALUES
    (11, 'Nadia', 0, :now), (12, 'Fay', 0, :now), (13, 'Gus', 0, :now), (14, 'Fred', 0, :now), (15, 'Pia', 0, :now),
    (16, 'Ana', 0, :now), (17, 'Ivo', 0, :now), (18, 'Cora', 0, :now), (19, 'Lea', 0, :now), (20, 'Kim', 0, :now),
    (21, 'Kay', 0, :now), (22, 'Ken', 0, :now), (23, 'Eva', 0, :now), (24, 'Elio', 0, :now);

INSERT INTO contact_point (id, person, kind, value, value_key, may_voicemail, may_text, safe_times, created_at) VALUES
    (107, 12, 1, 'fay@example.org', 'fay@example.org', 1, 1, '', :now),
    (207, 15, 1, 'pia@example.org', 'pia@example.org', 1, 1, '', :now),
    (307, 16, 1, 'ana@example.org', 'ana@example.org', 1, 1, '', :now),
    (407, 18, 1, 'cora@example.org', 'cora@example.org', 1, 1, '', :now),
    (507, 23, 1, 'eva@example.org', 'eva@example.org', 1, 1, '', :now);

-- Kim coordinates here, Kay elsewhere, and Ken did so here until yesterday.
INSERT INTO duty (id, program, person, kind, starts_at, ends_at, given_by) VALUES
    (120, :river, 20, 1, :now - 90 * :day, NULL, NULL),
    (521, :hill, 21, 1, :now - 90 * :day, NULL, NULL),
    (122, :river, 22, 1, :now - 90 * :day, :now - :day, NULL);

INSERT INTO offer (id, program, person, relation, about, capacity, load, standing, paused_until, is_cleared, version,
                   created_at) VALUES
    (102, :river, 13, NULL, 'I have been there.', 3, 1, 1, NULL, 1, 1, :now - 60 * :day),
    (202, :river, 14, NULL, 'I have been there.', 3, 0, 1, NULL, 1, 1, :now - 60 * :day),
    (302, :river, 17, NULL, 'I have been there.', 3, 1, 1, NULL, 1, 1, :now - 60 * :day),
    (402, :river, 19, NULL, 'I have been there.', 3, 0, 1, NULL, 1, 1, :now - 60 * :day),
    (502, :hill, 24, NULL, 'I have been there.', 3, 1, 1, NULL, 1, 1, :now - 60 * :day);

INSERT INTO request (id, program, person, kind, source, receipt_hash, lang, need, relation, age, hopes,
                     has_no_preference, state, state_at, due_at, taken_by, version, created_at, replied_at) VALUES
    (101, :river, 12, 1, 1, CAST('receipt 101' AS BLOB), 0, 'Somebody who listens.', NULL, NULL, '', 1, 5,
     :now - 20 * :day, :now + :day, 20, 3, :now - 30 * :day, :now - 29 * :day),
    (201, :river, 15, 1, 1, CAST('receipt 201' AS BLOB), 0, 'Somebody who listens.', NULL, NULL, '', 1, 8,
     :now - 2 * :day, :now + :day, 20, 3, :now - 30 * :day, :now - 29 * :day),
    (301, :river, 16, 1, 1, CAST('receipt 301' AS BLOB), 0, 'Somebody who listens.', NULL, NULL, '', 1, 4,
     :now - :day, :now + :day, 20, 3, :now - 5 * :day, :now - 4 * :day),
    (401, :river, 18, 1, 1, CAST('receipt 401' AS BLOB), 0, 'Somebody who listens.', NULL, NULL, '', 1, 3,
     :now - :day, :now + :day, 20, 3, :now - 5 * :day, :now - 4 * :day),
    (501, :hill, 23, 1, 1, CAST('receipt 501' AS BLOB), 0, 'Somebody who listens.', NULL, NULL, '', 1, 5,
     :now - 20 * :day, :now + :day, 21, 3, :now - 30 * :day, :now - 29 * :day),
    (601, :river, 15, 2, 1, CAST('receipt 601' AS BLOB), 0, '', NULL, NULL, '', 1, 1,
     :now, :now + :day, NULL, 1, :now, NULL);

INSERT INTO shortlist (id, request, made_by, policy, seed, state, made_at, answered_at) VALUES
    (103, 101, 20, 'test', 1, 2, :now - 22 * :day, :now - 21 * :day),
    (203, 201, 20, 'test', 1, 2, :now - 22 * :day, :now - 21 * :day),
    (303, 301, 20, 'test', 1, 2, :now - 2 * :day, :now - :day),
    (403, 401, 20, 'test', 1, 1, :now - :day, NULL),
    (503, 501, 21, 'test', 1, 2, :now - 22 * :day, :now - 21 * :day);
INSERT INTO shortlist_entry (shortlist, position, offer, score, answer) VALUES
    (103, 1, 102, 10, 2), (203, 1, 202, 10, 2), (303, 1, 302, 10, 2), (403, 1, 402, 10, 1), (503, 1, 502, 10, 2);

INSERT INTO invitation (id, request, offer, shortlist, state, words, created_at, due_at, answered_at) VALUES
    (104, 101, 102, 103, 2, '', :now - 21 * :day, :now - 20 * :day, :now - 20 * :day),
    (204, 201, 202, 203, 2, '', :now - 21 * :day, :now - 20 * :day, :now - 20 * :day),
    (304, 301, 302, 303, 1, '', :now - :day, :now + :day, NULL),
    (504, 501, 502, 503, 2, '', :now - 21 * :day, :now - 20 * :day, :now - 20 * :day);

INSERT INTO match (id, program, request, offer, receiver, giver, state, state_at, due_at, receiver_agreed_at,
                   giver_agreed_at, began_at, first_contact_at, ended_at) VALUES
    (105, :river, 101, 102, 12, 13, 2, :now - 19 * :day, :now + :day, NULL, NULL, :now - 20 * :day, :now - 19 * :day,
     NULL),
    (205, :river, 201, 202, 15, 14, 4, :now - 2 * :day, :now + :day, :now - 20 * :day, :now - 20 * :day,
     :now - 20 * :day, :now - 19 * :day, :now - 2 * :day),
    (505, :hill, 501, 502, 23, 24, 2, :now - 19 * :day, :now + :day, NULL, NULL, :now - 20 * :day, :now - 19 * :day,
     NULL);

INSERT INTO contact (match, at, id, by_person, kind, outcome, minutes, was_emotional, was_informational,
                     was_instrumental, was_affiliational, line, logged_at) VALUES
    (105, :now - 19 * :day, 106, 13, 1, 1, 30, 1, 0, 0, 0, 'We talked.', :now - 19 * :day),
    (205, :now - 19 * :day, 206, 14, 1, 1, 30, 1, 0, 0, 0, 'We talked.', :now - 19 * :day),
    (505, :now - 19 * :day, 506, 24, 1, 1, 30, 1, 0, 0, 0, 'We talked.', :now - 19 * :day);

INSERT INTO progress (request, at, id, person, value, occasion, words) VALUES
    (101, :now - 20 * :day, 108, 12, 3, 1, ''), (501, :now - 20 * :day, 508, 23, 3, 1, '');

INSERT INTO checkin (id, match, program, side, occasion, due_at, state, done_at, done_by, words) VALUES
    (109, 105, :river, 1, 1, :now - :day, 1, NULL, NULL, ''), (110, 105, :river, 2, 1, :now - :day, 1, NULL, NULL, ''),
    (209, 205, :river, 1, 1, :now - 5 * :day, 2, :now - 5 * :day, 20, 'Well.'),
    (210, 205, :river, 2, 1, :now - 5 * :day, 2, :now - 5 * :day, 20, 'Well.'),
    (509, 505, :hill, 1, 1, :now - :day, 1, NULL, NULL, ''), (510, 505, :hill, 2, 1, :now - :day, 1, NULL, NULL, '');

INSERT INTO import_batch (id, program, by_person, kind, state, filename, content, mapping, row_count, created_at,
                          done_at) VALUES
    (111, :river, 20, 1, 2, 'list.csv', CAST('' AS BLOB), '', 0, :now - 3 * :day, :now - 3 * :day),
    (511, :hill, 21, 1, 2, 'list.csv', CAST('' AS BLOB), '', 0, :now - 3 * :day, :now - 3 * :day);
