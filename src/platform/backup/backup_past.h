/* SPDX-License-Identifier: Apache-2.0 */
/* What became of backups and drills, kept in the database, for the board, /metrics and the log. */
#ifndef BACKUP_PAST_H
#define BACKUP_PAST_H

#include "platform/backup/backup.h"

/* Stored with the row: never renumber. */
typedef enum BackupRunKind { BACKUP_RUN_BACKUP = 1, BACKUP_RUN_DRILL = 2 } BackupRunKind;

/* Notes a backup that was made, and its drill when there was one, in a transaction of its own. */
void backup_note_done(Db *db, Random *random, const BackupDone *done, bool has_drilled);
/* Notes a drill by hand. */
void backup_note_drill(Db *db, Random *random, const BackupDrilled *drilled);
/* Notes what could not be done, and why. */
void backup_note_failed(Db *db, Random *random, BackupRunKind kind, Time began, Str why);

typedef enum BackupState {
    BACKUP_STATE_NONE, /* nobody has set backups up */
    BACKUP_STATE_GOOD,
    BACKUP_STATE_LATE,   /* the last good backup, or drill, is older than it may be */
    BACKUP_STATE_FAILED, /* the last one did not go well */
} BackupState;

typedef struct BackupStatus {
    BackupState state;
    Time backup_at; /* the last good one; TIME_NONE: none */
    Time drill_at;
    int64_t drill_us;
    int64_t bytes;  /* of the last good backup */
    Time failed_at; /* with BACKUP_STATE_FAILED */
} BackupStatus;

/* Nobody has to do anything. */
static inline bool backup_is_well(const BackupStatus *status) {
    return status->state == BACKUP_STATE_GOOD || status->state == BACKUP_STATE_NONE;
}

/* In the transaction that is open. */
BackupStatus backup_status(Db *db, const Config *config, Time now);

#endif
