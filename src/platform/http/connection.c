/* SPDX-License-Identifier: Apache-2.0 */
/* One connection of a worker: its slot, its deadlines, and the answer that leaves on it. */
#include "platform/http/server_parts.h"

#include "base/time.h"
#include "platform/http/address.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <sys/epoll.h>
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
    if (connection->block != 0) {
        server->block_counts[connection->block]--;
    }
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

uint16_t connection_block(const HttpServer *server, HttpAddress address) {
    if (server->service->is_behind_proxy || address_is_this_machine(address)) {
        return 0;
    }
    const HttpAddress block = address_cut(address);
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t number = 0;
    crypto_shorthash(hash, block.bytes, sizeof block.bytes, server->block_secret);
    memcpy(&number, hash, sizeof number);
    return (uint16_t)(1 + number % (BLOCK_CELLS - 1));
}

bool connection_make_room(HttpServer *server, uint16_t block) {
    Connection *oldest = NULL;
    for (size_t at = 0; at < MOST_CONNECTIONS; at++) {
        Connection *candidate = &server->connections[at];
        if ((candidate->state == CONNECTION_READING || candidate->state == CONNECTION_ENDING) &&
            (block == 0 || candidate->block == block) &&
            (oldest == NULL || candidate->waiting_since < oldest->waiting_since)) {
            oldest = candidate;
        }
    }
    if (oldest != NULL) {
        connection_close(server, oldest);
    }
    return oldest != NULL;
}

void connection_hand_over(HttpServer *server, Connection *connection) {
    if (server->is_stopping || !server->service->hand_over(server->service->context, connection->socket)) {
        answer_refuse(server, connection, 503);
        return;
    }
    /* Closing is not enough: the connection lives on elsewhere, and would go on waking this worker. */
    (void)epoll_ctl(server->epoll, EPOLL_CTL_DEL, connection->socket, NULL);
    connection_close(server, connection);
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
    char length_line[48] = "";
    const Str name = http_status_name(answer->status);
    connection->closes = answer->closes || server->is_stopping;
    if (!answer->is_stream && answer->status != 304) { /* a 304 has no content, and says no length */
        snprintf(length_line, sizeof length_line, "Content-Length: %zu\r\n", answer->body.length);
    }
    const int length = snprintf(head, sizeof head, "HTTP/1.1 %d %.*s\r\nDate: %s\r\n%s%s%.*s\r\n",
                                answer->status, STR_ARGS(name), date_now(server).at, length_line,
                                connection->closes ? "Connection: close\r\n" : "", STR_ARGS(answer->fields));
    assert(length > 0 && (size_t)length < sizeof head);
    const Str body = is_head ? STR("") : answer->body;
    connection_send(server, connection, (Str){.at = head, .length = (size_t)length}, body,
                    answer->is_forever);
}

void answer_refuse(HttpServer *server, Connection *connection, int status) {
    char fields[HEAD_ROOM / 2];
    const int length = snprintf(
        fields, sizeof fields, "Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n%s%.*s",
        status == 405   ? "Allow: GET, HEAD, POST\r\n"
        : status == 503 ? "Retry-After: 5\r\n"
                        : "",
        STR_ARGS(server->service->fields));
    assert(length > 0 && (size_t)length < sizeof fields);
    server->service->refused(server->service->context, status);
    answer_send(server, connection,
                &(HttpAnswer){.status = status,
                              .fields = {.at = fields, .length = (size_t)length},
                              .body = http_refusal_words(status),
                              .closes = true},
                false);
}
