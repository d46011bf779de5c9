/* SPDX-License-Identifier: Apache-2.0 */
/* The escaper against a slow reader of HTML, and how values look in text and in attributes. */
#include "test/unit.h"

#include "platform/html/html.h"

enum { ROUNDS = 20000 };

static int64_t in_utc(const Zone *zone, Time time) {
    (void)zone;
    (void)time;
    return 0;
}

static const Zone utc = {.offset_us = in_utc};

static Html page_new(Arena *arena, Random *random) {
    const Scope scope = {.arena = arena, .random = random, .lang = LANG_EN, .zone = &utc};
    return html_new(&scope, STR("00ff"));
}

static void check_page(Html *html, const char *expected) {
    buf_add_char(&html->out, '\0');
    assert_string_equal(html->out.bytes, expected);
    html->out.length = 0;
}

/* Reads escaped text back one character at a time; fails on anything raw. */
static size_t read_back(Str escaped, char *ret_bytes) {
    static const struct {
        const char *entity;
        char byte;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    size_t length = 0;
    for (size_t at = 0; at < escaped.length;) {
        assert_null(memchr("<>\"'", escaped.at[at], 4));
        if (escaped.at[at] != '&') {
            ret_bytes[length++] = escaped.at[at++];
            continue;
        }
        size_t found = 0;
        while (found < 5 && !str_starts_with(str_part(escaped, at, 8), str_of(entities[found].entity))) {
            found++;
        }
        assert_true(found < 5);
        ret_bytes[length++] = entities[found].byte;
        at += strlen(entities[found].entity);
    }
    return length;
}

static void test_escaper(void **state) {
    (void)state;
    Arena *arena = arena_new(8 << 20);
    Random random = random_seeded(3);
    for (int round = 0; round < ROUNDS; round++) {
        char bytes[64];
        const size_t length = random_below(&random, sizeof bytes);
        for (size_t i = 0; i < length; i++) {
            /* Every second byte is one of the dangerous ones. */
            bytes[i] = random_below(&random, 2) == 0 ? "<>&\"';#amplt"[random_below(&random, 12)]
                                                     : (char)(1 + random_below(&random, 127));
        }
        Html html = page_new(arena, &random);
        html_write_escaped(&html, (Str){.at = bytes, .length = length});
        char back[64 * 6];
        assert_int_equal(read_back(buf_str(&html.out), back), length);
        assert_memory_equal(back, bytes, length);
        arena_reset(arena);
    }
    arena_free(arena);
}

static void test_values(void **state) {
    (void)state;
    Arena *arena = arena_new(8 << 20);
    Random random = random_seeded(4);
    Html html = page_new(arena, &random);
    HTML_TEXT(&html, STR("a<b & 'c'"));
    check_page(&html, "a&lt;b &amp; &#39;c&#39;");
    HTML_TEXT(&html, 1234567);
    check_page(&html, "1,234,567");
    HTML_TEXT(&html, (size_t)1000);
    check_page(&html, "1,000");
    HTML_ATTRIBUTE(&html, INT64_C(-1234567));
    check_page(&html, "-1234567");
    HTML_ATTRIBUTE(&html, ((PersonId){1}));
    check_page(&html, "0000000000001");
    HTML_QUERY(&html, STR("a b&c=\"<"));
    check_page(&html, "a%20b%26c%3D%22%3C");
    HTML_URL(&html, ((Url){STR("/a?b=c&d=e")}));
    check_page(&html, "/a?b=c&amp;d=e");
    HTML_TEXT(&html, ((Date){.year = 2026, .month = 8, .day = 3}));
    check_page(&html, "<time datetime=\"2026-08-03\">Aug 3, 2026</time>");
    HTML_TEXT(&html, ((Time){(calendar_days(2026, 8, 3) * 86400 + 14 * 3600 + 900) * TIME_SECOND}));
    check_page(&html, "<time datetime=\"2026-08-03T14:15:00Z\">Aug 3, 2026, 2:15 pm</time>");
    html_text_span(&html, 3 * TIME_DAY);
    check_page(&html, "3 days");
    html.words.lang = LANG_ES;
    HTML_PLAIN(&html, 2026);
    check_page(&html, "2026");
    const Text month = TEXT_TEXT_MONTH_8;
    HTML_TEXT(&html, month);
    check_page(&html, "agosto");
    arena_free(arena);
}

static void test_hidden_fields(void **state) {
    (void)state;
    Arena *arena = arena_new(8 << 20);
    Random random = random_seeded(5);
    Html html = page_new(arena, &random);
    html_write_form_hidden(&html);
    const Str start = STR(
        "<input type=\"hidden\" name=\"token\" value=\"00ff\"><input type=\"hidden\" name=\"once\" value=\"");
    assert_true(str_starts_with(buf_str(&html.out), start));
    assert_int_equal(html.out.length, start.length + 32 + 2);
    char first[32];
    memcpy(first, html.out.bytes + start.length, sizeof first);
    html.out.length = 0;
    html_write_form_hidden(&html);
    assert_memory_not_equal(html.out.bytes + start.length, first, sizeof first);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escaper),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_hidden_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
