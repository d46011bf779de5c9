/* SPDX-License-Identifier: Apache-2.0 */
/* Months of giving: what counts to which month, and that the wish beside them is its person's alone. */
#include "test/unit.h"

#include "features/hours/hours.h"
#include "test/feature_pair.h"

static void give(World *world, MatchId match, int64_t minutes, int64_t travel_minutes) {
    Tx *tx = world_begin(world);
    (void)contact_add(&world->scope, tx,
                      &(ContactNew){.match = match,
                                    .kind = CONTACT_VISIT,
                                    .outcome = minutes > 0 ? CONTACT_TALKED : CONTACT_NO_ANSWER,
                                    .minutes = minutes,
                                    .travel_minutes = travel_minutes});
    world_commit(tx);
}

static void wish(World *world, int64_t hours) {
    Tx *tx = world_begin(world);
    hours_set_wish(&world->scope, tx, hours);
    world_commit(tx);
}

static void test_month_by_month(void **state) {
    World *world = *state;
    Pair pair;
    const MatchId match = world_match(world, &pair);
    assert_int_equal(hours_months(&world->scope).count, 0);
    give(world, match, 45, 0); /* on the fourth of March */
    world_wait(world, 28 * TIME_DAY);
    give(world, match, 30, 20); /* on the first of April */
    give(world, match, 0, 15);  /* nobody was at home: the way was as long */
    HoursMonths months = hours_months(&world->scope);
    assert_int_equal(months.count, 2);
    assert_int_equal(months.items[0].first.month, 4);
    assert_int_equal(months.items[0].time.talks, 1);
    assert_int_equal(months.items[0].time.minutes, 30);
    assert_int_equal(months.items[0].time.travel_minutes, 35);
    assert_int_equal(months.items[1].first.month, 3);
    assert_int_equal(months.items[1].time.minutes, 45);
    assert_int_equal(hours_month(&world->scope).time.minutes, 30);
    /* A month without anything stands between two that have something, and none behind the first. */
    world_wait(world, 61 * TIME_DAY);
    give(world, match, 15, 0);
    months = hours_months(&world->scope);
    assert_int_equal(months.count, 4);
    assert_int_equal(months.items[1].time.talks, 0);
    /* Who receives gave nothing of it. */
    world_act_as(world, pair.receiver);
    assert_int_equal(hours_months(&world->scope).count, 0);
}

static void test_the_wish_is_ones_own(void **state) {
    World *world = *state;
    Pair pair;
    (void)world_match(world, &pair);
    assert_int_equal(hours_wish(&world->scope), 0);
    wish(world, 10);
    wish(world, 12);
    assert_int_equal(hours_wish(&world->scope), 12);
    world_act_as(world, pair.coordinator);
    assert_int_equal(hours_wish(&world->scope), 0);
    world_act_as(world, pair.giver);
    wish(world, 0);
    assert_int_equal(hours_wish(&world->scope), 0);
    wish(world, 200);
    Tx *tx = world_begin(world);
    hours_forget(tx, pair.giver);
    world_commit(tx);
    assert_int_equal(hours_wish(&world->scope), 0);
}

static void test_how_it_stands(void **state) {
    (void)state;
    static const struct {
        int64_t minutes;
        int64_t travel_minutes;
        int64_t wish;
        HoursStanding standing;
    } rows[] = {
        {6000, 0, 0, HOURS_UNSAID}, {0, 0, 10, HOURS_WITHIN}, {539, 0, 10, HOURS_WITHIN},
        {480, 60, 10, HOURS_NEAR},  {600, 0, 10, HOURS_NEAR}, {590, 11, 10, HOURS_OVER},
    };
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        const ContactTime time = {.minutes = rows[at].minutes, .travel_minutes = rows[at].travel_minutes};
        assert_int_equal(hours_standing(time, rows[at].wish), rows[at].standing);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_month_by_month, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_the_wish_is_ones_own, world_open, world_close),
        cmocka_unit_test(test_how_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
