/* SPDX-License-Identifier: Apache-2.0 */
/* The worker's event loop. Edge-triggered: a connection is registered once, and read or written until the
 * kernel says no. */
#include "platform/http/server.h"

#include "base/fail.h"
#include "base/time.h"

#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
    MOST_CONNECTIONS = 4096,
    SCRATCH_BYTES = 32 * 1024,
    EVENTS_A_WAIT = 256,
    IDLE_SECONDS = 65, /* a little more than the minute that proxies keep theirs */
    FIRST_SECONDS = 15,
    HEAD_SECONDS = 10,
    TRANSFER_SECONDS = 20, /* and one more for each 8 KiB */
    SLOWEST_BYTES_A_SECOND = 8 * 1024,
    LINGER_SECONDS = 5,
    LINGER_BYTES = 64 * 1024 * 1024, /* so that a file that is too large is still told so */
    HEAD_ROOM = 4096,
};

typedef enum ConnectionState {
    CONNECTION_FREE,
    CONNECTION_READING, /* waiting for a request, or in the middle of one */
    CONNECTION_WRITING, /* the kernel's buffer is full */
    CONNECTION_ENDING,  /* refused: our side is shut, the rest of what comes is thrown away */
} ConnectionState;

typedef struct Connection {
    int socket;
    ConnectionState state;
    bool has_served;
    bool closes;        /* after the pending answer */
    bool has_continued; /* 100 Continue was sent for the request being read */
    char *in;           /* an unfinished request; NULL when there is none */
    size_t in_length;
    size_t in_room;
    size_t scanned;
    size_t needed; /* bytes of head and body together, once the head is known */
    char *out;     /* an unfinished answer, owned unless out_is_forever */
    size_t out_length;
    size_t out_sent;
    char *out_owned;
    int64_t deadline; /* monotonic microseconds */
    int64_t waiting_since;
    HttpAddress address;
    struct Connection *next_free;
} Connection;

struct HttpServer {
    const HttpService *service;
    int epoll;
    int listener; /* -1 when stopping */
    bool is_stopping;
    int64_t now;
    time_t date_second;
    char date[40];
    size_t open_count;
    Connection *free_list;
    Connection *connections;
    char *scratch;
};

static void connection_read(HttpServer *server, Connection *connection);

/* ---- connections ---- */

static void connection_forget_in(Connection *connection) {
    free(connection->in);
    connection->in = NULL;
    connection->in_length = connection->in_room = connection->scanned = connection->needed = 0;
    connection->has_continued = false;
}

static void connection_close(HttpServer *server, Connection *connection) {
    connection_forget_in(connection);
    free(connection->out_owned);
    close(connection->socket);
    *connection = (Connection){.socket = -1, .next_free = server->free_list};
    server->free_list = connection;
    server->open_count--;
    server->service->connections(server->service->context, -1);
}

static int64_t deadline_for(const HttpServer *server, size_t bytes) {
    return server->now + TRANSFER_SECONDS * TIME_SECOND +
           (int64_t)(bytes / SLOWEST_BYTES_A_SECOND) * TIME_SECOND;
}

static void connection_wait(HttpServer *server, Connection *connection) {
    connection->state = CONNECTION_READING;
    connection->waiting_since = server->now;
    connection->deadline =
        server->now + (connection->has_served ? IDLE_SECONDS : FIRST_SECONDS) * TIME_SECOND;
}

/* Shuts our side and swallows what still comes for a moment: closing at once would make the kernel answer
 * the unread rest with a reset, which can overtake the answer. */
static void connection_end(HttpServer *server, Connection *connection) {
    connection_forget_in(connection);
    connection->state = CONNECTION_ENDING;
    connection->deadline = server->now + LINGER_SECONDS * TIME_SECOND;
    connection->out_sent = 0;
    shutdown(connection->socket, SHUT_WR);
}

/* The slot of the connection that has waited longest without a whole request. */
static void connection_make_room(HttpServer *server) {
    Connection *oldest = NULL;
    for (size_t at = 0; at < MOST_CONNECTIONS; at++) {
        Connection *candidate = &server->connections[at];
        if ((candidate->state == CONNECTION_READING || candidate->state == CONNECTION_ENDING) &&
            (oldest == NULL || candidate->waiting_since < oldest->waiting_since)) {
            oldest = candidate;
        }
    }
    if (oldest != NULL) {
        connection_close(server, oldest);
    }
}

/* ---- answers ---- */

static Str date_now(HttpServer *server) {
    const time_t second = time(NULL);
    if (second != server->date_second) {
        struct tm parts;
        gmtime_r(&second, &parts);
        strftime(server->date, sizeof server->date, "%a, %d %b %Y %H:%M:%S GMT", &parts);
        server->date_second = second;
    }
    return str_of(server->date);
}

/* Keeps what the kernel did not take. False when there is no memory for it. */
static bool connection_keep_rest(Connection *connection, Str head, Str body, size_t sent, bool is_forever) {
    if (is_forever && sent >= head.length) {
        connection->out = (char *)(uintptr_t)body.at; /* only read from */
        connection->out_length = body.length;
        connection->out_sent = sent - head.length;
        return true;
    }
    const size_t total = head.length + body.length;
    connection->out_owned = malloc(total);
    if (connection->out_owned == NULL) {
        return false;
    }
    memcpy(connection->out_owned, head.at, head.length);
    if (body.length > 0) {
        memcpy(connection->out_owned + head.length, body.at, body.length);
    }
    connection->out = connection->out_owned;
    connection->out_length = total;
    connection->out_sent = sent;
    return true;
}

static void connection_answered(HttpServer *server, Connection *connection) {
    free(connection->out_owned);
    connection->out_owned = connection->out = NULL;
    connection->out_length = connection->out_sent = 0;
    connection->has_served = true;
    if (connection->closes) {
        connection_end(server, connection);
        return;
    }
    connection_wait(server, connection);
}

static void connection_send(HttpServer *server, Connection *connection, Str head, Str body, bool is_forever) {
    struct iovec parts[2] = {{.iov_base = (void *)(uintptr_t)head.at, .iov_len = head.length},
                             {.iov_base = (void *)(uintptr_t)body.at, .iov_len = body.length}};
    const struct msghdr message = {.msg_iov = parts, .msg_iovlen = body.length > 0 ? 2 : 1};
    const ssize_t sent = sendmsg(connection->socket, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) {
        connection_close(server, connection);
        return;
    }
    const size_t done = sent < 0 ? 0 : (size_t)sent;
    if (done == head.length + body.length) {
        connection_answered(server, connection);
        return;
    }
    if (!connection_keep_rest(connection, head, body, done, is_forever)) {
        connection_close(server, connection);
        return;
    }
    connection->state = CONNECTION_WRITING;
    connection->deadline = deadline_for(server, head.length + body.length - done);
}

static void connection_write_rest(HttpServer *server, Connection *connection) {
    while (connection->out_sent < connection->out_length) {
        const ssize_t sent = send(connection->socket, connection->out + connection->out_sent,
                                  connection->out_length - connection->out_sent, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR) {
                continue;
            }
            if (errno != EAGAIN) {
                connection_close(server, connection);
            }
            return;
        }
        connection->out_sent += (size_t)sent;
    }
    connection_answered(server, connection);
    connection_read(server, connection);
}

static void answer_send(HttpServer *server, Connection *connection, const HttpAnswer *answer, bool is_head) {
    char head[HEAD_ROOM];
    const Str name = http_status_name(answer->status);
    connection->closes = answer->closes || server->is_stopping;
    const int length =
        snprintf(head, sizeof head, "HTTP/1.1 %d %.*s\r\nDate: %s\r\nContent-Length: %zu\r\n%s%.*s\r\n",
                 answer->status, STR_ARGS(name), date_now(server).at, answer->body.length,
                 connection->closes ? "Connection: close\r\n" : "", STR_ARGS(answer->fields));
    assert(length > 0 && (size_t)length < sizeof head);
    const Str body = is_head ? STR("") : answer->body;
    connection_send(server, connection, (Str){.at = head, .length = (size_t)length}, body,
                    answer->is_forever);
}

static void refuse(HttpServer *server, Connection *connection, int status) {
    static const char fields[] =
        "Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n"
        "X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'\r\n";
    char with_allow[sizeof fields + 32];
    const int length = snprintf(with_allow, sizeof with_allow, "%s%s", fields,
                                status == 405 ? "Allow: GET, HEAD, POST\r\n" : "");
    server->service->refused(server->service->context, status);
    answer_send(server, connection,
                &(HttpAnswer){.status = status,
                              .fields = {.at = with_allow, .length = (size_t)length},
                              .body = http_refusal_words(status),
                              .closes = true},
                false);
}

/* ---- requests ---- */

/* The head is here but not the body. False when the request was refused. */
static bool body_expect(HttpServer *server, Connection *connection, const Head *head, size_t have) {
    if (connection->needed == 0) {
        if (head->body_length > server->service->body_most(server->service->context, head)) {
            refuse(server, connection, 413);
            return false;
        }
        connection->needed = head->length + head->body_length;
        connection->deadline = deadline_for(server, head->body_length);
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
        refuse(server, connection, head.refusal);
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
    answer_send(server, connection, &answer, head.method == HEAD_METHOD_HEAD);
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

static HttpAddress address_of(const struct sockaddr_storage *from) {
    HttpAddress address = {{0}};
    if (from->ss_family == AF_INET6) {
        memcpy(address.bytes, &((const struct sockaddr_in6 *)from)->sin6_addr, 16);
    } else if (from->ss_family == AF_INET) {
        address.bytes[10] = address.bytes[11] = 0xff;
        memcpy(address.bytes + 12, &((const struct sockaddr_in *)from)->sin_addr, 4);
    }
    return address;
}

/* False when there is nobody to accept. */
static bool accept_one(HttpServer *server) {
    struct sockaddr_storage from = {0};
    socklen_t from_length = sizeof from;
    const int socket_new =
        accept4(server->listener, (struct sockaddr *)&from, &from_length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket_new < 0) {
        if (errno == EMFILE || errno == ENFILE) {
            connection_make_room(server);
        }
        return errno == ECONNABORTED || errno == EINTR;
    }
    if (server->free_list == NULL) {
        connection_make_room(server);
    }
    Connection *connection = server->free_list;
    if (connection == NULL) {
        close(socket_new); /* every slot is busy answering */
        return true;
    }
    server->free_list = connection->next_free;
    *connection = (Connection){.socket = socket_new, .address = address_of(&from)};
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
                refuse(server, connection, 408);
            } else {
                connection_close(server, connection);
            }
        }
    }
}

/* Nobody new; who has asked is answered, who has not is let go. */
static void stop_begin(HttpServer *server) {
    while (accept_one(server)) {
    }
    epoll_ctl(server->epoll, EPOLL_CTL_DEL, server->listener, NULL);
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

static void event_handle(HttpServer *server, const struct epoll_event *event) {
    Connection *connection = event->data.ptr;
    if (connection == NULL) {
        /* One a wake: all workers are woken, and so share a burst. */
        (void)(server->listener >= 0 && accept_one(server));
        return;
    }
    if (connection->state == CONNECTION_WRITING) {
        connection_write_rest(server, connection);
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
        const int count =
            epoll_pwait(server.epoll, events, EVENTS_A_WAIT, server.is_stopping ? 50 : 1000, &unblocked);
        server.now = time_monotonic().us;
        for (int at = 0; at < count; at++) {
            event_handle(&server, &events[at]);
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
