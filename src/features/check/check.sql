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
FROM program p WHERE (SELECT COUNT(*) FROM program_clock c WHERE c.program = p.id AND c.clock BETWEEN 1 AND 13) <> 13
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
UNION ALL SELECT 'goal_practice' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'tries of another than whose step it is' AS what,
       MIN(p.id) AS first
FROM goal_practice p JOIN goal_step s ON s.id = p.step WHERE p.person <> s.person
UNION ALL SELECT 'reader' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'things opened that are not there, or in a walk of another than whose they are' AS what,
       MIN(o.thing) AS first
FROM reader o JOIN match m ON m.id = o.match
WHERE NOT EXISTS (SELECT 1 FROM goal g WHERE o.kind = 1 AND g.id = o.thing AND g.person = m.receiver)
AND NOT EXISTS (SELECT 1 FROM toolbox_card c WHERE o.kind = 2 AND c.id = o.thing AND c.person = m.receiver)
AND NOT EXISTS (SELECT 1 FROM sheet s WHERE o.kind = 3 AND s.id = o.thing AND s.person = m.receiver)
AND NOT EXISTS (SELECT 1 FROM barrier b WHERE o.kind = 4 AND b.id = o.thing AND b.person = m.receiver)
UNION ALL SELECT 'goal_proposal' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'steps proposed by another than who walks with whose goal it is, or with a step that nobody took' AS what,
       MIN(p.id) AS first
FROM goal_proposal p JOIN goal g ON g.id = p.goal JOIN match m ON m.id = p.match
WHERE p.person <> g.person OR m.receiver <> g.person OR m.giver <> p.by_person OR p.state NOT BETWEEN 1 AND 3
OR (p.step IS NOT NULL AND p.state <> 2)
UNION ALL SELECT 'toolbox_kind' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'cards of no kind' AS what,
       MIN(c.id) AS first
FROM toolbox_card c WHERE c.kind NOT BETWEEN 1 AND 5
UNION ALL SELECT 'carry' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'words passed on by another than who receives, or that somebody else wrote' AS what,
       MIN(c.id) AS first
FROM carry c JOIN match m ON m.id = c.match LEFT JOIN carry_message p ON p.carry = c.id LEFT JOIN message w ON w.id = p.message
WHERE m.receiver <> c.person OR w.by_person <> c.person OR w.person <> c.person
UNION ALL SELECT 'carry_unread' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'words that are new to another than who gives, or were not passed on' AS what,
       MIN(m.id) AS first
FROM carry_unread u JOIN match m ON m.id = u.match LEFT JOIN carry c ON c.match = m.id
WHERE m.giver <> u.reader OR c.passed_at IS NULL
UNION ALL SELECT 'sheet_part' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'steps and ideas of another than whose sheet it is' AS what,
       MIN(x.id) AS first
FROM (SELECT t.id, t.sheet, t.person FROM sheet_step t UNION ALL SELECT i.id, i.sheet, i.person FROM sheet_idea i) AS x
JOIN sheet s ON s.id = x.sheet WHERE x.person <> s.person
UNION ALL SELECT 'barrier_try' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'tries of another than in whose way it is' AS what,
       MIN(t.id) AS first
FROM barrier_try t JOIN barrier b ON b.id = t.barrier WHERE t.person <> b.person
UNION ALL SELECT 'document_kind' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'documents of no kind, or without a size' AS what,
       MIN(d.id) AS first
FROM document d WHERE d.kind NOT BETWEEN 1 AND 4 OR d.bytes < 1
UNION ALL SELECT 'hope' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'words of hope that show without having been read' AS what,
       MIN(h.id) AS first
FROM hope h WHERE h.state NOT BETWEEN 1 AND 5 OR (h.state IN (1, 2) AND h.by_person IS NOT NULL)
OR (h.state > 2 AND h.by_person IS NULL)
UNION ALL SELECT 'hope_wish' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'wishes that nobody or a ghost answered' AS what,
       MIN(w.id) AS first
FROM hope_wish w WHERE (w.answered_at IS NULL AND w.answered_by IS NOT NULL) OR (w.answered_at IS NOT NULL AND w.answered_by IS NULL)
OR w.answered_at < w.since
UNION ALL SELECT 'circle_member' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'people around somebody who stand nowhere, or went before they came' AS what,
       MIN(c.id) AS first
FROM circle_member c WHERE c.kind NOT BETWEEN 1 AND 6 OR c.near NOT BETWEEN 1 AND 3 OR c.gone_at < c.since;

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
UNION ALL SELECT 'contact_together' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'contacts with several people of which the first is not there, or is another''s' AS what,
       MIN(c.id) AS first
FROM contact c LEFT JOIN contact f ON f.id = c.together
WHERE c.together IS NOT NULL AND (f.id IS NULL OR f.together IS NULL OR f.together <> f.id OR f.by_person <> c.by_person)
UNION ALL SELECT 'contact_activity' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'things done that are not of the program''s list, or where nobody was reached' AS what,
       MIN(a.contact) AS first
FROM contact_activity a JOIN contact c ON c.id = a.contact JOIN match m ON m.id = c.match JOIN list_item i ON i.id = a.item
WHERE i.program <> m.program OR i.list <> 13 OR c.outcome <> 1
UNION ALL SELECT 'contact_flow' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'wishes to notice what flows, of another than the two' AS what,
       MIN(w.match) AS first
FROM contact_flow_wish w JOIN match m ON m.id = w.match WHERE w.person <> m.giver AND w.person <> m.receiver
UNION ALL SELECT 'message_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'messages by neither of the two, or kept as another''s than the one who receives' AS what,
       MIN(w.id) AS first
FROM message w JOIN match m ON m.id = w.match WHERE (w.by_person <> m.giver AND w.by_person <> m.receiver) OR w.person <> m.receiver
UNION ALL SELECT 'gathering_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'words in a gathering by neither who receives nor somebody who walked with them' AS what,
       MIN(w.id) AS first
FROM gathering_message w WHERE w.by_person <> w.person
AND NOT EXISTS (SELECT 1 FROM match m WHERE m.receiver = w.person AND m.giver = w.by_person)
UNION ALL SELECT 'note_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'notes by another than who gives, or about another than who receives' AS what,
       MIN(n.id) AS first
FROM note n JOIN match m ON m.id = n.match WHERE n.person <> m.receiver OR n.by_person <> m.giver
UNION ALL SELECT 'note_state' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'notes that are a draft and stand, or neither' AS what,
       MIN(n.id) AS first
FROM note n WHERE n.state NOT BETWEEN 1 AND 5 OR (n.state = 1 AND n.stands_at IS NOT NULL)
OR (n.state <> 1 AND n.stands_at IS NULL) OR n.mode NOT BETWEEN 2 AND 4
UNION ALL SELECT 'note_contact' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'notes about a contact of another walk, or for a payer about none' AS what,
       MIN(n.id) AS first
FROM note n LEFT JOIN contact c ON c.id = n.contact
WHERE (n.contact IS NOT NULL AND (c.id IS NULL OR c.match <> n.match)) OR (n.mode = 4 AND n.contact IS NULL)
UNION ALL SELECT 'note_signed' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'notes that nobody asked to sign and somebody did, or that their writer signed' AS what,
       MIN(n.id) AS first
FROM note n WHERE n.signed_at IS NOT NULL AND (n.mode <> 4 OR n.state = 1 OR n.signed_by IS NULL OR n.signed_by = n.by_person)
UNION ALL SELECT 'note_replaces' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'notes that replace a draft, or a note of another walk' AS what,
       MIN(n.id) AS first
FROM note n JOIN note e ON e.id = n.replaces WHERE e.match <> n.match OR e.state = 1
UNION ALL SELECT 'note_beside' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'words beside a note by neither of the two' AS what,
       MIN(b.id) AS first
FROM note_beside b JOIN note n ON n.id = b.note JOIN match m ON m.id = n.match
WHERE b.by_person <> m.giver AND b.by_person <> m.receiver
UNION ALL SELECT 'note_waiver' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'drafts that wait for somebody who does not want to look' AS what,
       MIN(n.id) AS first
FROM note n JOIN note_waiver w ON w.match = n.match WHERE n.state = 1
UNION ALL SELECT 'hard_walk' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'hard days of others than the two of their walk, or in another program' AS what,
       MIN(h.id) AS first
FROM hard h JOIN match m ON m.id = h.match WHERE h.receiver <> m.receiver OR h.giver <> m.giver OR h.program <> m.program
UNION ALL SELECT 'hard_state' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'hard days that began without the family, or ended and did not, or at no hour of the day' AS what,
       MIN(h.id) AS first
FROM hard h WHERE (h.state = 1 AND (h.began_at IS NOT NULL OR h.hour IS NOT NULL OR h.answer <> 0)) OR (h.state = 2 AND h.began_at IS NULL)
OR (h.state = 3) <> (h.ended_at IS NOT NULL) OR h.hour NOT BETWEEN 0 AND 23 OR h.state NOT BETWEEN 1 AND 3
OR (h.missed_since IS NOT NULL AND (h.state <> 2 OR h.hour IS NULL))
UNION ALL SELECT 'hard_backup' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'people who stand by for others than who agreed, or after the days are over' AS what,
       MIN(b.id) AS first
FROM hard_backup b JOIN hard h ON h.id = b.hard
WHERE b.person IN (h.receiver, h.giver) OR (b.state = 4) <> (b.ended_at IS NOT NULL) OR (b.state = 3 AND b.began_at IS NULL)
OR (b.state IN (2, 3) AND b.agreed_at IS NULL) OR (h.state <> 2 AND (b.state <> 4 OR h.wished_at IS NOT NULL))
UNION ALL SELECT 'debrief_state' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'talks that were held and were not, by the supporter themself, or answered and were not' AS what,
       MIN(d.id) AS first
FROM debrief d WHERE (d.state = 4) <> (d.held_at IS NOT NULL) OR (d.held_by IS NULL) <> (d.held_at IS NULL) OR d.held_by = d.person
OR (d.state = 1) <> (d.answered_at IS NULL) OR d.state NOT BETWEEN 1 AND 4
UNION ALL SELECT 'handing_agreed' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'what was agreed to or said without the family, or written by neither of the two' AS what,
       MIN(h.id) AS first
FROM handing h JOIN match m ON m.id = h.match
WHERE h.person <> m.receiver OR h.by_person NOT IN (m.receiver, m.giver) OR (h.state IN (2, 4) AND (h.how = 0 OR h.answered_at IS NULL))
OR (h.state = 4) <> (h.said_at IS NOT NULL) OR (h.state = 1) <> (h.answered_at IS NULL)
UNION ALL SELECT 'callout_walk' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'call-outs of others than the two of their walk, from ahead of their writing, or answered before the day after' AS what,
       MIN(c.id) AS first
FROM callout c JOIN match m ON m.id = c.match
WHERE c.receiver <> m.receiver OR c.giver <> m.giver OR c.by_person NOT IN (m.receiver, m.giver) OR c.words_by NOT IN (m.receiver, m.giver)
OR c.came NOT BETWEEN 1 AND 31 OR c.supporter NOT BETWEEN 1 AND 3 OR c.at > c.written_at OR c.hello_at <= c.at
OR (c.greeted_at IS NOT NULL AND (c.hello_at IS NULL OR c.greeted_at < c.hello_at))
UNION ALL SELECT 'bridge_walk' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'plans around a day of others than the two of their walk, or with lines by others' AS what,
       MIN(b.id) AS first
FROM bridge b JOIN match m ON m.id = b.match WHERE b.receiver <> m.receiver OR b.giver <> m.giver OR b.kind NOT IN (1, 2)
OR EXISTS (SELECT 1 FROM bridge_step s WHERE s.bridge = b.id AND (s.person <> b.receiver OR s.by_person NOT IN (b.receiver, b.giver)
           OR s.stage NOT BETWEEN 1 AND 4 OR (s.done_at IS NULL) <> (s.done_by IS NULL)))
UNION ALL SELECT 'goodbye_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'farewell words by neither of the two, kept as another''s than the one who receives, or from outside their time' AS what,
       MIN(w.id) AS first
FROM goodbye w JOIN match m ON m.id = w.match
WHERE (w.by_person <> m.giver AND w.by_person <> m.receiver) OR w.person <> m.receiver OR m.state <> 4 OR w.written_at < m.ended_at
UNION ALL SELECT 'goodbye_welcome' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'people who let farewell words of a walk reach them that is not theirs, or lasts' AS what,
       MIN(m.id) AS first
FROM goodbye_welcome y JOIN match m ON m.id = y.match WHERE (y.person <> m.giver AND y.person <> m.receiver) OR m.state <> 4
UNION ALL SELECT 'help_person' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests for help by neither of the two, or in another program than their match' AS what,
       MIN(h.id) AS first
FROM help h JOIN match m ON m.id = h.match WHERE (h.person <> m.giver AND h.person <> m.receiver) OR h.program <> m.program
UNION ALL SELECT 'help_taken' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'requests for help that are done, or have a moment, without somebody who has them' AS what,
       MIN(h.id) AS first
FROM help h WHERE (h.taken_by IS NULL AND (h.taken_at IS NOT NULL OR h.done_at IS NOT NULL))
OR (h.taken_by IS NOT NULL AND h.taken_at IS NULL)
UNION ALL SELECT 'capture_aside' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'things kept aside that neither of the two wrote, that were sent after all, or that are from ahead of their coming' AS what,
       MIN(a.id) AS first
FROM capture_aside a JOIN match m ON m.id = a.match
WHERE (a.person <> m.giver AND a.person <> m.receiver) OR a.captured_at > a.kept_at OR a.reason NOT IN (1, 2, 3)
OR EXISTS (SELECT 1 FROM contact c WHERE c.by_person = a.person AND c.capture = a.capture)
OR EXISTS (SELECT 1 FROM message w WHERE w.by_person = a.person AND w.capture = a.capture)
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
UNION ALL SELECT 'text_line' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'people who read by text where nothing could be asked' AS what,
       MIN(l.person) AS first
FROM text_line l WHERE l.step NOT BETWEEN 0 AND 8 OR l.wrong < 0 OR (l.step = 1 AND l.open_since IS NOT NULL)
OR (l.step > 1 AND l.open_since IS NULL)
UNION ALL SELECT 'diary_mail' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'people whose meetings go by mail to what is no mailbox of theirs' AS what,
       MIN(d.person) AS first
FROM diary_mail d JOIN contact_point c ON c.id = d.point WHERE c.person <> d.person OR c.kind <> 1
UNION ALL SELECT 'diary_reminder' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'reminders of meetings that are not set, of others, or too late' AS what,
       MIN(r.meeting) AS first
FROM diary_reminder r JOIN meeting t ON t.id = r.meeting JOIN match m ON m.id = t.match
WHERE t.state <> 2 OR r.remind_at >= t.starts_at OR r.person NOT IN (m.receiver, m.giver)
UNION ALL SELECT 'promise_reminder' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'reminders of promises that have ended' AS what,
       MIN(r.promise) AS first
FROM promise_reminder r JOIN promise p ON p.id = r.promise WHERE p.state <> 1
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
WHERE c.request IS DISTINCT FROM s.request OR COALESCE(c.to_person, 0) <> s.with_person OR c.to_kind NOT IN (1, 2, 4)
OR c.stopped_at IS NOT NULL OR c.until_at <> s.until_at OR c.items <> s.items OR (s.items & 3) <> 3
OR (c.how = 1 AND c.signs IN (1, 3) AND NOT EXISTS (SELECT 1 FROM consent_signature g WHERE g.consent = c.id AND g.side = 1))
OR (c.signs IN (2, 3) AND NOT EXISTS (SELECT 1 FROM consent_signature g WHERE g.consent = c.id AND g.side = 2)
    AND NOT EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id))
UNION ALL SELECT 'consent_sharing' AS rule, CAST(COUNT(*) AS BIGINT) AS wrong, 'consents in force that nothing is shared by' AS what,
       MIN(c.id) AS first
FROM consent c WHERE c.request IS NOT NULL AND c.to_kind IN (1, 2, 4) AND c.stopped_at IS NULL AND c.until_at > :now
AND (c.how <> 1 OR c.signs = 2 OR EXISTS (SELECT 1 FROM consent_signature g WHERE g.consent = c.id AND g.side = 1))
AND (c.signs = 1 OR EXISTS (SELECT 1 FROM consent_signature g WHERE g.consent = c.id AND g.side = 2)
     OR EXISTS (SELECT 1 FROM consent_alone a WHERE a.consent = c.id))
AND NOT EXISTS (SELECT 1 FROM sharing s WHERE s.request = c.request AND s.with_person = COALESCE(c.to_person, 0));
