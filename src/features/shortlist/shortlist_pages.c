/* SPDX-License-Identifier: Apache-2.0 */
/* The coordinator looks for people for a request, sends a list, and writes down a choice told by phone. */
#include "features/consent/consent.h"
#include "features/policy/policy_version.h"
#include "features/shortlist/shortlist.h"
#include "features/shortlist/shortlist_view.h"
#include "features/standing/standing_plan.h"
#include "platform/http/page.h"
#include "routes.h"
#include "shortlist_html.h"
#include "texts.h"
#include "ui/ui.h"

enum { MAKE_VERSION, MAKE_FIELDS };
static const Field make_fields[] = {
    [MAKE_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
};

enum { TOLD_ANSWER, TOLD_WORDS, TOLD_FIELDS };
static const Field told_fields[] = {
    [TOLD_ANSWER] = {.name = "answer",
                     .kind = FIELD_LINE,
                     .is_required = true,
                     .most_characters = 20,
                     .missing = TEXT_SHORTLIST_TOLD_MISSING},
    [TOLD_WORDS] = {.name = "words", .kind = FIELD_WORDS},
};

/* Said to the family: "what you named". */
static Str reason_to_family(const Words *words, MatchingReasonKind kind, Str label) {
    switch (kind) {
    case MATCHING_SHARES_CHOSEN:
        return text_shortlist_reason_chosen(words, label);
    case MATCHING_SHARES_CODED:
        return text_shortlist_reason_coded(words, label);
    case MATCHING_SAME_RELATION:
        return text_shortlist_reason_relation(words, label);
    case MATCHING_LIVED_AGE:
        return text_shortlist_reason_age(words, label);
    case MATCHING_OWN_LANGUAGE:
        return text_shortlist_reason_language(words, label);
    case MATCHING_SAME_TIME:
        return text_shortlist_reason_time(words, label);
    case MATCHING_OTHER_RELATION:
        return text_shortlist_reason_other(words, label);
    case MATCHING_SHARES_FIRST:
        return text_shortlist_reason_first(words, label);
    case MATCHING_SAME_SYSTEM:
        return text_shortlist_reason_system(words, label);
    case MATCHING_SAME_ROLE:
        return text_shortlist_reason_role(words, label);
    case MATCHING_SPEAKS:
        return text_shortlist_reason_speaks(words, label);
    case MATCHING_SAME_CHANNEL:
        return text_shortlist_reason_channel(words, label);
    case MATCHING_SAME_REGION:
        return text_shortlist_reason_region(words, label);
    case MATCHING_SAME_CULTURE:
        return text_shortlist_reason_culture(words, label);
    case MATCHING_SAME_GENDER:
        return text_shortlist_reason_gender(words, label);
    case MATCHING_SAME_FUNDING:
        return text_shortlist_reason_funding(words, label);
    case MATCHING_KNOWN:
        return text_str(words->lang, TEXT_SHORTLIST_REASON_KNOWN);
    }
    return label;
}

/* Said about the family, to its coordinator: "what the family named". */
static Str reason_to_coordinator(const Words *words, MatchingReasonKind kind, Str label) {
    switch (kind) {
    case MATCHING_SHARES_CHOSEN:
        return text_shortlist_cause_chosen(words, label);
    case MATCHING_SHARES_CODED:
        return text_shortlist_cause_coded(words, label);
    case MATCHING_SAME_RELATION:
        return text_shortlist_cause_relation(words, label);
    case MATCHING_LIVED_AGE:
        return text_shortlist_reason_age(words, label);
    case MATCHING_OWN_LANGUAGE:
        return text_shortlist_cause_language(words, label);
    case MATCHING_SAME_TIME:
        return text_shortlist_cause_time(words, label);
    case MATCHING_OTHER_RELATION:
        return text_shortlist_cause_other(words, label);
    case MATCHING_SHARES_FIRST:
        return text_shortlist_cause_first(words, label);
    case MATCHING_SAME_SYSTEM:
        return text_shortlist_reason_system(words, label);
    case MATCHING_SAME_ROLE:
        return text_shortlist_reason_role(words, label);
    case MATCHING_SPEAKS:
        return text_shortlist_reason_speaks(words, label);
    case MATCHING_SAME_CHANNEL:
        return text_shortlist_cause_channel(words, label);
    case MATCHING_SAME_REGION:
        return text_shortlist_cause_region(words, label);
    case MATCHING_SAME_CULTURE:
        return text_shortlist_cause_culture(words, label);
    case MATCHING_SAME_GENDER:
        return text_shortlist_cause_gender(words, label);
    case MATCHING_SAME_FUNDING:
        return text_shortlist_cause_funding(words, label);
    case MATCHING_KNOWN:
        return text_str(words->lang, TEXT_SHORTLIST_CAUSE_KNOWN);
    }
    return label;
}

Str shortlist_reason_words(const Scope *scope, MatchingReasonKind kind, Str label, bool is_to_family) {
    const Words words = scope_words(scope);
    return is_to_family ? reason_to_family(&words, kind, label) : reason_to_coordinator(&words, kind, label);
}

/* ---- looking ---- */

static const Text rule_texts[MATCHING_RULE_COUNT] = {
    [MATCHING_RULE_SELF] = TEXT_SHORTLIST_RULE_SELF,
    [MATCHING_RULE_CLEARED] = TEXT_SHORTLIST_RULE_CLEARED,
    [MATCHING_RULE_PAUSED] = TEXT_SHORTLIST_RULE_PAUSED,
    [MATCHING_RULE_FULL] = TEXT_SHORTLIST_RULE_FULL,
    [MATCHING_RULE_APART] = TEXT_SHORTLIST_RULE_APART,
    [MATCHING_RULE_PASSED] = TEXT_SHORTLIST_RULE_PASSED,
    [MATCHING_RULE_RATHER_NOT] = TEXT_SHORTLIST_RULE_RATHER_NOT,
    [MATCHING_RULE_FACET + FACET_EXPERIENCE] = TEXT_SHORTLIST_RULE_EXPERIENCE,
    [MATCHING_RULE_FACET + FACET_SYSTEM] = TEXT_SHORTLIST_RULE_SYSTEM,
    [MATCHING_RULE_FACET + FACET_ROLE] = TEXT_SHORTLIST_RULE_ROLE,
    [MATCHING_RULE_FACET + FACET_LANGUAGE] = TEXT_SHORTLIST_RULE_LANGUAGE,
    [MATCHING_RULE_FACET + FACET_RELATION] = TEXT_SHORTLIST_RULE_RELATION,
    [MATCHING_RULE_FACET + FACET_AGE] = TEXT_SHORTLIST_RULE_AGE,
    [MATCHING_RULE_FACET + FACET_TIME] = TEXT_SHORTLIST_RULE_TIME,
    [MATCHING_RULE_FACET + FACET_CHANNEL] = TEXT_SHORTLIST_RULE_CHANNEL,
    [MATCHING_RULE_FACET + FACET_REGION] = TEXT_SHORTLIST_RULE_REGION,
    [MATCHING_RULE_FACET + FACET_CULTURE] = TEXT_SHORTLIST_RULE_CULTURE,
    [MATCHING_RULE_FACET + FACET_GENDER] = TEXT_SHORTLIST_RULE_GENDER,
    [MATCHING_RULE_FACET + FACET_FUNDING] = TEXT_SHORTLIST_RULE_FUNDING,
};

Text shortlist_rule_text(MatchingRule rule) {
    return rule_texts[rule];
}

static PreviewRules rules_of(const Scope *scope, const MatchingResult *result) {
    PreviewRule *items = NEW_MANY(scope->arena, MATCHING_RULE_COUNT, PreviewRule);
    size_t count = 0;
    for (int rule = 0; rule < MATCHING_RULE_COUNT; rule++) {
        if (result->removed[rule] > 0) {
            items[count++] = (PreviewRule){.rule = rule_texts[rule],
                                           .removed = (int64_t)result->removed[rule],
                                           .opens = (int64_t)result->opens[rule]};
        }
    }
    return (PreviewRules){.items = items, .count = count};
}

static PreviewReasons reasons_of(const Scope *scope, const MatchingChoice *choice,
                                 const Part2Notice *notice) {
    PreviewReason *items = NEW_MANY(scope->arena, choice->reason_count, PreviewReason);
    for (size_t at = 0; at < choice->reason_count; at++) {
        const MatchingReason *reason = &choice->reasons[at];
        items[at] = (PreviewReason){
            .words = shortlist_reason_words(
                scope, reason->kind,
                part2_open(notice, program_item_words(scope, (ListItemId){reason->item})), false),
            .points = reason->points,
            .is_against = reason->points < 0,
        };
    }
    return (PreviewReasons){.items = items, .count = choice->reason_count};
}

static PreviewCards cards_of(const Scope *scope, const Request *request, const MatchingResult *result,
                             const Part2Notice *notice) {
    OfferId planned = standing_plan_partner(scope, request->program, request->id);
    PreviewCard *items = NEW_MANY(scope->arena, result->count, PreviewCard);
    size_t count = 0;
    for (size_t at = 0; at < result->count; at++) {
        Offer offer;
        if (offer_find(scope, (OfferId){result->choices[at].offer}, &offer)) {
            items[count++] = (PreviewCard){
                .offer = offer.id,
                .called = offer.called,
                .relation = program_item_label(scope, offer.relation),
                .load = offer.load,
                .capacity = offer.capacity,
                .score = result->choices[at].score,
                .price = result->choices[at].price,
                .penalty = result->choices[at].penalty,
                .is_planned = offer_id_equal(offer.id, planned),
                .reasons = reasons_of(scope, &result->choices[at], notice),
            };
        }
    }
    return (PreviewCards){.items = items, .count = count};
}

static void show_preview(Scope *scope, Reply *reply, const Request *request, int status) {
    MatchingResult result = shortlist_preview(scope, request);
    PreviewPage page = {
        .layout = layout_of(scope, reply, TEXT_SHORTLIST_PREVIEW_TITLE),
        .request = *request,
        .rules = rules_of(scope, &result),
        .fitting = (int64_t)result.fitting,
        .is_short = result.count < SHORTLIST_MOST,
        .policy = policy_of(scope, request->program)->name,
    };
    /* What speaks for somebody tells of the family as well. */
    page.cards = cards_of(
        scope, request, &result,
        part2_notice(reply, &page.layout.part2, consent_scope_words(scope, request->id, (PersonId){0})));
    preview_page(reply_html(reply, status), &page);
}

void shortlist_show(Get *get, RequestId id) {
    Request request;
    if (!request_find(get->scope, id, &request)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    bool is_possible = request.kind == REQUEST_SUPPORT && request.state <= REQUEST_LISTED;
    if (!is_possible) {
        reply_redirect(get->reply, url_request_work_show(get->scope->arena, id));
        return;
    }
    show_preview(get->scope, get->reply, &request, 200);
}

void shortlist_make_do(Post *post, RequestId id) {
    Form form = form_read(post->scope, post->input, make_fields, MAKE_FIELDS);
    ShortlistId shortlist;
    switch (shortlist_make(post->scope, post->tx, id, form_int(&form, MAKE_VERSION, 0), &shortlist)) {
    case SHORTLIST_DONE:
        reply_redirect_saying(post->reply, url_request_work_show(post->scope->arena, id),
                              TEXT_SHORTLIST_SENT);
        return;
    case SHORTLIST_NOBODY:
        reply_redirect_saying(post->reply, url_shortlist_show(post->scope->arena, id),
                              TEXT_SHORTLIST_NOBODY_NOW);
        return;
    case SHORTLIST_ELSEWHERE:
    case SHORTLIST_STALE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

/* ---- told by phone ---- */

static void show_told(Scope *scope, Reply *reply, const Request *request, const Form *form) {
    size_t hidden = 0;
    Layout layout = layout_of(scope, reply, TEXT_SHORTLIST_TOLD_TITLE);
    ChooseCards cards = choose_cards(
        scope, request,
        part2_notice(reply, &layout.part2, consent_scope_words(scope, request->id, (PersonId){0})), &hidden);
    const Words words = scope_words(scope);
    Option *items = NEW_MANY(scope->arena, cards.count + 1, Option);
    for (size_t at = 0; at < cards.count; at++) {
        items[at] = (Option){.value = ui_id_value(scope->arena, cards.items[at].offer.value),
                             .label = text_shortlist_told_chose(&words, cards.items[at].called)};
    }
    items[cards.count] =
        (Option){.value = STR("none"), .label = text_str(scope->lang, TEXT_SHORTLIST_TOLD_NONE)};
    ToldPage page = {
        .layout = layout,
        .request = *request,
        .form = form,
        .answers = {.items = items, .count = cards.count + 1},
    };
    page.layout.has_error = !form->is_valid;
    told_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void told_show(Get *get, RequestId id) {
    Request request;
    if (!request_find(get->scope, id, &request) || request.state != REQUEST_LISTED) {
        reply_redirect(get->reply, url_request_work_show(get->scope->arena, id));
        return;
    }
    Form form = form_empty(get->scope, told_fields, TOLD_FIELDS);
    show_told(get->scope, get->reply, &request, &form);
}

static ChoiceResult do_as_told(Post *post, RequestId id, Str answer) {
    int64_t offer = 0;
    InvitationId invitation;
    if (str_equal(answer, STR("none"))) {
        return shortlist_none_of_these(post->scope, post->tx, id);
    }
    return url_read_id(answer, &offer)
               ? shortlist_choose(post->scope, post->tx, id, (OfferId){offer}, 0, &invitation)
               : CHOICE_ELSEWHERE;
}

void told_do(Post *post, RequestId id) {
    Form form = form_read(post->scope, post->input, told_fields, TOLD_FIELDS);
    Request request;
    if (!request_find(post->scope, id, &request)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (!form.is_valid) {
        show_told(post->scope, post->reply, &request, &form);
        return;
    }
    switch (do_as_told(post, id, form_str(&form, TOLD_ANSWER))) {
    case CHOICE_DONE:
        request_note(post->scope, post->tx, id, REQUEST_NOTE_TOLD, form_str(&form, TOLD_WORDS));
        reply_redirect_saying(post->reply, url_request_work_show(post->scope->arena, id),
                              TEXT_SHORTLIST_TOLD_DONE);
        return;
    case CHOICE_FULL:
        form_error(&form, TOLD_ANSWER, TEXT_SHORTLIST_FULL);
        show_told(post->scope, post->reply, &request, &form);
        return;
    case CHOICE_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}
