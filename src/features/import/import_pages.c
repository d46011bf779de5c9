/* SPDX-License-Identifier: Apache-2.0 */
/* The pages for bringing a spreadsheet in: upload, look, correct, decide, take in, undo. */
#include "features/import/import_texts.h"
#include "features/import/import_view.h"
#include "import_html.h"
#include "routes.h"
#include "texts.h"

/* ---- what every page begins with ---- */

static bool program_begin(Scope *scope, Reply *reply, ProgramId id, Program *ret_program) {
    if (!program_find(scope, id, ret_program)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    scope->zone = ret_program->zone;
    return true;
}

/* The address names a program as well; one that is not the batch's leads nowhere. */
static bool batch_begin(Scope *scope, Reply *reply, ProgramId id, ImportBatchId batch, Program *ret_program,
                        ImportBatch *ret_batch) {
    if (!import_find(scope, batch, ret_batch) || !program_id_equal(ret_batch->program, id)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    return program_begin(scope, reply, id, ret_program);
}

/* What the actor wanted is no longer possible: someone was quicker. */
static void sorry_elsewhere(Reply *reply) {
    reply_sorry(reply, 409, TEXT_IMPORT_ELSEWHERE);
}

/* ---- upload ---- */

enum { UPLOAD_FILE, UPLOAD_KIND, UPLOAD_PART2, UPLOAD_FIELDS };
static const char *const kind_words[] = {"guess", "waiting", "supporters", NULL};
static const Field upload_fields[] = {
    [UPLOAD_FILE] = {.name = "file",
                     .kind = FIELD_FILE,
                     .is_required = true,
                     .missing = TEXT_IMPORT_FILE_MISSING},
    [UPLOAD_KIND] = {.name = "kind", .kind = FIELD_CHOICE, .is_required = true, .choices = kind_words},
    [UPLOAD_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

static Options kind_options(const Scope *scope) {
    static const Text labels[] = {TEXT_IMPORT_KIND_GUESS, TEXT_IMPORT_KIND_WAITING,
                                  TEXT_IMPORT_KIND_SUPPORTERS};
    Option *items = NEW_MANY(scope->arena, 3, Option);
    for (size_t index = 0; index < 3; index++) {
        items[index] =
            (Option){.value = str_of(kind_words[index]), .label = text_str(scope->lang, labels[index])};
    }
    return (Options){.items = items, .count = 3};
}

static Text state_text(ImportState state) {
    switch (state) {
    case IMPORT_LOOKED_AT:
        return TEXT_IMPORT_STATE_LOOKED;
    case IMPORT_TAKEN_IN:
        return TEXT_IMPORT_STATE_TAKEN;
    case IMPORT_UNDONE:
        return TEXT_IMPORT_STATE_UNDONE;
    case IMPORT_GIVEN_UP:
        break;
    }
    return TEXT_IMPORT_STATE_DROPPED;
}

static ImportListedItems listed(const Scope *scope, ProgramId program) {
    const ImportBatches batches = import_list(scope, program);
    ImportListed *items = NEW_MANY(scope->arena, batches.count, ImportListed);
    for (size_t index = 0; index < batches.count; index++) {
        const ImportBatch *batch = &batches.items[index];
        items[index] = (ImportListed){
            .url = url_import_batch_show(scope->arena, program, batch->id),
            .filename = batch->filename,
            .kind = import_kind_text(batch->kind),
            .state = state_text(batch->state),
            .rows = batch->row_count,
            .created_at = batch->created_at,
        };
    }
    return (ImportListedItems){.items = items, .count = batches.count};
}

static void show_upload(Scope *scope, Reply *reply, const Program *program, const Form *form, int64_t line) {
    const Words words = scope_words(scope);
    ImportUploadPage page = {
        .layout = layout_of(scope, reply, TEXT_IMPORT_TITLE),
        .program = *program,
        .form = form,
        .kinds = kind_options(scope),
        .where = line == 0 ? STR_NONE : text_import_read_line(&words, line),
        .before = listed(scope, program->id),
    };
    page.layout.has_error = !form->is_valid;
    import_upload_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void import_show(Get *get, ProgramId program) {
    Program found;
    if (!program_begin(get->scope, get->reply, program, &found)) {
        return;
    }
    Form form = form_empty(get->scope, upload_fields, UPLOAD_FIELDS);
    form_set_str(&form, UPLOAD_KIND, STR("guess"));
    show_upload(get->scope, get->reply, &found, &form, 0);
}

void import_upload(Post *post, ProgramId program) {
    Program found;
    if (!program_begin(post->scope, post->reply, program, &found)) {
        return;
    }
    Form form = form_read(post->scope, post->input, upload_fields, UPLOAD_FIELDS);
    const Upload *file = form_file(&form, UPLOAD_FILE, post->input);
    int64_t line = 0;
    if (form.is_valid && file != NULL) {
        const ImportKind kind = form_has(&form, UPLOAD_KIND, STR("waiting"))      ? IMPORT_WAITING
                                : form_has(&form, UPLOAD_KIND, STR("supporters")) ? IMPORT_SUPPORTERS
                                                                                  : (ImportKind)0;
        ImportBatchId batch = {0};
        const ImportRead read =
            import_add(post->scope, post->tx, program, kind, file->filename, file->content, &batch, &line);
        if (read == IMPORT_READ_WELL) {
            if (form_is_on(&form, UPLOAD_PART2)) {
                import_set_part2(post->tx, batch);
            }
            reply_redirect(post->reply, url_import_batch_show(post->scope->arena, program, batch));
            return;
        }
        form_error(&form, UPLOAD_FILE, import_read_text(read));
    }
    show_upload(post->scope, post->reply, &found, &form, line);
}

/* ---- look ---- */

/* Looks at the file again, opened for this reader: the frame then says the notice if it is marked. */
static const ImportLook *look_again(const Scope *scope, Reply *reply, Part2Frame *frame,
                                    const ImportBatch *batch) {
    const Part2Notice *notice = part2_notice(reply, frame, text_str(scope->lang, TEXT_ORIGIN_PART2_SCOPE));
    return import_look_again(scope, batch, part2_open(notice, import_content(scope, batch)));
}

static void show_look(Scope *scope, Reply *reply, const Program *program, const ImportBatch *batch,
                      const ImportLook *look, ImportColumnsShown columns, Part2Frame frame, bool has_error) {
    ImportLookPage page = {
        .layout = layout_of(scope, reply, TEXT_IMPORT_LOOK_TITLE),
        .program = *program,
        .batch = batch->id,
        .filename = batch->filename,
        .take = (int64_t)look->plan.take,
        .leave = (int64_t)look->plan.leave,
        .refuse = (int64_t)look->plan.refuse,
        .asked = (int64_t)look->plan.asked,
        .notes = import_notes_shown(scope, look),
        .meanings = import_meanings_shown(scope, batch->kind),
        .columns = columns,
        .samples = import_samples_shown(scope, look),
        .has_error = has_error,
    };
    page.layout.has_error = has_error;
    page.layout.part2 = frame;
    import_look_page(reply_html(reply, has_error ? 422 : 200), &page);
}

static void show_done(Scope *scope, Reply *reply, const Program *program, const ImportBatch *batch,
                      const ImportTaken *taken, Str prevented) {
    static const Text titles[] = {
        [IMPORT_LOOKED_AT] = TEXT_IMPORT_LOOK_TITLE,
        [IMPORT_TAKEN_IN] = TEXT_IMPORT_DONE_TITLE,
        [IMPORT_UNDONE] = TEXT_IMPORT_UNDONE_TITLE,
        [IMPORT_GIVEN_UP] = TEXT_IMPORT_STATE_DROPPED,
    };
    ImportDonePage page = {
        .layout = layout_of(scope, reply, titles[batch->state]),
        .program = *program,
        .batch = *batch,
        .prevented = prevented,
    };
    if (taken != NULL) {
        const size_t shown =
            taken->receipt_count < IMPORT_RECEIPTS_SHOWN ? taken->receipt_count : IMPORT_RECEIPTS_SHOWN;
        page.receipts = (ImportReceipts){.items = taken->receipts, .count = shown};
        page.receipts_beyond = (int64_t)(taken->receipt_count - shown);
    }
    import_done_page(reply_html(reply, str_is_none(prevented) ? 200 : 409), &page);
}

void import_batch_show(Get *get, ProgramId program, ImportBatchId batch) {
    Program found;
    ImportBatch about;
    if (!batch_begin(get->scope, get->reply, program, batch, &found, &about)) {
        return;
    }
    Part2Frame frame = {0};
    const ImportLook *look = look_again(get->scope, get->reply, &frame, &about);
    if (look == NULL) {
        show_done(get->scope, get->reply, &found, &about, NULL, STR_NONE);
        return;
    }
    show_look(get->scope, get->reply, &found, &about, look, import_columns_shown(get->scope, look), frame,
              false);
}

/* ---- correct ---- */

/* The words that a column may be given in this kind of list, for the form. */
static const char *const *meaning_choices(const Scope *scope, ImportKind kind) {
    const char **choices = NEW_MANY(scope->arena, MEANS_COUNT + 1, const char *);
    size_t count = 0;
    for (int index = 0; index < MEANS_COUNT; index++) {
        if (import_meaning_fits((ImportMeaning)index, kind)) {
            choices[count++] = str_c(scope->arena, import_meaning_word((ImportMeaning)index));
        }
    }
    return choices;
}

static Form columns_read(const Post *post, const ImportBatch *batch, const ImportLook *look) {
    Field *fields = NEW_MANY(post->scope->arena, look->columns.count, Field);
    const char *const *choices = meaning_choices(post->scope, batch->kind);
    for (size_t index = 0; index < look->columns.count; index++) {
        fields[index] = (Field){
            .name = str_c(post->scope->arena, str_print(post->scope->arena, "column-%zu", index + 1)),
            .kind = FIELD_CHOICE,
            .is_required = true,
            .choices = choices,
        };
    }
    return form_read(post->scope, post->input, fields, look->columns.count);
}

/* What the form says; where two columns say what only one can, both are marked. */
static const ImportMeaning *meanings_of(const Scope *scope, ImportKind kind, Form *form) {
    ImportMeaning *meanings = NEW_MANY(scope->arena, form->count, ImportMeaning);
    for (size_t index = 0; index < form->count; index++) {
        (void)import_meaning_find(form_str(form, index), kind, &meanings[index]);
        for (size_t before = 0; before < index; before++) {
            if (meanings[before] == meanings[index] && !import_meaning_may_repeat(meanings[index])) {
                form_error(form, before, TEXT_IMPORT_COLUMNS_TWICE);
                form_error(form, index, TEXT_IMPORT_COLUMNS_TWICE);
            }
        }
    }
    return meanings;
}

static ImportColumnsShown columns_as_sent(const Scope *scope, const ImportLook *look, const Form *form) {
    const ImportColumnsShown shown = import_columns_shown(scope, look);
    ImportColumnShown *items = NEW_MANY(scope->arena, shown.count, ImportColumnShown);
    for (size_t index = 0; index < shown.count; index++) {
        items[index] = shown.items[index];
        items[index].meaning = form_str(form, index);
        items[index].error = form->values[index].error;
    }
    return (ImportColumnsShown){.items = items, .count = shown.count};
}

void import_columns_save(Post *post, ProgramId program, ImportBatchId batch) {
    Program found;
    ImportBatch about;
    if (!batch_begin(post->scope, post->reply, program, batch, &found, &about)) {
        return;
    }
    Part2Frame frame = {0};
    const ImportLook *look = look_again(post->scope, post->reply, &frame, &about);
    if (look == NULL) {
        sorry_elsewhere(post->reply);
        return;
    }
    Form form = columns_read(post, &about, look);
    const ImportMeaning *meanings = meanings_of(post->scope, about.kind, &form);
    if (!form.is_valid) {
        show_look(post->scope, post->reply, &found, &about, look, columns_as_sent(post->scope, look, &form),
                  frame, true);
        return;
    }
    if (import_set_meanings(post->scope, post->tx, &about, look, meanings) != IMPORT_DONE) {
        sorry_elsewhere(post->reply);
        return;
    }
    reply_redirect_saying(post->reply, url_import_batch_show(post->scope->arena, program, batch),
                          TEXT_UI_SAVED);
}

/* ---- decide ---- */

enum { ROWS_PAGE, ROWS_SHOW, ROWS_FIELDS };
static const char *const rows_words[] = {"questions", "all", NULL};
static const Field rows_fields[] = {
    [ROWS_PAGE] = {.name = "page", .kind = FIELD_NUMBER, .least = 1, .most = IMPORT_MOST_ROWS},
    [ROWS_SHOW] = {.name = "show", .kind = FIELD_CHOICE, .choices = rows_words},
};

static ImportRowsWanted rows_wanted(const Scope *scope, const Input *input) {
    const Form form = form_read(scope, input, rows_fields, ROWS_FIELDS);
    return (ImportRowsWanted){
        .page = form.is_valid ? form_int(&form, ROWS_PAGE, 1) : 1,
        .all = form.is_valid && form_has(&form, ROWS_SHOW, STR("all")),
    };
}

static Url rows_url(const Scope *scope, ProgramId program, ImportBatchId batch, ImportRowsWanted wanted) {
    Url url = url_import_rows_show(scope->arena, program, batch);
    if (wanted.all) {
        url = url_with(scope->arena, url, STR("show"), STR("all"));
    }
    if (wanted.page > 1) {
        url =
            url_with(scope->arena, url, STR("page"), str_print(scope->arena, "%lld", (long long)wanted.page));
    }
    return url;
}

void import_rows_show(Get *get, ProgramId program, ImportBatchId batch) {
    Program found;
    ImportBatch about;
    if (!batch_begin(get->scope, get->reply, program, batch, &found, &about)) {
        return;
    }
    Part2Frame frame = {0};
    const ImportLook *look = look_again(get->scope, get->reply, &frame, &about);
    if (look == NULL) {
        reply_redirect(get->reply, url_import_batch_show(get->scope->arena, program, batch));
        return;
    }
    const ImportRowsWanted wanted = rows_wanted(get->scope, get->input);
    size_t count = 0;
    ImportRowsPage page = {
        .layout = layout_of(get->scope, get->reply, wanted.all ? TEXT_IMPORT_ROWS_ALL : TEXT_IMPORT_ROWS),
        .program = found,
        .batch = batch,
        .rows = import_rows_shown(get->scope, look, wanted, &count),
        .page = wanted.page,
        .shows_all = wanted.all,
        .other = rows_url(get->scope, program, batch, (ImportRowsWanted){.page = 1, .all = !wanted.all}),
        .before = {STR("")},
        .after = {STR("")},
    };
    if (wanted.page > 1) {
        page.before = rows_url(get->scope, program, batch, (ImportRowsWanted){wanted.page - 1, wanted.all});
    }
    if ((size_t)wanted.page * IMPORT_ROWS_ON_PAGE < count) {
        page.after = rows_url(get->scope, program, batch, (ImportRowsWanted){wanted.page + 1, wanted.all});
    }
    page.layout.part2 = frame;
    import_rows_page(reply_html(get->reply, 200), &page);
}

/* The decisions that the form brings for the rows of its page and that differ from what holds now. */
static ImportDecisions decisions_read(const Post *post, const ImportLook *look, ImportRowsWanted wanted) {
    static const char *const choices[] = {"take", "leave", NULL};
    Arena *arena = post->scope->arena;
    Field *fields = NEW_MANY(arena, IMPORT_ROWS_ON_PAGE, Field);
    const ImportRowPlan **rows = NEW_MANY(arena, IMPORT_ROWS_ON_PAGE, const ImportRowPlan *);
    const size_t first = (size_t)(wanted.page - 1) * IMPORT_ROWS_ON_PAGE;
    size_t seen = 0;
    size_t count = 0;
    for (size_t index = 0; index < look->plan.count && count < IMPORT_ROWS_ON_PAGE; index++) {
        const ImportRowPlan *row = &look->plan.rows[index];
        if (import_row_is_wanted(row, wanted) && seen++ >= first) {
            fields[count] = (Field){
                .name = str_c(arena, str_print(arena, "row-%lld", (long long)row->line)),
                .kind = FIELD_CHOICE,
                .choices = choices,
            };
            rows[count++] = row;
        }
    }
    const Form form = form_read(post->scope, post->input, fields, count);
    ImportDecision *decisions = NEW_MANY(arena, count, ImportDecision);
    size_t changed = 0;
    for (size_t index = 0; index < count; index++) {
        const bool takes = form_has(&form, index, STR("take"));
        const bool leaves = form_has(&form, index, STR("leave"));
        if ((takes || leaves) && takes != (rows[index]->verdict == IMPORT_TAKE)) {
            decisions[changed++] = (ImportDecision){.line = rows[index]->line, .take = takes};
        }
    }
    return (ImportDecisions){.items = decisions, .count = changed};
}

void import_rows_save(Post *post, ProgramId program, ImportBatchId batch) {
    Program found;
    ImportBatch about;
    if (!batch_begin(post->scope, post->reply, program, batch, &found, &about)) {
        return;
    }
    Part2Frame frame = {0};
    const ImportLook *look = look_again(post->scope, post->reply, &frame, &about);
    const ImportRowsWanted wanted = rows_wanted(post->scope, post->input);
    if (look == NULL ||
        import_decide(post->scope, post->tx, &about, decisions_read(post, look, wanted)) != IMPORT_DONE) {
        sorry_elsewhere(post->reply);
        return;
    }
    reply_redirect_saying(post->reply, rows_url(post->scope, program, batch, wanted), TEXT_UI_SAVED);
}

/* ---- take in, give up, undo ---- */

void import_take_do(Post *post, ProgramId program, ImportBatchId batch) {
    Program found;
    ImportBatch about;
    if (!batch_begin(post->scope, post->reply, program, batch, &found, &about)) {
        return;
    }
    /* A second tap on the same button leads to what the first one did. */
    if (about.state == IMPORT_TAKEN_IN) {
        reply_redirect(post->reply, url_import_batch_show(post->scope->arena, program, batch));
        return;
    }
    Part2Frame frame = {0};
    const ImportLook *look = look_again(post->scope, post->reply, &frame, &about);
    if (look == NULL) {
        sorry_elsewhere(post->reply);
        return;
    }
    ImportTaken taken = {.people = 0};
    switch (import_take(post->scope, post->tx, &about, look, NULL, &taken)) {
    case IMPORT_DONE:
        /* Answered at once, not by leading to another page: the codes are not kept anywhere. */
        (void)import_find(post->scope, batch, &about);
        show_done(post->scope, post->reply, &found, &about, &taken, STR_NONE);
        return;
    case IMPORT_NOTHING:
        reply_sorry(post->reply, 422, TEXT_IMPORT_NOTHING_TO_TAKE);
        return;
    case IMPORT_ELSEWHERE:
    case IMPORT_PREVENTED:
        break;
    }
    sorry_elsewhere(post->reply);
}

void import_give_up_do(Post *post, ProgramId program, ImportBatchId batch) {
    Program found;
    ImportBatch about;
    if (!batch_begin(post->scope, post->reply, program, batch, &found, &about)) {
        return;
    }
    if (import_give_up(post->scope, post->tx, &about) != IMPORT_DONE) {
        sorry_elsewhere(post->reply);
        return;
    }
    reply_redirect_saying(post->reply, url_import_show(post->scope->arena, program),
                          TEXT_IMPORT_SAID_DROPPED);
}

void import_undo_do(Post *post, ProgramId program, ImportBatchId batch) {
    Program found;
    ImportBatch about;
    if (!batch_begin(post->scope, post->reply, program, batch, &found, &about)) {
        return;
    }
    Str lines = STR_NONE;
    const Words words = scope_words(post->scope);
    switch (import_undo(post->scope, post->tx, &about, &lines)) {
    case IMPORT_DONE:
        reply_redirect_saying(post->reply, url_import_batch_show(post->scope->arena, program, batch),
                              TEXT_IMPORT_SAID_UNDONE);
        return;
    case IMPORT_PREVENTED:
        show_done(post->scope, post->reply, &found, &about, NULL, text_import_undo_prevented(&words, lines));
        return;
    case IMPORT_ELSEWHERE:
    case IMPORT_NOTHING:
        break;
    }
    sorry_elsewhere(post->reply);
}
