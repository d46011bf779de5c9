-- SPDX-License-Identifier: Apache-2.0
-- Farewells of walks that have ended.

-- goodbye_facts(match MatchId, talked Int) -> one { talks Int, may_pass Bool }
-- No words pass where the receiver stopped sharing with the giver, or the two are kept apart.
SELECT (SELECT COUNT(*) FROM contact c WHERE c.match = m.id AND c.outcome = :talked) AS talks,
       CASE WHEN EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver)
                 AND NOT EXISTS (SELECT 1 FROM apart a WHERE a.one = m.receiver AND a.other = m.giver)
                 AND NOT EXISTS (SELECT 1 FROM apart a WHERE a.one = m.giver AND a.other = m.receiver)
            THEN 1 ELSE 0 END AS may_pass
FROM match m WHERE m.id = :match;

-- goodbye_words_by(match MatchId, by_person PersonId) -> one { id GoodbyeId, words Part2 Sealed(goodbye.words, id), is_part2 Bool, written_at Time }
SELECT w.id, w.words, CASE WHEN EXISTS (SELECT 1 FROM part2_goodbye k WHERE k.goodbye = w.id) THEN 1 ELSE 0 END AS is_part2,
       w.written_at
FROM goodbye w WHERE w.match = :match AND w.by_person = :by_person;

-- goodbye_insert(id GoodbyeId, match MatchId, person PersonId, by_person PersonId, words Sealed(goodbye.words, id, person), now Time)
INSERT INTO goodbye (id, match, person, by_person, words, written_at)
VALUES (:id, :match, :person, :by_person, :words, :now);

-- goodbye_mark_part2(goodbye GoodbyeId)
INSERT INTO part2_goodbye (goodbye) VALUES (:goodbye) ON CONFLICT DO NOTHING;

-- goodbye_unmark_by(match MatchId, by_person PersonId)
DELETE FROM part2_goodbye WHERE goodbye IN (SELECT w.id FROM goodbye w WHERE w.match = :match AND w.by_person = :by_person);

-- goodbye_delete_by(match MatchId, by_person PersonId)
DELETE FROM goodbye WHERE match = :match AND by_person = :by_person;

-- goodbye_welcome_row(match MatchId, person PersonId) -> one { since Time }
SELECT since FROM goodbye_welcome WHERE match = :match AND person = :person;

-- goodbye_welcome_insert(match MatchId, person PersonId, now Time)
INSERT INTO goodbye_welcome (match, person, since) VALUES (:match, :person, :now) ON CONFLICT DO NOTHING;

-- goodbye_welcome_delete(match MatchId, person PersonId)
DELETE FROM goodbye_welcome WHERE match = :match AND person = :person;

-- goodbye_unmark_about(person PersonId)
DELETE FROM part2_goodbye WHERE goodbye IN (SELECT w.id FROM goodbye w WHERE w.person = :person);

-- goodbye_delete_about(person PersonId)
DELETE FROM goodbye WHERE person = :person;

-- goodbye_welcome_forget(person PersonId)
DELETE FROM goodbye_welcome WHERE person = :person;
