/* SPDX-License-Identifier: Apache-2.0 */
/* Hearing what all processes on all machines tell through PostgreSQL: a connection of the live process's own,
 * made anew when it is lost, without ever holding up the loop (but for looking up the server's name). */
#ifndef LIVE_LISTEN_H
#define LIVE_LISTEN_H

#include "platform/db/db.h"

typedef struct LiveListen LiveListen;

/* NULL on SQLite. `database` must outlive it. fail(FAIL_MEMORY) when there is none. */
LiveListen *live_listen_new(Str database);
void live_listen_free(LiveListen *listen);

typedef enum LiveListenTurn {
    LIVE_LISTEN_GOES_ON, /* as before */
    LIVE_LISTEN_BEGINS,  /* it hears from now on; what was told before may be lost. Its socket is a new one */
} LiveListenTurn;

/* Does what can be done without waiting, and calls `hear` with what was told. To be called when its socket
 * has something, and after live_listen_patience(). */
LiveListenTurn live_listen_turn(LiveListen *listen, DbHints *hear, void *context);

/* After LIVE_LISTEN_BEGINS, until it is lost; a lost one leaves epoll by itself, being closed. */
int live_listen_socket(const LiveListen *listen);

/* After how many milliseconds, at most `most`, it wants a turn. */
int live_listen_patience(const LiveListen *listen, int most);

#endif
