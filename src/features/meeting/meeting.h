/* SPDX-License-Identifier: Apache-2.0 */
/* When two people who walk together meet: by phone, by video, or at a place.
 *
 * Either of them proposes up to MEETING_TIMES times; the other takes one, proposes others, or lets it be.
 * Once set, either proposes to move it, which holds when the other takes a new time, or cancels it at once;
 * nobody is asked why. Only the two read it: a coordinator does not even learn that there is one. The one
 * who gives reads while the other shares with them.
 *
 * Invariants: a person is never promised to two meetings at once, in whatever match (meeting_busy); a meeting
 * that is to come exists only in a match that is neither paused nor over (meeting_drop(), called by
 * features/match, which stands on this feature). */
#ifndef MEETING_H
#define MEETING_H

#include "features/program/program.h"
#include "platform/part2.h"
#include "platform/scope.h"

typedef enum MeetingState {
    MEETING_PROPOSED = 1, /* no time yet */
    MEETING_SET = 2,      /* also after it took place */
    MEETING_OVER = 3,     /* let be, or cancelled */
} MeetingState;

typedef enum MeetingHow { MEETING_CALL = 1, MEETING_VIDEO = 2, MEETING_VISIT = 3 } MeetingHow;
Text meeting_how_text(MeetingHow how);

/* MEETING_MOST: to come, of one match. */
enum { MEETING_TIMES = 3, MEETING_MOST = 12, MEETING_MINUTES_MOST = 120 };

/* ---- clocks ---- */

/* By which clock somebody reads times: their own where they said which (features/safety), else the program's.
 */
typedef struct MeetingClock {
    const Zone *zone;
    Str name; /* IANA */
} MeetingClock;
MeetingClock meeting_clock(const Scope *scope, PersonId person, Str program_zone);

typedef enum MeetingReading {
    MEETING_READ,
    MEETING_READ_SKIPPED, /* the clocks go forward over it: that day has no such time */
    MEETING_READ_PAST,
    MEETING_READ_FAR, /* more than a year ahead */
} MeetingReading;
/* The moment of a day and a minute of that day on this clock. Of a time that comes twice, the first. */
MeetingReading meeting_read(const Scope *scope, MeetingClock clock, Date day, int minute, Time *ret_time);

/* "Tuesday, Dec 1, 3:00 pm, Eastern time"; of an hour that comes twice also which one. */
Str meeting_when(const Words *words, MeetingClock clock, Time time);

/* ---- the two ---- */

typedef struct MeetingWalk {
    MatchId match;
    RequestId request;
    PersonId receiver;
    PersonId giver;
    PersonId other; /* than the actor */
    Str other_called;
    bool may_meet;      /* neither paused nor over */
    MeetingClock clock; /* the actor's */
} MeetingWalk;
/* False: there is no such match. */
bool meeting_walk(const Scope *scope, MatchId match, MeetingWalk *ret_walk);

/* ---- from the first word to the last ---- */

typedef struct MeetingTimes {
    Time at[MEETING_TIMES]; /* to come, each another */
    size_t count;           /* 1 or more */
} MeetingTimes;

typedef struct MeetingNew {
    MeetingHow how;
    int minutes;   /* whole quarters of an hour, at most MEETING_MINUTES_MOST */
    Str place;     /* may be empty */
    bool is_part2; /* the words may tell of substance use */
    MeetingTimes times;
} MeetingNew;

typedef enum MeetingResult {
    MEETING_DONE,
    MEETING_FULL,      /* MEETING_MOST are to come already */
    MEETING_TAKEN,     /* one of the two meets somebody then; the other times still wait */
    MEETING_NOT_NOW,   /* the walk rests or is over */
    MEETING_ELSEWHERE, /* it stands differently by now */
} MeetingResult;       /* anything but DONE: nothing was written */

/* By the actor, who is one of the two, like everything below. Whoever did it, the other one gets a neutral
 * mail where that is possible. `ret_meeting` only with MEETING_DONE. */
MeetingResult meeting_propose(const Scope *scope, Tx *tx, MatchId match, const MeetingNew *meeting,
                              MeetingId *ret_meeting);
/* Other times in place of those that wait: instead of an answer, or to move what is set, which keeps its time
 * until the other takes one of these. */
MeetingResult meeting_propose_others(const Scope *scope, Tx *tx, MatchId match, MeetingId meeting,
                                     const MeetingTimes *times);
/* One of the times that the other proposed. */
MeetingResult meeting_accept(const Scope *scope, Tx *tx, MatchId match, MeetingId meeting, Time time);
/* Takes the waiting times back, or lets the other's be. What is set stays as it is. */
MeetingResult meeting_let_be(const Scope *scope, Tx *tx, MatchId match, MeetingId meeting);
/* What is set and to come; or what is proposed, whoever did. */
MeetingResult meeting_cancel(const Scope *scope, Tx *tx, MatchId match, MeetingId meeting);
/* The walk rests or ends: all that is to come is cancelled with it. Tells nobody that it does, but what went
 * into their calendars by mail is taken out again. */
void meeting_drop(const Scope *scope, Tx *tx, MatchId match);

/* ---- reading ---- */

typedef struct Meeting {
    MeetingId id;
    MatchId match;
    PersonId receiver;
    MeetingHow how;
    int minutes;
    Part2Words place; /* may be empty */
    MeetingState state;
    Time starts_at; /* TIME_NONE until it is set */
    int64_t sequence;
    MeetingTimes waiting; /* times that wait for an answer; count 0: none */
    PersonId waiting_by;  /* who proposed them */
} Meeting;
typedef struct Meetings {
    const Meeting *items;
    size_t count;
} Meetings;

/* Also what is under way now, until it ends. */
Meetings meeting_list(const Scope *scope, MatchId match);
/* False: there is none that the actor may read and that is not over. */
bool meeting_find(const Scope *scope, MatchId match, MeetingId id, Meeting *ret_meeting);

/* What the actor's own page says: their next meeting, and who waits for an answer. */
typedef struct MeetingNext {
    MeetingId id; /* 0: none */
    MatchId match;
    Str called; /* the other one */
    MeetingHow how;
    Time starts_at;
    MeetingClock clock;
} MeetingNext;
MeetingNext meeting_next(const Scope *scope);

/* A meeting for which the other waits for the actor's answer. */
typedef struct MeetingAsked {
    MatchId match;
    MeetingId meeting;
    Str called;
    Time first_at; /* the first of the times that are offered and to come */
    int64_t times; /* how many those are */
    MeetingClock clock;
} MeetingAsked;
typedef struct MeetingAskeds {
    const MeetingAsked *items;
    size_t count;
} MeetingAskeds;
/* The first offered time on top; at most 50. */
MeetingAskeds meeting_asked(const Scope *scope);

#endif
