/* SPDX-License-Identifier: Apache-2.0 */
/* The request boundary: everything that happens around a page function, once for all pages.
 *
 * In order: arena and scope, route, language, limits, input, anti-forgery, transaction, session, access rule,
 * once-only key, the page, commit or rollback, header lines, one line in the log. What breaks on the way ends
 * here: rolled back, with an honest page and a reference that stands in the log as well. */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "platform/config.h"
#include "platform/http/hooks.h"
#include "platform/http/limits.h"
#include "platform/http/metrics.h"
#include "platform/http/server.h"
#include "platform/live/live_way.h"

typedef struct Boundary Boundary;

/* One a worker; `slot` is its place among the counters. Opens the database; fail(FAIL_USAGE) when it cannot.
 * */
Boundary *boundary_new(const Config *config, const HttpHooks *hooks, Metrics *metrics, Limits *limits,
                       int slot);
void boundary_free(Boundary *boundary);

/* The way to the live process, for handing connections over and for telling after commits; it must outlive
 * the boundary. Without one, whoever asks for what is new is told to come back later. */
void boundary_live(Boundary *boundary, LiveWay *way);

/* What to hand to http_serve(). */
HttpService boundary_service(Boundary *boundary);

/* The calendar job that forgets once-only keys older than two days. */
void once_forget_old(Scope *scope, Tx *tx);

#endif
