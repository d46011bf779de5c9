/* SPDX-License-Identifier: Apache-2.0 */
/* The listening socket, and the names of the statuses that are answered on it. */
#include "platform/http/server.h"

#include "base/fail.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

Str http_status_name(int status) {
    static const struct {
        int status;
        const char *name;
    } names[] = {
        {200, "OK"},
        {206, "Partial Content"},
        {303, "See Other"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
    };
    for (size_t at = 0; at < sizeof names / sizeof names[0]; at++) {
        if (names[at].status == status) {
            return str_of(names[at].name);
        }
    }
    return STR("Other");
}

Str http_refusal_words(int status) {
    if (status == 413 || status == 414 || status == 431) {
        return STR("This is too long for us. Please go back and write less. / "
                   "Esto es demasiado largo. Por favor, regrese y escriba menos.\n");
    }
    if (status == 408) {
        return STR("The connection was too slow. Please go back and try again. / "
                   "La red va muy lenta. Por favor, regrese e intente de nuevo.\n");
    }
    if (status == 421) {
        return STR("This program has another address. Please look at the link that you were given. / "
                   "Este programa no responde por este enlace. Por favor, mire el enlace que le dieron.\n");
    }
    if (status == 503) {
        return STR("We cannot do this right now. Please try again in a minute. / "
                   "No se puede en este momento. Intente de nuevo en un minuto.\n");
    }
    return STR("We could not read what your browser sent. Please go back and try again. / "
               "No se puede leer lo que ha enviado su navegador. Por favor, regrese e intente de nuevo.\n");
}

static int listen_try(const struct addrinfo *found) {
    const int yes = 1;
    const int listener = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0) {
        return -1;
    }
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    /* Inherited by what is accepted: answers leave at once. */
    setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (bind(listener, found->ai_addr, found->ai_addrlen) != 0 || listen(listener, 4096) != 0) {
        const int why = errno;
        close(listener);
        errno = why;
        return -1;
    }
    return listener;
}

int http_listen(Str address) {
    char host[256] = "";
    char port[8] = "";
    size_t colon = address.length;
    while (colon > 0 && address.at[colon - 1] != ':') {
        colon--;
    }
    Str host_part = str_part(address, 0, colon > 0 ? colon - 1 : 0);
    const Str port_part = str_part(address, colon, address.length);
    int64_t number = 0;
    if (str_starts_with(host_part, STR("[")) && str_ends_with(host_part, STR("]"))) {
        host_part = str_part(host_part, 1, host_part.length - 2);
    }
    if (colon == 0 || !str_to_int(port_part, 1, 65535, &number) || host_part.length >= sizeof host) {
        fail(FAIL_USAGE, "--listen wants ADDRESS:PORT, such as 127.0.0.1:8080, not \"%.*s\"",
             STR_ARGS(address));
    }
    memcpy(host, host_part.at, host_part.length);
    snprintf(port, sizeof port, "%d", (int)number);
    const struct addrinfo hints = {
        .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    const int problem = getaddrinfo(host[0] == '\0' ? NULL : host, port, &hints, &found);
    if (problem != 0) {
        fail(FAIL_USAGE, "cannot listen on %.*s: %s", STR_ARGS(address), gai_strerror(problem));
    }
    const int listener = listen_try(found);
    const int why = errno;
    freeaddrinfo(found);
    if (listener < 0 && why == EADDRINUSE) {
        fail(FAIL_USAGE, "cannot listen on %.*s: another program already uses that port", STR_ARGS(address));
    }
    if (listener < 0) {
        fail(FAIL_USAGE, "cannot listen on %.*s: %s", STR_ARGS(address), strerror(why));
    }
    return listener;
}
