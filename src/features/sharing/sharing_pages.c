/* SPDX-License-Identifier: Apache-2.0 */
/* The person's own switches: everything shared, stop, start again, and the receipt of each. */
#include "features/consent/consent_pick.h"
#include "features/program/program.h"
#include "features/sharing/sharing_view.h"
#include "routes.h"
#include "sharing_html.h"
#include "texts.h"

static Strs names_of(const Scope *scope, const Consent *consent) {
    if (consent->to != CONSENT_TO_COORDINATORS) {
        return (Strs){0};
    }
    DutyHolders holders = program_duty_holders(scope, consent->program, DUTY_COORDINATOR);
    Str *names = NEW_MANY(scope->arena, holders.count, Str);
    for (size_t at = 0; at < holders.count; at++) {
        names[at] = holders.items[at].called;
    }
    return (Strs){.items = names, .count = holders.count};
}

static Text stopping_of(const Consent *consent) {
    switch (consent->to) {
    case CONSENT_TO_COORDINATORS:
        return TEXT_SHARING_STOPPING_COORDINATORS;
    case CONSENT_TO_PERSON:
        return consent->state == CONSENT_OVER ? TEXT_SHARING_STOPPING_WALKED : TEXT_SHARING_STOPPING_PERSON;
    case CONSENT_TO_BACKUP:
        return TEXT_SHARING_STOPPING_BACKUP;
    case CONSENT_TO_ORGANIZATION:
        return TEXT_SHARING_STOPPING_ORGANIZATION;
    }
    return TEXT_NONE;
}

static SharingLine line_of(const Scope *scope, const Consent *consent) {
    const bool is_paper = consent->to == CONSENT_TO_ORGANIZATION;
    return (SharingLine){
        .consent = *consent,
        .to = consent_to_words(scope, consent),
        .names = names_of(scope, consent),
        .items = consent_item_words(scope, consent->items),
        .left_out = consent_item_words(scope, consent_items_offered(consent->to) & ~consent->items),
        .purpose = consent_purpose_text(consent->purpose),
        .why = consent->why,
        .until = consent_until_words(scope, consent),
        .how = consent_how_words(scope, consent),
        .state = consent_state_text(consent->state),
        .stopping = stopping_of(consent),
        .starting = is_paper ? TEXT_SHARING_STARTING_ORGANIZATION : TEXT_SHARING_STARTING,
        .ending = is_paper ? TEXT_SHARING_ENDING_ORGANIZATION : TEXT_SHARING_ENDING,
        .is_paper = is_paper && consent->state == CONSENT_LIVING,
        .may_stop = consent->state == CONSENT_LIVING || consent->state == CONSENT_PENDING ||
                    consent->state == CONSENT_OVER,
        .is_ending = consent_is_ending(scope, consent),
        .renewed = consent_words_again(scope, consent),
        .to_confirm = consent->state == CONSENT_LIVING && consent->how != CONSENT_READ,
    };
}

static bool is_like(const Consent *left, const Consent *right) {
    return left->to == right->to && request_id_equal(left->request, right->request) &&
           person_id_equal(left->to_person, right->to_person);
}

/* The ledger's newest line about the same sharing is the one that counts. */
static bool is_newest(const Consents *all, size_t at) {
    for (size_t newer = 0; newer < at; newer++) {
        if (is_like(&all->items[newer], &all->items[at])) {
            return false;
        }
    }
    return true;
}

/* Where one line of the ledger stands on the page. */
static void sort_in(const Scope *scope, SharingPage *page, const Consents *all, size_t at) {
    const Consent *consent = &all->items[at];
    SharingLine line = line_of(scope, consent);
    const bool counts = consent->to == CONSENT_TO_ORGANIZATION ? !consent->is_replaced : is_newest(all, at);
    line.may_start = counts && !consent->is_over &&
                     (consent->state == CONSENT_STOPPED || consent->state == CONSENT_EXPIRED);
    line.may_stop = line.may_stop && counts;
    line.may_change = line.may_stop && consent->state != CONSENT_OVER;
    SharingLines *lines = line.to_confirm && counts ? &page->confirm
                          : line.may_change         ? &page->now
                          : line.may_start          ? &page->resting
                                                    : &page->before;
    SharingLine *items = (SharingLine *)lines->items;
    items[lines->count++] = line;
}

void sharing_show(Get *get) {
    const Scope *scope = get->scope;
    const Consents all = consent_list(scope, scope->actor);
    SharingPage page = {
        .layout = layout_of(scope, get->reply, TEXT_SHARING_TITLE),
        .confirm.items = NEW_MANY(scope->arena, all.count, SharingLine),
        .now.items = NEW_MANY(scope->arena, all.count, SharingLine),
        .resting.items = NEW_MANY(scope->arena, all.count, SharingLine),
        .before.items = NEW_MANY(scope->arena, all.count, SharingLine),
        .requests = sharing_requests(scope->db, scope->actor),
    };
    for (size_t at = 0; at < all.count; at++) {
        sort_in(scope, &page, &all, at);
    }
    sharing_page(reply_html(get->reply, 200), &page);
}

void sharing_receipt_show(Get *get, ConsentId id) {
    const Scope *scope = get->scope;
    Consent consent;
    if (!consent_find(scope, id, &consent)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    SharingReceiptPage page = {
        .layout = layout_of(scope, get->reply, TEXT_SHARING_RECEIPT),
        .line = line_of(scope, &consent),
        .program = program_words(scope, consent.program, PROGRAM_NAME),
        .signatures = consent_signatures(scope, id),
    };
    sharing_receipt_page(reply_html(get->reply, 200), &page);
}

static void answer(Post *post, ConsentResult result, ConsentId receipt, Text said) {
    switch (result) {
    case CONSENT_DONE:
        reply_redirect_saying(post->reply, url_sharing_receipt_show(post->scope->arena, receipt), said);
        return;
    case CONSENT_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_SHARING_ELSEWHERE);
        return;
    }
}

void sharing_stop_do(Post *post, ConsentId id) {
    answer(post, sharing_stop(post->scope, post->tx, id), id, TEXT_SHARING_STOPPED);
}

void sharing_start_do(Post *post, ConsentId id) {
    ConsentId given = id;
    const ConsentResult result = sharing_start(post->scope, post->tx, id, &given);
    answer(post, result, given, TEXT_SHARING_STARTED);
}

/* ---- which items ---- */

enum { ITEMS_WORDS, ITEMS_SHARE, ITEMS_FIELDS };
static const Field items_fields[] = {
    [ITEMS_WORDS] = {.name = "words", .kind = FIELD_LINE, .is_required = true, .most_characters = 64},
    [ITEMS_SHARE] = {.name = "share", .kind = FIELD_SET, .choices = consent_pick_all},
};

/* The words say what is ticked; what comes back is that all that could be was read in these words. */
static void show_items(Scope *scope, Reply *reply, const Consent *consent, const Form *form, int status) {
    SharingItemsPage page = {
        .layout = layout_of(scope, reply, TEXT_SHARING_ITEMS),
        .line = line_of(scope, consent),
        .form = form,
        .picks = consent_pick_options(scope, consent->to),
        .words = consent_words_of(scope, consent, consent_picked(form, ITEMS_SHARE, consent->to)),
        .always = (consent_items_needed(consent->to) & CONSENT_WORDS) == 0
                      ? TEXT_SHARING_ITEMS_NEEDED_ORGANIZATION
                      : TEXT_SHARING_ITEMS_NEEDED,
        .needed = consent_item_words(scope, consent_items_needed(consent->to)),
    };
    page.layout.has_error = !form->is_valid;
    page.hash = consent_words_hash(scope, consent_words_of(scope, consent, 0));
    sharing_items_page(reply_html(reply, status), &page);
}

/* Only what holds or waits can be changed; false: it was stopped or replaced, and that is said. */
static bool find_changeable(Scope *scope, Reply *reply, ConsentId id, Consent *ret_consent) {
    if (consent_find(scope, id, ret_consent) &&
        (ret_consent->state == CONSENT_LIVING || ret_consent->state == CONSENT_PENDING)) {
        return true;
    }
    reply_sorry(reply, 409, TEXT_SHARING_ELSEWHERE);
    return false;
}

void sharing_items_show(Get *get, ConsentId id) {
    Consent consent;
    if (!find_changeable(get->scope, get->reply, id, &consent)) {
        return;
    }
    Form form = form_empty(get->scope, items_fields, ITEMS_FIELDS);
    consent_pick_set(get->scope, &form, ITEMS_SHARE, consent.items);
    show_items(get->scope, get->reply, &consent, &form, 200);
}

void sharing_items_do(Post *post, ConsentId id) {
    Consent consent;
    if (!find_changeable(post->scope, post->reply, id, &consent)) {
        return;
    }
    Form form = form_read(post->scope, post->input, items_fields, ITEMS_FIELDS);
    const unsigned picked = consent_picked(&form, ITEMS_SHARE, consent.to);
    if (consent.to == CONSENT_TO_ORGANIZATION && !consent_paper_says(picked)) {
        form_error(&form, ITEMS_SHARE, TEXT_SHARING_ITEMS_NOTHING);
    }
    const Str read = consent_words_hash(post->scope, consent_words_of(post->scope, &consent, 0));
    /* A name or the language changed meanwhile: the words are shown again, with what was ticked. */
    if (!form.is_valid || !str_equal(form_str(&form, ITEMS_WORDS), read)) {
        show_items(post->scope, post->reply, &consent, &form, 422);
        return;
    }
    ConsentId given = id;
    const ConsentResult result = sharing_give_items(post->scope, post->tx, id, picked, &given);
    answer(post, result, given, TEXT_SHARING_CHANGED);
}
