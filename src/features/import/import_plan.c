/* SPDX-License-Identifier: Apache-2.0 */
/* The dry run: every row once, in the order of the file. */
#include "features/import/import_plan.h"

/* Texts seen in a column, with what was made of them. */
typedef struct Column {
    ImportColumnPlan plan;
    ImportGroup *groups;
    ImportIndex seen; /* text to its group's number from 1 */
    size_t next;      /* group number to give */
} Column;

typedef struct Planning {
    Arena *arena; /* what stays */
    Arena *row;   /* what one row needs; reset after each */
    const ImportSetting *setting;
    const ImportKnown *known;
    ImportIndex names, mails, phones, references; /* of the rows before, kept in `arena` */
    Column *columns;
} Planning;

Str import_known_key(Arena *arena, Str folded_name, Str value_index) {
    Buf key = buf_new(arena, folded_name.length + value_index.length + 1);
    buf_add(&key, folded_name);
    buf_add_char(&key, '\x1f');
    buf_add(&key, value_index); /* raw bytes */
    return buf_str(&key);
}

/* ---- columns ---- */

static void count_group(Planning *planning, size_t at, const ImportGroup *group) {
    Column *column = &planning->columns[at];
    int64_t number = import_index_find(&column->seen, group->original);
    if (number == 0 && column->next == IMPORT_MOST_GROUPS) {
        column->plan.cells_beyond++;
        return;
    }
    if (number == 0) {
        number = (int64_t)++column->next;
        ImportGroup *kept = &column->groups[number - 1];
        *kept = *group;
        kept->original = str_copy(planning->arena, group->original);
        kept->understood = str_copy(planning->arena, group->understood);
        kept->reading.rest = str_copy(planning->arena, group->reading.rest);
        (void)import_index_add(&column->seen, kept->original, number);
    }
    column->groups[number - 1].cells++;
}

/* A cell of several words is looked at word by word: fifteen words say more than fifty ways to combine
 * them. */
static void count_words(Planning *planning, const ImportCellRead *cell) {
    const ImportItems *items = cell->items;
    for (size_t index = 0; index < items->count; index++) {
        if (items->is_guess[index]) {
            const Str understood = import_label(planning->setting->lists, cell->list, items->ids[index]);
            const ImportReading reading = {
                .sure = IMPORT_GUESSED, .remark = REMARK_BY_MEANING, .rest = STR("")};
            count_group(planning, cell->column,
                        &(ImportGroup){
                            .original = items->written[index], .understood = understood, .reading = reading});
        }
    }
    if (items->rest.length > 0) {
        const ImportReading reading = {
            .sure = IMPORT_NOT_UNDERSTOOD, .remark = REMARK_UNKNOWN_WORD, .rest = items->rest};
        count_group(planning, cell->column,
                    &(ImportGroup){.original = items->rest, .understood = STR(""), .reading = reading});
    }
}

static void count_cell(Planning *planning, const ImportCellRead *cell) {
    Column *column = &planning->columns[cell->column];
    const ImportReading *reading = &cell->reading;
    /* A column that is kept in words has nothing to look at again. */
    const bool is_kept = planning->setting->columns->items[cell->column].meaning == MEANS_KEEP ||
                         planning->setting->columns->items[cell->column].meaning == MEANS_REFERENCE;
    if (reading->sure == IMPORT_SAYS_NOTHING) {
        return;
    }
    column->plan.guessed += reading->sure == IMPORT_GUESSED ? 1 : 0;
    column->plan.not_understood += reading->sure == IMPORT_NOT_UNDERSTOOD ? 1 : 0;
    column->plan.understood += reading->sure == IMPORT_UNDERSTOOD ? 1 : 0;
    if (is_kept || (reading->sure == IMPORT_UNDERSTOOD && reading->rest.length == 0)) {
        return;
    }
    /* Times of the week are read as a whole: "any" is five words of the list. */
    if (cell->items != NULL && cell->list != LIST_TIME && cell->items->count > 0) {
        count_words(planning, cell);
        return;
    }
    count_group(
        planning, cell->column,
        &(ImportGroup){.original = cell->original, .understood = cell->understood, .reading = *reading});
}

static int compare_groups(const void *left, const void *right) {
    const ImportGroup *one = left;
    const ImportGroup *other = right;
    /* What was not understood first, then the most frequent, then by text so that a page never changes by
     * itself. */
    const int not_one = one->reading.sure == IMPORT_NOT_UNDERSTOOD ? 0 : 1;
    const int not_other = other->reading.sure == IMPORT_NOT_UNDERSTOOD ? 0 : 1;
    if (not_one != not_other) {
        return not_one - not_other;
    }
    if (one->cells != other->cells) {
        return one->cells > other->cells ? -1 : 1;
    }
    return str_compare(one->original, other->original);
}

/* ---- one row ---- */

static void remember(ImportIndex *index, Planning *planning, Str key, unsigned ask, ImportRowPlan *row) {
    if (key.length == 0) {
        return;
    }
    const int64_t before = import_index_find(index, key);
    if (before == 0) {
        (void)import_index_add(index, str_copy(planning->arena, key), row->line);
        return;
    }
    row->asks |= ask;
    row->same_line = row->same_line == 0 ? before : row->same_line;
}

static void look_for_known(const Planning *planning, Str folded_name, ContactPointKind kind, Str value,
                           ImportRowPlan *row) {
    const Str key = account_value_index(planning->known->keys, planning->row, kind, value);
    if (key.length == 0) {
        return;
    }
    if (import_index_find(&planning->known->both, import_known_key(planning->row, folded_name, key)) != 0) {
        row->asks |= ASK_HERE_ALREADY;
    } else if (import_index_find(&planning->known->points, key) != 0) {
        row->asks |= ASK_KNOWN_POINT;
    }
}

static void look_for_others(Planning *planning, const ImportPerson *person, ImportRowPlan *row) {
    const Str name = import_fold(planning->row, person->called);
    for (size_t index = 0; index < person->mail_count; index++) {
        const Str key = account_value_key(planning->row, CONTACT_POINT_MAIL, person->mails[index]);
        look_for_known(planning, name, CONTACT_POINT_MAIL, person->mails[index], row);
        remember(&planning->mails, planning, key, ASK_SAME_MAIL, row);
    }
    for (size_t index = 0; index < person->phone_count; index++) {
        const Str key = account_value_key(planning->row, CONTACT_POINT_PHONE, person->phones[index]);
        look_for_known(planning, name, CONTACT_POINT_PHONE, person->phones[index], row);
        remember(&planning->phones, planning, key, ASK_SAME_PHONE, row);
    }
    if (name.length > 0 && import_index_find(&planning->known->names, name) != 0 &&
        (row->asks & ASK_HERE_ALREADY) == 0) {
        row->asks |= ASK_KNOWN_NAME;
    }
    remember(&planning->names, planning, name, ASK_SAME_NAME, row);
    remember(&planning->references, planning, import_fold(planning->row, person->reference),
             ASK_SAME_REFERENCE, row);
}

static bool column_is(const Planning *planning, size_t column, ImportMeaning meaning) {
    return planning->setting->columns->items[column].meaning == meaning;
}

static void refuse(ImportRowPlan *row, ImportRefusal why, size_t column) {
    if (row->refusal == REFUSAL_NONE) {
        row->refusal = why;
        row->refusal_column = column;
    }
}

static void look_for_refusals(const Planning *planning, const ImportLine *line, const ImportPerson *person,
                              ImportRowPlan *row) {
    for (size_t column = 0; column < planning->setting->columns->count; column++) {
        const unsigned trouble = line->cells[column].trouble;
        if ((trouble & TROUBLE_TOO_LONG) != 0) {
            refuse(row, REFUSAL_LONG_CELL, column);
        }
        if ((trouble & TROUBLE_BROKEN) != 0 && column_is(planning, column, MEANS_NAME)) {
            refuse(row, REFUSAL_BROKEN_NAME, column);
        }
    }
    if (person->called.length == 0) {
        refuse(row, REFUSAL_NO_NAME, 0);
    } else if (str_characters(person->called) > IMPORT_MOST_NAME) {
        refuse(row, REFUSAL_LONG_NAME, 0);
    }
    if (str_characters(person->need) > IMPORT_MOST_WORDS ||
        str_characters(person->hopes) > IMPORT_MOST_WORDS ||
        str_characters(person->about) > IMPORT_MOST_WORDS) {
        refuse(row, REFUSAL_LONG_WORDS, 0);
    }
}

static bool is_headings(const Planning *planning, const ImportLine *line) {
    const ImportColumns *columns = planning->setting->columns;
    for (size_t column = 0; column < columns->count; column++) {
        if (!str_equal(line->cells[column].text, columns->items[column].heading)) {
            return false;
        }
    }
    return columns->has_headings;
}

static size_t cells_filled(const Planning *planning, const ImportLine *line) {
    size_t filled = 0;
    for (size_t column = 0; column < planning->setting->columns->count; column++) {
        filled += line->cells[column].text.length > 0 ? 1 : 0;
    }
    return filled;
}

/* Whoever kept the list has noted it: "dup of above", "duplicado". */
static bool says_repeat(const Planning *planning, const ImportLine *line) {
    for (size_t column = 0; column < planning->setting->columns->count; column++) {
        const Str text = line->cells[column].text;
        if (column_is(planning, column, MEANS_KEEP) && text.length > 0 && text.length < 60) {
            Str left = import_fold(planning->row, text);
            while (left.length > 0) {
                Str word = STR_NONE;
                (void)str_cut(left, ' ', &word, &left);
                if (import_is_one_of(word,
                                     "dup|dupe|duplicate|duplicated|duplicado|duplicada|repetido|repetida")) {
                    return true;
                }
            }
        }
    }
    return false;
}

static ImportRowPlan row_plan(Planning *planning, size_t at) {
    const ImportLine *line = &planning->setting->table->lines[at];
    ImportRowPlan row = {.at = at, .line = line->line, .trouble = line->trouble, .called = STR("")};
    const ImportColumns *columns = planning->setting->columns;
    if (is_headings(planning, line)) {
        row.asks = ASK_HEADINGS_AGAIN;
        return row;
    }
    const ImportRowRead read = import_row_read(planning->row, planning->setting, line);
    row.called = str_copy(planning->arena, str_first_characters(read.person.called, IMPORT_MOST_NAME));
    look_for_refusals(planning, line, &read.person, &row);
    if (line->repeats != 0) {
        row.asks = ASK_REPEATS;
        row.same_line = line->repeats;
        return row;
    }
    for (size_t index = 0; index < read.count; index++) {
        count_cell(planning, &read.cells[index]);
    }
    row.asks |= columns->count > 2 && cells_filled(planning, line) == 1 ? (unsigned)ASK_ONE_CELL : 0U;
    look_for_others(planning, &read.person, &row);
    row.asks |= says_repeat(planning, line) ? (unsigned)ASK_SAYS_REPEAT : 0U;
    row.asks |= read.person.phone_count + read.person.mail_count == 0 ? (unsigned)ASK_NO_POINT : 0U;
    for (size_t column = 0; column < columns->count; column++) {
        const bool is_beyond = columns->has_headings && columns->items[column].heading.length == 0;
        row.asks |= is_beyond && line->cells[column].text.length > 0 ? (unsigned)ASK_RAGGED : 0U;
    }
    return row;
}

static void decide(ImportRowPlan *row, ImportDecisions decisions) {
    row->verdict = row->refusal != REFUSAL_NONE      ? IMPORT_REFUSE
                   : (row->asks & ASKS_LEAVING) != 0 ? IMPORT_LEAVE
                                                     : IMPORT_TAKE;
    /* A repeat of a refused row, or headings without a name, are left out rather than refused: nothing is
     * lost. */
    if (row->verdict == IMPORT_REFUSE && (row->asks & (ASK_REPEATS | ASK_ONE_CELL)) != 0) {
        row->verdict = IMPORT_LEAVE;
    }
    const bool can_be_taken = row->refusal == REFUSAL_NONE && (row->asks & ASK_HEADINGS_AGAIN) == 0;
    for (size_t index = 0; index < decisions.count; index++) {
        if (decisions.items[index].line != row->line || row->verdict == IMPORT_REFUSE) {
            continue;
        }
        const ImportVerdict wanted = decisions.items[index].take && can_be_taken ? IMPORT_TAKE : IMPORT_LEAVE;
        row->is_decided = wanted != row->verdict;
        row->verdict = wanted;
    }
}

/* ---- all rows ---- */

static Planning planning_new(Arena *arena, const ImportSetting *setting, const ImportKnown *known) {
    const size_t rows = setting->table->count;
    const size_t points = rows * IMPORT_MOST_POINTS;
    Planning planning = {
        .arena = arena,
        .row = arena_new_within(arena, 64 * 1024 * 1024),
        .setting = setting,
        .known = known,
        .names = import_index_new(arena, rows),
        .mails = import_index_new(arena, points),
        .phones = import_index_new(arena, points),
        .references = import_index_new(arena, rows),
        .columns = NEW_MANY(arena, setting->columns->count, Column),
    };
    for (size_t column = 0; column < setting->columns->count; column++) {
        planning.columns[column].groups = NEW_MANY(arena, IMPORT_MOST_GROUPS, ImportGroup);
        planning.columns[column].seen = import_index_new(arena, IMPORT_MOST_GROUPS);
    }
    return planning;
}

static const ImportColumnPlan *columns_done(const Planning *planning) {
    const size_t count = planning->setting->columns->count;
    ImportColumnPlan *plans = NEW_MANY(planning->arena, count, ImportColumnPlan);
    for (size_t index = 0; index < count; index++) {
        Column *column = &planning->columns[index];
        qsort(column->groups, column->next, sizeof(ImportGroup), compare_groups);
        plans[index] = column->plan;
        plans[index].groups = column->groups;
        plans[index].group_count = column->next;
    }
    return plans;
}

static void count_row(ImportPlan *plan, const ImportRowPlan *row) {
    plan->take += row->verdict == IMPORT_TAKE ? 1 : 0;
    plan->leave += row->verdict == IMPORT_LEAVE ? 1 : 0;
    plan->refuse += row->verdict == IMPORT_REFUSE ? 1 : 0;
    plan->asked += row->asks != 0 || row->trouble != 0 || row->verdict != IMPORT_TAKE ? 1 : 0;
}

ImportPlan import_plan_make(Arena *arena, const ImportSetting *setting, const ImportKnown *known,
                            ImportDecisions decisions, const ImportProgress *progress) {
    enum { TELL_EVERY = 250 };
    const size_t first = import_first_row(setting->columns);
    const size_t all = setting->table->count - first;
    ImportPlan plan = {.setting = *setting, .titles = first == 0 ? 0 : first - 1};
    Planning planning = planning_new(arena, setting, known);
    ImportRowPlan *rows = NEW_MANY(arena, all, ImportRowPlan);
    for (size_t index = 0; index < all; index++) {
        rows[index] = row_plan(&planning, first + index);
        decide(&rows[index], decisions);
        count_row(&plan, &rows[index]);
        arena_reset(planning.row);
        if (progress != NULL && (index + 1) % TELL_EVERY == 0) {
            progress->tell(progress->context, index + 1, all);
        }
    }
    plan.rows = rows;
    plan.count = all;
    plan.columns = columns_done(&planning);
    return plan;
}
