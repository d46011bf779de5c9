-- SPDX-License-Identifier: Apache-2.0
-- The people and rows of the access matrix, for both engines. world.c puts numbers for :river, :hill, :now and :day.
--
-- Each situation has its rows under its own hundred: 1xx two people walk together, 2xx they did, 3xx a supporter is
-- invited, 4xx a family chooses, 5xx two people walk in another program, 6xx an information call nobody has taken,
-- 7xx two people walked together until the family stopped sharing, with the coordinators and with the supporter.

INSERT INTO person (id, called, lang, created_at) VALUES
    (11, 'Nadia', 0, :now), (12, 'Fay', 0, :now), (13, 'Gus', 0, :now), (14, 'Fred', 0, :now), (15, 'Pia', 0, :now),
    (16, 'Ana', 0, :now), (17, 'Ivo', 0, :now), (18, 'Cora', 0, :now), (19, 'Lea', 0, :now), (20, 'Kim', 0, :now),
    (21, 'Kay', 0, :now), (22, 'Ken', 0, :now), (23, 'Eva', 0, :now), (24, 'Elio', 0, :now), (25, 'Lou', 0, :now),
    (26, 'Zosia', 0, :now), (27, 'Tom', 0, :now), (28, 'Rita', 0, :now);

-- Kim coordinates here, Kay elsewhere, and Ken did so here until yesterday. Lou leads here, and Rita may open records in
-- an emergency.
INSERT INTO duty (id, program, person, kind, starts_at, ends_at, given_by) VALUES
    (120, :river, 20, 1, :now - 90 * :day, NULL, NULL),
    (521, :hill, 21, 1, :now - 90 * :day, NULL, NULL),
    (122, :river, 22, 1, :now - 90 * :day, :now - :day, NULL),
    (125, :river, 25, 3, :now - 90 * :day, NULL, NULL),
    (128, :river, 28, 4, :now - 90 * :day, NULL, NULL);

INSERT INTO offer (id, program, person, relation, about, capacity, load, standing, paused_until, is_cleared, version,
                   created_at) VALUES
    (102, :river, 13, NULL, 'I have been there.', 3, 1, 1, NULL, 1, 1, :now - 60 * :day),
    (202, :river, 14, NULL, 'I have been there.', 3, 0, 1, NULL, 1, 1, :now - 60 * :day),
    (302, :river, 17, NULL, 'I have been there.', 3, 1, 1, NULL, 1, 1, :now - 60 * :day),
    (402, :river, 19, NULL, 'I have been there.', 3, 0, 1, NULL, 1, 1, :now - 60 * :day),
    (502, :hill, 24, NULL, 'I have been there.', 3, 1, 1, NULL, 1, 1, :now - 60 * :day),
    (702, :river, 27, NULL, 'I have been there.', 3, 1, 1, NULL, 1, 1, :now - 60 * :day);

INSERT INTO request (id, program, person, kind, source, receipt_hash, lang, need, relation, age, hopes,
                     has_no_preference, state, state_at, due_at, taken_by, version, created_at, replied_at) VALUES
    (101, :river, 12, 1, 1, CAST('receipt 101' AS BLOB), 0,
     CAST('' AS BLOB), NULL, NULL, CAST('' AS BLOB), 1, 5,
     :now - 20 * :day, :now + :day, 20, 3, :now - 30 * :day, :now - 29 * :day),
    (201, :river, 15, 1, 1, CAST('receipt 201' AS BLOB), 0,
     CAST('' AS BLOB), NULL, NULL, CAST('' AS BLOB), 1, 8,
     :now - 2 * :day, :now + :day, 20, 3, :now - 30 * :day, :now - 29 * :day),
    (301, :river, 16, 1, 1, CAST('receipt 301' AS BLOB), 0,
     CAST('' AS BLOB), NULL, NULL, CAST('' AS BLOB), 1, 4,
     :now - :day, :now + :day, 20, 3, :now - 5 * :day, :now - 4 * :day),
    (401, :river, 18, 1, 1, CAST('receipt 401' AS BLOB), 0,
     CAST('' AS BLOB), NULL, NULL, CAST('' AS BLOB), 1, 3,
     :now - :day, :now + :day, 20, 3, :now - 5 * :day, :now - 4 * :day),
    (501, :hill, 23, 1, 1, CAST('receipt 501' AS BLOB), 0,
     CAST('' AS BLOB), NULL, NULL, CAST('' AS BLOB), 1, 5,
     :now - 20 * :day, :now + :day, 21, 3, :now - 30 * :day, :now - 29 * :day),
    (601, :river, 15, 2, 1, CAST('receipt 601' AS BLOB), 0,
     CAST('' AS BLOB), NULL, NULL, CAST('' AS BLOB), 1, 1,
     :now, :now + :day, NULL, 1, :now, NULL),
    (701, :river, 26, 1, 1, CAST('receipt 701' AS BLOB), 0,
     CAST('' AS BLOB), NULL, NULL, CAST('' AS BLOB), 1, 5,
     :now - 20 * :day, :now + :day, 20, 3, :now - 30 * :day, :now - 29 * :day);

INSERT INTO shortlist (id, request, made_by, policy, seed, state, made_at, answered_at) VALUES
    (103, 101, 20, 'test', 1, 2, :now - 22 * :day, :now - 21 * :day),
    (203, 201, 20, 'test', 1, 2, :now - 22 * :day, :now - 21 * :day),
    (303, 301, 20, 'test', 1, 2, :now - 2 * :day, :now - :day),
    (403, 401, 20, 'test', 1, 1, :now - :day, NULL),
    (503, 501, 21, 'test', 1, 2, :now - 22 * :day, :now - 21 * :day),
    (703, 701, 20, 'test', 1, 2, :now - 22 * :day, :now - 21 * :day);
INSERT INTO shortlist_entry (shortlist, position, offer, score, answer) VALUES
    (103, 1, 102, 10, 2), (203, 1, 202, 10, 2), (303, 1, 302, 10, 2), (403, 1, 402, 10, 1), (503, 1, 502, 10, 2),
    (703, 1, 702, 10, 2);

INSERT INTO invitation (id, request, offer, shortlist, state, created_at, due_at, answered_at) VALUES
    (104, 101, 102, 103, 2, :now - 21 * :day, :now - 20 * :day, :now - 20 * :day),
    (204, 201, 202, 203, 2, :now - 21 * :day, :now - 20 * :day, :now - 20 * :day),
    (304, 301, 302, 303, 1, :now - :day, :now + :day, NULL),
    (504, 501, 502, 503, 2, :now - 21 * :day, :now - 20 * :day, :now - 20 * :day),
    (704, 701, 702, 703, 2, :now - 21 * :day, :now - 20 * :day, :now - 20 * :day);

INSERT INTO match (id, program, request, offer, receiver, giver, state, state_at, due_at, receiver_agreed_at,
                   giver_agreed_at, began_at, first_contact_at, ended_at) VALUES
    (105, :river, 101, 102, 12, 13, 2, :now - 19 * :day, :now + :day, NULL, NULL, :now - 20 * :day, :now - 19 * :day,
     NULL),
    (205, :river, 201, 202, 15, 14, 4, :now - 2 * :day, :now + :day, :now - 20 * :day, :now - 20 * :day,
     :now - 20 * :day, :now - 19 * :day, :now - 2 * :day),
    (505, :hill, 501, 502, 23, 24, 2, :now - 19 * :day, :now + :day, NULL, NULL, :now - 20 * :day, :now - 19 * :day,
     NULL),
    (705, :river, 701, 702, 26, 27, 3, :now - 2 * :day, :now + :day, :now - 20 * :day, :now - 20 * :day,
     :now - 20 * :day, :now - 19 * :day, NULL);

INSERT INTO contact (match, at, id, by_person, kind, outcome, minutes, was_emotional, was_informational,
                     was_instrumental, was_affiliational, line, logged_at) VALUES
    (105, :now - 19 * :day, 106, 13, 1, 1, 30, 1, 0, 0, 0, CAST('' AS BLOB), :now - 19 * :day),
    (205, :now - 19 * :day, 206, 14, 1, 1, 30, 1, 0, 0, 0, CAST('' AS BLOB), :now - 19 * :day),
    (505, :now - 19 * :day, 506, 24, 1, 1, 30, 1, 0, 0, 0, CAST('' AS BLOB), :now - 19 * :day),
    (705, :now - 19 * :day, 706, 27, 1, 1, 30, 1, 0, 0, 0, CAST('' AS BLOB), :now - 19 * :day);

INSERT INTO promise (id, match, person, by_person, words, due_at, state, made_at) VALUES
    (120, 105, 12, 13, CAST('' AS BLOB), :now + :day, 1, :now - :day),
    (220, 205, 15, 14, CAST('' AS BLOB), :now + :day, 1, :now - 3 * :day),
    (520, 505, 23, 24, CAST('' AS BLOB), :now + :day, 1, :now - :day);

INSERT INTO message (id, match, person, by_person, words, capture, captured_at, arrived_at, reaches_at) VALUES
    (123, 105, 12, 13, CAST('' AS BLOB), NULL, :now - :day, :now - :day, :now - :day),
    (223, 205, 15, 14, CAST('' AS BLOB), NULL, :now - 3 * :day, :now - 3 * :day, :now - 3 * :day),
    (523, 505, 23, 24, CAST('' AS BLOB), NULL, :now - :day, :now - :day, :now - :day),
    (723, 705, 26, 26, CAST('' AS BLOB), NULL, :now - 3 * :day, :now - 3 * :day, :now - 3 * :day),
    (125, 105, 12, 12, CAST('' AS BLOB), NULL, :now, :now, :now + :day),
    (525, 505, 23, 23, CAST('' AS BLOB), NULL, :now, :now, :now + :day);
-- Both of 205 wrote a farewell; only who received wants one.
INSERT INTO goodbye (id, match, person, by_person, words, written_at) VALUES
    (224, 205, 15, 15, CAST('' AS BLOB), :now - :day), (225, 205, 15, 14, CAST('' AS BLOB), :now - :day);
INSERT INTO goodbye_welcome (match, person, since) VALUES (205, 15, :now - :day);
-- Hard days, on which somebody did not get through; and in a walk that rests.
INSERT INTO hard (id, program, match, receiver, giver, state, said_at, began_at, hour, answer, until_at, missed_since, look_at) VALUES
    (129, :river, 105, 12, 13, 2, :now - 3 * :day, :now - 2 * :day, 18, 1, :now + 2 * :day, :now - :day, :now + :day),
    (529, :hill, 505, 23, 24, 2, :now - :day, :now - :day, NULL, 0, :now + 10 * :day, NULL, :now + 10 * :day),
    (729, :river, 705, 26, 27, 2, :now - 3 * :day, :now - 3 * :day, 18, 1, :now + 10 * :day, :now - 3 * :day, :now + :day);
INSERT INTO hard_backup (id, hard, person, named_by, state, named_at, agreed_at, began_at) VALUES
    (130, 129, 14, 20, 3, :now - 2 * :day, :now - :day, :now - :day), (530, 529, 27, 21, 2, :now - :day, :now - :day, NULL);
INSERT INTO debrief (id, program, person, state, offered_at, fits, words, answered_at) VALUES
    (131, :river, 13, 2, :now - :day, CAST('' AS BLOB), CAST('' AS BLOB), :now - :day),
    (531, :hill, 24, 1, :now - :day, CAST('' AS BLOB), CAST('' AS BLOB), NULL);
INSERT INTO handing (id, match, person, by_person, what, whom, state, how, written_at) VALUES
    (132, 105, 12, 13, CAST('' AS BLOB), CAST('' AS BLOB), 1, 0, :now - :day),
    (532, 505, 23, 24, CAST('' AS BLOB), CAST('' AS BLOB), 1, 0, :now - :day);
INSERT INTO callout (id, match, receiver, giver, by_person, at, came, supporter, helped, otherwise, written_at, hello_at) VALUES
    (135, 105, 12, 13, 13, :now - :day, 1, 3, CAST('' AS BLOB), CAST('' AS BLOB), :now - :day / 2, :now),
    (535, 505, 23, 24, 24, :now - :day, 1, 3, CAST('' AS BLOB), CAST('' AS BLOB), :now - :day / 2, :now);
INSERT INTO bridge (id, match, receiver, giver, kind, day, made_at) VALUES
    (133, 105, 12, 13, 1, :now - :day, :now - 5 * :day), (533, 505, 23, 24, 2, :now + :day, :now - :day);
INSERT INTO bridge_step (id, bridge, person, by_person, stage, words, due_at, made_at) VALUES
    (134, 133, 12, 13, 1, CAST('' AS BLOB), :now - 8 * :day, :now - 5 * :day),
    (534, 533, 23, 24, 1, CAST('' AS BLOB), :now - 6 * :day, :now - :day);
INSERT INTO part2_bridge_step (bridge_step) VALUES (134);
INSERT INTO help (id, program, match, person, words, asked_at, answer) VALUES
    (124, :river, 105, 12, CAST('' AS BLOB), :now - :day, CAST('' AS BLOB)),
    (524, :hill, 505, 24, CAST('' AS BLOB), :now - :day, CAST('' AS BLOB));
INSERT INTO capture_aside (id, person, match, capture, kind, reason, words, captured_at, kept_at, dropped_at) VALUES
    (126, 13, 105, CAST('capture 126' AS BLOB), 1, 3, CAST('' AS BLOB), :now - :day, :now, NULL),
    (526, 23, 505, CAST('capture 526' AS BLOB), 2, 3, CAST('' AS BLOB), :now - :day, :now, NULL);
-- A draft that waits; what was agreed to in a walk that ended; a peer's note that is no longer shared.
INSERT INTO program_note (program, mode, since, by_person) VALUES (:river, 2, :now - 60 * :day, 25), (:hill, 3, :now - 60 * :day, 21);
INSERT INTO note (id, match, person, by_person, mode, state, version, strengths, talked, next, replaces, written_at, changed_at, stands_at) VALUES
    (127, 105, 12, 13, 2, 1, 1, CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), NULL, :now - :day, :now - :day, NULL),
    (227, 205, 15, 14, 2, 2, 1, CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), NULL, :now - 5 * :day, :now - 5 * :day, :now - 4 * :day),
    (527, 505, 23, 24, 3, 5, 1, CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), NULL, :now - :day, :now - :day, :now - :day),
    (727, 705, 26, 27, 3, 5, 1, CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), NULL, :now - 5 * :day, :now - 5 * :day, :now - 5 * :day);
INSERT INTO note_beside (id, note, by_person, words, is_otherwise, is_kept, at) VALUES
    (128, 127, 12, CAST('' AS BLOB), 0, 1, :now), (528, 527, 23, CAST('' AS BLOB), 1, 1, :now);
INSERT INTO message_reader (person, match, seen_at, tell_at, told_at) VALUES
    (12, 105, 0, NULL, NULL), (15, 205, 0, NULL, NULL), (23, 505, 0, NULL, NULL), (27, 705, 0, NULL, NULL);
-- One is set, and one that was before the walk ended.
INSERT INTO meeting (id, match, person, how, minutes, place, state, starts_at, sequence, made_at, state_at) VALUES
    (123, 105, 12, 1, 30, CAST('' AS BLOB), 2, (:now + :day) / 900000000 * 900000000, 0, :now - :day, :now - :day),
    (223, 205, 15, 3, 60, CAST('' AS BLOB), 2, (:now - 3 * :day) / 900000000 * 900000000, 0, :now - 5 * :day, :now - 5 * :day),
    (523, 505, 23, 1, 15, CAST('' AS BLOB), 1, NULL, 0, :now - :day, :now - :day);
INSERT INTO meeting_time (meeting, starts_at, by_person) VALUES (523, :now + 2 * :day, 24);

INSERT INTO goal (id, person, words, kind, place, state, made_at, state_at) VALUES
    (121, 12, CAST('' AS BLOB), 1, 1, 1, :now - :day, :now - :day),
    (521, 23, CAST('' AS BLOB), 1, 1, 1, :now - :day, :now - :day),
    (721, 26, CAST('' AS BLOB), 1, 1, 1, :now - :day, :now - :day);
INSERT INTO goal_step (id, goal, person, words, who, due_at, done_at, made_at) VALUES
    (122, 121, 12, CAST('' AS BLOB), 1, NULL, NULL, :now - :day),
    (522, 521, 23, CAST('' AS BLOB), 1, NULL, NULL, :now - :day);
INSERT INTO goal_practice (id, step, person, words, helped, day, made_at) VALUES
    (135, 122, 12, CAST('' AS BLOB), CAST('' AS BLOB), :now - :day, :now - :day),
    (535, 522, 23, CAST('' AS BLOB), CAST('' AS BLOB), :now - :day, :now - :day);
-- Who is there for the family, and for the one elsewhere; the words come from world.c.
INSERT INTO circle_member (id, person, called, helps, kind, near, since, gone_at) VALUES
    (126, 12, CAST('' AS BLOB), CAST('' AS BLOB), 1, 1, :now - 2 * :day, NULL),
    (526, 23, CAST('' AS BLOB), CAST('' AS BLOB), 2, 3, :now - 2 * :day, NULL);
INSERT INTO toolbox_card (id, person, words, kind, is_trial, place, made_at) VALUES
    (130, 12, CAST('' AS BLOB), 1, 0, 1, :now - :day), (530, 23, CAST('' AS BLOB), 5, 1, 1, :now - :day),
    (730, 26, CAST('' AS BLOB), 2, 0, 1, :now - :day);
-- Own words, passed on to who walks with them; the one who stopped sharing had done so before.
INSERT INTO carry (id, match, person, words, is_part2, written_at, passed_at) VALUES
    (131, 105, 12, CAST('' AS BLOB), 0, :now - :day, :now - :day), (531, 505, 23, CAST('' AS BLOB), 0, :now - :day, :now - :day),
    (731, 705, 26, CAST('' AS BLOB), 0, :now - 4 * :day, :now - 4 * :day);
INSERT INTO carry_unread (match, reader) SELECT c.match, m.giver FROM carry c JOIN match m ON m.id = c.match;
-- Opened like the goals, each with a step and an idea.
INSERT INTO sheet (id, person, kind, day_at, called, want, questions, speak_me, speak_giver, speak_kin, speak_other, bring,
                   decided, later, had_seat, had_say, unsaid, made_at, changed_at)
SELECT x.id, x.person, 1, NULL, x.b, x.b, x.b, x.b, x.b, x.b, x.b, x.b, x.b, x.b, 3, 3, x.b, :now - :day, :now - :day
FROM (SELECT 129 AS id, 12 AS person, CAST('' AS BLOB) AS b UNION ALL SELECT 529, 23, CAST('' AS BLOB)
      UNION ALL SELECT 729, 26, CAST('' AS BLOB)) AS x;
INSERT INTO sheet_step (id, sheet, person, words, who, due_at, done_at, came_of, made_at) VALUES
    (130, 129, 12, CAST('' AS BLOB), 1, NULL, NULL, CAST('' AS BLOB), :now - :day),
    (530, 529, 23, CAST('' AS BLOB), 1, NULL, NULL, CAST('' AS BLOB), :now - :day);
INSERT INTO sheet_idea (id, sheet, person, by_person, words, at, taken_at) VALUES
    (131, 129, 12, 13, CAST('' AS BLOB), :now - :day, NULL), (531, 529, 23, 24, CAST('' AS BLOB), :now - :day, NULL);
INSERT INTO barrier (id, person, words, made_at, gone_at) VALUES
    (132, 12, CAST('' AS BLOB), :now - :day, NULL), (532, 23, CAST('' AS BLOB), :now - :day, NULL),
    (732, 26, CAST('' AS BLOB), :now - :day, NULL);
INSERT INTO barrier_try (id, barrier, person, words, came_of, at) VALUES
    (133, 132, 12, CAST('' AS BLOB), CAST('' AS BLOB), :now - :day), (533, 532, 23, CAST('' AS BLOB), CAST('' AS BLOB), :now - :day);
INSERT INTO document (id, person, called, kind, bytes, added_at, content) VALUES
    (134, 12, CAST('' AS BLOB), 4, 9, :now - :day, CAST('' AS BLOB)), (534, 23, CAST('' AS BLOB), 4, 9, :now - :day, CAST('' AS BLOB));
-- One waits to be read, one elsewhere is shown, and a draft of the one who stopped sharing is nobody's.
INSERT INTO hope (id, program, person, words, lang, is_named, state, said, by_person, written_at, state_at) VALUES
    (132, :river, 12, CAST('' AS BLOB), 1, 1, 2, CAST('' AS BLOB), NULL, :now - :day, :now - :day),
    (532, :hill, 23, CAST('' AS BLOB), 1, 1, 2, CAST('' AS BLOB), NULL, :now - :day, :now - :day),
    (732, :river, 26, CAST('' AS BLOB), 1, 0, 1, CAST('' AS BLOB), NULL, :now - :day, :now - :day);
INSERT INTO hope_wish (id, program, person, kind, since, answer, answered_by, answered_at) VALUES
    (133, :river, 12, 1, :now - :day, CAST('' AS BLOB), NULL, NULL), (533, :hill, 23, 2, :now - :day, CAST('' AS BLOB), NULL, NULL);
-- A goal, a card, a sheet and a barrier, opened to who walks with them; the one who stopped sharing had done so before.
INSERT INTO reader (match, kind, thing, since) VALUES
    (105, 1, 121, :now - :day), (105, 2, 130, :now - :day), (105, 3, 129, :now - :day), (105, 4, 132, :now - :day),
    (705, 1, 721, :now - 3 * :day), (705, 2, 730, :now - 3 * :day), (705, 3, 729, :now - 3 * :day), (705, 4, 732, :now - 3 * :day);

-- A step that who gives proposed; the words come from world.c.
INSERT INTO goal_proposal (id, goal, match, person, by_person, words, who, state, step, made_at, state_at) VALUES
    (129, 121, 105, 12, 13, CAST('' AS BLOB), 1, 1, NULL, :now - :day, :now - :day),
    (529, 521, 505, 23, 24, CAST('' AS BLOB), 1, 1, NULL, :now - :day, :now - :day);

INSERT INTO progress (request, at, id, person, value, occasion, words) VALUES
    (101, :now - 20 * :day, 108, 12, 3, 1, CAST('' AS BLOB)), (501, :now - 20 * :day, 508, 23, 3, 1, CAST('' AS BLOB));

INSERT INTO checkin (id, match, program, side, occasion, due_at, state, done_at, done_by, words) VALUES
    (109, 105, :river, 1, 1, :now - :day, 1, NULL, NULL, CAST('' AS BLOB)), (110, 105, :river, 2, 1, :now - :day, 1, NULL, NULL, CAST('' AS BLOB)),
    (209, 205, :river, 1, 1, :now - 5 * :day, 2, :now - 5 * :day, 20, CAST('' AS BLOB)),
    (210, 205, :river, 2, 1, :now - 5 * :day, 2, :now - 5 * :day, 20, CAST('' AS BLOB)),
    (509, 505, :hill, 1, 1, :now - :day, 1, NULL, NULL, CAST('' AS BLOB)), (510, 505, :hill, 2, 1, :now - :day, 1, NULL, NULL, CAST('' AS BLOB)),
    (709, 705, :river, 1, 1, :now - :day, 1, NULL, NULL, CAST('' AS BLOB)), (710, 705, :river, 2, 1, :now - :day, 1, NULL, NULL, CAST('' AS BLOB));

INSERT INTO import_batch (id, program, by_person, kind, state, filename, content, mapping, row_count, created_at,
                          done_at) VALUES
    (111, :river, 20, 1, 2, 'list.csv', CAST('' AS BLOB), '', 0, :now - 3 * :day, :now - 3 * :day),
    (511, :hill, 21, 1, 2, 'list.csv', CAST('' AS BLOB), '', 0, :now - 3 * :day, :now - 3 * :day);

INSERT INTO round (id, program, made_by, made_at, policy, seed, waiting, placed, objective, bound, envy, version) VALUES
    (112, :river, 20, :now - 3 * :day, 'plain-4', 7, 1, 1, 400, 400, 0, 1),
    (512, :hill, 21, :now - 3 * :day, 'plain-4', 7, 1, 1, 400, 400, 0, 1);
INSERT INTO round_proposal (round, request, position, offer, language, score, is_by_hand, shortlist) VALUES
    (112, 101, 1, 102, NULL, 100, 0, NULL), (112, 701, 2, 702, NULL, 100, 0, NULL), (512, 501, 1, 502, NULL, 100, 0, NULL);

-- Two drafts that read like what every program starts with.
INSERT INTO policy (id, program, name, text, why, state, version, drafted_by, drafted_at, reason)
SELECT CASE p.id WHEN :river THEN 113 ELSE 513 END, p.id, 'draft-2', 'policy draft-2
method best-sum
experience rule common first 60 chosen 40 coded 15
system rule free first 20 chosen 20 coded 10
role rule if-said first 0 chosen 0 coded 0
language rule common first 15 chosen 5 coded 2
relation rule free first 12 chosen 12 coded 6
age rule free first 10 chosen 10 coded 5
time rule if-said first 4 chosen 4 coded 2
channel rule if-said first 4 chosen 4 coded 2
region rule free first 8 chosen 8 coded 4
culture rule free first 10 chosen 10 coded 0
gender rule free first 10 chosen 10 coded 0
funding rule if-said first 0 chosen 0 coded 0
known 30
listed-penalty 15
fit 4
day 4
urgent 120
hold-hours 72
', '', 1, 1,
       CASE p.id WHEN :river THEN 20 ELSE 21 END, :now - :day, ''
FROM program p WHERE p.id IN (:river, :hill);

-- What each family shares, with those who coordinate and with whom it chose; in 7xx no longer. Who asked 201 and 601 gives
-- those who coordinate no more than name and request.
INSERT INTO consent_text (id, hash, lang, words) VALUES (1, CAST('words' AS BLOB), 0, 'I share this.');
INSERT INTO consent (id, person, program, request, items, to_kind, to_person, purpose, until_event, until_at, how, lang,
                     text, text_hash, signs, rule, witness, given_at, stopped_at, stopped_by) VALUES
    (114, 12, :river, 101, 63, 1, NULL, 1, 1, :now + 600 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (115, 12, :river, 101, 23, 2, 13, 2, 2, :now + 600 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (214, 15, :river, 201, 3, 1, NULL, 1, 1, :now + 600 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (215, 15, :river, 201, 23, 2, 14, 2, 2, :now + 600 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (314, 16, :river, 301, 63, 1, NULL, 1, 1, :now + 600 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (315, 16, :river, 301, 23, 2, 17, 2, 2, :now + 600 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (414, 18, :river, 401, 63, 1, NULL, 1, 1, :now + 600 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (514, 23, :hill, 501, 63, 1, NULL, 1, 1, :now + 600 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (515, 23, :hill, 501, 23, 2, 24, 2, 2, :now + 600 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (614, 15, :river, 601, 3, 1, NULL, 1, 1, :now + 600 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (714, 26, :river, 701, 63, 1, NULL, 1, 1, :now + 600 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, :now - 2 * :day, 26),
    (715, 26, :river, 701, 23, 2, 27, 2, 2, :now + 600 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, :now - 2 * :day, 26),
    -- To who stands by in hard days, and to who is asked to.
    (118, 12, :river, 101, 133, 4, 14, 7, 3, :now + 60 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - :day, NULL, NULL),
    (518, 23, :hill, 501, 1, 4, 27, 7, 3, :now + 60 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - :day, NULL, NULL),
    -- To an organization: 501 all of it, also what is marked; 201 as much, of which those who coordinate share the least;
    -- 701 stopped.
    (516, 23, :hill, 501, 511, 3, NULL, 3, 1, :now + 60 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (116, 12, :river, 101, 511, 3, NULL, 5, 1, :now + 60 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (216, 15, :river, 201, 255, 3, NULL, 6, 1, :now + 60 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, NULL, NULL),
    (716, 26, :river, 701, 511, 3, NULL, 3, 1, :now + 60 * :day, 1, 0, 1, CAST('words' AS BLOB), 1, NULL, NULL,
     :now - 30 * :day, :now - 2 * :day, 26);
INSERT INTO consent_organization (id, consent, called, whom, why) VALUES
    (516, 516, CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB)),
    (116, 116, CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB)),
    (216, 216, CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB)),
    (716, 716, CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB));
INSERT INTO consent_signature (consent, side, person, at)
SELECT c.id, 1, c.person, c.given_at FROM consent c;
INSERT INTO sharing (request, with_person, items, until_at, consent) VALUES
    (101, 14, 133, :now + 60 * :day, 118), (501, 27, 1, :now + 60 * :day, 518),
    (101, 0, 63, :now + 600 * :day, 114), (101, 13, 23, :now + 600 * :day, 115),
    (201, 0, 3, :now + 600 * :day, 214), (201, 14, 23, :now + 600 * :day, 215),
    (301, 0, 63, :now + 600 * :day, 314), (301, 17, 23, :now + 600 * :day, 315),
    (401, 0, 63, :now + 600 * :day, 414), (501, 0, 63, :now + 600 * :day, 514),
    (501, 24, 23, :now + 600 * :day, 515), (601, 0, 3, :now + 600 * :day, 614);
-- Fay, Eva and who stopped sharing let those who walk with them and their coordinators read their cards; Pia nobody.
INSERT INTO safety_now (person, hours, zone, for_giver, for_coordinator) VALUES
    (12, '', 'America/New_York', 1, 1), (26, '', 'America/New_York', 1, 1), (15, '', 'America/New_York', 0, 0), (23, '', 'America/New_York', 1, 1);
INSERT INTO safety_card (id, person, version, by_person, at, lang, safe, call, not_call, worse, helps, hours, zone,
                         for_giver, for_coordinator) VALUES
    (118, 12, 1, 12, :now - :day, 0,
     CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), '', 'America/New_York', 1, 1),
    (218, 15, 1, 15, :now - :day, 0,
     CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), '', 'America/New_York', 0, 0),
    (718, 26, 1, 26, :now - :day, 0,
     CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), '', 'America/New_York', 1, 1),
    (518, 23, 1, 23, :now - :day, 0,
     CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB), '', 'America/New_York', 1, 1);


INSERT INTO passkey (id, person, credential, public_key, algorithm, uses, name, created_at) VALUES
    (114, 12, CAST('one' AS BLOB), CAST('key' AS BLOB), -7, 0, 'Phone', 1),
    (514, 23, CAST('two' AS BLOB), CAST('key' AS BLOB), -7, 0, 'Phone', 1);

-- 18, who is young, has a parent's signature: 14's.
INSERT INTO guardian (id, program, person, parent, link, lang, words, since, ended_at, ended_why) VALUES
  (417, :river, 18, 14, 418, 0, CAST('' AS BLOB), :now - 1000000, NULL, NULL);

-- Rita has opened the record of 7xx; what she opened of 2xx is over.
INSERT INTO emergency (id, program, person, by_person, reason, opened_at, ends_at) VALUES
    (716, :river, 26, 28, CAST('' AS BLOB), :now, :now + :day),
    (216, :river, 15, 28, CAST('' AS BLOB), :now - 2 * :day, :now - :day);

-- Two who open their space with a word of theirs.
INSERT INTO youth_word (person, made, set_at, tries, tries_since) VALUES (12, 'word', :now, 0, :now), (23, 'word', :now, 0, :now);

-- The two programs use a provider's form.
INSERT INTO provider_form (id, program, version, name, filled_by, review_days, by_person, at) VALUES
    (119, :river, 1, 'Plan', '', 90, 20, :now), (519, :hill, 1, 'Plan', '', 90, 21, :now);
INSERT INTO provider_heading (form, position, title) VALUES (119, 1, 'Signs'), (519, 1, 'Signs');
