/* SPDX-License-Identifier: Apache-2.0 */
/* A sheet for who walks with its person: to read, and to suggest a question. */
#include "features/consent/consent.h"
#include "features/sheet/sheet_pages.h"
#include "features/youth/youth.h"
#include "routes.h"
#include "sheet_html.h"
#include "texts.h"

static const Field idea_fields[] = {{.name = "words",
                                     .kind = FIELD_LINE,
                                     .is_required = true,
                                     .most_characters = 200,
                                     .missing = TEXT_SHEET_IDEA_MISSING}};

static void show(const Scope *scope, Reply *reply, SheetId id, const Form *form) {
    Sheet sheet;
    if (!sheet_find_opened(scope, id, &sheet)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    SheetWithPage page = {.layout = layout_of(scope, reply, TEXT_SHEET_ONE_OF),
                          .called = sheet.person_called,
                          .match = sheet.match,
                          .form = form};
    const SheetNames names = {.person = sheet.person_called,
                              .giver = text_str(scope->lang, TEXT_SHEET_YOU),
                              .is_young = youth_is(scope, sheet.person)};
    const Str under = consent_scope_words(scope, sheet.request, scope->actor);
    page.sheet = sheet_shown(scope, part2_notice(reply, &page.layout.part2, under), &names, &sheet);
    page.layout.has_error = !form->is_valid;
    sheet_with_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void sheet_with_show(Get *get, SheetId id) {
    const Form form = form_empty(get->scope, idea_fields, 1);
    show(get->scope, get->reply, id, &form);
}

void sheet_with_do(Post *post, SheetId id) {
    Form form = form_read(post->scope, post->input, idea_fields, 1);
    if (form.is_valid) {
        switch (sheet_suggest(post->scope, post->tx, id, form_str(&form, 0))) {
        case SHEET_DONE:
            reply_redirect_saying(post->reply, url_sheet_with_show(post->scope->arena, id),
                                  TEXT_SHEET_IDEA_SENT);
            return;
        case SHEET_FULL:
            form_error(&form, 0, TEXT_SHEET_IDEAS_FULL);
            break;
        case SHEET_ELSEWHERE:
            reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
            return;
        }
    }
    show(post->scope, post->reply, id, &form);
}

void sheet_idea_back_do(Post *post, SheetId id, SheetIdeaId idea) {
    switch (sheet_idea_take_back(post->scope, post->tx, id, idea)) {
    case SHEET_DONE:
        reply_redirect_saying(post->reply, url_sheet_with_show(post->scope->arena, id),
                              TEXT_SHEET_IDEA_IS_BACK);
        return;
    case SHEET_FULL:
    case SHEET_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}
