/* SPDX-License-Identifier: Apache-2.0 */
/* Picking one's own words to go along: one page with what was picked as the other reads it, and the boxes. */
#include "carry_html.h"
#include "features/access/access.h"
#include "features/carry/carry_view.h"
#include "platform/http/part2.h"
#include "platform/url.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

static const Field fields[CARRY_FIELDS] = {
    [CARRY_FIELD_WORDS] = {.name = "words", .kind = FIELD_WORDS, .most_characters = CARRY_CHARACTERS},
    [CARRY_FIELD_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
    [CARRY_FIELD_MESSAGES] = {.name = "message", .kind = FIELD_IDS},
};

static const char *const turns[] = {"pass", "back", NULL};
static const Field turn_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = turns}};

CarryShown carry_shown(const Scope *scope, const Part2Notice *notice, const Carry *carry) {
    CarryMessageShown *items = NEW_MANY(scope->arena, carry->messages.count, CarryMessageShown);
    for (size_t at = 0; at < carry->messages.count; at++) {
        const CarryMessage *one = &carry->messages.items[at];
        items[at] = (CarryMessageShown){.words = part2_open_about(notice, one->person, one->words),
                                        .on = zone_date(scope->zone, one->at)};
    }
    return (CarryShown){.is_there = true,
                        .is_new = carry->is_new,
                        .words = part2_open_about(notice, carry->person, carry->words),
                        .messages = {.items = items, .count = carry->messages.count}};
}

/* An id as addresses and boxes write it. */
static Str token_of(const Scope *scope, int64_t id) {
    Buf token = buf_new(scope->arena, 64);
    url_add_id(&token, id);
    return buf_str(&token);
}

static Options offered_to(const Scope *scope) {
    const Words words = scope_words(scope);
    const CarryMessages list = carry_offered(scope);
    Option *items = NEW_MANY(scope->arena, list.count, Option);
    for (size_t at = 0; at < list.count; at++) {
        const CarryMessage *one = &list.items[at];
        items[at] =
            (Option){.value = token_of(scope, one->id.value),
                     .label = part2_open_own(scope, one->person, one->words),
                     .hint = text_carry_written(&words, zone_date(scope->zone, one->at), one->former_called)};
    }
    return (Options){.items = items, .count = list.count};
}

/* The boxes as they were ticked when it was kept. */
static void form_set_picked(const Scope *scope, Form *form, const CarryPage *page, const Carry *carry) {
    Str *tokens = NEW_MANY(scope->arena, carry->messages.count, Str);
    for (size_t at = 0; at < carry->messages.count; at++) {
        tokens[at] = token_of(scope, carry->messages.items[at].id.value);
    }
    form_set_str(form, CARRY_FIELD_WORDS, page->picked.words);
    form_set_on(form, CARRY_FIELD_PART2, carry->words.is_marked);
    form_set_many(form, CARRY_FIELD_MESSAGES, (Strs){.items = tokens, .count = carry->messages.count});
}

/* `form` NULL: with what was picked before. */
static void show(const Scope *scope, Reply *reply, MatchId id, const Form *form) {
    Match match;
    if (!match_find(scope, id, &match)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Words words = scope_words(scope);
    CarryPage page = {.layout = layout_titled(scope, reply, text_carry_title(&words, match.giver_called)),
                      .match = id,
                      .is_over = match.state == MATCH_ENDED,
                      .called = match.giver_called,
                      .offered = offered_to(scope)};
    Form picked = form_empty(scope, fields, CARRY_FIELDS);
    Carry carry;
    if (carry_find(scope, id, &carry)) {
        page.picked = carry_shown(scope, part2_notice(reply, &page.layout.part2, STR("")), &carry);
        page.is_passed = !time_is_none(carry.passed_at);
        page.passed_on = zone_date(scope->zone, page.is_passed ? carry.passed_at : carry.written_at);
        form_set_picked(scope, &picked, &page, &carry);
    }
    page.form = form != NULL ? form : &picked;
    page.layout.has_error = !page.form->is_valid;
    carry_page(reply_html(reply, page.form->is_valid ? 200 : 422), &page);
}

void carry_show(Get *get, MatchId match) {
    show(get->scope, get->reply, match, NULL);
}

/* Not the route's rule: what that asks of a match stands in the other's record, and would tell of a draft. */
static bool is_receiver(Post *post, MatchId match) {
    if (access_may(post->scope, ACCESS_CARRY, match.value)) {
        return true;
    }
    reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
    return false;
}

static void answer(Post *post, MatchId match, CarryResult result, Text said, Form *form) {
    switch (result) {
    case CARRY_DONE:
        reply_redirect_saying(post->reply, url_carry_show(post->scope->arena, match), said);
        return;
    case CARRY_NOTHING:
        form_error(form, CARRY_FIELD_WORDS, TEXT_CARRY_NOTHING);
        show(post->scope, post->reply, match, form);
        return;
    case CARRY_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void carry_do(Post *post, MatchId match) {
    if (!is_receiver(post, match)) {
        return;
    }
    Form form = form_read(post->scope, post->input, fields, CARRY_FIELDS);
    if (!form.is_valid) {
        show(post->scope, post->reply, match, &form);
        return;
    }
    const int64_t *ids = NULL;
    const size_t count = form_ids(&form, CARRY_FIELD_MESSAGES, &ids);
    MessageId *messages = NEW_MANY(post->scope->arena, count, MessageId);
    for (size_t at = 0; at < count; at++) {
        messages[at] = (MessageId){ids[at]};
    }
    const CarryNew carry = {.words = form_str(&form, CARRY_FIELD_WORDS),
                            .is_part2 = form_is_on(&form, CARRY_FIELD_PART2),
                            .messages = messages,
                            .message_count = count};
    answer(post, match, carry_write(post->scope, post->tx, match, &carry), TEXT_CARRY_KEPT, &form);
}

void carry_turn_do(Post *post, MatchId match) {
    if (!is_receiver(post, match)) {
        return;
    }
    const Form form = form_read(post->scope, post->input, turn_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
    } else if (form_has(&form, 0, STR("pass"))) {
        answer(post, match, carry_pass(post->scope, post->tx, match), TEXT_CARRY_IS_PASSED, NULL);
    } else {
        answer(post, match, carry_take_back(post->scope, post->tx, match), TEXT_CARRY_IS_BACK, NULL);
    }
}

void carry_seen_do(Post *post, MatchId match) {
    switch (carry_seen(post->scope, post->tx, match)) {
    case CARRY_DONE:
        reply_redirect_saying(post->reply, url_match_show(post->scope->arena, match), TEXT_CARRY_IS_SEEN);
        return;
    case CARRY_NOTHING:
    case CARRY_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}
