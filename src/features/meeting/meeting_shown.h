/* SPDX-License-Identifier: Apache-2.0 */
/* Meetings as one reader may see them: on their own clock, with the place opened for them. */
#ifndef MEETING_SHOWN_H
#define MEETING_SHOWN_H

#include "features/meeting/meeting.h"

typedef struct MeetingTimeShown {
    Time at;
    Str when;
} MeetingTimeShown;
typedef struct MeetingTimesShown {
    const MeetingTimeShown *items;
    size_t count;
} MeetingTimesShown;

typedef struct MeetingShown {
    MeetingId id;
    MatchId match;
    MeetingHow how;
    int minutes;
    Str place; /* may be empty */
    bool is_set;
    Str when; /* if it is set */
    bool has_begun;
    MeetingTimesShown waiting;
    bool is_asked; /* the reader is to answer the waiting times; else the other one is */
} MeetingShown;
typedef struct MeetingsShown {
    const MeetingShown *items;
    size_t count;
} MeetingsShown;

MeetingsShown meetings_shown(const Scope *scope, const Part2Notice *notice, const MeetingWalk *walk,
                             Meetings meetings);

/* The reader's own page. */
typedef struct MeetingOwn {
    MatchId match;
    MeetingId id; /* 0: none is set */
    Str called;
    MeetingHow how;
    Str when;
    MeetingAskeds asked;
} MeetingOwn;
MeetingOwn meeting_own(const Scope *scope);

#endif
