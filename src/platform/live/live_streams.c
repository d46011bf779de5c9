/* SPDX-License-Identifier: Apache-2.0 */
/* Streams in one array, and a person's streams in a chain: ids are random, so their low bits spread well. */
#include "platform/live/live_streams.h"

#include "base/fail.h"
#include "platform/url.h"

#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    CHAINS = 32768,
    NONE = -1,
    TEXT_MOST = 256,
    HEAD_MOST = 4096,
    SEND_BYTES = 16 * 1024, /* what the kernel keeps for one who does not read */
    SILENT_MS = 60 * 1000,  /* so long may an end not say that it got what was sent */
    AGAIN_LEAST_MS = 500,   /* when to come back: spread, so that not all come at once */
    AGAIN_SPREAD_MS = 4000,
    AGE_SPREAD_SECONDS = 60,
};

/* Clocks of machines that serve one database are about so far apart. */
#define CLOCKS_US (2 * TIME_SECOND)

typedef struct Stream {
    int64_t person;
    int64_t session;
    Time beat_at;
    Time end_at;
    int socket; /* -1: free */
    uint32_t generation;
    int next; /* of the same chain, newer first; of a free one: the next free */
} Stream;

typedef struct Told {
    int64_t person;
    int64_t object;
    Time at;
    char kind[LIVE_KIND_MOST + 1];
} Told;

struct LiveStreams {
    Str fields;
    Metrics *metrics;
    size_t most;
    size_t count;
    int free_first;
    int chains[CHAINS];
    Time blind_until;
    size_t told_count; /* of all times */
    Told told[LIVE_REMEMBERED];
    Stream streams[];
};

LiveStreams *live_streams_new(Str fields, size_t most, Metrics *metrics) {
    assert(most <= LIVE_STREAMS_MOST);
    LiveStreams *streams = calloc(1, sizeof *streams + most * sizeof(Stream));
    if (streams == NULL) {
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    streams->fields = fields;
    streams->metrics = metrics;
    streams->most = most;
    for (size_t at = 0; at < CHAINS; at++) {
        streams->chains[at] = NONE;
    }
    streams->free_first = NONE;
    for (size_t at = most; at-- > 0;) {
        streams->streams[at].socket = -1;
        streams->streams[at].next = streams->free_first;
        streams->free_first = (int)at;
    }
    metrics_live_streams(metrics, 0);
    return streams;
}

static int *chain_of(LiveStreams *streams, int64_t person) {
    return &streams->chains[(uint64_t)person % CHAINS];
}

static void end_stream(LiveStreams *streams, int number) {
    Stream *stream = &streams->streams[number];
    int *link = chain_of(streams, stream->person);
    while (*link != number) {
        link = &streams->streams[*link].next;
    }
    *link = stream->next;
    (void)close(stream->socket);
    stream->socket = -1;
    stream->generation++;
    stream->next = streams->free_first;
    streams->free_first = number;
    streams->count--;
    metrics_live_streams(streams->metrics, (int64_t)streams->count);
}

void live_streams_free(LiveStreams *streams) {
    for (size_t at = 0; at < streams->most; at++) {
        if (streams->streams[at].socket >= 0) {
            end_stream(streams, (int)at);
        }
    }
    free(streams);
}

size_t live_streams_count(const LiveStreams *streams) {
    return streams->count;
}

/* ---- what is written ---- */

/* False when the stream had to end: it did not take all of it. */
static bool say(LiveStreams *streams, int number, Str bytes, Time now) {
    Stream *stream = &streams->streams[number];
    const ssize_t sent = send(stream->socket, bytes.at, bytes.length, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent != (ssize_t)bytes.length) {
        if (sent >= 0 || errno == EAGAIN) {
            metrics_live_slow(streams->metrics);
        }
        end_stream(streams, number);
        return false;
    }
    stream->beat_at = time_after(now, LIVE_BEAT_SECONDS * TIME_SECOND);
    return true;
}

/* "match 0123456789abc"; an object of 0 is left out. */
static Str text_of(const Told *told, char ret_text[TEXT_MOST]) {
    char token[ID_TOKEN_LENGTH + 2] = "";
    if (told->object != 0) {
        token[0] = ' ';
        url_write_id(told->object, token + 1);
    }
    const int length = snprintf(ret_text, TEXT_MOST, "id: %lld\nevent: new\ndata: %s%s\n\n",
                                (long long)told->at.us, told->kind, token);
    return (Str){.at = ret_text, .length = (size_t)length};
}

static bool tell(LiveStreams *streams, int number, const Told *told, Time now) {
    char text[TEXT_MOST];
    metrics_live_told(streams->metrics);
    return say(streams, number, text_of(told, text), now);
}

/* What was told this person since then, or that all of it must be looked at. False when the stream ended. */
static bool tell_missed(LiveStreams *streams, int number, Time since, Time now) {
    const Time from = time_before(since, CLOCKS_US);
    const size_t remembered = streams->told_count < LIVE_REMEMBERED ? streams->told_count : LIVE_REMEMBERED;
    const size_t first = streams->told_count - remembered;
    const bool is_forgotten = first > 0 && !time_is_before(streams->told[first % LIVE_REMEMBERED].at, from);
    if (time_is_before(since, streams->blind_until) || is_forgotten) {
        return tell(streams, number, &(Told){.at = now, .kind = "all"}, now);
    }
    for (size_t at = first; at < streams->told_count; at++) {
        const Told *told = &streams->told[at % LIVE_REMEMBERED];
        if (told->person == streams->streams[number].person && !time_is_before(told->at, from) &&
            !tell(streams, number, told, now)) {
            return false;
        }
    }
    return true;
}

/* ---- coming ---- */

/* As many as a person may have, the newest among them, and no more. */
static void make_room_of(LiveStreams *streams, int64_t person) {
    int oldest = NONE;
    int count = 0;
    for (int at = *chain_of(streams, person); at != NONE; at = streams->streams[at].next) {
        if (streams->streams[at].person == person) {
            oldest = at;
            count++;
        }
    }
    if (count >= LIVE_PERSON_MOST) {
        end_stream(streams, oldest);
    }
}

static Str head_of(const LiveStreams *streams, const char *status, const char *more, Time now,
                   char ret_head[HEAD_MOST]) {
    char date[40];
    struct tm parts;
    const time_t second = (time_t)(now.us / TIME_SECOND);
    gmtime_r(&second, &parts);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    const int length = snprintf(ret_head, HEAD_MOST,
                                "HTTP/1.1 %s\r\nDate: %s\r\nConnection: close\r\n"
                                "Cache-Control: no-store\r\n%s%.*s\r\n",
                                status, date, more, STR_ARGS(streams->fields));
    assert(length > 0 && length < HEAD_MOST);
    return (Str){.at = ret_head, .length = (size_t)length};
}

static void refuse(const LiveStreams *streams, int connection, Time now) {
    char text[HEAD_MOST];
    const Str head =
        head_of(streams, "503 Service Unavailable", "Content-Length: 0\r\nRetry-After: 60\r\n", now, text);
    (void)!send(connection, head.at, head.length, MSG_NOSIGNAL | MSG_DONTWAIT);
    (void)close(connection);
    metrics_live_refused(streams->metrics);
}

static void socket_ready(int connection) {
    const int bytes = SEND_BYTES;
    const int silent = SILENT_MS;
    (void)setsockopt(connection, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    (void)setsockopt(connection, IPPROTO_TCP, TCP_USER_TIMEOUT, &silent, sizeof silent);
}

static bool begin(LiveStreams *streams, int number, const LiveLine *line, Time now) {
    char head[HEAD_MOST];
    char text[TEXT_MOST];
    const Str open =
        head_of(streams, "200 OK",
                "Content-Type: text/event-stream; charset=utf-8\r\nX-Accel-Buffering: no\r\n", now, head);
    if (!say(streams, number, open, now) ||
        (line->since > 0 && !tell_missed(streams, number, (Time){line->since}, now))) {
        return false;
    }
    const uint32_t again = AGAIN_LEAST_MS + randombytes_uniform(AGAIN_SPREAD_MS);
    const int length =
        snprintf(text, sizeof text, "retry: %u\nid: %lld\nevent: here\ndata:\n\n", again, (long long)now.us);
    return say(streams, number, (Str){.at = text, .length = (size_t)length}, now);
}

int live_streams_add(LiveStreams *streams, const LiveLine *line, int connection, Time now,
                     uint32_t *ret_generation) {
    assert(line->verb == LIVE_HAND);
    make_room_of(streams, line->person);
    const int number = streams->free_first;
    if (number == NONE) {
        refuse(streams, connection, now);
        return NONE;
    }
    socket_ready(connection);
    Stream *stream = &streams->streams[number];
    streams->free_first = stream->next;
    const int64_t age =
        LIVE_STREAM_MINUTES * TIME_MINUTE - randombytes_uniform(AGE_SPREAD_SECONDS) * TIME_SECOND;
    int *chain = chain_of(streams, line->person);
    *stream = (Stream){.person = line->person,
                       .session = line->session,
                       .end_at = time_after(now, age),
                       .socket = connection,
                       .generation = stream->generation,
                       .next = *chain};
    *chain = number;
    streams->count++;
    metrics_live_streams(streams->metrics, (int64_t)streams->count);
    *ret_generation = stream->generation;
    return begin(streams, number, line, now) ? number : NONE;
}

/* ---- hearing ---- */

/* To all of the chain that are meant: ends or tells. The next one is found first, since a stream may end. */
static void tell_person(LiveStreams *streams, const Told *told, Time now) {
    int next = NONE;
    for (int at = *chain_of(streams, told->person); at != NONE; at = next) {
        next = streams->streams[at].next;
        if (streams->streams[at].person == told->person) {
            (void)tell(streams, at, told, now);
        }
    }
}

static void end_person(LiveStreams *streams, const LiveLine *line) {
    int next = NONE;
    for (int at = *chain_of(streams, line->person); at != NONE; at = next) {
        const Stream *stream = &streams->streams[at];
        next = stream->next;
        if (stream->person == line->person && (line->session == 0 || stream->session != line->session)) {
            end_stream(streams, at);
        }
    }
}

static void end_session(LiveStreams *streams, int64_t session) {
    for (size_t at = 0; at < streams->most; at++) {
        if (streams->streams[at].socket >= 0 && streams->streams[at].session == session) {
            end_stream(streams, (int)at);
        }
    }
}

void live_streams_hear(LiveStreams *streams, const LiveLine *line, Time now) {
    switch (line->verb) {
    case LIVE_TELL: {
        Told *told = &streams->told[streams->told_count++ % LIVE_REMEMBERED];
        *told = (Told){.person = line->person, .object = line->object, .at = now};
        memcpy(told->kind, line->kind.at, line->kind.length);
        tell_person(streams, told, now);
        return;
    }
    case LIVE_GONE:
        end_session(streams, line->session);
        return;
    case LIVE_LEFT:
        end_person(streams, line);
        return;
    case LIVE_HAND:
        break;
    }
    assert(false && "a connection is added, not heard");
}

void live_streams_blind(LiveStreams *streams, Time now) {
    streams->blind_until = now;
    for (size_t at = 0; at < streams->most; at++) {
        if (streams->streams[at].socket >= 0) {
            (void)tell(streams, (int)at, &(Told){.at = now, .kind = "all"}, now);
        }
    }
}

void live_streams_read(LiveStreams *streams, int number, uint32_t generation) {
    char bytes[1024];
    const Stream *stream = &streams->streams[number];
    if (stream->socket < 0 || stream->generation != generation) {
        return;
    }
    const ssize_t got = recv(stream->socket, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
        end_stream(streams, number);
    }
}

void live_streams_tend(LiveStreams *streams, Time now) {
    const Time latest = time_after(now, LIVE_BEAT_SECONDS * TIME_SECOND);
    for (size_t at = 0; at < streams->most; at++) {
        const Stream *stream = &streams->streams[at];
        if (stream->socket < 0) {
            continue;
        }
        if (!time_is_before(now, stream->end_at)) {
            end_stream(streams, (int)at);
        } else if (!time_is_before(now, stream->beat_at) || time_is_before(latest, stream->beat_at)) {
            /* Later than ever set: the clock was set back meanwhile. */
            (void)say(streams, (int)at, STR(":\n\n"), now);
        }
    }
}
