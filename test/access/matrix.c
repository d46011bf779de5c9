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
#include "features/audit/audit.h"
#include "features/access/proof.h"
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

enum { TABLE_MOST = 256 * 1024, CELL_WIDTH = 9, NAME_WIDTH = 12 };

/* ---- who asks, about what ---- */

typedef struct Actor {
    const char *name;
    int64_t person;  /* of world.sql; 0: nobody is signed in */
    unsigned proofs; /* shown for the session; 0: a link of the operator's */
} Actor;

static const Actor actors[] = {
    {"out", 0, 0},      /* nobody is signed in */
    {"other", 11, 0},   /* signed in, and has nothing to do with any of this */
    {"family", 12, 0},  /* walks with the giver */
    {"giver", 13, 0},   /* walks with the family */
    {"was-fam", 15, 0}, /* walked with was-giv, and asks for an information call now */
    {"was-giv", 14, 0}, /* walked with was-fam */
    {"asking", 16, 0},  /* has chosen, and waits for the invited one's answer */
    {"invited", 17, 0}, /* was chosen and has not answered */
    {"chooser", 18, 0}, /* has a shortlist to choose from */
    {"listed", 19, 0},  /* stands on that shortlist */
    {"coord", 20, 0},   /* coordinates the program of all these */
    {"c-else", 21, 0},  /* coordinates the other program */
    {"c-was", 22, 0},   /* coordinated this one until yesterday */
    {"f-else", 23, 0},  /* a family of the other program */
    {"leader", 25, 0},  /* leads the program of all these, and coordinates nothing */
    {"stopped", 26, 0}, /* walks with no-more, and has stopped sharing with them and with the coordinators */
    {"no-more", 27, 0}, /* walks with stopped, who shares nothing any more */
    {"c-mail", 20, PROOF_MAILBOX}, /* the coordinator, who has shown no more than a mailbox */
    {"rescuer", 28, 0},            /* opened stopped's record in an emergency, and was-fam's two days ago */
};
enum { ACTOR_COUNT = sizeof actors / sizeof actors[0], COORDINATOR = 10 };

/* Types of ids in paths. */
static const char *const kinds[] = {
    "ProgramId",   "RequestId",      "OfferId",   "InvitationId", "MatchId",     "ContactId",
    "CheckinId",   "ContactPointId", "SessionId", "ListItemId",   "PersonId",    "ImportBatchId",
    "ShortlistId", "RoundId",        "PolicyId",  "ConsentId",    "EmergencyId", "GuardianId"};
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
    {"walking", false, 2, {0, 101, 102, 104, 105, 106, 109, 107, 0, 0, 20, 111, 103, 112, 113, 115, 0, 0}},
    {"ended", false, 4, {0, 201, 202, 204, 205, 206, 209, 207, 0, 0, 15, 0, 203, 0, 0, 215, 216, 0}},
    {"invited", false, 6, {0, 301, 302, 304, 0, 0, 0, 307, 0, 0, 0, 0, 303, 0, 0, 315, 0, 0}},
    {"choosing", false, 8, {0, 401, 402, 0, 0, 0, 0, 407, 0, 0, 0, 0, 403, 0, 0, 414, 0, 417}},
    {"call", false, 0, {0, 601, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 614, 0, 0}},
    {"a family", false, 0, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0}},
    {"elsewhere", true, 13, {0, 501, 502, 504, 505, 506, 509, 507, 0, 0, 21, 511, 503, 512, 513, 515, 0, 0}},
    {"stopped", false, 15, {0, 701, 702, 704, 705, 706, 709, 707, 0, 0, 26, 0, 703, 112, 0, 715, 716, 0}},
};
enum { WALKING = 0, ELSEWHERE = 6, SITUATION_COUNT = sizeof situations / sizeof situations[0] };

/* Words for the {name:Str} parts of paths. */
static const char *const path_words[] = {
    "token",   "0123456789abcdef",
    "slug",    "river",
    "program", "river",
    "step",    "need",
    "list",    "experience",
    "key",     "welcome",
    "side",    "received",
    "state",   "ca",
    "code",    "k7m3-3qx9-tb2a-4fgh",
    "service", "peer",
    "secret",  ACCESS_WORLD_CALENDAR,
    NULL,      NULL,
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
    HttpHooks hooks;
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
        return str_contains(answer->fields, STR("Location: /sign-in?back")) ? STR("sign-in")
               : str_contains(answer->fields, STR("Location: /prove?back")) ? STR("prove")
                                                                            : STR("303");
    }
    text[0] = digits[answer->status / 100 % 10];
    text[1] = digits[answer->status / 10 % 10];
    text[2] = digits[answer->status % 10];
    return str_of(text);
}

/* The answer, and what it left in the audit: r for rows of reading, c for changes, x for being turned
 * away, each with how many when there are several; + when there are rows of a feature's own besides. */
static Str cell_audited(Matrix *matrix, const HttpAnswer *answer, const AccessAudited *audited) {
    static const char letters[ACCESS_OUTCOMES] = {'c', 'r', 'x'};
    Buf text = buf_new(matrix->arena, 64);
    buf_add(&text, cell(answer));
    for (int outcome = 0; outcome < ACCESS_OUTCOMES; outcome++) {
        if (audited->rows[outcome] > 0) {
            buf_add_char(&text, letters[outcome]);
        }
        if (audited->rows[outcome] > 1) {
            buf_add_int(&text, audited->rows[outcome]);
        }
    }
    if (audited->others > 0) {
        buf_add_char(&text, '+');
    }
    return buf_str(&text);
}

static bool is_refused(const HttpAnswer *answer) {
    return answer->status >= 400 || str_equal(cell(answer), STR("sign-in")) ||
           str_equal(cell(answer), STR("prove"));
}

/* ---- paths ---- */

typedef struct PathParts {
    int ids;       /* how many parts are ids */
    bool is_known; /* the situation has a row for each */
    Str path;
} PathParts;

static int64_t id_of(const Matrix *matrix, const Situation *situation, Str type) {
    if (str_equal(type, STR("PasskeyId"))) {
        const bool is_walking = situation == &situations[WALKING];
        return is_walking ? 114 : situation == &situations[ELSEWHERE] ? 514 : 0;
    }
    const int64_t last = str_equal(type, STR("RequestNoteId"))     ? 17
                         : str_equal(type, STR("ContactAnswerId")) ? 19
                         : str_equal(type, STR("PromiseId"))       ? 20
                         : str_equal(type, STR("GoalId"))          ? 21
                         : str_equal(type, STR("GoalStepId"))      ? 22
                         : str_equal(type, STR("GoalPracticeId"))  ? 35
                         : str_equal(type, STR("MeetingId"))       ? 23
                         : str_equal(type, STR("NoticeId"))        ? 24
                         : str_equal(type, STR("MessageId"))       ? 25
                         : str_equal(type, STR("HelpId"))          ? 24
                         : str_equal(type, STR("CircleMemberId"))  ? 26
                         : str_equal(type, STR("CaptureAsideId"))  ? 26
                         : str_equal(type, STR("NoteId"))          ? 27
                         : str_equal(type, STR("NoteBesideId"))    ? 28
                         : str_equal(type, STR("GoalProposalId"))  ? 29
                         : str_equal(type, STR("ToolboxCardId"))   ? 30
                         : str_equal(type, STR("HardBackupId"))    ? 30
                         : str_equal(type, STR("BridgeId"))        ? 33
                         : str_equal(type, STR("BridgeStepId"))    ? 34
                         : str_equal(type, STR("HandingId"))       ? 32
                         : str_equal(type, STR("CalloutId"))       ? 35
                         : str_equal(type, STR("SheetId"))         ? 29
                         : str_equal(type, STR("SheetStepId"))     ? 30
                         : str_equal(type, STR("SheetIdeaId"))     ? 31
                         : str_equal(type, STR("BarrierId"))       ? 32
                         : str_equal(type, STR("BarrierTryId"))    ? 33
                         : str_equal(type, STR("DocumentId"))      ? 34
                         : str_equal(type, STR("HopeId"))          ? 32
                         : str_equal(type, STR("HopeWishId"))      ? 33
                         : str_equal(type, STR("DebriefId"))       ? 31
                                                                   : 0;
    if (last != 0) {
        return situation == &situations[WALKING]     ? 100 + last
               : situation == &situations[ELSEWHERE] ? 500 + last
                                                     : 0;
    }
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

/* Of a family's consents the one that a page is about: what goes on paper has one of its own, numbered by the
 * request. */
static int64_t paper_of(const Situation *situation) {
    const int64_t request = situation->ids[1];
    return request == 101 || request == 201 || request == 501 || request == 701 ? request + 15 : 0;
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
        const Situation *of = parts.ids == 0 ? first : rest;
        const int64_t id = strstr(pattern, "/paper") != NULL ? paper_of(of) : id_of(matrix, of, type);
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
                       "there.\n# Behind the status: what the audit gained (r read, c change, x turned away, "
                       "+ a row of a "
                       "feature's own).\n#\n"));
    buf_print(table, "#%*s", NAME_WIDTH - 1, "");
    for (size_t actor = 0; actor < ACTOR_COUNT; actor++) {
        buf_print(table, " %-*s", CELL_WIDTH - 1, actors[actor].name);
    }
    line_end(table);
}

/* Does the table of rules let this actor do it? Asked beside the boundary. */
static bool rule_allows(Matrix *matrix, const Route *route, Str path, size_t actor, bool *ret_wants_proof) {
    const Route *found = NULL;
    RouteArguments arguments;
    assert_int_equal(route_find(application.hooks.routes, route->is_post, path, &found, &arguments),
                     ROUTE_FOUND);
    Scope scope = matrix->scope;
    scope.actor = (PersonId){actors[actor].person};
    scope.proofs = actors[actor].proofs != 0 ? actors[actor].proofs : PROOF_OPERATOR;
    scope.now = time_now();
    const int64_t object = route->object < 0 ? 0 : arguments.items[route->object].id;
    db_begin_read(scope.db);
    const bool allows = application.hooks.may(&scope, route->rule, object);
    *ret_wants_proof = !allows && application.hooks.wants_proof(&scope, route->rule, object);
    db_end_read(scope.db);
    return allows;
}

/* Holds or held a duty, and nothing in world.sql is about this person. */
static bool has_duty(int64_t person) {
    return (person >= 20 && person <= 22) || person == 25;
}

/* Whoever was turned away (and not only asked who this is), read what is another's, or changed something,
 * stands in the audit; whoever read what is their own does not. */
static void audit_check(const Route *route, Str path, size_t actor, bool is_allowed, bool wants_proof,
                        const HttpAnswer *answer, const AccessAudited *audited) {
    const AccessAction rule = (AccessAction)route->rule;
    const bool is_about_something = access_object(rule) != OBJECT_NONE;
    const bool is_shown = answer->status < 300;
    const bool wants_refusal = is_about_something && !is_allowed && !wants_proof;
    const bool may_be_read = !route->is_post && is_allowed && is_shown && access_shows_people(rule);
    const bool wants_change = route->is_post && is_allowed && answer->status < 400 && rule != ACCESS_PUBLIC;
    /* Those who hold a duty here own nothing but a page about themselves; of all others the golden file says
     * what is their own. */
    const bool must_be_read =
        may_be_read && has_duty(actors[actor].person) && access_object(rule) != OBJECT_CARD;
    if ((must_be_read && audited->rows[AUDIT_READ] == 0) ||
        (audited->rows[AUDIT_REFUSED] > 0) != wants_refusal ||
        (audited->rows[AUDIT_CHANGED] > 0) != wants_change ||
        (audited->rows[AUDIT_READ] > 0 && !may_be_read)) {
        fail_msg(
            "%s %.*s asked by \"%s\" is answered %d, and left %lld rows of change, %lld of reading, %lld of "
            "being turned away in the audit",
            route->is_post ? "POST" : "GET", STR_ARGS(path), actors[actor].name, answer->status,
            (long long)audited->rows[AUDIT_CHANGED], (long long)audited->rows[AUDIT_READ],
            (long long)audited->rows[AUDIT_REFUSED]);
    }
}

/* What did not show who somebody is leaves a count behind (features/account/sign_in_record.h). */
static bool counts_tries(const Route *route) {
    return route->limit == ROUTE_LIMIT_SIGN_IN;
}

static void row_write(Matrix *matrix, Buf *table, const Route *route, const char *name, Str path) {
    buf_print(table, "  %-*s", NAME_WIDTH - 2, name);
    for (size_t actor = 0; actor < ACTOR_COUNT; actor++) {
        bool wants_proof = false;
        const bool is_allowed = rule_allows(matrix, route, path, actor, &wants_proof);
        const HttpAnswer answer =
            ask(matrix, route->is_post, path, actor, route->is_post ? form_body(matrix) : STR(""));
        AccessAudited audited;
        access_world_audit(matrix->world, route->name, actors[actor].person, &audited);
        audit_check(route, path, actor, is_allowed, wants_proof, &answer, &audited);
        const Str shown = cell_audited(matrix, &answer, &audited);
        buf_print(table, " %-*.*s", CELL_WIDTH - 1, STR_ARGS(shown));
        if (answer.status >= 500) {
            fail_msg("%s %.*s asked by \"%s\" (%s) is answered %d", route->is_post ? "POST" : "GET",
                     STR_ARGS(path), actors[actor].name, name, answer.status);
        }
        if ((route->is_post || actor + 1 == ACTOR_COUNT) && access_world_is_changed(matrix->world)) {
            if (!route->is_post || (is_refused(&answer) && !counts_tries(route))) {
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
    AccessAudited of_before;
    access_world_audit(matrix->world, "", 0, &of_before);
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

/* Words of somebody, and the people who may find them on pages. */
typedef struct Marked {
    const char *words[2]; /* in lower case; NULL: no second one */
    int64_t people[4];    /* 0: no more */
    int told[32];         /* found, by person */
} Marked;

static bool may_be_told(const Marked *marked, int64_t person) {
    for (size_t at = 0; at < sizeof marked->people / sizeof marked->people[0]; at++) {
        if (marked->people[at] != 0 && marked->people[at] == person) {
            return true;
        }
    }
    return false;
}

static void page_searched(Str page, Str path, size_t actor, Marked *marked) {
    const int64_t person = actors[actor].person;
    for (size_t at = 0; at < 2 && marked->words[at] != NULL; at++) {
        const bool is_told = str_contains(page, str_of(marked->words[at])); /* in letters of either size */
        marked->told[person] += is_told;
        /* Who opened what is about oneself is one's own to know, whoever that was. */
        const bool has_openings =
            str_equal(path, STR("/me/openings")) || str_starts_with(path, STR("/me/life/"));
        if (is_told && !may_be_told(marked, person) && !has_openings) {
            fail_msg("GET %.*s tells \"%s\" of \"%s\"", STR_ARGS(path), actors[actor].name,
                     marked->words[at]);
        }
    }
}

static void page_asked(Matrix *matrix, Str path, size_t actor, Marked *marked, size_t count) {
    const Str page = str_lower_ascii(matrix->arena, ask(matrix, false, path, actor, STR("")).body);
    for (size_t at = 0; at < count; at++) {
        page_searched(page, path, actor, &marked[at]);
    }
}

/* Every page there is, asked by everybody. */
static void pages_searched(Matrix *matrix, Marked *marked, size_t count) {
    static const char *const sections[] = {"urgent",  "new",           "taken", "listed",
                                           "invited", "first-contact", "quiet", "check-ins",
                                           "free",    "full",          "paused"};
    for (size_t actor = 0; actor < ACTOR_COUNT; actor++) {
        for (size_t at = 0; at < application.hooks.routes->count; at++) {
            const Route *route = &application.hooks.routes->items[at];
            for (size_t row = 0; !route->is_post && row < SITUATION_COUNT; row++) {
                const PathParts parts = path_make(matrix, route->pattern, &situations[row], &situations[row]);
                if (parts.is_known && (parts.ids > 0 || row == 0)) {
                    page_asked(matrix, parts.path, actor, marked, count);
                }
            }
        }
        for (size_t at = 0; at < sizeof sections / sizeof sections[0]; at++) {
            Buf path = buf_new(matrix->arena, HEAD_MOST_TARGET);
            buf_add(&path, STR("/board/"));
            url_add_id(&path, matrix->programs[0].value);
            buf_print(&path, "/%s", sections[at]);
            page_asked(matrix, buf_str(&path), actor, marked, count);
        }
    }
}

/* Of a family that has stopped sharing nothing stands anywhere but on its own pages and, loudly, where its
 * record was opened in an emergency. What two other families keep (need, hopes, a note, an answer, a line of
 * the safety card) is on their own pages and on those of whoever walks with them: coordinators, leaders and
 * all others are given nothing of it. What a third leaves out of what it shares (how to reach it, notes, what
 * was said of the walk) is on its own pages alone, while its request is on its coordinators'. A farewell is
 * on the page of whoever wrote it, and on the other's only if that one wants it. */
static void test_marked_words_are_nowhere_else(void **state) {
    Marked marked[] = {{.words = {"zosia", "zebrawood"}, .people = {26, 28}},
                       {.words = {"tamarack"}, .people = {12, 13, 23, 24}},
                       {.words = {"mahogany"}, .people = {15}},
                       {.words = {"birch"}, .people = {14, 15}}};
    pages_searched(*state, marked, 4);
    const Marked *stopped = &marked[0], *kept = &marked[1], *left_out = &marked[2];
    assert_true(left_out->told[15] >= 3);
    assert_true(marked[3].told[14] > 0 && marked[3].told[15] > 0);
    assert_true(stopped->told[26] > 5 && stopped->told[28] > 0); /* they are there to be found */
    assert_true(kept->told[12] >= 4 && kept->told[13] >= 2 && kept->told[23] >= 4);
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
    /* Seen an hour from now: none is noted as seen again while this runs, however slow the machine is. */
    const Str visit = str_print(matrix->arena, "visit=%064d", 5);
    Tx *tx = tx_begin(matrix->db);
    for (size_t at = 0; at < ACTOR_COUNT; at++) {
        matrix->cookies[at] = visit;
        if (actors[at].person != 0) {
            const Str token = session_start(
                &matrix->scope, tx,
                &(SignedIn){.person = {actors[at].person},
                            .proofs = actors[at].proofs != 0 ? actors[at].proofs : PROOF_OPERATOR});
            matrix->cookies[at] =
                str_print(matrix->arena, "session=%.*s; %.*s", STR_ARGS(token), STR_ARGS(visit));
            SessionFound found;
            assert_true(session_find(matrix->db, matrix->arena, matrix->scope.now, token, &found));
            matrix->sessions[at] = found.id.value;
            session_seen(tx, found.id, time_after(matrix->scope.now, TIME_HOUR));
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

/* Everybody here has just shown who they are, however long all of this takes. */
static bool is_always_fresh(Scope *scope) {
    Scope just_now = *scope;
    just_now.proved_at = scope->now;
    return application.hooks.is_fresh(&just_now);
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
    matrix->config = (Config){.database = matrix->url,
                              .keys = test_keys_file(matrix->arena),
                              .origin = STR("https://support.example.org")};
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
    AccessAudited signed_in; /* rows of before, which no request has left */
    access_world_audit(matrix->world, "", 0, &signed_in);
    access_world_keep(matrix->world);
    matrix->hooks = application.hooks;
    matrix->hooks.is_fresh = is_always_fresh;
    matrix->boundary = boundary_new(&matrix->config, &matrix->hooks, metrics_new(), limits_new(), 0);
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
    (void)unlink(str_c(matrix->arena, matrix->config.keys.path));
    arena_free(matrix->arena);
    free(matrix);
    return 0;
}

#ifndef ACCESS_WORLD_ONLY /* torture.c and unrecorded.c have tests of their own in the same world */
int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_change_is_seen),
        cmocka_unit_test(test_forms_of_others),
        cmocka_unit_test(test_marked_words_are_nowhere_else),
        cmocka_unit_test(test_matrix),
    };
    return cmocka_run_group_tests(tests, matrix_open, matrix_close);
}
#endif
