/* SPDX-License-Identifier: Apache-2.0 */
/* The files of backups: their names, how they come to stand there whole, and which are kept how long.
 *
 * A backup is written under a name that ends in ".partial", is verified, and only then gets its own: what is
 * called beenthere-....backup was read back whole once. */
#ifndef BACKUP_FOLDER_H
#define BACKUP_FOLDER_H

#include "base/str.h"
#include "base/time.h"

#include <stdio.h>

#define BACKUP_KEYS_NAME "beenthere.keys"
#define BACKUP_PUBLIC_NAME "backup.public"

/* The latest so many are kept, and the first of each day for so many days. */
enum { BACKUP_KEPT_LATEST = 24, BACKUP_KEPT_DAYS = 30 };

bool backup_is_folder(Arena *arena, Str path);
/* The folder that a path stands in, "." when it names none. */
Str backup_folder_of(Arena *arena, Str path);
Str backup_path(Arena *arena, Str folder, Str name);

/* "beenthere-20261128T190000Z.backup": sorted by name they are sorted by time. */
Str backup_name(Arena *arena, Time made);
/* False: not a name like that. */
bool backup_name_time(Str name, Time *ret_made);

/* Creates a file 0600 in place of whatever stands there; it is closed, and removed unless it was moved, when
 * the arena ends. fail(FAIL_IO) with a sentence. */
typedef struct BackupNewFile {
    FILE *stream;
    const char *path; /* where it is written */
    bool is_placed;
} BackupNewFile;
BackupNewFile *backup_file_new(Arena *arena, Str path);
/* Onto the disk: its content. */
void backup_file_sync(const BackupNewFile *file);
/* Onto the disk under its final name, in place of what stood there. */
void backup_file_place(Arena *arena, BackupNewFile *file, Str path);

/* A file for reading, closed when the arena ends. fail(FAIL_USAGE) with a sentence. */
FILE *backup_file_open(Arena *arena, Str path);

/* Names of the backups in a folder, oldest first; empty without one. fail(FAIL_USAGE) when it cannot be
 * read. */
Strs backup_list(Arena *arena, Str folder);

/* Those of the list (oldest first) that are to go: all that are neither among the latest nor the first of
 * their day. */
Strs backup_outdated(Arena *arena, Strs names, Time now);

/* Removes backups in a folder that were never finished. */
void backup_partials_remove(Arena *arena, Str folder);

/* Removes a folder with its files and one level of folders in it; nothing when it is not there. Follows no
 * links. False when something is left. */
bool backup_folder_remove(Arena *arena, Str path);

/* Onto the disk: what names a folder holds. */
void backup_folder_sync(Arena *arena, Str path);

#endif
