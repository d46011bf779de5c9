/* SPDX-License-Identifier: Apache-2.0 */
/* A supporter wishes to talk something over, and keeps a few words; who coordinates says that they talked. */
#include "debrief_html.h"
#include "features/debrief/debrief_view.h"
#include "routes.h"
#include "texts.h"

static const Field wish_fields[DEBRIEF_FIELDS] = {
    [DEBRIEF_FIELD_FITS] = {.name = "fits", .kind = FIELD_LINE, .most_characters = DEBRIEF_FITS_MOST},
};
static const Field words_fields[DEBRIEF_WORDS_FIELDS] = {
    [DEBRIEF_FIELD_WORDS] = {.name = "words", .kind = FIELD_WORDS, .most_characters = DEBRIEF_WORDS_MOST},
};

static bool is_open(const Debriefs *own) {
    return own->count > 0 &&
           (own->items[0].state == DEBRIEF_OFFERED || own->items[0].state == DEBRIEF_WISHED);
}

/* Either form NULL: with what was written before. */
static void show(Scope *scope, Reply *reply, const Form *wish, const Form *words) {
    DebriefPage page = {.layout = layout_of(scope, reply, TEXT_DEBRIEF_TITLE),
                        .own = debrief_list_own(scope)};
    page.is_open = is_open(&page.own);
    (void)debrief_program(scope, &page.program);
    Form wish_form = form_empty(scope, wish_fields, DEBRIEF_FIELDS);
    Form words_form = form_empty(scope, words_fields, DEBRIEF_WORDS_FIELDS);
    if (page.is_open) {
        form_set_str(&wish_form, DEBRIEF_FIELD_FITS, page.own.items[0].fits);
    }
    if (page.own.count > 0) {
        form_set_str(&words_form, DEBRIEF_FIELD_WORDS, page.own.items[0].words);
    }
    page.form = wish == NULL ? &wish_form : wish;
    page.words_form = words == NULL ? &words_form : words;
    page.layout.has_error = !page.form->is_valid || !page.words_form->is_valid;
    debrief_page(reply_html(reply, page.layout.has_error ? 422 : 200), &page);
}

void debrief_show(Get *get) {
    show(get->scope, get->reply, NULL, NULL);
}

static void answer(Post *post, DebriefResult result, Url url, Text said) {
    switch (result) {
    case DEBRIEF_DONE:
        reply_redirect_saying(post->reply, url, said);
        return;
    case DEBRIEF_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void debrief_do(Post *post) {
    const Form form = form_read(post->scope, post->input, wish_fields, DEBRIEF_FIELDS);
    if (!form.is_valid) {
        show(post->scope, post->reply, &form, NULL);
        return;
    }
    answer(post, debrief_wish(post->scope, post->tx, str_trim(form_str(&form, DEBRIEF_FIELD_FITS))),
           url_debrief_show(post->scope->arena), TEXT_DEBRIEF_HAS_WISHED);
}

void debrief_not_needed_do(Post *post, DebriefId id) {
    answer(post, debrief_not_needed(post->scope, post->tx, id), url_debrief_show(post->scope->arena),
           TEXT_DEBRIEF_HAS_NOT_NEEDED);
}

void debrief_words_do(Post *post, DebriefId id) {
    const Form form = form_read(post->scope, post->input, words_fields, DEBRIEF_WORDS_FIELDS);
    if (!form.is_valid) {
        show(post->scope, post->reply, NULL, &form);
        return;
    }
    answer(post, debrief_write(post->scope, post->tx, id, str_trim(form_str(&form, DEBRIEF_FIELD_WORDS))),
           url_debrief_show(post->scope->arena), TEXT_DEBRIEF_KEPT);
}

void debrief_hold_show(Get *get, DebriefId id) {
    const Words words = scope_words(get->scope);
    DebriefHoldPage page = {0};
    if (!debrief_find(get->scope, id, &page.debrief)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.layout = layout_titled(get->scope, get->reply, text_debrief_hold_title(&words, page.debrief.called));
    page.reach = account_contact_points(get->scope, page.debrief.person);
    debrief_hold_page(reply_html(get->reply, 200), &page);
}

void debrief_hold_do(Post *post, DebriefId id) {
    Debrief debrief;
    if (!debrief_find(post->scope, id, &debrief)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    answer(post, debrief_hold(post->scope, post->tx, id), url_board_show(post->scope->arena, debrief.program),
           TEXT_DEBRIEF_HAS_HELD);
}
