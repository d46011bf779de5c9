/* SPDX-License-Identifier: Apache-2.0 */
/* The head of one HTTP/1.1 request, read strictly: what two programs could understand differently is refused.
 *
 * Pure: bytes in, a Head or a refusal out; the fuzzer calls it. The whole head must be in memory, at most
 * HEAD_MOST_BYTES of it. Lines end in CR LF, names are tokens, values hold no control bytes, nothing is
 * folded, and a body has exactly one Content-Length (chunked bodies are refused with 411: browsers never
 * send them, and a second way to tell a body's end is what request smuggling lives on).
 *
 * Every Str in a Head points into the bytes given. Values are bytes, not checked to be UTF-8. */
#ifndef HEAD_H
#define HEAD_H

#include "base/str.h"

enum {
    HEAD_MOST_BYTES = 16 * 1024,
    HEAD_MOST_TARGET = 4096,
    HEAD_MOST_FIELDS = 64,
};

typedef enum HeadMethod { HEAD_METHOD_GET, HEAD_METHOD_HEAD, HEAD_METHOD_POST } HeadMethod;

typedef enum HeadResult {
    HEAD_MORE,    /* not all of it is here yet */
    HEAD_READY,   /* *ret_head is set */
    HEAD_REFUSED, /* ret_head->refusal is the status to answer before closing */
} HeadResult;

typedef struct Head {
    HeadMethod method;
    Str path;  /* starts with "/", not decoded */
    Str query; /* after the "?", not decoded; STR_NONE without one */
    bool keeps_alive;
    bool wants_continue; /* Expect: 100-continue */
    size_t length;       /* bytes of the head itself */
    size_t body_length;
    int refusal;

    /* Header fields that the program looks at; STR_NONE when not sent. */
    Str host, cookie, origin, sec_fetch_site, content_type, content_length, transfer_encoding, connection,
        expect;
    Str accept_language, accept_encoding, user_agent, if_none_match;
    Str forwarded_for; /* the last X-Forwarded-For line */
    Str forwarded;     /* RFC 7239; only whether it is there counts */
    Str signature;     /* X-Twilio-Signature: of forms that another machine sends (routes marked `signed`) */
} Head;

/* `scanned` starts at 0 for each request and lets the next call continue where this one stopped. */
HeadResult head_read(const char *bytes, size_t length, size_t *scanned, Head *ret_head);

/* The kind of body, without its parameters: "multipart/form-data". */
Str head_content_type(const Head *head);

#endif
