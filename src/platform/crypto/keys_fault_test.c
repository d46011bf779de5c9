/* SPDX-License-Identifier: Apache-2.0 */
/* The key file where the system fails, and odd files: what is said, and that nothing changes. */
#include "test/unit.h"

#include "test/keys_bench.h"
#include "platform/crypto/keys_inside.h"
#include "test/refuse.h"

#include <errno.h>
#include <sys/stat.h>

static void make_new(void *context) {
    (void)context;
    keys_free(keys_new());
}

static void test_no_memory_for_keys(void **state) {
    (void)state;
    refuse("sodium_malloc", 0, ENOMEM);
    ASSERT_FAILS(make_new, NULL, FAIL_MEMORY, "no memory left");
    assert_true(refuse_has_happened());
}

/* Nothing has changed, and the next try works. */
static void assert_refused(Bench *bench, const char *call, int let, int error, FailKind kind,
                           const char *why_part) {
    Keys *before = keys_open(bench->place);
    Fail why = {0};
    const int files_open = refuse_files_open();
    refuse(call, let, error);
    const bool is_done = fail_catch(keys_bench_add, &bench->place, &why);
    assert_true(refuse_has_happened());
    assert_false(is_done);
    assert_int_equal(refuse_files_open(), files_open);
    assert_int_equal(why.kind, kind);
    if (strstr(why.message, why_part) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", why.message, why_part);
    }
    Keys *after = keys_open(bench->place);
    assert_true(str_equal(keys_to_bytes(before, bench->arena), keys_to_bytes(after, bench->arena)));
    keys_free(before);
    keys_free(after);
}

static void test_a_failing_system_changes_nothing(void **state) {
    Bench *bench = *state;
    Keys *keys = keys_new();
    keys_write(keys, bench->place);
    assert_refused(bench, "flock", 0, ENOLCK, FAIL_USAGE, "cannot lock the key file");
    assert_refused(bench, "open", 1, EMFILE, FAIL_USAGE, "cannot read"); /* after that of the lock */
    assert_refused(bench, "fstat", 0, EIO, FAIL_USAGE, "cannot read");
    assert_refused(bench, "read", 0, EIO, FAIL_USAGE, "to its end");
    assert_refused(bench, "read", 0, 0, FAIL_USAGE, "to its end");
    assert_refused(bench, "sodium_malloc", 0, ENOMEM, FAIL_MEMORY, "no memory left");
    assert_refused(bench, "sodium_malloc", 2, ENOMEM, FAIL_MEMORY, "no memory left"); /* to write in */
    assert_refused(bench, "open", 2, EROFS, FAIL_USAGE, "nothing has changed");
    assert_refused(bench, "write", 0, ENOSPC, FAIL_USAGE, "nothing has changed");
    assert_refused(bench, "fsync", 0, EIO, FAIL_USAGE, "nothing has changed");
    assert_refused(bench, "rename", 0, EIO, FAIL_USAGE, "nothing has changed");
    assert_refused(bench, "close", 1, EIO, FAIL_USAGE, "nothing has changed"); /* after that of reading */
    keys_free(keys);
    assert_int_equal(unlink(path_of(bench)), 0);
}

/* The new file stands in its place, but nobody knows whether the folder would say so after a crash. */
static void test_a_folder_that_cannot_be_made_durable(void **state) {
    Bench *bench = *state;
    Keys *keys = keys_new();
    keys_write(keys, bench->place);
    refuse("fsync", 1, EIO);
    ASSERT_FAILS(keys_bench_add, &bench->place, FAIL_IO, "durable");
    assert_true(refuse_has_happened());
    refuse("open", 3, EMFILE); /* lock, reading, writing, folder */
    ASSERT_FAILS(keys_bench_add, &bench->place, FAIL_IO, "durable");
    assert_true(refuse_has_happened());
    refuse("write", 0, EINTR); /* this is no failure */
    assert_int_equal(keys_add_generation(bench->place), 4);
    assert_true(refuse_has_happened());
    keys_free(keys);
    assert_int_equal(unlink(path_of(bench)), 0);
}

static void test_files_of_odd_kinds(void **state) {
    Bench *bench = *state;
    file_put(path_of(bench), STR("abc"));
    assert_not_opened(bench, "it is no key file of this program");
    assert_int_equal(truncate(path_of(bench), (off_t)600 << 20), 0); /* a hole, no bytes on the disk */
    assert_not_opened(bench, "its size makes no sense");
    const Str path = bench->place.path;
    bench->place.path = str_print(bench->arena, "%.*s/keys", STR_ARGS(path));
    assert_not_opened(bench, "Not a directory");
    bench->place.path = path;
    assert_int_equal(unlink(path_of(bench)), 0);
}

/* A path without a folder is in the one that the process stands in. */
static void test_a_name_alone(void **state) {
    const Bench *bench = *state;
    const int here = open(".", O_RDONLY | O_DIRECTORY);
    assert_true(here >= 0);
    assert_int_equal(chdir(bench->folder), 0);
    Keys *keys = keys_new();
    const KeysPlace place = {.path = STR("keys"), .lock = STR("")};
    keys_write(keys, place);
    Keys *read = keys_open(place);
    assert_true(str_equal(keys_to_bytes(keys, bench->arena), keys_to_bytes(read, bench->arena)));
    assert_int_equal(fchdir(here), 0);
    close(here);
    keys_free(read);
    keys_free(keys);
    assert_int_equal(unlink(path_of(bench)), 0);
}

static void test_when_the_file_is_looked_at_again(void **state) {
    const Bench *bench = *state;
    Keys *memory = keys_new();
    assert_false(keys_refresh(memory, true)); /* there is no file to look at */
    keys_write(memory, bench->place);
    Keys *read = keys_open(bench->place);
    (void)keys_refresh(read, true);
    assert_false(keys_refresh(read, false)); /* a moment ago */
    read->looked_at = (Time){time_monotonic().us - 2 * TIME_SECOND};
    assert_false(keys_refresh(read, false)); /* time to look, and it is the same */
    assert_true(time_between(read->looked_at, time_monotonic()) < TIME_SECOND);
    /* The same size, in the same file, at another time. */
    Keys *other = keys_new();
    file_put(path_of(bench), keys_to_bytes(other, bench->arena));
    const struct timespec times[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    assert_int_equal(utimensat(AT_FDCWD, path_of(bench), times, 0), 0);
    assert_true(keys_refresh(read, true));
    assert_true(str_equal(keys_to_bytes(other, bench->arena), keys_to_bytes(read, bench->arena)));
    keys_free(other);
    keys_free(read);
    keys_free(memory);
    assert_int_equal(unlink(path_of(bench)), 0);
}

static void assert_no_memory(const Bench *bench, int let, FailWork *work) {
    KeysPlace place = bench->place;
    refuse("sodium_malloc", let, ENOMEM);
    ASSERT_FAILS(work, &place, FAIL_MEMORY, "no memory left");
    assert_true(refuse_has_happened());
}

static void test_bad_credentials(void **state) {
    Bench *bench = *state;
    const Str lock = str_print(bench->arena, "%s/lock", bench->folder);
    const char *lock_path = str_c(bench->arena, lock);
    file_put(lock_path, STR("a secret of systemd's"));
    Keys *keys = keys_new();
    bench->place.lock = lock;
    keys_write(keys, bench->place);
    const int files_open = refuse_files_open();
    refuse("fstat", 1, EIO); /* after that of the key file */
    assert_not_opened(bench, "cannot be read");
    assert_true(refuse_has_happened());
    refuse("read", 1, EIO);
    assert_not_opened(bench, "cannot be read");
    assert_true(refuse_has_happened());
    refuse("fstat", 2, EIO); /* key file and lock are read, then the lock again for writing */
    ASSERT_FAILS(keys_bench_add, &bench->place, FAIL_USAGE, "cannot be read");
    assert_true(refuse_has_happened());
    assert_no_memory(bench, 1, keys_bench_open); /* for what stands in the credential */
    assert_no_memory(bench, 2, keys_bench_open); /* for what was locked */
    assert_no_memory(bench, 6, keys_bench_add);  /* for what will be; the keys themselves took three */
    assert_no_memory(bench, 8, keys_bench_add);  /* for the same, locked */
    assert_int_equal(refuse_files_open(), files_open);
    file_put(lock_path, STR(""));
    assert_not_opened(bench, "cannot be read");
    assert_int_equal(truncate(lock_path, 100000), 0);
    assert_not_opened(bench, "cannot be read");
    bench->place.lock = STR("");
    keys_free(keys);
    assert_int_equal(unlink(path_of(bench)), 0);
    assert_int_equal(unlink(lock_path), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_failing_system_changes_nothing),
        cmocka_unit_test(test_a_folder_that_cannot_be_made_durable),
        cmocka_unit_test(test_files_of_odd_kinds),
        cmocka_unit_test(test_a_name_alone),
        cmocka_unit_test(test_when_the_file_is_looked_at_again),
        cmocka_unit_test(test_bad_credentials),
        cmocka_unit_test(test_no_memory_for_keys),
    };
    return cmocka_run_group_tests(tests, keys_bench_begin, keys_bench_end);
}
