/* SPDX-License-Identifier: Apache-2.0 */
/* One connection of a worker: its slot, its deadlines, and the answer that leaves on it. */
#include "platform/http/server_parts.h"

#include "base/time.h"

#include <assert.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* ---- connections ---- */

void connection_forget_in(Connection *connection) {
    free(connection->in);
    connection->in = NULL;
    connection->in_length = connection->in_room = connection->scanned = connection->needed = 0;
    connection->has_continued = false;
}

void connection_close(HttpServer *server, Connection *connection) {
    connection_forget_in(connection);
    free(connection->out_owned);
    close(connection->socket);
    *connection = (Connection){.socket = -1, .next_free = server->free_list};
    server->free_list = connection;
    server->open_count--;
    server->service->connections(server->service->context, -1);
}

int64_t connection_deadline(const HttpServer *server, size_t bytes) {
    return server->now + TRANSFER_SECONDS * TIME_SECOND +
           (int64_t)(bytes / SLOWEST_BYTES_A_SECOND) * TIME_SECOND;
}

void connection_wait(HttpServer *server, Connection *connection) {
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
void connection_make_room(HttpServer *server) {
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
    connection->deadline = connection_deadline(server, head.length + body.length - done);
}

bool answer_go_on(HttpServer *server, Connection *connection) {
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
            return false;
        }
        connection->out_sent += (size_t)sent;
    }
    connection_answered(server, connection);
    return true;
}

void answer_send(HttpServer *server, Connection *connection, const HttpAnswer *answer, bool is_head) {
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

void answer_refuse(HttpServer *server, Connection *connection, int status) {
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
