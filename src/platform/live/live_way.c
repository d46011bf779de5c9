/* SPDX-License-Identifier: Apache-2.0 */
/* The pair of sockets. SOCK_SEQPACKET: a queue of datagrams between local sockets holds only some tens of
 * messages, this one as many as its buffer has room for. */
#include "platform/live/live_way.h"

#include "base/fail.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER_BYTES = 4 * 1024 * 1024 }; /* the kernel gives as much of it as the system allows */

LiveWay live_way_new(void) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0) {
        fail(FAIL_IO, "no way to the live process can be made: %s", strerror(errno));
    }
    const int bytes = BUFFER_BYTES;
    (void)setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    return (LiveWay){.into = ends[0], .out = ends[1]};
}

static void end_close(int *end) {
    if (*end >= 0) {
        (void)close(*end);
    }
    *end = -1;
}

void live_way_keep_into(LiveWay *way) {
    end_close(&way->out);
}

void live_way_keep_out(LiveWay *way) {
    end_close(&way->into);
}

void live_way_close(LiveWay *way) {
    end_close(&way->into);
    end_close(&way->out);
}

bool live_way_hand(const LiveWay *way, const LiveLine *line, int connection) {
    char text[LIVE_LINE_MOST];
    struct iovec part = {.iov_base = text, .iov_len = live_line_write(line, text)};
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr head;
    } control = {.bytes = {0}};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(head), &connection, sizeof connection);
    return sendmsg(way->into, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)part.iov_len;
}

void live_way_hints(void *context, Str lines) {
    const LiveWay *way = context;
    (void)!send(way->into, lines.at, lines.length, MSG_NOSIGNAL | MSG_DONTWAIT);
}

bool live_way_take(const LiveWay *way, char *bytes, size_t room, Str *ret_lines, int *ret_connection) {
    struct iovec part = {.iov_base = bytes, .iov_len = room};
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr head;
    } control;
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    const ssize_t got = recvmsg(way->out, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (got <= 0) {
        return false;
    }
    *ret_connection = -1;
    const struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (head != NULL && head->cmsg_type == SCM_RIGHTS && head->cmsg_len == CMSG_LEN(sizeof(int))) {
        memcpy(ret_connection, CMSG_DATA(head), sizeof *ret_connection);
    }
    *ret_lines = (Str){.at = bytes, .length = (size_t)got};
    return true;
}
