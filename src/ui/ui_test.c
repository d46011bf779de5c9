/* SPDX-License-Identifier: Apache-2.0 */
/* Plain text as paragraphs and lists. */
#include "test/unit.h"

#include "ui/ui.h"

/* Written out: "p" a paragraph, "l" a line of a list, "/" between blocks. */
static void assert_blocks(const char *text, const char *wanted) {
    Arena *arena = arena_new((size_t)1 << 20);
    Blocks blocks = ui_blocks(arena, str_of(text));
    Buf shown = buf_new(arena, 4096);
    for (size_t at = 0; at < blocks.count; at++) {
        buf_add(&shown, at == 0 ? STR("") : STR("/"));
        for (size_t line = 0; line < blocks.items[at].lines.count; line++) {
            buf_add(&shown, blocks.items[at].is_list ? STR("l:") : STR("p:"));
            buf_add(&shown, blocks.items[at].lines.items[line]);
        }
    }
    assert_string_equal(str_c(arena, buf_str(&shown)), wanted);
    arena_free(arena);
}

static void test_blocks(void **state) {
    (void)state;
    assert_blocks("", "");
    assert_blocks("\n \n\n", "");
    assert_blocks("one", "p:one");
    assert_blocks("one\n\n two \n", "p:onep:two");
    assert_blocks("- a\n- b", "l:al:b");
    assert_blocks("We:\n- a\n\n- b\nand\n-c\n- ", "p:We:/l:al:b/p:andp:-cp:-");
    assert_blocks("- a\nmid\n- b", "l:a/p:mid/l:b");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_blocks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
