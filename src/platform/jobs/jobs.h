/* SPDX-License-Identifier: Apache-2.0 */
/* Work that happens after the answer: a row written in the same transaction as the change that needs it.
 *
 * The jobs process claims a row with a lease, runs the handler of its kind, and deletes it when that returns.
 * A handler that fails is tried again after 1, 2, 4 ... minutes; after 8 tries the row stays as a dead letter
 * for the operator (`beenthere check` and /metrics tell). Handlers must be idempotent: a lease can run out.
 * What a busy database could not put into one order is run again at once, as again_write() does, and where
 * that does not help a minute later; it does not count as a try as long as nothing has left the house. */
#ifndef JOBS_H
#define JOBS_H

#include "platform/config.h"
#include "platform/live/live_way.h"
#include "platform/scope.h"

#include <signal.h>

/* Work inside the database: it runs in a write transaction that also deletes the row, so it happens once,
 * however often it has to be begun. */
typedef void JobRun(Scope *scope, Tx *tx, Str payload);

/* Work that talks to the outside world: no transaction is open meanwhile, so it may take its time; it can
 * happen twice. */
typedef enum JobSent {
    JOB_SENT,
    JOB_REFUSED, /* the other side understood, and will never take it: the row is deleted */
    JOB_NOT_NOW, /* through no fault of the job (no mail server is configured); the try does not count */
} JobSent;
typedef JobSent JobSend(const Scope *scope, Str payload);

/* How such work came to its end. */
typedef enum JobEnd { JOB_END_SENT, JOB_END_REFUSED, JOB_END_DROPPED /* JOB_NEVER */ } JobEnd;
/* What follows from it: runs in the transaction that deletes the row. */
typedef void JobOver(Scope *scope, Tx *tx, Str payload, JobEnd end);

/* Whether a job may be done now. Asked in a reading transaction just before it would be. */
typedef enum JobMomentKind {
    JOB_NOW,
    JOB_LATER, /* not before `at`; the try does not count */
    JOB_NEVER, /* it must not be done at all: the row is deleted */
} JobMomentKind;
typedef struct JobMoment {
    JobMomentKind kind;
    Time at;
} JobMoment;
typedef JobMoment JobMay(const Scope *scope, Str payload);

typedef struct JobKind {
    const char *name; /* stored with the row: never rename */
    JobRun *run;      /* exactly one of run and send is set */
    JobSend *send;
    JobMay *may;   /* NULL: always now */
    JobOver *over; /* NULL: nothing follows; not called of a row that was given up after too many tries */
} JobKind;

typedef struct JobCalendar {
    const char *name;
    int64_t every_us;
    /* Exactly one is set: in a write transaction; or what takes its time, and begins and ends its own. */
    void (*run)(Scope *scope, Tx *tx);
    void (*work)(Scope *scope);
} JobCalendar;

/* Drops what waits for a person who is forgotten or undone. */
void jobs_drop(Tx *tx, PersonId person);

/* Queues a job of this kind to run at or after `when`. `payload` is the kind's own text, at most 64 KiB. It
 * is sealed under the key of the person it is about, or under the vault (0), and goes with them when they
 * are forgotten. */
void job_add(const Scope *scope, Tx *tx, PersonId person, Str kind, Str payload, Time when);

/* Everything a process that works on jobs knows how to do. */
typedef struct JobTable {
    const JobKind *kinds;
    size_t kind_count;
    const JobCalendar *calendars;
    size_t calendar_count;
    /* What the process still does when it is told to stop; NULL: nothing. Begins and ends its own
     * transactions. */
    void (*at_stop)(Scope *scope);
} JobTable;

/* The jobs process: runs until *stop is set. A database that is away is waited for. `live` is the way on
 * which open pages are told of what the jobs change; NULL: they are not. */
void jobs_run(const Config *config, const JobTable *table, LiveWay *live, const volatile sig_atomic_t *stop);

/* One pass over what is due; returns how many rows were worked on. For tests and the command line. */
int jobs_run_due(const Config *config, Db *db, const JobTable *table, Time now);

typedef struct JobsLeft {
    int64_t waiting;
    int64_t dead;
} JobsLeft;

/* How many rows wait, and how many were given up. */
JobsLeft jobs_left(Db *db);

#endif
