-- SPDX-License-Identifier: Apache-2.0
-- Contacts of a match, and what was set beside them.

-- contact_insert(match MatchId, at Time, id ContactId, by_person PersonId, kind Int, outcome Int, minutes Int, was_emotional Bool, was_informational Bool, was_instrumental Bool, was_affiliational Bool, line Str, logged_at Time)
INSERT INTO contact (match, at, id, by_person, kind, outcome, minutes, was_emotional, was_informational,
                     was_instrumental, was_affiliational, line, logged_at)
VALUES (:match, :at, :id, :by_person, :kind, :outcome, :minutes, :was_emotional, :was_informational,
        :was_instrumental, :was_affiliational, :line, :logged_at);

-- contact_rows(match MatchId, before Time, most Int) -> many { id ContactId, by_person PersonId, by_called Str, kind Int, outcome Int, minutes Int, was_emotional Bool, was_informational Bool, was_instrumental Bool, was_affiliational Bool, line Str, at Time, logged_at Time }
SELECT c.id, c.by_person, p.called AS by_called, c.kind, c.outcome, c.minutes, c.was_emotional, c.was_informational,
       c.was_instrumental, c.was_affiliational, c.line, c.at, c.logged_at
FROM contact c JOIN person p ON p.id = c.by_person
WHERE c.match = :match AND c.at < :before
ORDER BY c.at DESC, c.id DESC LIMIT :most;

-- contact_row(id ContactId) -> one { match MatchId, by_person PersonId, by_called Str, kind Int, outcome Int, minutes Int, was_emotional Bool, was_informational Bool, was_instrumental Bool, was_affiliational Bool, line Str, at Time, logged_at Time }
SELECT c.match, c.by_person, p.called AS by_called, c.kind, c.outcome, c.minutes, c.was_emotional,
       c.was_informational, c.was_instrumental, c.was_affiliational, c.line, c.at, c.logged_at
FROM contact c JOIN person p ON p.id = c.by_person
WHERE c.id = :id;

-- contact_answer_insert(contact ContactId, at Time, id ContactAnswerId, by_person PersonId, words Str)
INSERT INTO contact_answer (contact, at, id, by_person, words) VALUES (:contact, :at, :id, :by_person, :words);

-- contact_answer_rows(match MatchId, since Time, before Time) -> many { contact ContactId, by_person PersonId, by_called Str, words Str, at Time }
-- Beside all contacts of a stretch of time at once; those of one contact stand together.
SELECT a.contact, a.by_person, p.called AS by_called, a.words, a.at
FROM contact c JOIN contact_answer a ON a.contact = c.id JOIN person p ON p.id = a.by_person
WHERE c.match = :match AND c.at >= :since AND c.at < :before
ORDER BY c.at DESC, c.id DESC, a.at, a.id LIMIT 400;
