/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own goals: the list in their order, one goal with its steps, and who may read it. */
#include "features/goal/goal_view.h"
#include "features/youth/youth.h"
#include "goal_html.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum { NEW_WORDS, NEW_KIND, NEW_PART2, NEW_FIELDS };
/* In the order of the enum, from 1. */
static const char *const kind_names[] = {"child", "family", "myself", NULL};
static const Field new_fields[] = {
    [NEW_WORDS] = {.name = "words",
                   .kind = FIELD_LINE,
                   .is_required = true,
                   .most_characters = 200,
                   .missing = TEXT_GOAL_WORDS_MISSING},
    [NEW_KIND] = {.name = "kind", .kind = FIELD_CHOICE, .is_required = true, .choices = kind_names},
    [NEW_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

enum { STEP_WORDS, STEP_WHO, STEP_DAY, STEP_PART2, STEP_FIELDS };
static const char *const who_names[] = {"me", "giver", "other", NULL};
static const char *const day_names[] = {"whenever", "today",     "tomorrow", "three-days",
                                        "week",     "two-weeks", "month",    NULL};
enum { DAY_NAMES = sizeof day_names / sizeof day_names[0] - 1 };
static const Field step_fields[] = {
    [STEP_WORDS] = {.name = "words",
                    .kind = FIELD_LINE,
                    .is_required = true,
                    .most_characters = 200,
                    .missing = TEXT_GOAL_STEP_WORDS_MISSING},
    [STEP_WHO] = {.name = "who", .kind = FIELD_CHOICE, .is_required = true, .choices = who_names},
    [STEP_DAY] = {.name = "day", .kind = FIELD_CHOICE, .is_required = true, .choices = day_names},
    [STEP_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

/* Every other form is a few buttons. */
static const char *const moves[] = {"up", "down", NULL};
static const char *const turns[] = {"rest", "back", "reached", "let-go", NULL};
static const char *const step_turns[] = {"done", "not-done", "drop", NULL};
static const char *const switches[] = {"on", "off", NULL};
static const Field move_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = moves}};
static const Field turn_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = turns}};
static const Field step_turn_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = step_turns}};
static const Field switch_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = switches}};

/* Which of the names was chosen; 0 for the first. */
static int64_t chosen(const Form *form, size_t field, const char *const *names) {
    int64_t at = 0;
    while (names[at + 1] != NULL && !form_has(form, field, str_of(names[at]))) {
        at++;
    }
    return at;
}

static Str who_words(const Scope *scope, GoalNames names, GoalWho who) {
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

static GoalStepsShown steps_shown(const Scope *scope, const Part2Notice *notice, GoalNames names,
                                  const Goal *goal) {
    GoalStepShown *items = NEW_MANY(scope->arena, goal->steps.count, GoalStepShown);
    for (size_t at = 0; at < goal->steps.count; at++) {
        const GoalStep *step = &goal->steps.items[at];
        items[at] = (GoalStepShown){.id = step->id,
                                    .words = part2_open_about(notice, goal->person, step->words),
                                    .is_part2 = step->words.is_marked,
                                    .who = who_words(scope, names, step->who),
                                    .has_day = step->has_day,
                                    .due_on = step->due_on,
                                    .is_done = step->is_done};
    }
    return (GoalStepsShown){.items = items, .count = goal->steps.count};
}

GoalsShown goals_shown(const Scope *scope, const Part2Notice *notice, GoalNames names, Goals goals) {
    GoalShown *items = NEW_MANY(scope->arena, goals.count, GoalShown);
    for (size_t at = 0; at < goals.count; at++) {
        const Goal *goal = &goals.items[at];
        const bool is_own = person_id_equal(goal->person, scope->actor);
        items[at] = (GoalShown){.id = goal->id,
                                .words = part2_open_about(notice, goal->person, goal->words),
                                .is_part2 = goal->words.is_marked,
                                .kind = goal->kind,
                                .state = goal->state,
                                .made_on = zone_date(scope->zone, goal->made_at),
                                .state_on = zone_date(scope->zone, goal->state_at),
                                .steps = steps_shown(scope, notice, names, goal),
                                .readers = is_own ? goal_readers(scope, goal->id) : (GoalReaders){0}};
    }
    return (GoalsShown){.items = items, .count = goals.count};
}

/* On a page of their person, who needs no notice. */
static GoalsShown own(const Scope *scope, Reply *reply, Layout *layout, Goals goals) {
    const GoalNames names = {.person = text_str(scope->lang, TEXT_GOAL_BY_ME),
                             .giver = text_str(scope->lang, TEXT_GOAL_BY_GIVER)};
    return goals_shown(scope, part2_notice(reply, &layout->part2, STR("")), names, goals);
}

/* False: told the reader that it is not there. */
static bool find_own(const Scope *scope, Reply *reply, Layout *layout, GoalId id, GoalShown *ret_goal) {
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

/* A young person has goals as a child of somebody, not for one. */
static Options kinds_for(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, GOAL_FOR_MYSELF, Option);
    size_t count = 0;
    for (GoalKind kind = youth_is(scope, scope->actor) ? GOAL_FOR_FAMILY : GOAL_FOR_CHILD;
         kind <= GOAL_FOR_MYSELF; kind++) {
        items[count++] = (Option){.value = str_of(kind_names[kind - 1]),
                                  .label = text_str(scope->lang, goal_kind_text(kind))};
    }
    return (Options){.items = items, .count = count};
}

static void show_new(const Scope *scope, Reply *reply, const Form *form) {
    GoalNewPage page = {
        .layout = layout_of(scope, reply, TEXT_GOAL_ADD), .form = form, .kinds = kinds_for(scope)};
    page.layout.has_error = !form->is_valid;
    goal_new_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void goal_new_show(Get *get) {
    Form form = form_empty(get->scope, new_fields, NEW_FIELDS);
    form_set_str(&form, NEW_KIND, STR("family"));
    show_new(get->scope, get->reply, &form);
}

/* What an outcome other than GOAL_DONE says. */
static void say_why(Reply *reply, GoalResult result) {
    reply_sorry(reply, 409, result == GOAL_FULL ? TEXT_GOAL_FULL : TEXT_UI_CONFLICT);
}

static void back_to_goal(Post *post, GoalResult result, GoalId goal, Text said) {
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

void goal_new_do(Post *post) {
    Form form = form_read(post->scope, post->input, new_fields, NEW_FIELDS);
    if (!form.is_valid) {
        show_new(post->scope, post->reply, &form);
        return;
    }
    GoalId goal = {0};
    const GoalResult result =
        goal_add(post->scope, post->tx,
                 &(GoalNew){.words = form_str(&form, NEW_WORDS),
                            .kind = (GoalKind)(GOAL_FOR_CHILD + chosen(&form, NEW_KIND, kind_names)),
                            .is_part2 = form_is_on(&form, NEW_PART2)},
                 &goal);
    if (result == GOAL_FULL) {
        form_error(&form, NEW_WORDS, TEXT_GOAL_FULL);
        show_new(post->scope, post->reply, &form);
        return;
    }
    back_to_goal(post, result, goal, TEXT_GOAL_SAVED);
}

void goal_show(Get *get, GoalId id) {
    GoalPage page = {.layout = layout_of(get->scope, get->reply, TEXT_GOAL_ONE)};
    if (find_own(get->scope, get->reply, &page.layout, id, &page.goal)) {
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
    const int64_t way = chosen(&form, 0, turns);
    back_to_goal(post, goal_turn(post->scope, post->tx, id, ways[way].to), id, ways[way].said);
}

static Options whos_for(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, GOAL_BY_OTHER, Option);
    for (GoalWho who = GOAL_BY_ME; who <= GOAL_BY_OTHER; who++) {
        items[who - 1] =
            (Option){.value = str_of(who_names[who - 1]), .label = text_str(scope->lang, goal_who_text(who))};
    }
    return (Options){.items = items, .count = GOAL_BY_OTHER};
}

static Options days_for(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, DAY_NAMES, Option);
    for (size_t at = 0; at < DAY_NAMES; at++) {
        const Text label =
            at == 0 ? TEXT_GOAL_WHENEVER : promise_day_text(promise_day_of(str_of(day_names[at])));
        items[at] = (Option){.value = str_of(day_names[at]), .label = text_str(scope->lang, label)};
    }
    return (Options){.items = items, .count = DAY_NAMES};
}

static void show_step(const Scope *scope, Reply *reply, GoalId id, const Form *form) {
    GoalStepPage page = {.layout = layout_of(scope, reply, TEXT_GOAL_STEP_ADD),
                         .form = form,
                         .whos = whos_for(scope),
                         .days = days_for(scope)};
    page.layout.has_error = !form->is_valid;
    if (find_own(scope, reply, &page.layout, id, &page.goal)) {
        goal_step_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
    }
}

void goal_step_show(Get *get, GoalId id) {
    Form form = form_empty(get->scope, step_fields, STEP_FIELDS);
    form_set_str(&form, STEP_WHO, STR("me"));
    form_set_str(&form, STEP_DAY, STR("whenever"));
    show_step(get->scope, get->reply, id, &form);
}

void goal_step_do(Post *post, GoalId id) {
    Form form = form_read(post->scope, post->input, step_fields, STEP_FIELDS);
    if (!form.is_valid) {
        show_step(post->scope, post->reply, id, &form);
        return;
    }
    const bool has_day = !form_has(&form, STEP_DAY, STR("whenever"));
    const GoalResult result =
        goal_step_add(post->scope, post->tx,
                      &(GoalStepNew){.goal = id,
                                     .words = form_str(&form, STEP_WORDS),
                                     .who = (GoalWho)(GOAL_BY_ME + chosen(&form, STEP_WHO, who_names)),
                                     .has_day = has_day,
                                     .day = promise_day_of(form_str(&form, STEP_DAY)),
                                     .is_part2 = form_is_on(&form, STEP_PART2)});
    if (result == GOAL_FULL) {
        form_error(&form, STEP_WORDS, TEXT_GOAL_FULL);
        show_step(post->scope, post->reply, id, &form);
        return;
    }
    back_to_goal(post, result, id, TEXT_GOAL_STEP_SAVED);
}

void goal_step_change_do(Post *post, GoalId goal, GoalStepId step) {
    const Form form = form_read(post->scope, post->input, step_turn_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    if (form_has(&form, 0, STR("drop"))) {
        back_to_goal(post, goal_step_drop(post->scope, post->tx, goal, step), goal, TEXT_GOAL_STEP_IS_OFF);
        return;
    }
    const bool is_done = form_has(&form, 0, STR("done"));
    back_to_goal(post, goal_step_mark(post->scope, post->tx, goal, step, is_done), goal,
                 is_done ? TEXT_GOAL_STEP_IS_DONE : TEXT_GOAL_STEP_IS_BACK);
}

void goal_reader_do(Post *post, GoalId goal, MatchId match) {
    const Form form = form_read(post->scope, post->input, switch_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    if (form_has(&form, 0, STR("on"))) {
        back_to_goal(post, goal_open_to(post->scope, post->tx, goal, match), goal, TEXT_GOAL_IS_OPENED);
    } else {
        back_to_goal(post, goal_close_to(post->scope, post->tx, goal, match), goal, TEXT_GOAL_IS_CLOSED);
    }
}
