/* SPDX-License-Identifier: Apache-2.0 */
/* What a page function gets and gives: Get or Post in, Reply out. The HTTP library is hidden behind this.
 *
 * A POST that must first compute for long (a passphrase's hash) does so in HANDLER_before(), by the mark
 * `before` in routes.txt: it gets a Get with the body as input, may reply itself, and never runs twice with
 * the page.
 *
 * A page function reads its input, calls model functions, and ends with exactly one reply_ call. The platform
 * has done before: parsing and limits, session, access rule, anti-forgery, rate limits, transaction. It does
 * after: commit (a reply below 400) or rollback (400 and above, unless reply_keep_changes()), then send. */
#ifndef PAGE_H
#define PAGE_H

#include "platform/html/html.h"
#include "platform/http/form.h"
#include "platform/scope.h"
#include "platform/url.h"

typedef struct Reply Reply;

typedef struct Get {
    Scope *scope;
    const Input *input; /* the query string */
    Reply *reply;
} Get;

typedef struct Post {
    Scope *scope;
    Tx *tx;
    const Input *input; /* the body */
    Reply *reply;
    const void *before; /* what the route's `before` found; NULL without one */
} Post;

/* What a page that says sorry shows. */
typedef struct Sorry {
    Text sentence;
    Str reference; /* a code that stands in the log as well; may be empty */
    Strs typed;    /* the words that a form of ours brought, which are kept nowhere */
} Sorry;

/* Starts an HTML page with this status; write it with a template, then return. */
Html *reply_html(Reply *reply, int status);
/* 303 to another page. The platform keeps this answer under the form's once-only key. */
void reply_redirect(Reply *reply, Url url);
/* The same, and the next page shows the sentence once, in a polite status region. */
void reply_redirect_saying(Reply *reply, Url url, Text sentence);
/* The program's own page for 403, 404, 409, 410, 413, 422, 429...: a plain sentence and a way on. */
void reply_sorry(Reply *reply, int status, Text sentence);
/* A download: content is sent as given, as an attachment with that plain ASCII name. */
void reply_file(Reply *reply, Str type, Str name, Str content);
/* Plain text for machines (/healthz, /metrics). */
void reply_plain(Reply *reply, int status, Str text);

/* An answer in XML to another machine, status 200: to what comes in at routes marked `signed`. */
void reply_xml(Reply *reply, Str text);
/* An answer to a script of ours, status 200. */
void reply_json(Reply *reply, Str text);
/* This page's script may start the service worker (/worker.js), which the policy of other pages refuses. */
void reply_starts_worker(Reply *reply);
/* What a form that a script sends brings as `token`, so that it counts as ours. */
Str reply_token(Reply *reply);
/* A calendar for programs that ask for it again and again. Whoever has it already, by the tag it was sent
 * with, is answered 304. */
void reply_calendar(Reply *reply, Str content);
/* Hands the connection to the live process, which tells this person from now on what is new for them, and
 * what was told since that moment; 0: nothing from before. Only to a GET of somebody who is signed in. */
void reply_live(Reply *reply, Time since);

/* Commit although the status says refusal: only for counting tries. */
void reply_keep_changes(Reply *reply);

/* The sentence that the page before asked to show, or TEXT_NONE. Reading it uses it up. */
Text reply_said(Reply *reply);
/* The path being answered, without query: for the language switch and the current item of menus. */
Str reply_path(const Reply *reply);

/* ---- the visitor's browser ---- */

/* 32 random bytes, in hexadecimal, that this browser carries while it visits, signed in or not: keys a draft.
 */
Str reply_visit(Reply *reply);
/* Does this browser carry a visit already? Whoever does not has nothing here to leave behind. */
bool reply_has_visit(const Reply *reply);
/* Sets or ends the session cookie; the token is what session_start() of features/account gave. */
void reply_sign_in(Reply *reply, Str session_token, int64_t lifetime_us);
void reply_sign_out(Reply *reply);
/* Ends session and visit, tells the browser to drop what it kept, and sends it to a neutral page outside. */
void reply_leave(Reply *reply);
/* The browser and the system it runs on by their own names, "Firefox, Android", as far as they can be told;
 * may be empty. Words to know a device again by, no more. */
Str reply_device(const Reply *reply);

#endif
