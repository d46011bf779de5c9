/* SPDX-License-Identifier: Apache-2.0 */
/* What cannot be recorded is not shown, and not done: every route by the people who may, with an audit
 * that takes no more rows. Routes, people and rows are those of the access matrix. */
#define ACCESS_WORLD_ONLY
#include "test/access/matrix.c"

static void test_unrecorded(void **state) {
    Matrix *matrix = *state;
    static const size_t who[] = {2, 3, 6, 8, COORDINATOR};
    AccessAudited audited;
    int stopped = 0;
    log_set_least((LogLevel)(LOG_ERROR + 1));
    for (size_t at = 0; at < application.hooks.routes->count; at++) {
        const Route *route = &application.hooks.routes->items[at];
        const PathParts parts = path_make(matrix, route->pattern, &situations[WALKING], &situations[WALKING]);
        for (size_t index = 0; parts.is_known && index < sizeof who / sizeof who[0]; index++) {
            const size_t actor = who[index];
            access_world_audit(matrix->world, route->name, actors[actor].person, &audited);
            const HttpAnswer well =
                ask(matrix, route->is_post, parts.path, actor, route->is_post ? form_body(matrix) : STR(""));
            const int status = well.status;
            access_world_audit(matrix->world, route->name, actors[actor].person, &audited);
            const int64_t rows = audited.rows[AUDIT_CHANGED] + audited.rows[AUDIT_READ] +
                                 audited.rows[AUDIT_REFUSED] + audited.others;
            access_world_restore(matrix->world);
            access_world_audit_stop(matrix->world, true);
            const HttpAnswer answer =
                ask(matrix, route->is_post, parts.path, actor, route->is_post ? form_body(matrix) : STR(""));
            if (answer.status != (rows > 0 ? 503 : status) ||
                (rows > 0 && str_contains(answer.body, STR("Somebody who listens")))) {
                fail_msg("%s %.*s by \"%s\": %d, where %lld rows could not be added", route->name,
                         STR_ARGS(parts.path), actors[actor].name, answer.status, (long long)rows);
            }
            stopped += rows > 0;
            access_world_audit_stop(matrix->world, false);
            if (rows > 0) {
                assert_false(access_world_is_changed(matrix->world));
            }
            access_world_restore(matrix->world);
        }
    }
    log_set_least(LOG_WARNING);
    assert_true(stopped > 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_unrecorded)};
    return cmocka_run_group_tests(tests, matrix_open, matrix_close);
}
