/* SPDX-License-Identifier: Apache-2.0 */
/* What mail and texts have in common: one transfer of libcurl that ends with its arena, and the secret that
 * it shows to whoever carries it on. Only the jobs process sends: it alone may connect out. */
#ifndef SEND_H
#define SEND_H

#include "platform/scope.h"

#include <curl/curl.h>

/* A transfer that ends with the scope's arena, of no longer than this, without signals.
 * fail(FAIL_MEMORY) when there is no room for it. */
CURL *send_begin(const Scope *scope, long seconds_most);

/* What stands in a file of the data folder, without its line end; empty when there is no such file. Asked
 * for with each message, so that an operator who changes it needs no restart. */
Str send_secret(const Scope *scope, const char *file);

/* Is this server on this machine, where the network never sees what goes there? */
bool send_is_local(Str url);

typedef struct Sent {
    bool is_whole;   /* the exchange came to its end */
    long status;     /* that the other side answered; 0: none */
    const char *why; /* libcurl's word for how it ended */
} Sent;
Sent send_do(CURL *transfer);

/* fail(FAIL_IO) with libcurl's word and the status: never with the other side's own words, which may repeat
 * to whom it goes. `what`: "the mail server did not take a mail". */
_Noreturn void send_failed(const char *what, Sent sent);

#endif
