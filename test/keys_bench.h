/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of its own for the tests of the key file. Include test/unit.h first. */
#ifndef KEYS_BENCH_H
#define KEYS_BENCH_H

#include "base/log.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/keys.h"
#include "test/folder.h"

#include <fcntl.h>
#include <unistd.h>

typedef struct Bench {
    Arena *arena;
    char folder[FOLDER_MOST];
    KeysPlace place;
} Bench;

static inline void keys_bench_open(void *context) {
    keys_free(keys_open(*(KeysPlace *)context));
}

static inline void assert_not_opened(const Bench *bench, const char *why_part) {
    KeysPlace place = bench->place;
    Fail why = {0};
    assert_false(fail_catch(keys_bench_open, &place, &why));
    assert_int_equal(why.kind, FAIL_USAGE);
    if (strstr(why.message, why_part) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", why.message, why_part);
    }
}

static inline void file_put(const char *path, Str bytes) {
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes.at, bytes.length), bytes.length);
    close(file);
}

static inline const char *path_of(const Bench *bench) {
    return str_c(bench->arena, bench->place.path);
}

static inline void keys_bench_add(void *context) {
    (void)keys_add_generation(*(KeysPlace *)context);
}

static inline int keys_bench_begin(void **state) {
    static Bench bench;
    crypto_start();
    log_set_least(LOG_ERROR);
    bench.arena = arena_new(64 << 20);
    folder_make(bench.folder);
    bench.place = (KeysPlace){.path = str_print(bench.arena, "%s/keys", bench.folder), .lock = STR("")};
    *state = &bench;
    return 0;
}

static inline int keys_bench_end(void **state) {
    Bench *bench = *state;
    (void)unlink(str_c(bench->arena, str_print(bench->arena, "%s/keys.lock", bench->folder)));
    const int left = rmdir(bench->folder);
    arena_free(bench->arena);
    return left;
}

#endif
