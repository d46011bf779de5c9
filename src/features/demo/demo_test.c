/* SPDX-License-Identifier: Apache-2.0 */
/* The small demo: the same on every run and engine, whole by the rules, and with every state in it. */
#include "test/unit.h"

#include "features/account/account.h"
#include "features/audit/audit_chain.h"
#include "features/check/check.h"
#include "features/contact/contact.h"
#include "features/checkin/checkin.h"
#include "features/demo/demo.h"
#include "features/match/match.h"
#include "features/progress/progress.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/keep.h"
#include "platform/zone/zone.h"
#include "test/database.h"
#include "test/folder.h"

#include <string.h>

static const Time present = {INT64_C(1772636400) * TIME_SECOND}; /* 2026-03-04, 15:00 UTC */

typedef struct Bench {
    Arena *arena;
    Str url;
    Db *db;
    Random random;
    Config config;
    char folder[FOLDER_MOST];
    Keep *keep;
    Scope scope;
} Bench;

static void bench_open(Bench *bench, Db *db) {
    folder_make(bench->folder);
    bench->db = db;
    bench->keep = keep_new(KEEP_BYTES);
    bench->random = random_seeded(99); /* the demo draws from its own seed */
    bench->config.data = str_of(bench->folder);
    bench->scope = (Scope){.arena = bench->arena,
                           .db = db,
                           .random = &bench->random,
                           .now = present,
                           .zone = zone_find(STR("UTC")),
                           .config = &bench->config,
                           .keep = bench->keep};
}

static Bench *bench_new(void) {
    Bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    bench->arena = arena_new((size_t)512 << 20);
    return bench;
}

static void bench_end(Bench *bench) {
    folder_end(bench->folder);
    keep_free(bench->keep);
    arena_free(bench->arena);
    free(bench);
}

/* A database with the small demo of this seed, on the engine of this run. */
static Bench *demo_at(uint64_t seed, Time now) {
    Bench *bench = bench_new();
    bench_open(bench, test_database_open(bench->arena, &bench->url));
    bench->scope.now = now;
    demo_make(&bench->scope, &demo_small, seed);
    return bench;
}

static Bench *demo_of(uint64_t seed) {
    return demo_at(seed, present);
}

static void demo_end(Bench *bench) {
    test_database_close(bench->db, bench->url);
    bench_end(bench);
}

/* A table's columns; of what is sealed or hashed, how long it is, since no two sealings are alike. */
static Str columns_of(const Bench *bench, const char *table) {
    const int length = (int)strcspn(table, " ");
    const Str sql =
        db_engine(bench->db) == DB_POSTGRES
            ? str_print(bench->arena,
                        "SELECT CASE data_type WHEN 'bytea' THEN 'LENGTH(' || column_name || ')' ELSE "
                        "column_name END FROM information_schema.columns WHERE table_name = '%.*s' "
                        "AND table_schema = 'public' ORDER BY ordinal_position",
                        length, table)
            : str_print(bench->arena,
                        "SELECT CASE type WHEN 'BLOB' THEN 'LENGTH(' || name || ')' ELSE name END "
                        "FROM pragma_table_info('%.*s') ORDER BY cid",
                        length, table);
    Str rows = test_database_rows(bench->db, bench->arena, str_c(bench->arena, sql));
    Buf list = buf_new(bench->arena, 4096);
    Str column = STR_NONE;
    while (str_cut(rows, '|', &column, &rows)) {
        buf_print(&list, "%s%.*s", list.length == 0 ? "" : ", ", STR_ARGS(str_trim(column)));
    }
    return buf_str(&list);
}

/* Each with an order of its own: what dump() writes. */
static const char *const tables[] = {
    "person ORDER BY 1",
    "contact_point ORDER BY 1",
    "program ORDER BY 1",
    "program_text ORDER BY 1,2,3",
    "program_clock ORDER BY 1,2",
    "list_item ORDER BY 1",
    "list_item_text ORDER BY 1,2",
    "duty ORDER BY 1",
    "request ORDER BY 1",
    "request_wish ORDER BY 1,2",
    "request_unlike ORDER BY 1,2",
    "request_code ORDER BY 1,2",
    "request_note ORDER BY 1",
    "offer ORDER BY 1",
    "offer_item ORDER BY 1,3,2",
    "apart ORDER BY 1,2",
    "shortlist ORDER BY 1",
    "shortlist_entry ORDER BY 1,2",
    "invitation ORDER BY 1",
    "shortlist_reason ORDER BY 1,2,3,4",
    "match ORDER BY 1",
    "contact ORDER BY 1,2,3",
    "contact_activity ORDER BY 1,2",
    "contact_answer ORDER BY 1,2,3",
    "note ORDER BY 1",
    "note_beside ORDER BY 1",
    "progress ORDER BY 1,2,3",
    "checkin ORDER BY 1",
    "heard ORDER BY 1,2,3",
    "heard_answer ORDER BY 1,2,3,4",
    "meeting ORDER BY 1",
    "goal ORDER BY 1",
    "goal_step ORDER BY 1",
    "goal_practice ORDER BY 1",
    "reader ORDER BY 1,2,3",
    "goal_proposal ORDER BY 1",
    "toolbox_card ORDER BY 1",
    "carry ORDER BY 1",
    "circle_member ORDER BY 1",
    "sheet ORDER BY 1",
    "barrier ORDER BY 1",
    "barrier_try ORDER BY 1",
    "sheet_step ORDER BY 1",
    "goodbye ORDER BY 1",
    "hope ORDER BY 1",
    "hope_wish ORDER BY 1",
    "goodbye_welcome ORDER BY 1,2",
    "meeting_time ORDER BY 1,2",
    "meeting_busy ORDER BY 1,2",
    "job ORDER BY 1",
};

/* Every row of every table that a demo writes. */
static Str dump(const Bench *bench) {
    Buf all = buf_new(bench->arena, (size_t)256 << 20);
    for (size_t at = 0; at < sizeof tables / sizeof tables[0]; at++) {
        const Str sql = str_print(bench->arena, "SELECT %.*s FROM %s",
                                  STR_ARGS(columns_of(bench, tables[at])), tables[at]);
        const Str rows = test_database_rows(bench->db, bench->arena, str_c(bench->arena, sql));
        buf_print(&all, "%s\n%.*s", tables[at], STR_ARGS(rows));
    }
    return buf_str(&all);
}

static int64_t count(const Bench *bench, const char *from) {
    char sql[600];
    snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM %s", from);
    Str number = STR_NONE;
    Str rest = STR_NONE;
    (void)str_cut(test_database_rows(bench->db, bench->arena, sql), '|', &number, &rest);
    int64_t value = -1;
    assert_true(str_to_int(number, 0, INT64_MAX, &value));
    return value;
}

/* The seed, and neither chance nor the hour at which a demo is made: tests count on whom they find. */
static void test_seed_decides(void **state) {
    (void)state;
    const char *const walks = "SELECT giver, receiver, state FROM match ORDER BY id";
    Bench *one = demo_of(1);
    Bench *again = demo_of(1);
    Bench *other = demo_of(2);
    const Str rows = dump(one);
    assert_true(rows.length > 100000);
    assert_true(str_equal(rows, dump(again)));
    assert_false(str_equal(rows, dump(other)));
    Bench *later = demo_at(1, time_after(present, 77 * TIME_HOUR));
    assert_true(str_equal(test_database_rows(one->db, one->arena, walks),
                          test_database_rows(later->db, later->arena, walks)));
    demo_end(later);
    demo_end(other);
    demo_end(again);
    demo_end(one);
}

/* Whatever engine this run is for, the rows are those that SQLite has. */
static void test_engines_agree(void **state) {
    (void)state;
    Bench *one = demo_of(3);
    Bench *lite = bench_new();
    char folder[FOLDER_MOST];
    folder_make(folder);
    Db *db = db_open(str_print(lite->arena, "sqlite:%s/demo.db", folder), true);
    db_use(db, lite->arena);
    db_keys_use(db, test_keys());
    (void)db_migrate(db);
    bench_open(lite, db);
    demo_make(&lite->scope, &demo_small, 3);
    assert_true(str_equal(dump(one), dump(lite)));
    db_close(db);
    folder_end(folder);
    bench_end(lite);
    demo_end(one);
}

static void test_rules_hold(void **state) {
    const Bench *bench = *state;
    assert_int_equal(db_check_engine(bench->db, bench->arena).count, 0);
    db_begin_read(bench->db);
    const Strs wrong = check_rules_broken(&bench->scope);
    db_end_read(bench->db);
    for (size_t at = 0; at < wrong.count; at++) {
        print_error("%.*s\n", STR_ARGS(wrong.items[at]));
    }
    assert_int_equal(wrong.count, 0);
}

static const char *const wanted[] = {
    "request WHERE kind = 1 AND state = 1",
    "request WHERE kind = 1 AND state = 2",
    "request WHERE state = 3",
    "request WHERE state = 4",
    "request WHERE state = 5",
    "request WHERE state = 6",
    "request WHERE state = 7",
    "request WHERE kind = 1 AND state = 8",
    "request WHERE kind = 2 AND state = 1",
    "request WHERE kind = 2 AND state = 8",
    "request WHERE lang = 0",
    "request WHERE lang = 1",
    "request WHERE source = 1",
    "request WHERE source = 3",
    "request WHERE is_urgent = 1 AND state = 2",
    "request_wish WHERE kind = 2",
    "request_wish WHERE is_required = 1",
    "request_wish w JOIN list_item l ON l.id = w.item WHERE l.list = 6",
    "request_wish w JOIN list_item l ON l.id = w.item WHERE l.list = 7",
    "request_wish w JOIN list_item l ON l.id = w.item WHERE l.list = 8",
    "request_wish w JOIN list_item l ON l.id = w.item WHERE l.list = 9",
    "request_wish w JOIN list_item l ON l.id = w.item WHERE l.list = 10",
    "request_wish w JOIN list_item l ON l.id = w.item WHERE l.list = 11",
    "offer_item i JOIN list_item l ON l.id = i.item WHERE i.kind = 1 AND l.list = 6",
    "offer_item i JOIN list_item l ON l.id = i.item WHERE i.kind = 5 AND l.list = 9",
    "offer_item i JOIN list_item l ON l.id = i.item WHERE i.kind = 5 AND l.list > 9 AND l.list < 12 AND "
    "i.audience = 2",
    "offer_item i JOIN list_item l ON l.id = i.item WHERE i.kind = 5 AND l.list = 12",
    "request_code",
    "request_note WHERE kind = 1",
    "request_note WHERE kind = 2",
    "request_note WHERE kind = 3",
    "request_note WHERE kind = 4",
    "request_note WHERE kind = 5",
    "request_note WHERE kind = 6",
    "request_note WHERE kind = 7",
    "request_note WHERE kind = 8",
    "request_note WHERE kind = 20",
    "request_note WHERE kind = 21",
    "apart",
    "shortlist WHERE state = 1",
    "shortlist WHERE state = 2",
    "shortlist_entry WHERE answer = 2",
    "shortlist_entry WHERE answer = 3",
    "shortlist_entry WHERE answer = 4",
    "shortlist_entry WHERE answer = 5",
    "invitation WHERE state = 1",
    "invitation WHERE state = 2",
    "invitation WHERE state = 3",
    "invitation WHERE state = 4",
    "match WHERE state = 1",
    "match WHERE state = 2",
    "match WHERE state = 3",
    "match WHERE state = 4",
    "contact WHERE kind = 1",
    "contact WHERE kind = 2",
    "contact WHERE kind = 3",
    "contact WHERE kind = 4",
    "contact WHERE kind = 5",
    "contact WHERE outcome = 1",
    "contact WHERE outcome = 2",
    "contact WHERE outcome = 3",
    "contact WHERE outcome = 4",
    "contact_activity",
    "contact_answer",
    "note WHERE state = 1",
    "note WHERE state = 2",
    "note WHERE state = 3",
    "note_beside",
    "progress WHERE occasion = 1",
    "progress WHERE occasion = 2",
    "progress WHERE occasion = 3",
    "checkin WHERE state = 1",
    "checkin WHERE state = 2",
    "checkin WHERE state = 3",
    "offer WHERE standing = 1 AND is_cleared = 1",
    "offer WHERE standing = 2",
    "offer WHERE standing = 3",
    "offer WHERE standing = 4",
    "offer WHERE is_cleared = 0",
    "(SELECT 1 FROM request r JOIN offer o ON o.person = r.person WHERE r.state = 8) AS turned_around",
    "(SELECT 1 FROM match a JOIN match b ON a.receiver = b.giver WHERE a.state <> 4 AND b.state <> 4) AS "
    "both_sides",
    "(SELECT 1 FROM match m WHERE m.state = 4 AND EXISTS (SELECT 1 FROM match n WHERE n.request = "
    "m.request AND "
    "n.state = 2)) AS changed_person",
};

static void test_every_state_is_there(void **state) {
    const Bench *bench = *state;
    for (size_t at = 0; at < sizeof wanted / sizeof wanted[0]; at++) {
        if (count(bench, wanted[at]) == 0) {
            fail_msg("the small demo has no %s", wanted[at]);
        }
    }
    assert_int_equal(count(bench, "program"), 2);
    assert_int_equal(count(bench, "request"), 60 + 10 + 2); /* two young people */
    assert_int_equal(count(bench, "offer"), 25 + 6);
    assert_int_equal(count(bench, "job"), 0);
}

/* Of the two young people one waits for a parent and is on no list; the other one's parent has signed. */
static void test_young_people(void **state) {
    const Bench *bench = *state;
    assert_int_equal(count(bench, "youth"), 2);
    assert_int_equal(count(bench, "guardian WHERE ended_at IS NULL"), 1);
    assert_int_equal(count(bench, "guardian_link WHERE closed_at IS NULL"), 1);
    assert_int_equal(count(bench, "request r JOIN youth y ON y.person = r.person"), 2);
    assert_int_equal(
        count(bench, "request r JOIN youth y ON y.person = r.person JOIN sharing s ON s.request = r.id"), 1);
}

/* Some of it waits too long, some does not yet. */
static void test_board_is_alive(void **state) {
    const Bench *bench = *state;
    static const char *const lists[] = {
        "request WHERE state = 1",
        "request WHERE state IN (3, 4)",
        "match WHERE state = 2",
        "checkin WHERE state = 1",
    };
    for (size_t at = 0; at < sizeof lists / sizeof lists[0]; at++) {
        char sql[200];
        snprintf(sql, sizeof sql, "%s AND due_at < %lld", lists[at], (long long)present.us);
        const int64_t late = count(bench, sql);
        if (late == 0 || late == count(bench, lists[at])) {
            fail_msg("%lld late of %s", (long long)late, lists[at]);
        }
    }
}

static void test_nothing_lies_ahead(void **state) {
    const Bench *bench = *state;
    static const char *const times[] = {
        "person WHERE created_at", "request WHERE created_at", "request WHERE state_at",
        "request_note WHERE at",   "shortlist WHERE made_at",  "invitation WHERE created_at",
        "match WHERE state_at",    "contact WHERE logged_at",  "contact WHERE at",
        "contact_answer WHERE at", "progress WHERE at",        "checkin WHERE done_at",
        "offer WHERE created_at",
    };
    for (size_t at = 0; at < sizeof times / sizeof times[0]; at++) {
        char sql[200];
        snprintf(sql, sizeof sql, "%s > %lld", times[at], (long long)present.us);
        assert_int_equal(count(bench, sql), 0);
    }
    assert_int_equal(count(bench, "contact WHERE logged_at < at"), 0);
}

static void test_people_are_made_up(void **state) {
    const Bench *bench = *state;
    assert_int_equal(count(bench, "person WHERE called NOT LIKE '%Sample%' AND called NOT LIKE '%Ejemplo%'"),
                     0);
    const int64_t people = count(bench, "person");
    Str ids = test_database_rows(bench->db, bench->arena, "SELECT id FROM person ORDER BY id");
    Str id = STR_NONE;
    int64_t seen = 0;
    for (; str_cut(ids, '|', &id, &ids); seen++) {
        PersonId person = {0};
        assert_true(str_to_int(str_trim(id), 1, INT64_MAX, &person.value));
        const ContactPoints points = account_contact_points(&bench->scope, person);
        assert_true(points.count > 0);
        for (size_t at = 0; at < points.count; at++) {
            const Str value = points.items[at].value;
            assert_true(points.items[at].kind == CONTACT_POINT_MAIL
                            ? str_ends_with(value, STR("@example.org"))
                            : value.length == 12 && str_equal(str_part(value, 3, 7), STR("-555-01")));
        }
    }
    assert_int_equal(seen, people);
}

/* The file that script/server reads: each kind of person, each a mailbox that somebody has. */
static void test_people_file(void **state) {
    const Bench *bench = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/demo-people.txt", bench->folder);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char text[1000] = "";
    const size_t length = fread(text, 1, sizeof text - 1, file);
    assert_int_equal(fclose(file), 0);
    Str left = {.at = text, .length = length};
    static const char *const kinds[] = {"coordinator", "family", "supporter", "both",
                                        "leader",      "young",  "guardian",  "young"};
    for (size_t at = 0; at < sizeof kinds / sizeof kinds[0]; at++) {
        Str line = STR_NONE;
        Str kind = STR_NONE;
        Str mail = STR_NONE;
        assert_true(str_cut(left, '\n', &line, &left));
        assert_true(str_cut(line, '\t', &kind, &mail));
        assert_true(str_equal(kind, str_of(kinds[at])));
        assert_int_equal(account_find_by_mail(&bench->scope, mail).count, 1);
    }
    assert_int_equal(left.length, 0);
}

static void make_again(void *context) {
    const Bench *bench = context;
    demo_make(&bench->scope, &demo_small, 1);
}

static void test_refuses_real_people(void **state) {
    Bench *bench = *state;
    ASSERT_FAILS(make_again, bench, FAIL_USAGE, "there are people in this database already");
}

/* ---- the features go on with what the demo left ---- */

typedef void Step(Bench *bench, Tx *tx, int64_t id);

/* Does a step for each id that a SELECT finds, each as its own transaction; returns how many. */
static size_t each(Bench *bench, const char *sql, Step *step) {
    Str left = test_database_rows(bench->db, bench->arena, sql);
    size_t done = 0;
    Str line = STR_NONE;
    while (str_cut(left, '\n', &line, &left)) {
        int64_t id = 0;
        assert_true(str_to_int(str_part(line, 0, line.length - 1), 1, INT64_MAX, &id));
        Tx *tx = tx_begin(bench->db);
        step(bench, tx, id);
        tx_commit(tx);
        done++;
    }
    return done;
}

static void take_request(Bench *bench, Tx *tx, int64_t id) {
    Request request;
    assert_true(request_find(&bench->scope, (RequestId){id}, &request));
    assert_int_equal(request_take(&bench->scope, tx, request.id, request.version), REQUEST_DONE);
}

static void make_list(Bench *bench, Tx *tx, int64_t id) {
    Request request;
    ShortlistId shortlist;
    assert_true(request_find(&bench->scope, (RequestId){id}, &request));
    bench->scope.actor = request.taken_by;
    const ShortlistResult result = shortlist_make(&bench->scope, tx, request.id, request.version, &shortlist);
    assert_true(result == SHORTLIST_DONE || result == SHORTLIST_NOBODY);
}

static void choose_first(Bench *bench, Tx *tx, int64_t id) {
    Request request;
    InvitationId invitation;
    assert_true(request_find(&bench->scope, (RequestId){id}, &request));
    bench->scope.actor = request.person;
    char sql[200];
    snprintf(
        sql, sizeof sql,
        "SELECT MIN(e.offer) FROM shortlist_entry e JOIN shortlist s ON s.id = e.shortlist WHERE s.request ="
        " %lld AND s.state = 1 AND e.answer = 1",
        (long long)id);
    const Str line = test_database_rows(bench->db, bench->arena, sql);
    int64_t offer = 0;
    assert_true(str_to_int(str_part(line, 0, line.length - 2), 1, INT64_MAX, &offer));
    const ChoiceResult result =
        shortlist_choose(&bench->scope, tx, request.id, (OfferId){offer}, 0, &invitation);
    assert_true(result == CHOICE_DONE || result == CHOICE_FULL);
}

static void accept(Bench *bench, Tx *tx, int64_t id) {
    Invitation invitation;
    MatchId match;
    assert_true(invitation_find(&bench->scope, (InvitationId){id}, &invitation));
    bench->scope.actor = invitation.giver;
    assert_int_equal(match_accept(&bench->scope, tx, invitation.id, &match), INVITATION_DONE);
}

static void talk(Bench *bench, Tx *tx, int64_t id) {
    Match match;
    assert_true(match_find(&bench->scope, (MatchId){id}, &match));
    bench->scope.actor = match.giver;
    (void)contact_add(
        &bench->scope, tx,
        &(ContactNew){.match = match.id, .kind = CONTACT_CALL, .outcome = CONTACT_TALKED, .minutes = 5});
    bench->scope.actor = match.receiver;
    progress_add(&bench->scope, tx, match.request, 5, STR(""), false);
}

static void ask_how_it_goes(Bench *bench, Tx *tx, int64_t id) {
    assert_int_equal(checkin_done(&bench->scope, tx, (CheckinId){id}, STR("Fine."), false), CHECKIN_SAVED);
}

static void end_walk(Bench *bench, Tx *tx, int64_t id) {
    Match match;
    assert_true(match_find(&bench->scope, (MatchId){id}, &match));
    bench->scope.actor = id % 2 == 0 ? match.receiver : match.giver;
    assert_int_equal(match_end(&bench->scope, tx, match.id, MATCH_END_FOR_NOW), MATCH_DONE);
}

static void count_again(Bench *bench, Tx *tx, int64_t id) {
    offer_load_changed(&bench->scope, tx, (OfferId){id});
}

static void assert_well(const Bench *bench) {
    void *state = (void *)(uintptr_t)bench;
    test_rules_hold(&state);
}

static PersonId coordinator_of(const Bench *bench) {
    const Str line =
        test_database_rows(bench->db, bench->arena, "SELECT MIN(person) FROM duty WHERE kind = 1");
    int64_t person = 0;
    assert_true(str_to_int(str_part(line, 0, line.length - 2), 1, INT64_MAX, &person));
    return (PersonId){person};
}

/* The demo wrote its rows past the rules of the features: these must find them as they would have made them,
 * and go on from every state without breaking a rule. */
static void test_life_goes_on(void **state) {
    (void)state;
    Bench *bench = demo_of(4);
    bench->scope.now = time_after(bench->scope.now, TIME_HOUR);
    const Str offers = test_database_rows(bench->db, bench->arena, "SELECT * FROM offer ORDER BY id");
    assert_int_equal(each(bench, "SELECT id FROM offer ORDER BY id", count_again), count(bench, "offer"));
    assert_true(
        str_equal(offers, test_database_rows(bench->db, bench->arena, "SELECT * FROM offer ORDER BY id")));

    const PersonId coordinator = coordinator_of(bench);
    bench->scope.actor = coordinator;
    assert_true(each(bench, "SELECT id FROM request WHERE state = 1 ORDER BY id", take_request) > 0);
    assert_well(bench);
    assert_true(each(bench, "SELECT id FROM request WHERE state = 3 ORDER BY id", choose_first) > 0);
    assert_well(bench);
    assert_true(each(bench, "SELECT id FROM request WHERE state = 2 AND kind = 1 ORDER BY id", make_list) >
                0);
    assert_well(bench);
    assert_true(each(bench, "SELECT id FROM invitation WHERE state IN (1, 4) ORDER BY id", accept) > 0);
    assert_well(bench);
    audit_link(&bench->scope); /* as the jobs process does every second */
    bench->scope.now = time_after(bench->scope.now, TIME_HOUR);
    assert_true(each(bench, "SELECT id FROM match WHERE state IN (1, 2) ORDER BY id", talk) > 0);
    assert_well(bench);
    bench->scope.actor = coordinator;
    assert_true(each(bench, "SELECT MIN(id) FROM checkin WHERE state = 1 GROUP BY match ORDER BY 1",
                     ask_how_it_goes) > 0);
    assert_well(bench);
    assert_true(each(bench, "SELECT id FROM match WHERE state <> 4 ORDER BY id", end_walk) > 0);
    assert_well(bench);
    assert_int_equal(
        count(bench, "offer WHERE load > 0 AND id NOT IN (SELECT offer FROM invitation WHERE state = 1)"), 0);
    demo_end(bench);
}

static int setup(void **state) {
    crypto_start();
    *state = demo_of(1);
    return 0;
}

static int teardown(void **state) {
    demo_end(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules_hold),         cmocka_unit_test(test_every_state_is_there),
        cmocka_unit_test(test_board_is_alive),     cmocka_unit_test(test_nothing_lies_ahead),
        cmocka_unit_test(test_people_are_made_up), cmocka_unit_test(test_people_file),
        cmocka_unit_test(test_young_people),       cmocka_unit_test(test_refuses_real_people),
        cmocka_unit_test(test_seed_decides),       cmocka_unit_test(test_engines_agree),
        cmocka_unit_test(test_life_goes_on),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
