/* SPDX-License-Identifier: Apache-2.0 */
/* "If you are ready": a word of hope, seen as it will stand, and wishes that a person answers. */
#include "features/account/account.h"
#include "features/hope/hope_view.h"
#include "hope_html.h"
#include "platform/http/page.h"
#include "routes.h"
#include "texts.h"

static const char *const name_values[] = {"called", "none", NULL};
static const Field fields[HOPE_FIELDS] = {
    [HOPE_FIELD_WORDS] = {.name = "words",
                          .kind = FIELD_WORDS,
                          .is_required = true,
                          .most_characters = HOPE_CHARACTERS,
                          .missing = TEXT_HOPE_WORDS_MISSING},
    [HOPE_FIELD_NAME] = {.name = "name",
                         .kind = FIELD_CHOICE,
                         .is_required = true,
                         .choices = name_values,
                         .missing = TEXT_HOPE_NAME_MISSING},
};
static const char *const turns[] = {"send", "back", NULL};
static const Field turn_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = turns}};
enum { WISH_KIND, WISH_HOW, WISH_FIELDS };
static const char *const wish_values[] = {"calls", "train", NULL}; /* in the order of HopeWishKind */
static const char *const switches[] = {"on", "off", NULL};
static const Field wish_fields[] = {
    [WISH_KIND] = {.name = "wish", .kind = FIELD_CHOICE, .is_required = true, .choices = wish_values},
    [WISH_HOW] = {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = switches},
};

HopeWords hope_as_read(const Scope *scope, const Hope *hope) {
    HopeWord *word = NEW(scope->arena, HopeWord);
    *word = (HopeWord){
        .words = hope->words, .lang = hope->lang, .called = hope->is_named ? hope->called : STR("")};
    return (HopeWords){.items = word, .count = 1};
}

static HopeWishesShown wishes_of(const Scope *scope, ProgramId program) {
    static const Text does[] = {TEXT_HOPE_WISH_CALLS_DOES, TEXT_HOPE_WISH_TRAIN_DOES};
    const HopeWishes own = hope_wishes(scope, program);
    HopeWishShown *items = NEW_MANY(scope->arena, HOPE_WISH_KINDS, HopeWishShown);
    for (size_t kind = 0; kind < HOPE_WISH_KINDS; kind++) {
        items[kind] = (HopeWishShown){
            .word = wish_values[kind], .title = hope_wish_text((HopeWishKind)(kind + 1)), .does = does[kind]};
    }
    for (size_t at = 0; at < own.count; at++) {
        items[own.items[at].kind - 1].is_on = true;
        items[own.items[at].kind - 1].wish = own.items[at];
    }
    return (HopeWishesShown){.items = items, .count = HOPE_WISH_KINDS};
}

static Options names_for(const Scope *scope) {
    Person me = {0};
    (void)account_person_find(scope, scope->actor, &me);
    const Words words = scope_words(scope);
    Option *items = NEW_MANY(scope->arena, 2, Option);
    items[0] = (Option){.value = str_of(name_values[0]), .label = text_hope_name_called(&words, me.called)};
    items[1] = (Option){.value = str_of(name_values[1]), .label = text_str(scope->lang, TEXT_HOPE_NAME_NONE)};
    return (Options){.items = items, .count = 2};
}

/* `form` NULL: with what was written before. */
static void show(const Scope *scope, Reply *reply, ProgramId program, const Form *form) {
    HopePage page = {.layout = layout_of(scope, reply, TEXT_HOPE_TITLE), .names = names_for(scope)};
    if (!hope_may(scope, program) || !program_find(scope, program, &page.program)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form written = form_empty(scope, fields, HOPE_FIELDS);
    page.has_word = hope_find(scope, program, &page.hope);
    if (page.has_word) {
        page.stand = hope_as_read(scope, &page.hope);
        form_set_str(&written, HOPE_FIELD_WORDS, page.hope.words);
        form_set_str(&written, HOPE_FIELD_NAME, str_of(name_values[page.hope.is_named ? 0 : 1]));
    }
    page.wishes = wishes_of(scope, program);
    page.form = form != NULL ? form : &written;
    page.layout.has_error = !page.form->is_valid;
    hope_page(reply_html(reply, page.form->is_valid ? 200 : 422), &page);
}

void hope_show(Get *get, ProgramId program) {
    show(get->scope, get->reply, program, NULL);
}

static void answer(Post *post, ProgramId program, HopeResult result, Text said, Form *form) {
    switch (result) {
    case HOPE_DONE:
        reply_redirect_saying(post->reply, url_hope_show(post->scope->arena, program), said);
        return;
    case HOPE_UNFIT:
        form_error(form, HOPE_FIELD_WORDS, TEXT_HOPE_WORDS_MISSING);
        show(post->scope, post->reply, program, form);
        return;
    case HOPE_ELSEWHERE:
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
}

void hope_do(Post *post, ProgramId program) {
    Form form = form_read(post->scope, post->input, fields, HOPE_FIELDS);
    if (!form.is_valid) {
        show(post->scope, post->reply, program, &form);
        return;
    }
    const HopeResult result = hope_write(post->scope, post->tx, program, form_str(&form, HOPE_FIELD_WORDS),
                                         form_has(&form, HOPE_FIELD_NAME, str_of(name_values[0])));
    answer(post, program, result, TEXT_HOPE_KEPT, &form);
}

void hope_turn_do(Post *post, ProgramId program) {
    const Form form = form_read(post->scope, post->input, turn_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
    } else if (form_has(&form, 0, STR("send"))) {
        answer(post, program, hope_send(post->scope, post->tx, program), TEXT_HOPE_IS_SENT, NULL);
    } else {
        answer(post, program, hope_take_back(post->scope, post->tx, program), TEXT_HOPE_IS_BACK, NULL);
    }
}

void hope_wish_do(Post *post, ProgramId program) {
    const Form form = form_read(post->scope, post->input, wish_fields, WISH_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const bool is_on = form_has(&form, WISH_HOW, STR("on"));
    const HopeWishKind kind = form_has(&form, WISH_KIND, STR("calls")) ? HOPE_WISH_CALLS : HOPE_WISH_TRAIN;
    answer(post, program, hope_wish_set(post->scope, post->tx, program, kind, is_on),
           is_on ? TEXT_HOPE_WISH_IS_ON : TEXT_HOPE_WISH_IS_OFF, NULL);
}
