/* SPDX-License-Identifier: Apache-2.0 */
/* Programs: fallbacks of words, lists that live for years, clocks across clock changes and weekends, duties. */
#include "test/unit.h"
#include "test/database.h"

#include "features/account/account.h"
#include "features/program/program.h"
#include "features/program/program_start.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/zone/zone.h"
#include "texts.h"

typedef struct Bench {
    Arena *arena;
    Str url;
    Db *db;
    Random random;
    Config config;
    Scope scope;
    ProgramId program;
} Bench;

static Time moment(const char *zone, int year, int month, int day, int hour) {
    return zone_moment(zone_find(str_of(zone)), (LocalTime){.date = {(int16_t)year, (int8_t)month, (int8_t)day},
                                                            .hour = (int8_t)hour});
}

static int setup(void **state) {
    crypto_start();
    Bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    bench->arena = arena_new((size_t)64 << 20);
    bench->db = test_database_open(bench->arena, &bench->url);
    bench->random = random_seeded(7);
    bench->scope = (Scope){.arena = bench->arena,
                           .db = bench->db,
                           .random = &bench->random,
                           .now = moment("America/New_York", 2026, 3, 4, 10),
                           .lang = LANG_EN,
                           .zone = zone_find(STR("UTC")),
                           .config = &bench->config};
    Tx *tx = tx_begin(bench->db);
    bench->program = program_add(&bench->scope, tx, STR("river"), STR("River Families"), STR("America/New_York"));
    tx_commit(tx);
    *state = bench;
    return 0;
}

static int teardown(void **state) {
    Bench *bench = *state;
    test_database_close(bench->db, bench->url);
    arena_free(bench->arena);
    free(bench);
    return 0;
}

static void assert_str(Str is, const char *wanted) {
    assert_string_equal(str_c(arena_new(1 << 16), is), wanted);
}

/* ---- names in addresses ---- */

static void test_slugs(void **state) {
    (void)state;
    const char *good[] = {"ab", "river", "river-families", "a1", "abcdefghijabcdefghijabcdefghijabcdefghij"};
    const char *bad[] = {"", "a", "1a", "-a", "a-", "a--b", "River", "r iver", "r_iver", "r/iver", "\xC3\xA1rbol",
                         "abcdefghijabcdefghijabcdefghijabcdefghijk"};
    for (size_t at = 0; at < sizeof good / sizeof good[0]; at++) {
        assert_true(program_slug_is_valid(str_of(good[at])));
    }
    for (size_t at = 0; at < sizeof bad / sizeof bad[0]; at++) {
        assert_false(program_slug_is_valid(str_of(bad[at])));
    }
}

static void test_find(void **state) {
    Bench *bench = *state;
    Program program;
    assert_true(program_find_by_slug(&bench->scope, STR("river"), &program));
    assert_str(program.name, "River Families");
    assert_true(program.takes_requests);
    assert_ptr_equal(program.zone, zone_find(STR("America/New_York")));
    assert_false(program_find_by_slug(&bench->scope, STR("lake"), &program));
    assert_false(program_find(&bench->scope, (ProgramId){1}, &program));
    Tx *tx = tx_begin(bench->db);
    program_set_takes_requests(tx, bench->program, false);
    (void)program_add(&bench->scope, tx, STR("nowhere"), STR("Nowhere"), STR("No/Such_Zone"));
    tx_commit(tx);
    assert_true(program_find(&bench->scope, bench->program, &program));
    assert_false(program.takes_requests);
    assert_true(program_find_by_slug(&bench->scope, STR("nowhere"), &program));
    assert_ptr_equal(program.zone, zone_find(STR("UTC")));
    assert_int_equal(program_list(&bench->scope).count, 2);
}

/* ---- words ---- */

static void test_words_fall_back(void **state) {
    Bench *bench = *state;
    Scope spanish = bench->scope;
    spanish.lang = LANG_ES;
    Tx *tx = tx_begin(bench->db);
    program_set_words(tx, bench->program, PROGRAM_TITLE, LANG_EN, STR("family navigator"));
    program_set_words(tx, bench->program, PROGRAM_TITLE, LANG_ES, STR(""));
    tx_commit(tx);
    assert_str(program_words(&bench->scope, bench->program, PROGRAM_TITLE), "family navigator");
    assert_str(program_words(&spanish, bench->program, PROGRAM_TITLE), "family navigator");
    assert_str(program_words_written(&spanish, bench->program, PROGRAM_TITLE, LANG_ES), "");

    tx = tx_begin(bench->db);
    program_set_words(tx, bench->program, PROGRAM_TITLE, LANG_EN, STR(""));
    tx_commit(tx);
    Str start = text_str(LANG_ES, program_start_words(PROGRAM_TITLE));
    assert_true(str_equal(program_words(&spanish, bench->program, PROGRAM_TITLE), start));
    for (int key = PROGRAM_NAME; key < PROGRAM_WORDS_COUNT; key++) {
        assert_false(str_is_empty(program_words(&bench->scope, (ProgramId){99}, (ProgramWords)key)));
    }
}

/* ---- lists ---- */

static ListItemEdit edit_of(Bench *bench, ListKind list, ListItemId item) {
    ListItemEdit edit;
    assert_true(program_item_read(&bench->scope, bench->program, list, item, &edit));
    return edit;
}

static void change(Bench *bench, ListKind list, ListItemId item, const ListItemEdit *edit) {
    Tx *tx = tx_begin(bench->db);
    program_item_change(&bench->scope, tx, bench->program, list, item, edit);
    tx_commit(tx);
}

static void test_start_lists(void **state) {
    Bench *bench = *state;
    Scope spanish = bench->scope;
    spanish.lang = LANG_ES;
    for (int list = LIST_EXPERIENCE; list < LIST_COUNT; list++) {
        ListItems english = program_items(&bench->scope, bench->program, (ListKind)list);
        ListItems other = program_items(&spanish, bench->program, (ListKind)list);
        assert_true(english.count >= 3);
        assert_int_equal(english.count, other.count);
        for (size_t at = 0; at < english.count; at++) {
            assert_true(list_item_id_equal(english.items[at].id, other.items[at].id));
            assert_false(str_is_empty(english.items[at].label));
            assert_true(program_has_item(&spanish, bench->program, (ListKind)list, english.items[at].id));
        }
    }
    ListItemId age = program_items(&bench->scope, bench->program, LIST_AGE).items[0].id;
    assert_false(program_has_item(&bench->scope, bench->program, LIST_TIME, age));
    assert_false(program_has_item(&bench->scope, (ProgramId){99}, LIST_AGE, age));
    assert_str(program_item_label(&bench->scope, (ListItemId){99}), "");
}

static void test_retire(void **state) {
    Bench *bench = *state;
    ListItems before = program_items(&bench->scope, bench->program, LIST_AGE);
    ListItemId item = before.items[1].id;
    ListItemEdit edit = edit_of(bench, LIST_AGE, item);
    assert_int_equal(edit.place, 2);
    edit.is_retired = true;
    change(bench, LIST_AGE, item, &edit);

    assert_int_equal(program_items(&bench->scope, bench->program, LIST_AGE).count, before.count - 1);
    assert_int_equal(program_items_all(&bench->scope, bench->program, LIST_AGE).count, before.count);
    assert_true(program_has_item(&bench->scope, bench->program, LIST_AGE, item));
    assert_true(str_equal(program_item_label(&bench->scope, item), before.items[1].label));
    edit = edit_of(bench, LIST_AGE, item);
    assert_true(edit.is_retired);
    assert_int_equal(edit.place, 0);

    edit.is_retired = false;
    edit.place = 1;
    change(bench, LIST_AGE, item, &edit);
    assert_true(list_item_id_equal(program_items(&bench->scope, bench->program, LIST_AGE).items[0].id, item));
}

/* Every item to every place: the order is always what moving it in a plain array gives. */
static void test_reorder(void **state) {
    Bench *bench = *state;
    ListItems start = program_items(&bench->scope, bench->program, LIST_TIME);
    for (size_t from = 0; from < start.count; from++) {
        for (size_t to = 0; to < start.count; to++) {
            ListItems before = program_items(&bench->scope, bench->program, LIST_TIME);
            ListItemId item = before.items[from].id;
            ListItemEdit edit = edit_of(bench, LIST_TIME, item);
            edit.place = (int64_t)to + 1;
            change(bench, LIST_TIME, item, &edit);
            ListItems after = program_items(&bench->scope, bench->program, LIST_TIME);
            size_t rest = 0;
            for (size_t at = 0; at < after.count; at++) {
                if (at == to) {
                    assert_true(list_item_id_equal(after.items[at].id, item));
                    continue;
                }
                rest += rest == from;
                assert_true(list_item_id_equal(after.items[at].id, before.items[rest++].id));
            }
        }
    }
}

static void test_item_check(void **state) {
    Bench *bench = *state;
    Scope *scope = &bench->scope;
    ListItemEdit edit = {.words = {STR("Grief"), STR("Duelo")}};
    assert_int_equal(program_item_check(scope, bench->program, LIST_EXPERIENCE, (ListItemId){0}, &edit), ITEM_FINE);
    Tx *tx = tx_begin(bench->db);
    ListItemId grief = program_item_add(scope, tx, bench->program, LIST_EXPERIENCE, STR("Grief"), STR(""));
    tx_commit(tx);
    ListItems items = program_items(scope, bench->program, LIST_EXPERIENCE);
    assert_true(list_item_id_equal(items.items[items.count - 1].id, grief));
    edit.words[LANG_EN] = STR("gRIEF");
    assert_int_equal(program_item_check(scope, bench->program, LIST_EXPERIENCE, (ListItemId){0}, &edit), ITEM_TWICE);
    assert_int_equal(program_item_check(scope, bench->program, LIST_EXPERIENCE, grief, &edit), ITEM_FINE);
    assert_int_equal(program_item_check(scope, bench->program, LIST_TIME, (ListItemId){0}, &edit), ITEM_FINE);
    edit = (ListItemEdit){.words = {STR(""), STR("")}};
    assert_int_equal(program_item_check(scope, bench->program, LIST_TIME, (ListItemId){0}, &edit),
                     ITEM_WITHOUT_WORDS);
    Scope spanish = *scope;
    spanish.lang = LANG_ES;
    assert_str(program_item_label(&spanish, grief), "Grief");
}

static void test_list_full(void **state) {
    Bench *bench = *state;
    Tx *tx = tx_begin(bench->db);
    for (size_t count = program_items(&bench->scope, bench->program, LIST_LANGUAGE).count; count < 200; count++) {
        Str words = str_print(bench->arena, "Language %zu", count);
        (void)program_item_add(&bench->scope, tx, bench->program, LIST_LANGUAGE, words, STR(""));
    }
    tx_commit(tx);
    ListItemEdit edit = {.words = {STR("One more"), STR("")}};
    assert_int_equal(program_item_check(&bench->scope, bench->program, LIST_LANGUAGE, (ListItemId){0}, &edit),
                     ITEM_LIST_FULL);
    ListItemId last = program_items(&bench->scope, bench->program, LIST_LANGUAGE).items[199].id;
    assert_int_equal(program_item_check(&bench->scope, bench->program, LIST_LANGUAGE, last, &edit), ITEM_FINE);
    edit.is_retired = true;
    assert_int_equal(program_item_check(&bench->scope, bench->program, LIST_LANGUAGE, (ListItemId){0}, &edit),
                     ITEM_FINE);
}

/* ---- clocks ---- */

static Time due(Bench *bench, int64_t amount, ClockUnit unit, Time from) {
    Tx *tx = tx_begin(bench->db);
    program_set_clock(tx, bench->program, CLOCK_CHOICE, (Clock){amount, unit});
    tx_commit(tx);
    return program_due(&bench->scope, bench->program, CLOCK_CHOICE, from);
}

static void test_clocks(void **state) {
    Bench *bench = *state;
    const char *zone = "America/New_York";
    Clock reply = program_clock(&bench->scope, bench->program, CLOCK_REPLY);
    assert_int_equal(reply.amount, 1);
    assert_int_equal(reply.unit, UNIT_BUSINESS_DAYS);

    /* Spring forward is Sunday 8 March 2026: a day is 23 hours long, 24 hours are 24 hours. */
    Time saturday = moment(zone, 2026, 3, 7, 10);
    assert_int_equal(due(bench, 1, UNIT_DAYS, saturday).us, moment(zone, 2026, 3, 8, 10).us);
    assert_int_equal(time_between(saturday, due(bench, 1, UNIT_DAYS, saturday)), 23 * TIME_HOUR);
    assert_int_equal(due(bench, 24, UNIT_HOURS, saturday).us, moment(zone, 2026, 3, 8, 11).us);
    assert_int_equal(due(bench, 2, UNIT_WEEKS, saturday).us, moment(zone, 2026, 3, 21, 10).us);
    /* Fall back is Sunday 1 November 2026. */
    Time october = moment(zone, 2026, 10, 30, 16);
    assert_int_equal(due(bench, 1, UNIT_BUSINESS_DAYS, october).us, moment(zone, 2026, 11, 2, 16).us);
    assert_int_equal(time_between(october, due(bench, 3, UNIT_DAYS, october)), 73 * TIME_HOUR);
    /* Over a weekend, and asked on one. */
    assert_int_equal(due(bench, 1, UNIT_BUSINESS_DAYS, saturday).us, moment(zone, 2026, 3, 9, 10).us);
    assert_int_equal(due(bench, 5, UNIT_BUSINESS_DAYS, moment(zone, 2026, 3, 4, 9)).us,
                     moment(zone, 2026, 3, 11, 9).us);
    /* Long waits go past the end of a year and keep the time of day. */
    assert_int_equal(due(bench, 60, UNIT_WEEKS, moment(zone, 2026, 3, 4, 9)).us, moment(zone, 2027, 4, 28, 9).us);
    /* A plain number is no wait. */
    assert_int_equal(due(bench, 10, UNIT_COUNT_OF, saturday).us, saturday.us);
    assert_int_equal(program_clock(&bench->scope, (ProgramId){99}, CLOCK_LOAD_EMPLOYED).amount, 10);
}

/* ---- duties ---- */

static void test_duties(void **state) {
    Bench *bench = *state;
    Scope *scope = &bench->scope;
    Tx *tx = tx_begin(bench->db);
    PersonId ana = account_person_add(scope, tx, STR("Ana"), LANG_ES);
    program_duty_give(scope, tx, bench->program, ana, DUTY_COORDINATOR);
    program_duty_give(scope, tx, bench->program, ana, DUTY_COORDINATOR);
    tx_commit(tx);
    DutyHolders holders = program_duty_holders(scope, bench->program, DUTY_COORDINATOR);
    assert_int_equal(holders.count, 1);
    assert_str(holders.items[0].called, "Ana");
    Scope as_ana = *scope;
    as_ana.actor = ana;
    assert_int_equal(program_list_coordinated(&as_ana).count, 1);
    assert_int_equal(program_list_coordinated(scope).count, 0);

    tx = tx_begin(bench->db);
    program_duty_end(scope, tx, bench->program, ana, DUTY_COORDINATOR);
    tx_commit(tx);
    assert_int_equal(program_duty_holders(scope, bench->program, DUTY_COORDINATOR).count, 0);
    assert_int_equal(program_list_coordinated(&as_ana).count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slugs),
        cmocka_unit_test_setup_teardown(test_find, setup, teardown),
        cmocka_unit_test_setup_teardown(test_words_fall_back, setup, teardown),
        cmocka_unit_test_setup_teardown(test_start_lists, setup, teardown),
        cmocka_unit_test_setup_teardown(test_retire, setup, teardown),
        cmocka_unit_test_setup_teardown(test_reorder, setup, teardown),
        cmocka_unit_test_setup_teardown(test_item_check, setup, teardown),
        cmocka_unit_test_setup_teardown(test_list_full, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clocks, setup, teardown),
        cmocka_unit_test_setup_teardown(test_duties, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
