/* SPDX-License-Identifier: Apache-2.0 */
/* Every route, present and future, with the world breaking under it: the Nth statement, the Nth allocation.
 *
 * The routes, people and rows are those of the access matrix. Each form is sent as its page offers it, filled
 * in. For a request that somebody may make, the Nth statement fails, for N = 1, 2, 3... until the request no
 * longer has that many; then allocations, some of them. Whatever is answered must be what is answered in a
 * whole world, or a plain page of 5xx, and in that case nothing may have been changed. Nothing may crash.
 *
 * Signing in, the ways to do so, sessions, what is shared and signed, and emergencies are tried in every run:
 * all statements, and allocations as above. Of the others TORTURE_SECONDS is how long to go on, over the
 * requests in an order that the day draws (TORTURE_SEED draws it again); 0 is all of them with every
 * statement and every allocation: script/test --long.
 */
#define ACCESS_WORLD_ONLY
#include "test/access/matrix.c"

#include "platform/crypto/passphrase.h"
#include "platform/db/db_engine.h"
#include "platform/http/request_parts.h"
#include "test/access/forms.h"

enum { SECONDS_DEFAULT = 8, ALLOCATIONS_MOST = 100000, REFUSALS_ONE_IN = 40 };

typedef struct Case {
    const Route *route;
    size_t situation;
    size_t actor;
    Str path;
    Str pairs; /* of the form, as forms_fill() gives them; empty for a page */
} Case;

/* The forms that somebody finds on the pages about one situation. */
typedef struct Found {
    bool is_read;
    FilledForm *forms;
    size_t count;
} Found;

enum { FORMS_MOST = 512 };

typedef struct Torture {
    Matrix *matrix;
    Found found[SITUATION_COUNT][ACTOR_COUNT];
    bool is_whole; /* no sampling */
    Random random;
    size_t asked;
    int64_t faults, refusals, passed;
} Torture;

/* What is sent: a form has a once-only key that was never used. */
static Str case_body(Torture *torture, const Case *one) {
    Matrix *matrix = torture->matrix;
    return one->route->is_post
               ? str_print(matrix->arena, "%.*s%.*s", STR_ARGS(form_body(matrix)), STR_ARGS(one->pairs))
               : STR("");
}

static HttpAnswer case_ask(Torture *torture, const Case *one, Str body) {
    return ask(torture->matrix, one->route->is_post, one->path, one->actor, body);
}

static void mend(Torture *torture) {
    if (access_world_is_changed(torture->matrix->world)) {
        access_world_restore(torture->matrix->world);
    }
}

/* ---- what there is to ask ---- */

/* Looks at all pages about this situation that this actor may see. */
static Found *forms_of(Torture *torture, size_t situation, size_t actor) {
    Matrix *matrix = torture->matrix;
    const Routes *routes = application.hooks.routes;
    Found *found = &torture->found[situation][actor];
    if (found->is_read) {
        return found;
    }
    *found = (Found){.is_read = true, .forms = NEW_MANY(matrix->arena, FORMS_MOST, FilledForm)};
    for (size_t index = 0; index < routes->count; index++) {
        const Route *route = &routes->items[index];
        const PathParts parts =
            path_make(matrix, route->pattern, &situations[situation], &situations[situation]);
        if (route->is_post || !parts.is_known) {
            continue;
        }
        const Case page = {.route = route, .actor = actor, .path = parts.path};
        const HttpAnswer answer = case_ask(torture, &page, STR(""));
        FilledForms forms;
        forms_fill(matrix->arena, answer.status == 200 ? str_copy(matrix->arena, answer.body) : STR(""),
                   &forms);
        for (size_t at = 0; at < forms.count && found->count < FORMS_MOST; at++) {
            found->forms[found->count++] = forms.items[at];
        }
    }
    return found;
}

/* The longest one that is sent there: the page itself rather than a button that leads to it. */
static Str pairs_of(Torture *torture, Str path, size_t situation, size_t actor) {
    const Found *found = forms_of(torture, situation, actor);
    Str pairs = STR("");
    for (size_t at = 0; at < found->count; at++) {
        if (str_equal(found->forms[at].action, path) && found->forms[at].body.length > pairs.length) {
            pairs = found->forms[at].body;
        }
    }
    return pairs;
}

/* A request of this situation, by this actor; false when there is none or a whole world refuses it, but for a
 * few of those. *ret_whole is then how it is answered. */
static bool case_find(Torture *torture, const Route *route, size_t situation, size_t actor, Case *ret_case,
                      int *ret_whole) {
    const PathParts parts =
        path_make(torture->matrix, route->pattern, &situations[situation], &situations[situation]);
    if (!parts.is_known || (parts.ids == 0 && situation != 0)) {
        return false;
    }
    *ret_case = (Case){.route = route, .situation = situation, .actor = actor, .path = parts.path};
    HttpAnswer answer = case_ask(torture, ret_case, case_body(torture, ret_case));
    mend(torture);
    if (is_refused(&answer) && answer.status != 422) {
        *ret_whole = answer.status;
        return torture->asked++ % REFUSALS_ONE_IN == 0;
    }
    if (route->is_post) {
        ret_case->pairs = pairs_of(torture, parts.path, situation, actor);
        answer = case_ask(torture, ret_case, case_body(torture, ret_case));
        mend(torture);
    }
    *ret_whole = answer.status;
    assert_true(answer.status < 500);
    return true;
}

/* ---- breaking it ---- */

static bool is_plain_sorry(const HttpAnswer *answer) {
    return answer->status >= 500 && answer->status <= 503 && answer->body.length > 0 &&
           str_contains(answer->fields, STR("Content-Security-Policy: default-src 'none'")) &&
           str_contains(answer->fields, STR("Cache-Control: no-store"));
}

/* Holds the answer of a broken world against that of a whole one, and mends the database. */
static void answer_check(Torture *torture, const Case *one, const HttpAnswer *answer, int whole,
                         const char *what, int64_t nth) {
    const bool is_changed = access_world_is_changed(torture->matrix->world);
    if (answer->status != whole && !is_plain_sorry(answer)) {
        fail_msg("%s %.*s by %s is answered %d when %s %lld fails, not %d or a plain 5xx",
                 one->route->is_post ? "POST" : "GET", STR_ARGS(one->path), actors[one->actor].name,
                 answer->status, what, (long long)nth, whole);
    }
    if (answer->status >= 500 && is_changed) {
        fail_msg("%s %.*s by %s is answered %d when %s %lld fails, and has changed something",
                 one->route->is_post ? "POST" : "GET", STR_ARGS(one->path), actors[one->actor].name,
                 answer->status, what, (long long)nth);
    }
    torture->faults++;
    torture->refusals += answer->status >= 500;
    if (is_changed) {
        access_world_restore(torture->matrix->world);
    }
}

static void statements_fail(Torture *torture, const Case *one, int whole, FailKind kind) {
    Db *db = torture->matrix->boundary->db;
    for (int64_t nth = 1;; nth++) {
        const Str body = case_body(torture, one);
        db_fail_nth(db, nth, (int)kind);
        const HttpAnswer answer = case_ask(torture, one, body);
        const bool has_failed = db->fail_in == 0;
        db_fail_nth(db, 0, 0);
        answer_check(torture, one, &answer, whole, "statement", nth);
        if (!has_failed) {
            return;
        }
        if (kind == FAIL_RETRY && answer.status != whole) {
            fail_msg("%s %.*s by %s is answered %d although it was run again",
                     one->route->is_post ? "POST" : "GET", STR_ARGS(one->path), actors[one->actor].name,
                     answer.status);
        }
    }
}

/* All of them, or the first few and then ever fewer. */
static void allocations_fail(Torture *torture, const Case *one, int whole) {
    int passed = 0;
    for (size_t nth = 1; nth < ALLOCATIONS_MOST && passed < 3;) {
        const Str body = case_body(torture, one);
        arena_fail_nth(nth);
        const HttpAnswer answer = case_ask(torture, one, body);
        arena_fail_nth(0);
        answer_check(torture, one, &answer, whole, "allocation", (int64_t)nth);
        passed = answer.status == whole ? passed + 1 : 0;
        nth += torture->is_whole ? 1 : 1 + nth / 8 + (size_t)random_below(&torture->random, 1 + nth / 4);
    }
}

static void case_torture(Torture *torture, const Case *one, int whole) {
    statements_fail(torture, one, whole, FAIL_DATABASE);
    if (torture->is_whole || random_below(&torture->random, 4) == 0) {
        statements_fail(torture, one, whole, FAIL_RETRY);
    }
    allocations_fail(torture, one, whole);
    torture->passed++;
}

/* Which request is looked at when: all of them, in an order without any. */
static void numbers_shuffle(Torture *torture, size_t *numbers, size_t count) {
    for (size_t at = 0; at < count; at++) {
        numbers[at] = at;
    }
    for (size_t at = count; at > 1; at--) {
        const size_t other = (size_t)random_below(&torture->random, at);
        const size_t number = numbers[at - 1];
        numbers[at - 1] = numbers[other];
        numbers[other] = number;
    }
}

static int64_t number_of(const char *name, int64_t otherwise) {
    const char *text = getenv(name);
    int64_t number = otherwise;
    return text != NULL && str_to_int(str_of(text), 0, INT64_MAX, &number) ? number : otherwise;
}

static void test_torture(void **state) {
    Matrix *matrix = *state;
    const int64_t seconds = number_of("TORTURE_SECONDS", SECONDS_DEFAULT);
    const int64_t seed = number_of("TORTURE_SEED", time_now().us / TIME_DAY);
    log_set_least((LogLevel)(LOG_ERROR + 1)); /* each fault would have its line */
    Torture *torture = NEW(matrix->arena, Torture);
    *torture = (Torture){.matrix = matrix, .is_whole = seconds == 0, .random = random_seeded((uint64_t)seed)};
    const Routes *routes = application.hooks.routes;
    const size_t count = routes->count * SITUATION_COUNT * ACTOR_COUNT;
    size_t *numbers = NEW_MANY(matrix->arena, count, size_t);
    numbers_shuffle(torture, numbers, count);
    const Time end = time_after(time_monotonic(), seconds * TIME_SECOND);
    for (size_t at = 0; at < count && (seconds == 0 || time_is_before(time_monotonic(), end)); at++) {
        const Route *route = &routes->items[numbers[at] % routes->count];
        const size_t pair = numbers[at] / routes->count;
        Case one;
        int whole = 0;
        if (case_find(torture, route, pair / ACTOR_COUNT, pair % ACTOR_COUNT, &one, &whole)) {
            case_torture(torture, &one, whole);
        }
    }
    print_message("%lld requests, %lld faults, %lld answered by a plain 5xx (TORTURE_SEED=%lld)\n",
                  (long long)torture->passed, (long long)torture->faults, (long long)torture->refusals,
                  (long long)seed);
    assert_true(torture->passed > 0 && torture->refusals > torture->passed);
}

/* Forms about who somebody is: at the door, again, one's own ways, sessions and how long they last; and about
 * what is shared with whom, and who signs it. */
static bool is_about_trust(const Route *route) {
    static const char *const starts[] = {"sign_",           "prove_",    "way_",     "passkey_",
                                         "account_session", "leave_do",  "sharing_", "program_sign_",
                                         "signature_",      "signing_",  "consent_", "handover",
                                         "emergency_",      "guardian_", "card_"};
    if (!route->is_post) {
        return false;
    }
    for (size_t at = 0; at < sizeof starts / sizeof starts[0]; at++) {
        if (str_starts_with(str_of(route->name), str_of(starts[at]))) {
            return true;
        }
    }
    return false;
}

/* By the first who may send it. What nobody here has (a passphrase to take away) is tried in
 * features/proof/proof_fault_test.c. */
static void trust_torture(Torture *torture, const Route *route) {
    for (size_t pair = 0; pair < (size_t)SITUATION_COUNT * ACTOR_COUNT; pair++) {
        Case one;
        int whole = 0;
        if (case_find(torture, route, pair / ACTOR_COUNT, pair % ACTOR_COUNT, &one, &whole) &&
            (whole < 400 || whole == 422 || whole == 410)) { /* 410: a link that is over */
            case_torture(torture, &one, whole);
            return;
        }
    }
}

static void test_trust(void **state) {
    Matrix *matrix = *state;
    log_set_least((LogLevel)(LOG_ERROR + 1));
    Torture *torture = NEW(matrix->arena, Torture);
    *torture = (Torture){.matrix = matrix, .random = random_seeded(1)};
    const Routes *routes = application.hooks.routes;
    for (size_t at = 0; at < routes->count; at++) {
        if (is_about_trust(&routes->items[at])) {
            trust_torture(torture, &routes->items[at]);
        }
    }
    print_message("%lld forms about who somebody is and what is shared, %lld faults\n",
                  (long long)torture->passed, (long long)torture->faults);
    assert_true(torture->passed >= 20);
}

int main(void) {
    passphrase_test_cheaply();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_trust), cmocka_unit_test(test_torture)};
    return cmocka_run_group_tests(tests, matrix_open, matrix_close);
}
