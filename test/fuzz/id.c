/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens of ids, words of addresses and paths from outside: what is taken is written back the same. */
// needs: src/platform/url.c
#include "platform/url.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 1024) {
        return 0;
    }
    const Str input = {.at = (const char *)data, .length = size};
    Arena *arena = arena_new(1 << 20);
    int64_t id = 0;
    if (url_read_id(input, &id)) {
        assert(id > 0);
        Buf buf = buf_new(arena, 64);
        url_add_id(&buf, id);
        assert(str_equal_ascii(buf_str(&buf), input));
    }
    const Url back = url_back(arena, input);
    assert(back.text.at[0] == '/' && !str_starts_with(back.text, STR("//")));
    assert(str_equal(back.text, input) || str_equal(back.text, STR("/")));
    const Url with = url_with(arena, back, STR("q"), input);
    for (size_t i = 0; i < with.text.length; i++) {
        assert(with.text.at[i] > ' ' && with.text.at[i] < 0x7F &&
               strchr("\"'<>&#\\", with.text.at[i]) == NULL);
    }
    assert(!str_contains(url_mailto(arena, input).text, STR("?")));
    (void)url_tel(arena, input);
    arena_free(arena);
    return 0;
}
