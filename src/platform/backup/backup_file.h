/* SPDX-License-Identifier: Apache-2.0 */
/* A backup as a file: bytes, compressed, encrypted to a public key, in the form of doc/backup-format.md.
 *
 * Writing needs only the public half. Reading takes the secret half, or the file's own key while whoever
 * wrote it still has it in memory. A reader never gives a byte that was not written: whatever was cut off,
 * added or changed is fail(FAIL_USAGE) with a sentence that names the file and the place. */
#ifndef BACKUP_FILE_H
#define BACKUP_FILE_H

#include "platform/backup/backup_key.h"

#include <stdio.h>

typedef enum BackupKind {
    BACKUP_ROWS = 1, /* a whole program */
    BACKUP_KEYS = 2, /* the keys beside it */
} BackupKind;

typedef struct BackupWriter BackupWriter;
typedef struct BackupReader BackupReader;

/* The key of one file. */
typedef struct BackupFileKey {
    unsigned char bytes[32];
} BackupFileKey;

/* Writes to this stream, which stays the caller's, as do its closing and syncing. `name` is for messages.
 * fail(FAIL_IO) when it cannot be written. Lives in the arena. */
BackupWriter *backup_writer_new(Arena *arena, FILE *file, Str name, BackupKind kind, const BackupPublic *key);
void backup_write(BackupWriter *writer, const void *bytes, size_t length);
/* Writes what is left and the mark that this is the end; returns how many bytes the file has. */
int64_t backup_writer_end(BackupWriter *writer);
BackupFileKey backup_writer_key(const BackupWriter *writer);

/* One of the two: */
typedef struct BackupOpener {
    const BackupSecret *secret;
    const BackupFileKey *file_key;
} BackupOpener;

/* Reads from this stream, which stays the caller's. Lives in the arena. */
BackupReader *backup_reader_new(Arena *arena, FILE *file, Str name, BackupKind kind,
                                const BackupOpener *opener);
/* Exactly so many bytes; fail(FAIL_USAGE) when there are fewer. */
void backup_read(BackupReader *reader, void *ret_bytes, size_t length);
/* The content must end here, and the file too. */
void backup_reader_end(BackupReader *reader);
/* fail(FAIL_USAGE): the content makes no sense here. */
_Noreturn void backup_reader_refuse(const BackupReader *reader, const char *what);

#endif
