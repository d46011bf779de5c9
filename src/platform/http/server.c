/* SPDX-License-Identifier: Apache-2.0 */
/* The worker's event loop. Edge-triggered: a connection is registered once, and read or written until the
 * kernel says no. */
#include "platform/http/server_parts.h"

#include "base/fail.h"
#include "base/time.h"
#include "platform/http/address.h"

#include <errno.h>
#include <sodium.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- requests ---- */

/* The head is here but not the body. False when the request was refused. */
static bool body_expect(HttpServer *server, Connection *connection, const Head *head, size_t have) {
    if (connection->needed == 0) {
        if (head->body_length > server->service->body_most(server->service->context, head)) {
            answer_refuse(server, connection, 413);
            return false;
        }
        connection->needed = head->length + head->body_length;
        connection->deadline = connection_deadline(server, head->body_length);
    }
    if (have < connection->needed && head->wants_continue && !connection->has_continued &&
        have == head->length) {
        static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
        connection->has_continued = true;
        /* Refused or cut short: the visitor sends the body anyway after waiting a little. */
        (void)!send(connection->socket, go_on, sizeof go_on - 1, MSG_NOSIGNAL);
    }
    return true;
}

/* Handles the request at the start of the bytes; returns its length, or 0 when it is not complete, was
 * refused, or the connection is busy or gone. */
static size_t request_take(HttpServer *server, Connection *connection, const char *bytes, size_t length) {
    if (connection->needed > length) {
        return 0;
    }
    Head head;
    size_t scanned = connection->needed > 0 ? 0 : connection->scanned;
    switch (head_read(bytes, length, &scanned, &head)) {
    case HEAD_REFUSED:
        answer_refuse(server, connection, head.refusal);
        return 0;
    case HEAD_MORE:
        if (connection->scanned == 0) {
            connection->deadline = server->now + HEAD_SECONDS * TIME_SECOND;
        }
        connection->scanned = scanned;
        return 0;
    case HEAD_READY:
        break;
    }
    /* A head that is read again for its body must be scanned again from its start. */
    connection->scanned = 0;
    if (head.body_length > 0 && !body_expect(server, connection, &head, length)) {
        return 0;
    }
    const size_t total = head.length + head.body_length;
    if (length < total) {
        return 0;
    }
    connection->needed = 0;
    connection->has_continued = false;
    const HttpRequest request = {.head = &head,
                                 .body = {.at = bytes + head.length, .length = head.body_length},
                                 .address = connection->address};
    HttpAnswer answer = {.status = 500};
    server->service->answer(server->service->context, &request, &answer);
    answer.closes = answer.closes || !head.keeps_alive;
    if (answer.is_stream && head.method != HEAD_METHOD_HEAD) {
        connection_hand_over(server, connection);
    } else {
        answer_send(server, connection, &answer, head.method == HEAD_METHOD_HEAD);
    }
    server->service->sent(server->service->context);
    return total;
}

/* Takes whole requests off the front while the connection can answer; returns how many bytes were used. */
static size_t requests_take(HttpServer *server, Connection *connection, const char *bytes, size_t length) {
    size_t used = 0;
    while (used < length && connection->state == CONNECTION_READING) {
        const size_t taken = request_take(server, connection, bytes + used, length - used);
        if (taken == 0) {
            break;
        }
        used += taken;
    }
    return used;
}

/* Room for what comes next in the connection's own buffer. */
static bool connection_grow(Connection *connection) {
    const size_t wanted = connection->needed > 0 ? connection->needed : HEAD_MOST_BYTES + 1;
    const size_t least = connection->in_length + 4096;
    const size_t room = wanted > least ? wanted : least;
    /* A large body's memory is only taken as the body really comes. */
    size_t grown = connection->in_room < 8192 ? 8192 : connection->in_room * 2;
    grown = grown > room ? room : grown;
    if (connection->in_length < connection->in_room) {
        return true;
    }
    grown = grown < least ? least : grown;
    char *bigger = realloc(connection->in, grown);
    if (bigger == NULL) {
        return false;
    }
    connection->in = bigger;
    connection->in_room = grown;
    return true;
}

/* Keeps the unfinished rest in the connection's own buffer, or gives that buffer back when nothing is left.
 * */
static bool connection_keep_in(Connection *connection, const char *bytes, size_t used, size_t length) {
    const size_t rest = length - used;
    if (rest == 0) {
        connection_forget_in(connection);
        return true;
    }
    if (connection->in == NULL) {
        connection->in = malloc(rest);
        if (connection->in == NULL) {
            return false;
        }
        connection->in_room = rest;
    }
    memmove(connection->in, bytes + used, rest);
    connection->in_length = rest;
    return true;
}

static void connection_swallow(HttpServer *server, Connection *connection) {
    for (;;) {
        const ssize_t got = recv(connection->socket, server->scratch, SCRATCH_BYTES, 0);
        if (got > 0) {
            connection->out_sent += (size_t)got;
        }
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR) ||
            connection->out_sent > LINGER_BYTES) {
            connection_close(server, connection);
            return;
        }
        if (got < 0 && errno == EAGAIN) {
            return;
        }
    }
}

/* One recv() and what it made possible. False when there is nothing more to do now. */
static bool connection_read_once(HttpServer *server, Connection *connection) {
    char *into = server->scratch;
    size_t room = SCRATCH_BYTES;
    if (connection->in != NULL) {
        if (!connection_grow(connection)) {
            connection_close(server, connection);
            return false;
        }
        into = connection->in + connection->in_length;
        room = connection->in_room - connection->in_length;
    }
    const ssize_t got = recv(connection->socket, into, room, 0);
    if (got <= 0) {
        if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            connection_close(server, connection);
            return false;
        }
        return errno == EINTR;
    }
    const bool is_own = connection->in != NULL;
    const char *bytes = is_own ? connection->in : server->scratch;
    const size_t length = is_own ? connection->in_length + (size_t)got : (size_t)got;
    const size_t used = requests_take(server, connection, bytes, length);
    if (connection->state == CONNECTION_FREE || connection->state == CONNECTION_ENDING) {
        return connection->state == CONNECTION_ENDING;
    }
    if (!connection_keep_in(connection, bytes, used, length)) {
        connection_close(server, connection);
        return false;
    }
    return connection->state == CONNECTION_READING && (size_t)got == room;
}

/* Requests that came behind one whose answer was slow to leave. */
static void connection_take_kept(HttpServer *server, Connection *connection) {
    if (connection->in_length == 0 || connection->needed > connection->in_length) {
        return;
    }
    const size_t used = requests_take(server, connection, connection->in, connection->in_length);
    if (connection->state == CONNECTION_READING || connection->state == CONNECTION_WRITING) {
        (void)connection_keep_in(connection, connection->in, used, connection->in_length);
    }
}

static void connection_read(HttpServer *server, Connection *connection) {
    if (connection->state == CONNECTION_READING) {
        connection_take_kept(server, connection);
    }
    while (connection->state == CONNECTION_READING && connection_read_once(server, connection)) {
    }
    if (connection->state == CONNECTION_ENDING) {
        connection_swallow(server, connection);
    }
}

/* ---- the loop ---- */

/* False when there is nobody to accept. */
static bool accept_one(HttpServer *server) {
    struct sockaddr_storage from = {0};
    socklen_t from_length = sizeof from;
    const int socket_new =
        accept4(server->listener, (struct sockaddr *)&from, &from_length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket_new < 0) {
        if (errno == EMFILE || errno == ENFILE) {
            (void)connection_make_room(server, 0);
        }
        return errno == ECONNABORTED || errno == EINTR;
    }
    const HttpAddress address = address_of_socket(&from);
    const uint16_t block = connection_block(server, address);
    const bool is_full = server->block_counts[block] >= MOST_A_BLOCK;
    if ((is_full || server->free_list == NULL) && !connection_make_room(server, is_full ? block : 0)) {
        close(socket_new); /* every slot is busy answering, or all that one block may have */
        return true;
    }
    Connection *connection = server->free_list;
    server->free_list = connection->next_free;
    *connection = (Connection){.socket = socket_new, .address = address, .block = block};
    server->block_counts[block] = (uint16_t)(server->block_counts[block] + (block != 0));
    server->open_count++;
    server->service->connections(server->service->context, 1);
    connection_wait(server, connection);
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = connection};
    if (epoll_ctl(server->epoll, EPOLL_CTL_ADD, socket_new, &event) != 0) {
        connection_close(server, connection);
    }
    return true;
}

static void close_overdue(HttpServer *server) {
    for (size_t at = 0; at < MOST_CONNECTIONS; at++) {
        Connection *connection = &server->connections[at];
        if (connection->state != CONNECTION_FREE && connection->deadline <= server->now) {
            if (connection->state == CONNECTION_READING && connection->in_length > 0) {
                answer_refuse(server, connection, 408);
            } else {
                connection_close(server, connection);
            }
        }
    }
}

/* How long to wait for events, in milliseconds. */
static int patience_of(const HttpServer *server) {
    if (server->holds_until != 0) {
        return 1;
    }
    return server->is_stopping ? 50 : 1000;
}

/* Nobody new; who has asked is answered, who has not is let go. */
static void stop_begin(HttpServer *server) {
    while (accept_one(server)) {
    }
    epoll_ctl(server->epoll, EPOLL_CTL_DEL, server->listener, NULL);
    server->holds_until = 0;
    server->listener = -1;
    server->is_stopping = true;
    for (size_t at = 0; at < MOST_CONNECTIONS; at++) {
        Connection *connection = &server->connections[at];
        if (connection->state != CONNECTION_READING) {
            continue;
        }
        connection_read(server, connection); /* a request may have come in the meantime */
        if (connection->state == CONNECTION_READING && connection->in_length == 0) {
            if (connection->has_served) {
                connection_close(server, connection);
            } else {
                connection->deadline = server->now + TIME_SECOND;
            }
        }
    }
}

/* Whether the listening socket wakes this worker. */
static void listener_watch(HttpServer *server, bool is_watched) {
    struct epoll_event event = {.events = is_watched ? EPOLLIN : 0, .data.ptr = NULL};
    (void)epoll_ctl(server->epoll, EPOLL_CTL_MOD, server->listener, &event);
}

/* Takes in several of those who wait: while every connection has something to answer, a round of the loop is
 * long, and one visitor a round would let a burst wait for seconds. Stops when this worker is ahead of
 * another, but takes `least` in any event. */
static void accept_some(HttpServer *server, int least) {
    for (int taken = 0; taken < ACCEPTS_A_WAIT; taken++) {
        const bool may_stop = taken >= least;
        if ((may_stop && server->service->is_ahead(server->service->context)) || !accept_one(server)) {
            return;
        }
    }
}

/* Somebody waits. All workers are woken, and one that has many connections holds back for a moment, so that
 * they share the load and not only the visitors of a burst. */
static void listener_handle(HttpServer *server) {
    if (server->listener < 0) {
        return;
    }
    if (server->service->is_ahead(server->service->context)) {
        server->holds_until = server->now + HOLD_US;
        listener_watch(server, false);
        return;
    }
    accept_some(server, 1);
}

/* The others have caught up, or had their chance: they may be in the middle of something long, or dead. */
static void hold_end(HttpServer *server) {
    const bool is_over = server->now >= server->holds_until;
    if (!is_over && server->service->is_ahead(server->service->context)) {
        return;
    }
    server->holds_until = 0;
    listener_watch(server, true);
    accept_some(server, is_over ? 4 : 1);
}

static void event_handle(HttpServer *server, const struct epoll_event *event) {
    Connection *connection = event->data.ptr;
    if (connection == NULL) {
        listener_handle(server);
        return;
    }
    if (connection->state == CONNECTION_WRITING) {
        if (answer_go_on(server, connection)) {
            connection_read(server, connection);
        }
        return;
    }
    if ((event->events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) {
        connection_read(server, connection);
        /* The end of the stream may stand behind a read that was shorter than its room. */
        if (connection->state == CONNECTION_READING &&
            (event->events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) {
            (void)connection_read_once(server, connection);
        }
    }
}

static void server_open(HttpServer *server) {
    server->epoll = epoll_create1(EPOLL_CLOEXEC);
    server->connections = calloc(MOST_CONNECTIONS, sizeof(Connection));
    server->scratch = malloc(SCRATCH_BYTES);
    if (server->epoll < 0 || server->connections == NULL || server->scratch == NULL) {
        fail(FAIL_IO, "the worker cannot start its event loop: %s", strerror(errno));
    }
    randombytes_buf(server->block_secret, sizeof server->block_secret);
    for (size_t at = MOST_CONNECTIONS; at-- > 0;) {
        server->connections[at].next_free = server->free_list;
        server->free_list = &server->connections[at];
    }
    /* Not EPOLLEXCLUSIVE: it wakes the same worker each time, which then keeps nearly all connections. */
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    if (epoll_ctl(server->epoll, EPOLL_CTL_ADD, server->listener, &event) != 0) {
        fail(FAIL_IO, "the worker cannot watch its socket: %s", strerror(errno));
    }
}

void http_serve(int listen_socket, const HttpService *service, const volatile sig_atomic_t *stop, int grace) {
    HttpServer server = {.service = service, .listener = listen_socket, .now = time_monotonic().us};
    server_open(&server);
    sigset_t unblocked;
    sigprocmask(SIG_BLOCK, NULL, &unblocked);
    sigdelset(&unblocked, SIGTERM);
    sigdelset(&unblocked, SIGINT);
    int64_t swept = server.now;
    int64_t stop_at = INT64_MAX;
    while (server.now < stop_at && !(server.is_stopping && server.open_count == 0)) {
        struct epoll_event events[EVENTS_A_WAIT];
        const int count = epoll_pwait(server.epoll, events, EVENTS_A_WAIT, patience_of(&server), &unblocked);
        server.now = time_monotonic().us;
        for (int at = 0; at < count; at++) {
            event_handle(&server, &events[at]);
        }
        if (server.holds_until != 0) {
            hold_end(&server);
        }
        if (*stop && !server.is_stopping) {
            stop_at = server.now + grace * TIME_SECOND;
            stop_begin(&server);
        }
        if (server.now - swept >= TIME_SECOND || server.is_stopping) {
            swept = server.now;
            close_overdue(&server);
        }
    }
    for (size_t at = 0; at < MOST_CONNECTIONS; at++) {
        if (server.connections[at].state != CONNECTION_FREE) {
            connection_close(&server, &server.connections[at]);
        }
    }
    close(server.epoll);
    free(server.connections);
    free(server.scratch);
}
