/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the once-only key of forms: what counts once, and what one key does not hold back. */
#include "test/unit.h"

#include "platform/http/page.h"
#include "platform/http/request.h"
#include "platform/jobs/jobs.h"
#include "test/database.h"

typedef struct World {
    Arena *arena;
    Db *db;
    Str url;
    Random random;
    Config config;
    Boundary *boundary;
    HttpService service;
} World;

/* A browser: its visit and its session, each the digit that the cookie is made of; person 0 is nobody. */
typedef struct Browser {
    char visit;
    char person;
} Browser;

/* ---- a program of two forms, each leaving a row when it worked ---- */

enum { PERSON_REFUSED = 9 };

static void form_get(Get *get, const RouteArguments *arguments) {
    (void)arguments;
    html_write_form_hidden(reply_html(get->reply, 200));
}

static void add_post(Post *post, const RouteArguments *arguments) {
    (void)arguments;
    const Scope *scope = post->scope;
    job_add(post->scope, post->tx, (PersonId){0}, reply_path(post->reply), STR(""), scope->now);
    if (scope->actor.value == PERSON_REFUSED) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    /* Leads to another place each time, so that a first answer can be told from a second. */
    const Str place = str_print(scope->arena, "%llx", (unsigned long long)random_next(scope->random));
    reply_redirect(post->reply, url_with(scope->arena, (Url){.text = STR("/")}, STR("place"), place));
}

static const Route routes[] = {
    {.pattern = "/", .object = -1, .get = form_get, .name = "form"},
    {.is_post = true, .pattern = "/one", .object = -1, .post = add_post, .name = "one"},
    {.is_post = true, .pattern = "/two", .object = -1, .post = add_post, .name = "two"},
};
static const RoutePlace places[] = {
    {.first_child = 1, .child_count = 2, .get = 0, .post = -1},
    {.word = {.at = "one", .length = 3}, .get = -1, .post = 1},
    {.word = {.at = "two", .length = 3}, .get = -1, .post = 2},
};
static const Routes program = {.items = routes, .count = 3, .places = places};

static bool person_of(const Scope *scope, Str token, HttpPerson *ret_person) {
    (void)scope;
    *ret_person = (HttpPerson){.person = {token.at[0] - '0'}, .session = {1}};
    return token.at[0] != '0';
}

static void no_touch(Scope *scope, Tx *tx, SessionId session) {
    (void)scope;
    (void)tx;
    (void)session;
}

static bool may(Scope *scope, int rule, int64_t object) {
    (void)scope;
    return rule == 0 && object == 0;
}

static void sorry(Scope *scope, Reply *reply, int status, const Sorry *said) {
    html_write_escaped(reply_html(reply, status), text_str(scope->lang, said->sentence));
}

static Url sign_in(Arena *arena, Str back) {
    return url_with(arena, (Url){.text = STR("/")}, STR("back"), back);
}

static const HttpHooks hooks = {.routes = &program,
                                .session_find = person_of,
                                .session_touch = no_touch,
                                .may = may,
                                .sorry = sorry,
                                .sign_in = sign_in};

static int begin(void **state) {
    static World world;
    world = (World){.arena = arena_new(16 << 20), .random = random_seeded(3)};
    world.db = test_database_open(world.arena, &world.url);
    world.config = (Config){.database = world.url,
                            .keys = test_keys_file(world.arena),
                            .origin = STR("http://test"),
                            .workers = 1};
    world.boundary = boundary_new(&world.config, &hooks, metrics_new(), limits_new(), 0);
    world.service = boundary_service(world.boundary);
    *state = &world;
    return 0;
}

static int end(void **state) {
    World *world = *state;
    boundary_free(world->boundary);
    (void)unlink(str_c(world->arena, world->config.keys.path));
    test_database_close(world->db, world->url);
    arena_free(world->arena);
    return 0;
}

/* ---- asking ---- */

static HttpAnswer ask(const World *world, Browser browser, HeadMethod method, Str path, Str body) {
    char cookie[160];
    memset(cookie, browser.visit, sizeof cookie);
    memcpy(cookie, "visit=", 6);
    memcpy(cookie + 70, "; session=", 10);
    memset(cookie + 80, browser.person, 64);
    const Head head = {.method = method,
                       .path = path,
                       .keeps_alive = true,
                       .body_length = body.length,
                       .host = STR("test"),
                       .cookie = {.at = cookie, .length = 144},
                       .content_type = STR("application/x-www-form-urlencoded")};
    const HttpRequest request = {.head = &head, .body = body, .address = {.bytes = {[15] = 1}}};
    HttpAnswer answer = {0};
    world->service.answer(world->service.context, &request, &answer);
    return answer;
}

/* The value of a hidden field on the form, as the browser would send it. */
static Str hidden(const World *world, Browser browser, Str name) {
    const HttpAnswer page = ask(world, browser, HEAD_METHOD_GET, STR("/"), STR_NONE);
    assert_int_equal(page.status, 200);
    const char *text = str_print(world->arena, "%.*s", STR_ARGS(page.body)).at;
    const char *at = strstr(text, str_print(world->arena, "name=\"%.*s\" value=\"", STR_ARGS(name)).at);
    assert_non_null(at);
    const char *value = strchr(strchr(at, '=') + 1, '=') + 2;
    return (Str){.at = value, .length = strcspn(value, "\"")};
}

/* Sends the form with this key; where it leads, or "422". */
static const char *send_form(const World *world, Browser browser, Str path, Str key) {
    const Str body = str_print(world->arena, "token=%.*s&once=%.*s",
                               STR_ARGS(hidden(world, browser, STR("token"))), STR_ARGS(key));
    const HttpAnswer answer = ask(world, browser, HEAD_METHOD_POST, path, body);
    if (answer.status != 303) {
        return str_print(world->arena, "%d", answer.status).at;
    }
    assert_true(str_starts_with(answer.fields, STR("Location: ")));
    return str_print(world->arena, "%.*s", (int)strcspn(answer.fields.at, "\r"), answer.fields.at).at;
}

static void assert_rows(World *world, const char *wanted) {
    const Str rows = test_database_rows(world->db, world->arena,
                                        "SELECT kind, COUNT(*) FROM job GROUP BY kind ORDER BY kind");
    assert_true(str_equal(rows, str_of(wanted)));
}

static const Browser family = {.visit = 'a', .person = '1'};

/* ---- tests ---- */

static void test_replay(void **state) {
    World *world = *state;
    const Str key = hidden(world, family, STR("once"));
    const char *first = send_form(world, family, STR("/one"), key);
    assert_non_null(strstr(first, "place="));
    for (int again = 0; again < 5; again++) {
        assert_string_equal(send_form(world, family, STR("/one"), key), first);
    }
    assert_rows(world, "/one|1|\n");
}

static void test_each_form_has_a_key_of_its_own(void **state) {
    World *world = *state;
    const char *first = send_form(world, family, STR("/one"), hidden(world, family, STR("once")));
    const char *second = send_form(world, family, STR("/one"), hidden(world, family, STR("once")));
    assert_string_not_equal(first, second);
    assert_rows(world, "/one|2|\n");
}

/* Knowing somebody's key neither shows where their form led nor stops it. */
static void test_another_person(void **state) {
    World *world = *state;
    const Str key = hidden(world, family, STR("once"));
    const char *first = send_form(world, family, STR("/one"), key);
    const Browser same_browser = {.visit = 'a', .person = '2'};
    const Browser other_browser = {.visit = 'b', .person = '1'};
    const char *second = send_form(world, same_browser, STR("/one"), key);
    const char *third = send_form(world, other_browser, STR("/one"), key);
    assert_string_not_equal(first, second);
    assert_string_not_equal(first, third);
    assert_rows(world, "/one|3|\n");
    assert_string_equal(send_form(world, family, STR("/one"), key), first);
    assert_string_equal(send_form(world, same_browser, STR("/one"), key), second);
    assert_rows(world, "/one|3|\n");
}

static void test_another_path(void **state) {
    World *world = *state;
    const Str key = hidden(world, family, STR("once"));
    const char *first = send_form(world, family, STR("/one"), key);
    assert_string_not_equal(send_form(world, family, STR("/two"), key), first);
    assert_rows(world, "/one|1|\n/two|1|\n");
}

/* What was refused is rolled back with its key, and may be sent again. */
static void test_refused_uses_nothing_up(void **state) {
    World *world = *state;
    const Browser refused = {.visit = 'a', .person = '0' + PERSON_REFUSED};
    const Str key = hidden(world, refused, STR("once"));
    assert_string_equal(send_form(world, refused, STR("/one"), key), "422");
    assert_string_equal(send_form(world, refused, STR("/one"), key), "422");
    assert_rows(world, "");
    assert_true(
        str_equal(test_database_rows(world->db, world->arena, "SELECT COUNT(*) FROM once"), STR("0|\n")));
}

static void test_keys_that_are_none(void **state) {
    World *world = *state;
    assert_string_equal(send_form(world, family, STR("/one"), STR("")), "400");
    assert_string_equal(send_form(world, family, STR("/one"), STR("short")), "400");
    assert_string_equal(send_form(world, family, STR("/one"), STR("0123456789abcdef&once=0123456789abcdef")),
                        "400");
    assert_rows(world, "");
}

/* Kept for two days, which is longer than any browser tries again. */
static void test_forgotten(void **state) {
    World *world = *state;
    const Str key = hidden(world, family, STR("once"));
    const char *first = send_form(world, family, STR("/one"), key);
    Scope scope = {.arena = world->arena, .db = world->db, .now = time_after(time_now(), 47 * TIME_HOUR)};
    Tx *tx = tx_begin(world->db);
    once_forget_old(&scope, tx);
    tx_commit(tx);
    assert_string_equal(send_form(world, family, STR("/one"), key), first);
    scope.now = time_after(scope.now, 2 * TIME_HOUR);
    tx = tx_begin(world->db);
    once_forget_old(&scope, tx);
    tx_commit(tx);
    assert_string_not_equal(send_form(world, family, STR("/one"), key), first);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_replay, begin, end),
        cmocka_unit_test_setup_teardown(test_each_form_has_a_key_of_its_own, begin, end),
        cmocka_unit_test_setup_teardown(test_another_person, begin, end),
        cmocka_unit_test_setup_teardown(test_another_path, begin, end),
        cmocka_unit_test_setup_teardown(test_refused_uses_nothing_up, begin, end),
        cmocka_unit_test_setup_teardown(test_keys_that_are_none, begin, end),
        cmocka_unit_test_setup_teardown(test_forgotten, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
