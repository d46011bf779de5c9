/* SPDX-License-Identifier: Apache-2.0 */
/* What the platform must ask the program above it: main.c fills one HttpHooks with the features' functions.
 *
 * Hooks run at the request boundary, inside its fail_catch(), so they may fail() like a page. */
#ifndef HOOKS_H
#define HOOKS_H

#include "platform/http/page.h"
#include "platform/http/route.h"
#include "platform/record.h"

/* Who stands behind a session cookie. */
typedef struct HttpPerson {
    PersonId person;
    SessionId session;
    unsigned proofs; /* what was shown for the session (Scope) */
    Time proved_at;
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

    /* Whom a route's object (0: about nothing) is about, and what of it must be recorded. Runs inside the
     * request's transaction: after the page of a GET, before the page of a POST. NULL: nothing is
     * recorded. */
    void (*about)(Scope *scope, int rule, int64_t object, RecordAbout *ret_about);
    /* Records what happened. When it fails, nothing is shown and nothing is changed. */
    void (*record)(Scope *scope, Tx *tx, const RecordEvent *event);
    /* May not now, but would after showing more of who this is? */
    bool (*wants_proof)(Scope *scope, int rule, int64_t object);

    /* Was that shown in the last minutes? Asked for routes marked `fresh`. */
    bool (*is_fresh)(Scope *scope);

    /* Was this form signed by whom we have the key of? `url`: the whole public address; never without a
     * signature. Asked for routes marked `signed`, outside any transaction; may be NULL where there are none.
     */
    bool (*is_signed)(const Scope *scope, Str url, const Input *input, Str signature);

    /* Answers with the page that asks for proof, or sends there. `held`: what a form brought, to be sent on
     * after that; NULL when a page was asked for. Runs inside the request's transaction. */
    void (*prove)(Scope *scope, Reply *reply, const Input *held);

    /* Renders the program's page for a refusal with reply_html(reply, status). Must not read the database: it
     * may be what broke. */
    void (*sorry)(Scope *scope, Reply *reply, int status, const Sorry *sorry);

    /* Where a signed-out visitor is sent when a page needs a person; `back` is the path asked for. */
    Url (*sign_in)(Arena *arena, Str back);
} HttpHooks;

#endif
