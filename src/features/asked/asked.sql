-- SPDX-License-Identifier: Apache-2.0
-- What the engine is asked for a request: whom it is kept apart from, whom it passed, whom it knows.

-- asked_apart(person PersonId) -> many { other PersonId }
-- The pair is kept in both directions.
SELECT other FROM apart WHERE one = :person ORDER BY other;

-- asked_passed(request RequestId) -> many { offer OfferId }
-- Passed over, declined, or said no, for this request; or walked along until the family asked for someone else or the
-- supporter had to stop, which is noted at the moment of the end. Whoever ends for now may come back to the same person.
SELECT e.offer FROM shortlist_entry e JOIN shortlist s ON s.id = e.shortlist
WHERE s.request = :request AND e.answer IN (3, 4, 5)
UNION
SELECT m.offer FROM match m JOIN request_note n ON n.request = m.request AND n.at = m.ended_at
WHERE m.request = :request AND n.kind IN (20, 21)
ORDER BY 1;

-- asked_known(person PersonId) -> many { giver PersonId }
-- Who walked with this person before, anywhere, and parted for no reason that was noted at the end: asking for someone
-- else and having to stop are no reason to come back.
SELECT DISTINCT m.giver FROM match m WHERE m.receiver = :person AND m.ended_at IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM request_note n WHERE n.request = m.request AND n.at = m.ended_at AND n.kind IN (20, 21))
ORDER BY m.giver;
