/* SPDX-License-Identifier: Apache-2.0 */
/* Asking for somebody from the program out of a conversation, and answering from the board. */
#include "features/access/access.h"
#include "features/consent/consent.h"
#include "features/help/help_view.h"
#include "features/program/program.h"
#include "help_html.h"
#include "platform/http/part2.h"
#include "routes.h"
#include "texts.h"

static const Field ask_fields[HELP_FIELDS] = {
    [HELP_FIELD_WORDS] = {.name = "words", .kind = FIELD_WORDS, .most_characters = 1000},
    [HELP_FIELD_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};
static const Field done_fields[HELP_DONE_FIELDS] = {
    [HELP_FIELD_LINE] = {.name = "line", .kind = FIELD_LINE, .most_characters = 300},
};

/* ---- asking ---- */

static void show_ask(Scope *scope, Reply *reply, const Match *match, const Form *form) {
    const Helps own = help_list_own(scope, match->id);
    HelpShown *asked = NEW_MANY(scope->arena, own.count, HelpShown);
    for (size_t at = 0; at < own.count; at++) {
        asked[at] = (HelpShown){.help = own.items[at],
                                .words = part2_open_own(scope, scope->actor, own.items[at].words),
                                .answer = part2_open_own(scope, scope->actor, own.items[at].answer)};
    }
    HelpAskPage page = {
        .layout = layout_of(scope, reply, TEXT_HELP_ASK_TITLE),
        .form = form,
        .match = *match,
        .other_called = match_other_called(match, scope->actor),
        .program = program_words(scope, match->program, PROGRAM_NAME),
        .reach = program_said(scope, match->program, PROGRAM_REACH),
        .is_receiver = person_id_equal(scope->actor, match->receiver),
        .asked = {.items = asked, .count = own.count},
    };
    page.layout.has_error = !form->is_valid;
    help_ask_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

/* Not the route: what that asks of a match stands in the other's record. */
static bool is_of_walk(Scope *scope, MatchId id, Match *ret_match) {
    return access_may(scope, ACCESS_MESSAGE, id.value) && match_find(scope, id, ret_match);
}

void help_ask_show(Get *get, MatchId id) {
    Match match;
    if (!is_of_walk(get->scope, id, &match)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Form form = form_empty(get->scope, ask_fields, HELP_FIELDS);
    show_ask(get->scope, get->reply, &match, &form);
}

void help_ask_do(Post *post, MatchId id) {
    const Form form = form_read(post->scope, post->input, ask_fields, HELP_FIELDS);
    Match match;
    if (!is_of_walk(post->scope, id, &match)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (!form.is_valid) {
        show_ask(post->scope, post->reply, &match, &form);
        return;
    }
    const bool is_receiver = person_id_equal(post->scope->actor, match.receiver);
    (void)help_ask(post->scope, post->tx, &match, str_trim(form_str(&form, HELP_FIELD_WORDS)),
                   is_receiver && form_is_on(&form, HELP_FIELD_PART2));
    reply_redirect_saying(post->reply, url_help_ask_show(post->scope->arena, id), TEXT_HELP_HAS_ASKED);
}

/* ---- answering ---- */

static void show_help(Scope *scope, Reply *reply, HelpId id, const Form *form) {
    HelpPage page = {.form = form};
    Help *help = &page.shown.help;
    Match match;
    if (!help_find(scope, id, help) || !match_find(scope, help->match, &match)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Words words = scope_words(scope);
    const PersonId coordinators = {0};
    const bool is_receiver = person_id_equal(help->person, match.receiver);
    page.layout = layout_titled(scope, reply, text_help_title(&words, help->called));
    page.layout.has_error = !form->is_valid;
    const Part2Notice *notice =
        part2_notice(reply, &page.layout.part2, consent_scope_words(scope, match.request, coordinators));
    page.shown.words = part2_open_about(notice, help->person, help->words);
    page.shown.answer = part2_open_about(notice, help->person, help->answer);
    page.not_reach = is_receiver && !consent_shares(scope, match.request, coordinators, CONSENT_REACH);
    page.reach = is_receiver ? consent_reach(scope, match.request, match.receiver, coordinators)
                             : account_contact_points(scope, match.giver);
    page.is_mine = person_id_equal(help->taken_by, scope->actor);
    page.reads_match = access_may(scope, ACCESS_MATCH_READ, match.id.value);
    help_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void help_show(Get *get, HelpId id) {
    const Form form = form_empty(get->scope, done_fields, HELP_DONE_FIELDS);
    show_help(get->scope, get->reply, id, &form);
}

static void answer(Post *post, HelpId id, HelpResult result, Text said) {
    switch (result) {
    case HELP_CHANGED:
        reply_redirect_saying(post->reply, url_help_show(post->scope->arena, id), said);
        return;
    case HELP_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void help_take_do(Post *post, HelpId id) {
    answer(post, id, help_take(post->scope, post->tx, id), TEXT_HELP_HAS_TAKEN);
}

void help_done_do(Post *post, HelpId id) {
    const Form form = form_read(post->scope, post->input, done_fields, HELP_DONE_FIELDS);
    if (!form.is_valid) {
        show_help(post->scope, post->reply, id, &form);
        return;
    }
    answer(post, id, help_done(post->scope, post->tx, id, form_str(&form, HELP_FIELD_LINE)),
           TEXT_HELP_HAS_DONE);
}
