-- SPDX-License-Identifier: Apache-2.0
-- Programs, and the words, lists and clocks that their coordinators edit.

-- program_insert(id ProgramId, slug Str, zone Str, now Time)
INSERT INTO program (id, slug, zone, takes_requests, created_at) VALUES (:id, :slug, :zone, 1, :now);

-- program_row(id ProgramId, lang Int) -> one { id ProgramId, slug Str, zone Str, takes_requests Bool, name Str }
-- The name in the reader's language or, where it is not written there, in another; "" when it has none.
SELECT p.id, p.slug, p.zone, p.takes_requests,
       COALESCE((SELECT w.words FROM program_text w WHERE w.program = p.id AND w.key = 1 AND w.lang = :lang AND w.words <> ''),
                (SELECT w.words FROM program_text w WHERE w.program = p.id AND w.key = 1 AND w.words <> '' ORDER BY w.lang LIMIT 1), '') AS name
FROM program p WHERE p.id = :id;

-- program_row_by_slug(slug Str, lang Int) -> one { id ProgramId, slug Str, zone Str, takes_requests Bool, name Str }
SELECT p.id, p.slug, p.zone, p.takes_requests,
       COALESCE((SELECT w.words FROM program_text w WHERE w.program = p.id AND w.key = 1 AND w.lang = :lang AND w.words <> ''),
                (SELECT w.words FROM program_text w WHERE w.program = p.id AND w.key = 1 AND w.words <> '' ORDER BY w.lang LIMIT 1), '') AS name
FROM program p WHERE p.slug = :slug;

-- program_rows(lang Int) -> many { id ProgramId, slug Str, zone Str, takes_requests Bool, name Str }
SELECT p.id, p.slug, p.zone, p.takes_requests,
       COALESCE((SELECT w.words FROM program_text w WHERE w.program = p.id AND w.key = 1 AND w.lang = :lang AND w.words <> ''),
                (SELECT w.words FROM program_text w WHERE w.program = p.id AND w.key = 1 AND w.words <> '' ORDER BY w.lang LIMIT 1), '') AS name
FROM program p ORDER BY p.created_at, p.id LIMIT 200;

-- program_rows_with_duty(person PersonId, kind Int, now Time, lang Int) -> many { id ProgramId, slug Str, zone Str, takes_requests Bool, name Str }
SELECT p.id, p.slug, p.zone, p.takes_requests,
       COALESCE((SELECT w.words FROM program_text w WHERE w.program = p.id AND w.key = 1 AND w.lang = :lang AND w.words <> ''),
                (SELECT w.words FROM program_text w WHERE w.program = p.id AND w.key = 1 AND w.words <> '' ORDER BY w.lang LIMIT 1), '') AS name
FROM program p
WHERE EXISTS (SELECT 1 FROM duty d WHERE d.person = :person AND d.program = p.id AND d.kind = :kind
              AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now))
ORDER BY p.created_at, p.id LIMIT 200;

-- program_row_set_takes_requests(id ProgramId, takes_requests Bool) -> count
UPDATE program SET takes_requests = :takes_requests WHERE id = :id;

-- ---- words ----

-- program_text_list(program ProgramId, key Int) -> many { lang Int, words Str }
SELECT lang, words FROM program_text WHERE program = :program AND key = :key ORDER BY lang LIMIT 20;

-- program_text_put(program ProgramId, key Int, lang Int, words Str)
INSERT INTO program_text (program, key, lang, words) VALUES (:program, :key, :lang, :words)
ON CONFLICT (program, key, lang) DO UPDATE SET words = excluded.words;

-- ---- lists ----

-- list_item_offered(program ProgramId, list Int, lang Int) -> many { id ListItemId, label Str }
-- In the reader's language or, where that is not written, in the other.
SELECT i.id, COALESCE((SELECT t.words FROM list_item_text t WHERE t.item = i.id AND t.lang = :lang AND t.words <> ''),
                      (SELECT t.words FROM list_item_text t WHERE t.item = i.id AND t.words <> '' ORDER BY t.lang LIMIT 1), '') AS label
FROM list_item i
WHERE i.program = :program AND i.list = :list AND i.retired_at IS NULL
ORDER BY i.position, i.id LIMIT 200;

-- list_item_every(program ProgramId, list Int, lang Int) -> many { id ListItemId, label Str, position Int, retired_at Time? }
-- Retired ones too, after those that are offered. More than are offered at once, for a list lives for years.
SELECT i.id, COALESCE((SELECT t.words FROM list_item_text t WHERE t.item = i.id AND t.lang = :lang AND t.words <> ''),
                      (SELECT t.words FROM list_item_text t WHERE t.item = i.id AND t.words <> '' ORDER BY t.lang LIMIT 1), '') AS label, i.position, i.retired_at
FROM list_item i
WHERE i.program = :program AND i.list = :list
ORDER BY CASE WHEN i.retired_at IS NULL THEN 0 ELSE 1 END, i.position, i.id LIMIT 1000;

-- list_item_label(id ListItemId, lang Int) -> one { label Str }
SELECT COALESCE((SELECT t.words FROM list_item_text t WHERE t.item = i.id AND t.lang = :lang AND t.words <> ''),
                (SELECT t.words FROM list_item_text t WHERE t.item = i.id AND t.words <> '' ORDER BY t.lang LIMIT 1), '') AS label
FROM list_item i
WHERE i.id = :id;

-- list_item_words(id ListItemId, lang Int) -> one { label Part2 Str, is_part2 Bool }
-- The same of an item that somebody chose or was given: whether it tells of substance use goes with it.
SELECT COALESCE((SELECT t.words FROM list_item_text t WHERE t.item = i.id AND t.lang = :lang AND t.words <> ''),
                (SELECT t.words FROM list_item_text t WHERE t.item = i.id AND t.words <> '' ORDER BY t.lang LIMIT 1), '') AS label,
       CASE WHEN EXISTS (SELECT 1 FROM part2_item k WHERE k.item = i.id) THEN 1 ELSE 0 END AS is_part2
FROM list_item i
WHERE i.id = :id;

-- list_item_is_marked(item ListItemId) -> one { marks Int }
SELECT COUNT(*) AS marks FROM part2_item WHERE item = :item;

-- list_item_mark(item ListItemId) -> count
-- It tells of substance use.
INSERT INTO part2_item (item) VALUES (:item) ON CONFLICT DO NOTHING;

-- list_item_unmark(item ListItemId) -> count
DELETE FROM part2_item WHERE item = :item;

-- list_item_row(id ListItemId) -> one { program ProgramId, list Int, retired_at Time? }
SELECT program, list, retired_at FROM list_item WHERE id = :id;

-- list_item_texts(item ListItemId) -> many { lang Int, words Str }
SELECT lang, words FROM list_item_text WHERE item = :item ORDER BY lang LIMIT 20;

-- list_item_twin(program ProgramId, list Int, lang Int, words Str, except ListItemId) -> one { twins Int }
-- Offered items that say the same in this language.
SELECT COUNT(*) AS twins FROM list_item i JOIN list_item_text t ON t.item = i.id
WHERE i.program = :program AND i.list = :list AND t.lang = :lang AND i.id <> :except
AND i.retired_at IS NULL AND LOWER(t.words) = LOWER(:words);

-- list_item_last(program ProgramId, list Int) -> one { position Int, offered Int }
SELECT COALESCE(MAX(position), 0) AS position,
       CAST(COALESCE(SUM(CASE WHEN retired_at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS offered
FROM list_item WHERE program = :program AND list = :list;

-- list_item_insert(id ListItemId, program ProgramId, list Int, position Int)
INSERT INTO list_item (id, program, list, position) VALUES (:id, :program, :list, :position);

-- list_item_put_text(item ListItemId, lang Int, words Str)
INSERT INTO list_item_text (item, lang, words) VALUES (:item, :lang, :words)
ON CONFLICT (item, lang) DO UPDATE SET words = excluded.words;

-- list_item_set_position(id ListItemId, position Int) -> count
UPDATE list_item SET position = :position WHERE id = :id;

-- list_item_set_retired(id ListItemId, retired_at Time?) -> count
UPDATE list_item SET retired_at = :retired_at WHERE id = :id;

-- ---- clocks ----

-- program_clock_row(program ProgramId, clock Int) -> one { amount Int, unit Int }
SELECT amount, unit FROM program_clock WHERE program = :program AND clock = :clock;

-- program_clock_put(program ProgramId, clock Int, amount Int, unit Int)
INSERT INTO program_clock (program, clock, amount, unit) VALUES (:program, :clock, :amount, :unit)
ON CONFLICT (program, clock) DO UPDATE SET amount = excluded.amount, unit = excluded.unit;

-- ---- duties ----

-- duty_held(program ProgramId, person PersonId, kind Int, now Time) -> one { held Int }
SELECT COUNT(*) AS held FROM duty WHERE person = :person AND program = :program AND kind = :kind
AND starts_at <= :now AND (ends_at IS NULL OR ends_at > :now);

-- duty_insert(id DutyId, program ProgramId, person PersonId, kind Int, now Time, given_by PersonId?)
INSERT INTO duty (id, program, person, kind, starts_at, given_by)
VALUES (:id, :program, :person, :kind, :now, :given_by);

-- duty_end(program ProgramId, person PersonId, kind Int, now Time) -> count
UPDATE duty SET ends_at = :now WHERE program = :program AND person = :person AND kind = :kind
AND (ends_at IS NULL OR ends_at > :now);

-- duty_list_holders(program ProgramId, kind Int, now Time) -> many { person PersonId, called Str, since Time }
SELECT d.person, p.called, MIN(d.starts_at) AS since FROM duty d JOIN person p ON p.id = d.person
WHERE d.program = :program AND d.kind = :kind AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now)
GROUP BY d.person, p.called ORDER BY since, d.person LIMIT 200;

-- program_language_item(program ProgramId, name Str) -> many { item ListItemId }
-- The program's list item for a language by the language's own name.
SELECT DISTINCT l.id AS item FROM list_item l JOIN list_item_text t ON t.item = l.id
WHERE l.program = :program AND l.list = 2 AND t.words = :name ORDER BY l.id LIMIT 1;

-- ---- how long duties stay signed in ----

-- duty_session_row(program ProgramId, kind Int) -> one { idle_us Int, longest_us Int }
SELECT idle_us, longest_us FROM duty_session WHERE program = :program AND kind = :kind;

-- duty_session_put(program ProgramId, kind Int, idle_us Int, longest_us Int)
INSERT INTO duty_session (program, kind, idle_us, longest_us) VALUES (:program, :kind, :idle_us, :longest_us)
ON CONFLICT (program, kind) DO UPDATE SET idle_us = excluded.idle_us, longest_us = excluded.longest_us;

-- program_grace_row(program ProgramId) -> one { grace_us Int }
SELECT grace_us FROM program_sign_in WHERE program = :program;

-- program_grace_put(program ProgramId, grace_us Int)
INSERT INTO program_sign_in (program, grace_us) VALUES (:program, :grace_us)
ON CONFLICT (program) DO UPDATE SET grace_us = excluded.grace_us;

-- duty_list_everyone(program ProgramId, now Time) -> many { person PersonId, called Str, since Time }
SELECT d.person, p.called, MIN(d.starts_at) AS since FROM duty d JOIN person p ON p.id = d.person
WHERE d.program = :program AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now)
GROUP BY d.person, p.called ORDER BY p.called, d.person LIMIT 200;

-- duty_of_anyone(program ProgramId, person PersonId, now Time) -> many { called Str }
SELECT DISTINCT p.called FROM duty d JOIN person p ON p.id = d.person
WHERE d.program = :program AND d.person = :person AND d.starts_at <= :now AND (d.ends_at IS NULL OR d.ends_at > :now);
