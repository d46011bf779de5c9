/* SPDX-License-Identifier: Apache-2.0 */
/* What a supporter must pass on, because somebody is in danger: said to the person first, written down, and
 * read by the person word by word.
 *
 * Nothing is ever sent from here: the supporter calls or speaks, as the program's words say. What is written
 * stays, is never changed, and stands on the page of the walk for both and for those who coordinate. */
#ifndef PASSING_H
#define PASSING_H

#include "features/match/match.h"
#include "platform/part2.h"

typedef enum PassingTold {
    PASSING_TOLD_FIRST = 1,
    PASSING_NOT_TOLD = 2, /* it could not wait, or telling would have made it more dangerous; why is said */
} PassingTold;

typedef struct Passing {
    Str by_called;
    Part2Words what;
    Part2Words whom;
    PassingTold told;
    Part2Words why; /* empty when told first */
    Time at;
} Passing;
typedef struct Passings {
    const Passing *items;
    size_t count;
} Passings;

typedef struct PassingNew {
    Str what;
    Str whom;
    PassingTold told;
    Str why;
    bool is_part2; /* it tells of substance use */
} PassingNew;
/* The actor, who gives in this match, writes it down. */
void passing_add(const Scope *scope, Tx *tx, const Match *match, const PassingNew *passing);
/* The newest first; at most 20. */
Passings passing_list(const Scope *scope, MatchId match);

#endif
