/* SPDX-License-Identifier: Apache-2.0 */
/* A coordinator asks both people of a match how it goes: at weeks 2 and 8, then quarterly.
 *
 * A check-in is one question to one side. What was said is written down for the person who said it: that
 * person and the coordinators read it, the other side does not. The next quarterly one comes by itself when
 * the one before is done, for as long as the match lasts; what is still due when a match ends is dropped.
 * When it comes is the program's clocks' business (CLOCK_CHECKIN_FIRST, _SECOND, _LATER). */
#ifndef CHECKIN_H
#define CHECKIN_H

#include "features/program/program.h"
#include "platform/part2.h"
#include "platform/scope.h"

typedef enum CheckinSide { CHECKIN_RECEIVER = 1, CHECKIN_GIVER = 2 } CheckinSide;

typedef enum CheckinOccasion {
    CHECKIN_WEEK_2 = 1,
    CHECKIN_WEEK_8 = 2,
    CHECKIN_QUARTERLY = 3,
} CheckinOccasion;

typedef enum CheckinState {
    CHECKIN_DUE = 1, /* also before its day: due_at says when */
    CHECKIN_DONE = 2,
    CHECKIN_DROPPED = 3, /* the match ended first, or the next one was done before it */
} CheckinState;

typedef struct Checkin {
    CheckinId id;
    MatchId match;
    ProgramId program;
    CheckinSide side;
    PersonId person; /* who is asked */
    Str called;
    Str other_called; /* the other of the two */
    CheckinOccasion occasion;
    Time due_at;
    CheckinState state;
    Time done_at;       /* TIME_NONE until done */
    Str done_by_called; /* none until done */
    RequestId request;  /* of the match */
    Part2Words words;   /* what was said; may be empty */
} Checkin;

typedef struct Checkins {
    const Checkin *items;
    size_t count;
} Checkins;

/* The four of the first weeks, two for each side, counted from `began_at`. Called once, when a match begins.
 */
void checkin_begin(const Scope *scope, Tx *tx, MatchId match, ProgramId program, Time began_at);
/* Drops what is still due: the match has ended. */
void checkin_drop(Tx *tx, MatchId match);

bool checkin_find(const Scope *scope, CheckinId id, Checkin *ret_checkin);
/* What one side was asked and said, the newest first; at most 20. */
Checkins checkin_list_done(const Scope *scope, MatchId match, CheckinSide side);

typedef enum CheckinResult {
    CHECKIN_SAVED,
    CHECKIN_OVER, /* another coordinator has done it, or it was dropped; nothing was written */
} CheckinResult;

/* The actor asked, and writes down what was said. Earlier ones of the same side that are still due are
 * dropped: their moment has passed. After week 8 the next one is due by CLOCK_CHECKIN_LATER. `is_part2`: what
 * was said may tell of substance use. */
CheckinResult checkin_done(const Scope *scope, Tx *tx, CheckinId id, Str words, bool is_part2);

/* "Week 2: the family", "Every three months: the supporter". */
Text checkin_occasion_text(CheckinOccasion occasion, CheckinSide side);

#endif
