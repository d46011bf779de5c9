/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of a Reply, for the platform's own files only: what a page has said so far, and what the browser
 * carries. */
#ifndef REPLY_PARTS_H
#define REPLY_PARTS_H

#include "platform/config.h"
#include "platform/http/head.h"
#include "platform/http/hooks.h"

typedef enum ReplyKind { REPLY_NOTHING, REPLY_HTML, REPLY_REDIRECT, REPLY_BYTES, REPLY_LIVE } ReplyKind;

struct Reply {
    Scope *scope;
    const HttpHooks *hooks;
    ReplyKind kind;
    int status;
    bool keeps_changes;
    Html html;     /* REPLY_HTML */
    Str location;  /* REPLY_REDIRECT */
    Str refresh;   /* REPLY_BYTES: where the browser goes on from this page by itself; empty: nowhere */
    bool leaves;   /* REPLY_BYTES: out of the program, and nothing of it stays behind */
    Str type;      /* REPLY_BYTES */
    Str file_name; /* REPLY_BYTES; empty: shown in the browser */
    Str bytes;
    Time since;      /* REPLY_LIVE */
    bool is_forever; /* an asset: bytes outlive the request and may be cached for good */
    Str tag; /* ETag, quoted: the visitor alone may keep it, and asks each time; empty: nobody keeps it */
    Str encoding;       /* Content-Encoding; empty: none */
    bool varies;        /* another visitor could get another encoding */
    bool starts_worker; /* the page may start the service worker */
    int retry_seconds;  /* Retry-After; 0: none */
    Str allow;          /* Allow; empty: none */
    Str reference;      /* of a failure, for reply_sorry's page */
    const Input *typed; /* what a form of ours brought, for the same page; NULL: nothing */
    bool tells_part2;   /* words that 42 CFR part 2 protects were opened for this answer ... */
    Str part2_scope;    /* ... under this consent */

    /* What came with the request. */
    Str path;
    Str user_agent;    /* as sent; bytes */
    Str if_none_match; /* likewise */
    Str visit;         /* the visit cookie; made when somebody asks for it */
    Text said;         /* TEXT_NONE: nothing */
    bool has_said_cookie;

    /* Cookies to set. */
    bool visit_is_new;
    bool visit_is_asked; /* a page keeps something under it */
    bool said_is_used;
    bool is_saying;
    Text saying;
    bool signs_in;
    Str session_token;
    int64_t session_us;
    bool signs_out;
    bool drops_session; /* the cookie named a session that has ended */
    bool has_new_lang;
    Lang new_lang;
};

/* Stops the process rather than send words of 42 CFR part 2 without their notice (part2.c). */
void part2_hold(const Reply *reply, Str bytes);

/* Reads the visit and the sentence from the Cookie header. */
void reply_begin(Reply *reply, Str cookies);

/* Holds the page nothing of its reader: no form, no sentence of the page before, no cookie to set? */
bool reply_is_for_all(const Reply *reply);

/* Answers with the style sheet, script or icon of this address, in the smallest form the browser takes; false
 * when there is none. */
bool reply_asset(Reply *reply, const Head *head);

/* The header lines of a finished reply. */
Str reply_fields(const Reply *reply, size_t body_length);

/* The header lines that every answer has, whoever makes it. */
Str reply_security_fields(const Config *config);

/* Answers with an empty page from which the browser goes on to `target` by itself. The page is ours, so that
 * what follows comes from our own site: a redirect would still count as what led to it. */
void reply_go_on(Reply *reply, Str target);

/* Does the form's token belong to this browser's visit? */
bool reply_token_is_ours(const Reply *reply, Str token);

/* The name of a cookie as the browser sends it. */
Str reply_cookie_name(Arena *arena, const Config *config, Str name);

#endif
