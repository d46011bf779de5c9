/* SPDX-License-Identifier: Apache-2.0 */
/* "I would like to talk it over": a supporter's talk with those who coordinate.
 *
 * It is offered by itself when hard days are over, or when a crisis team was called out, and can be wished at
 * any time. The supporter says that they want it and when it suits, or that it is not needed; nobody asks
 * why, and nothing follows from either. Those who coordinate read who wishes one, since when, and the time
 * that suits, and mark it held. Which family it is about is not kept at all.
 *
 * Beside it the supporter can write a few words for themself. Only they read those, whatever anybody's duty.
 */
#ifndef DEBRIEF_H
#define DEBRIEF_H

#include "platform/scope.h"

enum { DEBRIEF_FITS_MOST = 200, DEBRIEF_WORDS_MOST = 1000 };

typedef enum DebriefState {
    DEBRIEF_OFFERED = 1,
    DEBRIEF_WISHED = 2,
    DEBRIEF_NOT_NEEDED = 3,
    DEBRIEF_HELD = 4,
} DebriefState;

typedef struct Debrief {
    DebriefId id;
    ProgramId program;
    PersonId person;
    Str called;
    DebriefState state;
    Time offered_at;
    Time answered_at; /* TIME_NONE while it is offered */
    Time held_at;     /* TIME_NONE unless it was held */
    Str fits;         /* for those who coordinate; may be empty */
    Str words;        /* for the supporter alone: empty for every other reader */
} Debrief;
typedef struct Debriefs {
    const Debrief *items;
    size_t count;
} Debriefs;

/* It falls due for this supporter, unless one is open in the program. */
void debrief_offer(const Scope *scope, Tx *tx, ProgramId program, PersonId person);

typedef enum DebriefResult {
    DEBRIEF_DONE,
    DEBRIEF_ELSEWHERE, /* not possible as it stands, or somebody else's; nothing was written */
} DebriefResult;

/* The actor wishes one, whether or not it was offered, in the program where they give or gave last; wishing
 * again says the time anew. ELSEWHERE: they never gave. */
DebriefResult debrief_wish(const Scope *scope, Tx *tx, Str fits);
/* The actor does not need it, or not any more. */
DebriefResult debrief_not_needed(const Scope *scope, Tx *tx, DebriefId id);
/* The actor's own words beside it, in the place of those before; empty: none. */
DebriefResult debrief_write(const Scope *scope, Tx *tx, DebriefId id, Str words);
/* The actor, who coordinates, says that it was held. */
DebriefResult debrief_hold(const Scope *scope, Tx *tx, DebriefId id);

/* False when there is none. Who may read it is the route's business; its words only reach whose it is. */
bool debrief_find(const Scope *scope, DebriefId id, Debrief *ret_debrief);
/* The actor's, the newest first; at most 20. */
Debriefs debrief_list_own(const Scope *scope);
/* Where the actor gives, or gave last; false: nowhere. */
bool debrief_program(const Scope *scope, ProgramId *ret_program);
/* One is offered to the actor and not answered. */
bool debrief_waits(const Scope *scope);
/* For who coordinates: who wishes one, the longest first, but for themself; at most 25. */
Debriefs debrief_list_wished(const Scope *scope, ProgramId program);

/* Nothing is left of this person's. */
void debrief_forget(Tx *tx, PersonId person);

#endif
