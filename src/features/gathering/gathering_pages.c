/* SPDX-License-Identifier: Apache-2.0 */
/* A gathering: opening and joining it, reading, and writing in it. */
#include "features/consent/consent.h"
#include "features/gathering/gathering_view.h"
#include "gathering_html.h"
#include "platform/http/part2.h"
#include "routes.h"
#include "texts.h"

static const Field fields[GATHERING_FIELDS] = {
    [GATHERING_FIELD_WORDS] = {.name = "words",
                               .kind = FIELD_WORDS,
                               .is_required = true,
                               .most_characters = GATHERING_CHARACTERS,
                               .missing = TEXT_GATHERING_WORDS_MISSING},
    [GATHERING_FIELD_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

enum { LIST_BEFORE, LIST_FIELDS };
static const Field list_fields[] = {[LIST_BEFORE] = {.name = "before", .kind = FIELD_ID}};

enum { TURN_HOW, TURN_FIELDS };
/* In the order of GatheringTurn. */
static const char *const turns[] = {"open", "close", "join", "leave", "seen", NULL};
static const Field turn_fields[] = {
    [TURN_HOW] = {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = turns},
};

static GatheringLines lines_of(const Scope *scope, const Match *match, const Part2Notice *notice,
                               const GatheringWordsList *list) {
    GatheringLine *items = NEW_MANY(scope->arena, list->count, GatheringLine);
    for (size_t at = 0; at < list->count; at++) {
        const GatheringWords *one = &list->items[at];
        items[at] = (GatheringLine){.words = part2_open_about(notice, match->receiver, one->words),
                                    .called = one->by_called,
                                    .is_mine = person_id_equal(one->by, scope->actor),
                                    .at = one->at};
    }
    return (GatheringLines){.items = items, .count = list->count};
}

static void add_rest(const Scope *scope, GatheringPage *page) {
    for (size_t at = 0; at < page->others.count; at++) {
        page->is_resting = page->is_resting || !time_is_none(page->others.items[at].rests_until);
    }
    if (page->is_resting) {
        page->after_hours = program_said(scope, page->match.program, PROGRAM_AFTER_HOURS);
    }
}

static void show(Scope *scope, Reply *reply, MatchId id, GatheringMessageId before, const Form *form) {
    GatheringPage page = {.form = form, .is_newest = before.value == 0};
    if (!match_find(scope, id, &page.match) || !gathering_find(scope, id, &page.gathering)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Match *match = &page.match;
    const Words words = scope_words(scope);
    page.layout =
        layout_titled(scope, reply,
                      page.gathering.is_receiver ? text_str(scope->lang, TEXT_GATHERING_TITLE)
                                                 : text_gathering_title_of(&words, match->receiver_called));
    page.others = (GatheringOthers){.items = page.gathering.others, .count = page.gathering.other_count};
    page.unread = gathering_unread(scope, &page.gathering);
    const Part2Notice *notice =
        part2_notice(reply, &page.layout.part2, consent_scope_words(scope, match->request, match->giver));
    const GatheringWordsList list = gathering_list(scope, &page.gathering, before);
    page.lines = lines_of(scope, match, notice, &list);
    if (list.has_older) {
        page.older = url_with(scope->arena, url_gathering_show(scope->arena, id), STR("before"),
                              ui_id_value(scope->arena, list.items[0].id.value));
    }
    add_rest(scope, &page);
    page.layout.has_error = !form->is_valid;
    gathering_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void gathering_show(Get *get, MatchId match) {
    const Form list = form_read(get->scope, get->input, list_fields, LIST_FIELDS);
    const Form form = form_empty(get->scope, fields, GATHERING_FIELDS);
    show(get->scope, get->reply, match, (GatheringMessageId){list.is_valid ? form_id(&list, LIST_BEFORE) : 0},
         &form);
}

void gathering_say_do(Post *post, MatchId match) {
    Form form = form_read(post->scope, post->input, fields, GATHERING_FIELDS);
    if (!form.is_valid) {
        show(post->scope, post->reply, match, (GatheringMessageId){0}, &form);
        return;
    }
    switch (gathering_say(post->scope, post->tx, match, form_str(&form, GATHERING_FIELD_WORDS),
                          form_is_on(&form, GATHERING_FIELD_PART2))) {
    case GATHERING_DONE:
        reply_redirect(post->reply, url_gathering_show(post->scope->arena, match));
        return;
    case GATHERING_UNFIT:
        form_error(&form, GATHERING_FIELD_WORDS, TEXT_GATHERING_WORDS_MISSING);
        show(post->scope, post->reply, match, (GatheringMessageId){0}, &form);
        return;
    case GATHERING_ELSEWHERE: /* closed, or left, while it was typed: the page says so, and shows the words */
        form_error(&form, GATHERING_FIELD_WORDS, TEXT_GATHERING_NOT_SENT);
        show(post->scope, post->reply, match, (GatheringMessageId){0}, &form);
        return;
    }
}

void gathering_turn_do(Post *post, MatchId match) {
    const Form form = form_read(post->scope, post->input, turn_fields, TURN_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    GatheringTurn turn = GATHERING_OPEN;
    while (!form_has(&form, TURN_HOW, str_of(turns[turn]))) {
        turn++;
    }
    switch (gathering_turn(post->scope, post->tx, match, turn)) {
    case GATHERING_DONE:
        reply_redirect(post->reply, url_gathering_show(post->scope->arena, match));
        return;
    case GATHERING_UNFIT:
    case GATHERING_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}
