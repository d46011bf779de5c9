-- SPDX-License-Identifier: Apache-2.0
-- What two people who walk together are asked about it, and what each answers.

-- heard_walks(person PersonId, now Time) -> many { match MatchId, program ProgramId, side Int, other_called Str, week_2_at Time?, week_8_at Time?, third_talk_at Time?, heard_at Time? }
-- Walk by walk, fifty at most in a program on a giver's side: since when this person could answer what they have not answered
-- yet, and when they last did.
WITH w AS (SELECT m.id, m.program, 1 AS side, m.giver AS other
           FROM match m WHERE m.receiver = :person AND m.state BETWEEN 1 AND 2
           UNION ALL
           SELECT m.id, m.program, 2 AS side, m.receiver AS other
           FROM match m WHERE m.giver = :person AND m.state BETWEEN 1 AND 2
           AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now))
SELECT w.id AS match, w.program, w.side, p.called AS other_called,
       (SELECT MAX(c.due_at) FROM checkin c WHERE c.match = w.id AND c.side = w.side AND c.occasion = 1 AND c.due_at <= :now
        AND NOT EXISTS (SELECT 1 FROM heard h WHERE h.match = c.match AND h.side = c.side AND h.occasion = 1)) AS week_2_at,
       (SELECT MAX(c.due_at) FROM checkin c WHERE c.match = w.id AND c.side = w.side AND c.occasion = 2 AND c.due_at <= :now
        AND NOT EXISTS (SELECT 1 FROM heard h WHERE h.match = c.match AND h.side = c.side AND h.occasion = 2)) AS week_8_at,
       (SELECT k.at FROM contact k WHERE k.match = w.id AND k.outcome = 1
        AND NOT EXISTS (SELECT 1 FROM heard h WHERE h.match = k.match AND h.side = w.side AND h.occasion = 3)
        ORDER BY k.at LIMIT 1 OFFSET 2) AS third_talk_at,
       (SELECT MAX(h.at) FROM heard h WHERE h.match = w.id AND h.side = w.side) AS heard_at
FROM w JOIN person p ON p.id = w.other ORDER BY w.id;

-- heard_insert(match MatchId, side Int, occasion Int, person PersonId, program ProgramId, is_answered Bool, now Time)
INSERT INTO heard (match, side, occasion, person, program, is_answered, at)
VALUES (:match, :side, :occasion, :person, :program, :is_answered, :now);

-- heard_answer_insert(match MatchId, side Int, occasion Int, question Int, answer Int)
INSERT INTO heard_answer (match, side, occasion, question, answer) VALUES (:match, :side, :occasion, :question, :answer);

-- heard_rows_own(match MatchId, person PersonId) -> many { side Int, occasion Int, at Time }
SELECT side, occasion, at FROM heard WHERE match = :match AND person = :person AND is_answered = 1
ORDER BY at DESC, occasion LIMIT 20;

-- heard_rows_answers(match MatchId, side Int, occasion Int) -> many { question Int, answer Int }
SELECT question, answer FROM heard_answer WHERE match = :match AND side = :side AND occasion = :occasion
ORDER BY question LIMIT 20;

-- heard_answers_delete(person PersonId) -> count
DELETE FROM heard_answer WHERE EXISTS (SELECT 1 FROM heard h WHERE h.match = heard_answer.match
    AND h.side = heard_answer.side AND h.occasion = heard_answer.occasion AND h.person = :person);

-- heard_delete(person PersonId) -> count
DELETE FROM heard WHERE person = :person;

-- heard_count_asked(program ProgramId, now Time) -> many { side Int, occasion Int, people Int }
-- People in whose walk that day came while it lasted.
SELECT o.side, o.occasion, CAST(COUNT(DISTINCT o.person) AS BIGINT) AS people
FROM (SELECT c.side, c.occasion, CASE WHEN c.side = 1 THEN m.receiver ELSE m.giver END AS person
      FROM checkin c JOIN match m ON m.id = c.match
      WHERE c.program = :program AND c.occasion IN (1, 2) AND c.due_at <= :now
      AND (m.ended_at IS NULL OR m.ended_at >= c.due_at)
      UNION ALL
      SELECT s.side, 3 AS occasion, CASE WHEN s.side = 1 THEN m.receiver ELSE m.giver END AS person
      FROM match m CROSS JOIN (SELECT 1 AS side UNION ALL SELECT 2 AS side) s
      WHERE m.program = :program
      AND (SELECT COUNT(*) FROM contact k WHERE k.match = m.id AND k.outcome = 1 AND k.at <= :now) >= 3) o
GROUP BY o.side, o.occasion ORDER BY o.side, o.occasion LIMIT 100;

-- heard_count_answered(program ProgramId) -> many { side Int, occasion Int, people Int }
SELECT side, occasion, CAST(COUNT(DISTINCT person) AS BIGINT) AS people FROM heard
WHERE program = :program AND is_answered = 1 GROUP BY side, occasion ORDER BY side, occasion LIMIT 100;

-- heard_count_said(program ProgramId) -> many { side Int, occasion Int, question Int, answer Int, people Int }
-- Of each person the newest answers alone.
SELECT h.side, h.occasion, a.question, a.answer, CAST(COUNT(*) AS BIGINT) AS people
FROM heard h JOIN heard_answer a ON a.match = h.match AND a.side = h.side AND a.occasion = h.occasion
WHERE h.program = :program AND h.is_answered = 1
AND NOT EXISTS (SELECT 1 FROM heard l WHERE l.person = h.person AND l.side = h.side AND l.occasion = h.occasion
                AND l.program = h.program AND l.is_answered = 1
                AND (l.at > h.at OR (l.at = h.at AND l.match > h.match)))
GROUP BY h.side, h.occasion, a.question, a.answer ORDER BY h.side, h.occasion, a.question, a.answer LIMIT 1000;
