/* SPDX-License-Identifier: Apache-2.0 */
/* The scratch place is in the data folder, whose disk holds the same rows anyway, and never beside the
 * backups, which may lie on a disk that somebody carries away. It is always SQLite: the form of a backup
 * fits both. */
#include "platform/backup/backup_scratch.h"

#include "base/buf.h"
#include "base/fail.h"
#include "platform/backup/backup_folder.h"
#include "platform/backup/backup_keys.h"
#include "platform/command/meter.h"
#include "platform/config.h"
#include "platform/db/person_key.h"
#include "platform/keep.h"
#include "platform/zone/zone.h"

#include <errno.h>
#include <sys/stat.h>

enum { WRONG_MOST = 300, ROWS_BYTES = 512 * 1024 * 1024 };

typedef struct Scratch {
    const ScratchOrder *order;
    Arena *arena;
    Str folder;
    Db *db;
    Arena *rows; /* statements and rows: ends before the database is closed, which SQLite needs to end well */
    Keep *keep;
    Str wrong[WRONG_MOST];
    size_t wrong_count;
} Scratch;

void backup_meter_step(void *meter, int64_t rows) {
    meter_step(meter, rows);
}

static void scratch_clean(void *context) {
    Scratch *scratch = context;
    if (scratch->keep != NULL) {
        keep_free(scratch->keep);
        scratch->keep = NULL;
    }
    if (scratch->rows != NULL) {
        arena_free(scratch->rows);
        scratch->rows = NULL;
    }
    if (scratch->db != NULL) {
        db_close(scratch->db);
        scratch->db = NULL;
    }
    (void)backup_folder_remove(scratch->arena, scratch->folder);
}

static void wrong_add(Scratch *scratch, const Strs lines) {
    for (size_t at = 0; at < lines.count && scratch->wrong_count < WRONG_MOST; at++) {
        scratch->wrong[scratch->wrong_count++] = str_copy(scratch->arena, lines.items[at]);
    }
}

static void put_file(void *context, Str name, Str bytes) {
    const Scratch *scratch = context;
    backup_file_put(scratch->arena, scratch->folder, name, bytes);
}

/* Every row must have arrived: what the tables hold now is what the backup said it had. */
static void count_rows(Scratch *scratch, int64_t expected) {
    const DbTables tables = db_tables(scratch->db, scratch->rows);
    int64_t rows = 0;
    for (size_t at = 0; at < tables.count; at++) {
        rows += db_rows_count(scratch->db, tables.items[at].name);
    }
    if (rows != expected) {
        const Str line = str_print(scratch->arena, "%lld rows were restored and not %lld", (long long)rows,
                                   (long long)expected);
        wrong_add(scratch, (Strs){.items = &line, .count = 1});
    }
}

static BackupCount fill(Scratch *scratch, BackupReader *reader, const BackupLabel *label) {
    Meter meter = meter_begin("rows restored to a scratch place", label->rows);
    const DbRowTaker rows = db_restore_begin(scratch->db, scratch->rows, label->schema);
    const BackupCount count =
        backup_read_all(scratch->rows, reader,
                        &(BackupTaking){.context = scratch,
                                        .file = put_file,
                                        .rows = &rows,
                                        .progress = scratch->order->tells_progress ? backup_meter_step : NULL,
                                        .progress_context = &meter});
    if (label->schema == db_schema_newest()) {
        count_rows(scratch, count.rows);
    }
    db_restore_end(scratch->db);
    if (scratch->order->tells_progress) {
        meter_end(&meter);
    }
    return count;
}

static void check(Scratch *scratch) {
    wrong_add(scratch, db_check_engine(scratch->db, scratch->rows));
    if (scratch->order->check == NULL) {
        return;
    }
    scratch->keep = keep_new(KEEP_BYTES);
    Config config = *scratch->order->config;
    if (keys_exist(config.keys)) {
        db_keys_open(scratch->db, config.keys);
    }
    config.checkpoints = backup_path(scratch->rows, scratch->folder, STR("checkpoints"));
    if (!str_is_empty(config.keys.path)) {
        /* The keys beside the backup must be those that it was sealed with. */
        db_keys_open(scratch->db, config.keys);
        db_begin_read(scratch->db);
        (void)key_file_check(scratch->db);
        db_end_read(scratch->db);
    }
    Random random = random_system();
    Scope scope = {.arena = scratch->rows,
                   .db = scratch->db,
                   .random = &random,
                   .now = time_now(),
                   .zone = zone_find(STR("UTC")),
                   .via = SCOPE_COMMAND,
                   .config = &config,
                   .keep = scratch->keep};
    wrong_add(scratch, scratch->order->check(&scope));
}

BackupDrilled backup_scratch(const ScratchOrder *order) {
    const Time began = time_monotonic();
    Scratch *scratch = NEW(order->arena, Scratch);
    scratch->order = order;
    scratch->arena = order->arena;
    scratch->folder = backup_path(order->arena, order->config->data, STR("drill.partial"));
    BackupReader *reader =
        backup_reader_new(order->arena, order->file, order->name, BACKUP_ROWS, &order->opener);
    const BackupLabel label = backup_read_label(order->arena, reader);
    (void)backup_folder_remove(order->arena, scratch->folder);
    if (mkdir(str_c(order->arena, scratch->folder), 0700) != 0) {
        fail(FAIL_IO, "cannot make the folder %.*s: %s", STR_ARGS(scratch->folder), strerror(errno));
    }
    arena_at_end(order->arena, scratch_clean, scratch);
    scratch->db =
        db_open(str_print(order->arena, "sqlite:%.*s/beenthere.db", STR_ARGS(scratch->folder)), true);
    scratch->rows = arena_new(ROWS_BYTES);
    db_use(scratch->db, scratch->rows);
    const BackupCount count = fill(scratch, reader, &label);
    check(scratch);
    scratch_clean(scratch);
    return (BackupDrilled){.label = label,
                           .count = count,
                           .took_us = time_between(began, time_monotonic()),
                           .wrong = {.items = scratch->wrong, .count = scratch->wrong_count}};
}
