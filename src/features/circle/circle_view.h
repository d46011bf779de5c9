/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of one's circle show: filled by circle_pages.c, drawn by circle.html. */
#ifndef CIRCLE_VIEW_H
#define CIRCLE_VIEW_H

#include "features/circle/circle_picture.h"
#include "ui/chart.h"
#include "ui/ui.h"

/* One ring's people, with the number of the first. */
typedef struct CircleRing {
    CircleNear near;
    CircleMembers members;
    int64_t first;
} CircleRing;
typedef struct CircleRings {
    const CircleRing *items;
    size_t count;
} CircleRings;

typedef struct CirclePage {
    Layout layout;
    CircleWalks walks; /* who walks with the reader */
    CircleMembers members;
    CircleDots dots;
    Str summary; /* what the picture shows, for whoever does not see it */
    CircleRings rings;
    CircleMembers gone;
    bool has_grown; /* it has a history of more than a day */
    Chart chart;    /* how many were there over time, if has_grown */
} CirclePage;

typedef struct CircleFormPage {
    Layout layout;
    const Form *form;
    CircleMember member; /* id 0: a new one */
    Date since;
    Date gone_on; /* if gone */
    Options kinds;
    Options nears;
} CircleFormPage;

#endif
