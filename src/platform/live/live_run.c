/* SPDX-License-Identifier: Apache-2.0 */
/* The live process's event loop. Level-triggered: what is left over wakes it again. */
#include "platform/live/live_run.h"

#include "base/fail.h"
#include "base/log.h"
#include "platform/live/live_listen.h"
#include "platform/live/live_streams.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    EVENTS_A_WAIT = 256,
    MESSAGES_A_WAKE = 256,
    TURN_MS = 1000,
    OTHER_FILES = 32, /* what is open besides streams */
};

/* What an event of epoll is about: streams have their generation in the upper half. */
enum { ABOUT_WAY = 0, ABOUT_DATABASE = 1, ABOUT_STREAMS = 2 };

typedef struct Run {
    const LiveWay *way;
    LiveStreams *streams;
    LiveListen *listen; /* NULL: everything comes by the way */
    int epoll;
    Time now;
} Run;

static bool watch(const Run *run, int file, uint32_t events, uint64_t about) {
    struct epoll_event event = {.events = events, .data.u64 = about};
    return epoll_ctl(run->epoll, EPOLL_CTL_ADD, file, &event) == 0;
}

static void stream_begin(const Run *run, const LiveLine *line, int connection) {
    uint32_t generation = 0;
    const int number = live_streams_add(run->streams, line, connection, run->now, &generation);
    if (number < 0) {
        return;
    }
    const uint64_t about = (uint64_t)generation << 32 | (uint32_t)(number + ABOUT_STREAMS);
    if (!watch(run, connection, EPOLLIN | EPOLLRDHUP, about)) {
        live_streams_hear(run->streams, &(LiveLine){.verb = LIVE_GONE, .session = line->session}, run->now);
    }
}

static void lines_hear(void *context, Str lines) {
    const Run *run = context;
    Str rest = lines;
    while (!str_is_empty(rest)) {
        Str one = STR_NONE;
        LiveLine line;
        (void)str_cut(rest, '\n', &one, &rest);
        if (live_line_read(one, &line) && line.verb != LIVE_HAND) {
            live_streams_hear(run->streams, &line, run->now);
        }
    }
}

static void way_read(Run *run) {
    char bytes[LIVE_MESSAGE_MOST];
    Str lines = STR_NONE;
    int connection = -1;
    for (int taken = 0; taken < MESSAGES_A_WAKE; taken++) {
        if (!live_way_take(run->way, bytes, sizeof bytes, &lines, &connection)) {
            return;
        }
        LiveLine line;
        if (connection < 0) {
            lines_hear(run, lines);
        } else if (live_line_read(lines, &line) && line.verb == LIVE_HAND) {
            stream_begin(run, &line, connection);
        } else {
            (void)close(connection);
        }
    }
}

static void event_handle(Run *run, const struct epoll_event *event) {
    const uint32_t about = (uint32_t)event->data.u64;
    if (about == ABOUT_WAY) {
        way_read(run);
    } else if (about >= ABOUT_STREAMS) {
        live_streams_read(run->streams, (int)(about - ABOUT_STREAMS), (uint32_t)(event->data.u64 >> 32));
    } /* the database is looked after in each turn */
}

static void database_tend(Run *run) {
    if (run->listen == NULL) {
        return;
    }
    switch (live_listen_turn(run->listen, lines_hear, run)) {
    case LIVE_LISTEN_GOES_ON:
        return;
    case LIVE_LISTEN_BEGINS:
        if (!watch(run, live_listen_socket(run->listen), EPOLLIN, ABOUT_DATABASE)) {
            fail(FAIL_IO, "the live process cannot watch its database: %s", strerror(errno));
        }
        live_streams_blind(run->streams, run->now);
        return;
    }
}

static void turns_take(Run *run, const volatile sig_atomic_t *stop) {
    sigset_t unblocked;
    sigprocmask(SIG_BLOCK, NULL, &unblocked);
    sigdelset(&unblocked, SIGTERM);
    sigdelset(&unblocked, SIGINT);
    Time tended = time_monotonic();
    while (!*stop) {
        struct epoll_event events[EVENTS_A_WAIT];
        const int patience = run->listen == NULL ? TURN_MS : live_listen_patience(run->listen, TURN_MS);
        const int count = epoll_pwait(run->epoll, events, EVENTS_A_WAIT, patience, &unblocked);
        run->now = time_now();
        for (int at = 0; at < count; at++) {
            event_handle(run, &events[at]);
        }
        database_tend(run);
        if (time_between(tended, time_monotonic()) >= TIME_SECOND) {
            tended = time_monotonic();
            live_streams_tend(run->streams, run->now);
        }
    }
}

static size_t streams_most(void) {
    struct rlimit limit = {.rlim_cur = OTHER_FILES};
    (void)getrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t left = limit.rlim_cur > OTHER_FILES ? limit.rlim_cur - OTHER_FILES : 1;
    return left < LIVE_STREAMS_MOST ? (size_t)left : LIVE_STREAMS_MOST;
}

void live_run(const Config *config, const LiveWay *way, Str fields, Metrics *metrics,
              const volatile sig_atomic_t *stop) {
    Run run = {.way = way, .epoll = epoll_create1(EPOLL_CLOEXEC), .now = time_now()};
    run.streams = live_streams_new(fields, streams_most(), metrics);
    if (run.epoll < 0 || !watch(&run, way->out, EPOLLIN, ABOUT_WAY)) {
        fail(FAIL_IO, "the live process cannot start its event loop: %s", strerror(errno));
    }
    live_streams_blind(run.streams, run.now);
    run.listen = live_listen_new(config->database);
    turns_take(&run, stop);
    live_streams_free(run.streams);
    live_listen_free(run.listen);
    (void)close(run.epoll);
}

void live_files_raise(void) {
    struct rlimit limit;
    const rlim_t wanted = LIVE_STREAMS_MOST + OTHER_FILES;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < wanted) {
        limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}
