/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation of a match: reading it, writing in it, and saying that it was read. */
#include "features/access/access.h"
#include "features/consent/consent.h"
#include "features/message/message_view.h"
#include "message_html.h"
#include "platform/http/part2.h"
#include "routes.h"
#include "texts.h"

static const Field fields[MESSAGE_FIELDS] = {
    [MESSAGE_FIELD_WORDS] = {.name = "words",
                             .kind = FIELD_WORDS,
                             .is_required = true,
                             .most_characters = MESSAGE_CHARACTERS,
                             .missing = TEXT_MESSAGE_WORDS_MISSING},
    [MESSAGE_FIELD_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
    [MESSAGE_FIELD_SEEN] = {.name = "seen", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
};

enum { SEEN_UNTIL, SEEN_FIELDS };
static const Field seen_fields[] = {
    [SEEN_UNTIL] = {.name = "seen", .kind = FIELD_NUMBER, .is_required = true, .least = 0, .most = INT64_MAX},
};

enum { LIST_BEFORE, LIST_FIELDS };
static const Field list_fields[] = {[LIST_BEFORE] = {.name = "before", .kind = FIELD_ID}};

/* What was under way for no longer says nothing about it. */
static const int64_t LATE_US = 2 * TIME_MINUTE;

static Url newest(const Scope *scope, MatchId match) {
    const Url url = url_message_show(scope->arena, match);
    return (Url){.text = str_print(scope->arena, "%.*s#newest", STR_ARGS(url.text))};
}

static MessagesShown shown_of(const Scope *scope, const Match *match, const Part2Notice *notice,
                              const Messages *list) {
    const Time over = match->state == MATCH_ENDED ? match->ended_at : scope->now;
    MessageShown *items = NEW_MANY(scope->arena, list->count, MessageShown);
    for (size_t at = 0; at < list->count; at++) {
        const Message *one = &list->items[at];
        items[at] = (MessageShown){.id = one->id,
                                   .words = part2_open_about(notice, match->receiver, one->words),
                                   .called = one->by_called,
                                   .is_mine = person_id_equal(one->by, scope->actor),
                                   .is_new = one->is_new,
                                   .is_late = time_between(one->captured_at, one->reaches_at) > LATE_US,
                                   .is_waiting = time_is_before(over, one->reaches_at),
                                   .captured_at = one->captured_at,
                                   .reaches_at = one->reaches_at};
    }
    return (MessagesShown){.items = items, .count = list->count};
}

static Text why_not_of(const Scope *scope, const Match *match, bool is_receiver) {
    if (match->state == MATCH_ENDED) {
        return TEXT_MESSAGE_OVER;
    }
    if (consent_shares(scope, match->request, match->giver, CONSENT_CONTACTS)) {
        return TEXT_NONE;
    }
    return is_receiver ? TEXT_MESSAGE_NOT_SHARED : TEXT_CONSENT_NOT_CONTACTS;
}

/* Up to where everything on the page has reached its reader; what waits for the other stands below that. */
static Time seen_until(const Scope *scope, const Messages *list) {
    Time until = {0};
    for (size_t at = 0; at < list->count; at++) {
        const Time reaches_at = list->items[at].reaches_at;
        until = time_is_before(scope->now, reaches_at) ? until : reaches_at;
    }
    return until;
}

/* Whether the other rests, or something waits for them. */
static void add_rest(const Scope *scope, MessagePage *page) {
    if (!page->is_receiver || page->match.state == MATCH_ENDED) {
        return;
    }
    page->rests_until = message_rests_until(scope, &page->match);
    page->is_resting = !time_is_none(page->rests_until);
    for (size_t at = 0; at < page->messages.count; at++) {
        page->is_resting = page->is_resting || page->messages.items[at].is_waiting;
    }
    if (page->is_resting) {
        page->after_hours = program_said(scope, page->match.program, PROGRAM_AFTER_HOURS);
    }
}

static void show(Scope *scope, Reply *reply, MatchId id, MessageId before, const Form *form) {
    MessagePage page = {.form = form, .is_newest = before.value == 0};
    if (!match_find(scope, id, &page.match)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Match *match = &page.match;
    const Words words = scope_words(scope);
    page.is_receiver = person_id_equal(scope->actor, match->receiver);
    page.other_called = match_other_called(match, scope->actor);
    page.layout = layout_titled(scope, reply, text_message_title(&words, page.other_called));
    page.layout.has_error = !form->is_valid;
    page.why_not = why_not_of(scope, match, page.is_receiver);
    page.has_new = message_unread(scope, id) > 0;
    const Part2Notice *notice =
        part2_notice(reply, &page.layout.part2, consent_scope_words(scope, match->request, match->giver));
    const Messages list = message_list(scope, id, before);
    page.messages = shown_of(scope, match, notice, &list);
    page.seen_until = seen_until(scope, &list);
    add_rest(scope, &page);
    if (list.has_older) {
        page.older = url_with(scope->arena, url_message_show(scope->arena, id), STR("before"),
                              ui_id_value(scope->arena, list.items[0].id.value));
    }
    message_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void message_show(Get *get, MatchId match) {
    const Form list = form_read(get->scope, get->input, list_fields, LIST_FIELDS);
    const Form form = form_empty(get->scope, fields, MESSAGE_FIELDS);
    show(get->scope, get->reply, match, (MessageId){list.is_valid ? form_id(&list, LIST_BEFORE) : 0}, &form);
}

void message_send_do(Post *post, MatchId match) {
    Form form = form_read(post->scope, post->input, fields, MESSAGE_FIELDS);
    if (!form.is_valid) {
        show(post->scope, post->reply, match, (MessageId){0}, &form);
        return;
    }
    MessageSent sent;
    const MessageResult result =
        message_send(post->scope, post->tx, match,
                     &(MessageNew){.words = form_str(&form, MESSAGE_FIELD_WORDS),
                                   .is_part2 = form_is_on(&form, MESSAGE_FIELD_PART2),
                                   .capture = STR_NONE},
                     &sent);
    switch (result) {
    case MESSAGE_SENT:
    case MESSAGE_WAITS:
        message_seen(post->scope, post->tx, match, (Time){form_int(&form, MESSAGE_FIELD_SEEN, 0)});
        reply_redirect(post->reply, newest(post->scope, match));
        return;
    case MESSAGE_UNFIT:
        form_error(&form, MESSAGE_FIELD_WORDS, TEXT_MESSAGE_WORDS_MISSING);
        show(post->scope, post->reply, match, (MessageId){0}, &form);
        return;
    case MESSAGE_NOT_SHARED:
    case MESSAGE_OVER:
        form_error(&form, MESSAGE_FIELD_WORDS, TEXT_MESSAGE_NOT_SENT);
        show(post->scope, post->reply, match, (MessageId){0}, &form);
        return;
    case MESSAGE_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void message_seen_do(Post *post, MatchId match) {
    /* Not the route: what that asks of a match stands in the other's record. */
    if (!access_may(post->scope, ACCESS_MESSAGE, match.value)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Form form = form_read(post->scope, post->input, seen_fields, SEEN_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    message_seen(post->scope, post->tx, match, (Time){form_int(&form, SEEN_UNTIL, 0)});
    reply_redirect(post->reply, newest(post->scope, match));
}

void message_take_back_do(Post *post, MessageId id) {
    MatchId match;
    switch (message_take_back(post->scope, post->tx, id, &match)) {
    case MESSAGE_TAKEN_BACK:
        reply_redirect_saying(post->reply, newest(post->scope, match), TEXT_MESSAGE_TAKEN_BACK);
        return;
    case MESSAGE_STAYS:
        reply_sorry(post->reply, 409, TEXT_MESSAGE_STAYS);
        return;
    }
}

/* ---- hours ---- */

static const Field hours_fields[CARD_HOURS_FIELDS] = {CARD_HOURS_TABLE};

static void show_hours(Scope *scope, Reply *reply, const Form *form) {
    static const Text labels[] = {TEXT_MESSAGE_HOURS_ANY, TEXT_MESSAGE_HOURS_ONLY};
    enum { KINDS = sizeof labels / sizeof labels[0] };
    Option *kinds = NEW_MANY(scope->arena, KINDS, Option);
    for (size_t at = 0; at < KINDS; at++) {
        kinds[at] =
            (Option){.value = str_of(card_hours_kinds[at]), .label = text_str(scope->lang, labels[at])};
    }
    MessageHoursPage page = {
        .layout = layout_of(scope, reply, TEXT_MESSAGE_HOURS_TITLE),
        .form = form,
        .kinds = {.items = kinds, .count = KINDS},
    };
    card_hours_options(scope, message_hours(scope).zone, &page.days, &page.zones);
    page.layout.has_error = !form->is_valid;
    message_hours_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void message_hours_show(Get *get) {
    const MessageHours hours = message_hours(get->scope);
    Form form = form_empty(get->scope, hours_fields, CARD_HOURS_FIELDS);
    card_hours_set(get->scope, &form, 0, &hours.hours, hours.zone);
    show_hours(get->scope, get->reply, &form);
}

void message_hours_do(Post *post) {
    Form form = form_read(post->scope, post->input, hours_fields, CARD_HOURS_FIELDS);
    const MessageHours hours = {.hours = card_hours_read(&form, 0), .zone = form_str(&form, CARD_HOURS_ZONE)};
    if (!form.is_valid) {
        show_hours(post->scope, post->reply, &form);
        return;
    }
    message_hours_set(post->scope, post->tx, &hours);
    reply_redirect_saying(post->reply, url_message_hours_show(post->scope->arena), TEXT_MESSAGE_HOURS_SAVED);
}
