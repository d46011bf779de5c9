/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of the request boundary, for the platform's own files only: a worker's request under way. */
#ifndef REQUEST_PARTS_H
#define REQUEST_PARTS_H

#include "base/fail.h"
#include "platform/http/compress.h"
#include "platform/http/kept.h"
#include "platform/http/recorder.h"
#include "platform/http/reply_parts.h"
#include "platform/http/request.h"
#include "platform/keep.h"
#include "platform/zone/zone.h"

enum { LAST_FIELDS_MOST = 3072 };

struct Boundary {
    const Config *config;
    const HttpHooks *hooks;
    Metrics *metrics;
    Limits *limits;
    Kept *kept;
    Keep *keep;
    int slot;
    Db *db;
    Arena *arena;
    Random random;
    const Zone *utc;
    Compressor *compressor;
    LiveWay *live; /* NULL: none */

    /* The request under way. */
    const HttpRequest *request;
    HttpAnswer *answer;
    bool has_answer;     /* answer is what will be sent */
    const char *pattern; /* of the route, for the log */
    Scope scope;
    Input input;
    Reply reply;
    const Route *route;
    RouteArguments arguments;
    HttpAddress address;
    Fail fail;
    char last_fields[LAST_FIELDS_MOST]; /* of the answer that needs no memory */

    Recorder recorder;
    SessionId touch; /* the session to note as seen after the answer; 0: none */
};

/* For HttpService.hand_over: the one who asked becomes a stream. */
bool boundary_hand_over(void *context, int socket);

bool boundary_is_post(const Boundary *boundary);
/* Answers with the program's page for a refusal. */
void boundary_sorry(Boundary *boundary, int status, Text sentence);

/* Turns the reply into what is sent; before the commit, since it takes memory. */
void boundary_answer_make(Boundary *boundary);

/* ---- forms of another machine: signed.c ---- */

/* Runs the route, which is marked `signed`. A signature that is missing or wrong is 403 and counted, and the
 * database is not asked. Whoever sends is nobody in particular: no cookie is read, none is set. */
void boundary_signed(Boundary *boundary);
/* A table with `signed` routes and no hook that checks them is a bug. */
void boundary_signed_check(const HttpHooks *hooks);

/* ---- before any page: request_gate.c ---- */

/* How many bytes what is sent to this address may have (HttpService.body_most). */
size_t boundary_body_most(void *context, const Head *head);

/* True when the request was meant for another address than ours, and was told so. */
bool boundary_is_foreign(Boundary *boundary);
/* Whether the browser says that a page of somebody else led here. It then brings no strict cookie. */
bool boundary_is_led_here(const Boundary *boundary);
/* Answers with a page from which the browser asks once more, now from our own site: a person who followed a
 * link from a mail in the browser may be signed in and only look as if not. */
void boundary_go_on(Boundary *boundary);

/* Takes one from a bucket; false when it was empty and the refusal has been written. */
bool boundary_limit(Boundary *boundary, LimitClass class, Str who);
/* The limits on who asks and on this kind of page. False when the refusal has been written. */
bool boundary_limit_person(Boundary *boundary);

/* What the route's rule asks about; 0: nothing. */
int64_t boundary_object(const Boundary *boundary);
/* False when the refusal, or the question for more proof, has been written. What the actor may not see
 * answers 404, so that addresses tell nothing. */
bool boundary_access(Boundary *boundary);

#endif
