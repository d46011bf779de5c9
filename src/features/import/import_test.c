/* SPDX-License-Identifier: Apache-2.0 */
/* Spreadsheets looked at, corrected, taken in and taken out again, on a real database. */
#include "test/unit.h"

#include "features/import/import.h"
#include "features/import/import_texts.h"
#include "features/offer/offer.h"
#include "features/origin/origin.h"
#include "features/request/request.h"
#include "import_sql.h"
#include "test/feature_world.h"

#include <stdio.h>

/* ---- helpers ---- */

/* A made-up spreadsheet of the folder test/ beside this file. */
static Str fixture(Arena *arena, const char *name) {
    const Str here = str_of(__FILE__);
    const Str folder = str_part(here, 0, here.length - strlen("import_test.c"));
    FILE *file = fopen(str_c(arena, str_print(arena, "%.*stest/%s", STR_ARGS(folder), name)), "rb");
    assert_non_null(file);
    enum { MOST = 64 * 1024 };
    char *bytes = arena_get(arena, MOST);
    const size_t length = fread(bytes, 1, MOST, file);
    assert_true(length > 0 && length < MOST);
    (void)fclose(file);
    return (Str){.at = bytes, .length = length};
}

static const ImportLook *look_at(World *world, Str content, Str mapping) {
    const ImportLook *look = NULL;
    int64_t line = 0;
    assert_int_equal(import_look(&world->scope, world->program, 0, content, mapping, NULL, &look, &line),
                     IMPORT_READ_WELL);
    return look;
}

static ImportBatch add(World *world, Str content) {
    ImportBatchId id = {0};
    int64_t line = 0;
    Tx *tx = world_begin(world);
    assert_int_equal(import_add(&world->scope, tx, world->program, 0, STR("list.csv"), content, &id, &line),
                     IMPORT_READ_WELL);
    world_commit(tx);
    ImportBatch batch;
    assert_true(import_find(&world->scope, id, &batch));
    return batch;
}

static const ImportLook *look_again(World *world, const ImportBatch *batch) {
    return import_look_again(&world->scope, batch, import_content(&world->scope, batch).hidden_words);
}

static ImportTaken take(World *world, const ImportBatch *batch, ImportResult wanted) {
    ImportTaken taken = {.people = 0};
    const ImportLook *look = look_again(world, batch);
    assert_non_null(look);
    Tx *tx = world_begin(world);
    assert_int_equal(import_take(&world->scope, tx, batch, look, NULL, &taken), wanted);
    world_commit(tx);
    return taken;
}

static const ImportRowPlan *row_at(const ImportLook *look, int64_t line) {
    for (size_t index = 0; index < look->plan.count; index++) {
        if (look->plan.rows[index].line == line) {
            return &look->plan.rows[index];
        }
    }
    fail_msg("there is no line %d", (int)line);
    return NULL;
}

static ImportRowMade made_at(World *world, ImportBatchId batch, int64_t line) {
    const ImportRowMadeRows rows = import_row_made(world->scope.db, batch);
    for (size_t index = 0; index < rows.count; index++) {
        if (rows.items[index].line == line) {
            return rows.items[index];
        }
    }
    fail_msg("line %d became nobody", (int)line);
    return (ImportRowMade){.line = 0};
}

/* ---- looking ---- */

static void test_looks_at_a_waiting_list(void **state) {
    World *world = *state;
    const ImportLook *look = look_at(world, fixture(world->arena, "waiting.csv"), STR(""));
    assert_int_equal(look->columns.kind, IMPORT_WAITING);
    assert_true(look->columns.is_kind_certain);
    static const ImportMeaning wanted[] = {MEANS_REFERENCE,  MEANS_NAME, MEANS_RELATION,  MEANS_PHONE,
                                           MEANS_MAIL,       MEANS_AGE,  MEANS_LANGUAGE,  MEANS_NEED,
                                           MEANS_EXPERIENCE, MEANS_WHEN, MEANS_VOICEMAIL, MEANS_ASKED,
                                           MEANS_KEEP,       MEANS_KEEP};
    assert_int_equal(look->columns.count, sizeof wanted / sizeof wanted[0]);
    for (size_t column = 0; column < look->columns.count; column++) {
        assert_int_equal(look->columns.items[column].meaning, wanted[column]);
    }
    assert_int_equal(look->table.blank, 1);
    assert_int_equal(row_at(look, 4)->asks, ASK_REPEATS);
    assert_int_equal(row_at(look, 4)->verdict, IMPORT_LEAVE);
    assert_int_equal(row_at(look, 4)->same_line, 3);
    assert_int_equal(row_at(look, 5)->asks, ASK_SAYS_REPEAT);
    assert_int_equal(row_at(look, 5)->verdict, IMPORT_TAKE);
    assert_int_equal(row_at(look, 8)->asks, ASK_HEADINGS_AGAIN);
    assert_int_equal(row_at(look, 9)->asks, ASK_SAME_MAIL);
    assert_int_equal(row_at(look, 9)->verdict, IMPORT_TAKE);
    assert_int_equal(row_at(look, 10)->refusal, REFUSAL_NO_NAME);
    assert_int_equal(row_at(look, 11)->trouble, TROUBLE_FORMULA);
    assert_int_equal(row_at(look, 12)->refusal, REFUSAL_LONG_CELL);
    assert_true((row_at(look, 13)->asks & ASK_ONE_CELL) != 0);
    assert_int_equal(row_at(look, 13)->verdict, IMPORT_LEAVE);
    assert_int_equal(row_at(look, 14)->asks, ASK_RAGGED);
    assert_int_equal(look->plan.take + look->plan.leave + look->plan.refuse, look->plan.count);
    assert_int_equal(look->plan.refuse, 2);
}

static void test_shows_what_was_guessed(void **state) {
    World *world = *state;
    const ImportLook *look = look_at(world, fixture(world->arena, "waiting.csv"), STR(""));
    const ImportColumnPlan *ages = &look->plan.columns[5];
    bool has_teen = false;
    for (size_t index = 0; index < ages->group_count; index++) {
        const ImportGroup *group = &ages->groups[index];
        has_teen = has_teen || str_equal(group->original, STR("teen"));
        assert_int_not_equal(group->reading.remark, REMARK_NONE);
        assert_int_not_equal(import_remark_text(group->reading.remark), TEXT_NONE);
    }
    assert_true(has_teen); /* 13 to 17 lies in two of the starting groups: left in words */
    assert_true(ages->not_understood >= 3);
    Tx *tx = world_begin(world);
    assert_false(import_list(&world->scope, world->program).count > 0); /* looking kept nothing */
    world_commit(tx);
}

static void test_finds_no_fault_in_sentences(void **state) {
    World *world = *state;
    const ImportLook *look = look_at(world, fixture(world->arena, "waiting.csv"), STR(""));
    const Strs formula = import_row_sentences(world->arena, &look->plan, row_at(look, 11));
    assert_int_equal(formula.count, 1);
    assert_words(
        formula.items[0],
        "A cell looks like a formula. It is kept as plain text and never run: What they said, Notes");
    const Strs repeat = import_row_sentences(world->arena, &look->plan, row_at(look, 4));
    assert_words(repeat.items[0], "Every cell repeats line 3");
}

/* ---- taking in ---- */

static void test_takes_a_waiting_list_in(void **state) {
    World *world = *state;
    const ImportBatch batch = add(world, fixture(world->arena, "waiting.csv"));
    const ImportTaken taken = take(world, &batch, IMPORT_DONE);
    assert_int_equal(taken.people, 7);
    assert_int_equal(taken.receipt_count, 7);
    const ImportRowMade birch = made_at(world, batch.id, 3);
    Request request;
    assert_true(request_find(&world->scope, birch.request, &request));
    assert_words(request.called, "Invented Birch");
    assert_int_equal(request.lang, LANG_ES);
    assert_int_equal(request.source, REQUEST_FROM_IMPORT);
    assert_int_equal(request.state, REQUEST_NEW);
    assert_true(list_item_id_equal(request.relation, world_item(world, LIST_RELATION, "Mother")));
    assert_int_equal(request.age.value, 0);                       /* "teen" fits two groups */
    assert_int_equal(request.created_at.us, world->scope.now.us); /* "Aug 13" has no year */
    const Str key =
        account_value_index(db_keys(world->db), world->arena, CONTACT_POINT_MAIL, STR("birch@example.org"));
    Request by_code;
    assert_true(request_find_by_receipt(&world->scope, taken.receipts[1].code, key, &by_code));
    assert_true(request_id_equal(by_code.id, birch.request));
    const Origin origin = origin_of_request(&world->scope, birch.request);
    assert_true(origin.is_there);
    assert_words(origin.filename, "list.csv");
    const OriginLines lines =
        origin_lines(world->scope.arena, origin.original.hidden_words, origin.unparsed.hidden_words);
    assert_int_equal(lines.original.count, 13);
    assert_words(lines.original.items[12], "Notes: URGENT");
    assert_int_equal(lines.unparsed.count, 4);
    assert_words(lines.unparsed.items[0], "ID: A2");
    assert_words(lines.unparsed.items[1], "Age(s) of child: teen");
    assert_words(lines.unparsed.items[2], "Date called us: Aug 13");
    assert_words(lines.unparsed.items[3], "Notes: URGENT");
    assert_true(request_find(&world->scope, made_at(world, batch.id, 2).request, &request));
    assert_true(request.created_at.us < world->scope.now.us);
}

/* Said once of the file: the file itself, each of its lines and each request from it are marked, and the
 * family takes the mark off its own words without touching the others'. */
static void test_a_marked_file_marks_what_it_brings(void **state) {
    World *world = *state;
    ImportBatch batch = add(world, fixture(world->arena, "waiting.csv"));
    assert_false(import_content(&world->scope, &batch).is_marked);
    Tx *tx = world_begin(world);
    import_set_part2(tx, batch.id);
    world_commit(tx);
    assert_true(import_find(&world->scope, batch.id, &batch));
    assert_true(batch.is_part2 && import_content(&world->scope, &batch).is_marked);
    (void)take(world, &batch, IMPORT_DONE);
    const RequestId first = made_at(world, batch.id, 2).request;
    const RequestId second = made_at(world, batch.id, 3).request;
    const RequestId both[] = {first, second};
    Request request;
    for (size_t at = 0; at < 2; at++) {
        assert_true(request_find(&world->scope, both[at], &request));
        assert_true(request.is_part2 && request.need.is_marked);
        const Origin origin = origin_of_request(&world->scope, both[at]);
        assert_true(origin.original.is_marked && origin.unparsed.is_marked);
    }
    tx = world_begin(world);
    request_set_part2(tx, first, false);
    world_commit(tx);
    assert_true(request_find(&world->scope, first, &request));
    assert_false(request.need.is_marked);
    assert_true(request_find(&world->scope, second, &request));
    assert_true(request.need.is_marked);
}

/* The row holds the need in one piece with the rest: kept or marked with it. */
static void test_a_row_is_kept_with_its_words(void **state) {
    World *world = *state;
    const ImportBatch batch = add(world, fixture(world->arena, "waiting.csv"));
    (void)take(world, &batch, IMPORT_DONE);
    const ImportRowMade birch = made_at(world, batch.id, 3);
    const PersonId coordinator = world->scope.actor;
    Request request;
    assert_true(request_find(&world->scope, birch.request, &request));
    Origin origin = origin_of_request(&world->scope, birch.request);
    assert_false(origin.is_kept || origin.original.is_marked);
    Tx *tx = world_begin(world);
    request_keep(tx, birch.request, true);
    request_set_part2(tx, birch.request, true);
    world_commit(tx);
    origin = origin_of_request(&world->scope, birch.request);
    assert_true(origin.is_kept && origin.is_there);
    assert_int_equal(origin.original.hidden_words.length + origin.unparsed.hidden_words.length, 0);
    world->scope.actor = request.person;
    origin = origin_of_request(&world->scope, birch.request);
    assert_false(origin.is_kept);
    assert_true(origin.original.is_marked && origin.original.hidden_words.length > 0);
    world->scope.actor = coordinator;
}

static void test_takes_supporters_in(void **state) {
    World *world = *state;
    const ImportBatch batch = add(world, fixture(world->arena, "supporters.csv"));
    assert_int_equal(batch.kind, IMPORT_SUPPORTERS);
    assert_int_equal(take(world, &batch, IMPORT_DONE).people, 5);
    Offer offer;
    assert_true(offer_find(&world->scope, made_at(world, batch.id, 3).offer, &offer));
    assert_words(offer.called, "Invented Ma\xC3\xB1"
                               "aca");
    assert_int_equal(offer.capacity, 2);
    assert_true(offer.is_cleared);
    assert_int_equal(offer.standing, OFFER_FREE);
    const OfferItems items = offer_items(&world->scope, offer.id);
    size_t limits = 0;
    for (size_t index = 0; index < items.count; index++) {
        limits += items.items[index].kind == OFFER_RATHER_NOT ? 1 : 0;
    }
    assert_int_equal(limits, 1);
    assert_true(offer_find(&world->scope, made_at(world, batch.id, 4).offer, &offer));
    assert_int_equal(offer.standing, OFFER_FULL);
    assert_true(offer_find(&world->scope, made_at(world, batch.id, 5).offer, &offer));
    assert_int_equal(offer.standing, OFFER_PAUSED);
    assert_false(offer.is_cleared);
    assert_true(offer_find(&world->scope, made_at(world, batch.id, 6).offer, &offer));
    assert_int_equal(offer.standing, OFFER_ENDED);
    assert_true(offer_find(&world->scope, made_at(world, batch.id, 7).offer, &offer));
    assert_int_equal(offer.capacity,
                     program_clock(&world->scope, world->program, CLOCK_LOAD_VOLUNTEER).amount);
}

static void test_knows_who_is_here_already(void **state) {
    World *world = *state;
    const Str content = fixture(world->arena, "waiting.csv");
    const ImportBatch first = add(world, content);
    (void)take(world, &first, IMPORT_DONE);
    const ImportLook *look = look_at(world, content, STR(""));
    assert_true((row_at(look, 2)->asks & ASK_HERE_ALREADY) != 0);
    assert_int_equal(row_at(look, 2)->verdict, IMPORT_LEAVE);
    assert_int_equal(look->plan.take, 0);
    const ImportBatch again = add(world, content);
    (void)take(world, &again, IMPORT_NOTHING);
    Tx *tx = world_begin(world);
    const ProgramId other = program_add(&world->scope, tx, STR("lake"), STR("Lake"), STR("America/New_York"));
    world_commit(tx);
    world->program = other; /* another program is told nothing about this one's people */
    look = look_at(world, content, STR(""));
    assert_int_equal(row_at(look, 2)->asks, 0);
}

/* ---- correcting ---- */

static void test_columns_and_rows_are_decided(void **state) {
    World *world = *state;
    ImportBatch batch = add(world, fixture(world->arena, "waiting.csv"));
    const ImportLook *look = look_again(world, &batch);
    ImportMeaning meanings[IMPORT_MOST_COLUMNS];
    for (size_t column = 0; column < look->columns.count; column++) {
        meanings[column] = look->columns.items[column].meaning;
    }
    meanings[12] = MEANS_HOPES;
    const ImportDecision rows[] = {{.line = 2, .take = false},
                                   {.line = 4, .take = true},
                                   {.line = 10, .take = true},
                                   {.line = 8, .take = true}};
    Tx *tx = world_begin(world);
    assert_int_equal(import_set_meanings(&world->scope, tx, &batch, look, meanings), IMPORT_DONE);
    assert_true(import_find(&world->scope, batch.id, &batch));
    assert_int_equal(import_decide(&world->scope, tx, &batch, (ImportDecisions){rows, 4}), IMPORT_DONE);
    world_commit(tx);
    assert_true(import_find(&world->scope, batch.id, &batch));
    look = look_again(world, &batch);
    assert_int_equal(look->columns.items[12].meaning, MEANS_HOPES);
    assert_int_equal(look->columns.items[12].why, WHY_SAID);
    assert_int_equal(row_at(look, 2)->verdict, IMPORT_LEAVE);
    assert_int_equal(row_at(look, 4)->verdict, IMPORT_TAKE);
    assert_int_equal(row_at(look, 10)->verdict, IMPORT_REFUSE); /* no name: no decision helps */
    assert_int_equal(row_at(look, 8)->verdict, IMPORT_LEAVE);   /* headings are nobody */
    (void)take(world, &batch, IMPORT_DONE);
    Request request;
    assert_true(request_find(&world->scope, made_at(world, batch.id, 3).request, &request));
    assert_words(request.hopes.hidden_words, "URGENT");
}

static void test_given_up_is_given_up(void **state) {
    World *world = *state;
    ImportBatch batch = add(world, fixture(world->arena, "waiting.csv"));
    const ImportLook *look = look_again(world, &batch);
    Tx *tx = world_begin(world);
    assert_int_equal(import_give_up(&world->scope, tx, &batch), IMPORT_DONE);
    ImportTaken taken;
    assert_int_equal(import_take(&world->scope, tx, &batch, look, NULL, &taken), IMPORT_ELSEWHERE);
    assert_int_equal(import_give_up(&world->scope, tx, &batch), IMPORT_ELSEWHERE);
    world_commit(tx);
    assert_true(import_find(&world->scope, batch.id, &batch));
    assert_null(look_again(world, &batch));
}

/* ---- all or nothing, and out again ---- */

typedef struct Attempt {
    World *world;
    const ImportBatch *batch;
    const ImportLook *look;
} Attempt;

static void attempt_take(void *context) {
    Attempt *attempt = context;
    ImportTaken taken;
    Tx *tx = world_begin(attempt->world);
    (void)import_take(&attempt->world->scope, tx, attempt->batch, attempt->look, NULL, &taken);
    tx_commit(tx);
}

static void test_all_or_nothing(void **state) {
    World *world = *state;
    const ImportBatch batch = add(world, fixture(world->arena, "waiting.csv"));
    const ImportLook *look = look_again(world, &batch);
    for (int64_t nth = 1; nth < 100; nth += 7) {
        Attempt attempt = {world, &batch, look};
        Fail why;
        db_fail_nth(world->scope.db, nth, FAIL_DATABASE);
        assert_false(fail_catch(attempt_take, &attempt, &why));
        db_fail_nth(world->scope.db, 0, FAIL_DATABASE);
        db_rollback(world->scope.db);
        db_use(world->scope.db, world->arena);
        ImportBatch after;
        assert_true(import_find(&world->scope, batch.id, &after));
        assert_int_equal(after.state, IMPORT_LOOKED_AT);
        assert_int_equal(after.taken, 0);
        assert_int_equal(import_known_people(world->scope.db, world->program, world->scope.now).count, 0);
    }
    assert_int_equal(take(world, &batch, IMPORT_DONE).people, 7);
}

static void undo(World *world, ImportBatchId id, ImportResult wanted, const char *lines) {
    ImportBatch batch;
    assert_true(import_find(&world->scope, id, &batch));
    Str found = STR("");
    Tx *tx = world_begin(world);
    assert_int_equal(import_undo(&world->scope, tx, &batch, &found), wanted);
    world_commit(tx);
    assert_words(found, lines);
}

static void test_undo_takes_everybody_out(void **state) {
    World *world = *state;
    const char *const files[] = {"waiting.csv", "supporters.csv"};
    for (size_t index = 0; index < 2; index++) {
        const ImportBatch batch = add(world, fixture(world->arena, files[index]));
        (void)take(world, &batch, IMPORT_DONE);
        assert_true(import_known_people(world->scope.db, world->program, world->scope.now).count > 0);
        undo(world, batch.id, IMPORT_DONE, "");
        assert_int_equal(import_known_people(world->scope.db, world->program, world->scope.now).count, 0);
        assert_int_equal(db_check_engine(world->scope.db, world->arena).count, 0);
        undo(world, batch.id, IMPORT_ELSEWHERE, "");
    }
}

static void test_undo_names_the_rows_in_the_way(void **state) {
    World *world = *state;
    const ImportBatch batch = add(world, fixture(world->arena, "waiting.csv"));
    (void)take(world, &batch, IMPORT_DONE);
    const ImportBatch supporters = add(world, fixture(world->arena, "supporters.csv"));
    (void)take(world, &supporters, IMPORT_DONE);
    Tx *tx = world_begin_as(world, world_person(world, "coordinator"));
    Request request;
    assert_true(request_find(&world->scope, made_at(world, batch.id, 5).request, &request));
    assert_int_equal(request_take(&world->scope, tx, request.id, request.version), REQUEST_DONE);
    Offer offer;
    assert_true(offer_find(&world->scope, made_at(world, supporters.id, 5).offer, &offer));
    assert_int_equal(offer_set_cleared(&world->scope, tx, offer.id, offer.version, true), OFFER_DONE);
    world_commit(tx);
    undo(world, batch.id, IMPORT_PREVENTED, "5");
    undo(world, supporters.id, IMPORT_PREVENTED, "5");
    ImportBatch after;
    assert_true(import_find(&world->scope, batch.id, &after));
    assert_int_equal(after.state, IMPORT_TAKEN_IN);
    assert_int_equal(after.taken, 7);
}

/* ---- size ---- */

static void tell(void *context, size_t done, size_t all) {
    size_t *told = context;
    assert_true(done <= all);
    (*told)++;
}

static void test_twenty_thousand_rows(void **state) {
    World *world = *state;
    Arena *arena = arena_new((size_t)64 * 1024 * 1024);
    Buf buf = buf_new(arena, IMPORT_MOST_BYTES);
    buf_add(&buf, STR("Name,Phone,E-mail,Age,Lang,What they said,Stuff they mentioned,Date called us\n"));
    /* Each statement is a round trip on PostgreSQL: a tenth of the rows shows the same there. */
    const int rows = db_engine(world->db) == DB_SQLITE ? IMPORT_MOST_ROWS : IMPORT_MOST_ROWS / 10;
    for (int row = 0; row < rows; row++) {
        buf_print(&buf,
                  "Invented Family %d,(206) 555-%04d,f%d@example.org,%d,Sp/Eng,\"We need someone, "
                  "please\",anxiety; grief,3/%d/2025\n",
                  row, row % 10000, row, row % 18, row % 28 + 1);
    }
    const ImportBatch batch = add(world, buf_str(&buf));
    const Time begin = time_monotonic();
    const ImportLook *look = look_again(world, &batch);
    assert_non_null(look);
    assert_int_equal(look->plan.take, rows);
    const Time looked = time_monotonic();
    size_t told = 0;
    ImportTaken taken;
    Tx *tx = world_begin(world);
    const ImportProgress progress = {.tell = tell, .context = &told};
    assert_int_equal(import_take(&world->scope, tx, &batch, look, &progress, &taken), IMPORT_DONE);
    world_commit(tx);
    const Time done = time_monotonic();
    assert_int_equal(taken.people, rows);
    assert_int_equal(told, rows / 250);
    undo(world, batch.id, IMPORT_DONE, "");
    print_message("%d rows: looked at in %d ms, taken in in %d ms, taken out in %d ms\n", rows,
                  (int)(time_between(begin, looked) / 1000), (int)(time_between(looked, done) / 1000),
                  (int)(time_between(done, time_monotonic()) / 1000));
    arena_free(arena);
}

#define WORLD_TEST(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_looks_at_a_waiting_list),
        WORLD_TEST(test_shows_what_was_guessed),
        WORLD_TEST(test_finds_no_fault_in_sentences),
        WORLD_TEST(test_takes_a_waiting_list_in),
        WORLD_TEST(test_a_marked_file_marks_what_it_brings),
        WORLD_TEST(test_a_row_is_kept_with_its_words),
        WORLD_TEST(test_takes_supporters_in),
        WORLD_TEST(test_knows_who_is_here_already),
        WORLD_TEST(test_columns_and_rows_are_decided),
        WORLD_TEST(test_given_up_is_given_up),
        WORLD_TEST(test_all_or_nothing),
        WORLD_TEST(test_undo_takes_everybody_out),
        WORLD_TEST(test_undo_names_the_rows_in_the_way),
        WORLD_TEST(test_twenty_thousand_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
