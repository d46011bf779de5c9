/* SPDX-License-Identifier: Apache-2.0 */
/* Takes the switch by which a person opens one thing of theirs, or closes it. */
#include "features/reader/reader_switch.h"
#include "texts.h"

static const char *const ways[] = {"on", "off", NULL};
static const Field fields[] = {{.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = ways}};

void reader_switch_do(Post *post, ReaderThing thing, MatchId match, const ReaderSaid *said) {
    const Form form = form_read(post->scope, post->input, fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const bool is_on = form_has(&form, 0, STR("on"));
    switch (is_on ? reader_open(post->scope, post->tx, thing, match)
                  : reader_close(post->scope, post->tx, thing, match)) {
    case READER_DONE:
        reply_redirect_saying(post->reply, said->back, is_on ? said->opened : said->closed);
        return;
    case READER_NOT_OWN:
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    case READER_NO_WALK:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}
