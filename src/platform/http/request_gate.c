/* SPDX-License-Identifier: Apache-2.0 */
/* What turns requests away before any page is asked: another address than ours, too many in a short time,
 * somebody who may not, or not yet. */
#include "platform/http/accept.h"
#include "platform/http/address.h"
#include "platform/http/request_parts.h"

#include <assert.h>

enum {
    BODY_MOST = 64 * 1024,
    UPLOAD_MOST = 8 * 1024 * 1024,
    SIGNED_MOST = 32 * 1024, /* a text of 1600 characters, each escaped */
};

/* ---- how large ---- */

size_t boundary_body_most(void *context, const Head *head) {
    const Boundary *boundary = context;
    const Route *route = NULL;
    RouteArguments arguments;
    if (route_find(boundary->hooks->routes, true, head->path, &route, &arguments) != ROUTE_FOUND) {
        return BODY_MOST;
    }
    return route->takes_upload ? UPLOAD_MOST : route->is_signed ? SIGNED_MOST : BODY_MOST;
}

/* ---- where from, where to ---- */

bool boundary_is_foreign(Boundary *boundary) {
    const Str host = boundary->request->head->host; /* HTTP/1.0 needs none */
    if (str_is_none(host) || accept_host(host, boundary->config)) {
        return false;
    }
    const Str fields = reply_security_fields(boundary->config);
    *boundary->answer = (HttpAnswer){.status = 421,
                                     .fields = str_print(boundary->arena,
                                                         "Content-Type: text/plain; charset=utf-8\r\n"
                                                         "Cache-Control: no-store\r\n%.*s",
                                                         STR_ARGS(fields)),
                                     .body = http_refusal_words(421),
                                     .closes = true};
    return true;
}

bool boundary_is_led_here(const Boundary *boundary) {
    return !boundary_is_post(boundary) &&
           str_equal(boundary->request->head->sec_fetch_site, STR("cross-site"));
}

void boundary_go_on(Boundary *boundary) {
    const Head *head = boundary->request->head;
    const Str target = str_is_none(head->query) ? head->path
                                                : str_print(boundary->arena, "%.*s?%.*s",
                                                            STR_ARGS(head->path), STR_ARGS(head->query));
    reply_go_on(&boundary->reply, target);
}

/* ---- how many ---- */

bool boundary_limit(Boundary *boundary, LimitClass class, Str who) {
    /* The machine itself is no stranger: health checks, the operator's shell, benchmarks. */
    if (address_is_loopback(boundary->address) && !boundary->config->trusts_proxy) {
        return true;
    }
    int wait = 0;
    if (limits_take(boundary->limits, class, who, time_monotonic(), &wait)) {
        return true;
    }
    boundary->reply.retry_seconds = wait;
    boundary_sorry(boundary, 429, TEXT_UI_TOO_MANY);
    return false;
}

/* By account, or by block when signed out. */
bool boundary_limit_person(Boundary *boundary) {
    const int64_t id = boundary->scope.actor.value;
    const Str who = id == 0 ? boundary->scope.block : (Str){.at = (const char *)&id, .length = sizeof id};
    if (id != 0 &&
        !boundary_limit(boundary, boundary_is_post(boundary) ? LIMIT_POST_PERSON : LIMIT_PAGE_PERSON, who)) {
        return false;
    }
    if (id == 0 && boundary_is_post(boundary) && !boundary_limit(boundary, LIMIT_POST_STRANGER, who)) {
        return false;
    }
    switch (boundary->route->limit) {
    case ROUTE_LIMIT_NONE:
        return true;
    case ROUTE_LIMIT_SIGN_IN:
        return boundary_limit(boundary, LIMIT_SIGN_IN, who) &&
               boundary_limit(boundary, LIMIT_SIGN_IN_ALL, STR("all"));
    case ROUTE_LIMIT_ASK:
        return boundary_limit(boundary, LIMIT_ASK, who);
    case ROUTE_LIMIT_IMPORT:
        return boundary_limit(boundary, LIMIT_IMPORT, who);
    case ROUTE_LIMIT_SEARCH:
        return boundary_limit(boundary, LIMIT_SEARCH, who);
    case ROUTE_LIMIT_DOWNLOAD:
        return boundary_limit(boundary, LIMIT_DOWNLOAD, who);
    case ROUTE_LIMIT_CALENDAR:
        return boundary_limit(boundary, LIMIT_CALENDAR, who);
    }
    assert(false && "a kind of limit that this list does not know");
    return false;
}

/* ---- who may ---- */

int64_t boundary_object(const Boundary *boundary) {
    const Route *route = boundary->route;
    return route->object < 0 ? 0 : boundary->arguments.items[route->object].id;
}

static void proof_ask(Boundary *boundary) {
    const bool is_form = boundary_is_post(boundary);
    boundary->hooks->prove(&boundary->scope, &boundary->reply, is_form ? &boundary->input : NULL);
    assert(boundary->reply.kind != REPLY_NOTHING);
}

bool boundary_access(Boundary *boundary) {
    if (boundary->hooks->may(&boundary->scope, boundary->route->rule, boundary_object(boundary))) {
        if (!boundary->route->is_fresh || boundary->hooks->is_fresh(&boundary->scope)) {
            return true;
        }
        proof_ask(boundary);
        return false;
    }
    if (boundary->scope.actor.value == 0 && boundary_is_led_here(boundary)) {
        boundary_go_on(boundary);
        return false;
    }
    if (boundary->hooks->wants_proof(&boundary->scope, boundary->route->rule, boundary_object(boundary))) {
        proof_ask(boundary);
        return false;
    }
    recorder_refused(&boundary->recorder, boundary->route, boundary_object(boundary), boundary->address);
    if (boundary->scope.actor.value == 0) {
        const Str back = boundary_is_post(boundary) ? STR("/") : boundary->reply.path;
        reply_redirect(&boundary->reply, boundary->hooks->sign_in(boundary->arena, back));
        return false;
    }
    /* What was there when its form was opened: a walk that ended, a proposal that was taken back. */
    boundary_sorry(boundary, 404, boundary_is_post(boundary) ? TEXT_UI_OVER : TEXT_UI_NOT_FOUND);
    return false;
}
