/* SPDX-License-Identifier: Apache-2.0 */
/* Looking at spreadsheets: kept as they came, read again for each look, corrected in words. */
#include "features/import/import.h"

#include "features/import/import_mapping.h"
#include "import_sql.h"

/* A look at the largest file takes some 60 MB for a moment; a request's own arena is smaller on purpose. */
static const size_t LOOK_BYTES = (size_t)512 * 1024 * 1024;
enum { MOST_LISTED = 50 };

/* ---- batches ---- */

bool import_find(const Scope *scope, ImportBatchId id, ImportBatch *ret_batch) {
    ImportBatchRow row;
    if (!import_batch_row(scope->db, id, &row)) {
        return false;
    }
    *ret_batch = (ImportBatch){
        .id = id,
        .program = row.program,
        .kind = (ImportKind)row.kind,
        .state = (ImportState)row.state,
        .filename = row.filename,
        .mapping = row.mapping,
        .row_count = row.row_count,
        .taken = row.taken,
        .created_at = row.created_at,
        .done_at = row.done_at,
        .is_part2 = row.is_part2,
    };
    return true;
}

ImportBatches import_list(const Scope *scope, ProgramId program) {
    const ImportBatchListRows rows = import_batch_list(scope->db, program, MOST_LISTED);
    ImportBatch *items = NEW_MANY(scope->arena, rows.count, ImportBatch);
    for (size_t index = 0; index < rows.count; index++) {
        const ImportBatchList *row = &rows.items[index];
        items[index] = (ImportBatch){
            .id = row->id,
            .program = program,
            .kind = (ImportKind)row->kind,
            .state = (ImportState)row->state,
            .filename = row->filename,
            .mapping = STR(""),
            .row_count = row->row_count,
            .created_at = row->created_at,
        };
    }
    return (ImportBatches){.items = items, .count = rows.count};
}

/* ---- the program's words ---- */

/* A list's items with their names in every language. */
static size_t items_load(const Scope *scope, ProgramId program, ListKind list, ImportItem **ret_items) {
    const ListItems here = program_items(scope, program, list);
    ImportItem *items = NEW_MANY(scope->arena, here.count, ImportItem);
    for (size_t index = 0; index < here.count; index++) {
        Str *names = NEW_MANY(scope->arena, LANG_COUNT, Str);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            Scope other = *scope;
            other.lang = (Lang)lang;
            names[lang] = program_item_label(&other, here.items[index].id);
        }
        items[index] = (ImportItem){
            .id = here.items[index].id.value,
            .names = {.items = names, .count = LANG_COUNT},
        };
    }
    *ret_items = items;
    return here.count;
}

static ImportList list_load(const Scope *scope, ProgramId program, ListKind list, ImportTopic topic) {
    ImportItem *items = NULL;
    const size_t count = items_load(scope, program, list, &items);
    return import_list_new(scope->arena, topic, items, count);
}

static ImportLists lists_load(const Scope *scope, ProgramId program) {
    ImportItem *ages = NULL;
    const size_t age_count = items_load(scope, program, LIST_AGE, &ages);
    ImportLists lists = {
        .experiences = list_load(scope, program, LIST_EXPERIENCE, TOPIC_EXPERIENCE),
        .languages = list_load(scope, program, LIST_LANGUAGE, TOPIC_LANGUAGE),
        .relations = list_load(scope, program, LIST_RELATION, TOPIC_RELATION),
        .times = list_load(scope, program, LIST_TIME, TOPIC_TIME),
        .ages = import_bands_new(scope->arena, ages, age_count),
    };
    for (int list = LIST_EXPERIENCE; list < LIST_ASKED_COUNT; list++) {
        lists.labels[list] = program_items(scope, program, (ListKind)list);
    }
    return lists;
}

/* Only people of this program: what another program knows is nobody's business here. */
static ImportKnown known_load(const Scope *scope, ProgramId program) {
    const ImportKnownPeopleRows people = import_known_people(scope->db, program, scope->now);
    const ImportKnownPointsRows points = import_known_points(scope->db, program, scope->now);
    ImportKnown known = {
        .keys = db_keys(scope->db),
        .names = import_index_new(scope->arena, people.count),
        .points = import_index_new(scope->arena, points.count),
        .both = import_index_new(scope->arena, points.count),
    };
    for (size_t index = 0; index < people.count; index++) {
        (void)import_index_add(&known.names, import_fold(scope->arena, people.items[index].called), 1);
    }
    for (size_t index = 0; index < points.count; index++) {
        const Str name = import_fold(scope->arena, points.items[index].called);
        (void)import_index_add(&known.points, points.items[index].value_key, 1);
        (void)import_index_add(&known.both,
                               import_known_key(scope->arena, name, points.items[index].value_key), 1);
    }
    return known;
}

/* ---- looking ---- */

/* The guesses with what a coordinator said over them. */
static void correct(Arena *arena, const ImportMapping *mapping, ImportColumns *columns) {
    if (mapping->meanings == NULL) {
        return;
    }
    ImportColumn *items = NEW_MANY(arena, columns->count, ImportColumn);
    for (size_t index = 0; index < columns->count; index++) {
        items[index] = columns->items[index];
        const ImportMeaning said = index < mapping->meaning_count ? mapping->meanings[index] : MEANS_KEEP;
        items[index].why = items[index].meaning == said ? items[index].why : WHY_SAID;
        items[index].meaning = said;
    }
    columns->items = items;
}

ImportRead import_look(const Scope *scope, ProgramId program, ImportKind kind, Str content, Str mapping,
                       const ImportProgress *progress, const ImportLook **ret_look, int64_t *ret_line) {
    Scope beside = *scope;
    beside.arena = arena_new_within(scope->arena, LOOK_BYTES);
    ImportLook *look = NEW(beside.arena, ImportLook);
    const ImportRead read = import_read(beside.arena, content, &look->table, ret_line);
    if (read != IMPORT_READ_WELL) {
        return read;
    }
    look->columns = import_guess(beside.arena, &look->table, kind);
    const ImportMapping said = import_mapping_read(beside.arena, mapping, look->columns.kind);
    correct(beside.arena, &said, &look->columns);
    Program about;
    const Zone *zone = program_find(scope, program, &about) ? about.zone : scope->zone;
    db_use(scope->db, beside.arena);
    look->lists = lists_load(&beside, program);
    const ImportKnown known = known_load(&beside, program);
    db_use(scope->db, scope->arena);
    const ImportSetting setting = {
        .table = &look->table,
        .columns = &look->columns,
        .lists = &look->lists,
        .zone = zone,
        .lang = scope->lang,
        .now = scope->now,
    };
    look->plan = import_plan_make(beside.arena, &setting, &known, said.decisions, progress);
    *ret_look = look;
    return IMPORT_READ_WELL;
}

Part2Words import_content(const Scope *scope, const ImportBatch *batch) {
    ImportBatchContent row = {0};
    if (batch->state == IMPORT_LOOKED_AT) {
        db_use(scope->db, arena_new_within(scope->arena, LOOK_BYTES));
        (void)import_batch_content(scope->db, batch->id, &row);
        db_use(scope->db, scope->arena);
    }
    return row.content;
}

const ImportLook *import_look_again(const Scope *scope, const ImportBatch *batch, Str content) {
    const ImportLook *look = NULL;
    int64_t line = 0;
    if (batch->state != IMPORT_LOOKED_AT || str_is_empty(content) ||
        import_look(scope, batch->program, batch->kind, content, batch->mapping, NULL, &look, &line) !=
            IMPORT_READ_WELL) {
        return NULL;
    }
    return look;
}

void import_set_part2(Tx *tx, ImportBatchId id) {
    import_batch_mark(tx, id);
}

ImportRead import_add(const Scope *scope, Tx *tx, ProgramId program, ImportKind kind, Str filename,
                      Str content, ImportBatchId *ret_id, int64_t *ret_line) {
    enum { MOST_FILENAME = 200 };
    Arena *arena = arena_new_within(scope->arena, LOOK_BYTES);
    ImportTable table;
    const ImportRead read = import_read(arena, content, &table, ret_line);
    if (read != IMPORT_READ_WELL) {
        return read;
    }
    const ImportColumns columns = import_guess(arena, &table, kind);
    const ImportBatchId id = {random_id(scope->random)};
    import_batch_insert(tx, &(ImportBatchInsert){
                                .id = id,
                                .program = program,
                                .by_person = scope->actor,
                                .kind = (int64_t)columns.kind,
                                .filename = str_first_characters(filename, MOST_FILENAME),
                                .content = content,
                                .mapping = STR(""),
                                .row_count = (int64_t)(table.count - import_first_row(&columns)),
                                .now = scope->now,
                            });
    *ret_id = id;
    return IMPORT_READ_WELL;
}

/* ---- correcting ---- */

static ImportResult mapping_save(const Scope *scope, Tx *tx, const ImportBatch *batch,
                                 const ImportMapping *mapping) {
    const Str text = import_mapping_write(scope->arena, mapping);
    return import_batch_set_mapping(tx, batch->id, text) == 1 ? IMPORT_DONE : IMPORT_ELSEWHERE;
}

ImportResult import_set_meanings(const Scope *scope, Tx *tx, const ImportBatch *batch, const ImportLook *look,
                                 const ImportMeaning *meanings) {
    ImportMapping mapping = import_mapping_read(scope->arena, batch->mapping, batch->kind);
    mapping.meanings = meanings;
    mapping.meaning_count = look->columns.count;
    return mapping_save(scope, tx, batch, &mapping);
}

ImportResult import_decide(const Scope *scope, Tx *tx, const ImportBatch *batch, ImportDecisions decisions) {
    ImportMapping mapping = import_mapping_read(scope->arena, batch->mapping, batch->kind);
    mapping.decisions = import_decisions_join(scope->arena, mapping.decisions, decisions);
    return mapping_save(scope, tx, batch, &mapping);
}

ImportResult import_give_up(const Scope *scope, Tx *tx, const ImportBatch *batch) {
    const int64_t moved = import_batch_move(tx, &(ImportBatchMove){
                                                    .id = batch->id,
                                                    .before = IMPORT_LOOKED_AT,
                                                    .after = IMPORT_GIVEN_UP,
                                                    .mapping = STR(""),
                                                    .nothing = STR(""),
                                                    .done_at = scope->now,
                                                });
    return moved == 1 ? IMPORT_DONE : IMPORT_ELSEWHERE;
}
