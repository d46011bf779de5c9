/* SPDX-License-Identifier: Apache-2.0 */
/* The open streams of the live process: whose they are, what they are told, when they end.
 *
 * A stream costs some tens of bytes here and its socket in the kernel. Nobody is waited for: what a socket
 * does not take at once ends its stream. What was told lately is remembered, so that a browser that was away
 * for a moment is told of it when it comes back. */
#ifndef LIVE_STREAMS_H
#define LIVE_STREAMS_H

#include "base/time.h"
#include "platform/http/metrics.h"
#include "platform/live/live_line.h"

enum {
    LIVE_STREAMS_MOST = 20000,
    LIVE_PERSON_MOST = 6,   /* streams of one person; the oldest goes */
    LIVE_REMEMBERED = 4096, /* how many tellings */
    LIVE_BEAT_SECONDS = 25, /* a line when there was nothing else, so that nothing on the way falls asleep */
    LIVE_STREAM_MINUTES = 10, /* then the browser asks anew, and whether it may is looked at again */
};

typedef struct LiveStreams LiveStreams;

/* `fields` are the header lines that every answer of the program has; they must outlive it. `most` streams at
 * once, at most LIVE_STREAMS_MOST. fail(FAIL_MEMORY) when there is none. */
LiveStreams *live_streams_new(Str fields, size_t most, Metrics *metrics);
/* Closes them all. */
void live_streams_free(LiveStreams *streams);

/* What was told before `now` (a time of day) may have been missed: who asks since an earlier moment is told
 * to look at everything again, and so is who is here already. */
void live_streams_blind(LiveStreams *streams, Time now);

/* Takes a connection, writes the answer's head, and tells what is remembered since line->since. Returns the
 * stream's number from 0 and its *ret_generation, or -1: closed at once, being one too many. */
int live_streams_add(LiveStreams *streams, const LiveLine *line, int connection, Time now,
                     uint32_t *ret_generation);
/* One of the other lines: tells or ends whom it is about. */
void live_streams_hear(LiveStreams *streams, const LiveLine *line, Time now);
/* Bytes or the end came from the browser of this stream: bytes mean nothing, the end ends it. Nothing happens
 * when the number is another stream's by now. */
void live_streams_read(LiveStreams *streams, int number, uint32_t generation);
/* Once a second: lines for those who have heard nothing for long, the end for those who are old. */
void live_streams_tend(LiveStreams *streams, Time now);

size_t live_streams_count(const LiveStreams *streams);

#endif
