/* SPDX-License-Identifier: Apache-2.0 */
/* A crisis team was called out, and there is a hello on the day after.
 *
 * Either of the two of a walk writes when that was, who came, and whether the supporter was there; and in the
 * family's words what helped and what should be different next time. Only the two read it, and nothing of it
 * goes anywhere. The words are the family's: whoever wrote them down, the family can put its own in their
 * place, and the supporter cannot.
 *
 * On the day after, a hello is due between the two: it stands on the page of either and on that of the walk,
 * and the log of a talk on that day or later takes it as done (contact_add()). Nobody is late, and the family
 * can say that none is needed. The supporter is offered a talk with those who coordinate (features/debrief).
 * Hard days are not begun by it: the page leads there (features/hard). */
#ifndef CALLOUT_H
#define CALLOUT_H

#include "features/match/match.h"
#include "platform/part2.h"

enum { CALLOUT_WORDS_MOST = 1000 };
/* Further back, it is kept, and nothing follows from it. */
#define CALLOUT_RECENT (7 * TIME_DAY)
/* So long a hello stays on a page where nobody logs a talk. */
#define CALLOUT_STANDS (14 * TIME_DAY)

/* Who came, as bits. Stored: never renumber. */
typedef enum CalloutCame {
    CALLOUT_TEAM = 1 << 0,
    CALLOUT_AMBULANCE = 1 << 1,
    CALLOUT_POLICE = 1 << 2,
    CALLOUT_EMERGENCY_ROOM = 1 << 3, /* the family went there */
    CALLOUT_OTHER = 1 << 4,
} CalloutCame;
enum { CALLOUT_CAME_COUNT = 5, CALLOUT_CAME_ALL = (1 << CALLOUT_CAME_COUNT) - 1 };
Text callout_came_text(CalloutCame bit);

/* Whether the supporter was there. */
typedef enum CalloutSupporter {
    CALLOUT_WITH_TEAM = 1,
    CALLOUT_BY_PHONE = 2,
    CALLOUT_NOT_THERE = 3,
} CalloutSupporter;
Text callout_supporter_text(CalloutSupporter supporter);

/* In the family's words; either may be empty. */
typedef struct CalloutWords {
    Str helped;
    Str otherwise; /* what should be different next time */
    bool is_part2; /* they may tell of substance use */
} CalloutWords;

typedef struct CalloutNew {
    Time at; /* not after now */
    unsigned came;
    CalloutSupporter supporter;
    CalloutWords words;
} CalloutNew;

typedef enum CalloutResult {
    CALLOUT_DONE,
    CALLOUT_ELSEWHERE, /* not possible as it stands, or the other's to say; nothing was written */
} CalloutResult;

/* The actor, one of the two of a walk that lasts, writes it. */
CalloutResult callout_write(Scope *scope, Tx *tx, const Match *match, const CalloutNew *callout);
/* The family's own words, in the place of those before. */
CalloutResult callout_write_words(Scope *scope, Tx *tx, const Match *match, CalloutId id,
                                  const CalloutWords *words);
/* The family needs no hello. */
CalloutResult callout_no_hello(Scope *scope, Tx *tx, const Match *match);
/* The family takes it away, also when the walk has ended; or whoever wrote it, while the family wrote no
 * words. */
CalloutResult callout_remove(Scope *scope, Tx *tx, const Match *match, CalloutId id);

/* Somebody was reached at that moment. Called by contact_add(). */
void callout_reached(Tx *tx, MatchId match, Time at);

typedef struct Callout {
    CalloutId id;
    PersonId by;
    Str by_called;
    Time at;
    unsigned came;
    CalloutSupporter supporter;
    Part2Words helped;
    Part2Words otherwise;
    PersonId words_by; /* 0: there are none */
    Str words_called;
    Time hello_at;   /* the day of the hello; TIME_NONE: none is due */
    Time greeted_at; /* TIME_NONE: not yet */
} Callout;
typedef struct Callouts {
    const Callout *items;
    size_t count;
} Callouts;
/* Of this match, the newest first; at most 20. For the two alone: who may is the route's business. */
Callouts callout_list(const Scope *scope, MatchId match);

/* A hello that is due, for one of the two. */
typedef struct CalloutHello {
    MatchId match; /* 0: none is */
    bool is_receiver;
    Str other_called;
    Date day;
} CalloutHello;
typedef struct CalloutHellos {
    const CalloutHello *items;
    size_t count;
} CalloutHellos;
/* In this walk. */
CalloutHello callout_hello(const Scope *scope, const Match *match);
/* The actor's, in all walks that last and do not rest; at most 20. */
CalloutHellos callout_hellos_own(const Scope *scope);

/* Nothing is left about this person. */
void callout_forget(Tx *tx, PersonId person);

#endif
