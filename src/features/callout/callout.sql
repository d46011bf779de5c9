-- SPDX-License-Identifier: Apache-2.0
-- That a crisis team was called out, and the hello on the day after.

-- callout_insert(id CalloutId, match MatchId, receiver PersonId, giver PersonId, by_person PersonId, at Time, came Int, supporter Int, helped Sealed(callout.helped, id, receiver), otherwise Sealed(callout.otherwise, id, receiver), words_by PersonId?, now Time, hello_at Time?, greeted_at Time?)
INSERT INTO callout (id, match, receiver, giver, by_person, at, came, supporter, helped, otherwise, words_by, written_at, hello_at,
                     greeted_at)
VALUES (:id, :match, :receiver, :giver, :by_person, :at, :came, :supporter, :helped, :otherwise, :words_by, :now, :hello_at,
        :greeted_at);

-- callout_mark_part2(callout CalloutId)
INSERT INTO part2_callout (callout) VALUES (:callout) ON CONFLICT DO NOTHING;

-- callout_unmark_part2(callout CalloutId) -> count
DELETE FROM part2_callout WHERE callout = :callout;

-- callout_talked(match MatchId, since Time) -> many { at Time }
-- The first talk since then.
SELECT at FROM contact WHERE match = :match AND at >= :since AND outcome = 1 ORDER BY at, id LIMIT 1;

-- callout_hello_of(match MatchId, since Time) -> many { hello_at Time }
-- What is due in a walk that lasts and does not rest, the latest first.
SELECT c.hello_at FROM callout c JOIN match m ON m.id = c.match
WHERE c.match = :match AND c.hello_at IS NOT NULL AND c.greeted_at IS NULL AND c.hello_at > :since AND m.state IN (1, 2)
ORDER BY c.hello_at DESC LIMIT 1;

-- callout_drop_hello(match MatchId) -> count
UPDATE callout SET hello_at = NULL WHERE match = :match AND hello_at IS NOT NULL AND greeted_at IS NULL;

-- callout_set_greeted(match MatchId, at Time) -> count
UPDATE callout SET greeted_at = :at
WHERE match = :match AND hello_at IS NOT NULL AND greeted_at IS NULL AND hello_at <= :at;

-- callout_set_words(id CalloutId, match MatchId, receiver PersonId, helped Sealed(callout.helped, id, receiver), otherwise Sealed(callout.otherwise, id, receiver), words_by PersonId?) -> count
UPDATE callout SET helped = :helped, otherwise = :otherwise, words_by = :words_by
WHERE id = :id AND match = :match AND receiver = :receiver;

-- callout_may_delete(id CalloutId, match MatchId, actor PersonId) -> many { id CalloutId }
-- The family; whoever wrote it only while the family wrote no words.
SELECT c.id FROM callout c WHERE c.id = :id AND c.match = :match
AND (c.receiver = :actor OR (c.by_person = :actor AND (c.words_by IS NULL OR c.words_by = :actor))) ORDER BY c.id LIMIT 1;

-- callout_delete(id CalloutId) -> count
DELETE FROM callout WHERE id = :id;

-- callout_of_match(match MatchId) -> many { id CalloutId, by_person PersonId, by_called Str, at Time, came Int, supporter Int, helped Part2 Sealed(callout.helped, id), otherwise Part2 Sealed(callout.otherwise, id), is_part2 Bool, words_by PersonId?, words_called Str?, hello_at Time?, greeted_at Time? }
SELECT c.id, c.by_person, p.called AS by_called, c.at, c.came, c.supporter, c.helped, c.otherwise,
       CASE WHEN EXISTS (SELECT 1 FROM part2_callout k WHERE k.callout = c.id) THEN 1 ELSE 0 END AS is_part2,
       c.words_by, w.called AS words_called, c.hello_at, c.greeted_at
FROM callout c JOIN person p ON p.id = c.by_person LEFT JOIN person w ON w.id = c.words_by
WHERE c.match = :match ORDER BY c.at DESC, c.id LIMIT 20;

-- callout_rows_hello(person PersonId, since Time, now Time) -> many { match MatchId, is_receiver Bool, other_called Str, hello_at Time }
-- On either side, in walks that last and do not rest; of those that are given only where the family shares.
SELECT c.match, 1 AS is_receiver, g.called AS other_called, c.hello_at
FROM callout c JOIN match m ON m.id = c.match JOIN person g ON g.id = c.giver
WHERE c.receiver = :person AND c.hello_at IS NOT NULL AND c.greeted_at IS NULL AND c.hello_at > :since AND m.state IN (1, 2)
UNION ALL
SELECT c.match, 0 AS is_receiver, r.called AS other_called, c.hello_at
FROM callout c JOIN match m ON m.id = c.match JOIN person r ON r.id = c.receiver
WHERE c.giver = :person AND c.hello_at IS NOT NULL AND c.greeted_at IS NULL AND c.hello_at > :since AND m.state IN (1, 2)
AND EXISTS (SELECT 1 FROM sharing s WHERE s.request = m.request AND s.with_person = m.giver AND s.until_at > :now)
ORDER BY hello_at, match LIMIT 20;

-- callout_unmark_about(person PersonId) -> count
DELETE FROM part2_callout WHERE callout IN (SELECT id FROM callout WHERE receiver = :person);

-- callout_delete_about(person PersonId) -> count
DELETE FROM callout WHERE receiver = :person;
