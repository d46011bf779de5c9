-- SPDX-License-Identifier: Apache-2.0
-- Meetings that were set before there were reminders (0035) have none. Theirs are planned by the job that reminds: at 0 means
-- that it has yet to find the moment, on the clock and within the hours of whoever is reminded. Nobody has been told of
-- what had a reminder and lost it by being reminded: that moment is past, and the job finds none.
--
-- What starts before the last thing that happened is past; a step of the schema knows no other clock.
INSERT INTO diary_reminder (meeting, person, remind_at)
SELECT t.id, m.receiver, 0 FROM meeting t JOIN match m ON m.id = t.match
WHERE t.state = 2 AND m.state IN (1, 2) AND t.starts_at > (SELECT MAX(x.state_at) FROM meeting x)
AND NOT EXISTS (SELECT 1 FROM diary_reminder r WHERE r.meeting = t.id AND r.person = m.receiver)
UNION ALL
SELECT t.id, m.giver, 0 FROM meeting t JOIN match m ON m.id = t.match
WHERE t.state = 2 AND m.state IN (1, 2) AND t.starts_at > (SELECT MAX(x.state_at) FROM meeting x)
AND NOT EXISTS (SELECT 1 FROM diary_reminder r WHERE r.meeting = t.id AND r.person = m.giver);
