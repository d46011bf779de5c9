/* SPDX-License-Identifier: Apache-2.0 */
/* Rows about backups, and what they mean. */
#include "platform/backup/backup_past.h"

#include "backup_sql.h"
#include "platform/config.h"

/* By hand, without a schedule, two days are long enough. */
#define BY_HAND_EVERY TIME_DAY
#define KEPT (90 * TIME_DAY)
#define GRACE TIME_HOUR

static void note(Db *db, Random *random, BackupRunAdd row) {
    row.id = (BackupRunId){random_id(random)};
    Tx *tx = tx_begin(db);
    backup_run_add(tx, &row);
    (void)backup_run_forget(tx, row.kind, time_before(row.began_at, KEPT));
    tx_commit(tx);
}

void backup_note_done(Db *db, Random *random, const BackupDone *done, bool has_drilled) {
    const Time now = time_now();
    const Time between = time_before(now, done->drill_us);
    note(db, random,
         (BackupRunAdd){.kind = BACKUP_RUN_BACKUP,
                        .began_at = time_before(between, done->write_us),
                        .ended_at = now,
                        .is_good = true,
                        .made_at = done->label.made,
                        .row_count = done->count.rows,
                        .byte_count = done->bytes,
                        .why = STR("")});
    if (has_drilled) {
        note(db, random,
             (BackupRunAdd){.kind = BACKUP_RUN_DRILL,
                            .began_at = between,
                            .ended_at = now,
                            .is_good = done->wrong.count == 0,
                            .made_at = done->label.made,
                            .row_count = done->count.rows,
                            .byte_count = done->bytes,
                            .why = done->wrong.count == 0 ? STR("") : done->wrong.items[0]});
    }
}

void backup_note_drill(Db *db, Random *random, const BackupDrilled *drilled) {
    const Time now = time_now();
    note(db, random,
         (BackupRunAdd){.kind = BACKUP_RUN_DRILL,
                        .began_at = time_before(now, drilled->took_us),
                        .ended_at = now,
                        .is_good = drilled->wrong.count == 0,
                        .made_at = drilled->label.made,
                        .row_count = drilled->count.rows,
                        .why = drilled->wrong.count == 0 ? STR("") : drilled->wrong.items[0]});
}

void backup_note_failed(Db *db, Random *random, BackupRunKind kind, Time began, Str why) {
    note(db, random, (BackupRunAdd){.kind = kind, .began_at = began, .ended_at = time_now(), .why = why});
}

static bool is_late(Time last, Time now, int64_t every) {
    return time_is_none(last) || time_between(last, now) > 2 * every + GRACE;
}

BackupStatus backup_status(Db *db, const Config *config, Time now) {
    BackupRunNewest newest[2];
    BackupRunGood good[2];
    memset(newest, 0, sizeof newest);
    memset(good, 0, sizeof good);
    bool has_run = false;
    bool has_failed = false;
    BackupStatus status = {.state = BACKUP_STATE_GOOD};
    for (int at = 0; at < 2; at++) {
        const int kind = at == 0 ? BACKUP_RUN_BACKUP : BACKUP_RUN_DRILL;
        const bool is_there = backup_run_newest(db, kind, &newest[at]);
        (void)backup_run_good(db, kind, &good[at]);
        has_run = has_run || is_there;
        if (is_there && !newest[at].is_good) {
            has_failed = true;
            status.failed_at = newest[at].ended_at;
        }
    }
    status.backup_at = good[0].ended_at;
    status.bytes = good[0].byte_count;
    status.drill_at = good[1].ended_at;
    status.drill_us = time_between(good[1].began_at, good[1].ended_at);
    const bool is_scheduled = !str_is_empty(config->backup_to);
    if (!has_run && !is_scheduled) {
        status.state = BACKUP_STATE_NONE;
    } else if (has_failed) {
        status.state = BACKUP_STATE_FAILED;
    } else if (is_late(status.backup_at, now, is_scheduled ? config->backup_every_us : BY_HAND_EVERY) ||
               is_late(status.drill_at, now, is_scheduled ? config->drill_every_us : BY_HAND_EVERY)) {
        status.state = has_run || !is_scheduled ? BACKUP_STATE_LATE : BACKUP_STATE_GOOD;
    }
    return status;
}
