/* SPDX-License-Identifier: Apache-2.0 */
/* The people around somebody: theirs alone, in order, never too many to draw, and where the dots stand. */
#include "test/unit.h"

#include "features/circle/circle_picture.h"
#include "test/feature_world.h"

static CircleResult add(World *world, const char *called, CircleNear near) {
    Tx *tx = world_begin(world);
    const CircleResult result = circle_add(
        &world->scope, tx,
        &(CircleNew){.called = str_of(called), .helps = STR("A ride."), .kind = CIRCLE_FRIEND, .near = near});
    world_commit(tx);
    world_wait(world, TIME_MINUTE);
    return result;
}

static CircleResult set_gone(World *world, CircleMemberId id, bool is_gone) {
    Tx *tx = world_begin(world);
    const CircleResult result = circle_set_gone(&world->scope, tx, id, is_gone);
    world_commit(tx);
    return result;
}

static void test_the_closest_first(void **state) {
    World *world = *state;
    world_act_as(world, world_person(world, "ana"));
    assert_int_equal(add(world, "The neighbor", CIRCLE_FAR), CIRCLE_DONE);
    assert_int_equal(add(world, "Grandma", CIRCLE_CLOSE), CIRCLE_DONE);
    assert_int_equal(add(world, "Lupe", CIRCLE_CLOSE), CIRCLE_DONE);
    const CircleMembers members = circle_list(&world->scope);
    assert_int_equal(members.count, 3);
    assert_words(members.items[0].called, "Grandma");
    assert_words(members.items[1].called, "Lupe");
    assert_words(members.items[2].called, "The neighbor");
    assert_words(members.items[2].helps, "A ride.");
    assert_true(time_is_none(members.items[2].gone_at));
}

static void test_nobody_elses(void **state) {
    World *world = *state;
    world_act_as(world, world_person(world, "ana"));
    assert_int_equal(add(world, "Grandma", CIRCLE_CLOSE), CIRCLE_DONE);
    const CircleMemberId id = circle_list(&world->scope).items[0].id;
    world_act_as(world, world_person(world, "ben"));
    CircleMember member;
    assert_int_equal(circle_list(&world->scope).count, 0);
    assert_false(circle_find(&world->scope, id, &member));
    assert_int_equal(set_gone(world, id, true), CIRCLE_ELSEWHERE);
    Tx *tx = world_begin(world);
    const CircleNew other = {
        .called = STR("Mine"), .helps = STR(""), .kind = CIRCLE_OTHER, .near = CIRCLE_FAR};
    assert_int_equal(circle_change(&world->scope, tx, id, &other), CIRCLE_ELSEWHERE);
    assert_int_equal(circle_drop(&world->scope, tx, id), CIRCLE_ELSEWHERE);
    world_commit(tx);
}

static void test_comes_and_goes(void **state) {
    World *world = *state;
    const PersonId ana = world_person(world, "ana");
    world_act_as(world, ana);
    assert_int_equal(add(world, "Grandma", CIRCLE_CLOSE), CIRCLE_DONE);
    const CircleMemberId id = circle_list(&world->scope).items[0].id;
    assert_int_equal(set_gone(world, id, true), CIRCLE_DONE);
    const Time gone_at = world->scope.now;
    world_wait(world, TIME_DAY);
    assert_int_equal(set_gone(world, id, true), CIRCLE_DONE); /* tapped twice */
    assert_int_equal(circle_list(&world->scope).count, 0);
    assert_int_equal(circle_list_gone(&world->scope).items[0].gone_at.us, gone_at.us);
    assert_int_equal(set_gone(world, id, false), CIRCLE_DONE);
    assert_int_equal(circle_list(&world->scope).count, 1);
    Tx *tx = world_begin(world);
    const CircleNew nearer = {
        .called = STR("Grandma Rosa"), .helps = STR(""), .kind = CIRCLE_FAMILY, .near = CIRCLE_NEAR};
    assert_int_equal(circle_change(&world->scope, tx, id, &nearer), CIRCLE_DONE);
    world_commit(tx);
    CircleMember member;
    assert_true(circle_find(&world->scope, id, &member));
    assert_words(member.called, "Grandma Rosa");
    assert_int_equal(member.kind, CIRCLE_FAMILY);
    tx = world_begin(world);
    circle_forget(tx, ana);
    world_commit(tx);
    assert_false(circle_find(&world->scope, id, &member));
}

static void test_never_too_many(void **state) {
    World *world = *state;
    world_act_as(world, world_person(world, "ana"));
    for (int at = 0; at < CIRCLE_MOST; at++) {
        assert_int_equal(add(world, "Somebody", CIRCLE_FAR), CIRCLE_DONE);
    }
    assert_int_equal(add(world, "One more", CIRCLE_FAR), CIRCLE_FULL);
    const CircleMemberId first = circle_list(&world->scope).items[0].id;
    assert_int_equal(set_gone(world, first, true), CIRCLE_DONE);
    assert_int_equal(add(world, "One more", CIRCLE_FAR), CIRCLE_DONE);
    assert_int_equal(set_gone(world, first, false), CIRCLE_FULL);
}

static int64_t square_between(const CircleDot *one, const CircleDot *other) {
    return (one->x - other->x) * (one->x - other->x) + (one->y - other->y) * (one->y - other->y);
}

/* Whoever is there: each dot on its ring, inside the picture, and none on another while a ring has room. */
static void test_dots(void **state) {
    World *world = *state;
    enum { EACH = 10 };
    CircleMember items[3 * EACH];
    for (int at = 0; at < 3 * EACH; at++) {
        items[at] = (CircleMember){.near = (CircleNear)(CIRCLE_CLOSE + at / EACH)};
    }
    const CircleDots dots = circle_dots(world->arena, (CircleMembers){.items = items, .count = 3 * EACH});
    assert_int_equal(dots.count, 3 * EACH);
    const CircleDot middle = {.x = CIRCLE_MIDDLE, .y = CIRCLE_MIDDLE};
    for (size_t at = 0; at < dots.count; at++) {
        const CircleDot *dot = &dots.items[at];
        assert_int_equal(dot->number, (int64_t)at + 1);
        assert_in_range(dot->x, CIRCLE_DOT, CIRCLE_SIZE - CIRCLE_DOT);
        assert_in_range(dot->y, CIRCLE_DOT, CIRCLE_SIZE - CIRCLE_DOT);
        const int64_t ring = circle_ring(items[at].near);
        const int64_t square = square_between(dot, &middle);
        assert_in_range(square, (ring - 2) * (ring - 2), (ring + 2) * (ring + 2));
        for (size_t other = 0; other < at; other++) {
            assert_true(square_between(dot, &dots.items[other]) > 4 * CIRCLE_DOT * CIRCLE_DOT);
        }
    }
    assert_int_equal(dots.items[0].x, CIRCLE_MIDDLE); /* from the top */
    assert_int_equal(dots.items[0].y, CIRCLE_MIDDLE - circle_ring(CIRCLE_CLOSE));
    assert_true(dots.items[1].x > CIRCLE_MIDDLE); /* clockwise */
    assert_int_equal(circle_dots(world->arena, (CircleMembers){0}).count, 0);
}

int main(void) {
#define TEST(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        TEST(test_the_closest_first), TEST(test_nobody_elses), TEST(test_comes_and_goes),
        TEST(test_never_too_many),    TEST(test_dots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
