/* SPDX-License-Identifier: Apache-2.0 */
/* Browsers are named as people know them, and nothing of what they send shows through. */
#include "test/unit.h"

#include "platform/http/device.h"

static void test_names(void **state) {
    (void)state;
    static const struct {
        const char *line, *words;
    } rows[] = {
        {"Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0", "Firefox, Android"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 "
         "Safari/604.1",
         "Safari, iPhone"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 "
         "Edg/126.0",
         "Edge, Windows"},
        {"Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36",
         "Chrome, Chromebook"},
        {"curl/7.88 on Linux", "Linux"},
        {"Firefox", "Firefox"},
        {"<script>", ""},
        {"", ""},
    };
    Arena *arena = arena_new(1 << 16);
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        assert_string_equal(str_c(arena, device_words(arena, str_of(rows[at].line))), rows[at].words);
    }
    assert_string_equal(str_c(arena, device_words(arena, STR_NONE)), "");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
    return cmocka_run_group_tests_name("device", tests, NULL, NULL);
}
