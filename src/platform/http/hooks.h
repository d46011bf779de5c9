/* SPDX-License-Identifier: Apache-2.0 */
/* What the platform must ask the program above it: main.c fills one HttpHooks with the features' functions.
 *
 * Hooks run at the request boundary, inside its fail_catch(), so they may fail() like a page. */
#ifndef HOOKS_H
#define HOOKS_H

#include "platform/http/page.h"
#include "platform/http/route.h"

/* Who stands behind a session cookie. */
typedef struct HttpPerson {
    PersonId person;
    SessionId session;
    bool has_lang; /* the person once chose a language for good */
    Lang lang;
    const Zone *zone; /* NULL: UTC */
    bool wants_touch; /* session_touch() is due */
} HttpPerson;

typedef struct HttpHooks {
    const Routes *routes;

    /* Who holds the session with this cookie's token (64 characters that anyone may have sent) at
     * scope->now? False when there is none or it has ended. Runs inside the request's transaction. */
    bool (*session_find)(const Scope *scope, Str token, HttpPerson *ret_person);

    /* Notes that the session was seen; in a small transaction of its own, after the answer has left. */
    void (*session_touch)(Scope *scope, Tx *tx, SessionId session);

    /* access_may(): may the scope's actor do what the route's rule says to this object (0: about nothing)? */
    bool (*may)(Scope *scope, int rule, int64_t object);

    /* Renders the program's page for a refusal with reply_html(reply, status). `reference` is empty, or a
     * code that stands in the log as well. Must not read the database: it may be what broke. */
    void (*sorry)(Scope *scope, Reply *reply, int status, Text sentence, Str reference);

    /* Where a signed-out visitor is sent when a page needs a person; `back` is the path asked for. */
    Url (*sign_in)(Arena *arena, Str back);
} HttpHooks;

#endif
