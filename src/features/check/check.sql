-- SPDX-License-Identifier: Apache-2.0
-- What must hold: each rule one SELECT that counts what breaks it, with its name, what to say, and the id of one such row.

-- check_programs(now Time) -> many { rule Str, wrong Int, what Str, first Int? }
-- Programs, their words and lists, and who may come in.
SELECT 'program_coordinator' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'programs without a coordinator' AS what,
       MIN(p.id) AS first
FROM program p WHERE NOT EXISTS (SELECT 1 FROM duty d WHERE d.program = p.id AND d.kind = 1 AND d.starts_at <= :now
                  AND (d.ends_at IS NULL OR d.ends_at > :now))
UNION ALL SELECT 'program_words' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'programs that lack words in a language' AS what,
       MIN(p.id) AS first
FROM program p WHERE (SELECT COUNT(*) FROM program_text t WHERE t.program = p.id AND t.lang IN (0, 1)
       AND t.key BETWEEN 1 AND 8) <> 16
UNION ALL SELECT 'list_item_words' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'list items that lack words in a language' AS what,
       MIN(i.id) AS first
FROM list_item i WHERE (SELECT COUNT(*) FROM list_item_text t WHERE t.item = i.id AND t.lang IN (0, 1)) <> 2
OR NOT EXISTS (SELECT 1 FROM list_item_text t WHERE t.item = i.id AND t.words <> '')
UNION ALL SELECT 'program_clock' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'programs that lack a clock' AS what,
       MIN(p.id) AS first
FROM program p WHERE (SELECT COUNT(*) FROM program_clock c WHERE c.program = p.id AND c.clock BETWEEN 1 AND 12) <> 12
UNION ALL SELECT 'session_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'sessions of nobody' AS what,
       MIN(s.id) AS first
FROM session s WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = s.person)
UNION ALL SELECT 'person_key' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'people without a key, who were not forgotten: nothing can be written about them' AS what,
       MIN(p.id) AS first
FROM person p WHERE NOT EXISTS (SELECT 1 FROM person_key k WHERE k.person = p.id)
AND NOT EXISTS (SELECT 1 FROM forgetting f WHERE f.person = p.id AND f.done_at IS NOT NULL)
UNION ALL SELECT 'key_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'keys of nobody, or of people who were forgotten' AS what,
       MIN(k.person) AS first
FROM person_key k WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = k.person)
OR EXISTS (SELECT 1 FROM forgetting f WHERE f.person = k.person AND f.done_at IS NOT NULL)
UNION ALL SELECT 'sign_in_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'sign-ins that were used and whose mailbox reaches nobody' AS what,
       MIN(s.id) AS first
FROM sign_in s WHERE s.used_at IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM contact_point c WHERE c.value_key = s.mail_key AND c.kind = 1);

-- check_requests() -> many { rule Str, wrong Int, what Str, first Int? }
-- Requests and what was said about them.
SELECT 'request_state' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests in a state that does not exist' AS what,
       MIN(r.id) AS first
FROM request r WHERE r.state NOT BETWEEN 1 AND 8
UNION ALL SELECT 'request_taken' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests that are said to be taken, and by nobody' AS what,
       MIN(r.id) AS first
FROM request r WHERE r.state IN (2, 3, 4) AND r.taken_by IS NULL
UNION ALL SELECT 'request_listed' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests that are listed without a shortlist with the family' AS what,
       MIN(r.id) AS first
FROM request r WHERE r.state = 3 AND NOT EXISTS (SELECT 1 FROM shortlist s WHERE s.request = r.id AND s.state = 1)
UNION ALL SELECT 'shortlist_open' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'shortlists with a family whose request is elsewhere' AS what,
       MIN(s.id) AS first
FROM shortlist s JOIN request r ON r.id = s.request WHERE s.state = 1 AND r.state <> 3
UNION ALL SELECT 'shortlist_held' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'shortlists that hold places and are not with a family' AS what,
       MIN(s.id) AS first
FROM shortlist s WHERE s.held_until IS NOT NULL AND s.state <> 1
UNION ALL SELECT 'shortlist_twice' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests with two shortlists with the family' AS what,
       MIN(twice.request) AS first
FROM (SELECT s.request FROM shortlist s WHERE s.state = 1 GROUP BY s.request HAVING COUNT(*) > 1) AS twice
UNION ALL SELECT 'request_invited' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests that are invited without an invitation that waits' AS what,
       MIN(r.id) AS first
FROM request r WHERE r.state = 4
AND NOT EXISTS (SELECT 1 FROM invitation i WHERE i.request = r.id AND i.state IN (1, 4))
UNION ALL SELECT 'invitation_waiting' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'invitations that wait for a request that is elsewhere' AS what,
       MIN(i.id) AS first
FROM invitation i JOIN request r ON r.id = i.request WHERE i.state IN (1, 4) AND r.state <> 4
UNION ALL SELECT 'invitation_accepted' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'invitations that were accepted without a match' AS what,
       MIN(i.id) AS first
FROM invitation i WHERE i.state = 2
AND NOT EXISTS (SELECT 1 FROM match m WHERE m.request = i.request AND m.offer = i.offer)
UNION ALL SELECT 'request_matched' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests that are matched without a running match' AS what,
       MIN(r.id) AS first
FROM request r WHERE r.state = 5 AND NOT EXISTS (SELECT 1 FROM match m WHERE m.request = r.id AND m.state <> 4)
UNION ALL SELECT 'request_item' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'words on requests from another program''s lists' AS what,
       MIN(r.id) AS first
FROM (SELECT w.request, w.item FROM request_wish w
      UNION ALL SELECT c.request, c.item FROM request_code c
      UNION ALL SELECT q.id, q.relation FROM request q WHERE q.relation IS NOT NULL
      UNION ALL SELECT q.id, q.age FROM request q WHERE q.age IS NOT NULL) AS x
JOIN request r ON r.id = x.request JOIN list_item l ON l.id = x.item WHERE l.program <> r.program
UNION ALL SELECT 'progress_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'answers about progress by another than the one who asked' AS what,
       MIN(g.request) AS first
FROM progress g JOIN request r ON r.id = g.request WHERE g.person <> r.person
UNION ALL SELECT 'progress_value' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'answers about progress outside 0 to 10' AS what,
       MIN(g.request) AS first
FROM progress g WHERE g.value NOT BETWEEN 0 AND 10
UNION ALL SELECT 'goal_step' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'steps of another than whose goal it is' AS what,
       MIN(s.id) AS first
FROM goal_step s JOIN goal g ON g.id = s.goal WHERE s.person <> g.person
UNION ALL SELECT 'goal_reader' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'goals opened in a walk of another than whose they are' AS what,
       MIN(g.id) AS first
FROM goal_reader o JOIN goal g ON g.id = o.goal JOIN match m ON m.id = o.match WHERE m.receiver <> g.person;

-- check_offers() -> many { rule Str, wrong Int, what Str, first Int? }
-- Offers: load, standing and words.
SELECT 'offer_load' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'offers whose load is not their running matches and waiting invitations' AS what,
       MIN(o.id) AS first
FROM offer o WHERE o.load <> (SELECT COUNT(*) FROM match m WHERE m.offer = o.id AND m.state <> 4)
                          + (SELECT COUNT(*) FROM invitation i WHERE i.offer = o.id AND i.state IN (1, 4))
UNION ALL SELECT 'offer_pending' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'offers that count other invitations than those that wait' AS what,
       MIN(o.id) AS first
FROM offer o WHERE o.pending <> (SELECT COUNT(*) FROM invitation i WHERE i.offer = o.id AND i.state IN (1, 4))
UNION ALL SELECT 'offer_listed' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'offers that count other open lists than those that hold a place' AS what,
       MIN(o.id) AS first
FROM offer o WHERE o.listed <> (SELECT COUNT(*) FROM shortlist_entry e JOIN shortlist s ON s.id = e.shortlist
                                WHERE e.offer = o.id AND e.answer = 1 AND s.state = 1 AND s.held_until IS NOT NULL)
UNION ALL SELECT 'offer_version' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'offers that changed in a version of the pool that is not reached' AS what,
       MIN(o.id) AS first
FROM offer o WHERE o.changed_in > COALESCE((SELECT v.version FROM pool_version v WHERE v.program = o.program), 0)
UNION ALL SELECT 'offer_standing' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'offers whose standing does not follow from load, capacity and pause' AS what,
       MIN(o.id) AS first
FROM offer o WHERE o.standing NOT BETWEEN 1 AND 4 OR (o.standing = 1 AND o.load >= o.capacity)
OR (o.standing = 2 AND o.load < o.capacity) OR (o.paused_until IS NOT NULL AND o.standing <> 3)
UNION ALL SELECT 'offer_item' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'words on offers from another program''s lists' AS what,
       MIN(o.id) AS first
FROM (SELECT i.offer, i.item FROM offer_item i
      UNION ALL SELECT f.id, f.relation FROM offer f WHERE f.relation IS NOT NULL) AS x
JOIN offer o ON o.id = x.offer JOIN list_item l ON l.id = x.item WHERE l.program <> o.program
UNION ALL SELECT 'offer_limit' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'limits of supporters that families could see' AS what,
       MIN(i.offer) AS first
FROM offer_item i WHERE i.kind = 4 AND i.audience <> 2;

-- check_matches() -> many { rule Str, wrong Int, what Str, first Int? }
-- Matches, contacts and check-ins.
SELECT 'match_twice' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests with two running matches' AS what,
       MIN(twice.request) AS first
FROM (SELECT m.request FROM match m WHERE m.state <> 4 GROUP BY m.request HAVING COUNT(*) > 1) AS twice
UNION ALL SELECT 'match_request' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'running matches whose request is not matched' AS what,
       MIN(m.id) AS first
FROM match m JOIN request r ON r.id = m.request WHERE m.state <> 4 AND r.state <> 5
UNION ALL SELECT 'match_sides' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'matches whose people or program are not those of request and offer' AS what,
       MIN(m.id) AS first
FROM match m JOIN request r ON r.id = m.request JOIN offer o ON o.id = m.offer
WHERE m.receiver <> r.person OR m.giver <> o.person OR m.program <> r.program OR m.program <> o.program
UNION ALL SELECT 'match_ended' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'matches whose state and day of ending disagree' AS what,
       MIN(m.id) AS first
FROM match m WHERE (m.state = 4 AND m.ended_at IS NULL) OR (m.state <> 4 AND m.ended_at IS NOT NULL)
UNION ALL SELECT 'match_first_contact' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'matches whose first contact is not the first that reached someone' AS what,
       MIN(m.id) AS first
FROM match m WHERE COALESCE(m.first_contact_at, 0) <>
      COALESCE((SELECT MIN(c.at) FROM contact c WHERE c.match = m.id AND c.outcome = 1), 0)
UNION ALL SELECT 'match_walking' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'matches that walk without a first contact, or are new with one' AS what,
       MIN(m.id) AS first
FROM match m WHERE (m.state = 2 AND m.first_contact_at IS NULL) OR (m.state = 1 AND m.first_contact_at IS NOT NULL)
UNION ALL SELECT 'contact_early' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'contacts from before their match began' AS what,
       MIN(c.id) AS first
FROM contact c JOIN match m ON m.id = c.match WHERE c.at < m.began_at
UNION ALL SELECT 'contact_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'contacts logged by neither of the two' AS what,
       MIN(c.id) AS first
FROM contact c JOIN match m ON m.id = c.match WHERE c.by_person <> m.giver AND c.by_person <> m.receiver
UNION ALL SELECT 'contact_minutes' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'contacts that reached nobody and took minutes' AS what,
       MIN(c.id) AS first
FROM contact c WHERE c.outcome <> 1 AND c.minutes <> 0
UNION ALL SELECT 'message_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'messages by neither of the two, or kept as another''s than the one who receives' AS what,
       MIN(w.id) AS first
FROM message w JOIN match m ON m.id = w.match WHERE (w.by_person <> m.giver AND w.by_person <> m.receiver) OR w.person <> m.receiver
UNION ALL SELECT 'help_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests for help by neither of the two, or in another program than their match' AS what,
       MIN(h.id) AS first
FROM help h JOIN match m ON m.id = h.match WHERE (h.person <> m.giver AND h.person <> m.receiver) OR h.program <> m.program
UNION ALL SELECT 'help_taken' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests for help that are done, or have a moment, without somebody who has them' AS what,
       MIN(h.id) AS first
FROM help h WHERE (h.taken_by IS NULL AND (h.taken_at IS NOT NULL OR h.done_at IS NOT NULL))
OR (h.taken_by IS NOT NULL AND h.taken_at IS NULL)
UNION ALL SELECT 'message_time' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'messages from before their match, or that reach somebody before they are there' AS what,
       MIN(w.id) AS first
FROM message w JOIN match m ON m.id = w.match
WHERE w.captured_at < m.began_at OR w.captured_at > w.arrived_at OR w.reaches_at < w.arrived_at
UNION ALL SELECT 'message_reader' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'people who are said to have read words between two others' AS what,
       MIN(m.id) AS first
FROM message_reader r JOIN match m ON m.id = r.match WHERE r.person <> m.giver AND r.person <> m.receiver
UNION ALL SELECT 'checkin_due' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'check-ins that are due for a match that has ended' AS what,
       MIN(c.id) AS first
FROM checkin c JOIN match m ON m.id = c.match WHERE c.state = 1 AND m.state = 4
UNION ALL SELECT 'checkin_done' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'check-ins that are done without a day or a person' AS what,
       MIN(c.id) AS first
FROM checkin c WHERE c.state = 2 AND (c.done_at IS NULL OR c.done_by IS NULL)
UNION ALL SELECT 'heard_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'answers about a walk by another than who stands on that side' AS what,
       MIN(h.match) AS first
FROM heard h JOIN match m ON m.id = h.match
WHERE h.person <> CASE WHEN h.side = 1 THEN m.receiver ELSE m.giver END OR h.program <> m.program
UNION ALL SELECT 'heard_answer' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'answers about a walk at a time at which nothing was answered' AS what,
       MIN(a.match) AS first
FROM heard_answer a WHERE NOT EXISTS (SELECT 1 FROM heard h WHERE h.match = a.match AND h.side = a.side
                                      AND h.occasion = a.occasion AND h.is_answered = 1)
UNION ALL SELECT 'checkin_program' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'check-ins of another program than their match' AS what,
       MIN(c.id) AS first
FROM checkin c JOIN match m ON m.id = c.match WHERE c.program <> m.program;

-- check_meetings(now Time) -> many { rule Str, wrong Int, what Str, first Int? }
-- Diaries: a row for each quarter of an hour, so that its key alone keeps two meetings of a person apart.
SELECT 'meeting_diary' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'meetings that are set and not in both diaries for their whole time' AS what,
       MIN(t.id) AS first
FROM meeting t JOIN match m ON m.id = t.match WHERE t.state = 2 AND (t.starts_at IS NULL OR t.minutes / 15 * 2 <> (
    SELECT COUNT(*) FROM meeting_busy b WHERE b.meeting = t.id AND b.person IN (m.receiver, m.giver)
    AND b.quarter >= t.starts_at / 900000000 AND b.quarter < t.starts_at / 900000000 + t.minutes / 15))
UNION ALL SELECT 'meeting_ghost' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'quarters of an hour in a diary without a meeting that is set' AS what,
       MIN(b.meeting) AS first
FROM meeting_busy b JOIN meeting t ON t.id = b.meeting
WHERE t.state <> 2 OR b.quarter < t.starts_at / 900000000 OR b.quarter >= t.starts_at / 900000000 + t.minutes / 15
UNION ALL SELECT 'meeting_walk' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'meetings to come in a match that rests or has ended' AS what,
       MIN(t.id) AS first
FROM meeting t JOIN match m ON m.id = t.match
WHERE m.state IN (3, 4) AND (t.state = 1 OR (t.state = 2 AND t.starts_at > :now))
UNION ALL SELECT 'meeting_sides' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'meetings of others than the two of their match' AS what,
       MIN(t.id) AS first
FROM meeting t JOIN match m ON m.id = t.match WHERE t.person <> m.receiver OR EXISTS (
    SELECT 1 FROM meeting_time o WHERE o.meeting = t.id AND o.by_person NOT IN (m.receiver, m.giver))
UNION ALL SELECT 'meeting_answered' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'times that wait for an answer in a meeting that is over' AS what,
       MIN(t.id) AS first
FROM meeting t JOIN meeting_time o ON o.meeting = t.id WHERE t.state = 3;

-- check_texts() -> many { rule Str, wrong Int, what Str, first Int? }
-- What is sent, and which way.
SELECT 'text_wish' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'people who are told by text at what is no phone of theirs' AS what,
       MIN(w.person) AS first
FROM text_wish w JOIN contact_point c ON c.id = w.point WHERE c.person <> w.person OR c.kind <> 2
UNION ALL SELECT 'notice_state' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'notices that became what their way cannot tell' AS what,
       MIN(n.id) AS first
FROM notice n WHERE n.channel NOT IN (1, 2) OR n.state NOT BETWEEN 1 AND 5 OR (n.channel = 1 AND n.state IN (3, 4))
OR (n.code <> 0 AND n.state <> 4) OR n.state_at < n.at;

-- check_consents(now Time) -> many { rule Str, wrong Int, what Str, first Int? }
-- The ledger of consents, and what it says that holds.
SELECT 'consent_request' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests that nobody ever agreed to share with those who coordinate' AS what,
       MIN(r.id) AS first
FROM request r WHERE NOT EXISTS (SELECT 1 FROM consent c WHERE c.request = r.id AND c.to_kind = 1)
UNION ALL SELECT 'consent_sides' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'consents by another than whose request it is' AS what,
       MIN(c.id) AS first
FROM consent c JOIN request r ON r.id = c.request WHERE c.person <> r.person OR c.program <> r.program
UNION ALL SELECT 'consent_words' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'consents whose words are not those of their hash' AS what,
       MIN(c.id) AS first
FROM consent c JOIN consent_text t ON t.id = c.text WHERE t.hash <> c.text_hash OR t.lang <> c.lang
UNION ALL SELECT 'consent_organization' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'consents to an organization that name none, or for longer than a year' AS what,
       MIN(c.id) AS first
FROM consent c WHERE (c.to_kind = 3 AND (NOT EXISTS (SELECT 1 FROM consent_organization o WHERE o.consent = c.id)
                      OR c.request IS NULL OR c.until_at - c.given_at > 31708800000000))
OR (c.to_kind <> 3 AND EXISTS (SELECT 1 FROM consent_organization o WHERE o.consent = c.id))
UNION ALL SELECT 'consent_replaced' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'consents to an organization that others replace and that are not stopped' AS what,
       MIN(c.id) AS first
FROM consent_organization o JOIN consent c ON c.id = o.replaces JOIN consent n ON n.id = o.consent
WHERE c.stopped_at IS NULL OR c.to_kind <> 3 OR c.request IS DISTINCT FROM n.request
UNION ALL SELECT 'sharing_consent' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests that are shared without a consent in force' AS what,
       MIN(s.request) AS first
FROM sharing s JOIN consent c ON c.id = s.consent
WHERE c.request IS DISTINCT FROM s.request OR COALESCE(c.to_person, 0) <> s.with_person OR c.to_kind NOT IN (1, 2)
OR c.stopped_at IS NOT NULL OR c.until_at <> s.until_at OR c.items <> s.items OR (s.items & 3) <> 3
OR (c.how = 1 AND c.signs IN (1, 3) AND NOT EXISTS (SELECT 1 FROM consent_signature g WHERE g.consent = c.id AND g.side = 1))
OR (c.signs IN (2, 3) AND NOT EXISTS (SELECT 1 FROM consent_signature g WHERE g.consent = c.id AND g.side = 2)
    AND NOT EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id))
UNION ALL SELECT 'consent_sharing' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'consents in force that nothing is shared by' AS what,
       MIN(c.id) AS first
FROM consent c WHERE c.request IS NOT NULL AND c.to_kind IN (1, 2) AND c.stopped_at IS NULL AND c.until_at > :now
AND (c.how <> 1 OR c.signs = 2 OR EXISTS (SELECT 1 FROM consent_signature g WHERE g.consent = c.id AND g.side = 1))
AND (c.signs = 1 OR EXISTS (SELECT 1 FROM consent_signature g WHERE g.consent = c.id AND g.side = 2)
     OR EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id))
AND NOT EXISTS (SELECT 1 FROM sharing s WHERE s.request = c.request AND s.with_person = COALESCE(c.to_person, 0));
