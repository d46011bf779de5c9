/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own page to have everything about them deleted: ask, call it off, or do it now. */
#include "features/forget/forget_view.h"
#include "forget_html.h"
#include "routes.h"
#include "texts.h"

void forget_show(Get *get) {
    const Scope *scope = get->scope;
    const ForgetPage page = {
        .layout = layout_of(scope, get->reply, TEXT_FORGET_TITLE),
        .state = forget_state(scope, scope->actor),
        .counts = forget_counts(scope, scope->actor),
    };
    forget_page(reply_html(get->reply, 200), &page);
}

static void back(Post *post, Text saying) {
    reply_redirect_saying(post->reply, url_forget_show(post->scope->arena), saying);
}

void forget_do(Post *post) {
    forget_ask(post->scope, post->tx, post->scope->actor);
    back(post, TEXT_FORGET_ASKED);
}

void forget_off_do(Post *post) {
    back(post, forget_call_off(post->scope, post->tx, post->scope->actor) ? TEXT_FORGET_IS_OFF
                                                                          : TEXT_FORGET_WAS_OFF);
}

/* Only where it waits already: one wrong tap deletes nothing. */
void forget_now_do(Post *post) {
    if (forget_state(post->scope, post->scope->actor).step != FORGET_WAITS) {
        back(post, TEXT_FORGET_WAS_OFF);
        return;
    }
    (void)forget_person(post->scope, post->tx, post->scope->actor);
    reply_redirect(post->reply, url_home_show(post->scope->arena));
}
