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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_document, arena_begin, arena_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
