/* SPDX-License-Identifier: Apache-2.0 */
/* What stays when a walk has ended: a page that each of the two may keep, and a few words of farewell.
 *
 * After the end nobody can write to the other, and whoever left because of harm must not be reached. So words
 * reach somebody only while that person says that they are welcome, which is never assumed and can be taken
 * back at any time; where the receiver stopped sharing with the giver, or the two are kept apart, there are
 * none at all. Nobody is told that words wait, whether they were read, or why there are none, and nobody is
 * asked a second time. Only the two read them, whatever anybody's duty.
 *
 * The giver's page says nothing of the receiver's: no name, no goals. What they may read of each other ended
 * with the walk. */
#ifndef GOODBYE_H
#define GOODBYE_H

#include "features/goal/goal.h"
#include "features/match/match.h"
#include "platform/part2.h"

enum { GOODBYE_CHARACTERS = 500 };
/* For so long after the end words can be written, changed and taken back. */
#define GOODBYE_TIME (30 * TIME_DAY)

typedef struct Goodbye {
    Match match;
    bool is_receiver;  /* the actor received */
    int64_t talks;     /* how many times somebody was reached */
    Goals reached;     /* the actor's own, opened to the giver in this walk; for the receiver only */
    bool may_pass;     /* farewell words are possible between these two */
    bool is_welcome;   /* words to the actor are */
    bool may_write;    /* the actor, now */
    Time write_until;  /* the last moment */
    Part2Words mine;   /* what the actor wrote */
    Time mine_at;      /* TIME_NONE: nothing */
    Part2Words theirs; /* what reaches the actor */
    Time theirs_at;    /* TIME_NONE: nothing does */
} Goodbye;

/* False: the walk lasts, or the actor is neither of the two. */
bool goodbye_find(const Scope *scope, MatchId match, Goodbye *ret_goodbye);

typedef enum GoodbyeResult {
    GOODBYE_DONE,
    GOODBYE_UNFIT,       /* empty, or longer than GOODBYE_CHARACTERS; nothing was written */
    GOODBYE_NOT_COVERED, /* words about the receiver's substance use, to a giver to whom no consent opens them
                            any more; likewise */
    GOODBYE_CLOSED,      /* no farewell is possible, or its time is over; likewise */
} GoodbyeResult;
/* The actor writes to the other, in the place of what they wrote before. */
GoodbyeResult goodbye_write(const Scope *scope, Tx *tx, MatchId match, Str words, bool is_part2);
/* Nothing is left of what the actor wrote. */
GoodbyeResult goodbye_take_back(const Scope *scope, Tx *tx, MatchId match);
/* The actor's switch: words of this match are welcome, or not; the other never learns which. */
GoodbyeResult goodbye_set_welcome(const Scope *scope, Tx *tx, MatchId match, bool is_welcome);

/* Somebody is forgotten: no words wait for them, and those about them go. What they wrote to one who received
 * stays with that person, like all that was written to them. */
void goodbye_forget(Tx *tx, PersonId person);

#endif
