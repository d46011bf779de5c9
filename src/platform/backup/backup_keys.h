/* SPDX-License-Identifier: Apache-2.0 */
/* What of the data folder goes where. Nothing that opens what families wrote is ever inside a backup.
 *
 * Keys and passwords go into one file beside the backups, beenthere.keys, made for the same public key. There
 * is only ever the newest: when a family is forgotten, the next copy of the keys can no longer open what
 * stands of it in the backups of before. Proofs that tell of a moment (the folder `checkpoints`) go into the
 * backup of that moment. */
#ifndef BACKUP_KEYS_H
#define BACKUP_KEYS_H

#include "platform/backup/backup_content.h"
#include "platform/config.h"

/* Writes the folder's keys to `path`, in place of those that stood there. */
void backup_keys_write(Arena *arena, const Config *config, const BackupPublic *key, Str path, Str version);

/* Puts the keys that a file holds into a folder, 0600. Returns when they were copied. */
Time backup_keys_take(Arena *arena, Str path, const BackupSecret *secret, Str folder);

/* Changes whenever a key does: times and sizes of the key files, as a number. */
uint64_t backup_keys_mark(Arena *arena, const Config *config);

typedef struct BackupProofs {
    const Str *names;
    const Str *bytes;
    size_t count;
} BackupProofs;

/* The proofs, as they stand in their own folder. */
BackupProofs backup_proofs_read(Arena *arena, const Config *config);
/* Changes whenever a proof is added. */
uint64_t backup_proofs_mark(Arena *arena, const Config *config);

/* Writes a file that was read from a backup into a folder, 0600, and its own folder where it needs one. */
void backup_file_put(Arena *arena, Str folder, Str name, Str bytes);

#endif
