/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of compressed pages: the same bytes come out again, and nothing is ever made larger. */
#include "test/unit.h"

#include "base/random.h"
#include "platform/http/compress.h"

#include <libdeflate.h>

typedef struct World {
    Arena *arena;
    Compressor *compressor;
} World;

static int begin(void **state) {
    static World world;
    world = (World){.arena = arena_new(1 << 20), .compressor = compressor_new()};
    *state = &world;
    return 0;
}

static int end(void **state) {
    World *world = *state;
    compressor_free(world->compressor);
    arena_free(world->arena);
    return 0;
}

static void same_bytes_come_out(void **state) {
    const World *world = *state;
    for (int lines = 10; lines < 500; lines += 83) {
        char *page = arena_get(world->arena, 500 * 40);
        size_t length = 0;
        for (int line = 0; line < lines; line++) {
            length += (size_t)snprintf(page + length, 40, "<li>Line %d of a page</li>\n", line);
        }
        const Str packed =
            compress_gzip(world->compressor, world->arena, (Str){.at = page, .length = length});
        if (lines == 10) { /* one packet */
            assert_true(str_is_none(packed));
            continue;
        }
        assert_true(packed.length < length / 2);
        char *again = arena_get(world->arena, length);
        size_t got = 0;
        struct libdeflate_decompressor *reader = libdeflate_alloc_decompressor();
        assert_int_equal(libdeflate_gzip_decompress(reader, packed.at, packed.length, again, length, &got),
                         LIBDEFLATE_SUCCESS);
        libdeflate_free_decompressor(reader);
        assert_int_equal(got, length);
        assert_memory_equal(again, page, length);
        arena_reset(world->arena);
    }
}

static void never_larger(void **state) {
    const World *world = *state;
    Random random = random_seeded(7);
    char noise[4096];
    random_bytes(&random, noise, sizeof noise);
    for (size_t length = 0; length < sizeof noise; length += 91) {
        const Str bytes = {.at = noise, .length = length};
        assert_true(str_is_none(compress_gzip(world->compressor, world->arena, bytes)));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(same_bytes_come_out, begin, end),
        cmocka_unit_test_setup_teardown(never_larger, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
