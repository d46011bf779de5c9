-- SPDX-License-Identifier: Apache-2.0
-- Lines that are open, and what was asked last.

-- textline_of(person PersonId) -> one { phone_key Bytes, open_since Time?, step Int, step_at Time, code Int, wrong Int, request RequestId, offer OfferId, match MatchId, meeting MeetingId, shown Str, answers Int }
SELECT phone_key, open_since, step, step_at, code, wrong, request, offer, match, meeting, shown, answers
FROM text_line WHERE person = :person;

-- textline_ask(person PersonId, phone_key Bytes, step Int, now Time, code Int, request RequestId, offer OfferId, match MatchId, meeting MeetingId, shown Str, answers Int)
-- Another phone is another line: it has to be opened again.
INSERT INTO text_line (person, phone_key, open_since, step, step_at, code, wrong, request, offer, match, meeting, shown, answers)
VALUES (:person, :phone_key, NULL, :step, :now, :code, 0, :request, :offer, :match, :meeting, :shown, :answers)
ON CONFLICT (person) DO UPDATE SET
    open_since = CASE WHEN text_line.phone_key = excluded.phone_key THEN text_line.open_since END,
    phone_key = excluded.phone_key, step = excluded.step, step_at = excluded.step_at, code = excluded.code,
    wrong = 0, request = excluded.request, offer = excluded.offer, match = excluded.match,
    meeting = excluded.meeting, shown = excluded.shown, answers = excluded.answers;

-- textline_set_open(person PersonId, now Time) -> count
UPDATE text_line SET open_since = :now WHERE person = :person AND open_since IS NULL;

-- textline_count_wrong(person PersonId) -> count
UPDATE text_line SET wrong = wrong + 1 WHERE person = :person;

-- textline_drop_question(person PersonId) -> count
UPDATE text_line SET step = 0, shown = '' WHERE person = :person;

-- textline_delete(person PersonId) -> count
DELETE FROM text_line WHERE person = :person;

-- textline_lists(person PersonId) -> many { id RequestId }
-- Requests whose shortlist is with this person.
SELECT id FROM request WHERE person = :person AND state = 3 ORDER BY created_at, id LIMIT 10;

-- textline_requests(person PersonId) -> many { id RequestId }
-- The newest request on its way.
SELECT id FROM request WHERE person = :person AND state IN (1, 2, 3, 4, 6) ORDER BY created_at DESC, id LIMIT 1;

-- textline_walks(person PersonId) -> many { id MatchId }
-- Everyone this person walks with, on either side.
SELECT id FROM match WHERE receiver = :person AND state IN (1, 2, 3)
UNION ALL
SELECT id FROM match WHERE giver = :person AND state IN (1, 2, 3)
ORDER BY id LIMIT 50;
