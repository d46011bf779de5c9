/* SPDX-License-Identifier: Apache-2.0 */
/* What is handed to the text provider; and that without one nothing is. */
#include "test/unit.h"

#include "platform/sms/sms.h"

static void test_form(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    Config config = {.text_from = STR("+12065550100"), .text_url = STR("")};
    const Scope scope = {.arena = arena, .config = &config};
    assert_string_equal(str_c(arena, sms_form(&scope, STR("7875550103"),
                                              STR("Su c\xc3\xb3"
                                                  "digo es 1 & 2"))),
                        "To=%2B17875550103&From=%2B12065550100&Body=Su%20c%C3%B3digo%20es%201%20%26%202");
    assert_true(str_starts_with(sms_form(&scope, STR("+34600000000"), STR("")), STR("To=%2B34600000000&")));
    assert_true(str_starts_with(sms_form(&scope, STR("5550111"), STR("")), STR("To=5550111&")));
    assert_false(sms_job_send(&scope, STR("7875550103\n1\nYour code")));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_form)};
    return cmocka_run_group_tests_name("sms", tests, NULL, NULL);
}
