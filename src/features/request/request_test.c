/* SPDX-License-Identifier: Apache-2.0 */
/* Requests: what is wished and how much it weighs, urgency, and what came from the first schema. */
#include "test/unit.h"

#include "features/consent/consent.h"
#include "features/request/request.h"
#include "request_sql.h"
#include "platform/db/db_query.h"
#include "test/database.h"
#include "test/feature_world.h"

/* ---- a database of the first schema, with a family in it ---- */

static void add_old_rows(Db *db) {
    const char *request =
        "INSERT INTO request (id, program, person, kind, source, receipt_hash, lang, need, hopes,"
        " has_no_preference, state, state_at, due_at, version, created_at)"
        " VALUES (4, 1, 2, 1, 1, CAST('r' AS BLOB), 0, CAST('Nights.' AS BLOB), CAST('' AS BLOB), 0, 1, 10, "
        "20,"
        " 1, 10)";
    test_database_run(db, "INSERT INTO program VALUES (1, 'river', 'America/New_York', 1, 5)");
    test_database_run(db, "INSERT INTO person VALUES (2, 'Ana', 0, 6)");
    test_database_run(db, "INSERT INTO list_item VALUES (3, 1, 1, 1, NULL)");
    test_database_run(db, request);
    test_database_run(db, "INSERT INTO request_wish (request, item) VALUES (4, 3)");
    test_database_run(db, "INSERT INTO request_unlike VALUES (4, 3)");
}

static void test_rows_of_the_first_schema_keep_their_meaning(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 22);
    const Str url = test_database_new(arena);
    Db *db = db_open(url, true);
    db_use(db, arena);
    assert_int_equal(db_migrate_steps(db, DB_STEPS, 1), 1);
    add_old_rows(db);
    assert_int_equal(db_migrate(db), DB_STEP_COUNT - 1);
    assert_int_equal(db_check_engine(db, arena).count, 0);
    assert_words(test_database_rows(db, arena, "SELECT request, item, kind, is_required FROM request_wish"),
                 "4|3|1|0|\n");
    assert_words(test_database_rows(db, arena, "SELECT id, LENGTH(need), is_urgent FROM request"),
                 "4|7|0|\n");
    assert_words(test_database_rows(db, arena, "SELECT request, list FROM request_unlike"), "4|3|\n");
    test_database_close(db, url);
    arena_free(arena);
}

/* ---- wishes ---- */

static RequestId ask(World *world, const RequestNew *wanted) {
    RequestNew request = *wanted;
    request.program = world->program;
    request.person = world_person(world, "ana");
    request.kind = REQUEST_SUPPORT;
    request.source = REQUEST_FROM_FORM;
    Tx *tx = world_begin(world);
    Str receipt;
    RequestId id = request_add(&world->scope, tx, &request, &receipt);
    world_commit(tx);
    return id;
}

static ListItemId add_item(World *world, ListKind list, const char *words) {
    Tx *tx = world_begin(world);
    ListItemId item = program_item_add(&world->scope, tx, world->program, list, str_of(words), STR(""));
    world_commit(tx);
    return item;
}

static void assert_item(const RequestItem *item, ListItemId id, ListKind list, RequestWishKind kind,
                        bool is_required) {
    assert_true(list_item_id_equal(item->item, id));
    assert_int_equal(item->list, list);
    assert_int_equal(item->kind, kind);
    assert_int_equal(item->is_required, is_required);
}

static void test_wishes_of_every_list(void **state) {
    World *world = *state;
    const ListItemId autism = world_item(world, LIST_EXPERIENCE, "Autism");
    const ListItemId grief = world_item(world, LIST_EXPERIENCE, "Loss and grief");
    const ListItemId text = world_item(world, LIST_CHANNEL, "By text message");
    const ListItemId north = add_item(world, LIST_REGION, "North");
    const ListItemId paid = add_item(world, LIST_FUNDING, "A grant");
    const ListItemId mother = world_item(world, LIST_RELATION, "Mother");
    const ListItemId wishes[] = {text, grief, autism, north, paid, mother, autism};
    RequestId id = ask(world, &(RequestNew){.wishes = wishes,
                                            .wish_count = sizeof wishes / sizeof wishes[0],
                                            .first = grief,
                                            .required = 1U << LIST_CHANNEL | 1U << LIST_REGION,
                                            .unlike = 1U << LIST_CULTURE});
    const RequestItems items = request_wishes(&world->scope, id);
    /* Funding and relation are no wishes; where somebody lives cannot be required. */
    assert_int_equal(items.count, 4);
    assert_item(&items.items[0], autism, LIST_EXPERIENCE, REQUEST_WISH_CHOSEN, false);
    assert_item(&items.items[1], grief, LIST_EXPERIENCE, REQUEST_WISH_FIRST, false);
    assert_item(&items.items[2], text, LIST_CHANNEL, REQUEST_WISH_CHOSEN, true);
    assert_item(&items.items[3], north, LIST_REGION, REQUEST_WISH_CHOSEN, false);
    assert_int_equal(request_unlike(&world->scope, id), 1U << LIST_CULTURE);

    Tx *tx = world_begin_as(world, world_person(world, "carla"));
    assert_int_equal(request_code(&world->scope, tx, id, 1, (const ListItemId[]){paid, north}, 2),
                     REQUEST_DONE);
    world_commit(tx);
    const RequestItems codes = request_codes(&world->scope, id);
    assert_int_equal(codes.count, 2);
    assert_item(&codes.items[0], north, LIST_REGION, REQUEST_WISH_CODED, false);
    assert_item(&codes.items[1], paid, LIST_FUNDING, REQUEST_WISH_CODED, false);
}

/* First is one of the experiences that were chosen, or nothing is. */
static void test_first_must_be_chosen(void **state) {
    World *world = *state;
    const ListItemId autism = world_item(world, LIST_EXPERIENCE, "Autism");
    const ListItemId woman = world_item(world, LIST_GENDER, "A woman");
    const ListItemId wishes[] = {autism, woman};
    RequestId id = ask(world, &(RequestNew){.wishes = wishes, .wish_count = 2, .first = woman});
    const RequestItems items = request_wishes(&world->scope, id);
    assert_int_equal(items.count, 2);
    assert_item(&items.items[0], autism, LIST_EXPERIENCE, REQUEST_WISH_CHOSEN, false);
    assert_item(&items.items[1], woman, LIST_GENDER, REQUEST_WISH_CHOSEN, false);
}

/* ---- urgency ---- */

static RequestResult set_urgent(World *world, RequestId id, int64_t version, bool is_urgent,
                                const char *why) {
    Tx *tx = world_begin(world);
    RequestResult result = request_set_urgent(&world->scope, tx, id, version, is_urgent, str_of(why));
    world_commit(tx);
    return result;
}

static void test_urgent_says_why(void **state) {
    World *world = *state;
    RequestId id = ask(world, &(RequestNew){.need = STR("Nights.")});
    world_act_as(world, world_person(world, "carla"));
    assert_int_equal(set_urgent(world, id, 7, true, "A hearing is on Friday."), REQUEST_STALE);
    assert_int_equal(set_urgent(world, id, 1, true, "A hearing is on Friday."), REQUEST_DONE);
    Request request;
    assert_true(request_find(&world->scope, id, &request));
    assert_true(request.is_urgent && request_is_urgent_now(&request));
    assert_int_equal(set_urgent(world, id, 1, false, ""), REQUEST_STALE);
    world_wait(world, TIME_MINUTE);
    assert_int_equal(set_urgent(world, id, request.version, false, "left out"), REQUEST_DONE);
    assert_true(request_find(&world->scope, id, &request));
    assert_false(request.is_urgent);
    const RequestNoteListRows notes =
        request_note_list(world->db, id, world->scope.actor, CONSENT_NOTES, world->scope.now);
    assert_int_equal(notes.count, 2);
    assert_int_equal(notes.items[0].kind, REQUEST_NOTE_URGENT);
    assert_words(notes.items[0].words.hidden_words, "A hearing is on Friday.");
    assert_words(notes.items[1].words.hidden_words, "");
    assert_int_equal(set_urgent(world, (RequestId){99}, 1, true, "x"), REQUEST_ELSEWHERE);
}

/* The mark goes with the words, so that nothing shows them without it. */
static void test_a_marked_note(void **state) {
    World *world = *state;
    RequestId id = ask(world, &(RequestNew){.need = STR("Nights.")});
    Tx *tx = world_begin_as(world, world_person(world, "carla"));
    request_note(&world->scope, tx, id, REQUEST_NOTE_LINE, STR("School starts at nine."));
    world_wait(world, TIME_MINUTE);
    request_note_part2(&world->scope, tx, id, REQUEST_NOTE_REACHED, STR("Sober since May."));
    world_commit(tx);
    const RequestNoteListRows notes =
        request_note_list(world->db, id, world->scope.actor, CONSENT_NOTES, world->scope.now);
    assert_int_equal(notes.count, 2);
    assert_false(notes.items[0].words.is_marked || notes.items[0].is_part2);
    assert_true(notes.items[1].words.is_marked && notes.items[1].is_part2);
    assert_words(notes.items[1].words.hidden_words, "Sober since May.");
}

/* The family's own words carry their mark to whoever reads them, until the family takes it off. */
static void test_marked_words(void **state) {
    World *world = *state;
    RequestId id = ask(world, &(RequestNew){.need = STR("He drinks."), .is_part2 = true});
    RequestId other = ask(world, &(RequestNew){.need = STR("Nights.")});
    Request request;
    assert_true(request_find(&world->scope, other, &request));
    assert_false(request.is_part2 || request.need.is_marked);
    assert_true(request_find(&world->scope, id, &request));
    assert_true(request.is_part2 && request.need.is_marked && request.hopes.is_marked);
    Tx *tx = world_begin(world);
    request_set_part2(tx, id, false);
    request_set_part2(tx, other, true);
    request_set_part2(tx, other, true);
    world_commit(tx);
    assert_true(request_find(&world->scope, id, &request));
    assert_false(request.is_part2 || request.need.is_marked);
    assert_true(request_find(&world->scope, other, &request));
    assert_true(request.need.is_marked);
}

/* An item of the program's lists that tells of substance use is marked wherever a family chose it. */
static void test_marked_items(void **state) {
    World *world = *state;
    Tx *tx = world_begin(world);
    const ListItemId drugs =
        program_item_add(&world->scope, tx, world->program, LIST_EXPERIENCE, STR("Pills"), STR("Pastillas"));
    const ListItemEdit edit = {.words = {STR("Pills"), STR("Pastillas")}, .place = 1, .is_part2 = true};
    program_item_change(&world->scope, tx, world->program, LIST_EXPERIENCE, drugs, &edit);
    world_commit(tx);
    ListItemEdit found;
    assert_true(program_item_read(&world->scope, world->program, LIST_EXPERIENCE, drugs, &found));
    assert_true(found.is_part2);
    const Part2Words words = program_item_words(&world->scope, drugs);
    assert_true(words.is_marked);
    assert_words(words.hidden_words, "Pills");
    const ListItems all = program_items(&world->scope, world->program, LIST_LANGUAGE);
    assert_true(all.count > 0);
    assert_false(program_item_words(&world->scope, all.items[0].id).is_marked);
    /* A line that is printed carries the statement and the scope, or nothing of the words. */
    const Words in = scope_words(&world->scope);
    assert_words(part2_open_noted(&in, STR("Shared with nobody else."), words),
                 "Pills [42 CFR part 2 prohibits unauthorized use or disclosure of these records. "
                 "Shared with nobody else.]");
    assert_false(str_contains(part2_open_noted(&in, STR(""), words), STR("Pills")));
    assert_words(part2_open_noted(&in, STR(""), program_item_words(&world->scope, all.items[0].id)),
                 "English");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_wishes_of_every_list, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_first_must_be_chosen, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_urgent_says_why, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_a_marked_note, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_marked_words, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_marked_items, world_open, world_close),
        cmocka_unit_test(test_rows_of_the_first_schema_keep_their_meaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
