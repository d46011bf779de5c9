-- SPDX-License-Identifier: Apache-2.0
-- Safety cards, version by version.

-- card_insert(id SafetyCardId, person PersonId, by_person PersonId, now Time, lang Int, safe Sealed(safety_card.safe, id, person), call Sealed(safety_card.call, id, person), not_call Sealed(safety_card.not_call, id, person), worse Sealed(safety_card.worse, id, person), helps Sealed(safety_card.helps, id, person), hours Str, zone Str, for_giver Bool, for_coordinator Bool, kept Int)
INSERT INTO safety_card (id, person, version, by_person, at, lang, safe, call, not_call, worse, helps, hours, zone,
                         for_giver, for_coordinator, kept)
VALUES (:id, :person, (SELECT COALESCE(MAX(c.version), 0) + 1 FROM safety_card c WHERE c.person = :person), :by_person,
        :now, :lang, :safe, :call, :not_call, :worse, :helps, :hours, :zone, :for_giver, :for_coordinator, :kept);

-- card_list(person PersonId, is_near Bool, most Int) -> many { id SafetyCardId, version Int, by_called Str, at Time, lang Int, safe Part2 Sealed(safety_card.safe, id), call Part2 Sealed(safety_card.call, id), not_call Part2 Sealed(safety_card.not_call, id), worse Part2 Sealed(safety_card.worse, id), helps Part2 Sealed(safety_card.helps, id), is_part2 Bool, kept Int, hours Str, zone Str, for_giver Bool, for_coordinator Bool }
-- The newest first. `is_near`: the reader is the person or walks with them (card_walks_with); what is kept is empty for
-- everybody else.
SELECT c.id, c.version, p.called AS by_called, c.at, c.lang,
       CASE WHEN :is_near = 1 OR (c.kept & 1) = 0 THEN c.safe ELSE CAST('' AS BLOB) END AS safe,
       CASE WHEN :is_near = 1 OR (c.kept & 2) = 0 THEN c.call ELSE CAST('' AS BLOB) END AS call,
       CASE WHEN :is_near = 1 OR (c.kept & 4) = 0 THEN c.not_call ELSE CAST('' AS BLOB) END AS not_call,
       CASE WHEN :is_near = 1 OR (c.kept & 8) = 0 THEN c.worse ELSE CAST('' AS BLOB) END AS worse,
       CASE WHEN :is_near = 1 OR (c.kept & 16) = 0 THEN c.helps ELSE CAST('' AS BLOB) END AS helps,
       CASE WHEN EXISTS (SELECT 1 FROM part2_card k WHERE k.card = c.id) THEN 1 ELSE 0 END AS is_part2, c.kept, c.hours, c.zone, c.for_giver, c.for_coordinator
FROM safety_card c JOIN person p ON p.id = c.by_person WHERE c.person = :person ORDER BY c.version DESC LIMIT :most;

-- card_mark_part2(card SafetyCardId)
INSERT INTO part2_card (card) VALUES (:card) ON CONFLICT DO NOTHING;

-- card_sharing(person PersonId, reader PersonId, now Time) -> many { request RequestId, with_person PersonId }
-- By which consents the reader reads it: as who walks with the person before as who coordinates; the newest first.
SELECT r.id AS request, h.with_person FROM request r JOIN sharing h ON h.request = r.id
WHERE r.person = :person AND h.until_at > :now AND (
    (h.with_person = :reader AND EXISTS (
        SELECT 1 FROM match m WHERE m.request = r.id AND m.giver = :reader AND m.state <> 4))
    OR (h.with_person = 0 AND EXISTS (
        SELECT 1 FROM duty d WHERE d.person = :reader AND d.kind = 1 AND d.program = r.program
        AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now))))
ORDER BY CASE WHEN h.with_person = 0 THEN 1 ELSE 0 END, r.created_at DESC, r.id LIMIT 1;

-- card_walks_with(person PersonId, reader PersonId, now Time) -> one { walks Bool }
SELECT CASE WHEN EXISTS (
    SELECT 1 FROM match m JOIN sharing s ON s.request = m.request AND s.with_person = m.giver
    WHERE m.receiver = p.id AND m.giver = :reader AND m.state <> 4 AND s.until_at > :now) THEN 1 ELSE 0 END AS walks
FROM person p WHERE p.id = :person;

-- card_reach_is_shared(person PersonId, reader PersonId, reach Int, now Time) -> one { is_shared Bool }
-- Whether this reader is given the ways to reach the person too: by a request, as whom it was given to or as somebody who
-- coordinates there; and of a supporter, whoever coordinates where they offer.
SELECT CASE WHEN EXISTS (
           SELECT 1 FROM request r JOIN sharing s ON s.request = r.id
           WHERE r.person = p.id AND s.until_at > :now AND (s.items & :reach) <> 0
           AND (s.with_person = :reader OR (s.with_person = 0 AND EXISTS (
               SELECT 1 FROM duty d WHERE d.person = :reader AND d.program = r.program AND d.kind = 1
               AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now)))))
       OR EXISTS (
           SELECT 1 FROM offer o JOIN duty d ON d.program = o.program WHERE o.person = p.id AND d.person = :reader
           AND d.kind = 1 AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now))
       THEN 1 ELSE 0 END AS is_shared
FROM person p WHERE p.id = :person;

-- card_home(person PersonId) -> many { program ProgramId, zone Str }
-- The program that the person asked last, or else the oldest, and where its clocks hang.
SELECT program, zone FROM (
    SELECT p.id AS program, p.zone, 1 AS rank, -r.created_at AS at, r.id FROM request r JOIN program p ON p.id = r.program
    WHERE r.person = :person
    UNION ALL SELECT p.id AS program, p.zone, 2 AS rank, p.created_at AS at, p.id FROM program p) AS z
ORDER BY rank, at, id LIMIT 1;

-- card_readers(person PersonId) -> one { for_giver Bool, for_coordinator Bool }
SELECT for_giver, for_coordinator FROM safety_now WHERE person = :person;
