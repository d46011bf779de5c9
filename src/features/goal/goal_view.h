/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of a person's own goals show: filled by goal_pages.c, drawn by goal.html. */
#ifndef GOAL_VIEW_H
#define GOAL_VIEW_H

#include "features/goal/goal_shown.h"
#include "ui/ui.h"

typedef struct GoalListPage {
    Layout layout;
    GoalsShown goals;
    GoalsShown over;
} GoalListPage;

typedef struct GoalNewPage {
    Layout layout;
    const Form *form;
    Options kinds;
} GoalNewPage;

typedef struct GoalEditPage {
    Layout layout;
    GoalShown goal;
    const Form *form;
    Options kinds;
} GoalEditPage;

typedef struct GoalPage {
    Layout layout;
    GoalShown goal;
} GoalPage;

/* What may be practiced, with small steps to try. */
typedef struct GoalSkill {
    int64_t number; /* from 1 */
    Text called;
    Strs steps; /* in the reader's language */
} GoalSkill;
enum { GOAL_SKILLS = 3, GOAL_SKILL_STEPS = 4 };
typedef struct GoalSkills {
    const GoalSkill *items;
    size_t count;
} GoalSkills;

typedef struct GoalStepPage {
    Layout layout;
    GoalShown goal;
    const GoalStepShown *step; /* NULL: a new one */
    const Form *form;
    Options whos;
    Options days;
    GoalSkills skills; /* whose steps may be taken; none where nothing is practiced */
} GoalStepPage;

/* One try of a step: a new one, or other words for one that is there. */
typedef struct GoalPracticePage {
    Layout layout;
    GoalShown goal;
    const GoalStepShown *step;
    GoalPracticeId id; /* 0: a new one */
    const Form *form;
    Str first_day;
    Str last_day;
} GoalPracticePage;

typedef struct GoalSkillsPage {
    Layout layout;
    GoalSkills skills;
} GoalSkillsPage;

/* What somebody proposed, for whose goal it is: a step's form that holds it. */
typedef struct GoalProposalPage {
    Layout layout;
    GoalShown goal;
    const GoalProposalShown *proposal;
    const Form *form;
    Options whos;
    Options days;
} GoalProposalPage;

/* For who reads the goal in this match. */
typedef struct GoalProposePage {
    Layout layout;
    MatchId match;
    Str called; /* whose goal it is */
    GoalShown goal;
    const Form *form;
    Options whos;
} GoalProposePage;

/* ---- what goal_pages.c, goal_form_pages.c and goal_propose_pages.c share ---- */

enum { STEP_WORDS, STEP_WHO, STEP_DAY, STEP_PART2, STEP_FIELDS };
extern const Field goal_step_fields[STEP_FIELDS];

/* The actor's own; false: told the reader that it is not there. */
bool goal_find_own(const Scope *scope, Reply *reply, Layout *layout, GoalId id, GoalShown *ret_goal);
/* To the goal's page, saying this; or why it could not be done. */
void goal_back_to(Post *post, GoalResult result, GoalId goal, Text said);
/* As the goal's own person calls them. */
GoalNames goal_names_own(const Scope *scope);
Options goal_whos(const Scope *scope, GoalNames names);
Options goal_days(const Scope *scope, const GoalStepShown *step);
/* Which of the names was chosen; 0 for the first. */
int64_t goal_chosen(const Form *form, size_t field, const char *const *names);
/* All of them, numbered in this order. */
GoalSkills goal_skills(const Scope *scope);
/* An empty form of a step, by me and whenever. */
Form goal_step_form(const Scope *scope);
void goal_step_form_set(Form *form, Str words, GoalWho who, bool is_part2);
GoalStepNew goal_step_of_form(const Form *form, GoalId goal);

#endif
