/* SPDX-License-Identifier: Apache-2.0 */
/* The process that makes the backups of `serve --backup-to`: by a calendar, at a low priority, with the
 * public key alone. It can be killed at any moment, and is, when the program stops. */
#ifndef BACKUP_RUN_H
#define BACKUP_RUN_H

#include "platform/backup/backup.h"

#include <signal.h>

/* Throws out what an earlier one left, then works until *stop is set. */
void backup_run(const Config *config, Str version, BackupCheck *check, const volatile sig_atomic_t *stop);

#endif
