/* SPDX-License-Identifier: Apache-2.0 */
/* A backup restored for a moment, to see whether it can be. */
#ifndef BACKUP_SCRATCH_H
#define BACKUP_SCRATCH_H

#include "platform/backup/backup.h"

typedef struct ScratchOrder {
    Arena *arena;
    const Config *config;
    FILE *file; /* at its start */
    Str name;
    BackupOpener opener;
    BackupCheck *check;
    bool tells_progress;
} ScratchOrder;

/* Restores to DIR/drill.partial, checks, removes. A backup that cannot be read is fail(). */
BackupDrilled backup_scratch(const ScratchOrder *order);

/* Progress in rows on standard error, for a total that is known. */
struct Meter;
void backup_meter_step(void *meter, int64_t rows);

#endif
