/* SPDX-License-Identifier: Apache-2.0 */
/* A coordinator asks one of two people how it goes, and writes down what was said. */
#include "checkin_html.h"
#include "features/checkin/checkin_view.h"
#include "features/consent/consent.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum { CHECKIN_FIELD_WORDS, CHECKIN_FIELD_PART2, CHECKIN_FIELDS };
static const Field checkin_fields[] = {
    [CHECKIN_FIELD_WORDS] = {.name = "words", .kind = FIELD_WORDS},
    [CHECKIN_FIELD_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

static void show_checkin(Scope *scope, Reply *reply, CheckinId id, const Form *form) {
    CheckinPage page = {.form = form};
    if (!checkin_find(scope, id, &page.checkin)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Words words = scope_words(scope);
    const Checkin *checkin = &page.checkin;
    page.layout = layout_titled(scope, reply, text_checkin_title(&words, checkin->called));
    page.layout.has_error = !form->is_valid;
    /* Only coordinators open it. */
    const Part2Notice *notice =
        part2_notice(reply, &page.layout.part2, consent_scope_words(scope, checkin->request, (PersonId){0}));
    /* What the supporter said, and how to reach them, is theirs and no part of what the family shares. */
    const bool is_family = checkin->side == CHECKIN_RECEIVER;
    page.not_words = is_family && !consent_shares(scope, checkin->request, (PersonId){0}, CONSENT_NOTES);
    page.not_reach = is_family && !consent_shares(scope, checkin->request, (PersonId){0}, CONSENT_REACH);
    page.words = page.not_words ? STR("") : part2_open(notice, checkin->words);
    page.due_on = zone_date(scope->zone, checkin->due_at);
    page.done_on = time_is_none(checkin->done_at) ? (Date){0} : zone_date(scope->zone, checkin->done_at);
    page.points = page.not_reach ? (ContactPoints){0} : account_contact_points(scope, checkin->person);
    page.words_label = text_checkin_words(&words, checkin->called);
    page.words_hint = text_checkin_words_hint(&words, checkin->called);
    checkin_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void checkin_show(Get *get, CheckinId checkin) {
    Form form = form_empty(get->scope, checkin_fields, CHECKIN_FIELDS);
    show_checkin(get->scope, get->reply, checkin, &form);
}

void checkin_save(Post *post, CheckinId id) {
    Form form = form_read(post->scope, post->input, checkin_fields, CHECKIN_FIELDS);
    if (!form.is_valid) {
        show_checkin(post->scope, post->reply, id, &form);
        return;
    }
    switch (checkin_done(post->scope, post->tx, id, form_str(&form, CHECKIN_FIELD_WORDS),
                         form_is_on(&form, CHECKIN_FIELD_PART2))) {
    case CHECKIN_SAVED:
        reply_redirect_saying(post->reply, url_checkin_show(post->scope->arena, id), TEXT_CHECKIN_SAVED);
        return;
    case CHECKIN_OVER:
        reply_sorry(post->reply, 409, TEXT_CHECKIN_OVER);
        return;
    }
}
