/* SPDX-License-Identifier: Apache-2.0 */
/* Values and failures through generated functions, on the engine that this run is for (test/database.h). */
#include "platform/db/probe_bench.h"

/* ---- values ---- */

static void work_add_full(Bench *bench, Tx *tx) {
    (void)bench;
    add_thing(tx, 1, STR("first"));
    probe_thing_add(tx, &(ProbeThingAdd){
                            .id = {INT64_MAX},
                            .words = STR("ni\xC3\xB1o \xF0\x9F\x8C\xBB 'quoted' \\ %s :id ?1 $1"),
                            .note = STR("said"),
                            .amount = INT64_MIN,
                            .guess = {.is_known = true, .value = 0},
                            .at = {INT64_MAX},
                            .ended_at = {-5},
                            .parent = {1},
                            .is_on = true,
                            .data = STR("\0\xFF\x00zero"),
                            .more = STR(""),
                        });
}

static void test_every_kind_of_value(void **state) {
    Bench *bench = *state;
    do_or_stop(bench, work_add_full);
    ProbeThing thing = {0};
    assert_true(probe_thing(bench->db, (ThingId){INT64_MAX}, &thing));
    assert_true(str_equal(thing.words, STR("ni\xC3\xB1o \xF0\x9F\x8C\xBB 'quoted' \\ %s :id ?1 $1")));
    assert_true(str_equal(thing.note, STR("said")));
    assert_true(thing.amount == INT64_MIN);
    assert_true(thing.guess.is_known && thing.guess.value == 0);
    assert_true(thing.at.us == INT64_MAX && thing.ended_at.us == -5);
    assert_true(thing_id_equal(thing.parent, (ThingId){1}) && thing.is_on);
    assert_true(str_equal(thing.data, STR("\0\xFF\x00zero")));
    assert_true(thing.more.at != NULL && thing.more.length == 0);
}

static void test_nulls(void **state) {
    Bench *bench = *state;
    do_or_stop(bench, work_add_full);
    ProbeThing thing = {0};
    assert_true(probe_thing(bench->db, (ThingId){1}, &thing));
    assert_true(str_is_none(thing.note) && str_is_none(thing.more));
    assert_false(thing.guess.is_known);
    assert_true(time_is_none(thing.ended_at) && thing_id_is_none(thing.parent) && !thing.is_on);
    assert_true(thing.data.at != NULL && thing.data.length == 0);
}

static void work_empty_note(Bench *bench, Tx *tx) {
    (void)bench;
    probe_thing_add(tx, &(ProbeThingAdd){.id = {2}, .words = STR(""), .note = STR(""), .data = STR("")});
}

static void test_empty_text_is_not_null(void **state) {
    Bench *bench = *state;
    do_or_stop(bench, work_empty_note);
    ProbeThing thing = {0};
    assert_true(probe_thing(bench->db, (ThingId){2}, &thing));
    assert_true(thing.words.at != NULL && !str_is_none(thing.note) && str_is_empty(thing.note));
    ProbeThingNote note = {0};
    assert_true(probe_thing_note(bench->db, (ThingId){2}, &note));
}

static void test_no_row_leaves_the_result(void **state) {
    Bench *bench = *state;
    ProbeThing thing = {.amount = 42};
    assert_false(probe_thing(bench->db, (ThingId){77}, &thing));
    assert_true(thing.amount == 42);
    assert_true(probe_thing_list(bench->db, 0, 10).count == 0);
}

static void work_add_many(Bench *bench, Tx *tx) {
    for (int64_t id = 1; id <= 100; id++) {
        const Str words = str_print(bench->arena, "thing %d", (int)id);
        probe_thing_add(tx,
                        &(ProbeThingAdd){.id = {id}, .words = words, .amount = 100 - id, .data = STR("")});
    }
}

static void test_lists(void **state) {
    Bench *bench = *state;
    do_or_stop(bench, work_add_many);
    const ProbeThingListRows rows = probe_thing_list(bench->db, 10, 50);
    assert_true(rows.count == 50);
    assert_true(rows.items[0].id.value == 90 && rows.items[49].id.value == 41);
    assert_true(str_equal(rows.items[49].words, STR("thing 41")));
    ProbeThingTotals totals = {0};
    assert_true(probe_thing_totals(bench->db, &totals));
    assert_true(totals.count == 100 && totals.sum == 4950);
}

static void work_write_and_count(Bench *bench, Tx *tx) {
    work_add_many(bench, tx);
    assert_true(probe_thing_set_words(tx, (ThingId){5}, STR("new")) == 1);
    assert_true(probe_thing_set_words(tx, (ThingId){5000}, STR("new")) == 0);
    ProbeThingEnd end = {0};
    assert_true(probe_thing_end(tx, (ThingId){5}, (Time){9}, &end));
    assert_true(str_equal(end.words, STR("new")) && end.ended_at.us == 9);
    assert_false(probe_thing_end(tx, (ThingId){5000}, (Time){9}, &end));
    assert_true(probe_mark_try(tx, STR("a")) == 1);
    assert_true(probe_mark_try(tx, STR("a")) == 0);
    probe_mark_count(tx, STR("a"));
    ProbeMark mark = {0};
    assert_true(probe_mark(tx_db(tx), STR("a"), &mark) && mark.count == 2);
    assert_true(probe_thing_remove_all(tx) == 100);
}

static void test_counts(void **state) {
    Bench *bench = *state;
    do_or_stop(bench, work_write_and_count);
}

static void test_override(void **state) {
    Bench *bench = *state;
    ProbeEngine engine = {0};
    assert_true(probe_engine(bench->db, &engine));
    assert_true(str_equal(engine.name, db_engine(bench->db) == DB_SQLITE ? STR("sqlite") : STR("postgres")));
}

/* ---- what must fail, and what goes on afterwards ---- */

static void work_missing_note(Bench *bench, Tx *tx) {
    ProbeThingNote note = {0};
    add_thing(tx, 1, STR("x"));
    (void)probe_thing_note(bench->db, (ThingId){1}, &note);
}

static void work_missing_words(Bench *bench, Tx *tx) {
    (void)bench;
    add_thing(tx, 1, STR_NONE);
}

static void work_two_rows(Bench *bench, Tx *tx) {
    add_thing(tx, 1, STR("x"));
    add_thing(tx, 2, STR("y"));
    ProbeThingAny any = {0};
    (void)probe_thing_any(bench->db, &any);
}

static void work_wrong_bool(Bench *bench, Tx *tx) {
    add_thing(tx, 1, STR("x"));
    probe_thing_switch(tx, (ThingId){1}, 2);
    ProbeThing thing = {0};
    (void)probe_thing(bench->db, (ThingId){1}, &thing);
}

static void work_fraction(Bench *bench, Tx *tx) {
    (void)tx;
    static const DbField COLUMNS[] = {{"value", DB_INT, false, NULL}};
    static const DbQuery QUERY = {
        .name = "fraction",
        .index = 300, /* also past the first room for statements */
        .is_read = true,
        .columns = COLUMNS,
        .column_count = 1,
        .sqlite = "SELECT 1.5 AS value",
        .postgres = "SELECT 1.5 AS value",
    };
    db_start(bench->db, &QUERY);
    (void)(db_next_row(bench->db) && db_get_int(bench->db, 0) == 1);
}

static void work_twice_the_same(Bench *bench, Tx *tx) {
    (void)bench;
    probe_mark_add(tx, STR("k"));
    probe_mark_add(tx, STR("k"));
}

static void work_no_parent(Bench *bench, Tx *tx) {
    (void)bench;
    probe_thing_add(tx, &(ProbeThingAdd){.id = {1}, .words = STR("x"), .parent = {404}, .data = STR("")});
}

static void test_faults_are_told_and_leave_nothing(void **state) {
    Bench *bench = *state;
    const struct {
        Work *work;
        const char *message;
    } faults[] = {
        {work_missing_note, "query probe_thing_note: column note is null"},
        {work_missing_words, "query probe_thing_add: parameter words is missing"},
        {work_two_rows, "query probe_thing_any: more than one row"},
        {work_wrong_bool, "query probe_thing: column is_on is neither 0 nor 1"},
        {work_fraction, "query fraction: column value is a"},
        {work_twice_the_same, "probe_mark_add: "},
        {work_no_parent, "probe_thing_add: "},
    };
    for (size_t index = 0; index < sizeof faults / sizeof faults[0]; index++) {
        assert_false(try(bench, faults[index].work));
        assert_true(bench->fail.kind == FAIL_DATABASE);
        if (strncmp(bench->fail.message, faults[index].message, strlen(faults[index].message)) != 0) {
            fail_msg("expected \"%s\", got \"%s\"", faults[index].message, bench->fail.message);
        }
        ProbeThingTotals totals = {0};
        assert_true(probe_thing_totals(bench->db, &totals) && totals.count == 0);
    }
    do_or_stop(bench, work_write_and_count);
}

static void catch_fault(void *context) {
    work_twice_the_same(context, tx_begin(((Bench *)context)->db));
}

static void commit_only(void *context) {
    /* The Tx of a Db is always the same one; the test has lost it on the way out of the failure. */
    db_end_read(context);
}

static void test_nothing_is_committed_after_a_failure(void **state) {
    Bench *bench = *state;
    db_begin_read(bench->db);
    db_fail_nth(bench->db, 1, FAIL_RETRY);
    ProbeMark mark = {0};
    (void)mark;
    assert_false(fail_catch(commit_only, bench->db, &bench->fail));
    assert_true(bench->fail.kind == FAIL_RETRY);
    assert_false(fail_catch(commit_only, bench->db, &bench->fail));
    assert_true(bench->fail.kind == FAIL_DATABASE);
    db_rollback(bench->db);
    assert_false(fail_catch(catch_fault, bench, &bench->fail));
    db_rollback(bench->db);
    assert_false(probe_mark(bench->db, STR("k"), &mark));
}

static void test_every_statement_may_fail(void **state) {
    Bench *bench = *state;
    int64_t nth = 1;
    for (;; nth++) {
        db_fail_nth(bench->db, nth, FAIL_RETRY);
        if (try(bench, work_write_and_count)) {
            break;
        }
        assert_true(bench->fail.kind == FAIL_RETRY);
        db_fail_nth(bench->db, 0, 0);
        ProbeMark mark = {0};
        assert_false(probe_mark(bench->db, STR("a"), &mark));
    }
    db_fail_nth(bench->db, 0, 0);
    assert_true(nth == 2 + 100 + 9 + 1); /* begin, 100 things, nine more, commit; then none is left to fail */
    ProbeMark mark = {0};
    assert_true(probe_mark(bench->db, STR("a"), &mark));
}

/* Read-only until the first statement that writes, also when that changes nothing; forgotten with the
 * transaction. */
static void test_knows_whether_it_has_written(void **state) {
    Bench *bench = *state;
    ProbeThing thing = {0};
    assert_false(db_is_in_transaction(bench->db));
    Tx *tx = tx_begin(bench->db);
    assert_true(db_is_in_transaction(bench->db));
    (void)probe_thing(bench->db, (ThingId){1}, &thing);
    assert_false(db_has_written(bench->db));
    add_thing(tx, 1, STR("words"));
    assert_true(db_has_written(bench->db));
    (void)probe_thing(bench->db, (ThingId){1}, &thing);
    assert_true(db_has_written(bench->db));
    tx_commit(tx);
    assert_false(db_has_written(bench->db));
    tx = tx_begin(bench->db);
    assert_int_equal(probe_thing_set_words(tx, (ThingId){404}, STR("x")), 0);
    assert_true(db_has_written(bench->db));
    db_rollback(bench->db);
    assert_false(db_has_written(bench->db));
    db_begin_read(bench->db);
    assert_false(db_has_written(bench->db));
    assert_true(db_is_in_transaction(bench->db));
    db_end_read(bench->db);
    assert_false(db_is_in_transaction(bench->db));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        PROBE_TEST(test_every_kind_of_value),
        PROBE_TEST(test_nulls),
        PROBE_TEST(test_empty_text_is_not_null),
        PROBE_TEST(test_no_row_leaves_the_result),
        PROBE_TEST(test_lists),
        PROBE_TEST(test_counts),
        PROBE_TEST(test_override),
        PROBE_TEST(test_faults_are_told_and_leave_nothing),
        PROBE_TEST(test_nothing_is_committed_after_a_failure),
        PROBE_TEST(test_every_statement_may_fail),
        PROBE_TEST(test_knows_whether_it_has_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
