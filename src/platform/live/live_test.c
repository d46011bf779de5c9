/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what is told: the lines, after which transactions they leave, and what streams make of them. */
#include "test/unit.h"

#include "platform/live/live_listen.h"
#include "platform/live/live_streams.h"
#include "platform/live/live_way.h"
#include "test/database.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEARD_MOST = 8192 };

typedef struct World {
    Arena *arena;
    Db *db;
    Str url;
    LiveWay way;
    LiveListen *listen;
    LiveStreams *streams;
    Time now;
    size_t heard_length;
    char heard[HEARD_MOST];
} World;

static void hear(void *context, Str lines) {
    World *world = context;
    assert_true(world->heard_length + lines.length < sizeof world->heard);
    memcpy(world->heard + world->heard_length, lines.at, lines.length);
    world->heard_length += lines.length;
}

/* PostgreSQL's own way must have begun before anything is told. */
static void listen_begin(World *world) {
    if (world->listen == NULL) {
        return;
    }
    for (int turns = 0; live_listen_turn(world->listen, hear, world) != LIVE_LISTEN_BEGINS; turns++) {
        assert_true(turns < 1000);
        (void)poll(NULL, 0, 10);
    }
}

static int begin(void **state) {
    static World world;
    world = (World){.arena = arena_new(16 << 20), .now = {TIME_DAY * 20000}, .way = live_way_new()};
    world.db = test_database_open(world.arena, &world.url);
    db_hints_to(world.db, live_way_hints, &world.way);
    world.listen = live_listen_new(world.url);
    world.streams = live_streams_new(STR("X-Test: yes\r\n"), 64, metrics_new());
    listen_begin(&world);
    *state = &world;
    return 0;
}

static int end(void **state) {
    World *world = *state;
    live_streams_free(world->streams);
    live_listen_free(world->listen);
    live_way_close(&world->way);
    test_database_close(world->db, world->url);
    arena_free(world->arena);
    return 0;
}

/* All that has come by either way since the last time; at most half a second is waited for something. */
static Str heard(World *world) {
    char bytes[LIVE_MESSAGE_MOST];
    Str lines = STR_NONE;
    int connection = -1;
    world->heard_length = 0;
    for (int turns = 0; turns < 50 && world->heard_length == 0; turns++) {
        if (world->listen != NULL) {
            (void)live_listen_turn(world->listen, hear, world);
        }
        while (live_way_take(&world->way, bytes, sizeof bytes, &lines, &connection)) {
            assert_int_equal(connection, -1);
            hear(world, lines);
        }
        (void)poll(NULL, 0, world->heard_length == 0 ? 10 : 0);
    }
    return (Str){.at = world->heard, .length = world->heard_length};
}

static void assert_heard(World *world, const char *wanted) {
    assert_string_equal(str_c(world->arena, heard(world)), wanted);
}

/* ---- lines ---- */

static void test_lines_are_read_as_they_were_written(void **state) {
    (void)state;
    const LiveLine lines[] = {
        {.verb = LIVE_TELL, .person = 1, .kind = {.at = "match", .length = 5}, .object = INT64_MAX},
        {.verb = LIVE_GONE, .session = INT64_MAX},
        {.verb = LIVE_LEFT, .person = INT64_MAX, .session = 0},
        {.verb = LIVE_HAND, .person = INT64_MAX, .session = INT64_MAX, .since = INT64_MAX},
    };
    for (size_t at = 0; at < sizeof lines / sizeof lines[0]; at++) {
        char text[LIVE_LINE_MOST];
        LiveLine read;
        assert_true(live_line_read((Str){.at = text, .length = live_line_write(&lines[at], text)}, &read));
        assert_int_equal(read.verb, lines[at].verb);
        assert_int_equal(read.person, lines[at].person);
        assert_int_equal(read.session, lines[at].session);
        assert_int_equal(read.object, lines[at].object);
        assert_int_equal(read.since, lines[at].since);
    }
}

static void test_other_lines_are_refused(void **state) {
    (void)state;
    static const char *const lines[] = {
        "",
        "tell",
        "tell 1 match",
        "tell 0 match 1",
        "tell 1 Match 1",
        "tell 1  1",
        "tell 1 match 1 ",
        "tell 1 abcdefghijklmnop 1",
        "tell 1 match -1",
        "gone 0",
        "gone",
        "left 1",
        "left 0 1",
        "hand 1 1",
        "hand 1 0 1",
        "hand 0 1 1",
        "hand 1 1 -1",
        "tell 99999999999999999999 match 1",
        "tell 1 match 01",
        "left 1 -0",
        "gone 007",
        "told 1 match 1",
    };
    for (size_t at = 0; at < sizeof lines / sizeof lines[0]; at++) {
        LiveLine read;
        assert_false(live_line_read(str_of(lines[at]), &read));
    }
}

/* ---- transactions ---- */

static void test_what_is_committed_is_told_once(void **state) {
    World *world = *state;
    Tx *tx = tx_begin(world->db);
    live_tell(tx, (PersonId){5}, STR("match"), 9);
    live_tell(tx, (PersonId){5}, STR("match"), 9);
    live_tell(tx, (PersonId){6}, STR("me"), 0);
    live_end_session(tx, (SessionId){7});
    live_end_person(tx, (PersonId){5}, (SessionId){8});
    tx_commit(tx);
    assert_heard(world, "tell 5 match 9\ntell 6 me 0\ngone 7\nleft 5 8\n");
}

static void test_what_is_rolled_back_is_not_told(void **state) {
    World *world = *state;
    live_tell(tx_begin(world->db), (PersonId){5}, STR("match"), 9);
    db_rollback(world->db);
    db_begin_read(world->db);
    db_end_read(world->db);
    Tx *tx = tx_begin(world->db);
    live_tell(tx, (PersonId){5}, STR("match"), 10);
    tx_commit(tx);
    assert_heard(world, "tell 5 match 10\n");
}

static void commit_work(void *context) {
    World *world = context;
    Tx *tx = tx_begin(world->db);
    live_tell(tx, (PersonId){5}, STR("match"), 9);
    db_fail_nth(world->db, 1, FAIL_RETRY);
    tx_commit(tx);
}

static void test_what_fails_at_its_commit_is_not_told(void **state) {
    World *world = *state;
    ASSERT_FAILS(commit_work, world, FAIL_RETRY, "");
    db_rollback(world->db);
    assert_int_equal(heard(world).length, 0);
}

static void test_too_much_is_dropped_and_hurts_nobody(void **state) {
    World *world = *state;
    Tx *tx = tx_begin(world->db);
    for (int64_t at = 1; at <= 1000; at++) {
        live_tell(tx, (PersonId){1}, STR("match"), at);
    }
    tx_commit(tx);
    const Str some = heard(world);
    assert_true(some.length <= DB_HINTS_MOST && str_ends_with(some, STR("\n")));
    assert_true(str_starts_with(some, STR("tell 1 match 1\ntell 1 match 2\n")));
}

static void test_nobody_waits_for_who_does_not_hear(void **state) {
    World *world = *state;
    char bytes[DB_HINTS_MOST];
    memset(bytes, 'x', sizeof bytes);
    for (int at = 0; at < 5000; at++) {
        live_way_hints(&world->way, (Str){.at = bytes, .length = sizeof bytes});
    }
    assert_false(live_way_hand(&world->way, &(LiveLine){.verb = LIVE_HAND, .person = 1, .session = 1}, 0));
}

/* ---- streams ---- */

typedef struct Browser {
    int socket;
    int number;
    uint32_t generation;
} Browser;

static Browser come(World *world, int64_t person, int64_t session, int64_t since) {
    int ends[2];
    Browser browser = {0};
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
    const LiveLine line = {.verb = LIVE_HAND, .person = person, .session = session, .since = since};
    browser.socket = ends[0];
    browser.number = live_streams_add(world->streams, &line, ends[1], world->now, &browser.generation);
    return browser;
}

/* What has come; "(end)" behind it when the stream has ended. */
static Str read_of(World *world, const Browser *browser) {
    char *bytes = arena_get(world->arena, HEARD_MOST);
    size_t length = 0;
    for (;;) {
        const ssize_t got = recv(browser->socket, bytes + length, HEARD_MOST - 6 - length, 0);
        if (got <= 0) {
            memcpy(bytes + length, "(end)", 5);
            return (Str){.at = bytes, .length = length + (got == 0 ? 5 : 0)};
        }
        length += (size_t)got;
    }
}

static void told(World *world, const Browser *browser, const char *wanted) {
    const Str came = read_of(world, browser);
    if (!str_contains(came, str_of(wanted))) {
        fail_msg("\"%.*s\" does not hold \"%s\"", STR_ARGS(came), wanted);
    }
}

static void tell(World *world, int64_t person, int64_t object) {
    world->now = time_after(world->now, TIME_MINUTE);
    live_streams_hear(
        world->streams,
        &(LiveLine){.verb = LIVE_TELL, .person = person, .kind = STR("match"), .object = object}, world->now);
}

static void test_a_stream_begins_and_is_told(void **state) {
    World *world = *state;
    const Browser browser = come(world, 5, 50, 0);
    const Str head = read_of(world, &browser);
    assert_true(str_starts_with(head, STR("HTTP/1.1 200 OK\r\n")));
    assert_true(str_contains(head, STR("\r\nX-Test: yes\r\n\r\nretry: ")));
    tell(world, 6, 1);
    assert_int_equal(read_of(world, &browser).length, 0);
    tell(world, 5, 1);
    told(world, &browser, "\nevent: new\ndata: match 0000000000001\n\n");
    (void)close(browser.socket);
    live_streams_read(world->streams, browser.number, browser.generation + 1);
    assert_int_equal(live_streams_count(world->streams), 1);
    live_streams_read(world->streams, browser.number, browser.generation);
    assert_int_equal(live_streams_count(world->streams), 0);
}

static void test_what_was_missed_is_told(void **state) {
    World *world = *state;
    live_streams_blind(world->streams, world->now);
    tell(world, 5, 1);
    const Time seen = world->now;
    tell(world, 5, 2);
    tell(world, 6, 3);
    const Browser late = come(world, 5, 50, seen.us + 3 * TIME_SECOND);
    const Str came = read_of(world, &late);
    assert_true(str_contains(came, STR("data: match 0000000000002\n")));
    assert_false(str_contains(came, STR("data: match 0000000000001\n")));
    assert_false(str_contains(came, STR("data: match 0000000000003\n")));
    const Browser lost = come(world, 5, 50, 1);
    told(world, &lost, "data: all\n");
    for (int64_t at = 0; at < LIVE_REMEMBERED; at++) {
        tell(world, 7, 4);
    }
    const Browser too_late = come(world, 5, 50, seen.us);
    told(world, &too_late, "data: all\n");
}

static void test_sessions_take_their_streams_along(void **state) {
    World *world = *state;
    const Browser phone = come(world, 5, 50, 0);
    const Browser desk = come(world, 5, 51, 0);
    live_streams_hear(world->streams, &(LiveLine){.verb = LIVE_GONE, .session = 50}, world->now);
    told(world, &phone, "(end)");
    live_streams_hear(world->streams, &(LiveLine){.verb = LIVE_LEFT, .person = 5, .session = 51}, world->now);
    assert_int_equal(live_streams_count(world->streams), 1);
    live_streams_hear(world->streams, &(LiveLine){.verb = LIVE_LEFT, .person = 5}, world->now);
    told(world, &desk, "(end)");
}

static void test_too_many_make_room_or_come_back(void **state) {
    World *world = *state;
    const Browser first = come(world, 5, 50, 0);
    for (int at = 0; at < LIVE_PERSON_MOST; at++) {
        (void)come(world, 5, 50, 0);
    }
    told(world, &first, "(end)");
    assert_int_equal(live_streams_count(world->streams), LIVE_PERSON_MOST);
    for (int64_t person = 100; live_streams_count(world->streams) < 64; person++) {
        (void)come(world, person, 50, 0);
    }
    const Browser last = come(world, 99, 50, 0);
    assert_int_equal(last.number, -1);
    told(world, &last, "HTTP/1.1 503 ");
}

static void test_silence_is_broken_and_age_ends(void **state) {
    World *world = *state;
    const Browser browser = come(world, 5, 50, 0);
    (void)read_of(world, &browser);
    world->now = time_after(world->now, 24 * TIME_SECOND);
    live_streams_tend(world->streams, world->now);
    assert_int_equal(read_of(world, &browser).length, 0);
    world->now = time_after(world->now, 2 * TIME_SECOND);
    live_streams_tend(world->streams, world->now);
    told(world, &browser, ":\n\n");
    world->now = time_before(world->now, TIME_DAY); /* the clock is set back */
    live_streams_tend(world->streams, world->now);
    told(world, &browser, ":\n\n");
    live_streams_tend(world->streams, time_after(world->now, 2 * TIME_DAY));
    told(world, &browser, "(end)");
}

static void test_who_does_not_read_is_dropped(void **state) {
    World *world = *state;
    (void)come(world, 5, 50, 0);
    for (int64_t at = 1; at < 100000 && live_streams_count(world->streams) > 0; at++) {
        tell(world, 5, at);
    }
    assert_int_equal(live_streams_count(world->streams), 0);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_read_as_they_were_written),
        cmocka_unit_test(test_other_lines_are_refused),
        IN_A_WORLD(test_what_is_committed_is_told_once),
        IN_A_WORLD(test_what_is_rolled_back_is_not_told),
        IN_A_WORLD(test_what_fails_at_its_commit_is_not_told),
        IN_A_WORLD(test_too_much_is_dropped_and_hurts_nobody),
        IN_A_WORLD(test_nobody_waits_for_who_does_not_hear),
        IN_A_WORLD(test_a_stream_begins_and_is_told),
        IN_A_WORLD(test_what_was_missed_is_told),
        IN_A_WORLD(test_sessions_take_their_streams_along),
        IN_A_WORLD(test_too_many_make_room_or_come_back),
        IN_A_WORLD(test_silence_is_broken_and_age_ends),
        IN_A_WORLD(test_who_does_not_read_is_dropped),
    };
    return cmocka_run_group_tests_name("live", tests, NULL, NULL);
}
