/* SPDX-License-Identifier: Apache-2.0 */
/* Claims due rows one by one, runs them, and keeps what went wrong. */
#include "platform/jobs/jobs.h"

#include "base/fail.h"
#include "base/log.h"
#include "jobs_sql.h"
#include "platform/again.h"
#include "platform/crypto/crypto.h"
#include "platform/keep.h"
#include "platform/zone/zone.h"

#include <assert.h>
#include <unistd.h>

enum {
    TRIES_MOST = 8,
    PAYLOAD_MOST = 64 * 1024,
    ARENA_MOST = 64 * 1024 * 1024,
    PAUSE_MS = 500,
    CALENDARS_MOST = 32,
};

#define LEASE_US (5 * TIME_MINUTE)
#define NOT_NOW_US TIME_MINUTE

typedef struct JobWork {
    const Config *config;
    const JobTable *table;
    Db *db;
    Arena *arena;
    Keep *keep;
    LiveWay *live; /* NULL: none */
    Random random;
    Scope scope;
    JobNext job; /* the row being worked on */
    const JobKind *kind;
    Time later; /* until when it is put back */
    JobEnd end;
    const JobCalendar *calendar;
    Fail fail;
    bool has_worked; /* a row was found */
    bool is_claimed;
    bool has_left; /* the job was given to the world outside: from here on the try counts */
    int done;
} JobWork;

void job_add(const Scope *scope, Tx *tx, PersonId person, Str kind, Str payload, Time when) {
    assert(payload.length <= PAYLOAD_MOST);
    job_add_row(tx, &(JobAddRow){.id = {random_id(scope->random)},
                                 .kind = kind,
                                 .person = person,
                                 .payload = payload,
                                 .run_at = when,
                                 .now = scope->now});
}

void jobs_drop(Tx *tx, PersonId person) {
    (void)job_drop(tx, person);
}

JobsLeft jobs_left(Db *db) {
    JobCount row = {0};
    return job_count(db, TRIES_MOST, &row) ? (JobsLeft){.waiting = row.waiting, .dead = row.dead}
                                           : (JobsLeft){0};
}

static void scope_begin(JobWork *work, Time now) {
    arena_reset(work->arena);
    db_use(work->db, work->arena);
    work->scope = (Scope){.arena = work->arena,
                          .db = work->db,
                          .random = &work->random,
                          .now = now,
                          .zone = zone_find(STR("UTC")),
                          .via = SCOPE_JOB,
                          .config = work->config,
                          .keep = work->keep};
}

static void claim(void *context) {
    JobWork *work = context;
    work->has_worked = work->is_claimed = false;
    Tx *tx = tx_begin(work->db);
    const JobNextRows due = job_next(work->db, work->scope.now, TRIES_MOST);
    if (due.count > 0) {
        work->job = due.items[0];
        work->has_worked = true;
        work->is_claimed =
            job_claim(tx, work->job.id, work->job.tries, time_after(work->scope.now, LEASE_US)) == 1;
    }
    tx_commit(tx);
}

static const JobKind *kind_find(const JobWork *work) {
    for (size_t at = 0; at < work->table->kind_count; at++) {
        if (str_equal(work->job.kind, str_of(work->table->kinds[at].name))) {
            return &work->table->kinds[at];
        }
    }
    fail(FAIL_USAGE, "this version has no such kind of job");
}

static JobMoment ask(JobWork *work) {
    if (work->kind->may == NULL) {
        return (JobMoment){.kind = JOB_NOW};
    }
    db_begin_read(work->db);
    const JobMoment moment = work->kind->may(&work->scope, work->job.payload);
    db_end_read(work->db);
    return moment;
}

static void over_write(Scope *scope, Tx *tx, void *context) {
    const JobWork *work = context;
    if (work->kind->over != NULL) {
        work->kind->over(scope, tx, work->job.payload, work->end);
    }
    job_done(tx, work->job.id);
}

/* The job is over: its row goes. */
static void over(JobWork *work, JobEnd end) {
    work->end = end;
    again_write(&work->scope, over_write, work);
}

static void later_write(Scope *scope, Tx *tx, void *context) {
    const JobWork *work = context;
    (void)scope;
    job_later(tx, work->job.id, work->later, work->job.tries);
}

/* Put back, without counting the try. */
static void put_back(JobWork *work, Time later) {
    work->later = later;
    again_write(&work->scope, later_write, work);
}

static void kind_write(Scope *scope, Tx *tx, void *context) {
    const JobWork *work = context;
    work->kind->run(scope, tx, work->job.payload);
    job_done(tx, work->job.id);
}

static void run(void *context) {
    JobWork *work = context;
    work->kind = kind_find(work);
    const JobMoment moment = ask(work);
    switch (moment.kind) {
    case JOB_NOW:
        break;
    case JOB_LATER:
        put_back(work, moment.at);
        return;
    case JOB_NEVER:
        log_line(LOG_INFO, "job_dropped", "kind=%.*s", STR_ARGS(work->job.kind));
        over(work, JOB_END_DROPPED);
        return;
    }
    if (work->kind->run != NULL) {
        again_write(&work->scope, kind_write, work);
        return;
    }
    work->has_left = true;
    switch (work->kind->send(&work->scope, work->job.payload)) {
    case JOB_SENT:
        over(work, JOB_END_SENT);
        return;
    case JOB_REFUSED:
        over(work, JOB_END_REFUSED);
        return;
    case JOB_NOT_NOW:
        put_back(work, time_after(work->scope.now, NOT_NOW_US));
        return;
    }
}

/* After 1, 2, 4 ... minutes; `tries` counts the one that just failed. */
static Time next_try(Time now, int64_t tries) {
    return time_after(now, TIME_MINUTE << (tries > 0 ? tries - 1 : 0));
}

static void failure_write(Scope *scope, Tx *tx, void *context) {
    const JobWork *work = context;
    job_fail(tx, work->job.id, next_try(scope->now, work->job.tries + 1), str_of(work->fail.message));
}

/* A database that is too busy is no fault of the job, as long as nothing has left. */
static void note_failure(JobWork *work) {
    db_rollback(work->db);
    if (work->fail.kind == FAIL_RETRY && !work->has_left) {
        log_line(LOG_WARNING, "job_waits", "kind=%.*s why=\"%s\"", STR_ARGS(work->job.kind),
                 work->fail.message);
        put_back(work, time_after(work->scope.now, NOT_NOW_US));
        return;
    }
    const int64_t tries = work->job.tries + 1;
    const bool is_dead = tries >= TRIES_MOST;
    log_line(is_dead ? LOG_ERROR : LOG_WARNING, is_dead ? "job_dead" : "job_failed",
             "kind=%.*s tries=%lld why=\"%s\"", STR_ARGS(work->job.kind), (long long)tries,
             work->fail.message);
    again_write(&work->scope, failure_write, work);
}

/* The row of the job must outlive a failure inside its handler: the arena is only reset before the next row.
 * */
static bool one_due(JobWork *work, Time now) {
    scope_begin(work, now);
    Fail why = {0};
    if (!fail_catch(claim, work, &why)) {
        db_rollback(work->db);
        if (why.kind == FAIL_RETRY) {
            return true;
        }
        fail(why.kind, "%s", why.message);
    }
    if (!work->is_claimed) {
        return work->has_worked;
    }
    work->done++;
    work->has_left = false;
    if (!fail_catch(run, work, &work->fail)) {
        note_failure(work);
    }
    return true;
}

static void work_open(JobWork *work, const Config *config, const JobTable *table) {
    *work = (JobWork){.config = config,
                      .table = table,
                      .arena = arena_new(ARENA_MOST),
                      .keep = keep_new(KEEP_BYTES),
                      .random = random_system()};
}

static void work_close(JobWork *work) {
    keep_free(work->keep);
    arena_free(work->arena);
}

int jobs_run_due(const Config *config, Db *db, const JobTable *table, Time now) {
    JobWork work;
    work_open(&work, config, table);
    work.db = db;
    while (one_due(&work, now)) {
    }
    work_close(&work);
    return work.done;
}

/* ---- the process ---- */

static void database_open(JobWork *work) {
    if (work->db == NULL) {
        work->db = db_open(work->config->database, false);
        db_keys_open(work->db, work->config->keys);
        if (work->live != NULL) {
            db_hints_to(work->db, live_way_hints, work->live);
        }
    }
}

static void pass(void *context) {
    JobWork *work = context;
    database_open(work);
    (void)one_due(work, time_now());
}

static void calendar_write(Scope *scope, Tx *tx, void *context) {
    const JobWork *work = context;
    work->calendar->run(scope, tx);
}

static void calendar_run(void *context) {
    JobWork *work = context;
    scope_begin(work, time_now());
    if (work->calendar->work != NULL) {
        work->calendar->work(&work->scope);
        return;
    }
    again_write(&work->scope, calendar_write, work);
}

static void rollback(void *context) {
    JobWork *work = context;
    db_rollback(work->db);
}

static void calendars_run(JobWork *work, Time *next) {
    const Time now = time_monotonic();
    for (size_t at = 0; at < work->table->calendar_count; at++) {
        if (time_is_before(now, next[at]) || work->db == NULL) {
            continue;
        }
        Fail why = {0};
        work->calendar = &work->table->calendars[at];
        next[at] = time_after(now, work->calendar->every_us);
        if (!fail_catch(calendar_run, work, &why)) {
            log_line(LOG_WARNING, "calendar_failed", "name=%s why=\"%s\"", work->calendar->name, why.message);
            (void)fail_catch(rollback, work, &why);
        }
    }
}

/* Also when the database was away until now: what is left undone waits for the next start. */
static void stop_run(void *context) {
    JobWork *work = context;
    database_open(work);
    scope_begin(work, time_now());
    work->table->at_stop(&work->scope);
}

static void stop_work(JobWork *work) {
    Fail why = {0};
    if (work->table->at_stop != NULL && !fail_catch(stop_run, work, &why)) {
        log_line(LOG_WARNING, "jobs_stop_failed", "why=\"%s\"", why.message);
        if (work->db != NULL) {
            (void)fail_catch(rollback, work, &why);
        }
    }
}

static void pause_ms(int ms) {
    const struct timespec span = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    nanosleep(&span, NULL); /* a signal ends it early, which is what stopping wants */
}

void jobs_run(const Config *config, const JobTable *table, LiveWay *live, const volatile sig_atomic_t *stop) {
    assert(table->calendar_count <= CALENDARS_MOST);
    Time next[CALENDARS_MOST] = {{0}};
    JobWork work;
    work_open(&work, config, table);
    work.live = live;
    while (!*stop) {
        Fail why = {0};
        const int before = work.done;
        if (!fail_catch(pass, &work, &why)) {
            log_line(LOG_WARNING, "jobs_wait", "why=\"%s\"", why.message);
            if (work.db != NULL) {
                db_close(work.db);
                work.db = NULL;
                /* Behind the next connection may stand a server that never saw the last changes. */
                keep_free(work.keep);
                work.keep = keep_new(KEEP_BYTES);
            }
            pause_ms(2000);
            continue;
        }
        calendars_run(&work, next);
        if (work.done == before && !*stop) {
            pause_ms(PAUSE_MS);
        }
    }
    stop_work(&work);
    if (work.db != NULL) {
        db_close(work.db);
    }
    work_close(&work);
}
