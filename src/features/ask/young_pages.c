/* SPDX-License-Identifier: Apache-2.0 */
/* A young person asks for themselves: what to read first, and the word that opens their space. */
#include "ask_html.h"
#include "features/ask/ask.h"
#include "features/ask/ask_view.h"
#include "features/youth/youth.h"
#include "routes.h"
#include "texts.h"

enum { YOUNG_WORD, YOUNG_APART, YOUNG_MONTH, YOUNG_YEAR, YOUNG_FIELDS };
static const Field young_fields[] = {
    [YOUNG_WORD] = {.name = "word",
                    .kind = FIELD_LINE,
                    .is_required = true,
                    .most_characters = YOUTH_WORD_MOST,
                    .missing = TEXT_ASK_WORD_MISSING,
                    .autocomplete = "off"},
    [YOUNG_APART] = {.name = "apart", .kind = FIELD_SWITCH},
    [YOUNG_MONTH] = {.name = "month",
                     .kind = FIELD_NUMBER,
                     .is_required = true,
                     .least = 1,
                     .most = 12,
                     .missing = TEXT_ASK_YOUNG_MONTH_MISSING},
    [YOUNG_YEAR] = {.name = "year",
                    .kind = FIELD_NUMBER,
                    .is_required = true,
                    .least = 1900,
                    .most = 9999,
                    .missing = TEXT_ASK_YOUNG_YEAR_MISSING},
};
/* Whoever is younger or older than this has mistyped, or is not asking for themselves as a young person. */
enum { YOUNG_LEAST = 5, YOUNG_MOST = 25 };

static bool page_of(Scope *scope, Reply *reply, Str slug, YoungPage *page) {
    if (!program_find_by_slug(scope, slug, &page->program)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    scope->zone = page->program.zone;
    page->layout = layout_of(scope, reply, TEXT_ASK_YOUNG_TITLE);
    page->words = program_said(scope, page->program.id, PROGRAM_MUST_TELL_YOUNG);
    page->signed_in_as = STR("");
    Person person;
    if (scope->actor.value != 0 && account_person_find(scope, scope->actor, &person)) {
        page->signed_in_as = person.called;
    }
    return true;
}

void young_show(Get *get, Str program) {
    YoungPage page = {0};
    if (!page_of(get->scope, get->reply, program, &page)) {
        return;
    }
    Form form = form_empty(get->scope, young_fields, YOUNG_FIELDS);
    form_set_on(&form, YOUNG_APART, true);
    page.form = &form;
    young_page(reply_html(get->reply, 200), &page);
}

/* The program's own word for it, while it still says what every program starts with. */
static ListItemId young_item(const Scope *scope, ProgramId program) {
    const ListItems items = program_items(scope, program, LIST_RELATION);
    for (size_t at = 0; at < items.count; at++) {
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            if (str_equal(items.items[at].label, text_str((Lang)lang, TEXT_PROGRAM_START_YOUNG))) {
                return items.items[at].id;
            }
        }
    }
    return (ListItemId){0};
}

/* Whoever is signed in may be the parent whose phone this is: a young person asks signed out. */
void young_do(Post *post, Str program) {
    YoungPage page = {0};
    if (!page_of(post->scope, post->reply, program, &page)) {
        return;
    }
    Form form = form_read(post->scope, post->input, young_fields, YOUNG_FIELDS);
    page.form = &form;
    if (post->scope->actor.value != 0) {
        young_page(reply_html(post->reply, 409), &page);
        return;
    }
    ask_word_check(&form, YOUNG_WORD);
    const SigningBorn born = {.year = form_int(&form, YOUNG_YEAR, 0),
                              .month = form_int(&form, YOUNG_MONTH, 0)};
    const int64_t age = form.is_valid ? signing_age(post->scope, born) : 0;
    if (form.is_valid && (age < YOUNG_LEAST || age > YOUNG_MOST)) {
        form_error(&form, YOUNG_YEAR, TEXT_ASK_YOUNG_YEAR_WRONG);
    }
    if (!form.is_valid) {
        page.layout.has_error = true;
        young_page(reply_html(post->reply, 422), &page);
        return;
    }
    const Str visit = reply_visit(post->reply);
    AskDraft draft = ask_draft(post->scope, visit, page.program.id);
    draft.is_sent = false;
    draft.answers.young = youth_words_keep(post->scope, post->tx, page.words.words);
    draft.answers.word = youth_word_make(post->scope, form_str(&form, YOUNG_WORD));
    draft.answers.is_apart = form_is_on(&form, YOUNG_APART);
    draft.answers.born = born;
    draft.answers.relation = young_item(post->scope, page.program.id);
    ask_draft_keep(post->scope, post->tx, visit, &draft);
    reply_redirect(post->reply, url_young_signs_show(post->scope->arena, page.program.slug));
}

/* Between what an adult must be told and the first question: who has to sign, and what that means. */
void young_signs_show(Get *get, Str program) {
    Scope *scope = get->scope;
    YoungSignsPage page = {0};
    if (!program_find_by_slug(scope, program, &page.program)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    scope->zone = page.program.zone;
    const AskDraft draft = ask_draft(scope, reply_visit(get->reply), page.program.id);
    if (str_is_empty(draft.answers.young)) {
        reply_redirect(get->reply, url_young_show(scope->arena, page.program.slug));
        return;
    }
    page.layout = layout_of(scope, get->reply, TEXT_ASK_SIGNS_TITLE);
    page.need = signing_need_at(scope, page.program.id, draft.answers.born);
    page.where = signing_state_name(page.need.place.state);
    page.rule = signing_rule_words(scope, &page.need.rule);
    page.reach = program_said(scope, page.program.id, PROGRAM_REACH);
    young_signs_page(reply_html(get->reply, 200), &page);
}
