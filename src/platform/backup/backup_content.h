/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in a backup: a label, files of the data folder, and every row, in the order of
 * doc/backup-format.md. The file around it is backup_file.h. */
#ifndef BACKUP_CONTENT_H
#define BACKUP_CONTENT_H

#include "base/time.h"
#include "platform/backup/backup_file.h"
#include "platform/db/db_rows.h"

/* Files are small: keys and signed checkpoints. A row holds at most a story's words. */
enum { BACKUP_FILE_MOST = 16 * 1024 * 1024, BACKUP_ROW_MOST = 64 * 1024 * 1024, BACKUP_FILES_MOST = 20000 };

typedef struct BackupLabel {
    Time made; /* the moment whose rows they are */
    int64_t schema;
    int64_t rows; /* how many there will be */
    DbEngine engine;
    Str version; /* of the program that made it */
} BackupLabel;

typedef struct BackupCount {
    int64_t tables;
    int64_t rows;
    int64_t files;
} BackupCount;

/* Called now and then with how many rows have passed; NULL: nobody wants to know. */
typedef void BackupProgress(void *context, int64_t rows);

typedef struct BackupWriting {
    BackupWriter *writer;
    BackupCount count;
    int64_t table_rows;
    BackupProgress *progress;
    void *context;
} BackupWriting;

void backup_write_label(BackupWriting *writing, const BackupLabel *label);
void backup_write_file(BackupWriting *writing, Str name, Str bytes);
/* For db_rows_give(). Lives as long as `writing`. */
DbRowTaker backup_row_writer(BackupWriting *writing);
/* The sum of all; nothing may follow. */
void backup_write_sum(BackupWriting *writing);

/* Who gets what is read; each may be NULL. */
typedef struct BackupTaking {
    void *context;
    void (*file)(void *context, Str name, Str bytes);
    const DbRowTaker *rows;
    BackupProgress *progress;
    void *progress_context;
} BackupTaking;

BackupLabel backup_read_label(Arena *arena, BackupReader *reader);
/* Everything behind the label, to the end of the file. What does not fit together is fail(FAIL_USAGE). */
BackupCount backup_read_all(Arena *arena, BackupReader *reader, const BackupTaking *taking);

/* May a file of this name be kept in a backup? One name, or a folder and a name; no way out of the folder. */
bool backup_file_name_is_plain(Str name);

#endif
