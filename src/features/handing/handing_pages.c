/* SPDX-License-Identifier: Apache-2.0 */
/* Writing what will be said, agreeing to it, and saying that it was said. */
#include "features/consent/consent.h"
#include "features/handing/handing_view.h"
#include "features/program/program.h"
#include "handing_html.h"
#include "platform/http/part2.h"
#include "routes.h"
#include "texts.h"

static const Field fields[HANDING_FIELDS] = {
    [HANDING_FIELD_WHAT] = {.name = "what",
                            .kind = FIELD_WORDS,
                            .is_required = true,
                            .most_characters = HANDING_WHAT_MOST,
                            .missing = TEXT_HANDING_WHAT_MISSING},
    [HANDING_FIELD_WHOM] = {.name = "whom",
                            .kind = FIELD_LINE,
                            .is_required = true,
                            .most_characters = HANDING_WHOM_MOST,
                            .missing = TEXT_HANDING_WHOM_MISSING},
    [HANDING_FIELD_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

enum { STEP_DO, STEP_FIELDS };
typedef enum Deed { DEED_AGREE, DEED_PHONE, DEED_DROP, DEED_SAID } Deed;
static const char *const deeds[] = {
    [DEED_AGREE] = "agree", [DEED_PHONE] = "phone", [DEED_DROP] = "drop", [DEED_SAID] = "said", NULL};
static const Field step_fields[] = {
    [STEP_DO] = {.name = "do", .kind = FIELD_CHOICE, .is_required = true, .choices = deeds},
};

static HandingsShown shown_of(const Scope *scope, const Match *match, const Part2Notice *notice) {
    const Handings list = handing_list(scope, match->id);
    HandingShown *items = NEW_MANY(scope->arena, list.count, HandingShown);
    for (size_t at = 0; at < list.count; at++) {
        const Handing *one = &list.items[at];
        items[at] = (HandingShown){.handing = *one,
                                   .is_withheld = part2_is_withheld(notice, match->receiver, one->what),
                                   .is_own = person_id_equal(one->by, scope->actor),
                                   .what = part2_open_about(notice, match->receiver, one->what),
                                   .whom = part2_open_about(notice, match->receiver, one->whom)};
    }
    return (HandingsShown){.items = items, .count = list.count};
}

static void show(Scope *scope, Reply *reply, const Match *match, const Form *form) {
    const Said reach = program_said(scope, match->program, PROGRAM_REACH);
    HandingPage page = {
        .layout = layout_of(scope, reply, TEXT_HANDING_TITLE),
        .form = form,
        .match = match->id,
        .is_receiver = person_id_equal(scope->actor, match->receiver),
        .may_write = match->state != MATCH_ENDED,
        .other_called = match_other_called(match, scope->actor),
        .reach = reach.words,
        .reach_lang = reach.lang,
    };
    const Part2Notice *notice =
        part2_notice(reply, &page.layout.part2, consent_scope_words(scope, match->request, match->giver));
    page.list = shown_of(scope, match, notice);
    page.layout.has_error = !form->is_valid;
    handing_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void handing_show(Get *get, MatchId id) {
    Match match;
    if (!match_find(get->scope, id, &match)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Form form = form_empty(get->scope, fields, HANDING_FIELDS);
    show(get->scope, get->reply, &match, &form);
}

static void answer(Post *post, MatchId match, HandingResult result, Text said) {
    switch (result) {
    case HANDING_DONE:
        reply_redirect_saying(post->reply, url_handing_show(post->scope->arena, match), said);
        return;
    case HANDING_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void handing_do(Post *post, MatchId id) {
    const Form form = form_read(post->scope, post->input, fields, HANDING_FIELDS);
    Match match;
    if (!match_find(post->scope, id, &match)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (!form.is_valid) {
        show(post->scope, post->reply, &match, &form);
        return;
    }
    answer(post, id,
           handing_write(post->scope, post->tx, &match, str_trim(form_str(&form, HANDING_FIELD_WHAT)),
                         str_trim(form_str(&form, HANDING_FIELD_WHOM)),
                         form_is_on(&form, HANDING_FIELD_PART2)),
           TEXT_HANDING_HAS_WRITTEN);
}

void handing_step_do(Post *post, MatchId id, HandingId handing) {
    const Form form = form_read(post->scope, post->input, step_fields, STEP_FIELDS);
    Match match;
    if (!form.is_valid || !match_find(post->scope, id, &match)) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
    } else if (form_has(&form, STEP_DO, str_of(deeds[DEED_AGREE]))) {
        answer(post, id, handing_agree(post->scope, post->tx, &match, handing), TEXT_HANDING_HAS_AGREED);
    } else if (form_has(&form, STEP_DO, str_of(deeds[DEED_PHONE]))) {
        answer(post, id, handing_agreed_by_phone(post->scope, post->tx, &match, handing),
               TEXT_HANDING_HAS_NOTED);
    } else if (form_has(&form, STEP_DO, str_of(deeds[DEED_SAID]))) {
        answer(post, id, handing_said(post->scope, post->tx, &match, handing), TEXT_HANDING_HAS_SAID);
    } else {
        answer(post, id, handing_drop(post->scope, post->tx, &match, handing), TEXT_HANDING_HAS_DROPPED);
    }
}
