/* SPDX-License-Identifier: Apache-2.0 */
/* A transaction passes once the others let it, is written once, and says so when it never can. */
#include "test/unit.h"

#include "platform/again.h"
#include "platform/jobs/jobs.h"
#include "test/database.h"

typedef struct World {
    Arena *arena;
    Db *db;
    Str url;
    Random random;
    Scope scope;
    int runs;
    int64_t conflicts; /* how often the next statement meets another process */
    FailKind kind;
} World;

static int begin(void **state) {
    static World world;
    world = (World){.arena = arena_new(16 << 20), .random = random_seeded(5), .kind = FAIL_RETRY};
    world.db = test_database_open(world.arena, &world.url);
    world.scope =
        (Scope){.arena = world.arena, .db = world.db, .random = &world.random, .now = {TIME_DAY * 20000}};
    *state = &world;
    return 0;
}

static int end(void **state) {
    World *world = *state;
    test_database_close(world->db, world->url);
    arena_free(world->arena);
    return 0;
}

static void write_job(Scope *scope, Tx *tx, void *context) {
    World *world = context;
    world->runs++;
    job_add(scope, tx, (PersonId){0}, STR("mark"), STR("x"), time_after(scope->now, TIME_DAY));
    if (world->conflicts > 0) {
        world->conflicts--;
        db_fail_nth(scope->db, 1, (int)world->kind);
    }
}

static int64_t written(const World *world) {
    db_begin_read(world->db);
    const JobsLeft left = jobs_left(world->db);
    db_end_read(world->db);
    return left.waiting;
}

static void write_it(void *context) {
    World *world = context;
    again_write(&world->scope, write_job, world);
}

static void test_a_conflict_is_tried_again_and_written_once(void **state) {
    World *world = *state;
    world->conflicts = 3;
    write_it(world);
    assert_int_equal(world->runs, 4);
    assert_int_equal(written(world), 1);
}

static void test_another_failure_is_not_tried_again(void **state) {
    World *world = *state;
    world->conflicts = 1;
    world->kind = FAIL_IO;
    ASSERT_FAILS(write_it, world, FAIL_IO, "");
    assert_int_equal(world->runs, 1);
    assert_int_equal(written(world), 0);
}

static void test_too_busy_for_good_says_so_and_writes_nothing(void **state) {
    World *world = *state;
    world->conflicts = INT64_MAX;
    ASSERT_FAILS(write_it, world, FAIL_RETRY, "the database is too busy right now");
    assert_true(world->runs > 5);
    assert_int_equal(written(world), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_conflict_is_tried_again_and_written_once, begin, end),
        cmocka_unit_test_setup_teardown(test_another_failure_is_not_tried_again, begin, end),
        cmocka_unit_test_setup_teardown(test_too_busy_for_good_says_so_and_writes_nothing, begin, end),
    };
    return cmocka_run_group_tests_name("again", tests, NULL, NULL);
}
