/* SPDX-License-Identifier: Apache-2.0 */
/* The audit's key and its checkpoints on a disk that fails, in files that are odd, and after a crash. */
#include "test/unit.h"

#include "platform/chain/chain_files.h"
#include "platform/crypto/crypto.h"
#include "test/folder.h"
#include "test/refuse.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena *arena;
static Config config;
static char folder[FOLDER_MOST];

static int set_up(void **state) {
    (void)state;
    crypto_start();
    arena = arena_new(SIZE_MAX);
    folder_make(folder);
    config = (Config){.data = str_of(folder)};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    folder_end(folder);
    arena_free(arena);
    return 0;
}

static const char *path_of(const char *name) {
    return str_c(arena, str_print(arena, "%s/%s", folder, name));
}

static void file_put(const char *path, Str bytes) {
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes.at, bytes.length), bytes.length);
    assert_int_equal(close(file), 0);
}

/* ---- the key ---- */

typedef struct Seed {
    unsigned char bytes[CHAIN_SEED];
} Seed;

static void seed_get(void *context) {
    Seed *seed = context;
    chain_seed(arena, &config, seed->bytes);
}

static void assert_no_seed(const char *call, int let, int error, const char *why_part) {
    Seed seed;
    refuse(call, let, error);
    ASSERT_FAILS(seed_get, &seed, FAIL_IO, why_part);
    assert_true(refuse_has_happened());
}

static void test_a_key_is_made_once(void **state) {
    (void)state;
    Seed one, other;
    seed_get(&one);
    seed_get(&other);
    assert_memory_equal(&one, &other, sizeof one);
    struct stat about;
    assert_int_equal(stat(path_of("audit.key"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

/* No half of a key stays behind, and the next try makes one. */
static void test_a_key_on_a_failing_disk(void **state) {
    (void)state;
    assert_no_seed("open", 1, ENOSPC, "cannot write");
    assert_no_seed("write", 0, ENOSPC, "cannot write");
    assert_no_seed("fsync", 0, EIO, "cannot write");
    assert_no_seed("link", 0, EIO, "cannot write");
    assert_int_equal(access(path_of("audit.key"), F_OK), -1);
    Seed one;
    refuse("link", 0, EEXIST); /* another process was first; here it is gone again at once */
    ASSERT_FAILS(seed_get, &one, FAIL_IO, "cannot write");
    assert_true(refuse_has_happened());
    seed_get(&one);
    /* Made, but nobody knows for how long. */
    assert_int_equal(unlink(path_of("audit.key")), 0);
    assert_no_seed("open", 2, EMFILE, "cannot write");
    assert_int_equal(unlink(path_of("audit.key")), 0);
    assert_no_seed("fsync", 1, EIO, "cannot write");
}

static void test_a_key_that_cannot_be_read(void **state) {
    (void)state;
    Seed seed;
    seed_get(&seed);
    assert_no_seed("open", 0, EACCES, "that can be read");
    assert_no_seed("read", 0, EIO, "that can be read");
    assert_no_seed("read", 1, EIO, "that can be read");
    assert_no_seed("fstat", 0, EIO, "chmod 600");
    assert_int_equal(chmod(path_of("audit.key"), 0644), 0);
    ASSERT_FAILS(seed_get, &seed, FAIL_IO, "chmod 600");
    assert_int_equal(chmod(path_of("audit.key"), 0600), 0);
    file_put(path_of("audit.key"), STR("thirty-two bytes and one more byte"));
    ASSERT_FAILS(seed_get, &seed, FAIL_IO, "not a key of 32 bytes");
}

/* ---- the checkpoints ---- */

static Str line_of(int64_t number) {
    static const unsigned char seed[CHAIN_SEED] = {7};
    Checkpoint checkpoint = {.number = number, .seq = 10 * number, .at = {INT64_C(1772636400000000)}};
    char *line = arena_get(arena, CHAIN_LINE);
    return (Str){.at = line, .length = checkpoint_write(&checkpoint, seed, line)};
}

static void line_add(void *context) {
    checkpoints_add(arena, checkpoints_folder(arena, &config), line_of(*(const int64_t *)context));
}

/* The number of the last whole line; 0: there is none. */
static int64_t number_now(void) {
    Checkpoint checkpoint;
    Str text;
    return checkpoints_last(arena, checkpoints_folder(arena, &config), &checkpoint, &text) ? checkpoint.number
                                                                                           : 0;
}

static void look(void *context) {
    *(int64_t *)context = number_now();
}

static void test_lines_come_back(void **state) {
    (void)state;
    assert_int_equal(number_now(), 0);
    for (int64_t number = 1; number <= 9; number++) {
        line_add(&number);
        assert_int_equal(number_now(), number);
    }
    const ChainPoints points = checkpoints_read(arena, checkpoints_folder(arena, &config));
    assert_int_equal(points.count, 9);
    /* The same by the file's own name, as somebody gives it who kept a copy. */
    const char *path = path_of("checkpoints/checkpoints.log");
    assert_int_equal(checkpoints_read(arena, str_of(path)).count, 9);
    assert_false(checkpoints_read(arena, str_of(path_of("nowhere"))).is_there);
    assert_true(checkpoints_reach(arena, str_of(path), 9));
    assert_false(checkpoints_reach(arena, str_of(path), 10)); /* after some waiting */
}

static void test_a_folder_of_their_own(void **state) {
    (void)state;
    config.checkpoints = str_of(path_of("kept apart"));
    const int64_t number = 1;
    line_add((void *)&number);
    assert_int_equal(access(path_of("kept apart/checkpoints.log"), F_OK), 0);
    assert_int_equal(number_now(), 1);
}

/* What stands in the file besides is no checkpoint, or a broken one. */
static void test_other_lines(void **state) {
    (void)state;
    const int64_t number = 4;
    line_add((void *)&number);
    const char *path = path_of("checkpoints/checkpoints.log");
    const Str good = line_of(5);
    const Str text = str_print(arena, "something else\n%.*s\n%.*s\n", STR_ARGS(good), 60, good.at);
    file_put(path, text);
    assert_int_equal(number_now(), 5);
    const ChainPoints points = checkpoints_read(arena, str_of(path));
    assert_int_equal(points.count, 2);
    assert_true(points.items[1].is_broken);
    assert_true(checkpoints_reach(arena, str_of(path), 5));
    file_put(path, str_print(arena, "%.*s\n", 60, good.at));
    assert_int_equal(number_now(), 0);
    file_put(path, STR("nothing of ours\n"));
    assert_int_equal(number_now(), 0);
}

/* Half a line of a crash is taken away before the next is added. */
static void test_half_a_line(void **state) {
    (void)state;
    int64_t number = 1;
    line_add(&number);
    const char *path = path_of("checkpoints/checkpoints.log");
    const Str half = line_of(2);
    file_put(path, str_print(arena, "%.*s\n%.*s", STR_ARGS(line_of(1)), 50, half.at));
    number = 2;
    refuse("ftruncate", 0, EIO);
    ASSERT_FAILS(line_add, &number, FAIL_IO, "cannot write");
    assert_true(refuse_has_happened());
    line_add(&number);
    assert_int_equal(checkpoints_read(arena, str_of(path)).count, 2);
    /* Nothing but half a line. */
    file_put(path, str_part(half, 0, 50));
    line_add(&number);
    assert_int_equal(checkpoints_read(arena, str_of(path)).count, 1);
}

static void assert_no_line(const char *call, int let, int error) {
    const int64_t number = 7;
    refuse(call, let, error);
    ASSERT_FAILS(line_add, (void *)&number, FAIL_IO, "cannot");
    assert_true(refuse_has_happened());
}

static void test_lines_on_a_failing_disk(void **state) {
    (void)state;
    assert_no_line("mkdir", 0, ENOSPC);
    assert_no_line("open", 0, ENOSPC);
    assert_no_line("write", 0, ENOSPC);
    assert_no_line("fsync", 0, EIO);
    assert_no_line("fsync", 1, EIO);
    assert_no_line("open", 1, EMFILE);
    int64_t seen = 0;
    refuse("fstat", 0, EIO);
    ASSERT_FAILS(look, &seen, FAIL_USAGE, "cannot be read");
    assert_true(refuse_has_happened());
    refuse("open", 0, EACCES);
    ASSERT_FAILS(look, &seen, FAIL_USAGE, "cannot be read");
    assert_true(refuse_has_happened());
    refuse("pread", 0, EIO);
    ASSERT_FAILS(look, &seen, FAIL_USAGE, "cannot be read");
    assert_true(refuse_has_happened());
    /* The file became shorter while it was read: what is there counts. */
    refuse("pread", 0, 0);
    look(&seen);
    assert_true(refuse_has_happened());
    assert_int_equal(seen, 0);
    look(&seen);
    assert_int_equal(seen, 7);
    /* The end cannot be looked at: nothing is cut off, the line is added. */
    const int64_t number = 8;
    refuse("pread", 0, EIO);
    line_add((void *)&number);
    assert_true(refuse_has_happened());
    assert_int_equal(number_now(), 8);
}

/* Whatever is missing while the file is read, it does not stay open. */
static void test_no_file_stays_open(void **state) {
    (void)state;
    const int64_t number = 1;
    line_add((void *)&number);
    const int files_open = refuse_files_open();
    bool is_done = false;
    for (size_t nth = 1; !is_done; nth++) {
        int64_t seen = 0;
        Fail why = {0};
        arena_fail_nth(nth);
        is_done = fail_catch(look, &seen, &why);
        arena_fail_nth(0);
        arena_reset(arena);
        assert_int_equal(refuse_files_open(), files_open);
    }
}

static void test_files_of_odd_kinds(void **state) {
    (void)state;
    const int64_t number = 1;
    line_add((void *)&number);
    const char *path = path_of("checkpoints/checkpoints.log");
    int64_t seen = 0;
    assert_int_equal(truncate(path, (off_t)300 << 20), 0); /* a hole */
    ASSERT_FAILS(look, &seen, FAIL_USAGE, "makes sense");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    ASSERT_FAILS(look, &seen, FAIL_USAGE, "makes sense");
}

int main(void) {
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(test_a_key_is_made_once),
        IN_A_FOLDER(test_a_key_on_a_failing_disk),
        IN_A_FOLDER(test_a_key_that_cannot_be_read),
        IN_A_FOLDER(test_lines_come_back),
        IN_A_FOLDER(test_a_folder_of_their_own),
        IN_A_FOLDER(test_other_lines),
        IN_A_FOLDER(test_half_a_line),
        IN_A_FOLDER(test_lines_on_a_failing_disk),
        IN_A_FOLDER(test_files_of_odd_kinds),
        IN_A_FOLDER(test_no_file_stays_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
