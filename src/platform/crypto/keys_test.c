/* SPDX-License-Identifier: Apache-2.0 */
/* Sealed bytes and the key file: what opens, what does not, and what is said then. */
#include "test/unit.h"

#include "base/random.h"
#include "test/keys_bench.h"
#include "platform/crypto/keys_inside.h"
#include "platform/crypto/seal.h"

#include <signal.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static Str as_str(const unsigned char *bytes, size_t length) {
    return (Str){.at = (const char *)bytes, .length = length};
}

/* ---- sealed bytes ---- */

static void test_what_is_sealed_opens_in_its_place(void **state) {
    const Bench *bench = *state;
    const unsigned char key[SEAL_KEY_BYTES] = {1};
    const unsigned char other[SEAL_KEY_BYTES] = {2};
    const Str text = STR("My son does not sleep.");
    const Str sealed = seal_close(bench->arena, key, "request.need", 7, 11, text);
    assert_int_equal(sealed.length, text.length + SEAL_MORE_BYTES);
    assert_false(str_contains(sealed, STR("sleep")));
    int64_t person = 0;
    assert_true(seal_person(sealed, &person));
    assert_int_equal(person, 11);
    Str opened = STR_NONE;
    assert_true(seal_open(bench->arena, key, "request.need", 7, sealed, &opened));
    assert_true(str_equal(opened, text));
    assert_false(seal_open(bench->arena, other, "request.need", 7, sealed, &opened));
    assert_false(seal_open(bench->arena, key, "request.hopes", 7, sealed, &opened));
    assert_false(seal_open(bench->arena, key, "request.need", 8, sealed, &opened));
    assert_false(str_equal(sealed, seal_close(bench->arena, key, "request.need", 7, 11, text)));
}

static void test_any_change_is_seen(void **state) {
    const Bench *bench = *state;
    const unsigned char key[SEAL_KEY_BYTES] = {1};
    const Str sealed = seal_close(bench->arena, key, "a.b", -1, INT64_MAX, STR("x"));
    Str opened = STR_NONE;
    for (size_t at = 0; at < sealed.length; at++) {
        char *changed = arena_get(bench->arena, sealed.length);
        memcpy(changed, sealed.at, sealed.length);
        changed[at] ^= 1;
        const Str bytes = {.at = changed, .length = sealed.length};
        assert_false(seal_open(bench->arena, key, "a.b", -1, bytes, &opened));
    }
    for (size_t length = 0; length < sealed.length; length++) {
        assert_false(seal_open(bench->arena, key, "a.b", -1, str_part(sealed, 0, length), &opened));
    }
    assert_true(str_is_none(opened));
}

static void test_nothing_stays_nothing(void **state) {
    const Bench *bench = *state;
    const unsigned char key[SEAL_KEY_BYTES] = {1};
    assert_int_equal(seal_close(bench->arena, key, "a.b", 1, 1, STR("")).length, 0);
    assert_true(str_is_none(seal_close(bench->arena, key, "a.b", 1, 1, STR_NONE)));
}

/* ---- keys in memory ---- */

static void test_wrapped_keys_open_in_their_slot(void **state) {
    (void)state;
    Keys *keys = keys_new();
    unsigned char wrapped[KEYS_WRAPPED_BYTES];
    const KeysSlot slot = keys_draw(keys, 5);
    assert_int_equal(slot.generation, 1);
    assert_int_equal(keys_make(keys, slot, wrapped), KEYS_DONE);
    unsigned char made[KEYS_KEY_BYTES];
    memcpy(made, keys_at_hand(keys, 5), sizeof made);
    assert_null(keys_at_hand(keys, 6));
    Keys *other = keys_new();
    const unsigned char *key = NULL;
    assert_int_equal(keys_unwrap(other, slot, as_str(wrapped, sizeof wrapped), &key), KEYS_BROKEN);
    assert_null(keys_at_hand(other, 5));
    assert_int_equal(keys_unwrap(keys, slot, as_str(wrapped, sizeof wrapped - 1), &key), KEYS_BROKEN);
    assert_int_equal(keys_unwrap(keys, (KeysSlot){6, 1, slot.slot}, as_str(wrapped, sizeof wrapped), &key),
                     KEYS_BROKEN);
    assert_int_equal(keys_unwrap(keys, (KeysSlot){5, 2, slot.slot}, as_str(wrapped, sizeof wrapped), &key),
                     KEYS_UNKNOWN);
    assert_null(key);
    assert_int_equal(keys_unwrap(keys, slot, as_str(wrapped, sizeof wrapped), &key), KEYS_DONE);
    assert_memory_equal(key, made, sizeof made);
    keys_free(other);
    keys_free(keys);
    keys_free(NULL);
}

static void test_punctured_is_gone(void **state) {
    (void)state;
    Keys *keys = keys_new();
    unsigned char wrapped[2][KEYS_WRAPPED_BYTES];
    const KeysSlot slots[2] = {keys_draw(keys, 5), keys_draw(keys, 6)};
    assert_int_equal(keys_make(keys, slots[0], wrapped[0]), KEYS_DONE);
    assert_int_equal(keys_make(keys, slots[1], wrapped[1]), KEYS_DONE);
    assert_true(keys_hold(keys, slots[0]));
    assert_true(keys_puncture_here(keys, slots[0]));
    assert_false(keys_puncture_here(keys, slots[0]));
    assert_false(keys_puncture_here(keys, (KeysSlot){5, 9, 1}));
    assert_false(keys_hold(keys, slots[0]));
    assert_false(keys_hold(keys, (KeysSlot){5, 9, 1}));
    assert_null(keys_at_hand(keys, 5));
    const unsigned char *key = NULL;
    assert_int_equal(keys_unwrap(keys, slots[0], as_str(wrapped[0], sizeof wrapped[0]), &key),
                     KEYS_PUNCTURED);
    assert_int_equal(keys_make(keys, slots[0], wrapped[0]), KEYS_PUNCTURED);
    assert_null(keys_at_hand(keys, 5));
    assert_int_equal(keys_unwrap(keys, slots[1], as_str(wrapped[1], sizeof wrapped[1]), &key), KEYS_DONE);
    keys_free(keys);
}

static void test_rewrapped_key_is_the_same(void **state) {
    (void)state;
    Keys *keys = keys_new();
    unsigned char before[KEYS_WRAPPED_BYTES];
    unsigned char after[KEYS_WRAPPED_BYTES];
    const KeysSlot from = keys_draw(keys, 5);
    assert_int_equal(keys_make(keys, from, before), KEYS_DONE);
    unsigned char made[KEYS_KEY_BYTES];
    memcpy(made, keys_at_hand(keys, 5), sizeof made);
    assert_int_equal(keys_add_generation_here(keys), 2);
    assert_int_equal(keys_generation_count(keys), 2);
    const KeysSlot to = keys_draw(keys, 5);
    assert_int_equal(to.generation, 2);
    assert_int_equal(keys_rewrap(keys, from, as_str(before, sizeof before), to, after), KEYS_DONE);
    const unsigned char *key = NULL;
    assert_int_equal(keys_unwrap(keys, to, as_str(after, sizeof after), &key), KEYS_DONE);
    assert_memory_equal(key, made, sizeof made);
    assert_int_equal(keys_rewrap(keys, to, as_str(before, sizeof before), to, after), KEYS_BROKEN);
    assert_non_null(keys_vault(keys, 1));
    assert_memory_not_equal(keys_vault(keys, 1), keys_vault(keys, 2), KEYS_KEY_BYTES);
    assert_null(keys_vault(keys, 3));
    keys_free(keys);
}

/* More people than there is room for: each still gets the right key, by unwrapping it again. */
static void test_at_hand_takes_turns(void **state) {
    enum { PEOPLE = 6000 };
    const Bench *bench = *state;
    Keys *keys = keys_new();
    KeysSlot *slots = NEW_MANY(bench->arena, PEOPLE, KeysSlot);
    unsigned char(*wrapped)[KEYS_WRAPPED_BYTES] = arena_get_many(bench->arena, PEOPLE, KEYS_WRAPPED_BYTES);
    unsigned char(*made)[KEYS_KEY_BYTES] = arena_get_many(bench->arena, PEOPLE, KEYS_KEY_BYTES);
    for (int64_t person = 0; person < PEOPLE; person++) {
        slots[person] = keys_draw(keys, person + 1);
        assert_int_equal(keys_make(keys, slots[person], wrapped[person]), KEYS_DONE);
        memcpy(made[person], keys_at_hand(keys, person + 1), KEYS_KEY_BYTES);
    }
    size_t at_hand = 0;
    for (int64_t person = 0; person < PEOPLE; person++) {
        at_hand += keys_at_hand(keys, person + 1) != NULL;
    }
    assert_true(at_hand > 3000 && at_hand <= 4096);
    for (int64_t person = 0; person < PEOPLE; person++) {
        const unsigned char *key = keys_at_hand(keys, person + 1);
        if (key == NULL) {
            assert_int_equal(
                keys_unwrap(keys, slots[person], as_str(wrapped[person], KEYS_WRAPPED_BYTES), &key),
                KEYS_DONE);
        }
        assert_memory_equal(key, made[person], KEYS_KEY_BYTES);
    }
    keys_free(keys);
}

static void test_named_keys_and_indexes(void **state) {
    const Bench *bench = *state;
    Keys *keys = keys_new();
    unsigned char one[KEYS_KEY_BYTES];
    unsigned char again[KEYS_KEY_BYTES];
    unsigned char other[KEYS_KEY_BYTES];
    keys_named(keys, STR("audit"), one);
    keys_named(keys, STR("audit"), again);
    keys_named(keys, STR("draft"), other);
    assert_memory_equal(one, again, sizeof one);
    assert_memory_not_equal(one, other, sizeof one);
    const Str index = keys_index(keys, bench->arena, STR("mail"), STR("ana@example.org"));
    assert_int_equal(index.length, 32);
    assert_true(str_equal(index, keys_index(keys, bench->arena, STR("mail"), STR("ana@example.org"))));
    assert_false(str_equal(index, keys_index(keys, bench->arena, STR("phone"), STR("ana@example.org"))));
    keys_free(keys);
}

static void add_too_many(void *context) {
    for (int at = 0; at < KEYS_GENERATIONS; at++) {
        (void)keys_add_generation_here(context);
    }
}

static void test_generations_have_an_end(void **state) {
    (void)state;
    Keys *keys = keys_new();
    Fail why = {0};
    assert_false(fail_catch(add_too_many, keys, &why));
    assert_int_equal(why.kind, FAIL_USAGE);
    assert_int_equal(keys_generation_count(keys), KEYS_GENERATIONS);
    keys_free(keys);
}

/* Of a tree that lost its upper half, only slots of the lower one are drawn. */
static void test_only_slots_that_are_left_are_drawn(void **state) {
    (void)state;
    Keys *keys = keys_new();
    Tree *tree = &keys->generations[0].tree;
    TreeNode half = {.first = 0, .length = 1};
    memcpy(half.seed, tree->nodes[0].seed, sizeof half.seed);
    tree_free(tree);
    assert_true(tree_add(tree, &half));
    for (int times = 0; times < 60; times++) {
        const KeysSlot slot = keys_draw(keys, 5);
        assert_true(slot.slot <= INT32_MAX);
        assert_true(keys_hold(keys, slot));
    }
    keys_free(keys);
}

static void test_the_newest_generation_stays(void **state) {
    (void)state;
    Keys *keys = keys_new();
    assert_int_equal(keys_add_generation_here(keys), 2);
    assert_int_equal(keys_drop_before_here(keys, 1), 0);
    assert_int_equal(keys_drop_before_here(keys, INT64_MAX), 1);
    assert_int_equal(keys_generation_count(keys), 1);
    assert_int_equal(keys_newest(keys), 2);
    keys_free(keys);
}

/* ---- the file ---- */

static void test_file_and_back(void **state) {
    const Bench *bench = *state;
    assert_false(keys_exist(bench->place));
    assert_not_opened(bench, "is missing");
    Keys *keys = keys_new();
    unsigned char wrapped[KEYS_WRAPPED_BYTES];
    const KeysSlot slot = keys_draw(keys, 5);
    assert_int_equal(keys_make(keys, slot, wrapped), KEYS_DONE);
    keys_write(keys, bench->place);
    assert_true(keys_exist(bench->place));
    struct stat about;
    assert_int_equal(stat(path_of(bench), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    Keys *read = keys_open(bench->place);
    assert_true(str_equal(keys_to_bytes(keys, bench->arena), keys_to_bytes(read, bench->arena)));
    const unsigned char *key = NULL;
    assert_int_equal(keys_unwrap(read, slot, as_str(wrapped, sizeof wrapped), &key), KEYS_DONE);
    assert_false(keys_refresh(read, true));
    /* Another process forgets the person. */
    assert_int_equal(keys_puncture(bench->place, (KeysSlot[]){slot, slot, {5, 9, 9}}, 3), 1);
    assert_int_equal(keys_puncture(bench->place, &slot, 1), 0);
    assert_non_null(keys_at_hand(read, 5));
    assert_true(keys_refresh(read, false) || keys_refresh(read, true));
    assert_null(keys_at_hand(read, 5));
    assert_int_equal(keys_unwrap(read, slot, as_str(wrapped, sizeof wrapped), &key), KEYS_PUNCTURED);
    assert_false(keys_refresh(read, false));
    /* And another one rotates. */
    assert_int_equal(keys_add_generation(bench->place), 2);
    assert_true(keys_refresh(read, true));
    assert_int_equal(keys_newest(read), 2);
    assert_int_equal(keys_generation_name(read, 0).length, KEYS_NAME_BYTES);
    assert_int_equal(keys_drop_before(bench->place, 2), 1);
    assert_int_equal(keys_drop_before(bench->place, 99), 0); /* the last one stays */
    assert_true(keys_refresh(read, true));
    assert_int_equal(keys_unwrap(read, slot, as_str(wrapped, sizeof wrapped), &key), KEYS_UNKNOWN);
    keys_free(read);
    keys_free(keys);
}

static void test_a_file_that_goes_away_changes_nothing(void **state) {
    const Bench *bench = *state;
    Keys *keys = keys_open(bench->place);
    assert_int_equal(unlink(path_of(bench)), 0);
    assert_false(keys_refresh(keys, true));
    file_put(path_of(bench), STR("nonsense"));
    assert_false(keys_refresh(keys, true));
    assert_true(keys_newest(keys) > 0);
    keys_free(keys);
    assert_int_equal(unlink(path_of(bench)), 0);
}

/* A file's bytes from what stands before the sum. */
static Str with_sum(const Bench *bench, Str body) {
    unsigned char *bytes = arena_get(bench->arena, body.length + 32);
    memcpy(bytes, body.at, body.length);
    crypto_generichash(bytes + body.length, 32, bytes, body.length, NULL, 0);
    return as_str(bytes, body.length + 32);
}

/* The body of a good file with some bytes put over it. */
static Str with_bytes(const Bench *bench, Str good, size_t at, Str bytes) {
    char *changed = arena_get(bench->arena, good.length - 32);
    memcpy(changed, good.at, good.length - 32);
    memcpy(changed + at, bytes.at, bytes.length);
    return with_sum(bench, (Str){.at = changed, .length = good.length - 32});
}

static void assert_no_keys(Str bytes, const char *wanted) {
    const char *why = NULL;
    assert_null(keys_of_bytes(bytes, &why));
    assert_non_null(why);
    assert_string_equal(why, wanted);
}

enum { AT_GENERATIONS = 40, AT_NUMBER = 42, AT_NODES = 98, AT_NODE = 102, ONE_LENGTH = 139 };

static void test_bytes_that_are_no_keys(void **state) {
    const Bench *bench = *state;
    Keys *keys = keys_new();
    const Str good = keys_to_bytes(keys, bench->arena);
    assert_int_equal(good.length, ONE_LENGTH + 32);
    const char *why = "";
    Keys *read = keys_of_bytes(good, &why);
    assert_non_null(read);
    assert_null(why);
    keys_free(read);
    const Str body = str_part(good, 0, ONE_LENGTH);
    assert_no_keys(STR(""), "it is no key file of this program");
    assert_no_keys(with_bytes(bench, good, 0, STR("X")), "it is no key file of this program");
    char *changed = arena_get(bench->arena, good.length);
    memcpy(changed, good.at, good.length);
    changed[50] ^= 1;
    assert_no_keys((Str){.at = changed, .length = good.length}, "it is damaged");
    assert_no_keys(with_bytes(bench, good, AT_GENERATIONS, (Str){"\0\0", 2}),
                   "it has no generation, or too many");
    assert_no_keys(with_bytes(bench, good, AT_GENERATIONS, STR("\xFF\xFF")),
                   "it has no generation, or too many");
    assert_no_keys(with_bytes(bench, good, AT_GENERATIONS, (Str){"\0\2", 2}), "it is cut short");
    assert_no_keys(with_bytes(bench, good, AT_NUMBER, STR("\xFF")), "its generations are not in order");
    assert_no_keys(with_bytes(bench, good, AT_NODES, STR("\xFF")), "it is cut short");
    assert_no_keys(with_bytes(bench, good, AT_NODE, STR("\x21")), "its slots overlap");
    assert_no_keys(with_sum(bench, str_part(body, 0, ONE_LENGTH - 1)), "it is cut short");
    assert_no_keys(with_sum(bench, str_print(bench->arena, "%.*s", 0, "")),
                   "it is no key file of this program");
    char *longer = arena_get(bench->arena, ONE_LENGTH + 1);
    memcpy(longer, body.at, body.length);
    assert_no_keys(with_sum(bench, (Str){.at = longer, .length = ONE_LENGTH + 1}),
                   "it is longer than it says");
    /* Without its only node. */
    const Str none = with_bytes(bench, good, AT_NODES, (Str){"\0\0\0\0", 4});
    assert_no_keys(with_sum(bench, str_part(none, 0, AT_NODE)), "its newest generation has no slot left");
    /* Two generations, the second with the number of the first. */
    (void)keys_add_generation_here(keys);
    const Str two = keys_to_bytes(keys, bench->arena);
    assert_no_keys(with_bytes(bench, two, ONE_LENGTH, (Str){"\0\0\0\0\0\0\0\1", 8}),
                   "its generations are not in order");
    keys_free(keys);
}

static void test_bad_files_are_told(void **state) {
    const Bench *bench = *state;
    file_put(path_of(bench), STR("nonsense"));
    assert_not_opened(bench, "it is no key file of this program");
    assert_int_equal(chmod(path_of(bench), 0640), 0);
    assert_not_opened(bench, "chmod 600");
    assert_int_equal(unlink(path_of(bench)), 0);
    assert_int_equal(mkdir(path_of(bench), 0700), 0);
    assert_not_opened(bench, "not a key file");
    assert_int_equal(rmdir(path_of(bench)), 0);
    KeysPlace longest = bench->place;
    longest.path = str_copy(bench->arena, (Str){.at = arena_get(bench->arena, 5000), .length = 5000});
    Fail why = {0};
    assert_false(fail_catch(keys_bench_open, &longest, &why));
    assert_non_null(strstr(why.message, "too long"));
}

/* A disk that is full in the middle: the old file stays, and the next try works. */
static void test_a_full_disk_changes_nothing(void **state) {
    Bench *bench = *state;
    Keys *keys = keys_new();
    keys_write(keys, bench->place);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit whole;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &whole), 0);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &(struct rlimit){.rlim_cur = 100, .rlim_max = whole.rlim_max}),
                     0);
    Fail why = {0};
    const bool is_done = fail_catch(keys_bench_add, &bench->place, &why);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &whole), 0);
    assert_false(is_done);
    assert_non_null(strstr(why.message, "nothing has changed"));
    Keys *read = keys_open(bench->place);
    assert_true(str_equal(keys_to_bytes(keys, bench->arena), keys_to_bytes(read, bench->arena)));
    assert_int_equal(keys_add_generation(bench->place), 2);
    keys_free(read);
    keys_free(keys);
    assert_int_equal(unlink(path_of(bench)), 0);
}

static void test_a_place_that_cannot_be_written(void **state) {
    const Bench *bench = *state;
    KeysPlace nowhere = {.path = STR("/proc/beenthere-keys"), .lock = STR("")};
    Fail why = {0};
    assert_false(fail_catch(keys_bench_add, &nowhere, &why));
    assert_non_null(strstr(why.message, "cannot lock the key file"));
    (void)bench;
}

/* The file sealed under a credential: only with it does it open. */
static void test_locked_file(void **state) {
    Bench *bench = *state;
    const Str lock = str_print(bench->arena, "%s/lock", bench->folder);
    const Str other = str_print(bench->arena, "%s/other", bench->folder);
    file_put(str_c(bench->arena, lock), STR("a secret of systemd's"));
    file_put(str_c(bench->arena, other), STR("another"));
    Keys *keys = keys_new();
    const Str path = bench->place.path;
    keys_write(keys, (KeysPlace){path, lock});
    assert_not_opened(bench, "was not given");
    bench->place.lock = other;
    assert_not_opened(bench, "does not open with the credential");
    bench->place.lock = STR("/nowhere");
    assert_not_opened(bench, "cannot be read");
    bench->place.lock = lock;
    Keys *read = keys_open(bench->place);
    assert_true(str_equal(keys_to_bytes(keys, bench->arena), keys_to_bytes(read, bench->arena)));
    assert_int_equal(keys_add_generation(bench->place), 2);
    assert_true(keys_refresh(read, true));
    assert_int_equal(keys_newest(read), 2);
    /* Cut short. */
    file_put(path_of(bench), STR("BTKEYSL1 and little more"));
    assert_not_opened(bench, "does not open with the credential");
    /* A file that lies open is taken as it is, and locked when it is next written. */
    assert_int_equal(unlink(path_of(bench)), 0);
    keys_write(keys, (KeysPlace){path, STR("")});
    assert_int_equal(keys_add_generation(bench->place), 2);
    bench->place.lock = STR("");
    assert_not_opened(bench, "was not given");
    keys_free(read);
    keys_free(keys);
    assert_int_equal(unlink(path_of(bench)), 0);
    assert_int_equal(unlink(str_c(bench->arena, lock)), 0);
    assert_int_equal(unlink(str_c(bench->arena, other)), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_sealed_opens_in_its_place),
        cmocka_unit_test(test_any_change_is_seen),
        cmocka_unit_test(test_nothing_stays_nothing),
        cmocka_unit_test(test_wrapped_keys_open_in_their_slot),
        cmocka_unit_test(test_punctured_is_gone),
        cmocka_unit_test(test_rewrapped_key_is_the_same),
        cmocka_unit_test(test_at_hand_takes_turns),
        cmocka_unit_test(test_named_keys_and_indexes),
        cmocka_unit_test(test_generations_have_an_end),
        cmocka_unit_test(test_file_and_back),
        cmocka_unit_test(test_a_file_that_goes_away_changes_nothing),
        cmocka_unit_test(test_bytes_that_are_no_keys),
        cmocka_unit_test(test_bad_files_are_told),
        cmocka_unit_test(test_a_full_disk_changes_nothing),
        cmocka_unit_test(test_a_place_that_cannot_be_written),
        cmocka_unit_test(test_locked_file),
        cmocka_unit_test(test_only_slots_that_are_left_are_drawn),
        cmocka_unit_test(test_the_newest_generation_stays),
    };
    return cmocka_run_group_tests(tests, keys_bench_begin, keys_bench_end);
}
