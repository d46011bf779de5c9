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

typedef struct GoalPage {
    Layout layout;
    GoalShown goal;
} GoalPage;

typedef struct GoalStepPage {
    Layout layout;
    GoalShown goal;
    const Form *form;
    Options whos;
    Options days;
} GoalStepPage;

#endif
