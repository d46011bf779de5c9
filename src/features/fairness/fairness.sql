-- SPDX-License-Identifier: Apache-2.0
-- Who asked in a time and how far they came, and how often each supporter was listed. Numbers and keys only, in the
-- order of an index, so that both lists of a page can be read side by side.

-- fairness_row_families(program ProgramId, now Time, since Time, most Int) -> many { id RequestId, asked_at Time, state Int, state_at Time, is_listed Bool, is_chosen Bool, accepted_at Time? }
SELECT r.id, r.created_at AS asked_at, r.state, r.state_at,
       CASE WHEN EXISTS (SELECT 1 FROM shortlist s WHERE s.request = r.id) THEN 1 ELSE 0 END AS is_listed,
       CASE WHEN EXISTS (SELECT 1 FROM invitation i WHERE i.request = r.id) THEN 1 ELSE 0 END AS is_chosen,
       (SELECT MIN(m.began_at) FROM match m WHERE m.request = r.id) AS accepted_at
FROM request r WHERE r.program = :program AND r.created_at >= :since AND r.kind = 1
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now)
ORDER BY r.created_at, r.id LIMIT :most;

-- fairness_row_wishes(program ProgramId, now Time, since Time, most Int) -> many { request RequestId, item ListItemId }
-- What these families said of language, role, region and culture.
SELECT w.request, w.item FROM request r JOIN request_wish w ON w.request = r.id
WHERE r.program = :program AND r.created_at >= :since AND r.kind = 1
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = r.id AND s.with_person = 0 AND s.until_at > :now)
AND w.item IN (SELECT l.id FROM list_item l WHERE l.program = :program AND l.list IN (2, 7, 9, 10))
ORDER BY r.created_at, r.id, w.item LIMIT :most;

-- fairness_row_supporters(program ProgramId, since Time, most Int) -> many { id OfferId, called Str, listed Int, chosen Int, accepted Int }
-- By name, of all who may be listed now: families on whose lists they stood, who chose them, whom
-- they said yes to. A list that goes on after a no is still the list of that family.
SELECT o.id, p.called,
       CAST((SELECT COUNT(DISTINCT s.request) FROM shortlist_entry e JOIN shortlist s ON s.id = e.shortlist
             WHERE e.offer = o.id AND s.made_at >= :since) AS BIGINT) AS listed,
       CAST((SELECT COUNT(*) FROM invitation i WHERE i.offer = o.id AND i.created_at >= :since) AS BIGINT) AS chosen,
       CAST((SELECT COUNT(*) FROM match m WHERE m.offer = o.id AND m.began_at >= :since) AS BIGINT) AS accepted
FROM offer o JOIN person p ON p.id = o.person
WHERE o.program = :program AND o.standing <> 4 AND o.is_cleared = 1 ORDER BY p.called, o.id LIMIT :most;

-- ---- counted ahead ----

-- fairness_ahead_programs() -> many { program ProgramId, asked Int, is_counted Bool }
SELECT p.id AS program, CAST((SELECT COUNT(*) FROM request r WHERE r.program = p.id) AS BIGINT) AS asked,
       CASE WHEN EXISTS (SELECT 1 FROM fairness_count c WHERE c.program = p.id) THEN 1 ELSE 0 END AS is_counted
FROM program p ORDER BY p.id;

-- fairness_count_kept(program ProgramId, span Int) -> one { counted_at Time, supporters Int, places Int, half Int, most Int }
SELECT counted_at, supporters, places, half, most FROM fairness_count WHERE program = :program AND span = :span;

-- fairness_group_kept(program ProgramId, span Int) -> many { side Int, kind Int, item ListItemId?, asked Int, no_list Int, listed Int, chosen Int, accepted Int, days_half Int, days_most Int }
SELECT side, kind, item, asked, no_list, listed, chosen, accepted, days_half, days_most
FROM fairness_group WHERE program = :program AND span = :span ORDER BY side, place;

-- fairness_bin_kept(program ProgramId, span Int) -> many { bin Int, supporters Int }
SELECT bin, supporters FROM fairness_bin WHERE program = :program AND span = :span ORDER BY bin;

-- fairness_person_kept(program ProgramId, span Int, place Int, most Int) -> many { offer OfferId, called Str, listed Int, chosen Int, accepted Int }
SELECT f.offer, p.called, f.listed, f.chosen, f.accepted
FROM fairness_person f JOIN offer o ON o.id = f.offer JOIN person p ON p.id = o.person
WHERE f.program = :program AND f.span = :span AND f.place >= :place ORDER BY f.place LIMIT :most;

-- fairness_count_drop(program ProgramId)
DELETE FROM fairness_count WHERE program = :program;

-- fairness_group_drop(program ProgramId)
DELETE FROM fairness_group WHERE program = :program;

-- fairness_bin_drop(program ProgramId)
DELETE FROM fairness_bin WHERE program = :program;

-- fairness_person_drop(program ProgramId)
DELETE FROM fairness_person WHERE program = :program;

-- fairness_count_put(program ProgramId, span Int, now Time, supporters Int, places Int, half Int, most Int)
INSERT INTO fairness_count (program, span, counted_at, supporters, places, half, most)
VALUES (:program, :span, :now, :supporters, :places, :half, :most);

-- fairness_group_put(program ProgramId, span Int, side Int, place Int, kind Int, item ListItemId?, asked Int, no_list Int,
--     listed Int, chosen Int, accepted Int, days_half Int, days_most Int)
INSERT INTO fairness_group (program, span, side, place, kind, item, asked, no_list, listed, chosen, accepted, days_half,
                            days_most)
VALUES (:program, :span, :side, :place, :kind, :item, :asked, :no_list, :listed, :chosen, :accepted, :days_half,
        :days_most);

-- fairness_bin_put(program ProgramId, span Int, bin Int, supporters Int)
INSERT INTO fairness_bin (program, span, bin, supporters) VALUES (:program, :span, :bin, :supporters);

-- fairness_person_put(program ProgramId, span Int, place Int, offer OfferId, listed Int, chosen Int, accepted Int)
INSERT INTO fairness_person (program, span, place, offer, listed, chosen, accepted)
VALUES (:program, :span, :place, :offer, :listed, :chosen, :accepted);
