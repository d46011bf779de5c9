/* SPDX-License-Identifier: Apache-2.0 */
/* The two halves of the key that backups are made for, and their text.
 *
 * Whoever has the public half can only make backups; it stands in DIR/backup.public. The secret half opens
 * them. It is written once, into a file for the office safe, and never lives in the data folder. */
#ifndef BACKUP_KEY_H
#define BACKUP_KEY_H

#include "base/str.h"

enum { BACKUP_KEY_BYTES = 32 };

typedef struct BackupPublic {
    unsigned char bytes[BACKUP_KEY_BYTES];
} BackupPublic;

typedef struct BackupSecret {
    unsigned char bytes[BACKUP_KEY_BYTES];
    BackupPublic its_public;
} BackupSecret;

/* A new pair. */
BackupSecret backup_key_new(void);

/* "beenthere-public-" and 64 hexadecimal digits. */
Str backup_public_text(Arena *arena, const BackupPublic *key);
/* The same, or the path of a file that holds it in a line. fail(FAIL_USAGE) with a sentence on anything
 * else. */
BackupPublic backup_public_read(Arena *arena, Str text_or_path);

/* A whole key file: what it is for in words, and "beenthere-recovery-", 64 digits, "-", 8 digits that tell a
 * mistyped key. */
Str backup_secret_text(Arena *arena, const BackupSecret *key);
/* Reads a key file. fail(FAIL_USAGE) with a sentence when it is none, or mistyped. */
BackupSecret backup_secret_read(Arena *arena, Str path);

/* Overwrites the secret. */
void backup_secret_forget(BackupSecret *key);

#endif
