/* SPDX-License-Identifier: Apache-2.0 */
/* What is read from a backup is what was written, or a sentence; never something else. */
#include "test/unit.h"

#include "platform/backup/backup.h"
#include "platform/backup/backup_folder.h"
#include "platform/backup/backup_keys.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "test/database.h"
#include "test/folder.h"

#include <sys/stat.h>
#include <unistd.h>

typedef struct Bench {
    Arena *arena;
    Str url;
    Db *db;
    Config config;
    BackupSecret secret;
    char folder[FOLDER_MOST]; /* of this test: the data folder and the backups are in it */
    Str out;
} Bench;

static const char *const rows[] = {
    "INSERT INTO program (id, slug, zone, takes_requests, created_at) VALUES (1, 'river', 'UTC', 1, 1)",
    "INSERT INTO program (id, slug, zone, takes_requests, created_at) "
    "VALUES (-9223372036854775807, 'r\xc3\xado', '', 0, 9223372036854775807)",
};

static void put(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static const char *in(const Bench *bench, const char *name) {
    return str_c(bench->arena, str_print(bench->arena, "%s/%s", bench->folder, name));
}

static int begin(void **state) {
    crypto_start();
    Bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    bench->arena = arena_new((size_t)512 << 20);
    folder_make(bench->folder);
    bench->db = test_database_open(bench->arena, &bench->url);
    Tx *tx = tx_begin(bench->db);
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        test_database_run(bench->db, rows[at]);
    }
    tx_commit(tx);
    assert_int_equal(mkdir(in(bench, "data"), 0700), 0);
    assert_int_equal(mkdir(in(bench, "out"), 0700), 0);
    assert_int_equal(mkdir(in(bench, "data/checkpoints"), 0700), 0);
    put(in(bench, "data/secret.key"), "a key of thirty-two bytes, 45678");
    put(in(bench, "data/keys"), "the keys of families");
    put(in(bench, "data/checkpoints/1"), "a proof");
    bench->config = (Config){.data = str_of(in(bench, "data"))};
    bench->out = str_of(in(bench, "out"));
    bench->secret = backup_key_new();
    *state = bench;
    return 0;
}

static int end(void **state) {
    Bench *bench = *state;
    test_database_close(bench->db, bench->url);
    folder_end(bench->folder);
    arena_free(bench->arena);
    free(bench);
    return 0;
}

static BackupDone make(Bench *bench) {
    return backup_make(&(BackupOrder){.arena = bench->arena,
                                      .db = bench->db,
                                      .config = &bench->config,
                                      .key = bench->secret.its_public,
                                      .to = bench->out,
                                      .version = STR("0.1.0"),
                                      .drills = true});
}

static Str bytes_of(Arena *arena, Str path) {
    FILE *file = fopen(str_c(arena, path), "rb");
    assert_non_null(file);
    char *bytes = arena_get(arena, 4 << 20);
    const size_t length = fread(bytes, 1, 4 << 20, file);
    (void)fclose(file);
    return (Str){.at = bytes, .length = length};
}

/* ---- all rows of a database as text, to compare ---- */

typedef struct Sum {
    Arena *arena;
    Str text;
} Sum;

static void sum_add(Sum *sum, Str more) {
    sum->text = crypto_hash_raw(sum->arena, NULL, sum->text, more);
}

static void sum_begin(void *context, const DbTable *table) {
    sum_add(context, table->name);
}

static void sum_row(void *context, Str row) {
    sum_add(context, row);
}

static void sum_end(void *context) {
    sum_add(context, STR("end"));
}

/* Rows in the order of their keys on both engines would need an ORDER BY; these tables have one or two rows.
 * */
static Str sum_of(Arena *arena, Db *db, int64_t *ret_rows) {
    Sum sum = {.arena = arena, .text = STR("")};
    const DbRowTaker taker = {.context = &sum, .begin = sum_begin, .row = sum_row, .end = sum_end};
    db_begin_read(db);
    *ret_rows = db_rows_give(db, arena, &taker);
    db_end_read(db);
    return sum.text;
}

static void test_there_and_back(void **state) {
    Bench *bench = *state;
    const BackupDone done = make(bench);
    assert_int_equal(done.wrong.count, 0);
    assert_int_equal(done.count.files, 1);
    assert_true(done.count.rows >= 2);

    Config there = {.data = str_of(in(bench, "there"))};
    there.database = str_print(bench->arena, "sqlite:%.*s/beenthere.db", STR_ARGS(there.data));
    const Restored restored = backup_restore(&(RestoreOrder){
        .arena = bench->arena, .config = &there, .from = bench->out, .secret = &bench->secret});
    assert_int_equal(restored.count.rows, done.count.rows);
    assert_int_equal(restored.label.made.us, done.label.made.us);
    Db *db = db_open(there.database, false);
    db_use(db, bench->arena);
    const char *const question = "SELECT id, slug, zone, takes_requests, created_at FROM program ORDER BY id";
    assert_string_equal(str_c(bench->arena, test_database_rows(db, bench->arena, question)),
                        str_c(bench->arena, test_database_rows(bench->db, bench->arena, question)));
    int64_t before = 0;
    int64_t after = 0;
    (void)sum_of(bench->arena, bench->db, &before);
    (void)sum_of(bench->arena, db, &after);
    assert_int_equal(before, after);
    assert_true(
        str_equal(bytes_of(bench->arena, str_of(in(bench, "there/keys"))), STR("the keys of families")));
    assert_true(str_equal(bytes_of(bench->arena, str_of(in(bench, "there/checkpoints/1"))), STR("a proof")));
    struct stat about;
    assert_int_equal(stat(in(bench, "there/secret.key"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_not_equal(access(in(bench, "there.partial"), F_OK), 0);
    assert_int_not_equal(access(in(bench, "data/drill.partial"), F_OK), 0);
    arena_reset(bench->arena); /* statements on db end before it */
    db_close(db);
}

/* No key is inside a backup, and nothing of it can be read without one. */
static void test_holds_no_keys(void **state) {
    Bench *bench = *state;
    const BackupDone done = make(bench);
    const Str bytes = bytes_of(bench->arena, done.path);
    assert_false(str_contains(bytes, STR("river")));
    FILE *file = backup_file_open(bench->arena, done.path);
    BackupReader *reader = backup_reader_new(bench->arena, file, STR("b"), BACKUP_ROWS,
                                             &(BackupOpener){.secret = &bench->secret});
    (void)backup_read_label(bench->arena, reader);
    assert_int_equal(backup_read_all(bench->arena, reader, &(BackupTaking){.rows = NULL}).files,
                     1); /* the proof alone */
}

/* ---- damage ---- */

typedef struct Reading {
    Arena *arena;
    Str bytes;
    const BackupSecret *secret;
    BackupKind kind;
} Reading;

static void read_work(void *context) {
    const Reading *reading = context;
    FILE *file = fmemopen((void *)(uintptr_t)reading->bytes.at,
                          reading->bytes.length == 0 ? 1 : reading->bytes.length, "rb");
    assert_non_null(file);
    if (reading->bytes.length == 0) {
        (void)fgetc(file); /* fmemopen() takes no empty file */
    }
    BackupReader *reader = backup_reader_new(reading->arena, file, STR("B"), reading->kind,
                                             &(BackupOpener){.secret = reading->secret});
    (void)backup_read_label(reading->arena, reader);
    (void)backup_read_all(reading->arena, reader, &(BackupTaking){.rows = NULL});
    (void)fclose(file);
}

static void assert_refused(Bench *bench, Str bytes, const char *part) {
    Arena *arena = arena_new(256 << 20);
    Reading reading = {.arena = arena, .bytes = bytes, .secret = &bench->secret, .kind = BACKUP_ROWS};
    ASSERT_FAILS(read_work, &reading, FAIL_USAGE, part);
    arena_free(arena);
}

/* The stream of fmemopen() is lost when read_work() fails; a few hundred of them are no harm to a test. */
static void test_every_damaged_byte_is_told(void **state) {
    Bench *bench = *state;
    const Str whole = bytes_of(bench->arena, make(bench).path);
    char *bytes = arena_get(bench->arena, whole.length);
    const size_t pace = whole.length / 300 + 1;
    for (size_t at = 0; at < whole.length; at += at < 160 ? 1 : pace) {
        memcpy(bytes, whole.at, whole.length);
        bytes[at] = (char)(bytes[at] ^ 0x10);
        assert_refused(bench, (Str){.at = bytes, .length = whole.length}, "B ");
    }
}

static void test_every_cut_is_told(void **state) {
    Bench *bench = *state;
    const Str whole = bytes_of(bench->arena, make(bench).path);
    const size_t pace = whole.length / 300 + 1;
    for (size_t length = 0; length < whole.length; length += length < 160 ? 1 : pace) {
        assert_refused(bench, str_part(whole, 0, length),
                       length == 0    ? "is not a backup"
                       : length < 148 ? "is only the beginning"
                                      : "is only a part of a backup");
    }
    char *longer = arena_get(bench->arena, whole.length + 1);
    memcpy(longer, whole.at, whole.length);
    /* All of a small backup is one last chunk, so that a byte more makes it another chunk. */
    assert_refused(bench, (Str){.at = longer, .length = whole.length + 1}, "B is");
}

static void test_what_it_is_not(void **state) {
    Bench *bench = *state;
    const BackupDone done = make(bench);
    const Str whole = bytes_of(bench->arena, done.path);
    assert_refused(bench, STR("SQLite format 3"), "is not a backup of beenthere");
    char *newer = arena_get(bench->arena, whole.length);
    memcpy(newer, whole.at, whole.length);
    newer[9] = 2;
    assert_refused(bench, (Str){.at = newer, .length = whole.length}, "only a newer beenthere can read");
    assert_refused(bench, bytes_of(bench->arena, str_of(in(bench, "out/" BACKUP_KEYS_NAME))),
                   "holds the keys beside a backup");
    const BackupSecret right = bench->secret;
    bench->secret = backup_key_new();
    assert_refused(bench, whole, "was made for another recovery key");
    bench->secret = right;
}

/* ---- restoring where it must not be ---- */

typedef struct Place {
    Bench *bench;
    Config config;
    Arena *arena;
    Str from;
} Place;

static void restore_work(void *context) {
    Place *place = context;
    place->arena = arena_new(256 << 20);
    (void)backup_restore(&(RestoreOrder){.arena = place->arena,
                                         .config = &place->config,
                                         .from = place->from,
                                         .secret = &place->bench->secret});
}

static void assert_not_restored(Bench *bench, Place *place, const char *part) {
    place->bench = bench;
    if (str_is_none(place->config.data)) {
        place->config.data = str_of(in(bench, "there"));
    }
    place->config.database =
        str_print(bench->arena, "sqlite:%.*s/beenthere.db", STR_ARGS(place->config.data));
    ASSERT_FAILS(restore_work, place, FAIL_USAGE, part);
    arena_free(place->arena);
    assert_int_not_equal(access(in(bench, "there"), F_OK), 0);
    assert_int_not_equal(access(in(bench, "there.partial"), F_OK), 0);
}

static void test_nothing_is_left_behind(void **state) {
    Bench *bench = *state;
    assert_not_restored(bench, &(Place){.from = bench->out}, "there is no backup in");
    assert_not_restored(bench, &(Place){.from = str_of(in(bench, "none"))}, "there is no such file");
    const BackupDone done = make(bench);
    assert_not_restored(bench, &(Place){.from = done.path, .config = {.data = bench->config.data}},
                        "is not empty");
    assert_int_equal(access(in(bench, "data/secret.key"), F_OK), 0);
    /* Cut in its middle, after the folder was begun. */
    const Str whole = bytes_of(bench->arena, done.path);
    assert_int_equal(truncate(str_c(bench->arena, done.path), (off_t)whole.length - 1), 0);
    assert_not_restored(bench, &(Place){.from = done.path}, "is only a part of a backup");
    assert_int_equal(unlink(in(bench, "out/" BACKUP_KEYS_NAME)), 0);
    FILE *file = fopen(str_c(bench->arena, done.path), "wb");
    assert_int_equal(fwrite(whole.at, 1, whole.length, file), whole.length);
    assert_int_equal(fclose(file), 0);
    assert_not_restored(bench, &(Place){.from = done.path}, "it holds the keys that belong to the backups");
}

/* Written by somebody who has the public key, and makes no sense. */
static Str crafted(Bench *bench, int64_t schema, const char *content, size_t length) {
    char *bytes = NULL;
    size_t written = 0;
    FILE *file = open_memstream(&bytes, &written);
    BackupWriting writing = {.writer = backup_writer_new(bench->arena, file, STR("crafted"), BACKUP_ROWS,
                                                         &bench->secret.its_public)};
    backup_write_label(&writing, &(BackupLabel){.made = {1}, .schema = schema, .version = STR("9.9")});
    backup_write(writing.writer, content, length);
    (void)backup_writer_end(writing.writer);
    (void)fclose(file);
    const Str all = str_copy(bench->arena, (Str){.at = bytes, .length = written});
    free(bytes);
    return all;
}

#define CRAFTED(bench, content) crafted((bench), 1, (content), sizeof(content) - 1)

static void test_content_that_makes_no_sense(void **state) {
    Bench *bench = *state;
    assert_refused(bench, CRAFTED(bench, ""), "ends before");
    assert_refused(bench, CRAFTED(bench, "Q"), "a kind that this program does not know");
    assert_refused(bench, CRAFTED(bench, "F\0\7../evil\0\0\0\1x"), "a file that makes no sense");
    assert_refused(bench, CRAFTED(bench, "F\0\5/evil\0\0\0\1x"), "a file that makes no sense");
    assert_refused(bench, CRAFTED(bench, "F\0\4a\nbc\0\0\0\1x"), "a name that makes no sense");
    assert_refused(bench, CRAFTED(bench, "F\0\1a\377\377\377\377x"), "a length that makes no sense");
    assert_refused(bench, CRAFTED(bench, "T\0\1t\0\0E"), "a table that makes no sense");
    assert_refused(bench, CRAFTED(bench, "T\0\1t\0\1i\0\1cR\0\0\0\2\0\2"), "a row that makes no sense");
    assert_refused(bench, CRAFTED(bench, "T\0\1t\0\1i\0\1cR\0\0\0\7\0\1\0\0\0\1x"),
                   "a row that makes no sense");
    assert_refused(bench, CRAFTED(bench, "T\0\1t\0\1t\0\1cE\0\0\0\0\0\0\0\1"), "another number of rows");
    assert_refused(bench, CRAFTED(bench, "Z\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0"),
                   "another number of rows");
    assert_refused(bench, CRAFTED(bench, "Z\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0more"),
                   "holds more than it says");
}

static void put_backup(Bench *bench, Str bytes) {
    FILE *file = fopen(in(bench, "out/b"), "wb");
    assert_int_equal(fwrite(bytes.at, 1, bytes.length, file), bytes.length);
    assert_int_equal(fclose(file), 0);
}

static void test_rows_of_another_schema(void **state) {
    Bench *bench = *state;
    (void)make(bench); /* for the keys beside it */
    put_backup(bench, crafted(bench, db_schema_newest() + 1, "", 0));
    assert_not_restored(bench, &(Place){.from = str_of(in(bench, "out/b"))},
                        "made by beenthere 9.9, whose schema");
}

static void foreign_table_work(void *context) {
    Place *place = context;
    place->arena = arena_new(256 << 20);
    (void)backup_restore(&(RestoreOrder){.arena = place->arena,
                                         .config = &place->config,
                                         .from = place->from,
                                         .secret = &place->bench->secret});
}

static void test_rows_of_a_foreign_table(void **state) {
    Bench *bench = *state;
    (void)make(bench);
    put_backup(bench, CRAFTED(bench, "T\0\4evil\0\1i\0\1cE\0\0\0\0\0\0\0\0"
                                     "Z\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    Place place = {.bench = bench, .from = str_of(in(bench, "out/b"))};
    place.config.data = str_of(in(bench, "there"));
    place.config.database = str_print(bench->arena, "sqlite:%s/there/beenthere.db", bench->folder);
    ASSERT_FAILS(foreign_table_work, &place, FAIL_DATABASE, "there is no table evil");
    arena_free(place.arena);
    assert_int_not_equal(access(in(bench, "there.partial"), F_OK), 0);
}

/* ---- keys ---- */

static void read_secret_work(void *context) {
    const Bench *bench = context;
    (void)backup_secret_read(bench->arena, str_of(in(bench, "k")));
}

static void read_public_work(void *context) {
    const Bench *bench = context;
    (void)backup_public_read(bench->arena, STR("beenthere-public-12"));
}

static void test_keys_as_text(void **state) {
    Bench *bench = *state;
    const char *text = str_c(bench->arena, backup_secret_text(bench->arena, &bench->secret));
    put(in(bench, "k"), text);
    const BackupSecret again = backup_secret_read(bench->arena, str_of(in(bench, "k")));
    assert_memory_equal(again.bytes, bench->secret.bytes, BACKUP_KEY_BYTES);
    assert_memory_equal(again.its_public.bytes, bench->secret.its_public.bytes, BACKUP_KEY_BYTES);
    const BackupPublic key =
        backup_public_read(bench->arena, backup_public_text(bench->arena, &bench->secret.its_public));
    assert_memory_equal(key.bytes, bench->secret.its_public.bytes, BACKUP_KEY_BYTES);

    char *mistyped = strstr((char *)(uintptr_t)text, "beenthere-recovery-") + 19;
    mistyped[0] = mistyped[0] == '0' ? '1' : '0';
    put(in(bench, "k"), text);
    ASSERT_FAILS(read_secret_work, bench, FAIL_USAGE, "is mistyped");
    put(in(bench, "k"), "hello\n");
    ASSERT_FAILS(read_secret_work, bench, FAIL_USAGE, "holds no recovery key");
    ASSERT_FAILS(read_public_work, bench, FAIL_USAGE, "holds no public backup key");
}

/* The keys beside the backups are always the newest, alone. */
static void test_keys_are_overwritten(void **state) {
    Bench *bench = *state;
    const uint64_t before = backup_keys_mark(bench->arena, &bench->config);
    (void)make(bench);
    assert_true(backup_keys_mark(bench->arena, &bench->config) == before);
    put(in(bench, "data/keys"), "one family fewer");
    assert_true(backup_keys_mark(bench->arena, &bench->config) != before);
    const Str path = str_of(in(bench, "out/" BACKUP_KEYS_NAME));
    backup_keys_write(bench->arena, &bench->config, &bench->secret.its_public, path, STR("0.1.0"));
    assert_int_equal(mkdir(in(bench, "taken"), 0700), 0);
    (void)backup_keys_take(bench->arena, path, &bench->secret, str_of(in(bench, "taken")));
    assert_true(str_equal(bytes_of(bench->arena, str_of(in(bench, "taken/keys"))), STR("one family fewer")));
    assert_int_not_equal(access(in(bench, "taken/checkpoints"), F_OK), 0);
}

/* ---- which are kept ---- */

static void test_names_and_keeping(void **state) {
    Bench *bench = *state;
    const Time noon = {INT64_C(1795305600) * TIME_SECOND};
    Time made = TIME_NONE;
    assert_true(backup_name_time(backup_name(bench->arena, noon), &made));
    assert_int_equal(made.us, noon.us);
    assert_false(backup_name_time(STR("beenthere-20261128T190000Z.backup.partial"), &made));
    assert_false(backup_name_time(STR("beenthere-2026xx28T190000Z.backup"), &made));

    /* Four a day for sixty days. */
    enum { ALL = 240 };
    Str *names = NEW_MANY(bench->arena, ALL, Str);
    for (int at = 0; at < ALL; at++) {
        names[at] = backup_name(bench->arena, time_before(noon, (ALL - 1 - at) * 6 * TIME_HOUR));
    }
    const Strs old = backup_outdated(bench->arena, (Strs){.items = names, .count = ALL}, noon);
    /* 24 latest are six days; of the 24 days before, one each. */
    assert_in_range(ALL - old.count, 48, 50);
    for (size_t at = 0; at < old.count; at++) {
        for (int late = ALL - BACKUP_KEPT_LATEST; late < ALL; late++) {
            assert_false(str_equal(old.items[at], names[late]));
        }
    }
    assert_int_equal(backup_outdated(bench->arena, (Strs){.items = names, .count = 24}, noon).count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_there_and_back, begin, end),
        cmocka_unit_test_setup_teardown(test_holds_no_keys, begin, end),
        cmocka_unit_test_setup_teardown(test_every_damaged_byte_is_told, begin, end),
        cmocka_unit_test_setup_teardown(test_every_cut_is_told, begin, end),
        cmocka_unit_test_setup_teardown(test_what_it_is_not, begin, end),
        cmocka_unit_test_setup_teardown(test_nothing_is_left_behind, begin, end),
        cmocka_unit_test_setup_teardown(test_content_that_makes_no_sense, begin, end),
        cmocka_unit_test_setup_teardown(test_rows_of_another_schema, begin, end),
        cmocka_unit_test_setup_teardown(test_rows_of_a_foreign_table, begin, end),
        cmocka_unit_test_setup_teardown(test_keys_as_text, begin, end),
        cmocka_unit_test_setup_teardown(test_keys_are_overwritten, begin, end),
        cmocka_unit_test_setup_teardown(test_names_and_keeping, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
