/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps the versions of a program's provider's form, and of what families filled in. */
#include "features/provider/provider.h"

#include "provider_sql.h"

#include <assert.h>

enum { SHEETS_MOST = 20 };

/* The titles of one version, by position from 1; those that are not there stay empty. */
static size_t headings_of(const Scope *scope, ProviderFormId form, Str headings[PROVIDER_HEADINGS_MOST]) {
    const ProviderHeadingListRows rows = provider_heading_list(scope->db, form);
    for (size_t at = 0; at < rows.count; at++) {
        headings[at] = rows.items[at].title;
    }
    return rows.count;
}

ProviderForm provider_form_find(const Scope *scope, ProgramId program) {
    ProviderForm form = {.program = program, .name = STR(""), .filled_by = STR("")};
    const ProviderFormNewestRows rows = provider_form_newest(scope->db, program);
    if (rows.count > 0) {
        form.id = rows.items[0].id;
        form.name = rows.items[0].name;
        form.filled_by = rows.items[0].filled_by;
        form.review_days = rows.items[0].review_days;
        form.count = headings_of(scope, form.id, form.headings);
    }
    return form;
}

ProviderForm provider_form_for(const Scope *scope, PersonId person) {
    const ProviderHomeRows homes = provider_home(scope->db, person);
    return homes.count > 0 ? provider_form_find(scope, homes.items[0].program) : (ProviderForm){0};
}

void provider_form_write(const Scope *scope, Tx *tx, const ProviderForm *form) {
    assert(form->count <= PROVIDER_HEADINGS_MOST);
    const ProviderFormId id = {random_id(scope->random)};
    provider_form_insert(tx, &(ProviderFormInsert){.id = id,
                                                   .program = form->program,
                                                   .name = form->name,
                                                   .filled_by = form->filled_by,
                                                   .review_days = form->review_days,
                                                   .by_person = scope->actor,
                                                   .now = scope->now});
    for (size_t at = 0; at < form->count; at++) {
        provider_heading_insert(tx, id, (int64_t)at + 1, form->headings[at]);
    }
}

static ProviderSheet sheet_of(const Scope *scope, const ProviderSheetList *row) {
    ProviderSheet sheet = {
        .id = row->id,
        .version = row->version,
        .name = row->name,
        .at = row->at,
        .review_at = row->review_at,
        .lang = (Lang)row->lang,
        .with = row->with_whom,
        .for_giver = row->for_giver,
        .for_coordinator = row->for_coordinator,
    };
    sheet.count = headings_of(scope, row->form, sheet.headings);
    for (size_t at = 0; at < PROVIDER_HEADINGS_MOST; at++) {
        sheet.lines[at] = STR("");
    }
    const ProviderLineListRows lines = provider_line_list(scope->db, row->id);
    for (size_t at = 0; at < lines.count; at++) {
        sheet.lines[lines.items[at].position - 1] = lines.items[at].words;
    }
    return sheet;
}

static ProviderSheets sheets_of(const Scope *scope, PersonId person, int64_t most) {
    const ProviderSheetListRows rows = provider_sheet_list(scope->db, person, most);
    ProviderSheet *items = NEW_MANY(scope->arena, rows.count, ProviderSheet);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = sheet_of(scope, &rows.items[at]);
    }
    return (ProviderSheets){.items = items, .count = rows.count};
}

/* Nothing is opened for a reader who is not let. */
bool provider_sheet_find(const Scope *scope, PersonId person, ProviderSheet *ret_sheet) {
    if (!person_id_equal(person, scope->actor)) {
        const ProviderSheetReadersRows rows =
            provider_sheet_readers(scope->db, person, scope->actor, scope->now);
        if (rows.count == 0 || !rows.items[0].is_let) {
            return false;
        }
    }
    const ProviderSheets newest = sheets_of(scope, person, 1);
    if (newest.count > 0) {
        *ret_sheet = newest.items[0];
    }
    return newest.count > 0;
}

ProviderSheets provider_sheets(const Scope *scope) {
    return sheets_of(scope, scope->actor, SHEETS_MOST);
}

void provider_sheet_write(const Scope *scope, Tx *tx, const ProviderForm *form, const ProviderSheet *sheet) {
    const ProviderSheetId id = {random_id(scope->random)};
    provider_sheet_insert(tx, &(ProviderSheetInsert){
                                  .id = id,
                                  .person = scope->actor,
                                  .form = form->id,
                                  .now = scope->now,
                                  .review_at = time_after(scope->now, form->review_days * TIME_DAY),
                                  .lang = scope->lang,
                                  .with_whom = sheet->with,
                                  .for_giver = sheet->for_giver,
                                  .for_coordinator = sheet->for_coordinator,
                              });
    for (size_t at = 0; at < form->count; at++) {
        provider_line_insert(tx, &(ProviderLineInsert){.id = {random_id(scope->random)},
                                                       .sheet = id,
                                                       .person = scope->actor,
                                                       .position = (int64_t)at + 1,
                                                       .words = sheet->lines[at]});
    }
}
