/* SPDX-License-Identifier: Apache-2.0 */
/* HTTP/1.1 over epoll, for one single-threaded worker: connections, timeouts, bytes in, bytes out.
 *
 * The server reads heads strictly (head.h), collects bodies up to the limit that the service names, and
 * calls the service once a request. It keeps no memory for an idle connection but its slot. Slow visitors
 * are cut off by deadlines on the head, the body and the answer; when all slots are taken, the one that has
 * waited longest without a request makes room.
 *
 * Nothing of the operating system's sockets is known above this file. */
#ifndef SERVER_H
#define SERVER_H

#include "platform/http/head.h"

#include <signal.h>

typedef struct HttpAddress {
    unsigned char bytes[16]; /* IPv6, or IPv4 mapped into it */
} HttpAddress;

typedef struct HttpRequest {
    const Head *head;
    Str body; /* bytes as sent */
    HttpAddress address;
} HttpRequest;

typedef struct HttpAnswer {
    int status;
    Str fields;      /* whole header lines with CR LF, without Content-Length, Date and Connection */
    Str body;        /* valid until the next call of the service */
    bool is_forever; /* the body is valid as long as the process lives */
    bool closes;     /* end the connection after it */
    bool is_stream;  /* another process answers: see hand_over(); to HEAD, the fields are all there is */
} HttpAnswer;

/* What a worker does with requests. No function here may fail(). */
typedef struct HttpService {
    void *context;
    /* Header lines that the server's own answers have as well as the program's. */
    Str fields;
    bool is_behind_proxy; /* all visitors come from one address, so none may have only so many connections */
    /* Should another worker rather take who comes now? After a millisecond this one does all the same. */
    bool (*is_ahead)(void *context);
    /* How many bytes of body this request may have; asked only when there is one. */
    size_t (*body_most)(void *context, const Head *head);
    void (*answer)(void *context, const HttpRequest *request, HttpAnswer *ret_answer);
    /* Hands the connection whose answer is_stream to the process that answers it; the server forgets it then.
     * False: it could not be done, and the visitor is told to come back. */
    bool (*hand_over)(void *context, int socket);
    /* The answer has been given to the kernel as far as it took it. */
    void (*sent)(void *context);
    /* The server itself answered a malformed or oversized request with this status and closed. */
    void (*refused)(void *context, int status);
    /* Connections opened (+1) and closed (-1). */
    void (*connections)(void *context, int change);
} HttpService;

/* Binds "127.0.0.1:8080", "[::1]:8080" or ":8080" and listens. fail(FAIL_USAGE) with one sentence when it
 * cannot. The socket is inherited by the workers. */
int http_listen(Str address);

/* Serves until *stop is set, then finishes what is under way, at most `grace` seconds, and returns. All
 * workers share the socket; each takes one visitor a wake, and lets one with fewer connections go first. The
 * signal that sets *stop must be blocked by the caller; it is let through only while the server waits. */
void http_serve(int listen_socket, const HttpService *service, const volatile sig_atomic_t *stop, int grace);

/* "OK", "Not Found"... */
Str http_status_name(int status);
/* What a person reads whose request was refused before any page could speak: a sentence in both languages,
 * because the visitor's own is not known there. */
Str http_refusal_words(int status);

#endif
