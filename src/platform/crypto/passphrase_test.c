/* SPDX-License-Identifier: Apache-2.0 */
/* Passphrases fit their own hash and no other, cost the same for nobody, take turns, and are not common. */
#include "test/unit.h"

#include "common_passphrases.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/passphrase.h"
#include "test/refuse.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static Arena *arena;

static int open_arena(void **state) {
    (void)state;
    crypto_start();
    arena = arena_new(1 << 20);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static void start(void *context) {
    (void)context;
    passphrase_start();
}

/* Before there is anything to share; a server says so instead of starting. */
static void test_no_memory_to_share(void **state) {
    (void)state;
    refuse("memfd_create", 0, EMFILE);
    ASSERT_FAILS(start, NULL, FAIL_IO, "no memory to share");
    assert_true(refuse_has_happened());
    passphrase_start();
}

/* Once at the true cost: the text tells 256 MiB and three rounds. */
static void test_cost(void **state) {
    (void)state;
    const Str hash = passphrase_hash(arena, STR("purple boats sing"));
    assert_true(str_starts_with(hash, STR("$argon2id$v=19$m=262144,t=3,p=1$")));
    passphrase_test_cheaply();
}

static void test_fits_its_own(void **state) {
    (void)state;
    const Str words = STR("purple boats sing");
    const Str hash = passphrase_hash(arena, words);
    assert_true(passphrase_fits(arena, hash, words));
    assert_false(passphrase_fits(arena, hash, STR("purple boats sink")));
    assert_false(str_equal(hash, passphrase_hash(arena, words)));
}

static void test_nobody_costs_the_same(void **state) {
    (void)state;
    const Str hash = passphrase_hash(arena, STR("purple boats sing"));
    const int64_t before = passphrase_times();
    assert_false(passphrase_fits(arena, hash, STR("something else")));
    const int64_t known = passphrase_times() - before;
    assert_false(passphrase_fits(arena, STR_NONE, STR("something else")));
    assert_int_equal(passphrase_times() - before - known, known);
    assert_int_equal(known, 1);
}

static void damaged(void *context) {
    (void)passphrase_fits(arena, *(const Str *)context, STR("x"));
}

static void test_a_damaged_hash(void **state) {
    (void)state;
    char text[200];
    memset(text, 'a', sizeof text);
    Str hash = {.at = text, .length = sizeof text};
    ASSERT_FAILS(damaged, &hash, FAIL_DATABASE, "not in the form");
    assert_false(passphrase_fits(arena, STR("$argon2id$nonsense"), STR("x")));
}

static void hash_one(void *context) {
    (void)context;
    (void)passphrase_hash(arena, STR("purple boats sing"));
}

static void test_no_memory_for_a_hash(void **state) {
    (void)state;
    refuse("crypto_pwhash_str", 0, ENOMEM);
    ASSERT_FAILS(hash_one, NULL, FAIL_MEMORY, "no memory for a passphrase");
    assert_true(refuse_has_happened());
    hash_one(NULL); /* the turn was given back */
}

/* Another process takes both turns for as long as anybody waits. */
static void test_too_many_at_once(void **state) {
    (void)state;
    int turns = -1;
    for (int file = 0; file < 64 && turns < 0; file++) {
        char path[32];
        char name[32] = "";
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
        turns = readlink(path, name, sizeof name - 1) > 0 && strstr(name, "memfd:turns") != NULL ? file : -1;
    }
    assert_true(turns >= 0);
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    const pid_t id = fork();
    assert_true(id >= 0);
    if (id == 0) {
        const struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        const bool is_taken = fcntl(turns, F_SETLK, &all) == 0 && write(ready[1], "x", 1) == 1;
        (void)pause();
        _exit(is_taken ? 0 : 1);
    }
    char byte = 0;
    assert_int_equal(read(ready[0], &byte, 1), 1);
    ASSERT_FAILS(hash_one, NULL, FAIL_DATABASE, "too many passphrases");
    assert_int_equal(kill(id, SIGKILL), 0);
    assert_int_equal(waitpid(id, NULL, 0), id);
    hash_one(NULL);
    close(ready[0]);
    close(ready[1]);
}

/* Two other processes hold both turns and die; whoever waits gets one within the time. */
static void test_a_dead_process_holds_up_nobody(void **state) {
    (void)state;
    for (int child = 0; child < 4; child++) {
        const pid_t id = fork();
        assert_true(id >= 0);
        if (id == 0) {
            for (int times = 0; times < 50; times++) {
                (void)passphrase_hash(arena, STR("purple boats sing"));
            }
            _exit(0);
        }
    }
    (void)passphrase_hash(arena, STR("purple boats sing"));
    int status = 0;
    while (wait(&status) > 0) {
        assert_int_equal(status, 0);
    }
}

static void test_common(void **state) {
    (void)state;
    static const char *const common[] = {
        "password",         "Password1!",     "iloveyou",  "12345678",   "aaaaaaaaaaaaaaaa",
        "abababababababab", "2026sunshine!!", "ELIZABETH", "qwertyuiop", "{password}"};
    for (size_t at = 0; at < sizeof common / sizeof common[0]; at++) {
        if (!passphrase_is_common(arena, str_of(common[at]))) {
            fail_msg("%s is not known to be common", common[at]);
        }
    }
    static const char *const fine[] = {"purple boats sing",
                                       "correct horse battery staple",
                                       "1357 abc 2468",
                                       "abcd 1234 xyzw 0987",
                                       "se\xc3\xb1or del r\xc3\xado azul",
                                       "\xc3\xb1password\xc3\xb1"}; /* letters, not an edge */
    for (size_t at = 0; at < sizeof fine / sizeof fine[0]; at++) {
        if (passphrase_is_common(arena, str_of(fine[at]))) {
            fail_msg("%s is taken for common", fine[at]);
        }
    }
}

/* Behind the last of the list there is nothing to compare with. */
static void test_behind_the_list(void **state) {
    (void)state;
    bool has_met = false;
    for (int number = 0; number < 10000000 && !has_met; number++) {
        const Str text = str_print(arena, "meadow %d rises", number);
        const Str hash = crypto_hash_raw(arena, NULL, STR(""), text);
        uint32_t start = 0;
        for (size_t at = sizeof start; at > 0; at--) {
            start = start << 8 | (unsigned char)hash.at[at - 1];
        }
        has_met = start > common_hashes[common_count - 1];
        assert_false(has_met && passphrase_is_common(arena, text));
        arena_reset(arena);
    }
    assert_true(has_met);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_memory_to_share),
        cmocka_unit_test(test_cost),
        cmocka_unit_test(test_fits_its_own),
        cmocka_unit_test(test_nobody_costs_the_same),
        cmocka_unit_test(test_a_damaged_hash),
        cmocka_unit_test(test_a_dead_process_holds_up_nobody),
        cmocka_unit_test(test_no_memory_for_a_hash),
        cmocka_unit_test(test_too_many_at_once),
        cmocka_unit_test(test_common),
        cmocka_unit_test(test_behind_the_list),
    };
    return cmocka_run_group_tests_name("passphrase", tests, open_arena, close_arena);
}
