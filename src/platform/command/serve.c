/* SPDX-License-Identifier: Apache-2.0 */
/* The parent keeps no database and reads no request: it only waits for signals, so that nothing can kill it
 * but its operator. */
#include "platform/command/serve.h"

#include "base/fail.h"
#include "base/log.h"
#include "platform/backup/backup_run.h"
#include "platform/http/reply_parts.h"
#include "platform/http/request.h"
#include "platform/live/live_run.h"
#include "platform/sandbox/sandbox.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    CHILDREN_MOST = METRICS_SLOTS,
    GRACE_SECONDS = 8,
    PATIENCE_SECONDS = 10,
    FIRST_DELAY_MS = 50,
    LONGEST_DELAY_MS = 5000,
    FILES_WANTED = 8192,
    SANDBOX_BYTES = 1024 * 1024,
};

/* A process that lived this long was started well; its death begins a new count. */
#define STEADY_US (5 * TIME_SECOND)

typedef enum ChildKind { CHILD_WORKER, CHILD_JOBS, CHILD_LIVE, CHILD_BACKUP } ChildKind;

typedef struct Child {
    pid_t pid; /* 0: not running */
    ChildKind kind;
    int slot;
    Time started;
    Time start_at;    /* not before */
    int quick_deaths; /* in a row, each soon after its start */
} Child;

typedef struct Serve {
    const Application *application;
    const Config *config;
    int listener;
    pid_t parent;
    Metrics *metrics;
    Limits *limits;
    LiveWay live; /* kept open here, so that what is on its way survives whoever dies */
    Child children[CHILDREN_MOST];
    int count;
} Serve;

/* The one thing a signal handler may touch. */
static volatile sig_atomic_t stop;

static void stop_set(int signal_number) {
    (void)signal_number;
    stop = 1;
}

/* ---- in the children ---- */

static void sandbox_begin(const Serve *serve, SandboxKind kind) {
    Arena *arena = arena_new(SANDBOX_BYTES);
    sandbox_enter(arena, serve->config, kind);
    arena_free(arena);
}

static void worker_work(void *context) {
    const Child *child = ((void **)context)[0];
    Serve *serve = ((void **)context)[1];
    live_way_keep_into(&serve->live);
    sandbox_begin(serve, SANDBOX_WORKER);
    Boundary *boundary =
        boundary_new(serve->config, &serve->application->hooks, serve->metrics, serve->limits, child->slot);
    boundary_live(boundary, &serve->live);
    const HttpService service = boundary_service(boundary);
    http_serve(serve->listener, &service, &stop, GRACE_SECONDS);
    boundary_free(boundary);
}

static void jobs_work(void *context) {
    Serve *serve = ((void **)context)[1];
    live_way_keep_into(&serve->live);
    sandbox_begin(serve, SANDBOX_JOBS);
    jobs_run(serve->config, &serve->application->jobs, &serve->live, &stop);
}

/* It keeps no door open: neither the port nor the way into itself. */
static void live_work(void *context) {
    Serve *serve = ((void **)context)[1];
    live_way_keep_out(&serve->live);
    (void)close(serve->listener);
    live_files_raise();
    sandbox_begin(serve, SANDBOX_LIVE);
    live_run(serve->config, &serve->live, reply_security_fields(serve->config), serve->metrics, &stop);
}

/* Ended by SIGTERM at once, whatever it does: it leaves nothing that the next one does not clear away. */
static void backup_work(void *context) {
    Serve *serve = ((void **)context)[1];
    static const volatile sig_atomic_t never;
    live_way_close(&serve->live);
    sandbox_begin(serve, SANDBOX_BACKUP);
    backup_run(serve->config, str_of(serve->application->version), serve->application->check_copy, &never);
}

static const struct {
    const char *name;
    FailWork *work;
} kinds[] = {
    [CHILD_WORKER] = {"worker", worker_work},
    [CHILD_JOBS] = {"jobs", jobs_work},
    [CHILD_LIVE] = {"live", live_work},
    [CHILD_BACKUP] = {"backup", backup_work},
};

static _Noreturn void child_run(Serve *serve, const Child *child) {
    /* Dies with the parent: a worker without one would hold the port and be replaced by nobody. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != serve->parent) {
        _exit(1);
    }
    const struct sigaction on_stop = {.sa_handler = child->kind == CHILD_BACKUP ? SIG_DFL : stop_set};
    sigaction(SIGTERM, &on_stop, NULL);
    sigaction(SIGINT, &on_stop, NULL);
    sigset_t blocked;
    sigemptyset(&blocked);
    if (child->kind == CHILD_WORKER || child->kind == CHILD_LIVE) {
        /* Let through only while the process waits: see http_serve() and live_run(). */
        sigaddset(&blocked, SIGTERM);
        sigaddset(&blocked, SIGINT);
    }
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    Fail why = {0};
    const void *context[2] = {child, serve};
    const bool is_fine = fail_catch(kinds[child->kind].work, context, &why);
    if (!is_fine) {
        log_line(LOG_ERROR, "process_failed", "kind=%s why=\"%s\"", kinds[child->kind].name, why.message);
    }
    exit(is_fine ? 0 : 1);
}

/* ---- in the parent ---- */

static void child_start(Serve *serve, Child *child) {
    child->started = time_monotonic();
    const pid_t pid = fork();
    if (pid == 0) {
        child_run(serve, child);
    }
    if (pid < 0) {
        log_line(LOG_ERROR, "fork_failed", "why=\"%s\"", strerror(errno));
        child->start_at = time_after(child->started, TIME_SECOND);
        return;
    }
    child->pid = pid;
}

/* A first death is an accident, made good at once; dying again and again is a fault that must not fill the
 * processors and the log. */
static int delay_after(int quick_deaths) {
    int delay_ms = quick_deaths < 2 ? 0 : FIRST_DELAY_MS;
    for (int at = 2; at < quick_deaths && delay_ms < LONGEST_DELAY_MS; at++) {
        delay_ms *= 2;
    }
    return delay_ms < LONGEST_DELAY_MS ? delay_ms : LONGEST_DELAY_MS;
}

static void child_died(Serve *serve, Child *child, int status) {
    const Time now = time_monotonic();
    child->pid = 0;
    metrics_restart(serve->metrics, child->slot);
    child->quick_deaths = time_between(child->started, now) > STEADY_US ? 0 : child->quick_deaths + 1;
    const int delay_ms = delay_after(child->quick_deaths);
    child->start_at = time_after(now, delay_ms * INT64_C(1000));
    log_line(LOG_ERROR, "process_died", "kind=%s signal=%d status=%d restart_ms=%d", kinds[child->kind].name,
             WIFSIGNALED(status) ? WTERMSIG(status) : 0, WIFEXITED(status) ? WEXITSTATUS(status) : 0,
             delay_ms);
}

/* Notes every child that has ended; returns how many still run. */
static int children_reap(Serve *serve, bool is_stopping) {
    int status = 0;
    for (pid_t pid = waitpid(-1, &status, WNOHANG); pid > 0; pid = waitpid(-1, &status, WNOHANG)) {
        for (int at = 0; at < serve->count; at++) {
            if (serve->children[at].pid == pid && is_stopping) {
                serve->children[at].pid = 0;
            } else if (serve->children[at].pid == pid) {
                child_died(serve, &serve->children[at], status);
            }
        }
    }
    int running = 0;
    for (int at = 0; at < serve->count; at++) {
        running += serve->children[at].pid != 0;
    }
    return running;
}

static void children_start_due(Serve *serve) {
    const Time now = time_monotonic();
    for (int at = 0; at < serve->count; at++) {
        Child *child = &serve->children[at];
        if (child->pid == 0 && !time_is_before(now, child->start_at)) {
            child_start(serve, child);
        }
    }
}

static void children_signal(const Serve *serve, int signal_number) {
    for (int at = 0; at < serve->count; at++) {
        if (serve->children[at].pid != 0) {
            kill(serve->children[at].pid, signal_number);
        }
    }
}

/* Waits for a signal or the time; returns the signal or 0. */
static int signal_wait(const sigset_t *signals, int ms) {
    const struct timespec span = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    const int signal_number = sigtimedwait(signals, NULL, &span);
    return signal_number > 0 ? signal_number : 0;
}

static void children_stop(Serve *serve, const sigset_t *signals) {
    log_line(LOG_INFO, "stopping", "%s", "");
    /* Nobody new reaches us while the workers finish what they have. */
    close(serve->listener);
    children_signal(serve, SIGTERM);
    const Time patience = time_after(time_monotonic(), PATIENCE_SECONDS * TIME_SECOND);
    while (children_reap(serve, true) > 0) {
        if (time_is_before(patience, time_monotonic())) {
            children_signal(serve, SIGKILL);
        }
        (void)signal_wait(signals, 20);
    }
    log_line(LOG_INFO, "stopped", "%s", "");
}

static void files_raise(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < FILES_WANTED) {
        limit.rlim_cur = limit.rlim_max < FILES_WANTED ? limit.rlim_max : FILES_WANTED;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* What a process of ours knows goes to no file when it dies, and to no other process of the same user. */
static void cores_forbid(void) {
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){.rlim_cur = 0, .rlim_max = 0});
    (void)prctl(PR_SET_DUMPABLE, 0);
}

int serve_run(const Application *application, const Config *config) {
    cores_forbid();
    Serve serve = {.application = application, .config = config, .parent = getpid()};
    serve.listener = http_listen(config->listen);
    serve.metrics = metrics_new();
    serve.limits = limits_new();
    serve.live = live_way_new();
    files_raise();
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    for (int at = 0; at < config->workers; at++) {
        serve.children[serve.count++] = (Child){.kind = CHILD_WORKER};
    }
    serve.children[serve.count++] = (Child){.kind = CHILD_JOBS};
    serve.children[serve.count++] = (Child){.kind = CHILD_LIVE};
    if (!str_is_empty(config->backup_to)) {
        serve.children[serve.count++] = (Child){.kind = CHILD_BACKUP};
    }
    for (int at = 0; at < serve.count; at++) {
        serve.children[at].slot = at;
    }
    sandbox_begin(&serve, SANDBOX_PARENT);
    Arena *arena = arena_new(SANDBOX_BYTES);
    log_line(LOG_INFO, "serving", "origin=%.*s listen=%.*s workers=%d %.*s", STR_ARGS(config->origin),
             STR_ARGS(config->listen), config->workers, STR_ARGS(sandbox_walls(arena)));
    arena_free(arena);
    for (;;) {
        children_start_due(&serve);
        const int signal_number = signal_wait(&signals, FIRST_DELAY_MS);
        if (signal_number == SIGTERM || signal_number == SIGINT) {
            children_stop(&serve, &signals);
            return 0;
        }
        (void)children_reap(&serve, false);
    }
}
