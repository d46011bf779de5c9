-- SPDX-License-Identifier: Apache-2.0
-- A provider's form of a program, and what families filled in.

-- provider_form_newest(program ProgramId) -> many { id ProviderFormId, name Str, filled_by Str, review_days Int }
SELECT id, name, filled_by, review_days FROM provider_form WHERE program = :program ORDER BY version DESC LIMIT 1;

-- provider_form_insert(id ProviderFormId, program ProgramId, name Str, filled_by Str, review_days Int, by_person PersonId, now Time)
INSERT INTO provider_form (id, program, version, name, filled_by, review_days, by_person, at)
VALUES (:id, :program, (SELECT COALESCE(MAX(f.version), 0) + 1 FROM provider_form f WHERE f.program = :program), :name,
        :filled_by, :review_days, :by_person, :now);

-- provider_heading_list(form ProviderFormId) -> many { position Int, title Str }
SELECT position, title FROM provider_heading WHERE form = :form ORDER BY position LIMIT 12;

-- provider_heading_insert(form ProviderFormId, position Int, title Str)
INSERT INTO provider_heading (form, position, title) VALUES (:form, :position, :title);

-- provider_home(person PersonId) -> many { program ProgramId }
SELECT program FROM request WHERE person = :person ORDER BY created_at DESC, id LIMIT 1;

-- provider_sheet_list(person PersonId, most Int) -> many { id ProviderSheetId, form ProviderFormId, name Str, version Int, at Time, review_at Time, lang Int, with_whom Sealed(provider_sheet.with_whom, id), for_giver Bool, for_coordinator Bool }
-- The newest first.
SELECT s.id, s.form, f.name, s.version, s.at, s.review_at, s.lang, s.with_whom, s.for_giver, s.for_coordinator
FROM provider_sheet s JOIN provider_form f ON f.id = s.form
WHERE s.person = :person ORDER BY s.version DESC LIMIT :most;

-- provider_sheet_readers(person PersonId, reader PersonId, now Time) -> many { is_let Bool }
-- Is the newest let to this reader, who walks with the person, or else as a coordinator?
SELECT CASE WHEN EXISTS (
           SELECT 1 FROM match m JOIN sharing h ON h.request = m.request AND h.with_person = m.giver
           WHERE m.receiver = s.person AND m.giver = :reader AND m.state <> 4 AND h.until_at > :now)
       THEN s.for_giver ELSE s.for_coordinator END AS is_let
FROM provider_sheet s WHERE s.person = :person ORDER BY s.version DESC LIMIT 1;

-- provider_sheet_insert(id ProviderSheetId, person PersonId, form ProviderFormId, now Time, review_at Time, lang Int, with_whom Sealed(provider_sheet.with_whom, id, person), for_giver Bool, for_coordinator Bool)
INSERT INTO provider_sheet (id, person, form, version, at, review_at, lang, with_whom, for_giver, for_coordinator)
VALUES (:id, :person, :form, (SELECT COALESCE(MAX(s.version), 0) + 1 FROM provider_sheet s WHERE s.person = :person), :now,
        :review_at, :lang, :with_whom, :for_giver, :for_coordinator);

-- provider_line_list(sheet ProviderSheetId) -> many { id ProviderLineId, position Int, words Sealed(provider_line.words, id) }
SELECT id, position, words FROM provider_line WHERE sheet = :sheet ORDER BY position LIMIT 12;

-- provider_line_insert(id ProviderLineId, sheet ProviderSheetId, person PersonId, position Int, words Sealed(provider_line.words, id, person))
INSERT INTO provider_line (id, sheet, position, words) VALUES (:id, :sheet, :position, :words);
