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

/* One that waits for the reader's answer. */
typedef struct MeetingAskedShown {
    MatchId match;
    MeetingId id;
    Str called;
    Str first;    /* when, of the first offered time */
    int64_t more; /* times besides */
} MeetingAskedShown;
typedef struct MeetingAskedsShown {
    const MeetingAskedShown *items;
    size_t count;
} MeetingAskedsShown;

/* The reader's own page. */
typedef struct MeetingOwn {
    MatchId match;
    MeetingId id; /* 0: none is set */
    Str called;
    MeetingHow how;
    Str when;
    MeetingAskedsShown asked;
} MeetingOwn;
MeetingOwn meeting_own(const Scope *scope);

/* Stands open on the page of the walk: the first, and whatever waits for the reader's answer. */
static inline bool meeting_stands_open(const MeetingsShown *meetings, size_t at) {
    const MeetingShown *one = &meetings->items[at];
    return at == 0 || (one->is_asked && one->waiting.count > 0);
}
static inline int64_t meeting_folded(const MeetingsShown *meetings) {
    int64_t folded = 0;
    for (size_t at = 0; at < meetings->count; at++) {
        folded += meeting_stands_open(meetings, at) ? 0 : 1;
    }
    return folded;
}

#endif
