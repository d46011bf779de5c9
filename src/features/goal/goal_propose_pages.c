/* SPDX-License-Identifier: Apache-2.0 */
/* Proposing a step on a goal that one may read, and what its person does with it. */
#include "features/consent/consent.h"
#include "features/goal/goal_view.h"
#include "features/match/match.h"
#include "goal_html.h"
#include "platform/http/part2.h"
#include "routes.h"
#include "texts.h"

/* ---- who reads it ---- */

enum { PROPOSE_WORDS, PROPOSE_WHO, PROPOSE_PART2, PROPOSE_FIELDS };
static const char *const who_names[] = {"me", "giver", "other", NULL}; /* as the goal's person says it */
static const Field propose_fields[] = {
    [PROPOSE_WORDS] = {.name = "words",
                       .kind = FIELD_LINE,
                       .is_required = true,
                       .most_characters = 200,
                       .missing = TEXT_GOAL_STEP_WORDS_MISSING},
    [PROPOSE_WHO] = {.name = "who", .kind = FIELD_CHOICE, .is_required = true, .choices = who_names},
    [PROPOSE_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

/* False: told the reader that they may not read it now. */
static bool find_opened(const Scope *scope, Reply *reply, const Match *match, GoalId id,
                        GoalProposePage *page) {
    const ReaderLet let = reader_let(scope, match->id);
    const Goals list = goal_list_opened(scope, &let);
    for (size_t at = 0; at < list.count; at++) {
        if (goal_id_equal(list.items[at].id, id)) {
            const Part2Notice *notice = part2_notice(
                reply, &page->layout.part2, consent_scope_words(scope, match->request, match->giver));
            const GoalNames names = {.person = match->receiver_called, .giver = match->giver_called};
            page->goal =
                goals_shown(scope, notice, names, (Goals){.items = &list.items[at], .count = 1}).items[0];
            return true;
        }
    }
    reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
    return false;
}

static void show_propose(const Scope *scope, Reply *reply, MatchId id, GoalId goal, const Form *form) {
    GoalProposePage page = {.layout = layout_of(scope, reply, TEXT_GOAL_PROPOSE), .match = id, .form = form};
    Match match;
    if (!match_find(scope, id, &match)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (!find_opened(scope, reply, &match, goal, &page)) {
        return;
    }
    page.layout.has_error = !form->is_valid;
    page.called = match.receiver_called;
    page.whos = goal_whos(
        scope, (GoalNames){.person = match.receiver_called, .giver = text_str(scope->lang, TEXT_GOAL_BY_ME)});
    goal_propose_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void goal_propose_show(Get *get, MatchId match, GoalId goal) {
    Form form = form_empty(get->scope, propose_fields, PROPOSE_FIELDS);
    form_set_str(&form, PROPOSE_WHO, STR("me"));
    show_propose(get->scope, get->reply, match, goal, &form);
}

void goal_propose_do(Post *post, MatchId match, GoalId goal) {
    Form form = form_read(post->scope, post->input, propose_fields, PROPOSE_FIELDS);
    if (!form.is_valid) {
        show_propose(post->scope, post->reply, match, goal, &form);
        return;
    }
    switch (goal_propose(
        post->scope, post->tx, match,
        &(GoalProposalNew){.goal = goal,
                           .words = form_str(&form, PROPOSE_WORDS),
                           .who = (GoalWho)(GOAL_BY_ME + goal_chosen(&form, PROPOSE_WHO, who_names)),
                           .is_part2 = form_is_on(&form, PROPOSE_PART2)})) {
    case GOAL_DONE:
        reply_redirect_saying(post->reply, url_match_show(post->scope->arena, match), TEXT_GOAL_PROPOSED);
        return;
    case GOAL_FULL:
        form_error(&form, PROPOSE_WORDS, TEXT_GOAL_PROPOSED_FULL);
        show_propose(post->scope, post->reply, match, goal, &form);
        return;
    case GOAL_ELSEWHERE:
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
}

void goal_proposal_back_do(Post *post, MatchId match, GoalId goal, GoalProposalId proposal) {
    switch (goal_proposal_take_back(post->scope, post->tx, match, goal, proposal)) {
    case GOAL_DONE:
        reply_redirect_saying(post->reply, url_match_show(post->scope->arena, match),
                              TEXT_GOAL_PROPOSAL_IS_BACK);
        return;
    case GOAL_FULL:
    case GOAL_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

/* ---- whose goal it is ---- */

/* `form` NULL: as it was proposed. */
static void show_proposal(const Scope *scope, Reply *reply, GoalId id, GoalProposalId which,
                          const Form *form) {
    Form proposed = goal_step_form(scope);
    GoalProposalPage page = {.layout = layout_of(scope, reply, TEXT_GOAL_PROPOSAL), .form = form};
    if (!goal_find_own(scope, reply, &page.layout, id, &page.goal)) {
        return;
    }
    for (size_t at = 0; at < page.goal.proposals.count; at++) {
        if (goal_proposal_id_equal(page.goal.proposals.items[at].id, which)) {
            page.proposal = &page.goal.proposals.items[at];
        }
    }
    if (page.proposal == NULL) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (form == NULL) {
        goal_step_form_set(&proposed, page.proposal->words, page.proposal->is_by, page.proposal->is_part2);
        page.form = &proposed;
    }
    page.layout.has_error = !page.form->is_valid;
    page.whos = goal_whos(scope, goal_names_own(scope));
    page.days = goal_days(scope, NULL);
    goal_proposal_page(reply_html(reply, page.form->is_valid ? 200 : 422), &page);
}

void goal_proposal_show(Get *get, GoalId goal, GoalProposalId proposal) {
    show_proposal(get->scope, get->reply, goal, proposal, NULL);
}

void goal_proposal_do(Post *post, GoalId goal, GoalProposalId proposal) {
    Form form = form_read(post->scope, post->input, goal_step_fields, STEP_FIELDS);
    if (!form.is_valid) {
        show_proposal(post->scope, post->reply, goal, proposal, &form);
        return;
    }
    const GoalStepNew step = goal_step_of_form(&form, goal);
    const GoalResult result = goal_proposal_take(post->scope, post->tx, proposal, &step);
    if (result == GOAL_FULL) {
        form_error(&form, STEP_WORDS, TEXT_GOAL_FULL);
        show_proposal(post->scope, post->reply, goal, proposal, &form);
        return;
    }
    goal_back_to(post, result, goal, TEXT_GOAL_STEP_SAVED);
}

void goal_proposal_leave_do(Post *post, GoalId goal, GoalProposalId proposal) {
    goal_back_to(post, goal_proposal_leave(post->scope, post->tx, goal, proposal), goal,
                 TEXT_GOAL_PROPOSAL_IS_LEFT);
}
