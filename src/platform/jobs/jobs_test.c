/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of work after the answer: leases, pauses between tries, dead letters, deaths in the middle. */
#include "test/unit.h"

#include "platform/jobs/jobs.h"
#include "platform/db/db_query.h"
#include "test/database.h"

#include <sys/wait.h>
#include <unistd.h>

typedef struct World {
    Arena *arena;
    Db *db;
    Str url;
    Random random;
    Config config;
    Time now;
} World;

/* Handlers know nothing but their scope and payload, so what the tests want of them stands here. */
static struct {
    const World *world;
    int runs;
    int failures_left;
    int64_t conflicts; /* how often work in the database meets another process */
    bool dies;
    bool is_away;
    int others;  /* what a second process found to do meanwhile */
    bool breaks; /* the database, when the next row is looked for */
    int stops;
} told;

static int begin(void **state) {
    static World world;
    world = (World){.arena = arena_new(16 << 20), .random = random_seeded(5), .now = {TIME_DAY * 20000}};
    world.db = test_database_open(world.arena, &world.url);
    world.config = (Config){.database = world.url};
    memset(&told, 0, sizeof told);
    told.world = &world;
    *state = &world;
    return 0;
}

static int end(void **state) {
    World *world = *state;
    test_database_close(world->db, world->url);
    arena_free(world->arena);
    return 0;
}

/* ---- handlers ---- */

/* Leaves a row that only a commit keeps, then does as it was told. */
static void mark_run(Scope *scope, Tx *tx, Str payload) {
    told.runs++;
    if (told.conflicts > 0) {
        told.conflicts--;
        db_fail_nth(scope->db, 1, FAIL_RETRY);
    }
    job_add(scope, tx, (PersonId){0}, STR("mark"), payload, time_after(scope->now, 400 * TIME_DAY));
    if (told.dies) {
        _exit(9);
    }
    if (told.breaks) {
        db_fail_nth(scope->db, 3, FAIL_DATABASE); /* after the row's end and the commit */
    }
    if (told.failures_left > 0) {
        told.failures_left--;
        fail(FAIL_IO, "told to fail on %.*s", STR_ARGS(payload));
    }
}

static int run_due_as_another(Time now);

static JobSent send_out(const Scope *scope, Str payload) {
    (void)payload;
    told.runs++;
    told.others += run_due_as_another(scope->now);
    if (told.dies) {
        _exit(9);
    }
    return told.is_away ? JOB_NOT_NOW : JOB_SENT;
}

static const JobKind kinds[] = {{.name = "mark_run", .run = mark_run}, {.name = "send", .send = send_out}};
static const JobTable table = {.kinds = kinds, .kind_count = sizeof kinds / sizeof kinds[0]};

static int run_due_as_another(Time now) {
    Db *other = db_open(told.world->url, false);
    db_keys_use(other, test_keys());
    const int done = jobs_run_due(&told.world->config, other, &table, now);
    db_close(other);
    return done;
}

/* ---- steps ---- */

static void add(World *world, Str kind, Str payload, Time when) {
    Scope scope = {.arena = world->arena, .db = world->db, .random = &world->random, .now = world->now};
    db_use(world->db, world->arena);
    Tx *tx = tx_begin(world->db);
    job_add(&scope, tx, (PersonId){0}, kind, payload, when);
    tx_commit(tx);
}

static int run_due(World *world, Time now) {
    const int done = jobs_run_due(&world->config, world->db, &table, now);
    db_use(world->db, world->arena);
    return done;
}

static int compare(const void *left, const void *right) {
    Str words[2];
    Str rests[2];
    (void)str_cut(*(const Str *)left, '|', &words[0], &rests[0]);
    (void)str_cut(*(const Str *)right, '|', &words[1], &rests[1]);
    const int by_kind = str_compare(words[0], words[1]);
    return by_kind != 0 ? by_kind : str_compare(rests[0], rests[1]);
}

/* "id|kind|tries|\x...|" as "kind|payload|tries|", with the payload opened. */
static Str opened(const World *world, Str line) {
    Str cells[4];
    for (size_t at = 0; at < 4; at++) {
        assert_true(str_cut(line, '|', &cells[at], &line));
    }
    int64_t id = 0;
    assert_true(str_to_int(cells[0], 1, INT64_MAX, &id));
    const size_t length = (cells[3].length - 2) / 2;
    unsigned char *bytes = arena_get(world->arena, length + 1);
    for (size_t at = 0; at < length; at++) {
        const char digits[3] = {cells[3].at[2 + 2 * at], cells[3].at[3 + 2 * at], 0};
        bytes[at] = (unsigned char)strtol(digits, NULL, 16);
    }
    const Str sealed = {.at = (const char *)bytes, .length = length};
    const Str payload = db_opened(world->db, "job.payload", id, sealed);
    return str_print(world->arena, "%.*s|%.*s|%.*s|", STR_ARGS(cells[1]), STR_ARGS(payload),
                     STR_ARGS(cells[2]));
}

/* "kind payload tries|..." of every row. */
static const char *rows(World *world) {
    db_use(world->db, world->arena);
    Str found = test_database_rows(world->db, world->arena, "SELECT id, kind, tries, payload FROM job");
    Str lines[8];
    size_t count = 0;
    Str line = STR_NONE;
    for (; str_cut(found, '\n', &line, &found); count++) {
        assert_true(count < sizeof lines / sizeof lines[0]);
        lines[count] = opened(world, line);
    }
    qsort(lines, count, sizeof *lines, compare);
    Str all = STR("");
    for (size_t at = 0; at < count; at++) {
        all = str_print(world->arena, "%.*s%.*s\n", STR_ARGS(all), STR_ARGS(lines[at]));
    }
    return str_c(world->arena, all);
}

/* A process of its own works on what is due, and dies where the handler is told to. */
static void run_due_and_die(Time now) {
    told.dies = true;
    const pid_t pid = fork();
    if (pid == 0) {
        (void)run_due_as_another(now);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 9);
    told.dies = false;
}

static Time minutes_later(const World *world, int64_t minutes) {
    return time_after(world->now, minutes * TIME_MINUTE);
}

/* ---- tests ---- */

static void test_due_and_not_due(void **state) {
    World *world = *state;
    add(world, STR("mark_run"), STR("later"), minutes_later(world, 10));
    add(world, STR("mark_run"), STR("now"), world->now);
    assert_int_equal(run_due(world, world->now), 1);
    assert_string_equal(rows(world), "mark|now|0|\nmark_run|later|0|\n");
    assert_int_equal(run_due(world, minutes_later(world, 9)), 0);
    assert_int_equal(run_due(world, minutes_later(world, 10)), 1);
    assert_string_equal(rows(world), "mark|later|0|\nmark|now|0|\n");
    assert_int_equal(told.runs, 2);
}

static void test_nobody_else_during_the_lease(void **state) {
    World *world = *state;
    add(world, STR("send"), STR("x"), world->now);
    assert_int_equal(run_due(world, world->now), 1);
    assert_int_equal(told.runs, 1);
    assert_int_equal(told.others, 0);
    assert_string_equal(rows(world), "");
}

static void test_pauses_double(void **state) {
    World *world = *state;
    told.failures_left = 100;
    add(world, STR("mark_run"), STR("x"), world->now);
    int64_t at = 0;
    for (int tries = 1; tries <= 8; tries++) {
        assert_int_equal(run_due(world, minutes_later(world, at)), 1);
        assert_int_equal(told.runs, tries);
        /* Nothing of a failed try stays. */
        assert_string_equal(rows(world), str_print(world->arena, "mark_run|x|%d|\n", tries).at);
        const int64_t pause = INT64_C(1) << (tries - 1);
        const Time too_early = {minutes_later(world, at + pause).us - 1};
        assert_int_equal(run_due(world, too_early), 0);
        at += pause;
    }
}

static void test_dead_letter(void **state) {
    World *world = *state;
    told.failures_left = 8;
    add(world, STR("mark_run"), STR("x"), world->now);
    add(world, STR("no_such_kind"), STR("y"), world->now);
    for (int day = 0; day < 30; day++) {
        (void)run_due(world, minutes_later(world, day * 1440));
    }
    /* Eight tries each, and no ninth although it would work now. */
    assert_int_equal(told.runs, 8);
    assert_string_equal(rows(world), "mark_run|x|8|\nno_such_kind|y|8|\n");
    const JobsLeft left = jobs_left(world->db);
    assert_int_equal(left.dead, 2);
    assert_int_equal(left.waiting, 0);
    const Str why = test_database_rows(world->db, world->arena,
                                       "SELECT last_fail FROM job WHERE leased_until IS NULL ORDER BY kind");
    assert_true(str_equal(why, STR("told to fail on x|\nthis version has no such kind of job|\n")));
}

static void test_works_in_the_end(void **state) {
    World *world = *state;
    told.failures_left = 2;
    add(world, STR("mark_run"), STR("x"), world->now);
    for (int minute = 0; minute < 10; minute++) {
        (void)run_due(world, minutes_later(world, minute));
    }
    assert_int_equal(told.runs, 3);
    assert_string_equal(rows(world), "mark|x|0|\n");
}

static void test_not_now_does_not_count(void **state) {
    World *world = *state;
    told.is_away = true;
    add(world, STR("send"), STR("x"), world->now);
    for (int minute = 0; minute < 20; minute++) {
        assert_int_equal(run_due(world, minutes_later(world, minute)), 1);
    }
    assert_string_equal(rows(world), "send|x|0|\n");
    told.is_away = false;
    assert_int_equal(run_due(world, minutes_later(world, 20)), 1);
    assert_string_equal(rows(world), "");
}

static void test_a_conflict_is_run_again_at_once(void **state) {
    World *world = *state;
    told.conflicts = 3;
    add(world, STR("mark_run"), STR("x"), world->now);
    assert_int_equal(run_due(world, world->now), 1);
    assert_int_equal(told.runs, 4);
    assert_string_equal(rows(world), "mark|x|0|\n");
}

/* However long the database is too busy, a job is not given up for it. */
static void test_a_busy_database_does_not_count(void **state) {
    World *world = *state;
    told.conflicts = INT64_MAX;
    add(world, STR("mark_run"), STR("x"), world->now);
    assert_int_equal(run_due(world, world->now), 1);
    assert_true(told.runs > 5);
    assert_string_equal(rows(world), "mark_run|x|0|\n");
    assert_int_equal(run_due(world, time_after(world->now, TIME_MINUTE - 1)), 0);
    told.conflicts = 0;
    assert_int_equal(run_due(world, minutes_later(world, 1)), 1);
    assert_string_equal(rows(world), "mark|x|0|\n");
}

static volatile sig_atomic_t stop;

static void stop_soon(int number) {
    (void)number;
    stop = 1;
}

static void note_stop(Scope *scope) {
    db_begin_read(scope->db);
    assert_int_equal(jobs_left(scope->db).waiting, 1); /* the mark */
    db_end_read(scope->db);
    told.stops++;
}

/* The process waits for a database that broke when it is told to stop: what it does at its end it does. */
static void test_stops_well_while_the_database_is_waited_for(void **state) {
    World *world = *state;
    const JobTable stopping = {
        .kinds = kinds, .kind_count = sizeof kinds / sizeof kinds[0], .at_stop = note_stop};
    told.breaks = true;
    world->config.keys = test_keys_file(world->arena);
    add(world, STR("mark_run"), STR("x"), world->now);
    stop = 0;
    (void)signal(SIGALRM, stop_soon);
    (void)alarm(1);
    jobs_run(&world->config, &stopping, NULL, &stop);
    assert_int_equal(told.runs, 1);
    assert_int_equal(told.stops, 1);
    (void)unlink(str_c(world->arena, world->config.keys.path));
}

/* Work inside the database happens exactly once, however often its process dies in the middle. */
static void test_dies_inside_the_database(void **state) {
    World *world = *state;
    add(world, STR("mark_run"), STR("x"), world->now);
    run_due_and_die(world->now);
    assert_string_equal(rows(world), "mark_run|x|1|\n");
    /* The lease of the dead is waited for. */
    assert_int_equal(run_due(world, minutes_later(world, 4)), 0);
    run_due_and_die(minutes_later(world, 5));
    assert_int_equal(run_due(world, minutes_later(world, 10)), 1);
    assert_string_equal(rows(world), "mark|x|0|\n");
    assert_int_equal(run_due(world, minutes_later(world, 60)), 0);
}

/* Work outside can happen twice, and is given up when it kills its process each time. */
static void test_kills_its_process_each_time(void **state) {
    World *world = *state;
    add(world, STR("send"), STR("x"), world->now);
    for (int tries = 0; tries < 8; tries++) {
        run_due_and_die(minutes_later(world, tries * 6));
    }
    assert_int_equal(run_due(world, minutes_later(world, 100)), 0);
    assert_int_equal(jobs_left(world->db).dead, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_due_and_not_due, begin, end),
        cmocka_unit_test_setup_teardown(test_nobody_else_during_the_lease, begin, end),
        cmocka_unit_test_setup_teardown(test_pauses_double, begin, end),
        cmocka_unit_test_setup_teardown(test_dead_letter, begin, end),
        cmocka_unit_test_setup_teardown(test_works_in_the_end, begin, end),
        cmocka_unit_test_setup_teardown(test_not_now_does_not_count, begin, end),
        cmocka_unit_test_setup_teardown(test_a_conflict_is_run_again_at_once, begin, end),
        cmocka_unit_test_setup_teardown(test_a_busy_database_does_not_count, begin, end),
        cmocka_unit_test_setup_teardown(test_stops_well_while_the_database_is_waited_for, begin, end),
        cmocka_unit_test_setup_teardown(test_dies_inside_the_database, begin, end),
        cmocka_unit_test_setup_teardown(test_kills_its_process_each_time, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
