/* SPDX-License-Identifier: Apache-2.0 */
/* Writing down how it went, and what may be practiced at all. */
#include "features/goal/goal_view.h"
#include "goal_html.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum { PRACTICE_DAY, PRACTICE_WORDS, PRACTICE_HELPED, PRACTICE_PART2, PRACTICE_FIELDS };
static const Field practice_fields[] = {
    [PRACTICE_DAY] = {.name = "day",
                      .kind = FIELD_LINE,
                      .is_required = true,
                      .most_characters = 10,
                      .missing = TEXT_GOAL_PRACTICE_DAY_WRONG},
    [PRACTICE_WORDS] = {.name = "words",
                        .kind = FIELD_WORDS,
                        .is_required = true,
                        .most_characters = GOAL_PRACTICE_CHARACTERS,
                        .missing = TEXT_GOAL_PRACTICE_WORDS_MISSING},
    [PRACTICE_HELPED] = {.name = "helped", .kind = FIELD_LINE, .most_characters = 200},
    [PRACTICE_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};
enum { DAYS_BACK = 365 };

static const struct {
    Text called;
    Text steps; /* a line each */
} skills[GOAL_SKILLS] = {
    {TEXT_GOAL_SKILL_STEADY, TEXT_GOAL_SKILL_STEADY_STEPS},
    {TEXT_GOAL_SKILL_HEARD, TEXT_GOAL_SKILL_HEARD_STEPS},
    {TEXT_GOAL_SKILL_SPEAK, TEXT_GOAL_SKILL_SPEAK_STEPS},
};

GoalSkills goal_skills(const Scope *scope) {
    GoalSkill *items = NEW_MANY(scope->arena, GOAL_SKILLS, GoalSkill);
    for (size_t at = 0; at < GOAL_SKILLS; at++) {
        const Blocks lines = ui_blocks(scope->arena, text_str(scope->lang, skills[at].steps));
        items[at] = (GoalSkill){
            .number = (int64_t)at + 1, .called = skills[at].called, .steps = lines.items[0].lines};
    }
    return (GoalSkills){.items = items, .count = GOAL_SKILLS};
}

void goal_skills_show(Get *get) {
    const GoalSkillsPage page = {.layout = layout_of(get->scope, get->reply, TEXT_GOAL_SKILLS),
                                 .skills = goal_skills(get->scope)};
    goal_skills_page(reply_html(get->reply, 200), &page);
}

static Str day_back(const Scope *scope, int64_t days) {
    return date_write(scope->arena, calendar_date(date_days(zone_date(scope->zone, scope->now)) - days));
}

/* Today, or a day that was; else what is wrong stands beside it. */
static GoalPracticeNew practice_of(const Scope *scope, Form *form) {
    const Date day = date_read(form_str(form, PRACTICE_DAY));
    const int64_t ago =
        date_is_none(day) ? -1 : date_days(zone_date(scope->zone, scope->now)) - date_days(day);
    if (form->is_valid && (ago < 0 || ago > DAYS_BACK)) {
        form_error(form, PRACTICE_DAY, TEXT_GOAL_PRACTICE_DAY_WRONG);
    }
    return (GoalPracticeNew){.day = day,
                             .words = form_str(form, PRACTICE_WORDS),
                             .helped = str_trim(form_str(form, PRACTICE_HELPED)),
                             .is_part2 = form_is_on(form, PRACTICE_PART2)};
}

/* `form` NULL: as it was written. */
static void form_of(const Scope *scope, Form *form, const GoalPracticeShown *practice) {
    *form = form_empty(scope, practice_fields, PRACTICE_FIELDS);
    form_set_str(form, PRACTICE_DAY,
                 practice == NULL ? day_back(scope, 0) : date_write(scope->arena, practice->day));
    if (practice != NULL) {
        form_set_str(form, PRACTICE_WORDS, practice->words);
        form_set_str(form, PRACTICE_HELPED, practice->helped);
        form_set_on(form, PRACTICE_PART2, practice->is_part2);
    }
}

static void show(const Scope *scope, Reply *reply, GoalPracticePage *page, const GoalPracticeShown *practice,
                 const Form *form) {
    Form written;
    form_of(scope, &written, practice);
    page->form = form == NULL ? &written : form;
    page->id = practice == NULL ? (GoalPracticeId){0} : practice->id;
    page->first_day = day_back(scope, DAYS_BACK);
    page->last_day = day_back(scope, 0);
    page->layout.has_error = !page->form->is_valid;
    goal_practice_page(reply_html(reply, page->form->is_valid ? 200 : 422), page);
}

static void show_new(const Scope *scope, Reply *reply, GoalId goal, GoalStepId step, const Form *form) {
    GoalPracticePage page = {.layout = layout_of(scope, reply, TEXT_GOAL_PRACTICE_TRIED)};
    if (!goal_find_own(scope, reply, &page.layout, goal, &page.goal)) {
        return;
    }
    for (size_t at = 0; at < page.goal.steps.count; at++) {
        if (goal_step_id_equal(page.goal.steps.items[at].id, step)) {
            page.step = &page.goal.steps.items[at];
            show(scope, reply, &page, NULL, form);
            return;
        }
    }
    reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
}

static void show_one(const Scope *scope, Reply *reply, GoalId goal, GoalPracticeId id, const Form *form) {
    GoalPracticePage page = {.layout = layout_of(scope, reply, TEXT_GOAL_PRACTICE_TRIED)};
    if (!goal_find_own(scope, reply, &page.layout, goal, &page.goal)) {
        return;
    }
    for (size_t at = 0; at < page.goal.steps.count; at++) {
        const GoalPracticesShown *list = &page.goal.steps.items[at].practices;
        for (size_t one = 0; one < list->count; one++) {
            if (goal_practice_id_equal(list->items[one].id, id)) {
                page.step = &page.goal.steps.items[at];
                show(scope, reply, &page, &list->items[one], form);
                return;
            }
        }
    }
    reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
}

void goal_practice_new_show(Get *get, GoalId goal, GoalStepId step) {
    show_new(get->scope, get->reply, goal, step, NULL);
}

void goal_practice_new_do(Post *post, GoalId goal, GoalStepId step) {
    Form form = form_read(post->scope, post->input, practice_fields, PRACTICE_FIELDS);
    const GoalPracticeNew practice = practice_of(post->scope, &form);
    if (!form.is_valid) {
        show_new(post->scope, post->reply, goal, step, &form);
        return;
    }
    const GoalResult result = goal_practice_add(post->scope, post->tx, goal, step, &practice);
    if (result == GOAL_FULL) {
        form_error(&form, PRACTICE_WORDS, TEXT_GOAL_PRACTICE_FULL);
        show_new(post->scope, post->reply, goal, step, &form);
        return;
    }
    goal_back_to(post, result, goal, TEXT_GOAL_PRACTICE_SAVED);
}

void goal_practice_show(Get *get, GoalId goal, GoalPracticeId id) {
    show_one(get->scope, get->reply, goal, id, NULL);
}

void goal_practice_do(Post *post, GoalId goal, GoalPracticeId id) {
    Form form = form_read(post->scope, post->input, practice_fields, PRACTICE_FIELDS);
    const GoalPracticeNew practice = practice_of(post->scope, &form);
    if (!form.is_valid) {
        show_one(post->scope, post->reply, goal, id, &form);
        return;
    }
    goal_back_to(post, goal_practice_change(post->scope, post->tx, goal, id, &practice), goal,
                 TEXT_GOAL_EDITED);
}

void goal_practice_drop_do(Post *post, GoalId goal, GoalPracticeId id) {
    goal_back_to(post, goal_practice_drop(post->scope, post->tx, goal, id), goal, TEXT_GOAL_PRACTICE_IS_OFF);
}
