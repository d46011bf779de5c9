/* SPDX-License-Identifier: Apache-2.0 */
/* Calendar, keeping and reporting. What is due is read from the folder and the database, so that a restart
 * neither forgets nor repeats a backup. */
#include "platform/backup/backup_run.h"

#include "base/fail.h"
#include "base/log.h"
#include "platform/backup/backup_folder.h"
#include "platform/backup/backup_keys.h"
#include "platform/backup/backup_past.h"
#include "platform/config.h"

#include <sys/resource.h>
#include <unistd.h>

enum { ARENA_MOST = 1024 * 1024 * 1024, PAUSE_MS = 2000, NICE = 10 };

#define AGAIN_US (10 * TIME_MINUTE)

typedef struct Calendar {
    uint64_t keys_mark;    /* of the keys beside the backups */
    Time not_before;       /* after a failure: nothing until then */
    Time drill_not_before; /* after a drill */
} Calendar;

typedef struct Run {
    const Config *config;
    Str version;
    BackupCheck *check;
    Arena *arena;
    Db *db;
    Calendar calendar;
    Random random;
    Time began;
    Fail fail;
    bool has_worked;
} Run;

/* The keys change when somebody is forgotten: the copy beside the backups must not open that any longer. */
static void keys_follow(Run *run, const BackupPublic *key) {
    const uint64_t mark = backup_keys_mark(run->arena, run->config);
    if (mark == run->calendar.keys_mark) {
        return;
    }
    backup_keys_write(run->arena, run->config, key,
                      backup_path(run->arena, run->config->backup_to, STR(BACKUP_KEYS_NAME)), run->version);
    run->calendar.keys_mark = mark;
}

static bool is_due(Time last, Time now, int64_t every) {
    return time_is_none(last) || time_between(last, now) >= every || time_is_before(now, last);
}

static Time newest_made(const Run *run) {
    const Strs names = backup_list(run->arena, run->config->backup_to);
    Time made = TIME_NONE;
    if (names.count > 0) {
        (void)backup_name_time(names.items[names.count - 1], &made);
    }
    return made;
}

static void old_remove(const Run *run) {
    const Strs old = backup_outdated(run->arena, backup_list(run->arena, run->config->backup_to), time_now());
    for (size_t at = 0; at < old.count; at++) {
        (void)unlink(str_c(run->arena, backup_path(run->arena, run->config->backup_to, old.items[at])));
    }
}

static void make(Run *run, const BackupPublic *key, bool drills) {
    const BackupDone done = backup_make(&(BackupOrder){.arena = run->arena,
                                                       .db = run->db,
                                                       .config = run->config,
                                                       .key = *key,
                                                       .to = run->config->backup_to,
                                                       .version = run->version,
                                                       .check = run->check,
                                                       .drills = drills});
    backup_note_done(run->db, &run->random, &done, drills);
    log_line(LOG_INFO, "backup_made", "rows=%lld bytes=%lld write_ms=%lld read_ms=%lld drill=%s",
             (long long)done.count.rows, (long long)done.bytes, (long long)(done.write_us / 1000),
             (long long)(done.drill_us / 1000),
             !drills                ? "not_due"
             : done.wrong.count > 0 ? "wrong"
                                    : "good");
    for (size_t at = 0; at < done.wrong.count; at++) {
        log_line(LOG_ERROR, "drill_found", "what=\"%.*s\"", STR_ARGS(done.wrong.items[at]));
    }
    old_remove(run);
}

static void pass(void *context) {
    Run *run = context;
    const Time now = time_now();
    if (time_is_before(now, run->calendar.not_before)) {
        return;
    }
    run->began = now;
    if (run->db == NULL) {
        run->db = db_open(run->config->database, false);
    }
    db_use(run->db, run->arena);
    const BackupPublic key =
        backup_public_read(run->arena, backup_path(run->arena, run->config->data, STR(BACKUP_PUBLIC_NAME)));
    keys_follow(run, &key);
    db_begin_read(run->db);
    const BackupStatus status = backup_status(run->db, run->config, now);
    db_end_read(run->db);
    const bool drills = is_due(status.drill_at, now, run->config->drill_every_us) &&
                        !time_is_before(now, run->calendar.drill_not_before);
    if (drills || is_due(newest_made(run), now, run->config->backup_every_us)) {
        run->has_worked = true;
        make(run, &key, drills);
        /* A drill that found something is not tried again at once. */
        run->calendar.drill_not_before =
            drills ? time_after(now, run->config->drill_every_us / 4) : run->calendar.drill_not_before;
    }
}

static void note_failure(void *context) {
    Run *run = context;
    db_rollback(run->db);
    backup_note_failed(run->db, &run->random, BACKUP_RUN_BACKUP, run->began, str_of(run->fail.message));
}

static void failed(Run *run) {
    log_line(LOG_ERROR, "backup_failed", "why=\"%s\"", run->fail.message);
    run->calendar.not_before = time_after(time_now(), AGAIN_US);
    Fail second = {0};
    if (run->db != NULL && !fail_catch(note_failure, run, &second)) {
        db_close(run->db);
        run->db = NULL;
    }
}

/* What one that was killed has left. */
static void left_over_remove(void *context) {
    const Run *run = context;
    (void)backup_folder_remove(run->arena, backup_path(run->arena, run->config->data, STR("drill.partial")));
    backup_partials_remove(run->arena, run->config->backup_to);
}

void backup_run(const Config *config, Str version, BackupCheck *check, const volatile sig_atomic_t *stop) {
    Run run = {.config = config,
               .version = version,
               .check = check,
               .arena = arena_new(ARENA_MOST),
               .random = random_system()};
    (void)setpriority(PRIO_PROCESS, 0, NICE);
    (void)fail_catch(left_over_remove, &run, &run.fail);
    while (!*stop) {
        run.has_worked = false;
        if (!fail_catch(pass, &run, &run.fail)) {
            failed(&run);
        }
        arena_reset(run.arena);
        const struct timespec span = {.tv_sec = PAUSE_MS / 1000};
        nanosleep(&span, NULL);
    }
    if (run.db != NULL) {
        db_close(run.db);
    }
    arena_free(run.arena);
}
