/* SPDX-License-Identifier: Apache-2.0 */
/* From a dry run to what its pages show. */
#include "features/import/import_texts.h"
#include "features/import/import_view.h"
#include "texts.h"

enum { GROUPS_SHOWN = 100, SAMPLES_SHOWN = 3, NOTES = 6 };

Strs import_lines_of(Arena *arena, Str text) {
    size_t count = 0;
    for (size_t at = 0; at < text.length; at++) {
        count += text.at[at] == '\n' ? 1 : 0;
    }
    Str *lines = NEW_MANY(arena, count + 1, Str);
    size_t found = 0;
    while (text.length > 0) {
        (void)str_cut(text, '\n', &lines[found], &text);
        found++;
    }
    return (Strs){.items = lines, .count = found};
}

/* ---- columns ---- */

static ImportGroupsShown groups_shown(const Scope *scope, const ImportColumnPlan *plan, int64_t *ret_beyond) {
    const size_t count = plan->group_count < GROUPS_SHOWN ? plan->group_count : GROUPS_SHOWN;
    ImportGroupShown *items = NEW_MANY(scope->arena, count, ImportGroupShown);
    for (size_t index = 0; index < count; index++) {
        const ImportGroup *group = &plan->groups[index];
        items[index] = (ImportGroupShown){
            .original = str_first_characters(group->original, 300),
            .understood = group->understood,
            .is_understood = group->understood.length > 0,
            .why = import_remark_text(group->reading.remark),
            .rows = (int64_t)group->cells,
        };
    }
    size_t beyond = plan->cells_beyond;
    for (size_t index = count; index < plan->group_count; index++) {
        beyond += plan->groups[index].cells;
    }
    *ret_beyond = (int64_t)beyond;
    return (ImportGroupsShown){.items = items, .count = count};
}

static Str samples_line(const Scope *scope, const ImportColumn *column) {
    Buf buf = buf_new(scope->arena, 2000);
    for (size_t index = 0; index < IMPORT_SAMPLES && column->samples[index].length > 0; index++) {
        buf_add(&buf, index > 0 ? STR(" \xC2\xB7 ") : STR(""));
        buf_add(&buf, str_first_characters(column->samples[index], 60));
    }
    return buf_str(&buf);
}

ImportColumnsShown import_columns_shown(const Scope *scope, const ImportLook *look) {
    ImportColumnShown *items = NEW_MANY(scope->arena, look->columns.count, ImportColumnShown);
    for (size_t index = 0; index < look->columns.count; index++) {
        const ImportColumn *column = &look->columns.items[index];
        const ImportColumnPlan *plan = &look->plan.columns[index];
        const bool is_kept = column->meaning == MEANS_KEEP || column->meaning == MEANS_REFERENCE;
        items[index] = (ImportColumnShown){
            .name = str_print(scope->arena, "column-%zu", index + 1),
            .heading = import_heading(scope->arena, scope->lang, &look->columns, index),
            .meaning = import_meaning_word(column->meaning),
            .why = import_why_text(column->why),
            .samples = samples_line(scope, column),
            .understood = is_kept ? 0 : (int64_t)plan->understood,
            .guessed = (int64_t)plan->guessed,
            .open = (int64_t)plan->not_understood,
            .error = TEXT_NONE,
        };
        items[index].groups = groups_shown(scope, plan, &items[index].beyond);
    }
    return (ImportColumnsShown){.items = items, .count = look->columns.count};
}

Options import_meanings_shown(const Scope *scope, ImportKind kind) {
    Option *items = NEW_MANY(scope->arena, MEANS_COUNT, Option);
    size_t count = 0;
    for (int index = 0; index < MEANS_COUNT; index++) {
        const ImportMeaning meaning = (ImportMeaning)index;
        if (import_meaning_fits(meaning, kind)) {
            items[count++] = (Option){
                .value = import_meaning_word(meaning),
                .label = text_str(scope->lang, import_meaning_text(meaning)),
            };
        }
    }
    return (Options){.items = items, .count = count};
}

/* ---- the file ---- */

static bool has_name_column(const ImportLook *look) {
    for (size_t index = 0; index < look->columns.count; index++) {
        if (look->columns.items[index].meaning == MEANS_NAME) {
            return true;
        }
    }
    return false;
}

Strs import_notes_shown(const Scope *scope, const ImportLook *look) {
    Str *notes = NEW_MANY(scope->arena, NOTES, Str);
    size_t count = 0;
    notes[count++] =
        text_str(scope->lang, look->columns.kind == IMPORT_SUPPORTERS ? TEXT_IMPORT_NOTE_GUESSED_SUPPORTERS
                                                                      : TEXT_IMPORT_NOTE_GUESSED_WAITING);
    notes[count++] = text_str(scope->lang, TEXT_IMPORT_NOTE_KIND_CHANGE);
    notes[count++] = text_str(scope->lang, import_encoding_text(look->table.encoding));
    if (!look->columns.has_headings) {
        notes[count++] = text_str(scope->lang, TEXT_IMPORT_NOTE_NO_HEADINGS);
    }
    if (!has_name_column(look)) {
        notes[count++] = text_str(scope->lang, TEXT_IMPORT_NOTE_NO_NAME);
    }
    return (Strs){.items = notes, .count = count};
}

/* ---- people ---- */

static Str row_title(const Scope *scope, int64_t line, Str called) {
    const Words words = scope_words(scope);
    return called.length > 0 ? text_import_row_title(&words, line, called)
                             : text_import_row_nameless(&words, line);
}

static ImportSample sample_shown(const Scope *scope, const ImportLook *look, const ImportRowPlan *plan) {
    const ImportRowRead row =
        import_row_read(scope->arena, &look->plan.setting, &look->table.lines[plan->at]);
    ImportFact *facts = NEW_MANY(scope->arena, row.count, ImportFact);
    size_t count = 0;
    for (size_t index = 0; index < row.count; index++) {
        const ImportCellRead *cell = &row.cells[index];
        if (cell->understood.length > 0) {
            facts[count++] = (ImportFact){
                .label = import_meaning_text(look->columns.items[cell->column].meaning),
                .value = cell->understood,
            };
        }
    }
    return (ImportSample){
        .title = row_title(scope, plan->line, plan->called),
        .facts = {.items = facts, .count = count},
        .unparsed =
            import_lines_of(scope->arena, import_row_unparsed(scope->arena, &look->plan.setting, &row)),
    };
}

ImportSamples import_samples_shown(const Scope *scope, const ImportLook *look) {
    ImportSample *items = NEW_MANY(scope->arena, SAMPLES_SHOWN, ImportSample);
    size_t count = 0;
    for (size_t index = 0; index < look->plan.count && count < SAMPLES_SHOWN; index++) {
        if (look->plan.rows[index].verdict == IMPORT_TAKE) {
            items[count++] = sample_shown(scope, look, &look->plan.rows[index]);
        }
    }
    return (ImportSamples){.items = items, .count = count};
}

/* ---- rows with a question ---- */

bool import_row_is_wanted(const ImportRowPlan *row, ImportRowsWanted wanted) {
    return wanted.all || row->asks != 0 || row->trouble != 0 || row->is_decided ||
           row->verdict != IMPORT_TAKE;
}

ImportRowsShown import_rows_shown(const Scope *scope, const ImportLook *look, ImportRowsWanted wanted,
                                  size_t *ret_count) {
    ImportRowShown *items = NEW_MANY(scope->arena, IMPORT_ROWS_ON_PAGE, ImportRowShown);
    const size_t first = (size_t)(wanted.page - 1) * IMPORT_ROWS_ON_PAGE;
    size_t seen = 0;
    size_t count = 0;
    for (size_t index = 0; index < look->plan.count; index++) {
        const ImportRowPlan *row = &look->plan.rows[index];
        if (!import_row_is_wanted(row, wanted)) {
            continue;
        }
        if (seen >= first && count < IMPORT_ROWS_ON_PAGE) {
            const Str original =
                import_row_original(scope->arena, &look->plan.setting, &look->table.lines[row->at]);
            items[count++] = (ImportRowShown){
                .name = str_print(scope->arena, "row-%lld", (long long)row->line),
                .title = row_title(scope, row->line, row->called),
                .sentences = import_row_sentences(scope->arena, &look->plan, row),
                .original = import_lines_of(scope->arena, original),
                .is_refused = row->verdict == IMPORT_REFUSE || (row->asks & ASK_HEADINGS_AGAIN) != 0,
                .is_taken = row->verdict == IMPORT_TAKE,
            };
        }
        seen++;
    }
    *ret_count = seen;
    return (ImportRowsShown){.items = items, .count = count};
}
