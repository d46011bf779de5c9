/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of a worker's event loop, for the server's own files: connections, and what is sent on them. */
#ifndef SERVER_PARTS_H
#define SERVER_PARTS_H

#include "platform/http/server.h"

enum {
    MOST_CONNECTIONS = 4096,
    MOST_A_BLOCK = 512, /* connections from one block of addresses */
    BLOCK_CELLS = 8192,
    SCRATCH_BYTES = 32 * 1024,
    EVENTS_A_WAIT = 256,
    ACCEPTS_A_WAIT = 16,
    IDLE_SECONDS = 65, /* a little more than the minute that proxies keep theirs */
    FIRST_SECONDS = 15,
    HEAD_SECONDS = 10,
    TRANSFER_SECONDS = 20, /* and one more for each 8 KiB */
    SLOWEST_BYTES_A_SECOND = 8 * 1024,
    HOLD_US = 1000,
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
    uint16_t block; /* the cell of block_counts[] that counts it; 0: it is not counted */
    struct Connection *next_free;
} Connection;

typedef struct HttpServer {
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
    /* How many connections each block of addresses has, by a keyed hash of it; two blocks in one cell share
     * its room. Cell 0 counts nothing. */
    uint16_t block_counts[BLOCK_CELLS];
    unsigned char block_secret[16];
    int64_t holds_until; /* a worker with fewer connections may accept first; 0: nobody is let first */
} HttpServer;

/* Gives the slot back. */
void connection_close(HttpServer *server, Connection *connection);
/* Gives the connection away, without what came behind its request; or says that it could not, and closes. */
void connection_hand_over(HttpServer *server, Connection *connection);
/* Waits for the next request. */
void connection_wait(HttpServer *server, Connection *connection);
/* Frees the bytes of an unfinished request. */
void connection_forget_in(Connection *connection);
/* The cell that counts this visitor's block; 0 for a proxy, which brings everybody. */
uint16_t connection_block(const HttpServer *server, HttpAddress address);
/* Closes the one of this block (0: of all) that has waited longest without a whole request. False when all
 * are busy answering. */
bool connection_make_room(HttpServer *server, uint16_t block);
/* When so many bytes must have passed. */
int64_t connection_deadline(const HttpServer *server, size_t bytes);

/* Sends, or keeps what the kernel does not take. The connection may be closed afterwards. */
void answer_send(HttpServer *server, Connection *connection, const HttpAnswer *answer, bool is_head);
/* Goes on sending. True when all is sent and the next request may be read. */
bool answer_go_on(HttpServer *server, Connection *connection);
/* The server's own answer to what no page can answer; the connection ends. */
void answer_refuse(HttpServer *server, Connection *connection, int status);

#endif
