-- SPDX-License-Identifier: Apache-2.0
-- A program's rules about who signs, and where it works.

-- signing_place_row(program ProgramId) -> one { state Str, service Int }
SELECT state, service FROM signing_place WHERE program = :program;

-- signing_place_put(program ProgramId, state Str, service Int)
INSERT INTO signing_place (program, state, service) VALUES (:program, :state, :service)
ON CONFLICT (program) DO UPDATE SET state = excluded.state, service = excluded.service;

-- signing_rule_row(id SigningRuleId) -> one { state Str, service Int, both_from Int, alone_from Int, parent_sees Bool,
--     source Str, checked_on Int?, by_called Str?, added_at Time, retired_at Time? }
SELECT r.state, r.service, r.both_from, r.alone_from, r.parent_sees, r.source, r.checked_on, p.called AS by_called,
       r.added_at, r.retired_at
FROM signing_rule r LEFT JOIN person p ON p.id = r.added_by WHERE r.id = :id;

-- signing_rule_now(program ProgramId, state Str, service Int) -> many { id SigningRuleId }
-- The one that counts.
SELECT id FROM signing_rule WHERE program = :program AND state = :state AND service = :service AND retired_at IS NULL
ORDER BY added_at DESC, id LIMIT 1;

-- signing_rule_was(program ProgramId, state Str, service Int) -> many { id SigningRuleId }
-- What a program itself wrote, also what counts no more.
SELECT id FROM signing_rule
WHERE program = :program AND state = :state AND service = :service AND added_by IS NOT NULL
ORDER BY added_at DESC, id LIMIT 50;

-- signing_rule_all(program ProgramId) -> many { state Str, service Int }
SELECT state, service FROM signing_rule WHERE program = :program AND retired_at IS NULL
ORDER BY state, service, id LIMIT 200;

-- signing_rule_insert(id SigningRuleId, program ProgramId, state Str, service Int, both_from Int, alone_from Int,
--     parent_sees Bool, source Str, checked_on Int?, added_by PersonId?, now Time, retired_at Time?)
INSERT INTO signing_rule (id, program, state, service, both_from, alone_from, parent_sees, source, checked_on, added_by,
                          added_at, retired_at, retired_by)
VALUES (:id, :program, :state, :service, :both_from, :alone_from, :parent_sees, :source, :checked_on, :added_by,
        :now, :retired_at, NULL);

-- signing_rule_set_retired(program ProgramId, state Str, service Int, now Time, by PersonId) -> count
UPDATE signing_rule SET retired_at = :now, retired_by = :by
WHERE program = :program AND state = :state AND service = :service AND retired_at IS NULL;

-- signing_rule_same(program ProgramId, state Str, service Int, both_from Int, alone_from Int, source Str) -> many { id SigningRuleId }
-- What every program starts with, as it was followed here before.
SELECT id FROM signing_rule
WHERE program = :program AND state = :state AND service = :service AND both_from = :both_from
AND alone_from = :alone_from AND source = :source AND added_by IS NULL ORDER BY id LIMIT 1;

-- signing_born_row(person PersonId) -> many { id SigningBornId, born Sealed(signing_born.born, id) }
SELECT id, born FROM signing_born WHERE person = :person ORDER BY id LIMIT 1;

-- signing_born_delete(person PersonId) -> count
DELETE FROM signing_born WHERE person = :person;

-- signing_born_insert(id SigningBornId, person PersonId, born Sealed(signing_born.born, id, person), now Time)
INSERT INTO signing_born (id, person, born, said_at) VALUES (:id, :person, :born, :now);
