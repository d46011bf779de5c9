/* SPDX-License-Identifier: Apache-2.0 */
/* What a supporter must pass on, because somebody is in danger: said to the person first, written down, and
 * read by the person word by word.
 *
 * Nothing is ever sent from here: the supporter calls or speaks, as the program's words say. What is written
 * stays, is never changed, and stands on the page of the walk for both and for those who coordinate. For
 * PASSING_NEWS it is also said in front of it: to the person on their own page, unless they could not be told
 * first, for then a line on top could make it more dangerous; and on the board to those who coordinate, until
 * one of them did something. */
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

/* For how long it is said in front. */
#define PASSING_NEWS (14 * TIME_DAY)

/* That there is something, and where; none of its words. */
typedef struct PassingNews {
    MatchId match;
    Str by_called;
    Str called; /* whom it is about; empty on their own page */
    Time at;
} PassingNews;
typedef struct PassingNewsList {
    const PassingNews *items;
    size_t count;
} PassingNewsList;
/* About the actor, who was told first; the newest first, at most 5. */
PassingNewsList passing_news(const Scope *scope);
/* In a program, for the actor who coordinates it: what nobody of the program followed yet, the longest ago
 * first; at most 25. */
PassingNewsList passing_waiting(const Scope *scope, ProgramId program);

#endif
