/* SPDX-License-Identifier: Apache-2.0 */
/* The report of a dry run in plain lines, and taking several files in at once. */
#include "features/import/import_command.h"

#include "base/fail.h"
#include "features/audit/audit.h"
#include "features/import/import.h"
#include "features/import/import_texts.h"
#include "platform/again.h"
#include "texts.h"

enum { GROUPS_PRINTED = 40, ROWS_PRINTED = 200, TAKING_BYTES = 256 * 1024 * 1024 };

static void print_text(const Scope *scope, Text text) {
    const Str words = text_str(scope->lang, text);
    printf("%.*s", STR_ARGS(words));
}

/* ---- what the order says ---- */

static ProgramId program_ordered(const Scope *scope, Str name) {
    Program program;
    if (program_find_by_slug(scope, name, &program)) {
        return program.id;
    }
    const Programs programs = program_list(scope);
    for (size_t index = 0; index < programs.count; index++) {
        if (str_equal_ascii(programs.items[index].name, name)) {
            return programs.items[index].id;
        }
    }
    Buf known = buf_new(scope->arena, 64 * 1024);
    for (size_t index = 0; index < programs.count; index++) {
        buf_add(&known, index > 0 ? STR(", ") : STR(""));
        buf_add(&known, programs.items[index].slug);
    }
    fail(FAIL_USAGE, "there is no program \"%.*s\"; there is: %.*s", STR_ARGS(name),
         STR_ARGS(known.length > 0 ? buf_str(&known) : STR("none yet")));
}

static ImportKind kind_ordered(Str word) {
    if (str_is_none(word)) {
        return (ImportKind)0;
    }
    if (str_equal(word, STR("waiting"))) {
        return IMPORT_WAITING;
    }
    if (str_equal(word, STR("supporters"))) {
        return IMPORT_SUPPORTERS;
    }
    fail(FAIL_USAGE, "--kind wants waiting or supporters, not \"%.*s\"", STR_ARGS(word));
}

/* ---- the report ---- */

/* A person's words on one line: a terminal shows each of them, and none of them moves the cursor. */
static void print_words(Str words) {
    enum { SHOWN = 80 };
    const Str first = str_first_characters(words, SHOWN);
    for (size_t at = 0; at < first.length; at++) {
        const unsigned char byte = (unsigned char)first.at[at];
        (void)putchar(byte < 0x20 ? ' ' : byte);
    }
    fputs(first.length < words.length ? "..." : "", stdout);
}

static void print_groups(const Scope *scope, const ImportColumnPlan *plan) {
    for (size_t index = 0; index < plan->group_count && index < GROUPS_PRINTED; index++) {
        const ImportGroup *group = &plan->groups[index];
        fputs("      \"", stdout);
        print_words(group->original);
        fputs("\" -> ", stdout);
        if (group->understood.length > 0) {
            print_words(group->understood);
        } else {
            print_text(scope, TEXT_IMPORT_GROUP_NOTHING);
        }
        const Text why = import_remark_text(group->reading.remark);
        if (why != TEXT_NONE) {
            fputs(" (", stdout);
            print_text(scope, why);
            fputs(")", stdout);
        }
        printf(" x %zu\n", group->cells);
    }
    size_t beyond = plan->cells_beyond;
    for (size_t index = GROUPS_PRINTED; index < plan->group_count; index++) {
        beyond += plan->groups[index].cells;
    }
    if (beyond > 0) {
        const Words words = scope_words(scope);
        const Str more = text_import_group_beyond(&words, (int64_t)beyond);
        printf("      %.*s\n", STR_ARGS(more));
    }
}

static void print_columns(const Scope *scope, const ImportLook *look) {
    print_text(scope, TEXT_IMPORT_COLUMNS);
    fputs("\n", stdout);
    for (size_t index = 0; index < look->columns.count; index++) {
        const ImportColumn *column = &look->columns.items[index];
        const ImportColumnPlan *plan = &look->plan.columns[index];
        fputs("  ", stdout);
        print_words(import_heading(scope->arena, scope->lang, &look->columns, index));
        fputs(": ", stdout);
        print_text(scope, import_meaning_text(column->meaning));
        fputs(" (", stdout);
        print_text(scope, import_why_text(column->why));
        fputs(")\n", stdout);
        if (plan->guessed + plan->not_understood > 0) {
            const Words words = scope_words(scope);
            const Str counts = text_import_column_counts(
                &words, (int64_t)plan->understood, (int64_t)plan->guessed, (int64_t)plan->not_understood);
            printf("    %.*s\n", STR_ARGS(counts));
        }
        print_groups(scope, plan);
    }
}

static void print_rows(const Scope *scope, const ImportLook *look) {
    static const Text verdicts[] = {
        [IMPORT_TAKE] = TEXT_IMPORT_ROW_TAKE,
        [IMPORT_LEAVE] = TEXT_IMPORT_ROW_LEAVE,
        [IMPORT_REFUSE] = TEXT_IMPORT_ROW_REFUSED,
    };
    size_t printed = 0;
    for (size_t index = 0; index < look->plan.count; index++) {
        const ImportRowPlan *row = &look->plan.rows[index];
        if (row->asks == 0 && row->trouble == 0 && row->verdict == IMPORT_TAKE) {
            continue;
        }
        if (printed == 0) {
            print_text(scope, TEXT_IMPORT_ROWS);
            fputs("\n", stdout);
        }
        if (printed++ == ROWS_PRINTED) {
            fputs("  ...\n", stdout);
            return;
        }
        printf("  %lld: ", (long long)row->line);
        print_text(scope, verdicts[row->verdict]);
        const Strs sentences = import_row_sentences(scope->arena, &look->plan, row);
        for (size_t sentence = 0; sentence < sentences.count; sentence++) {
            fputs(sentence == 0 ? " - " : "; ", stdout);
            print_words(sentences.items[sentence]);
        }
        fputs("\n", stdout);
    }
}

static void print_look(const Scope *scope, const ImportFile *file, const ImportLook *look) {
    printf("\n%.*s: ", STR_ARGS(file->path));
    print_text(scope, import_kind_text(look->columns.kind));
    fputs(". ", stdout);
    print_text(scope, import_encoding_text(look->table.encoding));
    fputs("\n", stdout);
    print_columns(scope, look);
    print_rows(scope, look);
    printf("%zu ", look->plan.take);
    print_text(scope, TEXT_IMPORT_COUNTS_TAKE);
    printf(", %zu ", look->plan.leave);
    print_text(scope, TEXT_IMPORT_COUNTS_LEAVE);
    printf(", %zu ", look->plan.refuse);
    print_text(scope, TEXT_IMPORT_COUNTS_REFUSE);
    fputs("\n", stdout);
}

/* ---- doing ---- */

static void tell_progress(void *context, size_t done, size_t all) {
    const ImportFile *file = context;
    fprintf(stderr, "\r%.*s: %zu / %zu%s", STR_ARGS(file->path), done, all, done == all ? "\n" : "");
}

static int say_unreadable(const Scope *scope, const ImportFile *file, ImportRead read, int64_t line) {
    const Words words = scope_words(scope);
    const Str why = text_str(scope->lang, import_read_text(read));
    const Str where = line == 0 ? STR("") : text_import_read_line(&words, line);
    fprintf(stderr, "beenthere import: %.*s: %.*s %.*s\n", STR_ARGS(file->path), STR_ARGS(why),
            STR_ARGS(where));
    return 1;
}

/* Looks at one file and prints it; 0, or the exit status. */
static int look_at(const Scope *scope, ProgramId program, ImportKind kind, const ImportFile *file) {
    const ImportLook *look = NULL;
    int64_t line = 0;
    const ImportRead read = import_look(scope, program, kind, file->content, STR(""), NULL, &look, &line);
    if (read != IMPORT_READ_WELL) {
        return say_unreadable(scope, file, read, line);
    }
    if (!look->columns.is_kind_certain) {
        fail(FAIL_USAGE,
             "the headings of %.*s do not tell what it holds; say --kind waiting or --kind supporters",
             STR_ARGS(file->path));
    }
    print_look(scope, file, look);
    return 0;
}

/* All files in one transaction, which may have to be tried again: told is only what stands in the end. */
typedef struct Taking {
    ProgramId program;
    ImportKind kind;
    const ImportOrder *order;
    Arena *arena; /* of one try */
    ImportTaken *taken;
} Taking;

static ImportTaken take_in(Scope *scope, Tx *tx, const Taking *taking, const ImportFile *file) {
    ImportBatchId id = {0};
    int64_t line = 0;
    if (import_add(scope, tx, taking->program, taking->kind, file->path, file->content, &id, &line) !=
        IMPORT_READ_WELL) {
        fail(FAIL_DATABASE, "a spreadsheet that was just read can no longer be");
    }
    if (taking->order->is_part2) {
        import_set_part2(tx, id);
    }
    ImportBatch batch;
    const ImportLook *look =
        import_find(scope, id, &batch) ? import_look_again(scope, &batch, file->content) : NULL;
    if (look == NULL) {
        fail(FAIL_DATABASE, "a spreadsheet that was just kept is gone");
    }
    ImportFile named = *file;
    const ImportProgress progress = {.tell = tell_progress, .context = &named};
    ImportTaken taken = {.people = 0};
    if (import_take(scope, tx, &batch, look, taking->order->tells_progress ? &progress : NULL, &taken) !=
        IMPORT_DONE) {
        const Str why = text_str(scope->lang, TEXT_IMPORT_NOTHING_TO_TAKE);
        fail(FAIL_USAGE, "%.*s: %.*s Nothing has been changed.", STR_ARGS(file->path), STR_ARGS(why));
    }
    audit_add(scope, tx,
              &(AuditEntry){.action = STR("import_taken"),
                            .kind = OBJECT_IMPORT_BATCH,
                            .object = id.value,
                            .program = taking->program});
    return taken;
}

static void take_all(Scope *scope, Tx *tx, void *context) {
    Taking *taking = context;
    Scope trying = *scope;
    trying.arena = taking->arena;
    arena_reset(taking->arena);
    db_use(scope->db, taking->arena);
    taking->taken = NEW_MANY(taking->arena, taking->order->file_count, ImportTaken);
    for (size_t index = 0; index < taking->order->file_count; index++) {
        taking->taken[index] = take_in(&trying, tx, taking, &taking->order->files[index]);
    }
}

static void print_taken(const Scope *scope, const ImportFile *file, const ImportTaken *taken) {
    const Words words = scope_words(scope);
    const Str said = text_import_done_lead(&words, (int64_t)taken->people, (int64_t)taken->left);
    printf("\n%.*s: %.*s\n", STR_ARGS(file->path), STR_ARGS(said));
    for (size_t index = 0; index < taken->receipt_count; index++) {
        const ImportReceipt *receipt = &taken->receipts[index];
        printf("  %.*s  ", STR_ARGS(receipt->code));
        print_words(receipt->called);
        fputs("\n", stdout);
    }
}

/* Before the first line of such a file: what 42 CFR 2.32 asks to be said, and what the list is for. */
static void print_notice(const Scope *scope) {
    print_text(scope, TEXT_UI_PART2_STATEMENT);
    fputs(" ", stdout);
    print_text(scope, TEXT_ORIGIN_PART2_SCOPE);
    fputs("\n", stdout);
}

int import_command(Scope *scope, const ImportOrder *order) {
    const ImportKind kind = kind_ordered(order->kind);
    if (order->is_part2) {
        print_notice(scope);
    }
    db_begin_read(scope->db);
    const ProgramId program = program_ordered(scope, order->program);
    for (size_t index = 0; index < order->file_count; index++) {
        const int status = look_at(scope, program, kind, &order->files[index]);
        if (status != 0) {
            return status;
        }
    }
    db_end_read(scope->db);
    if (!order->takes) {
        puts("\nNothing has been changed. To take it in, say the same with --take.");
        return 0;
    }
    Taking taking = {.program = program,
                     .kind = kind,
                     .order = order,
                     .arena = arena_new_within(scope->arena, TAKING_BYTES)};
    again_write(scope, take_all, &taking);
    db_use(scope->db, scope->arena);
    for (size_t index = 0; index < order->file_count; index++) {
        print_taken(scope, &order->files[index], &taking.taken[index]);
    }
    puts("\nTaken in. It can be undone on the program's page for spreadsheets.");
    return 0;
}
