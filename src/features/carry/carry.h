/* SPDX-License-Identifier: Apache-2.0 */
/* History follows the person, with the words that the person passes on. Who receives and walks with somebody
 * new may give that person a few words of what they should know, and messages that they themselves wrote in
 * walks that have ended: never what a former supporter wrote, whose words are not theirs to give, and never
 * anything that nobody picked.
 *
 * What is picked is a draft, seen as the other would see it, until it is passed on; it can be taken back at
 * any time, and a change makes it a draft again. The other reads it while the two walk, and the person shares
 * with them. Nobody else does, whatever their duty, and of whom the earlier walks were nothing is said. */
#ifndef CARRY_H
#define CARRY_H

#include "features/match/match.h"
#include "platform/part2.h"

/* CARRY_OFFERED: of the messages that one may pick from, the newest. */
enum { CARRY_CHARACTERS = 1000, CARRY_OFFERED = 60 };

typedef struct CarryMessage {
    MessageId id;
    PersonId person;
    Part2Words words;
    Time at;           /* when it was written */
    Str former_called; /* who walked with the person then; for that person alone */
} CarryMessage;
typedef struct CarryMessages {
    const CarryMessage *items;
    size_t count;
} CarryMessages;

typedef struct Carry {
    PersonId person;        /* whose words these are */
    Part2Words words;       /* may be empty */
    CarryMessages messages; /* that were picked, the oldest first */
    Time written_at;
    Time passed_at; /* TIME_NONE: the other does not read it */
    bool is_new;    /* to who reads it, until they say that they have */
} Carry;

/* The actor's own, who receives in this match. False: nothing was picked or written, or it is not theirs. */
bool carry_find(const Scope *scope, MatchId match, Carry *ret_carry);
/* What the actor, who gives in this match, may read now. False: nothing. */
bool carry_read(const Scope *scope, MatchId match, Carry *ret_carry);
/* What the actor wrote in walks of theirs that have ended: the newest CARRY_OFFERED, the newest on top. */
CarryMessages carry_offered(const Scope *scope);

typedef enum CarryResult {
    CARRY_DONE,
    CARRY_NOTHING,   /* neither words nor a message; nothing was written */
    CARRY_ELSEWHERE, /* the actor does not receive in this match, or it has ended; likewise */
} CarryResult;

typedef struct CarryNew {
    Str words; /* may be empty */
    bool is_part2;
    const MessageId *messages; /* one that is not offered is left out */
    size_t message_count;
} CarryNew;
/* In the place of what was there: a draft. */
CarryResult carry_write(const Scope *scope, Tx *tx, MatchId match, const CarryNew *carry);
/* The other reads it from now on, and is told that there is something new; or no longer. As it is wanted
 * already: nothing changes. */
CarryResult carry_pass(const Scope *scope, Tx *tx, MatchId match);
CarryResult carry_take_back(const Scope *scope, Tx *tx, MatchId match);

/* The actor, who gives in this match, has read it: their own page says no more that it is there. */
CarryResult carry_seen(const Scope *scope, Tx *tx, MatchId match);

typedef struct CarryNews {
    MatchId match;
    Str called; /* whose words they are */
} CarryNews;
typedef struct CarryNewsList {
    const CarryNews *items;
    size_t count;
} CarryNewsList;
/* What was passed on to the actor and is new to them, the oldest on top. */
CarryNewsList carry_news(const Scope *scope);

/* Nothing is left of what the person picked and wrote. */
void carry_forget(Tx *tx, PersonId person);

#endif
