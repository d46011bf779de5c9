/* SPDX-License-Identifier: Apache-2.0 */
/* Fairness: every family in one group and one step, waits to their day, few hidden in all tables alike. */
#include "test/unit.h"

#include "features/account/account.h"
#include "features/fairness/fairness_ahead.h"
#include "test/feature_pair.h"

enum { QUARTER_DAYS = 90 };

static Time since(const World *world) {
    return time_before(world->scope.now, QUARTER_DAYS * TIME_DAY);
}

/* `count` families who chose these items, and asked so many days ago. */
static void ask(World *world, size_t count, const ListItemId *items, size_t item_count, int64_t days) {
    Tx *tx = world_begin(world);
    for (size_t at = 0; at < count; at++) {
        Str receipt;
        PersonId person = account_person_add(&world->scope, tx, STR("ana"), LANG_EN);
        (void)request_add(&world->scope, tx,
                          &(RequestNew){.program = world->program,
                                        .person = person,
                                        .kind = REQUEST_SUPPORT,
                                        .source = REQUEST_FROM_FORM,
                                        .lang = LANG_EN,
                                        .need = STR("Somebody who listens."),
                                        .wishes = items,
                                        .wish_count = item_count,
                                        .asked_at = time_before(world->scope.now, days * TIME_DAY)},
                          &receipt);
    }
    world_commit(tx);
}

static const FairnessRow *row_at(const FairnessTable *table, const char *label, FairnessGroup kind) {
    for (size_t at = 0; at < table->count; at++) {
        const FairnessRow *row = &table->items[at];
        if (row->kind == kind && (kind != FAIRNESS_ITEM || str_equal(row->label, str_of(label)))) {
            return row;
        }
    }
    fail_msg("no group %s", label);
    return NULL;
}

static void check_count(const FairnessCount *count, int64_t people) {
    assert_false(count->is_hidden);
    assert_int_equal(count->people, people);
}

/* One item is a group, several are one of their own, and so is saying nothing. */
static void test_groups_and_waits(void **state) {
    World *world = *state;
    const ListItemId english = world_item(world, LIST_LANGUAGE, "English");
    const ListItemId both[] = {english, world_item(world, LIST_LANGUAGE, "Spanish")};
    ask(world, 20, &english, 1, 10);
    ask(world, 10, &english, 1, 30);
    ask(world, 12, both, 2, 20);
    ask(world, 15, NULL, 0, 40);
    ask(world, 30, &english, 1, QUARTER_DAYS + 1); /* before the time that is looked at */
    FairnessFamilies families = fairness_families_of(&world->scope, world->program, since(world));
    check_count(&families.all.all, 57);
    const FairnessTable *by = &families.by[FAIRNESS_LANGUAGE];
    assert_int_equal(by->count, 3);
    assert_false(by->has_hidden);
    const FairnessRow *row = row_at(by, "English", FAIRNESS_ITEM);
    check_count(&row->all, 30);
    check_count(&row->steps[FAIRNESS_NO_LIST], 30);
    check_count(&row->steps[FAIRNESS_ACCEPTED], 0);
    assert_true(row->has_waits);
    assert_int_equal(row->days_half, 10);
    assert_int_equal(row->days_most, 30);
    check_count(&row_at(by, "", FAIRNESS_SEVERAL)->all, 12);
    assert_int_equal(row_at(by, "", FAIRNESS_NOT_STATED)->days_half, 40);
    check_count(&row_at(&families.by[FAIRNESS_CULTURE], "", FAIRNESS_NOT_STATED)->all, 57);
    assert_int_equal(fairness_families_of(&world->scope, world->program, TIME_NONE).all.all.people, 87);
}

/* A small group takes the next one with it, and the waits of both. */
static void test_few_are_hidden(void **state) {
    World *world = *state;
    const ListItemId english = world_item(world, LIST_LANGUAGE, "English");
    const ListItemId spanish = world_item(world, LIST_LANGUAGE, "Spanish");
    ask(world, 40, &english, 1, 10);
    ask(world, 20, &spanish, 1, 10);
    ask(world, 3, NULL, 0, 10);
    FairnessFamilies families = fairness_families_of(&world->scope, world->program, since(world));
    const FairnessTable *by = &families.by[FAIRNESS_LANGUAGE];
    assert_true(by->has_hidden);
    check_count(&row_at(by, "English", FAIRNESS_ITEM)->all, 40);
    const FairnessRow *few = row_at(by, "", FAIRNESS_NOT_STATED);
    const FairnessRow *beside = row_at(by, "Spanish", FAIRNESS_ITEM);
    assert_true(few->all.is_hidden && beside->all.is_hidden);
    assert_int_equal(few->all.people, 0); /* not even in memory */
    assert_false(few->has_waits || beside->has_waits);
    check_count(&families.all.all, 63);
}

/* Two steps that are few take a sum with them, and every table hides that sum. */
static void test_shared_sums(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    const ListItemId english = world_item(world, LIST_LANGUAGE, "English");
    ask(world, 30, &english, 1, 10);
    FairnessFamilies families = fairness_families_of(&world->scope, world->program, since(world));
    assert_true(families.all.steps[FAIRNESS_ACCEPTED].is_hidden);
    for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
        bool is_told = true;
        for (size_t at = 0; at < families.by[side].count; at++) {
            const FairnessRow *row = &families.by[side].items[at];
            is_told = is_told && !row->steps[FAIRNESS_ACCEPTED].is_hidden;
        }
        assert_false(is_told);
    }
}

static void test_nobody(void **state) {
    World *world = *state;
    FairnessFamilies families = fairness_families_of(&world->scope, world->program, TIME_NONE);
    check_count(&families.all.all, 0);
    assert_false(families.all.has_waits);
    for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
        assert_int_equal(families.by[side].count, 0);
    }
    assert_int_equal(fairness_supporters_of(&world->scope, world->program, TIME_NONE).count, 0);
}

static void test_supporters(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    (void)world_offer(world, world_person(world, "berta"));
    FairnessSupporters all = fairness_supporters_of(&world->scope, world->program, since(world));
    assert_int_equal(all.count, 2);
    assert_words(all.items[0].called, "berta"); /* by name, whatever the numbers */
    assert_int_equal(all.items[0].listed, 0);
    assert_words(all.items[1].called, "gloria");
    assert_int_equal(all.items[1].listed, 1);
    assert_int_equal(all.items[1].chosen, 1);
    assert_int_equal(all.items[1].accepted, 1);
    assert_int_equal(all.bins[0], 1);
    assert_int_equal(all.bins[1], 1);
    assert_int_equal(all.places, 1);
    assert_int_equal(all.half, 1);
    world_wait(world, (QUARTER_DAYS + 1) * TIME_DAY);
    assert_int_equal(fairness_supporters_of(&world->scope, world->program, since(world)).places, 0);
}

static void check_same_row(const FairnessRow *one, const FairnessRow *other) {
    assert_int_equal(one->kind, other->kind);
    assert_true(str_equal(one->label, other->label));
    assert_int_equal(one->all.people, other->all.people);
    assert_int_equal(one->all.is_hidden, other->all.is_hidden);
    for (size_t step = 0; step < FAIRNESS_STEPS; step++) {
        assert_int_equal(one->steps[step].people, other->steps[step].people);
        assert_int_equal(one->steps[step].is_hidden, other->steps[step].is_hidden);
    }
    assert_int_equal(one->has_waits, other->has_waits);
    assert_int_equal(one->days_half, other->days_half);
    assert_int_equal(one->days_most, other->days_most);
}

static void check_same_families(const FairnessFamilies *one, const FairnessFamilies *other) {
    check_same_row(&one->all, &other->all);
    for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
        assert_int_equal(one->by[side].count, other->by[side].count);
        assert_int_equal(one->by[side].has_hidden, other->by[side].has_hidden);
        for (size_t at = 0; at < one->by[side].count; at++) {
            check_same_row(&one->by[side].items[at], &other->by[side].items[at]);
        }
    }
}

static void check_same_supporters(const FairnessSupporters *one, const FairnessSupporters *other) {
    assert_int_equal(one->all, other->all);
    assert_int_equal(one->most, other->most);
    assert_int_equal(one->places, other->places);
    assert_int_equal(one->half, other->half);
    assert_memory_equal(one->bins, other->bins, sizeof one->bins);
    assert_int_equal(one->count, other->count);
    for (size_t at = 0; at < one->count; at++) {
        assert_true(offer_id_equal(one->items[at].offer, other->items[at].offer));
        assert_true(str_equal(one->items[at].called, other->items[at].called));
        assert_int_equal(one->items[at].listed, other->items[at].listed);
        assert_int_equal(one->items[at].chosen, other->items[at].chosen);
        assert_int_equal(one->items[at].accepted, other->items[at].accepted);
    }
}

static void count_ahead(void *context) {
    World *world = context;
    fairness_count_ahead_from(&world->scope, 10);
}

static void look_often(void *context) {
    const World *world = context;
    for (int at = 0; at < 1000; at++) {
        Time as_of;
        (void)fairness_supporters_look(&world->scope, world->program, FAIRNESS_EVER, 0, 1, &as_of);
    }
}

/* Another process is in the way of the first statement that writes: what was counted is written again. */
static void count_past_others(World *world) {
    Fail why;
    bool has_passed = false;
    for (int64_t nth = 1; nth < 1000 && !has_passed; nth++) {
        db_fail_nth(world->db, nth, FAIL_RETRY);
        has_passed = fail_catch(count_ahead, world, &why);
        if (!has_passed) { /* still while counting */
            db_rollback(world->db);
            db_use(world->db, world->arena);
        }
    }
    assert_true(has_passed);
    assert_true(fail_catch(look_often, world, &why)); /* it was in the way, or it still would be */
}

/* What was counted ahead is what would have been counted then, hidden counts as well. */
static void test_counted_ahead(void **state) {
    World *world = *state;
    const Scope *scope = &world->scope;
    const ProgramId program = world->program;
    Pair pair;
    (void)world_match(world, &pair);
    (void)world_offer(world, world_person(world, "berta"));
    const ListItemId english = world_item(world, LIST_LANGUAGE, "English");
    const ListItemId spanish = world_item(world, LIST_LANGUAGE, "Spanish");
    ask(world, 40, &english, 1, 10);
    ask(world, 20, &spanish, 1, 10);
    ask(world, 3, NULL, 0, QUARTER_DAYS + 1);
    Time as_of = scope->now;
    FairnessFamilies now = fairness_families_look(scope, program, FAIRNESS_QUARTER, &as_of);
    assert_true(time_is_none(as_of)); /* nothing is kept yet */
    FairnessSupporters people = fairness_supporters_look(scope, program, FAIRNESS_QUARTER, 0, 10, &as_of);
    assert_true(time_is_none(as_of));
    const FairnessFamilies ever = fairness_families_of(scope, program, TIME_NONE);
    const Time then = scope->now;
    count_past_others(world);
    world_wait(world, TIME_HOUR);
    ask(world, 15, &english, 1, 5); /* after it was counted */
    FairnessFamilies kept = fairness_families_look(scope, program, FAIRNESS_QUARTER, &as_of);
    assert_int_equal(time_between(then, as_of), 0);
    check_same_families(&kept, &now);
    kept = fairness_families_look(scope, program, FAIRNESS_EVER, &as_of);
    check_same_families(&kept, &ever);
    assert_true(kept.by[FAIRNESS_LANGUAGE].has_hidden);
    FairnessSupporters kept_people =
        fairness_supporters_look(scope, program, FAIRNESS_QUARTER, 0, 10, &as_of);
    assert_int_equal(time_between(then, as_of), 0);
    check_same_supporters(&kept_people, &people);
    assert_int_equal(kept_people.most, 1);
    fairness_count_ahead_from(&world->scope, 10); /* again: it takes the place of the one before */
    assert_int_equal(fairness_families_look(scope, program, FAIRNESS_QUARTER, &as_of).all.all.people,
                     now.all.all.people + 15);
    db_fail_nth(world->db, 4, FAIL_RETRY);
    fairness_count_ahead_from(&world->scope, 1000); /* too few to be counted ahead */
    (void)fairness_families_look(scope, program, FAIRNESS_QUARTER, &as_of);
    assert_true(time_is_none(as_of));
}

/* A page of names, counted ahead or not. */
static void test_some_of_the_supporters(void **state) {
    World *world = *state;
    const char *const names[] = {"berta", "carla", "dora"};
    for (size_t at = 0; at < 3; at++) {
        (void)world_offer(world, world_person(world, names[at]));
    }
    ask(world, 1, NULL, 0, 1);
    for (int is_ahead = 0; is_ahead < 2; is_ahead++) {
        Time as_of;
        FairnessSupporters some =
            fairness_supporters_look(&world->scope, world->program, FAIRNESS_EVER, 1, 1, &as_of);
        assert_int_equal(time_is_none(as_of), is_ahead == 0);
        assert_int_equal(some.all, 3);
        assert_int_equal(some.count, 1);
        assert_words(some.items[0].called, "carla");
        some = fairness_supporters_look(&world->scope, world->program, FAIRNESS_EVER, 2, 5, &as_of);
        assert_int_equal(some.count, 1);
        some = fairness_supporters_look(&world->scope, world->program, FAIRNESS_EVER, 7, 5, &as_of);
        assert_int_equal(some.count, 0);
        fairness_count_ahead_from(&world->scope, 1);
    }
}

int main(void) {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(test_groups_and_waits),
        IN_A_WORLD(test_few_are_hidden),
        IN_A_WORLD(test_shared_sums),
        IN_A_WORLD(test_nobody),
        IN_A_WORLD(test_supporters),
        IN_A_WORLD(test_counted_ahead),
        IN_A_WORLD(test_some_of_the_supporters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
