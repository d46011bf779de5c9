/* SPDX-License-Identifier: Apache-2.0 */
/* Every route, asked by everyone, about everybody's rows: the answers, held against a table.
 *
 * The requests go through the real boundary with the real pages, on a real database. A POST is sent with a
 * good form token and no fields. Whatever is answered, it is never a fault of ours (5xx); what is refused has
 * changed nothing, and neither has any GET. A route that is new, gone or changed makes the table differ, and
 * the test fails until the golden file has been written again and read in review:
 *
 *     BEENTHERE_GOLDEN=write meson test -C build "access matrix" */
#include "test/unit.h"

#include "test/access/world.h"

#include "base/log.h"
#include "features/program/program.h"
#include "platform/crypto/crypto.h"
#include "platform/zone/zone.h"
#include "test/database.h"

/* main.c as it is, but that it hands its Application to this test. */
#define main program_main
#define command_run take_application
int program_main(int count, char **arguments);
#include "main.c"
#undef main
#undef command_run

enum { TABLE_MOST = 256 * 1024, CELL_WIDTH = 8, NAME_WIDTH = 12 };

/* ---- who asks, about what ---- */

typedef struct Actor {
    const char *name;
    int64_t person; /* of world.sql; 0: nobody is signed in */
} Actor;

static const Actor actors[] = {
    {"out", 0},      /* nobody is signed in */
    {"other", 11},   /* signed in, and has nothing to do with any of this */
    {"family", 12},  /* walks with the giver */
    {"giver", 13},   /* walks with the family */
    {"was-fam", 15}, /* walked with was-giv, and asks for an information call now */
    {"was-giv", 14}, /* walked with was-fam */
    {"asking", 16},  /* has chosen, and waits for the invited one's answer */
    {"invited", 17}, /* was chosen and has not answered */
    {"chooser", 18}, /* has a shortlist to choose from */
    {"listed", 19},  /* stands on that shortlist */
    {"coord", 20},   /* coordinates the program of all these */
    {"c-else", 21},  /* coordinates the other program */
    {"c-was", 22},   /* coordinated this one until yesterday */
    {"f-else", 23},  /* a family of the other program */
};
enum { ACTOR_COUNT = sizeof actors / sizeof actors[0], COORDINATOR = 10 };

/* Types of ids in paths. */
static const char *const kinds[] = {
    "ProgramId",      "RequestId", "OfferId",    "InvitationId", "MatchId",       "ContactId",  "CheckinId",
    "ContactPointId", "SessionId", "ListItemId", "PersonId",     "ImportBatchId", "ShortlistId"};
enum {
    KIND_PROGRAM = 0,
    KIND_SESSION = 8,
    KIND_ITEM = 9,
    KIND_COUNT = sizeof kinds / sizeof kinds[0],
};

/* Rows that belong together; 0: there is none of that kind. Programs, sessions and list items are found at
 * start. */
typedef struct Situation {
    const char *name;
    bool is_elsewhere; /* in the other program */
    int actor;         /* whose session stands for it; 0: none */
    int64_t ids[KIND_COUNT];
} Situation;

static const Situation situations[] = {
    {"walking", false, 2, {0, 101, 102, 104, 105, 106, 109, 107, 0, 0, 20, 111, 103}},
    {"ended", false, 4, {0, 201, 202, 204, 205, 206, 209, 207, 0, 0, 0, 0, 203}},
    {"invited", false, 6, {0, 301, 302, 304, 0, 0, 0, 307, 0, 0, 0, 0, 303}},
    {"choosing", false, 8, {0, 401, 402, 0, 0, 0, 0, 407, 0, 0, 0, 0, 403}},
    {"call", false, 0, {0, 601, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}},
    {"elsewhere", true, 13, {0, 501, 502, 504, 505, 506, 509, 507, 0, 0, 21, 511, 503}},
};
enum { WALKING = 0, ELSEWHERE = 5, SITUATION_COUNT = sizeof situations / sizeof situations[0] };

/* Words for the {name:Str} parts of paths. */
static const char *const path_words[] = {
    "token", "0123456789abcdef", "slug", "river",   "program", "river",    "step", "need",
    "list",  "experience",       "key",  "welcome", "side",    "received", NULL,   NULL,
};

typedef struct Matrix {
    Arena *arena;
    Str url;
    Db *db;
    Random random;
    Config config;
    Scope scope;
    AccessWorld *world;
    Boundary *boundary;
    HttpService service;
    ProgramId programs[2];
    int64_t items[2];
    Str cookies[ACTOR_COUNT];
    int64_t sessions[ACTOR_COUNT];
    Str token;
    int asked;
} Matrix;

static Application application;

int take_application(const Application *given, int count, char **arguments) {
    (void)count;
    (void)arguments;
    application = *given;
    return 0;
}

/* ---- asking ---- */

static HttpAnswer ask(Matrix *matrix, bool is_post, Str path, size_t actor, Str body) {
    const Head head = {.method = is_post ? HEAD_METHOD_POST : HEAD_METHOD_GET,
                       .path = path,
                       .query = STR_NONE,
                       .keeps_alive = true,
                       .body_length = body.length,
                       .host = STR("support.example.org"),
                       .cookie = matrix->cookies[actor],
                       .content_type = is_post ? STR("application/x-www-form-urlencoded") : STR_NONE};
    const HttpRequest request = {.head = &head, .body = body, .address = {.bytes = {[15] = 1}}};
    HttpAnswer answer = {0};
    matrix->service.answer(matrix->service.context, &request, &answer);
    matrix->service.sent(matrix->service.context);
    return answer;
}

/* The form's own fields and no other. */
static Str form_body(Matrix *matrix) {
    return str_print(matrix->arena, "token=%.*s&once=%032d", STR_ARGS(matrix->token), ++matrix->asked);
}

static Str cell(const HttpAnswer *answer) {
    static const char digits[] = "0123456789";
    static char text[4];
    if (answer->status == 303) {
        return str_contains(answer->fields, STR("Location: /sign-in?back")) ? STR("sign-in") : STR("303");
    }
    text[0] = digits[answer->status / 100 % 10];
    text[1] = digits[answer->status / 10 % 10];
    text[2] = digits[answer->status % 10];
    return str_of(text);
}

static bool is_refused(const HttpAnswer *answer) {
    return answer->status >= 400 || str_equal(cell(answer), STR("sign-in"));
}

/* ---- paths ---- */

typedef struct PathParts {
    int ids;       /* how many parts are ids */
    bool is_known; /* the situation has a row for each */
    Str path;
} PathParts;

static int64_t id_of(const Matrix *matrix, const Situation *situation, Str type) {
    for (size_t kind = 0; kind < KIND_COUNT; kind++) {
        if (str_equal(type, str_of(kinds[kind]))) {
            return kind == KIND_PROGRAM   ? matrix->programs[situation->is_elsewhere].value
                   : kind == KIND_ITEM    ? matrix->items[situation->is_elsewhere]
                   : kind == KIND_SESSION ? matrix->sessions[situation->actor]
                                          : situation->ids[kind];
        }
    }
    fail_msg("test/access/matrix.c has no rows of type %.*s; add them to world.sql and situations[]",
             STR_ARGS(type));
    return 0;
}

static const char *word_of(Str name) {
    for (size_t at = 0; path_words[at] != NULL; at += 2) {
        if (str_equal(name, str_of(path_words[at]))) {
            return path_words[at + 1];
        }
    }
    fail_msg("test/access/matrix.c has no word for {%.*s:Str}; add one to path_words[]", STR_ARGS(name));
    return NULL;
}

/* The pattern with the first id from one situation and the others from another (often the same). */
static PathParts path_make(const Matrix *matrix, const char *pattern, const Situation *first,
                           const Situation *rest) {
    PathParts parts = {.is_known = true};
    Buf path = buf_new(matrix->arena, HEAD_MOST_TARGET);
    for (Str left = str_of(pattern); left.length > 0;) {
        if (left.at[0] != '{') {
            buf_add_char(&path, left.at[0]);
            left = str_part(left, 1, left.length);
            continue;
        }
        Str part = STR_NONE;
        Str name = STR_NONE;
        Str type = STR_NONE;
        str_cut(left, '}', &part, &left);
        str_cut(str_part(part, 1, part.length), ':', &name, &type);
        if (str_equal(type, STR("Str"))) {
            buf_add(&path, str_of(word_of(name)));
            continue;
        }
        const int64_t id = id_of(matrix, parts.ids == 0 ? first : rest, type);
        parts.ids++;
        parts.is_known = parts.is_known && id != 0;
        url_add_id(&path, id);
    }
    parts.path = buf_str(&path);
    return parts;
}

/* ---- the table ---- */

/* Trailing blanks are noise in a review. */
static void line_end(Buf *table) {
    while (table->length > 0 && table->bytes[table->length - 1] == ' ') {
        table->length--;
    }
    buf_add_char(table, '\n');
}

static void header_write(Buf *table) {
    buf_add(table, STR("# Who gets what: test/access/matrix.c writes and checks this. After a change of "
                       "routes or rules:\n"
                       "#     BEENTHERE_GOLDEN=write meson test -C build \"access matrix\"\n"
                       "# and read the difference. Rows are test/access/world.sql's; columns are the people "
                       "there.\n#\n"));
    buf_print(table, "#%*s", NAME_WIDTH - 1, "");
    for (size_t actor = 0; actor < ACTOR_COUNT; actor++) {
        buf_print(table, " %-*s", CELL_WIDTH - 1, actors[actor].name);
    }
    line_end(table);
}

static void row_write(Matrix *matrix, Buf *table, const Route *route, const char *name, Str path) {
    buf_print(table, "  %-*s", NAME_WIDTH - 2, name);
    for (size_t actor = 0; actor < ACTOR_COUNT; actor++) {
        const HttpAnswer answer =
            ask(matrix, route->is_post, path, actor, route->is_post ? form_body(matrix) : STR(""));
        const Str shown = cell(&answer);
        buf_print(table, " %-*.*s", CELL_WIDTH - 1, STR_ARGS(shown));
        if (answer.status >= 500) {
            fail_msg("%s %.*s asked by \"%s\" (%s) is answered %d", route->is_post ? "POST" : "GET",
                     STR_ARGS(path), actors[actor].name, name, answer.status);
        }
        if ((route->is_post || actor + 1 == ACTOR_COUNT) && access_world_is_changed(matrix->world)) {
            if (!route->is_post || is_refused(&answer)) {
                fail_msg("%s %.*s (%s) was answered %d to \"%s\" and changed something",
                         route->is_post ? "POST" : "GET", STR_ARGS(path), name, answer.status,
                         actors[actor].name);
            }
            access_world_restore(matrix->world);
        }
    }
    line_end(table);
}

static void route_write(Matrix *matrix, Buf *table, const Route *route) {
    buf_print(table, "%-4s %s  %s\n", route->is_post ? "POST" : "GET", route->pattern,
              access_action_name((AccessAction)route->rule));
    for (size_t at = 0; at < SITUATION_COUNT; at++) {
        const PathParts parts = path_make(matrix, route->pattern, &situations[at], &situations[at]);
        if (parts.ids == 0) {
            row_write(matrix, table, route, "", parts.path);
            return;
        }
        /* Paths that name only a program or a row beside it would be the same line again. */
        const bool is_said =
            at != WALKING && at != ELSEWHERE &&
            str_equal(parts.path,
                      path_make(matrix, route->pattern, &situations[WALKING], &situations[WALKING]).path);
        if (parts.is_known && !is_said) {
            row_write(matrix, table, route, situations[at].name, parts.path);
        }
    }
    const PathParts mixed = path_make(matrix, route->pattern, &situations[WALKING], &situations[ELSEWHERE]);
    if (mixed.ids > 1) {
        row_write(matrix, table, route, "mixed", mixed.path);
    }
}

/* ---- the golden file ---- */

static Str file_read(Arena *arena, const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return STR("");
    }
    char *bytes = arena_get(arena, TABLE_MOST);
    const size_t length = fread(bytes, 1, TABLE_MOST, file);
    fclose(file);
    return (Str){.at = bytes, .length = length};
}

static void lines_compare(Str is, Str wanted) {
    int differences = 0;
    Str route = STR_NONE;
    for (int number = 1; is.length > 0 || wanted.length > 0; number++) {
        Str is_line = STR_NONE;
        Str wanted_line = STR_NONE;
        str_cut(is, '\n', &is_line, &is);
        str_cut(wanted, '\n', &wanted_line, &wanted);
        if (!str_starts_with(is_line, STR(" "))) {
            route = is_line;
        }
        if (!str_equal(is_line, wanted_line) && ++differences <= 20) {
            print_error("matrix.golden:%d, under \"%.*s\"\n  wanted \"%.*s\"\n  is     \"%.*s\"\n", number,
                        STR_ARGS(route), STR_ARGS(wanted_line), STR_ARGS(is_line));
        }
    }
    assert_int_equal(differences, 0);
}

/* ---- tests ---- */

static void test_matrix(void **state) {
    Matrix *matrix = *state;
    Buf table = buf_new(matrix->arena, TABLE_MOST);
    header_write(&table);
    for (size_t at = 0; at < application.hooks.routes->count; at++) {
        route_write(matrix, &table, &application.hooks.routes->items[at]);
    }
    const char *wish = getenv("BEENTHERE_GOLDEN");
    if (wish != NULL && strcmp(wish, "write") == 0) {
        FILE *file = fopen(ACCESS_GOLDEN, "w");
        assert_non_null(file);
        const Str text = buf_str(&table);
        assert_int_equal(fwrite(text.at, 1, text.length, file), text.length);
        assert_int_equal(fclose(file), 0);
        return;
    }
    lines_compare(buf_str(&table), file_read(matrix->arena, ACCESS_GOLDEN));
}

/* Whoever sends it, a form that did not come from this browser's own page is refused, and so is one without
 * its once-only key. */
static void test_forms_of_others(void **state) {
    Matrix *matrix = *state;
    const Str others = str_print(matrix->arena, "token=%064d&once=%032d", 7, 1);
    const Str keyless = str_print(matrix->arena, "token=%.*s", STR_ARGS(matrix->token));
    const Str twice = str_print(matrix->arena, "token=%.*s&token=%.*s&once=%032d", STR_ARGS(matrix->token),
                                STR_ARGS(matrix->token), 2);
    for (size_t at = 0; at < application.hooks.routes->count; at++) {
        const Route *route = &application.hooks.routes->items[at];
        const PathParts parts = path_make(matrix, route->pattern, &situations[WALKING], &situations[WALKING]);
        for (size_t actor = 0; route->is_post && parts.is_known && actor < ACTOR_COUNT; actor++) {
            assert_int_equal(ask(matrix, true, parts.path, actor, others).status, 403);
            assert_int_equal(ask(matrix, true, parts.path, actor, twice).status, 403);
            assert_int_equal(ask(matrix, true, parts.path, actor, STR("")).status, 403);
            const HttpAnswer answer = ask(matrix, true, parts.path, actor, keyless);
            assert_true(is_refused(&answer) && answer.status < 500);
        }
    }
    assert_false(access_world_is_changed(matrix->world));
}

/* The proof of "nothing changed" must be able to see a change. */
static void test_change_is_seen(void **state) {
    Matrix *matrix = *state;
    assert_false(access_world_is_changed(matrix->world));
    Tx *tx = tx_begin(matrix->db);
    account_person_change(tx, (PersonId){11}, STR("Nadja"), LANG_EN);
    tx_commit(tx);
    assert_true(access_world_is_changed(matrix->world));
    access_world_restore(matrix->world);
    assert_false(access_world_is_changed(matrix->world));
    Person person;
    db_begin_read(matrix->db);
    assert_true(account_person_find(&matrix->scope, (PersonId){11}, &person));
    db_end_read(matrix->db);
    assert_true(str_equal(person.called, STR("Nadia")));
}

/* ---- the world ---- */

static int64_t first_item(Matrix *matrix, ProgramId program) {
    const ListItems items = program_items(&matrix->scope, program, LIST_EXPERIENCE);
    assert_true(items.count > 0);
    return items.items[0].id.value;
}

static void sessions_start(Matrix *matrix) {
    const Str visit = str_print(matrix->arena, "visit=%064d", 5);
    Tx *tx = tx_begin(matrix->db);
    for (size_t at = 0; at < ACTOR_COUNT; at++) {
        matrix->cookies[at] = visit;
        if (actors[at].person != 0) {
            const Str token = session_start(&matrix->scope, tx, &(SignedIn){.person = {actors[at].person}});
            matrix->cookies[at] =
                str_print(matrix->arena, "session=%.*s; %.*s", STR_ARGS(token), STR_ARGS(visit));
            SessionFound found;
            assert_true(session_find(matrix->db, matrix->arena, matrix->scope.now, token, &found));
            matrix->sessions[at] = found.id.value;
        }
    }
    tx_commit(tx);
}

/* Every page of ours holds a form, and so the browser's token. */
static void token_read(Matrix *matrix) {
    const HttpAnswer answer = ask(matrix, false, STR("/sign-in"), 0, STR(""));
    const char *page = str_c(matrix->arena, answer.body);
    const char *at = strstr(page, "name=\"token\" value=\"");
    assert_non_null(at);
    matrix->token = str_part(str_of(at + strlen("name=\"token\" value=\"")), 0, 64);
}

static int matrix_open(void **state) {
    crypto_start();
    log_set_least(LOG_WARNING);
    (void)program_main(1, (char *[]){(char[]){"beenthere"}, NULL});
    Matrix *matrix = calloc(1, sizeof *matrix);
    assert_non_null(matrix);
    matrix->arena = arena_new((size_t)512 << 20);
    matrix->db = test_database_open(matrix->arena, &matrix->url);
    matrix->random = random_seeded(7);
    matrix->config = (Config){.database = matrix->url, .origin = STR("https://support.example.org")};
    matrix->scope = (Scope){.arena = matrix->arena,
                            .db = matrix->db,
                            .random = &matrix->random,
                            .now = time_now(),
                            .zone = zone_find(STR("UTC")),
                            .config = &matrix->config};
    Tx *tx = tx_begin(matrix->db);
    matrix->programs[0] =
        program_add(&matrix->scope, tx, STR("river"), STR("River Families"), STR("America/New_York"));
    matrix->programs[1] =
        program_add(&matrix->scope, tx, STR("hill"), STR("Hill Families"), STR("America/Denver"));
    tx_commit(tx);
    matrix->world = access_world_new(&matrix->scope, matrix->url, matrix->programs[0], matrix->programs[1]);
    for (size_t at = 0; at < 2; at++) {
        matrix->items[at] = first_item(matrix, matrix->programs[at]);
    }
    sessions_start(matrix);
    access_world_keep(matrix->world);
    matrix->boundary = boundary_new(&matrix->config, &application.hooks, metrics_new(), limits_new(), 0);
    matrix->service = boundary_service(matrix->boundary);
    token_read(matrix);
    *state = matrix;
    return 0;
}

static int matrix_close(void **state) {
    Matrix *matrix = *state;
    boundary_free(matrix->boundary);
    access_world_free(matrix->world);
    test_database_close(matrix->db, matrix->url);
    arena_free(matrix->arena);
    free(matrix);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_change_is_seen),
        cmocka_unit_test(test_forms_of_others),
        cmocka_unit_test(test_matrix),
    };
    return cmocka_run_group_tests(tests, matrix_open, matrix_close);
}
