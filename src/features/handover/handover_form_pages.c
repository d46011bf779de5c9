/* SPDX-License-Identifier: Apache-2.0 */
/* Sharing with an organization: the questions, then the words to read and sign. */
#include "features/consent/consent_pick.h"
#include "features/handover/handover_view.h"
#include "features/request/request.h"
#include "features/signing/signing.h"
#include "handover_html.h"
#include "platform/http/page.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

static const char *const purpose_values[] = {"care", "school", "hearing", "myself", NULL};
static const ConsentPurpose purposes[] = {CONSENT_FOR_CARE, CONSENT_FOR_SCHOOL, CONSENT_FOR_HEARING,
                                          CONSENT_FOR_MYSELF};
enum { PURPOSES = sizeof purposes / sizeof purposes[0], NAME_MOST = 120, WHY_MOST = 300 };

static const Field fields[] = {
    [HANDOVER_ORGANIZATION] = {.name = "organization",
                               .kind = FIELD_LINE,
                               .is_required = true,
                               .most_characters = NAME_MOST,
                               .missing = TEXT_HANDOVER_ORGANIZATION_MISSING},
    [HANDOVER_WHOM] = {.name = "whom", .kind = FIELD_LINE, .most_characters = NAME_MOST},
    [HANDOVER_SHARE] = {.name = "share", .kind = FIELD_SET, .choices = consent_pick_all},
    [HANDOVER_PURPOSE] = {.name = "purpose",
                          .kind = FIELD_CHOICE,
                          .is_required = true,
                          .choices = purpose_values,
                          .missing = TEXT_HANDOVER_PURPOSE_MISSING},
    [HANDOVER_WHY] = {.name = "own", .kind = FIELD_LINE, .most_characters = WHY_MOST},
    [HANDOVER_UNTIL] = {.name = "until",
                        .kind = FIELD_LINE,
                        .is_required = true,
                        .most_characters = 10,
                        .missing = TEXT_HANDOVER_UNTIL_WRONG},
    [HANDOVER_WORDS] = {.name = "words", .kind = FIELD_LINE, .most_characters = 64},
    [HANDOVER_CHANGE] = {.name = "change", .kind = FIELD_SWITCH},
};

/* ---- the questions ---- */

static Options purpose_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, PURPOSES, Option);
    for (size_t at = 0; at < PURPOSES; at++) {
        items[at] = (Option){.value = str_of(purpose_values[at]),
                             .label = text_str(scope->lang, consent_purpose_text(purposes[at]))};
    }
    return (Options){.items = items, .count = PURPOSES};
}

static ConsentPurpose purpose_of(const Form *form) {
    for (size_t at = 0; at < PURPOSES; at++) {
        if (form_has(form, HANDOVER_PURPOSE, str_of(purpose_values[at]))) {
            return purposes[at];
        }
    }
    return CONSENT_FOR_MYSELF; /* not covered: a form without it is not valid */
}

static HandoverFormPage page_of(const Scope *scope, Reply *reply, RequestId request, const Form *form,
                                Text title) {
    HandoverFormPage page = {
        .layout = layout_of(scope, reply, title),
        .request = request,
        .form = form,
        .picks = consent_pick_options(scope, CONSENT_TO_ORGANIZATION),
        .purposes = purpose_options(scope),
        .first_day = date_write(scope->arena, consent_paper_day(scope, 0)),
        .last_day = date_write(scope->arena, consent_paper_day(scope, CONSENT_PAPER_DAYS_MOST)),
    };
    page.layout.has_error = !form->is_valid;
    return page;
}

static void show_questions(const Scope *scope, Reply *reply, RequestId request, const Form *form) {
    const HandoverFormPage page = page_of(scope, reply, request, form, TEXT_HANDOVER_NEW);
    handover_new_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void handover_new_show(Get *get, RequestId id) {
    Form form = form_empty(get->scope, fields, HANDOVER_FIELDS);
    form_set_str(&form, HANDOVER_UNTIL,
                 date_write(get->scope->arena, consent_paper_day(get->scope, CONSENT_PAPER_DAYS)));
    show_questions(get->scope, get->reply, id, &form);
}

/* ---- the words ---- */

static void show_words(const Scope *scope, Reply *reply, const ConsentPaper *paper, Str called,
                       const Form *form) {
    HandoverFormPage page = page_of(scope, reply, paper->request, form, TEXT_HANDOVER_SIGN);
    page.words = consent_paper_words(scope, paper);
    page.hash = consent_words_hash(scope, page.words);
    page.called = called;
    page.has_changed = !str_is_empty(form_str(form, HANDOVER_WORDS));
    page.parent_signs = signing_need(scope, paper->program, paper->person).who != SIGNING_YOUNG;
    handover_sign_page(reply_html(reply, page.has_changed ? 422 : 200), &page);
}

static void check(const Scope *scope, Form *form) {
    if (!consent_paper_says(consent_picked(form, HANDOVER_SHARE, CONSENT_TO_ORGANIZATION))) {
        form_error(form, HANDOVER_SHARE, TEXT_HANDOVER_SHARE_MISSING);
    }
    if (!consent_paper_may_last_until(scope, date_read(form_str(form, HANDOVER_UNTIL)))) {
        form_error(form, HANDOVER_UNTIL, TEXT_HANDOVER_UNTIL_WRONG);
    }
}

void handover_new_do(Post *post, RequestId id) {
    const Scope *scope = post->scope;
    Request request;
    Form form = form_read(scope, post->input, fields, HANDOVER_FIELDS);
    check(scope, &form);
    if (!form.is_valid || form_is_on(&form, HANDOVER_CHANGE) || !request_find(scope, id, &request)) {
        show_questions(scope, post->reply, id, &form);
        return;
    }
    const ConsentPaper paper = {
        .program = request.program,
        .person = request.person,
        .request = id,
        .items = consent_picked(&form, HANDOVER_SHARE, CONSENT_TO_ORGANIZATION),
        .organization = form_str(&form, HANDOVER_ORGANIZATION),
        .whom = form_str(&form, HANDOVER_WHOM),
        .purpose = purpose_of(&form),
        .why = form_str(&form, HANDOVER_WHY),
        .until = date_read(form_str(&form, HANDOVER_UNTIL)),
    };
    /* Nothing is signed but what was read: a name or the language may have changed meanwhile. */
    if (!str_equal(form_str(&form, HANDOVER_WORDS),
                   consent_words_hash(scope, consent_paper_words(scope, &paper)))) {
        show_words(scope, post->reply, &paper, request.called, &form);
        return;
    }
    const ConsentId given = consent_on_paper(scope, post->tx, &paper);
    Consent consent;
    const bool waits = consent_find(scope, given, &consent) && consent.state == CONSENT_PENDING;
    reply_redirect_saying(post->reply, url_sharing_receipt_show(scope->arena, given),
                          waits ? TEXT_HANDOVER_WAITS : TEXT_HANDOVER_GIVEN);
}
