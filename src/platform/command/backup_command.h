/* SPDX-License-Identifier: Apache-2.0 */
/* The commands about backups, for a person at a terminal: each prints what it did in plain words. */
#ifndef BACKUP_COMMAND_H
#define BACKUP_COMMAND_H

#include "platform/backup/backup.h"

/* Makes a key pair: the public half into the data folder, the secret half into the file `to`, or on standard
 * output without one. */
void backup_key_command(Arena *arena, const Config *config, Str to);

/* The public key of --key, or that of the data folder. */
BackupPublic backup_key_of(Arena *arena, const Config *config, Str given);

/* Can scheduled backups be made? fail(FAIL_USAGE) with a sentence when not, before anybody relies on them. */
void backup_place_check(Arena *arena, const Config *config);

/* Both note in the database what became of it, and return the exit status. */
int backup_command(Random *random, const BackupOrder *order);
int drill_command(const Scope *scope, Str from, Str key, BackupCheck *check);

/* Restores, and says what. Checking what was restored is the caller's. */
void restore_command(Arena *arena, Config *config, Str from, Str key);

#endif
