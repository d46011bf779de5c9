-- SPDX-License-Identifier: Apache-2.0
-- How much of a month somebody wants to give.

-- hours_wish_row(person PersonId) -> one { hours Int }
SELECT hours FROM hours_wish WHERE person = :person;

-- hours_wish_put(person PersonId, hours Int)
INSERT INTO hours_wish (person, hours) VALUES (:person, :hours)
ON CONFLICT (person) DO UPDATE SET hours = excluded.hours;

-- hours_wish_delete(person PersonId)
DELETE FROM hours_wish WHERE person = :person;
