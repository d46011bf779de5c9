/* SPDX-License-Identifier: Apache-2.0 */
/* Kept answers: for a second, for exactly their key, and never more than there is room for. */
#include "test/unit.h"

#include "platform/http/kept.h"

static const Time START = {TIME_DAY};

static KeptAnswer answer_of(const char *body) {
    return (KeptAnswer){.pattern = "/", .fields = STR("X: y\r\n"), .body = str_of(body)};
}

static void assert_kept(const Kept *kept, KeptKey key, Time now, const char *body) {
    KeptAnswer found = {0};
    assert_true(kept_find(kept, &key, now, &found));
    assert_true(str_equal(found.body, str_of(body)));
    assert_true(str_equal(found.fields, STR("X: y\r\n")));
    assert_string_equal(found.pattern, "/");
}

static void assert_not_kept(const Kept *kept, KeptKey key, Time now) {
    KeptAnswer found = {0};
    assert_false(kept_find(kept, &key, now, &found));
}

static void test_kept_for_a_second(void **state) {
    (void)state;
    Kept *kept = kept_new();
    const KeptKey home = {.path = STR("/")};
    KeptAnswer answer = answer_of("hello");
    assert_not_kept(kept, home, START);
    kept_add(kept, &home, START, &answer);
    assert_kept(kept, home, START, "hello");
    assert_kept(kept, home, time_after(START, TIME_SECOND - 1), "hello");
    assert_not_kept(kept, home, time_after(START, TIME_SECOND));
    answer = answer_of("hello again");
    kept_add(kept, &home, time_after(START, TIME_SECOND), &answer);
    assert_kept(kept, home, time_after(START, TIME_SECOND), "hello again");
    kept_free(kept);
}

static void test_kept_for_its_key_only(void **state) {
    (void)state;
    Kept *kept = kept_new();
    const KeptAnswer answer = answer_of("hello");
    kept_add(kept, &(KeptKey){.path = STR("/a"), .lang = LANG_ES, .is_packed = true}, START, &answer);
    assert_kept(kept, (KeptKey){.path = STR("/a"), .lang = LANG_ES, .is_packed = true}, START, "hello");
    assert_not_kept(kept, (KeptKey){.path = STR("/"), .lang = LANG_ES, .is_packed = true}, START);
    assert_not_kept(kept, (KeptKey){.path = STR("/a"), .lang = LANG_EN, .is_packed = true}, START);
    assert_not_kept(kept, (KeptKey){.path = STR("/a"), .lang = LANG_ES, .is_packed = false}, START);
    kept_free(kept);
}

static void test_the_oldest_makes_room(void **state) {
    (void)state;
    Kept *kept = kept_new();
    const KeptAnswer answer = answer_of("hello");
    char paths[KEPT_ANSWERS + 1][8];
    for (int at = 0; at <= KEPT_ANSWERS; at++) {
        snprintf(paths[at], sizeof paths[at], "/%d", at);
        kept_add(kept, &(KeptKey){.path = str_of(paths[at])}, time_after(START, at), &answer);
    }
    assert_not_kept(kept, (KeptKey){.path = STR("/0")}, START);
    for (int at = 1; at <= KEPT_ANSWERS; at++) {
        assert_kept(kept, (KeptKey){.path = str_of(paths[at])}, time_after(START, at), "hello");
    }
    kept_free(kept);
}

static void test_what_is_too_long_is_let_go(void **state) {
    (void)state;
    static char page[KEPT_MOST_BYTES];
    memset(page, 'x', sizeof page);
    Kept *kept = kept_new();
    KeptAnswer answer = {.pattern = "/", .fields = STR(""), .body = {.at = page, .length = sizeof page}};
    kept_add(kept, &(KeptKey){.path = STR("/")}, START, &answer);
    assert_not_kept(kept, (KeptKey){.path = STR("/")}, START);
    answer.body.length--;
    kept_add(kept, &(KeptKey){.path = STR("/")}, START, &answer);
    KeptAnswer found = {0};
    assert_true(kept_find(kept, &(KeptKey){.path = STR("/")}, START, &found));
    assert_true(str_equal(found.body, answer.body));
    kept_free(kept);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept_for_a_second),
        cmocka_unit_test(test_kept_for_its_key_only),
        cmocka_unit_test(test_the_oldest_makes_room),
        cmocka_unit_test(test_what_is_too_long_is_let_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
