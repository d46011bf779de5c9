/* SPDX-License-Identifier: Apache-2.0 */
/* Documents: order, escaping, numbers, and that nothing is left behind when memory ends. */
#include "test/unit.h"

#include "platform/json/json.h"
#include "test/one_arena.h"

static void test_a_document(void **state) {
    (void)state;
    JsonNode *document = json_document(arena);
    json_put_str(document, "words", STR("\"Hope\" \\ \n\x01 \xc3\xb1"));
    json_put_str(document, "nothing", (Str){0});
    json_put_int(document, "most", INT64_MAX);
    json_put_bool(document, "is_open", false);
    JsonNode *list = json_put_list(document, "list");
    json_put_int(json_add_object(list), "number", -1);
    json_put_object(document, "empty");
    const Str text = json_text(arena, document);
    assert_true(
        str_equal(text, STR("{\n  \"words\": \"\\\"Hope\\\" \\\\ \\n\\u0001 \xc3\xb1\",\n"
                            "  \"nothing\": \"\",\n  \"most\": 9223372036854775807,\n"
                            "  \"is_open\": false,\n  \"list\": [\n    {\n      \"number\": -1\n    }\n"
                            "  ],\n  \"empty\": {}\n}")));
}

static void test_what_is_read(void **state) {
    (void)state;
    const JsonNode *read = json_read(
        arena, STR("{\"now\":17,\"half\":1.5,\"words\":\"\\u00f1\",\"list\":[[\"a\"],{\"b\":\"c\"},3]}"));
    assert_non_null(read);
    int64_t number = -1;
    assert_true(json_get_int(read, "now", 0, 17, &number));
    assert_int_equal(number, 17);
    number = -1;
    assert_false(json_get_int(read, "now", 0, 16, &number));
    assert_false(json_get_int(read, "now", 18, 20, &number));
    assert_false(json_get_int(read, "half", 0, 20, &number));
    assert_false(json_get_int(read, "words", 0, 20, &number));
    assert_int_equal(number, -1);
    assert_true(str_equal(json_get_str(read, "words"), STR("\xc3\xb1")));
    assert_true(str_is_none(json_get_str(read, "now")));
    const JsonNode *list = json_get_list(read, "list");
    assert_int_equal(json_count(list), 3);
    assert_true(str_equal(json_item_str(json_item_list(list, 0), 0), STR("a")));
    assert_true(str_equal(json_get_str(json_item_object(list, 1), "b"), STR("c")));
    assert_null(json_item_object(list, 0));
    assert_null(json_item_list(list, 1));
    assert_null(json_item_list(list, 7));
    assert_true(str_is_none(json_item_str(list, 2)));
    assert_null(json_get_list(read, "nothing"));
    assert_null(json_get_object(read, "list"));
    assert_null(json_get_object(NULL, "list"));
    assert_int_equal(json_count(NULL), 0);
}

static void test_what_is_no_document(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "[]",
                                        "3",
                                        "{",
                                        "{\"a\":1}}",
                                        "{\"a\":1,\"a\":2}",
                                        "{\"a\":\"\\u0000\"}",
                                        "{\"a\":\"\xff\"}",
                                        "{'a':1}"};
    for (size_t at = 0; at < sizeof texts / sizeof texts[0]; at++) {
        assert_null(json_read(arena, str_of(texts[at])));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_document, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(test_what_is_read, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(test_what_is_no_document, arena_begin, arena_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
