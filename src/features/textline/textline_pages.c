/* SPDX-License-Identifier: Apache-2.0 */
/* The page that says how living on texts works, and ends it. */
#include "features/notice/notice.h"
#include "features/textline/textline_view.h"
#include "platform/config.h"
#include "routes.h"
#include "textline_html.h"
#include "texts.h"

void textline_show(Get *get) {
    const TextlinePage page = {
        .layout = layout_of(get->scope, get->reply, TEXT_TEXTLINE_TITLE),
        .has_phone = notice_has_texts(get->scope) && notice_phones(get->scope, get->scope->actor).count > 0,
        .number = get->scope->config->text_from,
        .open_since = textline_open_since(get->scope),
    };
    textline_page(reply_html(get->reply, 200), &page);
}

void textline_close_do(Post *post) {
    textline_close(post->tx, post->scope->actor);
    reply_redirect_saying(post->reply, url_textline_show(post->scope->arena), TEXT_TEXTLINE_PAGE_CLOSED);
}
