/* SPDX-License-Identifier: Apache-2.0 */
/* The invitation that the chosen person answers, and the agreement that both read. */
#include "features/account/account.h"
#include "features/consent/consent.h"
#include "features/match/match_view.h"
#include "match_html.h"
#include "platform/zone/zone.h"
#include "routes.h"

enum { ANSWER_ANSWER, ANSWER_WHEN, ANSWER_FIELDS };
static const char *const answers[] = {"yes", "no", "later", NULL};
static const Field answer_fields[] = {
    [ANSWER_ANSWER] = {.name = "answer", .kind = FIELD_CHOICE, .is_required = true, .choices = answers},
    [ANSWER_WHEN] = {.name = "when", .kind = FIELD_LINE, .most_characters = 300},
};

/* ---- the invitation ---- */

/* The labels of one kind, of all that the offer holds. */
static Strs labels_of(Arena *arena, const MatchOfferLabelsRows *rows, OfferItemKind kind) {
    Str *items = NEW_MANY(arena, rows->count, Str);
    size_t count = 0;
    for (size_t at = 0; at < rows->count; at++) {
        if (rows->items[at].kind == (int64_t)kind) {
            items[count++] = rows->items[at].label;
        }
    }
    return (Strs){.items = items, .count = count};
}

/* What the family said of itself, opened for whoever is asked. */
static Str label_of(const Scope *scope, const Part2Notice *notice, PersonId family, ListItemId item) {
    return list_item_id_is_none(item) ? STR("")
                                      : part2_open_about(notice, family, program_item_words(scope, item));
}

static Strs wishes_of(const Scope *scope, const Part2Notice *notice, const Request *request) {
    MatchWishLabelsRows rows = match_wish_labels(scope->db, request->id, scope->lang);
    Str *items = NEW_MANY(scope->arena, rows.count, Str);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = part2_open_about(notice, request->person, rows.items[at].label);
    }
    return (Strs){.items = items, .count = rows.count};
}

static void show_invitation(Scope *scope, Reply *reply, InvitationId id, const Form *form) {
    InvitationPage page = {.layout = layout_of(scope, reply, TEXT_MATCH_INVITATION_TITLE), .form = form};
    if (!invitation_find(scope, id, &page.invitation) ||
        !request_find(scope, page.invitation.request, &page.request) ||
        !offer_find(scope, page.invitation.offer, &page.offer)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.layout.has_error = !form->is_valid;
    const Part2Notice *notice = part2_notice(reply, &page.layout.part2,
                                             consent_scope_words(scope, page.request.id, page.offer.person));
    page.need = part2_open_about(notice, page.request.person, page.request.need);
    page.hope_words = part2_open_about(notice, page.request.person, page.request.hopes);
    page.relation = label_of(scope, notice, page.request.person, page.request.relation);
    page.age = label_of(scope, notice, page.request.person, page.request.age);
    page.wishes = wishes_of(scope, notice, &page.request);
    MatchOfferLabelsRows labels = match_offer_labels(scope->db, page.offer.id, scope->lang);
    page.free_then = labels_of(scope->arena, &labels, OFFER_FREE_THEN);
    page.rather_not = labels_of(scope->arena, &labels, OFFER_RATHER_NOT);
    invitation_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void invitation_show(Get *get, InvitationId invitation) {
    Form form = form_empty(get->scope, answer_fields, ANSWER_FIELDS);
    show_invitation(get->scope, get->reply, invitation, &form);
}

static void say_yes(Post *post, InvitationId invitation) {
    MatchId match;
    switch (match_accept(post->scope, post->tx, invitation, &match)) {
    case INVITATION_DONE:
        reply_redirect_saying(post->reply, url_match_show(post->scope->arena, match), TEXT_MATCH_SAID_YES);
        return;
    case INVITATION_OVER:
        reply_sorry(post->reply, 409, TEXT_MATCH_OVER);
        return;
    }
}

static void say_otherwise(Post *post, InvitationId invitation, InvitationState answer, Str when, Text said) {
    switch (invitation_answer(post->scope, post->tx, invitation, answer, when)) {
    case INVITATION_DONE:
        reply_redirect_saying(post->reply, url_me_show(post->scope->arena), said);
        return;
    case INVITATION_OVER:
        reply_sorry(post->reply, 409, TEXT_MATCH_OVER);
        return;
    }
}

void invitation_answer_do(Post *post, InvitationId invitation) {
    Form form = form_read(post->scope, post->input, answer_fields, ANSWER_FIELDS);
    bool is_later = form_has(&form, ANSWER_ANSWER, STR("later"));
    if (is_later && str_is_empty(form_str(&form, ANSWER_WHEN))) {
        form_error(&form, ANSWER_WHEN, TEXT_MATCH_LATER_MISSING);
    }
    if (!form.is_valid) {
        show_invitation(post->scope, post->reply, invitation, &form);
    } else if (form_has(&form, ANSWER_ANSWER, STR("yes"))) {
        say_yes(post, invitation);
    } else if (is_later) {
        say_otherwise(post, invitation, INVITATION_ANOTHER_TIME, form_str(&form, ANSWER_WHEN),
                      TEXT_MATCH_SAID_LATER);
    } else {
        say_otherwise(post, invitation, INVITATION_DECLINED, STR(""), TEXT_MATCH_SAID_NO);
    }
}

/* ---- the agreement ---- */

static Date day_of(const Scope *scope, Time time) {
    return time_is_none(time) ? (Date){0} : zone_date(scope->zone, time);
}

void match_agreement_show(Get *get, MatchId id) {
    Scope *scope = get->scope;
    AgreementPage page = {.layout = layout_of(scope, get->reply, TEXT_MATCH_AGREEMENT_TITLE)};
    if (!match_find(scope, id, &page.match)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Match *match = &page.match;
    page.role = program_words(scope, match->program, PROGRAM_ROLE);
    page.agreement = program_words(scope, match->program, PROGRAM_AGREEMENT);
    page.must_tell = program_words(scope, match->program, PROGRAM_MUST_TELL);
    page.receiver_agreed_on = day_of(scope, match->receiver_agreed_at);
    page.giver_agreed_on = day_of(scope, match->giver_agreed_at);
    bool is_open_receiver =
        person_id_equal(scope->actor, match->receiver) && time_is_none(match->receiver_agreed_at);
    bool is_open_giver = person_id_equal(scope->actor, match->giver) && time_is_none(match->giver_agreed_at);
    page.gives = person_id_equal(scope->actor, match->giver);
    page.may_agree = match->state != MATCH_ENDED && (is_open_receiver || is_open_giver);
    agreement_page(reply_html(get->reply, 200), &page);
}

void match_agree_do(Post *post, MatchId match) {
    switch (match_agree(post->scope, post->tx, match)) {
    case MATCH_DONE:
        reply_redirect_saying(post->reply, url_match_show(post->scope->arena, match), TEXT_MATCH_AGREED);
        return;
    case MATCH_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}
