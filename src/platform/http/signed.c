/* SPDX-License-Identifier: Apache-2.0 */
/* Forms that another machine sends: their signature stands in for session, cookie and anti-forgery token. */
#include "platform/http/request_parts.h"

#include <assert.h>

/* The address as who signed it knows it. */
static Str signed_url(const Boundary *boundary) {
    const Head *head = boundary->request->head;
    const Str query =
        str_is_none(head->query) ? STR("") : str_print(boundary->arena, "?%.*s", STR_ARGS(head->query));
    return str_print(boundary->arena, "%.*s%.*s%.*s", STR_ARGS(boundary->config->origin),
                     STR_ARGS(head->path), STR_ARGS(query));
}

void boundary_signed(Boundary *boundary) {
    const Str signature = boundary->request->head->signature;
    if (str_is_none(signature) ||
        !boundary->hooks->is_signed(&boundary->scope, signed_url(boundary), &boundary->input, signature)) {
        metrics_unsigned(boundary->metrics);
        reply_plain(&boundary->reply, 403, STR(""));
        return;
    }
    Tx *tx = tx_begin(boundary->db);
    Post post = {.scope = &boundary->scope, .tx = tx, .input = &boundary->input, .reply = &boundary->reply};
    boundary->route->post(&post, &boundary->arguments);
    assert(boundary->reply.kind != REPLY_NOTHING);
    boundary_answer_make(boundary);
    if (boundary->reply.status < 400) {
        tx_commit(tx);
    } else {
        db_rollback(boundary->db);
    }
}

void boundary_signed_check(const HttpHooks *hooks) {
    for (size_t at = 0; at < hooks->routes->count; at++) {
        assert(!hooks->routes->items[at].is_signed || hooks->is_signed != NULL);
    }
}
