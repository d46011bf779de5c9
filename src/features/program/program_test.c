/* SPDX-License-Identifier: Apache-2.0 */
/* Programs: fallbacks of words, lists that live for years, clocks across clock changes and weekends,
 * duties. */
#include "test/unit.h"

#include "features/account/account.h"
#include "features/program/program_start.h"
#include "platform/zone/zone.h"
#include "test/feature_world.h"
#include "texts.h"

static Time moment(const char *zone, int year, int month, int day, int hour) {
    return zone_moment(
        zone_find(str_of(zone)),
        (LocalTime){.date = {(int16_t)year, (int8_t)month, (int8_t)day}, .hour = (int8_t)hour});
}

/* ---- names in addresses ---- */

static void test_slugs(void **state) {
    (void)state;
    const char *good[] = {"ab", "river", "river-families", "a1", "abcdefghijabcdefghijabcdefghijabcdefghij"};
    const char *bad[] = {"",       "a",      "1a",           "-a",
                         "a-",     "a--b",   "River",        "r iver",
                         "r_iver", "r/iver", "\xC3\xA1rbol", "abcdefghijabcdefghijabcdefghijabcdefghijk"};
    for (size_t at = 0; at < sizeof good / sizeof good[0]; at++) {
        assert_true(program_slug_is_valid(str_of(good[at])));
    }
    for (size_t at = 0; at < sizeof bad / sizeof bad[0]; at++) {
        assert_false(program_slug_is_valid(str_of(bad[at])));
    }
}

static void test_find(void **state) {
    World *world = *state;
    Program program;
    assert_true(program_find_by_slug(&world->scope, STR("river"), &program));
    assert_words(program.name, "River Families");
    assert_true(program.takes_requests);
    assert_ptr_equal(program.zone, zone_find(STR("America/New_York")));
    assert_false(program_find_by_slug(&world->scope, STR("lake"), &program));
    assert_false(program_find(&world->scope, (ProgramId){1}, &program));
    Tx *tx = world_begin(world);
    program_set_takes_requests(tx, world->program, false);
    (void)program_add(&world->scope, tx, STR("nowhere"), STR("Nowhere"), STR("No/Such_Zone"));
    world_commit(tx);
    assert_true(program_find(&world->scope, world->program, &program));
    assert_false(program.takes_requests);
    assert_true(program_find_by_slug(&world->scope, STR("nowhere"), &program));
    assert_ptr_equal(program.zone, zone_find(STR("UTC")));
    assert_int_equal(program_list(&world->scope).count, 2);
}

/* ---- words ---- */

static void test_words_fall_back(void **state) {
    World *world = *state;
    Scope spanish = world->scope;
    spanish.lang = LANG_ES;
    Tx *tx = world_begin(world);
    program_set_words(tx, world->program, PROGRAM_TITLE, LANG_EN, STR("family navigator"));
    program_set_words(tx, world->program, PROGRAM_TITLE, LANG_ES, STR(""));
    world_commit(tx);
    assert_words(program_words(&world->scope, world->program, PROGRAM_TITLE), "family navigator");
    assert_words(program_words(&spanish, world->program, PROGRAM_TITLE), "family navigator");
    assert_int_equal(program_said(&spanish, world->program, PROGRAM_TITLE).lang, LANG_EN);
    assert_int_equal(program_said(&spanish, world->program, PROGRAM_ROLE).lang, LANG_ES);
    assert_words(program_words_written(&spanish, world->program, PROGRAM_TITLE, LANG_ES), "");

    tx = world_begin(world);
    program_set_words(tx, world->program, PROGRAM_TITLE, LANG_EN, STR(""));
    world_commit(tx);
    Str start = text_str(LANG_ES, program_start_words(PROGRAM_TITLE));
    assert_true(str_equal(program_words(&spanish, world->program, PROGRAM_TITLE), start));
    for (int key = PROGRAM_NAME; key < PROGRAM_WORDS_COUNT; key++) {
        assert_false(str_is_empty(program_words(&world->scope, (ProgramId){99}, (ProgramWords)key)));
    }
}

/* ---- lists ---- */

static ListItemEdit edit_of(World *world, ListKind list, ListItemId item) {
    ListItemEdit edit;
    assert_true(program_item_read(&world->scope, world->program, list, item, &edit));
    return edit;
}

static void change(World *world, ListKind list, ListItemId item, const ListItemEdit *edit) {
    Tx *tx = world_begin(world);
    program_item_change(&world->scope, tx, world->program, list, item, edit);
    world_commit(tx);
}

static void test_start_lists(void **state) {
    World *world = *state;
    Scope spanish = world->scope;
    spanish.lang = LANG_ES;
    for (int list = LIST_EXPERIENCE; list < LIST_COUNT; list++) {
        ListItems english = program_items(&world->scope, world->program, (ListKind)list);
        ListItems other = program_items(&spanish, world->program, (ListKind)list);
        /* What only the place itself can know starts empty, and is asked about nowhere. */
        bool is_own = list == LIST_REGION || list == LIST_CULTURE || list == LIST_FUNDING;
        assert_true(is_own ? english.count == 0 : english.count >= 2);
        assert_int_equal(english.count, other.count);
        for (size_t at = 0; at < english.count; at++) {
            assert_true(list_item_id_equal(english.items[at].id, other.items[at].id));
            assert_false(str_is_empty(english.items[at].label));
            assert_true(program_has_item(&spanish, world->program, (ListKind)list, english.items[at].id));
            assert_int_equal(program_item_list(&spanish, world->program, english.items[at].id),
                             list < LIST_ASKED_COUNT ? list : 0);
        }
    }
    ListItemId age = program_items(&world->scope, world->program, LIST_AGE).items[0].id;
    assert_false(program_has_item(&world->scope, world->program, LIST_TIME, age));
    assert_false(program_has_item(&world->scope, (ProgramId){99}, LIST_AGE, age));
    assert_int_equal(program_item_list(&world->scope, (ProgramId){99}, age), 0);
    assert_int_equal(program_item_list(&world->scope, world->program, (ListItemId){99}), 0);
    assert_words(program_item_label(&world->scope, (ListItemId){99}), "");
}

static void test_retire(void **state) {
    World *world = *state;
    ListItems before = program_items(&world->scope, world->program, LIST_AGE);
    ListItemId item = before.items[1].id;
    ListItemEdit edit = edit_of(world, LIST_AGE, item);
    assert_int_equal(edit.place, 2);
    edit.is_retired = true;
    change(world, LIST_AGE, item, &edit);

    assert_int_equal(program_items(&world->scope, world->program, LIST_AGE).count, before.count - 1);
    assert_int_equal(program_items_all(&world->scope, world->program, LIST_AGE).count, before.count);
    assert_true(program_has_item(&world->scope, world->program, LIST_AGE, item));
    assert_true(str_equal(program_item_label(&world->scope, item), before.items[1].label));
    edit = edit_of(world, LIST_AGE, item);
    assert_true(edit.is_retired);
    assert_int_equal(edit.place, 0);

    edit.is_retired = false;
    edit.place = 1;
    change(world, LIST_AGE, item, &edit);
    assert_true(list_item_id_equal(program_items(&world->scope, world->program, LIST_AGE).items[0].id, item));
}

/* Every item to every place: the order is always what moving it in a plain array gives. */
static void test_reorder(void **state) {
    World *world = *state;
    ListItems start = program_items(&world->scope, world->program, LIST_TIME);
    for (size_t from = 0; from < start.count; from++) {
        for (size_t to = 0; to < start.count; to++) {
            ListItems before = program_items(&world->scope, world->program, LIST_TIME);
            ListItemId item = before.items[from].id;
            ListItemEdit edit = edit_of(world, LIST_TIME, item);
            edit.place = (int64_t)to + 1;
            change(world, LIST_TIME, item, &edit);
            ListItems after = program_items(&world->scope, world->program, LIST_TIME);
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
    World *world = *state;
    Scope *scope = &world->scope;
    ListItemEdit edit = {.words = {STR("Grief"), STR("Duelo")}};
    assert_int_equal(program_item_check(scope, world->program, LIST_EXPERIENCE, (ListItemId){0}, &edit),
                     ITEM_FINE);
    Tx *tx = world_begin(world);
    ListItemId grief = program_item_add(scope, tx, world->program, LIST_EXPERIENCE, STR("Grief"), STR(""));
    world_commit(tx);
    ListItems items = program_items(scope, world->program, LIST_EXPERIENCE);
    assert_true(list_item_id_equal(items.items[items.count - 1].id, grief));
    edit.words[LANG_EN] = STR("gRIEF");
    assert_int_equal(program_item_check(scope, world->program, LIST_EXPERIENCE, (ListItemId){0}, &edit),
                     ITEM_TWICE);
    assert_int_equal(program_item_check(scope, world->program, LIST_EXPERIENCE, grief, &edit), ITEM_FINE);
    assert_int_equal(program_item_check(scope, world->program, LIST_TIME, (ListItemId){0}, &edit), ITEM_FINE);
    edit = (ListItemEdit){.words = {STR(""), STR("")}};
    assert_int_equal(program_item_check(scope, world->program, LIST_TIME, (ListItemId){0}, &edit),
                     ITEM_WITHOUT_WORDS);
    Scope spanish = *scope;
    spanish.lang = LANG_ES;
    assert_words(program_item_label(&spanish, grief), "Grief");
}

static void test_list_full(void **state) {
    World *world = *state;
    Tx *tx = world_begin(world);
    for (size_t count = program_items(&world->scope, world->program, LIST_LANGUAGE).count; count < 200;
         count++) {
        Str words = str_print(world->arena, "Language %zu", count);
        (void)program_item_add(&world->scope, tx, world->program, LIST_LANGUAGE, words, STR(""));
    }
    world_commit(tx);
    ListItemEdit edit = {.words = {STR("One more"), STR("")}};
    assert_int_equal(program_item_check(&world->scope, world->program, LIST_LANGUAGE, (ListItemId){0}, &edit),
                     ITEM_LIST_FULL);
    ListItemId last = program_items(&world->scope, world->program, LIST_LANGUAGE).items[199].id;
    assert_int_equal(program_item_check(&world->scope, world->program, LIST_LANGUAGE, last, &edit),
                     ITEM_FINE);
    edit.is_retired = true;
    assert_int_equal(program_item_check(&world->scope, world->program, LIST_LANGUAGE, (ListItemId){0}, &edit),
                     ITEM_FINE);
}

/* ---- clocks ---- */

static Time due(World *world, int64_t amount, ClockUnit unit, Time from) {
    Tx *tx = world_begin(world);
    program_set_clock(tx, world->program, CLOCK_CHOICE, (Clock){amount, unit});
    world_commit(tx);
    return program_due(&world->scope, world->program, CLOCK_CHOICE, from);
}

static void test_clocks(void **state) {
    World *world = *state;
    const char *zone = "America/New_York";
    Clock reply = program_clock(&world->scope, world->program, CLOCK_REPLY);
    assert_int_equal(reply.amount, 1);
    assert_int_equal(reply.unit, UNIT_BUSINESS_DAYS);

    /* Spring forward is Sunday 8 March 2026: a day is 23 hours long, 24 hours are 24 hours. */
    Time saturday = moment(zone, 2026, 3, 7, 10);
    assert_int_equal(due(world, 1, UNIT_DAYS, saturday).us, moment(zone, 2026, 3, 8, 10).us);
    assert_int_equal(time_between(saturday, due(world, 1, UNIT_DAYS, saturday)), 23 * TIME_HOUR);
    assert_int_equal(due(world, 24, UNIT_HOURS, saturday).us, moment(zone, 2026, 3, 8, 11).us);
    assert_int_equal(due(world, 2, UNIT_WEEKS, saturday).us, moment(zone, 2026, 3, 21, 10).us);
    /* Fall back is Sunday 1 November 2026. */
    Time october = moment(zone, 2026, 10, 30, 16);
    assert_int_equal(due(world, 1, UNIT_BUSINESS_DAYS, october).us, moment(zone, 2026, 11, 2, 16).us);
    assert_int_equal(time_between(october, due(world, 3, UNIT_DAYS, october)), 73 * TIME_HOUR);
    /* Over a weekend, and asked on one. */
    assert_int_equal(due(world, 1, UNIT_BUSINESS_DAYS, saturday).us, moment(zone, 2026, 3, 9, 10).us);
    assert_int_equal(due(world, 5, UNIT_BUSINESS_DAYS, moment(zone, 2026, 3, 4, 9)).us,
                     moment(zone, 2026, 3, 11, 9).us);
    /* Long waits go past the end of a year and keep the time of day. */
    assert_int_equal(due(world, 60, UNIT_WEEKS, moment(zone, 2026, 3, 4, 9)).us,
                     moment(zone, 2027, 4, 28, 9).us);
    /* A plain number is no wait. */
    assert_int_equal(due(world, 10, UNIT_COUNT_OF, saturday).us, saturday.us);
    assert_int_equal(program_clock(&world->scope, (ProgramId){99}, CLOCK_LOAD_EMPLOYED).amount, 10);
}

/* ---- duties ---- */

static void test_duties(void **state) {
    World *world = *state;
    Scope *scope = &world->scope;
    PersonId ana = world_person(world, "ana");
    Tx *tx = world_begin(world);
    program_duty_give(scope, tx, world->program, ana, DUTY_COORDINATOR);
    program_duty_give(scope, tx, world->program, ana, DUTY_COORDINATOR);
    world_commit(tx);
    DutyHolders holders = program_duty_holders(scope, world->program, DUTY_COORDINATOR);
    assert_int_equal(holders.count, 1);
    assert_words(holders.items[0].called, "ana");
    Scope as_ana = *scope;
    as_ana.actor = ana;
    assert_int_equal(program_list_with_duty(&as_ana, DUTY_COORDINATOR).count, 1);
    assert_int_equal(program_list_with_duty(scope, DUTY_COORDINATOR).count, 0);

    tx = world_begin(world);
    program_duty_end(scope, tx, world->program, ana, DUTY_COORDINATOR);
    world_commit(tx);
    assert_int_equal(program_duty_holders(scope, world->program, DUTY_COORDINATOR).count, 0);
    assert_int_equal(program_list_with_duty(&as_ana, DUTY_COORDINATOR).count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slugs),
        cmocka_unit_test_setup_teardown(test_find, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_words_fall_back, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_start_lists, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_retire, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_reorder, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_item_check, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_list_full, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_clocks, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_duties, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
