/* SPDX-License-Identifier: Apache-2.0 */
/* Paths, against a table of every kind of part: what is found must be written in the path. */
// needs: src/platform/http/route.c src/platform/url.c
#include "platform/http/route.h"
#include "platform/url.h"

#include <assert.h>

/* GET /  GET,POST /ask/{word}  GET /board/{id}  POST /board/{id}/take/{id} */
static const Route items[] = {
    {.pattern = "/", .name = "home"},
    {.pattern = "/ask/{step:Str}", .name = "ask"},
    {.pattern = "/ask/{step:Str}", .name = "answer", .is_post = true},
    {.pattern = "/board/{program:ProgramId}", .name = "board"},
    {.pattern = "/board/{program:ProgramId}/take/{person:PersonId}", .name = "take", .is_post = true},
};
#define WORD(text)                                                                                           \
    { .at = (text), .length = sizeof(text) - 1 }
static const RoutePlace places[] = {
    {.word = WORD(""), .first_child = 1, .child_count = 2, .get = 0, .post = -1},
    {.word = WORD("ask"), .argument = 3, .get = -1, .post = -1},
    {.word = WORD("board"), .argument = 4, .get = -1, .post = -1},
    {.word = WORD(""), .part = ROUTE_PART_WORD, .get = 1, .post = 2},
    {.word = WORD(""), .part = ROUTE_PART_ID, .first_child = 5, .child_count = 1, .get = 3, .post = -1},
    {.word = WORD("take"), .argument = 6, .get = -1, .post = -1},
    {.word = WORD(""), .part = ROUTE_PART_ID, .get = -1, .post = 4},
};
static const Routes routes = {.items = items, .count = 5, .places = places};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) {
        return 0;
    }
    const bool is_post = data[0] % 2 == 1;
    const Str path = {.at = (const char *)data + 1, .length = size - 1};
    const Route *route = NULL;
    RouteArguments arguments;
    if (route_find(&routes, is_post, path, &route, &arguments) != ROUTE_FOUND) {
        assert(route == NULL);
        return 0;
    }
    assert(route->is_post == is_post && arguments.count <= ROUTE_ARGUMENTS_MOST);
    /* Put the path together again out of the pattern and the arguments. */
    Arena *arena = arena_new(1 << 16);
    Buf buf = buf_new(arena, 4096);
    size_t next = 0;
    for (const char *at = route->pattern; *at != '\0'; at++) {
        if (*at != '{') {
            buf_add_char(&buf, *at);
            continue;
        }
        at = strchr(at, '}');
        if (arguments.items[next].id != 0) {
            url_add_id(&buf, arguments.items[next].id);
        } else {
            buf_add(&buf, arguments.items[next].word);
        }
        next++;
    }
    assert(next == arguments.count);
    assert(str_equal_ascii(buf_str(&buf), path));
    arena_free(arena);
    return 0;
}
