/* SPDX-License-Identifier: Apache-2.0 */
/* For those who coordinate: reading a word of hope before it shows, and answering wishes. */
#include "features/hope/hope_view.h"
#include "hope_html.h"
#include "platform/http/page.h"
#include "routes.h"
#include "texts.h"

static const char *const hows[] = {"show", "ask", "decline", NULL}; /* in the order of HopeAnswer */
static const Field read_fields[HOPE_READ_FIELDS] = {
    [HOPE_READ_SAID] = {.name = "said", .kind = FIELD_WORDS, .most_characters = HOPE_SAID_CHARACTERS},
    [HOPE_READ_HOW] = {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = hows},
    [HOPE_READ_VERSION] =
        {.name = "version", .kind = FIELD_NUMBER, .is_required = true, .least = 0, .most = INT64_MAX},
};
static const Field wish_fields[HOPE_WISH_FIELDS] = {
    [HOPE_WISH_ANSWER] = {.name = "answer",
                          .kind = FIELD_WORDS,
                          .is_required = true,
                          .most_characters = HOPE_SAID_CHARACTERS,
                          .missing = TEXT_HOPE_SAID_MISSING},
};

void hope_work_show(Get *get, ProgramId program) {
    const Scope *scope = get->scope;
    HopeWorkPage page = {.layout = layout_of(scope, get->reply, TEXT_HOPE_WORK),
                         .sent = hope_list_sent(scope, program),
                         .shown = hope_list_shown(scope, program),
                         .wishes = hope_wishes_open(scope, program)};
    if (!program_find(scope, program, &page.program)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    hope_work_page(reply_html(get->reply, 200), &page);
}

static void show_read(const Scope *scope, Reply *reply, HopeId id, const Form *form) {
    HopeReadPage page = {.layout = layout_of(scope, reply, TEXT_HOPE_READ), .form = form};
    if (!hope_find_read(scope, id, &page.hope)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.stand = hope_as_read(scope, &page.hope);
    page.layout.has_error = !form->is_valid;
    hope_read_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void hope_read_show(Get *get, HopeId id) {
    const Form form = form_empty(get->scope, read_fields, HOPE_READ_FIELDS);
    show_read(get->scope, get->reply, id, &form);
}

void hope_read_do(Post *post, HopeId id) {
    static const Text said[] = {[HOPE_SHOW] = TEXT_HOPE_SHOWS,
                                [HOPE_ASK] = TEXT_HOPE_HAS_ASKED,
                                [HOPE_DECLINE] = TEXT_HOPE_HAS_DECLINED};
    Form form = form_read(post->scope, post->input, read_fields, HOPE_READ_FIELDS);
    Hope hope;
    if (!hope_find_read(post->scope, id, &hope)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (!form.is_valid) {
        show_read(post->scope, post->reply, id, &form);
        return;
    }
    const HopeAnswer how = form_has(&form, HOPE_READ_HOW, STR("show"))  ? HOPE_SHOW
                           : form_has(&form, HOPE_READ_HOW, STR("ask")) ? HOPE_ASK
                                                                        : HOPE_DECLINE;
    const Time version = {form_int(&form, HOPE_READ_VERSION, 0)};
    switch (hope_answer(post->scope, post->tx, id, version, how, form_str(&form, HOPE_READ_SAID))) {
    case HOPE_DONE:
        reply_redirect_saying(post->reply, url_hope_work_show(post->scope->arena, hope.program), said[how]);
        return;
    case HOPE_UNFIT:
        form_error(&form, HOPE_READ_SAID, TEXT_HOPE_SAID_MISSING);
        show_read(post->scope, post->reply, id, &form);
        return;
    case HOPE_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

static void show_wish(const Scope *scope, Reply *reply, HopeWishId id, const Form *form) {
    HopeWishPage page = {.layout = layout_of(scope, reply, TEXT_HOPE_WISH), .form = form};
    if (!hope_wish_find(scope, id, &page.wish)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.layout.has_error = !form->is_valid;
    hope_wish_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void hope_wish_show(Get *get, HopeWishId id) {
    const Form form = form_empty(get->scope, wish_fields, HOPE_WISH_FIELDS);
    show_wish(get->scope, get->reply, id, &form);
}

void hope_wish_answer_do(Post *post, HopeWishId id) {
    Form form = form_read(post->scope, post->input, wish_fields, HOPE_WISH_FIELDS);
    HopeWish wish;
    if (!form.is_valid) {
        show_wish(post->scope, post->reply, id, &form);
        return;
    }
    if (!hope_wish_find(post->scope, id, &wish)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    switch (hope_wish_answer(post->scope, post->tx, id, form_str(&form, HOPE_WISH_ANSWER))) {
    case HOPE_DONE:
        reply_redirect_saying(post->reply, url_hope_work_show(post->scope->arena, wish.program),
                              TEXT_HOPE_HAS_ANSWERED);
        return;
    case HOPE_UNFIT:
        form_error(&form, HOPE_WISH_ANSWER, TEXT_HOPE_SAID_MISSING);
        show_wish(post->scope, post->reply, id, &form);
        return;
    case HOPE_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}
