/* SPDX-License-Identifier: Apache-2.0 */
/* A page to keep when a walk has ended: what it was, a few words of farewell, and the ways back. */
#include "features/access/access.h"
#include "features/goodbye/goodbye_view.h"
#include "features/hope/hope.h"
#include "features/program/program.h"
#include "goodbye_html.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

static const Field fields[GOODBYE_FIELDS] = {
    [GOODBYE_FIELD_WORDS] = {.name = "words",
                             .kind = FIELD_WORDS,
                             .is_required = true,
                             .most_characters = GOODBYE_CHARACTERS,
                             .missing = TEXT_GOODBYE_WORDS_MISSING},
    [GOODBYE_FIELD_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

enum { WELCOME_IS, WELCOME_FIELDS };
static const char *const welcomes[] = {"yes", "no", NULL};
static const Field welcome_fields[] = {
    [WELCOME_IS] = {.name = "welcome", .kind = FIELD_CHOICE, .is_required = true, .choices = welcomes},
};

static bool may_reopen(RequestState state) {
    return state == REQUEST_PAUSED || state == REQUEST_WITHDRAWN || state == REQUEST_ENDED;
}

static Strs reached_of(const Scope *scope, const Goals *goals) {
    Str *items = NEW_MANY(scope->arena, goals->count, Str);
    for (size_t at = 0; at < goals->count; at++) {
        items[at] = part2_open_own(scope, scope->actor, goals->items[at].words);
    }
    return (Strs){.items = items, .count = goals->count};
}

/* The ways from here: the receiver's own request, and walking with others. */
static void add_ways(const Scope *scope, const Match *match, GoodbyePage *page) {
    Request request;
    Program program;
    if (page->is_receiver && request_find(scope, match->request, &request)) {
        page->may_reopen = may_reopen(request.state);
    }
    if (program_find(scope, match->program, &program)) {
        page->program_slug = program.slug;
    }
    page->program = match->program;
    page->may_turn = page->is_receiver && hope_may(scope, match->program);
    page->request = match->request;
    page->offer = match->offer;
}

/* `form` NULL: with what was written before. */
static void show(Scope *scope, Reply *reply, MatchId id, const Form *form) {
    Goodbye goodbye;
    if (!goodbye_find(scope, id, &goodbye)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Match *match = &goodbye.match;
    const Words words = scope_words(scope);
    GoodbyePage page = {
        .layout = layout_titled(scope, reply,
                                goodbye.is_receiver ? text_goodbye_title(&words, match->giver_called)
                                                    : text_str(scope->lang, TEXT_GOODBYE_TITLE_GAVE)),
        .match = id,
        .is_receiver = goodbye.is_receiver,
        .giver_called = goodbye.is_receiver ? match->giver_called : STR(""),
        .began_on = zone_date(scope->zone, match->began_at),
        .ended_on = zone_date(scope->zone, match->ended_at),
        .talks = goodbye.talks,
        .reached = reached_of(scope, &goodbye.reached),
        .may_pass = goodbye.may_pass,
        .is_welcome = goodbye.is_welcome,
        .may_write = goodbye.may_write,
        .has_written = !time_is_none(goodbye.mine_at),
        .write_until = zone_date(scope->zone, goodbye.write_until),
    };
    /* No consent lasts past the end: what is marked is open to the receiver alone. */
    const Part2Notice *none = part2_notice(reply, &page.layout.part2, STR(""));
    page.mine = page.has_written ? part2_open_about(none, match->receiver, goodbye.mine) : STR("");
    page.theirs =
        time_is_none(goodbye.theirs_at) ? STR("") : part2_open_about(none, match->receiver, goodbye.theirs);
    add_ways(scope, match, &page);
    Form empty = form_empty(scope, fields, GOODBYE_FIELDS);
    page.form = form == NULL ? &empty : form;
    page.layout.has_error = !page.form->is_valid;
    goodbye_page(reply_html(reply, page.form->is_valid ? 200 : 422), &page);
}

void goodbye_show(Get *get, MatchId match) {
    show(get->scope, get->reply, match, NULL);
}

/* Not the route's rule: what that asks of a match stands in the other's record, and would tell them. */
static bool is_one_of_two(Post *post, MatchId match) {
    if (access_may(post->scope, ACCESS_GOODBYE, match.value)) {
        return true;
    }
    reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
    return false;
}

static void answer(Post *post, MatchId match, GoodbyeResult result, Text said, Form *form) {
    switch (result) {
    case GOODBYE_DONE:
        reply_redirect_saying(post->reply, url_goodbye_show(post->scope->arena, match), said);
        return;
    case GOODBYE_UNFIT:
        form_error(form, GOODBYE_FIELD_WORDS, TEXT_GOODBYE_WORDS_MISSING);
        show(post->scope, post->reply, match, form);
        return;
    case GOODBYE_NOT_COVERED:
        form_error(form, GOODBYE_FIELD_WORDS, TEXT_GOODBYE_NOT_COVERED);
        show(post->scope, post->reply, match, form);
        return;
    case GOODBYE_CLOSED:
        reply_sorry(post->reply, 409, TEXT_GOODBYE_CLOSED);
        return;
    }
}

void goodbye_write_do(Post *post, MatchId match) {
    if (!is_one_of_two(post, match)) {
        return;
    }
    Form form = form_read(post->scope, post->input, fields, GOODBYE_FIELDS);
    if (!form.is_valid) {
        show(post->scope, post->reply, match, &form);
        return;
    }
    const GoodbyeResult result =
        goodbye_write(post->scope, post->tx, match, form_str(&form, GOODBYE_FIELD_WORDS),
                      form_is_on(&form, GOODBYE_FIELD_PART2));
    answer(post, match, result, TEXT_GOODBYE_KEPT, &form);
}

void goodbye_take_back_do(Post *post, MatchId match) {
    if (is_one_of_two(post, match)) {
        answer(post, match, goodbye_take_back(post->scope, post->tx, match), TEXT_GOODBYE_TAKEN_BACK, NULL);
    }
}

void goodbye_welcome_do(Post *post, MatchId match) {
    if (!is_one_of_two(post, match)) {
        return;
    }
    const Form form = form_read(post->scope, post->input, welcome_fields, WELCOME_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const bool is_welcome = form_has(&form, WELCOME_IS, STR("yes"));
    answer(post, match, goodbye_set_welcome(post->scope, post->tx, match, is_welcome),
           is_welcome ? TEXT_GOODBYE_IS_WELCOME : TEXT_GOODBYE_IS_NOT_WELCOME, NULL);
}
