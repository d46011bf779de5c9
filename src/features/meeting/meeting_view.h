/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of meetings show: filled by meeting_pages.c, drawn by meeting.html. */
#ifndef MEETING_VIEW_H
#define MEETING_VIEW_H

#include "features/meeting/meeting_shown.h"
#include "ui/ui.h"

typedef struct MeetingPage {
    Layout layout;
    MeetingShown meeting;
    Str other_called;
    bool is_taken; /* the time that was tapped is not free */
} MeetingPage;

/* A new one, or other times for one that is there. */
typedef struct MeetingTimesPage {
    Layout layout;
    const Form *form;
    MatchId match;
    MeetingShown meeting; /* id 0: a new one */
    Str other_called;
    Str zone; /* "Eastern time" */
    Str first_day;
    Str last_day;
    Options hours;
    Options minutes; /* of a new one, like those below */
    Options hows;
} MeetingTimesPage;

#endif
