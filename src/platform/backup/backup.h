/* SPDX-License-Identifier: Apache-2.0 */
/* Backups: made while the program serves, proven when they are made, and restored with one command.
 *
 * A backup is all rows of one moment (SQLite: one read transaction; PostgreSQL: one REPEATABLE READ
 * snapshot), in a form that either engine takes. Before it gets its name it is read back from the disk, byte
 * by byte, and in a drill restored to a scratch place and checked there as well. That can be done without
 * the secret key because the file's own key is still in memory. Beside the backups lies the newest copy of
 * the keys (backup_keys.h). */
#ifndef BACKUP_H
#define BACKUP_H

#include "platform/backup/backup_content.h"
#include "platform/scope.h"

/* What the features find wrong in a database, a line each. May be NULL. */
typedef Strs BackupCheck(Scope *scope);

typedef struct BackupOrder {
    Arena *arena;
    Db *db; /* of the program; no transaction is open */
    const Config *config;
    BackupPublic key;
    Str to; /* a folder, or the path of the file to make */
    Str version;
    BackupCheck *check;
    bool drills;         /* also restore it to a scratch place and check it there */
    bool tells_progress; /* on standard error */
} BackupOrder;

typedef struct BackupDone {
    Str path;
    BackupLabel label;
    BackupCount count;
    int64_t bytes;
    int64_t write_us; /* from the first row to the disk */
    int64_t drill_us; /* reading it back, and the drill */
    Strs wrong;       /* what the checks of the copy found; the backup is there all the same */
} BackupDone;

/* Makes a backup and the copy of the keys beside it. fail() with a sentence when that cannot be done: the
 * caller rolls the database back, and when the arena ends nothing is left behind. */
BackupDone backup_make(const BackupOrder *order);

typedef struct BackupDrilled {
    BackupLabel label;
    BackupCount count;
    int64_t took_us;
    Strs wrong; /* a line each: what is not as it must be */
} BackupDrilled;

/* Restores a backup to a scratch place in the data folder, checks it there and removes it. */
BackupDrilled backup_drill(Arena *arena, const Config *config, Str path, const BackupSecret *secret,
                           BackupCheck *check, bool tells_progress);

typedef struct RestoreOrder {
    Arena *arena;
    Config
        *config; /* its data folder must not be there, or be empty; its database is that of the new place */
    Str from;    /* a backup, or a folder: the newest in it */
    const BackupSecret *secret;
    bool tells_progress;
} RestoreOrder;

typedef struct Restored {
    Str path;
    BackupLabel label;
    BackupCount count;
    Time keys_of; /* when the keys were copied */
} Restored;

/* Restores a backup into an empty place. fail() with a sentence otherwise, and when the arena ends nothing
 * is left behind. */
Restored backup_restore(const RestoreOrder *order);

/* The newest backup of a folder, or the path itself when it is no folder. fail(FAIL_USAGE) when none is
 * there. */
Str backup_newest(Arena *arena, Str from);

#endif
