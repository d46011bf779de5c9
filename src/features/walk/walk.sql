-- SPDX-License-Identifier: Apache-2.0
-- What the page of a match shows beside the match itself.

-- walk_earlier(receiver PersonId, match MatchId) -> many { id MatchId, called Str, began_at Time, ended_at Time? }
-- Whom the same person walked with before: history follows the person.
SELECT m.id, g.called, m.began_at, m.ended_at
FROM match m JOIN person g ON g.id = m.giver
WHERE m.receiver = :receiver AND m.state = 4 AND m.id <> :match
ORDER BY m.began_at DESC, m.id LIMIT 20;
