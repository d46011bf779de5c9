/* SPDX-License-Identifier: Apache-2.0 */
/* What is handed to the text provider, and that without one nothing is; what it signs. */
#include "test/unit.h"

#include "platform/sms/sms.h"
#include "platform/sms/sms_signature.h"

static void test_form(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    Config config = {
        .text_from = STR("+12065550100"), .text_url = STR(""), .origin = STR("https://a.example")};
    const Scope scope = {.arena = arena, .config = &config};
    assert_string_equal(str_c(arena, sms_form(&scope, STR("7875550103"),
                                              STR("Su c\xc3\xb3"
                                                  "digo es 1 & 2"),
                                              STR(""))),
                        "To=%2B17875550103&From=%2B12065550100&Body=Su%20c%C3%B3digo%20es%201%20%26%202");
    assert_true(
        str_starts_with(sms_form(&scope, STR("+34600000000"), STR(""), STR("")), STR("To=%2B34600000000&")));
    assert_true(str_starts_with(sms_form(&scope, STR("5550111"), STR(""), STR("")), STR("To=5550111&")));
    assert_true(
        str_starts_with(sms_form(&scope, STR("34600000000"), STR(""), STR("")), STR("To=%2B34600000000&")));
    assert_true(str_ends_with(sms_form(&scope, STR("7875550103"), STR("x"), STR("/text/state/1")),
                              STR("&Body=x&StatusCallback=https%3A%2F%2Fa.example%2Ftext%2Fstate%2F1")));
    assert_int_equal(sms_job_send(&scope, STR("7875550103\n1\nYour code")), JOB_NOT_NOW);
    arena_free(arena);
}

/* The example of the provider's own documentation. */
static void test_signature(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    Pair pairs[] = {{STR("To"), STR("+18005551212")},     {STR("From"), STR("+12349013030")},
                    {STR("Digits"), STR("1234")},         {STR("CallSid"), STR("CA1234567890ABCDE")},
                    {STR("Caller"), STR("+12349013030")}, {STR("Digits"), STR("1234")}};
    const Str url = STR("https://mycompany.com/myapp.php?foo=1&bar=2");
    const Input input = {.pairs = pairs, .count = sizeof pairs / sizeof pairs[0]};
    assert_string_equal(str_c(arena, sms_signature(arena, STR("12345"), url, &input)),
                        "0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
    const Config config = {.data = STR("/nonexistent")};
    const Scope scope = {.arena = arena, .config = &config};
    assert_false(sms_is_signed(&scope, url, &input, sms_signature(arena, STR(""), url, &input)));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_form), cmocka_unit_test(test_signature)};
    return cmocka_run_group_tests_name("sms", tests, NULL, NULL);
}
