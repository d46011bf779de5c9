/* SPDX-License-Identifier: Apache-2.0 */
/* The way from the other processes of one `serve` to its live process: a pair of local sockets that the
 * parent makes before it forks and keeps open, so that what is under way survives the death of either side.
 *
 * Messages keep their bounds and their order. A message that does not fit any more is dropped: nobody waits.
 */
#ifndef LIVE_WAY_H
#define LIVE_WAY_H

#include "platform/live/live_line.h"

typedef struct LiveWay {
    int into; /* -1: closed here */
    int out;
} LiveWay;

enum { LIVE_MESSAGE_MOST = DB_HINTS_MOST };

/* fail(FAIL_IO) when the system has none. */
LiveWay live_way_new(void);
/* A child closes the end that it does not use. */
void live_way_keep_into(LiveWay *way);
void live_way_keep_out(LiveWay *way);
void live_way_close(LiveWay *way);

/* Hands the open connection over; this process must forget it, closing its own descriptor. False when it
 * could not be: the connection is still ours to answer. */
bool live_way_hand(const LiveWay *way, const LiveLine *line, int connection);

/* For db_hints_to(), with the way as context. */
void live_way_hints(void *context, Str lines);

/* The next message, up to `room` bytes, and the connection that came with it, else -1. False: none waits. */
bool live_way_take(const LiveWay *way, char *bytes, size_t room, Str *ret_lines, int *ret_connection);

#endif
