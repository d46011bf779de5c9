-- SPDX-License-Identifier: Apache-2.0
-- The people around somebody.

-- circle_count(person PersonId) -> one { members Int }
SELECT COUNT(*) AS members FROM circle_member WHERE person = :person AND gone_at IS NULL;

-- circle_insert(id CircleMemberId, person PersonId, called Sealed(circle_member.called, id, person), helps Sealed(circle_member.helps, id, person), kind Int, near Int, now Time)
INSERT INTO circle_member (id, person, called, helps, kind, near, since, gone_at)
VALUES (:id, :person, :called, :helps, :kind, :near, :now, NULL);

-- circle_update(id CircleMemberId, person PersonId, called Sealed(circle_member.called, id, person), helps Sealed(circle_member.helps, id, person), kind Int, near Int) -> count
UPDATE circle_member SET called = :called, helps = :helps, kind = :kind, near = :near
WHERE id = :id AND person = :person;

-- circle_update_gone(id CircleMemberId, person PersonId, gone_at Time?) -> count
UPDATE circle_member SET gone_at = :gone_at WHERE id = :id AND person = :person;

-- circle_delete(id CircleMemberId, person PersonId) -> count
DELETE FROM circle_member WHERE id = :id AND person = :person;

-- circle_delete_of(person PersonId) -> count
DELETE FROM circle_member WHERE person = :person;

-- circle_by_id(id CircleMemberId, person PersonId) -> one { id CircleMemberId, called Sealed(circle_member.called, id), helps Sealed(circle_member.helps, id), kind Int, near Int, since Time, gone_at Time? }
SELECT id, called, helps, kind, near, since, gone_at FROM circle_member WHERE id = :id AND person = :person;

-- circle_here(person PersonId, most Int) -> many { id CircleMemberId, called Sealed(circle_member.called, id), helps Sealed(circle_member.helps, id), kind Int, near Int, since Time }
SELECT id, called, helps, kind, near, since FROM circle_member
WHERE person = :person AND gone_at IS NULL ORDER BY near, since, id LIMIT :most;

-- circle_gone(person PersonId, most Int) -> many { id CircleMemberId, called Sealed(circle_member.called, id), helps Sealed(circle_member.helps, id), kind Int, near Int, since Time, gone_at Time? }
SELECT id, called, helps, kind, near, since, gone_at FROM circle_member
WHERE person = :person AND gone_at IS NOT NULL ORDER BY gone_at DESC, id LIMIT :most;

-- circle_walk_rows(person PersonId) -> many { match MatchId, called Str, began_at Time }
-- Who walks with this person, the longest first.
SELECT m.id AS match, g.called, m.began_at FROM match m JOIN person g ON g.id = m.giver
WHERE m.receiver = :person AND m.state IN (1, 2, 3) ORDER BY m.began_at, m.id LIMIT 20;
