/* SPDX-License-Identifier: Apache-2.0 */
/* Into a folder beside the wanted one, which is moved into place when all is there. On PostgreSQL the rows
 * are one transaction, which is committed last. */
#include "platform/backup/backup.h"

#include "base/fail.h"
#include "platform/backup/backup_folder.h"
#include "platform/backup/backup_keys.h"
#include "platform/backup/backup_scratch.h"
#include "platform/command/meter.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROWS_BYTES = 512 * 1024 * 1024 };

typedef struct Restoring {
    const RestoreOrder *order;
    Arena *arena;
    Str folder; /* where it is put together */
    Db *db;
    Arena *rows; /* statements and rows: ends before the database is closed, which SQLite needs to end well */
    bool is_placed;
    Restored restored;
} Restoring;

static void db_end(Restoring *restoring) {
    if (restoring->rows != NULL) {
        arena_free(restoring->rows);
        restoring->rows = NULL;
    }
    if (restoring->db != NULL) {
        db_close(restoring->db);
        restoring->db = NULL;
    }
}

static void clean(void *context) {
    Restoring *restoring = context;
    db_end(restoring);
    if (!restoring->is_placed) {
        (void)backup_folder_remove(restoring->arena, restoring->folder);
    }
}

/* Not there, or there and empty: then it goes, so that the finished one can be moved to its name. */
static void place_check(Restoring *restoring) {
    const Str data = restoring->order->config->data;
    const char *path = str_c(restoring->arena, data);
    if (rmdir(path) != 0 && errno != ENOENT) {
        fail(FAIL_USAGE,
             errno == ENOTEMPTY || errno == EEXIST
                 ? "%s is not empty: a backup is restored into an empty place only"
                 : "%s cannot be used for restoring into",
             path);
    }
    restoring->folder = str_print(restoring->arena, "%.*s.partial", STR_ARGS(data));
    if (!backup_folder_remove(restoring->arena, restoring->folder)) {
        fail(FAIL_USAGE, "%.*s is in the way: remove it first", STR_ARGS(restoring->folder));
    }
    if (mkdir(str_c(restoring->arena, restoring->folder), 0700) != 0) {
        fail(FAIL_USAGE, "cannot make the folder %.*s: %s", STR_ARGS(restoring->folder), strerror(errno));
    }
    arena_at_end(restoring->arena, clean, restoring);
}

static void version_check(const BackupReader *reader, const BackupLabel *label) {
    if (label->schema > db_schema_newest()) {
        fail(FAIL_USAGE,
             "this backup was made by beenthere %.*s, whose schema %lld is newer than this program knows "
             "(%lld): "
             "restore it with that version or a later one",
             STR_ARGS(label->version), (long long)label->schema, (long long)db_schema_newest());
    }
    if (label->schema < 1) {
        backup_reader_refuse(reader, "has a label that makes no sense");
    }
}

static void put_file(void *context, Str name, Str bytes) {
    const Restoring *restoring = context;
    backup_file_put(restoring->arena, restoring->folder, name, bytes);
}

static void keys_take(Restoring *restoring) {
    const Str path =
        backup_path(restoring->arena, backup_folder_of(restoring->arena, restoring->restored.path),
                    STR(BACKUP_KEYS_NAME));
    if (access(str_c(restoring->arena, path), F_OK) != 0) {
        fail(FAIL_USAGE,
             "%.*s is not there: it holds the keys that belong to the backups, and stands beside them",
             STR_ARGS(path));
    }
    restoring->restored.keys_of =
        backup_keys_take(restoring->arena, path, restoring->order->secret, restoring->folder);
}

static void db_make(Restoring *restoring) {
    const Str url = restoring->order->config->database;
    const bool is_own = str_starts_with(url, STR("sqlite:"));
    if (is_own &&
        !str_equal(str_part(url, 7, url.length),
                   backup_path(restoring->arena, restoring->order->config->data, STR("beenthere.db")))) {
        fail(FAIL_USAGE,
             "a backup is restored into the data folder itself, or with --database postgresql://...");
    }
    restoring->db = db_open(
        is_own ? str_print(restoring->arena, "sqlite:%.*s/beenthere.db", STR_ARGS(restoring->folder)) : url,
        true);
    restoring->rows = arena_new(ROWS_BYTES);
    db_use(restoring->db, restoring->rows);
}

static void fill(Restoring *restoring, BackupReader *reader) {
    Restored *restored = &restoring->restored;
    const bool tells = restoring->order->tells_progress;
    Meter meter = meter_begin("rows restored", restored->label.rows);
    const DbRowTaker rows = db_restore_begin(restoring->db, restoring->rows, restored->label.schema);
    restored->count = backup_read_all(restoring->rows, reader,
                                      &(BackupTaking){.context = restoring,
                                                      .file = put_file,
                                                      .rows = &rows,
                                                      .progress = tells ? backup_meter_step : NULL,
                                                      .progress_context = &meter});
    db_restore_end(restoring->db);
    if (tells) {
        meter_end(&meter);
    }
}

/* SQLite's file is closed first, which leaves it whole and alone. */
static void place(Restoring *restoring) {
    db_end(restoring);
    const Str data = restoring->order->config->data;
    backup_folder_sync(restoring->arena, restoring->folder);
    if (rename(str_c(restoring->arena, restoring->folder), str_c(restoring->arena, data)) != 0) {
        fail(FAIL_IO, "cannot move %.*s into place: %s", STR_ARGS(restoring->folder), strerror(errno));
    }
    restoring->is_placed = true;
    backup_folder_sync(restoring->arena, backup_folder_of(restoring->arena, data));
}

Restored backup_restore(const RestoreOrder *order) {
    Restoring *restoring = NEW(order->arena, Restoring);
    restoring->order = order;
    restoring->arena = order->arena;
    Restored *restored = &restoring->restored;
    restored->path = backup_newest(order->arena, order->from);
    BackupReader *reader =
        backup_reader_new(order->arena, backup_file_open(order->arena, restored->path), restored->path,
                          BACKUP_ROWS, &(BackupOpener){.secret = order->secret});
    restored->label = backup_read_label(order->arena, reader);
    version_check(reader, &restored->label);
    place_check(restoring);
    keys_take(restoring);
    db_make(restoring);
    fill(restoring, reader);
    place(restoring);
    return *restored;
}
