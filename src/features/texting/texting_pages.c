/* SPDX-License-Identifier: Apache-2.0 */
/* What the text provider sends us. The answer is always the same empty one: what there is to say goes out as
 * a text of its own. */
#include "features/texting/texting.h"
#include "platform/http/page.h"
#include "routes.h"

#define NOTHING_TO_SAY STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response></Response>\n")

static Str field(const Post *post, Str name) {
    const Str value = input_only(post->input, name);
    return str_is_none(value) ? STR("") : value;
}

void texting_in_do(Post *post) {
    const TextingIn in = {.sid = field(post, STR("MessageSid")),
                          .from = field(post, STR("From")),
                          .body = field(post, STR("Body")),
                          .is_answered = !str_is_empty(field(post, STR("OptOutType")))};
    switch (texting_take(post->scope, post->tx, &in)) {
    case TEXTING_TAKEN:
    case TEXTING_AGAIN:
    case TEXTING_NOBODYS:
        reply_xml(post->reply, NOTHING_TO_SAY);
        return;
    }
}
