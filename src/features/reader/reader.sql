-- SPDX-License-Identifier: Apache-2.0
-- Who reads what somebody opened to who walks with them. The kinds are those of enum ReaderKind.

-- reader_own(kind Int, thing Int, person PersonId) -> one { person PersonId }
-- If it is the person's.
SELECT g.person FROM goal g WHERE :kind = 1 AND g.id = :thing AND g.person = :person
UNION ALL SELECT c.person FROM toolbox_card c WHERE :kind = 2 AND c.id = :thing AND c.person = :person
UNION ALL SELECT s.person FROM sheet s WHERE :kind = 3 AND s.id = :thing AND s.person = :person
UNION ALL SELECT b.person FROM barrier b WHERE :kind = 4 AND b.id = :thing AND b.person = :person;

-- reader_could(kind Int, thing Int, person PersonId, now Time, most Int) -> many { match MatchId, called Str, reads Bool }
-- Who walks with the person, and with whom the person shares.
SELECT m.id AS match, p.called,
       CASE WHEN EXISTS (SELECT 1 FROM reader r WHERE r.match = m.id AND r.kind = :kind AND r.thing = :thing) THEN 1 ELSE 0 END AS reads
FROM match m JOIN person p ON p.id = m.giver JOIN sharing s ON s.request = m.request AND s.with_person = m.giver
WHERE m.receiver = :person AND m.state <> 4 AND s.until_at > :now
ORDER BY m.began_at, m.id LIMIT :most;

-- reader_kinds(match MatchId, reader PersonId, now Time, most Int) -> many { kind Int, person PersonId, person_called Str, request RequestId }
-- For the giver alone, while the two walk and the other shares with them.
SELECT DISTINCT r.kind, m.receiver AS person, p.called AS person_called, m.request
FROM reader r JOIN match m ON m.id = r.match JOIN person p ON p.id = m.receiver
JOIN sharing s ON s.request = m.request AND s.with_person = m.giver
WHERE r.match = :match AND m.giver = :reader AND m.state <> 4 AND s.until_at > :now
ORDER BY r.kind LIMIT :most;

-- reader_matches(kind Int, thing Int, reader PersonId, most Int) -> many { match MatchId }
-- Of this giver, whether or not they may read now: the newest first.
SELECT r.match FROM reader r JOIN match m ON m.id = r.match
WHERE r.kind = :kind AND r.thing = :thing AND m.giver = :reader ORDER BY m.began_at DESC, m.id LIMIT :most;

-- reader_insert(match MatchId, kind Int, thing Int, now Time)
INSERT INTO reader (match, kind, thing, since) VALUES (:match, :kind, :thing, :now) ON CONFLICT DO NOTHING;

-- reader_delete(match MatchId, kind Int, thing Int)
DELETE FROM reader WHERE match = :match AND kind = :kind AND thing = :thing;

-- reader_delete_all(kind Int, thing Int)
DELETE FROM reader WHERE kind = :kind AND thing = :thing;

-- reader_delete_of(person PersonId)
DELETE FROM reader WHERE match IN (SELECT m.id FROM match m WHERE m.receiver = :person);
