/* SPDX-License-Identifier: Apache-2.0 */
/* Making a backup, and the drill. */
#include "platform/backup/backup.h"

#include "base/fail.h"
#include "platform/backup/backup_folder.h"
#include "platform/backup/backup_keys.h"
#include "platform/backup/backup_scratch.h"
#include "platform/command/meter.h"

enum { SNAPSHOT_TRIES = 100 };

static int64_t rows_of(Db *db, Arena *arena) {
    const DbTables tables = db_tables(db, arena);
    int64_t rows = 0;
    for (size_t at = 0; at < tables.count; at++) {
        rows += db_rows_count(db, tables.items[at].name);
    }
    return rows;
}

/* A proof that is written after the snapshot began would tell of rows that the backup has not, which is how a
 * rollback looks. So the folder must not have changed until the proofs are read. */
static BackupProofs snapshot_begin(const BackupOrder *order) {
    for (int tries = 0; tries < SNAPSHOT_TRIES; tries++) {
        const uint64_t before = backup_proofs_mark(order->arena, order->config);
        db_begin_read(order->db);
        (void)db_schema_version(order->db); /* the first read is what begins the moment */
        const BackupProofs proofs = backup_proofs_read(order->arena, order->config);
        if (backup_proofs_mark(order->arena, order->config) == before) {
            return proofs;
        }
        db_end_read(order->db);
    }
    fail(FAIL_IO, "the audit's checkpoints change without end: try again later");
}

/* All of one moment; the label counts in the same transaction. */
static BackupLabel write_all(const BackupOrder *order, BackupWriting *writing) {
    const BackupProofs proofs = snapshot_begin(order);
    const BackupLabel label = {.made = time_now(),
                               .schema = db_schema_version(order->db),
                               .rows = rows_of(order->db, order->arena),
                               .engine = db_engine(order->db),
                               .version = order->version};
    if (label.schema == 0) {
        fail(FAIL_USAGE, "the database is empty: there is nothing to back up");
    }
    Meter meter = meter_begin("rows backed up", label.rows);
    if (order->tells_progress) {
        writing->progress = backup_meter_step;
        writing->context = &meter;
    }
    backup_write_label(writing, &label);
    for (size_t at = 0; at < proofs.count; at++) {
        backup_write_file(writing, proofs.names[at], proofs.bytes[at]);
    }
    const DbRowTaker taker = backup_row_writer(writing);
    const int64_t rows = db_rows_give(order->db, order->arena, &taker);
    db_end_read(order->db);
    if (rows != label.rows) {
        fail(FAIL_DATABASE, "the database gave %lld rows and counts %lld: run beenthere check",
             (long long)rows, (long long)label.rows);
    }
    backup_write_sum(writing);
    if (order->tells_progress) {
        meter_end(&meter);
    }
    return label;
}

/* Every byte back from the disk, and what they say counted; a drill restores and checks the rows as well. */
static void read_back(const BackupOrder *order, const BackupNewFile *file, Str name, const BackupFileKey *key,
                      BackupDone *done) {
    const Time began = time_monotonic();
    const BackupOpener opener = {.file_key = key};
    BackupCount count = {0};
    rewind(file->stream);
    if (order->drills) {
        const BackupDrilled drilled =
            backup_scratch(&(ScratchOrder){.arena = order->arena,
                                           .config = order->config,
                                           .file = file->stream,
                                           .name = name,
                                           .opener = opener,
                                           .check = order->check,
                                           .tells_progress = order->tells_progress});
        count = drilled.count;
        done->wrong = drilled.wrong;
    } else {
        BackupReader *reader = backup_reader_new(order->arena, file->stream, name, BACKUP_ROWS, &opener);
        (void)backup_read_label(order->arena, reader);
        count = backup_read_all(order->arena, reader, &(BackupTaking){.rows = NULL});
    }
    done->drill_us = time_between(began, time_monotonic());
    if (count.rows != done->count.rows || count.tables != done->count.tables) {
        fail(FAIL_IO, "%.*s holds other rows than were written to it", STR_ARGS(name));
    }
}

BackupDone backup_make(const BackupOrder *order) {
    Arena *arena = order->arena;
    BackupDone done = {.count = {0}};
    const Time began = time_monotonic();
    done.path = backup_is_folder(arena, order->to)
                    ? backup_path(arena, order->to, backup_name(arena, time_now()))
                    : order->to;
    const Str beside = str_print(arena, "%.*s.partial", STR_ARGS(done.path));
    BackupNewFile *file = backup_file_new(arena, beside);
    BackupWriting writing = {.writer =
                                 backup_writer_new(arena, file->stream, beside, BACKUP_ROWS, &order->key)};
    done.label = write_all(order, &writing);
    done.count = writing.count;
    done.bytes = backup_writer_end(writing.writer);
    backup_file_sync(file);
    done.write_us = time_between(began, time_monotonic());
    const BackupFileKey key = backup_writer_key(writing.writer);
    read_back(order, file, beside, &key, &done);
    const Str keys = backup_path(arena, backup_folder_of(arena, done.path), STR(BACKUP_KEYS_NAME));
    backup_keys_write(arena, order->config, &order->key, keys, order->version);
    backup_file_place(arena, file, done.path);
    return done;
}

BackupDrilled backup_drill(Arena *arena, const Config *config, Str path, const BackupSecret *secret,
                           BackupCheck *check, bool tells_progress) {
    return backup_scratch(&(ScratchOrder){.arena = arena,
                                          .config = config,
                                          .file = backup_file_open(arena, path),
                                          .name = path,
                                          .opener = {.secret = secret},
                                          .check = check,
                                          .tells_progress = tells_progress});
}

Str backup_newest(Arena *arena, Str from) {
    if (!backup_is_folder(arena, from)) {
        return from;
    }
    const Strs names = backup_list(arena, from);
    if (names.count == 0) {
        fail(FAIL_USAGE, "there is no backup in %.*s", STR_ARGS(from));
    }
    return backup_path(arena, from, names.items[names.count - 1]);
}
