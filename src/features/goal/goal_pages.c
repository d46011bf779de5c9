/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own goals: the list in their order, one goal with its steps, and who may read it. The forms are
 * in goal_form_pages.c. */
#include "features/goal/goal_view.h"
#include "features/reader/reader_switch.h"
#include "goal_html.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

/* Every other form is a few buttons. */
static const char *const moves[] = {"up", "down", NULL};
static const char *const turns[] = {"rest", "back", "reached", "let-go", NULL};
static const char *const step_turns[] = {"done", "not-done", "drop", NULL};
static const Field move_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = moves}};
static const Field turn_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = turns}};
static const Field step_turn_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = step_turns}};

Str goal_who_words(const Scope *scope, GoalNames names, GoalWho who) {
    switch (who) {
    case GOAL_BY_ME:
        return names.person;
    case GOAL_BY_GIVER:
        return names.giver;
    case GOAL_BY_OTHER:
        break;
    }
    return text_str(scope->lang, goal_who_text(who));
}

/* On the goal's own pages those that wait; else what the reader proposed. */
static GoalProposalsShown proposals_shown(const Scope *scope, const Part2Notice *notice, GoalNames names,
                                          const Goal *goal, bool is_own) {
    const GoalProposals list =
        is_own ? goal_proposals(scope, goal->id) : goal_proposals_made(scope, goal->id);
    GoalProposalShown *items = NEW_MANY(scope->arena, list.count, GoalProposalShown);
    for (size_t at = 0; at < list.count; at++) {
        const GoalProposal *one = &list.items[at];
        items[at] = (GoalProposalShown){.id = one->id,
                                        .words = part2_open_about(notice, one->person, one->words),
                                        .is_part2 = one->words.is_marked,
                                        .is_by = one->who,
                                        .who = goal_who_words(scope, names, one->who),
                                        .by_called = one->by_called,
                                        .made_on = zone_date(scope->zone, one->made_at),
                                        .is_taken = one->is_taken};
    }
    return (GoalProposalsShown){.items = items, .count = list.count};
}

/* What was tried of this step. */
static GoalPracticesShown practices_shown(const Scope *scope, const Part2Notice *notice, PersonId person,
                                          GoalPractices all, GoalStepId step) {
    GoalPracticeShown *items = NEW_MANY(scope->arena, all.count, GoalPracticeShown);
    size_t count = 0;
    for (size_t at = 0; at < all.count; at++) {
        const GoalPractice *one = &all.items[at];
        if (goal_step_id_equal(one->step, step)) {
            items[count++] = (GoalPracticeShown){.id = one->id,
                                                 .words = part2_open_about(notice, person, one->words),
                                                 .helped = part2_open_about(notice, person, one->helped),
                                                 .is_part2 = one->words.is_marked,
                                                 .day = one->day};
        }
    }
    return (GoalPracticesShown){.items = items, .count = count};
}

static GoalStepsShown steps_shown(const Scope *scope, const Part2Notice *notice, GoalNames names,
                                  const Goal *goal, bool is_own) {
    const bool is_practiced = is_own || goal->kind == GOAL_TO_PRACTICE;
    const GoalPractices practices = is_practiced ? goal_practices(scope, goal->id) : (GoalPractices){0};
    GoalStepShown *items = NEW_MANY(scope->arena, goal->steps.count, GoalStepShown);
    for (size_t at = 0; at < goal->steps.count; at++) {
        const GoalStep *step = &goal->steps.items[at];
        items[at] =
            (GoalStepShown){.id = step->id,
                            .words = part2_open_about(notice, goal->person, step->words),
                            .is_part2 = step->words.is_marked,
                            .is_by = step->who,
                            .who = goal_who_words(scope, names, step->who),
                            .has_day = step->has_day,
                            .due_on = step->due_on,
                            .is_done = step->is_done,
                            .proposed_by = step->proposed_by,
                            .practices = practices_shown(scope, notice, goal->person, practices, step->id)};
    }
    return (GoalStepsShown){.items = items, .count = goal->steps.count};
}

GoalsShown goals_shown(const Scope *scope, const Part2Notice *notice, GoalNames names, Goals goals) {
    GoalShown *items = NEW_MANY(scope->arena, goals.count, GoalShown);
    for (size_t at = 0; at < goals.count; at++) {
        const Goal *goal = &goals.items[at];
        const bool is_own = person_id_equal(goal->person, scope->actor);
        items[at] =
            (GoalShown){.id = goal->id,
                        .words = part2_open_about(notice, goal->person, goal->words),
                        .is_part2 = goal->words.is_marked,
                        .kind = goal->kind,
                        .state = goal->state,
                        .made_on = zone_date(scope->zone, goal->made_at),
                        .state_on = zone_date(scope->zone, goal->state_at),
                        .steps = steps_shown(scope, notice, names, goal, is_own),
                        .proposals = proposals_shown(scope, notice, names, goal, is_own),
                        .readers = is_own ? reader_list(scope, READER_THING(goal->id)) : (Readers){0}};
    }
    return (GoalsShown){.items = items, .count = goals.count};
}

GoalsAskedShown goals_asked_shown(const Scope *scope) {
    const GoalAskedList list = goal_list_asked(scope);
    GoalAskedShown *items = NEW_MANY(scope->arena, list.count, GoalAskedShown);
    for (size_t at = 0; at < list.count; at++) {
        items[at] = (GoalAskedShown){.id = list.items[at].id,
                                     .words = part2_open_own(scope, scope->actor, list.items[at].words),
                                     .by_called = list.items[at].by_called,
                                     .count = list.items[at].count};
    }
    return (GoalsAskedShown){.items = items, .count = list.count};
}

GoalNames goal_names_own(const Scope *scope) {
    return (GoalNames){.person = text_str(scope->lang, TEXT_GOAL_BY_ME),
                       .giver = text_str(scope->lang, TEXT_GOAL_BY_GIVER)};
}

/* On a page of their person, who needs no notice. */
static GoalsShown own(const Scope *scope, Reply *reply, Layout *layout, Goals goals) {
    return goals_shown(scope, part2_notice(reply, &layout->part2, STR("")), goal_names_own(scope), goals);
}

bool goal_find_own(const Scope *scope, Reply *reply, Layout *layout, GoalId id, GoalShown *ret_goal) {
    Goal goal;
    if (!goal_find(scope, id, &goal)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    *ret_goal = own(scope, reply, layout, (Goals){.items = &goal, .count = 1}).items[0];
    return true;
}

void goal_list_show(Get *get) {
    const Scope *scope = get->scope;
    GoalListPage page = {.layout = layout_of(scope, get->reply, TEXT_GOAL_TITLE)};
    page.goals = own(scope, get->reply, &page.layout, goal_list(scope));
    page.over = own(scope, get->reply, &page.layout, goal_list_over(scope));
    goal_list_page(reply_html(get->reply, 200), &page);
}

static void say_why(Reply *reply, GoalResult result) {
    reply_sorry(reply, 409, result == GOAL_FULL ? TEXT_GOAL_FULL : TEXT_UI_CONFLICT);
}

void goal_back_to(Post *post, GoalResult result, GoalId goal, Text said) {
    switch (result) {
    case GOAL_DONE:
        reply_redirect_saying(post->reply, url_goal_show(post->scope->arena, goal), said);
        return;
    case GOAL_FULL:
    case GOAL_ELSEWHERE:
        say_why(post->reply, result);
        return;
    }
}

void goal_show(Get *get, GoalId id) {
    GoalPage page = {.layout = layout_of(get->scope, get->reply, TEXT_GOAL_ONE)};
    if (goal_find_own(get->scope, get->reply, &page.layout, id, &page.goal)) {
        goal_page(reply_html(get->reply, 200), &page);
    }
}

void goal_move_do(Post *post, GoalId id) {
    const Form form = form_read(post->scope, post->input, move_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const GoalResult result = goal_move(post->scope, post->tx, id, form_has(&form, 0, STR("up")));
    if (result == GOAL_DONE) {
        reply_redirect_saying(post->reply, url_goal_list_show(post->scope->arena), TEXT_GOAL_MOVED);
    } else {
        say_why(post->reply, result);
    }
}

void goal_turn_do(Post *post, GoalId id) {
    static const struct {
        GoalState to;
        Text said;
    } ways[] = {{GOAL_PAUSED, TEXT_GOAL_IS_PAUSED},
                {GOAL_OPEN, TEXT_GOAL_IS_BACK},
                {GOAL_REACHED, TEXT_GOAL_IS_REACHED},
                {GOAL_LET_GO, TEXT_GOAL_IS_LET_GO}};
    const Form form = form_read(post->scope, post->input, turn_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const int64_t way = goal_chosen(&form, 0, turns);
    goal_back_to(post, goal_turn(post->scope, post->tx, id, ways[way].to), id, ways[way].said);
}

void goal_step_change_do(Post *post, GoalId goal, GoalStepId step) {
    const Form form = form_read(post->scope, post->input, step_turn_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    if (form_has(&form, 0, STR("drop"))) {
        goal_back_to(post, goal_step_drop(post->scope, post->tx, goal, step), goal, TEXT_GOAL_STEP_IS_OFF);
        return;
    }
    const bool is_done = form_has(&form, 0, STR("done"));
    goal_back_to(post, goal_step_mark(post->scope, post->tx, goal, step, is_done), goal,
                 is_done ? TEXT_GOAL_STEP_IS_DONE : TEXT_GOAL_STEP_IS_BACK);
}

void goal_reader_do(Post *post, GoalId goal, MatchId match) {
    reader_switch_do(post, READER_THING(goal), match,
                     &(ReaderSaid){.back = url_goal_show(post->scope->arena, goal),
                                   .opened = TEXT_GOAL_IS_OPENED,
                                   .closed = TEXT_GOAL_IS_CLOSED});
}
