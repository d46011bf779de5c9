/* SPDX-License-Identifier: Apache-2.0 */
/* The forms of a person's own goals and steps: a new one, and other words for one that is there. */
#include "features/goal/goal_view.h"
#include "features/youth/youth.h"
#include "goal_html.h"
#include "platform/http/part2.h"
#include "routes.h"
#include "texts.h"

enum { NEW_WORDS, NEW_KIND, NEW_PART2, NEW_FIELDS };
/* In the order of the enum, from 1. */
static const char *const kind_names[] = {"child", "family", "myself", "practice", NULL};
static const Field new_fields[] = {
    [NEW_WORDS] = {.name = "words",
                   .kind = FIELD_LINE,
                   .is_required = true,
                   .most_characters = 200,
                   .missing = TEXT_GOAL_WORDS_MISSING},
    [NEW_KIND] = {.name = "kind", .kind = FIELD_CHOICE, .is_required = true, .choices = kind_names},
    [NEW_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

static const char *const who_names[] = {"me", "giver", "other", NULL};
/* The first stands only where a day is set already. */
static const char *const day_names[] = {"keep", "whenever",  "today", "tomorrow", "three-days",
                                        "week", "two-weeks", "month", NULL};
enum { DAY_NAMES = sizeof day_names / sizeof day_names[0] - 1 };
const Field goal_step_fields[STEP_FIELDS] = {
    [STEP_WORDS] = {.name = "words",
                    .kind = FIELD_LINE,
                    .is_required = true,
                    .most_characters = 200,
                    .missing = TEXT_GOAL_STEP_WORDS_MISSING},
    [STEP_WHO] = {.name = "who", .kind = FIELD_CHOICE, .is_required = true, .choices = who_names},
    [STEP_DAY] = {.name = "day", .kind = FIELD_CHOICE, .is_required = true, .choices = day_names},
    [STEP_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

int64_t goal_chosen(const Form *form, size_t field, const char *const *names) {
    int64_t at = 0;
    while (names[at + 1] != NULL && !form_has(form, field, str_of(names[at]))) {
        at++;
    }
    return at;
}

/* A young person has goals as a child of somebody, not for one. */
static Options kinds_for(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, GOAL_TO_PRACTICE, Option);
    size_t count = 0;
    for (GoalKind kind = youth_is(scope, scope->actor) ? GOAL_FOR_FAMILY : GOAL_FOR_CHILD;
         kind <= GOAL_TO_PRACTICE; kind++) {
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

/* With the words of one of goal_skills(), if one was picked. */
void goal_new_show(Get *get) {
    static const Field fields[] = {
        {.name = "practice", .kind = FIELD_NUMBER, .least = 1, .most = GOAL_SKILLS}};
    const Form asked = form_read(get->scope, get->input, fields, 1);
    const int64_t skill = asked.is_valid ? form_int(&asked, 0, 0) : 0;
    Form form = form_empty(get->scope, new_fields, NEW_FIELDS);
    form_set_str(&form, NEW_KIND, skill > 0 ? STR("practice") : STR("family"));
    if (skill > 0) {
        const GoalSkills skills = goal_skills(get->scope);
        form_set_str(&form, NEW_WORDS, text_str(get->scope->lang, skills.items[skill - 1].called));
    }
    show_new(get->scope, get->reply, &form);
}

static GoalNew goal_of(const Form *form) {
    return (GoalNew){.words = form_str(form, NEW_WORDS),
                     .kind = (GoalKind)(GOAL_FOR_CHILD + goal_chosen(form, NEW_KIND, kind_names)),
                     .is_part2 = form_is_on(form, NEW_PART2)};
}

void goal_new_do(Post *post) {
    Form form = form_read(post->scope, post->input, new_fields, NEW_FIELDS);
    if (!form.is_valid) {
        show_new(post->scope, post->reply, &form);
        return;
    }
    GoalId goal = {0};
    const GoalNew wanted = goal_of(&form);
    const GoalResult result = goal_add(post->scope, post->tx, &wanted, &goal);
    if (result == GOAL_FULL) {
        form_error(&form, NEW_WORDS, TEXT_GOAL_FULL);
        show_new(post->scope, post->reply, &form);
        return;
    }
    goal_back_to(post, result, goal, TEXT_GOAL_SAVED);
}

/* ---- other words for it ---- */

static void show_edit(const Scope *scope, Reply *reply, GoalId id, const Form *form) {
    GoalEditPage page = {
        .layout = layout_of(scope, reply, TEXT_GOAL_EDIT), .form = form, .kinds = kinds_for(scope)};
    page.layout.has_error = !form->is_valid;
    if (goal_find_own(scope, reply, &page.layout, id, &page.goal)) {
        goal_edit_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
    }
}

void goal_edit_show(Get *get, GoalId id) {
    const Scope *scope = get->scope;
    Form form = form_empty(scope, new_fields, NEW_FIELDS);
    Goal goal;
    if (goal_find(scope, id, &goal)) {
        form_set_str(&form, NEW_WORDS, part2_open_own(scope, goal.person, goal.words));
        form_set_str(&form, NEW_KIND, str_of(kind_names[goal.kind - GOAL_FOR_CHILD]));
        form_set_on(&form, NEW_PART2, goal.words.is_marked);
    }
    show_edit(scope, get->reply, id, &form);
}

void goal_edit_do(Post *post, GoalId id) {
    const Form form = form_read(post->scope, post->input, new_fields, NEW_FIELDS);
    if (!form.is_valid) {
        show_edit(post->scope, post->reply, id, &form);
        return;
    }
    const GoalNew wanted = goal_of(&form);
    goal_back_to(post, goal_change(post->scope, post->tx, id, &wanted), id, TEXT_GOAL_EDITED);
}

/* ---- steps ---- */

Options goal_whos(const Scope *scope, GoalNames names) {
    Option *items = NEW_MANY(scope->arena, GOAL_BY_OTHER, Option);
    for (GoalWho who = GOAL_BY_ME; who <= GOAL_BY_OTHER; who++) {
        items[who - 1] =
            (Option){.value = str_of(who_names[who - 1]), .label = goal_who_words(scope, names, who)};
    }
    return (Options){.items = items, .count = GOAL_BY_OTHER};
}

/* With the day that is set already on top, if one is: that it stays. */
Options goal_days(const Scope *scope, const GoalStepShown *step) {
    enum { KEEP, WHENEVER };
    Option *items = NEW_MANY(scope->arena, DAY_NAMES, Option);
    const Words words = scope_words(scope);
    const size_t first = step != NULL && step->has_day ? KEEP : WHENEVER;
    for (size_t at = first; at < DAY_NAMES; at++) {
        const Str label =
            at == KEEP       ? text_goal_day_keep(&words, step->due_on)
            : at == WHENEVER ? text_str(scope->lang, TEXT_GOAL_WHENEVER)
                             : text_str(scope->lang, promise_day_text(promise_day_of(str_of(day_names[at]))));
        items[at - first] = (Option){.value = str_of(day_names[at]), .label = label};
    }
    return (Options){.items = items, .count = DAY_NAMES - first};
}

Form goal_step_form(const Scope *scope) {
    Form form = form_empty(scope, goal_step_fields, STEP_FIELDS);
    form_set_str(&form, STEP_WHO, STR("me"));
    form_set_str(&form, STEP_DAY, STR("whenever"));
    return form;
}

void goal_step_form_set(Form *form, Str words, GoalWho who, bool is_part2) {
    form_set_str(form, STEP_WORDS, words);
    form_set_str(form, STEP_WHO, str_of(who_names[who - GOAL_BY_ME]));
    form_set_on(form, STEP_PART2, is_part2);
}

GoalStepNew goal_step_of_form(const Form *form, GoalId goal) {
    const bool has_day = !form_has(form, STEP_DAY, STR("whenever")) && !form_has(form, STEP_DAY, STR("keep"));
    return (GoalStepNew){.goal = goal,
                         .words = form_str(form, STEP_WORDS),
                         .who = (GoalWho)(GOAL_BY_ME + goal_chosen(form, STEP_WHO, who_names)),
                         .has_day = has_day,
                         .day = has_day ? promise_day_of(form_str(form, STEP_DAY)) : PROMISE_TODAY,
                         .is_part2 = form_is_on(form, STEP_PART2)};
}

/* `step` 0: a new one. False: told the reader that it is not there. */
static bool step_page_of(const Scope *scope, Reply *reply, GoalId id, GoalStepId step, GoalStepPage *page) {
    if (!goal_find_own(scope, reply, &page->layout, id, &page->goal)) {
        return false;
    }
    for (size_t at = 0; at < page->goal.steps.count; at++) {
        if (goal_step_id_equal(page->goal.steps.items[at].id, step)) {
            page->step = &page->goal.steps.items[at];
        }
    }
    if (!goal_step_id_is_none(step) && page->step == NULL) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    page->skills = page->goal.kind == GOAL_TO_PRACTICE ? goal_skills(scope) : (GoalSkills){0};
    page->whos = goal_whos(scope, goal_names_own(scope));
    page->days = goal_days(scope, page->step);
    return true;
}

static void show_step(const Scope *scope, Reply *reply, GoalId id, const Form *form) {
    GoalStepPage page = {.layout = layout_of(scope, reply, TEXT_GOAL_STEP_ADD), .form = form};
    page.layout.has_error = !form->is_valid;
    if (step_page_of(scope, reply, id, (GoalStepId){0}, &page)) {
        goal_step_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
    }
}

/* The words of a step of goal_skills(), if one was picked. */
static Str idea_of(const Scope *scope, const Input *input) {
    enum { SKILL, STEP, FIELDS };
    static const Field fields[FIELDS] = {
        [SKILL] = {.name = "practice", .kind = FIELD_NUMBER, .least = 1, .most = GOAL_SKILLS},
        [STEP] = {.name = "step", .kind = FIELD_NUMBER, .least = 1, .most = GOAL_SKILL_STEPS}};
    const Form asked = form_read(scope, input, fields, FIELDS);
    const int64_t skill = asked.is_valid ? form_int(&asked, SKILL, 0) : 0;
    const int64_t step = asked.is_valid ? form_int(&asked, STEP, 0) : 0;
    if (skill == 0 || step == 0) {
        return STR("");
    }
    const Strs steps = goal_skills(scope).items[skill - 1].steps;
    return (size_t)step <= steps.count ? steps.items[step - 1] : STR("");
}

void goal_step_show(Get *get, GoalId id) {
    Form form = goal_step_form(get->scope);
    form_set_str(&form, STEP_WORDS, idea_of(get->scope, get->input));
    show_step(get->scope, get->reply, id, &form);
}

void goal_step_do(Post *post, GoalId id) {
    Form form = form_read(post->scope, post->input, goal_step_fields, STEP_FIELDS);
    if (!form.is_valid) {
        show_step(post->scope, post->reply, id, &form);
        return;
    }
    const GoalStepNew step = goal_step_of_form(&form, id);
    const GoalResult result = goal_step_add(post->scope, post->tx, &step);
    if (result == GOAL_FULL) {
        form_error(&form, STEP_WORDS, TEXT_GOAL_FULL);
        show_step(post->scope, post->reply, id, &form);
        return;
    }
    goal_back_to(post, result, id, TEXT_GOAL_STEP_SAVED);
}

/* `form` NULL: as the step stands. */
static void show_step_edit(const Scope *scope, Reply *reply, GoalId id, GoalStepId step, const Form *form) {
    Form standing = goal_step_form(scope);
    GoalStepPage page = {.layout = layout_of(scope, reply, TEXT_GOAL_STEP_EDIT), .form = form};
    page.layout.has_error = form != NULL && !form->is_valid;
    if (!step_page_of(scope, reply, id, step, &page)) {
        return;
    }
    if (form == NULL) {
        goal_step_form_set(&standing, page.step->words, page.step->is_by, page.step->is_part2);
        form_set_str(&standing, STEP_DAY, page.step->has_day ? STR("keep") : STR("whenever"));
        page.form = &standing;
    }
    goal_step_edit_page(reply_html(reply, page.layout.has_error ? 422 : 200), &page);
}

void goal_step_edit_show(Get *get, GoalId id, GoalStepId step) {
    show_step_edit(get->scope, get->reply, id, step, NULL);
}

void goal_step_edit_do(Post *post, GoalId id, GoalStepId step) {
    const Form form = form_read(post->scope, post->input, goal_step_fields, STEP_FIELDS);
    if (!form.is_valid) {
        show_step_edit(post->scope, post->reply, id, step, &form);
        return;
    }
    const GoalStepNew wanted = goal_step_of_form(&form, id);
    const bool keeps_day = form_has(&form, STEP_DAY, STR("keep"));
    goal_back_to(post, goal_step_change(post->scope, post->tx, step, &wanted, keeps_day), id,
                 TEXT_GOAL_EDITED);
}
