/* SPDX-License-Identifier: Apache-2.0 */
/* One connection that listens: resting after a fault, connecting, asking to listen, hearing. */
#include "platform/live/live_listen.h"

#include "base/fail.h"
#include "base/log.h"

#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    ADDRESS_MOST = 2048,
    FIRST_REST_MS = 250,
    LONGEST_REST_MS = 10000,
    CONNECT_SECONDS = 10,
    BUSY_MS = 20, /* between two looks while connecting */
};

typedef enum ListenState { LISTEN_RESTING, LISTEN_CONNECTING, LISTEN_ASKING, LISTEN_HEARING } ListenState;

struct LiveListen {
    char address[ADDRESS_MOST];
    PGconn *connection;
    ListenState state;
    PostgresPollingStatusType wants;
    Time until; /* monotonic: resting or connecting */
    int rest_ms;
};

LiveListen *live_listen_new(Str database) {
    if (str_starts_with(database, STR("sqlite:"))) {
        return NULL;
    }
    LiveListen *listen = calloc(1, sizeof *listen);
    if (listen == NULL || database.length >= sizeof listen->address) {
        fail(FAIL_MEMORY, "no memory to listen with");
    }
    memcpy(listen->address, database.at, database.length);
    listen->rest_ms = FIRST_REST_MS;
    return listen;
}

void live_listen_free(LiveListen *listen) {
    if (listen != NULL) {
        PQfinish(listen->connection);
        free(listen);
    }
}

int live_listen_socket(const LiveListen *listen) {
    return PQsocket(listen->connection);
}

int live_listen_patience(const LiveListen *listen, int most) {
    const bool is_busy = listen->state == LISTEN_CONNECTING || listen->state == LISTEN_ASKING;
    const int wanted = is_busy ? BUSY_MS : FIRST_REST_MS;
    return listen->state == LISTEN_HEARING || most < wanted ? most : wanted;
}

/* The address stays out of the log: it may hold a password. */
static void rest(LiveListen *listen) {
    log_line(LOG_WARNING, "live_database_lost", "again_ms=%d", listen->rest_ms);
    PQfinish(listen->connection);
    listen->connection = NULL;
    listen->state = LISTEN_RESTING;
    listen->until = time_after(time_monotonic(), listen->rest_ms * INT64_C(1000));
    listen->rest_ms = listen->rest_ms * 2 < LONGEST_REST_MS ? listen->rest_ms * 2 : LONGEST_REST_MS;
}

static void keep_quiet(void *context, const char *message) {
    (void)context;
    (void)message;
}

/* A server that is gone without a word is missed within a minute. */
static void connect_begin(LiveListen *listen) {
    const char *const words[] = {"dbname", "keepalives_idle", "keepalives_interval", "keepalives_count",
                                 NULL};
    const char *const values[] = {listen->address, "20", "10", "3", NULL};
    listen->connection = PQconnectStartParams(words, values, 1);
    if (listen->connection == NULL || PQstatus(listen->connection) == CONNECTION_BAD) {
        rest(listen);
        return;
    }
    (void)PQsetNoticeProcessor(listen->connection, keep_quiet, NULL);
    listen->state = LISTEN_CONNECTING;
    listen->wants = PGRES_POLLING_WRITING;
    listen->until = time_after(time_monotonic(), CONNECT_SECONDS * TIME_SECOND);
}

static bool is_ready(const LiveListen *listen) {
    const short events = listen->wants == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    struct pollfd one = {.fd = PQsocket(listen->connection), .events = events};
    return poll(&one, 1, 0) != 0;
}

static void connect_go_on(LiveListen *listen) {
    if (time_is_before(listen->until, time_monotonic())) {
        rest(listen);
        return;
    }
    while (is_ready(listen)) {
        listen->wants = PQconnectPoll(listen->connection);
        if (listen->wants == PGRES_POLLING_FAILED) {
            rest(listen);
            return;
        }
        if (listen->wants == PGRES_POLLING_OK) {
            if (PQsetnonblocking(listen->connection, 1) != 0 ||
                PQsendQuery(listen->connection, "LISTEN " DB_HINTS_CHANNEL) != 1) {
                rest(listen);
                return;
            }
            listen->state = LISTEN_ASKING;
            return;
        }
    }
}

/* False: the connection is lost. */
static bool bytes_take(LiveListen *listen, bool *ret_has_answer) {
    *ret_has_answer = false;
    if (PQflush(listen->connection) < 0 || PQconsumeInput(listen->connection) != 1) {
        return false;
    }
    while (!PQisBusy(listen->connection)) {
        PGresult *result = PQgetResult(listen->connection);
        if (result == NULL) {
            break;
        }
        const bool is_good = PQresultStatus(result) == PGRES_COMMAND_OK;
        PQclear(result);
        if (!is_good) {
            return false;
        }
        *ret_has_answer = true;
    }
    return PQstatus(listen->connection) == CONNECTION_OK;
}

static void notices_hear(LiveListen *listen, DbHints *hear, void *context) {
    for (PGnotify *notice = PQnotifies(listen->connection); notice != NULL;
         notice = PQnotifies(listen->connection)) {
        hear(context, str_of(notice->extra));
        PQfreemem(notice);
    }
}

LiveListenTurn live_listen_turn(LiveListen *listen, DbHints *hear, void *context) {
    bool has_answer = false;
    if (listen->state == LISTEN_RESTING && !time_is_before(time_monotonic(), listen->until)) {
        connect_begin(listen);
    }
    if (listen->state == LISTEN_CONNECTING) {
        connect_go_on(listen);
    }
    if (listen->state != LISTEN_ASKING && listen->state != LISTEN_HEARING) {
        return LIVE_LISTEN_GOES_ON;
    }
    if (!bytes_take(listen, &has_answer)) {
        rest(listen);
        return LIVE_LISTEN_GOES_ON;
    }
    notices_hear(listen, hear, context);
    if (listen->state == LISTEN_HEARING || !has_answer) {
        return LIVE_LISTEN_GOES_ON;
    }
    listen->state = LISTEN_HEARING;
    listen->rest_ms = FIRST_REST_MS;
    return LIVE_LISTEN_BEGINS;
}
