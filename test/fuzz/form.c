/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds bytes to the readers of forms: urlencoded, and multipart with the first line as its content type. */
// needs: src/platform/http/form_parse.c src/platform/http/multipart.c
#include "platform/http/multipart.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const Input *input) {
    for (size_t at = 0; at < input->count; at++) {
        assert(str_is_clean(input->pairs[at].name) && str_is_clean(input->pairs[at].value));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_new(16 * 1024 * 1024);
    const Str body = {.at = (const char *)data, .length = size};
    Input input = {0};
    if (form_parse_urlencoded(arena, body, &input)) {
        check(&input);
    }
    Str type = STR_NONE;
    Str rest = STR_NONE;
    input = (Input){0};
    if (str_cut(body, '\n', &type, &rest) && multipart_parse(arena, type, rest, &input)) {
        check(&input);
    }
    arena_free(arena);
    return 0;
}
