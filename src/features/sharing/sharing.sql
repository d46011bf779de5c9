-- SPDX-License-Identifier: Apache-2.0
-- What rests when a consent is stopped.

-- sharing_walk(request RequestId, giver PersonId) -> many { id MatchId, state Int }
-- The walk with this person that lasts.
SELECT id, state FROM match WHERE request = :request AND giver = :giver AND state <> 4 ORDER BY began_at DESC, id LIMIT 1;

-- sharing_invited(request RequestId, giver PersonId) -> many { id InvitationId }
-- The question that this person has not answered with yes or no.
SELECT i.id FROM invitation i JOIN offer o ON o.id = i.offer
WHERE i.request = :request AND o.person = :giver AND i.state IN (1, 4) ORDER BY i.id LIMIT 1;

-- sharing_requests(person PersonId) -> many { id RequestId, created_at Time }
-- What this person asked for, the newest first.
SELECT id, created_at FROM request WHERE person = :person ORDER BY created_at DESC, id LIMIT 10;
