/* SPDX-License-Identifier: Apache-2.0 */
/* A compiled template, run: what reaches the reader, byte for byte, in both languages. */
#include "test/unit.h"

#include "probe_html.h"

static Html render(Arena *arena, Random *random, Lang lang, const Probe *probe) {
    const Scope scope = {.arena = arena, .random = random, .lang = lang};
    Html html = html_new(&scope, STR("00ff"));
    probe_page(&html, probe);
    buf_add_char(&html.out, '\0');
    return html;
}

/* Cuts the once-only key out, which is another each time. */
static void mask_once(char *page) {
    char *key = strstr(page, "name=\"once\" value=\"");
    assert_non_null(key);
    memset(key + strlen("name=\"once\" value=\""), '*', 32);
}

static void test_page(void **state) {
    (void)state;
    static const Str names[] = {{"Ana", 3}, {"a<b&c", 5}};
    Arena *arena = arena_new(1 << 20);
    Random random = random_seeded(6);
    Probe probe = {.said = STR("\n</textarea><script>\"'&"),
                   .count = 617,
                   .names = {.items = names, .count = 2},
                   .back = {STR("/x")},
                   .month = TEXT_TEXT_MONTH_8};
    Html html = render(arena, &random, LANG_EN, &probe);
    mask_once(html.out.bytes);
#define SAID "\n&lt;/textarea&gt;&lt;script&gt;&quot;&#39;&amp;"
    assert_string_equal(html.out.bytes,
                        "<!doctype html>\n<title>" SAID "</title>\n<main>\n"
                        "<p class=\"a many\" title=\"" SAID "\">" SAID ": 617</p>\n"
                        "<a href=\"/x\">Ana</a>\n"
                        "<a href=\"/x?q=a%3Cb%26c&amp;n=1\">a&lt;b&amp;c</a>\n"
                        "<p>English, 1,234 days, Aug</p>\n"
                        "<form method=\"post\" action=\"/x\">"
                        "<input type=\"hidden\" name=\"token\" value=\"00ff\">"
                        "<input type=\"hidden\" name=\"once\" value=\"********************************\">"
                        "<textarea name=\"t\">\n" SAID "</textarea></form>\n</main>\n");
    probe = (Probe){.said = STR("x"), .count = 0, .back = {STR("/")}, .month = TEXT_TEXT_MONTH_1};
    html = render(arena, &random, LANG_ES, &probe);
    assert_non_null(strstr(html.out.bytes,
                           "<p class=\"a one\" title=\"x\">x: 0</p>\n<p>Espa\xC3\xB1ol, 0 d\xC3\xAD"
                           "as, enero</p>\n"));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_page)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
