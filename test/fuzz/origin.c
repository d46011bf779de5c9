/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a host, an origin, a query that asks for another language, a way back, and a value that is
 * percent-encoded. */
// needs: src/platform/http/accept.c src/platform/http/form_parse.c src/platform/url.c
// needs: src/text/text.c BUILD/src/generated/texts.c
#include "platform/http/accept.h"
#include "platform/http/form.h"
#include "platform/http/multipart.h"
#include "platform/url.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ours, with or without a port, in any case of letters, and nothing else. */
static void check_host(Arena *arena, Str host) {
    static const char *const ours[] = {"support.example.org", "localhost", "127.0.0.1", "[::1]", NULL};
    const Config config = {
        .origin = STR("https://support.example.org"), .listen = STR("127.0.0.1:8080"), .is_secure = true};
    bool is_ours = false;
    for (size_t at = 0; ours[at] != NULL; at++) {
        const Str name = str_of(ours[at]);
        const Str rest = str_part(host, name.length, host.length);
        bool is_port = rest.length == 0 || rest.at[0] == ':';
        for (size_t digit = 1; digit < rest.length; digit++) {
            is_port = is_port && rest.at[digit] >= '0' && rest.at[digit] <= '9';
        }
        is_ours = is_ours || (is_port && str_equal_ascii(str_part(host, 0, name.length), name));
    }
    assert(accept_host(host, &config) == is_ours);
    const Head head = {.host = STR("localhost"), .origin = host, .sec_fetch_site = STR_NONE};
    const bool may = accept_origin(arena, &head, &config);
    assert(may == (str_is_none(host) || str_equal(host, STR("null")) ||
                   str_equal_ascii(host, STR("https://support.example.org")) ||
                   str_equal_ascii(host, STR("https://localhost"))));
}

/* What is encoded is plain, and is read back as it was. */
static void check_word(Arena *arena, Str word) {
    Buf query = buf_new(arena, 3 * word.length + 8);
    buf_add(&query, STR("a="));
    url_add_word(&query, word);
    const Str text = buf_str(&query);
    for (size_t at = 2; at < text.length; at++) {
        assert(text.at[at] > ' ' && text.at[at] < 0x7f && strchr("\"'<>&=#?/\\", text.at[at]) == NULL);
    }
    Input input = {0};
    if (str_is_clean(word)) {
        assert(form_parse_urlencoded(arena, text, &input));
        assert(input.count == 1 && str_equal(input.pairs[0].value, word));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_new(16 << 20);
    const Str bytes = {.at = (const char *)data, .length = size};
    check_host(arena, bytes);
    check_word(arena, bytes);
    const Str back = url_back(arena, bytes).text;
    assert(back.length > 0 && back.at[0] == '/' && !str_starts_with(back, STR("//")));
    Lang lang = LANG_EN;
    Str address = STR_NONE;
    if (accept_lang_asked(arena, STR("/page"), bytes, &lang, &address)) {
        assert(lang < LANG_COUNT && str_starts_with(address, STR("/page")));
    }
    arena_free(arena);
    return 0;
}
